package classify

import (
	"samur/internal/lang"
	"samur/internal/news"
)

// signalCounts is how often each kind of signal occurs, once a word, and where
// the first of each kind stands.
type signalCounts struct {
	n     [tagCount]int
	title [tagCount]int
	first [tagCount]news.Evidence
	sents [tagCount][]int // sentences of the text
}

// count reads the signals of an item; what stands in an aside is not counted.
func (c *Classifier) count(v *view) {
	s := &v.counts
	scan := func(t *lang.Text, field news.Field) {
		voice := c.voice(t.Lang)
		for i := range t.Tokens {
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
		return
	}
	s.sents[tag] = append(s.sents[tag], t.Tokens[i].Sent)
}

// signalPoints adds what the kind of story says.
func (c *Classifier) signalPoints(v *view) {
	c.count(v)
	s := &v.counts
	both := max(v.az.best, v.ru.best)
	debit := func(tag int, points float64, why string) {
		e := s.first[tag]
		e.Points, e.Why = points, why
		v.add(e)
	}
	if s.n[tagSport]+s.title[tagSport] >= 2 {
		debit(tagSport, pointsSport, "a report of a match or a contest")
	}
	if s.n[tagMarket] >= 2 {
		debit(tagMarket, pointsMarket, "prices, rates or weather")
	}
	if s.n[tagRanking] > 0 && both != zoneTitle {
		debit(tagRanking, pointsRanking, "a ranking")
	}
	if s.n[tagSuspect] > 0 && both != zoneTitle && v.behindSuspect() {
		debit(tagSuspect, pointsSuspect, "police news: a side is named as somebody's origin")
	}
	if s.n[tagJoint] > 0 && both <= zoneRest {
		debit(tagJoint, pointsActs, "they act together or upon each other")
	}
}

// behindSuspect reports whether a side is named only in sentences of police news.
func (v *view) behindSuspect() bool {
	for _, s := range []*sideView{&v.az, &v.ru} {
		all := len(s.mentions) > 0
		for _, m := range s.mentions {
			all = all && m.sent >= 0 && containsInt(v.counts.sents[tagSuspect], m.sent)
		}
		if all {
			return true
		}
	}
	return false
}

func containsInt(xs []int, x int) bool {
	for _, y := range xs {
		if x == y {
			return true
		}
	}
	return false
}
