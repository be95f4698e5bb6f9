package render_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samur/internal/news"
	"samur/internal/render"
)

// report has a feed of each kind, and words that are not to be believed.
func report() render.Report {
	at := time.Date(2026, 3, 8, 6, 15, 0, 0, time.UTC)
	return render.Report{At: at, Feeds: 33, Broken: 2, Notices: []news.Notice{
		{
			Feed: "minval", At: at, Kind: news.NoticeBroke, Cause: news.CauseStatus, Error: `fetch "https://minval.az/rss": status 403`,
			Since: at.Add(-2 * time.Hour), Advice: "the publisher turns programs away: set poll.contact, ask them, or set user_agent of this feed",
		},
		{
			Feed: "evil", At: at, Kind: news.NoticeBroke, Cause: news.CauseBotWall, Since: at.Add(-26 * time.Hour),
			Error: "<script>alert(1)</script>\r\nBcc: a@example.org \x1b[31m\u202e [a](javascript:b)",
		},
		{Feed: "apa", At: at, Kind: news.NoticeHealed, Cause: news.CauseTimeout, Since: at.Add(-5 * time.Hour)},
		{Feed: "trend", At: at, Kind: news.NoticeMoved, Cause: news.CauseMoved, Advice: "the feed has moved for good: set url to https://trend.az/rss"},
	}}
}

func TestNoticesGolden(t *testing.T) {
	e, err := render.Notices(report())
	if err != nil {
		t.Fatal(err)
	}
	for ext, got := range map[string][]byte{
		"txt": e.Text, "html": e.HTML, "md": e.Markdown, "json": e.JSON, "subject": []byte(e.Subject + "\n"),
	} {
		golden(t, filepath.Join("testdata", "golden", "notices."+ext), got)
	}
}

// A message stays within a mail's limit and names the cause that all have in common.
func TestManyNotices(t *testing.T) {
	r := render.Report{At: time.Date(2026, 3, 8, 6, 15, 0, 0, time.UTC), Feeds: 5000, Broken: 4000}
	for n := range 4000 {
		r.Notices = append(r.Notices, news.Notice{
			Feed: strings.Repeat("f", 80) + fmt.Sprint(n), Kind: news.NoticeBroke, Cause: news.CauseDNS, Error: strings.Repeat("e", 1000), Advice: news.Ground(strings.Repeat("a", 1000)),
		})
	}
	e, err := render.Notices(r)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.HTML) > 100_000 {
		t.Errorf("HTML has %d bytes, want at most 100,000", len(e.HTML))
	}
	for _, want := range []string{"3940 feeds more that broke", "this machine first", "1000 of 5000 feeds are well"} {
		if !strings.Contains(string(e.Text), want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}
