package classify

import (
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// zone is the part of an item that a token stands in.
type zone uint8

// The zones. Words in an aside say where an item comes from, not what it is
// about; words in the background say what happened before.
const (
	zoneTitle zone = iota
	zoneLead
	zoneRest
	zoneBackground
	zoneList
	zoneAside
)

var zoneNames = [...]string{"title", "lead", "text", "background", "list", "aside"}

func (z zone) String() string { return zoneNames[z] }

const (
	leadSentences = 2 // the first sentences of the text that are no dateline
	tourCountries = 4 // so many other countries in a text, and a side beside some of them, are a tour of the map
	listCountries = 5 // so many countries in one sentence are a list
	titleList     = 4 // … in a title
	amongOthers   = 2 // a side beside so many others, without the other side, is one of a list
	datelineMax   = 16
)

// zones tells of every sentence of an item which zone it is in.
type zones struct {
	title    zone   // zoneTitle or zoneList
	body     []zone // by sentence
	dateline int    // tokens of Body before this index are a dateline
}

// of returns the zone of a hit.
func (z *zones) of(d *lexicon.Doc, h *lexicon.Hit) zone {
	if h.Field == news.FieldTitle {
		return z.title
	}
	if h.Tok < z.dateline {
		return zoneAside
	}
	return z.body[d.Body.Tokens[h.Tok].Sent]
}

// zonesOf lays an item out.
func (c *Classifier) zonesOf(d *lexicon.Doc) zones {
	z := zones{title: zoneTitle, body: make([]zone, len(d.Body.Sentences)+1)}
	t := &d.Body
	v := c.voice(t.Lang)
	z.dateline = v.dateline(t, d.Hits)
	lead := 0
	open := zoneRest // what an opener turned the paragraph into
	last := -1
	for i, tok := range t.Tokens[:min(len(t.Tokens), readTokens)] {
		if tok.Sent == last || i < z.dateline {
			continue
		}
		s := tok.Sent
		if last >= 0 && newParagraph(t, s) {
			open = zoneRest
		}
		last = s
		switch v.opener(t, firstWord(t.Tokens, i)) {
		case tagBackground:
			open = zoneBackground
		case tagTeaser:
			open = zoneAside
		}
		switch {
		case open != zoneRest:
			z.body[s] = open
		case lead < leadSentences:
			z.body[s] = zoneLead
			lead++
		default:
			z.body[s] = zoneRest
		}
	}
	z.markLists(d)
	return z
}

// newParagraph reports whether a line ends between sentence s and the one before.
func newParagraph(t *lang.Text, s int) bool {
	return s > 0 && strings.Contains(t.Raw[t.Sentences[s-1].Start:t.Sentences[s].Start], "\n")
}

// firstWord returns the index of the first token from i on that is no mark.
func firstWord(toks []lang.Token, i int) int {
	for j := i; j < len(toks) && j < i+4; j++ {
		if toks[j].Kind != lang.Punct {
			return j
		}
	}
	return i
}

// markLists finds the sentences that count countries up. A forum in which both
// sides sit (3+3, the Caspian five) may name them all.
func (z *zones) markLists(d *lexicon.Doc) {
	for i := range d.Hits {
		if isForum(d.Hits[i].Concept) {
			return
		}
	}
	tour := countries(d) >= tourCountries
	flush := func(title bool, s int, seen []*lexicon.Concept) {
		switch {
		case title && len(seen) >= titleList:
			z.title = zoneList
		case !title && isList(seen, tour) && z.body[s] != zoneAside:
			z.body[s] = zoneList
		}
	}
	var seen []*lexicon.Concept
	at, inTitle := -1, true
	for i := range d.Hits {
		h := &d.Hits[i]
		title := h.Field == news.FieldTitle
		s := 0
		if !title {
			if h.Tok < z.dateline || h.Tok >= readTokens {
				continue
			}
			s = d.Body.Tokens[h.Tok].Sent
		}
		if title != inTitle || s != at {
			flush(inTitle, at, seen)
			seen, at, inTitle = seen[:0], s, title
		}
		if mapped(h.Concept, title) && !contains(seen, h.Concept) {
			seen = append(seen, h.Concept)
		}
	}
	flush(inTitle, at, seen)
}

// countries counts the countries of neither side that the text names.
func countries(d *lexicon.Doc) int {
	var seen []*lexicon.Concept
	for i := range d.Hits {
		h := &d.Hits[i]
		if h.Field == news.FieldText && mapped(h.Concept, false) && h.Concept.Side == news.SideOther && !contains(seen, h.Concept) {
			seen = append(seen, h.Concept)
		}
	}
	return len(seen)
}

// mapped reports whether c counts when a sentence lists places; a headline's cities
// are where something happens.
func mapped(c *lexicon.Concept, title bool) bool {
	return isCountry(c) || c.Kind == lexicon.City && !title
}

// isList reports whether the countries of one sentence are a list: many of them,
// or one of the sides as one among several others, for which in a tour of the map
// one other is enough.
func isList(seen []*lexicon.Concept, tour bool) bool {
	var az, ru bool
	others := 0
	for _, c := range seen {
		az = az || c.Side == news.SideAz
		ru = ru || c.Side == news.SideRu
		if c.Side == news.SideOther {
			others++
		}
	}
	return len(seen) >= listCountries || az != ru && (others >= amongOthers || tour && others > 0)
}

func contains(cs []*lexicon.Concept, c *lexicon.Concept) bool {
	for _, x := range cs {
		if x == c {
			return true
		}
	}
	return false
}

// dateline returns how many tokens at the head of a text are its dateline:
// places, dates and agencies up to a dash, colon, slash or full stop, as in
// "BAKU, August 19. /TASS/." or "Bakı. Trend:".
func (v *voice) dateline(text *lang.Text, hits []lexicon.Hit) int {
	toks := text.Tokens
	place, source := sources(toks, hits)
	if len(toks) == 0 || !(place[0] || source[0] || toks[0].Upper && toks[0].Kind == lang.Word) {
		return 0
	}
	end, dated, sourced := 0, false, false
	for i := 0; i < len(toks) && i < datelineMax; i++ {
		t := toks[i]
		switch {
		case source[i]:
			sourced = true
		case t.Kind == lang.Number:
		case t.Kind == lang.Word:
			if v.month(text, i) {
				dated = true
			} else if !t.Upper && !dateWords[t.Fold] {
				return end
			}
		case strings.ContainsAny(t.Fold, ".:/—–-)"):
			if (dated || sourced) && (place[0] || sourced) {
				end = i + 1
			}
		}
	}
	return end
}

var dateWords = map[string]bool{"by": true, "the": true, "of": true, "г": true, "года": true, "il": true}

// sources marks which of the first tokens name a place and which an agency.
func sources(toks []lang.Token, hits []lexicon.Hit) (place, source [datelineMax + 1]bool) {
	for i := range hits {
		h := &hits[i]
		if h.Field == news.FieldTitle || h.Tok >= datelineMax || h.Tok >= len(toks) {
			continue
		}
		for k := h.Tok; k < h.TokEnd && k < datelineMax; k++ {
			place[k] = place[k] || h.Concept.Side != "" && !isAgency(h.Concept)
			source[k] = source[k] || isAgency(h.Concept)
		}
	}
	return place, source
}
