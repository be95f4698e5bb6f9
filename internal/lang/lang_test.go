package lang

import (
	"strings"
	"testing"

	"samur/internal/news"
)

func TestSentences(t *testing.T) {
	tests := []struct {
		name string
		lang news.Lang
		want []string
	}{
		{"ru money", "ru", []string{"Товарооборот вырос до 4,5 млрд долл. США.", "Это рекорд."}},
		{"ru initials", "ru", []string{"Вице-премьер А. Оверчук прибыл в Баку.", "Его встретил Ш. А. Мустафаев."}},
		{"ru abbreviations", "ru", []string{"Завод им. Кирова в г. Баку и на ул. Низами открыт.", "В 2024 г. Россия ввезла 3 млрд. 350 млн. рублей."}},
		{"ru year ends", "ru", []string{"Соглашение между странами было подписано ещё в 2022 г.", "Президенты довольны."}},
		{"ru speech", "ru", []string{"«Мы рады!» — сказал он.", "«Приезжайте ещё».", "Все ушли."}},
		{"ru lost space", "ru", []string{"Так он сказал.", "Президент уехал."}},
		{"ru site", "ru", []string{"Об этом INTERFAX.RU сообщил Day.Az в четверг."}},
		{"ru etc", "ru", []string{"Купили хлеб, молоко и т.д.", "Потом ушли."}},
		{"az initials", "az", []string{"Prezident İ. Əliyev Moskvaya səfər edib.", "Səfər 2 gün çəkəcək."}},
		{"az numbers", "az", []string{"Dövriyyə 4.5 mlrd. ABŞ dolları olub.", "İxrac 300 min. tondur."}},
		{"az ordinal", "az", []string{"Bu, 2024-cü ildə olub.", "İndi 2025-ci ildir."}},
		{"en titles", "en", []string{"Mr. Overchuk met Dr. Mustafayev at No. 5 St. James.", "The U.S. President left."}},
		{"en decimal", "en", []string{"Trade grew 4.5 percent.", "Is that all?", "Yes!"}},
		{"ru era", "ru", []string{"Город основан в 300 году до н. э.", "Его стены стоят до сих пор.", "В 100 г. до н. э. 200 домов сгорели."}},
		{"ru decades", "ru", []string{"Завод построен в 1970-х гг.", "Рабочих нашли в деревнях.", "Он вырос в 1970-х.", "Мне это нравится."}},
		{"ru century", "ru", []string{"Крепость на горе стоит с XVIII в.", "В ней музей."}},
		{"ru that is", "ru", []string{"Это десятая часть, т. е. 400 млн. рублей, и т. п.", "Остальное потом."}},
		{"ru letter", "ru", []string{"Здесь много витамина С.", "В нём нуждаются все.", "Его открыл А. В. Иванов."}},
		{"ru born", "ru", []string{"Поэт (род. 20 января 1934) живёт в Баку."}},
		{"az etc", "az", []string{"Burada kitablar, jurnallar və s. satılır.", "Qonaqlar musiqi, rəqs və s. gördülər, səh. 15-də yazılıb, və s.", "Sonra getdilər."}},
		{"az era", "az", []string{"Qala e.ə. 300-cü ildə, e.ə. III əsrdə tikilib.", "Bu gün muzeydir."}},
		{"ru quoted initial", "ru", []string{"Лайнер «А. Пушкин» стоит в порту (И. Иванов его видел).", "Не знаю я.", "Мама знает."}},
		{"en pronoun", "en", []string{"He left and so did I.", "Police came later."}},
		{"en acronym", "en", []string{"He lives in the U.S.", "The visit is his first.", "The U.S. President left at 5 p.m.", "Police followed."}},
		{"en junior", "en", []string{"They met Mr. King Jr. in Baku.", "He met King Jr.", "The talks lasted an hour, ca. 60 minutes."}},
		{"lines", "en", []string{"First line", "second line"}},
		{"ellipsis", "ru", []string{"Он ждал… и дождался.", "Вот так..."}},
		{"quote after", "az", []string{"“Biz hazırıq.”", "Nazir bunu deyib."}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sep := " "
			if tt.name == "lines" {
				sep = "\n"
			}
			raw := strings.Join(tt.want, sep)
			if tt.name == "ru lost space" {
				raw = strings.Join(tt.want, "")
			}
			var got []string
			for _, s := range Sentences(raw, tt.lang) {
				got = append(got, raw[s.Start:s.End])
			}
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("Sentences(%q) =\n %q, want\n %q", raw, got, tt.want)
			}
		})
	}
}
