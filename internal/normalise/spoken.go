package normalise

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"samur/internal/pattern"
)

// Some feeds write text where markup is due: "press <Enter>", "the <b> tag", "write to
// <port@example.az>". What is a tag there by its brackets is a word of the text, and a
// reader of HTML would lose it.

// spokenNames is the number of names of tags that are looked at in a text; one that has
// more of them speaks of none.
const spokenNames = 16

// unspoken returns markup in which the brackets of tags that it only speaks of are escaped:
// of mail and web addresses, of bare names that no element has, of words that no tag has,
// and of elements within a line that have no other half and stand between blanks, where
// nothing else is markup; again says that it was escaped, and the rest need not be plain.
func unspoken(s string, again bool) string {
	s = called(s)
	var sure, perhaps []int
	names := nameIndex{text: s}
	markup := false
	for i := 0; ; i++ {
		n := strings.IndexByte(s[i:], '<')
		if n < 0 {
			break
		}
		i += n
		name, ends, bare := bareTag(s[i:])
		switch {
		case !bare && (isAddress(s[i:]) || name != "" && !ends && isWords(s[i:])):
			sure = append(sure, i)
		case !bare:
			markup = markup || name != ""
		case !ends && atom.Lookup([]byte(name)) == 0 && !names.paired(name, i, ends):
			sure = append(sure, i)
		case inLine(name) && standsAlone(s, i) && !names.paired(name, i, ends):
			perhaps = append(perhaps, i)
		default:
			markup = true
		}
	}
	if !markup || again {
		sure = append(sure, perhaps...)
		slices.Sort(sure)
	}
	if len(sure) == 0 || names.many {
		return s
	}
	return escapeAt(s, sure)
}

// called returns markup in which the brackets of tags are escaped that a text calls tags:
// "the <p> tag", "теги <b> и </b>". So it is with tags too that stand in lines of their own
// or have another half.
func called(s string) string {
	if !meetsTag(s) {
		return s
	}
	var places []int
	for _, re := range []*regexp.Regexp{reTagsThenWord(), reWordThenTags()} {
		for _, at := range re.FindAllStringSubmatchIndex(s, -1) {
			for i := at[2]; i < at[3]; i++ {
				if s[i] == '<' {
					places = append(places, i)
				}
			}
		}
	}
	slices.Sort(places)
	return escapeAt(s, slices.Compact(places))
}

// callings are what stands behind a tag where the word meets it, and what stands before one:
// each such text has one of them.
var callings = struct{ behind, before []string }{
	[]string{"tag", "element", "тег", "элемент", "teq"},
	[]string{"tag", "tags", "element", "elements", "ег", "еги", "ега", "егом", "егов", "элемент", "элемента", "элементы", "teq", "teqi", "elementi"},
}

// meetsTag reports whether one of callings stands a blank from a bracket in s.
func meetsTag(s string) bool {
	for rest := s; ; {
		_, behind, ok := strings.Cut(rest, "> ")
		if !ok {
			break
		}
		if slices.ContainsFunc(callings.behind, func(c string) bool { return strings.HasPrefix(behind, c) }) {
			return true
		}
		rest = behind
	}
	for rest := s; ; {
		before, behind, ok := strings.Cut(rest, " <")
		if !ok {
			return false
		}
		if slices.ContainsFunc(callings.before, func(c string) bool { return strings.HasSuffix(before, c) }) {
			return true
		}
		rest = behind
	}
}

const (
	spokenTags = `(</?[a-zA-Z][a-zA-Z0-9]*>(?:(?:,? (?:and|or|и|или|və) |, |/)</?[a-zA-Z][a-zA-Z0-9]*>)*)`
	tagWords   = `(?:tags?|elements?|[Тт]ег(?:и|а|ом|у|е|ов|ами|ах)?|элемент\p{L}{0,3}|teq\p{L}{0,6}|element(?:i|in|lər\p{L}*|də)?)`
)

