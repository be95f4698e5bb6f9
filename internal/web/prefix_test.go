package web

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"samur/internal/news"
	"samur/internal/web/api"
)

func TestPrefixOf(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "https://h.example": "", "https://h.example/": "", "https://h.example/samur": "/samur", "https://h.example/samur/": "/samur",
		"https://h.example//a//b/": "/a/b", "https://h.example/новости": "/новости",
	} {
		if got := prefixOf(address); got != want {
			t.Errorf("prefixOf(%q) = %q, want %q", address, got, want)
		}
	}
}

// links are the addresses of ours in a page.
var links = regexp.MustCompile(`(?:href|action|src)="(/[^"]*)"`)

// TestUnderAPrefix walks every link and form from the first page on, with the pages at
// the root and below a path.
func TestUnderAPrefix(t *testing.T) {
	for _, prefix := range []string{"", "/samur", "/a/b"} {
		si := served(t)
		si.o.Write = true
		si.o.URL = "https://h.example" + prefix + "/"
		feed := func(ds []news.Digest, self, base string) ([]byte, error) {
			return []byte(`<feed><a href="` + strings.TrimPrefix(self, "https://h.example") + `"/><a href="` + strings.TrimPrefix(base, "https://h.example") + `/stories"/></feed>`), nil
		}
		si.o.Atom, si.o.Stories, si.fixed = feed, feed, nil
		si.fixed = si.handler(t)
		todo, seen := []string{prefix + "/"}, map[string]bool{}
		for len(todo) > 0 && len(seen) < 400 {
			path := todo[0]
			todo = todo[1:]
			if seen[path] {
				continue
			}
			seen[path] = true
			got := si.ask(t, "GET", path)
			switch {
			case strings.HasSuffix(path, "/answers"): // takes answers alone
			case got.status == 301 || got.status == 302:
				todo = append(todo, got.header.Get("Location"))
			case got.status != 200 && !strings.Contains(path, "/digest/"):
				t.Errorf("prefix %q: GET %s = %d", prefix, path, got.status)
			}
			for _, m := range links.FindAllStringSubmatch(got.body, -1) {
				link := html.UnescapeString(m[1])
				if !strings.HasPrefix(link, prefix+"/") {
					t.Fatalf("prefix %q: %s links to %s", prefix, path, link)
				}
				if !strings.Contains(link, "lang=") && !strings.Contains(link, "to=") { // the same again
					todo = append(todo, link)
				}
			}
		}
		for _, want := range []string{"/stories/s0001", "/items/00010000000000a1", "/topics/energy", "/figures/gas-volume/csv", "/feeds/wire", "/atom.xml", "/stories.atom"} {
			if !seen[prefix+want] {
				t.Errorf("prefix %q: no link leads to %s; seen %d", prefix, want, len(seen))
			}
		}
	}
}

func TestPrefixedAnswers(t *testing.T) {
	si := served(t)
	si.o.Write, si.o.URL, si.fixed = true, "https://h.example/samur/", nil
	for _, tt := range []struct {
		path     string
		status   int
		location string
	}{
		{"/samur", 301, "/samur/"},
		{"/samur?lang=ru", 301, "/samur/?lang=ru"},
		{"/samur//stories", 301, "/samur/stories"},
		{"/samur//evil.example/..", 301, "/samur/"},
		{"/samur/healthz", 200, ""},
		{"/samurai", 404, ""},
		{"/stories", 200, ""}, // a proxy took the prefix away
		{"/samur/digest", 302, "/samur/digest/daily/2026-03-08T04:00:00Z"},
		{"/samur/digests/daily@2026-03-08T04:00:00Z", 302, "/samur/day/2026-03-08?edition=daily%402026-03-08T04%3A00%3A00Z"},
	} {
		if got := si.ask(t, "GET", tt.path); got.status != tt.status || got.header.Get("Location") != tt.location {
			t.Errorf("GET %s = %d to %q, want %d to %q", tt.path, got.status, got.header.Get("Location"), tt.status, tt.location)
		}
	}
	posted := func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body = io.NopCloser(strings.NewReader(url.Values{"item": {"00010000000000a3"}, "say": {"no"}, "back": {"/items/00010000000000a3"}}.Encode()))
	}
	if got := si.ask(t, "POST", "/samur/answers", posted); got.status != 303 || got.header.Get("Location") != "/samur/items/00010000000000a3" {
		t.Errorf("an answer = %d to %q, want 303 to the page of its item", got.status, got.header.Get("Location"))
	}
	list := si.ask(t, "GET", "/samur"+api.Root+"/search?limit=1")
	var page struct{ Next string }
	if err := json.Unmarshal([]byte(list.body), &page); err != nil || !strings.HasPrefix(page.Next, "/samur"+api.Root+"/search?") {
		t.Errorf("the API goes on at %q (%v), want below /samur", page.Next, err)
	}
	var doc struct{ Servers []struct{ URL string } }
	if err := json.Unmarshal([]byte(si.ask(t, "GET", "/samur/api/openapi.json").body), &doc); err != nil || len(doc.Servers) != 1 || doc.Servers[0].URL != "/samur" {
		t.Errorf("the API is described at %+v (%v), want /samur", doc.Servers, err)
	}
	if body := si.ask(t, "GET", "/samur/search.atom?outlet=Copyist").body; !strings.Contains(body, "<id>https://h.example/samur/search.atom?outlet=Copyist</id>") || !strings.Contains(body, "<id>https://h.example/samur/items/00010000000000a4</id>") {
		t.Errorf("the feed of a search has other ids than below its address:\n%s", body)
	}
}
