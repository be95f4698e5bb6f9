package render_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// What Word reads of CSS, by which Outlook for Windows lays out mail, in the three classes
// of its documentation: all elements read the first, all but span and body the second,
// and all but those and div and p the third.
var (
	wordCore = []string{
		"color", "background-color", "font-family", "font-size", "font-style", "font-weight", "text-align", "text-decoration",
		"vertical-align", "letter-spacing", "line-height", "white-space", "border", "border-color", "border-style", "border-width", "border-collapse",
	}
	wordMargin = []string{"margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "text-indent"}
	wordFull   = []string{
		"width", "height", "padding", "padding-top", "padding-right", "padding-bottom", "padding-left",
		"border-top", "border-right", "border-bottom", "border-left",
	}
	// What it passes over without harm, and where: others break long words, and Outlook has
	// the width from the table that it alone reads.
	wordIgnores = map[string][]string{"td": {"word-break", "overflow-wrap"}, "table": {"max-width"}, "body": {"margin", "padding"}}
	// What it does not read at all, or reads as another thing.
	wordNever = regexp.MustCompile(`!important|url\(|calc\(|rgba?\(|hsla?\(|var\(|\bauto\b|\d(rem|vw|vh)\b|-\d`)
	hex       = regexp.MustCompile(`^#[0-9a-f]{6}$`)
)

func wordReads(element string) []string {
	switch element {
	case "body", "span":
		return wordCore
	case "div", "p":
		return slices.Concat(wordCore, wordMargin)
	}
	return slices.Concat(wordCore, wordMargin, wordFull)
}

// TestWord holds the HTML of every golden file to what Word reads, which nobody can run
// where this is tested.
func TestWord(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "golden", "*.html"))
	if err != nil || len(names) < 13 {
		t.Fatalf("%d golden files, %v", len(names), err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			switch n.Type {
			case html.ElementNode:
				wordElement(t, filepath.Base(name), n)
			case html.CommentNode:
				wordComment(t, filepath.Base(name), n.Data)
			}
		}
		for _, part := range []string{"* { font-family: Arial", `<table role="presentation" width="640" align="center"`, "</td></tr></table><![endif]-->"} {
			if n := bytes.Count(b, []byte(part)); n != 1 {
				t.Errorf("%s has %q %d times, want it once", name, part, n)
			}
		}
	}
}

// wordElement fails for what Word would lay out in another way, or not at all.
func wordElement(t *testing.T, file string, n *html.Node) {
	t.Helper()
	if slices.Contains([]string{"img", "svg", "button", "form", "section", "article", "header", "main", "footer", "figure", "details", "hr"}, n.Data) {
		t.Errorf("%s: <%s> is not for mail", file, n.Data)
	}
	attrs := map[string]string{}
	for _, a := range n.Attr {
		attrs[a.Key] = a.Val
	}
	for decl := range strings.SplitSeq(attrs["style"], ";") {
		property, value, _ := strings.Cut(strings.TrimSpace(decl), ":")
		value = strings.TrimSpace(value)
		switch {
		case property == "":
		case !slices.Contains(wordReads(n.Data), property) && !slices.Contains(wordIgnores[n.Data], property):
			t.Errorf("%s: <%s> has %s, which Word does not read there", file, n.Data, property)
		case wordNever.MatchString(value), strings.HasSuffix(property, "color") && !hex.MatchString(value):
			t.Errorf("%s: <%s> has %s: %s, which Word does not read", file, n.Data, property, value)
		case n.Data == "ul" && strings.HasPrefix(property, "padding") && value != "0":
			t.Errorf("%s: a list is moved in by padding: Word lets its marks hang outside", file)
		}
	}
	if n.Data == "table" {
		for _, key := range []string{"width", "cellpadding", "cellspacing", "border"} {
			if attrs[key] == "" {
				t.Errorf("%s: a table has no %s: Word gives it its own", file, key)
			}
		}
	}
}

// wordComment fails for a comment that is not for Word, or is left open.
func wordComment(t *testing.T, file, data string) {
	t.Helper()
	if !strings.HasPrefix(data, "[if mso]>") || !strings.HasSuffix(data, "<![endif]") {
		t.Errorf("%s: comment %q", file, data)
	}
}
