package store

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// again decodes and encodes a record of each kind.
var again = []func(rec []byte) ([]byte, error){
	func(rec []byte) ([]byte, error) { v, err := decodeItem(rec, 1); return encodeItem(v), err },
	func(rec []byte) ([]byte, error) { v, _, err := decodeHead(rec); return encodeStub(v), err },
	func(rec []byte) ([]byte, error) { v, err := decodeRevision(rec); return encodeRevision(v), err },
	func(rec []byte) ([]byte, error) { v, err := decodeStory(rec); return encodeStory(v), err },
	func(rec []byte) ([]byte, error) { v, err := decodeFeed(rec); return encodeFeed(v), err },
	func(rec []byte) ([]byte, error) { v, err := decodeAttempt(rec, 1); return encodeAttempt(v), err },
	func(rec []byte) ([]byte, error) { v, err := decodePoint(rec); return encodePoint(v), err },
	func(rec []byte) ([]byte, error) { v, err := decodeListing(rec); return encodeListing(v), err },
	func(rec []byte) ([]byte, error) { v, err := decodeMention(rec); return encodeMention(v), err },
	func(rec []byte) ([]byte, error) { v, at, err := decodeReduced(rec); return encodeReduced(v, at), err },
}

// FuzzDecode holds that no record makes a decoder panic, and that what is read is
// written so that it reads the same.
func FuzzDecode(f *testing.F) {
	it := item("trend", 4)
	it.Figures = []news.Figure{{Indicator: "trade", Value: 1.5, Sentence: "rose by 4", Change: &news.Change{Direction: "up"}}}
	it.Events = []news.Event{{Kind: news.EventVisit, Who: []string{"a", "b"}, Day: "2026-03", Field: news.FieldText, Sentence: it.Text[:1]}}
	f.Add(byte(0), encodeItem(it))
	f.Add(byte(1), encodeStub(headOf(it)))
	f.Add(byte(2), encodeRevision(news.Revision{Item: it.ID, At: day, Title: "t"}))
	f.Add(byte(3), encodeStory(news.Story{ID: "s", First: day, Members: []news.Member{{Item: it.ID, Seq: 4}}, Told: []news.Told{{Digest: "daily"}}}))
	f.Add(byte(4), encodeFeed(feedRecord{last: 3, state: filledState()}))
	f.Add(byte(5), encodeAttempt(attemptRecord{before: 2, attempt: news.Attempt{Feed: "trend", At: day, Error: "e"}}))
	f.Add(byte(6), encodePoint(news.FigurePoint{Item: it.ID, Figure: it.Figures[0]}))
	f.Add(byte(7), encodeListing(news.Listing{Frame: 7, Entries: []news.Listed{{Span: 1, Sketch: news.Sketch{TextHash: 2, TitleHash: 3, Dayless: 4, Dated: news.DatedFeed, Published: day, Rich: true, Keys: it.Keys}}}}))
	f.Add(byte(8), encodeMention(news.MentionsOf(it)[0]))
	f.Add(byte(9), encodeReduced(Reduced{Rules: 7, Kept: []byte("kept")}, day))
	f.Fuzz(func(t *testing.T, kind byte, rec []byte) {
		if len(rec) == 0 {
			return
		}
		fn := again[int(kind)%len(again)]
		first, err := fn(rec)
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNewer) && !errors.Is(err, news.ErrNotFound) {
				t.Errorf("decode(%q) = %v, want %v", rec, err, ErrDamaged)
			}
			return
		}
		second, err := fn(first)
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("kind %d: %q is read as %q, %v", kind, first, second, err)
		}
	})
}

