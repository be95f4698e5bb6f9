package digest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// correction is a later wording of a report of the fixtures, seen within their window.
func correction(r report, oldText, newText string) news.Correction {
	outlet, _, _ := strings.Cut(r.id, ".")
	return news.Correction{Item: r.id, Outlet: outlet, URL: "https://" + outlet + ".example/" + r.id, At: start.Add(3 * time.Hour), Old: oldText, New: newText}
}

const (
	wrongTurnover = "Trade turnover between Azerbaijan and Russia amounted to $4.8 billion in 2024, Economy Minister Mikayil Jabbarov said in Baku."
	rightTurnover = "Trade turnover between Azerbaijan and Russia amounted to $4.4 billion in 2024, Economy Minister Mikayil Jabbarov said in Baku."
	rightTitle    = "Azerbaijan's trade with Russia exceeds $4.4 billion"
)

// A story that was told comes back when a report of it is reworded, without anything
// new of its own, and no cap holds that back.
func TestToldStoryIsCorrected(t *testing.T) {
	s := toldUpto(tale(t, "s", turnoverEn.at("kura.1", 80), turnoverRu.at("neva.1", 81)), 99)
	s.Corrections = []news.Correction{
		correction(turnoverEn, wrongTurnover, rightTurnover),
		correction(turnoverEn, turnoverEn.title, rightTitle),
		correction(report{id: "nobody.1"}, "a", "b"), // of no member
	}
	in := input(t, s, joint(t, 1, "trade", 9), joint(t, 2, "trade", 8), joint(t, 3, "trade", 7), lone(t, 4, "trade", 9))
	in.Options.MaxStories, in.Options.MaxPerTopic = 1, 1
	d := Build(in)
	if diff := cmp.Diff(map[string][]string{"top": {"s1"}, "trade": {"s"}}, entries(d)); diff != "" {
		t.Fatalf("told (-want +got):\n%s", diff)
	}
	e := d.Sections[1].Entries[0]
	if e.Reason != news.ReasonCorrected || len(e.Items) != 0 || !e.Before.Equal(start) {
		t.Errorf("reason %q, items %q, told before %v; want corrected, none, %v", e.Reason, e.Items, e.Before, start)
	}
	if got, want := e.Headline.Text, rightTitle; got != want {
		t.Errorf("headline = %q, want %q as it stands now", got, want)
	}
	if len(e.Quotes) != 0 || len(e.Figures) != 0 {
		t.Errorf("quotes %v and figures %v: the whole story again", e.Quotes, e.Figures)
	}
	if diff := cmp.Diff([]string{rightTitle, rightTurnover}, []string{e.Corrections[0].New, e.Corrections[1].New}); diff != "" || len(e.Corrections) != 2 {
		t.Errorf("corrections %+v (-want +got):\n%s", e.Corrections, diff)
	}
	if !d.Ledger.Balances() {
		t.Errorf("ledger = %+v", d.Ledger)
	}
}

// What a publisher has taken back is not quoted as if it stood, nor put into the box.
func TestNewStoryWithACorrection(t *testing.T) {
	s := tale(t, "s", turnoverEn)
	s.Corrections = []news.Correction{correction(turnoverEn, wrongTurnover, rightTurnover), correction(turnoverEn, turnoverEn.title, rightTitle)}
	d := Build(input(t, s))
	e := only(t, d)
	if e.Reason != "" || len(e.Corrections) != 2 || e.Headline.Text != rightTitle {
		t.Errorf("reason %q, headline %q, %d corrections; want none, the new title, 2", e.Reason, e.Headline.Text, len(e.Corrections))
	}
	for _, q := range e.Quotes {
		if q.Text == wrongTurnover {
			t.Errorf("quotes %q, which was taken back", q.Text)
		}
	}
	if len(e.Figures) != 0 || len(d.Figures) != 0 {
		t.Errorf("figures %v, box %v; want none of those taken back", e.Figures, d.Figures)
	}
}

