package publish_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/store"
)

// reword stores a later wording of an item.
func (w *world) reword(t fataler, id, title, text string) {
	it, err := w.store.Item(id)
	if err != nil {
		t.Fatalf("Item(%q) = %v", id, err)
	}
	b := store.Batch{
		State:     news.FeedState{Feed: it.Feed, LastSuccess: w.now},
		Attempt:   news.Attempt{Feed: it.Feed, At: w.now, Status: 200, Entries: 1, Repeated: 1, Revised: 1},
		Revisions: []news.Revision{{Item: id, At: w.now, Title: title, Text: text, TextHash: uint64(w.now.UnixNano())}},
	}
	if err := w.store.SaveBatch(&b); err != nil {
		t.Fatalf("SaveBatch = %v", err)
	}
}

// told returns the entries of a digest.
func told(d news.Digest) []news.Entry {
	var out []news.Entry
	for _, s := range d.Sections {
		out = append(out, s.Entries...)
	}
	return out
}

const (
	fewWagons  = "The ministers of the two countries named 40 wagons of grain that wait at the border."
	manyWagons = "The ministers of the two countries named 140 wagons of grain that wait at the border."
)

func TestCorrectionIsToldOnce(t *testing.T) {
	w := open(t)
	w.text = fewWagons
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	w.poll(t, poll{feed: "araz", topics: []string{"energy"}})
	w.now = w.now.Add(time.Hour)
	first := w.make(t, daily(), w.now)
	id := told(first)[0].Items[0]

	w.now = w.now.Add(time.Hour)
	it, err := w.store.Item(id)
	if err != nil {
		t.Fatal(err)
	}
	w.reword(t, id, it.Title, manyWagons)
	rejected := w.poll(t, poll{feed: "kura", rejected: 1})
	w.now = w.now.Add(time.Hour)
	second := w.make(t, daily(), w.now)
	es := told(second)
	if len(es) != 1 || len(rejected) != 0 {
		t.Fatalf("%d stories told, want the corrected one", len(es))
	}
	want := news.Correction{
		Item: id, Outlet: "kura", Side: news.SideAz, URL: it.URL, At: w.now.Add(-time.Hour), Kind: news.CorrectedNumber,
		Old: fewWagons, New: manyWagons, Silent: true,
	}
	if diff := cmp.Diff([]news.Correction{want}, es[0].Corrections); diff != "" {
		t.Errorf("corrections (-want +got):\n%s", diff)
	}
	if es[0].Reason != news.ReasonCorrected || len(es[0].Items) != 0 || !es[0].Before.Equal(first.Slot.At) {
		t.Errorf("reason %q, items %q, before %v", es[0].Reason, es[0].Items, es[0].Before)
	}
	e, err := w.store.Edition(second.Slot)
	if err != nil {
		t.Fatal(err)
	}
	for form, b := range map[string][]byte{"text": e.Text, "flowed": e.Flowed, "HTML": e.HTML, "Markdown": e.Markdown, "JSON": e.JSON} {
		if flat := strings.Join(strings.Fields(string(b)), " "); !strings.Contains(flat, fewWagons) || !strings.Contains(flat, manyWagons) {
			t.Errorf("%s does not show both wordings", form)
		}
	}

	w.now = w.now.Add(-90 * time.Minute) // set back before the rewording was found
	w.poll(t, poll{feed: "kura", rejected: 1})
	w.now = w.now.Add(2 * time.Hour)
	if es := told(w.make(t, daily(), w.now)); len(es) != 0 {
		t.Errorf("the correction is told again: %+v", es)
	}
}

func TestCorrectionBeforeTheEdition(t *testing.T) {
	w := open(t)
	w.text = fewWagons
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	w.now = w.now.Add(time.Minute)
	w.reword(t, fmt.Sprintf("%016x", w.n), "Russia and Azerbaijan agree on item 1", manyWagons)
	w.now = w.now.Add(time.Minute)
	es := told(w.make(t, daily(), w.now))
	if len(es) != 1 || es[0].Reason != "" || len(es[0].Corrections) != 1 {
		t.Errorf("entries %+v, want a new story with its correction", es)
	}
}

