package lang

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"samur/internal/news"
)

const (
	modelRows  = 1 << 16
	modelWidth = 32  // room for the groups of either script
	modelScale = 16  // steps of a score to one logarithm of odds
	modelZero  = 128 // the byte of a row that stands for no evidence
)

// model scores the pieces of words, of up to four letters and whole, by group.
type model struct {
	groups []group
	places []uint16          // of the row of each piece, by its hash: few pieces have one of their own
	rows   []row             // each once
	lacks  [tableSize]uint32 // the groups, as bits, whose alphabet has not a letter
	marks  [tableSize]uint32 // the groups that show themselves by a letter
}

// row is what a piece speaks for: a byte for each group, eight to a word, the first in
// the lowest bits, so that four additions add up eight groups each.
type row [modelWidth / 8]uint64

// scores are sums by group.
type scores [modelWidth]int32

// train counts the samples of each group and weighs the counts.
func train(groups []group, texts map[string][]string) *model {
	m := &model{groups: groups, places: make([]uint16, modelRows)}
	counts := make([][modelWidth]uint16, modelRows)
	w := weigher{groups: len(groups)}
	var hashes []uint32
	for g := range groups {
		m.spell(g)
		kinds := 0.0
		for code := range strings.FieldsSeq(groups[g].codes) {
			for _, t := range texts[code] {
				hashes = appendPieces(hashes[:0], t)
				for _, h := range hashes {
					c := &counts[h%modelRows][g]
					if *c == 0 {
						kinds++
					}
					*c++
				}
				w.total[g] += float64(len(hashes))
			}
		}
		w.fresh[g] = kinds / (w.total[g] + kinds)
		w.logFresh[g] = math.Log(w.fresh[g])
	}
	m.rows = []row{w.row(&[modelWidth]uint16{})} // of what no sample has
	known := map[row]uint16{}
	for i := range counts {
		if counts[i] == [modelWidth]uint16{} {
			continue
		}
		r := w.row(&counts[i])
		place, ok := known[r]
		if !ok {
			place = uint16(len(m.rows))
			known[r], m.rows = place, append(m.rows, r)
		}
		m.places[i] = place
	}
	m.rows = slices.Clone(m.rows) // without the room to grow
	return m
}

// spell notes the letters that speak for and against a group.
func (m *model) spell(g int) {
	for _, r := range m.groups[g].lacks {
		m.lacks[r] |= 1 << g
	}
	for _, r := range m.groups[g].marks {
		m.marks[r] |= 1 << g
	}
}

// weigher turns counts into rows. How often a group's samples had something new is the
// chance that it has something it has not shown; that chance is shared out half evenly
// and half by what all groups of the script have shown.
type weigher struct {
	groups          int
	total           [modelWidth]float64 // pieces of the samples
	fresh, logFresh [modelWidth]float64 // chance of something new, and its logarithm
}

func (w *weigher) row(counts *[modelWidth]uint16) (r row) {
	mean := 0.0
	for g := range w.groups {
		mean += float64(counts[g]) / w.total[g]
	}
	unseen := 0.5 + 0.5*modelRows*mean/float64(w.groups)
	logUnseen := math.Log(unseen)
	for g := range w.groups {
		odds := w.logFresh[g] + logUnseen
		if n := float64(counts[g]); n > 0 {
			odds = math.Log((1-w.fresh[g])*modelRows*n/w.total[g] + w.fresh[g]*unseen)
		}
		v := max(1, min(255, modelZero+math.Round(modelScale*odds)))
		r[g/8] |= uint64(v) << (g % 8 * 8)
	}
	return r
}

// score adds up what the pieces of a text speak for.
func (m *model) score(s string, sum *scores) {
	const most = 256 // bytes that add up in sixteen bits
	var room [8 * most]uint32
	for hashes := appendPieces(room[:0], s); len(hashes) > 0; {
		n := min(len(hashes), most)
		for first := 0; first < len(m.groups); first += 16 {
			sums := m.lanes(hashes[:n], first/8)
			for g := first; g < min(first+16, len(m.groups)); g++ {
				sum[g] += int32(sums[g%16/8][g%2]>>(g%8/2*16)&0xFFFF) - int32(n*modelZero)
			}
		}
		hashes = hashes[n:]
	}
}

