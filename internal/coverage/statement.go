package coverage

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"samur/internal/figures"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/pattern"
	"samur/internal/reading"
)

// statement is what of a sentence can be held against its other wording.
type statement struct {
	numbers []figures.Number
	dates   []string
	denials int
}

func statementOf(s *reading.Sentence) statement {
	l := s.Item.Lang
	m := figures.MarksOf(lang.Text{Raw: s.Text, Lang: l, Sentences: []lang.Span{{End: len(s.Text)}}}, s.Item.Published)
	st := statement{dates: append(m.Days, m.Periods...), denials: denialsIn(s)}
	for _, n := range m.Numbers {
		if n.Unit != "" || !isYear(n.Value) {
			st.numbers = append(st.numbers, n)
		}
	}
	for i, t := range s.Tokens {
		if t.Kind == lang.Number {
			if v, err := strconv.Atoi(t.Fold); err == nil && isYear(float64(v)) {
				st.dates = append(st.dates, t.Fold)
			}
			continue
		}
		if d := weekday(s.Tokens[i:], l); d != "" {
			st.dates = append(st.dates, d)
		}
	}
	return st
}

func isYear(v float64) bool { return v >= 1900 && v <= 2100 && v == float64(int(v)) }

// sameNumber reports whether two numbers are one, be it rounded: 4.8 bn is 4.83 bn, but a
// single digit is rounded from nothing in particular.
func sameNumber(a, b figures.Number) bool {
	if a.Unit != b.Unit && a.Unit != "" && b.Unit != "" {
		return false
	}
	step := max(stepOf(a.Value), stepOf(b.Value))
	apart := math.Abs(a.Value - b.Value)
	return apart == 0 || math.Abs(a.Value) >= 10*step && apart <= step/2
}

// stepOf is the worth of the last digit of a number that is not zero.
func stepOf(v float64) float64 {
	digits := strconv.FormatFloat(v, 'f', -1, 64)
	if _, frac, ok := strings.Cut(digits, "."); ok {
		return math.Pow10(-len(frac))
	}
	return math.Pow10(len(digits) - len(strings.TrimRight(digits, "0")))
}

// sameShare is how alike two wordings must be for bare digits to be held against each
// other: ages, scores, models and the like, which are no number of anything.
const sameShare = 0.85

// replacedDigits reports whether one number, however it is set, stands in the place of
// another in a sentence that is the same otherwise.
func replacedDigits(old, now *reading.Sentence) bool {
	gone, come := digitsOf(old, now), digitsOf(now, old)
	if len(gone) != 1 || len(come) != 1 {
		return false
	}
	a, b := gone[0], come[0]
	return a != b && (len(a) < 2 || len(b) < 2 || !strings.HasPrefix(a, b) && !strings.HasPrefix(b, a))
}

// digitsOf returns the digits of the numbers of s that stand more often in it than in
// other.
func digitsOf(s, other *reading.Sentence) []string {
	n := map[string]int{}
	for _, t := range other.Tokens {
		if t.Kind == lang.Number {
			n[bare(t.Fold)]++
		}
	}
	var out []string
	for _, t := range s.Tokens {
		if t.Kind != lang.Number {
			continue
		}
		if n[bare(t.Fold)]--; n[bare(t.Fold)] < 0 {
			out = append(out, bare(t.Fold))
		}
	}
	return out
}

// bare returns the digits of a number without its points and commas.
func bare(number string) string { return strings.NewReplacer(".", "", ",", "").Replace(number) }