// TestOlderRecords holds that records of before an item had events or knew what it
// revises, and a revision what it would be, are read.
func TestOlderRecords(t *testing.T) {
	it := item("trend", 4)
	for version, missing := range map[byte]int{itemV1: 2, itemV2: 1} { // the last fields, which are empty
		rec := encodeItem(it)
		rec = append([]byte{version}, rec[1:len(rec)-missing]...)
		got, err := decodeItem(rec, 0)
		if diff := cmp.Diff(it, got); diff != "" || err != nil {
			t.Errorf("an item of version %d: %v (-want +got):\n%s", version, err, diff)
		}
	}
	want := news.Revision{Item: it.ID, At: day, Title: "t", Text: "x", TextHash: 7}
	e := newEncoder(recordV1, 0)
	e.str(want.Item)
	e.time(want.At)
	e.str(want.Title)
	e.str(want.Text)
	e.fixed(want.TextHash)
	revision, err := decodeRevision(e.b)
	if diff := cmp.Diff(want, revision); diff != "" || err != nil {
		t.Errorf("a revision of version 1: %v (-want +got):\n%s", err, diff)
	}
	want.Became, want.Verdict = "x", it.Verdict
	want.Verdict.Evidence[0].Form = want.Text[:1]
	revision, err = decodeRevision(encodeRevision(want))
	if diff := cmp.Diff(want, revision); diff != "" || err != nil {
		t.Errorf("a revision of today: %v (-want +got):\n%s", err, diff)
	}
}

// filledState is a feed's state with another value in every field.
func filledState() news.FeedState {
	return news.FeedState{
		Feed: "trend", URL: "https://trend.example/rss", Adopted: "https://new.trend.example/rss", ETag: `"1"`, LastModified: "Sun, 08 Mar 2026 04:00:00 GMT",
		BodyHash: 1 << 63, NextDue: day.Add(1), LastAttempt: day.Add(2), LastSuccess: day.Add(3), LastNew: day.Add(4), Failures: 5, Status: 404,
		Cause: news.CauseStatus, Error: "status 404", Ailment: news.CauseStale, Notified: news.CauseDNS, TroubleSince: day.Add(6), HeldUntil: day.Add(7),
		Title: "Trend", MovedTo: "https://other.example/", MovedCount: 2, Gone: true, GUIDs: news.GUIDShared, Listed: true, Advice: "raise every",
		Entries: 10, Stated: 11, SkipHours: 1 << 23, SkipDays: 1 << 6, Arrived: 12.5, Over: 13,
	}
}

func filledFeed() feedRecord {
	return feedRecord{last: 14, state: filledState(), sent: news.CauseDNS, sentSince: day, sentMove: "https://new.trend.example/rss"}
}

func TestFeedRecord(t *testing.T) {
	want := filledFeed()
	for i, v := 0, reflect.ValueOf(want.state); i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("the test leaves %s empty", v.Type().Field(i).Name)
		}
	}
	got, err := decodeFeed(encodeFeed(want))
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(feedRecord{})); diff != "" || err != nil {
		t.Errorf("a feed's record is read as (-want +got):\n%s%v", diff, err)
	}
}

// What the record of the next poll is held against is read without the rest.
func TestFeedRecordInPart(t *testing.T) {
	want := filledFeed()
	st := want.state
	want.state = news.FeedState{Feed: st.Feed, Adopted: st.Adopted, Listed: true}
	got, err := readFeed(encodeFeed(filledFeed()), false)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(feedRecord{})); diff != "" || err != nil {
		t.Errorf("a feed's record is read in part as (-want +got):\n%s%v", diff, err)
	}
}

