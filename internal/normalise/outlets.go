package normalise

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// outlet is a newsroom that others credit, with the forms its name is written in,
// parted by "|". Endings of cases need not be listed where they are put behind the
// name, and case does not matter.
type outlet struct {
	name  string
	forms string
	word  bool // the name is a word too: only its own writing counts, and not alone
}

// outlets are the newsrooms that feeds of the field credit.
var outlets = []outlet{
	{"TASS", "TASS|ТАСС|ITAR-TASS|ИТАР-ТАСС|tass.ru|tass.com", false},
	{"RIA Novosti", "RIA Novosti|РИА Новости|РИА «Новости»|РИА|RIA|RİA Novosti|RİA|РИАН|ria.ru", false},
	{"RIA Dagestan", "РИА Дагестан|РИА «Дагестан»|RIA Dagestan|riadagestan.ru", false},
	{"Interfax", "Interfax|Интерфакс|interfax.ru|interfax.com|İnterfaks|Interfaks|İnterfax|Interfax-Azerbaijan|Интерфакс-Азербайджан|interfax.az", false},
	{"Sputnik", "Sputnik Azerbaijan|Sputnik Азербайджан|Sputnik Azərbaycan|Спутник Азербайджан|sputnik.az|az.sputniknews.ru|Sputnik|Спутник", true},
	{"Report", "Report|Report.az|Report Information Agency|Репорт", true},
	{"Trend", "Trend|Trend.az|Trend News Agency|Тренд", true},
	{"APA", "APA|АПА|APA-Economics|APA Economics|APA.az|apa.az", true},
	{"AZERTAC", "AZERTAC|AzərTAc|AZƏRTAC|AZERTAG|AZERTAJ|АЗЕРТАДЖ|АзерТАдж|azertag.az", false},
	{"Turan", "Turan|Туран|turan.az", true},
	{"Azernews", "Azernews|azernews.az", false},
	{"News.Az", "News.Az", false},
	{"Caliber.Az", "Caliber.Az|Калибр", false},
	{"1news.az", "1news.az", false},
	{"Day.Az", "Day.Az|news.day.az", false},
	{"Oxu.Az", "Oxu.Az", false},
	{"Haqqin", "haqqin.az|Haqqin|Хаккин", false},
	{"Minval", "minval.az|Minval|Минвал", false},
	{"Musavat", "Musavat.com|Yeni Müsavat|Yeni Musavat|Musavat|Müsavat", true},
	{"Qafqazinfo", "Qafqazinfo|Qafqazinfo.az", false},
	{"Baku.ws", "Baku.ws|Bakı.ws", false},
	{"Fineko", "Fineko|abc.az", false},
	{"Vestnik Kavkaza", "Vestnik Kavkaza|Вестник Кавказа|Вестника Кавказа|Вестнику Кавказа|vestikavkaza.ru|vestnikkavkaza.net", false},
	{"Vesti.az", "Vesti.az", false},
	{"Echo", "echo.az", false},
	{"Zerkalo", "zerkalo.az", false},
	{"Kommersant", "Kommersant|Коммерсантъ|Коммерсант|kommersant.ru", false},
	{"Izvestia", "Izvestia|Известия|Известиям|Известий|Известиях|İzvestiya|iz.ru", true},
	{"Vedomosti", "Vedomosti|Ведомости|Ведомостям|Ведомостей|Ведомостях|vedomosti.ru", true},
	{"RBC", "RBC|РБК|RBK|rbc.ru", false},
	{"Rossiyskaya Gazeta", "Rossiyskaya Gazeta|Российская газета|Российской газеты|Российской газете|RG.RU", false},
	{"Lenta.ru", "Lenta.ru|Лента.ру", false},
	{"Gazeta.ru", "Gazeta.ru|Газета.ру", false},
	{"Regnum", "Regnum|Регнум|ИА Регнум|ИА REGNUM|regnum.ru", false},
	{"Meduza", "Meduza|Медуза|Медузе|Медузы|Медузу|meduza.io", false},
	{"BelTA", "BelTA|БелТА|БЕЛТА|belta.by", false},
	{"Tatar-inform", "Татар-информ|Tatar-inform", false},
	{"Bashinform", "Башинформ|Bashinform", false},
	{"Caucasian Knot", "Кавказский узел|Кавказского узла|Кавказскому узлу|Caucasian Knot", false},
	{"Novaya Gazeta", "Новая газета|Новой газеты|Новой газете|Новую газету|Novaya Gazeta", false},
	{"The Moscow Times", "The Moscow Times|Moscow Times", false},
	{"Civil Georgia", "Civil Georgia|Civil.ge", false},
	{"Meydan TV", "Meydan TV|Мейдан ТВ", false},
	{"Rossiya 24", "Россия 24|Россия-24|Rossiya 24", false},
	{"RFE/RL", "RFE/RL|Радио Свобода|Радио Свободы|AzadlıqRadiosu|Azadlıq Radiosu|azadliq.org|Radio Liberty|Radio Azadliq", false},
	{"Voice of America", "Voice of America|Голос Америки|Amerikanın Səsi|VOA", false},
	{"BBC", "BBC|BBC News|Би-би-си|BBC Azərbaycanca|bbc.com", false},
	{"Reuters", "Reuters|Рейтер|Рейтерс|Reuter|Röyter|reuters.com", false},
	{"AP", "AP|АП|Associated Press|Ассошиэйтед Пресс", true},
	{"AFP", "AFP|АФП|Agence France-Presse", false},
	{"DPA", "DPA", false},
	{"UPI", "UPI", false},
	{"ANSA", "ANSA", false},
	{"Bloomberg", "Bloomberg|Блумберг|bloomberg.com", false},
	{"Financial Times", "Financial Times|The Financial Times", false},
	{"The New York Times", "The New York Times|New York Times|NYT", false},
	{"The Wall Street Journal", "The Wall Street Journal|Wall Street Journal|WSJ", false},
	{"The Washington Post", "The Washington Post|Washington Post", false},
	{"The Guardian", "The Guardian", false},
	{"Politico", "Politico", false},
	{"CNN", "CNN", false},
	{"Axios", "Axios", false},
	{"Deutsche Welle", "Deutsche Welle|Немецкая волна|Немецкой волны|Немецкой волне", false},
	{"Le Monde", "Le Monde", false},
	{"Hürriyet", "Hürriyet|Hurriyet", false},
	{"Euronews", "Euronews|Евроньюс", false},
	{"Al Jazeera", "Al Jazeera|Аль-Джазира", false},
	{"Anadolu", "Anadolu|Anadolu Agency|Анадолу|Anadolu Agentliyi|Anadolu Ajansı", true},
	{"TRT", "TRT|TRT Haber|TRT Avaz", false},
	{"IRNA", "IRNA|ИРНА|İRNA", false},
	{"Tasnim", "Tasnim|Тасним", false},
	{"Xinhua", "Xinhua|Синьхуа|Sinxua", false},
	{"JAMnews", "JAMnews|JAM-news", false},
	{"OC Media", "OC Media", false},
	{"Eurasianet", "Eurasianet|Евразианет|eurasianet.org", false},
	{"PanARMENIAN", "PanARMENIAN.Net|PanARMENIAN", false},
	{"Armenpress", "Armenpress|Арменпресс", false},
	{"NEWS.am", "NEWS.am", false},
	{"Novosti-Azerbaijan", "Новости-Азербайджан|Novosti-Azerbaijan", false},
	{"Novosti-Georgia", "Новости-Грузия|Novosti-Georgia", false},
	{"Novosti-Armenia", "Новости-Армения|Novosti-Armenia", false},
	{"Interpressnews", "Interpressnews|Интерпрессньюс", false},
	{"Ukrinform", "Ukrinform|Укринформ", false},
	{"Kazinform", "Kazinform|Казинформ", false},
	{"Aze.Media", "Aze.Media", false},
	{"Metbuat.az", "Metbuat.az", false},
	{"azerisport.com", "azerisport.com|azerisport", false},
	{"Modern.az", "Modern.az", false},
	{"Olke.az", "Olke.az|Ölkə.az", false},
	{"Lent.az", "Lent.az", false},
	{"Axar.az", "Axar.az", false},
	{"Kanal24", "Kanal24", false},
	{"Sherg", "Şərq|Sherg.az", true},
	{"ITV", "İTV|İctimai Televiziya", false},
	{"AzTV", "AzTV", false},
	{"CBC", "CBC TV", false},
}

