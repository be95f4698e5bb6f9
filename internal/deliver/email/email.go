// Package email delivers an edition as one mail to one recipient: plain text first
// and complete, HTML beside it. The message is composed once, with its Message-ID,
// Date and signature, and stored; every attempt sends those very bytes, so that a
// mailbox can tell a repeated message by its Message-ID.
//
// A mail leaves through a mail server (smtp.go) or a program of this machine
// (sendmail.go). TLS is required unless it is switched off by name, and no password ever
// crosses an unencrypted connection. Each recipient gets a message of its own, so one
// refused address cannot stop the others. A header can hold no line break: what comes
// from feeds is encoded by go-mail and checked by the tests here. Domains go out in
// ASCII; only an address that has other letters before its @ needs a server with
// SMTPUTF8. Read New first, then Channel.Compose.
package email

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"golang.org/x/net/idna"

	"samur/internal/deliver"
	"samur/internal/news"
)

// The ways to secure the connection.
const (
	StartTLS = "starttls" // port 587: plain, then TLS or nothing
	Implicit = "implicit" // port 465: TLS from the first byte
	Plain    = "none"     // for a relay on this machine only
)

// Options configure a Channel. Host or Program, From and To are required.
type Options struct {
	Host      string
	Port      int    // 587, 465 or 25 by TLS when 0
	TLS       string // StartTLS when ""
	Username  string // "" sends without authentication
	Password  string
	Mechanism string // how to log in; the best that the server offers when "" or Auto
	Program   string // takes mails in place of a server, as sendmail does
	From      string // "Name <address>" or an address
	To        []string
	// Unsubscribe is where readers ask to be taken off, a mailto or https address, in
	// which {recipient} and {list} stand for the reader and the digest.
	Unsubscribe string
	// UnsubscribeMail is an address that is named beside it.
	UnsubscribeMail string
	Signer          *Signer       // signs mails by DKIM; nil does not
	Roots           *tls.Config   // own certificate authorities; nil for the system's
	Timeout         time.Duration // of one command; 1 minute when 0
	HELO            string        // name given to the server; "localhost" when ""
}

// Channel sends editions by mail.
type Channel struct {
	o    Options
	from *mail.Address
}

// New returns a channel that mails to o.To through o.Host or o.Program.
func New(o Options) (*Channel, error) {
	if o.Host == "" && o.Program == "" {
		return nil, errors.New("email channel: no host; set email.host to your mail server")
	}
	from, err := parseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf(`email channel: from %q is not an address; write "samur <samur@example.org>": %w`, o.From, err)
	}
	if _, err := parseAddress(o.UnsubscribeMail); o.UnsubscribeMail != "" && err != nil {
		return nil, fmt.Errorf("email channel: unsubscribe_mail %q is not an address: %w", o.UnsubscribeMail, err)
	}
	if len(o.To) == 0 {
		return nil, errors.New("email channel: nobody to send to; set email.to")
	}
	for _, to := range o.To {
		if _, err := parseAddress(to); err != nil {
			return nil, fmt.Errorf("email channel: to %q is not an address: %w", to, err)
		}
	}
	if err := fillDefaults(&o); err != nil {
		return nil, err
	}
	return &Channel{o: o, from: from}, nil
}

// parseAddress reads an address; its domain is returned in ASCII, as mail servers and
// headers that know nothing else take it.
func parseAddress(s string) (*mail.Address, error) {
	a, err := mail.ParseAddress(s)
	if err != nil {
		return nil, err
	}
	at := strings.LastIndexByte(a.Address, '@')
	domain, err := idna.Lookup.ToASCII(a.Address[at+1:])
	if err != nil {
		return nil, fmt.Errorf("its domain cannot be written in ASCII: %w", err)
	}
	a.Address = a.Address[:at+1] + domain
	return a, nil
}

// international reports whether an address needs SMTPUTF8: it has letters before its @
// that are not of ASCII.
func international(address string) bool {
	return strings.ContainsFunc(address, func(r rune) bool { return r >= 0x80 })
}

func fillDefaults(o *Options) error {
	port := 0
	switch o.TLS {
	case "", StartTLS:
		o.TLS, port = StartTLS, 587
	case Implicit:
		port = 465
	case Plain:
		port = 25
		if o.Username != "" {
			return errors.New("email channel: a password is not sent over an unencrypted connection; set email.tls to starttls or implicit, or remove username")
		}
	default:
		return fmt.Errorf("email channel: tls %q is unknown; use starttls, implicit or none", o.TLS)
	}
	if o.Port == 0 {
		o.Port = port
	}
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	o.HELO, o.Mechanism = cmp.Or(o.HELO, "localhost"), cmp.Or(o.Mechanism, Auto)
	if _, known := mechanisms()[o.Mechanism]; !known && o.Mechanism != Auto {
		return fmt.Errorf("email channel: mechanism %q is unknown", o.Mechanism)
	}
	return nil
}

// Recipients returns the addresses; each gets a mail of its own.
func (c *Channel) Recipients() []string { return c.o.To }

// Host is the mail server, or the program in its place.
func (c *Channel) Host() string { return cmp.Or(c.o.Program, c.o.Host) }

// Send hands the stored message to the mail server once.
func (c *Channel) Send(ctx context.Context, d news.Delivery) (string, error) {
	if d.MediaType != mediaType {
		return "", deliver.Permanent(fmt.Errorf("the delivery was made when channel %q was of another kind (%s); drop it with: samur outbox drop %s", d.Channel, d.MediaType, d.ID))
	}
	to, err := parseAddress(d.Recipient)
	if err != nil {
		return "", deliver.Permanent(fmt.Errorf("recipient %q: %w", d.Recipient, err))
	}
	if c.o.Program != "" {
		return c.pipe(ctx, to.Address, d.Payload)
	}
	session, err := c.dial(ctx)
	if err != nil {
		return "", classify(fmt.Errorf("connect to %s: %w", c.addr(), err), false)
	}
	reply, err := session.send(c.from.Address, to.Address, d.Payload)
	if err != nil {
		session.close()
		return "", err
	}
	session.leave()
	return reply, nil
}
