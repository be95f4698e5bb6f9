package cli

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/news"
	"samur/internal/normalise"
)

// entryOut is an entry as printed by read.
type entryOut struct {
	Title     string `json:"title"`
	URL       string `json:"url"`
	GUID      string `json:"guid"`
	Published string `json:"published"`
	Language  string `json:"language"`
	Summary   string `json:"summary"`
	Source    string `json:"source,omitempty"` // outlet that the entry says it is taken from
}

type documentOut struct {
	Title    string `json:"title"`
	URL      string `json:"url"`
	Language string `json:"language"`
}

func newRead(env *Env) *cobra.Command {
	var allow []string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use: "read URL|FILE", Short: "fetch and read one feed and print it, before any filter", Args: takes(1, 1),
		Long: `Fetches and reads one feed and prints it as JSON Lines: {"feed": {title, url, language}}
and then {title, url, guid, published, language, summary} per entry; all are one line, but
a summary has each of its paragraphs on one. Private addresses are refused unless --allow
names their network. Exit 1 with the reason when it cannot be read.`,
		Example: "  samur read https://example.org/rss.xml",
	}
	cmd.Flags().StringArrayVar(&allow, "allow", nil, "network that may be read although private, such as 127.0.0.1/32")
	cmd.Flags().DurationVar(&timeout, "timeout", 30*time.Second, "for the whole request")
	jsonAlone(cmd.Flags())
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		prefixes, err := parsePrefixes(allow)
		if err != nil {
			return err
		}
		client := fetch.New(fetch.Options{UserAgent: "samur/" + version(), Timeout: timeout, Allow: prefixes})
		defer client.Close()
		body, contentType, base, err := load(cmd.Context(), client, args[0])
		if err != nil {
			return err
		}
		doc, err := feed.Parse(body, contentType, base)
		if err != nil {
			return fmt.Errorf("read %s: %w", plain(args[0]), err)
		}
		return printDocument(cmd, doc, base, env.Now())
	}
	return cmd
}

func parsePrefixes(texts []string) ([]netip.Prefix, error) {
	var ps []netip.Prefix
	for _, t := range texts {
		p, err := netip.ParsePrefix(t)
		if err != nil {
			return nil, misusef("--allow %q is not a network; write 127.0.0.1/32", t)
		}
		ps = append(ps, p)
	}
	return ps, nil
}

// load gets the bytes of a feed from an address or a file.
func load(ctx context.Context, client *fetch.Client, name string) (body, contentType, base string, err error) {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		if strings.Contains(name, "://") {
			return "", "", "", misusef("%q: only http and https addresses are read", plain(name))
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return "", "", "", fmt.Errorf("read feed: %w", err)
		}
		return string(text), "", "", nil
	}
	resp, err := client.Get(ctx, fetch.Request{URL: name})
	if err != nil {
		return "", "", "", private(err, "--allow")
	}
	return resp.Body, resp.ContentType, resp.URL, nil
}

// private tells how an address can be read that was refused as a private one.
func private(err error, setting string) error {
	if refused, ok := errors.AsType[*fetch.Error](err); ok && refused.Private() {
		return fmt.Errorf("%w; name its network in %s if it is to be read", err, setting)
	}
	return err
}

func printDocument(cmd *cobra.Command, doc feed.Document, base string, now time.Time) error {
	out := newLines(cmd.OutOrStdout())
	err := out.print(struct {
		Feed documentOut `json:"feed"`
	}{documentOut{normalise.Title(doc.Title), doc.URL, doc.Language}})
	if err != nil {
		return err
	}
	for _, e := range doc.Entries {
		it := normalise.Item(news.Feed{Name: "read", Lang: news.Lang(doc.Language)}, e, base, now)
		published := ""
		if at := e.Time(); !at.IsZero() {
			published = at.UTC().Format(time.RFC3339)
		}
		err := out.print(entryOut{
			Title: normalise.Title(e.Title), URL: e.Link, GUID: it.GUID, Published: published,
			Language: string(it.Lang), Summary: normalise.PlainText(e.Text()), Source: normalise.Title(e.Source),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
