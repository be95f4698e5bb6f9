// Package figures turns an analysed item into its figures: indicator, value,
// unit, period, change, who counted, and the sentence it all stands in, for
// English, Russian and Azerbaijani.
//
// The indicators are those of trade and of what stands between the two besides: see shown,
// apart and the cues of a grammar, and internal/eval/testdata/README.md for the rule by which
// each is labelled.
//
// A figure is copied, never computed: its value and unit are those of the text,
// its sentence is verbatim, and its offsets lead back to the number. Growth
// rates and shares become the Change of a figure and are no value of their own;
// ordinals, dates, increments, daily rates, capacities, consignments stopped at
// the border, parts of a total just given, and amounts that the sentence ties to
// a third country or to all countries are left out. What cannot be tied to an
// indicator is left out too: a missing figure is better than a wrong one. A sum of
// trade that names no currency anywhere is in dollars, as all outlets count it.
// Nothing is converted or averaged; Series sets sources that disagree side by side.
//
// It is read in layers, each a file or two: words and numerals (lex, number, spelled), units
// and ranges (quantity, lend), expressions of time (times), what governs a quantity in its
// clause (bind, indicator), what its own words tell of prices, flights and oil by the barrel
// (rates) and of people harmed or held (people), whom it concerns (parties, scope), what is
// none of ours (exclude), periods and changes. What several figures make of one another is in
// compare, alike, series and contest. All that one language brings is a grammar (english.go, russian.go,
// azerbaijani.go) over one normal form of a sentence. TestSentences measures 290 written
// sentences, 470 items, 150 wordings of time and 87 of what is not traded, half of each never
// looked at by who writes rules (F1 there .97, .80, .90 and .95; the periods left aside .98,
// .86, .98 and .98); TestPublicSuites reads public suites of number
// and money expressions; FuzzExtract holds that any text at all gives figures that lie in it.
// Work is bounded by sentences, bytes and numbers.
//
// Read Extract first, then grammar.
package figures

