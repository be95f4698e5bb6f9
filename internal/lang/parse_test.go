package lang

import (
	"strings"
	"testing"
	"time"

	"samur/internal/news"
)

// The cost of Parse must not grow with the square of a text's length, whatever it is
// made of: the square of these takes five to ten seconds, their length some hundredths
// of one, and less than one under the race detector on a busy machine, which may stop
// for some seconds: then it is tried again.
func TestParseLinear(t *testing.T) {
	const size, patience = 1 << 16, 3 * time.Second
	tests := []struct{ name, unit, tail string }{
		{"points", ".", " a"},
		{"points alone", ".", ""},
		{"small letters behind points", "...a ", ""},
		{"ellipses", "…", " a"},
		{"question marks", "?!", " a"},
		{"closing quotes", "».", " a"},
		{"brackets", ")", ". a"},
		{"point and brackets", ").", " a"},
		{"opening quotes", "«", " a"},
		{"apostrophes", "'", "a"},
		{"letters and apostrophes", "a'", ""},
		{"combining marks", "\u0301", "a"},
		{"stressed letters", "а\u0301", ""},
		{"soft hyphens", "\u00ad", "a"},
		{"soft hyphens in a word", "a\u00ad", ""},
		{"initials", "А.", " а"},
		{"spaced initials", "А. ", ""},
		{"digits", "1,", ""},
		{"and so on", "т.д. ", ""},
		{"lines", "a\n", ""},
		{"two scripts", "aа", ""},
		{"one word", "a", ""},
		{"bad bytes", "\xff", ""},
		{"hyphens", "а-", ""},
		{"blanks", " ", "a"},
		{"long words", "azərbaycanlılarındandırlar ", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Repeat(tt.unit, size/len(tt.unit)) + tt.tail
			took := time.Duration(0)
			for range 3 {
				start := time.Now()
				Parse(text, news.Ru)
				if took = time.Since(start); took <= patience {
					return
				}
			}
			t.Errorf("Parse of %d bytes took %v, want at most %v", len(text), took, patience)
		})
	}
}

// TestSmall holds that letters which are taken without their table are what it says.
func TestSmall(t *testing.T) {
	taken := 0
	for r := rune(1); r < tableSize; r++ {
		var fast, slow scripts
		text := string(r)
		s, full := scanner{raw: text}, scanner{raw: text}
		n := s.small(0, &fast)
		if n == 0 {
			continue
		}
		taken++
		full.count(r, &slow)
		if n != len(text) || fast != slow || s.letters != full.letters || s.special != full.special || classOf(r) != classLower || lowerTable[r] != r {
			t.Errorf("small takes %q as %d bytes, %+v, %d letters; it is %d, %+v, %d", r, n, fast, s.letters, len(text), slow, full.letters)
		}
	}
	if taken != 26+32 {
		t.Errorf("small takes %d letters, want 58", taken)
	}
	for _, cut := range []string{"\xd0", "\xd1", "\xd0 ", "\xd1\xbf"} {
		s := scanner{raw: cut}
		if n := s.small(0, &scripts{}); n != 0 {
			t.Errorf("small takes %d bytes of %q", n, cut)
		}
	}
}

// TestRoom holds that texts of hardly any blanks do not leave much more behind than their
// tokens take: a slice that grows bit by bit leaves five times as much.
func TestRoom(t *testing.T) {
	for _, unit := range []string{"A-B-", "$1 ", "1", "«a»"} {
		text := "A few words before that. " + strings.Repeat(unit, 50_000/len(unit))
		var parsed Text
		allocs := testing.AllocsPerRun(2, func() { parsed = Parse(text, news.En) })
		if n, room := len(parsed.Tokens), cap(parsed.Tokens); allocs > 8 || room > n+n/4+16 {
			t.Errorf("%d tokens of %q take %v allocations and room for %d", n, unit, allocs, room)
		}
	}
}
