package deliver_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samur/internal/deliver"
	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/email"
	"samur/internal/deliver/webhook"
	"samur/internal/news"
)

// clock is a time that a test sets.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) set(t time.Time) { c.mu.Lock(); c.at = t; c.mu.Unlock() }

// drainAll runs the outbox from one due time to the next until nothing is due, at most
// n times, and returns how often it ran.
func drainAll(t fataler, b *outbox, ch deliver.Channel, c *clock, n int) int {
	r, err := deliver.New(deliver.Options{
		Outbox: b, Channels: map[string]deliver.Channel{"test": ch}, Now: c.now, Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatalf("New = %v", err)
	}
	for run := range n {
		next, due, err := b.NextDue()
		if err != nil || !due {
			return run
		}
		if next.After(c.now()) {
			c.set(next)
		}
		if _, _, err := r.Drain(context.Background()); err != nil {
			t.Fatalf("Drain = %v", err)
		}
	}
	return n
}

type fataler interface {
	Fatalf(format string, args ...any)
}

// The faults of a mail server, in the order of a session.
const (
	good         = "good"
	refused      = "connection refused"
	busyGreeting = "421 at the greeting"
	badHello     = "550 to EHLO"
	busyMail     = "451 to MAIL"
	busyRcpt     = "450 to RCPT"
	goneRcpt     = "550 to RCPT"
	busyData     = "452 to DATA"
	goneData     = "554 after DATA"
	busyEnd      = "451 after DATA"
	lost         = "taken, and dropped before the answer"
	hangGreeting = "silent at the greeting"
	hangEnd      = "taken, and silent"
)

// mailFaults are those that cost no time; TestServersThatHang has the others.
var mailFaults = []string{
	good, good, refused, busyGreeting, badHello, busyMail, busyRcpt, goneRcpt, busyData, goneData, busyEnd, lost,
}

// answers are what a server with a fault says at a step, where that is not the usual.
var answers = map[string]map[string]string{
	busyGreeting: {"greeting": "421 4.3.2 not now"},
	badHello:     {"EHLO": "550 5.7.1 who are you", "HELO": "550 5.7.1 who are you"},
	busyMail:     {"MAIL": "451 4.3.0 try later"},
	busyRcpt:     {"RCPT": "450 4.2.1 greylisted"},
	goneRcpt:     {"RCPT": "550 5.1.1 no such user"},
	busyData:     {"DATA": "452 4.3.1 disk is full"},
	goneData:     {".": "554 5.7.1 rejected"},
	busyEnd:      {".": "451 4.3.0 try later"},
	lost:         {".": ""},
	hangGreeting: {"greeting": "hang"},
	hangEnd:      {".": "hang"},
}

// mailServer answers each session by the next fault of its recipient's list, and well
// when the list is at its end.
type mailServer struct {
	mu     sync.Mutex
	faults []string // of the sessions to come
	boxes  map[string][][]byte
	seen   []string // faults that were played
	port   int
	arrive func(to string) // called when a mail is there, before its answer; may be nil
}

// serveMail runs a server on loopback until the test ends.
func serveMail(t testing.TB, faults ...string) *mailServer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &mailServer{faults: faults, boxes: map[string][][]byte{}, port: l.Addr().(*net.TCPAddr).Port}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // the test is over
			}
			go s.session(conn)
		}
	}()
	return s
}

func (s *mailServer) next() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := good
	if len(s.faults) > 0 {
		f, s.faults = s.faults[0], s.faults[1:]
	}
	s.seen = append(s.seen, f)
	return f
}

// say answers a step, and reports whether the session goes on.
func say(conn net.Conn, fault, step, usual string) bool {
	answer, special := answers[fault][step]
	if !special {
		answer = usual
	}
	switch answer {
	case "":
		return false
	case "hang":
		_, _ = io.Copy(io.Discard, conn) // until the client gives up
		return false
	}
	_, err := io.WriteString(conn, answer+"\r\n")
	return err == nil && (!special || answer[0] != '4' || step != "greeting")
}

func (s *mailServer) session(conn net.Conn) {
	defer conn.Close() //nolint:errcheck // the session is over
	fault := s.next()
	if fault == refused || !say(conn, fault, "greeting", "220 here") {
		return
	}
	in, to := bufio.NewReader(conn), ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		usual := map[string]string{"DATA": "354 go on", "QUIT": "221 bye"}[word]
		if usual == "" {
			usual = "250 ok"
		}
		if word == "RCPT" {
			to = strings.Trim(strings.TrimPrefix(rest, "TO:"), "<>")
		}
		if !say(conn, fault, word, usual) || word == "QUIT" {
			return
		}
		if _, stopped := answers[fault]["DATA"]; word == "DATA" && !stopped && !s.take(conn, in, fault, to) {
			return
		}
	}
}

