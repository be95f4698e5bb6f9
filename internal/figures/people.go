package figures

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"samur/internal/news"
	"samur/internal/pattern"
)

// fates are the words of what befalls people, by language.
type fates struct {
	killed   fateRule
	injured  fateRule
	arrested fateRule
	deported fateRule
	spared   fateRule       // freed, or alive
	elsewise *regexp.Regexp // what is no matter of the two: a war with others, an illness, a catastrophe
	told     *regexp.Regexp // an act that is news
	past     *regexp.Regexp // a sentence of what was before
	after    *regexp.Regexp // what follows such an act later: an apology, a trial, an anniversary
}

// fateRule recognises the words of one.
type fateRule struct {
	re    *regexp.Regexp
	omens omens
}

func befell(p string) fateRule {
	re := rx("_" + p)
	return fateRule{re, omensOf(re)}
}

// fate is one that befalls people: its indicator and unit.
type fate struct{ indicator, unit string }

var spared = fate{}

// fateWord is a place in a sentence that names one.
type fateWord struct {
	from, to int
	fate     fate
}

// mostHarmed is the greatest number of people that one occurrence between the two harmed,
// and leastBefallen the smallest number that is a count.
const (
	mostHarmed    = 500
	leastBefallen = 2
)

// befallen returns what befell the people that quantity i of sentence n counts, if it was the
// doing of one of the two to people of the other.
func (r *reader) befallen(n, i int) (found, bool) {
	rd := &r.sentences[n]
	q := &rd.qs[i]
	if !q.countsPeople() || q.base() < leastBefallen || q.base() != math.Trunc(q.base()) {
		return found{}, false
	}
	w, ok := r.fateOf(rd, i)
	if last := len(r.out) - 1; !ok && q.part && last >= 0 && befalls[r.out[last].Indicator] && r.out[last].Sentence == rd.s.text() {
		w, ok = fateWord{from: -1, to: -1, fate: fate{r.out[last].Indicator, r.out[last].Unit}}, true // "five of them under fire"
	}
	if !ok || w.fate == spared || r.ofAll(rd, i) || !r.bothNamed() {
		return found{}, false
	}
	if who, own := rd.partyOf(i); own && who == thirds {
		return found{}, false
	}
	if w.fate.indicator == "casualties" && (q.base() > mostHarmed || rd.s.says(r.g.fates.elsewise) || r.sentences[0].s.says(r.g.fates.elsewise)) {
		return found{}, false
	}
	return found{from: w.from, to: w.to, indicator: w.fate.indicator, classes: q.class, unit: w.fate.unit}, true
}

// mayBefall reports whether the item has a word of fate anywhere.
func (r *reader) mayBefall() bool {
	if r.fated == nil {
		fated := false
		for i := range r.sentences {
			fated = fated || len(r.fatesIn(r.sentences[i].s)) > 0
		}
		r.fated = &fated
	}
	return *r.fated
}

// countsPeople reports whether a quantity counts people, or names no noun.
func (q *quantity) countsPeople() bool {
	if q.percent || q.fold || q.high != 0 || q.whole {
		return false
	}
	return q.class&(persons|guests|learners|folk) != 0 || q.class == 0 && q.scale.factor == 0
}

// ofAll reports whether a quantity is the whole of which another is what something befell:
// the 67 of "38 of the 67 people".
func (r *reader) ofAll(rd *reading, i int) bool {
	q := &rd.qs[i]
	norm := rd.s.norm
	if r.g.lang == news.Az {
		rest := strings.TrimPrefix(norm[q.to:], " ")
		noun, _, _ := strings.Cut(rest, " ")
		return strings.HasSuffix(noun, "den") || strings.HasSuffix(noun, "dan") && !strings.HasPrefix(noun, "-")
	}
	return i > 0 && ofWhole().MatchString(lastBytes(norm[:q.from], 40)) && rd.qs[i-1].countsPeople()
}

