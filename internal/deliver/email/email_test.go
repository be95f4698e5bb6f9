package email_test

import (
	"bufio"
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/email"
)

// server is a mail server that plays a mode.
type server struct {
	mu    sync.Mutex
	mode  delivertest.Mode
	got   []delivertest.Received
	rcpts []string
	from  []string
	utf8  []bool   // whether MAIL asked for SMTPUTF8
	offer []string // ways to log in; PLAIN when nil
	login string
	port  int
	conf  *tls.Config
}

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{s: s, c: c}, nil }

func (s *server) now() delivertest.Mode {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mode
}

type session struct {
	s *server
	c *smtp.Conn
}

func (s *session) AuthMechanisms() []string {
	if s.s.offer != nil {
		return s.s.offer
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(mechanism string) (sasl.Server, error) {
	ok := func(user, pass string) error {
		s.s.mu.Lock()
		defer s.s.mu.Unlock()
		s.s.login = user + ":" + pass
		return nil
	}
	if mechanism == sasl.Plain {
		return sasl.NewPlainServer(func(_, user, pass string) error { return ok(user, pass) }), nil
	}
	return authServer(mechanism, ok)
}

func (s *session) Mail(from string, o *smtp.MailOptions) error {
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	s.s.from, s.s.utf8 = append(s.s.from, from), append(s.s.utf8, o.UTF8)
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch s.s.now() {
	case delivertest.Busy:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "try later"}
	case delivertest.Refuse:
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	s.s.mu.Lock()
	s.s.rcpts = append(s.s.rcpts, to)
	s.s.mu.Unlock()
	return nil
}

func (s *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	mode := s.s.now()
	if mode == delivertest.Hang {
		_, _ = io.Copy(io.Discard, s.c.Conn()) // until the client hangs up
		return nil
	}
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return err
	}
	s.s.mu.Lock()
	s.s.got = append(s.s.got, delivertest.Received{ID: m.Header.Get("Message-Id"), Body: b})
	s.s.mu.Unlock()
	if mode == delivertest.Dropped {
		return s.c.Conn().Close()
	}
	return nil
}

func (*session) Reset()        {}
func (*session) Logout() error { return nil }

// start runs the server on loopback, with TLS from the first byte when implicit.
func start(t *testing.T, implicit bool) *server { t.Helper(); return startServer(t, implicit, false) }

// startServer is start; an ascii server knows no SMTPUTF8.
func startServer(t *testing.T, implicit, ascii bool) *server {
	t.Helper()
	s := &server{conf: certificate(t)}
	srv := smtp.NewServer(s)
	srv.TLSConfig = s.conf
	srv.Domain = "localhost"
	srv.ErrorLog = nolog{}
	srv.EnableSMTPUTF8 = !ascii
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	if implicit {
		l = tls.NewListener(l, s.conf)
	}
	go srv.Serve(l) //nolint:errcheck // ends with Close
	t.Cleanup(func() { _ = srv.Close() })
	return s
}

type nolog struct{}

func (nolog) Printf(string, ...any) {}
func (nolog) Println(...any)        {}

// certificate makes a certificate for localhost that is its own authority.
func certificate(t *testing.T) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, RootCAs: roots}
}

func options(s *server, mode string) email.Options {
	return email.Options{
		Host: "localhost", Port: s.port, TLS: mode, From: "samur günlük <samur@example.org>",
		To: []string{"reader@example.org"}, Roots: &tls.Config{RootCAs: s.conf.RootCAs}, Timeout: 10 * time.Second,
	}
}

