package normalise

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// scraps are what texts are put together from: what tails begin with, whole and in parts,
// and what stands between.
var scraps = []string{
	" ", " ", " ", ". ", ".", "\n", "\n", "; ", "! ", "? ", "… ", "/", "(", ")", "-", "–", ":", "“", "”", "«", "»", "'", " — ", ": ", "...", "→", "[", "]", "12",
	"Read more", "READ ALSO: the rest", "already read on", "Also read", "Continue reading", "See also: this", "click here now", "to read the full text", "The post one appeared first on Two.",
	"this article was originally published by one", "Reporting by one; editing by two", "(Reporting by one", "Follow us on Telegram", "source: one", "photo by one", "related",
	"Читайте также: о другом", "читать далее", "прочитать дальше", "Подробнее на сайте", "ПОДРОБНОСТИ:", "Далее…", "далее »", "Смотрите также", "Ardı...", "ardını oxu »", "Davamı", "davamını oxuyun",
	"Ətraflı oxu", "Həmçinin oxuyun", "Daha ətraflı", "Oxunub: 12", "oxunma sayı 7", "Baxış sayı: 7", "baxılıb 3", "Просмотров: 3", "views: 9", "-0-", "-06B-", "\n___", "[…]", "[...]",
	"Фото: он", "FOTO: o", "Источник: ТАСС", "подписывайтесь на наш канал", "kanalımıza abunə olun", "сообщение одно появилось на другом", "материалы по теме", "© Два",
	"ещё больше новостей", "Related:\nOne\nTwo", "По теме:", "follow us", "edit", "наши новости в Telegram", "İzləyin",
	"word", "слово", "söz", "Word", "\u00a0", "\t", "İ", "ı", "Learn more", "Full story", "with reporting by One", "Additional reporting by One; editing by Two", "One contributed to this report.",
	"By One Two", "340 views", "12 просмотров", "Our Standards: one", "Xəbərin davamı...", "davamı saytda", "Daha çox: o", "Текст: Он", "Источник - Он", "При копировании ссылка обязательна",
	"said", "сообщил", "bildirib", "Photo: the captain raises the flag.",
}

// TestOpenings wants each opening to be found where it stands.
func TestOpenings(t *testing.T) {
	for name, list := range map[string][]string{"tails": tailOpenings, "lines": lineOpenings, "words": lineWords, "lists": listOpenings, "offers": offerOpenings, "citing": citing, "words of citing": citingWords, "furniture": furnitureOpenings, "asks": asks, "teasers": teasers, "asking": asking, "photos": photos} {
		all := openingsOf(&list)()
		for _, o := range list {
			for _, s := range []string{o, strings.ToUpper(o)} {
				if !strings.EqualFold(s, o) { // of ı and İ the pattern has one
					continue
				}
				if !all.at(s+" ", 0) {
					t.Errorf("%s: %q is not found", name, s)
				}
			}
		}
	}
}

// TestOpeningsAt wants the look at the first bytes to keep none from being found.
func TestOpeningsAt(t *testing.T) {
	lists := []*openings{openTails(), openLines(), openWords(), openLists(), openOffers(), openCiting(), openFurniture(), openAsks(), openMonths()}
	all := slices.Concat(scraps, creditScraps, headScraps)
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(all), 1, 3).Draw(t, "scraps"), "")
		switch rapid.IntRange(0, 4).Draw(t, "case") {
		case 0:
			s = strings.ToUpper(s)
		case 1:
			s = strings.ToLower(s)
		}
		for n, list := range lists {
			for i := range s {
				got, want := list.at(s, i), list.open(s[i:])
				if got != want {
					t.Errorf("list %d has an opening at byte %d of %q: %v, want %v", n, i, s, got, want)
				}
				if want {
					found++
				}
			}
		}
	})
	if found == 0 {
		t.Error("no text had an opening")
	}
}

// TestTailIn compares the quick search for a tail with one that looks everywhere.
func TestTailIn(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(scraps), 0, 14).Draw(t, "scraps"), "")
		got, want := tailIn(s), codeAtEnd(s)
		for i := range s {
			if want == nil && endsInTail(s, i) {
				want = []int{len(strings.TrimRight(s[:i], spaces)), len(s)}
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("tailIn(%q) = %v, a look at every place says %v", s, got, want)
		}
		if got != nil {
			found++
		}
	})
	if found == 0 {
		t.Error("no text had a tail")
	}
}
