package web

import (
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"samur/internal/news"
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
	got := mixedSite(t).ask(t, "GET", "/")
	for _, want := range []string{
		"Feeds that need a look: 4 of 7. Deliveries that failed for good: 1. Channels closed by their receivers: hook.",
		`<td>APA</td><td>well</td><td>2026-03-08 04:00</td><td>2026-03-08 04:00</td><td>2026-03-08 06:00</td><td>7</td>`,
		`<td class="bad">failing</td><td>its name could not be resolved<div class="detail">no such host</div></td><td>3</td><td>2026-03-08 03:00</td>`,
		`<td class="bad">told to wait</td><td>asked us to wait</td>`,
		`<td class="bad">gone</td><td>never</td><td>2026-03-08 04:00</td><td>not any more</td>`,
		`<td class="bad">see advice</td><td><div class="detail">set url to https://new.example/rss</div></td>`,
		`<td>new address, not polled yet</td>`,
		`<td>not polled yet</td><td>never</td><td>never</td><td>now</td><td>–</td>`,
		`<th scope="row">daily</th><td>2026-03-09 08:00 Asia/Baku (in 23 h)</td>`,
		`<a href="/digest/daily/2026-03-08T04:00:00Z">2026-03-08 08:00 Asia/Baku</a></td><td>1 story, 3 items</td>`,
		"1 waiting or being sent; 1 failed for good.",
		`<th scope="row">daily@2026-03-08T04:00:00Z</th><td>hook</td><td>550 &lt;…@example.org&gt;: no such user</td><td>2026-03-08 04:00</td>`,
		"<dt>Polls</dt><dd>6, of them 4 failed</dd>",
		"samur 1.2.3",
	} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the status page lacks %q", want)
		}
	}
	for _, not := range []string{"person@", "<script"} {
		if strings.Contains(got.body, not) {
			t.Errorf("the status page has %q", not)
		}
	}
	if t.Failed() {
		t.Log(got.body)
	}
	// Those that fail most come first.
	if first, second := strings.Index(got.body, ">gone</th>"), strings.Index(got.body, ">trend</th>"); first < 0 || first > second {
		t.Errorf("gone stands at %d, trend at %d in the table of trouble", first, second)
	}
}

func TestStatusWhenAllIsWell(t *testing.T) {
	si := newSite(t)
	if got := si.ask(t, "GET", "/"); !strings.Contains(got.body, "No feed is configured yet.") {
		t.Errorf("without feeds the page says:\n%s", got.body)
	}
	si.poll(t, news.Feed{Name: "apa", URL: "https://apa.example/rss"}, news.FeedState{LastSuccess: day}, news.Attempt{Status: 200})
	got := si.ask(t, "GET", "/")
	if !strings.Contains(got.body, `class="verdict good">All is well.`) || strings.Contains(got.body, `id="trouble"`) {
		t.Errorf("with one good feed the page says:\n%s", got.body)
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
	for _, path := range []string{"/", "/digests", "/" + "%22%3E%3Cscript%3E", "/digest/%3Cscript%3E/x"} {
		body := si.ask(t, "GET", path).body
		for _, bad := range []string{"<script", "<img", "<b>", "javascript:alert", `href="javascript`, "\u202e", "\x1b", "\x00", "password"} {
			if strings.Contains(body, bad) {
				t.Errorf("GET %s has %q", path, bad)
			}
		}
		wellFormed(t, path, body)
	}
	if body := si.ask(t, "GET", "/").body; strings.Count(body, ` rel="noreferrer"`) != 1 || strings.Count(body, `href="http`) != 1 {
		t.Errorf("want one outside link, with rel=noreferrer, got:\n%s", body)
	}
}

// void is what HTML does not close.
var void = regexp.MustCompile(`<(!doctype|meta|link)[^>]*>`)

// wellFormed fails unless every element that is opened is closed in order.
func wellFormed(t *testing.T, path, body string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(void.ReplaceAllString(body, "")))
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
		si.feeds = append(si.feeds, f)
		if n%3 != 0 {
			continue // those were never polled; their rows are as long
		}
		si.feeds = si.feeds[:n]
		si.poll(t, f, news.FeedState{Failures: 3, Cause: news.CauseBotWall, Error: strings.Repeat("words ", 40)}, news.Attempt{Cause: news.CauseBotWall})
	}
	got := si.ask(t, "GET", "/")
	if len(got.body) > 200_000 {
		t.Errorf("the page with 500 feeds has %d bytes, want at most 200,000", len(got.body))
	}
	t.Logf("%d bytes", len(got.body))

	si.feeds = append(si.feeds, make([]news.Feed, 300)...)
	more := si.ask(t, "GET", "/")
	if !strings.Contains(more.body, "300 more are shown by: samur feeds list") {
		t.Error("a page with 800 feeds does not say that 300 are left out")
	}
	if !strings.Contains(more.body, "117 more are in the table of all feeds") {
		t.Error("a page with 167 failing feeds does not say that 117 of them are left out")
	}
}

func TestCausesHaveWords(t *testing.T) {
	for _, c := range []news.Cause{
		news.CauseDNS, news.CauseConnect, news.CauseTLS, news.CauseTimeout, news.CauseRefused, news.CauseRedirect,
		news.CauseStatus, news.CauseBusy, news.CauseGone, news.CauseTooLarge, news.CauseBotWall, news.CauseNotFeed,
		news.CauseParse, news.CauseStore,
	} {
		if got := causeWords(c); got == string(c) || got == "" {
			t.Errorf("causeWords(%q) = %q, want words", c, got)
		}
	}
	if got := causeWords(news.CauseNone); got != "" {
		t.Errorf("causeWords of no cause = %q, want nothing", got)
	}
}

func TestWords(t *testing.T) {
	now := day
	tests := []struct{ name, got, want string }{
		{"clean cuts", clean("абвгд", 3), "абв…"},
		{"clean keeps what fits", clean("абв", 3), "абв"},
		{"clean joins lines", clean(" a\r\n\tb ", 9), "a   b"},
		{"clean repairs", clean("a\xffb", 9), "a\uFFFDb"},
		{"link", link("https://a.example/x?y=1"), "https://a.example/x?y=1"},
		{"link of another scheme", link("ftp://a.example/"), ""},
		{"link without host", link("https:///x"), ""},
		{"link with password", link("https://u:p@a.example/"), ""},
		{"link too long", link("https://a.example/" + strings.Repeat("x", 600)), ""},
		{"local", local(day, "Asia/Baku"), "2026-03-08 08:00 Asia/Baku"},
		{"local without zone", local(day, ""), "2026-03-08 04:00 UTC"},
		{"local in no zone", local(day, "Nowhere/At-All"), "2026-03-08 04:00 UTC"},
		{"never", utc(time.Time{}), "never"},
		{"distance soon", distance(now.Add(59*time.Minute), now), "in 59 min"},
		{"distance far", distance(now.Add(72*time.Hour), now), "in 3 days"},
		{"distance past", distance(now.Add(-3*time.Hour), now), "3 h ago"},
		{"distance none", distance(now, now), "now"},
		{"distance unknown", distance(time.Time{}, now), ""},
		{"size", size(5 << 20), "5.0 MiB"},
		{"size small", size(12), "12 B"},
		{"size large", size(3 << 29), "1.5 GiB"},
		{"one", counted(1, "story", "stories"), "1 story"},
		{"none", counted(0, "story", "stories"), "0 stories"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}
