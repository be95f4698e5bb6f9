package classify

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"

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
	actor      bool // somebody who acts or speaks, and no subject
	faint      bool // a stem of the seeds, which no reader would take for a cue
}

// model is what the classifier knows of topics.
type model struct {
	index map[string]int // slug -> topic
	cues  []cue
	named map[string][]weighed // concepts that a topic names, by its concepts or its words

	carried map[carriage]string // words that are heard in every language, and their concepts
	lines   []map[news.Lang]float64

	profile profile
}

// carriage is a word of a topic.
type carriage struct {
	topic int
	lang  news.Lang
	word  string
}

// learn reads the topics and compiles what speaks for each.
func (c *Classifier) learn(corpus []fs.FS, own []Topic) error {
	topics, err := seeds.Topics(corpus...)
	if err != nil {
		return err
	}
	c.topics = seeds.Combine(topics, own)
	c.model = &model{index: map[string]int{}, named: map[string][]weighed{}, carried: map[carriage]string{}}
	built, err := builtIn(corpus, topics)
	if err != nil {
		return err
	}
	var mistakes []error
	for i, t := range c.topics {
		c.model.index[t.Slug] = i
		for _, l := range languages() {
			c.hear(i, l, t.Words[l], built[t.Slug][l])
		}
		for _, x := range t.Concepts {
			if _, ok := c.lexicon.Concept(x.ID); !ok {
				mistakes = append(mistakes, fmt.Errorf("%s: no concept of the lexicon is called %q; correct it, or give the topic words", x.At, x.ID))
			}
			c.model.name(x.ID, i, pointsConcept)
		}
	}
	if err := errors.Join(mistakes...); err != nil {
		return err
	}
	backgrounds, err := seeds.Backgrounds(corpus...)
	if err != nil {
		return err
	}
	if err := c.study(corpus, backgrounds); err != nil {
		return err
	}
	c.draw(backgrounds)
	c.model.profile.weigh(backgrounds, c.model.index, func(topic int) bool { return topicLine[c.topics[topic].Slug] == 0 })
	return nil
}

// builtIn returns the words of each topic of the first corpus: they were chosen in every language, along with the concepts.
func builtIn(corpus []fs.FS, topics []Topic) (map[string]map[news.Lang][]string, error) {
	if len(corpus) > 1 {
		var err error
		if topics, err = seeds.Topics(corpus[0]); err != nil {
			return nil, err
		}
	}
	words := map[string]map[news.Lang][]string{}
	for _, t := range topics {
		words[t.Slug] = t.Words
	}
	return words, nil
}

// hear compiles the cue words of a topic in one language. A word that is not built in
// and names a concept is heard in all others as well.
func (c *Classifier) hear(topic int, l news.Lang, words, built []string) {
	for _, w := range words {
		points := cuePoints(w)
		c.model.cues = append(c.model.cues, cue{topic: topic, name: w, points: points})
		c.voices[l].cues.add(inflected(w), len(c.model.cues)-1)
		if slices.Contains(built, w) {
			continue
		}
		if id := c.means(w, l); id != "" {
			c.model.name(id, topic, points)
			c.model.carried[carriage{topic, l, w}] = id
		}
	}
}

// means returns the concept that a cue is a name of, "" when there is none.
func (c *Classifier) means(word string, l news.Lang) string {
	d := c.lexicon.Analyse("", word, l)
	for i := range d.Hits {
		if h := &d.Hits[i]; h.Tok == 0 && h.TokEnd == len(d.Body.Tokens) && !isCountry(h.Concept) {
			return h.Concept.ID
		}
	}
	return ""
}

// name notes that a concept speaks for a topic.
func (m *model) name(id string, topic int, points float64) {
	for i := range m.named[id] {
		if w := &m.named[id][i]; w.topic == topic {
			w.points = max(w.points, points)
			return
		}
	}
	m.named[id] = append(m.named[id], weighed{topic, points})
}

// match returns the topics of an item that passed the gate, strongest first.
func (c *Classifier) match(v *view) []news.Match {
	all := c.learnt.topicPoints(c.rate(v))
	line := c.bar(v, all)
	all = slices.DeleteFunc(all, func(m news.Match) bool { return m.Score < line(m.Topic) })
	slices.SortStableFunc(all, func(a, b news.Match) int { return cmp.Compare(b.Score, a.Score) })
	return all
}

