package cli

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPlain(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"text in three languages stays", "Bakı — Баку, “Baku”", "Bakı — Баку, “Baku”"},
		{"one line", "a\nb\tc\rd\u2028e\u2029f", "a b c d e f"},
		{"escape sequences lose their teeth", "\x1b[31mred\x1b]0;title\x07", "[31mred]0;title"},
		{"controls of eight bits", "a\u009b2Jb\u0085c", "a2Jbc"},
		{"writing direction", "a\u202ecba\u202c\u2066x\u2069\u200f\u200e\u061cy", "acbaxy"},
		{"null", "a\x00b", "ab"},
		{"nothing without width", "a\u200bb\u2060c\ufeffd\u00ade\U000e0041f", "abcdef"},
		{"joiners stay", "می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain(tt.in); got != tt.want {
				t.Errorf("plain(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTalk(t *testing.T) {
	in, want := "samur.yaml:1:2: a\tb\x1b[31m\n  \u202ex: 1\n\n", "samur.yaml:1:2: a b[31m\n  x: 1\n\n"
	if got := talk(in); got != want {
		t.Errorf("talk(%q) = %q, want %q", in, got, want)
	}
}

// TestLinesShowNothingHidden holds that JSON Lines have no character that steers a
// terminal, and are read back as what was printed.
func TestLinesShowNothingHidden(t *testing.T) {
	for _, in := range []string{
		"Bakı — Баку", "a\nb\x1b[31m\x00\x7f\u0085\u009b", "a\u202eb\u2066c\u200fd\u061c", "a\u200bb\ufeffc\u00ad\U000e0041", "\u2028\u2029", "می\u200cخواهم",
	} {
		var b strings.Builder
		if err := newLines(&b).print(in); err != nil {
			t.Fatal(err)
		}
		line, ended := strings.CutSuffix(b.String(), "\n")
		if !ended || plain(line) != line {
			t.Errorf("print(%q) = %q, want one line without anything hidden", in, b.String())
		}
		var got string
		if err := json.Unmarshal([]byte(line), &got); err != nil || got != in {
			t.Errorf("print(%q) is read back as %q, %v", in, got, err)
		}
	}
}

func TestClip(t *testing.T) {
	tests := []struct {
		name, in string
		n        int
		want     string
	}{
		{"short enough", "Баку", 4, "Баку"},
		{"Cyrillic is counted in letters", "Азербайджан", 5, "Азер…"},
		{"a letter keeps its mark", "e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"marks take no room", "e\u0301e\u0301e\u0301", 3, "e\u0301e\u0301e\u0301"},
		{"empty", "", 3, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := clip(tt.in, tt.n); got != tt.want {
				t.Errorf("clip(%q, %d) = %q, want %q", tt.in, tt.n, got, tt.want)
			}
		})
	}
}

func TestTableAlignsLetters(t *testing.T) {
	var b strings.Builder
	tab := newTable(&b, "FEED", "TITLE")
	tab.row("волга-пресс", "На границе")
	tab.row("xəzər", "Sərhəddə\x1b[2J")
	tab.row("bare", "")
	if err := tab.flush(); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"FEED         TITLE",
		"волга-пресс  На границе",
		"xəzər        Sərhəddə[2J",
		"bare",
		"",
	}
	got := strings.Split(b.String(), "\n")
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("table =\n%s\nwant\n%s", b.String(), strings.Join(want, "\n"))
	}
	if !utf8.ValidString(b.String()) {
		t.Error("the table is not UTF-8")
	}
}
