package email_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"mime"
	"net"
	"net/mail"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-smtp"
	"github.com/google/go-cmp/cmp"

	"samur/internal/deliver"
	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/email"
	"samur/internal/news"
)

// The account that the test's Postfix knows.
const (
	postfixUser = "samur"
	postfixPass = "wörd with blanks"
)

// postfix is a Postfix of this test's own: two ports on loopback, STARTTLS and TLS from
// the first byte, that take mail for three addresses from who logs in. What it takes it
// hands on to the test.
type postfix struct {
	submission, implicit int
	dir                  string
	conf                 *tls.Config // its certificate, and who trusts it
	got                  chan []byte
}

// mainConf is the whole of its main.cf; %[1]s is its folder, %[2]d where mail is handed
// on to, %[3]d where passwords are asked after.
const mainConf = `compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
mail_owner = postfix
setgid_group = postdrop
myhostname = mail.example.org
mydestination =
alias_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtputf8_enable = yes
virtual_mailbox_domains = example.org
virtual_mailbox_maps = inline:{ {reader@example.org=ok}, {trade@example.org=ok}, {əli@example.org=ok} }
virtual_transport = lmtp:inet:127.0.0.1:%[2]d
message_size_limit = 400000
smtpd_tls_cert_file = %[1]s/cert.pem
smtpd_tls_key_file = %[1]s/key.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:%[3]d
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, permit_sasl_authenticated, reject
`

// masterConf names the two ports and the services that a mail passes on its way.
const masterConf = `%d inet n - n - - smtpd
%d inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
`

// startPostfix skips the test where Postfix cannot be run.
func startPostfix(t *testing.T) *postfix {
	t.Helper()
	program, err := exec.LookPath("postfix")
	if err != nil {
		program = "/usr/sbin/postfix"
	}
	if _, err := os.Stat(program); err != nil {
		t.Skip("NOT TESTED: no Postfix on this machine; on Debian: apt install postfix, without a configuration")
	}
	if os.Getuid() != 0 {
		t.Skip("NOT TESTED: Postfix starts as root alone, because its parts run as users of their own")
	}
	if _, err := user.Lookup("postfix"); err != nil {
		t.Skipf("NOT TESTED: the Postfix here has no user: %v", err)
	}
	p := &postfix{submission: freePort(t), implicit: freePort(t), got: make(chan []byte, 10)}
	p.dir, err = os.MkdirTemp("", "samur-postfix-") // not TempDir: the user postfix must get in
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(p.dir); err != nil {
			t.Error(err)
		}
	})
	p.configure(t)
	control := func(verb string) {
		if out, err := exec.Command(program, "-c", p.dir, verb).CombinedOutput(); err != nil {
			t.Errorf("postfix %s: %v\n%s", verb, err, out)
		}
	}
	control("start")
	t.Cleanup(func() {
		control("abort")
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(p.dir, "log")) // for the reader alone
			t.Logf("Postfix said:\n%s", log)
		}
	})
	p.greeted(t)
	return p
}

