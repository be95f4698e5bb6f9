package article

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"samur/internal/fetch"
	"samur/internal/news"
)

// site is a server that notes what it is asked for.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newSite(t *testing.T, h http.HandlerFunc) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.mu.Unlock()
		h(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// fetcher may ask loopback, without pauses.
func fetcher(t *testing.T) *Fetcher {
	t.Helper()
	c := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Timeout: 5 * time.Second})
	t.Cleanup(c.Close)
	return New(Options{Fetch: c})
}

const russian = "Товарооборот за год вырос на восемь процентов, сообщила таможенная служба."

func TestVisit(t *testing.T) {
	other := newSite(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<p>"+paragraphs[0]) })
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1)
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/robots.txt":
			_, _ = io.WriteString(w, "User-agent: samur\nDisallow: /private")
		case "/plain", "/private/1":
			_, _ = io.WriteString(w, "<p>"+paragraphs[0])
		case "/1251":
			w.Header().Set("Content-Type", "text/html")
			text, err := charmap.Windows1251.NewEncoder().String(`<meta http-equiv=content-type content="text/html; charset=windows-1251"><p>` + russian)
			if err != nil {
				t.Error(err)
			}
			_, _ = io.WriteString(w, text)
		case "/unsaid":
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, "<!doctype html><p>"+paragraphs[0])
		case "/pdf":
			w.Header().Set("Content-Type", "application/pdf")
		case "/moved":
			http.Redirect(w, r, "/plain", http.StatusFound)
		case "/to-private":
			http.Redirect(w, r, "/private/1", http.StatusFound)
		case "/away":
			http.Redirect(w, r, elsewhere, http.StatusFound)
		case "/circle":
			http.Redirect(w, r, "/circle", http.StatusFound)
		case "/wall":
			w.WriteHeader(http.StatusForbidden)
		case "/large":
			_, _ = w.Write(make([]byte, maxPage+1))
		case "/empty":
		case "/challenge":
			_, _ = io.WriteString(w, "<title>Just a moment</title><p>Checking your browser")
		}
	})
	tests := []struct {
		link   string
		text   string
		result Result
		asked  []string // beside robots.txt
	}{
		{"/plain", paragraphs[0], Read, []string{"/plain"}},
		{"/1251", russian, Read, []string{"/1251"}},
		{"/unsaid", paragraphs[0], Read, []string{"/unsaid"}},
		{"/moved", paragraphs[0], Read, []string{"/moved", "/plain"}},
		{"/private/1", "", Robots, nil},
		{"/to-private", "", Robots, []string{"/to-private"}},
		{"/away", "", Elsewhere, []string{"/away"}},
		{"/circle", "", Result(news.CauseRedirect), []string{"/circle"}},
		{"/pdf", "", NotPage, []string{"/pdf"}},
		{"/wall", "", Result(news.CauseStatus), []string{"/wall"}},
		{"/large", "", Result(news.CauseTooLarge), []string{"/large"}},
		{"/empty", "", NoText, []string{"/empty"}},
		{"/challenge", "", NoText, []string{"/challenge"}},
	}
	f := fetcher(t)
	for _, tt := range tests {
		t.Run(tt.link, func(t *testing.T) {
			before := len(s.requests())
			text, result := f.Visit(news.Feed{URL: s.URL + "/rss"}, "", "").Text(t.Context(), s.URL+tt.link)
			if text != tt.text || result != tt.result {
				t.Errorf("Text = %q, %q, want %q, %q", text, result, tt.text, tt.result)
			}
			asked := slices.DeleteFunc(s.requests()[before:], func(p string) bool { return p == "/robots.txt" })
			if diff := cmp.Diff(tt.asked, slices.Clip(asked), cmp.Transformer("", func(s []string) string { return fmt.Sprint(s) })); diff != "" {
				t.Errorf("asked (-want +got):\n%s", diff)
			}
		})
	}
	if n := len(slices.DeleteFunc(s.requests(), func(p string) bool { return p != "/robots.txt" })); n != 1 {
		t.Errorf("robots.txt was asked for %d times, want once", n)
	}
	if got := other.requests(); len(got) > 0 {
		t.Errorf("another site was asked for %v", got)
	}
}

