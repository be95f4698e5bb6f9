package lexicon

import (
	"os"
	"strings"
	"testing"

	"samur/internal/news"
)

func testLexicon(t testing.TB) *Lexicon {
	t.Helper()
	x, err := Load(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAnalyse(t *testing.T) {
	x := testLexicon(t)
	tests := []struct {
		name, text string
		lang       news.Lang
		want       string // id=form; …
	}{
		{"az chains", "Rusiyanın Azərbaycandakı azərbaycanlılarla işi", "az", "country/russia=Rusiyanın; country/azerbaijan=Azərbaycandakı; country/azerbaijan=azərbaycanlılarla"},
		{"ru cases", "О Россией и Азербайджаном, в Баку и бакинском порту", "ru", "country/russia=Россией; country/azerbaijan=Азербайджаном; city/baku=Баку; city/baku=бакинском"},
		{"ru compound", "Российско-азербайджанские и азербайджано-российских связей", "ru", "country/russia=Российско; country/azerbaijan=азербайджанские; country/azerbaijan=азербайджано; country/russia=российских"},
		{"az compound", "Rusiya-Azərbaycan, Astara–Rəşt", "az", "country/russia=Rusiya; country/azerbaijan=Azərbaycan; city/astara=Astara; city/rasht=Rəşt"},
		{"en compound", "Russian-Azerbaijani ties", "en", "country/russia=Russian; country/azerbaijan=Azerbaijani"},
		{"fixed with ending", "AZAL-ın təyyarəsi, AZAL'a, azal", "az", "company/azal=AZAL-ın; company/azal=AZAL'a"},
		{"ending behind a quote", "“Lukoyl”un və «Lukoyl»dan", "az", "company/lukoil=Lukoyl”un; company/lukoil=Lukoyl»dan"},
		{"foreign name", "Lukoilun nefti", "az", "company/lukoil=Lukoilun"},
		{"ending behind initials", "MDB PA-nın sessiyası", "az", "organisation/cis-pa=MDB PA-nın"},
		{"route", "МТК «Север — Юг» и «Север-Юг», коридору «Север – Юг»", "ru", "route/north-south=МТК «Север — Юг; route/north-south=Север-Юг; route/north-south=коридору «Север – Юг"},
		{"az route", "“Şimal-Cənub” dəhlizinin və Şimal – Cənubun", "az", "route/north-south=Şimal-Cənub” dəhlizinin; route/north-south=Şimal – Cənubun"},
		{"longest wins", "МИД Азербайджана и МИДа; МИДом России", "ru", "institution/az-mfa=МИД Азербайджана; institution/mfa=МИДа; institution/mfa=МИДом; country/russia=России"},
		{"az institution", "Azərbaycan Xarici İşlər Nazirliyinin və xarici işlər nazirliyinə", "az", "institution/az-mfa=Azərbaycan Xarici İşlər Nazirliyinin; institution/mfa=xarici işlər nazirliyinə"},
		{"fishing season", "Началась лососёвая путина, путину ждали", "ru", ""},
		{"fishing season in title case", "Путина открыта: лосось пошёл", "ru", ""},
		{"weak alone", "Алиев пришёл", "ru", ""},
		{"weak with company", "Алиев пришёл к президенту", "ru", "person/ilham-aliyev=Алиев; office/president=президенту"},
		{"weak with strong name", "Ильхама Алиева встретили. Алиеву вручили цветы", "ru", "person/ilham-aliyev=Ильхама Алиева; person/ilham-aliyev=Алиеву"},
		{"forbidden", "Президент поздравил. Боксёр Алиев победил", "ru", "office/president=Президент"},
		{"patronymic", "Ильхаму Гейдар-оглы Алиеву", "ru", "person/ilham-aliyev=Ильхаму Гейдар-оглы Алиеву"},
		{"band of rates", "Mərkəzi Bank faiz dəhlizini saxladı. Dəhlizin uzunluğu", "az", "term/corridor=Dəhlizin"},
		{"no diacritics", "Azerbaycan ve Rusiyanin prezidentleri Bakida Ilham Eliyevle gorusub", "az", "country/azerbaijan=Azerbaycan; country/russia=Rusiyanin; office/president=prezidentleri; city/baku=Bakida; person/ilham-aliyev=Ilham Eliyevle"},
		{"one name without diacritics", "Prezident Eliyev Bakıya gəldi, görüş keçirildi", "az", "office/president=Prezident; person/ilham-aliyev=Eliyev; city/baku=Bakıya"},
		{"capitals", "ПУТИН И АЛИЕВ В БАКУ: ПРЕЗИДЕНТЫ РОССИИ", "ru", "person/vladimir-putin=ПУТИН; person/ilham-aliyev=АЛИЕВ; city/baku=БАКУ; office/president=ПРЕЗИДЕНТЫ; country/russia=РОССИИ"},
		{"az capitals", "RUSİYA PREZİDENTİ BAKIDA ƏLİYEVLƏ", "az", "country/russia=RUSİYA; office/president=PREZİDENTİ; city/baku=BAKIDA; person/ilham-aliyev=ƏLİYEVLƏ"},
		{"az Cyrillic", "Азәрбајҹан Президенти Илһам Әлијев Бакыда", "az", "country/azerbaijan=Азәрбајҹан; office/president=Президенти; person/ilham-aliyev=Илһам Әлијев; city/baku=Бакыда"},
		{"Cyrillic schwa", "Azәrbaycanın İlham Әliyev", "az", "country/azerbaijan=Azәrbaycanın; person/ilham-aliyev=İlham Әliyev"},
		{"abbreviation", "рф и РФ", "ru", "country/russia=РФ"},
		{"sum", "Формат 3+3 и 3 + 3", "ru", "organisation/three-plus-three=3+3; organisation/three-plus-three=3 + 3"},
		{"term", "торгового оборота и ТОВАРООБОРОТОМ", "ru", "term/trade-turnover=торгового оборота; term/trade-turnover=ТОВАРООБОРОТОМ"},
		{"english possessive", "Azerbaijan’s and Putin's", "en", "country/azerbaijan=Azerbaijan’s; person/vladimir-putin=Putin's"},
		{"latin in russian", "Компания Lukoil и AZAL", "ru", "company/lukoil=Lukoil; company/azal=AZAL"},
		{"across sentences", "Это МИД. Азербайджана там нет", "ru", "institution/mfa=МИД; country/azerbaijan=Азербайджана"},
		{"country inside an event", "Дни российской культуры в Баку", "ru", "event/culture-days=Дни российской культуры; country/russia=российской; city/baku=Баку"},
		{"namesake", "Президент принял гостей. Боец Фаррух Алиев и Х. Алиев победили, а И. Алиева ждали", "ru", "office/president=Президент; person/ilham-aliyev=Алиева"},
		{"namesake in English", "The president met Farrukh Aliyev and I. Aliyev", "en", "office/president=president; person/ilham-aliyev=Aliyev"},
		{"name in another spelling", "President Ilkham Aliyev and Vladmir Putin", "en", "office/president=President; person/ilham-aliyev=Ilkham Aliyev; person/vladimir-putin=Putin"},
		{"patronymic inside", "Владимиром Владимировичем Путиным", "ru", "person/vladimir-putin=Владимиром Владимировичем Путиным"},
		{"vice-president", "вице-президент и президент, Vice-President", "ru", "office/president=президент"},
		{"preposition", "После визита посла и послом", "ru", "office/ambassador=посла; office/ambassador=послом"},
		{"two countries are no ending", "Azərbaycan-Çin", "az", "country/azerbaijan=Azərbaycan; country/china=Çin"},
		{"function word in a name", "В Ростове-на-Дону и Ростову-на-Дону", "ru", "city/rostov=Ростове-на-Дону; city/rostov=Ростову-на-Дону"},
		{"comma in a name", "Ministry of Ports, Roads met; Ports. Roads; Ministry of Ports Roads", "en", "institution/ports=Ministry of Ports, Roads; institution/ports=Ministry of Ports Roads"},
		{"soft hyphen", "Азер\u00adбайджана", "ru", "country/azerbaijan=Азер\u00adбайджана"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := x.Analyse("", tt.text, tt.lang)
			var got []string
			for _, h := range d.Hits {
				got = append(got, h.Concept.ID+"="+h.Form)
				if tt.text[h.Start:h.End] != h.Form {
					t.Errorf("hit %q stands at [%d, %d) %q", h.Form, h.Start, h.End, tt.text[h.Start:h.End])
				}
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("Analyse(%q) =\n  %s, want\n  %s", tt.text, s, tt.want)
			}
		})
	}
}

// In a long text a concept is judged once a sentence: the hits are those of its sentences.
func TestManyNames(t *testing.T) {
	x := testLexicon(t)
	const one = "Президент поздравил. Боксёр Алиев победил. Алиев и президент в Баку. "
	hits := func(times int) int {
		return len(x.Analyse("", strings.Repeat(one, times), news.Ru).Hits)
	}
	each := hits(2) - hits(1)
	if each == 0 || hits(1) == 0 {
		t.Fatalf("%d hits in the text, %d more when it stands twice", hits(1), each)
	}
	for _, times := range []int{manyFound / 8, manyFound, 3 * manyFound} {
		if got, want := hits(times), hits(1)+(times-1)*each; got != want {
			t.Errorf("%d hits in the text %d times, want %d", got, times, want)
		}
	}
}
