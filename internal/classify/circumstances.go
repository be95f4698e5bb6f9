package classify

import (
	"cmp"
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/news"
)

// circumstances changes what votes are worth by what stands around them.
func (c *Classifier) circumstances(v *view, votes []vote) {
	c.settings(votes)
	subject, goods, business := c.subject(votes), c.goods(votes), c.business(votes)
	for i := range votes {
		w := &votes[i]
		if v.amount(w) {
			w.points = 0
		}
		if subject && w.actor && (c.topics[w.topic].Slug == dialogue || w.key == keySettlement) {
			w.points *= actorShare
		}
		if business && w.zone == zoneTitle && w.field == news.FieldTitle && strings.HasPrefix(w.key, "region/") && c.topics[w.topic].Slug == regions {
			w.points *= regionShare
		}
		if goods && c.topics[w.topic].Slug == trade {
			w.points *= goodsShare
		}
		if (w.field == news.FieldText || strings.HasPrefix(w.key, "institution/")) && v.besideOffice(w) {
			w.points *= officeShare
		}
		if w.field == news.FieldTitle {
			continue
		}
		if slices.Contains(countedTopics, c.topics[w.topic].Slug) && numbered(&v.doc.Body, w.tok) {
			w.points *= amountShare
		}
	}
}

// settings lowers the votes of what belongs to a story that is told for something else:
// the gas that is exported, the airline whose airliner was shot down. Each is lowered
// once.
func (c *Classifier) settings(votes []vote) {
	told := func(s setting) bool {
		return slices.ContainsFunc(votes, func(w vote) bool {
			return (slices.Contains(s.keys, w.key) || slices.Contains(s.topics, c.topics[w.topic].Slug)) && w.worth() > settingPoints
		})
	}
	var lowered []bool
	for _, s := range storySettings {
		if !told(s) {
			continue
		}
		if lowered == nil {
			lowered = make([]bool, len(votes))
		}
		for i := range votes {
			w := &votes[i]
			if slug := c.topics[w.topic].Slug; !lowered[i] && slices.Contains(s.props, w.key) && !slices.Contains(s.topics, slug) && slug != s.spares {
				lowered[i] = true
				w.points *= settingShare
			}
		}
	}
}

// subject reports whether an item is about something besides who says it: a word of
// another topic than the dialogue stands in its headline or lead.
func (c *Classifier) subject(votes []vote) bool {
	return slices.ContainsFunc(votes, func(w vote) bool {
		return !w.actor && w.zone <= zoneLead && w.points >= subjectPoints && c.topics[w.topic].Slug != dialogue
	})
}

// goods reports whether farm produce stands in the headline or lead: what is said of
// buyers and markets is then said of it.
func (c *Classifier) goods(votes []vote) bool {
	return slices.ContainsFunc(votes, func(w vote) bool {
		return !w.actor && w.zone <= zoneLead && w.points >= subjectPoints && c.topics[w.topic].Slug == produce
	})
}

// business reports whether the headline or lead is of what a region sells, buys, builds or
// shows: it is then no mere place where something is.
func (c *Classifier) business(votes []vote) bool {
	return slices.ContainsFunc(votes, func(w vote) bool {
		slug := c.topics[w.topic].Slug
		return !w.actor && w.zone <= zoneLead && w.points >= pointsCueWord && (slug == trade || slug == produce || slug == "investment-industry")
	})
}

// amount reports whether a vote is for a currency that a number counts: "14 million
// manat" is no word on the manat.
func (v *view) amount(w *vote) bool {
	if !strings.HasPrefix(w.key, "currency/") {
		return false
	}
	toks := v.doc.Text(w.field).Tokens
	for i := w.tok - 1; i >= max(0, w.tok-amountReach); i-- {
		if toks[i].Kind == lang.Number {
			return true
		}
	}
	return false
}

// besideOffice reports whether a word of a theme is part of somebody's title: "energy
// minister", "министр транспорта", "депутат Госдумы".
func (v *view) besideOffice(w *vote) bool {
	toks := v.doc.Text(w.field).Tokens
	for _, i := range []int{w.tok - 1, w.end} {
		if i >= 0 && i < len(toks) && slices.ContainsFunc(offices, func(m string) bool { return strings.HasPrefix(toks[i].Fold, m) }) {
			return true
		}
	}
	return false
}

