package timeline

import (
	"slices"
	"testing"
)

func TestWho(t *testing.T) {
	lx := lexiconOf(t)
	for name, want := range map[string]string{
		"Overchuk": "person/alexei-overchuk", "overchuk": "person/alexei-overchuk", "Оверчуком": "person/alexei-overchuk", "Overçukun": "person/alexei-overchuk",
		"person/alexei-overchuk": "person/alexei-overchuk", "Әlheç": "", "": "", "gas": "",
	} {
		if got := Who(lx, name); want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("Who(%q) = %v, want %q", name, got, want)
		}
	}
}

func TestNear(t *testing.T) {
	lx := lexiconOf(t)
	for name, want := range map[string]string{
		"Overcuk": "person/alexei-overchuk", "Оверчюк": "person/alexei-overchuk", "Alyev": "person/ilham-aliyev", "Əlyev": "person/ilham-aliyev", "Zzzzzzzzzz": "", "ab": "",
	} {
		var got []string
		for _, c := range Near(lx, name) {
			got = append(got, c.ID)
		}
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) || len(got) > nearest {
			t.Errorf("Near(%q) = %v, want %q among at most %d", name, got, want, nearest)
		}
	}
}
