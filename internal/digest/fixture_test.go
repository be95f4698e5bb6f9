package digest

import (
	"fmt"
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

var (
	slot  = news.Slot{Digest: "daily", At: time.Date(2025, 3, 11, 4, 0, 0, 0, time.UTC)}
	start = slot.At.Add(-24 * time.Hour)
)

// window is what the fixtures report: the members 101 to 200.
var window = news.Window{From: news.Cursor{Item: 100}, To: news.Cursor{Item: 200}, Start: start, End: slot.At, Zone: "Asia/Baku"}

// report is one item of a story, in few words. Its topics are a list of slugs; "-"
// makes it irrelevant.
type report struct {
	id     string // its outlet is what stands before the dot
	seq    uint64
	lang   news.Lang
	title  string
	text   string
	topics string // "trade" when empty
	copyOf string
	score  float64       // 4.4 when 0
	ago    time.Duration // published so long before it was seen
}

// sides of the outlets of the fixtures.
var sides = map[string]news.Side{
	"kura": news.SideAz, "shirvan": news.SideAz, "absheron": news.SideAz,
	"neva": news.SideRu, "volga": news.SideRu, "ladoga": news.SideRu,
}

func (r report) item(t testing.TB) news.Item {
	t.Helper()
	outlet, _, _ := strings.Cut(r.id, ".")
	side := sides[outlet]
	if side == "" {
		side = news.SideOther
	}
	seen := start.Add(time.Duration(r.seq) * time.Minute)
	it := news.Item{
		ID: r.id, Seq: r.seq, Outlet: outlet, Side: side, Lang: r.lang, URL: "https://" + outlet + ".example/" + r.id,
		Title: r.title, Text: r.text, FirstSeen: seen, Published: seen.Add(-r.ago), Dated: news.DatedFeed, CopyOf: r.copyOf,
	}
	if it.Lang == "" {
		it.Lang = news.En
	}
	if r.score == 0 {
		r.score = 4.4
	}
	it.Verdict = news.Verdict{Relevant: r.topics != "-", Score: r.score, Threshold: 2.2, Evidence: []news.Evidence{{Concept: r.id, Points: r.score}}}
	if r.topics == "" {
		r.topics = "trade"
	}
	for i, slug := range strings.Fields(strings.Trim(r.topics, "-.")) {
		it.Verdict.Matches = append(it.Verdict.Matches, news.Match{Topic: slug, Score: 3 - float64(i)})
	}
	it.Figures = figures.Extract(realLexicon(t).Analyse(it.Title, it.Text, it.Lang), it.Published)
	return it
}

// tale makes a story of reports in order of arrival.
func tale(t testing.TB, id string, rs ...report) Story {
	t.Helper()
	s := Story{Story: news.Story{ID: id}}
	for _, r := range rs {
		it := r.item(t)
		s.Items = append(s.Items, it)
		s.Members = append(s.Members, news.Member{
			Item: it.ID, Seq: it.Seq, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang, FirstSeen: it.FirstSeen, CopyOf: it.CopyOf,
		})
	}
	s.First, s.Last = s.Members[0].FirstSeen, s.Members[len(s.Members)-1].FirstSeen
	return s
}

// toldUpto marks a story as told by the digest of the fixtures a day before.
func toldUpto(s Story, upto uint64) Story {
	s.Told = append(s.Told, news.Told{Digest: slot.Digest, Slot: start, Upto: upto})
	return s
}

// input is an Input with the fixtures' window and three topics.
func input(t testing.TB, stories ...Story) Input {
	t.Helper()
	in := Input{
		Options: Options{
			Lang: news.En, MaxStories: 30, MaxPerTopic: 10, LateAfter: 15 * time.Minute,
			Topics: []Topic{{"political-dialogue", "Political dialogue"}, {"trade", "Trade"}, {"transport", "Transport"}},
		},
		Slot: slot, Now: slot.At.Add(time.Minute), Window: window, Stories: stories, Lexicon: realLexicon(t),
	}
	in.Ledger = ledgerFor(in)
	return in
}

// ledgerFor is an account that balances before the members of in's stories are
// told of.
func ledgerFor(in Input) news.Ledger {
	l := news.Ledger{Repeated: 7, Rejected: 5, Seen: 12}
	for _, s := range in.Stories {
		for _, m := range s.Members {
			if m.Seq > in.Window.From.Item && m.Seq <= in.Window.To.Item {
				l.Seen++
			}
		}
	}
	return l
}

// entries lists the entries of a digest by section.
func entries(d news.Digest) map[string][]string {
	out := map[string][]string{}
	for _, s := range d.Sections {
		for _, e := range s.Entries {
			out[s.Topic] = append(out[s.Topic], e.Story)
		}
	}
	return out
}

// only returns the single entry of a digest.
func only(t *testing.T, d news.Digest) news.Entry {
	t.Helper()
	if d.Ledger.Stories != 1 {
		t.Fatalf("Build told %d stories (%v), want 1", d.Ledger.Stories, entries(d))
	}
	return d.Sections[0].Entries[0]
}

// account is the part of a ledger that Build writes.
func account(l news.Ledger) string {
	return fmt.Sprintf("told %d held %d repeated %d rejected %d", l.Told, l.Held, l.Repeated-7, l.Rejected-5)
}

// Reports that the tables share, in the manner of agencies of both sides.
var (
	turnoverEn = report{
		id: "kura.1", seq: 101, title: "Azerbaijan's trade with Russia exceeds $4.8 billion",
		text: "Trade turnover between Azerbaijan and Russia amounted to $4.8 billion in 2024, Economy Minister Mikayil Jabbarov said in Baku. Exports of farm goods grew fastest, with tomatoes and persimmons in the lead.",
	}
	turnoverRu = report{
		id: "neva.1", seq: 102, lang: news.Ru, title: "Товарооборот России и Азербайджана достиг 4,8 млрд долларов",
		text: "Товарооборот России и Азербайджана в 2024 году составил 4,8 млрд долларов, сообщил вице-премьер Алексей Оверчук. Стороны договорились открыть торговый дом в Казани до конца лета.",
	}
	turnoverAz = report{
		id: "shirvan.1", seq: 103, lang: news.Az, title: "Azərbaycanla Rusiya arasında ticarət dövriyyəsi 4,8 milyard dollara çatıb",
		text: "2024-cü ildə Azərbaycanla Rusiya arasında ticarət dövriyyəsi 4,8 milyard dollar olub. İqtisadiyyat naziri Mikayıl Cabbarov bunu Bakıda keçirilən görüşdə bildirib.",
	}
	talksEn = report{
		id: "kura.2", seq: 111, topics: "political-dialogue", title: "Bayramov and Lavrov hold talks in Moscow",
		text: "Azerbaijani Foreign Minister Jeyhun Bayramov met his Russian counterpart Sergey Lavrov in Moscow. The ministers discussed the agenda of bilateral relations and regional security.",
	}
)

// at returns a report with another id and place.
func (r report) at(id string, seq uint64) report {
	r.id, r.seq = id, seq
	return r
}

// saying returns a report with other words.
func (r report) saying(title, text string) report {
	r.title, r.text = title, text
	return r
}
