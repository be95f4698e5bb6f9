package timeline

import (
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Who is in an event. Persons are named before offices, offices before bodies, and a
// country counts where nobody of it is named. Who only speaks, or only has ordered it, is
// left out when the others are enough.

const (
	personReach = 30 // tokens from the words of an event to a person in it
	bodyReach   = 14 // … to an office or body
	landReach   = 12 // … to a country
	firmReach   = 10 // … to a company
	placeReach  = 12 // … to where it is
	listReach   = 5  // between persons of one list, offices included
	clauseReach = 6  // … behind a noun, where another clause begins between
	speechReach = 3  // between a speaker and the word for speaking
)

// acts reports whether a concept of this kind can be in an event.
func acts(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person, lexicon.Office, lexicon.Institution, lexicon.Company, lexicon.Country, lexicon.Region:
		return true
	}
	return false
}

// isPlace reports whether c is a place.
func isPlace(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.City, lexicon.Place, lexicon.Region, lexicon.Country:
		return true
	}
	return false
}

// people returns those in a headline whom sentences below it may mean without naming them.
func (s *sentence) people() []located {
	var out []located
	for i := range s.hits {
		h := s.hits[i]
		if acts(h.Concept) && h.Concept.Kind != lexicon.Company && !speaksForOthers(h.Concept) && !h.there {
			out = append(out, h)
		}
	}
	return out
}

// quoted reports whether a headline only says that h said so: "Peskov: …", "… — Zakharova".
func (s *sentence) quoted(h *located) bool {
	return s.field == news.FieldTitle && (s.is(h.TokEnd, ":") && h.Tok <= s.from+3 ||
		s.is(h.Tok-1, "—", "–", "-") && h.TokEnd >= s.to-1 && s.t.Tokens[h.Tok].Start > s.t.Tokens[h.Tok-1].End)
}

// speaks reports whether a word for speaking stands beside h.
func (s *sentence) speaks(h *located) bool {
	if s.quoted(h) {
		return true
	}
	for _, f := range s.cues {
		switch {
		case f.what == said && f.at >= h.TokEnd && f.at-h.TokEnd <= speechReach && !s.actorBetween(h.TokEnd, f.at),
			f.what == said && f.end <= h.Tok && h.Tok-f.end <= speechReach && !s.actorBetween(f.end, h.Tok) && !s.clauseBetween(f.end, h.Tok),
			f.what == by && f.end <= h.Tok && h.Tok-f.end <= 3:
			return true
		}
	}
	return false
}

// clauseBetween reports whether a clause begins between two tokens: "said that Putin".
func (s *sentence) clauseBetween(a, b int) bool {
	for i := a; i < b; i++ {
		if s.is(i, "that", "что", "ki", ",", ":", "—", "–") {
			return true
		}
	}
	return false
}

func (s *sentence) actorBetween(a, b int) bool {
	return slices.ContainsFunc(s.hits, func(h located) bool { return h.Tok >= a && h.TokEnd <= b && acts(h.Concept) })
}

// apart is how many tokens lie between those from at to end and those from other to last.
func apart(at, end, other, last int) int { return max(other-end, at-last, 0) }

// distance is how many tokens lie between h and the words of f.
func distance(h *located, f *found) int { return apart(h.Tok, h.TokEnd, f.at, f.end) }

// cast is who is in an event.
type cast struct {
	who   []located
	other bool // somebody of neither side
}

// reach is how far from the words of an event a concept may stand.
func reach(c *lexicon.Concept) int {
	switch c.Kind {
	case lexicon.Person:
		return personReach
	case lexicon.Country, lexicon.Region:
		return landReach
	case lexicon.Company:
		return firmReach
	}
	return bodyReach
}

// castOf returns who in the sentence is in the event that f names.
func (s *sentence) castOf(f *found) cast {
	var c cast
	var speakers []located
	for i := range s.hits {
		h := s.hits[i]
		x := h.Concept
		c.other = c.other || outsider(x)
		if !acts(x) || h.there || distance(&h, f) > reach(x) || f.what == noun && s.elsewhere(&h, f) || !s.fits(&h, f.kind) {
			continue
		}
		switch {
		case h.side == news.SideOther:
			c.other = true
			if x.Kind == lexicon.Person && !s.speaks(&h) {
				c.who = append(c.who, h)
			}
		case h.side == "" && !shared(x), speaksForOthers(x):
		case s.speaks(&h):
			speakers = append(speakers, h)
		default:
			c.who = append(c.who, h)
		}
	}
	if !c.complete() && !c.other && (f.kind != visit || len(c.who) == 0) {
		c.who = append(c.who, speakers...)
		slices.SortFunc(c.who, func(a, b located) int { return a.Tok - b.Tok })
	}
	c.refine(f)
	return c
}

// speaksForOthers reports whether c is somebody who speaks of what others do.
func speaksForOthers(c *lexicon.Concept) bool {
	switch c.ID {
	case "person/dmitry-peskov", "person/maria-zakharova", "person/aykhan-hajizada", "person/leyla-abdullayeva":
		return true
	}
	return false
}

