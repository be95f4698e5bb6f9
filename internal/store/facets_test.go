package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// mixed stores n items of ten feeds, of several outlets, languages, sides and topics, one
// in sixty archived with a date of long ago.
func mixed(t *testing.T, s *Store, n int) {
	t.Helper()
	var bs []*Batch
	for from := 0; from < n; from += 250 {
		feed := fmt.Sprint("feed-", from/250%10)
		b := batch(feed, from, min(from+250, n))
		for i := range b.Items {
			k := from + i
			it := &b.Items[i]
			it.Text, it.Verdict.Evidence = "", nil
			it.Outlet, it.Lang = fmt.Sprint("outlet ", k%7), []news.Lang{news.En, news.Ru, news.Az}[k%3]
			it.Side = []news.Side{news.SideAz, news.SideRu, news.SideOther}[k/5%3]
			it.Verdict.Matches = nil
			if k%4 == 0 {
				it.Verdict.Matches = []news.Match{{Topic: fmt.Sprint("topic-", k%3)}, {Topic: "all"}}
			}
			if k%60 == 1 {
				it.Published = day.AddDate(-3, 0, -k%500)
			}
		}
		if bs = append(bs, b); len(bs) == 10 || from+250 >= n {
			if err := s.SaveBatches(bs); err != nil {
				t.Fatal(err)
			}
			bs = nil
		}
	}
}

