package coverage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"samur/internal/news"
)

func TestRestate(t *testing.T) {
	const lead = "Azerbaijan exported goods worth $%s billion to Russia in January-October, the State Customs Committee said."
	first := told{id: "kura.1", title: "Azerbaijan's exports to Russia", text: fmt.Sprintf(lead, "1.1")}
	tests := []struct {
		name      string
		revisions []string
		want      string
	}{
		{"never reworded", nil, ""},
		{"the number changed", []string{fmt.Sprintf(lead, "1.0")}, "1.1 > 1"},
		{"and changed again", []string{fmt.Sprintf(lead, "1.0"), fmt.Sprintf(lead, "1.3")}, "1.1 > 1.3"},
		{"and changed back", []string{fmt.Sprintf(lead, "1.0"), fmt.Sprintf(lead, "1.1")}, ""},
		{"other words, one number", []string{"Goods worth $1.1 billion were exported from Azerbaijan to Russia in January-October, customs said."}, ""},
		{"cut short", []string{"Azerbaijan exported goods to Russia, the State Customs Committee said."}, ""},
		{"another month beside it", []string{fmt.Sprintf(lead, "1.1") + " Exports to Russia in October were $0.2 billion."}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := first.item(t)
			var rs []news.Revision
			for i, text := range tt.revisions {
				rs = append([]news.Revision{{Item: it.ID, At: dawn.Add(time.Duration(i+1) * time.Hour), Title: it.Title, Text: text}}, rs...)
			}
			var got []string
			for _, r := range Restate(realLexicon(t), it, rs) {
				got = append(got, fmt.Sprintf("%g > %g", r.Old.Value, r.New.Value))
			}
			if s := strings.Join(got, ", "); s != tt.want {
				t.Errorf("Restate = %q, want %q", s, tt.want)
			}
			for _, f := range AsRestated(realLexicon(t), it, rs) {
				if tt.want != "" && f.Value == 1.1 {
					t.Errorf("AsRestated still has %g", f.Value)
				}
			}
		})
	}
}
