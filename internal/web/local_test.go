package web

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// Handler is the public one of New's handlers.
func Handler(o Options) (http.Handler, error) {
	h, err := New(o)
	return h.Public, err
}

// TestLocal asks on the local socket, which has let in who asks: neither name nor password
// nor haste matters there. All else is as on the pages.
func TestLocal(t *testing.T) {
	si := served(t)
	si.o.Password = "secret"
	h, err := New(si.o)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
		r.Host, r.RemoteAddr = "samur", "@"
		h.Local.ServeHTTP(w, r)
		return w
	}
	for range int(reading.burst) + 10 {
		if w := ask("GET", "/api/v1/feeds"); w.Code != http.StatusOK {
			t.Fatalf("GET /api/v1/feeds = %d %s, want 200", w.Code, w.Body)
		}
	}
	for _, tt := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/", 200},
		{"GET", "/api/v1/absent", 404},
		{"GET", "/api/v1/feeds?color=red", 400},
		{"POST", "/api/v1/feeds", 405},
	} {
		w := ask(tt.method, tt.path)
		if w.Code != tt.want || w.Header().Get("Content-Security-Policy") != policyPage {
			t.Errorf("%s %s = %d with policy %q, want %d and that of the pages", tt.method, tt.path, w.Code, w.Header().Get("Content-Security-Policy"), tt.want)
		}
	}
}
