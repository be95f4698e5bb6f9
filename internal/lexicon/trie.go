package lexicon

import (
	"unicode/utf8"

	"samur/internal/lang"
)

// trie is a tree of keys in flat arrays: the children of a node stand side by side, in
// the order of their letters.
type trie struct {
	label   []byte  // letter that leads to the node
	first   []int32 // first child; the last ends where the next node's first begins
	entries []span  // entries of the node
	keyNode []int32 // node of each key, while building
}

// span is a run of entries.
type span struct{ from, to int32 }

// newTrie builds the tree of sorted keys.
func newTrie(keys []string) trie {
	room := 3 * len(keys) // a key adds two or three nodes to those it shares
	t := trie{label: make([]byte, 1, room+1), first: make([]int32, 0, room+2), keyNode: make([]int32, len(keys))}
	type group struct{ from, to, depth int } // keys that share a beginning
	queue := make([]group, 1, room+1)
	queue[0].to = len(keys)
	for n := 0; n < len(queue); n++ { // breadth first: children stand side by side
		g := queue[n]
		t.first = append(t.first, int32(len(queue)))
		i := g.from
		for i < g.to && len(keys[i]) == g.depth {
			t.keyNode[i] = int32(n)
			i++
		}
		for i < g.to {
			j := i
			for j < g.to && keys[j][g.depth] == keys[i][g.depth] {
				j++
			}
			t.label = append(t.label, keys[i][g.depth])
			queue = append(queue, group{i, j, g.depth + 1})
			i = j
		}
	}
	t.first = append(t.first, int32(len(queue)))
	t.entries = make([]span, len(queue))
	return t
}

func (t *trie) setEntries(key, from, n int) {
	t.entries[t.keyNode[key]] = span{int32(from), int32(from + n)}
}

// child returns the node that a letter leads to from node n, or 0.
func (t *trie) child(n int32, letter byte) int32 {
	lo, hi := t.first[n], t.first[n+1]
	for i := lo; i < hi; i++ {
		if t.label[i] == letter {
			return i
		}
	}
	return 0
}

// letters numbers the letters that names are written in, without diacritics; 0 is
// everything else.
var letters = buildLetters()

func buildLetters() (t [0x530]byte) {
	n := byte(1)
	for _, r := range "abcdefghijklmnopqrstuvwxyz0123456789'+&абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ" {
		t[r] = n
		n++
	}
	for r := range t {
		plain, _ := utf8.DecodeRuneInString(lang.Plain(string(rune(r))))
		if t[r] == 0 && int(plain) < len(t) {
			t[r] = t[plain]
		}
	}
	return t
}

func letter(r rune) byte {
	if r < rune(len(letters)) {
		return letters[r]
	}
	return 0
}

// trieKey turns a folded word into a key; it fails for words with other signs.
func trieKey(w string) (string, bool) {
	key := make([]byte, 0, len(w))
	for len(w) > 0 {
		r, n := utf8.DecodeRuneInString(w)
		l := letter(r)
		if l == 0 {
			return "", false
		}
		key = append(key, l)
		w = w[n:]
	}
	return string(key), len(key) > 0
}
