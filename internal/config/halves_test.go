package config

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// feedList is n elements of a list in a form, indented; an N in it is the number of each.
func feedList(n int, indent, form string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(indent + strings.ReplaceAll(form, "N", fmt.Sprint(i)) + "\n")
	}
	return b.String()
}

// TestHalves parses texts whole and in halves: what halves say is what the whole says.
func TestHalves(t *testing.T) {
	flow, block := `- {name: f-N, url: "https://fN.example/"}`, "- name: f-N\n    url: https://fN.example/"
	for _, tt := range []struct {
		name, text string
		parted     bool
	}{
		{"a list of feeds", "poll: {workers: 4}\nfeeds:\n" + feedList(40, "  ", flow), true},
		{"elements of several lines", "feeds:\n" + feedList(40, "  ", block), true},
		{"at the margin", "feeds:\n" + feedList(40, "", flow), true},
		{"comments and blank lines", "feeds: # all of them\n\n  # the first\n" + feedList(20, "  ", "- {name: f}\n\n  # next"), true},
		{"keys behind it", "feeds:\n" + feedList(40, "  ", flow) + "poll: {workers: 4}\ndigests: [{name: daily}]\n", true},
		{"two lists", "topics:\n" + feedList(20, "  ", flow) + "feeds:\n" + feedList(20, "  ", flow), true},
		{"lines that end as on Windows", strings.ReplaceAll("feeds:\n"+feedList(40, "  ", flow), "\n", "\r\n"), true},
		{"texts of several lines", "feeds:\n" + feedList(40, "  ", "- |\n    - {name: no element}\n    text N"), true},
		{"folded words", "feeds:\n" + feedList(40, "  ", "- words\n    - and more of them"), true},
		{"an anchor and its aliases in one half", "feeds:\n  - &a {x: 1}\n  - *a\n" + feedList(40, "  ", flow), true},

		{"an alias in the other half", "feeds:\n  - &a {x: 1}\n" + feedList(40, "  ", flow) + "  - *a\n", false},
		{"lists in elements", "feeds:\n  - name: x\n    tags:\n" + feedList(40, "      ", "- tag N") + "other: 1\n", false},
		{"a list in brackets", "feeds: [\n" + feedList(40, "  ", "- {name: f-N},") + "]\n", false},
		{"a text in quotes", "note: \"\nfeeds:\n" + feedList(40, "  ", "- a N") + "\"\n", false},
		{"a text of lines", "note: |\n" + feedList(40, "  ", "- a N"), false},
		{"quotes that hold the key", "note: \"\nfeeds:\n  - a\"\n" + feedList(40, "  ", "- a N"), false},
		{"a key in quotes", "include:\n  - a\n\"feeds\":\n" + feedList(40, "  ", "- a N"), false},
		{"a second document", "feeds:\n" + feedList(40, "  ", flow) + "---\nfeeds: []\n", false},
		{"a directive", "%TAG ! tag:x.example,2026:\n---\nfeeds:\n" + feedList(40, "  ", "- !f N"), false},
		{"lines that YAML counts otherwise", "feeds:\n  - \"a\u2028b\"\n" + feedList(40, "  ", flow), false},
		{"no list", strings.Repeat("# nothing\n", 100), false},
		{"one line", strings.Repeat("x", 100), false},
		{"nothing", "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if parted := sameInHalves(t, tt.text); parted != tt.parted {
				t.Errorf("read in halves: %v, want %v", parted, tt.parted)
			}
		})
	}
}

// sameInHalves fails t when halves say something else than the whole, and reports whether
// there were any.
func sameInHalves(t *testing.T, text string) bool {
	t.Helper()
	got, ok := parseHalves(text)
	if !ok {
		return false
	}
	want, torn := parseWhole(&source{text: text})
	if torn != nil {
		t.Fatalf("both halves are read, and the whole is not: line %d: %s\n%s", torn.line, torn.what, text)
	}
	if diff := cmp.Diff(nodesOf(&want), nodesOf(&got)); diff != "" {
		t.Errorf("halves say something else than the whole (-whole +halves):\n%s\n%s", diff, text)
	}
	return true
}

// TestLargeFile loads a file that is read in halves, whole and with mistakes in both.
func TestLargeFile(t *testing.T) {
	const n = 2000
	head := "state: /srv/samur\ndigests: [{name: daily, at: \"0 8 * * *\"}]\nfeeds:\n"
	text := head + feedList(n, "  ", `- {name: f-N, outlet: A, side: other, url: "https://fN.example/"}`)
	if _, ok := parseHalves(text); !ok || len(text) < worthHalving {
		t.Fatalf("a text of %d bytes is not read in halves", len(text))
	}
	c, _, err := load(t, Options{}, "samur.yaml", text+"poll: {workers: 7}\n")
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range c.NewsFeeds() {
		if want := fmt.Sprint("f-", i); f.Name != want {
			t.Fatalf("feed %d is %q, want %q", i, f.Name, want)
		}
	}
	if got := len(c.NewsFeeds()); got != n || c.Poll.Workers != 7 {
		t.Errorf("%d feeds, %d workers; want %d and 7", got, c.Poll.Workers, n)
	}

	lines := strings.Split(text, "\n")
	for _, at := range []int{10, n - 10} {
		lines[at] = strings.Replace(lines[at], "side: other", "side: none", 1)
	}
	_, _, err = load(t, Options{}, "samur.yaml", strings.Join(lines, "\n"))
	for _, at := range []int{10, n - 10} {
		if want := fmt.Sprintf("samur.yaml:%d:", at+1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a mistake in line %d is not told of as %s: %v", at+1, want, err)
		}
	}
}

// nodesOf lists a tree: of each node its depth, kind, tag, value and place.
func nodesOf(root *yaml.Node) (out []string) {
	var walk func(n *yaml.Node, depth int)
	walk = func(n *yaml.Node, depth int) {
		alias := ""
		if n.Alias != nil {
			alias = fmt.Sprint(" of line ", n.Alias.Line)
		}
		out = append(out, fmt.Sprintf("%d: %v %s %q %s %d:%d%s", depth, n.Kind, n.Tag, n.Value, n.Anchor, n.Line, n.Column, alias))
		for _, c := range n.Content {
			walk(c, depth+1)
		}
	}
	walk(root, 0)
	return out
}

// FuzzHalves looks for a text that halves read otherwise than the whole.
func FuzzHalves(f *testing.F) {
	for _, text := range []string{
		"feeds:\n" + feedList(6, "  ", "- {name: f-N}"),
		"a: |\n  - x\nfeeds: # all\n- 'a'\n- \"b\n  - c\"\n- - d\n  - e\nb: {c: d}\n",
		"feeds:\n  - &a [x,\n  - y]\n  - *a\n  - !!str 1\n  - ? k\n    : v\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { sameInHalves(t, text) })
}
