package cli

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"samur/internal/config"
	"samur/internal/fetch"
	"samur/internal/news"
)

// opml is the exchange format of feed readers, opml.org, as it is written here. Outlet,
// side, and whether a feed is disabled, are attributes of our own, which other readers
// pass over.
type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Body    []outline `xml:"body>outline"`
}

// outline is a feed, or a folder when it has no address.
type outline struct {
	Text     string    `xml:"text,attr"`
	Title    string    `xml:"title,attr,omitempty"`
	Type     string    `xml:"type,attr,omitempty"`
	XMLURL   string    `xml:"xmlUrl,attr,omitempty"`
	HTMLURL  string    `xml:"htmlUrl,attr,omitempty"`
	Category string    `xml:"category,attr,omitempty"`
	Language string    `xml:"language,attr,omitempty"`
	Outlet   string    `xml:"outlet,attr,omitempty"`
	Side     string    `xml:"side,attr,omitempty"`
	Disabled bool      `xml:"disabled,attr,omitempty"`
	Outlines []outline `xml:"outline"`

	folders []string // that it is in, the outermost first
}

func newFeedsExport(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "export", Short: "print the feeds as OPML", Args: takes(0, 0),
		Long: `Prints the feeds of the config as OPML 2.0, which feed readers import, or as JSON Lines.
A group is a folder. Outlet and side of a feed go along as attributes; how it is asked,
with secrets and headers, stays here.`,
		Example: "  samur feeds export > feeds.opml",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		if wantJSON(cmd) {
			return printLines(cmd, s.cfg.Feeds, "")
		}
		b, err := xml.MarshalIndent(exported(s.cfg), "", "  ")
		if err != nil {
			return fmt.Errorf("write OPML: %w", err)
		}
		say(cmd.OutOrStdout(), "%s%s", xml.Header, b)
		return nil
	})
}

// printLines prints feeds as JSON Lines.
func printLines(cmd *cobra.Command, fs []config.Feed, path string) error {
	out := newLines(cmd.OutOrStdout())
	for _, f := range fs {
		if err := out.print(edited(f, path)); err != nil {
			return err
		}
	}
	return nil
}

// exported is the feeds of a config: those of no group, and a folder for each group that
// has any.
func exported(cfg *config.Config) opml {
	doc := opml{Version: "2.0", Title: "samur feeds"}
	in := map[string][]outline{}
	for _, f := range cfg.Feeds {
		group := f.Group
		if !slices.ContainsFunc(cfg.Groups, func(g config.Group) bool { return g.Name == group }) {
			group = "" // none
		}
		in[group] = append(in[group], feedOutline(f, group))
	}
	doc.Body = in[""]
	for _, g := range cfg.Groups {
		if fs := in[g.Name]; len(fs) > 0 {
			doc.Body = append(doc.Body, outline{Text: g.Name, Title: g.Name, Outlines: fs})
		}
	}
	return doc
}

// feedOutline is f of a group, "" for none.
func feedOutline(f config.Feed, group string) outline {
	o := outline{
		Text: f.Name, Title: cmp.Or(f.Outlet, f.Name), Type: "rss", XMLURL: f.URL, HTMLURL: siteOf(f.URL),
		Language: string(f.Language), Outlet: f.Outlet, Side: string(f.Side), Disabled: f.Disabled,
	}
	if group != "" {
		o.Category = "/" + group
	}
	return o
}

// siteOf is the page that a feed is taken to belong to: the first of its host.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/"
}

func newFeedsImport(env *Env) *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use: "import FILE", Short: "add the feeds of an OPML file to the config", Args: takes(1, 1),
		Long: `Adds every feed of an OPML file that the config does not have yet, all or none. A feed
without a side gets that of its folder, else other: set it by hand. It is called by its
text or title in the file or, when that is not in plain letters, by its host. It joins
the group that is called as its folder or the nearest one around that; where there is
none, one is made, unless poll.group says how such feeds are asked. Of several folders
with one feed the first counts. The feeds are not read before; try them with: samur
feeds test.`,
		Example: "  samur feeds import feeds.opml",
	}
	cmd.Flags().StringVar(&file, "file", "", "file to write to, such as feeds.d/mine.yaml (default: the config file)")
	return adding(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		outlines, err := openOPML(args[0])
		if err != nil {
			return err
		}
		g := grouper{cfg: s.cfg}
		fs := imported(&g, outlines)
		if len(fs) == 0 {
			say(talkOut(cmd), "added 0 feeds: the config has every feed of %s", args[0])
			return nil
		}
		path := s.editable(file)
		if err := s.addAll(path, fs, &g); err != nil {
			return err
		}
		for _, note := range g.notes() {
			say(cmd.ErrOrStderr(), "%s", note)
		}
		if wantJSON(cmd) {
			return printLines(cmd, fs, path)
		}
		say(cmd.OutOrStdout(), "added %d feeds to %s; samur reload has the daemon read them", len(fs), path)
		return nil
	})
}

// talkOut is where a command says in words what came of it: not among JSON Lines.
func talkOut(cmd *cobra.Command) io.Writer {
	if wantJSON(cmd) {
		return cmd.ErrOrStderr()
	}
	return cmd.OutOrStdout()
}

// addAll adds feeds to the file at path, and to the config the groups that were made for
// them. In a config whose groups are written in brackets none is made.
func (s *session) addAll(path string, fs []config.Feed, g *grouper) error {
	feeds := change{path, func(text []byte) ([]byte, error) { return config.AddFeeds(text, fs...) }}
	holds := has(fs[0].Name, path)
	if len(g.made) == 0 {
		return s.edit(holds, feeds)
	}
	groups := change{s.cfg.Path, func(text []byte) ([]byte, error) { return config.AddGroups(text, g.made...) }}
	err := s.edit(holds, groups, feeds)
	if errors.Is(err, config.ErrBrackets) {
		g.unmake(fs)
		err = s.edit(holds, feeds)
	}
	return err
}

// imported returns the feeds of outlines whose address is new, under free names, in the
// groups that g has for them.
func imported(g *grouper, outlines []outline) []config.Feed {
	urls, names := map[string]bool{}, namer{}
	for _, f := range g.cfg.Feeds {
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
			Name: names.free(nameOf(o)), URL: o.XMLURL, Outlet: o.Outlet, Group: g.group(o.folders),
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
