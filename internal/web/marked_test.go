package web

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
	"samur/internal/render"
)

func TestSegments(t *testing.T) {
	ev := func(start, end int, points float64, why news.Ground) news.Evidence {
		return news.Evidence{Field: news.FieldText, Start: start, End: end, Points: points, Why: why}
	}
	tests := []struct {
		name string
		text string
		es   []news.Evidence
		n    int
		want []segment
	}{
		{"nothing", "", nil, 10, nil},
		{"no reason", "abc", nil, 10, []segment{{Text: "abc"}}},
		{"one", "a bc d", []news.Evidence{ev(2, 4, 1, "x")}, 10, []segment{{Text: "a "}, {Text: "bc", Why: "x", Points: 1}, {Text: " d"}}},
		{"one within another", "a bc d", []news.Evidence{ev(2, 3, 1, "x"), ev(2, 4, 0.5, "y")}, 10, []segment{{Text: "a "}, {Text: "bc", Why: "y; x", Points: 1.5}, {Text: " d"}}},
		{"overlapping", "abcdef", []news.Evidence{ev(0, 3, 1, "x"), ev(2, 5, 1, "x")}, 10, []segment{{Text: "abcde", Why: "x", Points: 2}, {Text: "f"}}},
		{"side by side", "ab", []news.Evidence{ev(1, 2, 1, "y"), ev(0, 1, 1, "x")}, 10, []segment{{Text: "a", Why: "x", Points: 1}, {Text: "b", Why: "y", Points: 1}}},
		{"another field", "ab", []news.Evidence{{Field: news.FieldTitle, Start: 0, End: 1, Points: 1}}, 10, []segment{{Text: "ab"}}},
		{"places that are none", "жж", []news.Evidence{ev(-1, 1, 1, "x"), ev(1, 3, 1, "x"), ev(2, 2, 1, "x"), ev(0, 9, 1, "x")}, 10, []segment{{Text: "жж"}}},
		{"worth nothing", "ab", []news.Evidence{ev(0, 1, 0, "x")}, 10, []segment{{Text: "ab"}}},
		{"cut within a letter", "aжb", []news.Evidence{ev(3, 4, 1, "x")}, 2, []segment{{Text: "a"}, {Text: "…"}}},
		{"what is not to be seen", "a\u202eb\nc", nil, 10, []segment{{Text: "ab\nc"}}},
	}
	v := &view{Lang: news.En, W: &english, s: &server{}, tongue: render.In(news.En, "")}
	for _, tt := range tests {
		got := v.segments(tt.text, news.FieldText, tt.es, tt.n)
		for i, m := range tt.want {
			if m.Why != "" {
				tt.want[i].Worth = v.Signed(m.Points)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestChanged(t *testing.T) {
	got := changed("a\nb\nc", "a\nd\nc\ne")
	if diff := cmp.Diff([]change{{Old: "b", New: "d"}, {New: "e"}}, got); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
}

func TestStoryPage(t *testing.T) {
	si := newSite(t)
	si.archive(t)
	body := si.ask(t, "GET", "/stories/s0001").body
	for _, want := range []string{
		"2 independent outlets, 3 reports",                                   // the copy is no voice
		`<summary>1 copy of it</summary>`, "Gas, 2026", "3 bn m³", "4 bn m³", // side by side
		"like Caspian Wire: both have gas", // not by its id
		"it opened the story", "<del>It is 3 bn m3.</del>", "<ins>It is 5 bn m3.</ins>",
		`<mark title="something the two share (gas)" class="for">Gas<sup>&#43;2.00</sup></mark>`,
		"1 report was known then", `href="/day/2026-03-08?edition=daily%402026-03-08T04%3A00%3A00Z"`, "(+1 hour)",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the page of a story lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(body)
	}
}

// TestReasons wants every reason in the reader's language.
func TestReasons(t *testing.T) {
	si := newSite(t)
	si.archive(t)
	for _, tt := range []struct{ path, en, ru, az string }{
		{"/stories/s0001", "like Caspian Wire: both have gas", "похоже на Caspian Wire; общее: gas", "buna oxşayır: Caspian Wire; ortaq: gas"},
		{"/items/00010000000000a3", "Russia is not named", "Россия не упоминается", "mətndə Rusiya anılmır"},
		{"/items/00010000000000a3", "something the two share", "общее для двух стран", "iki ölkə üçün ortaq olan"},
		{"/whynot", "Russia is not named", "Россия не упоминается", "mətndə Rusiya anılmır"},
	} {
		for lang, want := range map[string]string{"en": tt.en, "ru": tt.ru, "az": tt.az} {
			if body := si.ask(t, "GET", tt.path+"?lang="+lang).body; !strings.Contains(body, want) {
				t.Errorf("%s in %s lacks %q", tt.path, lang, want)
			}
		}
	}
}
