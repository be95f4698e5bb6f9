package publish_test

import (
	"slices"
	"testing"
	"time"

	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/store"
)

// TestPartedIsTold lets a report stand in a story that was told before, where it adds
// nothing, and then turn out to be another event: the next edition tells it, and its
// account says whence it comes.
func TestPartedIsTold(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*publish.Plan) // of the edition that sees it where it does not belong
		told   int
	}{
		{"told", func(*publish.Plan) {}, 1},
		{"by a digest that is not about it", func(p *publish.Plan) { p.Topics = []string{"energy"} }, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := open(t)
			plan := daily()
			tt.change(&plan)
			w.now = w.now.Add(time.Hour)
			w.title, w.text = "Russia and Azerbaijan agree on wagons", "The ministers named nine wagons."
			id := w.poll(t, poll{feed: "wire", topics: []string{"trade"}})[0]
			next := func() news.Digest {
				w.now = w.now.Add(24 * time.Hour)
				return w.make(t, plan, w.now.Truncate(time.Hour))
			}
			next()
			w.poll(t, poll{feed: "wire", joins: []string{id}})
			if l := next().Ledger; l.Repeated+l.Rejected != 1 || l.Told != 0 {
				t.Fatalf("ledger = %+v, want the report repeated, or off topic", l)
			}
			item := w.part(t, id)
			d := next()
			if l := d.Ledger; l.Told != tt.told || l.Parted != tt.told || l.Seen != 0 {
				t.Errorf("ledger after it left the story = %+v, want %d told and parted", l, tt.told)
			}
			var told []string
			for _, s := range d.Sections {
				for _, e := range s.Entries {
					told = append(told, e.Items...)
				}
			}
			if slices.Contains(told, item) != (tt.told == 1) {
				t.Errorf("told %q, want %q told %d times", told, item, tt.told)
			}
			if l := next().Ledger; l.Told != 0 || l.Parted != 0 {
				t.Errorf("ledger of the day after = %+v, want nothing told again", l)
			}
		})
	}
}

// part takes the last member out of a story into one of its own, as settling does.
func (w *world) part(t *testing.T, id string) (item string) {
	t.Helper()
	st, err := w.store.Story(id)
	if err != nil {
		t.Fatal(err)
	}
	m := st.Members[len(st.Members)-1]
	st.Members = st.Members[:len(st.Members)-1]
	own := news.Story{ID: "s" + m.Item, First: m.FirstSeen, Last: m.FirstSeen, Members: []news.Member{m}}
	err = w.store.SaveStories([]news.Story{st, own}, map[string]string{m.Item: own.ID}, store.Parted{Item: m.Item, Seq: m.Seq})
	if err != nil {
		t.Fatal(err)
	}
	return m.Item
}

// TestHeldIsNotParted holds that what had a line does not come back because it left its
// story.
func TestHeldIsNotParted(t *testing.T) {
	w := open(t)
	plan := daily()
	plan.MaxStories = 1
	w.now = w.now.Add(time.Hour)
	ids := w.poll(t, poll{feed: "wire", topics: []string{"trade", "trade"}})
	w.poll(t, poll{feed: "other", joins: ids})
	w.now = w.now.Add(24 * time.Hour)
	d := w.make(t, plan, w.now.Truncate(time.Hour))
	if len(d.Held) != 1 {
		t.Fatalf("%d stories have a line, want 1", len(d.Held))
	}
	w.part(t, d.Held[0].Story)
	w.now = w.now.Add(24 * time.Hour)
	if l := w.make(t, plan, w.now.Truncate(time.Hour)).Ledger; l.Told != 0 || l.Held != 0 || l.Parted != 0 {
		t.Errorf("ledger = %+v, want nothing", l)
	}
}
