package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// mixedSite has a feed of every state, and a delivery that waits, one that was sent
// and one that failed.
func mixedSite(t *testing.T) *site {
	t.Helper()
	si := newSite(t)
	si.poll(t, news.Feed{Name: "apa", URL: "https://apa.example/rss", Outlet: "APA"},
		news.FeedState{LastSuccess: day, NextDue: day.Add(2 * time.Hour)}, news.Attempt{Status: 200, New: 7, Entries: 9})
	si.poll(t, news.Feed{Name: "trend", URL: "https://trend.example/rss"},
		news.FeedState{Failures: 3, Cause: news.CauseDNS, Error: "no such host", LastSuccess: day.Add(-time.Hour)}, news.Attempt{Cause: news.CauseDNS})
	si.poll(t, news.Feed{Name: "busy", URL: "https://busy.example/rss"},
		news.FeedState{Failures: 1, Cause: news.CauseBusy}, news.Attempt{Cause: news.CauseBusy, Status: 429})
	si.poll(t, news.Feed{Name: "gone", URL: "https://gone.example/rss"},
		news.FeedState{Failures: 9, Cause: news.CauseGone, Gone: true}, news.Attempt{Cause: news.CauseGone, Status: 410})
	si.poll(t, news.Feed{Name: "moved", URL: "https://moved.example/rss"},
		news.FeedState{LastSuccess: day, MovedTo: "https://new.example/rss", Advice: "set url to https://new.example/rss"}, news.Attempt{Status: 200})
	si.poll(t, news.Feed{Name: "readdressed", URL: "https://b.example/rss"},
		news.FeedState{URL: "https://a.example/rss", Failures: 4, Cause: news.CauseGone, Gone: true}, news.Attempt{Cause: news.CauseGone})
	si.feeds = append(si.feeds, news.Feed{Name: "fresh", URL: "https://fresh.example/rss"})
	si.edition(t, news.Slot{Digest: "daily", At: day},
		news.Delivery{ID: "d1", Slot: news.Slot{Digest: "daily", At: day}, Channel: "mail", Recipient: "person@example.org", State: news.DeliveryPending},
		news.Delivery{ID: "d2", Slot: news.Slot{Digest: "daily", At: day}, Channel: "mail", Recipient: "person@example.org", State: news.DeliverySent},
		news.Delivery{
			ID: "d3", Slot: news.Slot{Digest: "daily", At: day}, Channel: "hook", State: news.DeliveryFailed,
			Attempts: []news.DeliveryAttempt{{At: day, Error: "550 <person@example.org>: no such user"}},
		})
	if err := si.store.SaveClosure(news.Closure{Channel: "hook", Reason: "410 Gone"}); err != nil {
		t.Fatal(err)
	}
	return si
}

func TestStatus(t *testing.T) {
	si := mixedSite(t)
	for path, wants := range map[string][]string{
		"/status": {
			"Feeds that need a look: 4 of 7. Deliveries that failed for good: 1. Channels closed by their receivers: hook.", "1 waiting, 1 failed for good.",
			`<th scope="row">daily</th><td data-label="Next"><time datetime="2026-03-09T04:00:00Z">2026-03-09 08:00</time> (in 23 hours)</td>`,
			"1 story, 3 reports", "<dt>Polls</dt><dd>6, of them 4 failed</dd>", "samur 1.2.3",
		},
		"/feeds": {
			`<td data-label="Outlet">APA</td><td data-label="State">well</td>`, `data-label="Next poll">in 1 hour</td><td data-label="Rhythm">–</td><td data-label="New at last poll">7</td>`,
			`class="bad">failing</td><td data-label="What happened">its name does not resolve<div class="detail">no such host</div></td><td data-label="Failures in a row">3</td>`,
			`class="bad">told to wait</td><td data-label="What happened">the server asks to wait`, `<td data-label="Next poll">not any more</td>`,
			`<div class="detail">set url to https://new.example/rss</div>`, ">new address, not polled yet</td>", ">not polled yet</td>",
		},
		"/deliveries": {
			`<td data-label="Channel">hook</td><td data-label="State" class="bad">failed for good</td>`, "550 &lt;…@example.org&gt;: no such user", ">waiting",
		},
	} {
		body := si.ask(t, "GET", path).body
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("GET %s lacks %q", path, want)
			}
		}
		for _, not := range []string{"person@", "<script", "style="} {
			if strings.Contains(body, not) {
				t.Errorf("GET %s has %q", path, not)
			}
		}
		if t.Failed() {
			t.Log(body)
		}
	}
	// Those that fail most come first.
	body := si.ask(t, "GET", "/feeds").body
	if first, second := strings.Index(body, ">gone</a>"), strings.Index(body, ">trend</a>"); first < 0 || first > second {
		t.Errorf("gone stands at %d, trend at %d in the table of trouble", first, second)
	}
}

