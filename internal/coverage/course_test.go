package coverage

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"samur/internal/news"
)

// stepsIn writes what reports added: the item, then s for a sentence, f for figures, a for
// actors, ! for the first of its side.
func stepsIn(c news.Course) string {
	var out []string
	for _, s := range c.Steps {
		w := s.Source.Item + " "
		if s.FirstSide {
			w += "!"
		}
		if s.Sentence.Text != "" {
			w += "s"
		}
		if len(s.Figures) > 0 {
			w += fmt.Sprintf("f%d", len(s.Figures))
		}
		if len(s.Actors) > 0 {
			w += "a"
		}
		out = append(out, strings.TrimSpace(w))
	}
	return strings.Join(out, ", ")
}

func TestStateOf(t *testing.T) {
	day := 24 * time.Hour
	base := told{id: "kura.1", title: "Bayramov and Lavrov hold talks in Moscow", text: "Azerbaijani Foreign Minister Jeyhun Bayramov met his Russian counterpart Sergey Lavrov in Moscow. The ministers discussed the agenda of bilateral relations."}
	same := base
	same.id, same.after = "shirvan.1", time.Hour
	more := told{id: "shirvan.2", after: day, title: "Baku names terms for a new agreement", text: "Mikhail Mishustin promised that engineers would inspect railway bridges near Astara before autumn begins."}
	soon := more
	soon.after = 2 * time.Hour
	moscow := told{id: "neva.1", after: 8 * time.Hour, lang: news.Ru, title: "Лавров и Байрамов провели переговоры", text: "Министры иностранных дел Сергей Лавров и Джейхун Байрамов встретились в Москве."}
	figure := told{id: "absheron.1", after: day, lang: news.Az, title: "Nazirlər ticarəti müzakirə ediblər", text: "2024-cü ildə Azərbaycanla Rusiya arasında ticarət dövriyyəsi 4,8 milyard dollar olub."}
	copied := more
	copied.id, copied.copyOf = "absheron.2", "shirvan.2"
	across, early := copied, copied
	across.id, across.after = "neva.2", day+2*time.Hour
	early.id, early.after = "absheron.3", day-time.Hour
	mended := func(after time.Duration) []news.Correction {
		return []news.Correction{{Item: "kura.1", At: dawn.Add(after), Old: "x", New: "y"}}
	}
	tests := []struct {
		name  string
		told  []told
		cs    []news.Correction
		now   time.Duration
		want  news.StoryState
		since time.Duration
		steps string
	}{
		{"the first report", []told{base}, nil, time.Hour, news.StoryNew, 0, "kura.1 !sa"},
		{"told again in the same words", []told{base, same}, nil, 2 * time.Hour, news.StoryNew, 0, "kura.1 !sa"},
		{"a fuller report soon after", []told{base, soon}, nil, 3 * time.Hour, news.StoryNew, 0, "kura.1 !sa, shirvan.2 sa"},
		{"a day later something is added", []told{base, more}, nil, day + time.Hour, news.StoryDeveloping, day, "kura.1 !sa, shirvan.2 sa"},
		{"the other side speaks up", []told{base, moscow}, nil, 9 * time.Hour, news.StoryDeveloping, 8 * time.Hour, "kura.1 !sa, neva.1 !"},
		{"a number", []told{base, figure}, nil, day + time.Hour, news.StoryDeveloping, day, "kura.1 !sa, absheron.1 sf1"},
		{"a copy adds nothing", []told{base, more, copied}, nil, day + time.Hour, news.StoryDeveloping, day, "kura.1 !sa, shirvan.2 sa"},
		{"but it breaks a silence", []told{base, more, across}, nil, day + 3*time.Hour, news.StoryDeveloping, day, "kura.1 !sa, shirvan.2 sa, neva.2 !"},
		{"and it is the text where it is dated earlier", []told{base, more, early}, nil, day + time.Hour, news.StoryDeveloping, day - time.Hour, "kura.1 !sa, absheron.3 sa"},
		{"corrected", []told{base, more}, mended(day + 5*time.Hour), day + 6*time.Hour, news.StoryCorrected, day + 5*time.Hour, "kura.1 !sa, shirvan.2 sa"},
		{"corrected, then it went on", []told{base, more}, mended(5 * time.Hour), day + 6*time.Hour, news.StoryDeveloping, day, "kura.1 !sa, shirvan.2 sa"},
		{"over", []told{base, more}, nil, 5 * day, news.StoryOver, 4 * day, "kura.1 !sa, shirvan.2 sa"},
		{"a correction keeps it going", []told{base, more}, mended(3 * day), 5 * day, news.StoryCorrected, 3 * day, "kura.1 !sa, shirvan.2 sa"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(t, tt.told...)
			in.Now = dawn.Add(tt.now)
			got := StateOf(in, tt.cs)
			if got.State != tt.want || !got.Since.Equal(dawn.Add(tt.since)) {
				t.Errorf("StateOf = %s since %s, want %s since %s", got.State, got.Since.Sub(dawn), tt.want, tt.since)
			}
			if s := stepsIn(got); s != tt.steps {
				t.Errorf("StateOf steps = %q, want %q", s, tt.steps)
			}
			if len(got.Corrections) != len(tt.cs) {
				t.Errorf("StateOf keeps %d corrections of %d", len(got.Corrections), len(tt.cs))
			}
		})
	}
	t.Run("its texts are gone", func(t *testing.T) {
		in := input(t, base)
		in.Items, in.Now = nil, dawn.Add(4*day)
		if got := StateOf(in, nil); got.State != news.StoryOver || len(got.Steps) > 0 {
			t.Errorf("StateOf = %+v, want over and no steps", got)
		}
	})
	t.Run("no story at all", func(t *testing.T) {
		if got := StateOf(Input{}, nil); got.State != news.StoryNew || !got.Since.IsZero() {
			t.Errorf("StateOf = %+v, want nothing", got)
		}
	})
}

// A body that the lexicon has together with others is not called by the name of the first
// of them: "the energy ministries" are no Ministry of Health.
func TestStepsNameNoCrowd(t *testing.T) {
	got := StateOf(input(t, told{
		id: "kura.1", title: "Baku and Moscow sign protocol on gas transit",
		text: "The energy ministries of Azerbaijan and Russia signed a protocol on transit of gas, Parviz Shahbazov said.",
	}), nil)
	if len(got.Steps) != 1 || !slices.Equal(got.Steps[0].Actors, []string{"person/parviz-shahbazov"}) {
		t.Errorf("steps = %+v, want one that names Parviz Shahbazov alone", got.Steps)
	}
}
