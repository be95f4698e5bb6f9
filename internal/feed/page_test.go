package feed

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDiscover(t *testing.T) {
	tests := []struct {
		name, page string
		want       []Link
	}{
		{"nothing", `<html><body><a href="/about">About</a></body></html>`, nil},
		{
			"in the head",
			`<head><link rel="alternate" type="application/rss+xml" title="All news" href="/rss.xml">` +
				`<link rel=stylesheet href=/a.css><link rel="feed alternate" type="application/atom+xml; charset=utf-8" href="atom">` +
				`<link rel="alternate" hreflang="ru" href="/ru"><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>`,
			[]Link{
				{URL: "https://a.example/rss.xml", Title: "All news", Type: "application/rss+xml"},
				{URL: "https://a.example/az/atom", Type: "application/atom+xml"},
			},
		},
		{
			"another base", `<base href="https://b.example/x/"><link rel="alternate" type="application/feed+json" href="feed.json">`,
			[]Link{{URL: "https://b.example/x/feed.json", Type: "application/feed+json"}},
		},
		{
			"the head goes before links in the text", `<link rel="alternate" type="text/xml" href="/one"><a href="/rss">RSS</a>`,
			[]Link{{URL: "https://a.example/one", Type: "text/xml"}},
		},
		{
			"links in the text",
			`<p><a href="/rss/">Politics <b>news</b></a> <a href="/feeds/index.rss"></a> <a href="/export">RSS-лента</a>
			 <a href="/press">Press</a> <a href="/feedback">Feedback</a> <a href="/wp/?feed=rss2" title="Posts &amp; more">x</a>
			 <a href="javascript:alert(1)">RSS</a> <a href="/xml" type="application/rss+xml">Export<a href="/atom.xml">open to the end`,
			[]Link{
				{URL: "https://a.example/rss/", Title: "Politics news"},
				{URL: "https://a.example/feeds/index.rss"},
				{URL: "https://a.example/export", Title: "RSS-лента"},
				{URL: "https://a.example/wp/?feed=rss2", Title: "Posts & more x"},
				{URL: "https://a.example/xml", Title: "Export", Type: "application/rss+xml"},
				{URL: "https://a.example/atom.xml", Title: "open to the end"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Discover(tt.page, "text/html; charset=utf-8", "https://a.example/az/page.html")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Discover (-want +got):\n%s", diff)
			}
		})
	}
}

// A page of nothing but links gives no more than is of use, and does not take long.
func TestDiscoverIsBounded(t *testing.T) {
	var b strings.Builder
	for b.Len() < 2<<20 {
		b.WriteString(`<a href="/rss?` + strings.Repeat("x", b.Len()%97) + `">RSS`)
	}
	if got := Discover(b.String(), "", "https://a.example/"); len(got) > maxLinks {
		t.Errorf("Discover returns %d links, want at most %d", len(got), maxLinks)
	}
}
