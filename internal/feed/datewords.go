package feed

import (
	"strconv"
	"strings"
	"time"
)

// words reads a date as people write it: numbers, a month's name, a clock, a zone,
// in any order that leaves no doubt.
func (p *dateParts) words(tokens []string) bool {
	var numbers []string
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		bare := strings.Trim(t, ".'’-/")
		switch {
		case bare == "":
		case strings.Contains(t, ":") && t[0] >= '0' && t[0] <= '9':
			if !p.clock(strings.Trim(t, "."), false) {
				return false
			}
		case t[0] == '+' || t[0] == '-' && p.timed:
			if !p.zone(t) {
				return false
			}
		case !p.timed && isHour(bare, tokens[i+1:]): // 4 pm
			p.hour, p.timed = number(bare), true
		case bare[0] >= '0' && bare[0] <= '9':
			if n, ok := p.numeric(bare); ok {
				if n != "" {
					numbers = append(numbers, n)
				}
				continue
			}
			return false
		default:
			used, ok := p.word(bare, t, tokens[i+1:])
			if !ok {
				return false
			}
			i += used
		}
	}
	return p.dayAndYear(numbers)
}

// numeric reads a token of digits: a number to be placed later, or a whole date
// such as "08.03.2026", "2026/03/08" or "8-3-26".
func (p *dateParts) numeric(s string) (number string, ok bool) {
	if allDigits(s) {
		return s, true
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '.' || r == '/' || r == '-' })
	for _, part := range parts {
		if month, ok := months[part]; ok && len(parts) == 3 && part == parts[1] { // 8-mar-2026
			p.month, p.named = month, true
			continue
		}
		if !allDigits(part) {
			return "", false
		}
	}
	if len(parts) == 2 && p.month == 0 && len(parts[1]) == 4 { // 3/2026
		p.month, _ = strconv.Atoi(parts[0])
		p.year, _ = strconv.Atoi(parts[1])
		p.day = 1
		return "", true
	}
	if len(parts) == 2 && strings.Contains(s, ".") && !p.timed && p.month != 0 { // 07.00 behind a date
		return "", p.clock(parts[0]+":"+parts[1], false)
	}
	if len(parts) != 3 || p.day != 0 {
		return "", false
	}
	return "", p.triple(parts, s[len(parts[0])])
}

// triple reads three numbers, or two around a month's name.
func (p *dateParts) triple(parts []string, sep byte) bool {
	n := [3]int{}
	for i, part := range parts {
		n[i], _ = strconv.Atoi(part)
	}
	switch {
	case p.month == 0 && sep == '-' && len(parts[0]) == 2 && len(parts[2]) == 2 && n[2] <= 31:
		if n[0] <= 31 { // 03-12-31: the year may be at either end
			return false
		}
		p.year, p.month, p.day = fullYear(parts[0]), n[1], n[2]
	case p.month != 0 && len(parts[0]) == 4:
		p.year, p.day = n[0], n[2]
	case p.month != 0:
		p.day, p.year = n[0], fullYear(parts[2])
	case len(parts[0]) == 4:
		p.year, p.month, p.day = n[0], n[1], n[2]
	case sep == '/' && n[0] <= 12 && n[1] <= 12 && n[0] != n[1]:
		// Day first or month first? Only the weekday can tell.
		return p.byWeekday(n[0], n[1], fullYear(parts[2]))
	case n[0] <= 12 && n[1] > 12: // no month has such a number
		p.month, p.day, p.year = n[0], n[1], fullYear(parts[2])
	default:
		p.day, p.month, p.year = n[0], n[1], fullYear(parts[2])
	}
	return true
}

// byWeekday settles the order of two numbers by the weekday that was written.
func (p *dateParts) byWeekday(a, b, year int) bool {
	fits := func(day, month int) bool {
		return p.weekday == 1+int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday())
	}
	switch dayFirst, monthFirst := fits(a, b), fits(b, a); {
	case dayFirst && !monthFirst:
		p.day, p.month, p.year = a, b, year
	case monthFirst && !dayFirst:
		p.month, p.day, p.year = a, b, year
	default:
		return false
	}
	return true
}

