package email_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"mime"
	"net/mail"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"
	"pgregory.net/rapid"

	"samur/internal/deliver"
	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/email"
	"samur/internal/news"
)

// composed parses what a channel composes.
func composed(t *testing.T, o email.Options, e news.Edition) (*mail.Message, []byte) {
	t.Helper()
	b := delivertest.Compose(t, open(t, o), e).Payload
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return m, b
}

func relay() email.Options {
	return email.Options{Host: "mail.example.org", From: "samur <samur@example.org>", To: []string{"reader@example.org"}}
}

func TestUnsubscribe(t *testing.T) {
	const (
		page   = "https://example.org/off"
		click  = "https://example.org/off?who={recipient}&list={list}"
		letter = "mailto:desk@example.org?subject=unsubscribe"
	)
	for _, tt := range []struct {
		name, at, mail, to string
		want               string
		oneClick           bool
	}{
		{"nothing", "", "", "reader@example.org", "", false},
		{"by mail", letter, "", "reader@example.org", "<" + letter + ">", false},
		{"a page for people", page, "", "reader@example.org", "<" + page + ">", false},
		{"one click", click, "", "reader+az@example.org", "<https://example.org/off?who=reader%2Baz%40example.org&list=daily>", true},
		{"capitals", "HTTPS://example.org/{recipient}", "", "a@example.org", "<HTTPS://example.org/a%40example.org>", true},
		{"a mail that names the reader", "mailto:desk@example.org?subject={recipient}", "", "a@example.org", "<mailto:desk@example.org?subject=a%40example.org>", false},
		{
			"one click, and a mail for the others", click, "desk@bürüc.example", "əli@example.org",
			"<https://example.org/off?who=%C9%99li%40example.org&list=daily>, <mailto:desk@xn--brc-hoab.example?subject=unsubscribe%20daily>", true,
		},
		{"a mail alone", "", "desk@example.org", "a@example.org", "<mailto:desk@example.org?subject=unsubscribe%20daily>", false},
	} {
		o := relay()
		o.Unsubscribe, o.UnsubscribeMail, o.To = tt.at, tt.mail, []string{tt.to}
		m, _ := composed(t, o, delivertest.Edition())
		if got := m.Header.Get("List-Unsubscribe"); got != tt.want {
			t.Errorf("%s: List-Unsubscribe = %q, want %q", tt.name, got, tt.want)
		}
		post := ""
		if tt.oneClick {
			post = "List-Unsubscribe=One-Click"
		}
		if got := m.Header.Get("List-Unsubscribe-Post"); got != post {
			t.Errorf("%s: List-Unsubscribe-Post = %q, want %q", tt.name, got, post)
		}
	}
	o := relay()
	o.UnsubscribeMail = "nobody"
	if _, err := email.New(o); err == nil || !strings.Contains(err.Error(), "unsubscribe_mail") {
		t.Errorf("New with an address that is none = %v", err)
	}
}

func TestFlowed(t *testing.T) {
	e := delivertest.Edition()
	flowed := "A line that \ngoes on\n"
	for _, tt := range []struct{ flowed, want, params string }{
		{"", string(e.Text), ""},
		{flowed, flowed, "format=flowed; delsp=no"},
	} {
		e.Flowed = []byte(tt.flowed)
		m, b := composed(t, relay(), e)
		if text, _ := parts(t, m); text != tt.want {
			t.Errorf("text = %q, want %q", text, tt.want)
		}
		_, rest, _ := bytes.Cut(b, []byte("text/plain"))
		line, _, _ := bytes.Cut(rest, []byte("\r\n"))
		if got := bytes.Contains(line, []byte("format=flowed; delsp=no")); got != (tt.params != "") {
			t.Errorf("Content-Type: text/plain%s, want %q", line, tt.params)
		}
	}
}

