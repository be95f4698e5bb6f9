package web

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/render"
)

// languages are those the pages speak, in the order they are offered.
var languages = []news.Lang{news.En, news.Ru, news.Az}

// view is what every template is given: the page's own data, and the words, times and
// links of one reader.
type view struct {
	Title   string
	Lang    news.Lang
	W       *words
	Path    string // of the request, to mark the current page
	Version string
	Atom    bool
	Stories bool   // whether there is a feed of stories
	Alt     string // address of an Atom feed of this page, "" for none
	Write   bool   // whether this reader may answer
	Page    any

	s       *server
	r       *http.Request
	tongue  render.Tongue
	now     time.Time
	query   url.Values
	chosen  bool // the language was asked for by ?lang=, and stays in links
	status  int
	user    string
	section string // first part of Path
}

// view reads who asks: the language of ?lang=, else the best of Accept-Language.
func (s *server) view(r *http.Request) *view {
	q := r.URL.Query()
	l, chosen := news.Lang(q.Get("lang")), true
	if tables[l] == nil {
		l, chosen = accepted(r.Header.Get("Accept-Language")), false
	}
	zone := ""
	if ds := s.schedules(); len(ds) > 0 {
		zone = ds[0].Zone
	}
	user, _ := s.whoAsks(r) // a stranger was sent away
	section, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	return &view{
		Lang: l, W: tables[l], Path: r.URL.Path, Version: s.o.Version, Atom: s.o.Atom != nil, Stories: s.o.Stories != nil, Write: s.mayWrite(),
		s: s, r: r, tongue: render.In(l, zone), now: s.o.Now(), query: q, chosen: chosen, status: http.StatusOK, user: user, section: section,
	}
}

// accepted is the language of an Accept-Language header that we speak and that the
// reader likes best; English when there is none.
func accepted(header string) news.Lang {
	best, liking := news.En, 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		q := 1.0
		if v, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			q, _ = strconv.ParseFloat(v, 64) // of a value that is none nothing is liked
		}
		primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if l := news.Lang(primary); tables[l] != nil && q > liking {
			best, liking = l, q
		}
	}
	return best
}