func TestStatusWhenAllIsWell(t *testing.T) {
	si := newSite(t)
	if got := si.ask(t, "GET", "/status"); !strings.Contains(got.body, "No feed is configured yet.") {
		t.Errorf("without feeds the page says:\n%s", got.body)
	}
	si.poll(t, news.Feed{Name: "apa", URL: "https://apa.example/rss"}, news.FeedState{LastSuccess: day}, news.Attempt{Status: 200})
	if got := si.ask(t, "GET", "/status"); !strings.Contains(got.body, `class="verdict good">All is well.`) {
		t.Errorf("with one good feed the page says:\n%s", got.body)
	}
	if got := si.ask(t, "GET", "/feeds"); strings.Contains(got.body, `id="trouble"`) {
		t.Errorf("with one good feed there is a table of trouble:\n%s", got.body)
	}
}

// TestHostileWords: nothing that a feed, a server or a receiver says becomes markup,
// a link that is none, or a character that hides or turns text.
func TestHostileWords(t *testing.T) {
	const evil = "\"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x1b[31m\x00'"
	si := newSite(t)
	si.poll(t, news.Feed{Name: "a" + evil, URL: "javascript:alert(3)", Outlet: evil},
		news.FeedState{Failures: 1, Cause: news.Cause(evil), Error: evil, Advice: evil, Title: evil, MovedTo: evil}, news.Attempt{Cause: "x", Error: evil})
	si.poll(t, news.Feed{Name: "b", URL: "https://user:password@b.example/"}, news.FeedState{MovedTo: "javascript:" + evil}, news.Attempt{})
	si.poll(t, news.Feed{Name: "c", URL: "https://c.example/?a=\"><script>"}, news.FeedState{}, news.Attempt{})
	si.edition(t, news.Slot{Digest: "daily", At: day}, news.Delivery{
		ID: evil, Slot: news.Slot{Digest: "daily" + strings.ReplaceAll(evil, "\x00", ""), At: day}, Channel: evil, State: news.DeliveryFailed,
		Attempts: []news.DeliveryAttempt{{Error: evil, Reply: evil}},
	})
	si.hostileStory(t, evil)
	si.fixed = si.handler(t)
	for _, path := range []string{
		"/", "/digests", "/stories", "/stories/s1", "/items/0001", "/feeds", "/feeds/c", "/feeds/a" + url.PathEscape(evil), "/deliveries", "/whynot", "/status",
		"/search?side=az&q=" + url.QueryEscape(evil), "/search?outlet=" + url.QueryEscape(evil), "/search.atom?side=az", "/day/2026-03-08",
		"/" + "%22%3E%3Cscript%3E", "/digest/%3Cscript%3E/x",
	} {
		body := si.ask(t, "GET", path).body
		for _, bad := range []string{"<script", "<img", "<b>", "javascript:alert", `href="javascript`, "\u202e", "\x1b", "\x00", "password", "onerror=alert(2)>"} {
			if strings.Contains(body, bad) {
				t.Errorf("GET %s has %q", path, bad)
			}
		}
		wellFormed(t, path, body)
	}
	for _, path := range []string{"/feeds/c", "/stories/s1", "/items/0001", "/search?side=az"} {
		body := si.ask(t, "GET", path).body
		if n := strings.Count(body, `href="http`); n == 0 || strings.Count(body, ` rel="noreferrer"`) != n {
			t.Errorf("GET %s: want outside links, all with rel=noreferrer, got:\n%s", path, body)
		}
	}
}

