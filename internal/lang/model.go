package lang

import (
	"embed"
	"math"
	"strings"
	"sync"
	"unicode/utf8"

	"samur/internal/news"
)

// samples holds sentences written for this package, from which the letters' habits of
// each language are counted. To make a language known add its sentences to a file.
//
//go:embed samples/*.txt
var samples embed.FS

// Classes of the model. Several languages that nobody reads here share a class: it is
// enough to know that a text is none of the others.
const (
	modelAz = iota
	modelTr
	modelEn
	modelGermanic
	modelRomance
	modelPolish
	modelTurkic
	modelAzPlain // typed without diacritics
	modelTrPlain
	modelLatin // number of classes in Latin letters
)

const (
	modelRu = iota
	modelUk
	modelAzCyrillic
	modelBg
	modelBe
	modelKk
	modelSr
	modelCyrillic
)

const (
	modelRows  = 1 << 15
	modelWidth = modelLatin // the wider of the two
	modelShare = 0.9        // of a class's probability that rests on its samples
)

// model scores the pieces of words, of up to four letters, by class.
type model struct {
	rows []row
}

type row [modelWidth]float32

// models are the counted samples of the two scripts, built when first needed (about a
// millisecond each).
var models = sync.OnceValue(func() (m struct{ latin, cyrillic *model }) {
	var latin, cyrillic [modelWidth][]string
	add := func(c *[modelWidth][]string, class int, file string) {
		c[class] = append(c[class], lines(file)...)
	}
	add(&latin, modelAz, "az")
	add(&latin, modelTr, "tr")
	add(&latin, modelEn, "en")
	for from, to := range map[int]int{modelAz: modelAzPlain, modelTr: modelTrPlain} {
		for _, l := range latin[from] {
			latin[to] = append(latin[to], Plain(Fold(l, news.En)))
		}
	}
	add(&cyrillic, modelRu, "ru")
	add(&cyrillic, modelUk, "uk")
	for _, l := range lines("az") {
		cyrillic[modelAzCyrillic] = append(cyrillic[modelAzCyrillic], toAzCyrillic(Fold(l, news.Az)))
	}
	for _, l := range lines("other") {
		code, text, _ := strings.Cut(l, ": ")
		switch code {
		case "de", "nl":
			latin[modelGermanic] = append(latin[modelGermanic], text)
		case "fr", "es", "it", "pt", "ro":
			latin[modelRomance] = append(latin[modelRomance], text)
		case "pl":
			latin[modelPolish] = append(latin[modelPolish], text)
		case "uz", "tk":
			latin[modelTurkic] = append(latin[modelTurkic], text)
		case "bg":
			cyrillic[modelBg] = append(cyrillic[modelBg], text)
		case "be":
			cyrillic[modelBe] = append(cyrillic[modelBe], text)
		case "kk":
			cyrillic[modelKk] = append(cyrillic[modelKk], text)
		case "sr":
			cyrillic[modelSr] = append(cyrillic[modelSr], text)
		}
	}
	m.latin, m.cyrillic = train(latin), train(cyrillic)
	return m
})

func lines(file string) []string {
	data, err := samples.ReadFile("samples/" + file + ".txt")
	if err != nil {
		return nil // embedded: TestSamples sees to it that they are there
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// toAzCyrillic spells folded Azerbaijani in the Cyrillic alphabet.
func toAzCyrillic(s string) string {
	var b strings.Builder
	for _, r := range s {
		if c, ok := azFromLatin[string(r)]; ok {
			b.WriteRune(c)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

var azFromLatin = map[string]rune{
	"a": 'а', "b": 'б', "v": 'в', "q": 'г', "ğ": 'ғ', "d": 'д', "e": 'е', "ə": 'ә', "j": 'ж', "z": 'з', "i": 'и',
	"ı": 'ы', "y": 'ј', "k": 'к', "g": 'ҝ', "l": 'л', "m": 'м', "n": 'н', "o": 'о', "ö": 'ө', "p": 'п', "r": 'р',
	"s": 'с', "t": 'т', "u": 'у', "ü": 'ү', "f": 'ф', "x": 'х', "h": 'һ', "ç": 'ч', "c": 'ҹ', "ş": 'ш',
}

func train(samples [modelWidth][]string) *model {
	m := &model{rows: make([]row, modelRows)}
	var total [modelWidth]float64
	for class, texts := range samples {
		for _, t := range texts {
			pieces(t, len(t), func(h uint32) {
				m.rows[h%modelRows][class]++
				total[class]++
			})
		}
	}
	for i := range m.rows {
		for class := range m.rows[i] {
			p := (1 - modelShare) / modelRows
			if total[class] > 0 {
				p += modelShare * float64(m.rows[i][class]) / total[class]
			}
			m.rows[i][class] = float32(math.Log(p * modelRows))
		}
	}
	return m
}

// score adds up what the pieces of a text speak for, reading at most so many bytes.
func (m *model) score(s string, limit int, sum *row) {
	pieces(s, limit, func(h uint32) {
		r := &m.rows[h%modelRows]
		for i := range sum {
			sum[i] += r[i]
		}
	})
}

// pieces calls f with a hash of every run of up to four letters within the words of a
// text, the bounds of the words counted as letters.
func pieces(s string, limit int, f func(uint32)) {
	const bound = '_'
	var last [4]rune // letters read, oldest first
	n := 0
	push := func(r rune) {
		copy(last[:], last[1:])
		last[3] = r
		n = min(n+1, 4)
		h := uint32(2166136261)
		for k := 1; k <= n; k++ {
			h = (h ^ uint32(last[4-k])) * 16777619
			if k >= 2 || r != bound {
				f(h ^ h>>15)
			}
		}
	}
	inside := false
	for i := 0; i < len(s) && i < limit; {
		r, w := decode(s, i)
		i += w
		switch classOf(r) {
		case classLower, classUpper:
			if !inside {
				inside, n = true, 0
				last[3] = bound
				n = 1
			}
			push(lower(r, false))
		case classApos, classIgnore, classMark:
		default:
			if inside {
				push(bound)
				inside = false
			}
		}
	}
	if inside {
		push(bound)
	}
}

// best returns the class with the highest sum among the first n.
func (r *row) best(n int) int {
	top := 0
	for i := 1; i < n; i++ {
		if r[i] > r[top] {
			top = i
		}
	}
	return top
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
