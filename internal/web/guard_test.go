package web

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"samur/internal/classify"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// open is a request without any credential.
func open(*http.Request) {}

func basic(name, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(name, password) }
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func TestWhoIsAnswered(t *testing.T) {
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	far := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	tests := []struct {
		name     string
		password string
		header   string
		proxies  []netip.Prefix
		with     func(*http.Request)
		status   int
	}{
		{"nothing asked", "", "", nil, open, 200},
		{"no password given", "secret", "", nil, open, 401},
		{"wrong password", "secret", "", nil, basic("anna", "wrong"), 401},
		{"empty password", "secret", "", nil, basic("secret", ""), 401},
		{"right password", "secret", "", nil, basic("anna", "secret"), 200},
		{"right token", "secret", "", nil, header("Authorization", "Bearer secret"), 200},
		{"wrong token", "secret", "", nil, header("Authorization", "Bearer secre"), 401},
		{"another scheme", "secret", "", nil, header("Authorization", "secret"), 401},
		{"named by the proxy", "", "X-User", loopback, header("X-User", "anna"), 200},
		{"not named by the proxy", "", "X-User", loopback, open, 403},
		{"named by a stranger", "", "X-User", far, header("X-User", "anna"), 403},
		{"named by a stranger, password unknown", "secret", "X-User", far, header("X-User", "anna"), 401},
		{"password beside a proxy", "secret", "X-User", far, basic("anna", "secret"), 200},
		{"a header that nobody asked for", "secret", "", loopback, header("X-User", "anna"), 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			si := newSite(t)
			si.o.Password, si.o.UserHeader, si.o.Proxies = tt.password, tt.header, tt.proxies
			si.fixed = si.handler(t)
			for _, path := range []string{"/", "/style.css", "/stories"} {
				got := si.ask(t, "GET", path, tt.with)
				if got.status != tt.status {
					t.Errorf("GET %s = %d, want %d", path, got.status, tt.status)
				}
				if challenge := got.header.Get("WWW-Authenticate"); (challenge != "") != (tt.status == 401) {
					t.Errorf("GET %s = %d with the challenge %q", path, got.status, challenge)
				}
			}
			if got := si.ask(t, "GET", "/healthz", tt.with); got.status != 200 {
				t.Errorf("GET /healthz = %d, want 200 for everybody", got.status)
			}
		})
	}
}