// elsewhere reports whether h stands behind a noun and behind the beginning of another
// clause, some way off. A headline has its verb there: "Talks in Baku: Putin and Aliyev".
func (s *sentence) elsewhere(h *located, f *found) bool {
	return s.field == news.FieldText && h.Tok-f.end > clauseReach && s.clauseBetween(f.end, h.Tok)
}

// outsider reports whether c is a body that neither side sits in, or meets as one.
func outsider(c *lexicon.Concept) bool {
	switch c.ID {
	case "organisation/eu", "organisation/nato", "organisation/un", "organisation/osce", "organisation/council-of-europe":
		return true
	}
	return false
}

// fits reports whether h can be in an event of a kind: a call is one of persons and
// offices, troops hold no talks, and a country or region is meant when it is that of
// somebody who acts, or stands beside the other.
func (s *sentence) fits(h *located, k news.EventKind) bool {
	switch h.Concept.Kind {
	case lexicon.Company:
		return k == signing || k == meeting
	case lexicon.Institution:
		return k != call && h.id != "institution/kremlin" && !strings.Contains(h.id, "armed-forces") && !strings.Contains(h.id, "university")
	case lexicon.Region:
		return s.vouched(h)
	case lexicon.Country:
		return s.vouched(h) || k != visit && k != call && s.paired(h)
	}
	return true
}

// besideReach is how many tokens may lie between a country and what it belongs to.
const besideReach = 2

// vouched reports whether an office stands beside a country or region, "Russian minister",
// "делегация Дагестана", or a word that makes it the other in what is done: "with Russia".
func (s *sentence) vouched(h *located) bool {
	if s.is(h.Tok-1, "with", "с", "со") || s.is(h.TokEnd, "ilə", "ile") {
		return true
	}
	if slices.ContainsFunc(s.cues, func(f found) bool {
		return distance(h, &f) <= besideReach && (f.what == role || f.what == anaphor || f.what == cancel && f.at >= h.TokEnd)
	}) {
		return true
	}
	return s.beside(h, func(o *located) bool {
		return o.Concept.Kind == lexicon.Office || o.Concept.Kind == lexicon.Institution
	})
}

// paired reports whether somebody or something of the other side stands beside a country:
// "Russia and Azerbaijan", "российско-азербайджанский".
func (s *sentence) paired(h *located) bool {
	return s.beside(h, func(o *located) bool {
		return across(o.side, h.side) && acts(o.Concept)
	})
}

// beside reports whether a concept that is wanted stands beside h.
func (s *sentence) beside(h *located, wanted func(*located) bool) bool {
	for i := range s.hits {
		o := &s.hits[i]
		if o.Tok != h.Tok && apart(h.Tok, h.TokEnd, o.Tok, o.TokEnd) <= besideReach && wanted(o) {
			return true
		}
	}
	return false
}

// has reports whether somebody of a side is in c.
func (c *cast) has(side news.Side) bool {
	return slices.ContainsFunc(c.who, func(h located) bool { return h.side == side })
}

// shared reports whether a body of the two is in c.
func (c *cast) shared() bool {
	return slices.ContainsFunc(c.who, func(h located) bool { return shared(h.Concept) })
}

// complete reports whether both sides are in c.
func (c *cast) complete() bool {
	return c.has(news.SideAz) && c.has(news.SideRu) || c.shared() && !c.other
}

// refine leaves out, of each side, the offices of persons who are named, the country of
// whoever is, and persons who stand apart from the nearest to f: another clause is theirs.
func (c *cast) refine(f *found) {
	for _, side := range []news.Side{news.SideAz, news.SideRu} {
		best := 0
		var person, office *located // the nearest
		for i := range c.who {
			h := &c.who[i]
			if h.side != side {
				continue
			}
			best = max(best, weight(h.Concept))
			switch h.Concept.Kind {
			case lexicon.Person:
				person = nearer(h, person, f)
			case lexicon.Office:
				office = nearer(h, office, f)
			}
		}
		if person == nil {
			c.who = slices.DeleteFunc(c.who, func(h located) bool {
				return h.side == side && weight(h.Concept) < 3 && (c.shared() || weight(h.Concept) < best)
			})
			continue
		}
		keep := c.listedWith(person, f)
		if office != nil && distance(office, f) < distance(person, f) && (office.Tok < f.at) != (person.Tok < f.at) &&
			person.s.clauseBetween(f.end, person.Tok) {
			keep = []*lexicon.Hit{office.Hit} // it is he, and they are with him
		}
		c.who = slices.DeleteFunc(c.who, func(h located) bool { return h.side == side && !slices.Contains(keep, h.Hit) })
	}
	seen := map[string]bool{}
	c.who = slices.DeleteFunc(c.who, func(h located) bool {
		twice := seen[h.id]
		seen[h.id] = true
		return twice
	})
}

// nearer returns that of two which stands nearer to f; the second may be nil.
func nearer(a, b *located, f *found) *located {
	if b == nil || distance(a, f) < distance(b, f) {
		return a
	}
	return b
}

