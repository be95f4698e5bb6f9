package normalise

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// scraps are what texts are put together from: all that patterns look for, whole and in
// parts, and what stands between.
var scraps = []string{
	"BAKU", "Baku", "Bakı", "МОСКВА", "Aktau", "New York", "Нью-Йорк", "Azerbaijan", ", ", ",", " ", " ", " ", ". ", ".", "\n", "; ", "! ", "? ", "… ",
	"October 28", "27 сентября", "18 авг", "12 avqust", "21.08.18", "17.06.23", "February 25, 2026", "10 oct 2025-ci il", "7", "2026",
	"By ", "Gulgiz Muradova", "Laman Ismayilova", "Mətanət Nəsibova", "Иван Петров", "As ", "Bu barədə ", "Как ", "как ", "сообщает ", "передает ", "уже ",
	"TASS", "ТАСС", "Report", "Report Information Agency", "РИА «Новости»", "«Коммерсантъ»", "Trend", "AZƏRTAC", "Fineko", "abc.az", "AP", "INTERFAX.RU", "APA-ya", "musavat.com",
	"/", "//", "(", ")", "-", "–", "—", ":", "\"", "“", "”", "«", "»", "'", "|", " - ", " — ", ": ",
	"istinadən ", "xəbər verir ki, ", "bildirir ", "yazır ", "məlumat verir, ", "xəbər yayıb ", "məlumatına görə, ", "xəbərinə görə ", "-nın ", "ya ",
	"со ссылкой на ", "reports", "informs, citing ", "reported that ", "that ", "korrespondenti ", "московский корреспондент ",
	"Read more", "READ ALSO: the rest", "read on", "Continue reading", "See also: this", "click here now", "The post one appeared first on two",
	"Читайте также: о другом", "читать далее", "Подробнее на сайте", "ПОДРОБНОСТИ:", "Далее…", "далее »", "Смотрите также", "Ardı...", "ardını oxu »", "Davamı",
	"Ətraflı oxu", "Həmçinin oxuyun", "Daha ətraflı", "Oxunub: 12", "Baxış sayı: 7", "Просмотров: 3", "views: 9", "-0-", "[…]", "[...]", "→", "Фото: он", "FOTO: o",
	"word", "слово", "söz", "\u017fee also: x", "\u212a", "д\u1c81", "\u00a0", "\t", "İ", "ı",
}

func text(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 14).Draw(t, "scraps"), "")
}

// TestGuards holds the cheap looks to the patterns that they stand before.
func TestGuards(t *testing.T) {
	if len(headNeeds) != len(headPatterns()) {
		t.Fatalf("%d looks for %d patterns", len(headNeeds), len(headPatterns()))
	}
	rapid.Check(t, func(t *rapid.T) {
		s := text(t)
		for i, re := range headPatterns() {
			if re.MatchString(s) && !headNeeds[i](s) {
				t.Errorf("look %d says no to %q, which its pattern matches", i, s)
			}
		}
		if reSignature().MatchString(s) && !agencyLast(s) {
			t.Errorf("agencyLast(%q) = false, and the signature's pattern matches", s)
		}
		if got, want := tailIn(s), reTail().FindStringIndex(s); !slices.Equal(got, want) {
			t.Errorf("tailIn(%q) = %v, the whole pattern says %v", s, got, want)
		}
	})
}

// TestGuardsKnow has a text for every pattern, so that a look that always says no fails.
func TestGuardsKnow(t *testing.T) {
	heads := []string{
		"BAKU, Azerbaijan, October 28. News", "ООН, 27 сентября. News", "PARIS (AP) — News", "Baku / 21.08.18 / Turan: News", "Bakı. Mətanət Nəsibova - Trend: News",
		"Bakı. /Trend/. News", "ТАСС - News", "February 25, Fineko/abc.az. News", "By Laman Ismayilova. News", "Laman Ismayilova. News", "“Report” TASS-a istinadən xəbər verir ki, o",
		"“Report”a istinadən xəbər verir ki, o", "TASS-ın məlumatına görə, o", "Как передает Report, он", "As Report reports, it",
	}
	for i, s := range heads {
		if !headPatterns()[i].MatchString(s) || !headNeeds[i](s) {
			t.Errorf("pattern %d and its look on %q: %v, %v, want both", i, s, headPatterns()[i].MatchString(s), headNeeds[i](s))
		}
	}
	for _, s := range []string{"Söz. TASS", "He said. /ТАСС/.", "Да.\n«Коммерсантъ»", "Yes. РИА «Новости»"} {
		if !reSignature().MatchString(s) || !agencyLast(s) {
			t.Errorf("signature of %q: %v, %v, want both", s, reSignature().MatchString(s), agencyLast(s))
		}
	}
	for _, o := range tailOpenings {
		if !strings.Contains(strings.ReplaceAll(tail, `\`, ""), o) {
			t.Errorf("%q opens none of the alternatives", o)
		}
	}
}
