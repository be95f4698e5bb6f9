package hostile

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"samur/internal/news"
)

// spelling is a way to write an address that must not be asked. PORT stands for the
// canary's.
type spelling struct{ name, url string }

// unread reports whether a redirect to an address is refused for how it is written, and
// not for where it leads.
func (s spelling) unread() bool {
	return !strings.HasPrefix(s.url, "http") || s.name == "loopback-percent"
}

// spellings lead to the canary or to where one would be.
func spellings() []spelling {
	return []spelling{
		{"loopback", "http://127.0.0.1:PORT/"},
		{"localhost", "http://localhost:PORT/"},
		{"localhost-with-dot", "http://LocalHost.:PORT/"},
		{"loopback-6", "http://[::1]:PORT/"},
		{"loopback-6-long", "http://[0:0:0:0:0:0:0:1]:PORT/"},
		{"loopback-mapped", "http://[::ffff:127.0.0.1]:PORT/"},
		{"loopback-mapped-hex", "http://[::ffff:7f00:1]:PORT/"},
		{"loopback-compatible", "http://[::127.0.0.1]:PORT/"},
		{"loopback-nat64", "http://[64:ff9b::7f00:1]:PORT/"},
		{"loopback-6to4", "http://[2002:7f00:1::]:PORT/"},
		{"loopback-decimal", "http://2130706433:PORT/"},
		{"loopback-hex", "http://0x7f000001:PORT/"},
		{"loopback-octal", "http://0177.0.0.1:PORT/"},
		{"loopback-hex-parts", "http://0x7f.0x0.0x0.0x1:PORT/"},
		{"loopback-short", "http://127.1:PORT/"},
		{"loopback-zeros", "http://127.000.000.001:PORT/"},
		{"loopback-with-dot", "http://127.0.0.1.:PORT/"},
		{"loopback-percent", "http://%31%32%37.0.0.1:PORT/"},
		{"loopback-fullwidth", "http://１２７.０.０.１:PORT/"},
		{"loopback-circled", "http://①②⑦.⓪.⓪.①:PORT/"},
		{"nowhere", "http://0.0.0.0:PORT/"},
		{"nowhere-short", "http://0:PORT/"},
		{"nowhere-6", "http://[::]:PORT/"},
		{"private-10", "http://10.0.0.1/"},
		{"private-172", "http://172.16.0.1/"},
		{"private-192", "http://192.168.0.1/"},
		{"private-6", "http://[fd00:ec2::254]/"},
		{"shared", "http://100.100.100.200/"},
		{"metadata", "http://169.254.169.254/latest/meta-data/"},
		{"link-local-6", "http://[fe80::1]/"},
		{"multicast", "http://224.0.0.1/"},
		{"broadcast", "http://255.255.255.255/"},
		{"behind-login", "http://127.0.0.2:80@127.0.0.1:PORT/"},
		{"file", "file:///etc/passwd"},
		{"data", "data:application/xml,<rss><channel><item><title>t</title></item></channel></rss>"},
		{"javascript", "javascript:alert(1)"},
		{"gopher", "gopher://127.0.0.1:PORT/_GET"},
		{"ftp", "ftp://127.0.0.1:PORT/feed"},
		{"unix", "unix:///run/systemd/private"},
	}
}

// addresses are feeds that a config or a page may name and nobody may ask.
func addresses() []Case {
	var cases []Case
	for _, s := range spellings() {
		cases = append(cases, Case{Name: "address-" + s.name, Cause: news.CauseRefused, address: func(l *Lab) string { return l.spell(s.url) }})
	}
	return grouped(Address, append(cases,
		Case{Name: "address-nonsense", Cause: news.CauseRefused, address: fixed("http://[::1")},
		Case{Name: "address-control", Cause: news.CauseRefused, address: fixed("http://127.0.0.2/\x1b[31m\r\nX: y")},
		Case{Name: "address-without-host", Cause: news.CauseRefused, address: fixed("http:///feed")},
		Case{Name: "address-port-65536", Cause: news.CauseRefused, address: fixed("http://127.0.0.2:65536/")},
		Case{Name: "address-closed-port", Cause: news.CauseConnect, address: fixed("http://" + Host + ":1/")},
	))
}

