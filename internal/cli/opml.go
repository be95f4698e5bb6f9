package cli

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"samur/internal/config"
	"samur/internal/fetch"
	"samur/internal/news"
)

// opml is the exchange format of feed readers, opml.org, as it is written here. Side,
// and whether a feed is disabled, are attributes of our own, which other readers pass
// over; in an outline that has a side, title is the outlet.
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// outline is a feed, or a folder when it has no address.
type outline struct {
	Text     string `xml:"text,attr"`
	Title    string `xml:"title,attr,omitempty"`
	Type     string `xml:"type,attr,omitempty"`
	XMLURL   string `xml:"xmlUrl,attr,omitempty"`
	Language string `xml:"language,attr,omitempty"`
	Side     string `xml:"side,attr,omitempty"`
	Disabled bool   `xml:"disabled,attr,omitempty"`
}

func newFeedsExport(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "export", Short: "print the feeds as OPML", Args: takes(0, 0),
		Long: `Prints the feeds of the config as OPML 2.0, which feed readers import. The side of a feed
goes along as an attribute; secrets and headers stay here.`,
		Example: "  samur feeds export > feeds.opml",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		doc := opml{Version: "2.0", Title: "samur feeds"}
		for _, f := range s.cfg.Feeds {
			doc.Body = append(doc.Body, outline{
				Text: f.Name, Title: f.Outlet, Type: "rss", XMLURL: f.URL,
				Language: string(f.Language), Side: string(f.Side), Disabled: f.Disabled,
			})
		}
		b, err := xml.MarshalIndent(doc, "", "  ")
		if err != nil {
			return fmt.Errorf("write OPML: %w", err)
		}
		say(cmd.OutOrStdout(), "%s%s", xml.Header, b)
		return nil
	})
}

func newFeedsImport(env *Env) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "import FILE", Short: "add the feeds of an OPML file to the config", Args: takes(1, 1),
		Long: `Adds every feed of an OPML file that the config does not have yet, all or none. A feed
without a side gets that of its folder, else other: set it by hand. It is called by its
text or title in the file or, when that is not in plain letters, by its host. The feeds
are not read before; try them with: samur feeds test.`,
		Example: "  samur feeds import feeds.opml",
	}
	cmd.Flags().StringVar(&file, "file", "", "file to write to, such as feeds.d/mine.yaml (default: the config file)")
	return adding(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		outlines, err := openOPML(args[0])
		if err != nil {
			return err
		}
		fs := imported(s.cfg.Feeds, outlines)
		if len(fs) == 0 {
			say(cmd.OutOrStdout(), "added 0 feeds: the config has every feed of %s", args[0])
			return nil
		}
		path := s.editable(file)
		add := func(text []byte) ([]byte, error) { return config.AddFeeds(text, fs...) }
		if err := s.edit(path, add, has(fs[0].Name)); err != nil {
			return err
		}
		say(cmd.OutOrStdout(), "added %d feeds to %s; samur reload has the daemon read them", len(fs), path)
		return nil
	})
}

// imported returns the feeds of outlines whose address is new, under free names.
func imported(have []config.Feed, outlines []outline) []config.Feed {
	urls, names := map[string]bool{}, namer{}
	for _, f := range have {
		urls[place(f.URL)], names[f.Name] = true, 1
	}
	var fs []config.Feed
	for _, o := range outlines {
		at := place(o.XMLURL)
		if urls[at] {
			continue
		}
		urls[at] = true
		fs = append(fs, config.Feed{
			Name: names.free(nameOf(o)), URL: o.XMLURL, Outlet: o.Title,
			Side: news.Side(o.Side), Language: news.Lang(o.Language), Disabled: o.Disabled,
		})
	}
	return fs
}

// place is the same for the spellings of one feed's address: those of the host, those
// with a fragment, and with and without TLS.
func place(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return address
	}
	return fetch.Host(address) + cmp.Or(u.EscapedPath(), "/") + "?" + u.RawQuery
}

// longestName leaves room behind a name for the number of a second one alike.
const longestName = 56

// nameOf makes a feed's name out of what an outline calls it. Where that has letters of
// which a name has none, the host of its address says more than what is left of them.
func nameOf(o outline) string {
	text := cmp.Or(o.Text, o.Title)
	name := slug(text)
	if foreign := func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }; name == "" || strings.ContainsFunc(text, foreign) {
		host, _, _ := strings.Cut(fetch.Host(o.XMLURL), ":")
		name = slug(strings.TrimPrefix(host, "www."))
	}
	return cmp.Or(name, "feed")
}

// namer knows the names that are taken, and how many were made of each.
type namer map[string]int

// free returns name, with a number behind it when it is taken.
func (n namer) free(name string) string {
	free := name
	for n[free] > 0 {
		n[name]++
		free = name + "-" + strconv.Itoa(n[name])
	}
	n[free]++
	return free
}

func slug(s string) string {
	var b []byte
	for _, r := range s {
		switch {
		case len(b) == longestName:
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b = append(b, byte(r))
		case r >= 'A' && r <= 'Z':
			b = append(b, byte(r-'A'+'a'))
		case len(b) == 0 || strings.IndexByte("-._", b[len(b)-1]) >= 0:
		case r == '.', r == '_':
			b = append(b, byte(r))
		default:
			b = append(b, '-')
		}
	}
	return strings.TrimRight(string(b), "-._")
}
