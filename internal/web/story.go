package web

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/render"
)

// Bounds of the page of a story.
const (
	maxReports = 60   // reports read and shown
	maxCopies  = 30   // copies listed under one report
	maxMarked  = 8    // reports whose text is shown with its reasons
	markedText = 1500 // bytes of such a text
)

// storyPage is a story with all its reports.
type storyPage struct {
	ID          string
	First, Last time.Time
	Items       int
	Voices      int
	Series      string
	Sides       []sideTally
	Topics      []topicLink
	Reports     []*report
	More        int // reports left out
	Differs     []differsView
	Told        []telling
	State       string // where the story stands, "" when it cannot be read
	Since       time.Time
	Course      []step        // what later reports added
	Tells       []render.Line // how the sides tell it
}

// step is what one report added to a story.
type step struct {
	At        time.Time
	Source    news.Source
	FirstSide bool
	Sentence  quoteView
	Figures   []string
	Actors    []string
}

// sideTally is what one side told of a story.
type sideTally struct {
	Side    news.Side
	First   time.Time
	Outlet  string
	Lag     time.Duration // behind the story's first report
	Items   int
	Outlets int
}

// report is one item of a story.
type report struct {
	ID, URL   string // of the item's page
	Link      string // of the publisher's
	Outlet    string
	Side      news.Side
	Lang      news.Lang
	Title     string
	Published time.Time
	Seen      time.Time
	Lag       time.Duration
	Gone      bool // its text is not kept any more
	Why       string
	why       news.Ground
	Score     float64
	Copies    []*report
	Later     []wording
	Figures   []string
	Marked    []segment // the beginning of its text with the words that decided
	Headline  []segment
	Points    float64
}

// wording is a later wording of a report.
type wording struct {
	At       time.Time
	Title    string // "" when it stayed
	OldTitle string
	Changed  []change
	More     int    // changed sentences left out
	Says     string // what it says otherwise than the one before, "" for a matter of style
	Silent   bool   // the publisher did not say so
}

// change is a sentence that was replaced, added or taken away.
type change struct{ Old, New string }

// telling is one time that a story was told.
type telling struct {
	Name, URL string
	At        time.Time
	Items     int // reports known then
}

// story shows a story.
func (s *server) story(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	st, err := s.o.Store.Story(r.PathValue("id"))
	if errors.Is(err, news.ErrNotFound) {
		s.missing(w, v, v.W.NoSuchStory)
		return
	}
	if err != nil {
		s.fail(w, v, err)
		return
	}
	page, title, err := s.storyPage(v, st)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	s.render(w, v, "story", title, page)
}

// storyPage gathers a story.
func (s *server) storyPage(v *view, st news.Story) (*storyPage, string, error) {
	p := &storyPage{
		ID: st.ID, First: st.First, Last: st.Last, Items: len(st.Members), Voices: st.Voices(), Series: render.Tidy(st.Series, 120),
	}
	members := slices.Clone(st.Members)
	slices.SortStableFunc(members, func(a, b news.Member) int { return a.FirstSeen.Compare(b.FirstSeen) })
	members, p.More = bounded(members, maxReports)
	var items []news.Item
	var reports []*report
	for _, m := range members {
		rep, it, err := s.report(v, m)
		if err != nil {
			return nil, "", err
		}
		if st.OpenedBy(m) { // what was noted when it came is why it belongs nowhere else
			rep.why, rep.Score = "", 0
		}
		reports, items = append(reports, rep), append(items, it)
	}
	byTime(reports)
	v.sayWhy(reports)
	p.Reports = folded(reports, members)
	v.mark(p.Reports, items)
	p.Sides = tallies(reports)
	p.Differs = s.differing(v, items)
	topics := map[string]bool{}
	for _, it := range items {
		for _, m := range it.Verdict.Matches {
			if !topics[m.Topic] {
				topics[m.Topic] = true
				p.Topics = append(p.Topics, topicLink{topicURL(m.Topic), v.Topic(m.Topic)})
			}
		}
	}
	for _, t := range st.Told {
		known := 0
		for _, m := range st.Members {
			if m.Seq <= t.Upto {
				known++
			}
		}
		slot := news.Slot{Digest: t.Digest, At: t.Slot}
		p.Told = append(p.Told, telling{render.Tidy(t.Digest, 60), dayURL(v, slot), t.Slot, known})
	}
	if err := s.addCoverage(v, p, st, items); err != nil {
		return nil, "", err
	}
	it, err := s.spokesman(v, st)
	return p, cmp.Or(render.Tidy(it.Title, 300), v.W.Untitled), err
}

// report reads one member of a story.
func (s *server) report(v *view, m news.Member) (*report, news.Item, error) {
	rep := &report{
		ID: m.Item, URL: itemURL(m.Item), Outlet: render.Tidy(m.Outlet, 80), Side: m.Side, Lang: m.Lang, Seen: m.FirstSeen,
		Published: m.FirstSeen, why: m.Why, Score: m.Score,
	}
	it, err := s.o.Store.Item(m.Item)
	if errors.Is(err, news.ErrNotFound) {
		rep.Gone, rep.Title = true, v.W.TextGone
		return rep, news.Item{}, nil
	}
	if err != nil {
		return nil, it, err
	}
	rep.Title, rep.Link, rep.Published, rep.Points = cmp.Or(render.Tidy(it.Title, 300), v.W.Untitled), render.Link(it.URL), it.Published, it.Verdict.Score
	for _, f := range it.Figures[:min(len(it.Figures), 6)] {
		rep.Figures = append(rep.Figures, v.tongue.Subject(f.Indicator, f.Period)+": "+v.tongue.Value(f))
	}
	rep.Later, err = s.wordings(it)
	return rep, it, err
}

