package feed

import (
	"net/url"
	"strings"
)

// join returns the base that an xml:base brings into force.
func join(base *url.URL, raw string) *url.URL {
	if len(raw) > maxAddress/4 { // every link of the document would be as long
		return base
	}
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return base
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	return u
}

// resolve returns an address made absolute, as it was where that cannot be done,
// "" for what is too long to be one.
func resolve(base *url.URL, raw string) string {
	raw = strings.TrimSpace(raw)
	switch {
	case len(raw) > maxAddress:
		return ""
	case raw == "" || base == nil:
		return raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	if u.IsAbs() { // as written: parsing and printing would change its escapes
		return raw
	}
	return base.ResolveReference(u).String()
}

// webAddress returns raw when it is an absolute http or https address, else "".
// Everything else that feeds put into links (javascript:, data:, file:, tag:)
// leads nowhere a reader may go.
func webAddress(raw string) string {
	raw = squeeze(raw)
	u, err := url.Parse(raw)
	if err != nil {
		// Bare percent signs are the usual reason, and browsers take them.
		if !strings.HasPrefix(raw, "http://") && !strings.HasPrefix(raw, "https://") {
			return ""
		}
		if u, err = url.Parse(strings.ReplaceAll(raw, "%", "%25")); err != nil {
			return ""
		}
		return u.String()
	}
	if (strings.EqualFold(u.Scheme, "http") || strings.EqualFold(u.Scheme, "https")) && u.Hostname() != "" {
		return raw
	}
	return ""
}
