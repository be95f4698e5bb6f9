package normalise

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCanonicalURL(t *testing.T) {
	tests := []struct{ name, raw, want string }{
		{"as it is", "https://example.org/a/b?id=7", "https://example.org/a/b?id=7"},
		{"host case and port", "HTTPS://Example.ORG:443/A", "https://example.org/A"},
		{"other port stays", "http://example.org:8080/a", "http://example.org:8080/a"},
		{"fragment", "https://example.org/a#comments", "https://example.org/a"},
		{"page in the fragment", "https://example.org/#!/news/7", "https://example.org/#!/news/7"},
		{"utm", "https://example.org/a?utm_source=x&id=7&UTM_Medium=y", "https://example.org/a?id=7"},
		{"click ids", "https://example.org/a?fbclid=1&gclid=2&yclid=3&ysclid=4", "https://example.org/a"},
		{"from rss", "https://example.org/a?from=rss", "https://example.org/a"},
		{"from a date", "https://example.org/a?from=2026-03-08", "https://example.org/a?from=2026-03-08"},
		{"order of the query", "https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"},
		{"too long once its letters are escaped", "https://example.org/" + strings.Repeat("ş", maxURL/3), ""},
		{"empty query", "https://example.org/a?", "https://example.org/a"},
		{"no path", "https://example.org", "https://example.org/"},
		{"credentials", "https://u:p@example.org/a", "https://example.org/a"},
		{"dots", "https://example.org/a/../b//c/", "https://example.org/b/c/"},
		{"trailing dot of the host", "https://example.org./a", "https://example.org/a"},
		{"amp page", "https://example.org/news/7/amp/", "https://example.org/news/7/"},
		{"amp host", "https://amp.example.org/news/7", "https://example.org/news/7"},
		{"amp cache", "https://example-org.cdn.ampproject.org/c/s/example.org/news/7", "https://example.org/news/7"},
		{"amp as a word", "https://example.org/news/amp", "https://example.org/news/"},
		{"google counter", "https://www.google.com/url?rct=j&url=https://example.org/a%3Fid%3D7&ct=ga", "https://example.org/a?id=7"},
		{"cyrillic path", "https://example.org/новости/баку", "https://example.org/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/%D0%B1%D0%B0%D0%BA%D1%83"},
		{"cyrillic path escaped", "https://example.org/%d0%b1%d0%b0%d0%ba%d1%83", "https://example.org/%D0%B1%D0%B0%D0%BA%D1%83"},
		{"ipv6", "http://[::1]:80/a", "http://[::1]/a"},
		{"not the web", "mailto:a@example.org", ""},
		{"script", "javascript:alert(1)", ""},
		{"relative", "/a/b", ""},
		{"empty", "", ""},
		{"broken", "http://[::1", ""},

		{"path of one program", "https://example.org/#/news/7", "https://example.org/#/news/7"},
		{"fragment of a text", "https://example.org/a#:~:text=Baku", "https://example.org/a"},
		{"entry in the fragment", "https://example.org/live?utm_source=rss#block-65ab", "https://example.org/live#block-65ab"},
		{"place in the fragment", "https://example.org/a#page-7", "https://example.org/a"},
		{"tracking in the fragment", "https://example.org/a#xtor=RSS-3208", "https://example.org/a"},
		{"count of edits in the fragment", "https://example.org/a#2", "https://example.org/a"},
		{"word in the fragment", "https://example.org/a#news", "https://example.org/a"},
		{"tracking of Russia", "https://example.org/a?_openstat=1&ysclid=2&utm_referrer=3&from=yxnews", "https://example.org/a"},
		{"source as a word", "https://example.org/a?source=7", "https://example.org/a?source=7"},
		{"ampersands escaped once more", "https://example.org/a?id=7&amp;utm_source=rss&amp;b=1", "https://example.org/a?b=1&id=7"},
		{"ampersands by number", "https://example.org/a?x=1&#038;p=7&#38;utm_source=rss&#x26;y=2", "https://example.org/a?p=7&x=1&y=2"},
		{"ampersand before all", "https://example.org/a?amp;id=7&amp;amp;b=1&amp;#38;c=2", "https://example.org/a?b=1&c=2&id=7"},
		{"tracking of a front page's feed", "https://example.org/a?maca=rus-rss-ru-all&rss=1&erid=2Sdn&mibextid=x&__cf_chl_tk=y", "https://example.org/a"},
		{"campaign by number", "https://example.org/a?utm_id=7&sc_cid=8&trk_msg=9", "https://example.org/a"},
		{"session in the path", "https://example.org/a;jsessionid=0A1B?id=7", "https://example.org/a?id=7"},
		{"session in the query", "https://example.org/a?PHPSESSID=0123456789abcdef&id=7", "https://example.org/a?id=7"},
		{"number of a sitting", "https://example.org/a?session_id=12", "https://example.org/a?session_id=12"},
		{"semicolons in the query", "https://example.org/a?x=1;2&utm_source=rss", "https://example.org/a?x=1;2"},
		{"blank in the query", "https://example.org/a?q=two words", "https://example.org/a?q=two%20words"},
		{"cyrillic query", "https://example.org/a?q=Баку", "https://example.org/a?q=%D0%91%D0%B0%D0%BA%D1%83"},
		{"blank in the path", "https://example.org/two words", "https://example.org/two%20words"},
		{"escapes without need", "https://example.org/%61%2Db%2fc", "https://example.org/a-b%2Fc"},
		{"a percent sign", "https://example.org/growth-5%-%D0%B0", "https://example.org/growth-5%25-%D0%B0"},
		{"backslashes", `https:\\example.org\a\b?c=\d`, "https://example.org/a/b?c=%5Cd"},
		{"line break within", "https://example.org/a\n b", "https://example.org/a%20b"},
		{"punycode", "https://БАКУ.example/a", "https://xn--80ab2azb.example/a"},
		{"punycode of several labels", "http://новости.пример.рф/", "http://xn--b1amnebsh.xn--e1afmkfd.xn--p1ai/"},
		{"punycode beside letters", "http://bücher.example/", "http://xn--bcher-kva.example/"},
		{"azerbaijani host", "http://xəbər.az/", "http://xn--xbr-dtbb.az/"},
		{"port with zeros", "http://example.org:0080/a", "http://example.org/a"},
		{"host that is none", "http://exa<mple.org/a", ""},
		{"slash with a dot", "https://example.org/a/.", "https://example.org/a/"},
		{"address in the path", "https://archive.example/2020/https://example.org/a", "https://archive.example/2020/https://example.org/a"},
		{"amp of another page", "https://example.org/a.amp.html", "https://example.org/a.html"},
		{"amp in the query", "https://example.org/a?amp=1&outputType=amp", "https://example.org/a"},
		{"amp at Google", "https://www.google.com/amp/s/example.org/a%3Fid=7", "https://example.org/a%3Fid=7"},
		{"Google News with the address", "https://news.google.com/news/url?sa=t&url=https%3A%2F%2Fexample.org%2Fa&ct2=us", "https://example.org/a"},
		{"Google News with a number", "https://news.google.com/rss/articles/CBMiFWh0dHBzOi8vZXhhbXBsZS5vcmcvYdIBAA?oc=5", "https://example.org/a"},
		{"Google News with a number that tells nothing", "https://news.google.com/rss/articles/CBMiaEFVX3lxTE1?oc=5", "https://news.google.com/rss/articles/CBMiaEFVX3lxTE1?oc=5"},
		{"vk", "https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fa%3Futm_source%3Dvk&cc_key=", "https://example.org/a"},
		{"wrapped twice", "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fexample.org%252Fa", "https://example.org/a"},
		{"turbo page", "https://yandex.ru/turbo/s/example.org/a/", "https://example.org/a/"},
		{"turbo host", "https://example-org.turbopages.org/example.org/s/news/7", "https://example.org/news/7"},
		{"instant view", "https://t.me/iv?url=https%3A%2F%2Fexample.org%2Fa&rhash=1", "https://example.org/a"},
		{"a page that names another", "https://example.org/share?url=https://other.example/a", "https://example.org/share?url=https://other.example/a"},
		{"too long", "https://example.org/" + strings.Repeat("a", maxURL), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := CanonicalURL(tt.raw)
			if got != tt.want {
				t.Errorf("CanonicalURL(%q) = %q, want %q", tt.raw, got, tt.want)
			}
			if again := CanonicalURL(got); again != got {
				t.Errorf("CanonicalURL is not stable: %q gives %q", got, again)
			}
		})
	}
}

