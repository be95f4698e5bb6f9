// Package transfer gives a store away as JSON Lines and takes it in again: one object a
// line that says what it is by its "kind" and "version", so that a keeper can move an
// archive, keep it in a form that needs no samur, or look through it with jq.
//
// The first line, of kind "store", counts what there was, and the last, "end", counts the
// lines: a file that was cut off is no export. Between them stand, in this order, feed,
// poll, item (with later wordings of its text), figure and event (of items whose text is
// gone), story, edition, delivery, answer, alert, closure, begun, hold and parted. What is left out
// belongs to one store alone: HTTP validators and the last document of a feed, so that a
// feed is read in full before anything is taken to be known, and the index of words.
//
// Import does one of two things. A whole export makes a new store, all or nothing, that
// goes on where the old one stopped: exporting that gives the same bytes. Into a store
// that is in use, and of a part, come items and answers alone, as archive: known, found
// by search, and told by no digest. What is there already is never touched, so that a
// second import adds nothing.
//
// Lines are read one at a time and bounded, and so is memory. A line that cannot be read
// is an error with its number. A new field gets a new version of its kind.
//
// Read Export first, then Import, then lines.go.
package transfer

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/store"
)

// version is that of every kind of line, so far.
const version = 1

// Filter selects what is exported. The zero value is everything.
type Filter struct {
	Kinds []string  // of Kinds; none is all
	Feeds []string  // only what belongs to these feeds: their state, polls and items
	From  time.Time // only what came in, was made or was said from here on
	To    time.Time // and before this
}

// whole reports whether f leaves nothing out.
func (f Filter) whole() bool {
	return len(f.Kinds) == 0 && len(f.Feeds) == 0 && f.From.IsZero() && f.To.IsZero()
}

func (f Filter) kind(name string) bool { return len(f.Kinds) == 0 || slices.Contains(f.Kinds, name) }

// at reports whether a moment is within the bounds.
func (f Filter) at(t time.Time) bool {
	return !t.Before(f.From) && (f.To.IsZero() || t.Before(f.To))
}

// timed reports whether there are bounds: then what has no time is left out.
func (f Filter) timed() bool { return !f.From.IsZero() || !f.To.IsZero() }

// of reports whether what belongs to a feed is asked for.
func (f Filter) of(feed string) bool { return len(f.Feeds) == 0 || slices.Contains(f.Feeds, feed) }

// Kinds are what can be asked for, in the order in which they come.
func Kinds() []string {
	return []string{"feed", "poll", "item", "figure", "event", "story", "edition", "delivery", "answer", "alert", "closure", "begun", "hold", "parted"}
}

// ofFeeds are the kinds that belong to a feed.
var ofFeeds = []string{"feed", "poll", "item"}

// exporter writes lines and counts them.
type exporter struct {
	Filter
	sn    *store.Snapshot
	enc   *json.Encoder
	lines int
	alive func() error // an error when nobody waits for more
}

// line writes v as a line of a kind.
func (x *exporter) line(v any) error {
	if err := x.alive(); err != nil {
		return err
	}
	x.lines++
	return x.enc.Encode(v)
}

// Export writes what f selects of st to w, and returns how many lines. The store is read
// as it is at one moment, and grows with what others write meanwhile: w must not wait for
// anybody, and gets a whole line a write. It ends with ctx.
func Export(ctx context.Context, st *store.Store, f Filter, w io.Writer) (int, error) {
	x := &exporter{Filter: f, enc: json.NewEncoder(w), alive: ctx.Err}
	x.enc.SetEscapeHTML(false)
	err := st.Snapshot(func(sn *store.Snapshot) error {
		x.sn = sn
		return x.all()
	})
	if err != nil {
		return x.lines, fmt.Errorf("export: %w", err)
	}
	return x.lines, nil
}

func (x *exporter) all() error {
	c, err := x.sn.Counters()
	if err != nil {
		return err
	}
	if err := x.line(storeLine{kind("store"), x.whole(), c.Items, c.Polls, c.Answers, c.Settled, totals(c.Totals)}); err != nil {
		return err
	}
	writers := map[string]func() error{
		"feed": x.feeds, "poll": x.polls, "item": x.items, "figure": x.points, "event": x.mentions, "story": x.stories,
		"edition": x.editions, "delivery": x.deliveries, "answer": x.answers, "alert": x.alerts, "closure": x.closures, "begun": x.begun,
		"hold": x.holds, "parted": x.parted,
	}
	for _, name := range Kinds() {
		if !x.kind(name) || len(x.Feeds) > 0 && !slices.Contains(ofFeeds, name) {
			continue
		}
		if err := writers[name](); err != nil {
			return err
		}
	}
	return x.line(endLine{kind("end"), x.lines})
}

func (x *exporter) feeds() error {
	return x.sn.Feeds(func(f store.KeptFeed) error {
		if x.timed() || !x.of(f.State.Feed) {
			return x.alive()
		}
		return x.line(feedLineOf(f))
	})
}

func (x *exporter) polls() error {
	return x.sn.Polls(func(a store.KeptPoll) error {
		if !x.at(a.At) || !x.of(a.Feed) {
			return x.alive()
		}
		return x.line(pollLineOf(a))
	})
}

