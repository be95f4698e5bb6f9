package lang

import (
	"strings"
	"sync"
	"unicode/utf8"

	"samur/internal/news"
)

// An Azerbaijani noun takes endings in a fixed order: derivation, plural, possessive,
// case, copula. In the tables A stands for a or ə, I for ı, i, u or ü, as the vowel
// before commands; a letter in brackets joins an ending to a vowel (to a consonant
// where the letter is a vowel).

// slot is how far a chain of endings has come.
type slot uint8

const (
	slotStart   slot = iota // behind the stem of a name
	slotNoun                // behind the stem of a common word, which derivation would make another
	slotDerived             // behind -lı, -lıq …: may derive once more
	slotPlural              // behind -lar
	slotOwned               // behind the possessive of the third person: n before cases
	slotMine                // behind another possessive
	slotCase                // behind a case
	slotDative              // behind -a: -dək and -can can follow
	slotLocal               // behind -da and -ın: -kı can follow
	slotKi                  // behind -dakı
	slotCopula              // behind -dır
	slotEnd                 // nothing more
	slotBare                // a stem that lost its possessive: only -ları
	slotBareOwn             // behind that plural
	slotVowel               // a stem changed before a vowel: nothing, or an ending with one
	slotVerb                // behind a verb's root
	slotTense               // behind a tense: a person
	slotGerund              // behind a participle or verbal noun: noun endings
	slots
)

// ending is one ending: where it can stand, its letters, and where it leads.
type ending struct {
	from  []slot
	forms string // in harmony notation
	to    slot
}

var (
	nominal   = []slot{slotStart, slotNoun, slotDerived, slotPlural}
	beforeN   = []slot{slotOwned, slotKi}
	unowned   = []slot{slotStart, slotNoun, slotDerived, slotPlural, slotMine}
	anyNoun   = []slot{slotStart, slotNoun, slotDerived, slotPlural, slotOwned, slotMine, slotKi}
	predicate = []slot{slotStart, slotNoun, slotDerived, slotPlural, slotOwned, slotMine, slotCase, slotDative, slotLocal, slotKi}
)

var azeriEndings = []ending{
	{[]slot{slotStart}, "lI lIlIq lIq sIz sIzlIq çI çIlIq", slotDerived},
	{[]slot{slotStart, slotDerived}, "cA", slotEnd},
	{[]slot{slotStart, slotNoun, slotDerived, slotKi}, "lAr", slotPlural},

	{nominal, "(s)I", slotOwned},
	{nominal, "(I)m (I)n (I)mIz (I)nIz", slotMine},

	{unowned, "(n)In", slotLocal},
	{unowned, "(n)I", slotCase},
	{unowned, "(y)A", slotDative},
	{unowned, "dA", slotLocal},
	{unowned, "dAn", slotCase},
	{beforeN, "nIn ndA", slotLocal},
	{beforeN, "nI ndAn ncA nAn", slotCase},
	{beforeN, "nA", slotDative},
	{anyNoun, "lA (y)lA (y)nAn", slotCase},
	{[]slot{slotDative}, "dək cAn", slotEnd},
	{anyNoun, "tək", slotEnd},
	{[]slot{slotLocal}, "kI", slotKi},

	{predicate, "dIr dIrlAr (y)dI (y)dIlAr (y)idi (y)idilər (y)mIş (y)mIşdIr (y)imiş (y)sA (y)kən", slotCopula},
	{predicate, "(y)Am (y)Iq sAn sInIz", slotCopula},
	{append([]slot{slotCopula}, predicate...), "mI", slotEnd},

	{[]slot{slotBare}, "lAr", slotBareOwn},
	{[]slot{slotBareOwn}, "I", slotOwned},

	{[]slot{slotVowel}, "I", slotOwned},
	{[]slot{slotVowel}, "Im In ImIz InIz", slotMine},
	{[]slot{slotVowel}, "In", slotLocal},
	{[]slot{slotVowel}, "I", slotCase},
	{[]slot{slotVowel}, "A", slotDative},

	{[]slot{slotVerb}, "Ib dI Acaq Acağ mAlI sA sIn sInlAr Ar IlAr", slotTense},
	{[]slot{slotVerb}, "(y)Ib (y)Ir (y)Acaq (y)Acağ (y)Ar mIş mIşdI (y)ArAq dIqdA mAdI mAyIb mIr mAz mAyAcaq", slotTense},
	{[]slot{slotVerb}, "mAq mA mAsI (y)An mIş dIq mAmAq mAyAn", slotGerund},
	{[]slot{slotVerb}, "mAy mAğ dIğ", slotVowel},
	{[]slot{slotVerb}, "Il In", slotVerb},
	{[]slot{slotTense}, "dIr dI lAr dIlAr dIrlAr Am Iq sAn sInIz m k q", slotCopula},
	{[]slot{slotGerund}, "lAr", slotPlural},
	{[]slot{slotGerund}, "(s)I", slotOwned},
	{[]slot{slotGerund}, "(n)In dA", slotLocal},
	{[]slot{slotGerund}, "(n)I dAn lA (y)lA", slotCase},
	{[]slot{slotGerund}, "(y)A", slotDative},
}

