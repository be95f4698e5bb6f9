package reading

import (
	"strings"
	"sync"
	"testing"
	"time"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

var loadLexicon = sync.OnceValues(func() (*lexicon.Lexicon, error) { return lexicon.Load(seeds.FS) })

// read reads a text with the real lexicon.
func read(t testing.TB, l news.Lang, title, text string) *Reading {
	t.Helper()
	x, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	it := &news.Item{ID: "kura.1", Outlet: "Kura", Lang: l, Title: title, Text: text, Published: time.Date(2025, 3, 11, 6, 0, 0, 0, time.UTC)}
	it.Figures = figures.Extract(x.Analyse(title, text, l), it.Published)
	return New(x, Lead).Read(it)
}

func TestCrowdsAreInTheLexicon(t *testing.T) {
	x, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for id := range crowds {
		if c, ok := x.Concept(id); !ok || !Crowd(c) {
			t.Errorf("%q is no crowd of the lexicon", id)
		}
	}
}

func TestRead(t *testing.T) {
	const text = "Trade turnover between Azerbaijan and Russia amounted to $4.8 billion in 2024, Mikayil Jabbarov said. He spoke in Baku.\nMore is to come."
	rd := read(t, news.En, "Trade of Baku and Moscow grows", text)
	if got, want := len(rd.Sentences), 4; got != want {
		t.Fatalf("Read = %d sentences, want %d", got, want)
	}
	if got := rd.Title(); got == nil || got.Text != "Trade of Baku and Moscow grows" || got.Field != news.FieldTitle {
		t.Errorf("Title = %+v, want the title", got)
	}
	s := rd.Sentences[1]
	if len(s.Figures) != 1 || s.Figures[0].Value != 4.8 {
		t.Errorf("figures of the first sentence = %v, want one of 4.8", s.Figures)
	}
	if got := s.Form(0, 2); got != "Trade turnover" {
		t.Errorf("Form = %q, want its first two words", got)
	}
	if got := rd.Sentences[2].Form(0, 2); got != "He spoke" {
		t.Errorf("Form of a later sentence = %q, want its first two words", got)
	}
	if q := s.Quote(); !strings.HasPrefix(text, q.Text) || q.Item != "kura.1" || q.Outlet != "Kura" || q.Lang != news.En {
		t.Errorf("Quote = %+v, want the sentence verbatim, of its item", q)
	}
	for _, h := range s.Hits {
		if !strings.Contains(s.Text, h.Form) {
			t.Errorf("hit %q does not stand in its sentence", h.Form)
		}
	}
}

func TestReadIsBounded(t *testing.T) {
	long := strings.Repeat("The post on the river will be rebuilt before autumn. ", 500)
	if got := len(read(t, news.En, "", long).Sentences); got != Lead {
		t.Errorf("a long text has %d sentences, want %d", got, Lead)
	}
	torn := read(t, news.En, "", strings.Repeat("x", Lead*sentenceBytes-20)+". The customs post will take lorries from three districts.")
	for _, s := range torn.Sentences {
		if strings.HasPrefix(s.Text, "The customs") {
			t.Errorf("a sentence is cut by the bound of reading: %q", s.Text)
		}
	}
}

func TestFact(t *testing.T) {
	const told = "The ministers of Azerbaijan and Russia discussed railway freight through Astara at talks in Baku. Some 730,000 tonnes were carried last year."
	tests := []struct {
		name string
		lang news.Lang
		text string
		want bool
	}{
		{"the same", news.En, "The ministers of Azerbaijan and Russia discussed railway freight through Astara at talks in Baku.", false},
		{"reworded", news.En, "Railway freight through Astara was discussed by the ministers at talks in Baku.", false},
		{"something else", news.En, "Engineers will inspect bridges near the border before autumn begins.", true},
		{"a number that was told, put otherwise", news.En, "Railways carried 730,000 tonnes in that year.", false},
		{"a new number of a new thing", news.En, "Lorries brought another 415,000 tonnes across Yalama.", true},
		{"another language, the same numbers", news.Ru, "За прошлый год перевезли 730 тыс. тонн грузов.", false},
		{"another language, another number", news.Ru, "За прошлый год перевезли 915 тыс. тонн грузов.", true},
		{"another language, two new names", news.Az, "Mixail Mişustin və Əli Əsədov telefonla danışıblar.", true},
		{"another language, no new name", news.Az, "Azərbaycan və Rusiya nazirləri Bakıda görüşüblər.", false},
	}
	m := NewMemory()
	m.Remember(read(t, news.En, "", told))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := read(t, tt.lang, "", tt.text).Sentences[0]
			if got := m.Fact(s); got != tt.want {
				t.Errorf("Fact(%q) = %v, want %v; it adds %+v", tt.text, got, tt.want, m.Compare(s))
			}
		})
	}
}

// TestAdds holds that a figure which was not read in one language is no news in another.
func TestAdds(t *testing.T) {
	const told = "Azərbaycanla Rusiya arasında ticarət dövriyyəsi 4 milyard 799 milyon dollar olub."
	tests := []struct {
		name string
		lang news.Lang
		text string
		want bool
	}{
		{"the same number in another language", news.En, "Trade turnover between Azerbaijan and Russia amounted to $4 billion 799 million.", false},
		{"another number in another language", news.En, "Trade turnover between Azerbaijan and Russia amounted to $4 billion 200 million.", true},
		{"a number too small to be told apart", news.En, "Azerbaijan arrested 8 Russian citizens in Baku.", true},
		{"a figure in the language that was told in", news.Az, "Azərbaycanla Rusiya arasında ticarət dövriyyəsi 4 milyard 799 milyon dollar olub.", true},
	}
	rd := read(t, news.Az, "", told)
	rd.Item.Figures, rd.Sentences[0].Figures = nil, nil // nobody read them
	m := NewMemory()
	m.Remember(rd)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := read(t, tt.lang, "", tt.text).Sentences[0]
			if n := m.Compare(s); n.NewFigures == 0 {
				t.Fatalf("Compare(%q) = %+v, want a new figure", tt.text, n)
			}
			if got := m.Adds(s); got != tt.want {
				t.Errorf("Adds(%q) = %v, want %v", tt.text, got, tt.want)
			}
		})
	}
}

func TestStatements(t *testing.T) {
	rd := read(t, news.En, "Post to be rebuilt", "Photo: the post on the river in the morning light. The post on the river will be rebuilt before autumn. Read more on our site. Lorries will wait for an hour at most, the customs said.")
	var got []string
	for _, s := range rd.Statements(5) {
		got = append(got, s.Text)
	}
	want := "The post on the river will be rebuilt before autumn.|Lorries will wait for an hour at most, the customs said."
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("Statements = %q, want %q", s, want)
	}
	if got := read(t, news.Ru, "Пост перестроят", "").Statements(5); len(got) != 1 || got[0].Text != "Пост перестроят" {
		t.Errorf("Statements of a bare title = %v, want the title", got)
	}
}
