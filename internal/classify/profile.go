package classify

import (
	"io/fs"
	"maps"
	"math"
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

// profile is what the passages of the seeds say of the topics. Each passage votes for
// the topics it is labelled with, for its stems in its own language and for the
// concepts it names in all of them; a passage of several topics shares its vote.
//
// What a term is worth is its keyness: the logarithm of how much likelier a passage of
// the topic holds it than other passages and general news do, with the background as
// the prior, less some of what it may be off by (Monroe, Colaresi and Quinn 2008, "Fightin'
// Words": the log-odds ratio with an informative Dirichlet prior). The lower end and
// not the mean, so that what stood in one passage alone is worth less than what stood
// in three, and so that a further passage never makes its own words worth less.
//
// Items that people labelled vote like passages; of them only counts are kept.
type profile struct {
	passages []passage
	labelled map[news.Lang]seeds.Labelled
	stems    map[news.Lang]map[string][]weighed
	heads    map[news.Lang]map[string]bool // first headLen bytes of the stems
	concepts map[string][]weighed
	held     map[string]*holding // of concepts
}

// passage is a passage as the profiles read it.
type passage struct {
	file   string
	line   int
	text   string
	lang   news.Lang
	topics []int
	own    bool              // an example of one topic, which says nothing about the others
	terms  map[string]string // stem, or concept id, and its words in the text
}

// weighed is what a term is worth for a topic.
type weighed struct {
	topic  int
	points float64
}

// holding is where a term stands.
type holding struct {
	n     int             // passages of the documents
	topic map[int]int     // … of them labelled with a topic
	votes map[int]float64 // for a topic, examples included
}

const (
	priorWeight  = 20   // imagined passages in which terms are as usual as in the background
	backgroundOf = 200  // passages that the background stands for beside the other topics' own
	leastPrior   = 0.25 // of a term, in imagined passages
	doubt        = 1.0  // standard deviations taken off: five in six are worth more
	doubtOwn     = 1.0  // … of a topic that has little but its examples to go by
	fullKeyness  = 3    // from which a term has all the points there are
	leastPoints  = 0.03 // below which a term is left out
)

// study reads the passages of the seed documents and the examples of the topics.
func (c *Classifier) study(corpus []fs.FS, backgrounds map[news.Lang]seeds.Background) error {
	docs, err := seeds.Documents(corpus...)
	if err != nil {
		return err
	}
	p := &c.model.profile
	if p.labelled, err = seeds.LabelledItems(corpus...); err != nil {
		return err
	}
	for _, d := range docs {
		for _, x := range d.Passages {
			var topics []int
			for _, slug := range x.Topics {
				if t, ok := c.model.index[slug]; ok {
					topics = append(topics, t)
				}
			}
			q := passage{file: d.File, line: x.Line, text: x.Text, lang: d.Lang, topics: topics}
			c.read(&q, backgrounds[q.lang])
			p.passages = append(p.passages, q)
		}
	}
	for i, t := range c.topics {
		for _, x := range t.Examples {
			q := passage{file: x.File, line: x.Line, text: x.Text, lang: lang.Detect("", x.Text, ""), topics: []int{i}, own: true}
			c.read(&q, backgrounds[q.lang])
			p.passages = append(p.passages, q)
		}
	}
	return nil
}

// read finds the terms of a passage. Names that begin with a capital and that the
// lexicon does not know are left out of documents: who spoke is no topic. So are words
// of fewer bytes than a head.
func (c *Classifier) read(p *passage, b seeds.Background) {
	p.terms = map[string]string{}
	d := c.lexicon.Analyse("", p.text, p.lang)
	for i := range d.Hits {
		h := &d.Hits[i]
		if !isCountry(h.Concept) {
			p.note(h.Concept.ID, h.Form)
		}
	}
	sentence := -1
	for i := range d.Body.Tokens {
		t := &d.Body.Tokens[i]
		first := t.Sent != sentence
		sentence = t.Sent
		if t.Kind != lang.Word || lang.Closed(t.Fold, p.lang) || covered(d, news.FieldText, i) {
			continue
		}
		stem := lang.Stem(t.Fold, p.lang)
		if len(stem) < headLen || t.Upper && !(first && (p.own || b.Count[stem] > 0)) {
			continue
		}
		p.note(stem, d.Body.Word(i))
	}
}

func (p *passage) note(term, form string) {
	if _, seen := p.terms[term]; !seen {
		p.terms[term] = form
	}
}

// covered reports whether the lexicon knows the token by a name.
func covered(d *lexicon.Doc, f news.Field, tok int) bool {
	return slices.ContainsFunc(d.Hits, func(h lexicon.Hit) bool { return h.Field == f && h.Tok <= tok && tok < h.TokEnd })
}

// isConcept tells the ids of concepts from stems, which hold no slash.
func isConcept(term string) bool { return strings.Contains(term, "/") }

// tally counts passages: those that vote for each topic, and all.
type tally struct {
	votes map[int]float64 // passages of a topic, by the share of their votes
	of    map[int]int     // passages of documents labelled with it
	all   int             // passages of documents
	with  map[string]*holding
}

func newTally() *tally {
	return &tally{votes: map[int]float64{}, of: map[int]int{}, with: map[string]*holding{}}
}

func (y *tally) count(p *passage, concepts bool) {
	if !p.own {
		y.all++
	}
	share := 1 / float64(max(1, len(p.topics)))
	for _, t := range p.topics {
		y.votes[t] += share
		if !p.own {
			y.of[t]++
		}
	}
	for term := range p.terms {
		if isConcept(term) != concepts {
			continue
		}
		h := y.holding(term)
		if !p.own {
			h.n++
		}
		for _, t := range p.topics {
			h.votes[t] += share
			if !p.own {
				h.topic[t]++
			}
		}
	}
}

// add counts labelled items as if each were a passage.
func (y *tally) add(x seeds.Labelled, index map[string]int, concepts bool) {
	y.all += x.Items
	for slug, n := range x.Topic {
		if t, ok := index[slug]; ok {
			y.votes[t] += n.Votes
			y.of[t] += n.Items
		}
	}
	for term, held := range x.Terms {
		if isConcept(term) != concepts {
			continue
		}
		h := y.holding(term)
		h.n += held.Items
		for slug, n := range held.Topic {
			if t, ok := index[slug]; ok {
				h.votes[t] += n.Votes
				h.topic[t] += n.Items
			}
		}
	}
}

func (y *tally) holding(term string) *holding {
	h := y.with[term]
	if h == nil {
		h = &holding{topic: map[int]int{}, votes: map[int]float64{}}
		y.with[term] = h
	}
	return h
}

// weigh works out what each term is worth. own tells topics whose words and concepts
// were not chosen along with the passages.
func (p *profile) weigh(backgrounds map[news.Lang]seeds.Background, index map[string]int, own func(topic int) bool) {
	concepts, stems := newTally(), map[news.Lang]*tally{}
	for l, x := range p.labelled {
		concepts.add(x, index, true)
		stems[l] = newTally()
		stems[l].add(x, index, false)
	}
	for i := range p.passages {
		x := &p.passages[i]
		concepts.count(x, true)
		if stems[x.lang] == nil {
			stems[x.lang] = newTally()
		}
		stems[x.lang].count(x, false)
	}
	p.held = concepts.with
	p.concepts = concepts.weigh(pointsProfile, own, func(id string) float64 {
		share := 0.0
		for _, b := range backgrounds {
			share = max(share, b.Share(id))
		}
		return share
	})
	p.stems, p.heads = map[news.Lang]map[string][]weighed{}, map[news.Lang]map[string]bool{}
	for l, y := range stems {
		p.stems[l], p.heads[l] = y.weigh(pointsStem, own, backgrounds[l].Share), map[string]bool{}
		for stem := range p.stems[l] {
			p.heads[l][stem[:headLen]] = true
		}
	}
}

func (y *tally) weigh(points float64, own func(topic int) bool, usual func(term string) float64) map[string][]weighed {
	out := make(map[string][]weighed, len(y.with))
	for term, h := range y.with {
		share := usual(term)
		for t, votes := range h.votes {
			full, off := points, doubt
			if own(t) {
				full, off = pointsExample, doubtOwn
			}
			k := keyness(votes, y.votes[t], float64(h.n-h.topic[t]), float64(y.all-y.of[t]), share, off)
			if points := full * min(1, k/fullKeyness); points >= leastPoints {
				out[term] = append(out[term], weighed{t, points})
			}
		}
		slices.SortFunc(out[term], func(a, b weighed) int { return a.topic - b.topic })
	}
	return out
}

// stem returns what the stem of a word is worth, and the stem. Most words begin like
// none and need not be stemmed.
func (p *profile) stem(fold string, l news.Lang) (string, []weighed) {
	if len(fold) < headLen || !p.heads[l][fold[:headLen]] {
		return "", nil
	}
	stem := lang.Stem(fold, l)
	return stem, p.stems[l][stem]
}

// keyness returns the lower end of the log-odds ratio of a term: it stands in votes of
// passages of a topic, in other of others passages, and in a share of the sentences of
// the background. off is how many standard deviations are taken off.
func keyness(votes, passages, other, others, share, off float64) float64 {
	prior := min(max(leastPrior, priorWeight*share), priorWeight/2)
	other += backgroundOf * share
	others += backgroundOf
	odds := func(with, all float64) float64 { return math.Log((with + prior) / (all - with + priorWeight - prior)) }
	return odds(votes, passages) - odds(other, others) - off*math.Sqrt(1/(votes+prior)+1/(other+prior))
}

// trust is the share of a concept's points that the seeds leave it for a topic:
// the share of its passages that bear the topic, drawn towards 1 by as many
// imagined ones. A concept the seeds do not name keeps all.
func (p *profile) trust(id string, topic int) float64 {
	x := p.held[id]
	if x == nil {
		return 1
	}
	return (float64(x.topic[topic]) + trustPrior) / (float64(x.n) + trustPrior)
}

// Terms returns the stems and the ids of concepts for which a passage votes, sorted.
func (c *Classifier) Terms(text string, l news.Lang) []string {
	p := passage{text: text, lang: l, own: true}
	c.read(&p, seeds.Background{})
	return slices.Sorted(maps.Keys(p.terms))
}
