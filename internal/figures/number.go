package figures

import (
	"strconv"
	"strings"
	"unicode"

	"samur/internal/news"
)

// number takes a numeral and what is glued to it: an ordinal ending makes it no
// value, an Azerbaijani case ending or a scale becomes a token of its own.
func (lx *lexer) number() {
	end, norm, ok := scanNumber(lx.raw[:lx.end], lx.pos, lx.lang)
	if !ok {
		lx.add(end, wordToken, "date", 0)
		return
	}
	r, n := lx.rune(end)
	if unicode.IsLetter(r) {
		tail := lx.letters(end)
		glued := plain(lx.raw[end:tail], lx.lang)
		if _, isScale := scaleOf(glued, lx.lang); !isScale && !gluedUnit[glued] {
			lx.add(tail, wordToken, norm+glued, 0) // 12th, 3D, 4G
			return
		}
	}
	if isDash(r) {
		if after, _ := lx.rune(end + n); unicode.IsLetter(after) {
			lx.suffixed(end, end+n, norm)
			return
		}
	}
	if r == '+' {
		if after, _ := lx.rune(end + n); isDigit(after) {
			tail, _, _ := scanNumber(lx.raw[:lx.end], end+n, lx.lang)
			lx.add(tail, wordToken, "date", 0) // 3+3
			return
		}
	}
	lx.addNumber(end, norm)
}

func (lx *lexer) addNumber(end int, norm string) {
	v, err := strconv.ParseFloat(norm, 64)
	if err != nil {
		lx.add(end, wordToken, "date", 0) // cannot happen: norm is digits and one point
		return
	}
	lx.add(end, numberToken, norm, v)
}

// suffixed takes a numeral that ends at end and the letters from tail on, which
// a hyphen ties to it.
func (lx *lexer) suffixed(end, tail int, norm string) {
	stop := lx.letters(tail)
	suffix := plain(lx.raw[tail:stop], lx.lang)
	ordinal := lx.lang == news.Ru && ruOrdinal[suffix] && len(norm) != 4
	if lx.lang == news.Az && azOrdinal[suffix] {
		if len(norm) != 4 {
			ordinal = true
		} else {
			lx.addNumber(end, norm)
			lx.add(stop, wordToken, "-ci", 0)
			return
		}
	}
	if ordinal {
		lx.add(stop, wordToken, norm+"-ci", 0)
		return
	}
	lx.addNumber(end, norm)
	lx.add(stop, wordToken, "-"+suffix, 0)
}

// letters returns the end of the run of letters that begins at from.
func (lx *lexer) letters(from int) int {
	for {
		r, n := lx.rune(from)
		if n == 0 || !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return from
		}
		from += n
	}
}

// scanNumber reads the numeral at pos: where it ends and its plain decimal form.
// ok is false for dates and clock times (17.06.23, 14:30), which end there too.
func scanNumber(s string, pos int, l news.Lang) (end int, norm string, ok bool) {
	parts, seps := []string{}, []string{}
	end = pos
	for {
		from := end
		for end < len(s) && isDigit(rune(s[end])) {
			end++
		}
		parts = append(parts, s[from:end])
		sep := separator(s[end:])
		if sep == "" {
			break
		}
		next := end + len(sep)
		if next >= len(s) || !isDigit(rune(s[next])) {
			break
		}
		if isGap(sep) && !group(s[next:], parts) {
			break
		}
		seps = append(seps, sep)
		end = next
	}
	for _, sep := range seps {
		if sep == ":" || sep == "/" {
			return end, "", false
		}
	}
	norm, ok = join(parts, seps, scaleFollows(s[end:], l), l)
	return end, norm, ok
}

// separators that can stand inside a numeral: marks, and the spaces that group
// digits.
var separators = []string{".", ",", ":", "/", " ", "\u00a0", "\u202f", "\u2009", "'", "’"}

func separator(s string) string {
	for _, sep := range separators {
		if strings.HasPrefix(s, sep) {
			return sep
		}
	}
	return ""
}

func isGap(sep string) bool { return sep != "." && sep != "," && sep != ":" && sep != "/" }

