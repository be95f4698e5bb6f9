package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"samur/internal/news"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// A case in testdata/*.txtar is a document NAME.in and what is wanted of it,
// NAME.json. Lines at the head of a document that begin with "#!" say how it comes:
//
//	#! content-type: text/xml; charset=utf-8
//	#! base: https://example.org/feeds/
//	#! encode: windows-1251        the bytes are made by golang.org/x/text
//	#! escapes                     \xNN in the document stands for that byte
type parseCase struct {
	name, contentType, base string
	body                    []byte
	want                    string
	seen                    bool // it has a wanted result
}

// read is a Document as the wanted results have it.
type read struct {
	Format   string      `json:"format,omitempty"`
	Title    string      `json:"title,omitempty"`
	URL      string      `json:"url,omitempty"`
	Self     string      `json:"self,omitempty"`
	Language string      `json:"language,omitempty"`
	Charset  string      `json:"charset,omitempty"`
	Pace     string      `json:"pace,omitempty"`
	Notes    []string    `json:"notes,omitempty"`
	Entries  []readEntry `json:"entries,omitempty"`
	Error    *readError  `json:"error,omitempty"`
}

// readEntry is an Entry as the wanted results have it.
type readEntry struct {
	GUID       string   `json:"guid,omitempty"`
	Permalink  bool     `json:"permalink,omitempty"`
	Link       string   `json:"link,omitempty"`
	Title      string   `json:"title,omitempty"`
	Summary    string   `json:"summary,omitempty"`
	Content    string   `json:"content,omitempty"`
	Published  string   `json:"published,omitempty"`
	Updated    string   `json:"updated,omitempty"`
	Author     string   `json:"author,omitempty"`
	Categories []string `json:"categories,omitempty"`
	Source     string   `json:"source,omitempty"`
	SourceURL  string   `json:"source_url,omitempty"`
	Language   string   `json:"language,omitempty"`
}

// readError is an Error as the wanted results have it.
type readError struct {
	Cause news.Cause `json:"cause"`
	Text  string     `json:"text"`
}

// view turns what Parse returned into what the wanted results hold.
func view(doc Document, err error) read {
	var e *Error
	if errors.As(err, &e) {
		return read{Error: &readError{e.Cause, e.Error()}}
	}
	r := read{
		Format: doc.Format, Title: doc.Title, URL: doc.URL, Self: doc.Self, Language: doc.Language, Charset: doc.Charset,
		Pace: pacing(doc), Notes: doc.Notes,
	}
	for _, e := range doc.Entries {
		r.Entries = append(r.Entries, readEntry{
			e.GUID, e.Permalink, e.Link, e.Title, e.Summary, e.Content, moment(e.Published), moment(e.Updated), e.Author, e.Categories, e.Source, e.SourceURL, e.Language,
		})
	}
	return r
}

// pacing writes what a feed says of its rhythm in one line.
func pacing(doc Document) string {
	var parts []string
	for _, p := range []struct {
		name string
		d    time.Duration
	}{{"ttl", doc.TTL}, {"every", doc.UpdateEvery}} {
		if p.d != 0 {
			parts = append(parts, p.name+" "+p.d.String())
		}
	}
	for _, h := range doc.SkipHours {
		parts = append(parts, "not at "+strconv.Itoa(h))
	}
	for _, d := range doc.SkipDays {
		parts = append(parts, "not on "+d.String())
	}
	return strings.Join(parts, ", ")
}

// moment writes a date: the time, or the words that could not be read.
func moment(d Date) string {
	switch {
	case d.Raw == "":
		return ""
	case d.Time.IsZero():
		return "unread: " + d.Raw
	case d.NoZone:
		return d.Time.Format(time.RFC3339) + " (no zone)"
	}
	return d.Time.Format(time.RFC3339)
}

var byteEscape = regexp.MustCompile(`\\x[0-9a-f]{2}`)

