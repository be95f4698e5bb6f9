package digest

import (
	"testing"

	"samur/internal/news"
)

func TestMeetings(t *testing.T) {
	mention := func(item string, l news.Lang) news.Mention {
		return news.Mention{Item: item, Lang: l, Outlet: "kura", Event: news.Event{Sentence: "said by " + item}}
	}
	occasion := func(who ...string) news.Occasion {
		return news.Occasion{Kind: news.EventVisit, Day: "2025-03-14", Who: who, Where: "city/baku", Mentions: []news.Mention{mention("a", news.Ru), mention("b", news.Az), mention("c", news.Ru)}}
	}
	in := input(t)
	in.Ahead = []news.Occasion{occasion("person/sergei-lavrov", "nobody"), occasion("nobody")}
	for _, c := range []struct {
		lang  news.Lang
		name  string
		quote string
	}{
		{news.Ru, "Сергей Лавров", "said by c"},
		{news.Az, "Sergey Lavrov", "said by b"},
		{news.En, "Sergei Lavrov", "said by c"},
	} {
		in.Options.Lang = c.lang
		d := Build(in)
		if len(d.Ahead) != 1 {
			t.Fatalf("%d meetings, want the one of somebody known", len(d.Ahead))
		}
		if m := d.Ahead[0]; len(m.Who) != 1 || m.Who[0] != c.name || m.Where == "" || m.Quote.Text != c.quote {
			t.Errorf("in %s: %q at %q, quoted %q; want %q, %q", c.lang, m.Who, m.Where, m.Quote.Text, c.name, c.quote)
		}
	}
	for range 30 {
		in.Ahead = append(in.Ahead, in.Ahead[0])
	}
	if n := len(Build(in).Ahead); n != maxAhead {
		t.Errorf("%d meetings, want %d", n, maxAhead)
	}
}