// TestThread holds that the editions of a digest to one reader refer to the same row,
// and those of another digest or reader to another.
func TestThread(t *testing.T) {
	e := delivertest.Edition()
	next, other := e, e
	next.Digest.Slot.At = e.Digest.Slot.At.AddDate(0, 0, 1)
	other.Digest.Slot.Digest = "weekly"
	row := func(o email.Options, e news.Edition) string {
		m, _ := composed(t, o, e)
		if m.Header.Get("References") == m.Header.Get("Message-Id") {
			t.Error("a message refers to itself")
		}
		return m.Header.Get("References")
	}
	to := relay()
	to.To = []string{"second@example.org"}
	first := row(relay(), e)
	if got := row(relay(), next); got != first || !strings.HasPrefix(first, "<daily.") {
		t.Errorf("References of the next day = %q, want %q", got, first)
	}
	if row(relay(), other) == first || row(to, e) == first {
		t.Error("another digest or reader has the same row")
	}
	alert := e
	alert.Kind, alert.Digest.Slot.Digest = news.KindAlert, "war.s0123"
	m, _ := composed(t, relay(), alert)
	if got, want := m.Header.Get("List-Id"), "<war.samur.example.org>"; got != want {
		t.Errorf("List-Id of an alert = %q, want %q", got, want)
	}
}

func TestDKIM(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	pub, priv, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8 := func(key any) string {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	}
	rsaPub, err := x509.MarshalPKIXPublicKey(&rsaKey.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	pkcs1 := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(rsaKey)}))
	for _, tt := range []struct{ name, key, record string }{
		{"rsa", pkcs8(rsaKey), "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(rsaPub)},
		{"rsa, old form", pkcs1, "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(rsaPub)},
		{"ed25519", pkcs8(priv), "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(pub)},
	} {
		o := relay()
		if o.Signer, err = email.NewSigner("example.org", "samur", tt.key); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		o.Unsubscribe = "https://example.org/off?{recipient}"
		_, msg := composed(t, o, delivertest.Edition())
		verify := func(msg []byte) error {
			vs, err := dkim.VerifyWithOptions(bytes.NewReader(msg), &dkim.VerifyOptions{LookupTXT: func(domain string) ([]string, error) {
				if domain != "samur._domainkey.example.org" {
					t.Errorf("%s: looked up %q", tt.name, domain)
				}
				return []string{tt.record}, nil
			}})
			if err != nil || len(vs) != 1 {
				t.Fatalf("%s: %d signatures, %v", tt.name, len(vs), err)
			}
			return vs[0].Err
		}
		if err := verify(msg); err != nil {
			t.Errorf("%s: signature: %v", tt.name, err)
		}
		for _, change := range [][2]string{
			{"<https://example.org/off?reader%40example.org>", "<https://evil.example/>"},
			{"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", ""},
			{"From: ", "Cc: victim@example.org\r\nFrom: "},
			{"To: ", "Reply-To: evil@example.org\r\nTo: "},
		} {
			if changed := bytes.Replace(msg, []byte(change[0]), []byte(change[1]), 1); bytes.Equal(changed, msg) || verify(changed) == nil {
				t.Errorf("%s: still signed after %q", tt.name, change[1])
			}
		}
	}
	for _, key := range []string{"", "words", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("x")}))} {
		if _, err := email.NewSigner("example.org", "samur", key); err == nil {
			t.Errorf("NewSigner took the key %q", key)
		}
	}
}

