package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"

	"samur/internal/render"
)

// The policies of pages. Both forbid scripts, frames and every request to another site;
// forms go to this site alone. A digest's own HTML has its styles inline, as mail must,
// and gets an origin of its own: links open, nothing else works.
const (
	policyPage   = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	policyDigest = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
		"sandbox allow-popups allow-popups-to-escape-sandbox"
)

// guarded wraps next in what holds for every request. admit answers those that are not
// let in.
func (s *server) guarded(next http.Handler, admit func(http.ResponseWriter, *http.Request) bool) http.Handler {
	apart := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer s.contain(w, r)
		h := w.Header()
		h.Set("Content-Security-Policy", policyPage)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", unkept)
		if !admit(w, r) {
			return
		}
		switch {
		case r.Method == http.MethodGet || r.Method == http.MethodHead:
		case r.Method == http.MethodPost && r.URL.Path == answersPath && s.mayWrite():
			if err := apart.Check(r); err != nil {
				v := s.view(r)
				s.say(w, v, http.StatusForbidden, v.W.Forbidden, v.W.ForeignForm)
				return
			}
		default:
			h.Set("Allow", "GET, HEAD")
			if forProgram(r) {
				problem(w, http.StatusMethodNotAllowed, "The API can only be read; ask with GET or HEAD.")
				return
			}
			v := s.view(r)
			s.say(w, v, http.StatusMethodNotAllowed, v.W.NotAllowed, v.W.NotAllowedSay)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuse answers in plain words, or a program as it expects.
func refuse(w http.ResponseWriter, r *http.Request, status int, words string) {
	if forProgram(r) {
		problem(w, status, words)
		return
	}
	http.Error(w, words, status)
}

// probes are answered to everybody: they tell nothing but that the daemon lives.
var probes = []string{"/healthz", "/readyz"}

// admitted answers requests under a foreign name, that are too many, or of nobody we know,
// and reports whether there is more to do.
func (s *server) admitted(w http.ResponseWriter, r *http.Request) bool {
	if !s.known(r.Host) {
		refuse(w, r, http.StatusMisdirectedRequest, "The pages are not known under this name. Open them as localhost or by their address; "+
			"a proxy must pass on one of these or a name that stands in web.hosts.")
		return false
	}
	now := s.o.Now()
	if slices.Contains(probes, r.URL.Path) {
		return true
	}
	from := peerOf(r)
	if s.locked() && !s.peers.left(wrongPasswords, from, now) {
		tooMany(w, r)
		return false
	}
	who, ok := s.whoAsks(r)
	if !ok {
		if _, _, tried := r.BasicAuth(); tried || r.Header.Get("Authorization") != "" {
			s.peers.take(wrongPasswords, from, now)
		}
		if s.o.Password == "" {
			refuse(w, r, http.StatusForbidden, "The proxy did not say who asks.")
			return false
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="samur", charset="UTF-8"`)
		refuse(w, r, http.StatusUnauthorized, "These pages ask for a password.")
		return false
	}
	if s.o.UserHeader != "" && who != "" {
		from = who // behind a proxy all come from one address
	}
	limit := reading
	if r.Method == http.MethodPost {
		limit = answering
	}
	if !s.peers.take(limit, from, now) {
		tooMany(w, r)
		return false
	}
	return true
}

func tooMany(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "10")
	refuse(w, r, http.StatusTooManyRequests, "Too many requests; ask again in a while.")
}

// locked reports whether not everybody is answered.
func (s *server) locked() bool { return s.o.Password != "" || s.o.UserHeader != "" }

// whoAsks returns the name of who asks, "" where nobody is asked for one; ok is false
// for a stranger.
func (s *server) whoAsks(r *http.Request) (name string, ok bool) {
	if !s.locked() {
		return "", true
	}
	if s.o.UserHeader != "" && s.byProxy(r) {
		if name := render.Tidy(r.Header.Get(s.o.UserHeader), 60); name != "" {
			return name, true
		}
	}
	if s.o.Password == "" {
		return "", false
	}
	if name, password, given := r.BasicAuth(); given {
		return render.Tidy(name, 60), same(password, s.o.Password)
	}
	token, given := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return "", given && same(token, s.o.Password)
}

// same compares two secrets in a time that tells nothing of either.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// byProxy reports whether a request comes from a proxy that may say who asks.
func (s *server) byProxy(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	addr := at.Addr().Unmap()
	return slices.ContainsFunc(s.o.Proxies, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// mayWrite reports whether answers are taken. Who asks was admitted before.
func (s *server) mayWrite() bool { return s.o.Write && s.o.Read != nil }

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
	refuse(w, r, http.StatusInternalServerError, "the page could not be made; the log says why")
}
