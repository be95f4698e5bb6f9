// Package email delivers an edition as one mail to one recipient: plain text first
// and complete, HTML beside it. The message is composed once, with its Message-ID
// and Date, and stored; every attempt sends those very bytes, so that a mailbox can
// tell a repeated message by its Message-ID.
//
// TLS is required unless it is switched off by name, and no password ever crosses
// an unencrypted connection. Each recipient gets a message of its own, so one
// refused address cannot stop the others. A header can hold no line break:
// what comes from feeds is encoded by go-mail and checked by the tests here.
// Read New first.
package email

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"samur/internal/deliver"
	"samur/internal/news"
)

// The ways to secure the connection.
const (
	StartTLS = "starttls" // port 587: plain, then TLS or nothing
	Implicit = "implicit" // port 465: TLS from the first byte
	Plain    = "none"     // for a relay on this machine only
)

// Options configure a Channel. Host, From and To are required.
type Options struct {
	Host     string
	Port     int    // 587, 465 or 25 by TLS when 0
	TLS      string // StartTLS when ""
	Username string // "" sends without authentication
	Password string
	From     string // "Name <address>" or an address
	To       []string
	Roots    *tls.Config   // own certificate authorities; nil for the system's
	Timeout  time.Duration // of one command; 1 minute when 0
	HELO     string        // name given to the server; "localhost" when ""
}

// Channel sends editions through one mail server.
type Channel struct {
	o    Options
	from *mail.Address
}

// New returns a channel that mails to o.To through o.Host.
func New(o Options) (*Channel, error) {
	if o.Host == "" {
		return nil, errors.New("email channel: no host; set email.host to your mail server")
	}
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf(`email channel: from %q is not an address; write "samur <samur@example.org>": %w`, o.From, err)
	}
	if len(o.To) == 0 {
		return nil, errors.New("email channel: nobody to send to; set email.to")
	}
	for _, to := range o.To {
		if _, err := mail.ParseAddress(to); err != nil {
			return nil, fmt.Errorf("email channel: to %q is not an address: %w", to, err)
		}
	}
	if err := fillDefaults(&o); err != nil {
		return nil, err
	}
	return &Channel{o: o, from: from}, nil
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
	if o.HELO == "" {
		o.HELO = "localhost"
	}
	return nil
}

// Recipients returns the addresses; each gets a mail of its own.
func (c *Channel) Recipients() []string { return c.o.To }

// Compose returns the whole message, headers included, as it will be sent.
func (c *Channel) Compose(e news.Edition, to news.Recipient) ([]byte, string, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingB64), gomail.WithBoundary(boundary(to.ID)))
	m.FromMailAddress(c.from)
	if err := m.To(to.To); err != nil {
		return nil, "", fmt.Errorf("compose mail to %q: %w", to.To, err)
	}
	domain := c.domain()
	m.Subject(oneLine(e.Subject))
	m.SetDateWithValue(to.Made.UTC())
	m.SetMessageIDWithValue(to.ID + "@" + domain)
	// RFC 3834: no out-of-office answer to a machine. RFC 2919: a name to filter by.
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("List-Id", fmt.Sprintf("<%s.samur.%s>", e.Digest.Slot.Digest, domain))
	m.SetBodyString(gomail.TypeTextPlain, string(e.Text))
	m.AddAlternativeString(gomail.TypeTextHTML, string(e.HTML))
	var b bytes.Buffer
	if _, err := m.WriteTo(&b); err != nil {
		return nil, "", fmt.Errorf("compose mail to %q: %w", to.To, err)
	}
	return b.Bytes(), "message/rfc822", nil
}

// boundary is a MIME boundary that is the same for the same delivery. Both parts
// are base64, which has no "-", so no line of theirs can look like it.
func boundary(id string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, id)
	return "samur_" + clean[:min(len(clean), 60)]
}

func (c *Channel) domain() string {
	_, domain, _ := strings.Cut(c.from.Address, "@")
	return domain
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(s), " ")
}

