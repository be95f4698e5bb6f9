package web

import (
	"net/url"
	"strings"
	"testing"
)

// TestTimelineOf asks for a person by names in several languages and forms, by id, and by
// a name that nobody has.
func TestTimelineOf(t *testing.T) {
	si := served(t)
	const heading, unknown = "<h1>Timeline: Ilham Aliyev</h1>", "The lexicon knows no person"
	for _, tt := range []struct {
		name string
		want []string
	}{
		{"person/ilham-aliyev", []string{heading, `value="Ilham Aliyev"`, "The talks are on Friday."}},
		{"Ilham Aliyev", []string{heading, "The talks are on Friday."}},
		{"Ильхамом Алиевым", []string{heading, `value="Ильхамом Алиевым"`, "The talks are on Friday."}},
		{"İlham Əliyevlə", []string{heading, "The talks are on Friday."}},
		{"Alyiev", []string{unknown, "Near to it are", `href="/timeline?who=person%2Filham-aliyev"`}},
		{"Zzzzzz", []string{unknown, "“Zzzzzz”"}},
	} {
		body := si.ask(t, "GET", "/timeline?who="+url.QueryEscape(tt.name)).body
		for _, want := range tt.want {
			if !strings.Contains(body, want) {
				t.Errorf("the timeline of %q lacks %q", tt.name, want)
			}
		}
		if strings.Contains(body, unknown) != (tt.want[0] == unknown) {
			t.Errorf("the timeline of %q says that it knows nobody: %v", tt.name, tt.want[0] != unknown)
		}
	}
}
