package store

import (
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// Members returns the items of some members of a story whose text is kept, as ms orders
// them. They are read by their places, which spares the search for their ids.
func (s *Store) Members(ms []news.Member) ([]news.Item, error) {
	items := make([]news.Item, 0, len(ms))
	err := s.view(func(tx *bbolt.Tx) error {
		for _, m := range ms {
			it, err := memberItem(tx, m)
			switch {
			case errors.Is(err, news.ErrNotFound): // pruned: old news of a story that goes on
			case err != nil:
				return fmt.Errorf("read item %q: %w", m.Item, err)
			default:
				items = append(items, it)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return items, nil
}

// memberItem reads the item of a member. One whose place another item has is looked for
// by its id.
func memberItem(tx *bbolt.Tx, m news.Member) (news.Item, error) {
	rec, err := in(tx, "items").get(k64(m.Seq))
	switch {
	case err != nil:
		return news.Item{}, err
	case rec == nil:
		return itemByID(tx, m.Item)
	}
	it, err := decodeItem(rec, m.Seq)
	if err == nil && it.ID != m.Item {
		return itemByID(tx, m.Item)
	}
	return it, err
}