// take reads a message and answers its end.
func (s *mailServer) take(conn net.Conn, in *bufio.Reader, fault, to string) bool {
	var body []byte
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return false
		}
		if string(line) == ".\r\n" {
			break
		}
		body = append(body, bytes.TrimPrefix(line, []byte("."))...)
	}
	if fault != goneData && fault != busyEnd {
		s.mu.Lock()
		s.boxes[to] = append(s.boxes[to], body)
		s.mu.Unlock()
		if s.arrive != nil {
			s.arrive(to)
		}
	}
	return say(conn, fault, ".", "250 2.0.0 queued as 4F2")
}

// mails composes a delivery of an edition to each recipient of ch, as publish does.
func mails(t testing.TB, ch deliver.Channel, at time.Time) *outbox {
	t.Helper()
	b := newOutbox()
	for _, to := range ch.Recipients() {
		e := delivertest.Edition()
		d := news.Delivery{ID: deliver.ID(e.Digest.Slot, "test", to), Slot: e.Digest.Slot, Channel: "test", Recipient: to, State: news.DeliveryPending, Created: at, Next: at}
		var err error
		if d.Payload, d.MediaType, err = ch.Compose(e, news.Recipient{ID: d.ID, Channel: "test", To: to, Made: at}); err != nil {
			t.Fatal(err)
		}
		b.rows[d.ID] = d
	}
	return b
}

var started = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

// patience is how long an answer may take where it is not the test that keeps it.
const patience = 10 * time.Second