func TestCorrectionOfAStoryNeverTold(t *testing.T) {
	s := tale(t, "s", turnoverEn.at("kura.1", 80)) // its window rejected it, or the caps held it
	s.Corrections = []news.Correction{correction(turnoverEn, wrongTurnover, rightTurnover)}
	if d := Build(input(t, s)); d.Ledger.Stories != 0 {
		t.Errorf("told %v, of which nobody has heard", entries(d))
	}
}

// What the caps held back had a line. When its story comes back for something else, all
// that it had to say is told; by itself it does not come back.
func TestWhatTheCapsHeld(t *testing.T) {
	imports := turnoverEn.at("shirvan.5", 95).saying("Azerbaijan's imports from Russia reach $3.6 billion", "Imports from Russia to Azerbaijan amounted to $3.6 billion in 2024, the State Customs Committee said.")
	s := toldUpto(tale(t, "s", turnoverEn.at("kura.1", 80), imports), 90)
	s.Listed = start.Add(12 * time.Hour)
	if d := Build(input(t, s)); d.Ledger.Stories != 0 {
		t.Errorf("%v came back without anything new", entries(d))
	}
	fresh := turnoverEn.at("absheron.9", 120) // adds nothing to what was told
	s = toldUpto(tale(t, "s", turnoverEn.at("kura.1", 80), imports, fresh), 90)
	s.Listed = start.Add(12 * time.Hour)
	e := only(t, Build(input(t, s)))
	if e.Reason != news.ReasonFigure || e.Headline.Item != "shirvan.5" {
		t.Errorf("reason %q, led by %q; want the figure of what was held", e.Reason, e.Headline.Item)
	}
	if len(e.Added.Figures) != 1 || e.Added.Figures[0].Value != 3.6 {
		t.Errorf("added %+v, want imports of 3.6 bn USD", e.Added)
	}
	if !e.Listed.Equal(s.Listed) || !e.Before.Equal(start) {
		t.Errorf("told %v, listed %v; want %v and %v", e.Before, e.Listed, start, s.Listed)
	}
	if diff := cmp.Diff([]string{"absheron.9"}, e.Items); diff != "" {
		t.Errorf("items: those held were accounted for (-want +got):\n%s", diff)
	}
}

func TestAdded(t *testing.T) {
	old := talksEn.at("kura.2", 80)
	fresh := talksEn.at("neva.9", 120).saying("Overchuk joins talks on 40 lorries", "Deputy Prime Minister Alexei Overchuk joined the talks in Moscow. Russia will let 40 more lorries a day through the Samur border post from April.")
	e := only(t, Build(input(t, toldUpto(tale(t, "s", old, fresh), 99))))
	if diff := cmp.Diff([]news.Side{news.SideRu}, e.Added.Sides); diff != "" {
		t.Errorf("sides (-want +got):\n%s", diff)
	}
	if len(e.Added.Actors) == 0 || e.Added.Actors[0] != "Alexei Overchuk" {
		t.Errorf("actors %q, want Alexei Overchuk, who was not named", e.Added.Actors)
	}
	for _, name := range e.Added.Actors {
		if strings.Contains(name, "Bayramov") || strings.Contains(name, "Lavrov") {
			t.Errorf("%q was named before", name)
		}
	}
	if e := only(t, Build(input(t, tale(t, "s", fresh)))); !cmp.Equal(e.Added, news.Addition{}) {
		t.Errorf("a new story adds %+v to what was told of it", e.Added)
	}
}

