package config

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	durationType = reflect.TypeFor[time.Duration]()
	prefixType   = reflect.TypeFor[netip.Prefix]()
)

// set reads text into v by the rules of k. A text that is well formed but not
// allowed is set all the same, so that what refers to it is not called unknown.
func (k key) set(v reflect.Value, text string) *problem {
	switch {
	case k.typ == durationType:
		return k.setDuration(v, text)
	case k.typ == prefixType:
		p, wrong := parsePrefix(text)
		v.Set(reflect.ValueOf(p))
		return wrong
	case k.form == "size":
		return k.setSize(v, text)
	case k.typ == switchType:
		return setSwitch(v, text)
	}
	switch k.typ.Kind() {
	case reflect.String:
		v.SetString(text)
		return k.checkText(text)
	case reflect.Bool:
		return setBool(v, text)
	case reflect.Float64:
		return k.setFloat(v, text)
	default:
		return k.setInt(v, text)
	}
}

// checkText applies oneof and form to a text.
func (k key) checkText(text string) *problem {
	if len(k.oneof) > 0 && !slices.Contains(k.oneof, text) {
		if near := nearest(text, k.oneof); near != "" {
			return &problem{fmt.Sprintf("%q is not one of %s", text, strings.Join(k.oneof, ", ")), fmt.Sprintf("did you mean %q?", near)}
		}
		return &problem{fmt.Sprintf("%q is not known here", text), "write one of " + strings.Join(k.oneof, ", ")}
	}
	if check, ok := forms[k.form]; ok && k.form != "" {
		return check(text)
	}
	return nil
}

func setBool(v reflect.Value, text string) *problem {
	switch text {
	case "true", "false":
		v.SetBool(text == "true")
		return nil
	}
	return &problem{fmt.Sprintf("%q is neither true nor false", text), "write true or false"}
}

func setSwitch(v reflect.Value, text string) *problem {
	var on bool
	if wrong := setBool(reflect.ValueOf(&on).Elem(), text); wrong != nil {
		return wrong
	}
	s := Off
	if on {
		s = On
	}
	v.SetUint(uint64(s))
	return nil
}

func (k key) setInt(v reflect.Value, text string) *problem {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return &problem{fmt.Sprintf("%q is not a whole number", text), "write digits alone, such as 10"}
	}
	v.SetInt(n)
	return k.within(text, float64(n), func(s string) float64 { f, _ := strconv.ParseFloat(s, 64); return f })
}

func (k key) setFloat(v reflect.Value, text string) *problem {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != f {
		return &problem{fmt.Sprintf("%q is not a number", text), "write a number such as 2.5"}
	}
	v.SetFloat(f)
	return k.within(text, f, func(s string) float64 { f, _ := strconv.ParseFloat(s, 64); return f })
}

func (k key) setDuration(v reflect.Value, text string) *problem {
	d, wrong := parseDuration(text)
	if wrong != nil {
		return wrong
	}
	v.SetInt(int64(d))
	return k.within(text, float64(d), func(s string) float64 { d, _ := parseDuration(s); return float64(d) })
}

func (k key) setSize(v reflect.Value, text string) *problem {
	n, wrong := parseSize(text)
	if wrong != nil {
		return wrong
	}
	v.SetInt(n)
	return k.within(text, float64(n), func(s string) float64 { n, _ := parseSize(s); return float64(n) })
}

// within holds n to the bounds of k, which read turns into the same measure.
func (k key) within(text string, n float64, read func(string) float64) *problem {
	switch {
	case k.min != "" && n < read(k.min):
		return &problem{fmt.Sprintf("%q is less than %s", text, k.min), "write " + k.min + " or more"}
	case k.max != "" && n > read(k.max):
		return &problem{fmt.Sprintf("%q is more than %s", text, k.max), "write " + k.max + " or less"}
	}
	return nil
}

// units are the duration's units, longest names first.
var units = []struct {
	name string
	d    time.Duration
}{
	{"ms", time.Millisecond},
	{"s", time.Second},
	{"m", time.Minute},
	{"h", time.Hour},
	{"d", 24 * time.Hour},
	{"w", 7 * 24 * time.Hour},
}

// ParseDuration reads a time as the config writes it: "90s", "1h30m", "2d", "1w".
func ParseDuration(text string) (time.Duration, error) {
	d, p := parseDuration(text)
	if p != nil {
		return 0, fmt.Errorf("%s; %s", p.what, p.fix)
	}
	return d, nil
}

// parseDuration reads "90s", "1h30m", "2d", "1w": Go's units and days and weeks.
func parseDuration(text string) (time.Duration, *problem) {
	bad := &problem{fmt.Sprintf("%q is not a duration", text), `write a number and its unit, such as "30s", "15m", "12h", "7d" or "2w"`}
	var sum float64
	rest := text
	for rest != "" {
		digits := 0
		for digits < len(rest) && (rest[digits] >= '0' && rest[digits] <= '9' || rest[digits] == '.') {
			digits++
		}
		n, err := strconv.ParseFloat(rest[:digits], 64)
		if err != nil {
			if strings.HasPrefix(text, "-") {
				return 0, &problem{fmt.Sprintf("%q is negative", text), "write 0s or more"}
			}
			return 0, bad
		}
		if rest = rest[digits:]; rest == "" {
			return 0, &problem{fmt.Sprintf("%q has no unit", text), fmt.Sprintf("write %q", text+"m")}
		}
		unit := slices.IndexFunc(units, func(u struct {
			name string
			d    time.Duration
		},
		) bool {
			return strings.HasPrefix(rest, u.name)
		})
		if unit < 0 {
			return 0, bad
		}
		sum += n * float64(units[unit].d)
		rest = rest[len(units[unit].name):]
	}
	if text == "" {
		return 0, bad
	}
	if sum > float64(100*365*24*time.Hour) {
		return 0, &problem{fmt.Sprintf("%q is more than a hundred years", text), "write a shorter time"}
	}
	return time.Duration(sum), nil
}

// sizes are the units of sizes.
var sizes = map[string]int64{
	"b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
}

// parseSize reads "512KiB", "10MB".
func parseSize(text string) (int64, *problem) {
	digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")
	unit := strings.ToLower(strings.TrimSpace(text[len(digits):]))
	n, err := strconv.ParseFloat(digits, 64)
	switch {
	case err != nil || n > 1e12 || strings.Trim(digits, "0123456789.") != "":
		return 0, &problem{fmt.Sprintf("%q is not a size", text), `write a number and its unit, such as "512KB" or "10MB"`}
	case unit == "":
		return 0, &problem{fmt.Sprintf("%q has no unit", text), fmt.Sprintf("write %q", text+"MB")}
	case sizes[unit] == 0:
		return 0, &problem{fmt.Sprintf("%q has an unknown unit", text), "write B, KB, MB, GB, KiB, MiB or GiB"}
	}
	return int64(n * float64(sizes[unit])), nil
}

func parsePrefix(text string) (netip.Prefix, *problem) {
	p, err := netip.ParsePrefix(text)
	if err == nil && p == p.Masked() {
		return p, nil
	}
	if err == nil {
		return p, &problem{fmt.Sprintf("%q has bits set behind its mask", text), fmt.Sprintf("write %q", p.Masked())}
	}
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return p, &problem{fmt.Sprintf("%q is an address, not a network", text), fmt.Sprintf("write %q", netip.PrefixFrom(a, a.BitLen()))}
	}
	return p, &problem{fmt.Sprintf("%q is not a network", text), `write an address and a length, such as "10.0.0.0/8" or "fd00::/8"`}
}
