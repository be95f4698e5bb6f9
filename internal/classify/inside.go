package classify

import (
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// sides tells which sides a name holds.
type sides struct{ az, ru bool }

// sideForm is a one-word name of a side.
type sideForm struct {
	form lang.Form
	side news.Side
}

// sideIndex finds the names of sides by the first bytes of a word.
type sideIndex map[string][]sideForm

// namedInside finds the names of several words that hold the name of a side:
// "Days of Azerbaijan" is one hit of the lexicon and covers the country's own.
func namedInside(x *lexicon.Lexicon) map[string]sides {
	forms := sideForms(x)
	out := map[string]sides{}
	for _, c := range x.Concepts() {
		if isPlaceName(c.Kind) || c.Kind == lexicon.Person || isAgency(c) {
			continue
		}
		for l, names := range c.Names {
			for _, n := range names {
				if s := sidesOf(n, l, forms[l]); s.az || s.ru {
					out[n] = s
				}
			}
		}
	}
	return out
}

func isPlaceName(k lexicon.Kind) bool {
	return k == lexicon.Country || k == lexicon.City || k == lexicon.Region
}

func sideForms(x *lexicon.Lexicon) map[news.Lang]sideIndex {
	forms := map[news.Lang]sideIndex{news.En: {}, news.Ru: {}, news.Az: {}}
	for _, c := range x.Concepts() {
		if !isPlaceName(c.Kind) && c.Kind != lexicon.Company || c.Side != news.SideAz && c.Side != news.SideRu {
			continue
		}
		for l, names := range c.Names {
			for _, n := range names {
				if strings.Contains(n, " ") {
					continue
				}
				if f := lang.Compile(n, l, lang.Term); len(f.Fold) > headLen {
					head := f.Fold[:headLen]
					forms[l][head] = append(forms[l][head], sideForm{f, c.Side})
				}
			}
		}
	}
	return forms
}

func sidesOf(name string, l news.Lang, forms sideIndex) sides {
	var s sides
	words := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(" -–—«»\"“”", r) })
	if len(words) < 2 {
		return s
	}
	for _, w := range words {
		fold := lang.Fold(w, l)
		for _, f := range forms[fold[:min(headLen, len(fold))]] {
			if f.form.Match(fold, l, false) {
				s.az = s.az || f.side == news.SideAz
				s.ru = s.ru || f.side == news.SideRu
			}
		}
	}
	return s
}
