package normalise

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// tagScraps are what markup is put together from: tags written plainly, nearly so, and
// not at all, and what stands between.
var tagScraps = []string{
	"<p>", "</p>", "<P>", "<br>", "<br/>", "<br />", "</br>", "<p/>", "<b>", "</b>", "<a href=\"/x?a=1&amp;b=2\">", "</a>", "<img src=\"/a.jpg\" alt=\"a > b\" />", "<img src='a' />",
	"<div class=\"a\" style=\"display: none\">", "</div>", "<div hidden=\"\">", "<div hidden>", "<span style=\"color:red\" style=\"display:none\">", "</span>", "<div style=\"display&#58;none\">",
	"<pre>", "</pre>", "<button>", "</button>", "<video>", "</video>", "<script>", "</script>", "<title>", "</title>", "<iframe>", "<svg>", "</svg>", "<unknown>", "<h1>", "</h1 >", "<td\n>",
	"<p\n class=\"a\"\n>", "<p class=\"a\"id=\"b\">", "<p class = \"a\">", "<p class=\"a>", "<p =\"a\">", "< p>", "<3", "<1a>", "</>", "</ p>", "<!-- x -->", "<!--", "<?x?>", "<p", "<", ">", "\"", "/", "=",
	"text", " ", "\n", "\n\n", "\r\n", "текст", "&lt;p&gt;", "&amp;", "&nbsp;", "&#10;", "]]>",
}

// TestPlain compares what is read of markup that is written plainly with what the
// tokenizer of HTML finds in it.
func TestPlain(t *testing.T) {
	plain, other := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(tagScraps), 0, 12).Draw(t, "scraps"), "")
		wrapped, all := rapid.Bool().Draw(t, "wrapped"), rapid.Bool().Draw(t, "all")
		got, want := stripper{wrapped: wrapped, all: all}, stripper{wrapped: wrapped, all: all}
		if !got.plain(s) {
			other++
			return
		}
		plain++
		if _, unread := want.tokens(s); unread || got.b.String() != want.b.String() || got.skip != want.skip || got.depth != want.depth {
			t.Errorf("plain(%q) = %q within %v, tokens = %q within %v", s, got.b.String(), got.skip, want.b.String(), want.skip)
		}
	})
	if plain == 0 || other == 0 {
		t.Errorf("%d texts were plain and %d not, want some of each", plain, other)
	}
}

// TestMeetsTag compares the search for words that meet a tag with one for each of them.
func TestMeetsTag(t *testing.T) {
	var pieces []string
	for _, c := range callings.behind {
		pieces = append(pieces, "> "+c)
	}
	for _, c := range callings.before {
		pieces = append(pieces, c+" <")
	}
	all, found := slices.Concat(pieces, callings.before, callings.behind, tagScraps), 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(all), 1, 8).Draw(t, "scraps"), "")
		want := slices.ContainsFunc(pieces, func(p string) bool { return strings.Contains(s, p) })
		if got := meetsTag(s); got != want {
			t.Errorf("meetsTag(%q) = %v, want %v", s, got, want)
		}
		if want {
			found++
		}
	})
	if found == 0 {
		t.Error("no word met a tag")
	}
}
