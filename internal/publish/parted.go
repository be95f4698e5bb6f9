package publish

import (
	"errors"
	"slices"

	"samur/internal/digest"
	"samur/internal/news"
)

// part adds to the stories what an earlier edition took for a repetition of a story that
// it stood in then, and which stands in one now that this digest has not told: two events
// were one story for a while. What a line has told does not come back.
func (p *Publisher) part(in *digest.Input, plan Plan, last editions) error {
	all, err := p.o.Store.Parted()
	if err != nil || len(last) == 0 {
		return err
	}
	oldest := last[len(last)-1].Window.From.Item // a line that is older is not remembered
	for _, r := range all {
		if r.Seq <= oldest || r.Seq > in.Window.From.Item || last.held(r.Item) {
			continue
		}
		it, err := p.o.Store.Item(r.Item)
		if errors.Is(err, news.ErrNotFound) || err == nil && it.Story == "" {
			continue // let go
		}
		if err != nil {
			return err
		}
		if err := p.addParted(in, plan, it); err != nil {
			return err
		}
	}
	return nil
}

func (p *Publisher) addParted(in *digest.Input, plan Plan, it news.Item) error {
	i := slices.IndexFunc(in.Stories, func(s digest.Story) bool { return s.ID == it.Story })
	if i < 0 {
		st, err := p.story(it.Story)
		if errors.Is(err, news.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		i = len(in.Stories)
		in.Stories = append(in.Stories, st)
	}
	if _, told := in.Stories[i].ToldIn(plan.Name); !told {
		in.Stories[i].Parted = append(in.Stories[i].Parted, it.ID)
	}
	return nil
}

// held reports whether an edition had a line for an item.
func (es editions) held(item string) bool {
	return slices.ContainsFunc(es, func(d news.Digest) bool {
		return slices.ContainsFunc(d.Held, func(l news.Line) bool { return slices.Contains(l.Items, item) })
	})
}
