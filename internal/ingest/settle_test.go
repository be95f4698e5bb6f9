package ingest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/cluster"
	"samur/internal/news"
	"samur/internal/store"
)

// reports are the same event in three languages, and another event.
var (
	reportEn = entry{
		guid: "en", path: "en", at: day.Add(-time.Hour),
		title: "Overchuk and Mustafayev discuss North-South corridor in Baku",
		text:  "Russian Deputy Prime Minister Alexei Overchuk met his Azerbaijani counterpart Shahin Mustafayev in Baku. Trade between Russia and Azerbaijan reached 4.9 billion dollars in 2025.",
	}
	reportRu = entry{
		guid: "ru", path: "ru", at: day.Add(-50 * time.Minute),
		title: "Оверчук и Мустафаев обсудили в Баку коридор «Север — Юг»",
		text:  "Вице-премьер России Алексей Оверчук встретился в Баку с вице-премьером Азербайджана Шахином Мустафаевым. Товарооборот России и Азербайджана в 2025 году составил 4,9 млрд долларов.",
	}
	reportAz = entry{
		guid: "az", path: "az", at: day.Add(-40 * time.Minute),
		title: "Overçuk və Mustafayev Bakıda Şimal-Cənub dəhlizini müzakirə ediblər",
		text:  "Rusiyanın Baş nazirinin müavini Aleksey Overçuk Bakıda Azərbaycanın Baş nazirinin müavini Şahin Mustafayevlə görüşüb. Rusiya ilə Azərbaycan arasında ticarət dövriyyəsi 2025-ci ildə 4,9 milyard dollar təşkil edib.",
	}
	otherEn = entry{
		guid: "other", path: "other", at: day.Add(-30 * time.Minute),
		title: "Russian court sentences Azerbaijani community leader in Yekaterinburg",
		text:  "A court in Yekaterinburg sentenced the head of the Azerbaijani diaspora to three years. Azerbaijan's embassy in Russia protested.",
	}
)

func TestStoryAcrossFeedsAndLanguages(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("report", answer{body: rss(reportEn, otherEn)})
	b.site.put("tass", answer{body: rss(reportRu)})
	b.site.put("apa", answer{body: rss(reportAz)})
	b.poll("report", day)
	b.poll("tass", day.Add(time.Minute))
	b.restart() // the index of stories comes from the store again
	b.poll("apa", day.Add(2*time.Minute))

	items := b.items()
	if len(items) != 4 {
		t.Fatalf("%d items are stored, want 4", len(items))
	}
	first := items[0]
	want := map[string]string{"en": first.Story, "ru": first.Story, "az": first.Story, "other": items[1].Story}
	for _, it := range items {
		if it.Story == "" || it.Story != want[it.GUID] {
			t.Errorf("item %q is in story %q, want %q", it.GUID, it.Story, want[it.GUID])
		}
	}
	if items[1].Story == first.Story {
		t.Error("another event is in the same story")
	}
	st, err := b.store.Story(first.Story)
	if err != nil {
		t.Fatal(err)
	}
	if st.Voices() != 3 || !st.First.Equal(day) || !st.Last.Equal(day.Add(2*time.Minute)) {
		t.Errorf("story = %+v, want three voices", st)
	}
	for i, m := range st.Members {
		it, err := b.store.Item(m.Item)
		if err != nil || it.Seq != m.Seq || m.Why == "" || it.Story != st.ID {
			t.Errorf("member %d = %+v, its item has Seq %d and story %q, %v", i, m, it.Seq, it.Story, err)
		}
	}
}

