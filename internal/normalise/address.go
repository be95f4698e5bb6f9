package normalise

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// CanonicalURL returns the form of an address under which one page has one name, and
// under which it can be fetched: printable ASCII, without fragment, credentials,
// default port, tracking and session parameters, out of the wrappers whose target
// stands in the address, off AMP, the query in order. It changes nothing that tells
// two pages apart; what is not http or https gives "".
func CanonicalURL(raw string) string {
	u := parseWeb(raw)
	for range 3 { // wrappers wrap wrappers
		v := unwrap(u)
		if v == nil {
			break
		}
		u = v
	}
	if u == nil {
		return ""
	}
	name := hostName(u.Hostname())
	if name == "" {
		return ""
	}
	for bare, ok := strings.CutPrefix(name, "amp."); ok && strings.Contains(bare, "."); bare, ok = strings.CutPrefix(name, "amp.") {
		name = bare
	}
	out := u.Scheme + "://" + name + port(u) + pagePath(escaped(u.EscapedPath(), inPath))
	if q := query(u.RawQuery); q != "" {
		out += "?" + q
	}
	if f := u.EscapedFragment(); routed(f) {
		out += "#" + escaped(f, inQuery)
	}
	if len(out) > maxURL { // a byte that is escaped takes three
		return ""
	}
	return out
}

// maxURL is the length in bytes of the longest address, as it comes and as it goes.
const maxURL = 8 << 10