// TestAnyWords composes mails from words of all kinds and reads them back: no header
// more, no word lost.
func TestAnyWords(t *testing.T) {
	o := relay()
	o.Unsubscribe = "mailto:a@example.org"
	clean, _ := composed(t, o, delivertest.Edition())
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.StringOf(rapid.RuneFrom([]rune("aəıİş яЖ:\r\n\t\x00=?<>\",;.@-\u2028\u202e🚢")))
		e := delivertest.Edition()
		e.Subject = words.Draw(rt, "subject")
		e.Text = []byte(words.Draw(rt, "text"))
		_, b := composed(t, o, e)
		m, err := mail.ReadMessage(bytes.NewReader(b))
		if err != nil {
			rt.Fatal(err)
		}
		for name, values := range m.Header {
			if clean.Header[name] == nil || len(values) != 1 {
				rt.Errorf("header %s: %q", name, values)
			}
			for _, r := range strings.Join(values, "") {
				if r >= 0x7f || r < ' ' {
					rt.Errorf("header %s has the sign %q", name, r)
				}
			}
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if want := strings.Join(strings.Fields(e.Subject), " "); err != nil || withoutControls(subject) != withoutControls(want) {
			rt.Errorf("Subject = %q, %v, want %q", subject, err, want)
		}
		text, _ := parts(t, m)
		if want := strings.ReplaceAll(string(e.Text), "\r\n", "\n"); text != want {
			rt.Errorf("text = %q, want %q", text, want)
		}
	})
}

func withoutControls(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == ' ' }), "")
}

func TestAddresses(t *testing.T) {
	for _, tt := range []struct {
		name, to, rcpt, header string
		ascii, utf8            bool
		refused                bool
	}{
		{"plain", "reader@example.org", "reader@example.org", "<reader@example.org>", false, false, false},
		{"Azerbaijani name", "Şəhla Əliyeva <sehla@example.org>", "sehla@example.org", "", false, false, false},
		{"Russian domain", "читатель <reader@пример.рф>", "reader@xn--e1afmkfd.xn--p1ai", "", true, false, false},
		{"Russian address", "читатель@пример.рф", "читатель@xn--e1afmkfd.xn--p1ai", "", false, true, false},
		{"Russian address, old server", "читатель@пример.рф", "", "", true, false, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := startServer(t, false, tt.ascii)
			o := options(s, email.StartTLS)
			o.To = []string{tt.to}
			c := open(t, o)
			_, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
			if tt.refused {
				if !deliver.IsPermanent(err) || !strings.Contains(err.Error(), "SMTPUTF8") {
					t.Errorf("Send = %v, want a refusal that names SMTPUTF8", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s.rcpts[0] != tt.rcpt || s.utf8[0] != tt.utf8 {
				t.Errorf("RCPT %q, SMTPUTF8 %v; want %q, %v", s.rcpts[0], s.utf8[0], tt.rcpt, tt.utf8)
			}
			m, err := mail.ReadMessage(bytes.NewReader(s.got[0].Body))
			if err != nil {
				t.Fatal(err)
			}
			to, err := m.Header.AddressList("To")
			if err != nil || to[0].Address != tt.rcpt {
				t.Errorf("To = %v, %v, want %q", to, err, tt.rcpt)
			}
			if name, _, _ := strings.Cut(tt.to, " <"); name != tt.to && to[0].Name != name {
				t.Errorf("To names %q, want %q", to[0].Name, name)
			}
		})
	}
}

// TestHeaderLines holds that no line of a header is longer than RFC 5322 allows.
func TestHeaderLines(t *testing.T) {
	e := delivertest.Edition()
	e.Subject = strings.Repeat("Azərbaycan və Rusiya arasında görüş ", 20)
	o := relay()
	o.From = "Самур — ежедневный обзор отношений России и Азербайджана <samur@example.org>"
	_, b := composed(t, o, e)
	head, _, _ := bytes.Cut(b, []byte("\r\n\r\n"))
	for line := range bytes.SplitSeq(head, []byte("\r\n")) {
		if len(line) > 78 {
			t.Errorf("a header's line of %d bytes: %s", len(line), line)
		}
		if name, value, header := bytes.Cut(line, []byte(":")); header && line[0] != ' ' && len(bytes.TrimSpace(value)) == 0 {
			t.Errorf("the first line of the header %s is empty", name)
		}
	}
}
