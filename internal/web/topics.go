package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"samur/internal/classify"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

// Bounds of the pages of topics.
const (
	maxTerms      = 60
	firstTerms    = 15 // of them shown at once
	maxPassages   = 40
	maxStories    = 15
	maxTopicItems = 80 // newest items of a topic that its stories are taken from
)

// topicRow is a topic in the list.
type topicRow struct {
	URL, Name, About string
	Week, Total      int // items of the last seven days, and of all weeks counted
	Passages         int
}

// topics lists the topics in the order in which a digest tells them.
func (s *server) topics(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	_, cl, err := s.read()
	if err == nil {
		err = s.volumes.update(s.o.Store, v.now)
	}
	if err != nil {
		s.fail(w, v, err)
		return
	}
	var rows []topicRow
	for _, t := range cl.Topics() {
		p, _ := cl.Profile(t.Slug) // it is one of the classifier's
		vol := s.volumes.of(t.Slug, v.now)
		row := topicRow{
			URL: topicURL(t.Slug), Name: v.Topic(t.Slug), About: render.Tidy(v.about(t), 300), Passages: len(p.Passages), Total: vol.total(),
		}
		if n := len(vol); n > 0 {
			row.Week = vol[n-1].total()
		}
		rows = append(rows, row)
	}
	s.render(w, v, "topics", v.W.Topics, struct {
		Rows  []topicRow
		Weeks int
	}{rows, volumeWeeks})
}

// warm is Handlers.Warm: it counts the items of the topics.
func (s *server) warm() error {
	if err := s.volumes.update(s.o.Store, s.o.Now()); err != nil {
		return err
	}
	_, _, err := s.read()
	return err
}

// read is Options.Read where there is one: without it there are no topics.
func (s *server) read() (*lexicon.Lexicon, *classify.Classifier, error) {
	if s.o.Read == nil {
		return nil, nil, errNoReading
	}
	return s.o.Read()
}

func (v *view) about(t classify.Topic) string {
	return cmp.Or(t.About[v.Lang], t.About[news.En], t.Names[v.Lang])
}

// topicPage is one topic.
type topicPage struct {
	Slug, About string
	Chart       bars
	Weeks       []weekRow
	Stories     []storyRow
	Search      string    // address of all its items
	Terms, Rest []termRow // the weightiest, and others
	MoreTerms   int
	Passages    []passageRow
	MorePass    int
	Lines       []langLine
}

// weekRow is a week of the table beside the chart.
type weekRow struct {
	From  time.Time
	Sides []int // az, ru, other
	Langs []int // en, ru, az
	Total int
}

// termRow is what speaks for the topic.
type termRow struct {
	Term, Kind string
	Lang       news.Lang
	Points     float64
	Taken      float64
	From       string
	For        []passageRow
	MoreFor    int
	Labelled   int
}

// passageRow is a passage of the seeds.
type passageRow struct{ Place, Form, Text string }

// langLine is the score from which an item in a language has the topic.
type langLine struct {
	Lang   string
	Points float64
}

// topic shows what a topic is made of and what came of it.
func (s *server) topic(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	lx, cl, err := s.read()
	if err != nil {
		s.fail(w, v, err)
		return
	}
	profile, ok := cl.Profile(r.PathValue("slug"))
	if !ok {
		s.missing(w, v, v.W.NoSuchTopic)
		return
	}
	p, err := s.topicPage(v, lx, profile)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	s.render(w, v, "topic", v.Topic(profile.Topic.Slug), p)
}

