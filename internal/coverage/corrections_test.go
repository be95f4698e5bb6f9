package coverage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"samur/internal/news"
)

func TestCorrections(t *testing.T) {
	const first = "The ministers met in Baku. "
	tests := []struct {
		name     string
		lang     news.Lang
		old, now string // texts
		want     string // kind: old -> new; silent unless said
	}{
		{"unchanged", news.En, first + "Two men were detained in Yekaterinburg on Friday.", first + "Two men were detained in Yekaterinburg on Friday.", ""},
		{"a number", news.En, first + "Two men died in Yekaterinburg, the prosecutors said.", first + "Three men died in Yekaterinburg, the prosecutors said.", "number: Two men died in Yekaterinburg, the prosecutors said. -> Three men died in Yekaterinburg, the prosecutors said. silent"},
		{"a number that was rounded", news.En, "Trade turnover reached $4.83 billion last year, he said.", "Trade turnover reached $4.8 billion last year, he said.", ""},
		{"a number in words and in digits", news.En, "Some three million tonnes of grain were shipped by rail.", "Some 3 million tonnes of grain were shipped by rail.", ""},
		{"a number set otherwise", news.En, "The plant sold 4,800 tonnes of pipes to the Russian buyer.", "The plant sold 4.800 tonnes of pipes to the Russian buyer.", ""},
		{"a number of nothing that is counted", news.En, "The line will be flown by a Boeing 737 of the Russian carrier.", "The line will be flown by a Boeing 757 of the Russian carrier.", "number: The line will be flown by a Boeing 737 of the Russian carrier. -> The line will be flown by a Boeing 757 of the Russian carrier. silent"},
		{"an ordinal", news.En, "It follows from the protocol of the 19th session of the commission.", "It follows from the protocol of the 20th session of the commission.", "number: It follows from the protocol of the 19th session of the commission. -> It follows from the protocol of the 20th session of the commission. silent"},
		{"a dateline", news.En, "BAKU, Azerbaijan, June 24. The ministers met at noon.", "BAKU, Azerbaijan, June 25. The ministers met at noon.", ""},
		{"a number that is only added", news.En, "The men were detained in Yekaterinburg by the police.", "The 14 men were detained in Yekaterinburg by the police.", ""},
		{"a typo", news.En, "Two men were detaned in Yekaterinburg by the polise.", "Two men were detained in Yekaterinburg by the police.", ""},
		{"style", news.En, "Two men have been detained by police in Yekaterinburg.", "Police in Yekaterinburg have detained two men.", ""},
		{"an added paragraph", news.En, first, first + "\nTwo men were detained in Yekaterinburg on Friday.", ""},
		{"a cut text", news.En, first + "Two men were detained in Yekaterinburg on Friday with 3 kg of gold.", first + "Two men were detained in Yekaterinburg…", ""},
		{"moved sentences", news.En, "Two men died in Baku on Friday. Three men died in Moscow on Monday.", "Three men died in Moscow on Monday. Two men died in Baku on Friday.", ""},
		{"a denial", news.En, "The sides signed the agreement on transit in Moscow.", "The sides did not sign the agreement on transit in Moscow.", "negation: The sides signed the agreement on transit in Moscow. -> The sides did not sign the agreement on transit in Moscow. silent"},
		{"not only is no denial", news.En, "The sides signed the agreement on transit in Moscow.", "The sides signed not only the agreement on transit in Moscow.", ""},
		{"a denial beside another", news.En, "The ministry did not say who had signed the agreement on transit.", "The ministry did not say who had not signed the agreement on transit.", "negation: The ministry did not say who had signed the agreement on transit. -> The ministry did not say who had not signed the agreement on transit. silent"},
		{"a body named more closely", news.En, "The Foreign Ministry handed the ambassador a note of protest.", "The Azerbaijani Foreign Ministry handed the ambassador a note of protest.", ""},
		{"another body", news.En, "The Defence Ministry of the country issued a statement on the drones.", "The Interior Ministry of the country issued a statement on the drones.", "name: The Defence Ministry of the country issued a statement on the drones. -> The Interior Ministry of the country issued a statement on the drones. silent"},
		{"a day of the week", news.En, "Lavrov will arrive in Baku on Monday for talks.", "Lavrov will arrive in Baku on Tuesday for talks.", "date: Lavrov will arrive in Baku on Monday for talks. -> Lavrov will arrive in Baku on Tuesday for talks. silent"},
		{"a day", news.En, "Lavrov will arrive in Baku on May 5 for talks.", "Lavrov will arrive in Baku on May 6 for talks.", "date: Lavrov will arrive in Baku on May 5 for talks. -> Lavrov will arrive in Baku on May 6 for talks. silent"},
		{"a year", news.En, "The plant will open its second line in 2026, the company said.", "The plant will open its second line in 2027, the company said.", "date: The plant will open its second line in 2026, the company said. -> The plant will open its second line in 2027, the company said. silent"},
		{"a name that is known", news.En, "Sergey Lavrov arrived in Baku for talks on transit.", "Mikhail Mishustin arrived in Baku for talks on transit.", "name: Sergey Lavrov arrived in Baku for talks on transit. -> Mikhail Mishustin arrived in Baku for talks on transit. silent"},
		{"a name that is not", news.En, "The driver, named as Karimov, was fined in Derbent.", "The driver, named as Petrenko, was fined in Derbent.", "name: The driver, named as Karimov, was fined in Derbent. -> The driver, named as Petrenko, was fined in Derbent. silent"},
		{"a name spelt otherwise", news.En, "The driver, named as Karimov, was fined in Derbent.", "The driver, named as Kerimov, was fined in Derbent.", ""},
		{"with a word of correction", news.En, first + "Two men died in Yekaterinburg, the prosecutors said.", first + "Three men died in Yekaterinburg, the prosecutors said.\nCorrected: the number of the dead.", "number: Two men died in Yekaterinburg, the prosecutors said. -> Three men died in Yekaterinburg, the prosecutors said."},
		{"a word of correction that was there before", news.En, "Updated daily. Two men died in Yekaterinburg, the prosecutors said.", "Updated daily. Three men died in Yekaterinburg, the prosecutors said.", "number: Two men died in Yekaterinburg, the prosecutors said. -> Three men died in Yekaterinburg, the prosecutors said. silent"},

		{"ru a number", news.Ru, "В Екатеринбурге задержаны шесть граждан Азербайджана, сообщил СК.", "В Екатеринбурге задержаны восемь граждан Азербайджана, сообщил СК.", "number: В Екатеринбурге задержаны шесть граждан Азербайджана, сообщил СК. -> В Екатеринбурге задержаны восемь граждан Азербайджана, сообщил СК. silent"},
		{"ru a denial", news.Ru, "Стороны подписали соглашение о транзите зерна.", "Стороны не подписали соглашение о транзите зерна.", "negation: Стороны подписали соглашение о транзите зерна. -> Стороны не подписали соглашение о транзите зерна. silent"},
		{"ru no less than", news.Ru, "Стороны поставят 100 тысяч тонн зерна до конца года.", "Стороны поставят не менее 100 тысяч тонн зерна до конца года.", ""},
		{"ru a day of the week", news.Ru, "Лавров прибудет в Баку в среду для переговоров.", "Лавров прибудет в Баку в четверг для переговоров.", "date: Лавров прибудет в Баку в среду для переговоров. -> Лавров прибудет в Баку в четверг для переговоров. silent"},
		{"ru owned up to", news.Ru, "Товарооборот составил 4,2 млрд долларов, сообщил министр.", "Товарооборот составил 4,8 млрд долларов, сообщил министр. Исправлена сумма в первом абзаце.", "number: Товарооборот составил 4,2 млрд долларов, сообщил министр. -> Товарооборот составил 4,8 млрд долларов, сообщил министр."},
		{"ru a typo", news.Ru, "Стороны подписали соглашенние о транзите зерна.", "Стороны подписали соглашение о транзите зерна.", ""},
		{"ru another case of a name", news.Ru, "Водителя, как сообщили, зовут Каримов, он живёт в Дербенте.", "Водителем, как сообщили, был Каримов, он живёт в Дербенте.", ""},

		{"az a number", news.Az, "Yekaterinburqda altı nəfər saxlanılıb, istintaq davam edir.", "Yekaterinburqda səkkiz nəfər saxlanılıb, istintaq davam edir.", "number: Yekaterinburqda altı nəfər saxlanılıb, istintaq davam edir. -> Yekaterinburqda səkkiz nəfər saxlanılıb, istintaq davam edir. silent"},
		{"az a denial in the verb", news.Az, "Tərəflər tranzit haqqında saziş imzalayıb, nazir bildirib.", "Tərəflər tranzit haqqında saziş imzalamayıb, nazir bildirib.", "negation: Tərəflər tranzit haqqında saziş imzalayıb, nazir bildirib. -> Tərəflər tranzit haqqında saziş imzalamayıb, nazir bildirib. silent"},
		{"az a denial beside a name that looks like one", news.Az, "Vladimir Putin dəmir yolu haqqında sazişi imzalayıb, Kreml bildirib.", "Vladimir Putin dəmir yolu haqqında sazişi imzalamayıb, Kreml bildirib.", "negation: Vladimir Putin dəmir yolu haqqında sazişi imzalayıb, Kreml bildirib. -> Vladimir Putin dəmir yolu haqqında sazişi imzalamayıb, Kreml bildirib. silent"},
		{"az a day of the week", news.Az, "Lavrov çərşənbə günü danışıqlar üçün Bakıya gələcək.", "Lavrov çərşənbə axşamı danışıqlar üçün Bakıya gələcək.", "date: Lavrov çərşənbə günü danışıqlar üçün Bakıya gələcək. -> Lavrov çərşənbə axşamı danışıqlar üçün Bakıya gələcək. silent"},
		{"az owned up to", news.Az, "Ticarət dövriyyəsi 4,2 milyard dollar olub, nazir bildirib.", "Ticarət dövriyyəsi 4,8 milyard dollar olub, nazir bildirib. Xəbərdə düzəliş edilib.", "number: Ticarət dövriyyəsi 4,2 milyard dollar olub, nazir bildirib. -> Ticarət dövriyyəsi 4,8 milyard dollar olub, nazir bildirib."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := told{id: "kura.1", lang: tt.lang, title: "Baku and Moscow", text: tt.old}.item(t)
			got := correctionsIn(Corrections(realLexicon(t), it, []news.Revision{{Item: it.ID, At: dawn.Add(time.Hour), Title: it.Title, Text: tt.now}}))
			if got != tt.want {
				t.Errorf("Corrections =\n  %s\nwant\n  %s", got, tt.want)
			}
		})
	}
}

