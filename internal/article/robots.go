package article

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	maxRobots = 512 << 10 // bytes of a robots.txt that are read; RFC 9309 wants 500 KiB
	maxRules  = 64 << 10  // bytes of rules that are kept of one; more is a no to all
	product   = "samur"   // our name in robots.txt, whatever User-Agent a feed is asked with
)

// rules are what a robots.txt says to us (RFC 9309). The zero value allows all.
type rules struct {
	none  bool // nothing may be asked
	lines []rule
	delay time.Duration // wished between two requests, 0 when not said
}

// rule is one line.
type rule struct {
	allow   bool
	pattern string // normalised; * is anything, $ at the end is the end
}

// parseRobots reads a robots.txt: the groups that name us, or else those for all.
func parseRobots(text string) rules {
	text = strings.TrimPrefix(text[:min(len(text), maxRobots)], "\ufeff")
	var ours, all rules
	named, forUs, forAll, heading := false, false, false, false
	size := 0
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if !heading {
				forUs, forAll = false, false
			}
			heading = true
			forAll = forAll || value == "*"
			forUs = forUs || strings.EqualFold(token(value), product)
			named = named || forUs
			continue
		}
		for _, g := range []struct {
			meant bool
			to    *rules
		}{{forUs, &ours}, {forAll, &all}} {
			if g.meant && g.to.add(key, value) {
				size += len(value)
			}
		}
		heading = heading && key != "allow" && key != "disallow"
		if size > maxRules {
			return rules{none: true}
		}
	}
	if named {
		return ours
	}
	return all
}

// add takes in one line of a group and reports whether it is kept.
func (r *rules) add(key, value string) bool {
	switch key {
	case "allow", "disallow":
		if value == "" {
			return false // "Disallow:" allows all
		}
		r.lines = append(r.lines, rule{key == "allow", normal(value)})
		return true
	case "crawl-delay":
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < 1e6 {
			r.delay = time.Duration(s * float64(time.Second))
		}
	}
	return false
}

// token is the product's name at the beginning of a user-agent line.
func token(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-'
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

// allows reports whether u may be asked: the longest rule that fits decides, and of
// two as long the one that allows.
func (r rules) allows(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normal(path)
	if path == "/robots.txt" {
		return true
	}
	if r.none || len(path) > 4<<10 {
		return false
	}
	longest, allow := -1, true
	for _, l := range r.lines {
		if n := len(l.pattern); (n > longest || n == longest && l.allow) && fits(l.pattern, path) {
			longest, allow = n, l.allow
		}
	}
	return allow
}

// fits reports whether a pattern matches the beginning of a path. Each piece between
// stars is taken at its first place, so that no pattern costs more than its length
// times that of the path.
func fits(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	first, rest, starred := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	for starred {
		var piece string
		piece, rest, starred = strings.Cut(rest, "*")
		if !starred && anchored {
			return strings.HasSuffix(path, piece)
		}
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		path = path[at+len(piece):]
	}
	return !anchored || path == ""
}

// normal writes a path or pattern so that equal ones are equal bytes: what needs no
// escape has none, all beyond ASCII is escaped, in capitals.
func normal(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		escaped := false
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				c, escaped, i = byte(v), true, i+2
			}
		}
		if c <= ' ' || c >= 0x7f || escaped && !unreserved(c) {
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// unreserved reports whether an escape of c means c itself (RFC 3986, section 2.3).
func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