func mailTo(t testing.TB, port int, wait time.Duration, to ...string) *email.Channel {
	t.Helper()
	ch, err := email.New(email.Options{Host: "127.0.0.1", Port: port, TLS: email.Plain, From: "samur@example.org", To: to, Timeout: wait})
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

// TestMailFaults plays random faults. Whatever the server does, each reader gets the
// mail once, or once more for each answer that was lost, under the same Message-ID and
// in the same bytes; or it is refused for good, and only because of the server's 5xx.
func TestMailFaults(t *testing.T) {
	s := serveMail(t)
	to := []string{"a@example.org", "b@example.org", "c@example.org"}
	ch := mailTo(t, s.port, patience, to...)
	rapid.Check(t, func(rt *rapid.T) {
		s.mu.Lock()
		s.faults = rapid.SliceOfN(rapid.SampledFrom(mailFaults), 0, 12).Draw(rt, "faults")
		s.boxes, s.seen = map[string][][]byte{}, nil
		s.mu.Unlock()
		b, c := mails(t, ch, started), &clock{at: started}
		drainAll(rt, b, ch, c, 100)
		s.mu.Lock()
		defer s.mu.Unlock()
		copies, failed := 0, 0
		for _, d := range b.rows {
			box := s.boxes[d.Recipient]
			copies += len(box)
			switch last := d.Attempts[len(d.Attempts)-1]; {
			case d.State == news.DeliverySent && len(box) > 0 && strings.Contains(last.Reply, "queued as 4F2"):
			case d.State == news.DeliveryFailed && strings.Contains(last.Error, "55"):
				failed++
			default:
				rt.Errorf("%s is %s with %d copies after %+v", d.Recipient, d.State, len(box), d.Attempts)
			}
			for _, got := range box {
				m, err := mail.ReadMessage(bytes.NewReader(got))
				if err != nil || m.Header.Get("Message-Id") != "<"+d.ID+"@example.org>" || !bytes.Equal(bytes.TrimSpace(got), bytes.TrimSpace(d.Payload)) {
					rt.Errorf("%s got other bytes than were stored: %v", d.Recipient, err)
				}
			}
		}
		lostAnswers, refusals := count(s.seen, lost), count(s.seen, goneRcpt)+count(s.seen, goneData)
		if sent := len(to) - failed; copies < sent || copies > sent+lostAnswers || failed > refusals {
			rt.Errorf("%d copies, %d failed; faults %q", copies, failed, s.seen)
		}
	})
}

func count(all []string, one string) (n int) {
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}

// TestMailServerDownForADay finds nobody listening for a day, then a server: all mails
// arrive, in the order in which they were made.
func TestMailServerDownForADay(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	ch := mailTo(t, port, patience, "a@example.org", "b@example.org")
	b, c := mails(t, ch, started), &clock{at: started}
	up := started.Add(24 * time.Hour)
	for c.now().Before(up) {
		drainAll(t, b, ch, c, 1)
	}
	for _, d := range b.rows {
		if d.State != news.DeliveryPending || len(d.Attempts) < 90 || len(d.Attempts) > 120 {
			t.Errorf("%s after a day: %s, %d attempts, want about 100", d.Recipient, d.State, len(d.Attempts))
		}
	}
	s := serveMail(t)
	ch = mailTo(t, s.port, patience, "a@example.org", "b@example.org")
	drainAll(t, b, ch, c, 10)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range b.rows {
		if d.State != news.DeliverySent || len(s.boxes[d.Recipient]) != 1 {
			t.Errorf("%s: %s, %d copies, want sent once", d.Recipient, d.State, len(s.boxes[d.Recipient]))
		}
	}
}

// The faults of a webhook receiver.
var hookFaults = []string{"200", "200", "204", "429", "500", "503", "302", "404", "410", "reset"}

// hookServer answers each request by the next of its faults.
type hookServer struct {
	mu     sync.Mutex
	faults []string
	seen   []string
	ids    []string
	bodies [][]byte
	asked  []time.Time
	clock  *clock
}

const hookWait = 20 * time.Minute // what 429 and 503 ask for

func (s *hookServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	f := "200"
	if len(s.faults) > 0 {
		f, s.faults = s.faults[0], s.faults[1:]
	}
	s.seen, s.asked = append(s.seen, f), append(s.asked, s.clock.now())
	s.ids, s.bodies = append(s.ids, r.Header.Get("Webhook-Id")), append(s.bodies, body)
	s.mu.Unlock()
	switch f {
	case "hang":
		<-r.Context().Done()
	case "reset":
		panic(http.ErrAbortHandler)
	default:
		code := 0
		fmt.Sscan(f, &code) //nolint:errcheck // the list holds numbers
		w.Header().Set("Retry-After", fmt.Sprint(int(hookWait.Seconds())))
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(code)
	}
}

// TestHookFaults plays random faults of a receiver: it is asked again only after it
// said so, under the same id, until it takes the digest or refuses it for good; and not
// at all after it took it.
func TestHookFaults(t *testing.T) {
	s := &hookServer{}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	rapid.Check(t, func(rt *rapid.T) {
		c := &clock{at: started}
		ch, err := webhook.New(webhook.Options{
			URL: srv.URL, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: patience, Now: c.now,
		})
		if err != nil {
			rt.Fatal(err)
		}
		s.mu.Lock()
		s.faults, s.clock = rapid.SliceOfN(rapid.SampledFrom(hookFaults), 0, 10).Draw(rt, "faults"), c
		s.seen, s.ids, s.bodies, s.asked = nil, nil, nil, nil
		s.mu.Unlock()
		b := mails(t, ch, started)
		drainAll(rt, b, ch, c, 100)
		s.mu.Lock()
		defer s.mu.Unlock()
		for i := range s.seen {
			if s.ids[i] != s.ids[0] || !bytes.Equal(s.bodies[i], s.bodies[0]) {
				rt.Errorf("request %d has another id or body", i)
			}
			final := strings.Contains("200 204 302 404 410", s.seen[i])
			if last := i == len(s.seen)-1; final != last {
				rt.Errorf("request %d of %d was answered %s", i, len(s.seen), s.seen[i])
			}
			asked := s.seen[i] == "429" || s.seen[i] == "503"
			if asked && i+1 < len(s.seen) && s.asked[i+1].Sub(s.asked[i]) < hookWait {
				rt.Errorf("asked again %v after %s, want %v", s.asked[i+1].Sub(s.asked[i]), s.seen[i], hookWait)
			}
		}
		want := news.DeliverySent
		if last := s.seen[len(s.seen)-1]; last[0] != '2' {
			want = news.DeliveryFailed
		}
		for _, d := range b.rows {
			if d.State != want || len(d.Attempts) != len(s.seen) {
				rt.Errorf("delivery is %s after %d attempts, want %s after %d", d.State, len(d.Attempts), want, len(s.seen))
			}
		}
		if _, closed := b.closed["test"]; closed != (s.seen[len(s.seen)-1] == "410") {
			rt.Errorf("closed = %v after %s", closed, s.seen[len(s.seen)-1])
		}
	})
}

// TestServersThatHang has both kinds of receivers fall silent before and after they took
// the message: it is given up in time, tried again under the same id, and arrives.
func TestServersThatHang(t *testing.T) {
	const wait = 200 * time.Millisecond
	m := serveMail(t, hangGreeting, hangEnd)
	ch := mailTo(t, m.port, wait, "a@example.org")
	b, c := mails(t, ch, started), &clock{at: started}
	drainAll(t, b, ch, c, 20)
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, d := range b.rows {
		if d.State != news.DeliverySent || len(d.Attempts) < 3 || len(m.boxes[d.Recipient]) < 2 {
			t.Errorf("mail: %s after %d attempts, %d copies", d.State, len(d.Attempts), len(m.boxes[d.Recipient]))
		}
		for _, got := range m.boxes[d.Recipient] {
			if !bytes.Equal(got, m.boxes[d.Recipient][0]) {
				t.Error("mail: the copies differ")
			}
		}
	}

	h := &hookServer{faults: []string{"hang", "hang"}, clock: c}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	hook, err := webhook.New(webhook.Options{URL: srv.URL, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: wait, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	b = mails(t, hook, c.now())
	drainAll(t, b, hook, c, 20)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, d := range b.rows {
		if d.State != news.DeliverySent || len(d.Attempts) < 3 {
			t.Errorf("webhook: %s after %d attempts", d.State, len(d.Attempts))
		}
	}
	for _, id := range h.ids {
		if id != h.ids[0] {
			t.Errorf("webhook: ids %q", h.ids)
		}
	}
}