// configure writes the files of p and starts what it hands mail and passwords to.
func (p *postfix) configure(t *testing.T) {
	t.Helper()
	inbox := listen(t)
	srv := smtp.NewServer(p)
	srv.LMTP, srv.Domain, srv.EnableSMTPUTF8, srv.ErrorLog = true, "inbox.example.org", true, nolog{}
	go func() { _ = srv.Serve(inbox) }() // ends with Close
	t.Cleanup(func() { _ = srv.Close() })
	passwords := listen(t)
	go answerLogins(passwords)

	p.conf = certificate(t)
	cert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.conf.Certificates[0].Certificate[0]})
	key, err := x509.MarshalPKCS8PrivateKey(p.conf.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"main.cf":   fmt.Sprintf(mainConf, p.dir, inbox.Addr().(*net.TCPAddr).Port, passwords.Addr().(*net.TCPAddr).Port),
		"master.cf": fmt.Sprintf(masterConf, p.submission, p.implicit),
		"cert.pem":  string(cert),
		"key.pem":   string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})),
	} {
		if err := os.WriteFile(filepath.Join(p.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	u, err := user.Lookup("postfix")
	if err != nil {
		t.Fatal(err)
	}
	var uid int
	if _, err := fmt.Sscan(u.Uid, &uid); err != nil {
		t.Fatal(err)
	}
	for name, owner := range map[string]int{"queue": 0, "data": uid} {
		dir := filepath.Join(p.dir, name)
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(dir, owner, -1); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(p.dir, 0o755); err != nil {
		t.Fatal(err)
	}
}

// greeted waits until Postfix answers.
func (p *postfix) greeted(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", p.submission))
		if err == nil {
			_ = conn.SetReadDeadline(time.Now().Add(5 * time.Second))
			line, err := bufio.NewReader(conn).ReadString('\n')
			_ = conn.Close()
			if err == nil && strings.HasPrefix(line, "220 ") {
				return
			}
		}
		select {
		case <-ctx.Done():
			t.Fatalf("Postfix does not answer: %v", err)
		case <-again.C:
		}
	}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// freePort is one that nobody listened on a moment ago.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

// answerLogins speaks the protocol by which Postfix asks Dovecot after passwords, as far
// as PLAIN needs it, until l is closed.
func answerLogins(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close() //nolint:errcheck // nobody is told
			fmt.Fprintf(conn, "VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t0\nDONE\n")
			for lines := bufio.NewScanner(conn); lines.Scan(); {
				words := strings.Split(lines.Text(), "\t")
				if words[0] != "AUTH" {
					continue
				}
				resp, _ := strings.CutPrefix(words[len(words)-1], "resp=")
				said, _ := base64.StdEncoding.DecodeString(resp)
				answer := "FAIL\t%s\tuser=" + postfixUser + "\n"
				if string(said) == "\x00"+postfixUser+"\x00"+postfixPass {
					answer = "OK\t%s\tuser=" + postfixUser + "\n"
				}
				fmt.Fprintf(conn, answer, words[1])
			}
		}()
	}
}

// NewSession is where p hands mail on to.
func (p *postfix) NewSession(*smtp.Conn) (smtp.Session, error) { return &handed{p}, nil }

type handed struct{ p *postfix }

func (*handed) Reset()                               {}
func (*handed) Logout() error                        { return nil }
func (*handed) Mail(string, *smtp.MailOptions) error { return nil }
func (*handed) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (h *handed) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err == nil {
		h.p.got <- b
	}
	return err
}

// receive waits for the next mail that p hands on.
func (p *postfix) receive(t *testing.T) []byte {
	t.Helper()
	select {
	case b := <-p.got:
		return b
	case <-time.After(30 * time.Second):
		t.Fatal("Postfix took the mail and handed none on")
	}
	return nil
}

// brief is what a reader's program makes of a mail.
type brief struct {
	From, To, Subject, Date, ID, References   string
	List, Auto, Unsubscribe, UnsubscribePost  string
	Text, HTML, TextType, Charset, Structured string
}

// byGo reads a mail with Go's parser.
func byGo(t *testing.T, msg []byte) brief {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(msg))
	if err != nil {
		t.Fatal(err)
	}
	words := func(name string) string {
		s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return s
	}
	at, err := m.Header.Date()
	if err != nil {
		t.Error(err)
	}
	kind, _, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Error(err)
	}
	b := brief{
		From: words("From"), To: words("To"), Subject: words("Subject"), Date: at.UTC().Format(time.RFC3339),
		ID: m.Header.Get("Message-Id"), References: m.Header.Get("References"), List: m.Header.Get("List-Id"), Auto: m.Header.Get("Auto-Submitted"),
		Unsubscribe: m.Header.Get("List-Unsubscribe"), UnsubscribePost: m.Header.Get("List-Unsubscribe-Post"),
		TextType: "flowed", Charset: "utf-8", Structured: kind,
	}
	b.Text, b.HTML = parts(t, m)
	return b
}

