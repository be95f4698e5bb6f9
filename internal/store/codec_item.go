package store

import (
	"fmt"
	"strings"
	"time"

	"samur/internal/news"
)

// Versions of item records. A new field gets a new version and is read only from
// records that have it; old versions stay readable for ever.
const (
	itemV1   = 1
	itemV2   = 2    // knows what it revises
	itemV3   = 3    // has events
	itemStub = 0xff // of an item whose text was pruned: only its identities are known
)

// itemHead is the part of an item that questions are filtered by. It stands first
// in the record, so that a filter need not read the rest.
type itemHead struct {
	ID        string
	TextHash  uint64
	Feed      string
	Outlet    string
	Side      news.Side
	Lang      news.Lang
	FirstSeen time.Time
	Published time.Time
	Relevant  bool
	Archived  bool
	Story     string
	Keys      []news.Key
	Topics    []string
}

func headOf(it news.Item) itemHead {
	h := itemHead{
		ID: it.ID, TextHash: it.TextHash, Feed: it.Feed, Outlet: it.Outlet, Side: it.Side, Lang: it.Lang,
		FirstSeen: it.FirstSeen, Published: it.Published,
		Relevant: it.Verdict.Relevant, Archived: it.Archived, Story: it.Story, Keys: it.Keys,
	}
	for _, m := range it.Verdict.Matches {
		h.Topics = append(h.Topics, m.Topic)
	}
	return h
}

func (e *encoder) head(h itemHead) {
	e.str(h.ID)
	e.fixed(h.TextHash)
	e.time(h.FirstSeen)
	e.time(h.Published)
	e.sym(h.Feed)
	e.sym(h.Outlet)
	e.sym(string(h.Side))
	e.sym(string(h.Lang))
	e.bool(h.Relevant)
	e.bool(h.Archived)
	e.sym(h.Story)
	encodeList(e, h.Topics, e.sym)
	encodeList(e, h.Keys, e.key)
}

func (e *encoder) key(k news.Key) {
	e.b = append(e.b, byte(k.Kind))
	e.fixed(k.Hash)
}

func (d *decoder) head() itemHead {
	return itemHead{
		ID: d.str(), TextHash: d.fixed(), FirstSeen: d.time(), Published: d.time(),
		Feed: d.sym(), Outlet: d.sym(), Side: news.Side(d.sym()), Lang: news.Lang(d.sym()),
		Relevant: d.bool(), Archived: d.bool(), Story: d.sym(),
		Topics: decodeList(d, d.sym),
		Keys:   decodeList(d, d.key),
	}
}

func (d *decoder) key() news.Key {
	if len(d.s) == 0 {
		d.fail()
		return news.Key{}
	}
	kind := news.KeyKind(d.s[0])
	d.s = d.s[1:]
	return news.Key{Kind: kind, Hash: d.fixed()}
}

// encodeItem makes the record of it, without Seq, which is the key.
func encodeItem(it news.Item) []byte {
	e := newEncoder(itemV3, 512+len(it.Title)+len(it.Text)+len(it.Aside))
	e.item(it)
	return e.b
}

func (e *encoder) item(it news.Item) {
	e.head(headOf(it))
	for _, s := range []string{it.CopyOf, it.URL, it.Link, it.GUID, it.Via, string(it.Dated)} {
		e.sym(s)
	}
	e.str(it.Title)
	e.str(it.Text)
	e.str(it.Aside)
	e.reasons(it.Verdict, it)
	encodeList(e, it.Figures, func(f news.Figure) { e.figure(f, it.Text) })
	e.sym(it.Revises)
	encodeList(e, it.Events, func(ev news.Event) { e.event(ev, it) })
}

// reasons writes a verdict on it without what the head of an item has of it: whether it
// is relevant, and the topics.
func (e *encoder) reasons(v news.Verdict, it news.Item) {
	e.float(v.Score)
	e.float(v.Threshold)
	e.sym(string(v.Missing))
	e.sym(v.Version)
	evidence := func(ev news.Evidence) { e.evidence(ev, it) }
	encodeList(e, v.Evidence, evidence)
	for _, m := range v.Matches { // as many as the head has topics
		e.float(m.Score)
		encodeList(e, m.Evidence, evidence)
	}
}