// weekdays are the beginnings of the names of days, plain; the Azerbaijani ones that are
// two words are told apart in weekday.
var weekdays = map[news.Lang][]string{
	news.En: {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
	news.Ru: {"понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресен"},
	news.Az: {"bazar", "cersenbe", "cume", "senbe"},
}

// reRuWednesday keeps среда apart from the middle, the means and the environment.
var reRuWednesday = pattern.Lazy(`^сред(у|ы|а|е)$`)

// weekday returns the day of the week that toks begin with.
func weekday(toks []lang.Token, l news.Lang) string {
	w := lang.Plain(toks[0].Fold)
	for _, d := range weekdays[l] {
		if !strings.HasPrefix(w, d) || d == "сред" && !reRuWednesday().MatchString(w) {
			continue
		}
		if l == news.Az && len(toks) > 1 {
			if next := lang.Plain(toks[1].Fold); strings.HasPrefix(next, "ertesi") || strings.HasPrefix(next, "axsam") {
				return d + " " + next[:4]
			}
		}
		if d == "bazar" {
			return "" // more often the market than Sunday
		}
		return d
	}
	return ""
}

// denyShare is how alike two wordings must be for a "not" to make the difference.
const denyShare = 0.7

// denials are the words that deny, folded.
var denials = map[news.Lang]map[string]bool{
	news.En: {"not": true, "no": true, "never": true, "cannot": true, "none": true, "nobody": true, "neither": true, "without": true},
	news.Ru: {"не": true, "нет": true, "никто": true, "никогда": true, "нельзя": true, "без": true},
	news.Az: {"deyil": true, "yox": true, "yoxdur": true, "heç": true},
}

// softeners are the words behind a denial that make none of it: "not only", "не менее".
var softeners = map[string]bool{"only": true, "less": true, "later": true, "только": true, "менее": true, "более": true, "позднее": true, "ранее": true}

// reDeniedAz matches a verb that its ending denies: imzalanmayıb, gəlmədi, olmaz, getmir.
var reDeniedAz = pattern.Lazy(`^\p{L}{2,}(?:m[aə]y(?:[ıi]b|acaq|əcək|an|ən)\p{L}*|m[aə]d[ıi]\p{L}{0,4}|m[aə]m[ıi]ş\p{L}*|m[ıiuü]r(?:l[aə]r)?|m[aə]z(?:l[aə]r)?)$`)

// affirmedAz are words that only look denied: iron, coal, repair, prayer, diamond.
var affirmedAz = map[string]bool{"dəmir": true, "kömür": true, "təmir": true, "namaz": true, "almaz": true}

// denialsIn counts the denials of a sentence.
func denialsIn(s *reading.Sentence) int {
	l, n := s.Item.Lang, 0
	for i, t := range s.Tokens {
		if t.Kind != lang.Word {
			continue
		}
		switch {
		case l == news.En && strings.HasSuffix(t.Fold, "n't"):
			n++
		case l == news.Az && !t.Upper && !affirmedAz[t.Fold] && reDeniedAz().MatchString(t.Fold):
			n++
		case denials[l][t.Fold] && (i+1 == len(s.Tokens) || !softeners[s.Tokens[i+1].Fold]):
			n++
		}
	}
	return n
}

// freeWords is how many words a denial may bring or take with it: "did not sign" for
// "signed", "не подписали" for "подписали".
const freeWords = 4

// sameButFor reports whether two wordings differ in hardly more than a denial.
func sameButFor(a, b *reading.Sentence) bool {
	x, y := stemsOf(a), stemsOf(b)
	apart := 0
	for st := range x {
		if !y[st] {
			apart++
		}
	}
	for st := range y {
		if !x[st] {
			apart++
		}
	}
	return apart <= freeWords
}

// nameKinds are the kinds of concept of which one can stand by mistake for another.
var nameKinds = map[lexicon.Kind]bool{
	lexicon.Person: true, lexicon.Country: true, lexicon.City: true, lexicon.Region: true, lexicon.Company: true,
	lexicon.Place: true, lexicon.Office: true, lexicon.Institution: true, lexicon.Organisation: true,
}

// replacedName reports whether a name stands in the place of another: of concepts, one of
// the same kind; of names that the lexicon does not know, one that is not a spelling of it.
func replacedName(old, now *reading.Sentence) bool {
	if replacedConcept(old, now) {
		return true
	}
	gone, come := namesOf(old, now), namesOf(now, old)
	return len(gone) == 1 && len(come) == 1 && !spelling(gone[0], come[0])
}

func replacedConcept(old, now *reading.Sentence) bool {
	for _, a := range old.Concepts {
		if !nameKinds[a.Kind] || names(now, a) {
			continue
		}
		for _, b := range now.Concepts {
			if a.Kind == b.Kind && !names(old, b) && !narrower(a, b) && !narrower(b, a) {
				return true
			}
		}
	}
	return false
}

// narrower reports whether a is b said more closely: the Azerbaijani Foreign Ministry is
// the Foreign Ministry.
func narrower(a, b *lexicon.Concept) bool {
	return strings.Contains(strings.ToLower(a.Name(news.En)), strings.ToLower(b.Name(news.En)))
}

func names(s *reading.Sentence, c *lexicon.Concept) bool {
	return slices.Contains(s.Concepts, c)
}

// namesOf returns the stems of capitalised words inside s that other has not, however
// written. Headlines are left out: in English every word of them has a capital.
func namesOf(s, other *reading.Sentence) []string {
	if s.Field == news.FieldTitle {
		return nil
	}
	has := stemsOf(other)
	var out []string
	for i, t := range s.Tokens {
		if i == 0 || t.Kind != lang.Word || !t.Upper || utf8.RuneCountInString(t.Fold) < 3 || known(s, t) {
			continue
		}
		if st := lang.Stem(t.Fold, s.Item.Lang); !has[st] {
			out = append(out, st)
		}
	}
	return out
}

// known reports whether a token is part of a concept's name.
func known(s *reading.Sentence, t lang.Token) bool {
	for _, h := range s.Hits {
		if t.Start >= h.Start && t.Start < h.End {
			return true
		}
	}
	return false
}

// spelling reports whether two names may be one, spelt otherwise or in another form: a
// third of the letters may differ.
func spelling(a, b string) bool {
	short := min(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	return lang.Edits(a, b) <= max(1, short/3)
}