// parser is the same by Python's: another program of other people. It reads mails in
// base64, a line each.
const parser = `
import base64, email, email.policy, email.utils, json, sys
def brief(msg):
  m = email.message_from_bytes(msg, policy=email.policy.default)
  assert not m.defects, m.defects
  text, html = m.get_body(("plain",)), m.get_body(("html",))
  assert [p.get_content_type() for p in m.iter_parts()] == ["text/plain", "text/html"]
  assert not any(p.defects for p in m.walk())
  return {
    "From": str(m["From"]), "To": str(m["To"]), "Subject": str(m["Subject"]),
    "Date": email.utils.parsedate_to_datetime(str(m["Date"])).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "ID": m["Message-ID"].strip(), "References": m["References"], "List": m["List-Id"], "Auto": m["Auto-Submitted"],
    "Unsubscribe": m["List-Unsubscribe"] or "", "UnsubscribePost": m["List-Unsubscribe-Post"] or "",
    "Text": text.get_content(), "HTML": html.get_content(),
    "TextType": text["Content-Type"].params.get("format", ""), "Charset": text.get_content_charset(),
    "Structured": m.get_content_type(),
  }
json.dump([brief(base64.b64decode(line)) for line in sys.stdin], sys.stdout)
`

// byPython reads mails with Python's parser, which takes long to start.
func byPython(t *testing.T, python string, msgs [][]byte) (bs []brief) {
	t.Helper()
	var in, said bytes.Buffer
	for _, msg := range msgs {
		fmt.Fprintln(&in, base64.StdEncoding.EncodeToString(msg))
	}
	cmd := exec.CommandContext(t.Context(), python, "-I", "-c", parser)
	cmd.Stdin, cmd.Stderr = &in, &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("Python reads the mails: %v\n%s", err, said.Bytes())
	}
	if err := json.Unmarshal(out, &bs); err != nil {
		t.Fatal(err)
	}
	return bs
}

// postfixEdition has everything that a mail server or program could stumble over: dots
// and From at the heads of lines, long lines, letters of three languages, 90 kB of HTML.
func postfixEdition() news.Edition {
	e := delivertest.Edition()
	e.Subject = "Азербайджан и Россия: Bakıda görüş — товарооборот вырос на 4,8 % (№ 12)"
	e.Flowed = []byte("Əliyev, Путин, Baku \nand on.\n.\n..\n From here\n>> quoted\nFrom there\n" + strings.Repeat("слово ", 300) + "\n")
	e.HTML = []byte("<!DOCTYPE html>\n<html><body>\n" + strings.Repeat("<p>Əliyev görüşdü. Путин приехал. 4,8 %</p>\n", 1800) + "</body></html>\n")
	return e
}