func fixed(url string) func(*Lab) string { return func(*Lab) string { return url } }

// spell puts the canary's port into an address.
func (l *Lab) spell(url string) string {
	return strings.Replace(url, "PORT", l.canary[strings.LastIndexByte(l.canary, ':')+1:], 1)
}

// to redirects to an address.
func to(code int, url string) handler {
	return func(l *Lab, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", l.spell(url))
		w.WriteHeader(code)
	}
}

// away redirects to the other origin, with something before and behind its address.
func away(code int, login, path string) handler {
	return func(l *Lab, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://"+login+l.elsewhere+path)
		w.WriteHeader(code)
	}
}

// redirects lead in circles, nowhere, or where nobody may go.
func redirects() []Case {
	var cases []Case
	for _, s := range spellings() {
		cause := news.CauseRefused
		if s.unread() {
			cause = news.CauseRedirect
		}
		cases = append(cases, Case{Name: "redirect-" + s.name, Cause: cause, handler: to(http.StatusFound, s.url)})
	}
	hops := func(limit int) handler {
		return func(_ *Lab, w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.URL.Query().Get("n")) // none is the first
			if limit > 0 && n >= limit {
				xml(sound())(nil, w, r)
				return
			}
			w.Header().Set("Location", fmt.Sprintf("?n=%d", n+1))
			w.WriteHeader(http.StatusMovedPermanently)
		}
	}
	circle := func(code int) handler {
		return func(_ *Lab, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", r.URL.Path)
			w.WriteHeader(code)
		}
	}
	return grouped(Redirect, append(cases,
		Case{Name: "redirect-301-circle", Cause: news.CauseRedirect, handler: circle(301)},
		Case{Name: "redirect-307-circle", Cause: news.CauseRedirect, handler: circle(307)},
		Case{Name: "redirect-without-end", Cause: news.CauseRedirect, handler: hops(0)},
		Case{Name: "redirect-five-times", Entries: 3, handler: hops(5)},
		Case{Name: "redirect-to-nothing", Cause: news.CauseRedirect, handler: to(302, "")},
		Case{Name: "redirect-without-location", Cause: news.CauseRedirect, wire: write("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")},
		Case{Name: "redirect-nonsense", Cause: news.CauseRedirect, handler: to(302, "http://[::1")},
		Case{Name: "redirect-of-kilobytes", Cause: news.CauseRedirect, handler: to(302, "http://127.0.0.2/"+strings.Repeat("x", 40<<10))},
		Case{Name: "redirect-with-escapes", Cause: news.CauseRedirect, handler: to(302, "gopher://\u202ex/")},
		Case{Name: "redirect-backslash", Cause: news.CauseRedirect, handler: to(302, `http:\\127.0.0.1:PORT\`)},
		Case{Name: "redirect-body-without-end", Entries: 1, handler: func(l *Lab, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://"+l.elsewhere+"/")
			w.WriteHeader(http.StatusFound)
			pour(w, r, "", "x", -1, "")
		}},
		Case{Name: "redirect-300-with-location", Cause: news.CauseStatus, handler: to(300, "http://127.0.0.1:PORT/")},
		Case{Name: "redirect-on-200", Entries: 3, handler: with(xml(sound()), "Location", "http://127.0.0.1/")},
		Case{Name: "redirect-to-other-origin", Entries: 1, handler: away(302, "", "/")},
		Case{Name: "redirect-moved-to-escapes", Entries: 1, handler: away(301, "", "/\u202e?q=\u202e#\u202e")},
		Case{Name: "redirect-with-login-to-other-origin", Entries: 1, handler: away(302, Login+"@", "/")},
		Case{Name: "redirect-by-refresh", Cause: news.CauseBotWall, handler: answer("text/html", `<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1/"></head></html>`)},
	))
}
