package transfer

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"samur/internal/news"
	"samur/internal/store"
)

// The shapes of lines. A field that was not there is left out, so that what a line says
// is what was known. Every shape has its decoder in shapes and a check of its own.

// head is the beginning of every line.
type head struct {
	Kind    string `json:"kind"`
	Version int    `json:"version"`
}

func kind(name string) head { return head{name, version} }

func (h head) kind() string { return h.Kind }

// line is a decoded line.
type line interface {
	kind() string
	check() error // what it lacks
}

// shapes makes the value that a line of a kind is decoded into.
var shapes = map[string]func() line{
	"store": func() line { return &storeLine{} }, "end": func() line { return &endLine{} }, "feed": func() line { return &feedLine{} },
	"poll": func() line { return &pollLine{} }, "item": func() line { return &itemLine{} }, "figure": func() line { return &figureLine{} },
	"event": func() line { return &eventLine{} }, "story": func() line { return &storyLine{} }, "edition": func() line { return &editionLine{} },
	"delivery": func() line { return &deliveryLine{} }, "answer": func() line { return &answerLine{} }, "alert": func() line { return &alertLine{} },
	"closure": func() line { return &closureLine{} }, "begun": func() line { return &begunLine{} },
	"hold": func() line { return &holdLine{} }, "parted": func() line { return &partedLine{} },
}

// decode reads one line, strictly: what is not understood would be lost.
func decode(raw []byte) (line, error) {
	var h head
	dec := json.NewDecoder(bytes.NewReader(raw))
	if err := dec.Decode(&h); err != nil {
		return nil, fmt.Errorf("it is not JSON as it was exported: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more stands behind the object; keep one a line")
	}
	shape, known := shapes[h.Kind]
	switch {
	case h.Kind == "":
		return nil, errors.New(`it has no "kind"; give it a line of samur export`)
	case !known, h.Version > version:
		return nil, fmt.Errorf("kind %q of version %d is not known here; a newer samur wrote it: install that version", h.Kind, h.Version)
	case h.Version < 1:
		return nil, fmt.Errorf("kind %q has no version; give it a line of samur export", h.Kind)
	}
	v := shape()
	dec = json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return nil, fmt.Errorf("kind %q: %w", h.Kind, err)
	}
	if err := v.check(); err != nil {
		return nil, fmt.Errorf("kind %q: %w", h.Kind, err)
	}
	return v, nil
}

// needs is an error that names the first field that is empty.
func needs(fields ...string) error {
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i+1] == "" {
			return fmt.Errorf("it has no %q", fields[i])
		}
	}
	return nil
}

// hash is a number that only compares, in 16 hex digits: JSON's own numbers would lose
// some of it in other programs.
type hash uint64

// MarshalText writes the digits.
func (h hash) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%016x", uint64(h)), nil }

// UnmarshalText reads them.
func (h *hash) UnmarshalText(b []byte) error {
	n, err := strconv.ParseUint(string(b), 16, 64)
	if err != nil || len(b) != 16 {
		return fmt.Errorf("%q is not 16 hex digits", b)
	}
	*h = hash(n)
	return nil
}

// key is an identity as "g:" and its hash.
type key news.Key

// MarshalText writes "g:0123456789abcdef".
func (k key) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%c:%016x", k.Kind, k.Hash), nil
}

// UnmarshalText reads that.
func (k *key) UnmarshalText(b []byte) error {
	var h hash
	if len(b) < 3 || b[1] != ':' || h.UnmarshalText(b[2:]) != nil {
		return fmt.Errorf("%q is no identity such as g:0123456789abcdef", b)
	}
	*k = key{Kind: news.KeyKind(b[0]), Hash: uint64(h)}
	return nil
}

// body is bytes that are nearly always text: a string, or what is none in base64.
type body []byte

// MarshalJSON writes a string, or {"base64": "…"}.
func (b body) MarshalJSON() ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	var v any = string(b)
	if !utf8.Valid(b) {
		v = map[string]string{"base64": base64.StdEncoding.EncodeToString(b)}
	}
	err := enc.Encode(v)
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), err
}

// UnmarshalJSON reads either.
func (b *body) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*b = body(s)
		return nil
	}
	var packed struct {
		Base64 []byte `json:"base64"`
	}
	if err := json.Unmarshal(raw, &packed); err != nil {
		return errors.New("a body is neither text nor base64")
	}
	*b = packed.Base64
	return nil
}

