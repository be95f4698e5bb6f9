package cluster

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
)

// conflict reports what pins two items to two occurrences, and the series that
// both belong to. Slots that only one of them fills prove nothing.
func conflict(a, b *sketch) (veto news.Ground, series string) {
	if p, q, ok := otherPeriod(a.periods, b.periods); ok {
		return news.Because(news.GroundOtherPeriod, p, q), seriesName(a, b, p)
	}
	if indicator, p, q := otherFigures(a, b); indicator != "" {
		return news.Because(news.GroundOtherFigure, indicator, p, q), cadenced(indicator, p)
	}
	for _, m := range a.ordinals {
		for _, n := range b.ordinals {
			if a.lang == b.lang && m.Noun == n.Noun && m.N != n.N && !hasOrdinal(a, b) {
				return news.Because(news.GroundOtherNumber, strconv.Itoa(m.N), strconv.Itoa(n.N)), ""
			}
		}
	}
	if otherAct(a.acts, b.acts) {
		return news.Because(news.GroundOtherAct), ""
	}
	if otherCounterpart(a, b) {
		return news.Because(news.GroundOtherPerson), ""
	}
	if repeated(a, b) || repeated(b, a) {
		return news.Because(news.GroundAgain), ""
	}
	if twins(a, b) {
		return news.Because(news.GroundTwins), "same headline"
	}
	return "", ""
}

// repeated reports whether b comes a day after a and its headline alone says that
// it happened again.
func repeated(a, b *sketch) bool {
	d, ok := apart(a, b)
	return ok && d >= 20*time.Hour && b.at.After(a.at) && b.again && !a.again
}

// cadence tells months from spans of months: only equal ones can conflict.
func cadence(period string) string {
	switch {
	case strings.Contains(period, "/"):
		return "range"
	case strings.Contains(period, "M"):
		return "first months"
	case len(period) == len("2006-01"):
		return "monthly"
	}
	return ""
}

// otherPeriod reports whether both lists have periods of one cadence and none in
// common.
func otherPeriod(a, b []string) (p, q string, ok bool) {
	for _, m := range a {
		for _, n := range b {
			switch {
			case m == n:
				return "", "", false
			case cadence(m) == cadence(n) && cadence(m) != "":
				p, q, ok = m, n, true
			}
		}
	}
	return p, q, ok
}

// otherFigures reports an indicator that both items give, each for other periods
// of one cadence, with no value in common.
func otherFigures(a, b *sketch) (indicator, p, q string) {
	for _, m := range a.figures {
		for _, n := range b.figures {
			if m.indicator != n.indicator {
				continue
			}
			if m.value == n.value && m.unit == n.unit || m.period == n.period {
				return "", "", ""
			}
			if cadence(m.period) == cadence(n.period) && cadence(m.period) != "" {
				indicator, p, q = m.indicator, m.period, n.period
			}
		}
	}
	return indicator, p, q
}

func hasOrdinal(a, b *sketch) bool {
	return slices.ContainsFunc(a.ordinals, func(o ordinal) bool { return slices.Contains(b.ordinals, o) })
}

// twins reports whether two headlines are one template: nearly the same words,
// other numbers.
func twins(a, b *sketch) bool {
	if a.lang != b.lang || len(a.counts) == 0 || len(b.counts) == 0 || len(a.head) < 3 {
		return false
	}
	for _, c := range a.counts {
		if slices.Contains(b.counts, c) {
			return false
		}
	}
	shared := 0
	for _, id := range a.head {
		if _, ok := slices.BinarySearch(b.head, id); ok {
			shared++
		}
	}
	return 10*shared >= 8*max(len(a.head), len(b.head))
}

// seriesName names the series of two items whose headlines tell other periods.
func seriesName(a, b *sketch, period string) string {
	for _, m := range a.figures {
		for _, n := range b.figures {
			if m.indicator == n.indicator {
				return cadenced(m.indicator, period)
			}
		}
	}
	return ""
}

// cadenced names a series: "trade turnover, monthly".
func cadenced(indicator, period string) string {
	return strings.ReplaceAll(indicator, "-", " ") + ", " + cadence(period)
}
