package digest

import (
	"cmp"
	"slices"
	"time"

	"samur/internal/news"
)

// readItems bounds the items of one story that are read. The others are still counted,
// listed among the sources and told of in the ledger; they are only not quoted.
const readItems = 60

// candidate is a story as this digest sees it: without what arrived after the
// window, and parted into what the reader was told and what is new.
type candidate struct {
	story   *Story
	members members               // those in view, in order of arrival
	items   map[string]*news.Item // their stored items
	told    members               // those that this digest has told
	waiting members               // those that came in an earlier window and were not told: the caps held them
	arrived members               // members of the window: what the ledger must account for
	parted  members               // those of an earlier window that were counted as repeated of another story
	fresh   members               // those of arrived and parted that this digest has not told yet

	returns     bool      // this digest told the story before
	before      time.Time // the slot where it did last
	corrections []news.Correction
	old         []*news.Item // originals that a returning story was told with
	tell        []*news.Item // originals that the entry may quote

	topics   []string     // told topics that it belongs to, strongest first
	reason   news.Reason  // why it returns
	behind   []*news.Item // the items that give the reason
	lead     *news.Item   // the item that stands for it
	headline news.Quote
	actors   []string
	weight   float64            // of those who are named up front
	figures  []news.FigurePoint // of the fresh items, each once
	differs  []news.Difference  // known once its entry is written
	rank     []news.Term
	total    float64
}

// members are some members of a story.
type members []news.Member

func (ms members) ids() []string {
	out := make([]string, len(ms))
	for i, m := range ms {
		out[i] = m.Item
	}
	return out
}

// voices returns the outlets that report by themselves, in order of arrival.
func (ms members) voices() []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range ms {
		if m.CopyOf == "" && !seen[m.Outlet] {
			seen[m.Outlet] = true
			out = append(out, m.Outlet)
		}
	}
	return out
}

// sides returns the sides that have reported, copies included: a newsroom that
// passes on another's text is not silent.
func (ms members) sides() map[news.Side]bool {
	out := map[news.Side]bool{}
	for _, m := range ms {
		out[m.Side] = true
	}
	return out
}

// view cuts a story to the window.
func (b *builder) view(s *Story) *candidate {
	c := &candidate{story: s, items: map[string]*news.Item{}}
	for _, m := range s.Members {
		if m.Seq <= b.Window.To.Item {
			c.members = append(c.members, m)
		}
	}
	slices.SortFunc(c.members, func(x, y news.Member) int {
		return cmp.Or(cmp.Compare(x.Seq, y.Seq), cmp.Compare(x.Item, y.Item))
	})
	last, told := b.toldUpto(s)
	c.returns, c.before = told, last.Slot
	for _, m := range c.members {
		inWindow := m.Seq > b.Window.From.Item
		if inWindow {
			c.arrived = append(c.arrived, m)
		}
		switch {
		case told && m.Seq <= last.Upto:
			c.told = append(c.told, m)
		case inWindow:
			c.fresh = append(c.fresh, m)
		case slices.Contains(s.Parted, m.Item):
			c.parted, c.fresh = append(c.parted, m), append(c.fresh, m)
		default:
			c.waiting = append(c.waiting, m)
		}
	}
	for i := range s.Items {
		if it := &s.Items[i]; c.items[it.ID] == nil {
			c.items[it.ID] = it
		}
	}
	b.correct(c)
	return c
}

// toldUpto returns the mark of the place up to which this digest has told s. A mark
// that this very slot or a later one left does not count, so that an edition can be
// built again; that of an edition which closed before the window always does.
func (b *builder) toldUpto(s *Story) (last news.Told, told bool) {
	for _, t := range s.Told {
		if t.Digest == b.Slot.Digest && (t.Upto <= b.Window.From.Item || t.Slot.Before(b.Slot.At)) && (!told || t.Upto >= last.Upto) {
			last, told = t, true
		}
	}
	return last, told
}

// gather finds the items that c is told from: the fresh ones, and those that came
// earlier and were held back. They had a line at most, so that what they say is still
// to be told; but they bring no story back by themselves. Copies are quoted only when
// nothing else is at hand.
func (c *candidate) gather() {
	fresh, waiting := c.originals(), c.stored(c.waiting, true)
	room := readItems - len(fresh)
	c.tell = slices.Concat(waiting[max(0, len(waiting)-room):], fresh)
	if c.returns {
		old := c.stored(c.told, true)
		c.old = old[max(0, len(old)-readItems):]
		return
	}
	if len(c.tell) == 0 {
		copies := c.stored(c.members, false)
		c.tell = copies[:min(len(copies), readItems)]
	}
}

// originals returns the fresh items with words of their own.
func (c *candidate) originals() []*news.Item {
	out := c.stored(c.fresh, true)
	return out[:min(len(out), readItems)]
}

// untold returns the members that this digest has not told, in order of arrival.
func (c *candidate) untold() members { return slices.Concat(c.waiting, c.fresh) }

// stored returns the items of ms that have words, originals alone or all.
func (c *candidate) stored(ms members, originals bool) []*news.Item {
	var out []*news.Item
	for _, m := range ms {
		if it := c.items[m.Item]; it != nil && (it.Title != "" || it.Text != "") && (!originals || m.CopyOf == "") {
			out = append(out, it)
		}
	}
	return out
}
