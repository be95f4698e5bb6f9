package classify

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

// cue is a cue word of a topic.
type cue struct {
	topic  int
	name   string
	points float64
}

// vote is one reason for a topic.
type vote struct {
	topic      int
	key        string // what was named: the same thing votes once a zone
	field      news.Field
	tok, end   int // tokens of the field
	zone       zone
	points     float64
	enumerated bool
}

// model is what the classifier knows of topics.
type model struct {
	index map[string]int // slug -> topic
	cues  []cue

	profile profile
}

// learn reads the topics and compiles their cue words.
func (c *Classifier) learn(corpus []fs.FS) error {
	topics, err := seeds.Topics(corpus...)
	if err != nil {
		return err
	}
	c.topics = topics
	m := &model{index: map[string]int{}}
	for i, t := range topics {
		m.index[t.Slug] = i
		for l, words := range t.Words {
			v, ok := c.voices[l]
			if !ok {
				continue
			}
			for _, w := range words {
				m.cues = append(m.cues, cue{topic: i, name: w, points: cuePoints(w)})
				v.cues.add(inflected(w), len(m.cues)-1)
			}
		}
	}
	c.model = m
	return c.study(corpus)
}

// match returns the topics of an item that passed the gate, strongest first.
func (c *Classifier) match(v *view) []news.Match {
	all := c.learnt.topicPoints(c.rate(v))
	best := 0.0
	for _, m := range all {
		best = max(best, m.Score)
	}
	all = slices.DeleteFunc(all, func(m news.Match) bool {
		return m.Score < thresholdOf(m.Topic) || m.Score < best*relativeShare
	})
	slices.SortStableFunc(all, func(a, b news.Match) int { return cmp.Compare(b.Score, a.Score) })
	return all
}

// rate scores every topic that anything speaks for.
func (c *Classifier) rate(v *view) []news.Match {
	votes := c.votes(v)
	slices.SortStableFunc(votes, func(a, b vote) int {
		return cmp.Or(cmp.Compare(a.topic, b.topic), cmp.Compare(b.worth(), a.worth()))
	})
	var out []news.Match
	for len(votes) > 0 {
		n := 1
		for n < len(votes) && votes[n].topic == votes[0].topic {
			n++
		}
		out = append(out, c.weigh(v, votes[:n]))
		votes = votes[n:]
	}
	return out
}

// weigh adds up the votes for one topic: the best in full, further ones for a
// smaller share each, the same thing once.
func (c *Classifier) weigh(v *view, votes []vote) news.Match {
	t := c.topics[votes[0].topic]
	m := news.Match{Topic: t.Slug}
	var seen []string
	share := 1.0
	for _, w := range votes {
		if slices.Contains(seen, w.key) || len(seen) == maxVotes {
			continue
		}
		seen = append(seen, w.key)
		text := v.doc.Text(w.field)
		a, b := text.Tokens[w.tok].Start, text.Tokens[w.end-1].End
		m.Evidence = append(m.Evidence, news.Evidence{
			Field: w.field, Start: a, End: b, Form: text.Raw[a:b], Concept: w.key,
			Points: w.worth() * share, Why: t.Slug + " in the " + w.zone.String(),
		})
		share *= voteShare
	}
	m.Evidence, m.Score = tidy(m.Evidence)
	return m
}

func thresholdOf(slug string) float64 {
	if th, ok := topicThreshold[slug]; ok {
		return th
	}
	return plainThreshold
}

func (w vote) worth() float64 {
	p := w.points * voteZone[w.zone]
	if w.enumerated {
		p *= enumeratedShare
	}
	return p
}

// votes gathers what speaks for any topic: concepts of the lexicon and cue words.
func (c *Classifier) votes(v *view) []vote {
	var out []vote
	for i := range v.doc.Hits {
		h := &v.doc.Hits[i]
		if h.Tok >= readTokens {
			continue
		}
		for k, slug := range h.Concept.Topics {
			t, ok := c.model.index[slug]
			if !ok {
				continue
			}
			out = append(out, vote{
				topic: t, key: h.Concept.ID, field: h.Field, tok: h.Tok, end: h.TokEnd,
				zone: v.zones.of(v.doc, h), points: topicPoints(h.Concept, k) * c.model.profile.trust(h.Concept.ID, t),
			})
		}
	}
	out = c.profileVotes(v, out)
	out = c.cueVotes(v, &v.doc.Title, news.FieldTitle, out)
	out = c.cueVotes(v, &v.doc.Body, news.FieldText, out)
	enumerations(v, out)
	c.circumstances(v, out)
	return c.leaders(v, out)
}