// encodeFeedV2 is how the second version was written.
func encodeFeedV2(r feedRecord) []byte {
	e := newEncoder(feedV2, 256)
	e.uint(r.last)
	st := r.state
	for _, s := range []string{st.Feed, st.URL, st.ETag, st.LastModified, string(st.Cause), st.Error, string(st.Notified), st.Title, st.MovedTo, string(st.GUIDs), string(st.Advice)} {
		e.sym(s)
	}
	e.fixed(st.BodyHash)
	for _, t := range []time.Time{st.NextDue, st.LastAttempt, st.LastSuccess, st.LastNew} {
		e.time(t)
	}
	e.int(int64(st.Failures))
	e.int(int64(st.MovedCount))
	e.bool(st.Gone)
	encodeList(e, r.listed, e.fixed)
	for _, s := range []string{st.Adopted, string(st.Ailment)} {
		e.sym(s)
	}
	e.int(int64(st.Status))
	e.time(st.TroubleSince)
	e.time(st.HeldUntil)
	e.int(int64(st.Entries))
	e.int(int64(st.Stated))
	e.uint(uint64(st.SkipHours))
	e.uint(uint64(st.SkipDays))
	e.float(st.Arrived)
	e.int(int64(st.Over))
	e.sym(string(r.sent))
	e.time(r.sentSince)
	e.sym(r.sentMove)
	return e.b
}

// A record of the second version, which has what the last document listed, stays readable.
func TestFeedRecordV2(t *testing.T) {
	want := filledFeed()
	want.listed = []uint64{8, 9}
	got, err := decodeFeed(encodeFeedV2(want))
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(feedRecord{})); diff != "" || err != nil {
		t.Errorf("a record of version 2 is read as (-want +got):\n%s%v", diff, err)
	}
}

// A record of the first version, which ends before what the second has, stays readable.
func TestFeedRecordV1(t *testing.T) {
	e := newEncoder(recordV1, 64)
	e.uint(14)
	for _, s := range []string{"trend", "https://trend.example/rss", `"1"`, "", "", "", "", "Trend", "", "stable", ""} {
		e.sym(s)
	}
	e.fixed(7)
	for range 4 {
		e.time(day)
	}
	e.int(0)
	e.int(0)
	e.bool(false)
	encodeList(e, []uint64{8}, e.fixed)
	e.int(0)
	got, err := decodeFeed(e.b)
	want := feedRecord{last: 14, listed: []uint64{8}, state: news.FeedState{
		Feed: "trend", URL: "https://trend.example/rss", ETag: `"1"`, Title: "Trend", GUIDs: news.GUIDStable, BodyHash: 7,
		NextDue: day, LastAttempt: day, LastSuccess: day, LastNew: day, Listed: true,
	}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(feedRecord{})); diff != "" || err != nil {
		t.Errorf("a record of version 1 is read as (-want +got):\n%s%v", diff, err)
	}
	e.b[0] = feedV3 + 1
	if _, err := decodeFeed(e.b); !errors.Is(err, ErrNewer) {
		t.Errorf("a record of a later version = %v, want %v", err, ErrNewer)
	}
}

// A story of the first version, which ends before the one before it, stays readable.
func TestStoryRecordV1(t *testing.T) {
	want := news.Story{ID: "s1", First: day, Last: day, Series: "trade turnover, monthly", Members: []news.Member{{Item: "1", FirstSeen: day}}}
	rec := encodeStory(want)
	if got, err := decodeStory(rec); err != nil || !cmp.Equal(want, got, cmpopts.EquateEmpty()) {
		t.Errorf("a story is read as %+v (%v), want %+v", got, err, want)
	}
	old := rec[:len(rec)-1] // the last field, which is empty
	old[0] = recordV1
	if got, err := decodeStory(old); err != nil || !cmp.Equal(want, got, cmpopts.EquateEmpty()) {
		t.Errorf("a story of version 1 is read as %+v (%v), want %+v", got, err, want)
	}
}

