package email

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"

	"samur/internal/deliver"
)

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

// Auto takes the best way to log in that the server offers.
const Auto = "auto"

// inOrder are the ways to log in, the best first. XOAUTH2 is taken by name alone: with
// it the password is a token.
var inOrder = []string{"scram-sha-256", "scram-sha-1", "plain", "login", "cram-md5"}

// mechanisms are the ways to log in. New made sure that the connection is encrypted.
func mechanisms() map[string]func(o Options) smtp.Auth {
	return map[string]func(o Options) smtp.Auth{
		"scram-sha-256": func(o Options) smtp.Auth { return smtp.ScramSHA256Auth(o.Username, o.Password) },
		"scram-sha-1":   func(o Options) smtp.Auth { return smtp.ScramSHA1Auth(o.Username, o.Password) },
		"plain":         func(o Options) smtp.Auth { return smtp.PlainAuth("", o.Username, o.Password, o.Host, false) },
		"login":         func(o Options) smtp.Auth { return smtp.LoginAuth(o.Username, o.Password, o.Host, false) },
		"cram-md5":      func(o Options) smtp.Auth { return smtp.CRAMMD5Auth(o.Username, o.Password) },
		"xoauth2":       func(o Options) smtp.Auth { return smtp.XOAuth2Auth(o.Username, o.Password) },
	}
}

// login authenticates by the mechanism of the config, or the best that both sides know.
func (c *Channel) login(client *smtp.Client) error {
	if c.o.Username == "" {
		return nil
	}
	_, offered := client.Extension("AUTH")
	has := func(name string) bool { return slices.Contains(strings.Fields(offered), strings.ToUpper(name)) }
	name := c.o.Mechanism
	if i := slices.IndexFunc(inOrder, has); name == Auto && i >= 0 {
		name = inOrder[i]
	}
	switch {
	case name == Auto:
		return fmt.Errorf("the server offers no login that samur knows (it offers %q); remove email.username if it wants none", offered)
	case !has(name):
		return fmt.Errorf("the server does not offer %s (it offers %q); set email.mechanism to one that it does, or to auto", name, offered)
	}
	auth := mechanisms()[name](c.o)
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
	utf8 := international(from) || international(to)
	if ok, _ := s.client.Extension("SMTPUTF8"); utf8 && !ok {
		return "", deliver.Permanent(fmt.Errorf("recipient %q: the server takes no letters but those of ASCII in addresses (it offers no SMTPUTF8)", to))
	}
	s.client.SkipSMTPUTF8(!utf8) // asked for without need it keeps mail from older servers
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
