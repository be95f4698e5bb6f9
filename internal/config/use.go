package config

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// News returns f, with what its group says, in the words of the other packages.
// Secrets are in it: it is not for printing.
func (c *Config) News(f Feed) news.Feed {
	a := c.accessOf(f)
	n := news.Feed{
		Name: f.Name, URL: f.URL, Outlet: f.Outlet, Side: f.Side, Lang: f.Language,
		Every: a.Every, At: a.At, FullText: a.FullText == On, Access: a.news(),
	}
	if n.At != "" {
		n.Zone = cmp.Or(a.Zone, c.Zone)
	}
	return n
}

// NewsFeeds returns the feeds that are to be read, in the order of the files.
func (c *Config) NewsFeeds() []news.Feed {
	out := make([]news.Feed, 0, len(c.Feeds))
	for _, f := range c.Feeds {
		if !f.Disabled {
			out = append(out, c.News(f))
		}
	}
	return out
}

// Channel returns the channel called name.
func (c *Config) Channel(name string) (Channel, bool) {
	for _, ch := range c.Channels {
		if ch.Name == name {
			return ch, true
		}
	}
	return Channel{}, false
}

// Address returns the address to post to, secret or not.
func (w Webhook) Address() string {
	if w.SecretURL.Given() {
		return strings.TrimSpace(w.SecretURL.Reveal())
	}
	return w.URL
}

// Header returns the headers to send, the secret one among them.
func (w Webhook) Header() map[string]string { return withAuth(w.Headers, w.AuthHeader, w.Auth) }

func withAuth(headers map[string]string, name string, auth Secret) map[string]string {
	if auth.Reveal() == "" {
		return headers
	}
	out := maps.Clone(headers)
	if out == nil {
		out = map[string]string{}
	}
	out[name] = auth.Reveal()
	return out
}

// Pause returns the pause between two requests to a site: none where it is an address of a
// network in allow, which is the keeper's own. That of a site with a name is not valid.
func (p Poll) Pause(ip netip.Addr) time.Duration {
	if slices.ContainsFunc(p.Allow, func(own netip.Prefix) bool { return own.Contains(ip.Unmap()) }) {
		return 0
	}
	return p.PerHostDelay
}

// Agent returns the User-Agent of samur in the given version: the configured one,
// or samur, its version and the contact.
func (p Poll) Agent(version string) string {
	switch {
	case p.UserAgent != "":
		return p.UserAgent
	case p.Contact != "":
		return fmt.Sprintf("samur/%s (+%s)", version, p.Contact)
	}
	return "samur/" + version
}

// span prints a duration as it is written in the file: "48h" as "2d", "15m".
func span(d time.Duration) string {
	if d == 0 {
		return "0s"
	}
	var b strings.Builder
	for _, u := range []struct {
		name string
		d    time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}} {
		if n := d / u.d; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u.name)
			d -= n * u.d
		}
	}
	return b.String()
}

// Trusted returns the addresses whose word on who asks is taken.
func (w Web) Trusted() []netip.Prefix {
	if len(w.Proxies) > 0 {
		return w.Proxies
	}
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}