// hostileStory stores a story whose every word is hostile, and a digest that tells it.
func (si *site) hostileStory(t *testing.T, evil string) {
	t.Helper()
	it := news.Item{
		ID: "0001", Keys: []news.Key{{Kind: news.KeyGUID, Hash: 1}}, TextHash: 1, Feed: "c", Outlet: evil, Side: news.SideAz, Lang: news.En, URL: "https://c.example/\"><script>",
		Title: evil, Text: evil + "\n" + evil, Published: day, FirstSeen: day, Story: "s1",
		Verdict: news.Verdict{Relevant: true, Score: 2, Missing: news.Ground(evil), Evidence: []news.Evidence{
			{Field: news.FieldTitle, Start: 2, End: 9, Form: evil, Concept: evil, Why: news.Ground(evil), Points: 1},
			{Field: news.FieldText, Start: 5, End: 4000, Form: evil, Why: news.Ground(evil), Points: 1},
			{Field: news.FieldText, Start: -1, End: 3, Form: evil, Why: news.Ground(evil), Points: 1},
		}, Matches: []news.Match{{Topic: evil, Score: 1}}},
		Figures: []news.Figure{{Indicator: evil, Unit: evil, Period: evil, Sentence: evil, Counter: evil, Value: 1}},
	}
	st := news.Story{ID: "s1", First: day, Last: day, Series: evil, Members: []news.Member{{Item: it.ID, Outlet: evil, Side: news.SideAz, Lang: news.En, FirstSeen: day, Why: news.Ground(evil)}}}
	b := &store.Batch{State: news.FeedState{Feed: "c", URL: "https://c.example/"}, Items: []news.Item{it}, Stories: []news.Story{st}}
	if err := si.store.SaveBatch(b); err != nil {
		t.Fatal(err)
	}
	q := news.Quote{Text: evil, Item: it.ID, URL: "javascript:alert(3)", Outlet: evil, Lang: news.En}
	d := news.Digest{
		Slot: news.Slot{Digest: "daily", At: day.Add(time.Hour)}, Title: evil, Window: news.Window{Zone: "Asia/Baku"},
		Sections: []news.Section{{Topic: "energy", Heading: evil, Entries: []news.Entry{{
			Story: "s1", Headline: q, Quotes: []news.Quote{q}, Topics: []string{evil}, Actors: []string{evil}, Sources: []news.Source{{Outlet: evil, URL: "javascript:alert(3)"}},
			Figures: it.Figures, Why: it.Verdict.Evidence, Rank: []news.Term{{Name: evil, Points: 1}}, Reason: news.Reason(evil),
		}}}},
		Held: []news.Line{{Story: evil, Headline: q}}, Figures: []news.FigureLine{{Figure: it.Figures[0]}},
	}
	if err := si.store.SaveDigest(d, nil); err != nil {
		t.Fatal(err)
	}
}

// void is what HTML does not close.
var void = regexp.MustCompile(`<(!doctype|meta|link|input)[^>]*>`)

// wellFormed fails unless every element that is opened is closed in order.
func wellFormed(t *testing.T, path, body string) {
	t.Helper()
	if !strings.HasPrefix(body, xml.Header) {
		body = void.ReplaceAllString(body, "")
		for _, alone := range []string{" open>", " selected>", " checked>"} {
			body = strings.ReplaceAll(body, alone, ">")
		}
	}
	d := xml.NewDecoder(strings.NewReader(body))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Errorf("GET %s: %v", path, err)
			return
		}
	}
}

func TestSizeWith500Feeds(t *testing.T) {
	si := newSite(t)
	for n := range 500 {
		name := fmt.Sprintf("newsroom-%03d-politics", n)
		f := news.Feed{Name: name, URL: fmt.Sprintf("https://www.%s.example/az/rss/politics.xml", name), Outlet: "Newsroom " + fmt.Sprint(n)}
		if n%3 != 0 {
			si.feeds = append(si.feeds, f) // those were never polled; their rows are as long
			continue
		}
		si.poll(t, f, news.FeedState{Failures: 3, Cause: news.CauseBotWall, Error: strings.Repeat("words ", 40)}, news.Attempt{Cause: news.CauseBotWall})
	}
	path, rows := "/feeds?lang=az", 0
	for path != "" {
		got := si.ask(t, "GET", path)
		if len(got.body) > 200_000 {
			t.Errorf("GET %s has %d bytes, want at most 200,000", path, len(got.body))
		}
		_, all, _ := strings.Cut(got.body, `id="feeds"`)
		rows += strings.Count(all, `<th scope="row">`)
		next := nextPage.FindStringSubmatch(all)
		if path = ""; next != nil {
			path = strings.ReplaceAll(next[1], "&amp;", "&")
		}
	}
	if rows != 500 {
		t.Errorf("the pages of the list have %d feeds, want 500", rows)
	}
	if got := si.ask(t, "GET", "/feeds"); !strings.Contains(got.body, "117 more are in the table of all feeds") {
		t.Error("a page with 167 failing feeds does not say that 117 of them are left out")
	}
}

var nextPage = regexp.MustCompile(`rel="next" href="([^"]*)"`)
