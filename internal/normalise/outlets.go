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

// mention is a place in a text where an outlet is named, with the quotes and the
// ending about it.
type mention struct {
	start, end int // bytes
	name       string
	word       bool // the name is a word too
}

// mentionAt returns the outlet that is named at byte i of s, where a word begins.
func mentionAt(s string, i int) (mention, bool) {
	open := 0
	if r, n := utf8.DecodeRuneInString(s[i:]); strings.ContainsRune(quotes, r) {
		open = n
	}
	forms, next := firstWord(s[i+open:])
	if len(forms) == 0 {
		return domainAt(s, i, open, next)
	}
	var begin letters
	begin.read(s[i+open:])
	for _, f := range forms {
		if len(f.text) > begin.n || !slices.Equal(begin.folded[:len(f.text)], f.text) {
			continue
		}
		end := i + open + int(begin.sizes[len(f.text)])
		o := outlets[f.outlet]
		if o.word && !isNamed(s[i+open:end]) && !slices.Contains(f.text, '.') {
			continue
		}
		if end, ok := nameEnd(s, end, open > 0); ok {
			return mention{i, end, o.name, o.word}, true
		}
	}
	return domainAt(s, i, open, next)
}

// firstWord returns the names that begin with the word that s begins with, and where
// that word ends.
func firstWord(s string) (forms []form, end int) {
	buf := make([]byte, 0, 64)
	for i, r := range s {
		if !isNameRune(r) || len(buf) > 56 {
			return formsByWord[string(buf)], i
		}
		buf = utf8.AppendRune(buf, foldRune(r))
	}
	return formsByWord[string(buf)], len(s)
}

// quotes are the marks that names stand in.
const quotes = `"“”«»„'`

// letters are the first letters of a text, folded, and the bytes that each number of
// them takes: no name is longer.
type letters struct {
	folded [32]rune
	sizes  [33]uint8
	n      int
}

// read takes the letters that s begins with, of one line.
func (l *letters) read(s string) {
	l.n = 0
	for i, r := range s {
		if l.n == len(l.folded) || r == '\n' {
			break
		}
		l.folded[l.n] = foldRune(r)
		l.n++
		l.sizes[l.n] = uint8(i + utf8.RuneLen(r))
	}
}

// isNamed reports whether a word that is a name as well is written as a name: with a
// capital.
func isNamed(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// nameEnd returns where a name ends that was found up to byte i of s: behind its
// quote and its ending. False where it goes on as another word.
func nameEnd(s string, i int, quoted bool) (int, bool) {
	closed := false
	if r, n := utf8.DecodeRuneInString(s[i:]); quoted {
		if !strings.ContainsRune(quotes, r) {
			return 0, false
		}
		i, closed = i+n, true
	}
	end := i
	if r, n := utf8.DecodeRuneInString(s[i:]); strings.ContainsRune("-’'", r) {
		i, closed = i+n, true
	}
	var tail letters
	tail.read(s[i:])
	n := wordEnd(tail.folded[:tail.n], 0)
	switch {
	case n == 0:
		return end, true
	case endings[string(tail.folded[:n])] && (closed || n <= 3):
		return i + int(tail.sizes[n]), true
	}
	return 0, false
}

// domains are the ends of names that sites of the field have.
var domains = []string{".az", ".ru", ".com", ".net", ".org", ".info", ".am", ".ge", ".tv", ".ws", ".su", ".tr", ".ua", ".media", ".news", ".kz", ".uz", ".by", ".uk", ".de", ".eu", ".ir"}

// domainAt returns the outlet that is named by a site's domain at byte i of s, whose
// first word is of that many bytes.
func domainAt(s string, i, open, word int) (mention, bool) {
	start := i + open
	end := start + word
	if word == 0 || end >= len(s) || s[end] != '.' && s[end] != '-' {
		return mention{}, false
	}
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if !isNameRune(r) && r != '-' && !(r == '.' && end+1 < len(s) && isWord(s[end+1])) {
			break
		}
		end += n
	}
	if strings.IndexByte(s[start:end], '.') < 0 {
		return mention{}, false
	}
	name := strings.ToLower(s[start:end])
	for _, d := range domains {
		base, ok := strings.CutSuffix(name, d)
		if !ok { // "lent.az-ın"
			if at := strings.LastIndex(name, d+"-"); at > 0 && endings[foldName(name[at+len(d)+1:])] {
				base, ok, end = name[:at], true, start+at+len(d)
			}
		}
		if ok && base != "" && !strings.HasPrefix(base, "-") {
			last, closed := nameEnd(s, end, open > 0)
			return mention{i, last, strings.TrimPrefix(s[start:end], "www."), false}, closed
		}
	}
	return mention{}, false
}