// parseWeb reads an absolute web address as browsers do: line breaks and tabs in it
// are nothing, backslashes are slashes, a percent sign without a number is one. nil
// for anything else.
func parseWeb(raw string) *url.URL {
	raw = strings.TrimSpace(raw)
	if raw == "" || len(raw) > maxURL {
		return nil
	}
	for strings.Contains(raw, "&amp;") || strings.Contains(raw, "&#") { // before the "#" of one begins a fragment
		plain := escapedAmpersands.Replace(raw)
		if plain == raw {
			break
		}
		raw = plain
	}
	if strings.ContainsAny(raw, "\t\r\n") {
		raw = strings.NewReplacer("\t", "", "\r", "", "\n", "").Replace(raw)
	}
	if i := strings.IndexAny(raw, `\?#`); i >= 0 && raw[i] == '\\' {
		end := len(raw)
		if j := strings.IndexAny(raw, "?#"); j >= 0 {
			end = j
		}
		raw = strings.ReplaceAll(raw[:end], `\`, "/") + raw[end:]
	}
	u, err := url.Parse(raw)
	if err != nil {
		if u, err = url.Parse(barePercents(raw)); err != nil {
			return nil
		}
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Hostname(), ".") == "" {
		return nil
	}
	return u
}

// barePercents escapes the percent signs of an address that begin no escape.
func barePercents(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		if s[i] == '%' && !isEscape(s, i) {
			b.WriteString("25")
		}
	}
	return b.String()
}

// isEscape reports whether an escape begins at byte i of s.
func isEscape(s string, i int) bool {
	return i+2 < len(s) && s[i] == '%' && isHex(s[i+1]) && isHex(s[i+2])
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// The characters that stand in a path and in a query beside letters and digits.
const (
	inPath  = "-._~!$&'()*+,;=:@/%"
	inQuery = inPath + "?[]"
)

// escaped gives every escape of s one spelling: what needs none has none, the others
// have capital digits. What must not stand there bare is escaped. A slash that is
// escaped stays so, for it parts no folders.
func escaped(s, bare string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '%' {
			if isWord(c) || strings.IndexByte(bare, c) >= 0 {
				b.WriteByte(c)
			} else {
				b.Write([]byte{'%', digits[c>>4], digits[c&15]})
			}
			continue
		}
		if !isEscape(s, i) {
			b.WriteString("%25")
			continue
		}
		c = unhex(s[i+1])<<4 | unhex(s[i+2])
		if isWord(c) || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
		i += 2
	}
	return b.String()
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// hostName returns a host in lower case, without dots at the end and in the letters
// that are looked up, "" for what is no host.
func hostName(s string) string {
	s = strings.TrimRight(strings.ToLower(s), ".")
	if strings.Contains(s, ":") {
		return "[" + strings.ReplaceAll(s, "%", "%25") + "]" // of an IPv6 zone
	}
	for i := range len(s) {
		if s[i] >= 0x80 {
			var err error
			if s, err = asciiHost(s); err != nil {
				return ""
			}
			break
		}
	}
	for i := range len(s) {
		if !isWord(s[i]) && strings.IndexByte("-._", s[i]) < 0 {
			return ""
		}
	}
	return s
}

// port returns the port of u where its scheme has another one.
func port(u *url.URL) string {
	p := strings.TrimLeft(u.Port(), "0")
	if p == "" || u.Scheme == "http" && p == "80" || u.Scheme == "https" && p == "443" {
		return ""
	}
	return ":" + p
}

// tidy returns a path without dot segments, doubled slashes and the session that some
// servers write into it. An address within the path keeps its slashes.
func tidy(p string) string {
	if i := strings.Index(strings.ToLower(p), ";jsessionid="); i >= 0 {
		rest := p[i+1:]
		if j := strings.IndexAny(rest, "/;"); j >= 0 {
			p = p[:i] + rest[j:]
		} else {
			p = p[:i]
		}
	}
	if !strings.Contains(p, "/.") && !strings.Contains(p, "//") {
		if strings.HasPrefix(p, "/") {
			return p
		}
		return "/" + p
	}
	head, inner := p, ""
	if i := strings.Index(p, "://"); i >= 0 {
		i = strings.LastIndexByte(p[:i], '/') + 1
		head, inner = p[:i], p[i:]
	}
	clean := path.Clean("/" + head)
	if last := head[strings.LastIndexByte(head, '/')+1:]; clean != "/" && (last == "" || last == "." || last == "..") {
		clean += "/"
	}
	return clean + inner
}

// pagePath returns a path that is tidy and not of an AMP page.
func pagePath(p string) string {
	for {
		next := offAMP(tidy(p))
		if next == p {
			return p
		}
		p = next
	}
}

// offAMP takes a mark of an AMP page off a path.
func offAMP(p string) string {
	base := strings.TrimSuffix(p, "/")
	switch {
	case strings.HasSuffix(base, "/amp") && base != "/amp":
		return strings.TrimSuffix(base, "amp")
	case strings.HasSuffix(base, ".amp"):
		return strings.TrimSuffix(base, ".amp")
	case strings.HasSuffix(base, ".amp.html"):
		return strings.TrimSuffix(base, ".amp.html") + ".html"
	}
	return p
}

// routed reports whether a fragment is what is read: "#!/news/7" and "#/news/7" are, for
// sites that are one program, and "#post-7" and "#20260308" on a page that holds many.
func routed(f string) bool {
	return strings.HasPrefix(f, "!") || strings.HasPrefix(f, "/") && len(f) > 1 || numbered(f)
}

// entryWords are what stands before the number of an entry in a fragment.
var entryWords = nameSet("post item news id newsid article entry msg message update block event n")

// numbered reports whether a fragment is the number of an entry: behind a word for one, or
// a bare number that counts no edits or pages.
func numbered(f string) bool {
	if strings.Trim(f, "0123456789") == "" {
		return len(f) > 2
	}
	word := 0
	for word < len(f) && f[word]|0x20 >= 'a' && f[word]|0x20 <= 'z' {
		word++
	}
	number := strings.TrimLeft(f[word:], "-_=")
	return entryWords[strings.ToLower(f[:word])] && number != "" && strings.Trim(strings.ToLower(number), "0123456789abcdef") == "" && strings.ContainsAny(number, "0123456789")
}

// addressKey is what of a canonical address is compared: neither scheme nor "www.",
// neither "m." nor a folder "amp", neither a slash at the end nor how some characters
// are escaped tells pages of one feed apart.
func addressKey(canonical string) string {
	_, rest, _ := strings.Cut(canonical, "://")
	host, page, _ := strings.Cut(rest, "/")
	for _, front := range []string{"www.", "m.", "mobile."} {
		if bare, ok := strings.CutPrefix(host, front); ok && strings.Contains(bare, ".") {
			host = bare
			break
		}
	}
	if bare, ok := strings.CutPrefix(page, "amp/"); ok && bare != "" {
		page = bare
	}
	page = unescapeMarks(page)
	if before, q, ok := strings.Cut(page, "?"); ok {
		return host + "/" + strings.TrimSuffix(before, "/") + "?" + q
	}
	return strings.TrimSuffix(host+"/"+page, "/")
}

// unescapeMarks takes back the escapes of marks that mean the same with and without.
func unescapeMarks(s string) string {
	if !strings.Contains(s, "%2") && !strings.Contains(s, "%3A") && !strings.Contains(s, "%40") {
		return s
	}
	return strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*", "%2C", ",", "%3A", ":", "%40", "@").Replace(s)
}

// frontPage reports whether a canonical address is that of a whole site: nothing
// that is told once stands there.
func frontPage(canonical string) bool {
	_, rest, _ := strings.Cut(canonical, "://")
	_, page, _ := strings.Cut(rest, "/")
	return page == ""
}

// tracking are the query parameters that say where a reader came from, or who he is,
// and nothing of what is read. Those ending in * are prefixes; what follows them is no
// "id", which may be the number of a page.
var tracking, trackingPrefixes = parameters(`
	utm_* ga_* pk_* piwik_* matomo_* mtm_* at_* itm_* hsa_* stm_* hmb_* guce_* roistat* ns_c* fb_* wt_* wt.* vero_* oly_* cm_mm* spm* __cf_chl_*
	sc_cid sc_campaign sc_channel sc_content sc_country sc_outcome sc_geo sc_medium sc_publisher trk trk_* trkcampaign trkinfo __s __tn__ __twitter_impression utm_id
	fbclid gclid gclsrc dclid gbraid wbraid wickedid yclid ysclid ymclid yadclid yadordid _openstat openstat msclkid twclid ttclid li_fat_id sccid srsltid igshid igsh epik rb_clickid tblci obclid
	mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash ncid cmpid cmp ito ns_mchannel ns_source ns_linkname ns_fee _ga _gl _hsenc _hsmi __hssc __hstc __hsfp hsctatracking xtor sr_share icid
	guccounter tg_rhash s_cid traffic_source amp outputtype feedtype frommedia from_rss etext ref_src ref_url referrer_id nr_email_referer s_kwcid ssp_iabi hss_channel
	gs_l ved lr_hash yhid yqrid clckid _branch_match_id _bta_tid _bta_c dm_i fr_source ocid smid smtyp partnerid amp_js_v usqp amp_gsa maca erid mibextid
	phpsessid jsessionid aspsessionid* asp.net_sessionid cftoken
`)

// parameters parts a list of names into whole ones and prefixes.
func parameters(list string) (whole map[string]bool, prefixes []string) {
	whole = map[string]bool{}
	for _, name := range strings.Fields(list) {
		if prefix, ok := strings.CutSuffix(name, "*"); ok {
			prefixes = append(prefixes, prefix)
		} else {
			whole[name] = true
		}
	}
	return whole, prefixes
}

// referrers are parameters that are tracking only with a value such as
// referrerValues: "?from=rss" is, "?from=2024-01-01" is not.
var referrers, _ = parameters(`ref from source src via rss partner referer referrer campaign medium output view_from`)

var referrerValues, _ = parameters(`rss rss2 rss_2.0 rss20 rssfeed rss_feed rss-feed rssfeeds feed feeds feedburner atom xml twitter tw t.co facebook fb telegram tg vk vkontakte ok
	odnoklassniki whatsapp wa viber email mail newsletter digest google googlenews google_news yandex yandexnews yandex_news yandexzen yxnews zen dzen smi2 mirtesen rambler flipboard share social
	main mainpage main_page index home homepage front amp push widget`)

// escapedAmpersands undoes what some feeds escape once more than a reader undoes.
var escapedAmpersands = strings.NewReplacer("&amp;", "&", "&#38;", "&", "&#038;", "&", "&#x26;", "&")

// query returns a query without tracking parameters, in order of names, its escapes
// in one spelling.
func query(raw string) string {
	if raw == "" {
		return ""
	}
	var kept []string
	for part := range strings.SplitSeq(raw, "&") {
		for strings.HasPrefix(part, "amp;") { // "?amp;id=7"
			part = part[len("amp;"):]
		}
		name, value, _ := strings.Cut(part, "=")
		if part == "" || isTracking(strings.ToLower(name), strings.ToLower(value)) {
			continue
		}
		kept = append(kept, escaped(part, inQuery))
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		a, _, _ = strings.Cut(a, "=")
		b, _, _ = strings.Cut(b, "=")
		return strings.Compare(a, b)
	})
	return strings.Join(kept, "&")
}

// isTracking reports whether a parameter says nothing of what is read.
func isTracking(name, value string) bool {
	switch {
	case tracking[name], referrers[name] && (value == "" || referrerValues[value]):
		return true
	case name == "rss":
		return value == "1" || value == "true" // "?from=1" may be a place
	case name == "sessionid" || name == "session_id" || name == "sessid":
		return len(value) >= 16 // a shorter one is the number of a meeting
	}
	return slices.ContainsFunc(trackingPrefixes, func(p string) bool { return strings.HasPrefix(name, p) && name[len(p):] != "id" })
}