// each converts a list; none stays none.
func each[A, B any](list []A, one func(A) B) []B {
	if list == nil {
		return nil
	}
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = one(v)
	}
	return out
}

type totals struct {
	Items     uint64 `json:"items"`
	Relevant  uint64 `json:"relevant"`
	Revisions uint64 `json:"revisions"`
	Polls     uint64 `json:"polls"`
	Failed    uint64 `json:"polls_failed"`
	Pruned    uint64 `json:"items_without_text"`
}

// storeLine is the first line. Its numbers are the last that were given.
type storeLine struct {
	head
	Whole   bool   `json:"whole"` // nothing was left out
	Items   uint64 `json:"last_item"`
	Polls   uint64 `json:"last_poll"`
	Answers uint64 `json:"last_answer"`
	Settled uint64 `json:"settled_item,omitempty"` // the last that stories were settled with
	Totals  totals `json:"totals"`
}

func (storeLine) check() error { return nil }

func (l storeLine) counters() store.Counters {
	return store.Counters{Items: l.Items, Polls: l.Polls, Answers: l.Answers, Settled: l.Settled, Totals: store.Totals(l.Totals)}
}

// endLine is the last line.
type endLine struct {
	head
	Lines int `json:"lines"` // above it
}

func (endLine) check() error { return nil }

type feedLine struct {
	head
	Feed         string         `json:"feed"`
	URL          string         `json:"url,omitempty"`
	Adopted      string         `json:"adopted,omitempty"`
	NextDue      time.Time      `json:"next_due,omitzero"`
	LastAttempt  time.Time      `json:"last_attempt,omitzero"`
	LastSuccess  time.Time      `json:"last_success,omitzero"`
	LastNew      time.Time      `json:"last_new,omitzero"`
	Failures     int            `json:"failures,omitempty"`
	Status       int            `json:"status,omitempty"`
	Cause        news.Cause     `json:"cause,omitempty"`
	Error        string         `json:"error,omitempty"`
	Ailment      news.Cause     `json:"ailment,omitempty"`
	Notified     news.Cause     `json:"notified,omitempty"`
	TroubleSince time.Time      `json:"trouble_since,omitzero"`
	HeldUntil    time.Time      `json:"held_until,omitzero"`
	Title        string         `json:"title,omitempty"`
	MovedTo      string         `json:"moved_to,omitempty"`
	MovedCount   int            `json:"moved_count,omitempty"`
	Gone         bool           `json:"gone,omitempty"`
	GUIDs        news.GUIDHabit `json:"guids,omitempty"`
	LastKeys     []hash         `json:"last_keys,omitempty"`
	Advice       news.Ground    `json:"advice,omitempty"`
	Entries      int            `json:"entries,omitempty"`
	Stated       time.Duration  `json:"stated_ns,omitempty"`
	SkipHours    uint32         `json:"skip_hours,omitempty"`
	SkipDays     uint8          `json:"skip_days,omitempty"`
	Arrived      float64        `json:"arrived,omitempty"`
	Over         time.Duration  `json:"over_ns,omitempty"`
	Sent         news.Cause     `json:"keeper_sent,omitempty"`
	SentSince    time.Time      `json:"keeper_sent_since,omitzero"`
	SentMove     string         `json:"keeper_sent_move,omitempty"`
}

func (l feedLine) check() error { return needs("feed", l.Feed) }

func feedLineOf(f store.KeptFeed) feedLine {
	s := f.State
	return feedLine{
		head: kind("feed"), Feed: s.Feed, URL: s.URL, Adopted: s.Adopted, NextDue: s.NextDue, LastAttempt: s.LastAttempt,
		LastSuccess: s.LastSuccess, LastNew: s.LastNew, Failures: s.Failures, Status: s.Status, Cause: s.Cause, Error: s.Error,
		Ailment: s.Ailment, Notified: s.Notified, TroubleSince: s.TroubleSince, HeldUntil: s.HeldUntil, Title: s.Title,
		MovedTo: s.MovedTo, MovedCount: s.MovedCount, Gone: s.Gone, GUIDs: s.GUIDs, LastKeys: each(f.Listed, func(n uint64) hash { return hash(n) }),
		Advice: s.Advice, Entries: s.Entries, Stated: s.Stated, SkipHours: s.SkipHours, SkipDays: s.SkipDays, Arrived: s.Arrived, Over: s.Over,
		Sent: f.Sent, SentSince: f.SentSince, SentMove: f.SentMove,
	}
}

