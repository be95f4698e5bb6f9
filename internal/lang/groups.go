package lang

import (
	"embed"
	"strings"
	"sync"

	"samur/internal/news"
)

// samples holds sentences written for this package, from which the letters' habits of
// each language are counted. To make a language known add its sentences to a file.
//
//go:embed samples/*.txt
var samples embed.FS

// group is a class of the model: the languages that count as one. Several languages
// that nobody reads here share a group: it is enough to know that a text is none of
// the others.
type group struct {
	lang  news.Lang
	codes string  // of the samples
	prior float64 // what is read for it before anything is known, as a logarithm of odds
	lacks string  // letters that its alphabet has not; each speaks against it
	marks string  // letters by which it shows itself
	share float64 // of a text's letters that are marks: without any it is unlikely
}

// beyondASCII are the Latin letters with diacritics that names bring into texts of
// other languages.
const beyondASCII = "əıöüğşçâêîûôáàãåäæéèëíìïñńňóòõøšśßúùýžźżčćęąłďěřťůőűăâțșţðþāēīūģķļņė"

// latinGroups are the groups in Latin letters.
var latinGroups = []group{
	{lang: news.Az, codes: "az", prior: 3, lacks: "wâêîûôáàãåäæéèëíñóòõøßúùýžčćęąłňāēī", marks: "əxq", share: 0.12},
	{lang: news.Az, codes: "az-plain", prior: 3, lacks: beyondASCII + "w"},
	{lang: news.Tr, codes: "tr", prior: 1, lacks: "əqxwáàãåäæéèëíñóòõøßúùýžčćęąłňāēī", marks: "ıüşğç", share: 0.12},
	{lang: news.Tr, codes: "tr-plain", prior: -1, lacks: beyondASCII + "qxw"},
	{lang: news.En, codes: "en", prior: 2, lacks: beyondASCII},
	{codes: "de nl af"},
	{codes: "sv is"},
	{codes: "da nb"},
	{codes: "fr"},
	{codes: "es ca"},
	{codes: "pt eo"},
	{codes: "it la"},
	{codes: "ro"},
	{codes: "pl"},
	{codes: "cs sk"},
	{codes: "hr bs sl sh"},
	{codes: "lt lv"},
	{codes: "fi et"},
	{codes: "hu"},
	{codes: "sq"},
	{codes: "uz", lacks: "wəışğüç"},
	{codes: "tk", lacks: "əığqvcx"},
	{codes: "ku"},
	{codes: "id ms tl mi"},
	{codes: "sw zu xh sn lg"},
	{codes: "st so om ts yo"},
	{codes: "cy ga eu"},
	{codes: "vi"},
}

// cyrillicGroups are the groups in Cyrillic letters.
var cyrillicGroups = []group{
	{lang: news.Ru, codes: "ru", prior: 4, lacks: "іїєґўјљњћђџѓќѕәҹҝһөүғқңұҡҙҫҗӣӯҳҷ", marks: "ыэёъ", share: 0.05},
	{lang: news.Uk, codes: "uk", prior: 2, lacks: "ыэёъўјљњћђџѓќѕәҹҝһөүғқңұҡҙҫҗӣӯҳҷ", marks: "іїєґ", share: 0.16},
	{lang: news.Az, codes: "az-cyrillic", prior: 1, lacks: "йцщъьэюяіїєґўљњћђџѓќѕқңұҡҙҫҗӣӯҳҷ", marks: "әҹҝһөүғј", share: 0.3},
	{codes: "bg", lacks: "ыэёіїєґўјљњћђџѓќѕәҹҝһөүғқңұҡҙҫҗӣӯҳҷ", marks: "ъ", share: 0.03},
	{codes: "be", lacks: "ищъїєґјљњћђџѓќѕәҹҝһөүғқңұҡҙҫҗӣӯҳҷ", marks: "іў", share: 0.12},
	{codes: "kk", lacks: "їєґўјљњћђџѓќѕҹҝҡҙҫҗӣӯҳҷ", marks: "әіңғүұқөһ", share: 0.2},
	{codes: "sr", lacks: "ъыьэёйщюяіїєґўѓќѕәҹҝһөүғқңұҡҙҫҗӣӯҳҷ", marks: "јљњћђџ", share: 0.08},
	{codes: "mk", lacks: "ъыьэёйщюяіїєґўћђәҹҝһөүғқңұҡҙҫҗӣӯҳҷ", marks: "јљњќѓџѕ", share: 0.04},
	{codes: "tt ba", lacks: "іїєґўјљњћђџѓќѕҹҝқұӣӯҳҷ", marks: "әөүҗңһҡҙҫ", share: 0.2},
	{codes: "ky", lacks: "әіїєґўјљњћђџѓќѕҹҝһғқұҡҙҫҗӣӯҳҷ", marks: "ңөү", share: 0.05},
	{codes: "mn", lacks: "әіїєґўјљњћђџѓќѕҹҝһғқңұҡҙҫҗӣӯҳҷ", marks: "өү", share: 0.1},
	{codes: "tg", lacks: "цщыьіїєґўјљњћђџѓќѕәҹҝһөүңұҡҙҫҗ", marks: "ғӣқӯҳҷ", share: 0.06},
}

// latinModel and cyrillicModel are the counted samples, built when first needed, which
// takes some 15 milliseconds each and leaves 400 kB.
var (
	latinModel    = sync.OnceValue(func() *model { return train(latinGroups, sampleTexts()) })
	cyrillicModel = sync.OnceValue(func() *model { return train(cyrillicGroups, sampleTexts()) })
)

// sampleTexts returns the samples by code of language, with Azerbaijani and Turkish as
// typed without diacritics and Azerbaijani in Cyrillic letters.
func sampleTexts() map[string][]string {
	texts := map[string][]string{}
	for _, code := range []string{"az", "tr", "en", "ru", "uk"} {
		texts[code] = lines(code)
	}
	for _, l := range lines("other") {
		code, text, _ := strings.Cut(l, ": ")
		texts[code] = append(texts[code], text)
	}
	for _, code := range []string{"az", "tr"} {
		for _, l := range texts[code] {
			texts[code+"-plain"] = append(texts[code+"-plain"], Plain(Fold(l, news.En)))
		}
	}
	for _, l := range texts["az"] {
		texts["az-cyrillic"] = append(texts["az-cyrillic"], toAzCyrillic(Fold(l, news.Az)))
	}
	return texts
}

func lines(file string) []string {
	data, err := samples.ReadFile("samples/" + file + ".txt")
	if err != nil {
		return nil // embedded: TestSamples sees to it that they are there
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// toAzCyrillic spells folded Azerbaijani in the Cyrillic alphabet.
func toAzCyrillic(s string) string {
	var b strings.Builder
	for _, r := range s {
		if c, ok := azFromLatin[string(r)]; ok {
			b.WriteRune(c)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

var azFromLatin = map[string]rune{
	"a": 'а', "b": 'б', "v": 'в', "q": 'г', "ğ": 'ғ', "d": 'д', "e": 'е', "ə": 'ә', "j": 'ж', "z": 'з', "i": 'и',
	"ı": 'ы', "y": 'ј', "k": 'к', "g": 'ҝ', "l": 'л', "m": 'м', "n": 'н', "o": 'о', "ö": 'ө', "p": 'п', "r": 'р',
	"s": 'с', "t": 'т', "u": 'у', "ü": 'ү', "f": 'ф', "x": 'х', "h": 'һ', "ç": 'ч', "c": 'ҹ', "ş": 'ш',
}
