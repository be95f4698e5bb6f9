package normalise

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The patterns of aside.go hold the names of all agencies or count to hundreds, which
// makes of them programs that Go's engine runs a state at a time: a hundred times the
// cost of everything else that is done with a text. The looks here are cheap, and none
// says no where its pattern would match; TestGuards holds them to that.

// headNeeds says, for each of headPatterns in their order, what a text must have for
// the pattern to match it.
var headNeeds = []func(string) bool{
	digitNear, digitNear,
	func(s string) bool { return strings.Contains(s, "(") },
	digitNear,
	markNear,
	func(s string) bool { return strings.Contains(s, "/") },
	agencyFirst,
	digitNear,
	func(s string) bool { return strings.HasPrefix(s, "By ") },
	twoWords,
	creditsAz, creditsAz,
	agencyFirst,
	func(s string) bool { return strings.HasPrefix(s, "Как ") || strings.HasPrefix(s, "как ") },
	func(s string) bool { return agencyFirst(strings.TrimPrefix(s, "As ")) },
}

// creditsAz reports whether s has a verb of a credit in Azerbaijani.
func creditsAz(s string) bool {
	return containsAny(s, []string{"xəbər verir", "bildirir", "yazır", "məlumat verir", "xəbər yayıb"})
}

// near returns the first n words of s with what stands between them.
func near(s string, n int) string {
	in := false
	for i, r := range s {
		if blank := unicode.IsSpace(r); blank != in {
			continue
		}
		if in = !in; !in {
			if n--; n == 0 {
				return s[:i]
			}
		}
	}
	return s
}

// digitNear reports whether a digit stands where that of a dateline would: behind
// three words of a place, two of its country and a month at most.
func digitNear(s string) bool { return strings.ContainsAny(near(s, 8), "0123456789") }

// markNear reports whether the mark stands that parts "Bakı. Mətanət Nəsibova - Trend:"
// from the news.
func markNear(s string) bool { return strings.ContainsAny(near(s, 20), ":–—") }

// twoWords reports whether the first sentence has two words, as a name has.
func twoWords(s string) bool {
	dot := strings.IndexByte(s, '.')
	return dot > 0 && strings.Count(s[:dot], " ") == 1
}

// quotes are the marks that may stand about an agency's name.
const quotes = `"“”«»„'`

// agencyFirst reports whether s begins with an agency's name.
func agencyFirst(s string) bool {
	first := formsBy().first
	begins := func(s string) bool {
		if s == "" {
			return false
		}
		for _, f := range first[s[0]] {
			if strings.HasPrefix(s, f) {
				return true
			}
		}
		return false
	}
	r, n := utf8.DecodeRuneInString(s)
	return begins(s) || strings.ContainsRune(quotes, r) && begins(s[n:])
}

// agencyLast reports whether s ends with an agency's name, as a signature does.
func agencyLast(s string) bool {
	last := formsBy().last
	ends := func(s string) bool {
		if s == "" {
			return false
		}
		for _, f := range last[s[len(s)-1]] {
			if strings.HasSuffix(s, f) {
				return true
			}
		}
		return false
	}
	s = strings.TrimSuffix(strings.TrimSuffix(s, "."), "/")
	r, n := utf8.DecodeLastRuneInString(s)
	return ends(s) || strings.ContainsRune(quotes, r) && ends(s[:len(s)-n])
}

// forms are the names of agencies by their first and last bytes.
type forms struct{ first, last [256][]string }

var formsBy = sync.OnceValue(func() *forms {
	var by forms
	for _, o := range outlets {
		for _, f := range o.forms {
			by.first[f[0]] = append(by.first[f[0]], f)
			by.last[f[len(f)-1]] = append(by.last[f[len(f)-1]], f)
		}
	}
	return &by
})

// tailOpenings are what the alternatives of reTail begin with.
var tailOpenings = []string{
	"read ", "continue reading", "see also:", "click here", "the post ", "чита", "подробн", "далее", "смотрите также", "ardı", "davamı", "ətraflı",
	"həmçinin oxuyun", "daha ətraflı", "oxunub", "baxış", "просмотр", "views", "-0-", "[", "→", "»", "фото:", "foto:",
}

// openingsBy are tailOpenings by their first bytes in both cases.
var openingsBy = sync.OnceValue(func() *[256][]string {
	var by [256][]string
	for _, o := range tailOpenings {
		lower, upper := o[0], strings.ToUpper(o)[0]
		by[lower] = append(by[lower], o)
		if upper != lower {
			by[upper] = append(by[upper], o)
		}
	}
	return &by
})

// oddCase are letters that a pattern takes for others of another length: long s, the
// sign of Kelvin, old Cyrillic.
const oddCase = "\u017f\u212a\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88"

// tailIn returns the place of the tail that ends a text, nil when none does. The
// pattern is tried where one of its openings stands and nowhere else.
func tailIn(s string) []int {
	if strings.ContainsAny(s, oddCase) {
		return reTail().FindStringIndex(s)
	}
	by := openingsBy()
	for i := 0; i < len(s); i++ {
		for _, o := range by[s[i]] {
			if len(s)-i < len(o) || !strings.EqualFold(s[i:i+len(o)], o) {
				continue
			}
			if reTailHere().MatchString(s[i:]) {
				return []int{len(strings.TrimRight(s[:i], "\t\n\f\r ")), len(s)}
			}
			break
		}
	}
	return nil
}
