package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"samur/internal/classify"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/store"
	"samur/internal/web/api"
)

// contract is the committed document, closed: what it does not name is refused.
type contract struct {
	doc      map[string]any
	compiler *jsonschema.Compiler
}

func readContract(t *testing.T) contract {
	t.Helper()
	b, err := assets.ReadFile("assets/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	closed(doc)
	c := contract{doc.(map[string]any), jsonschema.NewCompiler()}
	c.compiler.AssertFormat()
	c.compiler.DefaultDraft(jsonschema.Draft2020)
	if err := c.compiler.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return c
}

// closed makes every object with named properties refuse others.
func closed(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, named := v["properties"]; named && v["type"] == "object" {
			v["additionalProperties"] = false
		}
		for _, e := range v {
			closed(e)
		}
	case []any:
		for _, e := range v {
			closed(e)
		}
	}
}

// holds reports an answer that is not as the document says of an endpoint and status.
func (c contract) holds(t *testing.T, path string, got answer) {
	t.Helper()
	at := "#/components/schemas/Problem"
	mediaType := "application/problem+json"
	if got.status == http.StatusOK {
		mediaType = "application/json"
		escaped := strings.NewReplacer("~", "~0", "/", "~1").Replace(api.Root + path)
		at = "#/paths/" + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(escaped) + "/get/responses/200/content/application~1json/schema"
	}
	sch, err := c.compiler.Compile("openapi.json" + at)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(got.body))
	if err != nil {
		t.Fatalf("%s answers no JSON: %v\n%s", path, err, got.body)
	}
	if err := sch.Validate(v); err != nil {
		t.Errorf("%s: %v\n%s", path, err, got.body)
	}
	if have := got.header.Get("Content-Type"); have != mediaType {
		t.Errorf("%s is %s, want %s", path, have, mediaType)
	}
}

// served is a site with something of everything.
func served(t *testing.T) *site {
	t.Helper()
	si := newSite(t)
	si.archive(t)
	si.edition(t, news.Slot{Digest: "daily", At: day}, news.Delivery{
		ID: "daily-mail-1", Slot: news.Slot{Digest: "daily", At: day}, Channel: "mail", Recipient: "anna@reader.example", State: news.DeliveryFailed,
		Payload: []byte("the mail itself"), Created: day, Next: day, Attempts: []news.DeliveryAttempt{{At: day, Error: "550 no mailbox <anna@reader.example>"}},
	})
	it := news.Item{
		ID: "00010000000000b1", Keys: []news.Key{{Kind: news.KeyGUID, Hash: 77}}, Feed: "wire", Outlet: "Caspian Wire", Side: news.SideAz, Lang: news.En,
		Title: "Talks in Baku", Text: "The talks are on Friday.", URL: "https://wire.example/talks", Published: day, FirstSeen: day, Dated: news.DatedFeed, TextHash: 77,
		Events: []news.Event{{Kind: news.EventMeeting, State: news.EventPlanned, Day: "2026-03-13", Who: []string{"person/ilham-aliyev"}, Where: "city/baku", Sentence: "The talks are on Friday."}},
	}
	b := &store.Batch{State: news.FeedState{Feed: "wire", URL: "https://wire.example/rss", LastAttempt: day, LastSuccess: day}, Items: []news.Item{it}}
	if err := si.store.SaveBatch(b); err != nil {
		t.Fatal(err)
	}
	pruned := news.Story{ID: "s0002", First: day, Last: day, Members: []news.Member{{Item: "00010000000000c1", Seq: 1, Outlet: "Caspian Wire", Side: news.SideAz, Lang: news.En, FirstSeen: day}}}
	if err := si.store.SaveStories([]news.Story{pruned}, nil); err != nil {
		t.Fatal(err)
	}
	lx, cl := understanding()
	si.o.Read = func() (*lexicon.Lexicon, *classify.Classifier, error) { return lx, cl, nil }
	si.fixed = si.handler(t)
	return si
}