// filterings are questions such as readers ask, and some that no item answers.
func filterings() map[string]Query {
	at := func(minutes int) time.Time { return day.Add(time.Duration(minutes) * time.Minute) }
	return map[string]Query{
		"all":                 {},
		"outlet":              {Outlet: "outlet 3"},
		"feed":                {Feed: "feed-7"},
		"no such outlet":      {Outlet: "outlet 9"},
		"no such feed":        {Feed: "outlet 3"},
		"side and language":   {Side: news.SideRu, Lang: news.Az},
		"topic":               {Topic: "topic-2", Relevant: true},
		"no such topic":       {Topic: "topic"},
		"word":                {Groups: [][]news.IndexTerm{terms("n4100")}},
		"word and filter":     {Groups: [][]news.IndexTerm{terms("n77", "n78", "n9000"), terms("gas")}, Lang: news.En},
		"common word, filter": {Groups: [][]news.IndexTerm{terms("gas")}, Outlet: "outlet 1", Topic: "topic-0", Side: news.SideAz},
		"no such word":        {Groups: [][]news.IndexTerm{terms("gas"), terms("zeppelin")}, Relevant: true},
		"from":                {From: at(8900)},
		"from and to":         {From: at(4000), To: at(4200), Lang: news.Ru},
		"long ago":            {To: day.AddDate(-3, 0, -400)},
		"to":                  {To: at(100), Relevant: true},
		"before and after":    {After: 4000, Before: 4200, Outlet: "outlet 2"},
		"before the epoch":    {From: time.Date(1950, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(1969, 1, 1, 0, 0, 0, 0, time.UTC)},
	}
}

// agree compares what is found with what a look at every item says, and returns the
// number of records that were read.
func agree(t *testing.T, s *Store, state string) (read int) {
	t.Helper()
	var all []news.Item
	var heads []itemHead
	if err := s.ItemsBetween(0, 1<<40, func(it news.Item) bool {
		all, heads = append(all, it), append(heads, headOf(it))
		return true
	}); err != nil {
		t.Fatal(err)
	}
	for name, q := range filterings() {
		q.Limit = len(all) + 1
		var want, got, traits []uint64
		for i := len(all) - 1; i >= 0; i-- {
			it := all[i]
			has := it.Seq > q.After && (q.Before == 0 || it.Seq < q.Before) && q.takes(heads[i])
			for _, g := range q.Groups {
				has = has && holds(it, g)
			}
			if has {
				want = append(want, it.Seq)
			}
		}
		f := finder{q: q, groups: q.groups()}
		f.found = func(itemHead, []byte) error { got = append(got, f.at); return nil }
		if err := s.find(&f); err != nil {
			t.Fatalf("%s: %s: %v", state, name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s: found (-want +got):\n%s", state, name, diff)
		}
		if err := s.Traits(q, func(x Traits) { traits = append(traits, x.Seq) }); err != nil || !cmp.Equal(want, traits) {
			t.Errorf("%s: %s: Traits has %d items, %v, want %d", state, name, len(traits), err, len(want))
		}
		read += f.seen
	}
	return read
}

// holds reports whether an item of batch has one of the terms.
func holds(it news.Item, g []news.IndexTerm) bool {
	for _, w := range terms("gas", "supply", "n"+it.GUID, it.Feed) {
		for _, x := range g {
			if w == x {
				return true
			}
		}
	}
	return false
}

// The facets that are read out of a record are those of its item, and one that is cut off
// in them is an error.
func TestFaceter(t *testing.T) {
	many := item("trend", 1)
	many.Outlet, many.Story = many.Feed, "energy" // repeated, as the topic below
	for n := range 2 * maxSyms {
		many.Verdict.Matches = append(many.Verdict.Matches, news.Match{Topic: fmt.Sprint("topic ", n%(maxSyms+9))})
	}
	f := faceter{terms: map[string]news.IndexTerm{}}
	for name, it := range map[string]news.Item{"plain": item("trend", 2), "irrelevant": item("trend", 3), "many topics": many, "empty": {ID: "x"}} {
		h := headOf(it)
		want := []news.IndexTerm{facet("feed", h.Feed), facet("outlet", h.Outlet), facet("side", string(h.Side)), facet("lang", string(h.Lang))}
		if h.Relevant {
			want = append(want, facet("relevant", ""))
		}
		for _, topic := range h.Topics {
			want = append(want, facet("topic", topic))
		}
		rec := encodeItem(it)
		for n := len(rec); n > 0; n-- {
			var got []news.IndexTerm
			published, err := f.read(rec[:n], func(term news.IndexTerm) { got = append(got, term) })
			whole := slices.Equal(got, want) && published.Equal(h.Published)
			if err == nil && !whole || err != nil && n == len(rec) {
				t.Fatalf("%s: %d of %d bytes: facets %x of %v, %v, want %x of %v", name, n, len(rec), got, published, err, want, h.Published)
			}
		}
		rec[0] = itemV3 + 1
		if _, err := f.read(rec, func(news.IndexTerm) {}); !errors.Is(err, ErrNewer) {
			t.Errorf("a record of a later version = %v, want %v", err, ErrNewer)
		}
	}
}

// strip makes of a partition what was written before there were facets.
func strip(t *testing.T, s *Store, partition uint64) {
	t.Helper()
	words := map[uint64][]byte{}
	if err := s.ItemsBetween(max(partition<<partitionBits, 1)-1, (partition+1)<<partitionBits-1, func(it news.Item) bool {
		words[it.Seq] = encodeWords(terms("gas", "supply", "n"+it.GUID, it.Feed))
		return true
	}); err != nil {
		t.Fatal(err)
	}
	err := s.write(func(tx *bbolt.Tx) error {
		if err := dropPartition(tx, partition); err != nil {
			return err
		}
		if err := in(tx, "dates").delete(datesKey(partition)); err != nil {
			return err
		}
		var p postings
		for seq, rec := range words {
			p.addItem(seq, rec)
		}
		return p.write(tx, partition)
	})
	if err != nil {
		t.Fatal(err)
	}
	s.faceted.Store(false) // as after a start
}

// TestFilters asks the same questions of a store in all the states that its partitions
// can be in. What is found is the same in each; what must be read for it is not.
func TestFilters(t *testing.T) {
	const n = 2*partitionSize + 300
	path := filepath.Join(t.TempDir(), "samur.db")
	s := openAt(t, path)
	mixed(t, s, n)
	indexed := agree(t, s, "as written")
	strip(t, s, 0)
	strip(t, s, 1)
	if bare := agree(t, s, "before there were facets"); bare < 3*indexed {
		t.Errorf("%d records were read with facets and %d without, want less than a third", indexed, bare)
	}
	more := n
	for range 4 { // two partitions, a call that finds none, and one that remembers it
		save(t, s, batch("feed-0", more, more+1))
		more++
	}
	if again := agree(t, s, "behind polls"); again > indexed+indexed/20 {
		t.Errorf("%d records were read after the polls, want about %d", again, indexed)
	}
	if !s.faceted.Load() {
		t.Error("partitions without facets are looked for at every poll")
	}
	words := func(it news.Item) Retaken { return Retaken{terms("gas", "supply", "n"+it.GUID, it.Feed), it.Events} }
	if _, err := s.Reindex(t.Context(), 1, words); err != nil {
		t.Fatal(err)
	}
	agree(t, s, "indexed anew")
	if _, err := s.Prune(Keep{Items: day.Add(5000 * time.Minute), Identities: day}); err != nil {
		t.Fatal(err)
	}
	agree(t, s, "pruned")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Check(t.Context(), path); err != nil {
		t.Error(err)
	}
}

// A question for what nobody wrote reads nothing but the newest items, which have no
// postings yet.
func TestNothingIsReadForNothing(t *testing.T) {
	s := tempStore(t)
	mixed(t, s, partitionSize+200)
	for _, q := range []Query{{Outlet: "nobody"}, {Topic: "none", Relevant: true}, {Feed: "none", Groups: [][]news.IndexTerm{terms("gas")}}} {
		q.Limit = 50
		f := finder{q: q, groups: q.groups()}
		if err := s.find(&f); err != nil || f.seen > 210 {
			t.Errorf("%+v: %d records were read, %v, want at most 210", q, f.seen, err)
		}
	}
}
