package render_test

import (
	"path/filepath"
	"strings"
	"testing"

	"samur/internal/news"
	"samur/internal/render"
)

// urgent is an alert of a story that two sides report.
func urgent(l news.Lang) news.Alert {
	e := turnover()
	return news.Alert{
		Rule: "trade", Made: at(8, 9, 30), Lang: l, Zone: "Asia/Baku", Entry: e,
		Why: []news.AlertReason{
			{Kind: news.AlertVoices, Value: "3"},
			{Kind: news.AlertSides},
			{Kind: news.AlertTopic, Value: "trade"},
			{Kind: news.AlertActor, Value: "Ilham Aliyev"},
			{Kind: news.AlertKeyword, Value: "turnover"},
			{Kind: news.AlertRank, Value: "6.5"},
			{Kind: news.AlertScore, Value: "4.25"},
		},
	}
}

func TestAlertGolden(t *testing.T) {
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		e, err := render.Alert(urgent(l))
		if err != nil {
			t.Fatal(err)
		}
		for ext, got := range map[string][]byte{
			"txt": e.Text, "html": e.HTML, "md": e.Markdown, "json": e.JSON, "subject": []byte(e.Subject + "\n"),
		} {
			golden(t, filepath.Join("testdata", "golden", "alert-"+string(l)+"."+ext), got)
		}
	}
}

// TestBrief holds that the pieces of an edition say what its text says: every headline,
// quote and outlet, and each story in one block.
func TestBrief(t *testing.T) {
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		d := rich(l)
		b := edition(t, d).Brief
		all := ""
		for _, block := range b.Blocks {
			all += words(block)
		}
		for _, m := range d.Ahead {
			if !strings.Contains(all, m.Quote.Text) {
				t.Errorf("%s: the meeting of %q is missing", l, m.Quote.Text)
			}
		}
		missed := map[news.Lang]string{news.En: "Also covers 2 missed editions", news.Ru: "ещё 2 пропущенных выпуска", news.Az: "daha 2 buraxılışın"}[l]
		if head := strings.ReplaceAll(words(b.Blocks[0]), "\u00A0", " "); len(d.Ahead) == 0 || !strings.Contains(head, d.Page) || !strings.Contains(head, missed) {
			t.Errorf("%s: the head %q lacks the page or the editions that were missed", l, head)
		}
		told := 0
		for _, s := range d.Sections {
			for _, e := range s.Entries {
				told++
				var of []news.Block
				for _, block := range b.Blocks {
					if strings.Contains(words(block), e.Headline.Text) {
						of = append(of, block)
					}
				}
				if len(of) != 1 {
					t.Fatalf("%s: %d blocks tell %q, want 1", l, len(of), e.Headline.Text)
				}
				for _, q := range e.Quotes {
					if !strings.Contains(words(of[0]), q.Text) {
						t.Errorf("%s: the block of %q lacks the quote %q", l, e.Headline.Text, q.Text)
					}
				}
				for _, src := range e.Sources {
					if !strings.Contains(words(of[0]), src.Outlet) {
						t.Errorf("%s: the block of %q lacks the outlet %q", l, e.Headline.Text, src.Outlet)
					}
				}
			}
		}
		if told == 0 {
			t.Fatal("the edition tells nothing")
		}
		for _, held := range d.Held {
			found := 0
			for _, block := range b.Blocks {
				found += strings.Count(words(block), held.Headline.Text)
			}
			if found != 1 {
				t.Errorf("%s: %q stands in %d blocks, want 1", l, held.Headline.Text, found)
			}
		}
	}
}

// words are the words of a block.
func words(b news.Block) string {
	var s strings.Builder
	for _, l := range b.Lines {
		for _, x := range l {
			s.WriteString(x.Text)
		}
		s.WriteString("\n")
	}
	return s.String()
}

func TestTrial(t *testing.T) {
	e, err := render.Trial("desk\u202e\n<b>", at(8, 9, 30), news.En, "Asia/Baku")
	if err != nil {
		t.Fatal(err)
	}
	if e.Kind != news.KindTest || strings.ContainsAny(e.Subject, "\n\u202e") || !strings.HasPrefix(e.Subject, "samur: test of the channel") {
		t.Errorf("kind %q, subject %q", e.Kind, e.Subject)
	}
	if strings.Contains(string(e.HTML), "<b>") {
		t.Error("the HTML has a tag of the name")
	}
	for name, form := range map[string]string{"text": string(e.Text), "HTML": string(e.HTML), "Markdown": string(e.Markdown), "brief": words(e.Brief.Blocks[1])} {
		if !strings.Contains(form, "test message") {
			t.Errorf("%s = %s", name, form)
		}
	}
}