// The places of a story are those that all of it would give, and a record that is cut off
// in them has none.
func TestStoryPlaces(t *testing.T) {
	many := news.Story{ID: "many", Into: "s2", First: day.Add(time.Nanosecond), Last: day, Series: "customs", Told: []news.Told{{Digest: "daily", Slot: day}}}
	for n := range 100 {
		id := fmt.Sprint("item ", n)
		many.Members = append(many.Members, news.Member{Item: id, Seq: uint64(n * 37 % 101), Outlet: "o", FirstSeen: day, CopyOf: id, Score: 0.5})
	}
	for _, st := range []news.Story{many, {ID: "none"}, {ID: "old", First: time.Unix(-5, 0), Members: []news.Member{{}}}} {
		rec := encodeStory(st)
		got, err := storyPlaces(rec, st.ID)
		if err != nil || !bytes.Equal(recentKey(got), recentKey(st)) || !bytes.Equal(seriesKey(got), seriesKey(st)) || len(got.Members) != min(len(st.Members), 1) {
			t.Errorf("places of story %q: %+v, %v", st.ID, got, err)
		}
		for n := 1; n < len(rec); n++ {
			got, err := storyPlaces(rec[:n], st.ID)
			if err == nil && (!bytes.Equal(recentKey(got), recentKey(st)) || !bytes.Equal(seriesKey(got), seriesKey(st))) {
				t.Errorf("the first %d bytes of story %q are taken for a whole one", n, st.ID)
			}
		}
		rec[0] = storyV2 + 1
		if _, err := storyPlaces(rec, st.ID); !errors.Is(err, ErrNewer) {
			t.Errorf("a record of a later version = %v, want %v", err, ErrNewer)
		}
	}
}

// FuzzWords holds that every word of an item is found, pending and in postings.
func FuzzWords(f *testing.F) {
	f.Add("gas supply", "gas", uint16(7))
	f.Add("", "x", uint16(4095))
	s, undo := tempStore(f), errors.New("undo")
	f.Fuzz(func(t *testing.T, text, other string, place uint16) {
		words, at := strings.Fields(text), uint64(place)%partitionSize
		rec := encodeWords(terms(words...))
		var p postings
		p.addItem(at, rec)
		err := s.write(func(tx *bbolt.Tx) error {
			if err := p.write(tx, 0); err != nil {
				return err
			}
			for _, word := range append(words, other) {
				w := uint64(news.IndexTermOf(word))
				var got places
				if err := lookUp(in(tx, "words"), 0, w, &got); err != nil {
					return err
				}
				if pending := hasWord(rec, w); got.has(at) != pending || word != other && !pending {
					t.Errorf("%q of %q: in postings %v, pending %v", word, words, got.has(at), pending)
				}
			}
			return undo
		})
		if !errors.Is(err, undo) {
			t.Error(err)
		}
	})
}

// TestStoryless holds that what a record says without being read is what it says when it
// is, also where its strings repeat each other and where it is cut.
func TestStoryless(t *testing.T) {
	it := item("trend", 4)
	for name, change := range map[string]func(*news.Item){
		"no story": func(*news.Item) {}, "a story": func(it *news.Item) { it.Story = "s1" },
		"named as the feed": func(it *news.Item) { it.Story = it.Feed },
		"nothing is named":  func(it *news.Item) { it.Feed, it.Outlet, it.Side, it.Lang = "", "", "", "" },
		"one name for all":  func(it *news.Item) { it.Outlet, it.Story = it.Feed, it.Feed },
		"long ago":          func(it *news.Item) { it.FirstSeen, it.Published = time.Time{}, time.Time{} },
	} {
		it := it
		change(&it)
		for _, rec := range [][]byte{encodeItem(it), encodeStub(headOf(it))} {
			if got, want := storyless(rec), it.Story == ""; got != want {
				t.Errorf("%s: storyless = %v, want %v", name, got, want)
			}
			for n := 1; n < len(rec); n++ {
				if h, _, err := decodeHead(rec[:n]); storyless(rec[:n]) && (err == nil && h.Story != "" || it.Story != "") {
					t.Errorf("%s: the first %d bytes are taken for storyless", name, n)
				}
			}
		}
	}
	if storyless([]byte{itemV3 + 1, 1}) {
		t.Error("a record of a newer version is taken for storyless")
	}
}
