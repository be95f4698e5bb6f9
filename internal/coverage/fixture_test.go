package coverage

import (
	"strings"
	"sync"
	"testing"
	"time"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

var loadLexicon = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load(seeds.FS) })

func realLexicon(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	x, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// dawn is when the stories of these tests begin.
var dawn = time.Date(2025, 3, 11, 4, 10, 0, 0, time.UTC)

// sides of the outlets of the fixtures; all others are of no side.
var sides = map[string]news.Side{
	"kura": news.SideAz, "shirvan": news.SideAz, "absheron": news.SideAz,
	"neva": news.SideRu, "volga": news.SideRu, "ladoga": news.SideRu,
}

// told is one report in few words.
type told struct {
	id     string // its outlet is what stands before the dot
	after  time.Duration
	lang   news.Lang // En when empty
	title  string
	text   string
	copyOf string
	dated  news.Dated    // DatedFeed when empty
	lag    time.Duration // seen so long after it was published
}

// input makes a story of reports, seen in the order in which they stand.
func input(t testing.TB, ts ...told) Input {
	t.Helper()
	in := Input{Lexicon: realLexicon(t), Now: dawn.Add(12 * time.Hour)}
	for i, r := range ts {
		it := r.item(t)
		it.Seq = uint64(i + 1)
		in.Items = append(in.Items, it)
		in.Story.Members = append(in.Story.Members, news.Member{
			Item: it.ID, Seq: it.Seq, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen, CopyOf: it.CopyOf,
		})
	}
	return in
}

func (r told) item(t testing.TB) news.Item {
	t.Helper()
	outlet, _, _ := strings.Cut(r.id, ".")
	side := sides[outlet]
	if side == "" {
		side = news.SideOther
	}
	it := news.Item{
		ID: r.id, Outlet: outlet, Side: side, Lang: r.lang, URL: "https://" + outlet + ".example/" + r.id, Title: r.title, Text: r.text,
		Published: dawn.Add(r.after), FirstSeen: dawn.Add(r.after + r.lag), Dated: r.dated, CopyOf: r.copyOf,
	}
	if it.Lang == "" {
		it.Lang = news.En
	}
	if it.Dated == "" {
		it.Dated = news.DatedFeed
	}
	it.Figures = figures.Extract(realLexicon(t).Analyse(it.Title, it.Text, it.Lang), it.Published)
	return it
}