func TestWithdrawnReportIsTold(t *testing.T) {
	w := open(t)
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	w.now = w.now.Add(time.Hour)
	id := told(w.make(t, daily(), w.now))[0].Items[0]
	w.reword(t, id, "RETRACTED: Russia and Azerbaijan agree on item 1", "This report has been withdrawn.")
	w.now = w.now.Add(time.Hour)
	d := w.make(t, daily(), w.now)
	es := told(d)
	if len(es) != 1 || es[0].Reason != news.ReasonCorrected || len(es[0].Corrections) != 1 || es[0].Corrections[0].Kind != news.CorrectedWithdrawn {
		t.Fatalf("entries %+v, want the story whose report was withdrawn", es)
	}
	e, err := w.store.Edition(d.Slot)
	if err != nil || !strings.Contains(string(e.Text), "Withdrawn: kura") {
		t.Errorf("the edition is %s, %v, want it to say who has withdrawn", e.Text, err)
	}
}

// An outlet that has changed its number is not said to differ by the one it took back.
func TestChangedNumberDiffersNoMore(t *testing.T) {
	w := open(t)
	value := func(v string) string {
		return "Azerbaijan exported goods worth $" + v + " billion to Russia in 2025, the State Customs Committee said."
	}
	figured := func(feed, v string, story string) string {
		it := w.item(feed)
		lx, err := reader()
		if err != nil {
			t.Fatal(err)
		}
		it.Text = value(v)
		it.Figures = figures.Extract(lx.Analyse(it.Title, it.Text, it.Lang), it.Published)
		it.Verdict = news.Verdict{Relevant: true, Score: 3, Matches: []news.Match{{Topic: "trade", Score: 2}}}
		st := news.Story{ID: "s" + it.ID}
		if story != "" {
			if st, err = w.store.Story(story); err != nil {
				t.Fatal(err)
			}
		}
		it.Story = st.ID
		b := store.Batch{
			State: news.FeedState{Feed: feed, LastSuccess: w.now}, Attempt: news.Attempt{Feed: feed, At: w.now, Status: 200, Entries: 1, New: 1},
			Items: []news.Item{it}, Stories: []news.Story{w.story(st, it)},
		}
		if err := w.store.SaveBatch(&b); err != nil {
			t.Fatal(err)
		}
		return it.ID
	}
	differ := func() string {
		t.Helper()
		w.now = w.now.Add(time.Hour)
		es := told(w.make(t, daily(), w.now))
		if len(es) != 1 {
			t.Fatalf("%d stories told, want one", len(es))
		}
		var out []string
		for _, d := range es[0].Differs {
			for _, p := range d.Values {
				out = append(out, fmt.Sprint(p.Outlet, " ", p.Figure.Value))
			}
		}
		return strings.Join(out, ", ")
	}
	id := figured("kura", "1.1", "")
	figured("terek", "1.2", "s"+id)
	if got, want := differ(), "kura 1.1, terek 1.2"; got != want {
		t.Errorf("outlets differ in %q, want %q", got, want)
	}
	w.reword(t, id, "Russia and Azerbaijan agree on item 1", value("1.3"))
	if got, want := differ(), "kura 1.3, terek 1.2"; got != want {
		t.Errorf("outlets differ in %q after a correction, want %q", got, want)
	}
}

func TestEarlierEditions(t *testing.T) {
	w := open(t)
	slot := time.Date(2026, 3, 7, 4, 0, 0, 0, time.UTC)
	plan := daily()
	plan.MaxStories, plan.Merge = 1, true
	stories := w.poll(t, poll{feed: "kura", topics: []string{"trade", "trade"}})
	w.now = slot
	first := w.make(t, plan, slot)
	if len(first.Held) != 1 || first.Missed != 0 || first.Page != "" {
		t.Fatalf("held %v, missed %d, page %q; want one line, none and none", first.Held, first.Missed, first.Page)
	}
	w.now = slot.Add(50 * time.Hour)
	for _, id := range stories {
		if id == first.Held[0].Story {
			w.poll(t, poll{feed: "terek", joins: []string{id}})
		}
	}
	w.now = slot.Add(73 * time.Hour)
	due, err := publish.Due(w.store, plan, slot, w.now)
	if err != nil || len(due) != 1 {
		t.Fatalf("Due = %v, %v, want the three missed as one", due, err)
	}
	w.pages = "https://news.example.org/samur/"
	w.publisher(outlet{})
	d := w.make(t, plan, due[0].At)
	es := told(d)
	if d.Missed != 2 || len(es) != 1 || !es[0].Listed.Equal(slot) || !es[0].Before.IsZero() {
		t.Errorf("missed %d, entries %+v; want 2 and the story that had a line on the first day", d.Missed, es)
	}
	if got, want := d.Page, "https://news.example.org/samur/digests/daily@2026-03-10T04:00:00Z"; got != want {
		t.Errorf("page = %q, want %q", got, want)
	}
}