// apiCase is a request below api.Root and what comes back.
type apiCase struct {
	endpoint, path string
	status         int
	body           string // is part of the body
}

func apiCases() []apiCase {
	const item, at = "/items/{id}", "/digests/{slot}"
	return []apiCase{
		{item, "/items/00010000000000a1", 200, `"later_wordings":[{"at":"2026-03-08T08:00:00Z"`},
		{item, "/items/00010000000000a3", 200, `"missing":"Russia is not named"`},
		{item, "/items/9", 404, "/api/v1/search finds"},
		{item, "/items/00010000000000a1?lang=ru", 400, "leave out the question"},
		{"/search", "/search", 200, `"items":[{"id":"00010000000000`},
		{"/search", "/search?side=ru", 200, "Газ идёт в Баку"},
		{"/search", "/search?lang=az&q=qaz", 200, `"items":[]`},
		{"/search", "/search?relevant=true&topic=energy&outlet=Copyist&from=2026-03-08&to=2026-03-08", 200, "00010000000000a4"},
		{"/search", "/search?to=2026-03-07", 200, `"items":[]`},
		{"/search", "/search?limit=1", 200, `"next":"/api/v1/search?before=`},
		{"/search", "/search?limit=101", 400, "a whole number from 1 to 100"},
		{"/search", "/search?side=west", 400, "give one of az, ru, other"},
		{"/search", "/search?from=yesterday", 400, "write a day as 2026-03-08"},
		{"/search", "/search?relevant=1", 400, "give true or false"},
		{"/search", "/search?from=2026-03-08&from=2026-03-09", 400, "give it once"},
		{"/search", "/search?langauge=ru", 400, "known are q, topic, outlet"},
		{"/search", "/search?q=" + strings.Repeat("a", 301), 400, "at most 300 bytes"},
		{"/search", "/search?q=%zz", 400, "escape what stands in it"},
		{"/stories", "/stories", 200, `"id":"s0001"`},
		{"/stories", "/stories?side=ru&topic=energy&since=2026-03-08", 200, `"lag_seconds":3600`},
		{"/stories", "/stories?topic=culture", 200, `"items":[]`},
		{"/stories", "/stories", 200, `"id":"s0002"`}, // its text is gone
		{"/stories", "/stories?before=1", 200, `"items":[]`},
		{"/stories", "/stories?before=-1", 400, "a whole number"},
		{"/stories/{id}", "/stories/s0001", 200, `"figures_differ":[{"indicator":"gas-volume"`},
		{"/stories/{id}", "/stories/s0001", 200, `"corrections":[{"item":"00010000000000a1"`},
		{"/stories/{id}", "/stories/s0002", 200, `"item":"00010000000000c1"`},
		{"/stories/{id}", "/stories/s9", 404, "/api/v1/stories lists"},
		{"/digests", "/digests", 200, `"digest":"daily","slot":"2026-03-08T04:00:00Z"`},
		{"/digests", "/digests?digest=weekly", 200, `"items":[]`},
		{"/digests", "/digests?offset=10001", 400, "from 0 to 10000"},
		{at, "/digests/daily@2026-03-08T04:00:00Z", 200, `{"the":"json"}`},
		{at, "/digests/daily@2026-03-09T04:00:00Z", 404, "no such edition"},
		{at, "/digests/daily", 404, "is written as"},
		{"/topics", "/topics", 200, `"slug":"energy"`},
		{"/topics", "/topics?limit=1", 200, `"next":"/api/v1/topics?limit=1\u0026offset=1"`},
		{"/topics", "/topics?limit=0", 400, "from 1 to 200"},
		{"/figures", "/figures", 200, `"indicator":"gas-volume","values":2`},
		{"/figures", "/figures?x=1", 400, "not known here"},
		{"/figures/{indicator}", "/figures/gas-volume", 200, `"period":"2026"`},
		{"/figures/{indicator}", "/figures/gas-volume?offset=2", 200, `"items":[]`},
		{"/figures/{indicator}", "/figures/nothing", 404, "/api/v1/figures lists"},
		{"/figures/{indicator}", "/figures/gas-volume?limit=1001", 400, "from 1 to 1000"},
		{"/timeline", "/timeline", 200, `"day":"2026-03-13","kind":"meeting","state":"planned"`},
		{"/timeline", "/timeline?lang=ru&who=person/ilham-aliyev&kind=meeting", 200, "Алиев"},
		{"/timeline", "/timeline?who=%C3%86", 404, "called Æ."},
		{"/timeline", "/timeline?who=" + url.QueryEscape("Алиевым"), 200, `"day":"2026-03-13"`},
		{"/timeline", "/timeline?who=Alyiev", 404, "near it are "},
		{"/timeline", "/timeline?kind=call", 200, `"items":[]`},
		{"/timeline", "/timeline?kind=party", 400, "give one of meeting"},
		{"/feeds", "/feeds", 200, `"feed":"wire","outlet":"Caspian Wire"`},
		{"/feeds", "/feeds?limit=x", 400, "a whole number"},
		{"/deliveries", "/deliveries", 200, `"error":"550 no mailbox \u003c…@reader.example\u003e"`},
		{"/deliveries", "/deliveries?state=sent", 200, `"items":[]`},
		{"/deliveries", "/deliveries?state=lost", 400, "give one of pending"},
	}
}

