package fetch

import "testing"

func TestHostAndSite(t *testing.T) {
	tests := []struct{ url, host, site string }{
		{"https://en.trend.az/feeds/index.rss", "en.trend.az", "trend.az"},
		{"https://TREND.az./rss/", "trend.az", "trend.az"},
		{"https://trend.az:443/rss", "trend.az", "trend.az"},
		{"http://trend.az:443/rss", "trend.az:443", "trend.az"},
		{"http://trend.az:8080/rss", "trend.az:8080", "trend.az"},
		{"https://news.example.com.tr/", "news.example.com.tr", "example.com.tr"},
		{"https://feeds.bbci.co.uk/azeri/rss.xml", "feeds.bbci.co.uk", "bbci.co.uk"},
		{"https://one.github.io/feed", "one.github.io", "one.github.io"}, // github.io is a public suffix
		{"https://xn--80ak6aa92e.xn--p1ai/", "xn--80ak6aa92e.xn--p1ai", "xn--80ak6aa92e.xn--p1ai"},
		{"https://новости.пример.рф/", "xn--b1amnebsh.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"},
		{"http://trend.az:080/", "trend.az", "trend.az"},
		{"http://[::ffff:10.1.2.3]/a", "10.1.2.3", "10.1.2.3"},
		{"http://[2001:db8:0:0::1]/a", "[2001:db8::1]", "[2001:db8::1]"},
		{"http://127.0.0.1:8080/a", "127.0.0.1:8080", "127.0.0.1:8080"},
		{"http://10.1.2.3/a", "10.1.2.3", "10.1.2.3"},
		{"http://[2001:DB8::1]/a", "[2001:db8::1]", "[2001:db8::1]"},
		{"http://[2001:db8::1]:81/a", "[2001:db8::1]:81", "[2001:db8::1]:81"},
		{"http://intranet/a", "intranet", "intranet"},
		{"http://intranet:81/a", "intranet:81", "intranet:81"},
		{"mailto:a@b.example", "", ""},
		{"https://%zz/", "", ""},
	}
	for _, tt := range tests {
		if got := Host(tt.url); got != tt.host {
			t.Errorf("Host(%q) = %q, want %q", tt.url, got, tt.host)
		}
		if got := Site(tt.host); got != tt.site {
			t.Errorf("Site(%q) = %q, want %q", tt.host, got, tt.site)
		}
	}
}

func TestIP(t *testing.T) {
	for address, want := range map[string]string{
		"http://10.1.2.3:8080/rss": "10.1.2.3", "http://10.1.2.3/rss": "10.1.2.3", "http://[fd00::1]/rss": "fd00::1", "http://[fd00::1]:81/rss": "fd00::1",
		"http://[::ffff:10.1.2.3]/rss": "10.1.2.3", "https://trend.az/rss": "invalid IP", "http://10.1.2.3.example/rss": "invalid IP", "%": "invalid IP",
	} {
		if got := IP(Host(address)); got.String() != want {
			t.Errorf("IP of %q = %v, want %v", address, got, want)
		}
	}
}
