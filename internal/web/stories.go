package web

import (
	"cmp"
	"errors"
	"net/http"
	"strconv"
	"time"

	"samur/internal/news"
	"samur/internal/render"
	"samur/internal/store"
)

// perPage is how many rows a page of a list has.
const perPage = 40

// maxRead is how many members of a story are read for its row.
const maxRead = 6

// storyRow is a story in a list.
type storyRow struct {
	URL, Title  string
	Lang        news.Lang
	First, Last time.Time
	Items       int
	Voices      int
	Sides       []news.Side // in the order they came
	Langs       []news.Lang
	Topics      []topicLink
	Told        bool
}

// storiesPage is a page of the list of stories.
type storiesPage struct {
	Rows  []storyRow
	More  string // address of the next page, "" for none
	Later bool   // not the first page
}

// stories lists the stories, the one with the newest report first.
func (s *server) stories(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	before, _ := strconv.ParseUint(r.URL.Query().Get("before"), 10, 64) // of what is no number: from the newest on
	found, err := s.o.Store.Stories(store.StoryQuery{Before: before, Limit: perPage + 1})
	if err != nil {
		s.fail(w, v, err)
		return
	}
	page := storiesPage{Later: before > 0}
	if len(found) > perPage {
		found = found[:perPage]
		page.More = v.Change("before", strconv.FormatUint(store.Newest(found[perPage-1]), 10))
	}
	for _, st := range found {
		row, err := s.storyRow(v, st)
		if err != nil {
			s.fail(w, v, err)
			return
		}
		page.Rows = append(page.Rows, row)
	}
	s.render(w, v, "stories", v.W.Stories, page)
}

// storyRow makes the row of a story. Its title is that of its earliest report in the
// reader's language, or of its earliest.
func (s *server) storyRow(v *view, st news.Story) (storyRow, error) {
	row := storyRow{URL: storyURL(st.ID), First: st.First, Last: st.Last, Items: len(st.Members), Voices: st.Voices(), Told: len(st.Told) > 0}
	sides, langs := map[news.Side]bool{}, map[news.Lang]bool{}
	for _, m := range st.Members {
		if !sides[m.Side] {
			sides[m.Side] = true
			row.Sides = append(row.Sides, m.Side)
		}
		if !langs[m.Lang] {
			langs[m.Lang] = true
			row.Langs = append(row.Langs, m.Lang)
		}
	}
	it, err := s.spokesman(v, st)
	if err != nil {
		return row, err
	}
	row.Title, row.Lang = cmp.Or(render.Tidy(it.Title, 300), v.W.Untitled), it.Lang
	for _, m := range it.Verdict.Matches {
		row.Topics = append(row.Topics, topicLink{topicURL(m.Topic), v.Topic(m.Topic)})
	}
	return row, nil
}

// spokesman is the report whose headline a story goes by: the earliest in the reader's
// language that still has its text, else the earliest. It is empty when none has.
func (s *server) spokesman(v *view, st news.Story) (news.Item, error) {
	var first news.Item
	tried := 0
	for _, own := range []bool{true, false} {
		for _, m := range st.Members {
			if own != (m.Lang == v.Lang) || m.CopyOf != "" {
				continue
			}
			if tried++; tried > maxRead {
				return first, nil
			}
			it, err := s.o.Store.Item(m.Item)
			if err == nil {
				return it, nil
			}
			if !errors.Is(err, news.ErrNotFound) {
				return first, err
			}
		}
	}
	return first, nil
}
