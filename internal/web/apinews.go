package web

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"samur/internal/figures"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
	"samur/internal/store"
	"samur/internal/timeline"
)

// reader reads stories within the bounds of one answer.
func (s *server) reader() (records.Reader, error) {
	lx, _, err := s.read()
	if err != nil {
		return records.Reader{}, err
	}
	var feeds []news.Feed
	if s.o.Feeds != nil {
		feeds = s.o.Feeds()
	} else if feeds, _, err = s.feedsKnown(); err != nil {
		return records.Reader{}, err
	}
	return records.Reader{
		Store: s.o.Store, Lexicon: lx, Feeds: feeds, Seeds: s.o.Seeds, Now: s.o.Now(), Members: maxMembers, Polls: maxPolls,
	}, nil
}

// apiStories lists stories. With a topic or side no more than maxSought are looked at;
// "next" leads on from there, so that a page can be empty and not the last.
func (s *server) apiStories(q asked) (any, onward, error) {
	rd, err := s.reader()
	if err != nil {
		return nil, onward{}, err
	}
	rd.Members = maxListed
	limit, topic, side := int(q.Number("limit")), q.Text("topic"), news.Side(q.Text("side"))
	look := limit
	if topic != "" || side != "" {
		look = maxSought
	}
	found, err := s.o.Store.Stories(store.StoryQuery{Since: q.Day("since"), Before: q.Number("before"), Limit: look + 1})
	if err != nil {
		return nil, onward{}, err
	}
	out := []records.Story{}
	for i, st := range found {
		if len(out) == limit || i == look {
			return out, onward{"before", store.Newest(found[i-1])}, nil
		}
		if side != "" && !slices.ContainsFunc(st.Members, func(m news.Member) bool { return m.Side == side }) {
			continue
		}
		ok, err := s.isOn(st, topic)
		if err != nil {
			return nil, onward{}, err
		}
		if !ok {
			continue
		}
		o, err := rd.Listed(st)
		if err != nil {
			return nil, onward{}, err
		}
		out = append(out, o)
	}
	return out, onward{}, nil
}

// isOn reports whether a report of a story has a topic, "" for any. It looks at no
// more than a page of the story shows.
func (s *server) isOn(st news.Story, topic string) (bool, error) {
	if topic == "" {
		return true, nil
	}
	var seqs []uint64
	for _, m := range st.Members[:min(len(st.Members), maxMembers)] {
		seqs = append(seqs, m.Seq)
	}
	reports, err := s.o.Store.TraitsAt(seqs)
	return slices.ContainsFunc(reports, func(x store.Traits) bool { return slices.Contains(x.Topics, topic) }), err
}

func (s *server) apiStory(q asked) (any, onward, error) {
	st, err := s.o.Store.Story(q.r.PathValue("id"))
	if errors.Is(err, news.ErrNotFound) {
		return nil, onward{}, errNoSuch("There is no such story; /api/v1/stories lists those there are.")
	}
	if err != nil {
		return nil, onward{}, err
	}
	rd, err := s.reader()
	if err != nil {
		return nil, onward{}, err
	}
	x, err := rd.Dossier(st)
	if err != nil {
		return nil, onward{}, err
	}
	out := x.Record()
	out.Voices = st.Voices()
	return out, onward{}, nil
}

func (s *server) apiFigures(q asked) (any, onward, error) {
	names, err := s.indicators()
	if err != nil {
		return nil, onward{}, err
	}
	names, next := part(names, q)
	out := []records.Indicator{}
	for _, name := range names {
		ps, all, err := s.points(name, maxPoints)
		if err != nil {
			return nil, onward{}, err
		}
		if len(ps) > 0 {
			few := newest(ps, maxPoints)
			o := records.IndicatorOf(name, figures.Series(few))
			o.Values += all - len(few)
			out = append(out, o)
		}
	}
	return out, next, nil
}

func (s *server) apiPoints(q asked) (any, onward, error) {
	ps, _, err := s.points(q.r.PathValue("indicator"), maxCSV)
	if err != nil {
		return nil, onward{}, err
	}
	if len(ps) == 0 {
		return nil, onward{}, errNoSuch("No item and no seed document has a value of this indicator; /api/v1/figures lists those there are.")
	}
	ps = newest(ps, maxCSV)
	series, next := part(figures.Series(ps), q)
	out := []records.Point{}
	for _, p := range series {
		out = append(out, records.PointOf(p))
	}
	return out, next, nil
}

// nobody says that nobody goes by a name, and who may have been meant.
func nobody(lx *lexicon.Lexicon, name string, l news.Lang) errNoSuch {
	var near []string
	for _, c := range timeline.Near(lx, name) {
		near = append(near, c.Name(l)+" ("+c.ID+")")
	}
	if len(near) == 0 {
		return errNoSuch("The lexicon has no person, office, body or country called " + render.Tidy(name, 80) + ".")
	}
	return errNoSuch("The lexicon has no person, office, body or country called " + render.Tidy(name, 80) + "; near it are " + strings.Join(near, ", ") + ".")
}

func (s *server) apiTimeline(q asked) (any, onward, error) {
	lx, _, err := s.read()
	if err != nil {
		return nil, onward{}, err
	}
	c := timeline.Choice{Kind: news.EventKind(q.Text("kind")), From: q.Text("from"), To: q.Text("to")}
	if c.From == "" && c.To == "" {
		c.From = s.o.Now().UTC().AddDate(0, 0, -30).Format(time.DateOnly)
	}
	if name := q.Text("who"); name != "" {
		if c.Who = timeline.Who(lx, name); len(c.Who) == 0 {
			return nil, onward{}, nobody(lx, name, cmp.Or(news.Lang(q.Text("lang")), news.En))
		}
	}
	ms, err := s.o.Store.Mentions(c.Around())
	if err != nil {
		return nil, onward{}, err
	}
	all := slices.DeleteFunc(timeline.Merge(ms), func(o news.Occasion) bool { return !c.Takes(o) })
	shown, next := part(all, q)
	l := cmp.Or(news.Lang(q.Text("lang")), news.En)
	out := []records.Occasion{}
	for _, o := range shown {
		out = append(out, records.OccasionOf(o, func(id string) string {
			if x, ok := lx.Concept(id); ok {
				return x.Name(l)
			}
			return id
		}))
	}
	return out, next, nil
}
