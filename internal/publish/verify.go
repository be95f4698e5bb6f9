package publish

import (
	"errors"
	"fmt"
	"strings"

	"samur/internal/news"
	"samur/internal/store"
)

// Verify counts the window of a stored edition anew and returns what does not agree
// with it, in words; nothing when all is well. What retention has let go since is
// left out of the comparison.
func Verify(st *store.Store, d news.Digest) ([]string, error) {
	v := &verifier{store: st, d: d, told: map[string]string{}}
	if !d.Ledger.Balances() {
		l := d.Ledger
		v.fault("seen %d is not told %d + held %d + repeated %d + rejected %d", l.Seen+l.Parted, l.Told, l.Held, l.Repeated, l.Rejected)
	}
	for _, step := range []func() error{v.polls, v.items, v.entries, v.joins} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("verify digest %s: %w", d.Slot, err)
		}
	}
	return v.faults, nil
}

type verifier struct {
	store  *store.Store
	d      news.Digest
	told   map[string]string // item id -> story that tells it
	faults []string
}

func (v *verifier) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Sprintf(format, args...))
}

// polls compares what the polls of the window read, while all of them are kept.
func (v *verifier) polls() error {
	w := v.d.Window
	l, err := pollLedger(v.store, w, func(news.Attempt) bool { return true })
	if err != nil || uint64(l.Polls) < w.To.Pass-w.From.Pass {
		return err
	}
	if l.Polls != v.d.Ledger.Polls || l.Seen != v.d.Ledger.Seen {
		v.fault("the store has %d polls with %d entries in the window, the ledger says %d and %d", l.Polls, l.Seen, v.d.Ledger.Polls, v.d.Ledger.Seen)
	}
	if l.Repeated > v.d.Ledger.Repeated {
		v.fault("the store has %d entries that were known already, the ledger says %d", l.Repeated, v.d.Ledger.Repeated)
	}
	return nil
}

// items compares how many new items the window has, while all of them are kept.
func (v *verifier) items() error {
	w, l := v.d.Window, v.d.Ledger
	var rest news.Ledger
	n := 0
	err := v.store.ItemsBetween(w.From.Item, w.To.Item, func(it news.Item) bool {
		n++
		if it.Story == "" {
			rest.Rejected++
		}
		return true
	})
	if err != nil || uint64(n) < w.To.Item-w.From.Item {
		return err
	}
	if told := l.Told + l.Held - l.Parted; told > n-rest.Rejected {
		v.fault("the window has %d items in stories, but %d were told or held", n-rest.Rejected, told)
	}
	if rest.Rejected > l.Rejected {
		v.fault("the window has %d items in no story, the ledger says %d were rejected", rest.Rejected, l.Rejected)
	}
	return nil
}

// entries checks that what is told was new, is told once, and is quoted.
func (v *verifier) entries() error {
	told, held := 0, 0
	for _, s := range v.d.Sections {
		for _, e := range s.Entries {
			told += len(e.Items)
			v.once(e.Story, e.Items)
			for _, q := range quotesOf(e) {
				if err := v.quoted(q); err != nil {
					return err
				}
			}
		}
	}
	for _, h := range v.d.Held {
		held += len(h.Items)
		v.once(h.Story, h.Items)
		if err := v.quoted(h.Headline); err != nil {
			return err
		}
	}
	for _, m := range v.d.Ahead {
		if err := v.quoted(m.Quote); err != nil {
			return err
		}
	}
	if q := v.d.Question; q != nil {
		v.once("the question", []string{q.Headline.Item}) // who is told need not be asked
		if err := v.quoted(q.Headline); err != nil {
			return err
		}
	}
	if told != v.d.Ledger.Told || held != v.d.Ledger.Held {
		v.fault("the edition tells %d items and holds %d, the ledger says %d and %d", told, held, v.d.Ledger.Told, v.d.Ledger.Held)
	}
	return nil
}

// quotesOf returns all that an entry has in the words of its sources.
func quotesOf(e news.Entry) []news.Quote {
	out := append([]news.Quote{e.Headline}, e.Quotes...)
	for _, k := range e.Corrections {
		out = append(out, news.Quote{Item: k.Item, Text: k.Old}, news.Quote{Item: k.Item, Text: k.New})
	}
	if e.Coverage != nil {
		for _, w := range e.Coverage.Words {
			out = append(out, w.Quote)
		}
	}
	return out
}

func (v *verifier) once(story string, items []string) {
	for _, id := range items {
		if other, twice := v.told[id]; twice {
			v.fault("item %s is told in story %s and in story %s", id, other, story)
		}
		v.told[id] = story
	}
}

// quoted checks that the words of q stand in the item they are said to be from, in
// its first wording or a later one.
func (v *verifier) quoted(q news.Quote) error {
	it, err := v.store.Item(q.Item)
	if errors.Is(err, news.ErrNotFound) {
		return nil // its text was let go
	}
	if err != nil {
		return err
	}
	if strings.Contains(it.Title, q.Text) || strings.Contains(it.Text, q.Text) {
		return nil
	}
	revisions, err := v.store.Revisions(q.Item)
	if err != nil {
		return err
	}
	for _, r := range revisions {
		if strings.Contains(r.Title, q.Text) || strings.Contains(r.Text, q.Text) {
			return nil
		}
	}
	v.fault("%q is quoted from item %s, which does not say so", q.Text, q.Item)
	return nil
}

// joins checks that the window begins where the one before ended, and that what is
// new here was not told there.
func (v *verifier) joins() error {
	all, err := v.store.Digests(v.d.Slot.Digest, 0)
	if err != nil {
		return err
	}
	for i, d := range all {
		if d.Slot != v.d.Slot || i+1 == len(all) {
			continue
		}
		if before := all[i+1]; before.Window.To != v.d.Window.From {
			v.fault("the window begins at %v, the one before ended at %v", v.d.Window.From, before.Window.To)
		}
	}
	return nil
}
