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
// side. "" for anything else, among it all text with a byte beyond ASCII before a blank
// or a tag.
func pairCharset(body []byte) string {
	var leads [256]int
	pairs, joined, low, behind := 0, 0, 0, -1
	for i := 0; i < len(body); i++ {
		if body[i] < 0x80 {
			continue
		}
		if i == behind {
			joined++
		}
		if i+1 == len(body) || body[i+1] < 0x40 {
			return ""
		}
		leads[body[i]]++
		pairs++
		if i++; body[i] < 0x80 {
			low++
		}
		behind = i + 1
	}
	between := func(from, to int) (n int) {
		for _, c := range leads[from : to+1] {
			n += c
		}
		return n
	}
	hangul, letters := between(0xb0, 0xc8), between(0xb0, 0xf7)
	switch {
	case pairs < fewBytes || joined*2 < pairs:
		return ""
	case low == 0 && between(0xa4, 0xa5)*10 >= pairs: // kana
		return "euc-jp"
	case low == 0 && hangul*10 >= letters*9 && hangul*2 >= pairs:
		return "euc-kr"
	case low == 0 && between(0xb0, 0xd7)*10 >= pairs*7: // the usual letters, in the order of their sound
		return "gbk"
	case low > 0 && between(0x82, 0x83)*10 >= pairs*3: // kana
		return "shift_jis"
	case low > 0 && between(0xa4, 0xc6)*10 >= pairs*7: // the usual letters, in the order of their strokes
		return "big5"
	}
	return ""
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