// vowelClass is what the last vowel of a word demands of the next ending.
type vowelClass uint8

const (
	vowelNone  vowelClass = iota // no vowel yet, as in ABŞ: any harmony
	vowelBack                    // a, ı: a, ı
	vowelRound                   // o, u: a, u
	vowelFront                   // e, ə, i: ə, i
	vowelSoft                    // ö, ü: ə, ü
	vowels
)

func vowelOf(r rune) vowelClass {
	switch r {
	case 'a', 'ı':
		return vowelBack
	case 'o', 'u':
		return vowelRound
	case 'e', 'ə', 'i':
		return vowelFront
	case 'ö', 'ü':
		return vowelSoft
	}
	return vowelNone
}

func lastVowel(w string) vowelClass {
	for len(w) > 0 {
		r, n := utf8.DecodeLastRuneInString(w)
		if v := vowelOf(r); v != vowelNone {
			return v
		}
		w = w[:len(w)-n]
	}
	return vowelNone
}

func endsOpen(w string) bool {
	r, _ := utf8.DecodeLastRuneInString(w)
	return vowelOf(r) != vowelNone
}

// step is one concrete ending.
type step struct {
	text  string
	to    slot
	vowel vowelClass
	open  bool
}

// chains holds the concrete endings by slot, last vowel and whether a vowel precedes.
type chains [slots][vowels][2][]step

// azeriSpelt and azeriBare hold the chains as spelt and as typed without diacritics.
// They are built when first needed, which takes some milliseconds.
var (
	azeriSpelt = sync.OnceValue(func() *chains { return buildChains(false) })
	azeriBare  = sync.OnceValue(func() *chains { return buildChains(true) })
)

func buildChains(bare bool) *chains {
	var c chains
	for _, e := range azeriEndings {
		for _, form := range strings.Fields(e.forms) {
			for _, from := range e.from {
				for v := vowelNone; v < vowels; v++ {
					c.add(from, v, form, e.to, bare)
				}
			}
		}
	}
	return &c
}

func (c *chains) add(from slot, v vowelClass, form string, to slot, bare bool) {
	harmonies := []vowelClass{v}
	if v == vowelNone || bare { // typed without diacritics, i may be ı and u may be ü
		harmonies = []vowelClass{vowelBack, vowelRound, vowelFront, vowelSoft}
	}
	for open := range 2 {
		for _, h := range harmonies {
			text := realise(form, h, open == 1)
			st := step{text: text, to: to, vowel: h, open: endsOpen(text)}
			if lv := lastVowel(text); lv != vowelNone {
				st.vowel = lv
			}
			if bare {
				st.text, st.vowel = Plain(text), vowelNone
			}
			if !holds(c[from][v][open], st) {
				c[from][v][open] = append(c[from][v][open], st)
			}
		}
	}
}

