package figures

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/news"
	"samur/internal/pattern"
)

// number takes a numeral and what is glued to it: an ordinal ending makes it no
// value, an Azerbaijani case ending or a scale becomes a token of its own.
func (lx *lexer) number() {
	g := grammars()[lx.lang]
	end, norm, ok := scanNumber(lx.raw[:lx.end], lx.pos, lx.lang)
	if lx.raw[lx.pos] == '.' { // .77
		end, norm, ok = scanNumber(lx.raw[:lx.end], lx.pos+1, lx.lang)
		ok = ok && !strings.Contains(norm, ".") && len(norm) <= 9
		norm = "0." + norm
	}
	if !ok {
		norm := "date"
		if twoYears().MatchString(lx.raw[lx.pos:end]) {
			norm = lx.raw[lx.pos:end]
		}
		lx.add(end, wordToken, norm, 0)
		return
	}
	r, n := lx.rune(end)
	if unicode.IsLetter(r) {
		tail := lx.letters(end)
		if r, _ := lx.rune(tail); r == '$' && lx.raw[end:tail] == "US" { // 3.14US$
			lx.addNumber(end, norm)
			lx.pos = tail
			return
		}
		glued := plain(lx.raw[end:tail], lx.lang)
		if _, isScale := scaleOf(glued, lx.lang); !isScale && !gluedUnit[glued] && codeOf(lx.raw[end:tail]) == "" && g.gluedMoney(glued) == 0 {
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

// twoYears is a year that two of the calendar share: 2023/24.
var twoYears = pattern.Lazy(`^20\d\d/(?:20)?\d\d$`)

// fraction reports whether the point at the lexer's place begins a numeral.
func (lx *lexer) fraction() bool {
	after, _ := lx.rune(lx.pos + 1)
	before, _ := utf8.DecodeLastRuneInString(lx.raw[:lx.pos])
	return isDigit(after) && (lx.pos == 0 || unicode.IsSpace(before) || before == '(' || before == '-')
}

// gluedMoney returns the length of a unit of money that is written right behind a numeral
// as w.
func (g *grammar) gluedMoney(w string) int {
	if g == nil {
		return 0
	}
	u, n := g.unitAt(w + " ")
	if u.class != money {
		return 0
	}
	return n
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
	if lakhs(whole, seps) {
		return limit(strings.Join(whole, ""), frac)
	}
	for i, p := range whole[1:] {
		if len(p) != 3 || len(whole[0]) > 3 || seps[i] != seps[0] {
			return "", false // 17.06.23
		}
	}
	return limit(strings.Join(whole, ""), frac)
}

// lakhs reports whether digits are grouped as in India: 12,34,567.
func lakhs(parts, seps []string) bool {
	last := len(parts) - 1
	if last < 2 || len(parts[0]) > 2 || len(parts[last]) != 3 {
		return false
	}
	for i, p := range parts[1:] {
		if seps[i] != "," || i+1 < last && len(p) != 2 {
			return false
		}
	}
	return true
}

// limit refuses numerals that no statistic has: they are identifiers.
func limit(whole, frac string) (string, bool) {
	if len(whole) > 15 || len(frac) > 9 {
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
