package cluster

import (
	"hash/fnv"
	"slices"
	"strconv"

	"samur/internal/lang"
	"samur/internal/news"
)

// The share of word runs that makes a copy. Runs of five in texts of forty words
// and more; runs of three in teasers, which must also give the same figures.
// With a credit to the other outlet less is enough.
const (
	shortText   = 40
	copyLong    = 0.5
	copyShort   = 0.6
	copyCredit  = 0.3
	leastRuns   = 4 // shorter texts are alike by chance
	longestText = 400
)

// copied returns the share of the shorter text that the other repeats, 0 when
// that does not make one a copy.
func copied(a, b *sketch) float64 {
	if a.lang != b.lang || len(a.shingles) < leastRuns || len(b.shingles) < leastRuns || a.short() != b.short() {
		return 0
	}
	share := contained(a.shingles, b.shingles)
	need := copyLong
	if a.short() {
		need = copyShort
	}
	if a.via != "" && a.via == b.outlet || b.via != "" && b.via == a.outlet {
		need = copyCredit
	}
	if share < need || a.short() && !sameCounts(a, b) {
		return 0
	}
	if veto, _ := conflict(a, b); veto != "" {
		return 0
	}
	return share
}

func (s *sketch) short() bool { return s.words < shortText }

// sameCounts reports whether two short items give the same numbers.
func sameCounts(a, b *sketch) bool {
	if len(a.counts) > 0 && len(b.counts) > 0 && !slices.Equal(a.counts, b.counts) {
		return false
	}
	for _, m := range a.figures {
		for _, n := range b.figures {
			if m.indicator == n.indicator && m.period == n.period && m.unit == n.unit && m.value != n.value {
				return false
			}
		}
	}
	return true
}

// contained is the share of the smaller set that lies in the other.
func contained(a, b []uint32) float64 {
	n := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch {
		case a[i] < b[k]:
			i++
		case a[i] > b[k]:
			k++
		default:
			n++
			i++
			k++
		}
	}
	return float64(n) / float64(min(len(a), len(b)))
}

// original is the item at the root of a copy.
func original(o *sketch) string {
	if o.copyOf != "" {
		return o.copyOf
	}
	return o.id
}

// copyWords says whose text s repeats, and how much of it.
func copyWords(s, o *sketch, share float64) news.Ground {
	percent := strconv.FormatFloat(100*share, 'f', 0, 64)
	if s.via != "" && s.via == o.outlet {
		return news.Because(news.GroundCredits, s.via, percent)
	}
	return news.Because(news.GroundRepeats, percent, o.id)
}

// shingles returns the hashed word runs of an item: five words long, or three
// for a teaser, whose headline then counts as text.
func shingles(title, body *lang.Text) ([]uint32, int) {
	words := foldedWords(nil, body)
	n, size := len(words), 5
	if n < shortText {
		words, size = foldedWords(foldedWords(nil, title), body), 3
	}
	var out []uint32
	for i := 0; i+size <= len(words); i++ {
		h := fnv.New32a()
		for _, w := range words[i : i+size] {
			_, _ = h.Write([]byte(w)) // a hash never fails
			_, _ = h.Write([]byte{0})
		}
		out = append(out, h.Sum32())
	}
	slices.Sort(out)
	return slices.Compact(out), n
}

func foldedWords(words []string, t *lang.Text) []string {
	for _, tok := range t.Tokens {
		if tok.Kind != lang.Punct && len(words) < longestText {
			words = append(words, tok.Fold)
		}
	}
	return words
}
