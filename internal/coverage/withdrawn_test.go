package coverage

import (
	"testing"
	"time"

	"samur/internal/news"
)

func TestWithdrawn(t *testing.T) {
	const title, text = "Two men of Baku detained in the Urals", "Police detained them on Friday, the ministry said."
	tests := []struct {
		name        string
		lang        news.Lang
		title, text string
		want        string
	}{
		{"said in the title", news.En, "RETRACTED: " + title, text, "withdrawn: " + title + " -> RETRACTED: " + title},
		{"said in the text", news.En, title, "This report has been withdrawn.", "withdrawn: " + title + " -> This report has been withdrawn."},
		{"a title of its own", news.En, "Withdrawn troops return to their base", text, ""},
		{"something else is withdrawn", news.En, title, text + " The note of protest was withdrawn, and so the article was withdrawn from the draft.", ""},
		{"ru", news.Ru, "Отозвано: Двое задержаны на Урале", "Сообщение аннулируется.", "withdrawn: " + title + " -> Сообщение аннулируется."},
		{"ru troops", news.Ru, title, text + " Войска отозваны с границы.", ""},
		{"az", news.Az, title, "Xəbər geri götürülüb.", "withdrawn: " + title + " -> Xəbər geri götürülüb."},
		{"az an ambassador", news.Az, title, text + " Səfir geri çağırılıb.", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := told{id: "kura.1", lang: tt.lang, title: title, text: text}.item(t)
			got := Corrections(realLexicon(t), it, []news.Revision{
				{Item: it.ID, At: dawn.Add(time.Hour), Title: tt.title, Text: tt.text}, {Item: it.ID, At: dawn.Add(2 * time.Hour), Title: tt.title, Text: tt.text},
			})
			if s := correctionsIn(got); s != tt.want {
				t.Errorf("Corrections = %q, want %q", s, tt.want)
			}
		})
	}
}
