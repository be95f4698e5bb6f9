package coverage

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"samur/internal/news"
)

// sidesIn writes who told a story, in order.
func sidesIn(c news.Coverage) string {
	var out []string
	for _, s := range c.Sides {
		out = append(out, fmt.Sprintf("%s %s +%s %d/%d", s.Side, s.First.Item, s.Lag, s.Voices, s.Items))
	}
	return strings.Join(out, ", ")
}

func TestSides(t *testing.T) {
	const title = "Baku and Moscow sign a memorandum"
	tests := []struct {
		name string
		told []told
		want string
	}{
		{"nothing", nil, ""},
		{"one report", []told{{id: "kura.1", title: title}}, "az kura.1 +0s 1/1"},
		{"the earlier by publication, not by arrival", []told{
			{id: "kura.1", after: time.Hour, title: title}, {id: "neva.1", after: 20 * time.Minute, lag: 2 * time.Hour, title: title},
		}, "ru neva.1 +0s 1/1, az kura.1 +40m0s 1/1"},
		{"a date that cannot be trusted gives way to arrival", []told{
			{id: "kura.1", after: time.Hour, title: title},
			{id: "neva.1", after: 20 * time.Minute, lag: 2 * time.Hour, dated: news.DatedUnreadable, title: title},
		}, "az kura.1 +0s 1/1, ru neva.1 +1h20m0s 1/1"},
		{"a mere day is no time of publication", []told{
			{id: "kura.1", title: title}, {id: "neva.1", after: -4*time.Hour - 10*time.Minute, lag: 5 * time.Hour, title: title},
		}, "az kura.1 +0s 1/1, ru neva.1 +50m0s 1/1"},
		{"nor is midnight in Baku", []told{
			{id: "kura.1", title: title}, {id: "shirvan.1", after: -8*time.Hour - 10*time.Minute, lag: 9 * time.Hour, title: title},
		}, "az kura.1 +0s 2/2"},
		{"copies tell and are no voice; an outlet is one", []told{
			{id: "kura.1", title: title},
			{id: "kura.2", after: time.Minute, title: title},
			{id: "neva.1", after: 2 * time.Minute, copyOf: "kura.1", title: title},
			{id: "reuter.1", after: 3 * time.Minute, title: title},
		}, "az kura.1 +0s 1/2, ru neva.1 +2m0s 0/1, other reuter.1 +3m0s 1/1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sidesIn(Of(input(t, tt.told...))); got != tt.want {
				t.Errorf("Of sides = %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("a member whose text is gone", func(t *testing.T) {
		in := input(t, told{id: "kura.1", title: title}, told{id: "neva.1", after: time.Hour, title: title})
		in.Items = in.Items[1:]
		if got, want := sidesIn(Of(in)), "az kura.1 +0s 1/1, ru neva.1 +1h0m0s 1/1"; got != want {
			t.Errorf("Of sides = %q, want %q", got, want)
		}
	})
}

// feeds are those of the tests of silence: one of Baku's, three of two outlets of Moscow's.
var feeds = []news.Feed{
	{Name: "kura", Outlet: "kura", Side: news.SideAz},
	{Name: "neva", Outlet: "neva", Side: news.SideRu},
	{Name: "neva-en", Outlet: "neva", Side: news.SideRu},
	{Name: "volga", Outlet: "volga", Side: news.SideRu},
}

// every polls feeds in turn, as fault says.
func every(p *Polls, d, until time.Duration, fault func(feed string, at time.Duration) news.Attempt) {
	for at := -d; at <= until; at += d {
		for _, f := range feeds {
			a := fault(f.Name, at)
			a.Feed, a.At = f.Name, dawn.Add(at)
			p.Add(a)
		}
	}
}

func TestSilent(t *testing.T) {
	well := func(string, time.Duration) news.Attempt { return news.Attempt{} }
	failing := func(names ...string) func(string, time.Duration) news.Attempt {
		return func(f string, _ time.Duration) news.Attempt {
			if slices.Contains(names, f) {
				return news.Attempt{Cause: news.CauseTimeout}
			}
			return news.Attempt{}
		}
	}
	hour := func(h float64) time.Duration { return time.Duration(h * float64(time.Hour)) }
	tests := []struct {
		name   string
		feeds  []news.Feed
		states []news.FeedState
		every  time.Duration
		until  time.Duration // last poll
		fault  func(feed string, at time.Duration) news.Attempt
		now    time.Duration
		want   string
	}{
		{"read all the time", feeds, nil, hour(1), hour(12), well, hour(12), "ru 2 of 2"},
		{"not yet long enough", feeds, nil, hour(1), hour(5), well, hour(5.5), ""},
		{"not polled since", feeds, nil, hour(1), 0, well, hour(12), ""},
		{"no feed of that side", feeds[:1], nil, hour(1), hour(12), well, hour(12), ""},
		{"all fail", feeds, nil, hour(1), hour(12), failing("neva", "neva-en", "volga"), hour(12), ""},
		{"half of the outlets are enough", feeds, nil, hour(1), hour(12), failing("volga"), hour(12), "ru 1 of 2"},
		{"an outlet is heard when all its feeds are", feeds, nil, hour(1), hour(12), failing("neva-en", "volga"), hour(12), ""},
		{"a fault that healed without a gap", feeds, nil, hour(1), hour(12), func(f string, at time.Duration) news.Attempt {
			if at == hour(3) {
				return news.Attempt{Cause: news.CauseStatus}
			}
			return news.Attempt{}
		}, hour(12), "ru 2 of 2"},
		{"a gap", feeds, nil, hour(1), hour(12), func(f string, at time.Duration) news.Attempt {
			return news.Attempt{Gap: at == hour(3) && f != "volga"}
		}, hour(12), "ru 1 of 2"},
		{"a gap two days later is another matter", feeds, nil, hour(1), hour(60), func(f string, at time.Duration) news.Attempt {
			return news.Attempt{Gap: at == hour(55)}
		}, hour(60), "ru 2 of 2"},
		{"not read before", feeds, nil, hour(1), hour(12), func(_ string, at time.Duration) news.Attempt {
			if at <= 0 {
				return news.Attempt{Cause: news.CauseDNS}
			}
			return news.Attempt{}
		}, hour(12), ""},
		{"read once a day", feeds, nil, hour(24), hour(24), well, hour(25), "ru 2 of 2"},
		{"a feed that has long been silent", feeds, []news.FeedState{{Feed: "neva", LastNew: dawn.AddDate(0, -3, 0)}, {Feed: "volga", Ailment: news.CauseEmpty}}, hour(1), hour(12), well, hour(12), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(t, told{id: "kura.1", title: "Baku protests to Moscow"})
			in.Now = dawn.Add(tt.now)
			in.Polls = NewPolls(tt.feeds, tt.states, in.Now)
			every(in.Polls, tt.every, tt.until, tt.fault)
			got := ""
			for _, s := range Of(in).Silent {
				got = fmt.Sprintf("%s %d of %d", s.Side, s.Outlets, s.Configured)
				if !s.Since.Equal(dawn) {
					t.Errorf("Since = %s, want %s", s.Since, dawn)
				}
			}
			if got != tt.want {
				t.Errorf("Of silent = %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("a side that told is not silent, nor is one nobody asked about", func(t *testing.T) {
		in := input(t, told{id: "kura.1", title: "Baku protests"}, told{id: "neva.1", title: "Moscow answers", copyOf: "kura.1"})
		in.Polls = NewPolls(feeds, nil, in.Now)
		every(in.Polls, time.Hour, 12*time.Hour, well)
		if got := Of(in).Silent; len(got) > 0 {
			t.Errorf("Of silent = %v, want none", got)
		}
		in.Story.Members, in.Polls = in.Story.Members[:1], nil
		if got := Of(in).Silent; len(got) > 0 {
			t.Errorf("without polls Of silent = %v, want none", got)
		}
	})
}

func TestFiguresApart(t *testing.T) {
	az := func(id, value string) told {
		return told{id: id, text: "Trade turnover between Azerbaijan and Russia amounted to " + value + " billion in 2024, the minister said."}
	}
	ru := func(id, value string) told {
		return told{id: id, lang: news.Ru, text: "Товарооборот России и Азербайджана в 2024 году составил " + value + " млрд долларов, сообщил вице-премьер."}
	}
	tests := []struct {
		name string
		told []told
		want string
	}{
		{"the same", []told{az("kura.1", "$4.8"), ru("neva.1", "4,8")}, ""},
		{"rounded", []told{az("kura.1", "$4.83"), ru("neva.1", "4,8")}, ""},
		{"apart", []told{az("kura.1", "$4.8"), ru("neva.1", "4,2")}, "trade-turnover 2024: az 4.8, ru 4.2"},
		{"every value, the earliest first", []told{ru("neva.1", "4,2"), az("kura.1", "$4.8"), az("shirvan.1", "$4.9"), ru("volga.1", "4,2")}, "trade-turnover 2024: ru 4.2, az 4.8, az 4.9"},
		{"one that gives both contradicts nobody", []told{az("kura.1", "$4.8"), az("shirvan.1", "$4.2"), ru("neva.1", "4,2")}, ""},
		{"two of one side", []told{az("kura.1", "$4.8"), az("shirvan.1", "$4.2")}, ""},
		{"a third side", []told{az("kura.1", "$4.8"), az("reuter.1", "$4.2")}, ""},
		{"a copy", []told{az("kura.1", "$4.8"), {id: "neva.1", lang: news.Ru, text: ru("", "4,2").text, copyOf: "volga.9"}}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, f := range Of(input(t, tt.told...)).Figures {
				var vs []string
				for _, v := range f.Values {
					vs = append(vs, fmt.Sprintf("%s %g", v.Side, v.Point.Figure.Value))
				}
				got = append(got, f.Indicator+" "+f.Period+": "+strings.Join(vs, ", "))
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("Of figures = %q, want %q", s, tt.want)
			}
		})
	}
}

// Whatever the order of members, items and polls, the answer is one.
func TestOrderDoesNotMatter(t *testing.T) {
	in := input(t, planeStory...)
	in.Polls = NewPolls(feeds, nil, in.Now)
	well := func(string, time.Duration) news.Attempt { return news.Attempt{} }
	every(in.Polls, time.Hour, 12*time.Hour, well)
	corrections := []news.Correction{{Item: "a", At: dawn, Old: "x"}, {Item: "b", At: dawn, Old: "y"}, {Item: "a", At: dawn.Add(time.Hour)}}
	wantOf, wantState := Of(in), StateOf(in, corrections)
	if len(wantOf.Words) == 0 || len(wantState.Steps) < 2 {
		t.Fatalf("the story is too plain for this test: %+v, %+v", wantOf, wantState)
	}
	rapid.Check(t, func(rt *rapid.T) {
		shuffled := in
		shuffled.Items = rapid.Permutation(in.Items).Draw(rt, "items")
		shuffled.Story.Members = rapid.Permutation(in.Story.Members).Draw(rt, "members")
		shuffled.Polls = NewPolls(rapid.Permutation(feeds).Draw(rt, "feeds"), nil, in.Now)
		for _, at := range rapid.Permutation([]int{1, 3, 5, 7, 9}).Draw(rt, "polls") {
			every(shuffled.Polls, time.Duration(at)*time.Hour, time.Duration(at)*time.Hour, well)
		}
		if diff := cmp.Diff(wantOf, Of(shuffled)); diff != "" {
			rt.Fatalf("Of depends on the order (-want +got):\n%s", diff)
		}
		cs := rapid.Permutation(corrections).Draw(rt, "corrections")
		if diff := cmp.Diff(wantState, StateOf(shuffled, cs)); diff != "" {
			rt.Fatalf("StateOf depends on the order (-want +got):\n%s", diff)
		}
	})
}
