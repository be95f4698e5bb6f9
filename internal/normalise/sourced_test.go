package normalise

import (
	"testing"

	"samur/internal/feed"
	"samur/internal/news"
)

// What an aggregator says of whose an entry is becomes its credit, and leaves the title.
func TestSourced(t *testing.T) {
	const google = "https://news.example.com/rss/search"
	tests := []struct {
		name             string
		outlet           string
		e                feed.Entry
		title, text, via string
		aside            string
	}{
		{
			name: "an outlet that is known", outlet: "Aggregator",
			e:     feed.Entry{Title: "Gas transit agreed - Trend.az", Source: "Trend.az", SourceURL: "https://trend.az", Summary: `<a href="https://x.example/1">Gas transit agreed</a>&nbsp;&nbsp;<font color="#6f6f6f">Trend.az</font>`},
			title: "Gas transit agreed", via: "Trend", aside: "Trend.az",
		},
		{
			name: "one that is not", outlet: "Aggregator",
			e:     feed.Entry{Title: "Газ пойдёт через Самур – Вестник порта", Source: "Вестник порта", SourceURL: "https://port.example.ru/", Summary: `<a>Газ пойдёт через Самур</a>&nbsp;&nbsp;<font>Вестник порта</font>`},
			title: "Газ пойдёт через Самур", via: "Вестник порта", aside: "Вестник порта",
		},
		{
			name: "a country in the name of the source", outlet: "Aggregator",
			e:     feed.Entry{Title: "Liman açıldı - Sputnik Azərbaycan", Source: "Sputnik Azərbaycan", SourceURL: "https://az.sputniknews.example"},
			title: "Liman açıldı", via: "Sputnik", aside: "Sputnik Azərbaycan",
		},
		{
			name: "a dash of the headline", outlet: "Aggregator",
			e:     feed.Entry{Title: "Baku - Moscow flights resume - Port Gazette", Source: "Port Gazette", SourceURL: "https://port.example"},
			title: "Baku - Moscow flights resume", via: "Port Gazette", aside: "Port Gazette",
		},
		{
			name: "another name behind the dash", outlet: "Aggregator",
			e:     feed.Entry{Title: "Flights resume - ministry", Source: "Port Gazette", SourceURL: "https://port.example"},
			title: "Flights resume - ministry", via: "Port Gazette",
		},
		{
			name: "the feed's own name", outlet: "Port Gazette",
			e:     feed.Entry{Title: "Flights resume | Port Gazette", Source: "Port Gazette"},
			title: "Flights resume", aside: "Port Gazette",
		},
		{
			name: "the feed's own site under another name", outlet: "Aggregator",
			e:     feed.Entry{Title: "Flights resume", Source: "All our news", SourceURL: "https://www.news.example.com/"},
			title: "Flights resume",
		},
		{
			name: "nothing but the name", outlet: "Aggregator",
			e:     feed.Entry{Title: "Port Gazette", Source: "Port Gazette", SourceURL: "https://port.example", Summary: "The port is open again."},
			title: "Port Gazette", text: "The port is open again.", via: "Port Gazette",
		},
		{
			name: "whom the text credits goes before", outlet: "Aggregator",
			e:     feed.Entry{Title: "Port opens", Source: "Port Gazette", SourceURL: "https://port.example", Summary: "BAKU, March 5. /TASS/. The port is open again."},
			title: "Port opens", text: "The port is open again.", via: "TASS", aside: "BAKU, March 5. /TASS/.",
		},
		{
			name: "a text that ends in the name", outlet: "Aggregator",
			e:     feed.Entry{Title: "Port opens", Source: "Port Gazette", SourceURL: "https://port.example", Summary: "It was first told by our colleagues of the Port Gazette"},
			title: "Port opens", text: "It was first told by our colleagues of the Port Gazette", via: "Port Gazette",
		},
		{
			name: "no name but a sentence", outlet: "Aggregator",
			e:     feed.Entry{Title: "Port opens", Source: "This text was made out of what a great many papers of the whole coast have said of the port in the last few days, and of some more"},
			title: "Port opens",
		},
		{
			name: "none", outlet: "Aggregator",
			e:     feed.Entry{Title: "Port opens - Port Gazette"},
			title: "Port opens - Port Gazette",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := Item(news.Feed{Name: "a", URL: google, Outlet: tt.outlet}, tt.e, google, now)
			if it.Title != tt.title || it.Text != tt.text || it.Via != tt.via || it.Aside != tt.aside {
				t.Errorf("Item = title %q, text %q, via %q, aside %q\nwant title %q, text %q, via %q, aside %q",
					it.Title, it.Text, it.Via, it.Aside, tt.title, tt.text, tt.via, tt.aside)
			}
		})
	}
}

// Two copies of a headline under the names of their sources are one wording.
func TestSourcedTwice(t *testing.T) {
	f := news.Feed{Name: "a", URL: "https://news.example.com/", Outlet: "Aggregator"}
	a, b := Item(f, feed.Entry{Title: "Port opens - A Gazette", Source: "A Gazette"}, f.URL, now), Item(f, feed.Entry{Title: "Port opens"}, f.URL, now)
	if a.TextHash != b.TextHash {
		t.Errorf("TextHash = %x with a source, want %x as without", a.TextHash, b.TextHash)
	}
}
