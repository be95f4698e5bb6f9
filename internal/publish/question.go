package publish

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"samur/internal/news"
)

// askWithin is how far below the line an item may be for a question: about what all
// that was learnt can move it by. Further down an answer would change nothing.
const askWithin = 0.5

// question chooses what to ask about: of the items of a window that were rejected by
// little, the one nearest to the line that nobody was asked about or has answered on,
// under its headline or by itself; of two that are as near, the one that came first. It is nil when there is none. The same
// store gives the same question.
func (p *Publisher) question(w news.Window) (*news.Question, error) {
	done, err := p.askedOrAnswered()
	if err != nil {
		return nil, err
	}
	var near []news.Item
	err = p.o.Store.ItemsBetween(w.From.Item, w.To.Item, func(it news.Item) bool {
		if it.Revises != "" {
			done[it.Revises] = true // it is relevant since
		}
		if gap := it.Verdict.Threshold - it.Verdict.Score; !it.Verdict.Relevant && !it.Archived && it.Title != "" && gap > 0 && gap <= askWithin {
			near = append(near, news.Item{ID: it.ID, Seq: it.Seq, Title: it.Title, URL: it.URL, Outlet: it.Outlet, Lang: it.Lang, Verdict: it.Verdict})
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	near = slices.DeleteFunc(near, func(it news.Item) bool { return done[it.ID] || done[strings.ToLower(it.Title)] })
	if len(near) == 0 {
		return nil, nil
	}
	it := slices.MinFunc(near, func(a, b news.Item) int {
		return cmp.Or(cmp.Compare(a.Verdict.Threshold-a.Verdict.Score, b.Verdict.Threshold-b.Verdict.Score), cmp.Compare(a.Seq, b.Seq))
	})
	return &news.Question{
		Headline: news.Quote{Text: it.Title, Item: it.ID, URL: it.URL, Outlet: it.Outlet, Lang: it.Lang},
		Score:    it.Verdict.Score, Threshold: it.Verdict.Threshold, Missing: it.Verdict.Missing,
		Yes: "samur judge " + it.ID + " yes", No: "samur judge " + it.ID + " no",
	}, nil
}

// askedOrAnswered returns the items that need no question any more, by their ids, and
// their headlines in small letters: another outlet's print of a report asks nothing new.
func (p *Publisher) askedOrAnswered() (map[string]bool, error) {
	asked, err := p.o.Store.Asked()
	if err != nil {
		return nil, err
	}
	answers, err := p.o.Store.Answers()
	if err != nil {
		return nil, err
	}
	done := make(map[string]bool, 2*(len(asked)+len(answers)))
	for id := range asked {
		done[id] = true
		it, err := p.o.Store.Item(id)
		if err != nil && !errors.Is(err, news.ErrNotFound) { // one whose text was let go has no headline
			return nil, err
		}
		done[strings.ToLower(it.Title)] = true
	}
	for _, a := range answers {
		done[a.Item], done[strings.ToLower(a.Title)] = true, true
	}
	return done, nil
}
