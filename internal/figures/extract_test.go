package figures

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

func doc(l news.Lang, title, text string) *lexicon.Doc {
	return &lexicon.Doc{Title: lang.Parse(title, l), Body: lang.Parse(text, l)}
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return t
}

// short writes figures as the tables do: "trade-turnover 4.8 bn USD 2024".
func short(fs []news.Figure) []string {
	var out []string
	for _, f := range fs {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", f.Indicator, strconv.FormatFloat(f.Value, 'f', -1, 64), f.Unit, f.Period)))
	}
	return out
}

func TestExtract(t *testing.T) {
	for _, c := range extractCases {
		t.Run(string(c.lang)+"/"+c.name, func(t *testing.T) {
			got := short(Extract(doc(c.lang, c.title, c.text), day(c.pub)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("Extract(%q, %q) (-want +got):\n%s", c.title, c.text, diff)
			}
		})
	}
}

var extractCases = []struct {
	name, title, text, pub string
	lang                   news.Lang
	want                   []string
}{
	{"turnover of a year", "", "Trade between Russia and Azerbaijan rose 9.2% to $4.8 billion in 2024, the Federal Customs Service said.", "2025-02-10", "en", []string{"trade-turnover 4.8 bn USD 2024"}},
	{"first months", "", "Azerbaijan's trade turnover with Russia amounted to $1.12 billion in January-March 2025, up 18.4%.", "2025-04-21", "en", []string{"trade-turnover 1.12 bn USD 3M2025"}},
	{"both flows", "", "In the first nine months exports to Russia reached $870.4 million, while imports totalled $2.1bn.", "2024-10-20", "en", []string{"exports 870.4 mn USD 9M2024", "imports 2.1 bn USD 9M2024"}},
	{"freight grew by a factor", "", "Freight carried along the western route of the corridor increased 3.4-fold to 253,760 tons in the first quarter of 2024.", "2024-05-01", "en", []string{"freight-volume 253760 t 3M2024"}},
	{"students", "", "About 12,000 Azerbaijani students study at Russian universities, the ambassador said.", "2024-05-01", "en", []string{"students 12000 count"}},
	{"companies", "", "More than 1,300 Russian companies operate in Azerbaijan, Mikhail Evdokimov noted.", "2024-05-01", "en", []string{"companies 1300 count"}},
	{"regions", "", "Over 70 regions of Russia maintain trade ties with Azerbaijan.", "2024-05-01", "en", []string{"regions 70 count"}},
	{"tourists", "", "Some 1.3 million Russian tourists visited Azerbaijan in 2024.", "2025-05-01", "en", []string{"tourists 1300000 persons 2024"}},
	{"two directions in one sentence", "", "Russian exports rose 6.6% to $3.3 bn in 2023 and Azerbaijani exports fell 4% to $1.2 bn.", "2024-02-01", "en", []string{"exports 3.3 bn USD 2023", "exports 1.2 bn USD 2023"}},
	{"last year", "", "Bilateral trade exceeded 4 billion US dollars last year.", "2024-02-01", "en", []string{"trade-turnover 4 bn USD 2023"}},
	{"humanitarian aid", "", "Russia delivered 100 tons of humanitarian aid to Baku.", "2024-02-01", "en", []string{"aid 100 t 2024-02"}},
	{"spelled out", "", "Trade turnover is almost three and a half billion dollars, the minister recalled.", "2022-02-22", "en", []string{"trade-turnover 3.5 bn USD"}},
	{"investment both ways", "", "Azerbaijani investment in Russia totals $1.3 billion and Russian investment in Azerbaijan $5.8 billion.", "2022-02-22", "en", []string{"investment 1.3 bn USD", "investment 5.8 bn USD"}},
	{"increment is no value", "", "Trade with Russia grew by $300 million in 2023.", "2024-02-22", "en", nil},
	{"share is no value", "", "Russia accounts for 9.2 percent of Azerbaijan's trade turnover.", "2024-02-22", "en", nil},
	{"third country", "", "Azerbaijan's trade with Turkey reached $7.5 billion in 2023.", "2024-02-22", "en", nil},
	{"ordinals and dates", "The 23rd meeting of the commission", "The 12th forum will be held on 22 August 2025 in Room 14 at 15:30.", "2025-08-20", "en", nil},
	{"price", "", "Urals oil cost $61.4 a barrel, Azeri Light 72 dollars.", "2025-08-20", "en", nil},
	{"goal", "", "The presidents set a target of $10 billion for trade.", "2025-08-20", "en", nil},
	{"gap", "", "The gap between the two counts of trade is over $300 million.", "2025-08-20", "en", nil},
	{"transit", "", "Transit of Russian grain through Azerbaijan to Armenia has reached 22,000 tons since November.", "2026-02-20", "en", []string{"transit-volume 22000 t 2025-11/2026-02"}},
	{"gas in a short unit", "Gazprom and SOCAR sign", "Azerbaijan bought 1.2 bcm of Russian gas in 2022.", "2023-02-20", "en", []string{"gas-volume 1.2 bn m3 2022"}},
	{"documents with a day", "", "Eight documents were signed in Baku on 19 August.", "2024-08-20", "en", []string{"agreements 8 count 2024-08"}},

	{"number of", "", "The number of visitors from Russia rose to 628,100 in 2023.", "2024-08-20", "en", []string{"tourists 628100 persons 2023"}},
	{"quarter in short", "", "Azerbaijan-Russia trade: $1.1bn in Q1 2025.", "2025-08-20", "en", []string{"trade-turnover 1.1 bn USD 3M2025"}},
	{"range", "", "Gas supplies will be 1.5-2 billion cubic meters.", "2025-08-20", "en", []string{"gas-volume 1.5 bn m3"}},
	{"goods of a worth", "", "In 2023 Azerbaijan exported goods worth $870 million to Russia.", "2024-03-20", "en", []string{"exports 870 mn USD 2023"}},
	{"all documents so far", "", "More than 230 documents make up the legal framework of relations with Russia.", "2024-03-20", "en", []string{"agreements 230 count"}},
	{"a sum of no time, told in spring", "", "Rusiya-Azərbaycan ticarəti 3,6 milyard dolları keçib", "2026-03-08", "az", []string{"trade-turnover 3.6 bn USD"}},
	{"a sum told in spring with that of a year before", "", "Trade with Russia rose to $4.8 billion from $4.3 billion a year earlier.", "2025-02-10", "en", []string{"trade-turnover 4.8 bn USD 2024", "trade-turnover 4.3 bn USD 2023"}},
	{"no date of publication", "", "Trade with Russia reached $4 billion last year and $1 billion in 2020.", "", "en", []string{"trade-turnover 4 bn USD", "trade-turnover 1 bn USD 2020"}},

	{"число", "", "Число туристов из России выросло до 628,1 тыс. в 2023 году.", "2024-08-20", "ru", []string{"tourists 628100 persons 2023"}},
	{"полугодие", "Товарооборот России и Азербайджана за январь–июнь вырос на 12,4% — до 2,35 млрд долларов", "", "2024-08-01", "ru", []string{"trade-turnover 2.35 bn USD 6M2024"}},
	{"сумма из двух частей", "", "Экспорт из Азербайджана в Россию в 2023 году составил 1 млрд 180 млн долл., импорт — 3,2 млрд.", "2024-08-01", "ru", []string{"exports 1.18 bn USD 2023", "imports 3.2 bn USD 2023"}},
	{"грузы", "", "В 2023 году объем перевозок по коридору достиг 14,6 млн тонн.", "2024-08-01", "ru", []string{"freight-volume 14.6 mn t 2023"}},
	{"студенты", "", "В российских вузах учатся более 10 тысяч студентов из Азербайджана.", "2024-08-01", "ru", []string{"students 10000 count"}},
	{"ввоз с начала года", "", "С начала года из Азербайджана в Россию ввезли 45,3 тыс. тонн помидоров.", "2024-08-01", "ru", []string{"exports 45300 t 2024 YTD"}},
	{"турпоток", "", "Турпоток из России в Азербайджан в 2023 году составил 628 тыс. человек.", "2024-08-01", "ru", []string{"tourists 628000 persons 2023"}},
	{"встречные инвестиции", "", "Накопленные инвестиции России в экономику Азербайджана превысили 4 миллиарда долларов, Азербайджана в Россию — 1,2 миллиарда.", "2024-08-01", "ru", []string{"investment 4 bn USD", "investment 1.2 bn USD"}},
	{"словами", "", "Товарооборот почти достиг трёх с половиной миллиардов долларов.", "2022-02-22", "ru", []string{"trade-turnover 3.5 bn USD"}},
	{"полтора", "", "Экспорт превысил полтора миллиарда долларов в прошлом году.", "2022-02-22", "ru", []string{"exports 1.5 bn USD 2021"}},
	{"подписано", "", "По итогам переговоров 19 августа подписано шесть документов.", "2024-08-20", "ru", []string{"agreements 6 count 2024-08"}},
	{"знак доллара", "", "Товарооборот двух стран за девять месяцев вырос до $3,1 млрд.", "2023-11-20", "ru", []string{"trade-turnover 3.1 bn USD 9M2023"}},
	{"прирост", "", "Товарооборот вырос на $300 млн.", "2023-11-20", "ru", nil},
	{"внешняя торговля", "", "Внешнеторговый оборот Азербайджана составил 47,3 млрд долларов.", "2023-11-20", "ru", nil},
	{"третья страна", "", "Товарооборот Азербайджана с Турцией достиг 7,5 млрд долларов.", "2023-11-20", "ru", nil},
	{"против прошлого года", "", "За пять месяцев 2024 года товарооборот России и Азербайджана составил 1,7 млрд долларов против 1,5 млрд годом ранее.", "2024-07-20", "ru", []string{"trade-turnover 1.7 bn USD 5M2024", "trade-turnover 1.5 bn USD 5M2023"}},
	{"квартал", "", "В первом квартале 2025 года взаимная торговля увеличилась на 7% и составила 1,1 миллиарда долларов.", "2025-05-20", "ru", []string{"trade-turnover 1.1 bn USD 3M2025"}},
	{"школы", "", "Обучение на русском языке ведётся в 324 школах республики.", "2025-05-20", "ru", []string{"schools 324 count"}},
	{"даты и номера", "", "23-е заседание пройдёт 22 августа в 10:30, рейс 2148, самолёт Ту-154.", "2025-05-20", "ru", nil},
	{"рубли", "", "Расчёты: стоимость проекта составила 3,5 млрд рублей.", "2025-05-20", "ru", []string{"investment 3.5 bn RUB"}},

	{"illik dövriyyə", "", "Azərbaycanla Rusiya arasında ticarət dövriyyəsi 2024-cü ildə 4,8 milyard ABŞ dolları təşkil edib.", "2025-02-01", "az", []string{"trade-turnover 4.8 bn USD 2024"}},
	{"ixrac və idxal", "", "Ötən il Rusiyaya ixrac 1,2 mlrd. dollara çatıb, idxal isə 3,1 mlrd. dollar olub.", "2025-02-01", "az", []string{"exports 1.2 bn USD 2024", "imports 3.1 bn USD 2024"}},
	{"aylar", "", "Yanvar-iyul aylarında ticarət dövriyyəsi 2,7 milyard dollara yaxın olub.", "2025-08-21", "az", []string{"trade-turnover 2.7 bn USD 7M2025"}},
	{"sərmayə", "", "Rusiya şirkətləri Azərbaycan iqtisadiyyatına 5,8 milyard dollar sərmayə yatırıb.", "2025-08-21", "az", []string{"investment 5.8 bn USD"}},
	{"tələbələr", "", "Rusiyada 15 minə yaxın azərbaycanlı tələbə təhsil alır.", "2025-08-21", "az", []string{"students 15000 count"}},
	{"şirkətlər", "", "Azərbaycanda 1300-dən çox Rusiya şirkəti fəaliyyət göstərir.", "2025-08-21", "az", []string{"companies 1300 count"}},
	{"yük", "", "Bu ilin altı ayında dəhlizlə 420 min ton yük daşınıb.", "2025-08-21", "az", []string{"freight-volume 420000 t 6M2025"}},
	{"məktəblər", "", "Ölkədə 340 məktəbdə tədris rus dilində aparılır.", "2025-08-21", "az", []string{"schools 340 count"}},
	{"sənədlər", "", "Səfər çərçivəsində avqustun 19-da 11 sənəd imzalanıb.", "2024-08-21", "az", []string{"agreements 11 count 2024-08"}},
	{"turistlər", "", "2024-cü ildə Rusiyadan 1,1 milyon turist gəlib.", "2025-08-21", "az", []string{"tourists 1100000 persons 2024"}},
	{"üç yarım", "", "Əmtəə dövriyyəsi üç yarım milyard dollardan çox olub.", "2025-08-21", "az", []string{"trade-turnover 3.5 bn USD"}},
	{"diakritikasız", "", "Rusiya ile ticaret dovriyyesi 2023-cu ilde 4,3 milyard dollar teskil edib.", "2024-03-21", "az", []string{"trade-turnover 4.3 bn USD 2023"}},
	{"nöqtə qrup ayırır", "", "Rus bölmələrində 160.000 şagird oxuyur.", "2024-03-21", "az", []string{"students 160000 count"}},
	{"faiz", "", "Rusiyanın ticarətdə payı 9,8 faiz olub.", "2024-03-21", "az", nil},
}
