package reading_test

import (
	"testing"

	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
	"samur/seeds"
)

func TestQuotable(t *testing.T) {
	x, err := lexicon.Load(seeds.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang news.Lang
		text string
		want bool
	}{
		{news.En, "The post on the river will be rebuilt before autumn.", true},
		{news.En, "“The post on the river will be rebuilt before autumn.”", true},
		{news.En, "The post on the river will be rebuilt before autumn", false},
		{news.En, "The post on the river will be rebuilt bef...", false},
		{news.En, "The post on the river will be rebuilt bef…", false},
		{news.En, "Will the post on the river be rebuilt before autumn?", false},
		{news.En, "It will be rebuilt.", false},
		{news.En, "BAKU, March 10. /Kura/ The post on the river will be rebuilt before autumn.", false},
		{news.En, "BAKU (Kura) — The post on the river will be rebuilt before autumn.", false},
		{news.Ru, "БАКУ, 10 мар – Кура. Пост на реке будет перестроен до начала осени.", false},
		{news.En, "SOCAR will rebuild the post on the river — before autumn.", true},
		{news.En, "NATO said the post on the river will be rebuilt.", true},
		{news.En, "Subscribe to our letters and read of the post first.", false},
		{news.En, "Photo: the post on the river in the morning light.", false},
		{news.En, "Photo shows of the post on the river open in autumn.", true},
		{news.En, "Details of the rebuilt post stand at https://kura.example now.", false},
		{news.En, "Write to post@kura.example about the rebuilt post on the river.", false},
		{news.Ru, "Источник в ведомстве рассказал, что пост перестроят до осени.", true},
		{news.Ru, "Источник: служба печати комитета, которая знает о посте.", false},
		{news.Az, "Bu barede Gomruk Komitesinin metbuat xidmeti melumat yayib.", false},
		{news.Az, "Post payıza qədər Gəncədən olan podratçı tərəfindən qurulacaq.", true},
	} {
		d := x.Analyse("", c.text, c.lang)
		s := &reading.Sentence{Item: &news.Item{Lang: c.lang}, Field: news.FieldText, Text: c.text, Tokens: d.Body.Tokens}
		if got := s.Quotable(); got != c.want {
			t.Errorf("Quotable(%q) = %v, want %v", c.text, got, c.want)
		}
	}
}
