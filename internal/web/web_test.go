package web

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"samur/internal/news"
	"samur/internal/store"
)

var day = time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site is a store and the handler over it.
type site struct {
	store *store.Store
	o     Options
	feeds []news.Feed
	fixed http.Handler // when not nil, instead of one that is made anew for every request
}

// newSite returns a site with one digest configured and nothing stored.
func newSite(t *testing.T) *site {
	t.Helper()
	st, err := store.Open(store.Options{Path: filepath.Join(t.TempDir(), "samur.db"), Now: func() time.Time { return day }})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = st.Close() })
	si := &site{store: st}
	si.o = Options{
		Store: st, Logger: slog.New(slog.NewTextHandler(t.Output(), nil)), Now: func() time.Time { return day.Add(time.Hour) }, Version: "1.2.3",
		Feeds: func() []news.Feed { return si.feeds },
		Digests: func() []Schedule {
			return []Schedule{{Name: "daily", Next: day.Add(24 * time.Hour), Zone: "Asia/Baku"}}
		},
	}
	return si
}

// poll stores a poll of a new feed.
func (si *site) poll(t *testing.T, f news.Feed, st news.FeedState, a news.Attempt) {
	t.Helper()
	si.feeds = append(si.feeds, f)
	st.Feed = f.Name
	if st.URL == "" {
		st.URL = f.URL
	}
	st.LastAttempt, a.At = day, day
	if err := si.store.SaveBatch(&store.Batch{State: st, Attempt: a}); err != nil {
		t.Fatalf("SaveBatch: %v", err)
	}
}

// edition stores an edition with all its forms.
func (si *site) edition(t *testing.T, slot news.Slot, ds ...news.Delivery) {
	t.Helper()
	e := news.Edition{
		Digest: news.Digest{
			Slot: slot, Made: slot.At, Lang: news.Ru, Title: "Сводка <b>дня</b>", Window: news.Window{Zone: "Asia/Baku"},
			Ledger: news.Ledger{Stories: 1, Told: 3},
		},
		Subject: "subject", Text: []byte("the text"), HTML: []byte("<!doctype html><p style=\"color:red\">the html</p>"),
		Markdown: []byte("# the markdown"), JSON: []byte(`{"the":"json"}`),
	}
	if err := si.store.SaveEdition(e, ds); err != nil {
		t.Fatalf("SaveEdition: %v", err)
	}
}