// byTime orders reports by publication and tells how far each is behind the first.
func byTime(reports []*report) {
	slices.SortStableFunc(reports, func(a, b *report) int { return a.Published.Compare(b.Published) })
	for _, r := range reports {
		r.Lag = r.Published.Sub(reports[0].Published)
	}
}

// sayWhy words why each report belongs to the story. Other reports of it are called by
// their outlets.
func (v *view) sayWhy(reports []*report) {
	outlets := map[string]string{}
	for _, r := range reports {
		outlets[r.ID] = r.Outlet
	}
	for _, r := range reports {
		r.Why = v.tongue.Ground(r.why, func(x string) string { return cmp.Or(outlets[x], v.known(x)) })
	}
}

// folded puts every copy under the report whose text it repeats, where that is shown.
func folded(reports []*report, members []news.Member) []*report {
	of := map[string]string{}
	for _, m := range members {
		if m.CopyOf != "" {
			of[m.Item] = m.CopyOf
		}
	}
	byID := map[string]*report{}
	for _, r := range reports {
		byID[r.ID] = r
	}
	var out []*report
	for _, r := range reports {
		original := byID[of[r.ID]]
		if original == nil || of[original.ID] != "" || original == r {
			out = append(out, r)
			continue
		}
		if len(original.Copies) < maxCopies {
			original.Copies = append(original.Copies, r)
		}
	}
	return out
}

// mark shows the words that decided in the first reports.
func (v *view) mark(reports []*report, items []news.Item) {
	byID := map[string]news.Item{}
	for _, it := range items {
		byID[it.ID] = it
	}
	n := 0
	for _, r := range reports {
		it, ok := byID[r.ID]
		if !ok || r.Gone {
			continue
		}
		if n++; n > maxMarked {
			return
		}
		r.Headline = v.segments(it.Title, news.FieldTitle, it.Verdict.Evidence, 400)
		r.Marked = v.segments(it.Text, news.FieldText, it.Verdict.Evidence, markedText)
	}
}

// tallies counts what each side told, the one that told it first at the head.
func tallies(reports []*report) []sideTally {
	var out []sideTally
	outlets := map[string]bool{}
	for _, r := range reports { // in order of time
		i := slices.IndexFunc(out, func(t sideTally) bool { return t.Side == r.Side })
		if i < 0 {
			out, i = append(out, sideTally{Side: r.Side, First: r.Published, Outlet: r.Outlet, Lag: r.Lag}), len(out)
		}
		out[i].Items++
		if k := string(r.Side) + "\x00" + r.Outlet; !outlets[k] {
			outlets[k] = true
			out[i].Outlets++
		}
	}
	return out
}

// differing sets the values side by side that reports give for one thing and that
// cannot all be true.
func (s *server) differing(v *view, items []news.Item) []differsView {
	type subject struct{ indicator, period string }
	points := map[subject][]news.FigurePoint{}
	var order []subject
	for _, it := range items {
		for _, f := range it.Figures {
			k := subject{f.Indicator, f.Period}
			if points[k] == nil {
				order = append(order, k)
			}
			if !slices.ContainsFunc(points[k], func(p news.FigurePoint) bool { return figures.Same(p.Figure, f) }) {
				points[k] = append(points[k], news.FigurePoint{Item: it.ID, Outlet: it.Outlet, URL: it.URL, Published: it.Published, Figure: f})
			}
		}
	}
	var out []differsView
	for _, k := range order {
		ps := points[k]
		if k.period == "" || !slices.ContainsFunc(ps, func(p news.FigurePoint) bool { return !figures.Compatible(p.Figure, ps[0].Figure) }) {
			continue
		}
		out = append(out, v.differs(news.Difference{Indicator: k.indicator, Period: k.period, Values: ps}))
	}
	return out
}

// maxChanges bounds the changed sentences shown of one wording.
const maxChanges = 6

// wordings are the later wordings of an item, each beside the one before.
func (s *server) wordings(it news.Item) ([]wording, error) {
	later, err := s.o.Store.Revisions(it.ID)
	if err != nil {
		return nil, err
	}
	title, text := it.Title, it.Text
	var out []wording
	for _, r := range later[:min(len(later), 10)] {
		x := wording{At: r.At}
		if r.Title != title {
			x.Title, x.OldTitle = render.Tidy(r.Title, 300), render.Tidy(title, 300)
		}
		x.Changed, x.More = bounded(changed(text, r.Text), maxChanges)
		title, text = r.Title, r.Text
		out = append(out, x)
	}
	return out, nil
}

// changed lists the paragraphs of two texts that are not in both, those that stand at
// one place beside each other.
func changed(old, young string) []change {
	a, b := strings.Split(old, "\n"), strings.Split(young, "\n")
	lost := slices.DeleteFunc(slices.Clone(a), func(p string) bool { return slices.Contains(b, p) })
	fresh := slices.DeleteFunc(slices.Clone(b), func(p string) bool { return slices.Contains(a, p) })
	var out []change
	for i := range max(len(lost), len(fresh)) {
		var c change
		if i < len(lost) {
			c.Old = render.Tidy(lost[i], 400)
		}
		if i < len(fresh) {
			c.New = render.Tidy(fresh[i], 400)
		}
		out = append(out, c)
	}
	return out
}

// dayURL is the page of an edition on its day.
func dayURL(v *view, slot news.Slot) string {
	return "/day/" + v.dayOf(slot.At) + "?edition=" + escapeQuery(slot.String())
}
