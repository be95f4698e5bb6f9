package lang

import (
	"strings"
	"unicode/utf8"

	"samur/internal/news"
)

// sentences cuts the tokens into sentences, writes each token's Sent and returns the
// spans. A line's end always ends a sentence; a mark does when what follows looks like
// a beginning and what precedes is no abbreviation, initial or ordinal.
func (s *scanner) sentences() []Span {
	if len(s.tokens) == 0 {
		return nil
	}
	spans := make([]Span, 0, len(s.tokens)/12+1)
	first, br := 0, 0
	for br < len(s.breaks) && s.breaks[br] == 0 {
		br++
	}
	n := len(s.tokens)
	for i := 0; i < n; {
		end := 0 // index behind the last token of the sentence, 0 when it goes on
		next := i + 1
		if t := &s.tokens[i]; t.Kind == Punct && s.stops(t) {
			next = s.behindMarks(i)
			if end = s.endAt(first, i, next); end > 0 {
				next = end
			}
		}
		if br < len(s.breaks) && s.breaks[br] <= next {
			end = s.breaks[br]
			next = end
			br++
		}
		if next >= n {
			end = n
		}
		if end > first {
			s.mark(first, end, len(spans))
			spans = append(spans, Span{s.tokens[first].Start, s.tokens[end-1].End})
			first = end
		}
		i = next
	}
	return spans
}

func (s *scanner) mark(from, to, sent int) {
	for i := from; i < to; i++ {
		s.tokens[i].Sent = sent
	}
}

func (s *scanner) stops(t *Token) bool {
	switch s.raw[t.Start] {
	case '.', '!', '?':
		return true
	}
	return strings.HasPrefix(s.raw[t.Start:], "…")
}

// behindMarks returns the index behind a run of marks like ?! or ... that begins at i.
func (s *scanner) behindMarks(i int) int {
	i++
	for i < len(s.tokens) && s.stops(&s.tokens[i]) && s.joined(i) {
		i++
	}
	return i
}

// endAt decides whether the marks at tokens i up to end, which is not one of them, end
// the sentence that began at first. It returns the index behind the sentence's last
// token, closing quotes and brackets included, or 0.
func (s *scanner) endAt(first, i, end int) int {
	point := end == i+1 && s.raw[s.tokens[i].Start] == '.'
	for end < len(s.tokens) && s.closes(end) {
		end++
	}
	if end >= len(s.tokens) {
		return end
	}
	next := s.opening(end)
	if s.joined(end) && !(point && end == i+1 && s.spaceLost(i)) {
		return 0
	}
	if next >= len(s.tokens) {
		return end
	}
	t := &s.tokens[next]
	if t.Kind == Word && !t.Upper && caseless(t.Fold) == 0 {
		return 0 // a small letter goes on
	}
	if point && end == i+1 && !s.endsAtPoint(first, i, next) {
		return 0
	}
	return end
}

// caseless returns the first rune of a word whose script has no capitals, or 0.
func caseless(w string) rune {
	r, _ := utf8.DecodeRuneInString(w)
	if r >= 0x0590 && r < 0x1C80 || r >= 0x3040 {
		return r
	}
	return 0
}

// joined reports that no space stands before token i.
func (s *scanner) joined(i int) bool {
	return i > 0 && s.tokens[i-1].End == s.tokens[i].Start
}

// closes reports that token i is a closing quote or bracket that belongs to the mark
// before it.
func (s *scanner) closes(i int) bool {
	if !s.joined(i) || s.tokens[i].Kind != Punct {
		return false
	}
	switch s.tokens[i].Fold {
	case "»", "”", ")", "]", "’", "'", "“":
		return true
	case "\"":
		return i+1 >= len(s.tokens) || !s.joined(i+1)
	}
	return false
}

// opening skips opening quotes, dashes and bullets from token i and returns the index
// of the first word or number.
func (s *scanner) opening(i int) int {
	for n := 0; i < len(s.tokens) && s.tokens[i].Kind == Punct && n < 4; n++ {
		i++
	}
	return i
}

// spaceLost reports that the point at token i stands between two sentences whose space
// was lost: "сказал он.Президент", but not "Day.Az" or "INTERFAX.RU".
func (s *scanner) spaceLost(i int) bool {
	if i == 0 || i+1 >= len(s.tokens) {
		return false
	}
	a, b := &s.tokens[i-1], &s.tokens[i+1]
	return a.Kind == Word && !a.Upper && b.Kind == Word && b.Upper &&
		utf8.RuneCountInString(a.Fold) >= 3 && utf8.RuneCountInString(b.Fold) >= 3
}

