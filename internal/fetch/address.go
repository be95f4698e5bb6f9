package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"unicode"

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
	if err := usable(u); err != nil {
		return nil, fmt.Errorf("%w: %w", errAddress, err)
	}
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

// usable reports why u cannot be asked.
func usable(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("scheme %q is not http or https", u.Scheme)
	case u.Hostname() == "":
		return errors.New("has no host")
	}
	return nil
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
	u.Fragment, u.RawFragment = "", ""
	return u, nil
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
