package figures

import (
	"strconv"
	"strings"

	"samur/internal/news"
)

// numberWords turns number words into number tokens: "two hundred and fifty", "двух",
// "üç yarım". A scale that stands alone gets the one that it means: "a billion dollars",
// "более тысячи тонн", "min tondan çox".
func numberWords(toks []token, l news.Lang) []token {
	g := grammars()[l]
	if g == nil {
		return toks
	}
	out := make([]token, 0, len(toks))
	for i := 0; i < len(toks); {
		v, n := g.spelled(toks[i:])
		if n == 0 {
			v, n = g.mixed(toks[i:])
		}
		if n == 0 {
			if one, ok := g.impliedOne(toks, i, out); ok {
				out = append(out, one)
			}
			out = append(out, toks[i])
			i++
			continue
		}
		t := toks[i]
		t.kind, t.value, t.end = numberToken, v, toks[i+n-1].end
		t.norm = strconv.FormatFloat(v, 'f', -1, 64)
		t.spelled = true
		out = append(out, t)
		i += n
	}
	return out
}

// mixed reads the numbers that are written partly in words: "a hundred", "3 hundred and 21",
// "2 dozens", "1 point 1", "2 and a half".
func (g *grammar) mixed(toks []token) (value float64, n int) {
	if len(toks) < 2 {
		return 0, 0
	}
	if g.lang == news.En && toks[0].norm == "a" {
		switch toks[1].norm {
		case "hundred":
			return 100, 2
		case "dozen":
			return 12, 2
		}
	}
	if toks[0].kind != numberToken {
		return 0, 0
	}
	value = toks[0].value
	if frac, m := g.fraction(toks[1:]); m > 0 {
		return value + frac, 1 + m
	}
	if frac, m := g.pointed(toks[1:]); m > 0 {
		return value + frac, 1 + m
	}
	switch {
	case g.lang != news.En:
	case g.dozens.MatchString(toks[1].norm):
		return value * 12, 2
	case toks[1].norm == "hundred" || toks[1].norm == "hundreds":
		return g.hundreds(value, toks)
	}
	return 0, 0
}

// hundreds reads what follows "3 hundred": "and 21", "and twenty".
func (g *grammar) hundreds(value float64, toks []token) (float64, int) {
	value *= 100
	at := 2
	if at+1 < len(toks) && g.conjoins(toks[at].norm) {
		at++
	}
	if at < len(toks) && toks[at].kind == numberToken && toks[at].value < 100 && (at+1 == len(toks) || toks[at+1].norm != "hundred") {
		return value + toks[at].value, at + 1
	}
	if at < len(toks) && g.numbers[toks[at].norm] == 1 {
		return value + 1, at + 1
	}
	if v, n := g.spelled(toks[min(at, len(toks)):]); n > 0 && v < 100 && v == float64(int(v)) && (at+n == len(toks) || toks[at+n].norm != "hundred") {
		return value + v, at + n
	}
	return value, 2
}

// impliedOne returns the number that a scale without one stands for.
func (g *grammar) impliedOne(toks []token, i int, before []token) (token, bool) {
	t := toks[i]
	if t.kind != wordToken || !g.loneScale.MatchString(t.norm) {
		return token{}, false
	}
	if k := len(before) - 1; k >= 0 {
		if before[k].kind == numberToken || g.several.MatchString(before[k].norm) {
			return token{}, false
		}
		if g.hedgedScale.MatchString(t.norm) && !g.hedging.MatchString(before[k].norm) {
			return token{}, false
		}
	} else if g.hedgedScale.MatchString(t.norm) {
		return token{}, false
	}
	if i+1 >= len(toks) || !g.scaled(toks[i+1:]) {
		return token{}, false
	}
	return token{start: t.start, end: t.start, kind: numberToken, norm: "1", value: 1, spelled: true}, true
}

// scaled reports whether toks begin with what a scale can stand before: a unit, or the
// smaller part of a number.
func (g *grammar) scaled(toks []token) bool {
	if _, n := g.spelled(toks); n > 0 || toks[0].kind == numberToken && toks[0].value < 1000 {
		return true
	}
	var b strings.Builder
	for _, t := range toks[:min(3, len(toks))] {
		b.WriteString(t.norm)
		b.WriteByte(' ')
	}
	if _, n := g.fraction(toks); n > 0 {
		return true
	}
	if _, ok := signs[toks[0].norm]; ok {
		return true
	}
	u, _ := g.unitAt(b.String())
	return u.class != 0
}

// spelled reads the number words at the front of toks, up to the hundreds: thousands and
// more are scales.
func (g *grammar) spelled(toks []token) (value float64, n int) {
	if v, n := g.halfOf(toks); n > 0 {
		return v, n
	}
	for n < len(toks) && toks[n].kind == wordToken {
		w := toks[n].norm
		if n > 0 && g.conjoins(w) && n+1 < len(toks) && value >= 100 {
			if v, ok := g.numeral(toks[n+1].norm, true); ok && v < 100 {
				n++
				continue
			}
			break
		}
		v, ok := g.numeral(w, n > 0)
		if !ok || n > 0 && !follows(value, v) {
			break
		}
		if v == 100 && n > 0 {
			value *= 100
		} else {
			value += v
		}
		n++
	}
	if n == 0 {
		return 0, 0
	}
	if n < len(toks) && g.dozens.MatchString(toks[n].norm) {
		value, n = value*12, n+1
	}
	return g.completed(value, n, toks)
}