func TestMeetingsAhead(t *testing.T) {
	w := open(t)
	w.text = "The two deputy prime ministers will meet in Baku on 12 March to speak of the border."
	w.event = &news.Event{
		Kind: news.EventMeeting, State: news.EventPlanned, Day: "2026-03-12", Where: "city/baku", Sentence: w.text, Field: news.FieldText, Start: 30, End: 34,
		Who: []string{"person/alexei-overchuk", "person/shahin-mustafayev"},
	}
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	w.event.Day, w.event.Sentence = "2026-05-12", "too far" // to be of interest
	w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
	w.now = w.now.Add(time.Hour)
	for _, c := range []struct {
		topic string
		want  int
	}{{"", 1}, {"trade", 1}, {"energy", 0}} {
		plan := daily()
		plan.Name = "daily" + c.topic
		if c.topic != "" {
			plan.Topics = []string{c.topic}
		}
		d := w.make(t, plan, w.now)
		if len(d.Ahead) != c.want {
			t.Fatalf("topic %q: %d meetings ahead, want %d", c.topic, len(d.Ahead), c.want)
		}
		if c.want == 0 {
			continue
		}
		m := d.Ahead[0]
		if got, want := strings.Join(m.Who, ", ")+"; "+m.Where, "Alexei Overchuk, Shahin Mustafayev; Baku"; got != want || m.Quote.Text != w.text {
			t.Errorf("ahead %q with %q, want %q", got, m.Quote.Text, want)
		}
	}
}

// TestMeetingsToldOfLongBefore holds that a meeting is told ahead when its day is near,
// however long before it was announced; that what was said of it since counts, also where
// it named no day; and that it is told once.
func TestMeetingsToldOfLongBefore(t *testing.T) {
	const announced = "Alexei Overchuk and Shahin Mustafayev will meet in Baku on 12 March."
	day := func(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
	planned := news.Event{
		Kind: news.EventMeeting, State: news.EventPlanned, Day: "2026-03-12", Where: "city/baku", Field: news.FieldText, Start: 0, End: 4,
		Who: []string{"person/alexei-overchuk", "person/shahin-mustafayev"}, Sentence: announced,
	}
	with := func(state news.EventState, day, was, said string) news.Event {
		e := planned
		e.State, e.Day, e.Was, e.Sentence = state, day, was, said
		return e
	}
	for _, tt := range []struct {
		name   string
		events map[int]news.Event // days before the edition -> what was said then
		want   string             // the day of the meeting ahead, "" for none
	}{
		{"announced two months before", map[int]news.Event{60: planned}, "2026-03-12"},
		{"called off a month before", map[int]news.Event{60: planned, 30: with(news.EventCancelled, "", "2026-03-12", "The meeting of Overchuk and Mustafayev in Baku is off.")}, ""},
		{"put off a month before, to no day", map[int]news.Event{60: planned, 30: with(news.EventPostponed, "", "2026-03-12", "The meeting of Overchuk and Mustafayev in Baku is put off.")}, ""},
		{
			"put off a month before, to a day that is near",
			map[int]news.Event{100: with(news.EventPlanned, "2026-02-10", "", "They will meet on 10 February."), 30: with(news.EventPostponed, "2026-03-14", "2026-02-10", "The meeting is put off to 14 March.")},
			"2026-03-14",
		},
		{"told of again", map[int]news.Event{60: planned, 45: planned, 1: planned}, "2026-03-12"},
		{"held last week", map[int]news.Event{60: with(news.EventPlanned, "2026-03-03", "", announced)}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := open(t)
			end := w.now
			for before := 100; before > 0; before-- {
				e, said := tt.events[before]
				if !said {
					continue
				}
				w.now, w.text, w.event = end.Add(-day(before)), e.Sentence, &e
				w.poll(t, poll{feed: "kura", topics: []string{"trade"}})
			}
			w.now, w.event = end, nil
			d := w.make(t, daily(), end)
			var got []string
			for _, m := range d.Ahead {
				got = append(got, m.Occasion.Day)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("ahead on %s: %q, want %q", end.Format(time.DateOnly), s, tt.want)
			}
		})
	}
}