// word reads a token of letters and reports how many of those behind it were
// used up with it.
func (p *dateParts) word(bare, t string, rest []string) (used int, ok bool) {
	if used, ok := p.monthWord(bare); used {
		return 0, ok
	}
	if w, ok := weekdays[bare]; ok {
		p.weekday = w
		return 0, true
	}
	if p.half(bare) {
		return 0, true
	}
	if bare == "at" && p.timed && len(rest) == 0 { // behind a clock it is Atlantic time
		return 0, p.zone("ast")
	}
	if filler[bare] {
		return 0, true
	}
	if nameOfZone(bare) && len(rest) > 0 && len(rest[0]) > 1 && (rest[0][0] == '+' || rest[0][0] == '-') {
		return 1, p.zoneBehind(bare+rest[0]) || len(rest[0]) > len("+04") && p.zone(rest[0])
	}
	return 0, p.zone(strings.Trim(t, "."))
}

// monthWord reads the name of a month; used says that it is one, ok that it is read.
func (p *dateParts) monthWord(bare string) (used, ok bool) {
	if m, ok := months[bare]; ok {
		if p.month == 0 || p.mardi {
			p.month, p.mardi, p.named = m, bare == "mar" && p.month == 0, true
		}
		return true, true
	}
	if m, ok := solarMonths[bare]; ok && p.month == 0 {
		p.month, p.solar = m, true
		return true, true
	}
	if a, b, ok := strings.Cut(bare, "-"); ok && months[a] != 0 && p.month == 0 { // mar-26
		p.month, p.named, p.year = months[a], true, fullYear(b)
		return true, allDigits(b)
	}
	return false, false
}

// isHour reports whether a number is an hour by the word behind it.
func isHour(number string, rest []string) bool {
	if len(rest) == 0 || len(number) > 2 || !allDigits(number) {
		return false
	}
	return rest[0] == "h" || rest[0] == "uhr" || (&dateParts{}).half(rest[0])
}

// half reads the words for the halves of the day.
func (p *dateParts) half(word string) bool {
	switch word {
	case "am", "a.m", "öö", "오전":
		p.am = true
	case "pm", "p.m", "ös", "오후":
		p.pm = true
	default:
		return false
	}
	return true
}

// dayAndYear places the numbers that stood by themselves.
func (p *dateParts) dayAndYear(numbers []string) bool {
	switch form := lengths(numbers); {
	case p.day != 0 || p.year != 0:
	case p.month == 0 && form == "224": // 11 04 2020
		return p.byWeekday(number(numbers[0]), number(numbers[1]), number(numbers[2]))
	case p.month != 0 && form == "4" && !p.timed && p.weekday == 0: // Nov. 2020
		p.day = 1
	}
	for _, s := range numbers {
		n, err := strconv.Atoi(s)
		if err != nil || !p.place(s, n) {
			return false
		}
	}
	return p.year != 0 && p.month != 0 && p.day != 0
}

// lengths writes the lengths of numbers side by side, one digit as two.
func lengths(numbers []string) string {
	s := ""
	for _, n := range numbers {
		s += strconv.Itoa(max(2, len(n)))
	}
	return s
}

// place makes a number the part of the date that its length and the parts already
// read leave for it, and reports whether there is one. s is n as it was written.
func (p *dateParts) place(s string, n int) bool {
	switch len(s) {
	case 1, 2:
		return p.placeShort(s, n)
	case 3: // a two-digit year of a program that counts from 1900
		if p.year != 0 || n < 100 {
			return false
		}
		p.year = 1900 + n
		return true
	case 4:
		if p.year != 0 { // 0700
			return p.clock(s, true)
		}
		p.year = n
		return true
	}
	return false
}

// placeShort places a number of one or two digits: a month, a day or a year.
func (p *dateParts) placeShort(s string, n int) bool {
	switch {
	case p.day == 0 && p.month == 0 && p.year != 0 && n >= 1 && n <= 12: // 2004 05 28
		p.month = n
	case p.day == 0:
		p.day = n
	case len(s) == 2 && p.year == 0:
		p.year = fullYear(s)
	default:
		return false
	}
	return true
}

