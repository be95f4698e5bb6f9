// Package journal turns log records into entries of the systemd journal, with
// fields of their own, where text on stderr would leave one line to take apart.
//
// MESSAGE is the line that "journalctl -u samur" shows: the message and behind it
// key=value for each attribute, quoted where it must be, long values cut. Each
// attribute is also a field: feed is SAMUR_FEED, so that "journalctl SAMUR_FEED=x"
// finds what happened to one feed. PRIORITY is the level.
//
// A value may come from a feed. It cannot begin a line or another field, hold what
// steers a terminal, or be longer than maxValue; a key cannot name a field of the
// journal's own, as each stands behind SAMUR_. There is no time: the journal has its
// own. Records that the journal does not take go to the fallback.
//
// Read Options first, then Handler.Handle.
package journal

import (
	"context"
	"log/slog"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coreos/go-systemd/v22/journal"
)

// The bounds of an entry. One beyond them is told shortened: an entry that the
// journal refuses for its size would not be told at all.
const (
	maxFields = 64       // attributes that become fields
	maxValue  = 8 << 10  // bytes of a field
	maxShown  = 1 << 10  // bytes of a value in MESSAGE
	maxLine   = 16 << 10 // bytes of MESSAGE
	maxName   = 64       // bytes of a field's name; the journal drops longer ones
)

// Options configure a Handler.
type Options struct {
	Level slog.Leveler // the least important level that is logged; slog.LevelInfo when nil
	// Send writes an entry; nil writes to the journal of this machine.
	Send func(message string, priority journal.Priority, fields map[string]string) error
}

// Handler is a slog.Handler that writes to the journal. It may be used by several
// goroutines at once.
type Handler struct {
	o        Options
	fallback slog.Handler // takes what the journal does not
	group    string       // the open groups, each followed by a dot
	fields   []field
}

// field is an attribute with the groups it stands in.
type field struct{ key, value string }

// Attached reports whether the stderr of this process is the journal.
func Attached() bool {
	is, err := journal.StderrIsJournalStream()
	return err == nil && is // a JOURNAL_STREAM that cannot be read is of someone else
}

// New returns a Handler that gives fallback what the journal does not take.
func New(fallback slog.Handler, o Options) *Handler {
	if o.Level == nil {
		o.Level = slog.LevelInfo
	}
	if o.Send == nil {
		o.Send = journal.Send
	}
	return &Handler{o: o, fallback: fallback}
}

// Enabled reports whether records of the level are logged.
func (h *Handler) Enabled(_ context.Context, l slog.Level) bool { return l >= h.o.Level.Level() }

// Handle writes r to the journal, or to the fallback when that fails.
func (h *Handler) Handle(ctx context.Context, r slog.Record) error {
	fields := h.fields[:len(h.fields):len(h.fields)]
	r.Attrs(func(a slog.Attr) bool {
		fields = flatten(fields, h.group, a)
		return true
	})
	if h.o.Send(line(r.Message, fields), priority(r.Level), entry(fields)) == nil {
		return nil
	}
	return h.fallback.Handle(ctx, r)
}

// WithAttrs returns a Handler whose records have as too.
func (h *Handler) WithAttrs(as []slog.Attr) slog.Handler {
	with := *h
	with.fallback = h.fallback.WithAttrs(as)
	with.fields = h.fields[:len(h.fields):len(h.fields)]
	for _, a := range as {
		with.fields = flatten(with.fields, h.group, a)
	}
	return &with
}

// WithGroup returns a Handler that puts what follows into a group.
func (h *Handler) WithGroup(name string) slog.Handler {
	if name == "" {
		return h
	}
	with := *h
	with.fallback = h.fallback.WithGroup(name)
	with.group += name + "."
	return &with
}

// flatten appends a, or what is in it when it is a group, by the rules of slog: an
// empty attribute is nothing, and a group without a name is not there.
func flatten(fields []field, group string, a slog.Attr) []field {
	a.Value = a.Value.Resolve()
	switch {
	case a.Equal(slog.Attr{}):
		return fields
	case a.Value.Kind() != slog.KindGroup:
		return append(fields, field{group + a.Key, text(a.Value)})
	case a.Key != "":
		group += a.Key + "."
	}
	for _, in := range a.Value.Group() {
		fields = flatten(fields, group, in)
	}
	return fields
}

func text(v slog.Value) string {
	if v.Kind() == slog.KindTime {
		return v.Time().Format(time.RFC3339Nano)
	}
	return v.String()
}

// priority is the journal's word for a level.
func priority(l slog.Level) journal.Priority {
	switch {
	case l >= slog.LevelError:
		return journal.PriErr
	case l >= slog.LevelWarn:
		return journal.PriWarning
	case l >= slog.LevelInfo:
		return journal.PriInfo
	}
	return journal.PriDebug
}

// line is what is shown of a record.
func line(message string, fields []field) string {
	var b strings.Builder
	message = cut(message, maxLine/2)
	if strings.ContainsFunc(message, unprintable) {
		message = strconv.Quote(message)
	}
	b.WriteString(message)
	for _, f := range fields {
		part := " " + quoted(cut(f.key, maxName)) + "=" + quoted(cut(f.value, maxShown))
		if b.Len()+len(part) > maxLine {
			b.WriteString(" …")
			break
		}
		b.WriteString(part)
	}
	return b.String()
}

// quoted quotes s where it would not be read as one word, as slog's text does.
func quoted(s string) string {
	if s == "" || strings.ContainsFunc(s, func(r rune) bool { return r == ' ' || r == '=' || r == '"' || unprintable(r) }) {
		return strconv.Quote(s)
	}
	return s
}

func unprintable(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }

// entry is the fields of a record. Where two have one name the last counts.
func entry(fields []field) map[string]string {
	vars := map[string]string{"SYSLOG_IDENTIFIER": "samur"}
	for _, f := range fields[:min(len(fields), maxFields)] {
		vars[name(f.key)] = clean(cut(f.value, maxValue))
	}
	return vars
}

// name is the field of a key: capitals, digits and underscores behind SAMUR_.
func name(key string) string {
	up := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		case 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
			return r
		}
		return '_'
	}, key)
	full := "SAMUR_" + up
	return full[:min(len(full), maxName)]
}

// clean takes out what steers a terminal. Line breaks may stay: the journal is told
// the length of a value that has them.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsGraphic(r) {
			return r
		}
		return utf8.RuneError
	}, s)
}

// cut shortens s to about limit bytes, at a whole character.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit] + "…"
}