// TestGuessing: who tries passwords is not answered for a while, be the next one right.
func TestGuessing(t *testing.T) {
	si := newSite(t)
	si.o.Password = "secret"
	now := day
	si.o.Now = func() time.Time { return now }
	h := si.handler(t)
	ask := func(password string) int {
		r := httptest.NewRequest("GET", "http://localhost/", nil)
		r.SetBasicAuth("x", password)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for range int(wrongPasswords.burst) {
		if got := ask("wrong"); got != 401 {
			t.Fatalf("a wrong password = %d, want 401", got)
		}
	}
	if got := ask("secret"); got != 429 {
		t.Errorf("the right password after too many wrong ones = %d, want 429", got)
	}
	now = now.Add(time.Minute)
	if got := ask("secret"); got != 200 {
		t.Errorf("the right password a minute later = %d, want 200", got)
	}
}

func TestTooManyRequests(t *testing.T) {
	si := newSite(t)
	si.o.Now = func() time.Time { return day }
	h := si.handler(t)
	ask := func(path, from string) int {
		r := httptest.NewRequest("GET", "http://localhost"+path, nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	for n := range int(reading.burst) {
		if got := ask("/icon.svg", "192.0.2.1:1"); got != 200 {
			t.Fatalf("request %d = %d, want 200", n, got)
		}
	}
	for _, tt := range []struct {
		path, from string
		want       int
	}{
		{"/icon.svg", "192.0.2.1:2", 429}, // another port is the same peer
		{"/healthz", "192.0.2.1:1", 200},
		{"/icon.svg", "192.0.2.2:1", 200},
	} {
		if got := ask(tt.path, tt.from); got != tt.want {
			t.Errorf("GET %s from %s after too many = %d, want %d", tt.path, tt.from, got, tt.want)
		}
	}
}

func TestPeersAreBounded(t *testing.T) {
	p := newPeers()
	for n := range 3 * maxPeers {
		p.take(reading, itoa(n), day)
	}
	if len(p.has) > maxPeers+1 {
		t.Errorf("%d peers are remembered, want at most %d", len(p.has), maxPeers)
	}
}

// reads lets pages take answers; nothing is read in these tests.
func reads() (*lexicon.Lexicon, *classify.Classifier, error) { return nil, nil, errNoReading }

func TestAnswers(t *testing.T) {
	const item = "00010000000000a3"
	tests := []struct {
		name   string
		write  bool
		form   string
		with   func(*http.Request)
		status int
		stored int
	}{
		{"not allowed", false, "item=" + item + "&say=yes", open, 405, 0},
		{"from our own page", true, "item=" + item + "&say=yes", header("Sec-Fetch-Site", "same-origin"), 303, 1},
		{"by a program", true, "item=" + item + "&say=no", open, 303, 1},
		{"from another site", true, "item=" + item + "&say=yes", header("Sec-Fetch-Site", "cross-site"), 403, 0},
		{"from another origin", true, "item=" + item + "&say=yes", header("Origin", "https://evil.example"), 403, 0},
		{"neither yes nor no", true, "item=" + item + "&say=perhaps", open, 400, 0},
		{"of nothing", true, "item=none&say=yes", open, 404, 0},
		{"too long", true, "item=" + item + "&say=yes&x=" + strings.Repeat("x", maxAnswer), open, 400, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			si := newSite(t)
			si.archive(t)
			si.o.Write, si.o.Read = tt.write, reads
			h := si.handler(t)
			r := httptest.NewRequest("POST", "http://localhost/answers", strings.NewReader(tt.form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			tt.with(r)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			answers, err := si.store.Answers()
			if err != nil || w.Code != tt.status || len(answers) != tt.stored {
				t.Errorf("POST /answers = %d, %d answers stored, %v; want %d and %d\n%s", w.Code, len(answers), err, tt.status, tt.stored, w.Body)
			}
		})
	}
}

// TestAnswerBears: an answer has the name of who gave it and what had been decided, and
// leads back, to our own pages only.
func TestAnswerBears(t *testing.T) {
	si := newSite(t)
	si.archive(t)
	si.o.Write, si.o.Read, si.o.Password = true, reads, "secret"
	h := si.handler(t)
	post := func(back string) *httptest.ResponseRecorder {
		form := url.Values{"item": {"00010000000000a3"}, "say": {"yes"}, "back": {back}}
		r := httptest.NewRequest("POST", "http://localhost/answers?lang=ru", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth("anna", "secret")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for back, want := range map[string]string{
		"/items/00010000000000a3": "/items/00010000000000a3?lang=ru", "/whynot": "/whynot?thanks=1&lang=ru", "https://evil.example/": "/whynot?thanks=1&lang=ru",
		"//evil.example/": "/whynot?thanks=1&lang=ru", "/\\evil.example": "/whynot?thanks=1&lang=ru",
	} {
		if got := post(back).Header().Get("Location"); got != want {
			t.Errorf("an answer with back=%q leads to %q, want %q", back, got, want)
		}
	}
	answers, err := si.store.Answers()
	if err != nil || len(answers) == 0 {
		t.Fatalf("Answers = %d, %v", len(answers), err)
	}
	a := answers[0]
	if yes, ok := a.Relevant(); a.Who != "anna" || !yes || !ok || a.Verdict.Score != 1.25 || a.Title != "Rain in Ganja" || a.Side != news.SideAz {
		t.Errorf("the answer is %+v", a)
	}
}