func TestBackgroundIsLeftOut(t *testing.T) {
	const (
		lead    = "The customs services agreed on Monday to open the second lane of the border post at night."
		history = "The border post was closed to private travellers in the spring of 2020 by order of the health ministry."
		other   = "Seven freight companies asked the transport ministry for a separate queue for perishable vegetables."
	)
	a := report{id: "kura.3", seq: 110, topics: "transport", title: "Second lane opens at night", text: lead + " Drivers welcomed what they had been promised for many months. " + history}
	b := report{id: "shirvan.3", seq: 111, topics: "transport", title: "Companies ask for own queue", text: other + " The ministry promised an answer within several working days. " + history}
	in := input(t, tale(t, "a", a), tale(t, "b", b))
	for _, s := range Build(in).Sections {
		for _, e := range s.Entries {
			for _, q := range e.Quotes {
				if q.Text == history {
					t.Errorf("story %s quotes what both have in their last paragraph", e.Story)
				}
			}
		}
	}
	in = input(t, tale(t, "a", a))
	if !quotes(Build(in), lead) {
		t.Fatal("the lead is not quoted")
	}
	in.Quoted = []news.Quote{{Text: strings.ToUpper(lead)}}
	if quotes(Build(in), lead) {
		t.Error("a sentence that the last edition quoted is quoted again")
	}
}

func quotes(d news.Digest, text string) bool {
	for _, s := range d.Sections {
		for _, e := range s.Entries {
			for _, q := range e.Quotes {
				if q.Text == text {
					return true
				}
			}
		}
	}
	return false
}

func TestRanksAreInTheLexicon(t *testing.T) {
	lx := realLexicon(t)
	for id, r := range ranks {
		c, ok := lx.Concept(id)
		if !ok || !actor(c) && c.Side != "" {
			t.Errorf("%q is no actor of the lexicon", id)
		}
		if _, ok := ranks[r.seat]; r.seat != "" && !ok {
			t.Errorf("%q sits on %q, which has no rank", id, r.seat)
		}
	}
}

// TestNamed holds that nobody stands twice in the list of those who act, once by name and
// once by office, and that no body is called by another's name.
func TestNamed(t *testing.T) {
	for _, tt := range []struct {
		name, title, text, want string
	}{
		{
			"a president by name and office", "Vladimir Putin arrives in Baku",
			"The Russian president was met by Ilham Aliyev at the airport of Baku. The Azerbaijani president invited him in spring.", "Vladimir Putin, Ilham Aliyev",
		},
		{"an office alone", "Russian president to visit Baku", "The Russian president will come to Baku in May to open a rail line.", "Russian president"},
		{"an office beside another's name", "Ali Asadov receives Russian president in Baku", "They spoke of the rail line for an hour on Tuesday.", "Ali Asadov, Russian president"},
		{"a ministry that could be any", "Finance ministry of Russia speaks with Baku", "The finance ministry and Mikayil Jabbarov spoke of customs at the border on Tuesday.", "Mikayil Jabbarov"},
	} {
		e := only(t, Build(input(t, tale(t, "s", report{id: "kura.1", seq: 110, title: tt.title, text: tt.text}))))
		if got := strings.Join(e.Actors, ", "); got != tt.want {
			t.Errorf("%s: named are %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPresidentsOutweighMinistries(t *testing.T) {
	weight := func(text string) float64 {
		t.Helper()
		e := only(t, Build(input(t, tale(t, "s", report{id: "kura.1", seq: 110, title: "One subject", text: text}))))
		for _, term := range e.Rank {
			if term.Name == "actors" {
				return term.Measure
			}
		}
		t.Fatal("no term for actors")
		return 0
	}
	for _, c := range []struct {
		text string
		want float64
	}{
		{"Vladimir Putin and Ilham Aliyev spoke by telephone on Sunday about trade.", 8},
		{"President of Azerbaijan Ilham Aliyev spoke with wine growers on Sunday about trade.", 4},
		{"The State Customs Committee counted lorries on Sunday at the border with Russia.", 1},
	} {
		if got := weight(c.text); got != c.want {
			t.Errorf("weight of those in %q = %v, want %v", c.text, got, c.want)
		}
	}
}
