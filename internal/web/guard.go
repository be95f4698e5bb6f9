package web

import (
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
)

// The policies of pages. Both forbid scripts, frames, forms and every request to
// another site. A digest's own HTML has its styles inline, as mail must, and gets an
// origin of its own: links open, nothing else works.
const (
	policyPage   = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	policyDigest = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
		"sandbox allow-popups allow-popups-to-escape-sandbox"
)

// guarded wraps next in what holds for every request.
func (s *server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.contain(w, r)
		h := w.Header()
		h.Set("Content-Security-Policy", policyPage)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !s.known(r.Host) {
			http.Error(w, "The pages are not known under this name. Open them as localhost or by their address; "+
				"a proxy must pass on one of these or a name that stands in web.hosts.", http.StatusMisdirectedRequest)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			s.say(w, r, http.StatusMethodNotAllowed, "Not allowed", "The pages can only be read: use GET or HEAD.")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// known reports whether a Host header is one of ours. A page of a foreign site can
// have its name resolve to loopback, but then it says that name here.
func (s *server) known(header string) bool {
	host := hostname(header)
	if host == "localhost" {
		return true
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true // nobody can make an address mean another machine
	}
	return slices.ContainsFunc(s.o.Hosts, func(h string) bool { return host != "" && hostname(h) == host })
}

// hostname is a Host header in lower case, without port, brackets and final dot.
func hostname(header string) string {
	host, _, err := net.SplitHostPort(header)
	if err != nil {
		host = strings.TrimSuffix(strings.TrimPrefix(header, "["), "]")
	}
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// contain is deferred: it turns a panic into an answer and a line in the log. What
// was sent already cannot be taken back; the reader then gets a page cut short.
func (s *server) contain(w http.ResponseWriter, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if p == http.ErrAbortHandler { // net/http panics with this very value
		panic(p)
	}
	s.o.Logger.Error("page panicked", "url", r.URL.Path, "err", p, "stack", string(debug.Stack()))
	http.Error(w, "the page could not be made; the log says why", http.StatusInternalServerError)
}
