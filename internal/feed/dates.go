package feed

import (
	"html"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"samur/internal/pattern"
)

// anyDate reads the first of several dates that can be read; when none can, the
// first that was written is kept with its words.
func anyDate(raw ...string) Date {
	var kept Date
	for _, s := range raw {
		s = strings.TrimSpace(s)
		if s == "" {
			continue
		}
		d := ParseDate(s)
		if !d.Time.IsZero() {
			return d
		}
		if kept.Raw == "" {
			kept = d
		}
	}
	return kept
}

// ParseDate reads a date as feeds write them: by RFC 3339, RFC 822 and what
// resembles them, with month names in the languages of the field. It makes
// nothing up: a zone it does not know, a day the month does not have, or an order
// of day and month that cannot be told leave Time zero.
func ParseDate(raw string) Date {
	d := Date{Raw: raw}
	if len(raw) > 200 {
		d.Raw = strings.ToValidUTF8(raw[:200], "")
		return d
	}
	s := dateText(raw)
	p := dateParts{}
	if !p.iso(s) {
		p = dateParts{}
		if !p.words(dateTokens(s)) {
			return d
		}
	}
	at, ok := p.time()
	if !ok {
		return d
	}
	d.Time, d.NoZone = at.UTC(), !p.zoned
	return d
}

// dateText brings a date into the form that is read: without markup, in lower case, its
// digits and signs those of ASCII, and without the label that some write before it.
func dateText(raw string) string {
	if strings.ContainsAny(raw, "<&") {
		raw = html.UnescapeString(dateTags().ReplaceAllString(raw, " "))
	}
	s := strings.ToLower(norm.NFC.String(strings.TrimSpace(raw)))
	if strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) {
		s = strings.ReplaceAll(s, "i\u0307", "i") // what lower case makes of İ
		s = strings.TrimSpace(strings.Map(plainSign, s))
	}
	if label, rest, ok := strings.Cut(s, ": "); ok && !strings.ContainsAny(label, "0123456789") {
		return strings.TrimSpace(rest) // "published: 26.11.2026"
	}
	return s
}

// dateTags matches the tags about a date.
var dateTags = pattern.Lazy(`<[^<>]*>`)

// plainSign returns the sign of ASCII that a sign of a date stands for: digits of Arabic
// and Persian, the minus of typesetters. Marks of direction and joiners go, and letters
// that Arabic and Persian write differently become one.
func plainSign(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	case r == '\u200c' || r == '\u200d' || r == '\u200e' || r == '\u200f' || r == '\ufeff':
		return -1
	}
	switch r {
	case '−', '–', '—':
		return '-'
	case '،':
		return ','
	case 'ي', 'ى':
		return 'ی'
	case 'ك':
		return 'ک'
	}
	return r
}

// dateParts is a date being read.
type dateParts struct {
	year, month, day     int
	hour, minute, second int
	nanos                int
	timed                bool // a time of day was read
	pm, am               bool
	mardi                bool // the month is from "mar", which may be French for Tuesday
	named                bool // the month was written as a word of our calendar
	solar                bool // of that of Iran
	weekday              int  // 1 for Sunday to 7, 0 when none
	zoned                bool
	offset               int            // seconds east
	loc                  *time.Location // of a zone by its IANA name
}

// time puts the parts together, when they are a date.
func (p *dateParts) time() (time.Time, bool) {
	if (p.solar || p.year < 1900 && !p.named) && !p.fromSolar() {
		return time.Time{}, false
	}
	if p.year == 0 || p.month < 1 || p.month > 12 || p.day < 1 || p.day > 31 || p.hour > 24 || p.minute > 59 || p.second > 60 {
		return time.Time{}, false
	}
	if p.pm && p.hour < 12 {
		p.hour += 12
	}
	if p.am && p.hour == 12 {
		p.hour = 0
	}
	if p.hour == 24 && (p.minute > 0 || p.second > 0) {
		p.hour = 0 // written by a clock that counts the hours from 1 to 24
	}
	loc := time.UTC
	if p.loc != nil {
		loc = p.loc
	}
	if day := time.Date(p.year, time.Month(p.month), p.day, 0, 0, 0, 0, time.UTC); day.Day() != p.day {
		return time.Time{}, false
	}
	at := time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, p.second, p.nanos, loc)
	return at.Add(-time.Duration(p.offset) * time.Second), p.year >= 1900 && p.year <= 2200
}

