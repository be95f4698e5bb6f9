package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/news"
	"samur/internal/normalise"
)

// linkOut is a feed that was found, as printed.
type linkOut struct {
	URL   string `json:"url"`
	Title string `json:"title"`
	Type  string `json:"type"`
	How   string `json:"how"` // named: the page names it; itself: the address is one; guessed: it stands at a usual place
}

func newFeedsDiscover(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "discover URL", Short: "find the feeds of a web page", Args: takes(1, 1),
		Long: `Reads a web page and prints the feeds that it names in its head or, when it names none
there, those that it links to. A page without any has the usual places of its site tried,
/rss, /feed and the like, one after the other. An address that is a feed itself is printed
as it is. Exit 1 when there is none.`,
		Example: "  samur feeds discover https://example.org/",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		client := tester(s.cfg)
		defer client.Close()
		pause := s.cfg.Poll.Pause(fetch.IP(fetch.Host(args[0])))
		links, err := discover(cmd.Context(), client, stranger(s.cfg), args[0], pause)
		if err != nil {
			return err
		}
		if len(links) == 0 {
			return fmt.Errorf("the page at %s names no feed, and none is at the usual places of its site", plain(args[0]))
		}
		out := newLines(cmd.OutOrStdout())
		t := newTable(tableOut(cmd), "FEED", "HOW", "TITLE")
		for _, l := range links {
			if !wantJSON(cmd) {
				t.row(l.URL, l.How, clip(l.Title, 60))
				continue
			}
			if err := out.print(l); err != nil {
				return err
			}
		}
		return t.flush()
	})
}

// usualPlaces are where feeds are when nobody says so, those of most sites first.
var usualPlaces = []string{"/rss", "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"}

// discover finds the feeds of the page at address.
func discover(ctx context.Context, client *fetch.Client, how news.Access, address string, pause time.Duration) ([]linkOut, error) {
	resp, err := client.Get(ctx, fetch.Request{URL: address, Access: how})
	if err != nil {
		return nil, private(err, "poll.allow")
	}
	if doc, err := feed.Parse(resp.Body, resp.ContentType, resp.URL); err == nil {
		return []linkOut{asLink(doc, address, resp, "itself")}, nil
	}
	var found []linkOut
	for _, l := range feed.Discover(resp.Body, resp.ContentType, resp.URL) {
		found = append(found, linkOut{URL: l.URL, Title: normalise.Title(l.Title), Type: l.Type, How: "named"})
	}
	if len(found) > 0 {
		return found, nil
	}
	return guess(ctx, client, how, resp.URL, pause)
}

// guess tries the usual places of the site that has the page, with the pause that is
// kept between two polls, until one of them is a feed.
func guess(ctx context.Context, client *fetch.Client, how news.Access, page string, pause time.Duration) ([]linkOut, error) {
	at, err := url.Parse(page)
	if err != nil {
		return nil, fmt.Errorf("read address %q: %w", page, err)
	}
	for _, place := range usualPlaces {
		if !app.Sleep(ctx, pause) {
			return nil, ctx.Err()
		}
		address := at.Scheme + "://" + at.Host + place
		resp, err := client.Get(ctx, fetch.Request{URL: address, Access: how})
		if e, ok := errors.AsType[*fetch.Error](err); ok && e.Cause == news.CauseBusy {
			return nil, fmt.Errorf("the page names no feed, and its site wants no more guesses now: %w", err)
		}
		if err != nil {
			continue // it is not there
		}
		if doc, err := feed.Parse(resp.Body, resp.ContentType, resp.URL); err == nil {
			return []linkOut{asLink(doc, address, resp, "guessed")}, nil
		}
	}
	return nil, nil
}

// asLink is a feed that was read at an address. Where it was sent on to for the moment
// may not stand for long.
func asLink(doc feed.Document, address string, resp fetch.Response, how string) linkOut {
	return linkOut{URL: cmp.Or(resp.MovedTo, fetch.Redact(address)), Title: normalise.Title(doc.Title), Type: resp.ContentType, How: how}
}