// render writes a page whole or, when its template fails, not at all.
func (s *server) render(w http.ResponseWriter, v *view, name, title string, page any) {
	v.Title, v.Page = title, page
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout", v); err != nil {
		s.o.Logger.Error("page not made", "url", v.Path, "err", err)
		http.Error(w, "the page could not be made; the log says why", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Language", string(v.Lang))
	w.Header().Set("Vary", "Accept-Language")
	if v.status != http.StatusOK {
		send(w, v.status, "text/html; charset=utf-8", b.Bytes())
		return
	}
	sendIfNew(w, v.r, "text/html; charset=utf-8", b.Bytes(), asking, time.Time{})
}

// say answers with a page of one sentence.
func (s *server) say(w http.ResponseWriter, v *view, status int, title, words string) {
	v.status = status
	s.render(w, v, "message", title, words)
}

// missing answers that there is no such thing.
func (s *server) missing(w http.ResponseWriter, v *view, words string) {
	s.say(w, v, http.StatusNotFound, v.W.NotFound, words)
}

// fail answers a request that the store could not serve.
func (s *server) fail(w http.ResponseWriter, v *view, err error) {
	s.o.Logger.Error("page not made", "url", v.Path, "err", err)
	s.say(w, v, http.StatusInternalServerError, v.W.Unreadable, v.W.UnreadableSay)
}

// To is the address of one of our pages in the reader's language.
func (v *view) To(path string) string {
	if path == "" {
		return ""
	}
	path = v.Root(path)
	if !v.chosen {
		return path
	}
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	return path + sep + "lang=" + string(v.Lang)
}

// In is the address of this page in another language.
func (v *view) In(l string) string {
	q := url.Values{}
	for k, vs := range v.query {
		q[k] = vs
	}
	q.Set("lang", l)
	return v.Root(v.Path) + "?" + q.Encode()
}

// Chosen is the language that a form must keep, "" for none.
func (v *view) Chosen() news.Lang {
	if v.chosen {
		return v.Lang
	}
	return ""
}

// Change is the address of this page with one value of the question changed; "" takes it out.
func (v *view) Change(key, value string) string {
	q := url.Values{}
	for k, vs := range v.query {
		q[k] = vs
	}
	q.Del("before") // another question begins at its beginning
	q.Del("after")
	q.Set(key, value)
	if value == "" {
		q.Del(key)
	}
	if len(q) == 0 {
		return v.Root(v.Path)
	}
	return v.Root(v.Path) + "?" + q.Encode()
}

// Languages are the languages to choose from.
func (v *view) Languages() []choice {
	var out []choice
	for _, l := range languages {
		out = append(out, choice{Value: string(l), Name: tables[l].Self, Chosen: l == v.Lang})
	}
	return out
}

// choice is one of several things to choose from.
type choice struct {
	Value, Name string
	Chosen      bool
}

// navItem is a link of the navigation.
type navItem struct {
	Path, Name string
	Current    bool
}

// Nav is the navigation.
func (v *view) Nav() []navItem {
	out := []navItem{
		{Path: "/", Name: v.W.Today},
		{Path: "/stories", Name: v.W.Stories},
		{Path: "/topics", Name: v.W.Topics},
		{Path: "/figures", Name: v.W.Figures},
		{Path: "/timeline", Name: v.W.Timeline},
		{Path: "/search", Name: v.W.Search},
		{Path: "/feeds", Name: v.W.Feeds},
		{Path: "/deliveries", Name: v.W.Deliveries},
		{Path: "/whynot", Name: v.W.WhyNot},
	}
	for i, n := range out {
		first := strings.TrimPrefix(n.Path, "/")
		out[i].Current = first == v.section || n.Path == "/" && v.section == "day"
	}
	return out
}

// moment is a time as a machine and as a reader reads it.
type moment struct{ ISO, Text string }

// At is a time; a zero one has no text.
func (v *view) At(t time.Time) moment {
	if t.IsZero() {
		return moment{}
	}
	return moment{t.UTC().Format(time.RFC3339), t.In(v.tongue.Location()).Format("2006-01-02 15:04")}
}

// Clock is a time of a day that is known.
func (v *view) Clock(t time.Time) moment {
	return moment{t.UTC().Format(time.RFC3339), t.In(v.tongue.Location()).Format("15:04")}
}

// Zone says what zone the times of the page are in.
func (v *view) Zone() string { return v.tongue.Zone(v.now) }

// dayOf is the reader's day of a time.
func (v *view) dayOf(t time.Time) string {
	return t.In(v.tongue.Location()).Format(time.DateOnly)
}

// Count is how many of what, in the form that goes with the number.
func (v *view) Count(p plural, n int) string {
	return fmt.Sprintf(p[v.tongue.Form(n)], v.tongue.Number(float64(n)))
}

// Num is a number as the language writes it.
func (v *view) Num(n int) string { return v.tongue.Number(float64(n)) }

// Points are points to the hundredth.
func (v *view) Points(f float64) string {
	s := strings.Replace(strconv.FormatFloat(f, 'f', 2, 64), "-", "−", 1)
	if v.Lang != news.En {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// Signed are points that add to others.
func (v *view) Signed(f float64) string {
	if f >= 0 {
		return "+" + v.Points(f)
	}
	return v.Points(f)
}

// Topic is the name of a topic.
func (v *view) Topic(slug string) string {
	if name, ok := v.tongue.Topic(slug); ok {
		return name
	}
	if v.s.o.Read != nil {
		if _, cl, err := v.s.o.Read(); err == nil {
			for _, t := range cl.Topics() {
				if name := t.Names[v.Lang]; t.Slug == slug && name != "" {
					return render.Tidy(name, 80)
				}
			}
		}
	}
	return render.Tidy(slug, 80)
}

// Quoted puts words into the quotation marks of the reader's language.
func (v *view) Quoted(s string) string { return v.tongue.Quoted(s) }

// Because words why something was decided.
func (v *view) Because(g news.Ground) string { return v.tongue.Ground(g, v.known) }

// known is the name of a concept by its id, "" for what is none. Without the lexicon all
// is called as it is written.
func (v *view) known(id string) string {
	if v.s.o.Read == nil || !strings.Contains(id, "/") {
		return ""
	}
	lx, _, err := v.s.o.Read()
	if err != nil {
		return ""
	}
	if c, ok := lx.Concept(id); ok {
		return render.Tidy(c.Name(v.Lang), 80)
	}
	return ""
}

// Concept is what evidence calls the thing that it found: a concept by its name, a cue of
// a topic in words, and a stem as it is.
func (v *view) Concept(id string) string {
	return cmp.Or(v.W.Cues[id], v.known(id), render.Tidy(id, 80))
}

// Side is the name of a side.
func (v *view) Side(s news.Side) string {
	if name := v.W.Sides[s]; name != "" {
		return name
	}
	return v.W.Sides[news.SideOther]
}

// SideClass is the style of a side.
func (v *view) SideClass(s news.Side) string {
	switch s {
	case news.SideAz, news.SideRu:
		return "side " + string(s)
	}
	return "side other"
}

// Tongue is a language in a word, "" for the reader's own.
func (v *view) Tongue(l news.Lang) string { return v.W.Langs[l] }

// Span is a length of time in words, rounded to what matters.
func (v *view) Span(d time.Duration) string {
	switch d = d.Abs(); {
	case d < time.Hour:
		return v.Count(v.W.Minutes, int(d/time.Minute))
	case d < 48*time.Hour:
		return v.Count(v.W.Hours, int(d/time.Hour))
	}
	return v.Count(v.W.Days, int(d/(24*time.Hour)))
}

// Distance is how far t is from now, in words; "" for a zero time.
func (v *view) Distance(t time.Time) string {
	switch d := t.Sub(v.now); {
	case t.IsZero():
		return ""
	case d >= time.Minute:
		return fmt.Sprintf(v.W.In, v.Span(d))
	case d <= -time.Minute:
		return fmt.Sprintf(v.W.Ago, v.Span(d))
	}
	return v.W.Now
}

// Say puts what is said into a sentence of ours.
func (v *view) Say(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// Tidy bounds words from outside.
func (v *view) Tidy(s string, n int) string { return render.Tidy(s, n) }

// Link is an address from outside that a page may link to, "" otherwise.
func (v *view) Link(raw string) string { return render.Link(raw) }

// HTMLLang is a language as HTML names it, "" when it is not known.
func (v *view) HTMLLang(l news.Lang) string {
	if l == news.Other {
		return ""
	}
	return string(l)
}

// Of is the view that a part of a page is given: the same reader, other data.
func (v *view) Of(page any) *view {
	part := *v
	part.Page = page
	return &part
}

// Source is the view of a source of a story.
func (v *view) Source(x news.Source) *view {
	return v.Of(struct {
		Outlet, Link string
		Lang         news.Lang
		At           time.Time
	}{render.Tidy(x.Outlet, 80), render.Link(x.URL), x.Lang, earliest(x)})
}

// earliest is when a source published, or was seen where that is not known.
func earliest(x news.Source) time.Time {
	if x.Published.IsZero() {
		return x.FirstSeen
	}
	return x.Published
}

// Choose is the view of a list to choose from in a form.
func (v *view) Choose(name, label string, list []choice) *view {
	return v.Of(struct {
		Name, Label string
		List        []choice
	}{name, label, list})
}

// Now is the moment the page was made.
func (v *view) Now() time.Time { return v.now }

// Day is the reader's day of a time, "" for none.
func (v *view) Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return v.dayOf(t)
}
