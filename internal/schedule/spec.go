package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// field is one of the five parts of a spec.
type field struct {
	name     string
	min, max int
	names    []string // lower case; names[i] stands for min+i
}

var fields = [5]field{
	{name: "minute", max: 59},
	{name: "hour", max: 23},
	{name: "day of month", min: 1, max: 31},
	{name: "month", min: 1, max: 12, names: []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}},
	{name: "day of week", max: 7, names: []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}},
}

// shorthands are the words that stand for a whole spec.
var shorthands = map[string]string{
	"@yearly":   "0 0 1 1 *",
	"@annually": "0 0 1 1 *",
	"@monthly":  "0 0 1 * *",
	"@weekly":   "0 0 * * 0",
	"@daily":    "0 0 * * *",
	"@midnight": "0 0 * * *",
	"@hourly":   "0 * * * *",
}

// parse reads spec and zone into a plan.
func parse(spec, zone string) (plan, error) {
	loc, err := location(zone)
	if err != nil {
		return plan{}, err
	}
	spec = strings.TrimSpace(spec)
	if strings.Contains(spec, "TZ=") {
		return plan{}, fmt.Errorf("schedule %q: a zone has no place in the schedule; give it as the zone", spec)
	}
	if every, ok := strings.CutPrefix(spec, "@every"); ok {
		next, err := everyNext(strings.TrimSpace(every))
		if err != nil {
			return plan{}, fmt.Errorf("schedule %q: %w", spec, err)
		}
		return plan{next: next, loc: loc}, nil
	}
	if strings.HasPrefix(spec, "@") {
		full, ok := shorthands[strings.ToLower(spec)]
		if !ok {
			return plan{}, fmt.Errorf("schedule %q is not known; write five fields such as \"0 7 * * *\", or one of @hourly @daily @weekly @monthly @yearly, or @every 6h", spec)
		}
		spec = full
	}
	clean, err := rewrite(spec)
	if err != nil {
		return plan{}, fmt.Errorf("schedule %q: %w", spec, err)
	}
	sched, err := read(clean)
	if err != nil {
		return plan{}, fmt.Errorf("schedule %q: %w", spec, err)
	}
	return plan{next: sched.Next, loc: loc}, nil
}

// read hands a rewritten spec to cron. After rewrite no spec is known that cron
// refuses or panics on; the guard stands for those that are not known.
func read(clean string) (sched cron.Schedule, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("cannot be read (%v); write five fields such as \"0 7 * * *\"", p)
		}
	}()
	s, err := cron.ParseStandard(clean)
	if err != nil {
		return nil, fmt.Errorf("cannot be read; write five fields such as \"0 7 * * *\": %w", err)
	}
	if spec, ok := s.(*cron.SpecSchedule); ok {
		spec.Location = time.UTC // walls are kept as if they were UTC
	}
	return s, nil
}

// location loads the zone by its IANA name; the empty name is UTC.
func location(zone string) (*time.Location, error) {
	if zone == "Local" {
		return nil, errors.New(`zone "Local" changes with the machine; write an IANA name such as "Asia/Baku"`)
	}
	loc, err := time.LoadLocation(zone)
	if err == nil {
		return loc, nil
	}
	city := zone[strings.LastIndex(zone, "/")+1:]
	if city != "" {
		city = strings.ToUpper(city[:1]) + strings.ToLower(city[1:])
	}
	for _, area := range []string{"Asia", "Europe", "America", "Africa", "Australia", "Pacific"} {
		if guess := area + "/" + strings.ReplaceAll(city, " ", "_"); city != "" {
			if _, err := time.LoadLocation(guess); err == nil {
				return nil, fmt.Errorf("zone %q is not known; did you mean %q?", zone, guess)
			}
		}
	}
	return nil, fmt.Errorf("zone %q is not known; write an IANA name such as \"Asia/Baku\" or \"Europe/Moscow\"", zone)
}

