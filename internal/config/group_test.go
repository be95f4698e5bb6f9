package config

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// TestGroups holds what a feed takes from its group, and what it does not.
func TestGroups(t *testing.T) {
	cert, key := pair(t)
	otherCert, otherKey := pair(t)
	const file = `
zone: Europe/Moscow
poll: {group: %s}
groups:
  - name: office
    at: "0 */3 * * *"
    user_agent: office
    headers: {X-Desk: office, X-Floor: "2"}
    username: reader
    password_file: office-password
    proxy: http://10.0.0.1:3128
    proxy_username: samur
    proxy_password_file: proxy-password
    ca_file: ca.pem
    cert_file: cert.pem
    key_file: key.pem
    full_text: true
  - {name: open, insecure: true}
feeds:
  - {name: a, url: "https://a.example/", %s}
`
	office := news.Feed{
		At: "0 */3 * * *", Zone: "Europe/Moscow", FullText: true,
		Access: news.Access{
			UserAgent: "office", Header: map[string]string{"X-Desk": "office", "X-Floor": "2"}, Username: "reader", Password: "hunter2",
			Route: news.Route{Proxy: "http://10.0.0.1:3128", ProxyUsername: "samur", ProxyPassword: "hunter3", CA: otherCert, Cert: cert, Key: key},
		},
	}
	tests := []struct {
		name, poll, feed string
		want             func(*news.Feed)
	}{
		{"all of it", "office", "group: office", func(*news.Feed) {}},
		{"by poll.group", "office", "language: en", func(f *news.Feed) { f.Lang = news.En }},
		{"another than poll.group", "office", "group: open", func(f *news.Feed) {
			*f = news.Feed{Access: news.Access{Route: news.Route{Insecure: true}}}
		}},
		{"none", "office", "group: none", func(f *news.Feed) { *f = news.Feed{} }},
		{"a distance for a schedule", "open", "group: office, every: 1h", func(f *news.Feed) { f.At, f.Zone, f.Every = "", "", time.Hour }},
		{"a schedule of its own", "open", "group: office, at: '@daily'", func(f *news.Feed) { f.At = "@daily" }},
		{"a zone of its own", "open", "group: office, zone: Asia/Baku", func(f *news.Feed) { f.Zone = "Asia/Baku" }},
		{"headers of its own", "open", "group: office, headers: {X-Desk: mine}", func(f *news.Feed) { f.Header = map[string]string{"X-Desk": "mine"} }},
		{"a login of its own", "open", "group: office, auth_env: TOKEN", func(f *news.Feed) {
			f.Username, f.Password = "", ""
			f.Header = map[string]string{"X-Desk": "office", "X-Floor": "2", "Authorization": "words"}
		}},
		{"a name of its own", "open", "group: office, username: me", func(f *news.Feed) { f.Username = "me" }},
		{"a proxy of its own", "open", "group: office, proxy: 'socks5://10.0.0.2'", func(f *news.Feed) {
			f.Route.Proxy, f.Route.ProxyUsername, f.Route.ProxyPassword = "socks5://10.0.0.2", "", ""
		}},
		{"no proxy", "open", "group: office, proxy: none", func(f *news.Feed) {
			f.Route.Proxy, f.Route.ProxyUsername, f.Route.ProxyPassword = "", "", ""
		}},
		{"a certificate of its own", "open", "group: office, cert_file: ca.pem, key_file: other-key.pem", func(f *news.Feed) {
			f.Route.Cert, f.Route.Key = otherCert, otherKey
		}},
		{"no full text", "open", "group: office, full_text: false", func(f *news.Feed) { f.FullText = false }},
		{"an authority where the group takes all", "office", "group: open, ca_file: cert.pem", func(f *news.Feed) {
			*f = news.Feed{Access: news.Access{Route: news.Route{CA: cert}}}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := good(t, badOptions(), "samur.yaml", complete(fmt.Sprintf(file, tt.poll, tt.feed)),
				"office-password", "hunter2\n", "proxy-password", "hunter3\n", "cert.pem", cert, "key.pem", key+"\n", "ca.pem", otherCert, "other-key.pem", otherKey)
			want := office
			tt.want(&want)
			want.Name, want.URL, want.Outlet, want.Side = "a", "https://a.example/", "a.example", news.SideOther
			got := c.NewsFeeds()[0]
			trim := cmp.Transformer("PEM", func(r news.Route) [4]string {
				return [4]string{cutNewline(r.CA), cutNewline(r.Cert), cutNewline(r.Key), fmt.Sprint(r.Proxy, r.ProxyUsername, r.ProxyPassword, r.Insecure)}
			})
			if diff := cmp.Diff(want, got, trim); diff != "" {
				t.Errorf("NewsFeeds (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCommandWithoutSecrets holds that a command at the shell, which cannot read a
// key that only the service can, loads all the same and shows no certificate.
func TestCommandWithoutSecrets(t *testing.T) {
	cert, _ := pair(t)
	c, _ := good(t, Options{Getenv: env("HOME=/home/u"), WithoutSecrets: true}, "samur.yaml",
		complete("feeds: [{name: a, url: \"https://a.example/\", cert_file: cert.pem, key_credential: samur-key}]\n"), "cert.pem", cert)
	if got := c.NewsFeeds()[0].Route; got != (news.Route{}) {
		t.Errorf("Route = %+v, want none", got)
	}
	if len(c.Warnings) != 1 || c.Warnings[0].Line != 1 {
		t.Errorf("Warnings = %v, want one about the key", c.Warnings)
	}
}

// TestCommandWithoutFeeds holds that a config without a feed is one to the command that
// adds the first.
func TestCommandWithoutFeeds(t *testing.T) {
	c, _ := good(t, Options{Getenv: env("HOME=/home/u"), WithoutFeeds: true}, "samur.yaml", complete("feeds:\n"))
	if len(c.Warnings) != 1 || c.Warnings[0].Line != 1 {
		t.Errorf("Warnings = %v, want one about the feeds in line 1", c.Warnings)
	}
}

// TestShortest holds how far the distance of a schedule is looked for, in zones that
// change their clocks too.
func TestShortest(t *testing.T) {
	for _, tt := range []struct {
		spec, zone string
		want       time.Duration
	}{
		{"*/15 * * * *", "Asia/Baku", 15 * time.Minute},
		{"0 8 * * *", "Asia/Baku", 24 * time.Hour},
		{"0 0,22 * * *", "Asia/Baku", 2 * time.Hour},
		{"0,10 8 * * 1", "Asia/Baku", 10 * time.Minute},
		{"3,5 8 24 12 *", "Asia/Baku", 2 * time.Minute},
		{"@every 7h", "UTC", 7 * time.Hour},
		{"not one", "UTC", 0},
	} {
		l := &loader{o: badOptions(), c: Default(), gaps: map[string]time.Duration{}}
		if got := l.shortest(tt.spec, tt.zone); got != tt.want {
			t.Errorf("shortest(%q, %q) = %v, want %v", tt.spec, tt.zone, got, tt.want)
		}
	}
}
