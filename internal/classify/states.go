package classify

import (
	"slices"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// What states do to and say of each other is political dialogue, whatever it is about.

// Tags of deeds: what states do to and of each other.
const (
	deedAct  = iota // one does or says to the other, whatever the matter
	deedBan         // one closes
	deedMeet        // a leader's visits and meetings
)

var deeds = map[news.Lang]map[int][]string{
	news.En: {
		deedAct: {
			"accus*", "demand*", "thank*", "congratulat*", "receives", "denies", "denied", "reject*", "reacts", "reacted", "reaction", "respond*", "summon*", "protest*", "apolog*",
			"condemn*", "critici*", "slams", "slammed", "warn*", "urges", "urged", "vows", "vowed", "regret*", "blame*", "praise*", "rebuke*", "threat*", "retaliat*", "complain*", "expel*", "grateful", "condolence*",
		},
		deedBan:  {"close*", "closing", "closure", "shut*", "scrap*", "cancel*", "block*", "ban", "bans", "banned", "suspend*", "wind up", "winds up", "raid*", "expel*", "strip*"},
		deedMeet: {"visit*", "arriv*", "receiv*", "meet*", "met", "invit*", "lands", "hosts", "hosted", "welcom*", "calls", "called", "phone*", "spoke", "trip"},
	},
	news.Ru: {
		deedAct: {
			"обвинил*", "обвиняет", "обвиняют", "потребова*", "требует", "поблагодар*", "благодар*", "поздрав*", "отверг*", "опроверг*", "отреагир*", "прокоммент*", "ответил*", "вызва*", "извин*",
			"осудил*", "осуждает", "критик*", "раскритик*", "предупред*", "призва*", "призыва*", "пригроз*", "сожале*", "возмут*", "упрек*", "напомнил*", "протест*", "признател*", "недоум*", "недоволь*", "соболезн*",
		},
		deedBan:  {"закры*", "отмен*", "блокир*", "заблок*", "запре*", "приостан*", "прекра*", "высла*", "обыск*"},
		deedMeet: {"визит*", "госвизит*", "прибы*", "приле*", "приехал*", "посети*", "принял*", "встреч*", "встрет*", "поговор*", "созвон*", "позвон*", "пригла*", "поездк*"},
	},
	news.Az: {
		deedAct: {
			"ittiham*", "tələb*", "təşəkkür*", "təbrik*", "təkzib*", "rədd*", "reaksiya*", "çağır*", "üzr", "üzrxah*", "pislə*", "tənqid*", "xəbərdar*", "təəssüf*",
			"minnətdar*", "hədələ*", "etiraz*", "narazı*", "başsağlığı*",
		},
		deedBan:  {"bağla*", "ləğv*", "bloklan*", "bloklay*", "qadağa*", "dayandır*", "çıxarıl*"},
		deedMeet: {"səfər*", "gəlib", "gəldi", "gələcək", "görüş*", "danış*", "zəng*", "qəbul*", "dəvət*"},
	},
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
		say := func(tag int, key string, points float64, actor bool) {
			if from, to := c.deed(v.doc.Text(field), sent, tag); to > 0 {
				out = append(out, vote{
					topic: topic, key: key, field: field, tok: from, end: to, zone: z, points: points, actor: actor,
				})
			}
		}
		if both {
			say(deedAct, "what one state does to the other", pointsStateAct, z != zoneTitle)
		}
		if banned {
			say(deedBan, "what one state closes to the other", pointsStateBan, false)
		}
		if both && (v.az.leaderIn(sent) || v.ru.leaderIn(sent)) {
			say(deedMeet, "a leader who visits or meets", pointsVisit, false)
		}
	}
	return out
}

// settlement adds a vote for security where Armenia stands beside both sides in the
// headline or lead and leaders or talks are named there: what Russia says or does between the
// two is of war and peace, unless the item has another subject.
func (c *Classifier) settlement(v *view, out []vote) []vote {
	topic, ok := c.model.index[security]
	if !ok || max(v.az.best, v.ru.best) > zoneLead || c.carried(out) {
		return out
	}
	if v.az.politician() == nil && v.ru.politician() == nil && !spoken(out) {
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
func spoken(votes []vote) bool {
	return slices.ContainsFunc(votes, func(w vote) bool { return w.zone <= zoneLead && w.key == "term/talks" })
}

// deed returns where the first word with a tag stands in a sentence, or in a headline when
// sent is negative, as its tokens; both are 0 when none does.
func (c *Classifier) deed(t *lang.Text, sent, tag int) (from, to int) {
	voice := c.voice(t.Lang)
	for i := range t.Tokens[:min(len(t.Tokens), readTokens)] {
		if sent >= 0 && t.Tokens[i].Sent > sent {
			break
		}
		voice.deeds.find(t, i, func(got, n int) {
			if got == tag && to == 0 {
				from, to = i, i+n
			}
		})
		if to > 0 {
			break
		}
	}
	return from, to
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
