package classify

import (
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// signalCounts is how often each kind of signal occurs and where.
type signalCounts struct {
	n         [tagCount]int
	title     [tagCount]int
	first     [tagCount]news.Evidence // where the first one stands
	sents     [tagCount][]int         // sentences of the text
	toks      [tagCount][]int         // tokens of the text, first and last by turns
	titleToks [tagCount][]int         // of the headline, likewise
	acts      []int                   // tokens of the headline with words of dealings
}

// unread is what is counted of an item of which nothing is.
var unread signalCounts

// count reads the signals of an item; what stands in an aside is not counted.
func (c *Classifier) count(v *view) {
	if v.counts != &unread {
		return
	}
	s := &signalCounts{}
	v.counts = s
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
			if isScore(t, i) {
				s.note(t, field, tagSport, i, scoreTokens)
			}
			if isOurs(t, i) {
				s.note(t, field, tagOurs, i, 1)
			}
		}
	}
	scan(&v.doc.Title, news.FieldTitle)
	scan(&v.doc.Body, news.FieldText)
}

// isOurs reports whether an Azerbaijani word says whose, "our builders", or that we do it.
func isOurs(t *lang.Text, i int) bool {
	if t.Lang != news.Az {
		return false
	}
	fold := t.Tokens[i].Fold
	return strings.Contains(fold, "larımız") || strings.Contains(fold, "lərimiz") || weDo(fold)
}

// weDo reports whether a verb ends in the first person plural of the present or future.
func weDo(fold string) bool {
	const leastStem = 3 // bytes: "qırıq" is broken, not ours
	return slices.ContainsFunc([]string{"ırıq", "irik", "uruq", "ürük", "acağıq", "əcəyik"}, func(end string) bool {
		return strings.HasSuffix(fold, end) && len(fold) >= len(end)+leastStem
	})
}

// scoreTokens are the tokens of a result like 2:1.
const scoreTokens = 3

// isScore reports whether the result of a match stands at token i. A time of day has
// two figures behind its colon.
func isScore(t *lang.Text, i int) bool {
	if i+scoreTokens > len(t.Tokens) {
		return false
	}
	a, sep, b := &t.Tokens[i], &t.Tokens[i+1], &t.Tokens[i+2]
	return sep.Fold == ":" && a.Kind == lang.Number && b.Kind == lang.Number &&
		len(a.Fold) == 1 && len(b.Fold) == 1 && a.End == sep.Start && sep.End == b.Start
}

func (s *signalCounts) note(t *lang.Text, field news.Field, tag, i, n int) {
	if s.n[tag] == 0 {
		a, b := t.Tokens[i].Start, t.Tokens[i+n-1].End
		s.first[tag] = news.Evidence{Field: field, Start: a, End: b, Form: t.Raw[a:b]}
	}
	s.n[tag]++
	if field == news.FieldTitle {
		s.title[tag]++
		s.titleToks[tag] = append(s.titleToks[tag], i, i+n-1)
		if tag == tagJoint {
			s.acts = append(s.acts, i)
		}
		return
	}
	s.sents[tag] = append(s.sents[tag], t.Tokens[i].Sent)
	s.toks[tag] = append(s.toks[tag], i, i+n-1)
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

// signalPoints adds what the kind of story says, and what passes between the two.
func (v *view) signalPoints() {
	v.kindPoints()
	if v.idle() {
		v.because(pointsIdle, news.GroundIdle)
	}
	if v.crowd() {
		v.because(pointsCrowd, news.GroundCrowd)
	}
	if max(v.az.best, v.ru.best) <= zoneRest && v.act() {
		v.mark(tagJoint, pointsActs, news.GroundActs)
	}
}

// mark notes a reason at the first word with tag.
func (v *view) mark(tag int, points float64, why news.GroundKind) {
	e := v.counts.first[tag]
	e.Points, e.Why = points, news.Because(why)
	v.add(e)
}

// kindPoints takes points from kinds of story that name both sides without being about
// what is between them.
func (v *view) kindPoints() {
	s := v.counts
	inTitle := max(v.az.best, v.ru.best) == zoneTitle
	if s.n[tagSport]+s.title[tagSport] >= 2 {
		points := pointsSport
		if s.title[tagSport] == 0 && inTitle {
			points = pointsSportAside
		}
		v.mark(tagSport, points, news.GroundSport)
	}
	if s.n[tagMarket] >= 2 {
		v.mark(tagMarket, pointsMarket, news.GroundMarket)
	}
	if s.title[tagNature] > 0 || s.n[tagNature] >= 2 {
		points := pointsNature
		if s.n[tagJoint] > 0 {
			points = pointsNatureDealt
		}
		v.mark(tagNature, points, news.GroundNature)
	}
	if (s.title[tagCrime] > 0 || s.n[tagCrime] >= 2) && s.n[tagOffice] == 0 {
		v.mark(tagCrime, pointsCrime, news.GroundCrime)
	}
	if s.n[tagRanking] > 0 && !inTitle {
		v.mark(tagRanking, pointsRanking, news.GroundRanking)
	}
}

// idle reports whether the headline does not name both sides and no word in the item
// says that anything passes between them.
func (v *view) idle() bool {
	if max(v.az.best, v.ru.best) == zoneTitle || len(v.bonds) > 0 || v.sameSentence(zoneLead) {
		return false
	}
	n := &v.counts.n
	return n[tagJoint]+n[tagFlow]+n[tagForce]+n[tagBan]+n[tagOffice]+n[tagCrossing]+n[tagTie] == 0
}

// crowd reports whether the item is about an organisation of many countries and
// names no dealing of the two with each other.
func (v *view) crowd() bool {
	far := max(v.az.best, v.ru.best)
	member := slices.ContainsFunc(v.doc.Hits, func(h lexicon.Hit) bool {
		return crowds[h.Concept.ID] && (h.Field == news.FieldTitle || far > zoneLead && v.zones.of(v.doc, &h) <= zoneLead)
	})
	if !member {
		return false
	}
	if v.az.best == zoneTitle && v.ru.best == zoneTitle {
		return false
	}
	return !slices.ContainsFunc(v.counts.sents[tagJoint], func(sent int) bool {
		return v.az.standsIn(sent) && v.ru.standsIn(sent)
	})
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
