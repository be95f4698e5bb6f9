package feed

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"golang.org/x/text/transform"

	"samur/internal/pattern"
)

// The order in which the charset is decided: what the bytes prove (a byte order
// mark, zero bytes in the pattern of UTF-16 or UTF-32, valid UTF-8 beyond ASCII),
// then what the HTTP header says, then what the XML declaration says, then what
// Cyrillic statistics say, then what letters of two bytes look like. A declared
// charset that the statistics contradict loses: servers add "charset=iso-8859-1" to
// windows-1251 by default, and editors convert documents without touching the
// declaration.

// xmlDeclaration matches what an XML document says of its charset.
var xmlDeclaration = pattern.Lazy(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:\- ]+?)\s*["']`)

// misnamed maps charset names that no index knows to ones that it does.
var misnamed = map[string]string{
	"cp-1251": "windows-1251", "win-1251": "windows-1251", "win1251": "windows-1251", "1251": "windows-1251",
	"windows1251": "windows-1251", "window-1251": "windows-1251", "windows-cyrillic": "windows-1251", "cp1251-windows": "windows-1251",
	"cp-1252": "windows-1252", "win-1252": "windows-1252", "win1252": "windows-1252", "latin-1": "windows-1252",
	"cp-1254": "windows-1254", "win-1254": "windows-1254",
	"koi-8": "koi8-r", "koi8r": "koi8-r", "koi-8r": "koi8-r", "koi-8-r": "koi8-r", "koi8u": "koi8-u",
	"cp-866": "ibm866", "dos-866": "ibm866", "ibm-866": "ibm866", "866": "ibm866", "cp866-dos": "ibm866", "alt": "ibm866",
	"mac-cyrillic": "x-mac-cyrillic", "maccyrillic": "x-mac-cyrillic", "macintosh-cyrillic": "x-mac-cyrillic",
	"iso8859-5": "iso-8859-5", "iso-8859-5:1988": "iso-8859-5",
	"utf8": "utf-8", "utf-8-bom": "utf-8", "utf_8": "utf-8", "unicode": "utf-16", "ucs-2": "utf-16", "ucs2": "utf-16",
	"u8": "utf-8", "unicode-1-1-utf-8": "utf-8",
}

// decode returns body as valid UTF-8 without byte order mark, the name of the
// charset it was read as, and notes of what was lost or put right.
func decode(body, contentType string) (text, name string, notes []string) {
	text, name, notes = decodeOnce(body, contentType)
	text, letters := undoTwice(text)
	if letters > 0 {
		notes = append(notes, fmt.Sprintf("letters that were encoded twice: %d", letters))
	}
	return text, name, notes
}

// decodeOnce is decode for a body whose text was encoded once.
func decodeOnce(body, contentType string) (text, name string, notes []string) {
	if enc, name, skip := proven(body); enc != nil {
		return through(enc, name, []byte(body[skip:]))
	}
	body = strings.TrimPrefix(body, "\xef\xbb\xbf")
	if utf8.ValidString(body) && !strings.Contains(body, "\x1b") && !strings.Contains(body, "~{") {
		return body, "utf-8", nil // most are; no declaration says otherwise of such bytes
	}
	return decodeBytes([]byte(body), contentType)
}

// decodeBytes is decodeOnce for what is not plainly UTF-8.
func decodeBytes(body []byte, contentType string) (text, name string, notes []string) {
	header, declared := headerCharset(contentType), xmlCharset(body)
	multi, bad := utf8Counts(body)
	if bad == 0 && !shifts(body, header, declared) {
		return string(body), "utf-8", nil
	}
	for _, name := range []string{header, declared} {
		enc, canonical := lookup(name)
		if enc == nil || canonical == "utf-8" || strings.HasPrefix(canonical, "utf-16") || strings.HasPrefix(canonical, "utf-32") {
			continue
		}
		if multi >= 8*bad { // the declaration is older than the document
			break
		}
		better, betterName := contradicted(body, canonical, header, declared)
		if better != nil {
			text, name, notes = through(better, betterName, body)
			return text, name, append(notes, fmt.Sprintf("declared as %s, read as %s", canonical, betterName))
		}
		return through(enc, canonical, body)
	}
	// In no other charset do so many bytes fall into whole sequences by chance.
	if multi >= bad {
		text, bad := mendUTF8(body)
		return text, "utf-8", []string{fmt.Sprintf("bytes that are not UTF-8: %d", bad)}
	}
	enc, name := guess(body)
	text, name, notes = through(enc, name, body)
	return text, name, append(notes, "charset guessed as "+name)
}

// proven returns the encoding that the first bytes leave no doubt of, and how
// many of them are a byte order mark.
func proven(body string) (enc encoding.Encoding, name string, skip int) {
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	le32, be32 := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	for _, p := range []struct {
		prefix string
		enc    encoding.Encoding
		name   string
		skip   int
	}{
		{"\xff\xfe\x00\x00", le32, "utf-32le", 4},
		{"\x00\x00\xfe\xff", be32, "utf-32be", 4},
		{"<\x00\x00\x00", le32, "utf-32le", 0},
		{"\x00\x00\x00<", be32, "utf-32be", 0},
		{"\xff\xfe", le, "utf-16le", 2},
		{"\xfe\xff", be, "utf-16be", 2},
		{"\x4c\x6f\xa7\x94", charmap.CodePage037, "ibm037", 0},
	} {
		if strings.HasPrefix(body, p.prefix) {
			return p.enc, p.name, p.skip
		}
	}
	// UTF-16 without a mark: the markup is ASCII, so every second byte of the
	// beginning is zero. Blanks may stand before the first bracket.
	head := body[:min(len(body), 64)&^1]
	even, odd := 0, 0
	for i := range len(head) {
		if head[i] == 0 && i%2 == 0 {
			even++
		} else if head[i] == 0 {
			odd++
		}
	}
	switch half := len(head) / 2; {
	case half < 2:
	case odd >= half*3/4 && even == 0:
		return le, "utf-16le", 0
	case even >= half*3/4 && odd == 0:
		return be, "utf-16be", 0
	}
	return nil, "", 0
}

// headerCharset returns the charset parameter of a Content-Type.
func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil { // broken headers still tend to hold a readable charset
		_, rest, ok := strings.Cut(strings.ToLower(contentType), "charset=")
		if !ok {
			return ""
		}
		rest, _, _ = strings.Cut(rest, ";")
		return strings.Trim(rest, " \"'")
	}
	return params["charset"]
}

