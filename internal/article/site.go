package article

import (
	"net/netip"
	"net/url"
	"strings"
)

// secondLevel are the words under which two-letter domains hand out names: the site
// of news.com.az is news.com.az and not com.az. The list need not be whole: what it
// lacks makes two sites one, and more polite.
var secondLevel = set("ac biz co com edu gob gov gv info int mil name net nom or org pp")

// siteOf returns the domain that a host was handed out under, the host itself when it
// is an address.
func siteOf(host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	labels := strings.Split(host, ".")
	n := 2
	if len(labels) > 2 && len(labels[len(labels)-1]) == 2 && secondLevel[labels[len(labels)-2]] {
		n = 3
	}
	return strings.Join(labels[max(len(labels)-n, 0):], ".")
}

// origin is what has a robots.txt of its own: scheme, host and port.
func origin(u *url.URL) string { return u.Scheme + "://" + strings.ToLower(u.Host) }