var (
	reTagsThenWord = pattern.Lazy(`(?:^|["«(“]|[\p{L}\d] )` + spokenTags + ` ` + tagWords + `(?:$|[^\p{L}])`)
	reWordThenTags = pattern.Lazy(`(?:^|[^\p{L}])` + tagWords + ` ` + spokenTags + `(?:$| \p{Ll}|[,.;:!?)»”"])`)
)

// escapeAt escapes the brackets at these bytes of s.
func escapeAt(s string, places []int) string {
	var b strings.Builder
	b.Grow(len(s) + len("lt;")*len(places))
	from := 0
	for _, i := range places {
		b.WriteString(s[from:i])
		b.WriteString("&lt;")
		from = i + 1
	}
	b.WriteString(s[from:])
	return b.String()
}

// bareTag returns the name of the tag that s begins with, in lower case, "" where none
// does, and whether it has nothing but its name.
func bareTag(s string) (name string, ends, bare bool) {
	n := 1
	if strings.HasPrefix(s, "</") {
		ends, n = true, 2
	}
	from := n
	for n < len(s) && n-from < 20 && isWord(s[n]) {
		n++
	}
	if n == from || s[from] <= '9' {
		return "", ends, false
	}
	return strings.ToLower(s[from:n]), ends, n < len(s) && s[n] == '>'
}

// isWords reports whether what s begins with is no tag but words behind a bracket: "A <Bakı>",
// "if a<b, c <d>".
func isWords(s string) bool {
	end := strings.IndexAny(s[1:], "<>=\"'")
	if end < 0 || strings.IndexByte("<>", s[1+end]) < 0 {
		return false
	}
	inside := s[1 : 1+end]
	foreign := strings.ContainsFunc(inside, func(r rune) bool { return r >= utf8.RuneSelf && r != '\u00a0' })
	return foreign || s[1+end] == '<' && strings.Contains(strings.TrimSpace(inside), " ")
}

// isAddress reports whether s begins with a mail or web address in brackets.
func isAddress(s string) bool {
	end := strings.IndexAny(s[1:], "<> \t\r\n\"'=")
	if end < 1 || s[1+end] != '>' {
		return false
	}
	inside := s[1 : 1+end]
	return strings.IndexByte(inside, '@') > 0 || strings.HasPrefix(inside, "http://") || strings.HasPrefix(inside, "https://")
}

// inLine reports whether an element of that name stands within a line and has an inside.
func inLine(name string) bool {
	a := atom.Lookup([]byte(name))
	return a != 0 && !apart[a] && !void[a] && a != atom.Td && a != atom.Th
}

// standsAlone reports whether blanks or marks are about the tag at byte i of s.
func standsAlone(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+strings.IndexByte(s[i:], '>')+1:])
	return (i == 0 || strings.ContainsRune(" \u00a0(\"“«", before)) && (after == utf8.RuneError || strings.ContainsRune(" \u00a0,.;:!?)\"”»", after))
}

// nameIndex finds the other halves of tags.
type nameIndex struct {
	text  string
	lower string // text in lower case, when first needed
	known []tagHalves
	many  bool // there are more names than it keeps
}

// tagHalves is where the first tag of a name begins and the last one ends.
type tagHalves struct {
	name       string
	first, end int
}

// paired reports whether the tag of that name at byte i has another half.
func (x *nameIndex) paired(name string, i int, ends bool) bool {
	at := slices.IndexFunc(x.known, func(h tagHalves) bool { return h.name == name })
	if at < 0 {
		if len(x.known) == spokenNames {
			x.many = true
			return true
		}
		if x.lower == "" {
			x.lower = lowerASCII(x.text)
		}
		at = len(x.known)
		x.known = append(x.known, tagHalves{name, strings.Index(x.lower, "<"+name), strings.LastIndex(x.lower, "</"+name)})
	}
	if ends {
		return x.known[at].first >= 0 && x.known[at].first < i
	}
	return x.known[at].end > i
}

// lowerASCII puts the capitals of ASCII in lower case, and leaves each byte at its place.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