// cases reads the cases of an archive.
func cases(t testing.TB, ar *txtar.Archive) []parseCase {
	t.Helper()
	var all []parseCase
	for _, f := range ar.Files {
		if name, ok := strings.CutSuffix(f.Name, ".in"); ok {
			c := parseCase{name: name}
			c.body = f.Data
			for bytes.HasPrefix(c.body, []byte("#!")) {
				line, rest, _ := bytes.Cut(c.body, []byte("\n"))
				c.body = rest
				key, value, _ := strings.Cut(strings.TrimSpace(string(line[2:])), ": ")
				c.apply(t, key, value)
			}
			all = append(all, c)
			continue
		}
		name, ok := strings.CutSuffix(f.Name, ".json")
		if !ok || len(all) == 0 || all[len(all)-1].name != name {
			t.Fatalf("%s belongs to no document before it", f.Name)
		}
		all[len(all)-1].want, all[len(all)-1].seen = string(f.Data), true
	}
	return all
}

// apply does what a line at the head of a document says.
func (c *parseCase) apply(t testing.TB, key, value string) {
	t.Helper()
	switch key {
	case "content-type":
		c.contentType = value
	case "base":
		c.base = value
	case "escapes":
		c.body = byteEscape.ReplaceAllFunc(c.body, func(b []byte) []byte {
			n, err := strconv.ParseUint(string(b[2:]), 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			return []byte{byte(n)}
		})
	case "encode":
		out, err := encoder(t, value).NewEncoder().Bytes(c.body)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		c.body = out
	default:
		t.Fatalf("%s: no option %q", c.name, key)
	}
}

// encoder returns the encoding of that name; "utf-16" has a byte order mark.
func encoder(t testing.TB, name string) encoding.Encoding {
	t.Helper()
	if name == "utf-16" {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	return enc
}

// archives returns the files of testdata.
func archives(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	return paths
}

// encode writes a result as the archives hold it.
func encode(t *testing.T, r read) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, path := range archives(t) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, c := range cases(t, ar) {
				t.Run(c.name, func(t *testing.T) {
					got[c.name] = encode(t, view(Parse(string(c.body), c.contentType, c.base)))
					if diff := cmp.Diff(c.want, got[c.name]); diff != "" && !*update {
						t.Errorf("Parse (-want +got):\n%s", diff)
					}
				})
			}
			if *update {
				rewrite(t, path, ar, got)
			}
		})
	}
}

// rewrite puts the results into the archive.
func rewrite(t *testing.T, path string, ar *txtar.Archive, got map[string]string) {
	t.Helper()
	out := &txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		if name, ok := strings.CutSuffix(f.Name, ".in"); ok {
			out.Files = append(out.Files, f, txtar.File{Name: name + ".json", Data: []byte(got[name])})
		}
	}
	if err := os.WriteFile(path, txtar.Format(out), 0o600); err != nil {
		t.Fatal(err)
	}
}

// FuzzParse holds that no document makes Parse panic, and that what comes out is
// valid UTF-8 without a replacement character, except where letters were declared
// lost in a note or the document has the character itself.
func FuzzParse(f *testing.F) {
	for _, path := range archives(f) {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range cases(f, ar) {
			f.Add(c.body, c.contentType, c.base)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType, base string) {
		doc, err := Parse(string(body), contentType, base)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Cause == "" || strings.HasPrefix(e.Error(), "parser gave up") {
				t.Fatalf("Parse: %v", err)
			}
			if !utf8.ValidString(e.Error()) {
				t.Errorf("error is no UTF-8: %q", e.Error())
			}
			return
		}
		for _, e := range append(doc.Entries, Entry{Title: doc.Title, Link: doc.URL, Language: doc.Language}) {
			sound(t, doc, body, append(e.Categories, e.GUID, e.Link, e.Title, e.Summary, e.Content, e.Author, e.Language, e.Published.Raw, e.Updated.Raw))
		}
	})
}

// sound holds what FuzzParse says of the texts of an entry.
func sound(t *testing.T, doc Document, body []byte, texts []string) {
	t.Helper()
	for _, s := range texts {
		if !utf8.ValidString(s) {
			t.Errorf("not UTF-8: %q", s)
		}
		if strings.ContainsAny(s, "\x00\x0b\x1b") {
			t.Errorf("control characters: %q", s)
		}
		if strings.Contains(s, "\ufffd") && len(doc.Notes) == 0 && !named.Match(body) {
			t.Errorf("a letter was lost without a note: %q", s)
		}
	}
}

// named finds U+FFFD written out in a document, in letters or as a reference.
var named = regexp.MustCompile(`\x{fffd}|(?i)&#x?0*(fffd|65533);|\\ufffd`)
