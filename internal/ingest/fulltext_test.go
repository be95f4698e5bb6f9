package ingest

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/store"
)

const (
	pageLead = "Deputy Prime Ministers Alexei Overchuk and Shahin Mustafayev signed the agreement on gas transit in Baku on Saturday."
	pageRest = "Trade between Russia and Azerbaijan reached 4.9 billion dollars in 2025, up 12.4 percent, the Azerbaijani side said after the meeting."
)

// fullPage is a page with the whole of meeting.
const fullPage = "<html><nav><a href=/>Home</a></nav><article><h1>Gas transit</h1><p>" + pageLead + "</p><p>" + pageRest +
	"</p></article><footer>All rights reserved</footer></html>"

// brief is meeting as feeds give it: a title and a line.
func brief(path string) entry {
	e := meeting
	e.guid, e.path, e.text = path, path, "An agreement on gas transit was signed."
	return e
}

// here writes a document whose entries lead to pages of the site.
func (b *bench) here(entries ...entry) answer {
	return answer{body: strings.ReplaceAll(rss(entries...), "https://news.example", b.site.URL)}
}

// pollFull polls a feed that is to have full text.
func (b *bench) pollFull(at time.Time) news.Attempt {
	b.t.Helper()
	f := b.feed("trend")
	f.FullText = true
	a, err := b.Feed(b.t.Context(), f, at)
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

func TestFullText(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("m", answer{body: fullPage, header: map[string]string{"Content-Type": "text/html"}})
	b.site.put("trend", b.here(brief("m")))
	b.pollFull(day)
	it := b.items()[0]
	if want := pageLead + "\n" + pageRest; it.Text != want {
		t.Errorf("Text = %q, want %q", it.Text, want)
	}
	if !it.Verdict.Relevant || len(it.Figures) == 0 {
		t.Errorf("relevant %v with %d figures, want those of the page", it.Verdict.Relevant, len(it.Figures))
	}
	if diff := cmp.Diff([]string{"read"}, b.pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	// The next poll brings the line of the feed again, which is no new wording.
	b.site.put("trend", b.here(brief("m"), numbered(1)))
	b.site.put("m", answer{status: http.StatusGone})
	if a := b.pollFull(day.Add(time.Hour)); a.New != 1 || a.Repeated != 1 || a.Revised != 0 {
		t.Errorf("second poll = %+v, want the item known and unchanged", a)
	}
	if got := b.items()[0]; got.Text != it.Text {
		t.Errorf("Text after the second poll = %q, want that of the page", got.Text)
	}
	// A line that was changed is a revision, as without full text.
	changed := brief("m")
	changed.text = "An agreement on gas transit was signed on Saturday."
	b.site.put("trend", b.here(changed))
	if a := b.pollFull(day.Add(2 * time.Hour)); a.Revised != 1 {
		t.Errorf("third poll = %+v, want a revision", a)
	}
}

// TestFullTextFails holds that whatever a page does, the item is stored with what the
// feed gave, and the poll is good.
func TestFullTextFails(t *testing.T) {
	page := func(body string) answer {
		return answer{body: body, header: map[string]string{"Content-Type": "text/html"}}
	}
	long := brief("m")
	long.text = strings.Repeat("An agreement on gas transit was signed. ", 50)
	for _, tt := range []struct {
		name  string
		entry entry
		page  answer
		also  map[string]answer
		want  string
	}{
		{"not there", brief("m"), answer{status: 404}, nil, "status"},
		{"not for us", brief("m"), answer{status: 403, body: fullPage}, nil, "status"},
		{"busy", brief("m"), answer{status: 429}, nil, "busy"},
		{"bot wall", brief("m"), page("<p>Please prove that you are no machine, by ticking every picture with a bridge in it, and go on.</p>"), nil, "other"},
		{"another article", brief("m"), page("<p>The weather stays clear until the weekend, with a light wind from the sea and nights without frost.</p>"), nil, "other"},
		{"no more than the feed", meeting, page("<p>" + pageRest + "</p>"), nil, "shorter"},
		{"the feed gave it all", long, page(fullPage), nil, "enough"},
		{"robots.txt", brief("m"), page(fullPage), map[string]answer{"robots.txt": {body: "User-agent: *\nDisallow: /m"}}, "robots"},
		{"robots.txt in trouble", brief("m"), page(fullPage), map[string]answer{"robots.txt": {status: 500}}, "not-now"},
		{"picture", brief("m"), answer{header: map[string]string{"Content-Type": "image/png"}}, nil, "not-a-page"},
		{"no link", func() entry { e := brief("m"); e.path = ""; return e }(), page(fullPage), nil, "elsewhere"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, store.Options{})
			b.site.put("m", tt.page)
			for path, a := range tt.also {
				b.site.put(path, a)
			}
			b.site.put("trend", b.here(tt.entry))
			if a := b.pollFull(day); a.Cause != news.CauseNone || a.New != 1 {
				t.Errorf("Attempt = %+v, want a good one", a)
			}
			if got, want := b.items()[0].Text, strings.TrimSpace(tt.entry.text); got != want {
				t.Errorf("Text = %q, want the feed's %q", got, want)
			}
			if diff := cmp.Diff([]string{tt.want}, b.pages); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

// TestFullTextIsAskedForSparingly holds which pages are asked for: none without the
// switch, none of what is archived, and of the others the newest.
func TestFullTextIsAskedForSparingly(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("apa", b.here(brief("x")))
	b.poll("apa", day)
	if n := b.site.requests(); n != 1 {
		t.Errorf("a feed without full text cost %d requests, want 1", n)
	}
	var entries []entry
	for n := range 7 {
		e := numbered(n)
		e.at = day.Add(-time.Duration(10-n) * time.Minute)
		entries = append(entries, e)
	}
	old := numbered(8)
	old.at = day.Add(-48 * time.Hour)
	b.site.put("trend", b.here(append(entries, old)...))
	b.pollFull(day)
	if diff := cmp.Diff([]string{"status", "status", "status", "status", "status", "limit", "limit"}, b.pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if n := b.site.requests(); n != 1+1+1+5 {
		t.Errorf("%d requests, want the two feeds, robots.txt and five pages", n)
	}
	if n := len(b.items()); n != 9 {
		t.Errorf("%d items are stored, want 9", n)
	}
}

// TestFullTextEnds holds that a stop while a page is awaited leaves nothing behind.
func TestFullTextEnds(t *testing.T) {
	b := newBench(t, store.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	hold := make(chan struct{})
	defer close(hold)
	b.site.put("robots.txt", answer{status: 404})
	b.site.put("m", answer{hold: hold, began: cancel})
	b.site.put("trend", b.here(brief("m")))
	f := b.feed("trend")
	f.FullText = true
	if _, err := b.Feed(ctx, f, day); !errors.Is(err, context.Canceled) {
		t.Errorf("Feed = %v, want context.Canceled", err)
	}
	if n := len(b.items()); n != 0 || len(b.pages) != 0 {
		t.Errorf("%d items and %d results after a stop, want none", n, len(b.pages))
	}
}

// pagesElsewhere is a bench of a feed whose pages are on a host that has a feed too.
func pagesElsewhere(t *testing.T) (b *bench, pages *site, other news.Feed) {
	b, pages = newBench(t, store.Options{}), newSite(t)
	pages.put("robots.txt", answer{status: 404})
	pages.put("apa", answer{body: rss(list(0, 2)...)})
	other = b.feed("apa")
	other.URL = pages.URL + "/apa"
	return b, pages, other
}

// leading is a document with an entry whose page is the one of that name on a site.
func leading(to *site, path string) answer {
	e := brief(path)
	e.title += ", paper " + path
	return answer{body: strings.ReplaceAll(rss(e), "https://news.example", to.URL)}
}

// TestFullTextLeavesAlone holds that a host is left alone by pages and feeds alike,
// whichever of them it has told so.
func TestFullTextLeavesAlone(t *testing.T) {
	b, pages, other := pagesElsewhere(t)
	pages.put("m", answer{status: 429, header: map[string]string{"Retry-After": "7200"}})
	b.site.put("trend", leading(pages, "m"))
	b.pollFull(day)
	b.restart()
	if a, err := b.Feed(t.Context(), other, day.Add(time.Hour)); err != nil || a.Cause != news.CauseBusy {
		t.Errorf("Feed of the host of the page = %+v, %v, want it left alone", a, err)
	}
	b.site.put("trend", leading(pages, "n"))
	b.pollFull(day.Add(time.Hour))
	if diff := cmp.Diff([]string{"busy", "not-now"}, b.pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
	if n := pages.requests(); n != 2 {
		t.Errorf("the host was asked %d times, want for robots.txt and a page", n)
	}
}

// TestFullTextWaitsForFeeds holds that no page is asked for while a feed of its host is
// read.
func TestFullTextWaitsForFeeds(t *testing.T) {
	b, pages, other := pagesElsewhere(t)
	hold, began := make(chan struct{}), make(chan struct{})
	pages.put("apa", answer{body: rss(list(0, 2)...), hold: hold, began: func() { close(began) }})
	asked := func() {
		select {
		case <-hold:
		default:
			t.Error("asked while a feed of the host was read")
		}
	}
	pages.put("robots.txt", answer{status: 404, began: asked})
	pages.put("m", answer{body: fullPage, header: map[string]string{"Content-Type": "text/html"}, began: asked})
	doc := leading(pages, "m")
	doc.began = func() { time.AfterFunc(50*time.Millisecond, func() { close(hold) }) }
	b.site.put("trend", doc)
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := b.Feed(t.Context(), other, day); err != nil {
			t.Error(err)
		}
	})
	<-began
	b.pollFull(day)
	wg.Wait()
	if diff := cmp.Diff([]string{"read"}, b.pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}
