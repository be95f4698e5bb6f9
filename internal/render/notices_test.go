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
func report(l news.Lang) render.Report {
	at := time.Date(2026, 3, 8, 6, 15, 0, 0, time.UTC)
	return render.Report{At: at, Lang: l, Zone: "Asia/Baku", Feeds: 33, Broken: 2, Notices: []news.Notice{
		{
			Feed: "minval", At: at, Kind: news.NoticeBroke, Cause: news.CauseStatus, Error: `fetch "https://minval.az/rss": status 403`,
			Since: at.Add(-2 * time.Hour), Advice: news.Because(news.AdviceBotWall),
		},
		{
			Feed: "evil", At: at, Kind: news.NoticeBroke, Cause: news.CauseBotWall, Since: at.Add(-26 * time.Hour),
			Error: "<script>alert(1)</script>\r\nBcc: a@example.org \x1b[31m\u202e [a](javascript:b)",
		},
		{Feed: "apa", At: at, Kind: news.NoticeHealed, Cause: news.CauseTimeout, Since: at.Add(-5 * time.Hour)},
		{Feed: "trend", At: at, Kind: news.NoticeMoved, Cause: news.CauseMoved, Advice: news.Because(news.AdviceMoved, "https://trend.az/rss")},
	}}
}

func TestNoticesGolden(t *testing.T) {
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		e, err := render.Notices(report(l))
		if err != nil {
			t.Fatal(err)
		}
		for ext, got := range map[string][]byte{
			"txt": e.Text, "flowed.txt": e.Flowed, "html": e.HTML, "md": e.Markdown, "json": e.JSON, "subject": []byte(e.Subject + "\n"),
		} {
			golden(t, filepath.Join("testdata", "golden", "notices-"+string(l)+"."+ext), got)
		}
	}
}

// TestKeepersLanguage holds that no word of ours in a message to the keeper is left in
// another language than theirs.
func TestKeepersLanguage(t *testing.T) {
	for l, foreign := range map[news.Lang]string{news.Ru: "abcdefghijklmnopqrstuvwxyz", news.Az: "wбвгджийлпуфцчшщъыьэюя"} {
		trial, err := render.Trial("1", at(8, 9, 30), l, "Asia/Baku")
		if err != nil {
			t.Fatal(err)
		}
		r := report(l)
		for i := range r.Notices {
			r.Notices[i].Feed, r.Notices[i].Error = "1", ""
			if r.Notices[i].Kind == news.NoticeMoved {
				r.Notices[i].Advice = ""
			}
		}
		r.Broken = 30
		notices, err := render.Notices(r)
		if err != nil {
			t.Fatal(err)
		}
		for name, e := range map[string]news.Edition{"trial": trial, "notices": notices} {
			said := strings.NewReplacer("samur", "", "poll.contact", "", "user_agent", "", "UTC", "").Replace(e.Subject + string(e.Text))
			if i := strings.IndexAny(said, foreign); i >= 0 {
				t.Errorf("%s in %s has letters of another language: %q", name, l, said)
			}
		}
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
	for _, want := range []string{"And also: 3,940 feeds broke", "this machine first", "1,000 of 5,000 feeds are well"} {
		if !strings.Contains(string(e.Text), want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}
