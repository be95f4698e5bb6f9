package lexicon

import (
	"slices"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"

	"samur/internal/lang"
	"samur/internal/news"
)

// memory remembers which words of the lexicon the words of texts are forms of, for news
// says much in the same words. Each word has one place, which it shares with others: the
// last that was met there is remembered. Any number of goroutines may use it.
type memory struct {
	none  [1 << 15]atomic.Uint64 // keys of words that are forms of nothing, as most are
	forms [1 << 11]atomic.Pointer[metWord]
}

// metWord is a word of a text that was met.
type metWord struct {
	key   uint64
	forms []int32
}

// recall returns what the word with a key is a form of; ok is false when it is not known.
func (m *memory) recall(key uint64) (forms []int32, ok bool) {
	if m.none[key%uint64(len(m.none))].Load() == key {
		return nil, true
	}
	if w := m.forms[key%uint64(len(m.forms))].Load(); w != nil && w.key == key {
		return w.forms, true
	}
	return nil, false
}

// keep remembers what the word with a key is a form of.
func (m *memory) keep(key uint64, forms []int32) {
	if len(forms) == 0 {
		m.none[key%uint64(len(m.none))].Store(key)
		return
	}
	m.forms[key%uint64(len(m.forms))].Store(&metWord{key, slices.Clone(forms)})
}

// reading is a number for how the words of a text are read: two texts in which a word can
// be forms of different words have different ones.
func reading(t *lang.Text) uint64 {
	n := xxhash.Sum64String("in " + string(t.Lang)) // nothing that a word could be
	if t.Plain {
		n++
	}
	return n
}

// recognise adds the words that a folded word is a form of to the matches; upper says that
// it begins with a capital in the text.
func (s *scratch) recognise(fold string, upper bool) {
	key := xxhash.Sum64String(fold) ^ s.reading
	if upper {
		key = ^key
	}
	if forms, ok := s.x.met.recall(key); ok {
		s.matches = append(s.matches, forms...)
		return
	}
	from := len(s.matches)
	s.walk(fold, upper)
	if s.text.Plain && s.text.Lang == news.Az && len(s.matches) == from {
		if w := digraphs.Replace(fold); w != fold {
			s.walk(w, upper) // Shusha, chox
		}
	}
	s.x.met.keep(key, s.matches[from:])
}
