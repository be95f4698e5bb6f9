package cluster

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// What is kept of a reduced item, so that a start need not read the texts of a week
// again: all that Reduce makes of texts and figures, and nothing that the item says
// without them. An index filled with what was kept is the one that the texts would give;
// TestRecalled and FuzzRecall hold it to that. What another lexicon or other rules made is
// of no use: who keeps it keeps with it what Rules returned.

// rules names what makes a sketch of a text: Reduce, and of figures, lang and lexicon what
// it rests on. It goes up with every change of what they give; TestRulesHaveAName finds
// most that do not.
const rules = 1

// Rules returns a name for what Reduce goes by: the rules and the words of a lexicon.
func Rules(lx *lexicon.Lexicon) uint64 {
	h := xxhash.New()
	say := func(words ...string) {
		for _, w := range words {
			_, _ = io.WriteString(h, w) // a hash takes everything
			_, _ = h.Write([]byte{0})
		}
		_, _ = h.Write([]byte{1})
	}
	say(strconv.Itoa(rules), glossText)
	for _, c := range lx.Concepts() {
		say(c.ID, string(c.Kind), string(c.Side))
		for _, words := range [][]string{c.Needs, c.Not, c.Fixed} {
			say(words...)
		}
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			say(c.Names[l]...)
			say(c.Weak[l]...)
		}
	}
	return h.Sum64()
}

// keptV1 begins what is kept, in the first form that it has.
const keptV1 = 1

// Kept returns what is to be kept of an item.
func (r Reduced) Kept() []byte {
	k := keeper{b: append(make([]byte, 0, 1024), keptV1)}
	s := r.sketch
	k.str(string(s.lang))
	k.uint(uint64(s.words))
	k.uint(uint64(s.acts))
	k.bool(s.again)
	k.str(s.series)
	keepAll(&k, s.periods, k.str)
	keepAll(&k, s.counts, k.str)
	keepAll(&k, s.ordinals, func(o ordinal) { k.int(int64(o.N)); k.str(o.Noun) })
	keepAll(&k, s.figures, func(a anchor) {
		k.str(a.indicator)
		k.str(a.period)
		k.str(a.unit)
		k.b = binary.LittleEndian.AppendUint64(k.b, math.Float64bits(a.value))
	})
	last := uint32(0)
	keepAll(&k, s.shingles, func(v uint32) { k.uint(uint64(v - last)); last = v })

	k.priors(r)
	keepAll(&k, r.terms, func(t told) { k.str(t.word); k.prior(t.prior); k.uint(uint64(t.milli)); k.bool(t.title) })
	keepAll(&k, r.head, func(l label) { k.told(l.word, r.terms); k.prior(l.prior) })
	keepAll(&k, r.persons, func(p string) { k.told(p, r.terms) })
	return k.b
}

// keeper writes what is kept.
type keeper struct {
	b     []byte
	known []float32 // priors, which are a few in all
}

func (k *keeper) uint(v uint64) { k.b = binary.AppendUvarint(k.b, v) }
func (k *keeper) int(v int64)   { k.b = binary.AppendVarint(k.b, v) }

func (k *keeper) bool(v bool) {
	if v {
		k.uint(1)
		return
	}
	k.uint(0)
}

func (k *keeper) str(s string) {
	k.uint(uint64(len(s)))
	k.b = append(k.b, s...)
}

func keepAll[T any](k *keeper, list []T, one func(T)) {
	k.uint(uint64(len(list)))
	for _, v := range list {
		one(v)
	}
}

// priors writes the priors of an item, which are then written as their places.
func (k *keeper) priors(r Reduced) {
	note := func(l label) {
		if !slices.Contains(k.known, l.prior) {
			k.known = append(k.known, l.prior)
		}
	}
	for _, t := range r.terms {
		note(t.label)
	}
	for _, l := range r.head {
		note(l)
	}
	keepAll(k, k.known, func(p float32) { k.b = binary.LittleEndian.AppendUint32(k.b, math.Float32bits(p)) })
}

func (k *keeper) prior(p float32) { k.uint(uint64(slices.Index(k.known, p))) }

// told writes a word as its place among the terms, which most have.
func (k *keeper) told(word string, terms []told) {
	at := slices.IndexFunc(terms, func(t told) bool { return t.word == word })
	k.uint(uint64(at + 1))
	if at < 0 {
		k.str(word)
	}
}