// Send hands the stored message to the mail server once.
func (c *Channel) Send(ctx context.Context, d news.Delivery) (string, error) {
	to, err := mail.ParseAddress(d.Recipient)
	if err != nil {
		return "", deliver.Permanent(fmt.Errorf("recipient %q: %w", d.Recipient, err))
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

func (c *Channel) addr() string { return net.JoinHostPort(c.o.Host, strconv.Itoa(c.o.Port)) }

// session is one connection to the mail server, greeted, encrypted and logged in.
type session struct {
	client *smtp.Client
	conn   net.Conn
	stop   func() bool
}

// dial opens a session that ends with ctx, whatever the server does.
func (c *Channel) dial(ctx context.Context) (*session, error) {
	d := net.Dialer{Timeout: c.o.Timeout}
	conn, err := d.DialContext(ctx, "tcp", c.addr())
	if err != nil {
		return nil, err
	}
	s := &session{conn: conn, stop: context.AfterFunc(ctx, func() { _ = conn.Close() })}
	if err := c.greet(ctx, s); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// greet brings a fresh connection to the point where mail can be sent.
func (c *Channel) greet(ctx context.Context, s *session) error {
	conf := c.tlsConfig()
	conn := s.conn
	if c.o.TLS == Implicit {
		secure := tls.Client(conn, conf)
		if err := secure.HandshakeContext(ctx); err != nil {
			return err
		}
		conn = secure
	}
	if err := conn.SetDeadline(time.Now().Add(c.o.Timeout)); err != nil {
		return err
	}
	client, err := smtp.NewClient(conn, c.o.Host)
	if err != nil {
		return err
	}
	s.client = client
	if err := client.UpdateDeadline(c.o.Timeout); err != nil {
		return err
	}
	if err := client.Hello(c.o.HELO); err != nil {
		return err
	}
	if c.o.TLS == StartTLS {
		if ok, _ := client.Extension("STARTTLS"); !ok {
			return errors.New("the server offers no STARTTLS; set email.tls to implicit, or to none for a relay on this machine")
		}
		if err := client.StartTLS(conf); err != nil {
			return err
		}
	}
	return c.login(client)
}

func (c *Channel) tlsConfig() *tls.Config {
	conf := &tls.Config{}
	if c.o.Roots != nil {
		conf = c.o.Roots.Clone()
	}
	conf.ServerName, conf.MinVersion = c.o.Host, tls.VersionTLS12
	return conf
}

// login authenticates with the best mechanism that both sides know. New made sure
// that the connection is encrypted.
func (c *Channel) login(client *smtp.Client) error {
	if c.o.Username == "" {
		return nil
	}
	_, offered := client.Extension("AUTH")
	has := func(name string) bool { return slices.Contains(strings.Fields(offered), name) }
	var auth smtp.Auth
	switch {
	case has("SCRAM-SHA-256"):
		auth = smtp.ScramSHA256Auth(c.o.Username, c.o.Password)
	case has("PLAIN"):
		auth = smtp.PlainAuth("", c.o.Username, c.o.Password, c.o.Host, false)
	case has("LOGIN"):
		auth = smtp.LoginAuth(c.o.Username, c.o.Password, c.o.Host, false)
	case has("CRAM-MD5"):
		auth = smtp.CRAMMD5Auth(c.o.Username, c.o.Password)
	default:
		return fmt.Errorf("the server offers no login that samur knows (it offers %q); remove email.username if it wants none", offered)
	}
	if err := client.Auth(auth); err != nil {
		return fmt.Errorf("login as %q: %w", c.o.Username, err)
	}
	return nil
}

// close ends the session without waiting for the server's goodbye.
func (s *session) close() {
	s.stop()
	_ = s.conn.Close() // the outcome is known already
}

// send gives the message to the server. Before the last line of DATA is written a
// failure means that nothing was taken; afterwards the outcome is unknown until
// the server's 250 is read.
func (s *session) send(from, to string, msg []byte) (string, error) {
	if err := s.client.Mail(from); err != nil {
		return "", classify(fmt.Errorf("sender %q: %w", from, err), true)
	}
	if err := s.client.Rcpt(to); err != nil {
		return "", classify(fmt.Errorf("recipient %q: %w", to, err), true)
	}
	w, err := s.client.Data()
	if err != nil {
		return "", classify(fmt.Errorf("begin message: %w", err), true)
	}
	if _, err := w.Write(msg); err != nil {
		return "", fmt.Errorf("send message: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", classify(fmt.Errorf("end message: %w", err), true)
	}
	reply := "250"
	if said, ok := w.(interface{ ServerResponse() string }); ok {
		reply = "250 " + strings.TrimPrefix(oneLine(said.ServerResponse()), "250 ")
	}
	return reply, nil
}

// leave says goodbye, which is manners only: the mail is taken. Nobody waits for it,
// because until the answer is written down a kill has the mail sent again. It ends
// within two seconds, and nothing that goes wrong matters.
func (s *session) leave() {
	s.stop()
	go func() {
		_ = s.client.UpdateDeadline(2 * time.Second)
		_ = s.client.Quit()
		_ = s.conn.Close()
	}()
}

// classify makes a 5xx answer permanent where the answer is about this mail. A 5xx
// before that (greeting, TLS, login) is the server's trouble or the config's: it is
// tried again, because mending it needs no new digest.
func classify(err error, aboutMail bool) error {
	te, ok := errors.AsType[*textproto.Error](err)
	if ok && aboutMail && te.Code >= 500 {
		return deliver.Permanent(err)
	}
	return err
}