func TestAPI(t *testing.T) {
	si, c := served(t), readContract(t)
	tried := map[string]bool{}
	for _, tt := range apiCases() {
		t.Run(tt.path[:min(len(tt.path), 60)], func(t *testing.T) {
			got := si.ask(t, "GET", api.Root+tt.path)
			if got.status != tt.status || !strings.Contains(got.body, tt.body) {
				t.Errorf("GET %s = %d, want %d with %q in:\n%s", tt.path, got.status, tt.status, tt.body, got.body)
			}
			c.holds(t, tt.endpoint, got)
		})
		if tt.status == 200 {
			tried[tt.endpoint] = true
		}
	}
	for _, e := range api.Endpoints() {
		if !tried[e.Path] {
			t.Errorf("no test asks %s", e.Path)
		}
	}
	if n, want := len(c.doc["paths"].(map[string]any)), len(endpoints()); n != want {
		t.Errorf("the document has %d paths, the server %d", n, want)
	}
}

// listing is what a list has that tells its items apart.
type listing struct {
	Items []struct {
		ID, Slug, Item string
	}
	Next string
}

func parsed(t *testing.T, body string) listing {
	t.Helper()
	var l listing
	if err := json.Unmarshal([]byte(body), &l); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return l
}

func ids(t *testing.T, body string) []string {
	t.Helper()
	var out []string
	for _, x := range parsed(t, body).Items {
		out = append(out, x.ID+x.Slug+x.Item)
	}
	return out
}

// TestAPIReadsOn: following "next" gives every item once.
func TestAPIReadsOn(t *testing.T) {
	si := served(t)
	for _, path := range []string{"/search?limit=2", "/stories?limit=1", "/topics?limit=3", "/figures/gas-volume?limit=1"} {
		whole := ids(t, si.ask(t, "GET", api.Root+strings.Split(path, "?")[0]).body)
		var read []string
		for next, n := api.Root+path, 0; next != ""; n++ {
			if n > 20 {
				t.Fatalf("%s leads on for ever", path)
			}
			got := si.ask(t, "GET", next)
			read = append(read, ids(t, got.body)...)
			next = parsed(t, got.body).Next
		}
		if len(whole) == 0 || strings.Join(read, " ") != strings.Join(whole, " ") {
			t.Errorf("%s read on gives %v, at once %v", path, read, whole)
		}
	}
}