func (l feedLine) kept() store.KeptFeed {
	listed := each(l.LastKeys, func(h hash) uint64 { return uint64(h) })
	return store.KeptFeed{Listed: listed, Sent: l.Sent, SentSince: l.SentSince, SentMove: l.SentMove, State: news.FeedState{
		Feed: l.Feed, URL: l.URL, Adopted: l.Adopted, NextDue: l.NextDue, LastAttempt: l.LastAttempt, LastSuccess: l.LastSuccess,
		LastNew: l.LastNew, Failures: l.Failures, Status: l.Status, Cause: l.Cause, Error: l.Error, Ailment: l.Ailment,
		Notified: l.Notified, TroubleSince: l.TroubleSince, HeldUntil: l.HeldUntil, Title: l.Title, MovedTo: l.MovedTo,
		MovedCount: l.MovedCount, Gone: l.Gone, GUIDs: l.GUIDs,
		Advice: l.Advice, Entries: l.Entries, Stated: l.Stated, SkipHours: l.SkipHours, SkipDays: l.SkipDays, Arrived: l.Arrived, Over: l.Over,
	}}
}

type pollLine struct {
	head
	Pass     uint64        `json:"poll"` // its number
	Feed     string        `json:"feed"`
	At       time.Time     `json:"at"`
	Took     time.Duration `json:"took_ns,omitempty"`
	Status   int           `json:"status,omitempty"`
	Cause    news.Cause    `json:"cause,omitempty"`
	Error    string        `json:"error,omitempty"`
	Bytes    int64         `json:"bytes,omitempty"`
	Entries  int           `json:"entries,omitempty"`
	New      int           `json:"new,omitempty"`
	Repeated int           `json:"repeated,omitempty"`
	Revised  int           `json:"revised,omitempty"`
	Archived int           `json:"archived,omitempty"`
	Gap      bool          `json:"gap,omitempty"`
	NextDue  time.Time     `json:"next_due,omitzero"`
	Items    *uint64       `json:"items_by_then,omitempty"` // none where it is not known
}

func (l pollLine) check() error { return needs("feed", l.Feed, "poll", numbered(l.Pass)) }

// numbered is "" for a number that is none.
func numbered(n uint64) string {
	if n == 0 {
		return ""
	}
	return "n"
}

func pollLineOf(a store.KeptPoll) pollLine {
	l := pollLine{
		kind("poll"), a.Pass, a.Feed, a.At, a.Took, a.Status, a.Cause, a.Error, a.Bytes, a.Entries, a.New, a.Repeated, a.Revised,
		a.Archived, a.Gap, a.NextDue, nil,
	}
	if a.Counted {
		l.Items = &a.Items
	}
	return l
}

func (l pollLine) kept() store.KeptPoll {
	k := store.KeptPoll{Counted: l.Items != nil, Attempt: news.Attempt{
		Feed: l.Feed, Pass: l.Pass, At: l.At, Took: l.Took, Status: l.Status, Cause: l.Cause, Error: l.Error, Bytes: l.Bytes, Entries: l.Entries,
		New: l.New, Repeated: l.Repeated, Revised: l.Revised, Archived: l.Archived, Gap: l.Gap, NextDue: l.NextDue,
	}}
	if k.Counted {
		k.Items = *l.Items
	}
	return k
}

type evidence struct {
	Field   news.Field  `json:"field,omitempty"`
	Start   int         `json:"start,omitempty"`
	End     int         `json:"end,omitempty"`
	Form    string      `json:"form,omitempty"`
	Concept string      `json:"concept,omitempty"`
	Points  float64     `json:"points"`
	Why     news.Ground `json:"why,omitempty"`
}

func evidenceOf(e news.Evidence) evidence { return evidence(e) }
func (e evidence) news() news.Evidence    { return news.Evidence(e) }

type match struct {
	Topic    string     `json:"topic"`
	Score    float64    `json:"score,omitempty"`
	Evidence []evidence `json:"evidence,omitempty"`
}

type verdict struct {
	Relevant  bool        `json:"relevant"`
	Score     float64     `json:"score,omitempty"`
	Threshold float64     `json:"threshold,omitempty"`
	Evidence  []evidence  `json:"evidence,omitempty"`
	Topics    []match     `json:"topics,omitempty"`
	Missing   news.Ground `json:"missing,omitempty"`
	Version   string      `json:"rules,omitempty"` // version of the rules that decided
}

