package classify

import (
	"cmp"
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// circumstances changes what votes are worth by what stands around them.
func (c *Classifier) circumstances(v *view, votes []vote) {
	c.settings(votes)
	subject, goods := c.subject(votes), c.goods(votes)
	for i := range votes {
		w := &votes[i]
		if v.amount(w) {
			w.points = 0
		}
		if subject && w.actor && (c.topics[w.topic].Slug == dialogue || w.key == keySettlement) {
			w.points *= actorShare
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

// states adds votes for the dialogue where a headline or a first sentence names both
// sides as states and a word of what one does to the other, or says of it.
func (c *Classifier) states(v *view, out []vote) []vote {
	topic, ok := c.model.index[dialogue]
	if !ok {
		return out
	}
	banned := c.bannable(out)
	for _, field := range []news.Field{news.FieldTitle, news.FieldText} {
		sent, z := -1, zoneTitle
		if field == news.FieldText {
			sent, z = 0, zoneLead
		}
		if !v.az.namedIn(sent) || !v.ru.namedIn(sent) || !v.az.stateIn(sent) && !v.ru.stateIn(sent) {
			continue
		}
		both := v.az.stateIn(sent) && v.ru.stateIn(sent)
		say := func(words map[news.Lang][]string, key string, points float64, actor bool) {
			if i := begins(v.doc.Text(field), sent, words); i >= 0 {
				out = append(out, vote{
					topic: topic, key: key, field: field, tok: i, end: i + 1, zone: z, points: points, actor: actor,
				})
			}
		}
		if both {
			say(stateActs, "what one state does to the other", pointsStateAct, z != zoneTitle)
		}
		if banned {
			say(stateBans, "what one state closes to the other", pointsStateBan, false)
		}
		if both && (v.az.leaderIn(sent) || v.ru.leaderIn(sent)) {
			say(leaderActs, "a leader who visits or meets", pointsVisit, false)
		}
	}
	return out
}

// settlement adds a vote for security where Armenia stands beside both sides in the
// headline or lead and leaders or talks are named there: what Russia says or does between the
// two is of war and peace, unless the item has another subject.
func (c *Classifier) settlement(v *view, out []vote) []vote {
	topic, ok := c.model.index[security]
	if !ok || max(v.az.best, v.ru.best) > zoneLead || v.az.politician() == nil && v.ru.politician() == nil && !spoken(v, out) || c.carried(out) {
		return out
	}
	for i := range v.doc.Hits {
		h := &v.doc.Hits[i]
		if z := v.zones.of(v.doc, h); settled[h.Concept.ID] && z <= zoneLead {
			return append(out, vote{
				topic: topic, key: keySettlement, field: h.Field, tok: h.Tok, end: h.TokEnd,
				zone: z, points: pointsSettlement, actor: true,
			})
		}
	}
	return out
}

// carried reports whether the headline is of goods or how they travel.
func (c *Classifier) carried(votes []vote) bool {
	return slices.ContainsFunc(votes, func(w vote) bool {
		slug := c.topics[w.topic].Slug
		return w.zone == zoneTitle && w.points >= pointsCueWord && (slug == "transport" || slug == produce || slug == trade || slug == "energy")
	})
}

// spoken reports whether talks stand in the headline or lead.
func spoken(v *view, votes []vote) bool {
	return slices.ContainsFunc(votes, func(w vote) bool { return w.zone <= zoneLead && w.key == "term/talks" })
}

// begins returns the first word of a sentence, or of a headline when sent is negative,
// that begins like one of words, -1 when none does.
func begins(t *lang.Text, sent int, words map[news.Lang][]string) int {
	for i := range t.Tokens {
		w := &t.Tokens[i]
		if sent >= 0 && w.Sent > sent {
			break
		}
		if w.Kind == lang.Word && slices.ContainsFunc(words[t.Lang], func(a string) bool { return strings.HasPrefix(w.Fold, a) }) {
			return i
		}
	}
	return -1
}

// bannable reports whether the headline or lead is of culture, schools or media: what one
// state closes to the other there, it closes to the other state. Imports and flights are
// banned for many reasons.
func (c *Classifier) bannable(votes []vote) bool {
	return slices.ContainsFunc(votes, func(w vote) bool {
		slug := c.topics[w.topic].Slug
		return w.zone <= zoneLead && w.points >= settingPoints && (slug == "culture-education" || slug == "digital")
	})
}

// leaderIn reports whether a sentence, -1 for the headline, names a politician of the
// side.
func (s *sideView) leaderIn(sent int) bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool { return m.sent == sent && m.leader() })
}

// namedIn reports whether a sentence, -1 for the headline, names the side.
func (s *sideView) namedIn(sent int) bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool { return m.sent == sent })
}

// stateIn reports whether a sentence, -1 for the headline, names the side by its
// country, its capital, or somebody who speaks for it.
func (s *sideView) stateIn(sent int) bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool {
		if m.sent != sent {
			return false
		}
		x := m.hit.Concept
		switch x.Kind {
		case lexicon.Country:
			return true
		case lexicon.City:
			return x.ID == "city/baku" || x.ID == "city/moscow"
		case lexicon.Person, lexicon.Office, lexicon.Institution:
			return len(x.Topics) > 0 && slices.Contains(stateTopics, x.Topics[0])
		}
		return false
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

// leader reports whether a mention is of a politician: somebody who stands for the
// dialogue.
func (m *mention) leader() bool {
	x := m.hit.Concept
	if len(x.Topics) == 0 {
		return false
	}
	switch x.Kind {
	case lexicon.Person, lexicon.Office, lexicon.Institution:
		return x.Topics[0] == dialogue
	}
	return false
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
		topics := map[int]bool{}
		for _, i := range byPlace[r.first:r.last] {
			topics[votes[i].topic] = true
		}
		if len(topics) < enumeratedTopics {
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