// TestVisitStaysAtHome holds which sites a feed's pages may be on.
func TestVisitStaysAtHome(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html><p>"+paragraphs[0]) })
	for _, tt := range []struct {
		name, url, home, at, link string
		want                      Result
	}{
		{"the feed's own", s.URL + "/rss", "", "", s.URL + "/1", Read},
		{"where it was read", "https://feeds.example/rss", "", s.URL + "/rss", s.URL + "/2", Read},
		{"its home", "https://feeds.example/rss", s.URL, "", s.URL + "/3", Read},
		{"another", "https://feeds.example/rss", "https://news.example/", "", s.URL + "/4", Elsewhere},
		{"none", s.URL + "/rss", "", "", "", Elsewhere},
		{"no address", s.URL + "/rss", "", "", "http://[::1", Elsewhere},
		{"another scheme", s.URL + "/rss", "", "", "file://127.0.0.1/etc/passwd", Elsewhere},
	} {
		if _, got := fetcher(t).Visit(news.Feed{URL: tt.url}, tt.home, tt.at).Text(t.Context(), tt.link); got != tt.want {
			t.Errorf("%s: Text = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestVisitKeepsSecrets holds that a feed's login goes to pages of its own origin and
// not to those of another host or port of its site.
func TestVisitKeepsSecrets(t *testing.T) {
	page := func(wants bool) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if _, _, ok := r.BasicAuth(); ok != wants || (r.Header.Get("X-Key") != "") != wants {
				t.Errorf("%s%s was sent %v", r.Host, r.URL, r.Header)
			}
			if r.UserAgent() != "desk" {
				t.Errorf("User-Agent = %q, want the feed's", r.UserAgent())
			}
			_, _ = io.WriteString(w, "<html><p>"+paragraphs[0])
		}
	}
	home, other := newSite(t, page(true)), newSite(t, page(false))
	fd := news.Feed{URL: home.URL + "/rss", Access: news.Access{Username: "u", Password: "p", UserAgent: "desk", Header: map[string]string{"X-Key": "k"}}}
	for _, link := range []string{home.URL + "/1", other.URL + "/1"} {
		if _, got := fetcher(t).Visit(fd, "", "").Text(t.Context(), link); got != Read {
			t.Errorf("%s: Text = %q, want %q", link, got, Read)
		}
	}
}

func TestVisitRobotsInTrouble(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		want   Result
	}{
		{"none", 404, Read},
		{"not for us", 403, Read},
		{"server in trouble", 500, NotNow},
		{"busy", 429, NotNow},
		{"down for a while", 503, NotNow},
		{"redirected without end", 302, NotNow},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					w.Header().Set("Location", "/robots.txt")
					w.WriteHeader(tt.status)
				}
				_, _ = io.WriteString(w, "<html><p>"+paragraphs[0])
			})
			v := fetcher(t).Visit(news.Feed{URL: s.URL}, "", "")
			for range 2 {
				if _, got := v.Text(t.Context(), s.URL+"/1"); got != tt.want {
					t.Errorf("Text = %q, want %q", got, tt.want)
				}
			}
			if n := len(s.requests()); tt.want == NotNow && n != 1 {
				t.Errorf("a site in trouble was asked %d times, want once", n)
			}
		})
	}
}

// TestVisitEndsWhenBusy holds that a site which says it is busy is left alone.
func TestVisitEndsWhenBusy(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/robots.txt" {
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	f := fetcher(t)
	for _, want := range []Result{Result(news.CauseBusy), NotNow} {
		if _, got := f.Visit(news.Feed{URL: s.URL}, "", "").Text(t.Context(), s.URL+"/1"); got != want {
			t.Errorf("Text = %q, want %q", got, want)
		}
	}
	if diff := cmp.Diff([]string{"/robots.txt", "/1"}, s.requests()); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
}