func holds(steps []step, st step) bool {
	for _, s := range steps {
		if s.text == st.text && s.to == st.to {
			return true
		}
	}
	return false
}

// realise spells an ending behind a vowel of class v; open says that the vowel is the
// last letter before it.
func realise(form string, v vowelClass, open bool) string {
	var b strings.Builder
	for i := 0; i < len(form); {
		if form[i] == '(' {
			end := strings.IndexByte(form[i:], ')') + i
			if joins(form[i+1:end], open) {
				b.WriteString(spell(form[i+1:end], v))
			}
			i = end + 1
			open = false
			continue
		}
		r, n := utf8.DecodeRuneInString(form[i:])
		s := spell(string(r), v)
		b.WriteString(s)
		if lv := lastVowel(s); lv != vowelNone {
			v = lv
		}
		i += n
	}
	return b.String()
}

// joins reports whether a bracketed letter is written: a consonant behind a vowel, a
// vowel behind a consonant.
func joins(letter string, open bool) bool {
	if letter == "I" || letter == "A" {
		return !open
	}
	return open
}

func spell(letter string, v vowelClass) string {
	switch letter {
	case "A":
		if v == vowelBack || v == vowelRound {
			return "a"
		}
		return "ə"
	case "I":
		return [vowels]string{"i", "ı", "u", "i", "ü"}[v]
	}
	return letter
}

// maxChain bounds a chain of endings in bytes; "larımızdakılardandırlar" has 25.
const maxChain = 40

// matches reports whether rest is a legal chain from a slot on.
func (c *chains) matches(rest string, v vowelClass, open bool, from slot) bool {
	if rest == "" {
		return true
	}
	if len(rest) > maxChain {
		return false
	}
	o := 0
	if open {
		o = 1
	}
	for _, st := range c[from][v][o] {
		if strings.HasPrefix(rest, st.text) && c.matches(rest[len(st.text):], st.vowel, st.open, st.to) {
			return true
		}
	}
	return false
}

// azeriTakes judges what stands behind an Azerbaijani stem.
func azeriTakes(s Root, rest string, l news.Lang, how Script) bool {
	if how == Foreign && l != news.Tr { // an Azerbaijani name in an English text: "Aliyev", "Aliyev's"
		return rest == "" && s.Whole()
	}
	c, v, start := azeriSpelt(), s.vowel, slotStart
	if how != Native {
		c, v = azeriBare(), vowelNone
	}
	switch s.kind {
	case stemAzeriVowel:
		start = slotVowel
		if rest == "" {
			return false
		}
	case stemAzeriOwned:
		start = slotOwned
		if c.matches(rest, v, s.open, nounSlot(s)) {
			return true
		}
	case stemAzeriSingle:
		start = nounSlot(s)
		if rest == "" || endsOpen(rest[:firstLen(rest)]) {
			return false
		}
	case stemAzeriBare:
		start = slotBare
		if rest == "" {
			return false
		}
	case stemAzeriVerb:
		start = slotVerb
		if rest == "" {
			return false
		}
	default:
		start = nounSlot(s)
	}
	return c.matches(rest, v, s.open, start)
}

// nounSlot returns where a noun's endings begin. Names derive (azərbaycanlı); of common
// words derivation makes others (səfir, səfirlik), and short ones are too like others.
func nounSlot(s Root) slot {
	if !s.long || s.role == Term {
		return slotNoun
	}
	return slotStart
}

