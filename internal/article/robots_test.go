package article

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	tests := []struct {
		name, text string
		allowed    string // paths, parted by blanks
		refused    string
	}{
		{"none", "", "/ /a", ""},
		{"all", "User-agent: *\nDisallow: /", "/robots.txt", "/ /a /robots.txt.bak"},
		{"nothing", "User-agent: *\nDisallow:", "/ /a", ""},
		{"ours over all", "User-agent: *\nDisallow: /\n\nUser-agent: Samur/2.0\nDisallow: /p", "/ /a", "/p /p/a /press"},
		{"all over others", "User-agent: other\nDisallow: /\nUser-agent: *\nDisallow: /p", "/a", "/p"},
		{"a longer name is another", "User-agent: samurai\nDisallow: /", "/a", ""},
		{"two names in a group", "User-agent: other\nUser-agent: samur\nDisallow: /p\nUser-agent: third\nDisallow: /", "/a", "/p"},
		{"two groups of ours", "User-agent: samur\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: samur\nDisallow: /c", "/b", "/a /c"},
		{"the longest decides", "User-agent: *\nDisallow: /news\nAllow: /news/2026\nDisallow: /news/2026/draft", "/news/2026/1", "/news/1 /news/2026/draft/1"},
		{"of two as long the allowing one", "User-agent: *\nDisallow: /page\nAllow: /page", "/page", ""},
		{"stars", "User-agent: *\nDisallow: /*/print\nDisallow: /*.php$\nDisallow: *secret", "/print /a.php?x /x.phpx", "/a/print /a/b/print/c /a.php /a/secret"},
		{"the end", "User-agent: *\nDisallow: /$\nDisallow: /a*b$", "/a /ab/ /abc", "/ /ab /axb /abb"},
		{"queries", "User-agent: *\nDisallow: /*?page=\nDisallow: /s?q", "/news?id=1 /s", "/news?page=2 /s?q=x"},
		{"escapes", "User-agent: *\nDisallow: /новости\nDisallow: /%7euser\nDisallow: /a%2fb\nDisallow: /x%3cy", "/a/b", "/%D0%BD%d0%be%D0%B2%D0%BE%D1%81%D1%82%D0%B8/1 /~user /a%2Fb /x%3Cy"},
		{"comments, blanks, cases, line ends", "\ufeff# hello\r\nUSER-AGENT : *  # all\rdisallow:/a # not this\r\n\r\nSitemap: https://x/\nDisallow: /b\nnonsense\n", "/c", "/a /b"},
		{"rules before any group", "Disallow: /\nUser-agent: *\nDisallow: /a", "/b", "/a"},
		{"an unknown line within the heading", "User-agent: other\nCrawl-delay: 5\nUser-agent: *\nDisallow: /a", "/b", "/a"},
		{"too many rules", "User-agent: *\n" + strings.Repeat("Disallow: /"+strings.Repeat("x", 100)+"\n", 1000), "/robots.txt", "/a"},
		{"others may have many", "User-agent: other\n" + strings.Repeat("Disallow: /"+strings.Repeat("x", 100)+"\n", 1000), "/a", ""},
		{"a page", "<html><body>Not here: go away</body></html>", "/a", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := parseRobots(tt.text)
			for want, paths := range map[bool]string{true: tt.allowed, false: tt.refused} {
				for _, path := range strings.Fields(paths) {
					u, err := url.Parse("https://news.example" + path)
					if err != nil {
						t.Fatal(err)
					}
					if got := r.allows(u); got != want {
						t.Errorf("allows(%q) = %v, want %v", path, got, want)
					}
				}
			}
		})
	}
}

func TestCrawlDelay(t *testing.T) {
	for _, tt := range []struct {
		text string
		want time.Duration
	}{
		{"User-agent: *\nCrawl-delay: 1.5", 1500 * time.Millisecond},
		{"User-agent: *\nCrawl-delay: 1\nUser-agent: samur\nCrawl-delay: 20", 20 * time.Second},
		{"User-agent: *\nCrawl-delay: -3", 0},
		{"User-agent: *\nCrawl-delay: soon", 0},
		{"Crawl-delay: 5", 0},
	} {
		if got := parseRobots(tt.text).delay; got != tt.want {
			t.Errorf("parseRobots(%q).delay = %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestRobotsCache(t *testing.T) {
	now := time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC)
	r := newRobots(func() time.Time { return now })
	r.put("a", answer{})
	r.put("b", answer{notNow: true})
	now = now.Add(againIn + time.Second)
	if _, known := r.get("a"); !known {
		t.Error("a good answer is forgotten after an hour")
	}
	if _, known := r.get("b"); known {
		t.Error("that a site was in trouble is remembered for more than an hour")
	}
	now = now.Add(goodFor)
	if _, known := r.get("a"); known {
		t.Error("a good answer is remembered for more than half a day")
	}
	for i := range 2 * maxSites {
		now = now.Add(time.Second)
		r.put(fmt.Sprint(i), answer{})
	}
	if n := len(r.seen); n != maxSites {
		t.Errorf("%d sites are remembered, want %d", n, maxSites)
	}
	if _, known := r.get(fmt.Sprint(2*maxSites - 1)); !known {
		t.Error("the newest is forgotten")
	}
	if _, known := r.get("0"); known {
		t.Error("the oldest is remembered")
	}
}

func TestSiteOf(t *testing.T) {
	for _, tt := range []struct{ host, want string }{
		{"www.News.az.", "news.az"},
		{"news.az", "news.az"},
		{"rss.a.news.com.az", "news.com.az"},
		{"www.customs.gov.az", "customs.gov.az"},
		{"feeds.co.uk", "feeds.co.uk"},
		{"ria.ru", "ria.ru"},
		{"sport.ria.ru", "ria.ru"},
		{"localhost", "localhost"},
		{"10.1.2.3", "10.1.2.3"},
		{"::1", "::1"},
	} {
		if got := siteOf(tt.host); got != tt.want {
			t.Errorf("siteOf(%q) = %q, want %q", tt.host, got, tt.want)
		}
	}
}

// FuzzRobots holds that no robots.txt breaks the reader, and that what it refuses by a
// plain prefix is refused.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /*", "/axb")
	f.Add("user-agent:samur\ndisallow:%", "/%41%zz?x")
	f.Fuzz(func(t *testing.T, text, path string) {
		u, err := url.Parse("https://news.example/" + strings.TrimPrefix(path, "/"))
		if err != nil {
			return
		}
		parseRobots(text).allows(u)
		plain := !strings.ContainsAny(u.EscapedPath(), "*$#") && u.RawQuery == "" && u.EscapedPath() != "/robots.txt" && normal(u.EscapedPath()) != "/robots.txt"
		if plain && parseRobots("User-agent: *\nDisallow: "+u.EscapedPath()).allows(u) {
			t.Errorf("%q is allowed although it is refused", u.EscapedPath())
		}
	})
}
