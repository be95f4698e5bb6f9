package feed

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// longestEntity bounds how far behind an ampersand its semicolon may stand.
const longestEntity = 40

// decodeEntities replaces character references once. Named ones are those of
// HTML and, first, those that the document declares. An ampersand that begins no
// reference is itself: "AT&T", "?a=1&b=2".
func decodeEntities(s string, declared *entities) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		text, n := reference(s, declared)
		b.WriteString(text)
		s = s[n:]
		i = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// reference decodes what begins with the ampersand at the start of s and returns
// it with its length in s.
func reference(s string, declared *entities) (string, int) {
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return "&", 1
	}
	name := s[1:end]
	if text, ok := declared.spend(name); ok {
		return text, end + 1
	}
	for i := range len(name) {
		if c := name[i]; !asciiLetter(c) && (c < '0' || c > '9') && c != '#' {
			return "&", 1
		}
	}
	if name[0] == '#' {
		if r, n := surrogates(s); n > 0 {
			return string(r), n
		}
		if !isNumber(name[1:]) {
			return "&", 1
		}
	}
	text := html.UnescapeString(s[:end+1])
	// HTML decodes some names without their semicolon: "&copy=1;" is no sign.
	if strings.HasSuffix(text, ";") && text != ";" {
		if name[0] != '#' {
			return "&", 1
		}
		return "", end + 1 // a number that is no character
	}
	r, n := utf8.DecodeRuneInString(text)
	if n == len(text) && (r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == utf8.RuneError && !namesReplacement(name)) {
		return "", end + 1
	}
	return text, end + 1
}

// surrogates decodes the two references that s begins with where they are the halves of a
// letter, as programs write them that count letters in 16 bits: "&#55357;&#56960;".
func surrogates(s string) (r rune, length int) {
	high, rest, ok := strings.Cut(s, ";")
	if !ok || !strings.HasPrefix(high, "&#") || !strings.HasPrefix(rest, "&#") {
		return 0, 0
	}
	low, _, ok := strings.Cut(rest[:min(len(rest), longestEntity)], ";")
	if !ok {
		return 0, 0
	}
	if r = utf16.DecodeRune(numbered(high), numbered(low)); r == utf8.RuneError {
		return 0, 0
	}
	return r, len(high) + len(low) + len(";;")
}

// numbered returns the number of a reference without its semicolon, 0 where it is none.
func numbered(reference string) rune {
	digits, base := strings.TrimPrefix(reference, "&#"), 10
	if hex := strings.TrimLeft(digits, "xX"); hex != digits {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 16)
	if err != nil {
		return 0
	}
	return rune(n)
}

// isNumber reports whether s is what stands between "&#" and a semicolon.
func isNumber(s string) bool {
	if hex := strings.TrimLeft(s, "xX"); hex != s {
		return hex != "" && strings.IndexFunc(hex, func(r rune) bool { return r > 'f' || !isHex(byte(r)) }) < 0
	}
	return allDigits(s)
}

// namesReplacement reports whether a numeric reference means U+FFFD itself. HTML
// reads numbers that are no character as it too.
func namesReplacement(name string) bool {
	digits := strings.TrimLeft(strings.TrimPrefix(name, "#"), "xX0")
	return digits == "65533" || strings.EqualFold(digits, "fffd")
}

// growth is how many bytes the entities of one document may add to it. Those of
// real documents are shorter than their names, or hardly longer.
const growth = 1 << 20

// entities are those that a document declares. A nil one has none.
type entities struct {
	text map[string]string
	left int // of growth; below zero the document is a bomb
}

// spend returns the text of an entity and counts what it adds.
func (e *entities) spend(name string) (string, bool) {
	if e == nil || e.left < 0 {
		return "", false
	}
	text, ok := e.text[name]
	if ok {
		e.left -= max(0, len(text)-len(name))
	}
	return text, ok
}

// declaredEntities reads the plain entities of a document type declaration. Those
// that refer to others or to files are left out: they are the stuff of bombs.
func declaredEntities(doctype string) *entities {
	found := map[string]string{}
	for len(found) < 100 {
		_, rest, ok := strings.Cut(doctype, "<!ENTITY")
		if !ok {
			break
		}
		doctype = rest
		body, _, ok := strings.Cut(rest, ">")
		if !ok {
			break
		}
		body = strings.TrimSpace(body)
		name, value, ok := strings.Cut(body, " ")
		value = strings.TrimSpace(value)
		if !ok || name == "" || name == "%" || len(value) < 2 || len(value) > 256 || value[0] != '"' && value[0] != '\'' || value[len(value)-1] != value[0] {
			continue
		}
		value = decodeEntities(value[1:len(value)-1], nil)
		if strings.Contains(value, "<") || strings.Contains(value, "&") && strings.Contains(value, ";") {
			continue
		}
		found[name] = value
	}
	if len(found) == 0 {
		return nil
	}
	return &entities{text: found, left: growth}
}

// escape makes markup of plain text.
func escape(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return textEscaper.Replace(s)
}

var textEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