func verdictOf(v news.Verdict) verdict {
	return verdict{v.Relevant, v.Score, v.Threshold, each(v.Evidence, evidenceOf), each(v.Matches, func(m news.Match) match {
		return match{m.Topic, m.Score, each(m.Evidence, evidenceOf)}
	}), v.Missing, v.Version}
}

func (v verdict) news() news.Verdict {
	return news.Verdict{
		Relevant: v.Relevant, Score: v.Score, Threshold: v.Threshold, Evidence: each(v.Evidence, evidence.news),
		Matches: each(v.Topics, func(m match) news.Match {
			return news.Match{Topic: m.Topic, Score: m.Score, Evidence: each(m.Evidence, evidence.news)}
		}),
		Missing: v.Missing, Version: v.Version,
	}
}

type change struct {
	Direction string  `json:"direction,omitempty"`
	Percent   float64 `json:"percent,omitempty"`
	Times     float64 `json:"times,omitempty"`
	Base      string  `json:"base,omitempty"`
}

type figure struct {
	Indicator string     `json:"indicator"`
	Value     float64    `json:"value"`
	High      float64    `json:"high,omitempty"`
	Unit      string     `json:"unit,omitempty"`
	Period    string     `json:"period,omitempty"`
	Change    *change    `json:"change,omitempty"`
	Approx    string     `json:"approx,omitempty"`
	Counter   string     `json:"counted_by,omitempty"`
	Sentence  string     `json:"sentence,omitempty"`
	Field     news.Field `json:"field,omitempty"`
	Start     int        `json:"start,omitempty"`
	End       int        `json:"end,omitempty"`
}

func figureOf(f news.Figure) figure {
	return figure{f.Indicator, f.Value, f.High, f.Unit, f.Period, (*change)(f.Change), f.Approx, f.Counter, f.Sentence, f.Field, f.Start, f.End}
}

func (f figure) news() news.Figure {
	return news.Figure{
		Indicator: f.Indicator, Value: f.Value, High: f.High, Unit: f.Unit, Period: f.Period, Change: (*news.Change)(f.Change), Approx: f.Approx,
		Counter: f.Counter, Sentence: f.Sentence, Field: f.Field, Start: f.Start, End: f.End,
	}
}

type event struct {
	Kind     news.EventKind  `json:"event"`
	State    news.EventState `json:"state,omitempty"`
	Who      []string        `json:"who,omitempty"`
	Where    string          `json:"where,omitempty"`
	Day      string          `json:"day,omitempty"`
	Was      string          `json:"was,omitempty"`
	Document string          `json:"document,omitempty"`
	Sentence string          `json:"sentence,omitempty"`
	Field    news.Field      `json:"field,omitempty"`
	Start    int             `json:"start,omitempty"`
	End      int             `json:"end,omitempty"`
}

type revision struct {
	At       time.Time `json:"at"`
	Title    string    `json:"title,omitempty"`
	Text     string    `json:"text,omitempty"`
	TextHash hash      `json:"text_hash"`
	Verdict  verdict   `json:"verdict"`
	Became   string    `json:"became,omitempty"` // item that it is since
}

type itemLine struct {
	head
	Seq       uint64     `json:"item"` // its number
	ID        string     `json:"id"`
	Keys      []key      `json:"keys,omitempty"` // identities
	Feed      string     `json:"feed"`
	Outlet    string     `json:"outlet,omitempty"`
	Side      news.Side  `json:"side,omitempty"`
	Lang      news.Lang  `json:"lang,omitempty"`
	Published time.Time  `json:"published,omitzero"`
	Dated     news.Dated `json:"dated_by,omitempty"`
	FirstSeen time.Time  `json:"first_seen,omitzero"`
	Archived  bool       `json:"archived,omitempty"`
	Textless  bool       `json:"without_text,omitempty"`
	GUID      string     `json:"guid,omitempty"`
	URL       string     `json:"url,omitempty"`
	Link      string     `json:"link,omitempty"`
	Title     string     `json:"title,omitempty"`
	Text      string     `json:"text,omitempty"`
	Aside     string     `json:"aside,omitempty"`
	Via       string     `json:"via,omitempty"`
	TextHash  hash       `json:"text_hash"`
	Verdict   verdict    `json:"verdict"`
	Story     string     `json:"story,omitempty"`
	CopyOf    string     `json:"copy_of,omitempty"`
	Revises   string     `json:"revises,omitempty"`
	Figures   []figure   `json:"figures,omitempty"`
	Events    []event    `json:"events,omitempty"`
	Later     []revision `json:"later_wordings,omitempty"`
}