// TestPostfix sends mails through a real Postfix and reads what it hands on with two
// parsers: each equals what was meant, and the signature still holds.
func TestPostfix(t *testing.T) {
	p := startPostfix(t)
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("NOT TESTED with a second parser: no python3 on this machine")
	}
	pub, priv, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(priv)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := email.NewSigner("example.org", "samur", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
	if err != nil {
		t.Fatal(err)
	}
	e := postfixEdition()
	var msgs [][]byte
	var briefs []brief
	for _, tt := range []struct{ name, tls, to, unsubscribe string }{
		{"STARTTLS", email.StartTLS, "reader@example.org", "https://example.org/off?{recipient}"},
		{"TLS from the first byte", email.Implicit, "Şəhla Əliyeva <trade@example.org>", "mailto:desk@example.org"},
		{"letters outside ASCII in the address", email.StartTLS, "əli@example.org", ""},
	} {
		o := p.options(tt.tls)
		o.To, o.Unsubscribe, o.Signer = []string{tt.to}, tt.unsubscribe, signer
		c := open(t, o)
		d := delivertest.Compose(t, c, e)
		reply, err := c.Send(t.Context(), d)
		if err != nil || !strings.Contains(reply, "queued as") {
			t.Fatalf("%s: Send = %q, %v", tt.name, reply, err)
		}
		msg := p.receive(t)
		to, err := mail.ParseAddress(tt.to)
		if err != nil {
			t.Fatal(err)
		}
		got := byGo(t, msg)
		want := got
		want.Subject, want.Text, want.HTML = e.Subject, string(e.Flowed), string(e.HTML)
		want.ID, want.Date, want.Structured = "<"+d.ID+"@example.org>", "2026-03-08T04:00:01Z", "multipart/alternative"
		if diff := cmp.Diff(want, got); diff != "" || !strings.Contains(got.To, to.Address) || !strings.Contains(got.To, to.Name) {
			t.Errorf("%s: to %q, read by Go (-want +got):\n%s", tt.name, got.To, diff)
		}
		if (got.UnsubscribePost != "") != strings.Contains(tt.unsubscribe, "{recipient}") || (got.Unsubscribe != "") != (tt.unsubscribe != "") {
			t.Errorf("%s: unsubscribe %q, %q", tt.name, got.Unsubscribe, got.UnsubscribePost)
		}
		msgs, briefs = append(msgs, msg), append(briefs, got)
		vs, err := dkim.VerifyWithOptions(bytes.NewReader(msg), &dkim.VerifyOptions{LookupTXT: func(string) ([]string, error) {
			return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(pub)}, nil
		}})
		if err != nil || len(vs) != 1 || vs[0].Err != nil {
			t.Errorf("%s: signature: %+v, %v", tt.name, vs, err)
		}
	}
	t.Run("refusals", p.refusals)
	if python == "" {
		return
	}
	others := byPython(t, python, msgs)
	bare := strings.NewReplacer(`"`, "", "<", "", ">", "") // Python writes addresses anew
	for _, bs := range [][]brief{briefs, others} {
		for i := range bs {
			bs[i].From, bs[i].To = bare.Replace(bs[i].From), bare.Replace(bs[i].To)
		}
	}
	if diff := cmp.Diff(briefs, others); diff != "" {
		t.Errorf("read by two parsers (-Go +Python):\n%s", diff)
	}
}

// options reach p, which proves itself by the certificate of the test.
func (p *postfix) options(mode string) email.Options {
	port := p.submission
	if mode == email.Implicit {
		port = p.implicit
	}
	return email.Options{
		Host: "localhost", Port: port, TLS: mode, Username: postfixUser, Password: postfixPass,
		From: "samur <samur@example.org>", To: []string{"reader@example.org"}, Roots: &tls.Config{RootCAs: p.conf.RootCAs},
	}
}

// refusals holds what Postfix says no to: for good where it is about the mail, for the
// moment where mending the config is enough.
func (p *postfix) refusals(t *testing.T) {
	for _, tt := range []struct {
		name    string
		change  func(*email.Options)
		want    string
		forGood bool
	}{
		{"wrong password", func(o *email.Options) { o.Password = "guess" }, "535", false},
		{"no login", func(o *email.Options) { o.Username, o.Password = "", "" }, "554", true},
		{"nobody", func(o *email.Options) { o.To = []string{"nobody@example.org"} }, "550", true},
		{"a mechanism that it has not", func(o *email.Options) { o.Mechanism = "cram-md5" }, "does not offer", false},
		{"a certificate of somebody else", func(o *email.Options) { o.Roots = nil }, "certificate", false},
	} {
		o := p.options(email.StartTLS)
		tt.change(&o)
		c := open(t, o)
		_, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
		if err == nil || !strings.Contains(err.Error(), tt.want) || deliver.IsPermanent(err) != tt.forGood {
			t.Errorf("%s: Send = %v (permanent: %v), want %q, permanent: %v", tt.name, err, deliver.IsPermanent(err), tt.want, tt.forGood)
		}
	}
	o := p.options(email.StartTLS)
	c := open(t, o)
	e := delivertest.Edition()
	e.HTML = bytes.Repeat([]byte("<p>more than it takes</p>\n"), 20_000)
	if _, err := c.Send(t.Context(), delivertest.Compose(t, c, e)); err == nil || !deliver.IsPermanent(err) || !strings.Contains(err.Error(), "552") {
		t.Errorf("too long: Send = %v, want 552 for good", err)
	}
	select {
	case <-p.got:
		t.Error("a mail that was refused came all the same")
	default:
	}
}
