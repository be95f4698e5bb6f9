package fetch

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"code.dny.dev/ssrf"
)

// errAddress reports an address that must not be asked whatever DNS says.
var errAddress = errors.New("address")

// guarded returns a transport that connects to public addresses and to those in
// o.Allow. The check runs on the address being dialled, after DNS, so a name
// that resolves to a private address is refused as the address itself is.
func guarded(o Options) http.RoundTripper {
	var v4, v6 []netip.Prefix
	for _, p := range o.Allow {
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	guard := ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...))
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Control: guard.Safe}
	return &http.Transport{
		Proxy:                  nil, // a proxy would dial what the guard refuses
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  o.HeaderTimeout,
		MaxResponseHeaderBytes: o.MaxHeaderBytes,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
		DisableCompression:     true, // decompressed here, where it is bounded
		ForceAttemptHTTP2:      true,
	}
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
