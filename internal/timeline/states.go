package timeline

import (
	"samur/internal/news"
)

// How far an event has come. A verb says it by its tense and by what stands before it; a
// noun has it from the verb that goes with it, or from the preposition before it.

const (
	auxReach    = 4  // tokens between a verb and what changes it
	verbReach   = 10 // … between a noun and its verb
	changeReach = 16 // … between a noun and the verb that calls it off
)

// verdict is what the words around an event's own say of it.
type verdict struct {
	state news.EventState // "" when they do not tell
	none  bool            // it is denied, wished for or only possible
}

func sure(s news.EventState) verdict { return verdict{state: s} }

// stateOf judges the event that f names.
func (s *sentence) stateOf(f *found) verdict {
	if s.weak(f) {
		return verdict{none: true}
	}
	switch f.what {
	case verb:
		v := s.verb(f)
		if v.state == news.EventHeld && s.between(cancel, f.at-3, f.at) {
			return sure(news.EventCancelled)
		}
		return v
	case phone:
		if s.coming() {
			return sure(news.EventPlanned)
		}
		return sure(news.EventHeld)
	}
	return s.noun(f)
}

// weak reports whether something near makes an event one that is only possible or wished
// for.
func (s *sentence) weak(f *found) bool {
	for _, c := range s.cues {
		d := f.at - c.end
		behind := c.at - f.end
		switch {
		case c.what == maybe && d >= 0 && d <= auxReach,
			c.what == wish && d >= 0 && d <= auxReach+2 && !s.finite(f),
			(c.what == maybe || c.what == wish) && s.postposes() && behind >= 0 && behind <= 3:
			return true
		}
	}
	return false
}

// finite reports whether f is a verb that tells its tense by itself.
func (s *sentence) finite(f *found) bool {
	t, _ := s.g.tense(s.t.Tokens[f.end-1].Fold, f.cue)
	return f.what == verb && (t == before || t == later && s.g.lang != news.En)
}

// postposes reports whether what changes a verb stands behind it.
func (s *sentence) postposes() bool { return s.g.lang == news.Az }

// verb judges a verb by its tense.
func (s *sentence) verb(f *found) verdict {
	t, denied := s.tenseOf(f)
	denied = denied || s.denied(f)
	switch {
	case denied && (t == later || t == before && f.what == light):
		return sure(news.EventCancelled) // it will not be, or did not take place
	case denied:
		return verdict{none: true}
	case t == before, t == now:
		return sure(news.EventHeld)
	case t == later:
		return sure(news.EventPlanned)
	case t == infinitive:
		return s.infinitive(f)
	}
	return verdict{none: true}
}

func (s *sentence) tenseOf(f *found) (tense, bool) {
	head := f.at // Russian verbs stand first in a phrase, Azerbaijani ones last
	if s.g.lang == news.Az {
		head = f.end - 1
	}
	return s.g.tense(s.t.Tokens[head].Fold, f.cue)
}

// infinitive judges a verb by what stands before it: "will meet", "to meet" in a title.
// With nothing before it, it is the present of a headline.
func (s *sentence) infinitive(f *found) verdict {
	for _, c := range s.cues {
		d := f.at - c.end
		if c.what != will && c.what != plan || d < 0 || d > auxReach || s.is(c.at, "to") && c.end == c.at+1 && d > 0 {
			continue
		}
		return sure(news.EventPlanned)
	}
	switch {
	case s.is(f.at, "visit") && s.g.lang == news.En: // a noun, too
		return s.noun(f)
	case s.g.lang == news.En && s.field == news.FieldTitle:
		return sure(news.EventHeld)
	}
	return verdict{none: true}
}

// coming reports whether the sentence speaks of what is to come.
func (s *sentence) coming() bool {
	for i := range s.cues {
		c := &s.cues[i]
		if c.what == dayOff && c.n > 0 || c.what == will && !s.is(c.at, "to", "чтобы", "договорились", "agreed", "agree") || c.what == plan && c.n == 0 {
			return true
		}
		if c.what == verb || c.what == light {
			if t, _ := s.tenseOf(c); t == later {
				return true
			}
		}
	}
	return false
}

// noun judges a noun: by its preposition, else by the nearest verb that can go with it.
func (s *sentence) noun(f *found) verdict {
	if v, ok := s.changed(f); ok {
		return v
	}
	if s.between(not, f.at-1, f.at) {
		return verdict{none: true}
	}
	if v, ok := s.preposition(f); ok {
		return v
	}
	return s.governed(f)
}

// governed judges a noun by the nearest verb, or word of planning, that can go with it.
func (s *sentence) governed(f *found) verdict {
	var best verdict
	least := verbReach + 1
	for i := range s.cues {
		c := &s.cues[i]
		if c.what != light && c.what != plan {
			continue
		}
		d := gap(c, f)
		if d >= least || d > 2 && s.between(noun, min(c.end, f.end), max(c.at, f.at)) {
			continue
		}
		v := sure(news.EventPlanned)
		switch {
		case c.what == light:
			if v = s.verb(c); v.none {
				continue // an infinitive that nothing governs
			}
		case s.denied(c):
			v = verdict{none: true}
		}
		best, least = v, d
	}
	return best
}

// denied reports whether a word for not stands with c.
func (s *sentence) denied(c *found) bool {
	return s.between(not, c.at-3, c.at) || s.postposes() && s.between(not, c.end, c.end+2)
}

// changed reports whether f was put off or called off.
func (s *sentence) changed(f *found) (verdict, bool) {
	least, v := changeReach+1, verdict{}
	for i := range s.cues {
		c := &s.cues[i]
		d := gap(c, f)
		if c.what != postpone && c.what != cancel || d >= least || s.between(noun, min(c.end, f.end), max(c.at, f.at)) {
			continue
		}
		least = d
		v = sure(news.EventPostponed)
		if c.what == cancel {
			v = sure(news.EventCancelled)
		}
		if s.denied(c) {
			v = verdict{none: true}
		}
	}
	return v, least <= changeReach
}

// preposition judges a noun by what it hangs on: "during the visit", "ahead of talks",
// "səfər çərçivəsində".
func (s *sentence) preposition(f *found) (verdict, bool) {
	for i := range s.cues {
		c := &s.cues[i]
		switch {
		case c.what != during && c.what != ahead && c.what != after || !s.holds(c, f):
		case c.what == ahead || c.what == during && s.coming():
			return sure(news.EventPlanned), true
		default:
			return sure(news.EventHeld), true
		}
	}
	switch {
	case !s.postposes() || !locative(s.t.Tokens[f.end-1].Fold):
		return verdict{}, false
	case s.coming():
		return sure(news.EventPlanned), true
	}
	return sure(news.EventHeld), true
}

// holds reports whether the noun f hangs on the preposition c: right behind it, in
// Azerbaijani right before it.
func (s *sentence) holds(c, f *found) bool {
	if s.is(c.at, "на") && !russianAt(s.t.Tokens[f.at].Fold) {
		return false // "на переговоры" says where to
	}
	d := f.at - c.end
	if s.postposes() && (c.what != ahead || c.end > f.at) {
		d = c.at - f.end
	}
	return d >= 0 && d <= 2
}

// gap is how many tokens lie between two cues.
func gap(a, b *found) int { return apart(a.at, a.end, b.at, b.end) }