// TestAPIKeepsSecrets: neither what was sent nor to whom, nor an address with a secret.
func TestAPIKeepsSecrets(t *testing.T) {
	si := served(t)
	si.feeds = append(si.feeds, news.Feed{Name: "paid", URL: "https://paid.example/feed?token=hush", Access: news.Access{Header: map[string]string{"X-Key": "hush"}}})
	for _, path := range []string{"/deliveries", "/feeds"} {
		got := si.ask(t, "GET", api.Root+path)
		for _, secret := range []string{"anna", "the mail itself", "daily-mail-1", "hush"} {
			if got.status != 200 || strings.Contains(got.body, secret) {
				t.Errorf("GET %s = %d, and tells %q:\n%s", path, got.status, secret, got.body)
			}
		}
	}
}

// TestAPIGuards: what keeps strangers from the pages keeps them from the API, and tells
// them as programs expect.
func TestAPIGuards(t *testing.T) {
	c := readContract(t)
	foreign := func(r *http.Request) { r.Host = "evil.example" }
	tests := []struct {
		name, method, path string
		set                func(*Options)
		with               func(*http.Request)
		status             int
	}{
		{"foreign name", "GET", "/feeds", func(*Options) {}, foreign, 421},
		{"no password", "GET", "/feeds", func(o *Options) { o.Password = "secret" }, open, 401},
		{"password", "GET", "/feeds", func(o *Options) { o.Password = "secret" }, header("Authorization", "Bearer secret"), 200},
		{"no proxy", "GET", "/feeds", func(o *Options) {
			o.UserHeader, o.Proxies = "X-User", []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
		}, header("X-User", "anna"), 403},
		{"writing", "POST", "/feeds", func(o *Options) { o.Write = true }, open, 405},
		{"deleting", "DELETE", "/items/1", func(*Options) {}, open, 405},
		{"nothing there", "GET", "/nothing", func(*Options) {}, open, 404},
		{"not read yet", "GET", "/topics", func(o *Options) { o.Read = nil }, open, 503},
		{"store broken", "GET", "/stories", func(o *Options) { _ = o.Store.Close() }, open, 500},
		{"panic", "GET", "/feeds", func(o *Options) { o.Feeds = func() []news.Feed { panic("broken") } }, open, 500},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			si := served(t)
			tt.set(&si.o)
			si.fixed = nil
			got := si.ask(t, tt.method, api.Root+tt.path, tt.with)
			if got.status != tt.status {
				t.Errorf("%s %s = %d, want %d\n%s", tt.method, tt.path, got.status, tt.status, got.body)
			}
			c.holds(t, tt.path, got)
			want := unkept
			if tt.status == 200 {
				want = asking
			}
			if cache := got.header.Get("Cache-Control"); cache != want {
				t.Errorf("Cache-Control = %q, want %q", cache, want)
			}
		})
	}
}

func TestAPITooMany(t *testing.T) {
	si, c := served(t), readContract(t)
	si.o.Now = func() time.Time { return day }
	si.fixed = nil
	h := si.handler(t)
	for n := range int(reading.burst) + 1 {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/api/v1/nothing", nil))
		switch got := (answer{w.Code, w.Header(), w.Body.String()}); {
		case n < int(reading.burst) && got.status != 404:
			t.Fatalf("request %d = %d, want 404", n, got.status)
		case n == int(reading.burst):
			if got.status != 429 || got.header.Get("Retry-After") == "" {
				t.Errorf("one request too many = %d, want 429 with Retry-After", got.status)
			}
			c.holds(t, "/nothing", got)
		}
	}
}

func TestAPIDocumentIsServed(t *testing.T) {
	got := newSite(t).ask(t, "GET", "/api/openapi.json")
	if got.status != 200 || got.header.Get("Content-Type") != "application/json" || !strings.Contains(got.body, `"openapi": "3.1.0"`) {
		t.Errorf("GET /api/openapi.json = %d %s", got.status, got.header.Get("Content-Type"))
	}
}