// xmlCharset returns the charset of an XML declaration.
func xmlCharset(body []byte) string {
	if m := xmlDeclaration().FindSubmatch(body[:min(len(body), 1024)]); m != nil {
		return string(m[1])
	}
	return ""
}

// shifts reports whether a declared charset is one of those that hide other
// letters in plain ASCII bytes.
func shifts(body []byte, names ...string) bool {
	for _, name := range names {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "iso-2022-jp":
			return bytes.Contains(body, []byte("\x1b"))
		case "hz-gb-2312":
			return bytes.Contains(body, []byte("~{"))
		}
	}
	return false
}

// lookup returns the encoding of that name and the name it goes by, nil when
// there is none. Names for UTF-8 and ASCII give the no-operation encoding.
func lookup(name string) (encoding.Encoding, string) {
	name = strings.ToLower(strings.Trim(name, " \"'"))
	if name == "" {
		return nil, ""
	}
	if right, ok := misnamed[name]; ok {
		name = right
	}
	if enc, err := htmlindex.Get(name); err == nil {
		canonical, _ := htmlindex.Name(enc)
		if canonical == "replacement" {
			return nil, ""
		}
		return enc, canonical
	}
	if enc, err := ianaindex.IANA.Encoding(name); err == nil && enc != nil {
		return enc, name
	}
	return nil, ""
}

