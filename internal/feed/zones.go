package feed

import (
	"strconv"
	"strings"
	"time"
)

// zones are the names that stand for one offset wherever they are used in feeds,
// in minutes east. Of names with two readings RFC 822 settles some (CST is
// American there); of the others only those stand here that publishers use in one
// sense: BST on British sites, IST on Indian ones.
var zones = map[string]int{
	"z": 0, "zulu": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "gmt0": 0, "etc/gmt": 0, "etc/utc": 0,
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"akst": -540, "akdt": -480, "hst": -600, "nst": -210, "ndt": -150, "ast": -240, "adt": -180,
	"et": -300, "ct": -360, "mt": -420, "pt": -480,
	"msk": 180, "мск": 180, "msd": 240, "azt": 240, "azst": 300, "samt": 240, "yekt": 300, "get": 240, "gest": 240, "amt": 240, "trt": 180, "irst": 210,
	"cet": 60, "cest": 120, "mez": 60, "mesz": 120, "met": 60, "mest": 120, "west": 60, "eet": 120, "eest": 180,
	"jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780,
	"bst": 60, "ist": 330, "pkt": 300, "uzt": 300, "tmt": 300, "tjt": 300, "kgt": 360, "almt": 300, "gst": 240, "bakt": 240,
	"omst": 360, "krat": 420, "novt": 420, "irkt": 480, "yakt": 540, "vlat": 600, "magt": 660, "pett": 720,
	"idt": 180, "cat": 120, "sast": 120, "eat": 180, "wat": 60, "ict": 420, "wib": 420, "pht": 480, "myt": 480, "npt": 345,
	"brt": -180, "brst": -120, "art": -180, "uyt": -180, "clt": -240, "clst": -180, "cot": -300, "vet": -240,
}

// zone reads a zone: "+0400", "+04:00", "+4", "z", "msk", "gmt+4", "asia/baku".
// One that is not known is a failure, never UTC.
func (p *dateParts) zone(s string) bool {
	s = strings.Trim(strings.TrimSpace(s), ".,")
	if s == "" || p.zoned && s[0] != '+' && s[0] != '-' {
		return s == "" || p.sameZone(s)
	}
	if s[0] == '+' || s[0] == '-' {
		number, _, _ := strings.Cut(s, " ") // "+0400 (AZT)": the number says it all
		offset, ok := offsetOf(strings.TrimSuffix(number, "z"))
		if ok {
			p.offset, p.zoned, p.loc = offset, true, nil
		}
		return ok
	}
	for _, prefix := range []string{"gmt", "utc", "etc/gmt", "ut"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && rest != "" {
			if offset, ok := offsetOf(strings.TrimSpace(rest)); ok && prefix != "etc/gmt" {
				p.offset, p.zoned = offset, true
				return true
			}
		}
	}
	if name, _, spaced := strings.Cut(s, " "); spaced {
		s = name
	}
	if minutes, ok := zones[s]; ok {
		p.offset, p.zoned = minutes*60, true
		return true
	}
	if area, city, ok := strings.Cut(s, "/"); ok && area != "" && city != "" {
		if loc, err := time.LoadLocation(titled(area) + "/" + titled(city)); err == nil {
			p.loc, p.zoned = loc, true
			return true
		}
	}
	return false
}

// sameZone accepts a second name for a zone that was read: "+0400 azt".
func (p *dateParts) sameZone(s string) bool {
	_, known := zones[s]
	return known || p.offset != 0 || p.zoned
}

// offsetOf reads "+0400", "+04:00", "+04", "+4", "+400" as seconds east.
func offsetOf(s string) (int, bool) {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	digits := strings.TrimLeft(s[1:], "+-") // "--0400", "+-0400" do occur
	h, m, colon := strings.Cut(digits, ":")
	if !colon {
		switch len(digits) {
		case 1, 2:
			h, m = digits, "0"
		case 3:
			h, m = digits[:1], digits[1:]
		case 4:
			h, m = digits[:2], digits[2:]
		default:
			return 0, false
		}
	}
	if !allDigits(h) || !allDigits(m) || len(h) > 2 || len(m) > 2 {
		return 0, false
	}
	hours, _ := strconv.Atoi(h)
	minutes, _ := strconv.Atoi(m)
	if hours > 15 || minutes > 59 {
		return 0, false
	}
	return sign * (hours*3600 + minutes*60), true
}

// titled writes a zone's name with capitals, as the database has it.
func titled(s string) string {
	words := strings.Split(s, "_")
	for i, w := range words {
		if w != "" {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "_")
}
