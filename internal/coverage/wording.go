package coverage

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
)

// The measure of a key word of one side. It is strict: half of what reports differ in is
// how their writers write.
const (
	ownShare   = 2.0 / 3 // of a side's voices must lean on the word
	ownVoices  = 2       // and at least so many voices, or reports where the side has one voice
	ownNamers  = 3       // likewise, of a name or a plain word: two writers agree by chance
	heardWords = 50      // that the other side's reports have at least, for the lack of one to mean something: two headlines have not
	nameHeard  = 3       // reports that it has at least where a name or a plain word is missed
	maxWords   = 4       // of one side in one story
	plainRunes = 5       // letters of a plain word
	quoteBytes = 400
)

// use is one place where a report names something.
type use struct {
	report   report
	sentence *reading.Sentence
	form     string
}

// lexis is the key words of one side's reports.
type lexis struct {
	uses    map[string][]use // by key, those of the earliest report first
	has     map[string]bool  // keys of all that is said, in headlines and with a capital too
	voices  map[string]int   // that have reports, by language, and in all under ""
	reports map[string]int   // as voices
	words   int
}

// wordings returns the words of Baku and of Moscow that the other side does without.
func wordings(rd *reading.Reader, rs []report) []news.Wording {
	sides := map[news.Side]lexis{}
	for _, side := range parties {
		sides[side] = lexisOf(rd, originals(rs, side))
	}
	var out []news.Wording
	for i, side := range parties {
		out = append(out, sides[side].without(sides[parties[1-i]], side)...)
	}
	return out
}

func lexisOf(rd *reading.Reader, rs []report) lexis {
	x := lexis{map[string][]use{}, map[string]bool{}, map[string]int{}, map[string]int{}, 0}
	heard := map[string]bool{}
	for _, r := range rs {
		l := string(r.item.Lang)
		for _, in := range []string{"", l} {
			x.reports[in]++
			if !heard[in+" "+r.Outlet] {
				heard[in+" "+r.Outlet] = true
				x.voices[in]++
			}
		}
		for _, s := range rd.Read(r.item).Sentences {
			x.words += len(s.Tokens)
			x.add(r, s)
		}
	}
	return x
}

// add notes what a sentence names.
func (x lexis) add(r report, s *reading.Sentence) {
	named := make([]bool, len(s.Tokens))
	choose(plainWords(s.Tokens), s.Item.Lang, func(id string, from, to int) {
		x.note(id, use{r, s, s.Form(from, to)})
		for i := from; i < to; i++ {
			named[i] = true
		}
	})
	for _, h := range s.Hits {
		for i, t := range s.Tokens {
			named[i] = named[i] || t.Start >= h.Start && t.Start < h.End
		}
		if keyConcept(h.Concept) {
			x.note(h.Concept.ID, use{r, s, h.Form})
		}
	}
	for i, t := range s.Tokens {
		if t.Kind != lang.Word {
			continue
		}
		key := plainKey(t, s.Item.Lang)
		x.has[key] = true
		if !named[i] && plainWord(t, s) {
			x.note(key, use{r, s, s.Form(i, i+1)})
		}
	}
}

// plainWords returns the words of tokens without diacritics.
func plainWords(toks []lang.Token) []string {
	out := make([]string, len(toks))
	for i, t := range toks {
		out[i] = lang.Plain(t.Fold)
	}
	return out
}

func (x lexis) note(key string, u use) {
	x.has[key] = true
	x.uses[key] = append(x.uses[key], u)
}

// keyConcept reports whether the use of a concept can tell sides apart: people, events
// and treaties can, places and offices are named or not as a sentence needs them.
func keyConcept(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person, lexicon.Event, lexicon.Treaty, lexicon.Project, lexicon.Route:
		return true
	}
	return false
}

// plainWord reports whether a token can be a key word by itself: a long word that is
// neither a name nor empty.
func plainWord(t lang.Token, s *reading.Sentence) bool {
	return !t.Upper && s.Field == news.FieldText &&
		utf8.RuneCountInString(t.Fold) >= plainRunes && !lang.Hollow(t.Fold, s.Item.Lang)
}

// plainKey is the key of a plain word, which is compared within its language alone.
func plainKey(t lang.Token, l news.Lang) string {
	return " " + string(l) + " " + lang.Stem(t.Fold, l)
}

// own is a word of one side.
type own struct {
	news.Wording
	key   string
	kind  wordKind
	share float64
}

// wordKind orders words by how much they tell of a side.
type wordKind int

const (
	chosen wordKind = iota // one of the words that sides choose between
	name
	plainly
)

// kindOf returns the kind of a key, and the language within which it is compared.
func kindOf(key string) (k wordKind, l string) {
	switch {
	case strings.HasPrefix(key, choicePrefix):
		return chosen, ""
	case key[0] == ' ':
		return plainly, strings.Fields(key)[0]
	}
	return name, ""
}

// without returns the words that x leans on and y does without, the weightiest first.
func (x lexis) without(y lexis, side news.Side) []news.Wording {
	if y.words < heardWords {
		return nil
	}
	var owns []own
	for key, uses := range x.uses {
		if o, ok := x.owns(key, uses, y); ok {
			owns = append(owns, o)
		}
	}
	slices.SortFunc(owns, func(a, b own) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(b.share, a.share), cmp.Compare(b.Voices, a.Voices), strings.Compare(a.key, b.key))
	})
	var out []news.Wording
	for _, o := range owns[:min(len(owns), maxWords)] {
		o.Side = side
		out = append(out, o.Wording)
	}
	return out
}

// owns reports whether x leans on a word that y does without.
func (x lexis) owns(key string, uses []use, y lexis) (o own, ok bool) {
	k, l := kindOf(key)
	least := ownVoices
	if k != chosen {
		least = ownNamers
	}
	if y.has[key] || k != chosen && y.reports[l] < nameHeard {
		return own{}, false
	}
	o = own{key: key, kind: k}
	if o.share, o.Voices, ok = x.lean(uses, l, least); !ok {
		return own{}, false
	}
	if k != plainly {
		o.Concept = key
	}
	o.Form, o.Quote, ok = quoted(uses)
	return o, ok
}

// lean reports whether most of a side's voices, or of its reports where it has one
// voice, and at least some, use a word; l is the language of a plain word.
func (x lexis) lean(uses []use, l string, least int) (share float64, voices int, ok bool) {
	outlets, reports := map[string]bool{}, map[string]bool{}
	for _, u := range uses {
		outlets[u.report.Outlet], reports[u.report.Item] = true, true
	}
	n, of := len(outlets), x.voices[l]
	if of < ownVoices {
		n, of = len(reports), x.reports[l]
	}
	share = float64(n) / float64(of)
	return share, len(outlets), n >= least && share >= ownShare
}

// quoted returns the use to show, with its sentence: a headline, for there words are
// chosen, else a sentence that stands by itself, else any of fair length.
func quoted(uses []use) (form string, q news.Quote, ok bool) {
	for _, fits := range []func(s *reading.Sentence) bool{
		func(s *reading.Sentence) bool { return s.Field == news.FieldTitle },
		(*reading.Sentence).Quotable,
		func(s *reading.Sentence) bool { return true },
	} {
		for _, u := range uses {
			if len(u.sentence.Text) <= quoteBytes && fits(u.sentence) {
				return u.form, u.sentence.Quote(), true
			}
		}
	}
	return "", news.Quote{}, false
}