// TestCanonicalURLKeepsArticlesApart lists pairs that are different pages.
func TestCanonicalURLKeepsArticlesApart(t *testing.T) {
	pairs := [][2]string{
		{"https://example.org/?p=1", "https://example.org/?p=2"},
		{"https://example.org/news.php?id=1", "https://example.org/news.php?id=2"},
		{"https://example.org/News/1", "https://example.org/news/1"},
		{"https://az.example.org/1", "https://ru.example.org/1"},
		{"https://example.org/a/1", "https://example.org/a/11"},
		{"https://example.org/#!/1", "https://example.org/#!/2"},
		{"https://example.org/a?lang=az", "https://example.org/a?lang=ru"},
		{"https://example.org/a%2Fb", "https://example.org/a/b"},
		{"https://example.org/?news=1", "https://example.org/?news=2"},
		{"https://example.org/a?ref=1234", "https://example.org/a?ref=1235"},
		{"https://example.org/a?from=baku", "https://example.org/a?from=gence"},
		{"https://example.org/a?via=x1", "https://example.org/a?via=x2"},
		{"https://example.org/?x=1&#038;p=7", "https://example.org/?x=1&#038;p=8"},
		{"https://example.org/?a=1&amp;#38;newsid=7", "https://example.org/?a=1&amp;#38;newsid=8"},
		{"https://example.org/?pk_id=1", "https://example.org/?pk_id=2"},
		{"https://example.org/?at_id=1", "https://example.org/?at_id=2"},
		{"https://example.org/?sc_cat=1", "https://example.org/?sc_cat=2"},
		{"https://example.org/?trkid=1", "https://example.org/?trkid=2"},
		{"https://example.org/?rss_id=1", "https://example.org/?rss_id=2"},
		{"https://example.org/?share_id=1", "https://example.org/?share_id=2"},
		{"https://example.org/?persid=1", "https://example.org/?persid=2"},
		{"https://example.org/go?from=1", "https://example.org/go"},
		{"https://example.org/go?source=1", "https://example.org/go?source=true"},
		{"https://example.org/?123", "https://example.org/?124"},
		{"https://example.org/?/news/7", "https://example.org/?/news/8"},
		{"https://example.org/news/index.php?ELEMENT_ID=7", "https://example.org/news/index.php?ELEMENT_ID=8"},
		{"https://t.me/channel/7", "https://t.me/channel/8"},
		{"https://www.youtube.com/watch?v=a", "https://www.youtube.com/watch?v=b"},
		{"https://example.org/news.aspx?id=7#1", "https://example.org/news.aspx?id=8#1"},
		{"https://example.org/amp-7", "https://example.org/7"},
		{"https://example.org/live.html#post-7", "https://example.org/live.html#post-8"},
		{"https://example.org/index.html#id=7", "https://example.org/index.html#id=8"},
		{"https://example.org/lenta#20260308", "https://example.org/lenta#20260309"},
		{"https://example.org/a?sid=11", "https://example.org/a?sid=12"},
		{"https://example.org/#/1", "https://example.org/#/2"},
		{"https://m.example.org/1", "https://mx.example.org/1"},
		{"https://example.org/a?id=1%262", "https://example.org/a?id=1&2"},
		{"https://example.org/c+d", "https://example.org/c%20d"},
	}
	for _, p := range pairs {
		if a, b := addressKey(CanonicalURL(p[0])), addressKey(CanonicalURL(p[1])); a == b {
			t.Errorf("%q and %q are one page: %q", p[0], p[1], a)
		}
	}
}

