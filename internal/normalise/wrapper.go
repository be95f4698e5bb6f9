package normalise

import (
	"encoding/base64"
	"encoding/binary"
	"net/url"
	"strings"
)

// wrappers are the addresses that send a reader on to one that stands in a parameter:
// link counters of searches and networks, and pages that show another one. A host
// stands for its subdomains too.
var wrappers = []struct {
	host, path string
	params     []string
}{
	{"google.com", "/url", []string{"url", "q"}},
	{"google.com", "/news/url", []string{"url"}},
	{"news.google.com", "/", []string{"url"}},
	{"bing.com", "/news/apiclick.aspx", []string{"url"}},
	{"duckduckgo.com", "/l/", []string{"uddg"}},
	{"facebook.com", "/l.php", []string{"u"}},
	{"vk.com", "/away.php", []string{"to"}},
	{"ok.ru", "/dk", []string{"st.link"}},
	{"t.me", "/iv", []string{"url"}},
	{"youtube.com", "/redirect", []string{"q"}},
	{"linkedin.com", "/redir/", []string{"url"}},
	{"yandex.ru", "/turbo", []string{"text"}},
	{"translate.google.com", "/translate", []string{"u"}},
	{"slack-redir.net", "/link", []string{"url"}},
	{"out.reddit.com", "/", []string{"url"}},
}

// unwrap returns the address that a redirecting one leads to by its own words, nil
// where it leads nowhere else.
func unwrap(u *url.URL) *url.URL {
	if u == nil {
		return nil
	}
	name := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	for _, w := range wrappers {
		if !isHost(name, w.host) || !strings.HasPrefix(u.Path, w.path) {
			continue
		}
		q := u.Query()
		for _, p := range w.params {
			if v := parseWeb(q.Get(p)); v != nil {
				return v
			}
		}
	}
	return parseWeb(innerAddress(name, u))
}

// innerAddress returns the address that stands in the path of a page's copy at a
// cache, or in the number of a page at Google News; "" where none does.
func innerAddress(name string, u *url.URL) string {
	inner := ""
	switch p := u.EscapedPath(); {
	case strings.HasSuffix(name, ".cdn.ampproject.org"), isHost(name, "bing-amp.com"):
		inner = afterFolders(p, "/c/", "/v/", "/wp/")
	case isHost(name, "google.com") && strings.HasPrefix(p, "/amp/"):
		inner = strings.TrimPrefix(p, "/amp/")
	case isHost(name, "yandex.ru") && strings.HasPrefix(p, "/turbo/s/"):
		return "https://" + strings.TrimPrefix(p, "/turbo/s/")
	case strings.HasSuffix(name, ".turbopages.org"):
		host, rest, _ := strings.Cut(strings.TrimPrefix(p, "/"), "/s/")
		return "https://" + strings.TrimSuffix(host, "/") + "/" + rest
	case name == "news.google.com" && strings.Contains(p, "/articles/"):
		return articleAddress(p[strings.LastIndexByte(p, '/')+1:])
	}
	if inner == "" {
		return ""
	}
	if u.RawQuery != "" {
		inner += "?" + u.RawQuery
	}
	if secure, ok := strings.CutPrefix(inner, "s/"); ok {
		return "https://" + secure
	}
	return "http://" + inner
}

// afterFolders returns what follows the first of the folders that p begins with.
func afterFolders(p string, folders ...string) string {
	for _, f := range folders {
		if rest, ok := strings.CutPrefix(p, f); ok {
			return rest
		}
	}
	return ""
}

// articleAddress reads the address out of the older numbers of Google News: base64 of
// a message whose fourth field is the address. The newer ones hold none.
func articleAddress(number string) string {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(number, "="))
	if err != nil || len(b) < 4 || string(b[:3]) != "\x08\x13\x22" {
		return ""
	}
	n, w := binary.Uvarint(b[3:])
	if w <= 0 || n > uint64(len(b)-3-w) {
		return ""
	}
	return string(b[3+w:][:n])
}

// isHost reports whether name is host or a subdomain of it.
func isHost(name, host string) bool {
	rest, ok := strings.CutSuffix(name, host)
	return ok && (rest == "" || strings.HasSuffix(rest, "."))
}
