package normalise

import (
	"regexp"
	"sort"
	"strings"
)

// outlet is a newsroom that others credit, with the forms its name is written in.
type outlet struct {
	name  string
	forms []string
}

// outlets are the newsrooms that feeds of the field credit. A name that is also a
// word (Report, Trend, Turan) is only ever looked for in the places of credits.
var outlets = []outlet{
	{"TASS", []string{"TASS", "ТАСС", "ITAR-TASS", "ИТАР-ТАСС", "ТАССу", "ТАССом"}},
	{"RIA Novosti", []string{"RIA Novosti", "РИА Новости", "RIA", "РИА «Новости»", "RİA Novosti", "РИА", "RIA Novosti agency"}},
	{"Interfax", []string{"Interfax", "Интерфакс", "INTERFAX.RU", "Interfax.ru", "İnterfaks", "Interfaks", "İnterfax", "Интерфаксу", "Interfax-Azerbaijan", "Интерфакс-Азербайджан"}},
	{"Sputnik", []string{"Sputnik", "Спутник", "Sputnik Azerbaijan", "Sputnik Азербайджан", "Sputnik Azərbaycan"}},
	{"Report", []string{"Report", "Report.az", "Report Information Agency", "Репорт"}},
	{"Trend", []string{"Trend", "Trend.az", "Тренд", "TREND"}},
	{"APA", []string{"APA", "АПА", "APA-Economics", "APA-ECONOMICS", "APA Economics", "APA.az", "apa.az"}},
	{"AZERTAC", []string{"AZERTAC", "AzerTac", "AzerTAc", "AZERTAG", "AZƏRTAC", "AzərTAc", "АЗЕРТАДЖ", "Азертадж", "AZERTAJ", "Azertac"}},
	{"Turan", []string{"Turan", "Туран"}},
	{"Azernews", []string{"Azernews", "AZERNEWS", "AzerNews"}},
	{"News.Az", []string{"News.Az", "News.az", "NEWS.az"}},
	{"Caliber.Az", []string{"Caliber.Az", "Caliber.az", "Калибр"}},
	{"1news.az", []string{"1news.az", "1NEWS.AZ"}},
	{"Day.Az", []string{"Day.Az", "Day.az", "day.az"}},
	{"Oxu.Az", []string{"Oxu.Az", "Oxu.az", "oxu.az"}},
	{"Haqqin", []string{"Haqqin.az", "haqqin.az", "Haqqin"}},
	{"Minval", []string{"Minval.az", "minval.az", "Minval"}},
	{"Musavat", []string{"Musavat.com", "Musavat", "Müsavat"}},
	{"Qafqazinfo", []string{"Qafqazinfo", "Qafqazinfo.az", "qafqazinfo.az"}},
	{"Baku.ws", []string{"Baku.ws", "Bakı.ws"}},
	{"Fineko", []string{"Fineko", "abc.az", "ABC.AZ"}},
	{"Vestnik Kavkaza", []string{"Vestnik Kavkaza", "Вестник Кавказа"}},
	{"Kommersant", []string{"Kommersant", "Коммерсантъ", "Коммерсант", "«Коммерсантъ»"}},
	{"Izvestia", []string{"Izvestia", "Известия", "Известиям"}},
	{"Vedomosti", []string{"Vedomosti", "Ведомости"}},
	{"RBC", []string{"RBC", "РБК", "RBK"}},
	{"Rossiyskaya Gazeta", []string{"Rossiyskaya Gazeta", "Российская газета", "RG.RU"}},
	{"Regnum", []string{"Regnum", "REGNUM", "ИА REGNUM"}},
	{"Meduza", []string{"Meduza", "Медуза"}},
	{"RFE/RL", []string{"RFE/RL", "Радио Свобода", "AzadlıqRadiosu", "Azadlıq Radiosu"}},
	{"BBC", []string{"BBC", "BBC News", "Би-би-си", "BBC Azərbaycanca"}},
	{"Reuters", []string{"Reuters", "Рейтер", "Reuter", "Рейтерс"}},
	{"AP", []string{"AP", "Associated Press"}},
	{"AFP", []string{"AFP", "АФП"}},
	{"Bloomberg", []string{"Bloomberg", "Блумберг"}},
	{"Anadolu", []string{"Anadolu", "Anadolu Agency", "Анадолу", "Anadolu Agentliyi"}},
	{"Xinhua", []string{"Xinhua", "Синьхуа"}},
	{"JAMnews", []string{"JAMnews", "JAM-news"}},
	{"Eurasianet", []string{"Eurasianet"}},
	{"PanARMENIAN", []string{"PanARMENIAN.Net", "PanARMENIAN"}},
	{"Armenpress", []string{"Armenpress", "Арменпресс", "ARMENPRESS"}},
	{"NEWS.am", []string{"NEWS.am", "News.am"}},
	{"Aze.Media", []string{"Aze.Media", "Aze.media"}},
	{"Metbuat.az", []string{"Metbuat.az"}},
	{"azerisport.com", []string{"azerisport.com", "azerisport"}},
	{"Modern.az", []string{"Modern.az"}},
	{"Lent.az", []string{"Lent.az"}},
	{"Axar.az", []string{"Axar.az"}},
	{"Kanal24", []string{"Kanal24"}},
}

// agencies is the alternatives of all forms, longer ones first, as a pattern.
var agencies = alternatives()

// alternatives builds agencies.
func alternatives() string {
	var forms []string
	for _, o := range outlets {
		for _, f := range o.forms {
			forms = append(forms, regexp.QuoteMeta(f))
		}
	}
	sort.SliceStable(forms, func(i, j int) bool { return len(forms[i]) > len(forms[j]) })
	return `(?:` + strings.Join(forms, "|") + `)`
}