func correctionsIn(cs []news.Correction) string {
	var out []string
	for _, c := range cs {
		s := fmt.Sprintf("%s: %s -> %s", c.Kind, c.Old, c.New)
		if c.Silent {
			s += " silent"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

// Each wording is held against the one before it, in order of time, the headline too.
func TestCorrectionsFollow(t *testing.T) {
	it := told{id: "kura.1", title: "Two miners of Baku die in the Urals", text: "It happened at night."}.item(t)
	rev := func(after time.Duration, title string) news.Revision {
		return news.Revision{Item: it.ID, At: dawn.Add(after), Title: title, Text: it.Text}
	}
	got := Corrections(realLexicon(t), it, []news.Revision{
		rev(3*time.Hour, "Four miners of Baku die in the Urals"), rev(time.Hour, "Three miners of Baku die in the Urals"),
		rev(2*time.Hour, "Three miners of Baku died in the Urals"),
	})
	const want = "number: Two miners of Baku die in the Urals -> Three miners of Baku die in the Urals silent; " +
		"number: Three miners of Baku died in the Urals -> Four miners of Baku die in the Urals silent"
	if s := correctionsIn(got); s != want {
		t.Errorf("Corrections = %s, want %s", s, want)
	}
	for i, at := range []time.Duration{time.Hour, 3 * time.Hour} {
		if c := got[i]; !c.At.Equal(dawn.Add(at)) || c.Item != it.ID || c.Outlet != "kura" || c.Side != news.SideAz || c.URL != it.URL {
			t.Errorf("correction %d = %+v, want the item's own, at %s", i, c, at)
		}
	}
	if got := Corrections(realLexicon(t), it, nil); got != nil {
		t.Errorf("without revisions Corrections = %v", got)
	}
}