// fullYear reads a year of two or four digits. Feeds are younger than 1970.
func fullYear(s string) int {
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return 0
	case len(s) > 2:
		return n
	case n >= 70:
		return 1900 + n
	}
	return 2000 + n
}

// filler are words that stand in dates and say nothing: ordinal endings, "at",
// the word for year, the Korean signs for year, month and day.
var filler = map[string]bool{
	"st": true, "nd": true, "rd": true, "th": true, "at": true, "of": true, "the": true, "um": true, "uhr": true, "à": true, "le": true,
	"г": true, "года": true, "год": true, "в": true, "ci": true, "cü": true, "cı": true, "cu": true, "il": true, "ilin": true, "saat": true,
	"ildə": true, "saatı": true, "по": true, "времени": true, "время": true, "time": true, "vaxtı": true, "ilə": true,
	"р": true, "року": true, "жылғы": true, "жылы": true, "թ": true, "წ": true, "წელი": true, "ساعت": true, "سال": true,
	"de": true, "del": true, "den": true, "der": true, "yılı": true, "er": true, "t": true, "h": true,
	"년": true, "월": true, "일": true, "年": true, "月": true, "日": true, "y": true, "o": true, "clock": true,
}

// months are the names of months and their short forms, in lower case.
var months = monthNames()

// monthNames lists the months of the languages that feeds of the field and of
// the public test suites are written in.
func monthNames() map[string]int {
	names := []string{
		"january jan ocak oca yanvar yan январь января янв січень січня січ januar jänner jän janvier janv enero ene gennaio gen janeiro januari janúar január jan ιανουάριος ιανουαρίου ιαν ianuarie styczeń stycznia sty leden ledna janeiro јанвар январ қаңтар студзеня студзень януари հունվար հունվարի იანვარი იან ژانویه ینایر",
		"february feb febr şubat şub subat fevral fev февраль февраля фев февр лютий лютого лют februar février fév févr fevr febrero febbraio fevereiro februari február φεβρουάριος φεβρουαρίου φεβ februarie luty lutego lut únor února феврал февр ақпан лютага люты февруари փետրվար փետրվարի თებერვალი თებ فوریه فبرایر",
		"march mar mrt mart март марта мар березень березня бер märz mär mrz mars marzo março maart március márc μάρτιος μαρτίου μάρ μαρ μάρτ martie marzec marca březen března наурыз сакавіка сакавік մարտ մարտի მარტი მარ مارس",
		"april apr nisan nis aprel апрель апреля апр квітень квітня кві april avril avr abril abr aprile április ápr απρίλιος απριλίου απρ aprilie kwiecień kwietnia kwi duben dubna апрел сәуір красавіка красавік април ապրիլ ապրիլի აპრილი აპრ آوریل أبریل ابریل",
		"may mayıs mayis may май мая травень травня тра mai mayo maggio mag maio mei május máj maj μάιος μαΐου μάϊ μαϊ μάι μαι mai květen května maja мај мамыр траўня травень май մայիս մայիսի მაისი მაი مه مایو",
		"june jun haziran haz iyun iyn июнь июня июн червень червня чер juni juin junio giugno giu junho június jún ιούνιος ιουνίου ιούν ιουν ιον iunie czerwiec czerwca cze červen června ијун июн маусым чэрвеня чэрвень юни հունիս հունիսի ივნისი ივნ ژوئن یونیو",
		"july jul temmuz tem iyul iyl июль июля июл липень липня лип juli juillet juil julio luglio lug julho július júl ιούλιος ιουλίου ιούλ ιουλ ιολ iulie lipiec lipca lip červenec července ијул июл шілде ліпеня ліпень юли հուլիս հուլիսի ივლისი ივლ ژوئیه یولیو",
		"august aug ağustos ağu agustos avqust avq август августа авг серпень серпня сер august août aou aoû agosto ago augustus augusztus αύγουστος αυγούστου αύγ αυγ sierpień sierpnia sie srpen srpna тамыз жніўня жнівень օգոստոս օգոստոսի აგვისტო აგვ اوت أغسطس اغسطس",
		"september sep sept eylül eyl eylul sentyabr sen сентябрь сентября сен сент вересень вересня вер september septembre septiembre settembre set setembro szeptember szept σεπτέμβριος σεπτεμβρίου σεπ septembrie wrzesień września wrz září sent сентјабр сентябр қыркүйек верасня верасень септември սեպտեմբեր սեպտեմբերի სექტემბერი სექ سپتامبر سبتمبر",
		"october oct okt ekim eki oktyabr октябрь октября окт жовтень жовтня жов oktober octobre octubre ottobre ott outubro out október οκτώβριος οκτωβρίου οκτ octombrie październik października paź říjen října октјабр октябр қазан кастрычніка кастрычнік октомври հոկտեմբեր հոկտեմբերի ოქტომბერი ოქტ اکتبر أکتوبر اکتوبر",
		"november nov kasım kas kasim noyabr noy ноябрь ноября ноя нояб листопад листопада лис novembre noviembre novembro νοέμβριος νοεμβρίου νοέ νοε noiembrie listopad listopada нојабр ноябр қараша лістапада лістапад ноември նոյեմբեր նոյեմբերի ნოემბერი ნოე نوامبر نوفمبر",
		"december dec dez aralık ara aralik dekabr dek декабрь декабря дек грудень грудня гру dezember décembre déc diciembre dic dicembre dezembro desember des δεκέμβριος δεκεμβρίου δεκ decembrie grudzień grudnia gru prosinec prosince декабр желтоқсан снежня снежань декември դեկտեմբեր դեկտեմբերի დეკემბერი დეკ دسامبر دیسمبر",
	}
	out := map[string]int{}
	for i, line := range names {
		for _, name := range strings.Fields(line) {
			if _, taken := out[name]; !taken {
				out[name] = i + 1
			}
		}
	}
	return out
}