// lanes adds up two words of the rows of some pieces, from an even one on: of each its even
// bytes, in sixteen bits each, and its odd ones.
func (m *model) lanes(hashes []uint32, word int) [2][2]uint64 {
	const lanes = 0x00FF00FF00FF00FF
	var even, odd, even1, odd1 uint64
	for _, h := range hashes {
		r := &m.rows[m.places[h%modelRows]]
		v, v1 := r[word&2], r[word&2|1]
		even += v & lanes
		odd += v >> 8 & lanes
		even1 += v1 & lanes
		odd1 += v1 >> 8 & lanes
	}
	return [2][2]uint64{{even, odd}, {even1, odd1}}
}

// appendPieces appends a hash of every run of up to four letters within the words of a
// text, the bounds of the words counted as letters, and two of every word.
func appendPieces(dst []uint32, s string) []uint32 {
	const bound = '_'
	var p piecer
	for i := 0; i < len(s); {
		r, n := decode(s, i)
		i += n
		switch classOf(r) {
		case classLower, classUpper:
			if p.n == 0 {
				p = piecer{last: [4]uint32{0, 0, 0, bound}, n: 1, word: wordSeed}
			}
			l := uint32(lower(r, false))
			p.word = (p.word ^ l) * hashPrime
			dst = p.push(dst, l, 1)
		case classApos, classIgnore, classMark:
		default:
			dst = p.end(dst, bound)
		}
	}
	return p.end(dst, bound)
}

const (
	pieceSeed = 2166136261
	wordSeed  = 5381
	hashPrime = 16777619
)

// piecer hashes the word it stands in; n is zero between words.
type piecer struct {
	last [4]uint32 // letters read, the newest last
	n    int       // how many of them
	word uint32
}

// push reads a letter and appends the runs of at least so many letters that it ends.
func (p *piecer) push(dst []uint32, letter uint32, least int) []uint32 {
	p.last = [4]uint32{p.last[1], p.last[2], p.last[3], letter}
	p.n = min(p.n+1, 4)
	h := uint32(pieceSeed)
	for k := 1; k <= p.n; k++ {
		h = (h ^ p.last[4-k]) * hashPrime
		if k >= least {
			dst = append(dst, h^h>>15)
		}
	}
	return dst
}

func (p *piecer) end(dst []uint32, bound uint32) []uint32 {
	if p.n == 0 {
		return dst
	}
	dst = p.push(dst, bound, 2)
	p.n = 0
	whole := p.word ^ p.word>>15
	return append(dst, whole, whole)
}

// alphabet adds what single letters speak for and returns their number.
func (m *model) alphabet(title, text string, sum *scores) int {
	inTitle, shown := m.spelt(title, sum)
	inText, more := m.spelt(text, sum)
	letters := inTitle + inText
	for g := range m.groups {
		if (shown|more)>>g&1 == 0 {
			sum[g] -= int32(modelScale * min(m.groups[g].share*float64(letters), maxUnmarked))
		}
	}
	return letters
}

// spelt takes what the letters of a text weigh from the groups that lack them, and
// returns how many letters there are and which groups showed themselves. In a word with
// a capital, which may be a name, a letter means little.
func (m *model) spelt(s string, sum *scores) (letters int, shown uint32) {
	inside, weight := false, int32(0)
	for i := 0; i < len(s); {
		r, n := decode(s, i)
		i += n
		c := classOf(r)
		if c != classLower && c != classUpper {
			inside = false
			continue
		}
		if !inside {
			inside, weight = true, modelScale*foreignLetter
			if c == classUpper {
				weight = modelScale
			}
		}
		letters++
		if r = lower(r, false); r >= tableSize {
			continue
		}
		shown |= m.marks[r]
		for lack := m.lacks[r]; lack != 0; lack &= lack - 1 {
			sum[bits.TrailingZeros32(lack)] -= weight
		}
	}
	return letters, shown
}

// best returns the language of the group with the highest sum, priors included. What
// is declared weighs the more the fewer letters there are.
func (m *model) best(sum *scores, declared news.Lang, letters int) news.Lang {
	trust := modelScale * (declaredFor + max(0, enoughLetters-letters))
	best, most := news.Other, int32(math.MinInt32)
	for g := range m.groups {
		l, s := m.groups[g].lang, sum[g]+int32(modelScale*m.groups[g].prior)
		switch l {
		case "":
			l = news.Other
		case declared:
			s += int32(trust)
		}
		if s > most {
			best, most = l, s
		}
	}
	return best
}

// firstBytes cuts a text to n bytes at a rune's bound.
func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