// bar returns what each topic's score must reach in an item with these ratings: the
// topic's line, less of it in an item that is all headline, and less where no topic
// reaches its own, for the item is about something; but always a share of what the
// strongest topic has.
func (c *Classifier) bar(v *view, all []news.Match) func(slug string) float64 {
	best := 0.0
	for _, m := range all {
		best = max(best, m.Score/c.line(m.Topic, v.doc.Title.Lang))
	}
	easy := 1.0
	if len(v.doc.Body.Tokens) == 0 {
		easy = titleShare
	}
	if best < easy {
		easy *= loneShare
	}
	easy = max(easy, best*relativeShare)
	return func(slug string) float64 { return easy * c.line(slug, v.doc.Title.Lang) }
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

// overlaps reports whether two votes are for the same words.
func (w vote) overlaps(o vote) bool { return w.field == o.field && w.tok < o.end && o.tok < w.end }

// weigh adds up the votes for one topic: the best in full, further ones for a
// smaller share each, the same thing and the same words once.
func (c *Classifier) weigh(v *view, votes []vote) news.Match {
	t := c.topics[votes[0].topic]
	m := news.Match{Topic: t.Slug}
	var seen []vote
	share := 1.0
	for _, w := range votes {
		said := slices.ContainsFunc(seen, func(o vote) bool { return o.key == w.key || o.overlaps(w) })
		if said || len(seen) == maxVotes || w.worth()*share < leastVote {
			continue
		}
		seen = append(seen, w)
		text := v.doc.Text(w.field)
		a, b := text.Tokens[w.tok].Start, text.Tokens[w.end-1].End
		m.Evidence = append(m.Evidence, news.Evidence{
			Field: w.field, Start: a, End: b, Form: text.Raw[a:b], Concept: w.key,
			Points: w.worth() * share, Why: news.Because(news.GroundTopicIn, t.Slug, w.zone.String()),
		})
		share *= voteShare
	}
	m.Evidence, m.Score = tidy(m.Evidence)
	return m
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
				zone: v.zones.of(v.doc, h), points: c.filed(v, h, k, t),
				actor: isActor(h.Concept),
			})
		}
	}
	out = c.otherVotes(v, out)
	out = c.cueVotes(v, &v.doc.Title, news.FieldTitle, out)
	out = c.cueVotes(v, &v.doc.Body, news.FieldText, out)
	out = c.stemVotes(v, &v.doc.Title, news.FieldTitle, out)
	out = c.stemVotes(v, &v.doc.Body, news.FieldText, out)
	enumerations(v, out)
	out = c.leaders(v, out)
	out = c.states(v, out)
	out = c.settlement(v, out)
	c.circumstances(v, out)
	return out
}

// filed is what a hit says for the k-th topic its concept is filed under. A region of
// Russia beside Azerbaijan is of the regions, however many border posts lie in it.
func (c *Classifier) filed(v *view, h *lexicon.Hit, k, topic int) float64 {
	points := topicPoints(h.Concept, k) * c.model.profile.trust(h.Concept.ID, topic)
	region := k == 0 && h.Concept.Kind == lexicon.Region && h.Concept.Side == news.SideRu
	if region && max(v.zones.of(v.doc, h), v.az.best) <= zoneLead {
		return max(points, pointsRegion)
	}
	return points
}

// otherVotes adds what concepts say for topics that the lexicon does not file them
// under: those that a topic names, and those that keep its company in the seeds.
func (c *Classifier) otherVotes(v *view, out []vote) []vote {
	for i := range v.doc.Hits {
		h := &v.doc.Hits[i]
		if h.Tok >= readTokens {
			continue
		}
		for _, ws := range [][]weighed{c.model.named[h.Concept.ID], c.model.profile.concepts[h.Concept.ID]} {
			for _, w := range ws {
				if slices.Contains(h.Concept.Topics, c.topics[w.topic].Slug) {
					continue
				}
				out = append(out, vote{
					topic: w.topic, key: h.Concept.ID, field: h.Field, tok: h.Tok, end: h.TokEnd,
					zone: v.zones.of(v.doc, h), points: w.points,
				})
			}
		}
	}
	return out
}

// wordVotes calls fn for the words of a field that may say what it is about, with the
// zone of each.
func wordVotes(v *view, t *lang.Text, field news.Field, fn func(i int, z zone)) {
	for i := range t.Tokens[:min(len(t.Tokens), readTokens)] {
		if t.Tokens[i].Kind != lang.Word || lang.Closed(t.Tokens[i].Fold, t.Lang) {
			continue
		}
		z := v.zones.title
		if field == news.FieldText {
			z = v.zones.body[t.Tokens[i].Sent]
			if i < v.zones.dateline || z == zoneAside {
				continue
			}
		}
		fn(i, z)
	}
}

// heard reports whether a topic has a vote among known for one of these words.
func heard(known []vote, topic int, field news.Field, from, to int) bool {
	return slices.ContainsFunc(known, func(w vote) bool {
		return w.topic == topic && w.field == field && w.tok < to && from < w.end
	})
}

// cueVotes adds the cue words of a field; words that the lexicon has counted for
// the same topic are passed over.
func (c *Classifier) cueVotes(v *view, t *lang.Text, field news.Field, out []vote) []vote {
	voice := c.voice(t.Lang)
	known := out
	wordVotes(v, t, field, func(i int, z zone) {
		voice.cues.find(t, i, func(tag, n int) {
			if q := c.model.cues[tag]; !heard(known, q.topic, field, i, i+n) {
				out = append(out, vote{topic: q.topic, key: q.name, field: field, tok: i, end: i + n, zone: z, points: q.points})
			}
		})
	})
	return out
}

// stemVotes adds the stems that the seeds give a topic in the language of the field,
// where nothing else has counted the word for it.
func (c *Classifier) stemVotes(v *view, t *lang.Text, field news.Field, out []vote) []vote {
	if len(c.model.profile.stems[t.Lang]) == 0 {
		return out
	}
	known := out
	wordVotes(v, t, field, func(i int, z zone) {
		stem, ws := c.model.profile.stem(t.Tokens[i].Fold, t.Lang)
		for _, w := range ws {
			if !heard(known, w.topic, field, i, i+1) {
				out = append(out, vote{topic: w.topic, key: stem, field: field, tok: i, end: i + 1, zone: z, points: w.points, faint: true})
			}
		}
	})
	return out
}