// archive stores a story of three reports, one of them a copy, an item that was rejected,
// and the later wording of a report.
func (si *site) archive(t testing.TB) {
	t.Helper()
	item := func(id, outlet string, side news.Side, l news.Lang, title, text string, after time.Duration) news.Item {
		at := day.Add(after)
		return news.Item{
			ID: id, Keys: []news.Key{{Kind: news.KeyGUID, Hash: uint64(at.Unix())}}, Feed: "wire", Outlet: outlet, Side: side, Lang: l,
			URL: "https://wire.example/" + id, Title: title, Text: text, Published: at, FirstSeen: at, Dated: news.DatedFeed, TextHash: uint64(at.Unix()),
			Verdict: news.Verdict{
				Relevant: true, Score: 2, Threshold: 1.5, Matches: []news.Match{{Topic: "energy", Score: 1}},
				Evidence: []news.Evidence{{Field: news.FieldTitle, Start: 0, End: strings.IndexByte(title, ' '), Form: "gas", Concept: "gas", Points: 2, Why: news.Because(news.GroundShared)}},
			},
		}
	}
	a := item("00010000000000a1", "Caspian Wire", news.SideAz, news.En, "Gas flows to Baku", "It is 3 bn m3.\nMore follows.", 0)
	a.Figures = []news.Figure{{Indicator: "gas-volume", Value: 3, Unit: "bn m3", Period: "2026", Sentence: "It is 3 bn m3.", Field: news.FieldText, Start: 6, End: 7}}
	b := item("00010000000000a2", "Волга", news.SideRu, news.Ru, "Газ идёт в Баку", "Это 4 млрд кубометров.", time.Hour)
	b.Figures = []news.Figure{{Indicator: "gas-volume", Value: 4, Unit: "bn m3", Period: "2026", Sentence: "Это 4 млрд кубометров.", Field: news.FieldText, Start: 7, End: 8}}
	c := item("00010000000000a4", "Copyist", news.SideOther, news.En, "Gas flows to Baku", "It is 3 bn m3.", 2*time.Hour)
	c.CopyOf = a.ID
	no := item("00010000000000a3", "Caspian Wire", news.SideAz, news.En, "Rain in Ganja", "It rains.", 3*time.Hour)
	no.Verdict = news.Verdict{Score: 1.25, Threshold: 1.5, Missing: news.Because(news.GroundAbsent, "ru"), Evidence: no.Verdict.Evidence}
	st := news.Story{ID: "s0001", First: day, Last: c.FirstSeen, Told: []news.Told{{Digest: "daily", Slot: day, Upto: 1}}}
	for _, it := range []*news.Item{&a, &b, &c} {
		it.Story = st.ID
		st.Members = append(st.Members, news.Member{
			Item: it.ID, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen, CopyOf: it.CopyOf, Why: news.Because(news.GroundLike, a.ID, "gas"), Score: 0.5,
		})
	}
	st.Members[0].Why = ""
	f := news.Feed{Name: "wire", URL: "https://wire.example/rss", Outlet: "Caspian Wire", Side: news.SideAz}
	si.feeds = append(si.feeds, f)
	batch := &store.Batch{
		State: news.FeedState{Feed: f.Name, URL: f.URL, LastAttempt: day, LastSuccess: day}, Attempt: news.Attempt{At: day, Status: 200, New: 4, Entries: 4},
		Items: []news.Item{a, b, c, no}, Stories: []news.Story{st},
	}
	if err := si.store.SaveBatch(batch); err != nil {
		t.Fatalf("SaveBatch: %v", err)
	}
	later := &store.Batch{State: batch.State, Revisions: []news.Revision{
		{Item: a.ID, At: day.Add(4 * time.Hour), Title: a.Title, Text: "It is 5 bn m3.\nMore follows.", TextHash: 7},
	}}
	if err := si.store.SaveBatch(later); err != nil {
		t.Fatalf("SaveBatch: %v", err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// handler makes the handler of the site as its options stand.
func (si *site) handler(t *testing.T) http.Handler {
	t.Helper()
	if si.fixed != nil {
		return si.fixed
	}
	h, err := Handler(si.o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHandlerWantsAStore(t *testing.T) {
	if h, err := Handler(Options{Logger: slog.New(slog.DiscardHandler)}); err == nil {
		t.Errorf("Handler without a store = %v, want an error", h)
	}
}

// ask sends a request to the handler through a real server, without following a
// redirect.
func (si *site) ask(t *testing.T, method, path string, change ...func(*http.Request)) answer {
	t.Helper()
	srv := httptest.NewServer(si.handler(t))
	defer srv.Close()
	r, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range change {
		c(r)
	}
	client := srv.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

// route is a request and what comes back.
type route struct {
	method, path string
	status       int
	mediaType    string
	body         string // is part of the body
}

func routes() []route {
	const at, html, day = "/digest/daily/2026-03-08T04:00:00Z", "text/html; charset=utf-8", "/day/2026-03-08?edition=daily%40"
	return []route{
		{"GET", "/", 200, html, "All digests"},
		{"GET", "/day/2026-03-08", 200, html, "Sunday, 8 March 2026"},
		{"GET", "/day/2026-03-07", 200, html, "No edition was made on this day."},
		{"GET", "/day/yesterday", 404, html, "A day is written as"},
		{"GET", "/stories", 200, html, "Gas flows to Baku"},
		{"GET", "/stories/s0001", 200, html, "Caspian Wire"},
		{"GET", "/stories/s9", 404, html, "no such story"},
		{"GET", "/items/00010000000000a1", 200, html, "<mark title="},
		{"GET", "/items/9", 404, html, "no such item"},
		{"GET", "/search", 200, html, "Every word must stand in the item"},
		{"GET", "/search?side=ru", 200, html, "Газ идёт в Баку"},
		{"GET", "/search.atom?side=ru", 200, "application/atom+xml; charset=utf-8", "<title>Газ идёт в Баку"},
		{"GET", "/search.atom", 404, html, "needs a question"},
		{"GET", "/feeds", 200, html, "wire"},
		{"GET", "/feeds/wire", 200, html, "Gas flows to Baku"},
		{"GET", "/feeds/none", 404, html, "no such feed"},
		{"GET", "/deliveries", 200, html, "no such delivery"},
		{"GET", "/deliveries?state=failed", 200, html, "no such delivery"},
		{"GET", "/whynot", 200, html, "samur judge 00010000000000a3 yes"},
		{"GET", "/status", 200, html, "All is well."},
		{"GET", "/digests", 200, html, `href="` + at + `"`},
		{"GET", "/digests/daily@2026-03-08T04:00:00Z", 302, html, day},
		{"GET", "/digests/daily", 404, html, "An edition is written as"},
		{"GET", "/digests/@2026-03-08T04:00:00Z", 404, html, "An edition is written as"},
		{"GET", "/icon.svg", 200, "image/svg+xml", "<svg"},
		{"GET", "/digest", 302, html, at},
		{"GET", at, 200, html, "the html"},
		{"GET", "/digest/daily/2026-03-08T08:00:00+04:00", 200, html, "the html"},
		{"GET", at + "?form=html", 200, html, "the html"},
		{"GET", at + "?form=text", 200, "text/plain; charset=utf-8", "the text"},
		{"GET", at + "?form=markdown", 200, "text/markdown; charset=utf-8", "# the markdown"},
		{"GET", at + "?form=json", 200, "application/json", `{"the":"json"}`},
		{"GET", at + "?form=pdf", 404, html, "has the forms html, text"},
		{"GET", "/digest/daily/yesterday", 404, html, "ends in its time"},
		{"GET", "/digest/daily/2026-03-09T04:00:00Z", 404, html, "no such digest"},
		{"GET", "/digest/weekly/2026-03-08T04:00:00Z", 404, html, "no such digest"},
		{"GET", "/digest/daily%00x/2026-03-08T04:00:00Z", 404, html, "no such digest"},
		{"GET", "/stories.atom", 200, "application/atom+xml; charset=utf-8", "stories n=1 self=http://"},
		{"GET", "/atom.xml", 200, "application/atom+xml; charset=utf-8", "n=1 self=true base=http://"},
		{"GET", "/style.css", 200, "text/css; charset=utf-8", "prefers-color-scheme"},
		{"GET", "/healthz", 200, "text/plain; charset=utf-8", "ok\n"},
		{"GET", "/readyz", 200, "text/plain; charset=utf-8", "ready\n"},
		{"GET", "/metrics", 200, "text/plain; charset=utf-8", "samur_up 1\n"},
		{"GET", "/nothing", 404, html, "There is no such page."},
		{"GET", "/assets/style.css", 404, html, "There is no such page."},
		{"POST", "/", 405, html, "can only be read"},
		{"POST", "/answers", 405, html, "can only be read"},
		{"DELETE", at, 405, html, "can only be read"},
		{"OPTIONS", "/nothing", 405, html, "can only be read"},
	}
}

func TestRoutes(t *testing.T) {
	si := newSite(t)
	si.edition(t, news.Slot{Digest: "daily", At: day})
	si.archive(t)
	si.o.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "samur_up 1\n") })
	si.o.Atom = func(ds []news.Digest, self, base string) ([]byte, error) {
		return fmt.Appendf(nil, "<feed n=%d self=%t base=%s>", len(ds), strings.HasSuffix(self, "/atom.xml"), base[:7]), nil
	}
	si.o.Stories = func(ds []news.Digest, self, _ string) ([]byte, error) {
		return fmt.Appendf(nil, "<stories n=%d self=%s>", len(ds), self), nil
	}
	si.fixed = si.handler(t)
	for _, tt := range routes() {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			got := si.ask(t, tt.method, tt.path)
			if got.status != tt.status || got.header.Get("Content-Type") != tt.mediaType || !strings.Contains(got.body, tt.body) {
				t.Errorf("%s %s = %d %s, want %d %s with %q in:\n%s", tt.method, tt.path,
					got.status, got.header.Get("Content-Type"), tt.status, tt.mediaType, tt.body, got.body)
			}
			if tt.status == 405 && got.header.Get("Allow") != "GET, HEAD" {
				t.Errorf("Allow = %q, want GET, HEAD", got.header.Get("Allow"))
			}
			if got.header.Get("Content-Type") == "text/html; charset=utf-8" && tt.status != 302 && !strings.HasPrefix(tt.path, "/digest/") {
				wellFormed(t, tt.path, got.body)
			}
			if tt.status != 200 || tt.method != "GET" {
				return
			}
			head := si.ask(t, "HEAD", tt.path)
			if head.status != 200 || head.body != "" || head.header.Get("Content-Type") != tt.mediaType {
				t.Errorf("HEAD %s = %d %s with %d bytes, want 200 %s with none", tt.path,
					head.status, head.header.Get("Content-Type"), len(head.body), tt.mediaType)
			}
		})
	}
}

func TestWhatIsLeftOut(t *testing.T) {
	si := newSite(t)
	si.o.Digests, si.o.Feeds = nil, nil
	for path, want := range map[string]int{"/": 200, "/digests": 200, "/digest": 404, "/metrics": 404, "/atom.xml": 404, "/stories.atom": 404, "/readyz": 200, "/search": 200, "/feeds": 200} {
		if got := si.ask(t, "GET", path); got.status != want {
			t.Errorf("GET %s with nothing optional = %d, want %d", path, got.status, want)
		}
	}
}

func TestHeaders(t *testing.T) {
	si := newSite(t)
	si.edition(t, news.Slot{Digest: "daily", At: day})
	want := map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	}
	policies := map[string]string{
		"/": policyPage, "/digests": policyPage, "/nothing": policyPage, "/healthz": policyPage,
		"/digest/daily/2026-03-08T04:00:00Z": policyDigest, "/digest/daily/2026-03-08T04:00:00Z?form=pdf": policyPage,
	}
	for path, policy := range policies {
		got := si.ask(t, "GET", path)
		want["Content-Security-Policy"] = policy
		for name, value := range want {
			if got.header.Get(name) != value {
				t.Errorf("GET %s: %s = %q, want %q", path, name, got.header.Get(name), value)
			}
		}
	}
	for _, policy := range []string{policyPage, policyDigest} {
		for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, part) {
				t.Errorf("policy %q lacks %q", policy, part)
			}
		}
		if strings.Contains(policy, "script-src") || strings.Contains(policy, "allow-scripts") {
			t.Errorf("policy %q allows scripts", policy)
		}
	}
}

