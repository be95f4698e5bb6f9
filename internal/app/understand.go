package app

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"samur/internal/classify"
	"samur/internal/cluster"
	"samur/internal/config"
	"samur/internal/feed"
	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/normalise"
	"samur/seeds"
)

// Understanding is the part of samur that reads a text: lexicon, classifier,
// figures and clusterer, without a store. The daemon and the commands that take
// items from a file use the same one, so what a command shows is what happens.
type Understanding struct {
	Lexicon    *lexicon.Lexicon
	Classifier *classify.Classifier // by the rules alone; see Core.Classifier
}

// Understand reads the embedded seeds and, when dir is not empty, the user's own
// documents, topics and lexicon entries in it; own are further topics, see OwnTopics.
func Understand(dir string, threshold float64, own ...seeds.Topic) (*Understanding, error) {
	sources, lx, err := names(dir)
	if err != nil {
		return nil, err
	}
	cl, err := classify.New(classify.Options{Lexicon: lx, Seeds: sources, Topics: own, Threshold: threshold})
	if err != nil {
		return nil, fmt.Errorf("build topics: %w", err)
	}
	return &Understanding{Lexicon: lx, Classifier: cl}, nil
}

// RawItem is an item as a file gives it: a title and a description that may hold
// markup. Lang is what its feed declares and may be wrong or empty.
type RawItem struct {
	ID          string    `json:"id"`
	Title       string    `json:"title"`
	Description string    `json:"description"`
	URL         string    `json:"url"`
	Outlet      string    `json:"outlet"`
	Side        news.Side `json:"side"`
	Lang        news.Lang `json:"lang"`
	Date        string    `json:"date"` // YYYY-MM-DD or RFC 3339, "" when unknown
}

// Read normalises a raw item the way an entry of a feed is, and takes it apart.
func (u *Understanding) Read(r RawItem, now time.Time) (news.Item, *lexicon.Doc) {
	f := news.Feed{Name: "file", Outlet: r.Outlet, Side: r.Side, Lang: r.Lang}
	e := feed.Entry{GUID: r.ID, Link: r.URL, Title: r.Title, Summary: r.Description, Published: feed.Date{Raw: r.Date, Time: parseDate(r.Date)}}
	it := normalise.Item(f, e, r.URL, now)
	return it, u.Lexicon.Read(it)
}

func parseDate(s string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// Classify returns the normalised item with its verdict.
func (u *Understanding) Classify(r RawItem, now time.Time) news.Item {
	it, doc := u.Read(r, now)
	it.Verdict = u.Classifier.Classify(doc)
	return it
}

// Figures returns the normalised item with the figures it states.
func (u *Understanding) Figures(r RawItem, now time.Time) news.Item {
	it, doc := u.Read(r, now)
	it.Figures = figures.Extract(doc, it.Published)
	return it
}

// Cluster returns the story of each raw item, by its place in rs. Items are taken
// in order of their dates, as if each had been seen on its day.
func (u *Understanding) Cluster(rs []RawItem, now time.Time) []string {
	ps := u.arrivals(rs, now)
	for i := range ps {
		if it := &ps[i].item; it.Dated == news.DatedFeed {
			it.FirstSeen = it.Published
		}
	}
	slices.SortStableFunc(ps, func(a, b arrival) int {
		return cmp.Or(a.item.FirstSeen.Compare(b.item.FirstSeen), strings.Compare(a.item.ID, b.item.ID))
	})
	return stories(ps)
}

// ClusterAsGiven returns what Cluster does of items that come in the order of rs, whatever
// their dates.
func (u *Understanding) ClusterAsGiven(rs []RawItem, now time.Time) []string {
	ps := u.arrivals(rs, now)
	for i := range ps {
		ps[i].item.FirstSeen = now.Add(time.Duration(i) * time.Second)
	}
	return stories(ps)
}

// arrival is an item on its way into an index.
type arrival struct {
	at   int // place in the input
	item news.Item
	doc  *lexicon.Doc
}

func (u *Understanding) arrivals(rs []RawItem, now time.Time) []arrival {
	ps := make([]arrival, len(rs))
	for i, r := range rs {
		it, doc := u.Read(r, now)
		it.ID = fmt.Sprintf("%016x", i) // ids in a file need not be unique
		it.Figures = figures.Extract(doc, it.Published)
		ps[i] = arrival{i, it, doc}
	}
	return ps
}

// stories takes items one by one, settles them as before a digest and returns the story
// of each, by its place in the input.
func stories(ps []arrival) []string {
	ix := cluster.New(cluster.Options{})
	story := make(map[string]string, len(ps))
	for _, p := range ps {
		r := cluster.Reduce(p.item, p.doc)
		d := ix.Assign(r)
		ix.Add(r, d.Story, d.CopyOf)
		story[p.item.ID] = d.Story
	}
	for _, m := range ix.Reassign() {
		for _, id := range m.Items {
			story[id] = m.Into
		}
	}
	out := make([]string, len(ps))
	for _, p := range ps {
		out[p.at] = story[p.item.ID]
	}
	return out
}

// corpora are the file systems the seeds are read from: the embedded one and, when
// dir is not empty, the user's own.
func corpora(dir string) ([]fs.FS, error) {
	sources := []fs.FS{seeds.FS}
	if dir == "" {
		return sources, nil
	}
	if _, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("seeds directory: %w; create it or remove seeds.dir", err)
	}
	return append(sources, os.DirFS(dir)), nil
}

