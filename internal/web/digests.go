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
)

// Bounds of the list of digests and of the Atom feed, per digest and in all.
const (
	listed = 60
	atomed = 30
)

// digestURL is the address of an edition on these pages.
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
	URL   string
	At    string
	Late  bool
	Told  string
}

func rowOf(d news.Digest) editionRow {
	return editionRow{
		Name: clean(d.Slot.Digest, 60), Title: cmp.Or(clean(d.Title, 120), "–"), Lang: d.Lang, URL: digestURL(d.Slot),
		At: local(d.Slot.At, d.Window.Zone), Late: d.Late,
		Told: counted(d.Ledger.Stories, "story", "stories") + ", " + counted(d.Ledger.Told, "item", "items"),
	}
}

// digests lists the editions there are.
func (s *server) digests(w http.ResponseWriter, r *http.Request) {
	ds, err := s.latest(listed)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	page := struct {
		Rows  []editionRow
		Bound int
	}{Bound: listed}
	for _, d := range ds {
		page.Rows = append(page.Rows, rowOf(d))
	}
	s.render(w, r, http.StatusOK, "digests", "Digests", page)
}

// newest leads to the newest edition of all digests.
func (s *server) newest(w http.ResponseWriter, r *http.Request) {
	ds, err := s.latest(1)
	switch {
	case err != nil:
		s.fail(w, r, err)
	case len(ds) == 0:
		s.say(w, r, http.StatusNotFound, "No digest yet", "No digest has been made yet. The status page says when the next one is due.")
	default:
		http.Redirect(w, r, digestURL(ds[0].Slot), http.StatusFound)
	}
}

// bySlot leads to the edition whose slot is written as on the command line, the form
// that the Atom feed links to.
func (s *server) bySlot(w http.ResponseWriter, r *http.Request) {
	slot := r.PathValue("slot")
	i := strings.LastIndexByte(slot, '@')
	at, err := time.Parse(time.RFC3339, slot[i+1:])
	if err != nil || i < 1 {
		s.say(w, r, http.StatusNotFound, "Not found", "An edition is written as daily@2026-03-08T04:00:00Z.")
		return
	}
	http.Redirect(w, r, digestURL(news.Slot{Digest: slot[:i], At: at}), http.StatusFound)
}

// edition shows a stored edition in the form that ?form= names, HTML by default.
func (s *server) edition(w http.ResponseWriter, r *http.Request) {
	at, err := time.Parse(time.RFC3339, r.PathValue("at"))
	if err != nil {
		s.say(w, r, http.StatusNotFound, "Not found", "A digest's address ends in its time, such as 2026-03-08T04:00:00Z.")
		return
	}
	e, err := s.o.Store.Edition(news.Slot{Digest: r.PathValue("name"), At: at.UTC()})
	switch {
	case errors.Is(err, news.ErrNotFound):
		s.say(w, r, http.StatusNotFound, "Not found", "There is no such digest. The list of digests has those there are.")
		return
	case err != nil:
		s.fail(w, r, err)
		return
	}
	body, mediaType := form(e, r.URL.Query().Get("form"))
	switch {
	case mediaType == "":
		s.say(w, r, http.StatusNotFound, "Not found", "A digest has the forms html, text, markdown and json.")
		return
	case len(body) == 0:
		s.say(w, r, http.StatusNotFound, "Not stored", "This digest is not stored in this form, or is not any more.")
		return
	}
	w.Header().Set("Content-Security-Policy", policyDigest)
	w.Header().Set("Cache-Control", "private, max-age=3600") // an edition never changes
	send(w, http.StatusOK, mediaType, body)
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

// feed answers with a feed of the newest editions, or of what they tell.
func (s *server) feed(write func(ds []news.Digest, self, base string) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ds, err := s.latest(atomed)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		base := strings.TrimRight(cmp.Or(s.o.URL, "http://"+r.Host), "/") // a name that known let pass
		body, err := write(ds[:min(len(ds), atomed)], base+r.URL.Path, base)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		send(w, http.StatusOK, "application/atom+xml; charset=utf-8", body)
	}
}