// azeriRoots lists the beginnings of a word's forms.
func azeriRoots(w string, role Role) []Root {
	runes := utf8.RuneCountInString(w)
	base := Root{Text: w, kind: stemAzeri, vowel: lastVowel(w), open: endsOpen(w), long: runes >= 4}
	if root, ok := infinitive(w); ok && role == Term {
		return []Root{base, {Text: root, kind: stemAzeriVerb, vowel: lastVowel(root), open: endsOpen(root)}}
	}
	out := []Root{base}
	if base.open && runes >= 4 && !relational[w] {
		if bare, ok := unowned3(w); ok {
			out[0].kind = stemAzeriOwned
			out = append(out, Root{Text: bare, kind: stemAzeriBare, vowel: lastVowel(bare)})
			if single, ok := single(bare); ok {
				out = append(out, Root{Text: single, kind: stemAzeriBare, vowel: lastVowel(bare)})
			}
		}
	}
	if single, ok := single(w); ok {
		out = append(out, Root{Text: single, kind: stemAzeriSingle, vowel: base.vowel, long: base.long})
	}
	for _, t := range softened(w, runes) {
		out = append(out, Root{Text: t, kind: stemAzeriVowel, vowel: lastVowel(w)})
	}
	return out
}

// relational are adjectives whose last vowel is no possessive: mədəni is not "its mine".
var relational = set("mədəni dini elmi hərbi siyasi iqtisadi milli rəsmi təbii tibbi ictimai hüquqi")

// single takes the second of two like consonants from the end of a word, as is done
// before another consonant: xətt, xətlər.
func single(w string) (string, bool) {
	last, n := utf8.DecodeLastRuneInString(w)
	head := w[:len(w)-n]
	before, m := utf8.DecodeLastRuneInString(head)
	return head, last == before && vowelOf(last) == vowelNone && len(head) > m
}

func firstLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

func infinitive(w string) (string, bool) {
	for _, e := range []string{"maq", "mək"} {
		if root, ok := strings.CutSuffix(w, e); ok && len(root) >= 2 {
			return root, true
		}
	}
	return "", false
}

// unowned3 takes a word in the possessive of the third person back: nazirliyi is
// nazirlik, dəhlizi is dəhliz, birjası is birja.
func unowned3(w string) (string, bool) {
	r, n := utf8.DecodeLastRuneInString(w)
	switch r {
	case 'ı', 'i', 'u', 'ü':
	default:
		return "", false
	}
	bare := w[:len(w)-n]
	switch last, m := utf8.DecodeLastRuneInString(bare); {
	case last == 'y':
		return bare[:len(bare)-m] + "k", true
	case last == 'ğ':
		return bare[:len(bare)-m] + "q", true
	case last == 's' && endsOpen(bare[:len(bare)-m]):
		return bare[:len(bare)-m], true
	case endsOpen(bare):
		return "", false
	}
	return bare, true
}

// softened lists the changed stems of a word before an ending that begins with a
// vowel: k to y, q to ğ, t to d, and the loss of the last narrow vowel.
func softened(w string, runes int) []string {
	if runes < 4 {
		return nil
	}
	last, n := utf8.DecodeLastRuneInString(w)
	head := w[:len(w)-n]
	var out []string
	switch last {
	case 'k':
		out = append(out, head+"y", head+"g")
	case 'q':
		out = append(out, head+"ğ")
	case 't':
		out = append(out, head+"d")
	}
	if vowelOf(last) != vowelNone || runes > 6 || last == 'm' && runes > 4 {
		return out // a verbal noun like yığım keeps its vowel, ism- of isim does not
	}
	v, m := utf8.DecodeLastRuneInString(head)
	before := head[:len(head)-m]
	switch v {
	case 'ı', 'i', 'u', 'ü':
		if !endsOpen(before) && lastVowel(before) != vowelNone {
			out = append(out, before+string(last))
		}
	}
	return out
}

// azeriEnding judges a chain of endings that stands by itself: "ın", "dakı", "cü".
func azeriEnding(fold string) bool {
	switch fold {
	case "":
		return false
	case "ci", "cı", "cu", "cü", "nci", "ncı", "ncu", "ncü":
		return true
	}
	bare := Plain(fold)
	if len(bare) > 24 {
		return false
	}
	for _, from := range []slot{slotNoun, slotOwned} {
		for _, open := range []bool{false, true} {
			if azeriBare().matches(bare, vowelNone, open, from) {
				return true
			}
		}
	}
	return false
}
