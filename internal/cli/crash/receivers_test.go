package crash

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// received is a message that came whole.
type received struct {
	channel  string
	to       string // whose mail it is; "" for the hook
	id       string // of the delivery
	round    int
	body     []byte
	answered bool // the receiver meant to answer
}

// receivers are a mail server and a webhook receiver. They take their time, and at
// times take a message and never answer.
type receivers struct {
	to   []string // who gets mail
	host string
	port string
	url  string

	mu      sync.Mutex
	rng     *rand.Rand
	round   int
	prompt  bool // answer everything at once
	touched chan struct{}
	over    chan struct{} // closed when the round is
	got     []received
}

func newReceivers(t *testing.T, rng *rand.Rand) *receivers {
	t.Helper()
	in := &receivers{
		rng: rng, to: []string{"desk@example.test", "trade@example.test"},
		touched: make(chan struct{}), over: make(chan struct{}),
	}
	hook := httptest.NewServer(in)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if in.host, in.port, err = net.SplitHostPort(l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	in.url = hook.URL
	srv := smtp.NewServer(in)
	srv.Domain = "localhost"
	srv.ErrorLog = log.New(io.Discard, "", 0) // it complains of every kill
	var serving sync.WaitGroup
	serving.Go(func() { _ = srv.Serve(l) }) // ends with Close
	t.Cleanup(func() {
		in.end()
		_ = srv.Close() // the program has gone
		serving.Wait()
		hook.Close()
	})
	return in
}

// config names the receivers as channels, with the files beside them.
func (in *receivers) config() string {
	return fmt.Sprintf(`channels:
  - {name: files, file: {formats: [text]}}
  - {name: mail, email: {host: %q, port: %s, tls: none, from: samur@example.test, to: [%s]}}
  - {name: hook, webhook: {url: %q, allow: [127.0.0.0/8]}}
`, in.host, in.port, strings.Join(in.to, ", "), in.url)
}

// begin begins a round and returns what is closed when a message begins to come. In a
// prompt round everything is answered.
func (in *receivers) begin(round int, prompt bool) <-chan struct{} {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.round, in.prompt = round, prompt
	in.touched, in.over = make(chan struct{}), make(chan struct{})
	return in.touched
}

// end lets go of what was not answered; the process that waited for it has gone.
func (in *receivers) end() {
	in.mu.Lock()
	defer in.mu.Unlock()
	select {
	case <-in.over:
	default:
		close(in.over)
	}
}

// copies returns what came, by delivery, in order of arrival.
func (in *receivers) copies() map[string][]received {
	in.mu.Lock()
	defer in.mu.Unlock()
	out := map[string][]received{}
	for _, r := range in.got {
		out[r.id] = append(out[r.id], r)
	}
	return out
}

// last returns the delivery that came last to a recipient of a channel in a round: what
// others are sent goes side by side with it.
func (in *receivers) last(channel, to string, round int) string {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, r := range slices.Backward(in.got) {
		if r.channel == channel && r.to == to && r.round == round {
			return r.id
		}
	}
	return ""
}

// visit is one message on its way in: the round it belongs to.
type visit struct {
	in     *receivers
	round  int
	prompt bool
	over   <-chan struct{}
}

// visit notes that a message begins to come.
func (in *receivers) visit() visit {
	in.mu.Lock()
	defer in.mu.Unlock()
	select {
	case <-in.touched:
	default:
		close(in.touched)
	}
	return visit{in, in.round, in.prompt, in.over}
}

// think takes a moment, at most until the round is over.
func (v visit) think() {
	v.in.mu.Lock()
	pause := between(v.in.rng, 0, 30*time.Millisecond)
	v.in.mu.Unlock()
	if v.prompt {
		return
	}
	select {
	case <-time.After(pause):
	case <-v.over:
	}
}

// take keeps a message that has come whole, and reports whether to answer it.
func (v visit) take(channel, to, id string, body []byte) bool {
	v.in.mu.Lock()
	answered := v.prompt || v.in.rng.IntN(4) > 0
	v.in.got = append(v.in.got, received{channel, to, id, v.round, body, answered})
	v.in.mu.Unlock()
	if !answered {
		<-v.over
	}
	return answered
}

// ServeHTTP is the webhook receiver.
func (in *receivers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v := in.visit()
	v.think()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // cut off
	}
	if !v.take("hook", "", r.Header.Get("Webhook-Id"), body) {
		panic(http.ErrAbortHandler)
	}
	v.think()
	w.WriteHeader(http.StatusNoContent)
}

// NewSession is the mail server.
func (in *receivers) NewSession(*smtp.Conn) (smtp.Session, error) {
	return &letter{visit: in.visit()}, nil
}

// letter is a mail on its way in.
type letter struct {
	visit
	to string
}

func (*letter) Reset()                               {}
func (*letter) Logout() error                        { return nil }
func (*letter) Mail(string, *smtp.MailOptions) error { return nil }

func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error {
	l.to = to
	l.think()
	return nil
}

// Data takes the mail. Its delivery is named by its Message-ID.
func (l *letter) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err // cut off
	}
	m, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		return err
	}
	id := strings.TrimSuffix(strings.TrimPrefix(m.Header.Get("Message-Id"), "<"), "@example.test>")
	if !l.take("mail", l.to, id, body) {
		return io.ErrUnexpectedEOF // nobody hears it
	}
	l.think()
	return nil
}
