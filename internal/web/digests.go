package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/render"
)

// Bounds of the list of digests and of the Atom feed, per digest and in all.
const (
	listed = 60
	atomed = 30
)

// digestURL is the address of an edition on these pages, as it was sent.
func digestURL(slot news.Slot) string {
	return "/digest/" + url.PathEscape(slot.Digest) + "/" + slot.At.UTC().Format(time.RFC3339)
}

// latest returns the newest editions of every configured digest, at most n of each
// and newest first; of the last digest by name when none is configured.
func (s *server) latest(n int) ([]news.Digest, error) {
	names := []string{}
	for _, d := range s.schedules() {
		names = append(names, d.Name)
	}
	if len(names) == 0 {
		names = append(names, "")
	}
	var all []news.Digest
	for _, name := range names {
		ds, err := s.o.Store.Digests(name, n)
		if err != nil {
			return nil, err
		}
		all = append(all, ds...)
	}
	slices.SortStableFunc(all, func(a, b news.Digest) int {
		return cmp.Or(b.Slot.At.Compare(a.Slot.At), cmp.Compare(a.Slot.Digest, b.Slot.Digest))
	})
	return all, nil
}

func (s *server) schedules() []Schedule {
	if s.o.Digests == nil {
		return nil
	}
	return s.o.Digests()
}

// editionRow is one edition in a list.
type editionRow struct {
	Name  string
	Title string
	Lang  news.Lang
	URL   string // of the edition as it was sent
	Day   string // of the page of its day
	At    time.Time
	Late  bool
	Told  string
}

func rowOf(v *view, d news.Digest) editionRow {
	return editionRow{
		Name: render.Tidy(d.Slot.Digest, 60), Title: cmp.Or(render.Tidy(d.Title, 120), "–"), Lang: d.Lang, URL: digestURL(d.Slot), Day: dayURL(v, d.Slot),
		At: d.Slot.At, Late: d.Late, Told: v.Count(v.W.StoriesTold, d.Ledger.Stories) + ", " + v.Count(v.W.Reports, d.Ledger.Told),
	}
}

// digests lists the editions there are.
func (s *server) digests(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	ds, err := s.latest(listed)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	page := struct {
		Rows  []editionRow
		Bound int
	}{Bound: listed}
	for _, d := range ds {
		page.Rows = append(page.Rows, rowOf(v, d))
	}
	s.render(w, v, "digests", v.W.AllDigests, page)
}

// newest leads to the newest edition of all digests, as it was sent.
func (s *server) newest(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	slots, err := s.slots(time.Time{}, time.Time{}, 1)
	switch {
	case err != nil:
		s.fail(w, v, err)
	case len(slots) == 0:
		s.say(w, v, http.StatusNotFound, v.W.NotFound, v.W.NoDigestYet)
	default:
		http.Redirect(w, r, v.Root(digestURL(slots[0])), http.StatusFound)
	}
}

// bySlot leads to the edition whose slot is written as on the command line, the form
// that the Atom feed links to.
func (s *server) bySlot(w http.ResponseWriter, r *http.Request) {
	slot := r.PathValue("slot")
	i := strings.LastIndexByte(slot, '@')
	at, err := time.Parse(time.RFC3339, slot[i+1:])
	v := s.view(r)
	if err != nil || i < 1 {
		s.missing(w, v, v.W.SlotWritten)
		return
	}
	http.Redirect(w, r, v.To(dayURL(v, news.Slot{Digest: slot[:i], At: at})), http.StatusFound)
}

// edition shows a stored edition in the form that ?form= names, HTML by default.
func (s *server) edition(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	at, err := time.Parse(time.RFC3339, r.PathValue("at"))
	if err != nil {
		s.missing(w, v, v.W.SlotWritten)
		return
	}
	e, err := s.o.Store.Edition(news.Slot{Digest: r.PathValue("name"), At: at.UTC()})
	switch {
	case errors.Is(err, news.ErrNotFound):
		s.missing(w, v, v.W.NoSuchDigest)
		return
	case err != nil:
		s.fail(w, v, err)
		return
	}
	body, mediaType := form(e, r.URL.Query().Get("form"))
	switch {
	case mediaType == "":
		s.missing(w, v, v.W.NoSuchForm)
		return
	case len(body) == 0:
		s.missing(w, v, v.W.FormNotStored)
		return
	}
	w.Header().Set("Content-Security-Policy", policyDigest)
	sendIfNew(w, r, mediaType, body, hourly, e.Digest.Made)
}

// form returns the named form of e and its media type, which is "" for a form that
// does not exist.
func form(e news.Edition, name string) (body []byte, mediaType string) {
	switch name {
	case "", "html":
		if len(e.Page) > 0 {
			return e.Page, "text/html; charset=utf-8"
		}
		return e.HTML, "text/html; charset=utf-8"
	case "text":
		return e.Text, "text/plain; charset=utf-8"
	case "markdown":
		return e.Markdown, "text/markdown; charset=utf-8"
	case "json":
		return e.JSON, "application/json"
	}
	return nil, ""
}

// digestFeed answers with a feed of the newest editions, or of what they tell.
func (s *server) digestFeed(write func(ds []news.Digest, self, base string) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ds, err := s.latest(atomed)
		if err != nil {
			s.fail(w, s.view(r), err)
			return
		}
		base := s.baseOf(r)
		body, err := write(ds[:min(len(ds), atomed)], base+r.URL.Path, base)
		if err != nil {
			s.fail(w, s.view(r), err)
			return
		}
		var made time.Time
		if len(ds) > 0 && s.o.Now().Sub(ds[0].Made) > 2*time.Second { // in the same second there may be another
			made = ds[0].Made
		}
		sendIfNew(w, r, "application/atom+xml; charset=utf-8", body, asking, made)
	}
}

// baseOf is the address of the site as the reader knows it, without a slash at the end.
func (s *server) baseOf(r *http.Request) string {
	return strings.TrimRight(cmp.Or(s.o.URL, "http://"+r.Host), "/") // a name that known let pass
}
