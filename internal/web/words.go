package web

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"samur/internal/news"
)

// causes are the causes of a failed poll in words.
var causes = map[news.Cause]string{
	news.CauseDNS:      "its name could not be resolved",
	news.CauseConnect:  "no connection",
	news.CauseTLS:      "its certificate or TLS was refused",
	news.CauseTimeout:  "no answer in time",
	news.CauseRefused:  "its address is private, and not allowed",
	news.CauseRedirect: "redirected in a way that is not followed",
	news.CauseStatus:   "answered with an error",
	news.CauseBusy:     "asked us to wait",
	news.CauseGone:     "gone for good: give it a new address or remove it",
	news.CauseTooLarge: "its document is too large",
	news.CauseBotWall:  "an HTML page where the feed should be, perhaps a bot wall",
	news.CauseNotFeed:  "what it sent is no feed",
	news.CauseParse:    "its document could not be read",
	news.CauseStore:    "its items could not be stored",
	news.CauseMoved:    "moved for good, and asked at its new address",
	news.CauseEmpty:    "its document has no entry",
	news.CauseUndated:  "its entries have no dates",
	news.CauseStale:    "silent for much longer than it used to be",
}

func causeWords(c news.Cause) string {
	if words, ok := causes[c]; ok {
		return words
	}
	return clean(string(c), 40)
}

// clean makes text of others fit for a page: one line of at most n characters,
// without control characters and without those that turn the direction of text.
func clean(s string, n int) string {
	var b strings.Builder
	for _, r := range s {
		if n == 0 {
			b.WriteRune('…')
			break
		}
		switch {
		case unicode.IsSpace(r):
			r = ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
			continue
		}
		b.WriteRune(r)
		n--
	}
	return strings.TrimSpace(b.String())
}

// link returns raw when a page may link to it: http or https, with a host, and of
// a length that fits a list. Otherwise it is "", and the page shows no link.
func link(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > 500 || u.Host == "" || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return u.String()
}

// utc is t for the tables of the keeper, whose heading says that times are UTC.
func utc(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04")
}

// local is t in a zone, which it names. An unknown zone is UTC.
func local(t time.Time, zone string) string {
	if t.IsZero() {
		return "unknown"
	}
	loc, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		loc = time.UTC
	}
	return t.In(loc).Format("2006-01-02 15:04 ") + loc.String()
}

// distance is how far t is from now, in words.
func distance(t, now time.Time) string {
	switch d := t.Sub(now); {
	case t.IsZero():
		return ""
	case d >= time.Minute:
		return "in " + span(d)
	case d <= -time.Minute:
		return span(-d) + " ago"
	}
	return "now"
}

func span(d time.Duration) string {
	switch {
	case d < time.Hour:
		return fmt.Sprintf("%d min", d/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", d/time.Hour)
	}
	return fmt.Sprintf("%d days", d/(24*time.Hour))
}

// size is a number of bytes in words.
func size(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d B", n)
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	case n < 1<<30:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
}

// counted is n with its noun.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
