package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"samur/internal/pattern"
)

// Mistake is one thing that is wrong, where it stands and how it is put right.
type Mistake struct {
	File   string // as the user named it
	Line   int    // from 1; 0 when the file as a whole is meant
	Column int    // in characters, from 1
	What   string
	Fix    string
	Source string // the line, made fit to print
}

// String returns the mistake in one line: "samur.yaml:3:10: what; fix".
func (m Mistake) String() string {
	at := m.File
	if m.Line > 0 {
		at = fmt.Sprintf("%s:%d:%d", m.File, m.Line, m.Column)
	}
	return fmt.Sprintf("%s: %s; %s", at, m.What, m.Fix)
}

// Detail returns the mistake with its line and a caret under it.
func (m Mistake) Detail() string {
	if m.Line == 0 {
		return m.String()
	}
	number := fmt.Sprintf("%5d", m.Line)
	return fmt.Sprintf("%s\n%s | %s\n%s | %s^", m, number, m.Source,
		strings.Repeat(" ", len(number)), strings.Repeat(" ", min(max(m.Column-1, 0), longest)))
}

// Error is every mistake of a configuration, in order of file and line. The files
// come in the order they were read.
type Error struct {
	Mistakes []Mistake
	Sources  Sources // that were read: their change is a reason to try again
}

// Error returns all mistakes in detail.
func (e *Error) Error() string {
	parts := make([]string, len(e.Mistakes))
	for i, m := range e.Mistakes {
		parts[i] = m.Detail()
	}
	return strings.Join(parts, "\n")
}

// source is one file's text, for the lines shown with mistakes.
type source struct {
	name  string // as shown
	path  string
	order int // in which it was read
	text  string
	split []string // see lines
}

// lines splits the text where YAML does, once there is a mistake to show: a good file of
// thousands of feeds is not to be taken apart twice.
func (s *source) lines() []string {
	if s.split == nil {
		s.split = lineBreak().Split(strings.TrimPrefix(s.text, "\ufeff"), -1)
	}
	return s.split
}

// line returns the line of a number from 1, "" where there is none.
func (s *source) line(n int) string {
	if lines := s.lines(); n >= 1 && n <= len(lines) {
		return lines[n-1]
	}
	return ""
}

// lineBreak is all that ends a line in YAML, an old Mac's carriage return included.
var lineBreak = pattern.Lazy("\r\n|[\n\r\u0085\u2028\u2029]")

// place is a position in a file.
type place struct {
	src          *source
	line, column int
}

// longest is how much of a line is shown, in characters.
const longest = 160

// mistake returns what is wrong at p.
func (p place) mistake(what, fix string) Mistake {
	return Mistake{File: p.src.name, Line: p.line, Column: p.column, What: what, Fix: fix, Source: p.src.excerpt(p.line)}
}

// excerpt returns a line fit to print. Tabs and everything that could move a
// terminal's cursor become one space or dot each, so that the caret stays below
// what it points at; secrets are hidden.
func (s *source) excerpt(line int) string {
	shown := []rune(hide(s.line(line)))
	if len(shown) > longest {
		shown = append(shown[:longest:longest], '…')
	}
	for i, r := range shown {
		switch {
		case r == '\t':
			shown[i] = ' '
		case !unicode.IsPrint(r):
			shown[i] = '·'
		}
	}
	return string(shown)
}

// hide replaces what may be a secret in a line that is about to be shown: the
// value of a key that sounds like one, and an address with a password in it.
func hide(line string) string {
	for _, m := range secretKey().FindAllStringSubmatchIndex(line, -1) {
		name := strings.ToLower(line[m[2]:m[3]])
		where := slices.ContainsFunc(secretSources, func(s string) bool { return strings.HasSuffix(name, "_"+s) })
		if !where && name != "auth_header" {
			return line[:m[1]] + redacted
		}
	}
	return secretURL().ReplaceAllString(line, "://"+redacted+"@")
}

var (
	secretKey = pattern.Lazy(`(?i)([\w-]*(?:auth|cookie|token|secret|passw|pwd|api[-_]?key|credential)[\w-]*|\bkey)["']?\s*:\s*`)
	secretURL = pattern.Lazy(`://[^/\s]*@`)
)

// found is a mistake and its place.
type found struct {
	place
	what, fix string
}

// report collects mistakes and warnings.
type report struct {
	mistakes []found
	warnings []found
}

func (r *report) mistake(p place, what, fix string) {
	r.mistakes = append(r.mistakes, found{p, what, fix})
}

func (r *report) warn(p place, what, fix string) {
	r.warnings = append(r.warnings, found{p, what, fix})
}

// sorted returns the list by file, line and column, each mistake once.
func sorted(list []found) []Mistake {
	slices.SortStableFunc(list, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.src.order, b.src.order), cmp.Compare(a.line, b.line), cmp.Compare(a.column, b.column))
	})
	out := make([]Mistake, 0, len(list))
	for _, f := range list {
		if m := f.mistake(f.what, f.fix); !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	return out
}