// errKept reports something that Kept did not return.
var errKept = errors.New("what was kept of an item is not well formed")

// Recall returns a reduced item by what was kept of it. Of the item it needs no texts.
func Recall(it news.Item, kept []byte) (Reduced, error) {
	if len(kept) == 0 || kept[0] != keptV1 {
		return Reduced{}, errKept
	}
	k := recaller{b: kept[1:], s: string(kept[1:])}
	s := begin(apartFrom(it))
	s.lang, s.words, s.acts, s.again, s.series = news.Lang(k.own()), int(k.uint()), act(k.uint()), k.bool(), k.own()
	s.periods, s.counts = recallAll(&k, k.own), recallAll(&k, k.own)
	s.ordinals = recallAll(&k, func() ordinal { return ordinal{N: int(k.int()), Noun: k.own()} })
	s.figures = recallAll(&k, func() anchor {
		return anchor{indicator: k.own(), period: k.own(), unit: k.own(), value: k.float()}
	})
	last := uint32(0)
	s.shingles = recallAll(&k, func() uint32 { last += uint32(k.uint()); return last })

	r := Reduced{sketch: s}
	k.known = recallAll(&k, k.share)
	r.terms = recallAll(&k, func() told {
		return told{label: label{k.word(), k.prior()}, milli: uint16(k.uint()), title: k.bool()}
	})
	r.head = recallAll(&k, func() label { return label{k.told(r.terms), k.prior()} })
	r.persons = recallAll(&k, func() string { return k.told(r.terms) })
	if k.bad || len(k.b) > 0 {
		return Reduced{}, errKept
	}
	return r, nil
}

// recaller reads what keeper wrote. After something that it did not write it returns
// zeros.
type recaller struct {
	b     []byte // what is left
	s     string // the same, of which words are parts
	known []float32
	bad   bool
}

func (k *recaller) fail() { k.b, k.s, k.bad = nil, "", true }

// take takes the next n bytes, as a string and as they are.
func (k *recaller) take(n int) (string, []byte) {
	if n > len(k.b) {
		k.fail()
		return "", nil
	}
	s, b := k.s[:n], k.b[:n]
	k.s, k.b = k.s[n:], k.b[n:]
	return s, b
}

func (k *recaller) uint() uint64 {
	v, n := binary.Uvarint(k.b)
	if n <= 0 {
		k.fail()
		return 0
	}
	k.take(n)
	return v
}

func (k *recaller) int() int64 {
	v, n := binary.Varint(k.b)
	if n <= 0 {
		k.fail()
		return 0
	}
	k.take(n)
	return v
}

func (k *recaller) bool() bool { return k.uint() == 1 }

func (k *recaller) float() float64 {
	_, b := k.take(8)
	if k.bad {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

func (k *recaller) share() float32 {
	_, b := k.take(4)
	if k.bad {
		return 0
	}
	return math.Float32frombits(binary.LittleEndian.Uint32(b))
}

func (k *recaller) str() string {
	s, _ := k.take(int(min(k.uint(), math.MaxInt32)))
	return s
}

// own is str for what a sketch keeps: it must not keep all the rest alive.
func (k *recaller) own() string { return strings.Clone(k.str()) }

// word reads the word of a label, which begins with a kind that there is.
func (k *recaller) word() string {
	w := k.str()
	if w == "" || w[0] < '0' || w[0]-'0' >= byte(kinds) {
		k.fail()
	}
	return w
}

// told reads a word that may be one of the terms.
func (k *recaller) told(terms []told) string {
	switch at := k.uint(); {
	case at == 0:
		return k.word()
	case at <= uint64(len(terms)):
		return terms[at-1].word
	}
	k.fail()
	return ""
}

func (k *recaller) prior() float32 {
	at := k.uint()
	if at >= uint64(len(k.known)) {
		k.fail()
		return 0
	}
	return k.known[at]
}

// recallAll reads what keepAll wrote; no elements are nil.
func recallAll[T any](k *recaller, one func() T) []T {
	n := k.uint()
	if n > uint64(len(k.b)) { // each takes a byte or more
		k.fail()
	}
	if n == 0 || k.bad {
		return nil
	}
	list := make([]T, 0, n)
	for range n {
		if list = append(list, one()); k.bad {
			return nil
		}
	}
	return list
}