// OwnTopics returns the topics of the config as the classifier takes them: each adds to
// the topic of its slug where there is one.
func OwnTopics(cfg *config.Config) []seeds.Topic {
	var own []seeds.Topic
	for _, t := range cfg.Topics {
		x := seeds.Topic{
			Slug: t.Slug, Threshold: t.Threshold, Disabled: t.Disabled, Extend: true, File: filepath.Base(cfg.Path),
			Names: map[news.Lang]string{}, About: map[news.Lang]string{}, Words: map[news.Lang][]string{},
		}
		for l, words := range map[news.Lang][]string{news.En: t.Words.En, news.Ru: t.Words.Ru, news.Az: t.Words.Az} {
			if len(words) > 0 {
				x.Words[l] = words
			}
		}
		for l, name := range map[news.Lang]string{news.En: t.Names.En, news.Ru: t.Names.Ru, news.Az: t.Names.Az} {
			if name != "" {
				x.Names[l] = name
			}
		}
		for _, id := range t.Concepts {
			x.Concepts = append(x.Concepts, seeds.Concept{ID: id, At: x.File + ": topic " + t.Slug})
		}
		for i, text := range t.Examples {
			x.Examples = append(x.Examples, seeds.Example{Text: text, File: x.File, Line: t.ExampleLine(i)})
		}
		own = append(own, x)
	}
	return own
}

// Topics returns the topics in order, with those of the user's own directory and those
// of own.
func Topics(dir string, own ...seeds.Topic) ([]seeds.Topic, error) {
	sources, err := corpora(dir)
	if err != nil {
		return nil, err
	}
	topics, err := seeds.Topics(sources...)
	if err != nil {
		return nil, fmt.Errorf("read topics: %w", err)
	}
	return seeds.Combine(topics, own), nil
}

// TopicSlugs returns the slugs of Topics.
func TopicSlugs(dir string) ([]string, error) {
	topics, err := Topics(dir)
	if err != nil {
		return nil, err
	}
	slugs := make([]string, len(topics))
	for i, t := range topics {
		slugs[i] = t.Slug
	}
	return slugs, nil
}

// names reads the lexicon, with the user's own entries, and returns where it stands.
func names(dir string) ([]fs.FS, *lexicon.Lexicon, error) {
	sources, err := corpora(dir)
	if err != nil {
		return nil, nil, err
	}
	lx, err := lexicon.Load(sources...)
	if err != nil {
		return nil, nil, fmt.Errorf("read lexicon: %w", err)
	}
	return sources, lx, nil
}

// Lexicon reads the lexicon alone, with the user's own entries.
func Lexicon(dir string) (*lexicon.Lexicon, error) {
	_, lx, err := names(dir)
	return lx, err
}

// ConceptIDs returns the ids of the concepts, with those of the user's own directory.
func ConceptIDs(dir string) ([]string, error) {
	_, lx, err := names(dir)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, c := range lx.Concepts() {
		ids = append(ids, c.ID)
	}
	return ids, nil
}

// Documents returns the seed documents, with those of the user's own directory.
func Documents(dir string) ([]seeds.Document, error) {
	sources, err := corpora(dir)
	if err != nil {
		return nil, err
	}
	docs, err := seeds.Documents(sources...)
	if err != nil {
		return nil, fmt.Errorf("read seed documents: %w", err)
	}
	return docs, nil
}