// form is one writing of an outlet's name.
type form struct {
	text   []rune // folded
	outlet int    // place in outlets
}

// formsByWord lists the forms of all names by their first word, longer ones first.
var formsByWord = indexForms()

func indexForms() map[string][]form {
	index := map[string][]form{}
	for i, o := range outlets {
		for f := range strings.SplitSeq(o.forms, "|") {
			text := []rune(foldName(f))
			word := string(text[:wordEnd(text, 0)])
			index[word] = append(index[word], form{text, i})
		}
	}
	for _, forms := range index {
		slices.SortStableFunc(forms, func(a, b form) int { return len(b.text) - len(a.text) })
	}
	return index
}

// foldName folds case, with the two letters i of Azerbaijani as one.
func foldName(s string) string { return strings.Map(foldRune, s) }

func foldRune(r rune) rune {
	switch {
	case r == 'İ' || r == 'I' || r == 'ı':
		return 'i'
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r >= 'а' && r <= 'џ' || r >= 'ß' && r <= 'ÿ' || r == 'ə' || r == 'ğ' || r == 'ş':
		return r
	case r >= 'А' && r <= 'Я':
		return r + 'а' - 'А'
	}
	return unicode.ToLower(r)
}

// wordEnd returns where the letters and digits end that begin at i.
func wordEnd(text []rune, i int) int {
	for i < len(text) && isNameRune(text[i]) {
		i++
	}
	return i
}

func isNameRune(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
		return true
	case r >= 'Ѐ' && r <= 'ҁ', r >= 'ø' && r <= 'ˁ', r >= 'À' && r <= 'ö' && r != '×': // letters throughout
		return true
	case r < utf8.RuneSelf:
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// endings are what cases put behind a name, in Azerbaijani and Russian.
var endings = func() map[string]bool {
	m := map[string]bool{}
	for _, e := range strings.Fields("a ə ya yə na nə nın nin nun nün ın in un ün ı i u ü nı ni nu nü da də dan dən nda ndə ndan ndən la lə dır dir у а е ом ем и ы ю я ой ам ям ами ах") {
		m[foldName(e)] = true
	}
	return m
}()

// outletKey is what of an outlet's name is compared.
func outletKey(s string) string {
	s = strings.Trim(s, quotes+" ")
	if m, ok := mentionAtStart(s); ok && m.end == len(s) {
		s = m.name
	}
	s = foldName(s)
	for _, d := range domains {
		s = strings.TrimSuffix(s, d)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ə':
			return 'e'
		case isNameRune(r):
			return r
		}
		return -1
	}, s)
}

// sameOutlet reports whether two names mean one newsroom.
func sameOutlet(a, b string) bool {
	a, b = outletKey(a), outletKey(b)
	return a != "" && a == b
}
