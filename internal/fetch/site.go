package fetch

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Host returns what one server answers for: the host of an address in one spelling,
// with the port where it is not the usual one. It is "" for what is no address.
func Host(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return hostPort(u)
}

// hostPort is the host of u as it is asked: in one spelling of its name, and with the port
// where that is not the usual one.
func hostPort(u *url.URL) string {
	host := hostName(u.Hostname())
	p := strings.TrimLeft(u.Port(), "0")
	if p == "" || p == "80" && u.Scheme == "http" || p == "443" && u.Scheme == "https" {
		return host
	}
	return host + ":" + p
}

// hostName is the one spelling of a host: in lower case, without the root's dot, in the
// letters of DNS, an address as it is usually written and in brackets when it has colons.
func hostName(s string) string {
	s = strings.TrimSuffix(strings.ToLower(s), ".")
	if !isASCII(s) {
		if ascii, err := idna.Lookup.ToASCII(s); err == nil {
			return ascii
		}
		return s // no such name can be looked up
	}
	if !strings.Contains(s, ":") { // an IPv4 address has no other spelling that is asked
		return s
	}
	if a, err := netip.ParseAddr(s); err == nil {
		if s = a.Unmap().String(); a.Unmap().Is4() {
			return s
		}
	}
	return "[" + s + "]"
}

// Site returns what one publisher runs: the registrable domain of a host, as Host returns
// it, by the public suffix list, "trend.az" of "en.trend.az". For a host that has none, an
// IP address or a name of the local network, it is the host with its port.
func Site(host string) string {
	if IP(host).IsValid() {
		return host
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(portless(host))
	if err != nil {
		return host
	}
	return site
}

// IP returns the address that a host, as Host returns it, is written as. It is the zero
// Addr of a host that has a name.
func IP(host string) netip.Addr {
	ip, err := netip.ParseAddr(strings.Trim(portless(host), "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return ip
}

func portless(host string) string {
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		return host[:i]
	}
	return host
}