// listedWith returns h and those of its side who stand in one list with it, on the same
// side of f; others may stand among them.
func (c *cast) listedWith(h *located, f *found) []*lexicon.Hit {
	at := slices.IndexFunc(c.who, func(o located) bool { return o.Hit == h.Hit })
	out := []*lexicon.Hit{h.Hit}
	for _, step := range []int{-1, 1} {
		last := h
		for i := at + step; i >= 0 && i < len(c.who); i += step {
			o := &c.who[i]
			if o.Concept.Kind != lexicon.Person {
				continue
			}
			if o.s != h.s || (o.Tok < f.at) != (h.Tok < f.at) || apart(o.Tok, o.TokEnd, last.Tok, last.TokEnd) > listReach {
				break
			}
			out, last = append(out, o.Hit), o
		}
	}
	return out
}

// weight orders kinds by how exactly they say who it is.
func weight(c *lexicon.Concept) int {
	switch c.Kind {
	case lexicon.Person:
		return 4
	case lexicon.Office, lexicon.Institution, lexicon.Company:
		return 3
	case lexicon.Region:
		return 2
	}
	return 1
}

// complement adds those of the title whom the sentence means without naming them: the side
// that is missing, both when it names nobody or says "the presidents".
func (c *cast) complement(s *sentence, f *found, title []located) {
	if s.field == news.FieldTitle || c.other || c.complete() {
		return
	}
	alike, empty := s.alike(), len(c.who) == 0
	if !alike && slices.ContainsFunc(title, func(h located) bool { return h.side == news.SideOther }) {
		return
	}
	for _, side := range []news.Side{news.SideAz, news.SideRu} {
		if c.has(side) {
			continue
		}
		for _, h := range title {
			if h.side == side && (weight(h.Concept) >= 3 || empty) {
				c.who = append(c.who, h)
			}
		}
	}
	for _, h := range title {
		if shared(h.Concept) && !c.shared() || alike && h.side == news.SideOther && h.Concept.Kind == lexicon.Person {
			c.who = append(c.who, h)
		}
	}
	c.refine(f)
}

// alike reports whether the sentence names somebody by an office alone.
func (s *sentence) alike() bool {
	return s.has(anaphor) || slices.ContainsFunc(s.hits, func(h located) bool { return h.side == "" && h.Concept.Kind == lexicon.Office })
}

// ids lists the concepts.
func (c *cast) ids() []string {
	out := make([]string, len(c.who))
	for i, h := range c.who {
		out[i] = h.id
	}
	return out
}

// where returns the place of the event that f names, nil when it is not said. A city says
// more than its country.
func (s *sentence) where(f *found) *located {
	var best *located
	for i := range s.hits {
		h := &s.hits[i]
		if d := distance(h, f); !h.there || d > placeReach || h.Tok < s.dateline() || s.owned(h.Tok, h.TokEnd, f) {
			continue
		}
		switch {
		case best == nil,
			(h.Concept.Kind == lexicon.Country) != (best.Concept.Kind == lexicon.Country) && best.Concept.Kind == lexicon.Country,
			(h.Concept.Kind == lexicon.Country) == (best.Concept.Kind == lexicon.Country) && distance(h, f) < distance(best, f):
			best = h
		}
	}
	return best
}

// far is how far the tokens from at to end lie from f; what a conjunction parts is farther.
func (s *sentence) far(at, end int, f *found) int {
	d := apart(at, end, f.at, f.end)
	if end <= f.at && d > 0 {
		for i := end; i < f.at; i++ {
			if s.is(i, "and", "и", "və", "а") {
				return d + 5
			}
		}
	}
	return d
}

// owned reports whether the words of another kind of event stand nearer to the tokens from
// at to end than f does.
func (s *sentence) owned(at, end int, f *found) bool {
	own := s.far(at, end, f)
	return slices.ContainsFunc(s.cues, func(o found) bool {
		return o.kind != "" && o.kind != f.kind && (o.what == verb || o.what == noun) && s.far(at, end, &o) < own
	})
}

// host returns the place that stands as the one who holds an event: "Baku to host".
func (s *sentence) host(f *found) *located {
	for i := range s.hits {
		h := &s.hits[i]
		if h.Concept.Kind == lexicon.City && h.TokEnd <= f.at && f.at-h.TokEnd <= placeReach && slices.ContainsFunc(s.cues, func(c found) bool {
			return c.what == light && c.at >= h.TokEnd && c.at <= h.TokEnd+2 && s.is(c.at, "hosts", "host", "hosted", "ev") || c.what == light && s.is(c.at, "host") && c.at == h.TokEnd+1
		}) {
			return h
		}
	}
	return nil
}

// dateline returns the token behind a dateline: "BAKU, March 5. /TASS/." It ends with a
// dash, a slash or a colon among the first words.
func (s *sentence) dateline() int {
	if s.field == news.FieldTitle || s.no > 0 {
		return s.from
	}
	for i := s.from; i < min(s.to, s.from+12); i++ {
		if s.is(i, "—", "–", "/", "-") && i+1 < s.to && s.t.Tokens[i+1].Start > s.t.Tokens[i].End && s.t.Tokens[i].Kind == lang.Punct {
			return i + 1
		}
	}
	return s.from
}
