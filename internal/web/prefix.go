package web

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// prefixOf is the path under which readers know the pages, "" for the root of their host.
func prefixOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" {
		return ""
	}
	return strings.TrimRight(path.Clean(u.Path), "/")
}

// under answers next below the prefix, and at the root too: for a proxy that takes the
// prefix away, and for who asks this machine itself. Links lead below the prefix.
func (s *server) under(next http.Handler) http.Handler {
	if s.prefix == "" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rest, ok := strings.CutPrefix(r.URL.Path, s.prefix)
		if !ok || rest != "" && rest[0] != '/' {
			next.ServeHTTP(w, r)
			return
		}
		if clean := path.Clean("/" + rest); rest == "" || strings.TrimRight(rest, "/") != strings.TrimRight(clean, "/") {
			to := url.URL{Path: s.prefix + clean, RawQuery: r.URL.RawQuery}
			http.Redirect(w, r, to.String(), http.StatusMovedPermanently)
			return
		}
		http.StripPrefix(s.prefix, next).ServeHTTP(w, r)
	})
}

// Root is the address of one of our pages as it stands in a link.
func (v *view) Root(path string) string { return v.s.prefix + path }

// placed adds to the description of the API below which path its addresses stand.
func (s *server) placed(description []byte) []byte {
	if s.prefix == "" {
		return description
	}
	at, _ := json.Marshal([]map[string]string{{"url": s.prefix}}) // strings
	return bytes.Replace(description, []byte("{"), append([]byte("{\n \"servers\": "), append(at, ',')...), 1)
}
