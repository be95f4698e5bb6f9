package render

import (
	"slices"
	"strings"
	"testing"

	"samur/internal/news"
)

// TestGrounds wants each kind worded with its own operands in every language.
func TestGrounds(t *testing.T) {
	for name, w := range tables {
		for kind, format := range w.ground {
			if got, want := strings.Count(strings.ReplaceAll(format, "%%", ""), "%"), len(operands[kind]); got != want || got != strings.Count(format, "%s") {
				t.Errorf("%s: %s = %q has %d operands, want %d", name, kind, format, got, want)
			}
		}
		for kind := range operands {
			if w.ground[kind] == "" {
				t.Errorf("%s has no words for %s", name, kind)
			}
		}
	}
}

func TestGround(t *testing.T) {
	learnt := news.Because(news.GroundLearnt, "3",
		string(news.Because(news.GroundLearntRule, string(news.Because(news.GroundSideIn, "az", "lead")))), string(news.Because(news.GroundLearntLang, "az")))
	tests := []struct {
		name       string
		g          news.Ground
		plain      string
		en, ru, az string
	}{
		{
			name: "a side", g: news.Because(news.GroundSideIn, "ru", "title"), plain: "Russia in the title",
			en: "Russia in the title", ru: "Россия в заголовке", az: "Rusiya başlıqda",
		},
		{
			name: "a topic", g: news.Because(news.GroundTopicIn, "trade", "text"), plain: "trade in the text",
			en: "Trade in the text", ru: "Торговля: в тексте", az: "Ticarət: mətndə",
		},
		{
			name: "two that fail", g: news.Because(news.GroundBothFail, string(news.Because(news.GroundAbsent, "az")), string(news.Because(news.GroundListAlone, "ru"))),
			plain: "Azerbaijan is not named; Russia stands in a list of countries alone",
			en:    "Azerbaijan is not named; Russia stands in a list of countries alone",
			ru:    "Азербайджан не упоминается; Россия только в перечне стран",
			az:    "mətndə Azərbaycan anılmır; Rusiya yalnız ölkələr siyahısında",
		},
		{
			name: "learnt, and against", g: news.Because(news.GroundAgainst, string(learnt)),
			plain: "both sides are named, but: learnt from 3 answers, most of it: rule: Azerbaijan in the lead; the line of texts in Azerbaijani",
			en:    "both sides are named, but: learnt from 3 answers, most of it: rule: Azerbaijan in the lead; the line of texts in Azerbaijani",
			ru:    "упоминаются обе стороны, однако: по опыту: 3 ответа; больше всего весит: правило: Азербайджан в начале текста; порог для текстов на азербайджанском",
			az:    "hər iki tərəfin adı çəkilir, amma: təcrübədən: 3 cavab; ən çox çəkisi olan: qayda: Azərbaycan mətnin əvvəlində; azərbaycanca mətnlər üçün hədd",
		},
		{
			name: "like another", g: news.Because(news.GroundLike, "i1", "place/samur", "600", `"откр…"`), plain: `like i1: both have samur, 600, "откр…"`,
			en: `like Caspian Wire: both have Yalama, 600, "откр…"`, ru: `похоже на Caspian Wire; общее: Yalama, 600, "откр…"`, az: `buna oxşayır: Caspian Wire; ortaq: Yalama, 600, "откр…"`,
		},
		{
			name: "numbers", g: news.Because(news.GroundNearest, "s1", "0.43", "0.57"), plain: "nearest is s1 at 0.43, below 0.57",
			en: "nearest is s1 at 0.43, below 0.57", ru: "ближе всего s1: 0,43 при пороге 0,57", az: "ən yaxını s1: 0,43, hədd 0,57",
		},
		{
			name: "periods", g: news.Because(news.GroundOtherFigure, "trade-turnover", "2026-01", "2026-02"), plain: "trade-turnover of 2026-01, not of 2026-02",
			en: "Trade turnover of January 2026, not of February 2026", ru: "Товарооборот за январь 2026, а не за февраль 2026", az: "Ticarət dövriyyəsi: dövr yanvar 2026, fevral 2026 yox",
		},
		{name: "of an older record", g: "Russia is not named", plain: "Russia is not named", en: "Russia is not named", ru: "Russia is not named", az: "Russia is not named"},
		{name: "without its values", g: "side-in", plain: "side-in", en: "side-in", ru: "side-in", az: "side-in"},
		{name: "hostile", g: news.Because(news.GroundCredits, "a\u202e\x1b[1mb", "9"), plain: "credits a\u202e\x1b[1mb and repeats 9 % of its text", en: "credits a[1mb and repeats 9 % of its text", ru: "ссылается на a[1mb и повторяет 9 % его текста", az: "a[1mb mənbəsinə istinad edir və mətninin 9 faizini təkrarlayır"},
		{name: "none"},
	}
	call := func(x string) string { return map[string]string{"i1": "Caspian Wire", "place/samur": "Yalama"}[x] }
	for _, tt := range tests {
		if got := English(tt.g); got != tt.plain {
			t.Errorf("%s: English = %q, want %q", tt.name, got, tt.plain)
		}
		for l, want := range map[news.Lang]string{news.En: tt.en, news.Ru: tt.ru, news.Az: tt.az} {
			if got := In(l, "").Ground(tt.g, call); got != want {
				t.Errorf("%s: in %s = %q, want %q", tt.name, l, got, want)
			}
		}
	}
}

// TestZonesOfGrounds wants the parts of an item in every language under the names that
// the classifier gives them.
func TestZonesOfGrounds(t *testing.T) {
	for _, zone := range []string{"title", "lead", "text", "background", "list", "aside"} {
		for name, w := range tables {
			if !slices.Contains(keysOf(w.zoneOf), zone) {
				t.Errorf("%s has no word for %s", name, zone)
			}
		}
	}
}

func keysOf(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}
