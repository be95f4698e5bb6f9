package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/news"
)

// Seen is what is stored under a key: which item, and what its text was when it
// was last looked at.
type Seen struct {
	Item     string
	TextHash uint64
}

// keys lists the identities of an item, most telling first.
func keys(it news.Item, w wording, n wordingNames) []news.Key {
	out := make([]news.Key, 0, 3)
	if it.GUID != "" {
		out = append(out, news.Key{Kind: news.KeyGUID, Hash: hash(unnumbered(it))})
	}
	if it.URL != "" {
		out = append(out, news.Key{Kind: news.KeyURL, Hash: hash(addressKey(it.URL))})
	}
	if w != (wording{}) {
		out = append(out, news.Key{Kind: news.KeyText, Hash: n.onDay})
	}
	return out
}

// unnumbered returns an item's guid without the count of its edits that the BBC
// writes behind the address of the page: "…/c0ffee#2".
func unnumbered(it news.Item) string {
	page, edit, ok := strings.Cut(it.GUID, "#")
	if ok && len(edit) <= 2 && strings.Trim(edit, "0123456789") == "" && it.URL != "" && CanonicalURL(page) == it.URL {
		return page
	}
	return it.GUID
}

// wording is the words of an item: letters and digits, without case, spacing and
// punctuation, so that only a change of words is a revision.
type wording struct{ title, text string }

// wordingNames are the hashes by which a wording is known. They are stored, and must not
// change between versions.
type wordingNames struct {
	title   uint64 // of the title alone
	plain   uint64
	onDay   uint64 // with the day it is told of, "" where none is
	dayless uint64 // as on no day
}

// names hashes the wording: hash(title), hash(title, text), hash(day, title, text) and
// hash("", title, text), side by side, since each waits for itself at every byte.
func (w wording) names(day string) wordingNames {
	onDay, dayless := hashed(fnvBasis, day), hashed(fnvBasis, "")
	plain := uint64(fnvBasis)
	var title uint64
	for i, s := range []string{w.title, w.text} {
		for _, c := range []byte(s) {
			plain = (plain ^ uint64(c)) * fnvPrime
			onDay = (onDay ^ uint64(c)) * fnvPrime
			dayless = (dayless ^ uint64(c)) * fnvPrime
		}
		plain, onDay, dayless = hashed(plain, ""), hashed(onDay, ""), hashed(dayless, "")
		if i == 0 {
			title = plain
		}
	}
	return wordingNames{title: mix(title), plain: mix(plain), onDay: mix(onDay), dayless: mix(dayless)}
}

// wordsOf returns the letters and digits of s in lower case, words parted by one
// blank; a point or comma between digits stays, for 1.5 is not 15.
func wordsOf(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap, number := false, false // what stands before i
	for i := 0; i < len(s); {
		if n := unchanged(s[i:]); n > 0 {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s[i : i+n])
			i += n
			gap, number = false, s[i-1] <= '9'
			continue
		}
		r, n := lowered(s[i:])
		digit := r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r)
		switch {
		case r != 0 && gap && b.Len() > 0:
			b.WriteByte(' ')
			fallthrough
		case r != 0:
			b.WriteRune(r)
			gap = false
		case (s[i] == '.' || s[i] == ',') && number && digitAt(s, i+1):
			b.WriteByte(s[i])
		default:
			gap = true
		}
		number = digit
		i += n
	}
	return b.String()
}

// unchanged returns how many bytes of s are words, parted by one blank, of digits and small
// letters of English, Russian and Azerbaijani, of which most texts are made.
func unchanged(s string) int {
	end := 0 // of the last word
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			i++
			end = i
		case c >= utf8.RuneSelf && i+1 < len(s) && smallLetter(c, s[i+1]):
			i += 2
			end = i
		case c == ' ' && i == end && i > 0:
			i++
		default:
			return end
		}
	}
	return end
}

// smallLetter reports whether two bytes are a small letter from а to џ or one of
// Azerbaijani.
func smallLetter(c, next byte) bool {
	switch c {
	case 0xd0:
		return next >= 0xb0
	case 0xd1:
		return next <= 0x9f
	case 0xc3:
		return next == 0xa7 || next == 0xb6 || next == 0xbc // ç ö ü
	case 0xc4:
		return next == 0x9f || next == 0xb1 // ğ ı
	case 0xc5:
		return next == 0x9f // ş
	case 0xc9:
		return next == 0x99 // ə
	}
	return false
}

// lowered returns the first letter, digit or mark of s in lower case, 0 for any other
// sign, and its length in s. Most letters here are ASCII or Cyrillic: those need no table.
func lowered(s string) (r rune, n int) {
	switch c := s[0]; {
	case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
		return rune(c), 1
	case c >= 'A' && c <= 'Z':
		return rune(c) + 'a' - 'A', 1
	case c < utf8.RuneSelf:
		return 0, 1
	}
	r, n = utf8.DecodeRuneInString(s)
	switch {
	case r >= 'а' && r <= 'џ':
		return r, n
	case r >= 'А' && r <= 'Я':
		return r + 'а' - 'А', n
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
		return unicode.ToLower(r), n
	}
	return 0, n
}

// digitAt reports whether a digit stands at byte i of s.
func digitAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsDigit(r)
}

// hash is FNV-1a over the parts with a mark between them, mixed once more so that
// every digit of it depends on every byte. Stored keys are made of it: it must
// never change.
func hash(parts ...string) uint64 {
	h := uint64(fnvBasis)
	for _, s := range parts {
		h = hashed(h, s)
	}
	return mix(h)
}

const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

// hashed adds a part and the mark behind it to a hash.
func hashed(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return (h ^ 0xff) * fnvPrime // no byte of UTF-8
}

// mix is the finaliser of MurmurHash3.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
