package cli

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samur/internal/config"
	"samur/internal/news"
)

// opml is the exchange format of feed readers, opml.org. Side, and whether a feed is
// disabled, are attributes of our own, which other readers pass over.
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// outline is a feed, or a folder of outlines when it has no address.
type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	XMLURL   string    `xml:"xmlUrl,attr,omitempty"`
	Language string    `xml:"language,attr,omitempty"`
	Side     string    `xml:"side,attr,omitempty"`
	Disabled bool      `xml:"disabled,attr,omitempty"`
	Outlines []outline `xml:"outline"`
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
without a side gets that of its folder, else other: set it by hand. The feeds are not
read before; try them with: samur feeds test.`,
		Example: "  samur feeds import feeds.opml",
	}
	cmd.Flags().StringVar(&file, "file", "", "file to write to, such as feeds.d/mine.yaml (default: the config file)")
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		b, err := os.ReadFile(args[0])
		if err != nil {
			return fmt.Errorf("read OPML: %w", err)
		}
		var doc opml
		if err := xml.Unmarshal(b, &doc); err != nil {
			return fmt.Errorf("%s is not OPML: %w", args[0], err)
		}
		fs := imported(s.cfg.Feeds, doc.Body)
		if len(fs) == 0 {
			say(cmd.OutOrStdout(), "added 0 feeds: the config has every feed of %s", args[0])
			return nil
		}
		path := s.editable(file)
		if err := s.edit(path, addAll(fs), has(fs[0].Name)); err != nil {
			return err
		}
		say(cmd.OutOrStdout(), "added %d feeds to %s; samur reload has the daemon read them", len(fs), path)
		return nil
	})
}

// addAll is the edit that adds every one of fs.
func addAll(fs []config.Feed) func([]byte) ([]byte, error) {
	return func(text []byte) ([]byte, error) {
		var err error
		for _, f := range fs {
			if text, err = config.AddFeed(text, f); err != nil {
				return nil, err
			}
		}
		return text, nil
	}
}

// imported returns the feeds of outlines whose address is new, under free names.
func imported(have []config.Feed, body []outline) []config.Feed {
	urls, names := map[string]bool{}, map[string]bool{}
	for _, f := range have {
		urls[f.URL], names[f.Name] = true, true
	}
	var fs []config.Feed
	for _, o := range flatten(body, outline{}) {
		if urls[o.XMLURL] {
			continue
		}
		urls[o.XMLURL] = true
		fs = append(fs, config.Feed{
			Name: freeName(o.Text, names), URL: o.XMLURL, Outlet: o.Title,
			Side: news.Side(o.Side), Language: news.Lang(o.Language), Disabled: o.Disabled,
		})
	}
	return fs
}

// flatten returns the feeds of nested outlines. Side and language are taken from the
// folder where an outline has none, and left out where they are none of ours.
func flatten(os []outline, folder outline) []outline {
	var fs []outline
	for _, o := range os {
		if !slices.Contains(sides, o.Side) {
			o.Side = cmp.Or(folder.Side, string(news.SideOther))
		}
		o.Language = cmp.Or(language(o.Language), folder.Language)
		if o.XMLURL != "" {
			fs = append(fs, o)
		}
		fs = append(fs, flatten(o.Outlines, o)...)
	}
	return fs
}

// language returns the language of a tag such as ru-RU, "" when it is none that is
// told apart.
func language(tag string) string {
	main, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch l := news.Lang(main); l {
	case news.En, news.Ru, news.Az, news.Tr, news.Uk, news.Fa:
		return main
	}
	return ""
}

// freeName makes a feed's name out of a title, one that is not taken.
func freeName(title string, taken map[string]bool) string {
	name := slug(title)
	for n := 2; taken[name]; n++ {
		name = slug(title) + "-" + strconv.Itoa(n)
	}
	taken[name] = true
	return name
}

func slug(s string) string {
	var b []byte
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '_':
			b = append(b, byte(r))
		case r >= 'A' && r <= 'Z':
			b = append(b, byte(r-'A'+'a'))
		case len(b) > 0 && b[len(b)-1] != '-':
			b = append(b, '-')
		}
	}
	for len(b) > 0 && b[len(b)-1] == '-' {
		b = b[:len(b)-1]
	}
	if len(b) == 0 {
		return "feed"
	}
	return string(b)
}