var offices = []string{
	"minister", "министр", "nazir", "deputy", "lawmaker", "senator", "депутат", "сенатор", "deputat",
}

// numbered reports whether the sentence of a token gives a number.
func numbered(t *lang.Text, tok int) bool {
	s := t.Tokens[tok].Sent
	for i := tok; i < len(t.Tokens) && t.Tokens[i].Sent == s; i++ {
		if t.Tokens[i].Kind == lang.Number {
			return true
		}
	}
	for i := tok; i >= 0 && t.Tokens[i].Sent == s; i-- {
		if t.Tokens[i].Kind == lang.Number {
			return true
		}
	}
	return false
}

// leaders adds a vote for the dialogue where politicians of both sides stand in
// the headline or the lead, or one in a headline with the other's country: their
// meeting, call or visit is the news.
func (c *Classifier) leaders(v *view, out []vote) []vote {
	topic, ok := c.model.index[dialogue]
	az, ru := v.az.politician(), v.ru.politician()
	if !ok || az == nil && ru == nil {
		return out
	}
	m, points, key, alone := az, pointsLeaders, "leaders of both sides", false
	switch {
	case az != nil && ru != nil:
		if ru.zone > az.zone {
			m = ru
		}
	case max(v.az.best, v.ru.best) > zoneLead:
		return out
	default:
		points, key, alone = pointsLeader, "a leader and the other side", true
		if az == nil {
			m = ru
		}
		if m.zone != zoneTitle || max(v.az.best, v.ru.best) != zoneTitle {
			points = pointsLeaderLead
		}
	}
	return append(out, vote{
		topic: topic, key: key, field: m.hit.Field, tok: m.hit.Tok, end: m.hit.TokEnd,
		zone: m.zone, points: points, actor: alone,
	})
}

// politician returns the first mention in the headline or lead of somebody who
// stands for the dialogue, nil when there is none.
func (s *sideView) politician() *mention {
	for i := range s.mentions {
		m := &s.mentions[i]
		if m.zone <= zoneLead && m.leader() {
			return m
		}
	}
	return nil
}

// enumerations marks votes that stand in a list of subjects, "energy, transport
// and other fields", which says nothing about any of them.
func enumerations(v *view, votes []vote) {
	type run struct{ first, last int }
	byPlace := make([]int, 0, len(votes))
	for i := range votes {
		if votes[i].field == news.FieldText && votes[i].end-votes[i].tok <= 2 && !votes[i].faint {
			byPlace = append(byPlace, i)
		}
	}
	slices.SortFunc(byPlace, func(a, b int) int { return cmp.Compare(votes[a].tok, votes[b].tok) })
	toks := v.doc.Body.Tokens
	flush := func(r run) {
		topics, members, end := map[int]bool{}, 0, 0
		for _, i := range byPlace[r.first:r.last] {
			topics[votes[i].topic] = true
			if votes[i].tok >= end { // one word may speak for several topics
				members, end = members+1, votes[i].end
			}
		}
		if min(len(topics), members) < enumeratedTopics {
			return
		}
		for _, i := range byPlace[r.first:r.last] {
			votes[i].enumerated = true
		}
	}
	r := run{}
	for k := 1; k <= len(byPlace); k++ {
		if k < len(byPlace) && listed(toks, votes[byPlace[k-1]].end, votes[byPlace[k]].tok) {
			continue
		}
		r.last = k
		flush(r)
		r.first = k
	}
}

// listed reports whether the tokens between two words are what stands between
// two entries of a list: a comma or "and", and a word or two at most.
func listed(toks []lang.Token, from, to int) bool {
	if to <= from {
		return true
	}
	if to-from > 3 {
		return false
	}
	joined := false
	for _, t := range toks[from:to] {
		switch t.Fold {
		case ",", "and", "и", "а", "также", "və", "həmçinin", "&", "/":
			joined = true
		case ".", ";", ":", "!", "?":
			return false
		}
	}
	return joined
}
