package fetch

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// longest bounds what a server may ask for: a wish beyond it is read as it.
const longest = 30 * 24 * time.Hour

// longestValidator bounds an ETag or a Last-Modified, in bytes. It is stored, and sent
// at every poll: a server that makes up a longer one would refuse its own.
const longestValidator = 1 << 10

// validator returns the header by which a copy of the answer can be named later.
func validator(h http.Header, name string) string {
	v := h.Get(name)
	if len(v) > longestValidator {
		return ""
	}
	return v
}

// clockOf returns what the clock of the server showed when it answered, ours where it
// does not say: a date in another header is by that clock, and its error cancels out.
func clockOf(h http.Header, now time.Time) time.Time {
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		return date
	}
	return now
}

// retryAfter reads the Retry-After header, as seconds or as a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if d, ok := seconds(v); ok {
		return d
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	return bound(at.Sub(clockOf(h, now)))
}

// maxAge returns how long an answer stays fresh: max-age, else Expires less Date,
// less the time it spent in caches on the way. RFC 9111 section 4.2.
func maxAge(h http.Header, now time.Time) time.Duration {
	age, _ := seconds(strings.TrimSpace(h.Get("Age")))
	lifetime, said := time.Duration(0), false
	for part := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			if !said {
				lifetime, _ = seconds(strings.Trim(strings.TrimSpace(value), `"`))
				said = true
			}
		}
	}
	if said {
		return bound(lifetime - age)
	}
	at := h.Get("Expires")
	if at == "" {
		return 0
	}
	expires, err := http.ParseTime(at)
	if err != nil {
		return 0
	}
	return bound(expires.Sub(clockOf(h, now)) - age)
}

// seconds reads a number of seconds; one beyond all measure is the longest.
func seconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		if e, ok := err.(*strconv.NumError); !ok || e.Err != strconv.ErrRange {
			return 0, false
		}
	}
	if n > uint64(longest/time.Second) {
		return longest, true
	}
	return time.Duration(n) * time.Second, true
}

// bound keeps d between nothing and the longest.
func bound(d time.Duration) time.Duration {
	return max(0, min(d, longest))
}