func (s *server) topicPage(v *view, lx *lexicon.Lexicon, profile classify.Profile) (topicPage, error) {
	slug := profile.Topic.Slug
	p := topicPage{Slug: slug, About: render.Tidy(v.about(profile.Topic), 400), Search: "/search?topic=" + escapeQuery(slug) + "&relevant=1"}
	if err := s.volumes.update(s.o.Store, v.now); err != nil {
		return p, err
	}
	vol := s.volumes.of(slug, v.now)
	p.Chart, p.Weeks = v.weekly(vol)
	for _, l := range languages {
		p.Lines = append(p.Lines, langLine{v.W.Langs[l], profile.Lines[l]})
	}
	heard := slices.DeleteFunc(slices.Clone(profile.Terms), func(t classify.Term) bool { return t.Lang != "" && t.Lang != v.Lang })
	slices.SortStableFunc(heard, func(a, b classify.Term) int { // of equal points those first that most speaks for
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(len(b.For)+b.Labelled, len(a.For)+a.Labelled))
	})
	terms, more := bounded(heard, maxTerms)
	p.MoreTerms = more
	for _, t := range terms {
		p.Terms = append(p.Terms, v.term(lx, t))
	}
	p.Terms, p.Rest = p.Terms[:min(len(p.Terms), firstTerms)], p.Terms[min(len(p.Terms), firstTerms):]
	votes, more := bounded(profile.Passages, maxPassages)
	p.MorePass = more
	for _, x := range votes {
		p.Passages = append(p.Passages, passage(x, 400))
	}
	var err error
	p.Stories, err = s.storiesOf(v, slug)
	return p, err
}

// term is what speaks for a topic in the reader's words.
func (v *view) term(lx *lexicon.Lexicon, t classify.Term) termRow {
	row := termRow{Term: render.Tidy(t.Term, 80), Kind: v.W.Kinds[t.Kind], Lang: t.Lang, Points: t.Points, Taken: t.Taken, From: v.W.Givers[t.From], Labelled: t.Labelled}
	if c, ok := lx.Concept(t.Term); ok && t.Kind == "concept" {
		row.Term, row.Lang = render.Tidy(c.Name(v.Lang), 80), ""
	}
	votes, more := bounded(t.For, 3)
	row.MoreFor = more
	for _, x := range votes {
		row.For = append(row.For, passage(x, 160))
	}
	return row
}

// passage is a passage of the seeds, cut to n letters around the words that vote.
func passage(x classify.Vote, n int) passageRow {
	text := x.Text
	if i := strings.Index(text, x.Form); x.Form != "" && i > n/2 {
		cut := i - n/3
		if at := strings.IndexByte(text[cut:i], ' '); at >= 0 {
			text = "… " + text[cut+at+1:]
		}
	}
	return passageRow{Place: render.Tidy(x.File, 60) + ":" + itoa(x.Line), Form: render.Tidy(x.Form, 80), Text: render.Tidy(text, n)}
}

// storiesOf are the newest stories with an item of a topic.
func (s *server) storiesOf(v *view, slug string) ([]storyRow, error) {
	found, _, err := s.o.Store.SearchOn(store.Query{Topic: slug, Relevant: true, Limit: maxTopicItems, Most: maxLookedAt})
	if err != nil {
		return nil, err
	}
	var rows []storyRow
	met := map[string]bool{}
	for _, f := range found {
		if f.Item.Story == "" || met[f.Item.Story] || len(rows) == maxStories {
			continue
		}
		met[f.Item.Story] = true
		st, err := s.o.Store.Story(f.Item.Story)
		if err != nil || met[st.ID] && st.ID != f.Item.Story {
			continue // merged into one that is shown, or pruned
		}
		met[st.ID] = true
		row, err := s.storyRow(v, st)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// weekly draws the weeks of a topic.
func (v *view) weekly(vol volume) (bars, []weekRow) {
	var rows []weekRow
	b := bars{}
	for _, w := range vol {
		row := weekRow{From: w.from, Total: w.total()}
		var stack []bar
		for _, side := range []news.Side{news.SideAz, news.SideRu, news.SideOther} {
			n := w.side(side)
			row.Sides = append(row.Sides, n)
			stack = append(stack, bar{Class: sideName(side), N: n})
		}
		for _, l := range languages {
			row.Langs = append(row.Langs, w.lang(l))
		}
		rows = append(rows, row)
		b.add(v.dayOf(w.from), stack)
	}
	b.draw()
	slices.Reverse(rows) // the table has the newest first
	return b, rows
}

// sideName is the style of a side's bars.
func sideName(s news.Side) string {
	if s == news.SideAz || s == news.SideRu {
		return string(s)
	}
	return "other"
}