func (d *decoder) reasons(relevant bool, topics []string, it news.Item) news.Verdict {
	v := news.Verdict{Relevant: relevant, Score: d.float(), Threshold: d.float(), Missing: news.Ground(d.sym()), Version: d.sym()}
	evidence := func() news.Evidence { return d.evidence(it) }
	v.Evidence = decodeList(d, evidence)
	for _, topic := range topics {
		v.Matches = append(v.Matches, news.Match{Topic: topic, Score: d.float(), Evidence: decodeList(d, evidence)})
	}
	return v
}

func fieldOf(it news.Item, f news.Field) string {
	switch f {
	case news.FieldTitle:
		return it.Title
	case news.FieldText:
		return it.Text
	}
	return ""
}

func (e *encoder) evidence(ev news.Evidence, it news.Item) {
	e.sym(string(ev.Field))
	e.int(int64(ev.Start))
	e.int(int64(ev.End))
	e.within(ev.Form, fieldOf(it, ev.Field), ev.Start)
	e.sym(ev.Concept)
	e.float(ev.Points)
	e.sym(string(ev.Why))
}

func (d *decoder) evidence(it news.Item) news.Evidence {
	ev := news.Evidence{Field: news.Field(d.sym()), Start: int(d.int()), End: int(d.int())}
	ev.Form = d.within(fieldOf(it, ev.Field))
	ev.Concept, ev.Points, ev.Why = d.sym(), d.float(), news.Ground(d.sym())
	return ev
}

func (e *encoder) figure(f news.Figure, text string) {
	e.sym(f.Indicator)
	e.float(f.Value)
	e.float(f.High)
	e.sym(f.Unit)
	e.sym(f.Period)
	e.bool(f.Change != nil)
	if c := f.Change; c != nil {
		e.sym(c.Direction)
		e.float(c.Percent)
		e.float(c.Times)
		e.sym(c.Base)
	}
	e.sym(f.Approx)
	e.sym(f.Counter)
	e.within(f.Sentence, text, strings.Index(text, f.Sentence))
	e.sym(string(f.Field))
	e.int(int64(f.Start))
	e.int(int64(f.End))
}

func (d *decoder) figure(text string) news.Figure {
	f := news.Figure{Indicator: d.sym(), Value: d.float(), High: d.float(), Unit: d.sym(), Period: d.sym()}
	if d.bool() {
		f.Change = &news.Change{Direction: d.sym(), Percent: d.float(), Times: d.float(), Base: d.sym()}
	}
	f.Approx, f.Counter, f.Sentence = d.sym(), d.sym(), d.within(text)
	f.Field, f.Start, f.End = news.Field(d.sym()), int(d.int()), int(d.int())
	return f
}

// event writes an event of it.
func (e *encoder) event(ev news.Event, it news.Item) {
	e.sym(string(ev.Kind))
	e.sym(string(ev.State))
	encodeList(e, ev.Who, e.sym)
	for _, s := range []string{ev.Where, ev.Day, ev.Was, ev.Document, string(ev.Field)} {
		e.sym(s)
	}
	text := fieldOf(it, ev.Field)
	e.within(ev.Sentence, text, strings.Index(text, ev.Sentence))
	e.int(int64(ev.Start))
	e.int(int64(ev.End))
}

func (d *decoder) event(it news.Item) news.Event {
	ev := news.Event{
		Kind: news.EventKind(d.sym()), State: news.EventState(d.sym()), Who: decodeList(d, d.sym),
		Where: d.sym(), Day: d.sym(), Was: d.sym(), Document: d.sym(), Field: news.Field(d.sym()),
	}
	ev.Sentence, ev.Start, ev.End = d.within(fieldOf(it, ev.Field)), int(d.int()), int(d.int())
	return ev
}