func open(t *testing.T, o email.Options) *email.Channel {
	t.Helper()
	c, err := email.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestChannel(t *testing.T) {
	for _, mode := range []string{email.StartTLS, email.Implicit} {
		t.Run(mode, func(t *testing.T) {
			delivertest.Run(t, func(t *testing.T) delivertest.Harness {
				s := start(t, mode == email.Implicit)
				o := options(s, mode)
				o.Username, o.Password = "reader", "word"
				return delivertest.Harness{
					Channel: open(t, o),
					Set:     func(m delivertest.Mode) { s.mu.Lock(); s.mode = m; s.mu.Unlock() },
					Received: func() []delivertest.Received {
						s.mu.Lock()
						defer s.mu.Unlock()
						if s.login != "reader:word" {
							t.Errorf("login = %q", s.login)
						}
						return s.got
					},
					Modes: []delivertest.Mode{delivertest.Busy, delivertest.Refuse, delivertest.Hang, delivertest.Dropped},
				}
			})
		})
	}
}

func TestMessage(t *testing.T) {
	s := start(t, false)
	c := open(t, options(s, email.StartTLS))
	e := delivertest.Edition()
	if _, err := c.Send(t.Context(), delivertest.Compose(t, c, e)); err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(bytes.NewReader(s.got[0].Body))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Auto-Submitted": "auto-generated",
		"Date":           "Sun, 08 Mar 2026 04:00:01 +0000",
		"List-Id":        "<daily.samur.example.org>",
		"Mime-Version":   "1.0",
		"To":             "<reader@example.org>",
		"Bcc":            "",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s = %q, want %q", name, got, want)
		}
	}
	if want := "Азербайджан – Russia: Bakı görüşü Bcc: victim@example.org"; subject != want {
		t.Errorf("Subject = %q, want %q in one line", subject, want)
	}
	if got := m.Header.Get("Message-Id"); !strings.HasPrefix(got, "<daily-20260308T040000Z-test-") || !strings.HasSuffix(got, "@example.org>") {
		t.Errorf("Message-Id = %q", got)
	}
	text, html := parts(t, m)
	if text != string(e.Text) || html != string(e.HTML) {
		t.Errorf("parts = %q, %q, want %q, %q", text, html, e.Text, e.HTML)
	}
	if s.rcpts[0] != "reader@example.org" {
		t.Errorf("RCPT = %q", s.rcpts)
	}
}

// parts returns the text and the HTML part of m, in that order.
func parts(t *testing.T, m *mail.Message) (text, html string) {
	t.Helper()
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	mr := multipart.NewReader(m.Body, params["boundary"])
	var bodies []string
	for {
		p, err := mr.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(decode(p))
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, strings.ReplaceAll(string(b), "\r\n", "\n"))
	}
	if len(bodies) != 2 {
		t.Fatalf("message has %d parts, want 2", len(bodies))
	}
	return bodies[0], bodies[1]
}

func TestTLSRequired(t *testing.T) {
	s := start(t, false)
	o := options(s, email.StartTLS)
	o.Roots = nil // the system does not know our authority
	_, err := open(t, o).Send(t.Context(), delivertest.Compose(t, open(t, o), delivertest.Edition()))
	if err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("Send to an unknown authority = %v, want a certificate error", err)
	}
	if len(s.got) != 0 {
		t.Error("mail was sent over a connection that was not verified")
	}
}

func TestNewRefuses(t *testing.T) {
	ok := email.Options{Host: "mail.example.org", From: "a@example.org", To: []string{"b@example.org"}}
	for _, tt := range []struct {
		change func(*email.Options)
		want   string
	}{
		{func(o *email.Options) { o.Host = "" }, "email.host"},
		{func(o *email.Options) { o.From = "nobody" }, `from "nobody" is not an address`},
		{func(o *email.Options) { o.To = nil }, "email.to"},
		{func(o *email.Options) { o.To = []string{"x"} }, `to "x" is not an address`},
		{func(o *email.Options) { o.TLS = "ssl" }, "use starttls, implicit or none"},
		{func(o *email.Options) { o.TLS, o.Username = email.Plain, "me" }, "unencrypted"},
	} {
		o := ok
		tt.change(&o)
		if _, err := email.New(o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("New(%+v) = %v, want an error with %q", o, err, tt.want)
		}
	}
}

// TestNobodyWaitsForGoodbye sends to a server that takes the mail and is slow to part:
// what is taken must be noted at once.
func TestNobodyWaitsForGoodbye(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	quit, sent := make(chan struct{}), make(chan struct{})
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return // the test is over
		}
		defer conn.Close() //nolint:errcheck // the test is over
		answers := map[string]string{"EHLO": "250 localhost", "DATA": "354 go on", ".": "250 queued", "MAIL": "250 ok", "RCPT": "250 ok"}
		_, _ = io.WriteString(conn, "220 localhost\r\n")
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			word, _, _ := strings.Cut(lines.Text(), " ")
			if word == "QUIT" {
				<-sent
				close(quit)
				return
			}
			if answer, ok := answers[word]; ok {
				_, _ = io.WriteString(conn, answer+"\r\n")
			}
		}
	}()
	t.Cleanup(func() { _ = l.Close() })
	c := open(t, email.Options{
		Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, TLS: email.Plain, From: "samur@example.org", To: []string{"reader@example.org"},
	})
	begun := time.Now()
	if _, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition())); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(begun); took > time.Second {
		t.Errorf("Send took %v, want it not to wait for the goodbye", took)
	}
	close(sent)
	select {
	case <-quit:
	case <-time.After(5 * time.Second):
		t.Error("the server was not said goodbye to")
	}
}
