package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"code.dny.dev/ssrf"
	"golang.org/x/text/unicode/norm"
)

// errAddress reports an address that must not be asked whatever DNS says.
var errAddress = errors.New("address")

// newGuard returns what tells addresses that may be asked from private ones.
func newGuard(allow []netip.Prefix) *ssrf.Guardian {
	var v4, v6 []netip.Prefix
	for _, p := range allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))
}

// beyondProxy reports why a proxy is not asked for host. The proxy resolves names, so
// that only what is an address as it stands, or the name of every machine's own, can
// be told to be private.
func beyondProxy(guard *ssrf.Guardian, host string) error {
	plain := asciiForm(host)
	if a, err := netip.ParseAddr(plain); err == nil {
		return guard.SafeAddr(a)
	}
	last := plain[strings.LastIndexByte(plain, '.')+1:]
	switch {
	case last == "localhost" || strings.HasSuffix(plain, "localhost.localdomain"):
		return guard.SafeAddr(netip.AddrFrom4([4]byte{127, 0, 0, 1}))
	case plain == "" || strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x"):
		// "2130706433" and "127.1" are addresses to the resolvers of many systems.
		return fmt.Errorf("%w: %q is neither a name nor an address in its usual form", errAddress, host)
	case plain != strings.TrimSuffix(strings.ToLower(host), ".") && isASCII(plain):
		return fmt.Errorf("%w: the host %q is a plain name in disguise", errAddress, host)
	}
	return nil
}

// asciiForm undoes what host names are folded by on their way into DNS: case, wide
// letters and digits, other full stops, characters that are not seen.
func asciiForm(host string) string {
	host = norm.NFKC.String(strings.ReplaceAll(strings.ToLower(host), "。", "."))
	host = strings.Map(func(r rune) rune {
		if r == '。' {
			return '.'
		}
		if unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
			return -1
		}
		return unicode.ToLower(r)
	}, host)
	return strings.TrimSuffix(host, ".")
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

// parseURL reads an address that may be asked.
func parseURL(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		// The parser's words quote the address, credentials and all.
		return nil, fmt.Errorf("%w: cannot be read; write it as https://host/path", errAddress)
	}
	if err := usable(u); errors.Is(err, errAddress) {
		return nil, err
	} else if err != nil {
		return nil, fmt.Errorf("%w: %w", errAddress, err)
	}
	return tidy(u), nil
}

// longestAddress bounds an address, in bytes. Servers take half of it at most.
const longestAddress = 16 << 10

// usable reports why u cannot be asked.
func usable(u *url.URL) error {
	name := strings.TrimSuffix(u.Hostname(), ".")
	switch {
	case u.Scheme == "":
		return errors.New("has no scheme; write it as https://host/path")
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("scheme %q is not http or https", u.Scheme)
	case name == "":
		return errors.New("has no host")
	case oddNumber(name):
		return fmt.Errorf("%w: host %q is a number and no address; write it as 192.0.2.1", errAddress, name)
	case len(u.Host)+len(u.Path)+len(u.RawQuery) > longestAddress:
		return fmt.Errorf("is longer than %d bytes", longestAddress)
	}
	if strings.Count(u.Host, ":") > 1 || strings.ContainsAny(u.Host, "[]%") {
		if _, err := url.Parse(u.String()); err != nil { // "//::1"
			return errors.New("cannot be written as an address")
		}
	}
	if p := u.Port(); p != "" {
		if n, err := strconv.ParseUint(p, 10, 16); err != nil || n == 0 {
			return fmt.Errorf("port %q is none", p)
		}
	}
	return nil
}

// oddNumber reports whether a host is one of the spellings of an IPv4 address that
// some programs read and others look up as a name: 2130706433, 0x7f.1, 0177.0.0.1. No
// name ends in a number, so none of them is looked up.
func oddNumber(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if digits := strings.TrimLeft(last, "0123456789"); digits != "" {
		_, err := strconv.ParseUint(last, 0, 64) // "0x7f"
		if err != nil && !errors.Is(err, strconv.ErrRange) {
			return false
		}
	}
	_, err := netip.ParseAddr(host)
	return err != nil
}

// tidy takes off what is no part of what is asked, the fragment, and writes the host and
// the query as browsers do: servers have names in capitals, with the root's dot or with
// the usual port for others than their own, and a blank ends a request's address.
func tidy(u *url.URL) *url.URL {
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = escapeQuery(u.RawQuery)
	u.Host = hostPort(u)
	return u
}

// escapeQuery escapes the bytes of a query that cannot stand there.
func escapeQuery(q string) string {
	var b strings.Builder
	for i := range len(q) {
		if c := q[i]; c < utf8.RuneSelf && strings.IndexByte(" \"<>", c) < 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// target resolves the Location of a redirect seen at the address. Credentials in
// it are dropped: no server may say whom we log in as.
func target(at *url.URL, location string) (*url.URL, error) {
	if location == "" {
		return nil, fmt.Errorf("%w: names no target", errRedirect)
	}
	u, err := at.Parse(location)
	if err != nil {
		return nil, fmt.Errorf("%w: target cannot be read", errRedirect)
	}
	if err := usable(u); err != nil {
		return nil, fmt.Errorf("%w: %w", errRedirect, err)
	}
	u.User = nil
	return tidy(u), nil
}

// sameOrigin reports whether two addresses have scheme, host and port in common.
func sameOrigin(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && port(a) == port(b)
}

// port returns the port that u leads to.
func port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// Redact returns the address without credentials, for logs and errors.
func Redact(raw string) string {
	if !strings.Contains(raw, "@") {
		return printable(raw) // there are none
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.User == nil {
		if err != nil || strings.Contains(raw, "@") && u.Host == "" {
			if i := strings.LastIndexByte(raw, '@'); i >= 0 {
				return "…" + printable(raw[i:])
			}
		}
		return printable(raw)
	}
	u.User = nil
	return printable(u.String())
}
