package normalise

import (
	"strings"
	"testing"
	"time"

	"samur/internal/feed"
	"samur/internal/lang"
	"samur/internal/news"
)

// benchEntries are entries as outlets write them, of some 120 words each: in paragraphs,
// with a dateline, a credit and a teaser, and with nothing of these.
var benchEntries = []struct {
	name, title, text string
}{
	{
		"ru", "Порт Баку увеличил перевалку грузов на треть",
		"<p>БАКУ, 10 окт — Sputnik. " + strings.Repeat("Порт принял за год более шести миллионов тонн грузов, сообщили в ведомстве. ", 4) + "</p><p>" +
			strings.Repeat("Поезда идут через границу каждый день, передаёт ТАСС. ", 4) + "</p><p>Читайте также: Как растёт транзит</p>",
	},
	{
		"az", "Bakı limanı yük aşırmasını üçdə bir artırıb",
		"<p>“Report” xəbər verir ki, liman il ərzində altı milyon tondan çox yük qəbul edib.</p><p>" +
			strings.Repeat("Qatarlar hər gün sərhəddən keçir, növbələr isə azalır. ", 6) + "</p><p>Ardını oxu...</p>",
	},
	{
		"en", "Port of Baku raises its turnover by a third",
		"<p>BAKU, Azerbaijan, October 28. The port took in more than six million tons within a year, Trend reports.</p>" +
			strings.Repeat("<p>Trains cross the border every day, and <a href=\"https://example.org/1?a=1&amp;b=2\">the queues</a> grow shorter.</p>", 6),
	},
	{"en, text alone", "Museum opens on Sunday", strings.Repeat("The museum by the river opens its doors on Sunday after years of repairs. ", 9)},
	{"ru, text alone", "Музей откроется в воскресенье", strings.Repeat("Музей у реки откроет двери в воскресенье после многих лет ремонта. ", 9)},
}

func BenchmarkSketched(b *testing.B) {
	now := time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)
	for _, text := range []string{"the model of a script is counted once", "модель письма считается один раз"} {
		lang.Detect(text, text, "")
	}
	for _, bb := range benchEntries {
		b.Run(bb.name, func(b *testing.B) {
			e := feed.Entry{GUID: "https://example.org/news/1", Link: "https://example.org/news/1?utm_source=rss", Title: bb.title, Summary: bb.text, Published: feed.ParseDate("2026-03-08T05:00:00Z")}
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				Sketched(news.Feed{Name: "f", Outlet: "Outlet"}, e, "https://example.org/feed", now)
			}
		})
	}
}