import (
	"math"
	"slices"
	"sort"
	"time"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Extract returns the figures of d in the order of the text, title first. The
// date of publication turns "last year" and "January–May" into periods; with a
// zero one such figures have none. The same figure in title and text is given
// once.
func Extract(d *lexicon.Doc, published time.Time) []news.Figure { return Read(d).Figures(published) }

// Sentences are those of an item, in which times and quantities are looked for once, for
// its figures and its marks. They may not be used by several goroutines at once.
type Sentences struct {
	item *lexicon.Doc
	g    *grammar // of the language of its figures, nil when none is read in it
	read []reading
}

// Read cuts an item up.
func Read(d *lexicon.Doc) *Sentences {
	x := &Sentences{item: d, g: grammars()[d.Body.Lang]}
	if x.g == nil {
		x.g = grammars()[d.Title.Lang]
	}
	if x.g != nil {
		x.add(&d.Title, news.FieldTitle)
		x.add(&d.Body, news.FieldText)
	}
	return x
}

// Figures returns the figures of the item: see Extract.
func (x *Sentences) Figures(published time.Time) []news.Figure {
	if x.g == nil {
		return nil
	}
	r := reader{g: x.g, pub: published, item: x.item, sentences: x.read}
	if !r.measure() {
		return nil
	}
	for i := range r.sentences {
		r.bind(i)
	}
	return once(r.out)
}

// maxSentences bounds the work on one item: figures stand near the top.
const maxSentences = 60

// reader holds an item while its figures are read.
type reader struct {
	g         *grammar
	pub       time.Time
	item      *lexicon.Doc
	doc       *scope // of item, when it was needed: see about
	fated     *bool  // it has a word of what befalls people, when that was needed
	sentences []reading
	out       []news.Figure
}

// reading is a sentence with all that was found in it.
type reading struct {
	s       *sentence
	times   []when
	timed   bool       // times were looked for
	numbers []quantity // as they stand there
	counted bool       // numbers were looked for
	qs      []quantity // numbers, with what they take from other sentences
	cues    []found

	parties []mention // named in it, when they were needed: see mentions
}

// add cuts the sentences of a field.
func (x *Sentences) add(t *lang.Text, field news.Field) {
	for _, span := range t.Sentences {
		if len(x.read) == maxSentences {
			return
		}
		x.read = append(x.read, reading{s: lex(t.Raw, span, x.g.lang, field)})
	}
}

// findTimes finds the expressions of time.
func (rd *reading) findTimes(g *grammar) []when {
	if !rd.timed {
		rd.times, rd.timed = g.findTimes(rd.s), true
	}
	return rd.times
}

// findNumbers finds the quantities.
func (rd *reading) findNumbers(g *grammar) []quantity {
	if !rd.counted {
		rd.numbers, rd.counted = g.findQuantities(rd.s, rd.findTimes(g)), true
	}
	return rd.numbers
}

// measure finds the quantities of every sentence, and the rest only when some
// quantity has a unit: most items have none.
func (r *reader) measure() bool {
	var measured class // of all quantities of the item
	for i := range r.sentences {
		rd := &r.sentences[i]
		if !rd.s.numbers {
			continue
		}
		rd.qs = slices.Clone(rd.findNumbers(r.g))
		for _, q := range rd.qs {
			measured |= q.class
			switch {
			case q.bare() && q.base() >= 1000:
				measured |= money | guests | persons // see borrow
			case q.fold && rd.s.says(r.g.per.weekly), q.bare() && r.mayBefall():
				measured |= folk // how often one flies, who were harmed or held
			}
		}
	}
	if measured == 0 {
		return false
	}
	for i := range r.sentences {
		rd := &r.sentences[i]
		if measured != folk {
			rd.cues = r.g.findCues(rd.s, measured)
			r.weighCosts(rd)
		}
		rd.findTimes(r.g)
	}
	return true
}

// weighCosts makes the cues of what something costs those of an investment when something
// is built or bought, and drops them and those of earnings where goods are: "imports of
// 61,400 tons at a cost of $63.8 million".
func (r *reader) weighCosts(rd *reading) {
	if !names(rd.cues, "cost") && !names(rd.cues, "earned") {
		return
	}
	built := rd.s.says(r.g.venture) || r.sentences[0].s.says(r.g.venture)
	goods := false
	for _, cues := range [][]found{rd.cues, r.sentences[0].cues} {
		for _, c := range cues {
			goods = goods || c.goods() || c.indicator == "exports" || c.indicator == "imports"
		}
	}
	kept := rd.cues[:0]
	for _, c := range rd.cues {
		switch {
		case c.indicator == "cost" && built:
			c.indicator = "investment"
		case c.indicator == "cost", c.indicator == "earned" && goods:
			continue
		case c.indicator == "earned":
			c.indicator = ""
		}
		kept = append(kept, c)
	}
	rd.cues = kept
}

// bind turns the quantities of sentence n into figures.
func (r *reader) bind(n int) {
	rd := &r.sentences[n]
	before, had := "", class(0)
	for i := range rd.qs {
		q := &rd.qs[i]
		borrowed := false
		if q.bare() && q.base() >= 1000 {
			borrowed = r.borrow(n, q)
		}
		if c, ok := r.apart(n, i); ok {
			r.out = append(r.out, r.figure(n, i, c, borrowed))
			continue
		}
		if q.class == 0 || q.class&(other|folk|flight|passenger|barrels) != 0 || q.per != "" || q.percent || q.fold || q.value == 0 {
			continue
		}
		if had&q.class == 0 {
			before = ""
		}
		c, ok := r.indicator(n, i, before)
		if !ok || c.indicator == "" || c.built() || r.excluded(n, i, c.indicator) || c.indicator == "fines" && !r.tied(n) {
			continue
		}
		before, had = c.indicator, q.class
		r.out = append(r.out, r.figure(n, i, c, borrowed))
	}
}

// borrow gives q, a number with a scale, the unit of the last quantity of the sentence
// before or of the title: "The current deal is for two billion." A sum of trade that names
// no currency anywhere is in dollars, as all outlets count it.
func (r *reader) borrow(n int, q *quantity) bool {
	if n > 0 && r.g.pronoun.MatchString(r.sentences[n].s.norm[:q.from]) {
		if u, ok := r.g.lastCounted(r.sentences[0].s.norm); ok {
			q.unit, q.class = u.unit, u.class
			return false
		}
	}
	if q.scale.factor == 0 {
		return false
	}
	if n == 0 {
		return r.dollars(n, q)
	}
	for _, k := range []int{n - 1, 0} {
		if k > 0 && r.sentences[k].s.field != q.s.field {
			continue
		}
		qs := r.sentences[k].qs
		for m := len(qs) - 1; m >= 0; m-- {
			if qs[m].class&(money|mass|volume) != 0 {
				borrowUnit(q, qs[m])
				return true
			}
		}
	}
	return r.dollars(n, q)
}

// dollars makes q dollars when its sentence speaks of trade or of capital, and of nothing
// that is weighed.
func (r *reader) dollars(n int, q *quantity) bool {
	if q.scale.factor < 1e6 {
		return false
	}
	for _, c := range r.sentences[n].cues {
		if c.indicator == "trade-turnover" || c.indicator == "investment" {
			q.unit, q.class = "USD", money
			return true
		}
	}
	return false
}

// figure makes the figure of quantity i of sentence n.
func (r *reader) figure(n, i int, c found, borrowed bool) news.Figure {
	rd := &r.sentences[n]
	q := &rd.qs[i]
	f := news.Figure{
		Indicator: shown(c.indicator), Approx: q.approx,
		Sentence: rd.s.text(), Field: rd.s.field, Start: q.start, End: q.end,
	}
	f.Value, f.High, f.Unit = q.unitName()
	if c.unit != "" {
		f.Unit = c.unit
		if q.scale.factor > 0 && q.class == barrels {
			f.Value, f.High = round(q.base()), round(q.high*q.scale.factor)
		}
	}
	if c.indicator == "tourists" && f.Unit == "count" {
		f.Unit = "persons"
	}
	if c.indicator == "students" {
		f.Unit = "count"
	}
	f.Period = r.period(n, i, c, borrowed)
	if !q.fold { // the "two times" of a timetable is no growth
		f.Change = r.change(rd, i, f.Period)
	}
	f.Counter = r.g.counter(rd.s, q)
	return f
}

// round removes what binary fractions leave behind a decimal product.
func round(v float64) float64 { return math.Round(v*1e6) / 1e6 }

// roundedElsewhere reports whether another of fs gives more exactly what f rounds: "almost
// 800 million" or "over 100 million" in a title, 799.7 and 102 in the text.
func roundedElsewhere(fs []news.Figure, f news.Figure) bool {
	above, by := f.Approx == "more-than" && f.Field == news.FieldTitle, roundedBy
	if above {
		by = toppedBy
	}
	if f.Approx != "about" && !above {
		return false
	}
	for _, o := range fs {
		if above && (o.Approx != "" || o.Field == news.FieldTitle || Measure(o).Value < Measure(f).Value) {
			continue
		}
		if o.Approx != "about" && o.Indicator == f.Indicator && (o.Period == f.Period || f.Period == "") && Measure(o).Unit == Measure(f).Unit &&
			math.Abs(Measure(o).Value-Measure(f).Value) <= by*Measure(f).Value && Measure(o).Value != Measure(f).Value {
			return true
		}
	}
	return false
}

// roundedBy and toppedBy are the largest shares by which "about" and the "over" of a headline
// are off.
const (
	roundedBy = 0.05
	toppedBy  = 0.1
)

// once drops figures that repeat another: same indicator, value and unit, and a
// period that is the same or not said. Of two the one with more said stays.
func once(fs []news.Figure) []news.Figure {
	var out []news.Figure
next:
	for _, f := range fs {
		if roundedElsewhere(fs, f) {
			continue
		}
		for i := range out {
			o := &out[i]
			if o.Indicator != f.Indicator || o.Unit != f.Unit || o.Value != f.Value {
				continue
			}
			switch {
			case o.Period == f.Period || f.Period == "":
				if o.Change == nil {
					o.Change = f.Change
				}
				continue next
			case o.Period == "":
				if f.Change == nil {
					f.Change = o.Change
				}
				*o = f
				continue next
			}
		}
		out = append(out, f)
	}
	sort.SliceStable(out, func(i, k int) bool {
		if out[i].Field != out[k].Field {
			return out[i].Field == news.FieldTitle
		}
		return out[i].Start < out[k].Start
	})
	return out
}
