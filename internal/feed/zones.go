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
	"msk": 180, "мск": 180, "msd": 240, "azt": 240, "azst": 300, "samt": 240, "yekt": 300, "get": 240, "gest": 240, "amt": 240, "trt": 180, "tsi": 180, "irst": 210,
	"cet": 60, "cest": 120, "mez": 60, "mesz": 120, "met": 60, "mest": 120, "west": 60, "eet": 120, "eest": 180,
	"jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780,
	"bst": 60, "ist": 330, "pkt": 300, "uzt": 300, "tmt": 300, "tjt": 300, "kgt": 360, "almt": 300, "gst": 240, "bakt": 240,
	"omst": 360, "krat": 420, "novt": 420, "irkt": 480, "yakt": 540, "vlat": 600, "magt": 660, "pett": 720,
	"idt": 180, "cat": 120, "sast": 120, "eat": 180, "wat": 60, "ict": 420, "wib": 420, "pht": 480, "myt": 480, "npt": 345,
	"москве": 180, "московскому": 180, "московское": 180, "moscow": 180, "moskva": 180, "ереванскому": 240, "yerevan": 240, "тбилисскому": 240, "tbilisi": 240,
	"баку": 240, "бакинскому": 240, "baku": 240, "bakı": 240, "tehran": 210, "тегеранскому": 210, "istanbul": 180, "ankara": 180, "türkiye": 180,
	"brt": -180, "brst": -120, "art": -180, "uyt": -180, "clt": -240, "clst": -180, "cot": -300, "vet": -240,
}

// places are the zones that are named by a place, or change with the seasons.
var places = map[string]string{"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

// namesZone reports whether all words of a comment speak of a zone: "msk", "gmt+4", "по
// баку".
func namesZone(comment string) bool {
	named := false
	for _, w := range strings.Fields(comment) {
		p := dateParts{}
		if filler[w] {
			continue
		}
		if named = p.zone(w); !named {
			return false
		}
	}
	return named
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
	if p.zoneBehind(s) {
		return true
	}
	if name, _, spaced := strings.Cut(s, " "); spaced {
		s = name
	}
	if minutes, ok := zones[s]; ok {
		p.offset, p.zoned = minutes*60, true
		return true
	}
	name := places[s]
	if area, city, ok := strings.Cut(s, "/"); ok && area != "" && city != "" {
		name = titled(s)
	}
	if name == "" {
		return false
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return false
	}
	p.loc, p.zoned = loc, true
	return true
}

// nameOfZone reports whether an offset may stand behind a word.
func nameOfZone(word string) bool {
	_, known := zones[word]
	return known || word == "etc/gmt"
}

// zoneBehind reads an offset behind a name: "gmt+4", "etc/gmt-4", "msk+1", "azt+0400".
func (p *dateParts) zoneBehind(s string) bool {
	at := strings.IndexAny(s, "+-")
	if at < 0 {
		return false
	}
	offset, ok := offsetOf(strings.TrimSpace(s[at:]))
	if !ok {
		return false
	}
	switch name := strings.TrimSpace(s[:at]); name {
	case "gmt", "utc", "ut":
	case "etc/gmt": // the sign says there how far west it is
		offset = -offset
	default: // the name's own, or hours east of Moscow, by which Russia names its zones
		own := zones[name] * 60
		switch moscow := name == "msk" || name == "мск"; {
		case moscow && len(s)-at <= len("+04"):
			offset += own
		case own != offset || own == 0:
			return false
		}
	}
	p.offset, p.zoned = offset, true
	return true
}

// sameZone accepts a second name for a zone that was read: "+0400 azt".
func (p *dateParts) sameZone(s string) bool {
	_, known := zones[s]
	return known || p.offset != 0 || p.zoned
}

// offsetOf reads "+0400", "+04:00", "+04.00", "+04", "+4", "+400" as seconds east. No zone
// is more than 14 hours east or 12 west.
func offsetOf(s string) (int, bool) {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	sign := 1
	if s[0] == '-' {
		sign = -1
	}
	digits := strings.TrimLeft(s[1:], "+-") // "--0400", "+-0400" do occur
	digits = strings.ReplaceAll(digits, ".", ":")
	if strings.Count(digits, ":") == 2 {
		digits = strings.TrimSuffix(digits, ":00") // "+04:00:00"
	}
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
	offset := sign * (hours*60 + minutes)
	if minutes > 59 || offset > 14*60 || offset < -12*60 {
		return 0, false
	}
	return offset * 60, true
}

// titled writes a zone's name with capitals, as the database has it.
func titled(s string) string {
	b := []byte(s)
	start := 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && b[i] != '/' && b[i] != '_' && b[i] != '-' {
			continue
		}
		switch word := s[start:i]; word {
		case "au", "of", "es", "": // "port-au-prince", "isle_of_man", "dar_es_salaam"
		default:
			if b[start] >= 'a' && b[start] <= 'z' {
				b[start] -= 'a' - 'A'
			}
		}
		start = i + 1
	}
	return string(b)
}