// profileVotes adds what concepts say by the company they keep in the seeds, for
// topics that the lexicon does not file them under.
func (c *Classifier) profileVotes(v *view, out []vote) []vote {
	for i := range v.doc.Hits {
		h := &v.doc.Hits[i]
		if h.Tok >= readTokens || isCountry(h.Concept) {
			continue
		}
		c.model.profile.speaks(h.Concept.ID, func(t int, points float64) {
			if slices.Contains(h.Concept.Topics, c.topics[t].Slug) {
				return
			}
			out = append(out, vote{
				topic: t, key: h.Concept.ID, field: h.Field, tok: h.Tok, end: h.TokEnd,
				zone: v.zones.of(v.doc, h), points: points,
			})
		})
	}
	return out
}

// cueVotes adds the cue words of a field; words that the lexicon has counted for
// the same topic are passed over.
func (c *Classifier) cueVotes(v *view, t *lang.Text, field news.Field, out []vote) []vote {
	voice := c.voice(t.Lang)
	known := len(out)
	for i := range t.Tokens[:min(len(t.Tokens), readTokens)] {
		z := v.zones.title
		if field == news.FieldText {
			z = v.zones.body[t.Tokens[i].Sent]
			if i < v.zones.dateline || z == zoneAside {
				continue
			}
		}
		voice.cues.find(t, i, func(tag, n int) {
			q := c.model.cues[tag]
			for _, w := range out[:known] {
				if w.topic == q.topic && w.field == field && w.tok < i+n && i < w.end {
					return
				}
			}
			out = append(out, vote{topic: q.topic, key: q.name, field: field, tok: i, end: i + n, zone: z, points: q.points})
		})
	}
	return out
}

// circumstances changes what votes are worth by what stands around them.
func (c *Classifier) circumstances(v *view, votes []vote) {
	own := false // a ware that is a topic of its own
	for _, w := range votes {
		own = own || slices.Contains(ownWares, c.topics[w.topic].Slug) && w.worth() > pointsCueWord
	}
	for i := range votes {
		w := &votes[i]
		if own && wares[w.key] {
			w.points *= wareShare
		}
		if w.field == news.FieldTitle {
			continue
		}
		if v.besideOffice(w) {
			w.points *= officeShare
		}
		if slices.Contains(countedTopics, c.topics[w.topic].Slug) && numbered(&v.doc.Body, w.tok) {
			w.points *= amountShare
		}
	}
}

// besideOffice reports whether a word of a theme is part of a minister's title:
// "energy minister", "министр транспорта".
func (v *view) besideOffice(w *vote) bool {
	toks := v.doc.Body.Tokens
	for _, i := range []int{w.tok - 1, w.end} {
		if i >= 0 && i < len(toks) && slices.ContainsFunc(ministers, func(m string) bool { return strings.HasPrefix(toks[i].Fold, m) }) {
			return true
		}
	}
	return false
}

var ministers = []string{"minister", "министр", "nazir"}

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
	m, points, key := az, pointsLeaders, "leaders of both sides"
	switch {
	case az != nil && ru != nil:
		if ru.zone > az.zone {
			m = ru
		}
	case v.az.best != zoneTitle || v.ru.best != zoneTitle:
		return out
	default:
		points, key = pointsLeader, "a leader and the other side"
		if az == nil {
			m = ru
		}
		if m.zone != zoneTitle {
			return out
		}
	}
	return append(out, vote{
		topic: topic, key: key, field: m.hit.Field, tok: m.hit.Tok, end: m.hit.TokEnd,
		zone: m.zone, points: points,
	})
}

// politician returns the first mention in the headline or lead of somebody who
// stands for the dialogue, nil when there is none.
func (s *sideView) politician() *mention {
	for i := range s.mentions {
		m := &s.mentions[i]
		c := m.hit.Concept
		person := c.Kind == lexicon.Person || c.Kind == lexicon.Office
		if person && m.zone <= zoneLead && len(c.Topics) > 0 && c.Topics[0] == dialogue {
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
		if votes[i].field == news.FieldText && votes[i].end-votes[i].tok <= 2 {
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
