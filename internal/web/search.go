package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/search"
	"samur/internal/store"
)

// Bounds of a search.
const (
	perSearch   = 30
	searchAtom  = 50
	maxQuestion = 300    // runes
	maxLooked   = 60_000 // items looked at for one page; "further back" goes on from there
)

// searchPage is a question and what was found.
type searchPage struct {
	Asked          bool
	Words          string
	Topics, Sides  []choice
	Langs, Outlets []choice
	From, To       string
	Relevant       bool
	Rows           []foundRow
	More           string // address of what is further back, "" when that is all
	Atom           string
	TooEarly       bool // the words cannot be read yet
}

// foundRow is an item in a list.
type foundRow struct {
	URL, Link string
	Title     string
	Outlet    string
	Side      news.Side
	Lang      news.Lang
	Published time.Time
	Snippet   string
	Relevant  bool
	Score     float64
	Topics    []topicLink
	Story     string
}

// found is an item in a list.
func (v *view) found(it news.Item) foundRow {
	row := foundRow{
		URL: itemURL(it.ID), Link: render.Link(it.URL), Title: cmp.Or(render.Tidy(it.Title, 300), v.W.Untitled), Outlet: render.Tidy(it.Outlet, 60),
		Side: it.Side, Lang: it.Lang, Published: it.Published, Snippet: render.Tidy(start(it.Text, 900), 220), Relevant: it.Verdict.Relevant, Score: it.Verdict.Score,
	}
	for _, m := range it.Verdict.Matches {
		row.Topics = append(row.Topics, topicLink{topicURL(m.Topic), v.Topic(m.Topic)})
	}
	if it.Story != "" {
		row.Story = storyURL(it.Story)
	}
	return row
}

// start is the first bytes of a text: enough to make a line of, without reading it all.
func start(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:n]
}

// question reads what a reader asks for. A filter that is none of ours is no filter.
func (s *server) question(v *view) (q store.Query, asked bool, err error) {
	get := func(key string) string { return render.Tidy(v.query.Get(key), maxQuestion) }
	q = store.Query{Topic: get("topic"), Outlet: get("outlet"), Side: news.Side(get("side")), Lang: news.Lang(get("language")), Relevant: get("relevant") != ""}
	words := get("q")
	q.From, q.To = v.date(get("from")), v.date(get("to"))
	if !q.To.IsZero() {
		q.To = q.To.AddDate(0, 0, 1) // the day that is named is part of it
	}
	q.Before, _ = strconv.ParseUint(get("before"), 10, 64) // of what is no number: from the newest on
	asked = words != "" || q.Topic != "" || q.Outlet != "" || q.Side != "" || q.Lang != "" || q.Relevant || !q.From.IsZero() || !q.To.IsZero()
	if words == "" || s.o.Read == nil {
		return q, asked, nil
	}
	lx, _, err := s.o.Read()
	if err == nil {
		q.Groups = search.Parse(lx, words)
	}
	return q, asked, err
}

// date reads a day of the reader's zone; what is none is no bound.
func (v *view) date(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, v.tongue.Location())
	if err != nil {
		return time.Time{}
	}
	return t
}

// search answers a question to the archive.
func (s *server) search(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	q, asked, err := s.question(v)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	p := searchPage{Asked: asked, Words: render.Tidy(v.query.Get("q"), maxQuestion), From: render.Tidy(v.query.Get("from"), 10), To: render.Tidy(v.query.Get("to"), 10), Relevant: q.Relevant}
	s.addChoices(v, &p, q)
	if asked {
		q.Limit, q.Most = perSearch, maxLooked
		found, on, err := s.o.Store.SearchOn(q)
		if err != nil {
			s.fail(w, v, err)
			return
		}
		for _, f := range found {
			p.Rows = append(p.Rows, v.found(f.Item))
		}
		if on > 1 {
			p.More = v.Change("before", strconv.FormatUint(on, 10))
		}
		p.Atom = searchAtomURL(v.query)
		v.Alt = v.Root(p.Atom)
	}
	title := v.W.Search
	if p.Words != "" {
		title += ": " + render.Tidy(p.Words, 60)
	}
	s.render(w, v, "search", title, p)
}

// searchAtomURL is the feed of a question.
func searchAtomURL(query url.Values) string {
	q := url.Values{}
	for _, key := range []string{"q", "topic", "outlet", "side", "language", "relevant", "from", "to"} {
		if x := query.Get(key); x != "" {
			q.Set(key, x)
		}
	}
	return "/search.atom?" + q.Encode()
}

// addChoices adds what can be chosen from, with what was.
func (s *server) addChoices(v *view, p *searchPage, q store.Query) {
	p.Topics = []choice{{Name: v.W.Any}}
	for _, slug := range s.topicSlugs() {
		p.Topics = append(p.Topics, choice{slug, v.Topic(slug), slug == q.Topic})
	}
	p.Sides = []choice{{Name: v.W.Any}}
	for _, side := range []news.Side{news.SideAz, news.SideRu, news.SideOther} {
		p.Sides = append(p.Sides, choice{string(side), v.Side(side), side == q.Side})
	}
	p.Langs = []choice{{Name: v.W.Any}}
	for _, l := range languages {
		p.Langs = append(p.Langs, choice{string(l), v.W.Langs[l], l == q.Lang})
	}
	p.Outlets = []choice{{Name: v.W.Any}}
	for _, name := range s.outlets() {
		p.Outlets = append(p.Outlets, choice{name, name, name == q.Outlet})
	}
}

// topicSlugs are the topics in the order in which a digest tells them.
func (s *server) topicSlugs() []string {
	if s.o.Read == nil {
		return nil
	}
	_, cl, err := s.o.Read()
	if err != nil {
		return nil // the page is of use without
	}
	var out []string
	for _, t := range cl.Topics() {
		out = append(out, t.Slug)
	}
	return out
}

// maxOutlets bounds how many outlets can be chosen from.
const maxOutlets = 300

// outlets are the outlets of the configured feeds.
func (s *server) outlets() []string {
	if s.o.Feeds == nil {
		return nil
	}
	var out []string
	for _, f := range s.o.Feeds() {
		if f.Outlet != "" && render.Tidy(f.Outlet, maxQuestion) == f.Outlet { // another one cannot stand in a form
			out = append(out, f.Outlet)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), maxOutlets)]
}
