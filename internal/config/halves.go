package config

import (
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// Of a file with thousands of feeds nearly all is one list, and of the time until the
// first of them is polled the YAML library takes half. Such a file is cut within that
// list, and both halves are read at once.
//
// A cut is no guess: it lies before an element of a block list that stands directly under
// a key of the file. What is in the way of that (a quote or a bracket that is open
// there, an alias of an anchor in the other half, a line that does not line up) is an
// error of one of the halves, and the file is then read whole.

// worthHalving is the length of a text from which it is read in halves, in bytes: below it
// reading takes no more than some milliseconds.
const worthHalving = 64 << 10

// cut is where a text is parted.
type cut struct {
	first, second string // the second begins with the key anew
	key           string
	line          int // of the key, from 1
	skipped       int // lines between the key and the element that the second goes on with
}

// halve finds the place to part a text, behind its middle. It is not ok when there is none
// near.
func halve(text string) (c cut, ok bool) {
	if !countable(text) {
		return cut{}, false
	}
	for at, tries := len(text)/2, 0; tries < nearby; {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return cut{}, false
		}
		at += n + 1
		if marker(text[at:]) < 0 {
			continue
		}
		if c, ok := cutAt(text, at); ok {
			return c, true
		}
		tries++
	}
	return cut{}, false
}

// nearby is how many marks of an element are looked at: those of lists within elements,
// and of texts that look like lists, are none.
const nearby = 20

// cutAt parts a text before the mark at at. It is not ok when that is not one of an element
// of a list of a key at the margin, or the first one.
func cutAt(text string, at int) (c cut, ok bool) {
	begin := topKey(text[:at])
	if begin < 0 {
		return cut{}, false
	}
	head, list, _ := strings.Cut(text[begin:at], "\n")
	key, rest, _ := strings.Cut(head, ":")
	if !nothing(rest) || firstMarker(list) != marker(text[at:]) {
		return cut{}, false
	}
	return cut{
		first: text[:at], second: head + "\n" + text[at:],
		key: key, line: strings.Count(text[:begin], "\n") + 1, skipped: strings.Count(list, "\n"),
	}, true
}

// countable reports whether a text's lines end in "\n" alone or behind "\r", so that they are
// counted here as YAML counts them, and it has no directive, which would be for both
// halves.
func countable(text string) bool {
	for _, end := range []string{"\u0085", "\u2028", "\u2029", "\n%"} {
		if strings.Contains(text, end) {
			return false
		}
	}
	return !strings.HasPrefix(text, "%") && strings.Count(text, "\r") == strings.Count(text, "\r\n")
}

// marker returns the column, from 0, at which a line has the mark of a list's element,
// -1 when it has none.
func marker(line string) int {
	bare := strings.TrimLeft(line, " ")
	if !strings.HasPrefix(bare, "- ") {
		return -1
	}
	return len(line) - len(bare)
}

// firstMarker is marker of the first line that says something.
func firstMarker(text string) int {
	for line := range strings.Lines(text) {
		if !nothing(line) {
			return marker(line)
		}
	}
	return -1
}

// nothing reports whether a line, or what is left of one, holds no more than blanks or a
// comment.
func nothing(line string) bool {
	line = strings.TrimLeft(line, " ")
	return strings.TrimSpace(line) == "" || line[0] == '#'
}

// topKey returns where the last line begins that has a key at the margin, -1 when there is
// none.
func topKey(text string) int {
	for end := len(text); end > 0; {
		begin := strings.LastIndexByte(text[:end-1], '\n') + 1
		if c := text[begin]; 'a' <= c && c <= 'z' {
			return begin
		}
		end = begin
	}
	return -1
}

// parseHalves parses a text as two that are read at once. It is not ok when the text must
// be read whole.
func parseHalves(text string) (root yaml.Node, ok bool) {
	c, ok := halve(text)
	if !ok {
		return root, false
	}
	var rest yaml.Node
	var torn, restTorn *tear
	var wg sync.WaitGroup
	wg.Go(func() { rest, restTorn = parseWhole(&source{text: c.second}) })
	root, torn = parseWhole(&source{text: c.first})
	wg.Wait()
	return root, torn == nil && restTorn == nil && c.join(&root, &rest)
}

// join puts the halves together: the list goes on, and what follows it follows. It is not
// ok when they are not what the cut took them for.
func (c cut) join(root, rest *yaml.Node) (ok bool) {
	n := len(root.Content)
	if root.Kind != yaml.MappingNode || rest.Kind != yaml.MappingNode || n < 2 || len(rest.Content) < 2 {
		return false
	}
	key, list, more := root.Content[n-2], root.Content[n-1], rest.Content[1]
	if key.Value != c.key || key.Line != c.line || list.Kind != yaml.SequenceNode || more.Kind != yaml.SequenceNode {
		return false
	}
	shift(rest, c.line-1+c.skipped)
	list.Content = append(list.Content, more.Content...)
	root.Content = append(root.Content, rest.Content[2:]...)
	return true
}

// shift moves a tree down by lines.
func shift(n *yaml.Node, lines int) {
	n.Line += lines
	for _, c := range n.Content {
		shift(c, lines)
	}
}
