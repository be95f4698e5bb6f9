package lang

import (
	"strings"

	"samur/internal/news"
)

// abbr is how an abbreviation behaves before a capital letter or a number.
type abbr uint8

const (
	abbrNone   abbr = iota
	abbrBefore      // something always follows: "им.", "Mr.", "mlrd."
	abbrNumber      // a number follows: "ст. 5", "No. 7", "до н. э. 300"; before a word it ends
	abbrUnit        // may end a sentence, but not before a number or the name of a country's money: "долл. США"
	abbrYear        // "2024 г.": ends a sentence that has run long enough
	abbrName        // "King Jr.": ends where a usual beginning follows
)

// abbreviation looks a folded word up among the abbreviations of the text's language.
func abbreviation(fold string, l news.Lang) abbr {
	switch l {
	case news.Ru, news.Uk:
		return abbrRu[fold]
	case news.Az, news.Tr:
		return abbrAz[fold]
	}
	return abbrEn[fold]
}

func isCurrencyCountry(fold string) bool {
	switch fold {
	case "сша", "америки", "рф", "abş", "abs", "us", "usa":
		return true
	}
	return false
}

var abbrRu = table(map[abbr]string{
	abbrBefore: "им ул пр пер пл просп наб акад проф доц гр гос тов св о оз р пос дер д корп стр кв обл респ " +
		"млн млрд тыс трлн ген полк подп кап лейт сер зам нач пом адм см ср напр т тт рис табл ок чл инж " +
		"мр сост ред изд преп прот архим еп митр вул ім див обл",
	abbrNumber: "ст гл п пп ч разд с э род ум мал",
	abbrUnit:   "долл руб коп евро фунт ед экз чел шт кг га км куб кв м см мм л ц мес нед дн час мин сек",
	abbrYear:   "г гг в вв р рр",
})

var abbrAz = table(map[abbr]string{
	abbrBefore: "mlrd mln trln min prof akad dos dok gen polk kap leyt müəl red müh dir şəh ray kəs küç pr " +
		"məs təqr ş k st əm cən",
	abbrNumber: "səh mad bənd fəsil no",
	abbrUnit:   "dol man qəp rub kq km sm mm kub kv nəf əd",
})

var abbrEn = table(map[abbr]string{
	abbrBefore: "mr mrs ms dr prof gen col lt maj capt sgt sen rep rev hon gov pres amb st mt ft vs " +
		"cf eg ie approx est dept univ assn bros messrs mme adm cmdr supt",
	abbrName:   "jr sr inc ltd co corp",
	abbrNumber: "ca no nos art sec ch vol fig pp p jan feb mar apr jun jul aug sept sep oct nov dec para",
	abbrUnit:   "bn mln bln km kg sq cu",
})

// table turns lists of words into one map.
func table(lists map[abbr]string) map[string]abbr {
	m := map[string]abbr{}
	for a, words := range lists {
		for _, w := range strings.Fields(words) {
			m[w] = a
		}
	}
	return m
}
