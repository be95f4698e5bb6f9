package eval

import (
	"fmt"
	"math"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"samur/internal/news"
)

// tolerance is how far two values may lie apart, as a share of the wanted one:
// enough for binary fractions and 3.35 bn against 3 350 mn, far below the last
// digit that a news item prints.
const tolerance = 0.0005

// FigureScore tells how well figures were read.
type FigureScore struct {
	All       PRF // indicator, value, unit and period all right
	NoPeriod  PRF // indicator, value and unit right, whatever the period
	Value     PRF // value and unit right, whatever indicator and period
	Lang      map[news.Lang]PRF
	Indicator map[string]PRF
	Wrong     []string // ids of items with a figure missing or too many
}

// ScoreFigures compares the figures of items labelled relevant, the only ones
// whose figures are labelled. Every figure answers for one label at most.
func ScoreFigures(items []Labelled, got map[string]Prediction) FigureScore {
	s := FigureScore{Lang: map[news.Lang]PRF{}, Indicator: map[string]PRF{}}
	for _, it := range items {
		if !it.Relevant {
			continue
		}
		given := got[it.ID].Figures
		all := match(given, it.Figures, sameFigure, s.Indicator)
		s.All = s.All.Plus(all)
		s.Lang[it.Lang] = s.Lang[it.Lang].Plus(all)
		s.NoPeriod = s.NoPeriod.Plus(match(given, it.Figures, sameButPeriod, nil))
		s.Value = s.Value.Plus(match(given, it.Figures, sameValue, nil))
		if all.FP+all.FN > 0 {
			s.Wrong = append(s.Wrong, it.ID)
		}
	}
	return s
}

// match pairs given with wanted figures, greedily: same is an equivalence up to
// the tolerance, so no other pairing finds more.
func match(got, want []FigureKey, same func(a, b FigureKey) bool, per map[string]PRF) PRF {
	var sum PRF
	note := func(indicator string, one PRF) {
		sum = sum.Plus(one)
		if per != nil {
			per[indicator] = per[indicator].Plus(one)
		}
	}
	used := make([]bool, len(got))
	for _, w := range want {
		hit := false
		for i, g := range got {
			if !used[i] && same(g, w) {
				used[i], hit = true, true
				break
			}
		}
		if hit {
			note(w.Indicator, PRF{TP: 1})
		} else {
			note(w.Indicator, PRF{FN: 1})
		}
	}
	for i, g := range got {
		if !used[i] {
			note(g.Indicator, PRF{FP: 1})
		}
	}
	return sum
}

func sameFigure(a, b FigureKey) bool { return sameButPeriod(a, b) && samePeriod(a.Period, b.Period) }

func sameButPeriod(a, b FigureKey) bool { return a.Indicator == b.Indicator && sameValue(a, b) }

func sameValue(a, b FigureKey) bool {
	af, au := splitUnit(a.Unit)
	bf, bu := splitUnit(b.Unit)
	if au != bu {
		return false
	}
	x, y := a.Value*af, b.Value*bf
	return math.Abs(x-y) <= tolerance*math.Max(math.Abs(x), math.Abs(y))
}

func samePeriod(a, b string) bool { return foldPeriod(a) == foldPeriod(b) }

// foldPeriod writes a period as the months from one to another where it is such: 9M2024,
// 2024-01/2024-09 and "2024-01/2024-9" are one.
func foldPeriod(p string) string {
	p = strings.ToLower(strings.Join(strings.Fields(p), " "))
	from, to, span := strings.Cut(p, "/")
	switch m := countedMonths.FindStringSubmatch(p); {
	case m != nil:
		from, to = m[2]+"-01", m[2]+"-"+m[1]
	case !span:
		to = from
	}
	first, last := monthsOf(from), monthsOf(to)
	if first[0] == 0 || last[1] == 0 {
		return p
	}
	return fmt.Sprintf("%d/%d", first[0], last[1])
}

var countedMonths = regexp.MustCompile(`^(\d{1,2})m(\d{4})$`)

// monthsOf returns the first and last month, counted from the year 0, of a year or a month
// in digits, and zeros for another period.
func monthsOf(p string) [2]int {
	year, month, dated := strings.Cut(p, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return [2]int{}
	}
	if !dated {
		return [2]int{12*y + 1, 12*y + 12}
	}
	m, err := strconv.Atoi(month)
	if err != nil || m < 1 || m > 12 {
		return [2]int{}
	}
	return [2]int{12*y + m, 12*y + m}
}

// splitUnit splits "bn USD" into 1e9 and "usd": the scale words bn, mn and
// thousand are interchangeable with the value's size, the thing counted is not.
func splitUnit(u string) (float64, string) {
	fields := strings.Fields(strings.ToLower(u))
	factor := 1.0
	rest := fields[:0]
	for _, f := range fields {
		if x, ok := scales[f]; ok {
			factor *= x
			continue
		}
		if same, ok := unitNames[f]; ok {
			f = same
		}
		rest = append(rest, f)
	}
	return factor, strings.Join(rest, " ")
}

var scales = map[string]float64{
	"thousand": 1e3, "k": 1e3, "mn": 1e6, "mln": 1e6, "million": 1e6,
	"bn": 1e9, "bln": 1e9, "billion": 1e9, "trn": 1e12, "trillion": 1e12,
}

var unitNames = map[string]string{
	"ton": "t", "tons": "t", "tonne": "t", "tonnes": "t",
	"$": "usd", "m³": "m3", "cubic-metres": "m3", "people": "persons", "person": "persons",
	"trip": "trips", "dose": "doses", "container": "containers",
}

// sortedKeys returns the keys of m in order.
func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}