// everyNext reads the distance of an @every spec. Its occurrences are counted
// from local midnight when the distance divides a day, so that they stay the
// same over restarts.
func everyNext(distance string) (func(time.Time) time.Time, error) {
	d, err := time.ParseDuration(distance)
	switch {
	case err != nil:
		return nil, errors.New("@every needs a duration with a unit; write @every 6h")
	case d < time.Minute:
		return nil, errors.New("fires more often than once a minute; write @every 1m or more")
	case d%time.Second != 0:
		return nil, errors.New("has fractions of a second; write whole seconds")
	}
	return func(wall time.Time) time.Time { return wall.Truncate(d).Add(d) }, nil
}

// rewrite checks the five fields and returns them in the plainest form: stars
// and lists of numbers, with Sunday as 0.
func rewrite(spec string) (string, error) {
	parts := strings.Fields(spec)
	switch {
	case len(parts) == 0:
		return "", errors.New("is empty; write five fields such as \"0 7 * * *\"")
	case len(parts) == 6 || len(parts) == 7:
		return "", fmt.Errorf("has %d fields, the form with seconds; write five: minute hour day month weekday", len(parts))
	case len(parts) != len(fields):
		return "", fmt.Errorf("has %d fields; write five: minute hour day month weekday", len(parts))
	}
	for i, f := range fields {
		var err error
		if parts[i], err = f.rewrite(parts[i]); err != nil {
			return "", err
		}
	}
	return strings.Join(parts, " "), nil
}

// rewrite returns the field as a star or a list of numbers.
func (f field) rewrite(s string) (string, error) {
	if s == "*" || s == "?" {
		return "*", nil
	}
	var values []int
	for part := range strings.SplitSeq(s, ",") {
		v, err := f.values(part)
		if err != nil {
			return "", err
		}
		values = append(values, v...)
	}
	if f.name == "day of week" {
		for i, v := range values {
			values[i] = v % 7 // Sunday is 0 and 7
		}
	}
	slices.Sort(values)
	values = slices.Compact(values)
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = strconv.Itoa(v)
	}
	return strings.Join(words, ","), nil
}

// values lists what one part of a field stands for: "5", "mon-fri", "*/15", "10-20/5".
func (f field) values(part string) ([]int, error) {
	span, stepText, stepped := strings.Cut(part, "/")
	step := 1
	if stepped {
		var err error
		if step, err = strconv.Atoi(stepText); err != nil || step < 1 {
			return nil, fmt.Errorf("%s %q: the step after / must be a number from 1; write */15", f.name, part)
		}
	}
	lowText, highText, ranged := strings.Cut(span, "-")
	low, high := f.min, f.max
	if f.name == "day of week" {
		high = 6
	}
	var err error
	if span != "*" && span != "?" {
		if low, err = f.value(lowText, part); err != nil {
			return nil, err
		}
		if !stepped { // "5/10" means from 5 on, "5" means 5
			high = low
		}
		if ranged {
			if high, err = f.value(highText, part); err != nil {
				return nil, err
			}
		}
	}
	if high < low && f.name == "day of week" && high == 0 {
		high = 7 // fri-sun
	}
	if high < low {
		return nil, fmt.Errorf("%s %q runs backwards; write the lower end first, or two parts with a comma", f.name, part)
	}
	var values []int
	for v := low; v <= high; v += step {
		values = append(values, v)
	}
	return values, nil
}

// value reads one number or name.
func (f field) value(s, part string) (int, error) {
	if i := slices.Index(f.names, strings.ToLower(s)); i >= 0 {
		return f.min + i, nil
	}
	v, err := strconv.Atoi(s)
	if err != nil || s[0] == '+' || s[0] == '-' {
		return 0, fmt.Errorf("%s %q is not a number; write %d-%d, *, or */n", f.name, part, f.min, f.max)
	}
	if v < f.min || v > f.max {
		return 0, fmt.Errorf("%s %d does not exist; write %d to %d", f.name, v, f.min, f.max)
	}
	return v, nil
}