// mentions lists the places of s where outlets are named.
func mentions(s string) []mention {
	var out []mention
	joined := false // what stands at i is of one word, domain or address with what stands before it
	for i := 0; i < len(s); {
		end, may, joins := i+1, false, false
		switch {
		case s[i] == ' ':
		case nameRuneAt(s, i) > 0:
			end, may = mayName(s, i)
			joins = true
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			end, may, joins = i+n, strings.ContainsRune(quotes, r), r == '@' || r == '.'
		}
		if may && !joined {
			if m, ok := mentionAt(s, i); ok {
				out = append(out, m)
				last, _ := utf8.DecodeLastRuneInString(s[:m.end])
				i, joined = m.end, last == '@' || last == '.' || isNameRune(last)
				continue
			}
		}
		i, joined = end, joins
	}
	return out
}

// mayName reports whether the word that begins at byte i of s may be the first of an
// outlet's name, or of its domain, and where it ends: nearly none may.
func mayName(s string, i int) (end int, may bool) {
	end, letters := i, 0
	for end < len(s) {
		n := nameRuneAt(s, end)
		if n == 0 {
			break
		}
		end += n
		letters++
	}
	if end < len(s) && (s[end] == '-' || s[end] == '.' && end+1 < len(s) && isWord(s[end+1])) {
		return end, true
	}
	return end, nameOpenings.has(openingOf(s[i:end], letters))
}

// nameRuneAt returns how many bytes the letter or digit at byte i of s has, 0 where none
// stands. Nearly all are of English, Russian or Azerbaijani.
func nameRuneAt(s string, i int) int {
	switch c := s[i]; {
	case isWord(c):
		return 1
	case c < utf8.RuneSelf:
		return 0
	case (c == 0xd0 || c == 0xd1 || c >= 0xc4 && c <= 0xca) && i+1 < len(s) && s[i+1]&0xc0 == 0x80: // from Ѐ to ѿ, from Ā to ʿ
		return 2
	}
	if r, n := utf8.DecodeRuneInString(s[i:]); isNameRune(r) {
		return n
	}
	return 0
}

// nameOpenings are the first words of the names of outlets by what openingOf tells of
// them.
var nameOpenings = func() (all letterPairs) {
	for word := range formsByWord {
		all.add(openingOf(word, utf8.RuneCountInString(word)))
	}
	return all
}()

// openingOf is what is looked at first of a word of that many letters: the first two,
// and the number of the others.
func openingOf(word string, letters int) [2]rune {
	first, n := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[n:])
	return [2]rune{foldRune(first), foldRune(second) + rune(letters)<<16}
}

// letterPairs is a set of pairs of letters that may take others for its own.
type letterPairs [64]uint64

func (p *letterPairs) place(pair [2]rune) (i int, bit uint64) {
	h := (uint32(pair[0])*31 + uint32(pair[1])*17) * 2654435761
	return int(h >> 26), 1 << (h >> 20 % 64)
}

func (p *letterPairs) add(pair [2]rune) {
	i, bit := p.place(pair)
	p[i] |= bit
}

func (p *letterPairs) has(pair [2]rune) bool {
	i, bit := p.place(pair)
	return p[i]&bit != 0
}

// outletKey is what of an outlet's name is compared.
func outletKey(s string) string {
	s = strings.Trim(s, quotes+" ")
	if m, ok := mentionAt(s, 0); ok && m.end == len(s) {
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