func (x *exporter) items() error {
	return x.sn.Items(func(k store.Kept) error {
		if !x.at(k.Item.FirstSeen) || !x.of(k.Item.Feed) {
			return x.alive()
		}
		return x.line(itemLineOf(k))
	})
}

func (x *exporter) points() error {
	return x.sn.Points(func(p store.KeptPoint) error {
		if !x.at(p.Published) {
			return x.alive()
		}
		return x.line(figureLine{kind("figure"), p.Seq, p.N, p.Item, p.Outlet, p.URL, p.Published, figureOf(p.Figure)})
	})
}

func (x *exporter) mentions() error {
	return x.sn.Mentions(func(m store.KeptMention) error {
		if !x.at(m.Published) {
			return x.alive()
		}
		return x.line(eventLine{kind("event"), m.Seq, m.N, m.Item, m.Story, m.Outlet, m.Side, m.Lang, m.URL, m.Published, event(m.Event)})
	})
}

func (x *exporter) stories() error {
	return x.sn.Stories(func(st news.Story) error {
		if !x.at(st.Last) {
			return nil
		}
		return x.line(storyLineOf(st))
	})
}

func (x *exporter) editions() error {
	return x.sn.Editions(func(e news.Edition) error {
		if !x.at(e.Digest.Slot.At) {
			return nil
		}
		l, err := editionLineOf(e)
		if err != nil {
			return err
		}
		return x.line(l)
	})
}

func (x *exporter) deliveries() error {
	return x.sn.Deliveries(func(d news.Delivery) error {
		if !x.at(d.Created) {
			return nil
		}
		return x.line(deliveryLineOf(d))
	})
}

func (x *exporter) answers() error {
	return x.sn.Answers(func(a news.Answer) error {
		if !x.at(a.At) {
			return nil
		}
		return x.line(answerLineOf(a))
	})
}

func (x *exporter) alerts() error {
	return x.sn.WentOut(func(o store.WentOut) error {
		if !x.at(o.At) {
			return nil
		}
		return x.line(alertLine{kind("alert"), o.Rule, o.Story, o.At})
	})
}

func (x *exporter) closures() error {
	return x.sn.Closures(func(c news.Closure) error {
		if !x.at(c.Since) {
			return nil
		}
		return x.line(closureLine{kind("closure"), c.Channel, c.Settings, c.Since, c.Reason})
	})
}

func (x *exporter) begun() error {
	return x.sn.Beginnings(func(b store.Beginning) error {
		if !x.at(b.At) {
			return nil
		}
		return x.line(begunLine{kind("begun"), b.Digest, b.At})
	})
}

func (x *exporter) holds() error {
	if x.timed() {
		return nil
	}
	return x.sn.Holds(func(h news.Hold) error { return x.line(holdLine{kind("hold"), h.Host, h.Until}) })
}

func (x *exporter) parted() error {
	if x.timed() {
		return nil
	}
	return x.sn.Parted(func(p store.Parted) error { return x.line(partedLine{kind("parted"), p.Seq, p.Item}) })
}

// maxLine bounds a line: an edition with all its forms is a few megabytes at most.
const maxLine = 64 << 20

// LineError is what is wrong with a line of an import.
type LineError struct {
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

// What is wrong with a file as a whole.
var (
	errCut   = errors.New("the file ends before its line of kind \"end\": it was cut off; export it again")
	errEmpty = errors.New("the file is empty")
)

// read calls fn with every line of r, decoded: a value of lines.go. A file that begins
// with a line of kind "store" must have its end.
func read(ctx context.Context, r io.Reader, fn func(n int, v line) error) error {
	in := bufio.NewReaderSize(r, 1<<16)
	framed, ended := false, false
	n := 0
	for {
		raw, err := nextLine(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if n++; err != nil {
			return &LineError{n, err}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if strings.TrimSpace(string(raw)) == "" {
			return &LineError{n, errors.New("it is empty; remove it")}
		}
		v, err := decode(raw)
		if err == nil {
			err = frame(n, v, framed, ended)
		}
		if err == nil {
			framed, ended = framed || v.kind() == "store", v.kind() == "end"
			err = fn(n, v)
		}
		if err != nil {
			return &LineError{n, err}
		}
	}
	switch {
	case n == 0:
		return errEmpty
	case framed && !ended:
		return &LineError{n, errCut}
	}
	return nil
}

// frame checks where the lines stand that are about the file.
func frame(n int, v line, framed, ended bool) error {
	switch end, isEnd := v.(*endLine); {
	case ended:
		return errors.New("it comes after the line of kind \"end\"; import one export at a time")
	case v.kind() == "store" && n > 1:
		return errors.New("a second export begins here; import one at a time")
	case isEnd && framed && end.Lines != n-1:
		return fmt.Errorf("%d lines should stand above it, there are %d: some were lost; export it again", end.Lines, n-1)
	}
	return nil
}

// nextLine reads a line without its end.
func nextLine(in *bufio.Reader) ([]byte, error) {
	var out []byte
	for {
		part, err := in.ReadSlice('\n')
		out = append(out, part...)
		switch {
		case len(out) > maxLine:
			return nil, fmt.Errorf("it is longer than %d MiB", maxLine>>20)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(out) > 0:
			return out, nil
		case err != nil:
			return nil, err
		}
		return out, nil
	}
}
