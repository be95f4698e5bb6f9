package fetch

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Host returns what one server answers for: the host of an address in lower case,
// with the port where it is not the usual one. It is "" for what is no address.
func Host(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Hostname() == "" {
		return ""
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := u.Port(); p == "" || p == "80" && u.Scheme == "http" || p == "443" && u.Scheme == "https" {
		return host
	}
	return host + ":" + u.Port()
}

// Site returns what one publisher runs: the registrable domain of an address by the
// public suffix list, "trend.az" of "https://en.trend.az/feeds". For a host that has
// none, an IP address or a name of the local network, it is the host with its port.
func Site(address string) string {
	host := Host(address)
	name := host
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		name = host[:i]
	}
	if _, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return host
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return host
	}
	return site
}
