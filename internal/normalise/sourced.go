package normalise

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"samur/internal/feed"
	"samur/internal/news"
)

// Aggregators say beside an entry whose it is, in an element made for that, and set the
// same name behind its title: "Headline - Outlet". The first is a credit as the text
// might hold one, the second is no part of the headline.

// longestSource bounds an outlet's name, in bytes. What is longer is no name.
const longestSource = 120

// sourceName is the name of the outlet that an entry is taken from by its own word, "" for
// none.
func sourceName(e feed.Entry) string {
	if name := Title(e.Source); len(name) <= longestSource {
		return name
	}
	return ""
}

// sourced is the outlet that an entry credits so: none where it is the feed's own, by its
// name or by its address. base is the address the document came from.
func sourced(f news.Feed, e feed.Entry, base, name string) string {
	if name == "" || sameOutlet(name, f.Outlet) || sameSite(e.SourceURL, base) || sameSite(e.SourceURL, f.URL) {
		return ""
	}
	if m, ok := mentionAtStart(name); ok && m.end == len(name) {
		return m.name
	}
	return name
}

// sameSite reports whether the hosts of two addresses are one, or one lies within the
// other.
func sameSite(a, b string) bool {
	u, err := url.Parse(a)
	v, err2 := url.Parse(b)
	if err != nil || err2 != nil {
		return false
	}
	x, y := strings.TrimPrefix(hostName(u.Hostname()), "www."), strings.TrimPrefix(hostName(v.Hostname()), "www.")
	return x != "" && y != "" && (x == y || strings.HasSuffix(x, "."+y) || strings.HasSuffix(y, "."+x))
}

// masthead parts a title from the name of its source behind a dash or a bar.
func masthead(title, source string) (headline, name string) {
	if source == "" {
		return title, ""
	}
	for _, sep := range []string{" - ", " – ", " — ", " | "} {
		tail := sep + source
		if at := len(title) - len(tail); at > 0 && strings.EqualFold(title[at:], tail) {
			return strings.TrimSpace(title[:at]), title[at+len(sep):]
		}
		if at := strings.LastIndex(title, sep); at > 0 && sameOutlet(title[at+len(sep):], source) {
			return strings.TrimSpace(title[:at]), title[at+len(sep):]
		}
	}
	return title, ""
}

// unsigned is a text without the name of its source behind it, the text itself where it
// does not stand there.
func unsigned(text, source string) string {
	at := len(text) - len(source)
	if source == "" || at <= 0 || !utf8.RuneStart(text[at]) || !strings.EqualFold(text[at:], source) {
		return text
	}
	return strings.TrimSpace(text[:at])
}
