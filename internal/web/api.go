package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
	"samur/internal/search"
	"samur/internal/store"
	"samur/internal/web/api"
)

//go:generate go run ./genapi assets/openapi.json api/api.go ../records/records.go ../records/story.go ../records/keeper.go ../records/occasion.go ../records/topic.go

// Bounds of what one answer of the API reads.
const (
	maxMembers = 60  // of a story
	maxListed  = 10  // of each of a list of stories
	maxSought  = 200 // stories looked at for a page of those with a topic or side
)

// asked is a checked question to the API.
type asked struct {
	api.Values
	r *http.Request
}

// endpoint gathers an answer: a record, or the items of a list and where it goes on.
type endpoint func(s *server, q asked) (any, onward, error)

// onward is what a list goes on with; the zero value is its end.
type onward struct {
	param string
	from  uint64
}

// errNoSuch says that there is no such thing, and where to look.
type errNoSuch string

func (e errNoSuch) Error() string { return string(e) }

// endpoints are the handlers by the paths of api.Endpoints.
func endpoints() map[string]endpoint {
	return map[string]endpoint{
		"/items/{id}": (*server).apiItem, "/search": (*server).apiSearch, "/stories": (*server).apiStories, "/stories/{id}": (*server).apiStory,
		"/digests": (*server).apiDigests, "/digests/{slot}": (*server).apiDigest, "/topics": (*server).apiTopics,
		"/figures": (*server).apiFigures, "/figures/{indicator}": (*server).apiPoints, "/timeline": (*server).apiTimeline,
		"/feeds": (*server).apiFeeds, "/deliveries": (*server).apiDeliveries,
	}
}

// programs adds the API to mux.
func (s *server) programs(mux *http.ServeMux) {
	all := endpoints()
	for _, e := range api.Endpoints() {
		mux.HandleFunc("GET "+api.Root+e.Path, s.answers(e, all[e.Path]))
	}
	mux.HandleFunc("GET /api/openapi.json", s.asset("openapi.json", "application/json"))
	mux.HandleFunc("GET /api/", func(w http.ResponseWriter, _ *http.Request) {
		problem(w, http.StatusNotFound, "The API has no such address; /api/openapi.json lists those it has.")
	})
}

// answers makes the handler of an endpoint.
func (s *server) answers(e api.Endpoint, gather endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			problem(w, http.StatusBadRequest, "The question is not written as an address must be; escape what stands in it.")
			return
		}
		values, err := e.Read(query)
		if err != nil {
			problem(w, http.StatusBadRequest, err.Error())
			return
		}
		body, next, err := gather(s, asked{values, r})
		var none errNoSuch
		switch {
		case errors.As(err, &none):
			problem(w, http.StatusNotFound, err.Error())
		case errors.Is(err, errNoReading):
			w.Header().Set("Retry-After", "10")
			problem(w, http.StatusServiceUnavailable, "The language data is not read yet; ask again in a while.")
		case err != nil:
			s.o.Logger.Error("page not made", "url", r.URL.Path, "err", err)
			problem(w, http.StatusInternalServerError, "The archive could not be read; the log says why.")
		case e.List:
			s.give(w, r, api.List{Items: body, Next: next.address(s.prefix+r.URL.Path, query)})
		default:
			s.give(w, r, body)
		}
	}
}

// address is where a list goes on, "" at its end.
func (o onward) address(path string, query url.Values) string {
	if o.param == "" {
		return ""
	}
	query.Set(o.param, strconv.FormatUint(o.from, 10))
	return path + "?" + query.Encode()
}

// give answers with JSON. The JSON of a digest is given as it was sent.
func (s *server) give(w http.ResponseWriter, r *http.Request, v any) {
	if raw, ok := v.(json.RawMessage); ok {
		sendIfNew(w, r, "application/json", raw, hourly, time.Time{})
		return
	}
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		s.o.Logger.Error("page not made", "url", r.URL.Path, "err", err)
		problem(w, http.StatusInternalServerError, "The answer could not be written; the log says why.")
		return
	}
	sendIfNew(w, r, "application/json", b.Bytes(), asking, time.Time{})
}

// problem answers a program with what is wrong.
func problem(w http.ResponseWriter, status int, detail string) {
	body, _ := json.Marshal(api.Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}) // strings and a number
	send(w, status, "application/problem+json", append(body, '\n'))
}

