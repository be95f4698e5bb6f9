package classify

import (
	"slices"

	"samur/internal/lang"
	"samur/internal/news"
)

// signalCounts is how often each kind of signal occurs and where.
type signalCounts struct {
	n     [tagCount]int
	title [tagCount]int
	first [tagCount]news.Evidence // where the first one stands
	sents [tagCount][]int         // sentences of the text
	toks  [tagCount][]int         // tokens of the text, first and last by turns
	acts  []int                   // tokens of the headline with words of dealings
}

// count reads the signals of an item; what stands in an aside is not counted.
func (c *Classifier) count(v *view) {
	s := &v.counts
	scan := func(t *lang.Text, field news.Field) {
		voice := c.voice(t.Lang)
		for i := range t.Tokens[:min(len(t.Tokens), readTokens)] {
			sent := t.Tokens[i].Sent
			if field == news.FieldText && (i < v.zones.dateline || v.zones.body[sent] == zoneAside) {
				continue
			}
			voice.signals.find(t, i, func(tag, n int) {
				s.note(t, field, tag, i, n)
			})
		}
	}
	scan(&v.doc.Title, news.FieldTitle)
	scan(&v.doc.Body, news.FieldText)
}

func (s *signalCounts) note(t *lang.Text, field news.Field, tag, i, n int) {
	if s.n[tag] == 0 {
		a, b := t.Tokens[i].Start, t.Tokens[i+n-1].End
		s.first[tag] = news.Evidence{Field: field, Start: a, End: b, Form: t.Raw[a:b]}
	}
	s.n[tag]++
	if field == news.FieldTitle {
		s.title[tag]++
		if tag == tagJoint {
			s.acts = append(s.acts, i)
		}
		return
	}
	s.sents[tag] = append(s.sents[tag], t.Tokens[i].Sent)
	s.toks[tag] = append(s.toks[tag], i, i+n-1)
}

// contextReach is how many tokens may lie between a side and the word that makes
// it a circumstance: "Russia's full-scale invasion", "sanctions on Moscow".
const contextReach = 3

// demote moves to the background what names a side without it taking part: as a
// circumstance, as somebody's origin, as the home of a newsroom. The headline is
// taken at its word.
func (v *view) demote() {
	for _, s := range []*sideView{&v.az, &v.ru} {
		other := &v.ru
		if s == other {
			other = &v.az
		}
		for i := range s.mentions {
			m := &s.mentions[i]
			if m.zone != zoneLead && m.zone != zoneRest {
				continue
			}
			switch {
			case v.follows(tagMedia, m):
				m.zone = zoneAside
			case v.circumstance(m):
				m.zone = zoneBackground
			case isCountry(m.hit.Concept) && slices.Contains(v.counts.sents[tagSuspect], m.sent) && !other.standsIn(m.sent):
				m.zone = zoneBackground
			}
		}
		s.settle()
	}
}

// follows reports whether a word with tag stands right behind m.
func (v *view) follows(tag int, m *mention) bool {
	toks := v.counts.toks[tag]
	for i := 0; i < len(toks); i += 2 {
		if toks[i] == m.hit.TokEnd {
			return true
		}
	}
	return false
}

func (v *view) circumstance(m *mention) bool {
	toks := v.counts.toks[tagContext]
	for i := 0; i < len(toks); i += 2 {
		near := toks[i]-m.hit.TokEnd < contextReach && m.hit.Tok-toks[i+1] <= contextReach
		if near && v.doc.Body.Tokens[toks[i]].Sent == m.sent {
			return true
		}
	}
	return false
}

// standsIn reports whether the side is named in a sentence of the text.
func (s *sideView) standsIn(sent int) bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool { return m.sent == sent })
}

// settle works out what follows from the mentions' zones.
func (s *sideView) settle() {
	s.best, s.weight = zoneAside, 0
	for _, m := range s.mentions {
		s.best = min(s.best, m.zone)
		s.weight += zonePoints[m.zone]
	}
}

// signalPoints adds what the kind of story says.
func (v *view) signalPoints() {
	s := &v.counts
	far := max(v.az.best, v.ru.best)
	mark := func(tag int, points float64, why string) {
		e := s.first[tag]
		e.Points, e.Why = points, why
		v.add(e)
	}
	if s.n[tagSport]+s.title[tagSport] >= 2 {
		mark(tagSport, pointsSport, "a report of a match or a contest")
	}
	if s.n[tagMarket] >= 2 {
		mark(tagMarket, pointsMarket, "prices, rates or weather")
	}
	if s.n[tagRanking] > 0 && far != zoneTitle {
		mark(tagRanking, pointsRanking, "a ranking")
	}
	if far <= zoneRest && v.act() {
		mark(tagJoint, pointsActs, "they act together or upon each other")
	}
}

// act reports whether a word of dealings stands in the headline or beside both
// sides.
func (v *view) act() bool {
	if v.counts.title[tagJoint] > 0 {
		return true
	}
	return slices.ContainsFunc(v.counts.sents[tagJoint], func(sent int) bool {
		return v.az.standsIn(sent) && v.ru.standsIn(sent)
	})
}
