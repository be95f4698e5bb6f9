package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"
)

// lines writes values as JSON Lines.
type lines struct{ enc *json.Encoder }

func newLines(w io.Writer) lines {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return lines{enc}
}

func (l lines) print(v any) error {
	if err := l.enc.Encode(v); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// table writes aligned columns; every cell is made safe for a terminal.
type table struct{ w *tabwriter.Writer }

func newTable(w io.Writer, heads ...string) table {
	t := table{tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)}
	t.row(heads...)
	return t
}

// tableOut is where a command's table goes: nowhere when it prints JSON Lines.
func tableOut(cmd *cobra.Command) io.Writer {
	if wantJSON(cmd) {
		return io.Discard
	}
	return cmd.OutOrStdout()
}

func (t table) row(cells ...string) {
	for i, c := range cells {
		cells[i] = plain(c)
	}
	fmt.Fprintln(t.w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
}

func (t table) flush() error { return t.w.Flush() }

// plain makes a text from outside safe to print: no control characters, no escape
// sequences, no change of writing direction, one line.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r', r == 0x2028, r == 0x2029:
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
			return -1
		}
		return r
	}, s)
}

// clip shortens s to n letters, each counted with its marks, so that none loses them.
func clip(s string, n int) string {
	cut := 0 // behind the last letter that leaves room for the ellipsis
	for at, count := 0, 1; at < len(s); count++ {
		if count == n {
			cut = at
		}
		if count > n {
			return s[:cut] + "…"
		}
		at += norm.NFC.NextBoundaryInString(s[at:], true)
	}
	return s
}

// stamp shows a time to the second in UTC, "-" for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format("2006-01-02 15:04:05Z")
}