func (l itemLine) check() error {
	if len(l.ID) < 4 {
		return errors.New(`its "id" is shorter than 4 letters`)
	}
	if l.TextHash == 0 && len(l.Keys) > 0 {
		return errors.New(`it has "keys" and no "text_hash"`)
	}
	return needs("feed", l.Feed)
}

func itemLineOf(k store.Kept) itemLine {
	it := k.Item
	return itemLine{
		kind("item"), it.Seq, it.ID, each(it.Keys, func(k news.Key) key { return key(k) }), it.Feed, it.Outlet, it.Side, it.Lang, it.Published, it.Dated,
		it.FirstSeen, it.Archived, k.Textless, it.GUID, it.URL, it.Link, it.Title, it.Text, it.Aside, it.Via, hash(it.TextHash), verdictOf(it.Verdict),
		it.Story, it.CopyOf, it.Revises, each(it.Figures, figureOf), each(it.Events, func(e news.Event) event { return event(e) }),
		each(k.Revisions, func(r news.Revision) revision {
			return revision{r.At, r.Title, r.Text, hash(r.TextHash), verdictOf(r.Verdict), r.Became}
		}),
	}
}

func (l itemLine) kept() store.Kept {
	return store.Kept{
		Textless: l.Textless,
		Item: news.Item{
			ID: l.ID, Seq: l.Seq, Keys: each(l.Keys, func(k key) news.Key { return news.Key(k) }), Feed: l.Feed, Outlet: l.Outlet, Side: l.Side,
			Lang: l.Lang, Published: l.Published, Dated: l.Dated, FirstSeen: l.FirstSeen, Archived: l.Archived, GUID: l.GUID, URL: l.URL, Link: l.Link,
			Title: l.Title, Text: l.Text, Aside: l.Aside, Via: l.Via, TextHash: uint64(l.TextHash), Verdict: l.Verdict.news(), Story: l.Story,
			CopyOf: l.CopyOf, Revises: l.Revises, Figures: each(l.Figures, figure.news), Events: each(l.Events, func(e event) news.Event { return news.Event(e) }),
		},
		Revisions: each(l.Later, func(r revision) news.Revision {
			return news.Revision{Item: l.ID, At: r.At, Title: r.Title, Text: r.Text, TextHash: uint64(r.TextHash), Verdict: r.Verdict.news(), Became: r.Became}
		}),
	}
}

type figureLine struct {
	head
	Seq       uint64    `json:"item"`
	N         int       `json:"n"` // of the item's figures
	Item      string    `json:"id"`
	Outlet    string    `json:"outlet,omitempty"`
	URL       string    `json:"url,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Figure    figure    `json:"figure"`
}

func (l figureLine) check() error {
	return needs("item", numbered(l.Seq), "id", l.Item, "indicator", l.Figure.Indicator)
}

func (l figureLine) kept() store.KeptPoint {
	return store.KeptPoint{Seq: l.Seq, N: l.N, FigurePoint: news.FigurePoint{
		Item: l.Item, Outlet: l.Outlet, URL: l.URL, Published: l.Published, Figure: l.Figure.news(),
	}}
}

type eventLine struct {
	head
	Seq       uint64    `json:"item"`
	N         int       `json:"n"` // of the item's events
	Item      string    `json:"id"`
	Story     string    `json:"story,omitempty"`
	Outlet    string    `json:"outlet,omitempty"`
	Side      news.Side `json:"side,omitempty"`
	Lang      news.Lang `json:"lang,omitempty"`
	URL       string    `json:"url,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Event     event     `json:"event"`
}

func (l eventLine) check() error {
	return needs("item", numbered(l.Seq), "id", l.Item, "event", string(l.Event.Kind))
}

func (l eventLine) kept() store.KeptMention {
	return store.KeptMention{Seq: l.Seq, N: l.N, Mention: news.Mention{
		Item: l.Item, Story: l.Story, Outlet: l.Outlet, Side: l.Side, Lang: l.Lang, URL: l.URL, Published: l.Published, Event: news.Event(l.Event),
	}}
}