// ofWhole stands before a whole.
var ofWhole = pattern.Lazy(`(?:^|[ ])(?:of|из)(?: (?:the|all|its|всех|этих))? $`)

// fateOf returns the word of fate that is nearest to quantity i: in its clause, else in its
// zone; a number without a noun takes only one beside it.
func (r *reader) fateOf(rd *reading, i int) (fateWord, bool) {
	q := &rd.qs[i]
	z := zoneOf(rd.s, rd.qs, i)
	if i+1 < len(rd.qs) && rd.qs[i+1].whole {
		z.to = zoneOf(rd.s, rd.qs, i+1).to // "38 of the 67 people died"
	}
	seg := rd.clauseOf(i, z)
	all := r.fatesIn(rd.s)
	best, dist := fateWord{}, math.MaxInt
	for _, w := range all {
		gap := max(q.from-w.to, w.from-q.to)
		if w.from < z.from || w.to > z.to || gap >= dist || rd.numberBetween(i, w) {
			continue
		}
		if w.from < seg.from || w.to > seg.to {
			gap += len(rd.s.norm) // another clause is farther than any word of its own
		}
		if gap < dist {
			best, dist = w, gap
		}
	}
	if dist == math.MaxInt || q.class == 0 && !r.alone(rd.s, q, best) {
		return fateWord{}, false
	}
	return best, true
}

// alone reports whether a number without a noun is tied to a word of fate, with little more
// than an auxiliary between, and counts nothing else: not the "3 more months" of custody.
func (r *reader) alone(s *sentence, q *quantity, w fateWord) bool {
	if w.from >= q.to {
		between := s.norm[q.to:w.from]
		return auxiliary().MatchString(between) || r.g.lang != news.Az && r.fewNouns(between)
	}
	return w.to <= q.from && (hedgeOnly().MatchString(s.norm[w.to:q.from]) && r.g.endsNoun(s, q))
}

// fewNouns reports whether only a word or two that can be of a noun stand in norm: "2
// construction managers".
func (r *reader) fewNouns(norm string) bool {
	words := strings.Fields(norm)
	return len(words) <= 3 && !slices.ContainsFunc(words, func(w string) bool {
		return !r.g.gap.copula.MatchString(w) && (r.g.gap.ends.MatchString(w) || strings.ContainsAny(w, ",.:;()0123456789"))
	})
}

var (
	auxiliary = pattern.Lazy(`^ ?(?:(?:were|was|are|have|has|had|been|others|also|more|were also|были|оказались|получили|еще|-i|-u|-si|-su|neferi?|-ni) )*$`)
	hedgeOnly = pattern.Lazy(`^ ?(?:(?:of|another|at least|more than|over|about|some|up to|не менее|более|около|до|еще|:|-) )*$`)
)

// befalls holds the indicators of what befalls people.
var befalls = map[string]bool{"casualties": true, "arrests": true}

// Befalls reports whether an indicator counts whom something befell. Each event has its
// own numbers: those of another one are neither earlier values nor contradict, even where
// they are of one month.
func Befalls(indicator string) bool { return befalls[indicator] }

// numberBetween reports whether another number stands between quantity i and a word.
func (rd *reading) numberBetween(i int, w fateWord) bool {
	q := &rd.qs[i]
	return slices.ContainsFunc(rd.qs, func(o quantity) bool {
		return !o.percent && !o.whole && o.class != other && (o.from >= q.to && o.to <= w.from || o.from >= w.to && o.to <= q.from)
	})
}

// fatesIn lists the words of fate of a sentence.
func (r *reader) fatesIn(s *sentence) []fateWord {
	if !s.fated {
		s.fates, s.fated = r.findFates(s), true
	}
	return s.fates
}

