package timeline

import (
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// sentence is one sentence with all that was found in it.
type sentence struct {
	g        *grammar
	t        *lang.Text
	field    news.Field
	no       int
	from, to int // tokens
	hits     []located
	cues     []found
	days     []when
	eventful bool // some cue names an event
}

// located is a concept with its place.
type located struct {
	*lexicon.Hit
	id    string    // of the concept; of the newsroom's own president for a bare "president"
	side  news.Side // of what id names
	s     *sentence
	there bool // said to be where something is or goes
}

// fold is the name as it stands, folded.
func (h *located) fold() string { return lang.Fold(h.Form, h.s.t.Lang) }

// found is a cue with its place: tokens from at to end.
type found struct {
	cue
	at, end int
}

// add takes a hit into the sentence. home is the side of the newsroom.
func (s *sentence) add(h *lexicon.Hit, home news.Side) {
	l := located{Hit: h, id: h.Concept.ID, side: h.Concept.Side, s: s}
	if own := ownOffices[l.id][home]; own != "" && l.side == "" && s.alone(h) {
		l.id, l.side = own, home
	}
	s.hits = append(s.hits, l)
}

// alone reports whether an office is one, and nobody's: no "presidents", no "SOCAR
// president", no "president of".
func (s *sentence) alone(h *lexicon.Hit) bool {
	fold := s.t.Tokens[h.Tok].Fold
	switch {
	case strings.HasSuffix(fold, "s"), strings.HasSuffix(fold, "ы"), strings.HasSuffix(fold, "ов"), strings.HasSuffix(fold, "ами"), strings.HasPrefix(fold, "глав") && h.TokEnd-h.Tok > 1 && s.is(h.TokEnd-1, "государств"),
		strings.Contains(lang.Plain(s.t.Tokens[h.TokEnd-1].Fold), "ler"), s.is(h.TokEnd, "of"):
		return false
	}
	return len(s.hits) == 0 || s.hits[len(s.hits)-1].TokEnd < h.Tok
}

// ownOffices are the offices that a newsroom need not say the country of when it is its
// own.
var ownOffices = map[string]map[news.Side]string{
	"office/head-of-state": {news.SideAz: "office/president-of-azerbaijan", news.SideRu: "office/president-of-russia"},
}

// read finds the cues and days of a sentence. Names of those who act and of places hide
// the cues within them.
func (s *sentence) read(words index) {
	s.findCues(words)
	if s.eventful || s.field == news.FieldTitle {
		s.findDays()
		for i := range s.hits {
			h := &s.hits[i]
			h.there = (isPlace(h.Concept) || h.id == "institution/kremlin") && s.g.place(s, h)
		}
	}
}

func (s *sentence) findCues(words index) {
	for i := s.from; i < s.to; {
		if s.t.Tokens[i].Kind != lang.Word {
			i++
			continue
		}
		p, end := words.at(s.t.Tokens, i, s.to)
		if end == 0 || s.named(i) {
			i++
			continue
		}
		if s.modal(p.cue, i) {
			p.cue = cue{what: maybe}
		}
		if p.cue.what != ignore {
			s.cues = append(s.cues, found{p.cue, i, end})
			s.eventful = s.eventful || p.cue.kind != ""
		}
		i = end
	}
}

// modal reports whether the month of May at token i is the verb: no preposition and no
// number stands beside it.
func (s *sentence) modal(c cue, i int) bool {
	if c.what != month || s.g.lang != news.En || !s.is(i, "may") {
		return false
	}
	return !s.t.Tokens[i].Upper || !s.is(i-1, "in", "of", "early", "late", "mid", "this", "next", "last", "until", "by") &&
		s.number(i-1, 1, 31) == 0 && s.number(i+1, 1, 2079) == 0 && !s.is(i-1, "th", "st", "nd", "rd")
}

// asks reports whether the sentence is a question, which states nothing.
func (s *sentence) asks() bool {
	for i := s.to - 1; i >= max(s.from, s.to-2); i-- {
		if s.is(i, "?") {
			return true
		}
	}
	return false
}

// named reports whether token i is part of the name of somebody or of a place or body.
func (s *sentence) named(i int) bool {
	return slices.ContainsFunc(s.hits, func(h located) bool {
		return i >= h.Tok && i < h.TokEnd && (acts(h.Concept) || isPlace(h.Concept))
	})
}

// text returns the sentence as it stands.
func (s *sentence) text() string { return s.t.Sentence(s.no) }

// has reports whether some cue says what.
func (s *sentence) has(w what) bool {
	return slices.ContainsFunc(s.cues, func(f found) bool { return f.what == w })
}

// between reports whether a cue of what begins among the tokens from a to b.
func (s *sentence) between(w what, a, b int) bool {
	return slices.ContainsFunc(s.cues, func(f found) bool { return f.what == w && f.at >= a && f.at < b })
}

// phraseEnd returns the end of the phrase that begins at token i: a mark, a word of
// stops, a name of a person, or the ninth word ends it.
func (s *sentence) phraseEnd(i int, stops []string) int {
	end := i
	for k := i; k < min(s.to, i+9); k++ {
		t := &s.t.Tokens[k]
		if t.Kind != lang.Word && t.Fold != "-" || k > i && slices.Contains(stops, t.Fold) || t.Fold == "in" && s.named(k+1) || s.person(k) || s.dated(k) {
			break
		}
		end = k + 1
	}
	for end > i+1 && slices.Contains([]string{"in", "on", "of", "and", "the", "for", "и", "о", "по", "в", "об", "-", "a"}, s.t.Tokens[end-1].Fold) {
		end--
	}
	if end == i+1 {
		return i // the preposition alone
	}
	return end
}

// posted reports whether token i names somebody or a body by where he is posted to:
// "ambassador to Russia", "посол в России".
func (s *sentence) posted(i int) bool {
	return i >= s.from && near(s.t.Tokens[i].Fold, "ambassador", "envoy", "embassy", "consul", "посол", "посла", "послу", "послом", "посольств", "торгпред", "консул", "генконсул", "представитель")
}

func (s *sentence) person(i int) bool {
	return slices.ContainsFunc(s.hits, func(h located) bool {
		return i >= h.Tok && i < h.TokEnd && h.Concept.Kind == lexicon.Person
	})
}

// dated reports whether token i is part of an expression of time.
func (s *sentence) dated(i int) bool {
	return slices.ContainsFunc(s.days, func(w when) bool { return i >= w.at && i < w.end })
}