// through decodes body and notes letters that the charset does not have.
func through(enc encoding.Encoding, name string, body []byte) (string, string, []string) {
	var b strings.Builder
	b.Grow(roomFor(body))
	w := transform.NewWriter(&b, enc.NewDecoder())
	_, err := w.Write(body)
	if err = errors.Join(err, w.Close()); err != nil {
		text, bad := mendUTF8(body)
		return text, name, []string{fmt.Sprintf("bytes that are not %s: %d", name, bad)}
	}
	var notes []string
	if bad := strings.Count(b.String(), "\ufffd"); bad > 0 {
		notes = append(notes, fmt.Sprintf("letters that %s does not have: %d", name, bad))
	}
	return strings.TrimPrefix(b.String(), "\ufeff"), name, notes
}

// roomFor returns how many bytes of UTF-8 a body of another charset hardly exceeds: two
// for each byte beyond ASCII.
func roomFor(body []byte) int {
	n := len(body)
	for _, c := range body {
		n += int(c >> 7)
	}
	return n
}

// utf8Counts counts the whole sequences beyond ASCII and the broken ones.
func utf8Counts(body []byte) (multi, bad int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			multi++
		}
		i += n
	}
	return multi, bad
}

// mendUTF8 makes valid UTF-8 of bytes that mostly are. The beginning of a letter
// that was cut off goes; a single foreign byte is read as windows-1252, which is
// where stray quotes and dashes come from; words of foreign bytes, from entries
// that were pasted together, as the Cyrillic charset that suits them.
func mendUTF8(body []byte) (text string, bad int) {
	words := foreignCharset(body)
	var b strings.Builder
	b.Grow(len(body) + 16)
	for len(body) > 0 {
		r, n := utf8.DecodeRune(body)
		if r != utf8.RuneError || n > 1 {
			b.Write(body[:n])
			body = body[n:]
			continue
		}
		if n = foreign(body); n >= foreignWord {
			bad += n
			for _, c := range body[:n] {
				b.WriteRune(words.DecodeByte(c))
			}
			body = body[n:]
			continue
		}
		bad++
		if n = cutLetter(body); n == 0 {
			n = 1
			if r := windows1252(body[0]); r >= 0 {
				b.WriteRune(r)
			}
		}
		body = body[n:]
	}
	return b.String(), bad
}

// foreignWord is how many bytes in a row that are no UTF-8 make a word.
const foreignWord = 3

// foreign counts the bytes at the start of body that begin no sequence.
func foreign(body []byte) int {
	for i := range body {
		if body[i] < utf8.RuneSelf {
			return i
		}
		if r, n := utf8.DecodeRune(body[i:]); r != utf8.RuneError || n > 1 {
			return i
		}
	}
	return len(body)
}

// foreignCharset returns the charset of the words in body that are no UTF-8.
func foreignCharset(body []byte) *charmap.Charmap {
	var words []byte
	for i := 0; i < len(body) && len(words) < 64<<10; {
		n := foreign(body[i:])
		if n >= foreignWord {
			words = append(append(words, body[i:i+n]...), ' ')
		}
		_, size := utf8.DecodeRune(body[i:])
		i += max(n, size)
	}
	if enc, _, best := bestCyrillic(words); best >= plainlyRussian {
		return enc
	}
	return charmap.Windows1252
}

// cutLetter returns the length of a sequence that was begun and not ended, 0 when
// the first byte begins none.
func cutLetter(body []byte) int {
	want := 0
	switch c := body[0]; {
	case c >= 0xc2 && c <= 0xdf:
		want = 2
	case c >= 0xe0 && c <= 0xef:
		want = 3
	case c >= 0xf0 && c <= 0xf4:
		want = 4
	default:
		return 0
	}
	n := 1
	for n < len(body) && n < want && body[n]&0xc0 == 0x80 {
		n++
	}
	// A lone lead byte before a letter or blank is more likely windows-1252 when
	// it leads three or four, as "é" does, than the torn half of a letter.
	if n == 1 && want > 2 {
		return 0
	}
	return n
}
