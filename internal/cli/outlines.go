package cli

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"

	"samur/internal/feed"
	"samur/internal/news"
)

// maxOPML bounds a file of feeds. The config that its feeds go into has 4 MiB at most.
const maxOPML = 16 << 20

// openOPML returns the feeds of the OPML file at path.
func openOPML(path string) ([]outline, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read OPML: %w", err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	b, err := io.ReadAll(io.LimitReader(f, maxOPML+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read OPML: %w", err)
	case len(b) > maxOPML:
		return nil, fmt.Errorf("%s is larger than %d MiB, which no list of feeds is", path, maxOPML>>20)
	}
	outlines, err := readOPML(b)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s is not OPML: %w", path, err)
	case len(outlines) == 0:
		return nil, fmt.Errorf("%s names no feed: none of its outlines has an xmlUrl", path)
	}
	return outlines, nil
}

// readOPML returns the feeds that an OPML document names, whatever folders they are in.
// Programs write it in any charset and letter case, with bare ampersands and with the
// names of HTML's characters; all that is read.
func readOPML(b []byte) ([]outline, error) {
	text := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, feed.PageText(string(b), ""))
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("it is empty")
	}
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.Entity = false, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	root, err := firstElement(d)
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("there is no XML in it")
	case err != nil:
		return nil, err
	case !strings.EqualFold(root, "opml"):
		return nil, fmt.Errorf("it begins with <%s>", clip(plain(root), 40))
	}
	return outlinesOf(d)
}

// firstElement returns the name of the element that d begins with.
func firstElement(d *xml.Decoder) (string, error) {
	for {
		tok, err := d.Token()
		if err != nil {
			return "", err
		}
		if start, ok := tok.(xml.StartElement); ok {
			return start.Name.Local, nil
		}
	}
}

// outlinesOf returns the outlines with an address up to the end of d.
func outlinesOf(d *xml.Decoder) ([]outline, error) {
	var fs, folders []outline // folders are those that d is in
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return fs, nil
		}
		if err != nil {
			return nil, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			if !strings.EqualFold(tok.Name.Local, "outline") {
				continue
			}
			var folder outline
			if n := len(folders); n > 0 {
				folder = folders[n-1]
			}
			o := outlineOf(tok.Attr, folder)
			if folders = append(folders, o); o.XMLURL != "" {
				fs = append(fs, o)
			}
		case xml.EndElement:
			if strings.EqualFold(tok.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
}

// longestTitle bounds what is taken of a title, in letters.
const longestTitle = 120

// outlineOf reads the attributes of an outline in a folder. Side and language are taken
// from the folder where it has none of ours. Only what samur wrote has a side, and with
// it an outlet, which earlier versions gave as title; to other programs a title is that
// of the feed.
func outlineOf(attrs []xml.Attr, folder outline) outline {
	at := map[string]string{}
	for _, a := range attrs {
		if name := strings.ToLower(a.Name.Local); at[name] == "" {
			at[name] = strings.Join(strings.Fields(a.Value), " ")
		}
	}
	o := outline{
		Text: cmp.Or(at["text"], at["title"]), XMLURL: httpAddress(at["xmlurl"]), Side: at["side"],
		Language: cmp.Or(language(at["language"]), folder.Language), Disabled: strings.EqualFold(at["disabled"], "true"),
	}
	if slices.Contains(sides, o.Side) {
		if o.Outlet = at["outlet"]; o.Outlet == "" && at["title"] != o.Text {
			o.Outlet = at["title"]
		}
		o.Outlet = clip(plain(o.Outlet), longestTitle)
	} else {
		o.Side = cmp.Or(folder.Side, string(news.SideOther))
	}
	o.folders = slices.Clone(folder.folders)
	if folder.XMLURL == "" && folder.Text != "" {
		o.folders = append(o.folders, folder.Text)
	}
	if first, _, _ := strings.Cut(at["category"], ","); len(o.folders) == 0 && o.XMLURL != "" {
		o.folders = strings.FieldsFunc(first, func(r rune) bool { return r == '/' })
	}
	return o
}

// httpAddress returns an address without the scheme by which browsers hand feeds to
// readers: feed://example.org/rss, feed:https://example.org/rss.
func httpAddress(address string) string {
	rest, ok := strings.CutPrefix(address, "feed:")
	switch {
	case !ok:
		return address
	case strings.HasPrefix(rest, "//"):
		return "http:" + rest
	}
	return rest
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