// TestAddressKey lists addresses that are one page within a feed.
func TestAddressKey(t *testing.T) {
	want := addressKey(CanonicalURL("https://example.org/news/7"))
	for _, raw := range []string{
		"http://example.org/news/7", "https://www.example.org/news/7/", "https://m.example.org/news/7", "https://mobile.example.org/news/7?utm_source=m",
		"https://amp.example.org/news/7", "https://example.org/amp/news/7", "https://example.org/news/7/amp", "https://example.org//news/./7#top",
		"HTTPS://EXAMPLE.ORG.:443/news/%37", "https://example-org.cdn.ampproject.org/v/s/example.org/news/7?amp_js_v=0.1&usqp=x",
	} {
		if got := addressKey(CanonicalURL(raw)); got != want {
			t.Errorf("addressKey(%q) = %q, want %q", raw, got, want)
		}
	}
}

// TestCanonicalURLOfArticles makes addresses of two articles in the ways that sites
// make them, with all that readers' programs add, and looks that they stay two.
func TestCanonicalURLOfArticles(t *testing.T) {
	forms := []string{
		"/%s", "/news/%s", "/az/xeber/%s/", "/news/%s.html", "/?p=%s", "/?id=%s", "/index.php?news=%s", "/index.php?newsid=%s", "/news.php?lang=az&id=%s",
		"/?newsID=%s", "/read?article=%s&cat=3", "/show/%s?page=2", "/a/%s-bakida-gorus", "/news/2026/03/08/%s", "/#!/news/%s", "/#/news/%s", "/news;id=%s",
		"/node?nid=%s", "/?a=view&item=%s", "/feed/item?source=%s", "/index.php?option=com_content&view=article&id=%s", "/news?sid=%s", "/x?ref=%s", "/go?from=%s", "/v?n=1&s=%s",
		"/?%s", "/view?pk_id=%s", "/?ELEMENT_ID=%s",
	}
	extras := []string{"", "utm_source=rss", "fbclid=1&utm_medium=feed", "from=rss", "ysclid=m1", "amp=1", "_openstat=a;b", "ref=rss"}
	hosts := []string{"https://example.org", "http://www.example.org", "https://m.example.org", "https://example.org:443"}
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(forms).Draw(t, "form")
		number := rapid.StringMatching(`[1-9][0-9]{0,8}|[a-z]{2,8}(-[a-z]{2,8}){1,4}|[a-f0-9]{24}`)
		a, b := number.Draw(t, "a"), number.Draw(t, "b")
		address := func(id, name string) string {
			path, fragment, routed := strings.Cut(fmt.Sprintf(form, id), "#")
			raw := rapid.SampledFrom(hosts).Draw(t, "host of "+name) + path
			if extra := rapid.SampledFrom(extras).Draw(t, "extra of "+name); extra != "" {
				raw += map[bool]string{true: "&", false: "?"}[strings.Contains(raw, "?")] + extra
			}
			if routed {
				raw += "#" + fragment
			}
			return raw
		}
		rawA, rawB := address(a, "a"), address(b, "b")
		keyA, keyB := addressKey(CanonicalURL(rawA)), addressKey(CanonicalURL(rawB))
		if (a == b) != (keyA == keyB) {
			t.Fatalf("%q has the key %q, %q has %q", rawA, keyA, rawB, keyB)
		}
	})
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{
		"https://example.org/a?b=c#d", "http://[::1]:80/", "https://www.google.com/url?url=http://x.y/", "https://a/%2f//../amp", "http://..", "http://a.b/%",
		"https://news.google.com/rss/articles/CBMiFWh0dHBzOi8vZXhhbXBsZS5vcmcvYdIBAA", "http://пример.рф/а?б=в&amp;г", `https:\\a\b`, "https://amp.a/amp/amp.amp/amp", "http://a/;jsessionid=1//..",
		"https://example.org/?amp;b&amp;amp;a&#38;c#post-7", "https://example.org/a#&#38;",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := CanonicalURL(s)
		if got == "" {
			return
		}
		u, err := url.Parse(got)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
			t.Errorf("CanonicalURL(%q) = %q, which cannot be fetched: %v", s, got, err)
		}
		for _, c := range []byte(got) {
			if c <= ' ' || c > '~' || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
				t.Errorf("CanonicalURL(%q) = %q holds %q", s, got, c)
			}
		}
		if again := CanonicalURL(got); again != got {
			t.Errorf("CanonicalURL(%q) = %q, then %q", s, got, again)
		}
	})
}
