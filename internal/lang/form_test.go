package lang

import (
	"strings"
	"testing"

	"samur/internal/news"
)

func TestForms(t *testing.T) {
	tests := []struct {
		word string
		lang news.Lang
		role Role
		yes  string
		no   string
	}{
		{"Rusiya", "az", Name, "Rusiya Rusiyanın Rusiyaya Rusiyanı Rusiyada Rusiyadan Rusiyadakı Rusiyayla Rusiyadır Rusiyalı Rusiyalılar RUSİYANIN Rusiyanınkı Rusiyadakılar", "Rusiyalov Rusiyə Rus rusca"},
		{"Azərbaycan", "az", Name, "Azərbaycanın Azərbaycana Azərbaycanı Azərbaycanda Azərbaycandan Azərbaycanla Azərbaycandakı azərbaycanlı azərbaycanlıların Azərbaycandır Azərbaycanımız Azərbaycanadək", "azərbaycanfilm Azərbaycanov"},
		{"Bakı", "az", Name, "Bakı Bakıya Bakıda Bakının Bakıdakı Bakıdan Bakını Bakılı Bakıyadək BAKININ", "Bakıxanov bakteriya Bakir"},
		{"əməkdaşlıq", "az", Term, "əməkdaşlığının əməkdaşlığı əməkdaşlıqda əməkdaşlıqdan əməkdaşlığa əməkdaşlıqlar əməkdaşlığımız əməkdaşlığını", "əməkdaş əməkdaşlar"},
		{"dəhliz", "az", Term, "dəhlizi dəhlizindən dəhlizinin dəhlizdə dəhlizlər dəhlizləri", ""},
		{"dəhlizi", "az", Term, "dəhlizi dəhlizinin dəhlizinə dəhlizində dəhlizindən dəhlizini dəhlizləri dəhlizlərinin", ""},
		{"Nazirliyi", "az", Term, "nazirliyi Nazirliyinin Nazirliyinə nazirliyindən nazirliyində nazirlikləri nazirliklərinin", "nazirlər"},
		{"prezident", "az", Term, "Prezidenti prezidentinin prezidentlər prezidentləri Prezidentin prezidentə", ""},
		{"fikir", "az", Term, "fikri fikrini fikirlər fikrin fikrində", ""},
		{"gömrük", "az", Term, "gömrüyü gömrüyün gömrükdə gömrüyə gömrüklər", ""},
		{"qaz", "az", Term, "qazın qazı qaza qazdan qazlar", "qazan qazana qazandı qazlı"},
		{"xətt", "az", Term, "xətti xəttin xətlər xətdə xətlərin", "xətə xət"},
		{"xətti", "az", Term, "xəttinin xəttində xətləri xətlərinə", ""},
		{"ev", "az", Term, "evdəyidi evdəydi evinən", "eviz"},
		{"mədəni", "az", Term, "mədəni", "mədənlərində mədənləri"},
		{"yığım", "az", Term, "yığımı yığıma", "yığma"},
		{"Lukoyl", "az", Name, "Lukoylun Lukoyla Lukoyl'un Lukoyl’un Lukoyldan", "Lukoylov"},
		{"NATO", "az", Name, "NATO'nun NATOnun NATO’ya", ""},
		{"Əliyev", "az", Person, "Əliyevin Əliyevə Əliyevlə Əliyevdən ƏLİYEVİN Əliyevdir", "Əliyeva Əliyevanın"},
		{"Əliyeva", "az", Person, "Əliyevanın Əliyevaya Əliyeva", "Əliyev Əliyevin"},

		{"Азербайджан", "ru", Name, "Азербайджан Азербайджана Азербайджану Азербайджаном Азербайджане АЗЕРБАЙДЖАНЕ", "азербайджанский азербайджанец азербайджано"},
		{"азербайджанский", "ru", Term, "азербайджанский азербайджанского азербайджанская азербайджанской азербайджанские азербайджанских азербайджанскими азербайджанско", "Азербайджан"},
		{"Россия", "ru", Name, "Россия России Россию Россией", "россиян российский Россий-ский"},
		{"россиянин", "ru", Term, "россиянин россиянина россияне россиян россиянам россиянами россиянах", "Россия"},
		{"Баку", "ru", Name, "Баку БАКУ", "Бакулин бак баком"},
		{"Астрахань", "ru", Name, "Астрахань Астрахани Астраханью", "астраханский"},
		{"Путин", "ru", Person, "Путин Путина Путину Путиным Путине", "путиной Путинка"},
		{"Алиев", "ru", Person, "Алиев Алиева Алиеву Алиевым Алиеве", "Алиевой"},
		{"Захарова", "ru", Person, "Захарова Захаровой Захарову", "Захаров Захаровым"},
		{"Лавринский", "ru", Person, "Лавринского Лавринскому Лавринским Лавринском", "Лавринская Лавринскую"},
		{"Матвиенко", "ru", Person, "Матвиенко", "Матвиенка Матвиенки"},
		{"Дмитрий", "ru", Person, "Дмитрий Дмитрия Дмитрию Дмитрием Дмитрии", "Дмитриев"},
		{"рынок", "ru", Term, "рынок рынка рынку рынком рынки рынков рынкам", ""},
		{"посол", "ru", Term, "посол посла послу послом послы послов", "посольство"},
		{"поставка", "ru", Term, "поставки поставок поставкам поставку поставкой", "поставщик"},
		{"сделка", "ru", Term, "сделок сделки", ""},
		{"область", "ru", Term, "области областью областей областях", "областной"},
		{"правительство", "ru", Term, "правительства правительству правительством правительств", "правительственный"},
		{"Астраханская", "ru", Name, "Астраханская Астраханской Астраханскую", "Астраханский Астраханского"},
		{"соглашение", "ru", Term, "соглашения соглашению соглашением соглашений соглашениях", "соглашаться"},
		{"авиалинии", "ru", Term, "авиалиний авиалиниям авиалиниями авиалиниях", ""},
		{"перевозка", "ru", Term, "перевозок перевозки перевозками", "перевозчик"},
		{"таможня", "ru", Term, "таможни таможней таможен", "таможенный"},
		{"татарин", "ru", Term, "татары татар татарам татарина", "Татарстан"},
		{"учащийся", "ru", Term, "учащихся учащимся учащегося учащаяся", "учащий"},
		{"расположенный", "ru", Term, "расположен расположена расположены расположенного", "расположение"},
		{"близкий", "ru", Term, "близок близкого близка", ""},
		{"лёд", "ru", Term, "льда льду льдом льды", "ледник"},
		{"дерево", "ru", Term, "деревья деревьев деревьями дерева", "деревня"},
		{"яблоко", "ru", Term, "яблоки яблок яблоками", ""},
		{"облако", "ru", Term, "облаков облака облакам", ""},
		{"судно", "ru", Term, "суда судов судам судна", "судный судей судя"},
		{"воробей", "ru", Term, "воробья воробьи воробьев воробьями", ""},
		{"стая", "ru", Term, "стаи стаю стаей стай", "старый"},
		{"знамя", "ru", Term, "знамени знамена знамен", "знамение"},
		{"верховье", "ru", Term, "верховьев верховья верховий", ""},
		{"котёнок", "ru", Term, "котята котят котёнка", ""},
		{"Марина", "ru", Person, "Марины Марине Марину Мариной", "Марин Мариным"},
		{"Аверкий", "ru", Person, "Аверкия Аверкию Аверкием", ""},
		{"Толстой", "ru", Person, "Толстого Толстому Толстым", "Толстая"},
		{"день", "ru", Term, "дня дню днем дни дней дням", ""},
		{"ёж", "ru", Term, "еж ежа ёж", ""},

		{"Aliyev", "en", Person, "Aliyev Aliyev's Aliyev’s ALIYEV", "Aliyeva"},
		{"company", "en", Term, "company companies company's", "companion"},
		{"spokesman", "en", Term, "spokesmen spokesman's", "spokes"},
		{"German", "en", Name, "Germans German", "Germen"},
		{"crisis", "en", Term, "crises crisis", "crisi"},
		{"hero", "en", Term, "heroes hero's", "heroine"},
		{"life", "en", Term, "lives life", "live"},
		{"child", "en", Term, "children child", "childish"},
		{"sky", "en", Term, "skies", "skier"},
		{"Trend", "en", Name, "Trend Trend's", "Trendy"},
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			f := Compile(tt.word, tt.lang, tt.role)
			for _, w := range strings.Fields(tt.yes) {
				if !f.Match(Fold(w, tt.lang), tt.lang, false) {
					t.Errorf("Compile(%q).Match(%q) = false, want true", tt.word, w)
				}
			}
			for _, w := range strings.Fields(tt.no) {
				if f.Match(Fold(w, tt.lang), tt.lang, false) {
					t.Errorf("Compile(%q).Match(%q) = true, want false", tt.word, w)
				}
			}
		})
	}
}