type member struct {
	Item      string      `json:"id"`
	Seq       uint64      `json:"item"`
	Outlet    string      `json:"outlet,omitempty"`
	Side      news.Side   `json:"side,omitempty"`
	Lang      news.Lang   `json:"lang,omitempty"`
	FirstSeen time.Time   `json:"first_seen,omitzero"`
	CopyOf    string      `json:"copy_of,omitempty"`
	Why       news.Ground `json:"why,omitempty"`
	Score     float64     `json:"score,omitempty"`
}

type told struct {
	Digest string    `json:"digest"`
	Slot   time.Time `json:"slot"`
	Upto   uint64    `json:"upto_item"`
}

type storyLine struct {
	head
	ID       string    `json:"id"`
	Into     string    `json:"into,omitempty"`
	First    time.Time `json:"first,omitzero"`
	Last     time.Time `json:"last,omitzero"`
	Series   string    `json:"series,omitempty"`
	Previous string    `json:"previous,omitempty"`
	Members  []member  `json:"members,omitempty"`
	Told     []told    `json:"told,omitempty"`
}

func (l storyLine) check() error { return needs("id", l.ID) }

func storyLineOf(st news.Story) storyLine {
	return storyLine{
		kind("story"), st.ID, st.Into, st.First, st.Last, st.Series, st.Previous,
		each(st.Members, func(m news.Member) member { return member(m) }), each(st.Told, func(t news.Told) told { return told(t) }),
	}
}

func (l storyLine) story() news.Story {
	return news.Story{
		ID: l.ID, Into: l.Into, First: l.First, Last: l.Last, Series: l.Series, Previous: l.Previous,
		Members: each(l.Members, func(m member) news.Member { return news.Member(m) }), Told: each(l.Told, func(t told) news.Told { return news.Told(t) }),
	}
}

// editionLine has a digest as the store keeps it.
type editionLine struct {
	head
	Slot    string          `json:"slot"` // daily@2026-03-08T04:00:00Z
	Digest  json.RawMessage `json:"digest"`
	Subject string          `json:"subject,omitempty"`
	Forms   map[string]body `json:"forms,omitempty"`
}

func (l editionLine) check() error {
	_, err := l.edition()
	return err
}

// formsOf are the forms of an edition by their names.
func formsOf(e *news.Edition) map[string]*[]byte {
	return map[string]*[]byte{"text": &e.Text, "flowed": &e.Flowed, "html": &e.HTML, "page": &e.Page, "markdown": &e.Markdown, "json": &e.JSON}
}

func editionLineOf(e news.Edition) (editionLine, error) {
	raw, err := json.Marshal(e.Digest)
	if err != nil {
		return editionLine{}, fmt.Errorf("edition %s: %w", e.Digest.Slot, err)
	}
	l := editionLine{kind("edition"), e.Digest.Slot.String(), raw, e.Subject, map[string]body{}}
	for name, form := range formsOf(&e) {
		if len(*form) > 0 {
			l.Forms[name] = *form
		}
	}
	return l, nil
}

func (l editionLine) edition() (e news.Edition, err error) {
	dec := json.NewDecoder(bytes.NewReader(l.Digest))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&e.Digest); err != nil {
		return e, fmt.Errorf("its digest: %w", err)
	}
	if e.Digest.Slot.Digest == "" || e.Digest.Slot.String() != l.Slot {
		return e, fmt.Errorf("its digest is of slot %s and not of %q", e.Digest.Slot, l.Slot)
	}
	e.Subject = l.Subject
	parts := formsOf(&e)
	for name, form := range l.Forms {
		part, known := parts[name]
		if !known {
			return e, fmt.Errorf("form %q is not known", name)
		}
		*part = form
	}
	return e, nil
}

type attempt struct {
	At    time.Time     `json:"at"`
	Took  time.Duration `json:"took_ns,omitempty"`
	Reply string        `json:"reply,omitempty"`
	Error string        `json:"error,omitempty"`
}

