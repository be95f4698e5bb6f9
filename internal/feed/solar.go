package feed

import (
	"strings"
	"time"
)

// Feeds of Iran count the years of its solar calendar, which begin with spring: the 5th
// of Azar 1405 is the 26th of November 2026.

// solarMonths are the names of its months.
var solarMonths = solarMonthNames()

func solarMonthNames() map[string]int {
	out := map[string]int{}
	for i, name := range strings.Fields("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند") {
		out[name] = i + 1
	}
	return out
}

// The years that are read as those of that calendar: 1991 to 2040. The years of the moon,
// which others write in the same way, are past 1420 since 1999.
const (
	firstSolar = 1370
	lastSolar  = 1419
)

// fromSolar puts a date of that calendar into ours, and reports whether it is one.
func (p *dateParts) fromSolar() bool {
	if p.year < firstSolar || p.year > lastSolar || p.month < 1 || p.month > 12 || p.day < 1 || p.day > solarDays(p.year, p.month) {
		return false
	}
	days := p.day - 1
	for m := 1; m < p.month; m++ {
		days += solarDays(p.year, m)
	}
	for y := firstSolar; y < p.year; y++ {
		days += 336 + solarDays(y, 12)
	}
	at := time.Date(1991, 3, 21, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	p.year, p.month, p.day = at.Year(), int(at.Month()), at.Day()
	return true
}

// solarDays returns how many days a month has: 31 in spring and summer, 30 in autumn and
// winter, and the last 29 in all but the leap years, eight of 33.
func solarDays(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month <= 11:
		return 30
	}
	switch year % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return 30
	}
	return 29
}