// origin reads the item at seq as far as its texts, and the topics of its verdict.
func (d *decoder) origin(seq uint64) (it news.Item, topics []string) {
	h := d.head()
	return news.Item{
		ID: h.ID, Seq: seq, Keys: h.Keys, Feed: h.Feed, Outlet: h.Outlet, Side: h.Side, Lang: h.Lang,
		Published: h.Published, FirstSeen: h.FirstSeen, Archived: h.Archived, TextHash: h.TextHash, Story: h.Story,
		Verdict: news.Verdict{Relevant: h.Relevant},
		CopyOf:  d.sym(), URL: d.sym(), Link: d.sym(), GUID: d.sym(), Via: d.sym(), Dated: news.Dated(d.sym()),
	}, h.Topics
}

// decodeOrigin reads an item, no stub, whose head was found to be good, as far as its
// texts.
func decodeOrigin(rec []byte, seq uint64) (news.Item, error) {
	d := newDecoder(rec[:min(len(rec), usualHead)])
	it, _ := d.origin(seq)
	if d.err != nil && len(rec) > usualHead {
		d = newDecoder(rec)
		it, _ = d.origin(seq)
	}
	return it, d.fault("item")
}

// decodeItem reads a record of encodeItem. A stub gives news.ErrNotFound.
func decodeItem(rec []byte, seq uint64) (news.Item, error) {
	switch rec[0] {
	case itemV1, itemV2, itemV3:
	case itemStub:
		return news.Item{}, news.ErrNotFound
	default:
		return news.Item{}, fmt.Errorf("%w: item record version %d; install the newer samur", ErrNewer, rec[0])
	}
	d := newDecoder(rec)
	it, topics := d.origin(seq)
	it.Title, it.Text, it.Aside = d.str(), d.str(), d.str()
	it.Verdict = d.reasons(it.Verdict.Relevant, topics, it)
	it.Figures = decodeList(d, func() news.Figure { return d.figure(it.Text) })
	if rec[0] >= itemV2 {
		it.Revises = d.sym()
	}
	if rec[0] >= itemV3 {
		it.Events = decodeList(d, func() news.Event { return d.event(it) })
	}
	return it, d.fault("item")
}

// itemVersion refuses the record of an item or stub that a newer version has written.
func itemVersion(rec []byte) error {
	if rec[0] != itemStub && (rec[0] < itemV1 || rec[0] > itemV3) {
		return fmt.Errorf("%w: item record version %d; install the newer samur", ErrNewer, rec[0])
	}
	return nil
}

// decodeHead reads the head of an item or stub; stub says which it is.
func decodeHead(rec []byte) (h itemHead, stub bool, err error) {
	if err := itemVersion(rec); err != nil {
		return h, false, err
	}
	d := newDecoder(rec[:min(len(rec), usualHead)])
	if h = d.head(); d.err != nil && len(rec) > usualHead {
		d = newDecoder(rec)
		h = d.head()
	}
	return h, rec[0] == itemStub, d.fault("item")
}

// storyless reports whether the record of an item or stub is in no story, as far as it is
// well formed. It copies nothing: of a hundred items of a week some ninety are in none.
func storyless(rec []byte) bool {
	if rec[0] != itemStub && rec[0] > itemV3 {
		return false
	}
	s := skimmer{b: rec[1:]}
	s.str()       // the id
	s.skip(8)     // hash of the text
	s.time()      // first seen
	s.time()      // published
	for range 4 { // feed, outlet, side, language
		s.passSym()
	}
	s.skip(2) // relevant, archived
	return s.passSym() == 1
}

// usualHead is how much of a record is copied to read its head: many heads are read for
// one item that is wanted, and with the texts behind them most of the time went into
// copying.
const usualHead = 512

// encodeStub makes the record that stays when an item's text is pruned while its
// feed may still list it.
func encodeStub(h itemHead) []byte {
	e := newEncoder(itemStub, 256)
	e.head(h)
	return e.b
}