// findFates finds the words of fate of a sentence.
func (r *reader) findFates(s *sentence) []fateWord {
	var out []fateWord
	for _, k := range []struct {
		re   fateRule
		fate fate
	}{
		{r.g.fates.deported, fate{"arrests", "deported"}},
		{r.g.fates.spared, spared},
		{r.g.fates.killed, fate{"casualties", "killed"}},
		{r.g.fates.injured, fate{"casualties", "injured"}},
		{r.g.fates.arrested, fate{"arrests", "arrested"}},
	} {
		if !k.re.omens.good(s) {
			continue
		}
		for _, loc := range k.re.re.FindAllStringSubmatchIndex(s.norm, -1) {
			w := fateWord{from: loc[2], to: loc[3] - 1, fate: k.fate}
			if !slices.ContainsFunc(out, func(o fateWord) bool { return o.from < w.to && w.from < o.to }) {
				out = append(out, w)
			}
		}
	}
	if s.lang == news.Az {
		out = append(out, deathsIn(s)...)
	}
	return out
}

// deathsIn lists the Azerbaijani words for dying, which without its dots is being.
func deathsIn(s *sentence) []fateWord {
	var out []fateWord
	for _, t := range s.toks {
		first, n := utf8.DecodeRuneInString(s.raw[t.start:t.end])
		if (first == 'ö' || first == 'Ö') && strings.HasPrefix(s.raw[t.start+n:t.end], "l") && !strings.HasPrefix(t.norm, "olke") && !strings.HasPrefix(t.norm, "olcu") {
			out = append(out, fateWord{from: t.at, to: t.at + len(t.norm), fate: fate{"casualties", "killed"}})
		}
	}
	return out
}

// bothNamed reports whether the item names both sides.
func (r *reader) bothNamed() bool {
	var ru bool
	az := r.g.lang == news.Az // whose readers need not be told whose court it was
	for i := range r.sentences {
		rd := &r.sentences[i]
		ru = ru || rd.namesParty(russians) || rd.s.says(between()) || rd.s.says(sputnik())
		az = az || rd.namesParty(azeris) || rd.s.says(azeriPlaces())
	}
	return ru && az
}

// sputnik is the Russian agency.
var sputnik = pattern.Lazy(`(?:^|[ ])(?:sputnik|спутник)\S* `)

// azeriPlaces holds places in Azerbaijan, and where its airliner fell.
var azeriPlaces = pattern.Lazy(`(?:^|[ ])(?:karabakh\S*|nakh[ci]\S*|ganja|shusha|khankendi|stepanakert|aktau|карабах\S*|нахчыван\S*|нахичеван\S*|гяндж\S*|ханкенди|степанакерт\S*|актау|qarabag\S*|naxcivan\S*|gence\S*|susa\S*|xankendi\S*|aktau\S*) `)

// tied reports whether sentence n and the title name both sides, or a way between them.
func (r *reader) tied(n int) bool {
	rd, title := &r.sentences[n], &r.sentences[0]
	if rd.s.way() != noWay || title.s.way() != noWay {
		return true
	}
	return (rd.namesParty(russians) || title.namesParty(russians)) && (rd.namesParty(azeris) || title.namesParty(azeris))
}

// justNow reports whether the item tells of an act as news: its title does, or the sentence
// itself when there is no title.
func (r *reader) justNow(n int, indicator string) bool {
	head := r.sentences[0].s
	if head.field != news.FieldTitle {
		head = r.sentences[n].s
	}
	if r.g.fates.after.MatchString(head.norm) || r.sentences[n].s.says(r.g.fates.past) {
		return false
	}
	if indicator == "fines" {
		return true
	}
	if indicator == "arrests" && courts().MatchString(head.norm) || indicator == "casualties" && r.g.fates.told.MatchString(head.norm) {
		return true
	}
	return slices.ContainsFunc(r.fatesIn(head), func(w fateWord) bool { return w.fate.indicator == indicator })
}

// courts holds who arrests and remands.
var courts = pattern.Lazy(`(?:^|[ ])(?:court\S*|police|суд\S*|полици\S+|силовик\S*|mehkeme\S*|polis\S*) `)