func TestHost(t *testing.T) {
	si := newSite(t)
	si.o.Hosts = []string{"News.Example.org"}
	tests := []struct {
		host   string
		status int
	}{
		{"localhost", 200},
		{"LOCALHOST:8484", 200},
		{"localhost.:8484", 200},
		{"127.0.0.1:8484", 200},
		{"127.0.0.1", 200},
		{"[::1]:8484", 200},
		{"[::1]", 200},
		{"192.168.1.7:8484", 200},
		{"news.example.org", 200},
		{"news.example.org:443", 200},
		{"evil.example", 421},
		{"evil.example:8484", 421},
		{"localhost.evil.example", 421},
		{"127.0.0.1.evil.example", 421},
		{"news.example.org.evil.example", 421},
		{"0x7f000001:8484", 421},
		{"2130706433", 421},
	}
	si.fixed = si.handler(t)
	for _, tt := range tests {
		for _, path := range []string{"/", "/healthz", "/metrics"} {
			if tt.status == 200 && path == "/metrics" {
				continue // left out here
			}
			got := si.ask(t, "GET", path, func(r *http.Request) { r.Host = tt.host })
			if got.status != tt.status {
				t.Errorf("GET %s of host %q = %d, want %d", path, tt.host, got.status, tt.status)
			}
		}
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = ""
	si.handler(t).ServeHTTP(w, r)
	if w.Code != 421 || !strings.Contains(w.Body.String(), "Open them as localhost") {
		t.Errorf("GET / without host = %d %q, want 421 and what to do", w.Code, w.Body)
	}
}

func TestReadiness(t *testing.T) {
	si := newSite(t)
	si.o.Ready = func() error { return errors.New("starting or stopping") }
	got := si.ask(t, "GET", "/readyz")
	if got.status != 503 || got.body != "not ready: starting or stopping\n" {
		t.Errorf("GET /readyz while not ready = %d %q", got.status, got.body)
	}
	if got := si.ask(t, "GET", "/status"); got.status != 200 || !strings.Contains(got.body, "Not ready: starting or stopping.") {
		t.Errorf("GET /status while not ready = %d, want 200 with the reason", got.status)
	}

	si.o.Ready = nil
	if err := si.store.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{"/readyz": 503, "/healthz": 200, "/": 500, "/digests": 500, "/digest": 500, "/stories": 500, "/search?side=ru": 500, "/feeds": 500, "/deliveries": 500, "/whynot": 500, "/status": 500, "/digest/daily/2026-03-08T04:00:00Z": 500} {
		got := si.ask(t, "GET", path)
		if got.status != want {
			t.Errorf("GET %s with the store closed = %d, want %d", path, got.status, want)
		}
		if want == 500 && strings.Contains(got.body, "samur.db") {
			t.Errorf("GET %s tells the reader the path of the store", path)
		}
	}
}

func TestPanicEndsItsRequestOnly(t *testing.T) {
	si := newSite(t)
	var log strings.Builder
	si.o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	si.o.Metrics = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("broken") })
	if got := si.ask(t, "GET", "/metrics"); got.status != 500 {
		t.Errorf("GET /metrics that panics = %d, want 500", got.status)
	}
	if !strings.Contains(log.String(), "page panicked") || !strings.Contains(log.String(), "broken") {
		t.Errorf("the panic is not in the log: %q", log.String())
	}
}