// iso reads the ISO 8601 family: "2026-03-08T07:00:00+04:00", "20260308",
// "2026-03", "2026-067", "2026-03-08 07:00". The seconds since 1970 that programs
// count in are among it.
func (p *dateParts) iso(s string) bool {
	digits := 0
	for digits < len(s) && s[digits] >= '0' && s[digits] <= '9' {
		digits++
	}
	if p.sinceEpoch(s, digits) {
		return true
	}
	date, rest := s, ""
	if i := strings.IndexAny(s, "t \t_"); i >= 0 {
		date, rest = s[:i], strings.TrimLeft(s[i+1:], " \t_")
	} else if i := strings.IndexAny(s, "z+"); i >= 0 {
		date, rest = s[:i], s[i:]
	}
	if !p.isoDate(date, digits) {
		return false
	}
	if rest == "" {
		return true
	}
	clock, zone := rest, ""
	if i := strings.IndexAny(rest, " z+-"); i >= 0 {
		clock, zone = rest[:i], strings.TrimSpace(rest[i:])
	} else if i := strings.IndexFunc(rest, unicode.IsLetter); i >= 0 {
		clock, zone = rest[:i], rest[i:]
	}
	if half, after, ok := meridiem(zone); ok {
		p.pm, p.am, zone = half == "pm", half == "am", after
	}
	if clock != "" && !p.clock(clock, true) {
		return false
	}
	return zone == "" || p.zone(zone)
}

// sinceEpoch reads seconds since 1970, and thousandths and millionths of them; digits is
// how many s begins with.
func (p *dateParts) sinceEpoch(s string, digits int) bool {
	if inner, ok := strings.CutPrefix(s, "/date("); ok { // of JSON that .NET writes
		return len(inner) > 13 && allDigits(inner[:13]) && strings.IndexByte("+-)", inner[13]) >= 0 && p.sinceEpoch(inner[:13], 13)
	}
	if digits < 10 || s[0] != '1' || digits != 10 && digits != 13 && digits != 16 {
		return false
	}
	if fraction, ok := strings.CutPrefix(s[digits:], "."); digits < len(s) && !(ok && digits == 10 && allDigits(fraction)) {
		return false
	}
	p.unix(number(s[:10]))
	return true
}

// unix reads seconds since 1970. Ten digits that begin with 1 are of the years 2001
// to 2033, and no other way of writing a date has so many.
func (p *dateParts) unix(seconds int) {
	at := time.Unix(int64(seconds), 0).UTC()
	p.year, p.month, p.day = at.Year(), int(at.Month()), at.Day()
	p.hour, p.minute, p.second = at.Clock()
	p.timed, p.zoned = true, true
}

// meridiem takes a leading am or pm off s.
func meridiem(s string) (half, rest string, ok bool) {
	for _, h := range []string{"am", "pm"} {
		if s == h || strings.HasPrefix(s, h+" ") {
			return h, strings.TrimSpace(s[2:]), true
		}
	}
	return "", s, false
}

// isoDate reads the part before the time; digits is how many it begins with.
func (p *dateParts) isoDate(s string, digits int) bool {
	p.month, p.day = 1, 1
	if digits == len(s) {
		return p.isoDigits(s)
	}
	if digits == 4 {
		if week, ok := strings.CutPrefix(strings.TrimPrefix(s[4:], "-"), "w"); ok { // 2026-w48-4
			p.year = number(s[:4])
			return p.week(strings.Replace(week, "-", "", 1))
		}
	}
	if digits != 4 || len(s) < 6 || strings.IndexByte("-/.", s[4]) < 0 {
		return false
	}
	p.year = number(s[:4])
	if len(s) == 8 && s[4] == '-' && allDigits(s[5:]) { // 2026-067
		return p.yearDay(number(s[5:]))
	}
	return p.isoMonthDay(s[5:])
}

// isoDigits reads a date without signs, of digits only.
func (p *dateParts) isoDigits(s string) bool {
	switch len(s) {
	case 4: // 2026
		p.year = number(s)
		return true
	case 7: // 2026067
		p.year = number(s[:4])
		return p.yearDay(number(s[4:]))
	case 14: // 20260308070000
		p.hour, p.minute, p.second, p.timed = number(s[8:10]), number(s[10:12]), number(s[12:]), true
	case 8: // 20260308
	default:
		return false
	}
	p.year, p.month, p.day = number(s[:4]), number(s[4:6]), number(s[6:8])
	return p.dayNamed()
}

// isoMonthDay reads what stands behind the year and a sign: "3", "03-08", "3/8".
func (p *dateParts) isoMonthDay(s string) bool {
	month, day, both := strings.Cut(isoSigns.Replace(s), "-")
	if !allDigits(month) || both && !allDigits(day) || len(month) > 2 || len(day) > 2 {
		return false
	}
	p.month = number(month)
	if both {
		p.day = number(day)
	}
	return p.dayNamed()
}

// week sets month and day from the number of the week and of the day in it, "484".
func (p *dateParts) week(s string) bool {
	if len(s) == 2 {
		s += "1"
	}
	if len(s) != 3 || !allDigits(s) || s[2] < '1' || s[2] > '7' {
		return false
	}
	week, day := number(s[:2]), number(s[2:])
	fourth := time.Date(p.year, 1, 4, 0, 0, 0, 0, time.UTC) // is in the first week
	monday := 1 - (int(fourth.Weekday())+6)%7
	at := fourth.AddDate(0, 0, 7*(week-1)+monday+day-2)
	year, got := at.ISOWeek()
	if year != p.year || got != week {
		return false
	}
	p.year, p.month, p.day = at.Year(), int(at.Month()), at.Day()
	return true
}

