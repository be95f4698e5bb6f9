package digest

import (
	"strconv"
	"strings"
)

// period is the place of a figure's period in time, in months since the year 0.
type period struct {
	end    int // its last month; 0 when it names none
	length int // in months; a year to date, whose end is open, has none and is compared with its like
}

// readPeriod reads "2024", "2024-03", "6M2024", "2024 YTD", "2024/2026" and
// "2025-11/2026-02". Everything else has no place in time.
func readPeriod(s string) period {
	if year, ok := strings.CutSuffix(s, " YTD"); ok {
		if _, last, ok := months(year); ok {
			return period{end: last}
		}
		return period{}
	}
	if n, year, ok := strings.Cut(s, "M"); ok {
		count, err := strconv.Atoi(n)
		first, _, known := months(year)
		if err != nil || !known || count < 1 || count > 12 {
			return period{}
		}
		return period{first + count - 1, count}
	}
	from, to, span := strings.Cut(s, "/")
	if !span {
		to = from
	}
	first, _, ok1 := months(from)
	_, last, ok2 := months(to)
	if !ok1 || !ok2 || last < first {
		return period{}
	}
	return period{last, last - first + 1}
}

// months returns the first and last month of "2024" or "2024-03".
func months(s string) (first, last int, ok bool) {
	year, month, dated := strings.Cut(s, "-")
	y, err := strconv.Atoi(year)
	if err != nil || y < 1 || y > 9999 {
		return 0, 0, false
	}
	if !dated {
		return 12*y + 1, 12*y + 12, true
	}
	m, err := strconv.Atoi(month)
	if err != nil || m < 1 || m > 12 {
		return 0, 0, false
	}
	return 12*y + m, 12*y + m, true
}
