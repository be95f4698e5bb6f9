package timeline

import (
	"strings"
	"testing"
	"time"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// TestDays reads expressions of time by what is said to happen then. The day of
// publication is Thursday, 5 March 2026.
func TestDays(t *testing.T) {
	const met, will = "Путин встретился с Ильхамом Алиевым ", "Путин встретится с Ильхамом Алиевым "
	const enMet, enWill = "Putin met Ilham Aliyev ", "Putin will meet Ilham Aliyev "
	az := func(when, verb string) string { return "Putin " + when + " İlham Əliyevlə " + verb + "." }
	tests := []struct {
		lang       news.Lang
		text, want string
	}{
		{news.En, enMet + "on Monday.", "2026-03-02"},
		{news.En, enWill + "on Monday.", "2026-03-09"},
		{news.En, enMet + "on Thursday.", "2026-03-05"},
		{news.En, enWill + "next Thursday.", "2026-03-12"},
		{news.En, enMet + "last Thursday.", "2026-02-26"},
		{news.En, enMet + "yesterday.", "2026-03-04"},
		{news.En, enWill + "the day after tomorrow.", "2026-03-07"},
		{news.En, enMet + "on December 14.", "2025-12-14"},
		{news.En, enWill + "on 14th of December.", "2026-12-14"},
		{news.En, enWill + "on January 20.", "2027-01-20"},
		{news.En, enMet + "on Feb 20, 2024.", "2024-02-20"},
		{news.En, enWill + "on March 8-9.", "2026-03-08/2026-03-09"},
		{news.En, enWill + "in May.", "2026-05"},
		{news.En, enMet + "in October.", "2025-10"},
		{news.En, enWill + "this week.", "2026-03-02/2026-03-08"},
		{news.En, enWill + "next month.", "2026-04"},
		{news.En, enWill + "in the second quarter.", "2026-Q2"},
		{news.En, enWill + "next year.", "2027"},
		{news.En, enWill + "in 2028.", "2028"},
		{news.En, enWill + "to march on.", ""},
		{news.En, enWill + "on February 31.", ""},
		{news.Ru, met + "в понедельник.", "2026-03-02"},
		{news.Ru, will + "в понедельник.", "2026-03-09"},
		{news.Ru, met + "вчера.", "2026-03-04"},
		{news.Ru, will + "послезавтра.", "2026-03-07"},
		{news.Ru, will + "8 марта.", "2026-03-08"},
		{news.Ru, met + "14 декабря.", "2025-12-14"},
		{news.Ru, will + "с 8 по 10 марта.", "2026-03-08/2026-03-10"},
		{news.Ru, will + "8-го марта 2027 года.", "2027-03-08"},
		{news.Ru, met + "05.03.2026.", "2026-03-05"},
		{news.Ru, will + "в декабре.", "2026-12"},
		{news.Ru, met + "в октябре.", "2025-10"},
		{news.Ru, will + "на следующей неделе.", "2026-03-09/2026-03-15"},
		{news.Ru, will + "в следующем месяце.", "2026-04"},
		{news.Ru, will + "во втором квартале.", "2026-Q2"},
		{news.Ru, will + "в 2027 году.", "2027"},
		{news.Az, az("bazar ertəsi", "görüşüb"), "2026-03-02"},
		{news.Az, az("bazar ertəsi", "görüşəcək"), "2026-03-09"},
		{news.Az, az("cümə axşamı", "görüşəcək"), "2026-03-05"},
		{news.Az, az("sabah", "görüşəcək"), "2026-03-06"},
		{news.Az, az("dünən", "görüşüb"), "2026-03-04"},
		{news.Az, az("martın 8-də", "görüşəcək"), "2026-03-08"},
		{news.Az, az("8 martda", "görüşəcək"), "2026-03-08"},
		{news.Az, az("martın 8-9-da", "görüşəcək"), "2026-03-08/2026-03-09"},
		{news.Az, az("dekabrın 14-də", "görüşüb"), "2025-12-14"},
		{news.Az, az("2027-ci il martın 8-də", "görüşəcək"), "2027-03-08"},
		{news.Az, az("dekabrda", "görüşəcək"), "2026-12"},
		{news.Az, az("dekabr ayında", "görüşəcək"), "2026-12"},
		{news.Az, az("gələn həftə", "görüşəcək"), "2026-03-09/2026-03-15"},
		{news.Az, az("növbəti ayda", "görüşəcək"), "2026-04"},
		{news.Az, az("2027-ci ildə", "görüşəcək"), "2027"},
	}
	pub := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	for _, tt := range tests {
		es := Extract(lexiconOf(t).Read(news.Item{Text: tt.text, Lang: tt.lang}), pub)
		if len(es) != 1 {
			t.Errorf("Extract(%q) = %v, want one event", tt.text, es)
			continue
		}
		if got := es[0].Day; got != tt.want {
			t.Errorf("day of %q = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestWithoutDate holds that an item without a date of publication has only days that it
// says the year of.
func TestWithoutDate(t *testing.T) {
	for text, want := range map[string]string{
		"Putin met Ilham Aliyev on Monday.":        "",
		"Putin met Ilham Aliyev on March 2.":       "",
		"Putin met Ilham Aliyev on March 2, 2026.": "2026-03-02",
		"Putin met Ilham Aliyev last week.":        "",
	} {
		es := Extract(lexiconOf(t).Read(news.Item{Text: text, Lang: news.En}), time.Time{})
		if len(es) != 1 || es[0].Day != want {
			t.Errorf("Extract(%q) without a date = %v, want one event of day %q", text, es, want)
		}
	}
}

// TestSameEventOnce holds that what a headline says and the text says better is one event,
// and that its place is that of its words.
func TestSameEventOnce(t *testing.T) {
	it := news.Item{
		Title: "Lavrov to visit Baku", Lang: news.En,
		Text: "Russian Foreign Minister Sergei Lavrov will visit Baku on March 12. Lavrov will visit Baku, the spokeswoman repeated.",
	}
	es := Extract(lexiconOf(t).Read(it), time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC))
	if len(es) != 1 {
		t.Fatalf("Extract = %v, want one event", es)
	}
	e := es[0]
	if got, want := it.Text[e.Start:e.End], "visit"; e.Field != news.FieldText || got != want {
		t.Errorf("the event's words are %q in the %s, want %q in the text", got, e.Field, want)
	}
	if want := "Russian Foreign Minister Sergei Lavrov will visit Baku on March 12."; e.Sentence != want {
		t.Errorf("Sentence = %q, want %q", e.Sentence, want)
	}
}

// TestBounds holds that no more of an item is read than its first sentences, and of a
// sentence that does not end its first words.
func TestBounds(t *testing.T) {
	const event = "Putin met Ilham Aliyev in Baku"
	for name, text := range map[string]string{
		"endless sentence": strings.Repeat("and so on, ", maxTokens/4) + event + ".",
		"late sentence":    strings.Repeat("Rain fell. ", maxSentences) + event + ".",
	} {
		es := Extract(lexiconOf(t).Read(news.Item{Text: text, Lang: news.En}), time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC))
		if len(es) != 0 {
			t.Errorf("%s: Extract = %v, want nothing", name, es)
		}
	}
}

// FuzzExtract holds that any text at all gives events that lie in it.
func FuzzExtract(f *testing.F) {
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		for _, w := range readSentences(f, l) {
			f.Add(w.title, w.text, string(l))
		}
	}
	f.Add("", "Putin visit Baku March 99 - 8 на с 2026", "en")
	f.Add("", strings.Repeat("Putin met Aliyev in Baku on 8 ", 200), "en")
	lx := lexiconOf(f)
	f.Fuzz(func(t *testing.T, title, text, l string) {
		it := news.Item{Title: title, Text: text, Lang: news.Lang(l), Side: news.SideAz}
		for _, e := range Extract(lx.Read(it), time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)) {
			field := text
			if e.Field == news.FieldTitle {
				field = title
			}
			at := strings.Index(field, e.Sentence)
			if e.Sentence == "" || at < 0 || e.Start < 0 || e.End > len(field) || e.Start >= e.End || len(e.Who) == 0 || e.State == "" {
				t.Errorf("Extract(%q, %q) = %+v", title, text, e)
			}
			if e.Document != "" && !strings.Contains(e.Sentence, e.Document) {
				t.Errorf("the document %q is not in %q", e.Document, e.Sentence)
			}
			if _, _, ok := news.DaySpan(e.Day); e.Day != "" && !ok {
				t.Errorf("%q is no day", e.Day)
			}
		}
	})
}

// BenchmarkExtract measures an item that names both sides and tells of no event, one that
// names one side alone, and one with an event.
func BenchmarkExtract(b *testing.B) {
	lx := lexiconOf(b)
	pub := time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC)
	long := strings.Repeat(" Exports of tomatoes, apples and persimmons grew by 12 percent against the year before, the customs committee says.", 6)
	for name, text := range map[string]string{
		"eventless": "Trade between Russia and Azerbaijan rose to $4.8 billion last year." + long,
		"one side":  "Azerbaijan sold more gas to Europe last year." + long,
		"event":     "Putin and Ilham Aliyev will meet in Moscow on March 12, Dmitry Peskov said." + long,
	} {
		d := lx.Read(news.Item{Title: "Baku and Moscow", Text: text, Lang: news.En})
		if name == "one side" {
			d = lx.Read(news.Item{Text: text, Lang: news.En})
		}
		b.Run(name, func(b *testing.B) { benchmark(b, d, pub) })
	}
}

func benchmark(b *testing.B, d *lexicon.Doc, pub time.Time) {
	b.ReportAllocs()
	for b.Loop() {
		Extract(d, pub)
	}
}