// group reports whether rest begins with exactly three digits that can follow
// parts as a group.
func group(rest string, parts []string) bool {
	n := 0
	for n < len(rest) && isDigit(rune(rest[n])) {
		n++
	}
	if n != 3 || len(parts[0]) > 3 || parts[0] == "0" {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return true
}

// join makes one decimal form of a numeral's parts. Groups are three digits
// after a gap, a comma or a point; the last mark is a decimal one unless three
// digits follow it and the language, or the lack of a scale word, makes it a
// group: "160.000" is a hundred and sixty thousand in Baku, "3,456 млрд" is not.
func join(parts, seps []string, scale bool, l news.Lang) (string, bool) {
	if len(parts) == 1 {
		return limit(parts[0], "")
	}
	last := seps[len(seps)-1]
	decimal := len(parts[len(parts)-1]) != 3 || parts[0] == "0"
	if !decimal && !isGap(last) && len(seps) == 1 {
		decimal = scale
		if l == news.En {
			decimal = last == "."
		}
	}
	if len(seps) > 1 && last != seps[0] && !isGap(last) {
		decimal = true // 20 099,88 and 1,234,567.8
	}
	whole := parts
	frac := ""
	if decimal && !isGap(last) {
		whole, frac = parts[:len(parts)-1], parts[len(parts)-1]
	}
	for i, p := range whole[1:] {
		if len(p) != 3 || len(whole[0]) > 3 || seps[i] != seps[0] {
			return "", false // 17.06.23
		}
	}
	return limit(strings.Join(whole, ""), frac)
}

// limit refuses numerals that no statistic has: they are identifiers.
func limit(whole, frac string) (string, bool) {
	if len(whole) > 15 || len(frac) > 6 {
		return "", false
	}
	if frac == "" {
		return whole, true
	}
	return whole + "." + frac, true
}

// scaleFollows reports whether the word after a numeral is a scale.
func scaleFollows(rest string, l news.Lang) bool {
	rest = strings.TrimLeft(rest, " \u00a0\u202f")
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	_, ok := scaleOf(plain(rest[:end], l), l)
	return ok
}

// numberWords turns number words into number tokens: "two and a half", "двух",
// "üç yarım". One and ten-like words that mean other things as well count only
// before a scale.
func numberWords(toks []token, l news.Lang) []token {
	g := grammars()[l]
	if g == nil {
		return toks
	}
	out := make([]token, 0, len(toks))
	for i := 0; i < len(toks); {
		v, n := g.spelled(toks[i:])
		if n == 0 {
			if toks[i].kind == numberToken {
				if half := g.andHalf(toks[i+1:]); half > 0 {
					v, n = toks[i].value+0.5, 1+half
				}
			}
		}
		if n == 0 {
			out = append(out, toks[i])
			i++
			continue
		}
		t := toks[i]
		t.kind, t.value, t.end = numberToken, v, toks[i+n-1].end
		t.norm = strconv.FormatFloat(v, 'f', -1, 64)
		out = append(out, t)
		i += n
	}
	return out
}

// spelled reads the number words at the front of toks.
func (g *grammar) spelled(toks []token) (value float64, n int) {
	for n < len(toks) && toks[n].kind == wordToken {
		v, ok := g.numeral(toks[n].norm)
		if !ok || n > 0 && v >= 10 && v != 100 {
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
		return g.halfOf(toks)
	}
	if half := g.andHalf(toks[n:]); half > 0 {
		value, n = value+0.5, n+half
	}
	if value == 1 || n == 1 && g.unsure[toks[0].norm] {
		if n >= len(toks) {
			return 0, 0
		}
		if _, ok := scaleOf(toks[n].norm, g.lang); !ok {
			return 0, 0
		}
	}
	return value, n
}

// numeral looks a number word up, also one like "thirty-eight".
func (g *grammar) numeral(w string) (float64, bool) {
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
	return 0, false
}

// halfOf reads "half a" before a scale.
func (g *grammar) halfOf(toks []token) (float64, int) {
	n := prefixed(toks, g.half)
	if n == 0 || n >= len(toks) {
		return 0, 0
	}
	if _, ok := scaleOf(toks[n].norm, g.lang); !ok {
		return 0, 0
	}
	return 0.5, n
}

// andHalf reads "and a half" after a number.
func (g *grammar) andHalf(toks []token) int { return prefixed(toks, g.plusHalf) }

// prefixed returns how many tokens the first of phrases that fits takes.
func prefixed(toks []token, phrases [][]string) int {
	for _, ph := range phrases {
		if len(ph) > len(toks) {
			continue
		}
		fits := true
		for i, w := range ph {
			fits = fits && toks[i].norm == w
		}
		if fits {
			return len(ph)
		}
	}
	return 0
}