// weekdays are the names of weekdays and their short forms; 1 is Sunday.
var weekdays = weekdayNames()

// weekdayNames lists the weekdays in the languages of monthNames. Where a short
// form is also a month's ("mar" for mardi) the month has the word.
func weekdayNames() map[string]int {
	names := []string{
		"sunday sun pazar paz bazar воскресенье вс вск неділя нд sonntag so dimanche dim domingo dom domenica zondag zo vasárnap κυριακή κυρ базар կիրակի კვირა یکشنبه الأحد",
		"monday mon pazartesi pzt понедельник пн пнд понеділок montag mo lundi lun lunedì lunes maandag ma hétfő δευτέρα δευ segunda seg be b.e երկուշաբթի ორშაბათი دوشنبه الاثنین الإثنین дүйсенбі",
		"tuesday tue tues salı sal вторник вт втр вівторок dienstag di mardi martes martedì dinsdag kedd τρίτη τρι terça ter ça ç.a sali երեքշաբթի სამშაბათი سهشنبه الثلاثاء сейсенбі",
		"wednesday wed çarşamba çar среда ср срд середа mittwoch mi mercredi mer miércoles mercoledì woensdag wo szerda τετάρτη τετ quarta qua ç չորեքշաբթի ოთხშაბათი چهارشنبه الأربعاء сәрсенбі",
		"thursday thu thur thurs perşembe per четверг чт чтв четвер donnerstag do jeudi jeu jueves jue giovedì gio donderdag csütörtök πέμπτη πεμ πέμ quinta qui ca c.a հինգշաբթի ხუთშაბათი پنجشنبه الخمیس бейсенбі чцвер",
		"friday fri cuma cum пятница пт птн п'ятниця freitag fr vendredi ven viernes vie venerdì vrijdag vr péntek παρασκευή παρ sexta sex cümə ҹүмә ուրբաթ პარასკევი جمعه الجمعة жұма",
		"saturday sat cumartesi cmt şənbə суббота сб сбт субота samstag sa sonnabend samedi sam sábado sáb sabato zaterdag za szombat σάββατο σαβ σάβ ş шәнбә շաբաթ შაბათი شنبه السبت сенбі",
	}
	out := map[string]int{}
	for i, line := range names {
		for _, name := range strings.Fields(line) {
			out[name] = i + 1
		}
	}
	for _, name := range strings.Fields("çərşənbə bazarertəsi pazarertesi axşamı ertəsi чәршәнбә ахшамы ертәси жексенбі") {
		out[name] = 0
	}
	return out
}