func TestPageFailsWhole(t *testing.T) {
	si := newSite(t)
	si.o.Atom = func([]news.Digest, string, string) ([]byte, error) { return nil, errors.New("no") }
	if got := si.ask(t, "GET", "/atom.xml"); got.status != 500 {
		t.Errorf("GET /atom.xml that cannot be made = %d, want 500", got.status)
	}
}

func TestFormNotStored(t *testing.T) {
	si := newSite(t)
	if err := si.store.SaveDigest(news.Digest{Slot: news.Slot{Digest: "daily", At: day}}, nil); err != nil {
		t.Fatal(err)
	}
	got := si.ask(t, "GET", "/digest/daily/2026-03-08T04:00:00Z")
	if got.status != 404 || !strings.Contains(got.body, "not stored in this form") {
		t.Errorf("GET a digest without forms = %d, want 404 that says so:\n%s", got.status, got.body)
	}
	if got := si.ask(t, "GET", "/digests"); !strings.Contains(got.body, `2026-03-08 08:00</time></a></th><td data-label="Digest">daily</td><td data-label="Title">–</td>`) {
		t.Errorf("a digest without title and zone is not listed by its time:\n%s", got.body)
	}
}

func TestNewestIsTheNewestOfAll(t *testing.T) {
	si := newSite(t)
	si.o.Digests = func() []Schedule { return []Schedule{{Name: "daily"}, {Name: "a week/long"}} }
	si.edition(t, news.Slot{Digest: "daily", At: day.Add(-24 * time.Hour)})
	si.edition(t, news.Slot{Digest: "daily", At: day})
	si.edition(t, news.Slot{Digest: "a week/long", At: day.Add(time.Hour)})
	got := si.ask(t, "GET", "/digest")
	const want = "/digest/a%20week%2Flong/2026-03-08T05:00:00Z"
	if got.header.Get("Location") != want {
		t.Errorf("GET /digest leads to %q, want %q", got.header.Get("Location"), want)
	}
	if got := si.ask(t, "GET", want); got.status != 200 {
		t.Errorf("GET %s = %d, want 200", want, got.status)
	}
	var order []string
	for part := range strings.SplitSeq(si.ask(t, "GET", "/digests").body, `<td data-label="Forms"><a href="`) {
		if url, _, ok := strings.Cut(part, `"`); ok && strings.HasPrefix(url, "/digest/") {
			order = append(order, url)
		}
	}
	if diff := cmp.Diff([]string{want, "/digest/daily/2026-03-08T04:00:00Z", "/digest/daily/2026-03-07T04:00:00Z"}, order); diff != "" {
		t.Errorf("/digests (-want +got):\n%s", diff)
	}
}

// TestPublicAddress holds that feeds lead to where readers know the pages, and that the
// pages answer under its name.
func TestPublicAddress(t *testing.T) {
	si := newSite(t)
	si.edition(t, news.Slot{Digest: "daily", At: day})
	si.o.URL = "https://news.example.org/samur/"
	si.o.Stories = func(_ []news.Digest, self, base string) ([]byte, error) {
		return []byte(self + " " + base), nil
	}
	got := si.ask(t, "GET", "/stories.atom", func(r *http.Request) { r.Host = "news.example.org" })
	if want := "https://news.example.org/samur/stories.atom https://news.example.org/samur"; got.status != 200 || got.body != want {
		t.Errorf("GET /stories.atom = %d %q, want 200 %q", got.status, got.body, want)
	}
}
