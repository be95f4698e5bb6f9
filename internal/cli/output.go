package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"
)

// lines writes values as JSON Lines.
type lines struct{ enc *json.Encoder }

func newLines(w io.Writer) lines {
	enc := json.NewEncoder(visible{w})
	enc.SetEscapeHTML(false)
	return lines{enc}
}

func (l lines) print(v any) error {
	if err := l.enc.Encode(v); err != nil {
		return fmt.Errorf("write output: %w", err)
	}
	return nil
}

// visible passes JSON on with every character escaped that would steer a terminal or
// turn the direction of writing: JSON has them within strings alone. Each Write is whole
// values.
type visible struct{ w io.Writer }

func (v visible) Write(p []byte) (int, error) {
	if !bytes.ContainsFunc(p, hidden) {
		return v.w.Write(p)
	}
	out := make([]byte, 0, len(p)+64)
	for _, r := range string(p) {
		if !hidden(r) {
			out = utf8.AppendRune(out, r)
			continue
		}
		for _, u := range utf16.AppendRune(nil, r) {
			out = fmt.Appendf(out, `\u%04x`, u)
		}
	}
	if _, err := v.w.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// hidden is steers without the line break that ends a value.
func hidden(r rune) bool { return r != '\n' && steers(r) }

// table writes aligned columns; every cell is made safe for a terminal.
type table struct {
	w    *tabwriter.Writer
	out  *bufio.Writer // what w writes to, cell by cell
	rows int           // that of the heads among them
}

func newTable(w io.Writer, heads ...string) *table {
	out := bufio.NewWriter(w)
	t := &table{w: tabwriter.NewWriter(out, 0, 4, 2, ' ', 0), out: out}
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

func (t *table) row(cells ...string) {
	t.rows++
	for i, c := range cells {
		cells[i] = plain(c)
	}
	fmt.Fprintln(t.w, strings.TrimRight(strings.Join(cells, "\t"), "\t"))
}

func (t *table) flush() error {
	return cmp.Or(t.w.Flush(), t.out.Flush())
}

// end is flush for a command that came to err, which it returns: the rows made until then
// are shown, and heads without any are not.
func (t *table) end(err error) error {
	if err != nil && t.rows == 1 {
		return err
	}
	return cmp.Or(err, t.flush())
}

// plain makes a text from outside safe to print: no control characters, no escape
// sequences, no change of writing direction, one line.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r', r == 0x2028, r == 0x2029:
			return ' '
		case steers(r):
			return -1
		}
		return r
	}, s)
}

// talk is plain for what may have several lines, such as the mistakes of a config.
func talk(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		text, ended := strings.CutSuffix(line, "\n")
		b.WriteString(plain(text))
		if ended {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// steers reports whether r does something instead of being read: control characters,
// line breaks, changes of direction, characters without width, tags. The two joiners
// stay: Persian and emoji are written with them.
func steers(r rune) bool {
	switch {
	case r < 0x7f:
		return r < ' '
	case r == 0xad, r == 0x061c, r == 0x180e, r == 0x200b, r == 0x200e, r == 0x200f, r == 0xfeff,
		r >= 0x2028 && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r >= 0xfff9 && r <= 0xfffb, r >= 0xe0000 && r <= 0xe0fff:
		return true
	}
	return unicode.IsControl(r)
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
