package store

import (
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"samur/internal/news"
)

// PendingNotices returns what has changed in the health of the feeds since the keeper
// was last sent word of it, by feed. A feed that broke and healed in between has not
// changed.
func (s *Store) PendingNotices(now time.Time) ([]news.Notice, error) {
	var out []news.Notice
	err := s.view(func(tx *bbolt.Tx) error {
		return in(tx, "feeds").prefixed(nil, func(_, rec []byte) error {
			r, err := decodeFeed(rec)
			if err != nil {
				return err
			}
			out = append(out, r.notices(now)...)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read feed states: %w", err)
	}
	return out, nil
}

// notices are what the keeper has not been sent of a feed.
func (r feedRecord) notices(now time.Time) []news.Notice {
	st := r.state
	n := news.Notice{Feed: st.Feed, At: now, Advice: st.Advice}
	var out []news.Notice
	switch {
	case st.Notified != news.CauseNone && r.sent == news.CauseNone:
		n.Kind, n.Cause, n.Error, n.Since = news.NoticeBroke, st.Notified, st.Error, st.TroubleSince
		out = append(out, n)
	case st.Notified == news.CauseNone && r.sent != news.CauseNone:
		out = append(out, news.Notice{Feed: st.Feed, At: now, Kind: news.NoticeHealed, Cause: r.sent, Since: r.sentSince})
	}
	if st.Adopted != "" && st.Adopted != r.sentMove {
		n.Kind, n.Cause, n.Error, n.Since = news.NoticeMoved, news.CauseMoved, "", time.Time{}
		out = append(out, n)
	}
	return out
}

// SaveNotices notes that ns are on their way and adds the deliveries that carry them,
// in one transaction. What has changed since they were read is pending again.
func (s *Store) SaveNotices(ns []news.Notice, deliveries []news.Delivery) error {
	err := s.update(func(tx *bbolt.Tx) error {
		for _, n := range ns {
			if err := markSent(tx, n); err != nil {
				return err
			}
		}
		for _, d := range deliveries {
			if err := newDelivery(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save notices: %w", err)
	}
	return nil
}

func markSent(tx *bbolt.Tx, n news.Notice) error {
	r, err := feedRecordOf(tx, n.Feed, true)
	if err != nil {
		return err
	}
	switch n.Kind {
	case news.NoticeBroke:
		r.sent, r.sentSince = n.Cause, n.Since
	case news.NoticeHealed:
		r.sent, r.sentSince = news.CauseNone, time.Time{}
	case news.NoticeMoved:
		r.sentMove = r.state.Adopted
	}
	return putFeed(tx, r, r)
}