// forProgram reports whether a request is to the API.
func forProgram(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/api/") }

// part cuts what is asked for out of a list that is known whole.
func part[T any](list []T, q asked) ([]T, onward) {
	skip, n := q.Number("offset"), q.Number("limit")
	list = list[min(uint64(len(list)), skip):]
	if uint64(len(list)) <= n {
		return slices.Clip(append([]T{}, list...)), onward{}
	}
	return list[:n], onward{"offset", skip + n}
}

func (s *server) apiItem(q asked) (any, onward, error) {
	it, err := s.o.Store.Item(q.r.PathValue("id"))
	if errors.Is(err, news.ErrNotFound) {
		return nil, onward{}, errNoSuch("There is no such item, or its text is not kept any more; /api/v1/search finds those there are.")
	}
	if err != nil {
		return nil, onward{}, err
	}
	later, err := s.o.Store.Revisions(it.ID)
	return records.ItemInFullOf(it, later), onward{}, err
}

func (s *server) apiSearch(q asked) (any, onward, error) {
	x := store.Query{
		Topic: q.Text("topic"), Outlet: q.Text("outlet"), Side: news.Side(q.Text("side")), Lang: news.Lang(q.Text("lang")), From: q.Day("from"), To: q.Day("to"),
		Relevant: q.Text("relevant") == "true", Before: q.Number("before"), Limit: int(q.Number("limit")), Most: maxLooked,
	}
	if !x.To.IsZero() {
		x.To = x.To.AddDate(0, 0, 1)
	}
	if words := q.Text("q"); words != "" {
		lx, _, err := s.read()
		if err != nil {
			return nil, onward{}, err
		}
		x.Groups = search.Parse(lx, words)
	}
	found, on, err := s.o.Store.SearchOn(x)
	out := []records.Item{}
	for _, f := range found {
		out = append(out, records.ItemOf(f.Item))
	}
	if on > 1 {
		return out, onward{"before", on}, err
	}
	return out, onward{}, err
}

func (s *server) apiDigests(q asked) (any, onward, error) {
	ds, err := s.o.Store.Digests(q.Text("digest"), int(q.Number("offset")+q.Number("limit"))+1)
	out := []records.Digest{}
	for _, d := range ds {
		out = append(out, records.DigestOf(d))
	}
	list, next := part(out, q)
	return list, next, err
}

func (s *server) apiDigest(q asked) (any, onward, error) {
	slot := q.r.PathValue("slot")
	i := strings.LastIndexByte(slot, '@')
	at, err := time.Parse(time.RFC3339, slot[i+1:])
	if err != nil || i < 1 {
		return nil, onward{}, errNoSuch("An edition is written as daily@2026-03-08T04:00:00Z; /api/v1/digests lists them.")
	}
	e, err := s.o.Store.Edition(news.Slot{Digest: slot[:i], At: at.UTC()})
	if errors.Is(err, news.ErrNotFound) || err == nil && !json.Valid(e.JSON) {
		return nil, onward{}, errNoSuch("There is no such edition, or it is not stored as JSON; /api/v1/digests lists those there are.")
	}
	return json.RawMessage(e.JSON), onward{}, err
}

func (s *server) apiTopics(q asked) (any, onward, error) {
	lx, cl, err := s.read()
	if err != nil {
		return nil, onward{}, err
	}
	topics, next := part(cl.Topics(), q)
	out := []records.Topic{}
	for _, t := range topics {
		o := records.TopicOf(cl, lx, t.Slug)
		o.Terms = nil
		out = append(out, o)
	}
	return out, next, nil
}

func (s *server) apiFeeds(q asked) (any, onward, error) {
	feeds, states, err := s.feedsKnown()
	feeds, next := part(feeds, q)
	out := []records.Feed{}
	for _, f := range feeds {
		o := records.FeedOf(f, false, states[f.Name])
		if f.Secretive() {
			o.URL, o.AskedAt = "", ""
		}
		o.URL, o.AskedAt = render.Link(o.URL), render.Link(o.AskedAt)
		o.Error, o.Advice = unnamed(o.Error), unnamed(o.Advice)
		out = append(out, o)
	}
	return out, next, err
}

func (s *server) apiDeliveries(q asked) (any, onward, error) {
	x := store.DeliveryQuery{Limit: int(q.Number("offset")+q.Number("limit")) + 1}
	if st := q.Text("state"); st != "" {
		x.States = []news.DeliveryState{news.DeliveryState(st)}
	}
	ds, err := s.o.Store.Deliveries(x)
	ds, next := part(ds, q)
	out := []records.Delivery{}
	for _, d := range ds {
		o := records.DeliveryOf(d)
		o.ID, o.Recipient = "", "" // as on the page: more people than the keeper read it
		o.Attempts = o.Attempts[max(0, len(o.Attempts)-maxTries):]
		for i, t := range o.Attempts {
			o.Attempts[i].Reply, o.Attempts[i].Error = unnamed(t.Reply), unnamed(t.Error)
		}
		out = append(out, o)
	}
	return out, next, err
}

// unnamed is what a server said, without the part of an address that names a person.
func unnamed(s string) string { return mailbox().ReplaceAllString(render.Tidy(s, 300), "…@") }