// completed adds the decimals and the fraction behind a number in words, and refuses a word
// that means something else without a scale or a currency behind it.
func (g *grammar) completed(value float64, n int, toks []token) (float64, int) {
	if frac, m := g.pointed(toks[n:]); m > 0 {
		value, n = value+frac, n+m
	}
	if frac, m := g.fraction(toks[n:]); m > 0 {
		value, n = value+frac, n+m
	}
	if (value == 1 || n == 1 && g.unsure[toks[0].norm]) && !g.scaleAhead(toks, n) {
		return 0, 0
	}
	return value, n
}

// pointed reads the decimals of "two point seven".
func (g *grammar) pointed(toks []token) (frac float64, n int) {
	if len(toks) < 2 || !g.point.MatchString(toks[0].norm) {
		return 0, 0
	}
	digits := "0."
	for n = 1; n < len(toks) && toks[n].kind != markToken; n++ {
		v, ok := g.numeral(toks[n].norm, true)
		switch {
		case toks[n].kind == numberToken:
			v, ok = toks[n].value, n == 1
		case zeroWord[toks[n].norm]:
			v, ok = 0, true
		}
		if !ok || v != float64(int(v)) || v >= 100 {
			break
		}
		digits += strconv.Itoa(int(v))
	}
	frac, err := strconv.ParseFloat(digits, 64)
	if err != nil || n == 1 {
		return 0, 0
	}
	return frac, n
}

// zeroWord holds the words for 0 among decimals.
var zeroWord = map[string]bool{"zero": true, "nought": true, "ноль": true, "sifir": true}

// follows reports whether v can follow a number so far: "twenty" then "five", "five" then
// "hundred", not "five" then "twenty".
func follows(value, v float64) bool {
	whole := int(value)
	switch {
	case v == 100:
		return whole > 0 && whole < 100
	case v > 100:
		return false
	case v >= 10:
		return whole >= 100 && whole%100 == 0
	}
	return whole >= 10 && whole%10 == 0
}

// conjoins reports whether w may stand inside a number: "two hundred and fifty".
func (g *grammar) conjoins(w string) bool { return g.lang == news.En && w == "and" }

// scaleAhead reports whether a scale, or the name of a currency, follows the first n tokens.
func (g *grammar) scaleAhead(toks []token, n int) bool {
	if n >= len(toks) {
		return false
	}
	if _, ok := scaleOf(toks[n].norm, g.lang); ok {
		return true
	}
	u, _ := g.unitAt(toks[n].norm + " ")
	return u.class&(money|mass) != 0 || u.scale != "" // "one bcm"
}

// numeral looks a number word up, also one like "thirty-eight". Azerbaijani number words
// take case endings, which all but the first word of a number may have: "beş yüzdən".
func (g *grammar) numeral(w string, inside bool) (float64, bool) {
	if v, ok := g.numbers[w]; ok {
		return v, true
	}
	if tens, ones, ok := strings.Cut(w, "-"); ok {
		a, okA := g.numbers[tens]
		b, okB := g.numbers[ones]
		if okA && okB && a >= 20 && b < 10 {
			return a + b, true
		}
	}
	if g.lang != news.Az || len(w) < 5 && !inside {
		return 0, false
	}
	for _, ending := range azerbaijaniEndings {
		if stem, ok := strings.CutSuffix(w, ending); ok {
			if v, ok := g.numbers[stem]; ok && (inside || v > 2 && v != 10) {
				return v, true
			}
		}
	}
	return 0, false
}

// azerbaijaniEndings are the case endings of number words, without diacritics.
var azerbaijaniEndings = []string{"dan", "den", "nin", "sini", "unu", "ini", "sine", "sina", "una", "une", "ye", "ya", "e", "a"}

// halfOf reads "half a" and "a quarter of a" before a scale, and "half a dozen".
func (g *grammar) halfOf(toks []token) (float64, int) {
	value, n := longest(toks, g.shares)
	if n == 0 || n >= len(toks) {
		return 0, 0
	}
	if _, ok := scaleOf(toks[n].norm, g.lang); ok {
		return value, n
	}
	if value == 0.5 && g.lang == news.En && toks[n].norm == "dozen" {
		return 6, n + 1
	}
	return 0, 0
}

// fraction reads "and a half" or "and a quarter" after a number or its scale.
func (g *grammar) fraction(toks []token) (value float64, n int) { return longest(toks, g.plusShares) }

// longest returns the share whose words toks begin with, of several the longest.
func longest(toks []token, shares []ratio) (value float64, n int) {
	for i := range shares {
		s := &shares[i]
		if len(s.words) <= n || len(s.words) > len(toks) || toks[0].norm != s.words[0] {
			continue
		}
		fits := true
		for k, w := range s.words {
			fits = fits && toks[k].norm == w
		}
		if fits {
			value, n = s.value, len(s.words)
		}
	}
	return value, n
}

// numberForms reads a table of number words: each value with all its forms.
func numberForms(table string) map[string]float64 {
	out := map[string]float64{}
	for line := range strings.SplitSeq(table, "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		v, err := strconv.ParseFloat(fields[0], 64)
		if err != nil {
			continue // cannot happen: TestNumberForms reads every line
		}
		for _, f := range fields[1:] {
			out[f] = v
		}
	}
	return out
}
