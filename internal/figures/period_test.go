package figures

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// TestPeriods holds the conventions told at the top of period.go.
func TestPeriods(t *testing.T) {
	for _, c := range []struct {
		name, pub   string
		l           news.Lang
		title, text string
		want        []string
	}{
		{"headline dated behind the dateline", "2025-10-13", news.Ru, "Грузопоток между Россией и Азербайджаном вырос до 6 млн тонн", "БАКУ, 13 октября. /ТАСС/. Такие данные за первое полугодие привел министр.", []string{"freight-volume 6000000 t @ 6M2025"}},
		{"that year", "2023-02-16", news.En, "", "Azerbaijan took 350 million cubic meters of Russian gas in November 2017 and 900 million in all of that year.", []string{"gas-volume 3.5e+08 m3 @ 2017-11", "gas-volume 9e+08 m3 @ 2017"}},
		{"contract of some months", "2022-11-20", news.En, "", "The deal with Gazprom, from November 15, 2022 to April 1, 2023, is for up to one bcm of gas.", []string{"gas-volume 1e+09 m3 @ 2022-11/2023-04"}},
		{"until a month ahead", "2022-11-18", news.Az, "“Qazprom” Azərbaycana qaz verir: marta qədər 1 milyard kubmetr", "", []string{"gas-volume 1e+09 m3 @ 2022-11/2023-03"}},
		{"until a month that is over", "2026-03-11", news.En, "", "Wheat deliveries from Russia to Armenia by rail via Azerbaijan hit 25,000 tons by early February.", []string{"transit-volume 25000 t @ -"}},
		{"a month to come", "2021-01-21", news.En, "", "SOCAR will send 85,000 tons of oil by way of Novorossiysk in February.", []string{"transit-volume 85000 t @ 2021-02"}},
		{"goes on with what was told, not compared", "2024-08-20", news.Ru, "", "С начала 2024 года экспорт томатов в Россию составил 31 тыс. тонн против 18 тыс. за тот же период 2023-го. Поставки картофеля выросли до 23 тыс. т.", []string{"exports 31000 t @ 2024 YTD", "exports 18000 t @ 2023 YTD", "exports 23000 t @ 2024 YTD"}},
		{"a year earlier in the same months", "2025-11-05", news.Ru, "Перевозки через Азербайджан сократились до 6 млн т", "Годом ранее за январь-сентябрь было 7 млн т грузов.", []string{"freight-volume 6000000 t @ 9M2025", "freight-volume 7000000 t @ 9M2024"}},
		{"all papers", "2021-05-20", news.En, "Premiers meet in Moscow", "Over 230 documents have been signed between Russia and Azerbaijan.", []string{"agreements 230 count @ -"}},
		{"papers of a visit", "2021-05-20", news.En, "Premiers meet in Moscow", "Six documents were signed between Russia and Azerbaijan.", []string{"agreements 6 count @ 2021-05"}},
		{"aid so far", "2021-07-20", news.Ru, "", "Республика уже получила из РФ более двухсот тысяч доз вакцины.", []string{"aid 200000 doses @ -"}},
		{"year's total before it is counted", "2022-01-26", news.Az, "", "Rusiya ilə ticarət ilin yekununda 3 milyard dollara çata bilər.", []string{"trade-turnover 3e+09 USD @ 2021"}},
		{"from one value to another by the endings", "2024-08-20", news.Az, "", "İlin əvvəlindən Rusiyaya pomidor ixracı 106 min tondan 116 min tona yüksəlib.", []string{"exports 106000 t @ 2023 YTD", "exports 116000 t @ 2024 YTD"}},
		{"rounded headline", "2024-10-23", news.Ru, "Товарооборот Татарстана и Азербайджана превысил $100 млн", "Итог прошлого года — 102 миллиона долларов.", []string{"trade-turnover 1.02e+08 USD @ 2023"}},
		{"the part's sentence goes on with the whole", "2025-02-20", news.En, "", "Azerbaijan's trade with Russia was $4.8 billion last year, including exports of $1.2 billion. In January it was $350 million.", []string{"trade-turnover 4.8e+09 USD @ 2024", "exports 1.2e+09 USD @ 2024", "trade-turnover 3.5e+08 USD @ 2025-01"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := stated(Extract(doc(c.l, c.title, c.text), day(c.pub)))
			var want []string
			for _, w := range c.want {
				want = append(want, inBase(w))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Extract(%q, %q) (-want +got):\n%s", c.title, c.text, diff)
			}
		})
	}
}
