package cli

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"samur/internal/config"
	"samur/internal/fetch"
	"samur/internal/news"
)

// Bounds of what the doctor asks of the network.
const (
	askTime     = 10 * time.Second // for one answer
	askAtOnce   = 16
	clocksAsked = 5
)

// names resolves every host that the config leads to.
func (d *doctor) names(ctx context.Context) ([]finding, error) {
	hosts := d.hosts()
	if len(hosts) == 0 {
		return nil, nil
	}
	var mu sync.Mutex
	var fs []finding
	var g errgroup.Group
	g.SetLimit(askAtOnce)
	for _, host := range hosts {
		g.Go(func() error {
			ctx, cancel := context.WithTimeout(ctx, askTime)
			defer cancel()
			if _, err := net.DefaultResolver.LookupHost(ctx, host); err != nil {
				mu.Lock()
				defer mu.Unlock()
				fs = append(fs, finding{"names", trouble, err.Error(), "the name may be mistyped or gone; when all fail, look at /etc/resolv.conf"})
			}
			return nil
		})
	}
	_ = g.Wait() // the findings are its errors
	slices.SortFunc(fs, func(a, b finding) int { return strings.Compare(a.Found, b.Found) })
	sum := finding{Check: "names", Degree: good, Found: fmt.Sprintf("%d of %d hosts have an address", len(hosts)-len(fs), len(hosts))}
	if len(hosts) > 1 && len(fs) == len(hosts) {
		return []finding{{"names", trouble, "no host has an address: " + fs[0].Found, "look at /etc/resolv.conf and at the network"}}, nil
	}
	return append([]finding{sum}, fs...), ctx.Err()
}

// hosts are the names that are asked for, each once. Those behind a proxy are its
// matter.
func (d *doctor) hosts() []string {
	seen := map[string]bool{}
	for _, f := range d.s.cfg.NewsFeeds() {
		if u, err := url.Parse(f.URL); err == nil && f.Route.Proxy == "" {
			seen[u.Hostname()] = true
		}
	}
	for _, c := range d.s.cfg.Channels {
		if host, _, _ := endpoint(c); host != "" {
			seen[host] = true
		}
	}
	var hosts []string
	for h := range seen {
		if net.ParseIP(h) == nil && h != "localhost" {
			hosts = append(hosts, h)
		}
	}
	slices.Sort(hosts)
	return hosts
}

// endpoint is the server that a channel talks to, "" when there is none; greets says
// that it speaks first.
func endpoint(c config.Channel) (host, port string, greets bool) {
	if c.Email != nil {
		return c.Email.Host, strconv.Itoa(c.Email.Port), c.Email.TLS != "implicit"
	}
	u, err := url.Parse(address(c))
	if err != nil || u.Hostname() == "" {
		return "", "", false
	}
	port = u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Hostname(), port, false
}

// address is where a channel posts to, "" when it does not post or where it does is not
// known here.
func address(c config.Channel) string {
	for _, h := range c.Hooks() {
		return h.URL.Reveal()
	}
	switch {
	case c.Webhook != nil:
		return c.Webhook.Address()
	case c.Telegram != nil:
		return c.Telegram.URL
	case c.Ntfy != nil:
		return c.Ntfy.URL
	case c.Matrix != nil:
		return c.Matrix.URL
	}
	return ""
}

// servers connects to the server of every channel, and sends nothing.
func (d *doctor) servers(ctx context.Context) ([]finding, error) {
	var fs []finding
	for _, c := range d.s.cfg.Channels {
		host, port, greets := endpoint(c)
		if host == "" {
			continue
		}
		at := net.JoinHostPort(host, port)
		said, err := knock(ctx, at, greets)
		if err != nil {
			fs = append(fs, finding{"channels", trouble, fmt.Sprintf("%s: %v", c.Name, err), "check host and port, and that no firewall stands between: deliveries wait in the outbox meanwhile"})
			continue
		}
		fs = append(fs, finding{Check: "channels", Degree: good, Found: strings.TrimSpace(fmt.Sprintf("%s: %s answers %s", c.Name, at, said)), Do: "samur outbox test " + c.Name + " sends a message that says it is a test"})
	}
	return fs, ctx.Err()
}

// knock connects to a server and returns its greeting, when it gives one.
func knock(ctx context.Context, at string, greets bool) (said string, err error) {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", at)
	if err != nil {
		return "", err
	}
	defer conn.Close() //nolint:errcheck // nothing was written
	if !greets {
		return "", nil
	}
	if err := conn.SetReadDeadline(time.Now().Add(askTime)); err != nil {
		return "", err
	}
	line, err := bufio.NewReaderSize(conn, 512).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%s took the connection and said nothing: %w", at, err)
	}
	return plain(strings.TrimSpace(line)), nil
}

// serverClocks holds the clock against those of a few feeds' servers.
func (d *doctor) serverClocks(ctx context.Context) ([]finding, error) {
	client := tester(d.s.cfg)
	defer client.Close()
	seen := map[string]bool{}
	var apart []time.Duration
	for _, f := range d.s.cfg.NewsFeeds() {
		st, err := d.c.Store.FeedState(f.Name)
		if err != nil {
			return nil, err
		}
		u, err := url.Parse(f.URL)
		if err != nil || seen[u.Host] || st.Trouble() != news.CauseNone || len(apart) == clocksAsked {
			continue
		}
		seen[u.Host] = true
		resp, err := client.Get(ctx, fetch.Request{URL: f.URL, Access: f.Access})
		if err != nil {
			continue // the feed's own trouble, which its polls tell
		}
		if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
			apart = append(apart, at.Sub(d.s.env.Now())) // the machine's own, whatever --now says
		}
		if len(seen) == 2*clocksAsked {
			break
		}
	}
	if len(apart) == 0 {
		return nil, ctx.Err()
	}
	slices.Sort(apart)
	off := apart[len(apart)/2].Round(time.Second)
	if off.Abs() <= clockSlack {
		return []finding{{Check: "clock", Degree: good, Found: "it agrees with the servers of " + plural(len(apart), "feed")}}, nil
	}
	return []finding{{"clock", trouble, fmt.Sprintf("the servers of %s are %s away from it", plural(len(apart), "feed"), off), "set the clock: timedatectl set-ntp true"}}, nil
}
