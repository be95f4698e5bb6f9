package feed

import (
	"net/url"
	"strings"
	"unicode"
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
	raw = spell(raw)
	switch {
	case len(raw) > maxAddress:
		return ""
	case raw == "" || base == nil, strings.HasPrefix(raw, "https://"), strings.HasPrefix(raw, "http://"):
		return raw
	case schemeless(raw, base):
		return base.Scheme + "://" + raw
	}
	u, err := url.Parse(raw)
	if err != nil {
		if u, err = url.Parse(escapePercents(raw)); err != nil {
			return raw
		}
	}
	if u.IsAbs() { // as written: parsing and printing would change its escapes
		return raw
	}
	return base.ResolveReference(u).String()
}

// schemeless reports whether an address only lacks its scheme: no folder is named
// "www.…" or like the host of the page.
func schemeless(raw string, base *url.URL) bool {
	host, _, _ := strings.Cut(strings.ToLower(raw), "/")
	return strings.HasPrefix(host, "www.") && strings.Count(host, ".") > 1 ||
		strings.Contains(host, ".") && host == strings.TrimPrefix(strings.ToLower(base.Host), "www.")
}

// spell returns an address as browsers read it. Line breaks and tabs in it are
// nothing, with the blanks about them; other blanks are escaped; a backslash is a
// slash.
func spell(raw string) string {
	raw = strings.ReplaceAll(strings.TrimSpace(raw), "&amp;", "&") // escaped twice
	if strings.IndexFunc(raw, misspelt) < 0 {
		return raw
	}
	path, rest := raw, ""
	if i := strings.IndexAny(raw, "?#"); i >= 0 {
		path, rest = raw[:i], raw[i:]
	}
	raw = strings.ReplaceAll(path, `\`, "/") + rest
	var b strings.Builder
	for raw != "" {
		n := strings.IndexAny(raw, " \t\r\n\u00a0")
		if n < 0 {
			n = len(raw)
		}
		b.WriteString(raw[:n])
		next := strings.TrimLeft(raw[n:], " \t\r\n\u00a0")
		blanks := raw[n : len(raw)-len(next)]
		if blanks != "" && !strings.ContainsAny(blanks, "\t\r\n") && !strings.Contains(next, "://") {
			b.WriteString("%20")
		}
		raw = next
	}
	return b.String()
}

// misspelt reports whether a character stands in an address only by mistake.
func misspelt(r rune) bool {
	return r == ' ' || r == '\t' || r == '\r' || r == '\n' || r == '\u00a0' || r == '\\'
}

// escapePercents escapes the percent signs that begin no escape, as in "100%-it".
func escapePercents(raw string) string {
	parts := strings.Split(raw, "%")
	for i, p := range parts[1:] {
		if len(p) < 2 || !isHex(p[0]) || !isHex(p[1]) {
			parts[i+1] = "25" + p
		}
	}
	return strings.Join(parts, "%")
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// webAddress returns raw when it is an absolute http or https address, else "".
// Everything else that feeds put into links (javascript:, data:, file:, tag:)
// leads nowhere a reader may go.
func webAddress(raw string) string {
	if raw = spell(raw); raw == "" {
		return ""
	}
	for _, twice := range []string{"http://http", "https://http"} { // "http://https://example.az/"
		if rest, ok := strings.CutPrefix(raw, twice); ok && (strings.HasPrefix(rest, "://") || strings.HasPrefix(rest, "s://")) {
			raw = "http" + rest
		}
	}
	u, err := url.Parse(raw)
	if err != nil {
		// Bare percent signs are the usual reason, and browsers take them.
		raw = escapePercents(raw)
		if u, err = url.Parse(raw); err != nil {
			return ""
		}
	}
	if (strings.EqualFold(u.Scheme, "http") || strings.EqualFold(u.Scheme, "https")) && u.Hostname() != "" {
		return escapeUnprinted(raw)
	}
	return ""
}

// escapeUnprinted escapes the characters of an address that are not seen, or turn the
// direction of what stands behind them. Letters of any script stay as written.
func escapeUnprinted(raw string) string {
	if !strings.ContainsFunc(raw, unprinted) {
		return raw
	}
	var b strings.Builder
	for _, r := range raw {
		if unprinted(r) {
			b.WriteString(url.PathEscape(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unprinted(r rune) bool { return !unicode.IsPrint(r) }