// endsAtPoint decides about a single point at token i with a possible beginning at
// token next.
func (s *scanner) endsAtPoint(first, i, next int) bool {
	if i == first {
		return true
	}
	prev, after := &s.tokens[i-1], &s.tokens[next]
	if !s.joined(i) {
		return true
	}
	if prev.Kind == Number {
		// "1. Россия" opens a list, "6. ci"; "в 2024. Баку" ends a sentence.
		return i-1 != first || len(prev.Fold) > 2
	}
	if prev.Kind != Word {
		return true
	}
	single := utf8.RuneCountInString(prev.Fold) == 1
	switch {
	case s.andSoOn(i):
		return true
	case single && prev.Upper:
		return !s.initial(i, next)
	}
	switch abbreviation(prev.Fold, s.lang) {
	case abbrBefore:
		return false
	case abbrNumber:
		return after.Kind != Number
	case abbrUnit:
		return after.Kind == Word && !isCurrencyCountry(after.Fold)
	case abbrYear:
		return i-first >= 6 && after.Kind == Word && s.dated(i-1)
	case abbrName:
		return s.usual(next)
	}
	return !single || s.lone(i-1) || s.usual(next)
}

// lone reports that the small letter at token i is a word or an ending, not an
// abbreviation as in "e.ə." and "т. е.".
func (s *scanner) lone(i int) bool {
	switch s.tokens[i].Fold {
	case "я", "o":
		return true
	}
	return i >= 1 && s.joined(i) && isHyphen(s.tokens[i-1].Fold) // 1970-х, AZAL-a
}

func isHyphen(s string) bool { return s == "-" || s == "\u2010" || s == "\u2011" }

// initial reports that the capital and the point before token next are an initial or
// the end of an abbreviation like U.S. that a name or number goes on.
func (s *scanner) initial(i, next int) bool {
	t := &s.tokens[next]
	switch {
	case i >= 2 && s.joined(i-1) && (isHyphen(s.tokens[i-2].Fold) || s.tokens[i-2].Kind == Number):
		return false // Objective-C, 2C
	case s.lang == news.Ru && strings.Contains("ivx", s.tokens[i-1].Fold) || s.lang == news.En && s.tokens[i-1].Fold == "i":
		return false // Твртко I, so do I
	case t.Kind == Number:
		return i >= 2 && s.joined(i-1)
	case next != i+1 || t.Kind != Word || !t.Upper:
		return false
	case utf8.RuneCountInString(t.Fold) == 1:
		return next+1 < len(s.tokens) && s.tokens[next+1].Fold == "."
	}
	return !s.usual(next)
}

// usual reports that token i is a word that many sentences begin with and no name does.
func (s *scanner) usual(i int) bool {
	t := &s.tokens[i]
	return t.Kind == Word && t.Upper && beginnings[t.Fold]
}

var beginnings = set(`the this these those in on at for from with as but and if when while after it its she they we there however
	also another according although since under many some most no one last
	в на по но она оно они это этот эта эти при для после до если когда однако также мы вы его ее их как так кроме между
	всего все уже только затем поэтому
	bu bunu bunun onun onlar biz lakin amma həmçinin hazırda sonra əgər burada belə hər eyni həmin bundan digər artıq ancaq`)

// dated reports that the abbreviation of a year or century at token i stands behind
// one: 2024, 1970-х, XVIII.
func (s *scanner) dated(i int) bool {
	if i < 1 {
		return false
	}
	t := &s.tokens[i-1]
	if t.Kind == Number {
		return true
	}
	if i >= 3 && s.joined(i-1) && s.tokens[i-3].Kind == Number {
		return true
	}
	return t.Upper && strings.Trim(t.Fold, "ivxlcхі") == ""
}

// andSoOn reports that the point at token i ends "т.д.", "т.п.", "və s." or "p.m.",
// which unlike most abbreviations close a sentence.
func (s *scanner) andSoOn(i int) bool {
	last := s.tokens[i-1].Fold
	if i >= 2 && last == "s" && s.tokens[i-2].Fold == "və" {
		return true
	}
	if i < 3 || s.tokens[i-2].Fold != "." {
		return false
	}
	switch s.tokens[i-3].Fold {
	case "т":
		return last == "д" || last == "п"
	case "a", "p":
		return last == "m"
	}
	return false
}
