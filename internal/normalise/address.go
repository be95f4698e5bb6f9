package normalise

import (
	"net/url"
	"path"
	"sort"
	"strings"
)

// tracking are the query parameters that say where a reader came from and nothing
// of what is read. Names ending in * are prefixes.
var tracking = []string{
	"utm_*", "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "yclid", "ysclid", "ymclid", "_openstat", "msclkid", "twclid", "ttclid", "igshid",
	"mc_cid", "mc_eid", "mkt_tok", "ncid", "cmpid", "cmp", "ns_mchannel", "ns_campaign", "ns_source", "ns_linkname", "ns_fee", "ito", "at_*",
	"_ga", "_gl", "_hsenc", "_hsmi", "hsctatracking", "wt_mc", "wt_zmc", "wt.mc_id", "xtor", "sr_share", "icid", "guccounter", "guce_*", "tg_rhash",
	"spm", "oly_anon_id", "oly_enc_id", "vero_id", "rb_clickid", "s_cid", "trk", "traffic_source", "share_id", "__twitter_impression", "amp", "outputtype",
	"feedtype", "rss_id", "pk_*", "piwik_*", "matomo_*", "mtm_*", "frommedia", "from_rss", "roistat*", "etext", "ref_src", "ref_url",
}

// referrers are parameters that are tracking only with a value such as these:
// "?from=rss" is, "?from=2024-01-01" is not.
var referrers = map[string]bool{"ref": true, "from": true, "source": true, "src": true, "via": true, "rss": true, "partner": true, "referer": true, "referrer": true, "campaign": true, "medium": true}

var referrerValues = map[string]bool{
	"": true, "1": true, "rss": true, "rss2": true, "feed": true, "rssfeed": true, "rss_feed": true, "atom": true, "twitter": true, "tw": true, "facebook": true, "fb": true,
	"telegram": true, "tg": true, "vk": true, "ok": true, "whatsapp": true, "wa": true, "email": true, "newsletter": true, "google": true, "yandex": true, "yxnews": true, "smi2": true, "share": true, "social": true,
}

// CanonicalURL returns the form of an address under which one page has one name:
// without fragment, credentials, default port and tracking parameters, off AMP,
// with the query in order. It changes nothing that tells two pages apart; what is
// not http or https gives "".
func CanonicalURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || strings.Trim(u.Hostname(), ".") == "" || len(raw) > 8<<10 {
		return ""
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u = unwrap(u)
	u.User = nil
	u.Host = host(u)
	if !strings.HasPrefix(u.Fragment, "!") { // "#!…" is the page, for some
		u.Fragment, u.RawFragment = "", ""
	}
	offAMP(u)
	if strings.Contains(u.Path, "/.") || strings.Contains(u.Path, "//") {
		u = u.ResolveReference(&url.URL{Path: tidy(u.Path), RawQuery: u.RawQuery, Fragment: u.Fragment})
	}
	u.RawPath = "" // one spelling of escapes
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = query(u.RawQuery)
	u.ForceQuery = false
	return u.String()
}

// tidy removes dot segments and doubled slashes from a path.
func tidy(p string) string {
	clean := path.Clean("/" + p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// host returns the host in lower case without trailing dots and default port.
func host(u *url.URL) string {
	name := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	port := u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return name
	}
	return name + ":" + port
}

// unwrap returns the address that a redirecting one leads to by its own words:
// Google's link counter and AMP cache.
func unwrap(u *url.URL) *url.URL {
	name := strings.ToLower(u.Hostname())
	inner := ""
	switch {
	case (name == "www.google.com" || name == "google.com") && u.Path == "/url":
		q := u.Query()
		if inner = q.Get("url"); inner == "" {
			inner = q.Get("q")
		}
	case strings.HasSuffix(name, ".cdn.ampproject.org"):
		rest := strings.TrimPrefix(strings.TrimPrefix(u.Path, "/c"), "/v")
		if secure, ok := strings.CutPrefix(rest, "/s/"); ok {
			inner = "https://" + secure
		} else {
			inner = "http://" + strings.TrimPrefix(rest, "/")
		}
	}
	v, err := url.Parse(inner)
	if inner == "" || err != nil || strings.Trim(v.Hostname(), ".") == "" || v.Scheme != "http" && v.Scheme != "https" {
		return u
	}
	return v
}

// offAMP takes the marks of an AMP page off.
func offAMP(u *url.URL) {
	u.Host = strings.TrimPrefix(u.Host, "amp.")
	p := strings.TrimSuffix(u.Path, "/")
	switch {
	case strings.HasSuffix(p, "/amp") && len(p) > len("/amp"):
		u.Path = strings.TrimSuffix(p, "amp")
	case strings.HasSuffix(p, ".amp"):
		u.Path = strings.TrimSuffix(p, ".amp")
	case strings.HasSuffix(p, ".amp.html"):
		u.Path = strings.TrimSuffix(p, ".amp.html") + ".html"
	case strings.HasPrefix(u.Path, "/amp/") && len(u.Path) > len("/amp/"):
		u.Path = u.Path[len("/amp"):]
	}
	u.RawPath = ""
}

// query returns a query without tracking parameters, in order of names. One that
// cannot be taken apart stays as it is.
func query(raw string) string {
	if raw == "" {
		return ""
	}
	if strings.Contains(raw, ";") {
		return raw
	}
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(part, "=")
		if part == "" || isTracking(strings.ToLower(name), strings.ToLower(value)) {
			continue
		}
		kept = append(kept, part)
	}
	sort.SliceStable(kept, func(i, j int) bool {
		a, _, _ := strings.Cut(kept[i], "=")
		b, _, _ := strings.Cut(kept[j], "=")
		return a < b
	})
	return strings.Join(kept, "&")
}

// isTracking reports whether a parameter says nothing of what is read.
func isTracking(name, value string) bool {
	for _, t := range tracking {
		if prefix, ok := strings.CutSuffix(t, "*"); ok && strings.HasPrefix(name, prefix) || name == t {
			return true
		}
	}
	return referrers[name] && referrerValues[value]
}

// addressKey is what of a canonical address is compared: neither scheme nor
// "www." nor a slash at the end tells pages apart.
func addressKey(canonical string) string {
	_, rest, _ := strings.Cut(canonical, "://")
	rest = strings.TrimPrefix(rest, "www.")
	if before, q, ok := strings.Cut(rest, "?"); ok {
		return strings.TrimSuffix(before, "/") + "?" + q
	}
	return strings.TrimSuffix(rest, "/")
}
