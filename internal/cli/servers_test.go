package cli_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/emersion/go-smtp"
	"github.com/rogpeppe/go-internal/testscript"

	"samur/internal/demo"
)

// start serves h on loopback until the script ends.
func start(ts *testscript.TestScript, h http.Handler) *httptest.Server {
	srv := httptest.NewServer(h)
	ts.Defer(srv.Close)
	return srv
}

// serve serves a directory; a document's ETag is a hash of it, so that one that is
// rewritten is new. While there is a file hang in the directory, a request is noted in
// the file asked and kept waiting, and the file left notes that the client has gone.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 1)
	dir := ts.MkAbs(args[0])
	srv := start(ts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(dir, "hang")); err == nil {
			_ = os.WriteFile(filepath.Join(dir, "asked"), []byte("asked"), 0o600) // the script waits for it
			<-r.Context().Done()
			_ = os.WriteFile(filepath.Join(dir, "left"), []byte("left"), 0o600)
			return
		}
		body, err := os.ReadFile(filepath.Join(dir, filepath.Clean("/"+r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		tag := fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(body))[:16])
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(body)
	}))
	ts.Setenv("URL", srv.URL)
}

func samples(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 0)
	var h http.Handler
	srv := start(ts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	var err error
	h, err = demo.Handler(srv.URL, now)
	ts.Check(err)
	var b strings.Builder
	b.WriteString("feeds:\n")
	for _, f := range demo.Feeds(srv.URL) {
		fmt.Fprintf(&b, "  - {name: %q, url: %q, outlet: %q, side: %s, language: %s}\n", f.Name, f.URL, f.Outlet, f.Side, f.Lang)
	}
	writeFile(ts, "feeds.yaml", []byte(b.String()))
	ts.Setenv("URL", srv.URL)
}

// hook keeps each request as hook/N.headers and hook/N.body. It answers 200, or, while
// there is a file hook/refuse, with the status in it.
func hook(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 0)
	dir := ts.MkAbs("hook")
	ts.Check(os.MkdirAll(dir, 0o755))
	var mu sync.Mutex
	n := 0
	srv := start(ts, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		n++
		var headers strings.Builder
		_ = r.Header.Write(&headers) // a strings.Builder takes everything
		name := filepath.Join(dir, fmt.Sprint(n))
		if os.WriteFile(name+".headers", []byte(headers.String()), 0o600) != nil || os.WriteFile(name+".body", body, 0o600) != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		if text, err := os.ReadFile(filepath.Join(dir, "refuse")); err == nil {
			code := 0
			_, _ = fmt.Sscan(string(text), &code)
			w.WriteHeader(code)
		}
	}))
	ts.Setenv("HOOK", srv.URL)
}

// mailbox is a mail server that writes what it takes to files. It looks at its mode
// for each recipient: refuse refuses those that begin with "gone" for good, busy puts
// everyone off. Another mode is set by writing it to the file mail/mode.
type mailbox struct {
	dir string
	mu  sync.Mutex
	n   int
}

func (m *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &letter{box: m}, nil }

func (m *mailbox) mode() string {
	b, err := os.ReadFile(filepath.Join(m.dir, "mode"))
	if err != nil {
		return "accept"
	}
	return strings.TrimSpace(string(b))
}

// letter is one session with a mailbox.
type letter struct{ box *mailbox }

func (*letter) Reset()                               {}
func (*letter) Logout() error                        { return nil }
func (*letter) Mail(string, *smtp.MailOptions) error { return nil }

func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error {
	mode := l.box.mode()
	switch {
	case mode == "refuse" && strings.HasPrefix(to, "gone"):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	case mode == "busy":
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "come again later"}
	}
	return nil
}

func (l *letter) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	l.box.mu.Lock()
	defer l.box.mu.Unlock()
	l.box.n++
	return os.WriteFile(filepath.Join(l.box.dir, fmt.Sprintf("%d.eml", l.box.n)), b, 0o600)
}

func smtpd(ts *testscript.TestScript, neg bool, args []string) {
	positive(ts, neg, args, 1)
	box := &mailbox{dir: ts.MkAbs("mail")}
	writeFile(ts, "mail/mode", []byte(args[0]))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	srv := smtp.NewServer(box)
	srv.Domain = "localhost"
	go srv.Serve(l)                      //nolint:errcheck // ends with Close below
	ts.Defer(func() { _ = srv.Close() }) // the script is over
	_, port, err := net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Setenv("SMTPPORT", port)
}
