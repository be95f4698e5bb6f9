package web

import (
	"cmp"
	"errors"
	"net/http"
	"time"

	"samur/internal/news"
	"samur/internal/render"
)

// Bounds of the page of an item.
const (
	maxText    = 40_000 // bytes of its text
	maxReasons = 80
)

// itemPage is one item with every reason for what became of it.
type itemPage struct {
	ID, Link         string
	Outlet, Feed     string
	FeedURL          string
	Side             news.Side
	Lang             news.Lang
	Published, Seen  time.Time
	Dated            string // why Published is not what a feed said, "" when it is
	Archived         bool
	Relevant         bool
	Score, Threshold float64
	Missing          string
	Headline, Marked []segment
	Reasons          []reason
	MoreReasons      int
	Matches          []matchView
	Story            string // its page
	CopyOf, Revises  string // their pages
	Figures          []figureLine
	Later            []wording
	Answers          []answerView
	Judge            judging
}

// reason is one reason with its points.
type reason struct {
	Form, Concept, Why string
	Points             float64
}

// matchView is a topic that an item belongs to.
type matchView struct {
	Topic   topicLink
	Score   float64
	Reasons []reason
}

// figureLine is a figure that an item states.
type figureLine struct {
	URL, Subject, Value, Change, Sentence string
}

// answerView is what a person said of the item.
type answerView struct {
	Who string
	At  time.Time
	Yes bool
	All string // with topics, as it would be typed
}

// item shows an item.
func (s *server) item(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	it, err := s.o.Store.Item(r.PathValue("id"))
	if errors.Is(err, news.ErrNotFound) {
		s.missing(w, v, v.W.NoSuchItem)
		return
	}
	if err != nil {
		s.fail(w, v, err)
		return
	}
	page, err := s.itemPage(v, it)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	s.render(w, v, "item", cmp.Or(render.Tidy(it.Title, 300), v.W.Untitled), page)
}

// itemPage gathers an item.
func (s *server) itemPage(v *view, it news.Item) (itemPage, error) {
	p := itemPage{
		ID: it.ID, Link: render.Link(it.URL), Outlet: render.Tidy(it.Outlet, 80), Feed: render.Tidy(it.Feed, 80), FeedURL: feedURL(it.Feed),
		Side: it.Side, Lang: it.Lang, Published: it.Published, Seen: it.FirstSeen, Dated: v.W.Dated[it.Dated], Archived: it.Archived,
		Relevant: it.Verdict.Relevant, Score: it.Verdict.Score, Threshold: it.Verdict.Threshold, Missing: v.Because(it.Verdict.Missing),
		Headline: v.segments(it.Title, news.FieldTitle, it.Verdict.Evidence, 1000), Marked: v.segments(it.Text, news.FieldText, it.Verdict.Evidence, maxText),
	}
	p.Reasons, p.MoreReasons = bounded(v.reasons(it.Verdict.Evidence), maxReasons)
	for _, m := range it.Verdict.Matches {
		list, _ := bounded(v.reasons(m.Evidence), 12)
		for i := range list { // the topic stands above
			if g := m.Evidence[i].Why; g.Kind() == news.GroundTopicIn && len(g.Values()) == 2 {
				list[i].Why = v.tongue.PartOfItem(g.Values()[1])
			}
		}
		p.Matches = append(p.Matches, matchView{topicLink{topicURL(m.Topic), v.Topic(m.Topic)}, m.Score, list})
	}
	if it.Story != "" {
		p.Story = storyURL(it.Story)
	}
	if it.CopyOf != "" {
		p.CopyOf = itemURL(it.CopyOf)
	}
	if it.Revises != "" {
		p.Revises = itemURL(it.Revises)
	}
	for _, f := range it.Figures[:min(len(it.Figures), 40)] {
		p.Figures = append(p.Figures, figureLine{
			figureURL(f.Indicator), v.tongue.Subject(f.Indicator, f.Period), v.tongue.Value(f), v.tongue.Change(f.Change), render.Tidy(f.Sentence, 500),
		})
	}
	var err error
	if p.Later, err = s.wordings(it); err != nil {
		return p, err
	}
	p.Answers, err = s.answersOn(it.ID)
	p.Judge = judging{it.ID, itemURL(it.ID), ""}
	return p, err
}

// reasons are the parts of a score, as they were added.
func (v *view) reasons(es []news.Evidence) []reason {
	var out []reason
	for _, e := range es {
		out = append(out, reason{render.Tidy(e.Form, 80), v.Concept(e.Concept), v.Because(e.Why), e.Points})
	}
	return out
}

// answersOn are the answers on an item, the last ones when there are many.
func (s *server) answersOn(id string) ([]answerView, error) {
	all, err := s.o.Store.Answers()
	if err != nil {
		return nil, err
	}
	var out []answerView
	for _, a := range all {
		if a.Item != id {
			continue
		}
		x := answerView{Who: render.Tidy(a.Who, 60), At: a.At}
		x.Yes, _ = a.Relevant()
		for _, m := range a.Marks {
			if m.Topic != "" && m.Yes {
				x.All += " +" + render.Tidy(m.Topic, 60)
			} else if m.Topic != "" {
				x.All += " −" + render.Tidy(m.Topic, 60)
			}
		}
		out = append(out, x)
	}
	return out[max(0, len(out)-20):], nil
}