// isoSigns makes one of the signs that part a month from its day.
var isoSigns = strings.NewReplacer("/", "-", ".", "-")

// dayNamed reports whether month and day can be those of a date; whether the
// month has so many days is seen when the parts are put together.
func (p *dateParts) dayNamed() bool { return p.month >= 1 && p.month <= 12 && p.day >= 1 }

// number reads a few digits that were seen to be digits.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// yearDay sets month and day from the number of the day in the year.
func (p *dateParts) yearDay(n int) bool {
	if n < 1 || n > 366 {
		return false
	}
	at := time.Date(p.year, 1, n, 0, 0, 0, 0, time.UTC)
	p.month, p.day = int(at.Month()), at.Day()
	return at.Year() == p.year
}

// allDigits reports whether s is one or more digits.
func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// clock reads "7:00", "07:00:05.25", "07.00" and, where compact is allowed,
// "0700" and "070005".
func (p *dateParts) clock(s string, compact bool) bool {
	if compact && len(s) >= 4 && s[2] == '.' && !strings.Contains(s, ":") { // "07.00.05"
		s = strings.Replace(s, ".", ":", 2)
	}
	whole, fraction, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	parts := strings.Split(whole, ":")
	if len(parts) == 1 && compact && allDigits(whole) {
		switch len(whole) {
		case 2:
			parts = []string{whole, "0"}
		case 4:
			parts = []string{whole[:2], whole[2:]}
		case 6:
			parts = []string{whole[:2], whole[2:4], whole[4:]}
		}
	}
	if len(parts) < 2 || len(parts) > 4 {
		return false
	}
	values := [4]int{}
	for i, part := range parts {
		if !allDigits(part) || len(part) > 2 && i < 3 || len(part) != 3 && i == 3 { // the fourth are thousandths
			return false
		}
		values[i], _ = strconv.Atoi(part)
	}
	if p.timed {
		return false // two times of day
	}
	p.hour, p.minute, p.second, p.timed = values[0], values[1], values[2], true
	if fraction != "" && allDigits(fraction) {
		fraction = (fraction + "000000000")[:9]
		p.nanos, _ = strconv.Atoi(fraction)
	}
	return true
}

// dateTokens cuts a written date into words, numbers and clocks. Commas, brackets
// and the like only part them; what stands in round brackets is a comment, unless
// it is the short name of a zone.
func dateTokens(s string) []string {
	if i := strings.IndexByte(s, '('); i > 8 {
		if j := strings.IndexByte(s[i:], ')'); j >= 0 {
			comment := s[i+1 : i+j]
			if !namesZone(comment) {
				comment = ""
			}
			s = s[:i] + " " + s[i+j+1:] + " " + comment
		}
	}
	if hourMark(s) {
		s = frenchClock().ReplaceAllString(s, "$1:$2")
	}
	out := make([]string, 0, 8)
	for _, f := range strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == ',' || r == '|' || r == '(' || r == ')' || r == '[' || r == ']' || r == ';' || r == '•' || r == '·'
	}) {
		out = appendWords(out, f)
	}
	return out
}

// hourMark reports whether an h stands behind a digit, as frenchClock wants it.
func hourMark(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == 'h' && (s[i-1] == ' ' || s[i-1] >= '0' && s[i-1] <= '9') {
			return true
		}
	}
	return false
}

// frenchClock matches "7h05" and "7 h 05".
var frenchClock = pattern.Lazy(`\b(\d{1,2}) ?h ?(\d{2})\b`)

// appendWords parts letters from digits where a writer ran them together:
// "8mar2026", "07:00z", "2004년", "07:00msk". Signs stay with what follows.
func appendWords(out []string, f string) []string {
	if f[0] == '+' || f[0] == '-' {
		return append(out, f)
	}
	start, class := 0, -1
	for i, r := range f {
		c := 0 // letters and everything else
		if r >= '0' && r <= '9' || r == ':' || r == '.' || r == '/' {
			c = 1
		}
		if (r == '+' || r == '-') && i > 0 {
			if nameOfZone(f[start:i]) && isOffset(f[i+1:]) { // "msk+1"
				return append(out, f[start:])
			}
			if isZoneSign(f[:i], f[i+1:]) {
				out = append(out, f[start:i])
				return append(out, f[i:])
			}
			c = class
		}
		if (r == '.' || r == '/') && class == 0 { // "sept.", "asia/baku"
			c = 0
		}
		if class >= 0 && c != class {
			out = append(out, f[start:i])
			start = i
		}
		class = c
	}
	return append(out, f[start:])
}

// isZoneSign reports whether a sign between the two parts begins an offset: it
// stands behind a clock and digits follow.
func isZoneSign(before, after string) bool {
	return strings.Contains(before, ":") && isOffset(after)
}

// isOffset reports whether s is what stands behind the sign of an offset.
func isOffset(s string) bool {
	digits := strings.ReplaceAll(s, ":", "")
	return allDigits(digits) && len(digits) <= 6
}
