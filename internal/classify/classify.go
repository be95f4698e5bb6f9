// Package classify turns an analysed item into a Verdict: whether it concerns
// Russia and Azerbaijan together, and which topics of the seed corpus it
// touches, each with the words that say so and what every word was worth.
//
// The model is linear and every term of it is an Evidence: the sum of their
// points is the score, to the last bit, for the gate and for each topic alike.
// No single word decides. An item passes only when both sides are named outside
// datelines, credits, lists, background and teasers; what passes and fits no
// topic stays relevant without a Match. Weights stand in weights.go, words in
// signals.go, topics and their cue words in the seeds.
//
// A side may be meant without being named: by whose newsroom an item is, by a body, a
// crossing or an envoy that both have part in (presumed.go); or be named without being
// part of the story: as an origin, a border, a circumstance (passing.go).
//
// What speaks for a topic is what the lexicon files under it, its own words and
// concepts, and what passages and labelled items say by their keyness (profile.go); its
// line is set by labels or drawn without them (lines.go); Profile and Rate show both
// (inspect.go).
//
// Of a long text the first readTokens words and marks are read: what a story is
// about stands there, and an item costs the same however long it is.
//
// A Classifier is built once and may then be used by many goroutines. It keeps
// nothing of what it reads, and of outlets it knows their side alone.
//
// Measured on the labelled items of package eval (TestFloors guards it): see
// the figures there. Read Classify first, then gate.
package classify

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math"
	"slices"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

// Version names the rules and begins the Version of every Verdict, which ends with a
// fingerprint of the lexicon, the topics and their passages: items judged by the same
// words bear the same.
const Version = "gate-2"

// readTokens bounds how much of a text is weighed: about 8 kB, several times a
// feed's summary.
const readTokens = 1500

// Options is what a Classifier is made of.
type Options struct {
	Lexicon *lexicon.Lexicon
	Seeds   []fs.FS // later ones add topics, or extend, replace or disable them by slug
	Topics  []Topic // further ones, which do so after all Seeds

	// Threshold is the score from which an item is relevant; 0 takes the
	// calibrated one. Higher is stricter: a point is about one naming of a side.
	Threshold float64
}

// Classifier judges items. It is safe for concurrent use.
type Classifier struct {
	lexicon   *lexicon.Lexicon
	threshold float64
	rules     string // the version of the rules and seeds
	voices    map[news.Lang]*voice
	inside    map[string]sides // lexicon name -> sides named within it
	topics    []Topic
	model     *model
	learnt    *learnt // nil before Learn
}

// New builds a Classifier from o. It reads o.Seeds once.
func New(o Options) (*Classifier, error) {
	if o.Lexicon == nil {
		return nil, errors.New("classify needs a lexicon")
	}
	c := &Classifier{lexicon: o.Lexicon, threshold: o.Threshold, voices: voices()}
	if c.threshold == 0 {
		c.threshold = threshold
	}
	c.inside = namedInside(o.Lexicon)
	if err := c.learn(o.Seeds, o.Topics); err != nil {
		return nil, fmt.Errorf("learn topics from the seeds: %w", err)
	}
	c.rules = Version + "." + c.fingerprint()
	return c, nil
}

// Topic is one of the subjects an item can belong to, with its names in each
// language.
type Topic = seeds.Topic

// Topics returns the topics in the order in which a digest tells them: those of the
// seeds, then further ones.
func (c *Classifier) Topics() []Topic { return slices.Clone(c.topics) }

// Classify judges an item. The result shares no memory with d but its strings.
func (c *Classifier) Classify(d *lexicon.Doc) news.Verdict {
	v := c.look(d)
	out := news.Verdict{Threshold: c.threshold, Version: c.version()}
	if v.worthReading() {
		v.gate()
		c.learnt.gatePoints(v)
	} else {
		v.sidePoints(&v.az)
		v.sidePoints(&v.ru)
	}
	out.Evidence, out.Score = tidy(v.items)
	out.Relevant = out.Score >= c.threshold && v.both()
	if !out.Relevant {
		out.Missing = v.missing()
		return out
	}
	out.Matches = c.match(v)
	return out
}

// fingerprint returns a short name for the words that c judges by.
func (c *Classifier) fingerprint() string {
	h := fnv.New64a()
	say := func(lists ...[]string) {
		for _, list := range lists {
			for _, w := range list {
				_, _ = io.WriteString(h, w) // a hash takes everything
				_, _ = h.Write([]byte{0})
			}
			_, _ = h.Write([]byte{1})
		}
	}
	say([]string{fmt.Sprint(c.threshold)})
	for _, x := range c.lexicon.Concepts() {
		say([]string{x.ID, string(x.Kind), string(x.Side)}, x.Needs, x.Not, x.Fixed, x.Topics)
		for _, l := range languages() {
			say(x.Names[l], x.Weak[l])
		}
	}
	for i, t := range c.topics {
		say([]string{t.Slug})
		for _, l := range languages() {
			say(t.Words[l], []string{fmt.Sprint(c.model.lines[i][l])})
		}
		for _, x := range t.Concepts {
			say([]string{x.ID})
		}
	}
	for i := range c.model.profile.passages {
		p := &c.model.profile.passages[i]
		say([]string{p.text, fmt.Sprint(p.topics)})
	}
	return fmt.Sprintf("%08x", uint32(h.Sum64()))
}

// both reports whether each side is named where it counts, or goes without saying.
func (v *view) both() bool {
	return v.az.best < zoneBackground && v.ru.best < zoneBackground || v.implies
}

// tidy rounds points to thousandths, so that they read well, and adds them up.
func tidy(es []news.Evidence) ([]news.Evidence, float64) {
	sum := 0.0
	for i := range es {
		es[i].Points = thousandths(es[i].Points)
		sum += es[i].Points
	}
	return es, sum
}

func thousandths(points float64) float64 { return math.Round(points*1000) / 1000 }