type deliveryLine struct {
	head
	ID        string             `json:"id"`
	Digest    string             `json:"digest"`
	Slot      time.Time          `json:"slot"`
	Channel   string             `json:"channel"`
	Recipient string             `json:"recipient,omitempty"`
	State     news.DeliveryState `json:"state"`
	Created   time.Time          `json:"created,omitzero"`
	Next      time.Time          `json:"next,omitzero"`
	Taken     int                `json:"messages_taken,omitempty"`
	Attempts  []attempt          `json:"attempts,omitempty"`
	MediaType string             `json:"media_type,omitempty"`
	Payload   body               `json:"payload"`
}

func (l deliveryLine) check() error {
	return needs("id", l.ID, "channel", l.Channel, "state", string(l.State))
}

func deliveryLineOf(d news.Delivery) deliveryLine {
	return deliveryLine{
		kind("delivery"), d.ID, d.Slot.Digest, d.Slot.At, d.Channel, d.Recipient, d.State, d.Created, d.Next, d.Taken,
		each(d.Attempts, func(a news.DeliveryAttempt) attempt { return attempt(a) }), d.MediaType, d.Payload,
	}
}

func (l deliveryLine) delivery() news.Delivery {
	return news.Delivery{
		ID: l.ID, Slot: news.Slot{Digest: l.Digest, At: l.Slot}, Channel: l.Channel, Recipient: l.Recipient, State: l.State, Created: l.Created,
		Next: l.Next, Taken: l.Taken, Attempts: each(l.Attempts, func(a attempt) news.DeliveryAttempt { return news.DeliveryAttempt(a) }),
		MediaType: l.MediaType, Payload: l.Payload,
	}
}

type mark struct {
	Topic string `json:"topic,omitempty"` // none for whether it is relevant
	Yes   bool   `json:"yes"`
}

type answerLine struct {
	head
	Seq     uint64    `json:"answer"` // its number
	Item    string    `json:"id"`     // of the item
	Who     string    `json:"who,omitempty"`
	At      time.Time `json:"at"`
	Marks   []mark    `json:"marks"`
	URL     string    `json:"url,omitempty"`
	Lang    news.Lang `json:"lang,omitempty"`
	Side    news.Side `json:"side,omitempty"`
	Title   string    `json:"title,omitempty"`
	Text    string    `json:"text,omitempty"`
	Verdict verdict   `json:"verdict"`
}

func (l answerLine) check() error {
	if len(l.Marks) == 0 {
		return errors.New(`it has no "marks"`)
	}
	return needs("id", l.Item)
}

func answerLineOf(a news.Answer) answerLine {
	return answerLine{
		kind("answer"), a.Seq, a.Item, a.Who, a.At, each(a.Marks, func(m news.Mark) mark { return mark(m) }), a.URL, a.Lang, a.Side,
		a.Title, a.Text, verdictOf(a.Verdict),
	}
}

func (l answerLine) answer() news.Answer {
	return news.Answer{
		Seq: l.Seq, Item: l.Item, Who: l.Who, At: l.At, Marks: each(l.Marks, func(m mark) news.Mark { return news.Mark(m) }), URL: l.URL,
		Lang: l.Lang, Side: l.Side, Title: l.Title, Text: l.Text, Verdict: l.Verdict.news(),
	}
}

// alertLine says that a story went out by an alert.
type alertLine struct {
	head
	Rule  string    `json:"alert"`
	Story string    `json:"story"`
	At    time.Time `json:"at"`
}

func (l alertLine) check() error { return needs("alert", l.Rule, "story", l.Story) }

// closureLine says that the receiver of a channel is gone.
type closureLine struct {
	head
	Channel  string    `json:"channel"`
	Settings string    `json:"settings,omitempty"`
	Since    time.Time `json:"since,omitzero"`
	Reason   string    `json:"reason,omitempty"`
}

func (l closureLine) check() error { return needs("channel", l.Channel) }

// begunLine says since when a digest is known of.
type begunLine struct {
	head
	Digest string    `json:"digest"`
	At     time.Time `json:"at"`
}

func (l begunLine) check() error { return needs("digest", l.Digest) }

// holdLine is a host that wants to be left alone.
type holdLine struct {
	head
	Host  string    `json:"host"`
	Until time.Time `json:"until"`
}

func (l holdLine) check() error { return needs("host", l.Host) }

// partedLine is an item that left a story which was told before it came. It has no time
// of its own.
type partedLine struct {
	head
	Seq  uint64 `json:"item"` // its number
	Item string `json:"id"`
}

func (l partedLine) check() error { return needs("item", numbered(l.Seq), "id", l.Item) }
