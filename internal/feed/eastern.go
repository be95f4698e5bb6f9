package feed

import (
	"bytes"

	"golang.org/x/text/encoding"
)

// Bytes that nothing is said of, and that are not Russian, may be Chinese, Japanese,
// Korean or Thai: feeds of the whole world are put into configs, and what is read as
// another script by mistake is matched, quoted and told in letters that nobody wrote.

// eastern returns the charset of such text, nil where it is not plain. The beginning of
// a body tells; its last letter may be cut there.
func eastern(body []byte) (encoding.Encoding, string) {
	head := body[:min(len(body), 64<<10)]
	for _, name := range []string{pairCharset(body), thaiCharset(head)} {
		enc, name := lookup(name)
		if enc == nil {
			continue
		}
		if text, err := enc.NewDecoder().Bytes(head); err == nil && bytes.Count(text, []byte("\ufffd")) <= 1 {
			return enc, name
		}
	}
	return nil, ""
}

// pairCharset names the charset of letters of two bytes: their first bytes say of which
// script they are, their second whether they may look like ASCII. Most stand side by
// side. "" for anything else.
func pairCharset(body []byte) string {
	p, ok := pairsOf(body)
	switch {
	case !ok || p.n < fewBytes || p.joined*2 < p.n:
	case p.low > 0 && p.share(0x82, 0x83) >= 0.3: // kana
		return "shift_jis"
	case p.low > 0 && p.share(0xa4, 0xc6) >= 0.7: // the usual letters, in the order of their strokes
		return "big5"
	case p.low > 0:
	case p.share(0xa4, 0xa5) >= 0.1: // kana
		return "euc-jp"
	case p.share(0xb0, 0xc8) >= 0.9*p.share(0xb0, 0xf7) && p.share(0xb0, 0xc8) >= 0.5: // hangul
		return "euc-kr"
	case p.share(0xb0, 0xd7) >= 0.7: // the usual letters, in the order of their sound
		return "gbk"
	}
	return ""
}

// pairs counts letters of two bytes.
type pairs struct {
	n      int
	leads  [256]int // by their first byte
	joined int      // which stand behind another
	low    int      // whose second byte is ASCII
}

// pairsOf counts the letters of a body whose bytes beyond ASCII all come in pairs. ok is
// false for any other, among them all with such a byte before a blank or a tag.
func pairsOf(body []byte) (p pairs, ok bool) {
	behind := -1
	for i := 0; i < len(body); i++ {
		if body[i] < 0x80 {
			continue
		}
		if i+1 == len(body) || body[i+1] < 0x40 {
			return p, false
		}
		p.n++
		p.leads[body[i]]++
		if i == behind {
			p.joined++
		}
		if i++; body[i] < 0x80 {
			p.low++
		}
		behind = i + 1
	}
	return p, true
}

// share is how much of the letters begins with one of the bytes.
func (p *pairs) share(from, to int) float64 {
	n := 0
	for _, c := range p.leads[from : to+1] {
		n += c
	}
	return float64(n) / float64(p.n)
}

// thaiCharset names the charset of Thai, whose consonants, vowels and tones come in
// runs with no blank for many words. "" for anything else.
func thaiCharset(body []byte) string {
	consonants, others := 0, 0
	for _, c := range body {
		switch {
		case c < 0x80:
		case c >= 0xa1 && c <= 0xce:
			consonants++
		case c >= 0xd0 && c <= 0xda || c >= 0xe0 && c <= 0xee:
			others++
		case c == 0xcf || c >= 0xef && c <= 0xfb || c == 0xdf || c == 0xa0: // rare signs, digits
		default:
			return ""
		}
	}
	if n := consonants + others; n < fewBytes || consonants*10 < n*4 || others*10 < n*2 {
		return ""
	}
	return "windows-874"
}