// TestSettleMerges stores one event as two stories, one of which was told.
func TestSettleMerges(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("report", answer{body: rss(reportEn)})
	b.poll("report", day)
	a := b.items()[0]
	two := a
	two.ID, two.Seq, two.Feed, two.Outlet, two.Story = "00ff"+a.ID[4:], 0, "azertac", "azertac news", "s00ff"+a.ID[4:]
	two.FirstSeen = a.FirstSeen.Add(time.Minute)
	err := b.store.SaveBatch(&store.Batch{
		State: news.FeedState{Feed: "azertac"}, Attempt: news.Attempt{At: day}, Items: []news.Item{two},
		Stories: []news.Story{{
			ID: two.Story, First: two.FirstSeen, Last: two.FirstSeen,
			Members: []news.Member{{Item: two.ID, Outlet: two.Outlet, FirstSeen: two.FirstSeen}},
			Told:    []news.Told{{Digest: "daily", Slot: day, Upto: 2}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	b.restart()
	for range 2 { // the second finds nothing to do
		if err := b.Settle(day.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{a.Story, two.Story} {
		st, err := b.store.Story(id)
		if err != nil || st.ID != a.Story || len(st.Members) != 2 || st.Voices() < 1 {
			t.Errorf("Story(%q) = %+v, %v, want one of two members", id, st, err)
		}
		if _, told := st.ToldIn("daily"); !told {
			t.Errorf("Story(%q) was told, and does not know it", id)
		}
	}
	for _, it := range b.items() {
		if it.Story != a.Story {
			t.Errorf("item %q is in story %q, want %q", it.ID, it.Story, a.Story)
		}
	}
}

// A start does not look again at what was settled before it: thousands of items take a
// minute, of which all but the newest were looked at.
func TestSettledBefore(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("report", answer{body: rss(reportEn)})
	b.site.put("tass", answer{body: rss(reportRu)})
	b.poll("report", day)
	b.poll("tass", day.Add(time.Minute))
	items := b.items()
	if len(items) != 2 || items[0].Story != items[1].Story {
		t.Fatalf("items are %v, want two of one story", items)
	}
	// They are parted, as no pass would, so that a pass which looks at them shows.
	part := func() {
		t.Helper()
		own := news.Story{ID: "s" + items[1].ID, First: day, Last: day, Members: []news.Member{{Item: items[1].ID, Seq: items[1].Seq, FirstSeen: day}}}
		if err := b.store.SaveStories([]news.Story{own}, map[string]string{items[1].ID: own.ID}); err != nil {
			t.Fatal(err)
		}
		b.restart()
	}
	for _, tt := range []struct {
		settled uint64 // noted before the start
		joined  bool
	}{{0, true}, {1, true}, {2, false}} {
		part()
		if err := b.store.SaveSettled(tt.settled); err != nil {
			t.Fatal(err)
		}
		if err := b.Settle(day.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		now := b.items()
		if got := now[0].Story == now[1].Story; got != tt.joined {
			t.Errorf("settled up to %d before the start: stories %q and %q, want one: %v", tt.settled, now[0].Story, now[1].Story, tt.joined)
		}
		if got, err := b.store.Settled(); err != nil || got != 2 {
			t.Errorf("Settled = %d, %v, want 2", got, err)
		}
	}
}

// While the recent stories are read anew, passes that bring nothing to tell are written.
func TestPassesGoOnWhileStoriesAreRead(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("report", answer{body: rss(reportEn)})
	b.site.put("ports", answer{body: rss(list(0, 3)...)})
	b.preparing.Lock() // somebody reads them
	told := make(chan error)
	go func() {
		_, err := b.Feed(t.Context(), b.feed("report"), day)
		told <- err
	}()
	if a, err := b.Feed(t.Context(), b.feed("ports"), day); err != nil || a.New != 3 {
		t.Errorf("pass with nothing to tell = %+v, %v, want three new items", a, err)
	}
	select {
	case err := <-told:
		t.Errorf("pass with something to tell was written meanwhile, %v", err)
	default:
	}
	b.preparing.Unlock()
	if err := <-told; err != nil {
		t.Error(err)
	}
	if n := len(b.items()); n != 4 {
		t.Errorf("%d items are stored, want 4", n)
	}
}

// TestApplyMoves brings moves to stories of one letter, whose members are named by
// the story they began in: "a1" began in "a".
func TestApplyMoves(t *testing.T) {
	type moves = []cluster.Move
	tests := []struct {
		name  string
		told  map[string]uint64 // story -> Upto
		moves []moves           // one settling after the other
		want  map[string][]string
		into  map[string]string // where a story leads
		tells map[string]bool   // whether it is marked as told
	}{
		{
			"merge", nil,
			[]moves{{{From: "b", Into: "a", Items: []string{"b1", "b2"}}}},
			map[string][]string{"a": {"a1", "a2", "b1", "b2"}},
			map[string]string{"b": "a"},
			nil,
		},
		{
			"merge into told",
			map[string]uint64{"b": 4},
			[]moves{{{From: "b", Into: "a", Items: []string{"b1", "b2"}}}},
			map[string][]string{"a": {"a1", "a2", "b1", "b2"}},
			map[string]string{"b": "a"},
			map[string]bool{"a": true},
		},
		{
			"split off told",
			map[string]uint64{"a": 2},
			[]moves{{{From: "a", Into: "n", Items: []string{"a2"}}}},
			map[string][]string{"a": {"a1"}, "n": {"a2"}},
			nil,
			map[string]bool{"a": true, "n": true},
		},
		{
			"split off untold",
			map[string]uint64{"a": 1},
			[]moves{{{From: "a", Into: "n", Items: []string{"a2"}}}},
			map[string][]string{"a": {"a1"}, "n": {"a2"}},
			nil,
			map[string]bool{"a": true, "n": false},
		},
		{
			"change places", nil,
			[]moves{{{From: "a", Into: "b", Items: []string{"a1", "a2"}}, {From: "b", Into: "a", Items: []string{"b1", "b2"}}}},
			map[string][]string{"a": {"b1", "b2"}, "b": {"a1", "a2"}},
			nil, nil,
		},
		{
			"emptied into one that is emptied", nil,
			[]moves{{{From: "b", Into: "a", Items: []string{"b1", "b2"}}, {From: "a", Into: "c", Items: []string{"a1", "a2"}}}},
			map[string][]string{"a": {"b1", "b2"}, "c": {"a1", "a2", "c1", "c2"}},
			map[string]string{"b": "a"},
			nil,
		},
		{"merged and parted again", map[string]uint64{"b": 4}, []moves{
			{{From: "b", Into: "a", Items: []string{"b1", "b2"}}},
			{{From: "a", Into: "b", Items: []string{"b1", "b2"}}},
		}, map[string][]string{"a": {"a1", "a2"}, "b": {"b1", "b2"}}, nil, map[string]bool{"b": true}},
		{"merged and turned about", nil, []moves{
			{{From: "b", Into: "a", Items: []string{"b1", "b2"}}},
			{{From: "a", Into: "b", Items: []string{"a1", "a2", "b1", "b2"}}},
		}, map[string][]string{"b": {"a1", "a2", "b1", "b2"}}, map[string]string{"a": "b"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, store.Options{})
			saveLetters(t, b.store, tt.told)
			for _, ms := range tt.moves {
				if err := b.applyMoves(ms); err != nil {
					t.Fatal(err)
				}
			}
			got := map[string][]string{}
			stories, err := b.store.Stories(store.StoryQuery{})
			if err != nil {
				t.Fatal(err)
			}
			for _, st := range stories {
				for _, m := range st.Members {
					got[st.ID] = append(got[st.ID], m.Item)
					if it, err := b.store.Item(m.Item); err != nil || it.Story != st.ID {
						t.Errorf("item %q says story %q, %v, but is in %q", m.Item, it.Story, err, st.ID)
					}
				}
			}
			for _, id := range []string{"a", "b", "c"} {
				if _, ok := tt.want[id]; !ok && tt.into[id] == "" {
					tt.want[id] = []string{id + "1", id + "2"}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("members (-want +got):\n%s", diff)
			}
			for from, into := range tt.into {
				if st, err := b.store.Story(from); err != nil || st.ID != into {
					t.Errorf("Story(%q) is %q, %v, want %q", from, st.ID, err, into)
				}
			}
			for id, want := range tt.tells {
				st, err := b.store.Story(id)
				if _, told := st.ToldIn("daily"); err != nil || told != want {
					t.Errorf("story %q is marked as told: %v, %v, want %v", id, told, err, want)
				}
			}
		})
	}
}

// saveLetters stores the stories a, b and c with two items each, in that order.
func saveLetters(t *testing.T, st *store.Store, told map[string]uint64) {
	t.Helper()
	b := &store.Batch{State: news.FeedState{Feed: "f"}, Attempt: news.Attempt{At: day}}
	for n, story := range []string{"a", "b", "c"} {
		s := news.Story{ID: story}
		for _, id := range []string{story + "1", story + "2"} {
			seen := day.Add(time.Duration(n) * time.Minute)
			b.Items = append(b.Items, news.Item{ID: id, Feed: "f", Story: story, FirstSeen: seen})
			s.Members = append(s.Members, news.Member{Item: id, FirstSeen: seen})
		}
		if upto, ok := told[story]; ok {
			s.Told = []news.Told{{Digest: "daily", Slot: day, Upto: upto}}
		}
		b.Stories = append(b.Stories, s)
	}
	if err := st.SaveBatch(b); err != nil {
		t.Fatal(err)
	}
}

func TestMergeTold(t *testing.T) {
	mark := func(digest string, days int, upto uint64) news.Told {
		return news.Told{Digest: digest, Slot: day.AddDate(0, 0, days), Upto: upto}
	}
	got := mergeTold(
		[]news.Told{mark("daily", 0, 3), mark("daily", 2, 9)},
		[]news.Told{mark("daily", 0, 5), mark("weekly", 0, 4), mark("daily", 1, 7)},
	)
	want := []news.Told{mark("daily", 0, 5), mark("weekly", 0, 4), mark("daily", 1, 7), mark("daily", 2, 9)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mergeTold (-want +got):\n%s", diff)
	}
}

// TestPartedItems names the moved items that an edition may have taken for a repetition.
func TestPartedItems(t *testing.T) {
	mark := func(digest string, upto uint64) news.Told { return news.Told{Digest: digest, Slot: day, Upto: upto} }
	for _, tt := range []struct {
		name      string
		was, into []news.Told // what was told of the story that it left, and of the one that it is in
		want      bool
	}{
		{"from a story that nobody told", nil, nil, false},
		{"from one told before it came", []news.Told{mark("daily", 4)}, nil, true},
		{"from one told with it", []news.Told{mark("daily", 4), mark("daily", 5)}, []news.Told{mark("daily", 5)}, false},
		{"into one that was told", []news.Told{mark("daily", 4)}, []news.Told{mark("daily", 3)}, false},
		{"into one that another digest told", []news.Told{mark("daily", 4)}, []news.Told{mark("weekly", 9)}, true},
	} {
		st := &news.Story{ID: "s", Told: tt.into, Members: []news.Member{{Item: "other", Seq: 2}, {Item: "moved", Seq: 5}}}
		got := parted(map[string]*news.Story{"s": st}, map[string]string{"moved": "s"}, map[string][]news.Told{"moved": tt.was})
		if (len(got) == 1 && got[0] == store.Parted{Item: "moved", Seq: 5}) != tt.want || len(got) > 1 {
			t.Errorf("%s: parted = %v, want it there: %v", tt.name, got, tt.want)
		}
	}
}
