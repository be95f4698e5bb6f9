package config

import (
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// mark is where a value stands, and where its key does, if it has one.
type mark struct{ value, key place }

// marks know where each value of the config stands, by its path: "digests[0].at". Feeds
// may be thousands, and of most nobody asks: their values are looked for in what was
// parsed when somebody does.
type marks struct {
	at    map[string]mark // of all but the values of feeds
	feeds []listed        // in the order of Config.Feeds
}

// listed is the node of an element of a list.
type listed struct {
	src  *source
	node *yaml.Node
}

// get returns where the value at path stands, false when there is none.
func (m *marks) get(path string) (mark, bool) {
	rest, ok := strings.CutPrefix(path, "feeds[")
	if !ok {
		at, ok := m.at[path]
		return at, ok
	}
	number, rest, _ := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(m.feeds) {
		return mark{}, false
	}
	return m.feeds[i].find(rest)
}

// find returns where the value at a path within the element stands.
func (l listed) find(path string) (mark, bool) {
	place := func(n *yaml.Node) place { return place{l.src, n.Line, n.Column} }
	var at mark
	n := l.node
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return strings.ContainsRune(".[]", r) }) {
		var key *yaml.Node
		at = mark{}
		switch n.Kind {
		case yaml.MappingNode:
			key, n = entry(n, step)
		case yaml.SequenceNode:
			n = element(n, step)
		default:
			n = nil
		}
		if n == nil {
			return mark{}, false
		}
		if key != nil {
			at.key = place(key)
		}
	}
	at.value = place(n)
	return at, true
}

// entry returns the first key of a mapping called name, and its value; nil for none.
func entry(n *yaml.Node, name string) (key, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// element returns an element of a sequence, nil for none.
func element(n *yaml.Node, number string) *yaml.Node {
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(n.Content) {
		return nil
	}
	return n.Content[i]
}

// of is get for who takes nothing for a place nowhere.
func (m *marks) of(path string) mark {
	at, _ := m.get(path)
	return at
}

// any reports whether any value was read.
func (m *marks) any() bool { return len(m.at) > 1 }
