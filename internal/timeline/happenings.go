package timeline

import (
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// happenings returns the events that a sentence states, at most one of a kind and state.
func (r *reader) happenings(s *sentence) []news.Event {
	var out []news.Event
	type done struct {
		kind  news.EventKind
		state news.EventState
	}
	seen := map[done]bool{}
	for _, pass := range []what{verb, phone, noun} { // a verb says most of its own event
		for i := range s.cues {
			f := &s.cues[i]
			if f.what != pass || f.kind == "" {
				continue
			}
			if pass == verb && s.continued(i) {
				continue
			}
			e, ok := r.happening(s, f)
			if !ok || seen[done{e.Kind, e.State}] || pass != verb && told(out, e) {
				continue
			}
			seen[done{e.Kind, e.State}] = true
			out = append(out, e)
		}
	}
	return out
}

// continued reports whether cue n goes on with the verb right before it: "отправится с
// визитом".
func (s *sentence) continued(n int) bool {
	for _, o := range s.cues[:n] {
		if o.what == verb && o.kind == s.cues[n].kind && s.cues[n].at-o.end <= 2 && !s.actorBetween(o.end, s.cues[n].at) {
			return true
		}
	}
	return false
}

// told reports whether one of the events of a sentence is e, as its verb or its telephone
// said it. What a noun says of a change is news.
func told(es []news.Event, e news.Event) bool {
	return e.State != news.EventPostponed && e.State != news.EventCancelled &&
		slices.ContainsFunc(es, func(o news.Event) bool { return o.Kind == e.Kind })
}

// happening makes the event that f names, when it is one of ours.
func (r *reader) happening(s *sentence, f *found) (news.Event, bool) {
	v := s.stateOf(f)
	if v.none {
		return news.Event{}, false
	}
	e := news.Event{Kind: f.kind, State: v.state}
	if e.Kind == meeting && s.byPhone(f) {
		e.Kind = call
	}
	place := s.where(f)
	if place == nil {
		place = s.host(f)
	}
	who := s.castOf(f)
	if e.Kind == visit {
		if !r.visitors(s, &e, &who, place) {
			return e, false
		}
	} else {
		who.complement(s, f, r.title)
		if !s.ours(f, &who, place) {
			return e, false
		}
	}
	e.Who = who.ids()
	if place != nil && e.Kind != call {
		e.Where = place.Concept.ID
	}
	if !r.dated(s, f, &e) {
		return e, false
	}
	if e.Kind == signing {
		e.Document = s.document(f)
	}
	e.Sentence, e.Field = s.text(), s.field
	e.Start, e.End = s.t.Tokens[f.at].Start, s.t.Tokens[f.end-1].End
	return e, true
}

// byPhone reports whether talks are said to be by phone.
func (s *sentence) byPhone(f *found) bool {
	for i := range s.cues {
		if c := &s.cues[i]; (c.what == phone || c.kind == call) && gap(c, f) <= 5 {
			return true
		}
	}
	return false
}

// ours reports whether a meeting, call or signing is one between the two sides.
func (s *sentence) ours(f *found, c *cast, place *located) bool {
	switch {
	case len(c.who) == 0, s.receives(f) && !(c.persons() && s.guest(f)), f.kind == signing && s.decree(f):
		return false
	case c.complete():
		return c.shared() || c.strong()
	case f.kind == call || c.other || place == nil:
		return false
	}
	return slices.ContainsFunc(c.who, func(h located) bool { return weight(h.Concept) >= 3 && across(h.side, place.side) })
}

// across reports whether two sides are the two.
func across(a, b news.Side) bool {
	return a == news.SideAz && b == news.SideRu || a == news.SideRu && b == news.SideAz
}

// guest reports whether somebody stands right behind a verb of receiving, or before it:
// what is received else is a badge, or a roadmap.
func (s *sentence) guest(f *found) bool {
	return slices.ContainsFunc(s.hits, func(h located) bool {
		if h.there || !acts(h.Concept) {
			return false
		}
		if h.TokEnd <= f.at && f.at-h.TokEnd <= 2 && s.g.lang != news.En {
			return true
		}
		if s.is(f.end, "by") { // the host, whose own name we may not know
			return h.Tok >= f.end && h.Tok-f.end <= 2*guestReach
		}
		behind := h.Tok >= f.end && h.Tok-f.end <= guestReach
		for i := f.end; behind && i < h.Tok; i++ {
			behind = !s.is(i, "of") || s.between(role, f.end, i)
		}
		return behind && !s.between(document, f.end, h.Tok)
	})
}

// guestReach is how far behind a verb of receiving the guest may stand.
const guestReach = 5

// receives reports whether f says that somebody received.
func (s *sentence) receives(f *found) bool {
	return f.what == verb && near(s.t.Tokens[f.at].Fold, "receiv", "принял", "примет", "примут", "принима")
}

// decree reports whether what is signed is of one's own: a decree, a law.
func (s *sentence) decree(f *found) bool {
	for i := range s.cues {
		if c := &s.cues[i]; c.what == decree && gap(c, f) <= 6 {
			return true
		}
	}
	return false
}

// persons reports whether a person or office of each side is in c.
func (c *cast) persons() bool {
	var az, ru bool
	for _, h := range c.who {
		if k := h.Concept.Kind; k != lexicon.Person && k != lexicon.Office && k != lexicon.Institution {
			continue
		}
		az = az || h.side == news.SideAz
		ru = ru || h.side == news.SideRu
	}
	return az && ru
}

// strong reports whether more than two countries make up c: somebody who acts is named, or
// the two countries side by side.
func (c *cast) strong() bool {
	for i, h := range c.who {
		if weight(h.Concept) >= 3 {
			return true
		}
		if i > 0 && h.Tok-c.who[i-1].TokEnd <= 3 && h.s == c.who[i-1].s {
			return true
		}
	}
	return false
}

// visitors leaves in c those who visit, and reports whether a place of the one side is
// visited by somebody of the other. What was called off may go without the place.
func (r *reader) visitors(s *sentence, e *news.Event, c *cast, place *located) bool {
	if place == nil {
		return (e.State == news.EventCancelled || e.State == news.EventPostponed) && s.calledOff(c)
	}
	c.who = slices.DeleteFunc(c.who, func(h located) bool { return !across(h.side, place.side) })
	if len(c.who) == 0 && s.field != news.FieldTitle && !c.other && s.has(anaphor) {
		for _, h := range r.title {
			if across(h.side, place.side) && weight(h.Concept) >= 3 {
				c.who = append(c.who, h)
			}
		}
	}
	return len(c.who) > 0
}

// calledOff leaves in c the guests of a visit whose place is not said, and reports whether
// the host is: by his country or capital.
func (s *sentence) calledOff(c *cast) bool {
	c.who = slices.DeleteFunc(c.who, func(h located) bool { return weight(h.Concept) < 3 })
	if len(c.who) == 0 || c.complete() {
		return false
	}
	guest := c.who[0].side
	return slices.ContainsFunc(s.hits, func(h located) bool {
		return isPlace(h.Concept) && across(h.side, guest)
	})
}

// dated gives e its state, where the words did not tell, and its day. It reports false for
// what can be told to be neither over nor to come, and for what is long past.
func (r *reader) dated(s *sentence, f *found, e *news.Event) bool {
	w := s.dayOf(f)
	if e.State == "" {
		switch {
		case w != nil:
			_, ahead := w.resolve(r.pub, false)
			e.State = news.EventHeld
			if ahead {
				e.State = news.EventPlanned
			}
		case s.field == news.FieldTitle && e.Kind != visit:
			e.State = news.EventHeld
		default:
			return false
		}
	}
	coming := e.State != news.EventHeld
	if w != nil {
		day, ahead := w.resolve(r.pub, coming)
		if e.State == news.EventHeld && r.longPast(day) && apart(w.at, w.end, f.at, f.end) > 4 {
			return s.undated(e) // of what they spoke of
		}
		if e.State == news.EventHeld && ahead && w.what == month {
			if f.what == verb && s.finite(f) {
				return s.undated(e)
			}
			e.State = news.EventPlanned
		}
		e.Day = day
	}
	if e.State == news.EventPostponed {
		r.moved(s, f, e)
	}
	return e.Day != "" || s.undated(e)
}

// longPast reports whether a day lies far behind publication.
func (r *reader) longPast(day string) bool {
	_, last, ok := news.DaySpan(day)
	return ok && last.Before(r.pub.AddDate(0, 0, -longPastDays))
}

// longPastDays is how many days behind publication a day is that an event has only when
// the day stands beside it.
const longPastDays = 45

// undated reports whether e can do without a day: what is of some time before cannot.
func (s *sentence) undated(e *news.Event) bool {
	e.Day = ""
	return !s.has(past)
}

// moved tells the day that something was put off to from the one it had been set for: the
// one behind "to", "на" or before "-ə".
func (r *reader) moved(s *sentence, f *found, e *news.Event) {
	e.Day, e.Was = "", ""
	for i := range s.days {
		w := &s.days[i]
		day, _ := w.resolve(r.pub, true)
		if s.target(w) {
			e.Day = day
		} else if e.Was == "" && !s.spoken(w, f) {
			e.Was = day
		}
	}
}

// target reports whether an expression of time says to when something is moved.
func (s *sentence) target(w *when) bool {
	for i := w.at - 1; i >= max(s.from, w.at-3); i-- {
		if s.is(i, "to", "till", "until", "на", "for") && !(s.is(i, "for") && s.between(plan, i-2, i)) {
			return true
		}
	}
	if s.g.lang == news.Az {
		fold := lang.Plain(s.t.Tokens[w.end-1].Fold)
		return strings.HasSuffix(fold, "ya") || strings.HasSuffix(fold, "a") && !strings.HasSuffix(fold, "da") || fold == "e" || fold == "ne" || fold == "ye" || strings.HasSuffix(fold, "dek")
	}
	return w.what == weekOff || w.what == monthOff
}

const (
	dayReach  = 18 // tokens from an event to a day of its own
	yearReach = 6  // … to a bare year
	hungReach = 3  // … behind "during the visit", where most days are those of something else
)

// dayOf returns the expression of time that belongs to f: the nearest that is not the time
// of somebody's saying so.
func (s *sentence) dayOf(f *found) *when {
	var best *when
	least := 1 << 20
	_, hung := s.preposition(f)
	for i := range s.days {
		w := &s.days[i]
		if w.until || w.at < s.dateline() || s.spoken(w, f) {
			continue
		}
		d := s.far(w.at, w.end, f)
		if d > dayReach || s.owned(w.at, w.end, f) || w.what == yearOff && w.year != 0 && d > yearReach || f.what == noun && hung && (d > hungReach || s.actorBetween(f.end, w.at)) {
			continue
		}
		if w.what == yearOff || w.what == monthOff {
			d += 8 // a day says more
		}
		if d < least {
			best, least = w, d
		}
	}
	return best
}

// spoken reports whether an expression of time is that of somebody's saying so: "said on
// Monday that", "on Monday said".
func (s *sentence) spoken(w *when, f *found) bool {
	for i := range s.cues {
		c := &s.cues[i]
		if c.what != said {
			continue
		}
		if d := w.at - c.end; d >= 0 && d <= 3 && !s.actorBetween(c.end, w.at) && !(f.at >= c.end && f.at < w.at) {
			return true
		}
		if d := c.at - w.end; d >= 0 && d <= 3 && !s.clauseBetween(w.end, c.at) && !(f.at >= w.end && f.at < c.at) {
			return true
		}
	}
	return false
}

// locative reports whether an Azerbaijani noun says that something is in the course of it.
func locative(fold string) bool {
	p := lang.Plain(fold)
	return slices.ContainsFunc([]string{"usde", "unde", "rde", "arda", "inde", "inda"}, func(e string) bool { return strings.HasSuffix(p, e) })
}

// document returns the name of what is signed: in quotes, or by the noun for it.
func (s *sentence) document(f *found) string {
	var best *found
	for i := range s.cues {
		c := &s.cues[i]
		if c.what == document && (best == nil || gap(c, f) < gap(best, f)) && gap(c, f) <= 15 {
			best = c
		}
	}
	if best == nil {
		return ""
	}
	if quoted := s.inQuotes(best); quoted != "" {
		return quoted
	}
	from, to := s.g.paper(s, best.at, best.end)
	if from >= to {
		return ""
	}
	return strings.TrimSpace(s.t.Raw[s.t.Tokens[from].Start:s.t.Tokens[to-1].End])
}

// inQuotes returns the name in quotes that stands beside a document's noun.
func (s *sentence) inQuotes(f *found) string {
	open := -1
	for i := max(s.from, f.at-12); i < min(s.to, f.end+3); i++ {
		if strings.ContainsAny(s.t.Tokens[i].Fold, "«“„\"") && s.t.Tokens[i].Kind == lang.Punct {
			open = i
			if i >= f.end || i < f.at {
				break
			}
		}
	}
	if open < 0 {
		return ""
	}
	for i := open + 1; i < min(s.to, open+25); i++ {
		if strings.ContainsAny(s.t.Tokens[i].Fold, "»”“\"") && s.t.Tokens[i].Kind == lang.Punct {
			if i < f.at && f.at-i > 2 || i-open < 3 {
				return ""
			}
			return s.t.Raw[s.t.Tokens[open+1].Start:s.t.Tokens[i-1].End]
		}
	}
	return ""
}