func TestVisitLimits(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html><p>"+paragraphs[0]) })
	v := fetcher(t).Visit(news.Feed{URL: s.URL}, "", "")
	var got []Result
	for i := range perVisit + 2 {
		_, r := v.Text(t.Context(), fmt.Sprintf("%s/%d", s.URL, i))
		got = append(got, r)
	}
	if diff := cmp.Diff([]Result{Read, Read, Read, Read, Read, Limit, Limit}, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, got := fetcher(t).Visit(news.Feed{URL: s.URL}, "", "").Text(ctx, s.URL); got != Limit {
		t.Errorf("Text after the end = %q, want %q", got, Limit)
	}
}

// wire answers every request at once, or holds it, and notes when it came.
type wire struct {
	mu     sync.Mutex
	times  []time.Time
	at     int // requests under way
	most   int
	robots string
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.times = append(w.times, time.Now())
	w.at++
	w.most = max(w.most, w.at)
	w.mu.Unlock()
	select {
	case <-time.After(time.Second):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at--
	body := "<html><p>" + paragraphs[0]
	if r.URL.Path == "/robots.txt" {
		body = w.robots
	}
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

// TestVisitsTakeTurns holds that one site has one request at a time, with the pause
// before each, whoever asks.
func TestVisitsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{}
		f := New(Options{Fetch: fetch.New(fetch.Options{Transport: w}), Pause: 2 * time.Second})
		start := time.Now()
		var wg sync.WaitGroup
		for _, host := range []string{"a", "b"} {
			wg.Go(func() {
				v := f.Visit(news.Feed{URL: "https://" + host + ".news.example/rss"}, "", "")
				for range 2 {
					if _, got := v.Text(t.Context(), "https://www.news.example/1"); got != Read {
						t.Errorf("Text = %q, want %q", got, Read)
					}
				}
			})
		}
		wg.Wait()
		var got []time.Duration
		for _, at := range w.times {
			got = append(got, at.Sub(start))
		}
		want := []time.Duration{2 * time.Second, 5 * time.Second, 8 * time.Second, 11 * time.Second, 14 * time.Second} // robots.txt first
		if diff := cmp.Diff(want, got); diff != "" || w.most != 1 {
			t.Errorf("%d at once; times of requests (-want +got):\n%s", w.most, diff)
		}
		if len(f.turns) != 0 {
			t.Errorf("%d turns are kept", len(f.turns))
		}
	})
}

// TestVisitHeedsCrawlDelay holds that a site's own wish is heeded, and that a page for
// which there is no time is not waited for.
func TestVisitHeedsCrawlDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &wire{robots: "User-agent: *\nCrawl-delay: 40"}
		f := New(Options{Fetch: fetch.New(fetch.Options{Transport: w}), Pause: time.Second})
		ctx, cancel := context.WithTimeout(t.Context(), Longest)
		defer cancel()
		start := time.Now()
		v := f.Visit(news.Feed{URL: "https://news.example/rss"}, "", "")
		var got []Result
		for range 3 {
			_, r := v.Text(ctx, "https://news.example/1")
			got = append(got, r)
		}
		if diff := cmp.Diff([]Result{Read, Read, Limit}, got); diff != "" {
			t.Errorf("results (-want +got):\n%s", diff)
		}
		if took := time.Since(start); took != 84*time.Second { // 1+1, 40+1, 40+1
			t.Errorf("the visit took %v, want 1m24s", took)
		}
	})
}

func TestAgrees(t *testing.T) {
	const text = "Ötən il iki ölkə arasında yükdaşımaların həcmi səkkiz faiz artıb, bu barədə dəmir yolları şirkəti məlumat yayıb."
	for _, tt := range []struct {
		name, title, own, found string
		lang                    news.Lang
		want                    bool
	}{
		{"inflected title", "Рост товарооборота: восемь процентов", "", russian, news.Ru, true},
		{"Azerbaijani", "İki ölkə arasında yükdaşıma artıb", "", text, news.Az, true},
		{"typed without its letters", "Iki olke arasinda yukdasima artib", "", text, news.Az, true},
		{"another article", "Second container train on the corridor", "", "The weather will stay clear until the weekend, with a light wind from the sea.", news.En, false},
		{"the summary alone", "It is done!", "The two railways will run a second train from April", paragraphs[0], news.En, true},
		{"login", "Second container train a week from April", "The operator said so on Monday", "Please log in or take out a subscription to read on.", news.En, false},
		{"no words to go by", "X", "", paragraphs[0], news.En, false},
	} {
		if got := Agrees(tt.title, tt.own, tt.found, tt.lang); got != tt.want {
			t.Errorf("%s: Agrees = %v, want %v", tt.name, got, tt.want)
		}
	}
}
