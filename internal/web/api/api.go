// Package api describes the pages' JSON API: which addresses there are, what may be asked
// of each and in which shape of package records it answers. The handlers of package web
// are held to it, and genapi writes the OpenAPI document from it, so that neither can
// say what the other does not.
//
// Every question is checked whole before anything is read: a name that is not known, a
// value that is none or is out of bounds is an error that says what is allowed, for a
// filter that is silently left out gives a program wrong data. What is not asked for has
// its default. Lists are bounded and lead on by the address in their "next".
//
// Read Endpoints first, then Endpoint.Read.
package api

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"samur/internal/news"
	"samur/internal/records"
)

// Root is the address under which all endpoints stand.
const Root = "/api/v1"

// Problem says what is wrong with a request, as RFC 9457 has it.
type Problem struct {
	Type   string `json:"type"`   // about:blank: the status says what kind it is
	Title  string `json:"title"`  // of the status
	Status int    `json:"status"` // of HTTP
	Detail string `json:"detail"` // what is wrong and what to do
}

// List is a page of a list.
type List struct {
	Items any    `json:"items"`
	Next  string `json:"next,omitempty"` // address of what follows, absent at the end
}

// Kind is what the value of a parameter is.
type Kind int

// The kinds.
const (
	Text   Kind = iota
	Word        // one of Values
	Number      // from Min to Max
	Day         // YYYY-MM-DD, UTC
	Flag        // true or false
)

// Param is what may be asked.
type Param struct {
	Name    string
	About   string
	Kind    Kind
	Values  []string // of a Word
	Min     uint64
	Max     uint64 // of a Number; of a Text its bytes
	Default uint64 // of a Number
}

// Endpoint is an address that answers.
type Endpoint struct {
	Path   string // below Root; {name} is a part that is asked for
	About  string
	PathIs string // what the part in braces is, "" without one
	Params []Param
	Result reflect.Type // of the answer, of a list one of its items; nil for the JSON of a digest
	List   bool
}

// Bounds of lists.
const (
	maxText   = 300
	maxOffset = 10_000
)

func limit(def, most uint64) Param {
	return Param{Name: "limit", About: "at most so many", Kind: Number, Min: 1, Max: most, Default: def}
}

// The parameters that several endpoints have.
var (
	offset = Param{Name: "offset", About: "leave out so many at the beginning", Kind: Number, Max: maxOffset}
	before = Param{Name: "before", About: "read on from here: what \"next\" of the last answer says", Kind: Number, Max: 1<<63 - 1}
	topic  = Param{Name: "topic", About: "only of this topic (slug)", Kind: Text, Max: maxText}
	side   = Param{Name: "side", About: "only by outlets of this side", Kind: Word, Values: []string{string(news.SideAz), string(news.SideRu), string(news.SideOther)}}
	from   = Param{Name: "from", About: "from this day on, UTC", Kind: Day}
	to     = Param{Name: "to", About: "up to this day, UTC, which is part of it", Kind: Day}
)

// Endpoints returns all there are.
func Endpoints() []Endpoint {
	return slices.Concat(reading(), keeping())
}

// reading are the endpoints that tell the news.
func reading() []Endpoint {
	return []Endpoint{
		{Path: "/items/{id}", PathIs: "id of the item", About: "An item with its text and every reason for what became of it", Result: reflect.TypeFor[records.ItemInFull]()},
		{
			Path: "/search", About: "Items, newest first: those that have every word of q, in any form and language, and pass every filter",
			Params: []Param{
				{Name: "q", About: "words, in English, Russian or Azerbaijani", Kind: Text, Max: maxText},
				topic,
				{Name: "outlet", About: "only by this outlet", Kind: Text, Max: maxText},
				side,
				{Name: "lang", About: "only in this language", Kind: Word, Values: []string{string(news.En), string(news.Ru), string(news.Az), string(news.Other)}},
				from, to,
				{Name: "relevant", About: "true: relevant items only", Kind: Flag},
				before, limit(30, 100),
			},
			Result: reflect.TypeFor[records.Item](), List: true,
		},
		{
			Path: "/stories", About: "Stories, the one with the newest report first; with a topic or side a page can be empty and lead on",
			Params: []Param{topic, side, {Name: "since", About: "only with a report first seen on this day or later, UTC", Kind: Day}, before, limit(20, 50)},
			Result: reflect.TypeFor[records.Story](), List: true,
		},
		{Path: "/stories/{id}", PathIs: "id of the story", About: "A story: its reports, how the sides told it, how it went on, what was corrected", Result: reflect.TypeFor[records.StoryInFull]()},
		{
			Path: "/digests", About: "Editions, newest first",
			Params: []Param{{Name: "digest", About: "only of the digest of this name", Kind: Text, Max: maxText}, offset, limit(30, 100)},
			Result: reflect.TypeFor[records.Digest](), List: true,
		},
		{Path: "/digests/{slot}", PathIs: "name@time of the edition, such as daily@2026-03-08T04:00:00Z", About: "An edition in its JSON form, as it was sent; digest.schema.json describes it"},
		{Path: "/topics", About: "The topics in the order in which a digest tells them, without their terms", Params: []Param{offset, limit(100, 200)}, Result: reflect.TypeFor[records.Topic](), List: true},
		{Path: "/figures", About: "The indicators by name, with their latest value", Params: []Param{offset, limit(100, 200)}, Result: reflect.TypeFor[records.Indicator](), List: true},
		{
			Path: "/figures/{indicator}", PathIs: "name of the indicator", About: "Every value of an indicator by period, those of the seed documents among them; none is averaged. Of more than 5,000 the newest",
			Params: []Param{offset, limit(300, 1000)}, Result: reflect.TypeFor[records.Point](), List: true,
		},
		{
			Path: "/timeline", About: "Meetings, visits, calls and signings by day, what became of each and who told of it: those of the last 30 days and all to come when no day is given",
			Params: []Param{
				{Name: "who", About: "only with this person, office, body or country, by any name in any language and form, or by the id of the concept; 404 names those near to a name that nobody has", Kind: Text, Max: maxText},
				{Name: "kind", About: "only this kind", Kind: Word, Values: kinds()},
				from, to,
				{Name: "lang", About: "language of names", Kind: Word, Values: []string{string(news.En), string(news.Ru), string(news.Az)}},
				offset, limit(50, 200),
			},
			Result: reflect.TypeFor[records.Occasion](), List: true,
		},
	}
}

// keeping are the endpoints that tell how samur does.
func keeping() []Endpoint {
	return []Endpoint{
		{Path: "/feeds", About: "The feeds by name, with their health", Params: []Param{offset, limit(100, 500)}, Result: reflect.TypeFor[records.Feed](), List: true},
		{
			Path: "/deliveries", About: "Deliveries, those of the newest editions first, without what was sent and to whom",
			Params: []Param{
				{Name: "state", About: "only in this state", Kind: Word, Values: States()}, offset, limit(100, 200),
			},
			Result: reflect.TypeFor[records.Delivery](), List: true,
		},
	}
}

// States are the states of a delivery.
func States() []string {
	return []string{string(news.DeliveryPending), string(news.DeliverySending), string(news.DeliverySent), string(news.DeliveryFailed), string(news.DeliveryDropped)}
}

func kinds() []string {
	var out []string
	for _, k := range news.EventKinds() {
		out = append(out, string(k))
	}
	return out
}

// Values are the parameters of a request after they were checked.
type Values struct{ given map[string]string }

// Text returns what was asked, "" for nothing.
func (v Values) Text(name string) string { return v.given[name] }

// Number returns a number, its default when none was asked.
func (v Values) Number(name string) uint64 {
	n, _ := strconv.ParseUint(v.given[name], 10, 64) // Read checked it
	return n
}

// Day returns the beginning of a day, zero when none was asked.
func (v Values) Day(name string) time.Time {
	t, _ := time.Parse(time.DateOnly, v.given[name]) // Read checked it
	return t
}

// Read checks a query. Its error is for the reader of the API.
func (e Endpoint) Read(query url.Values) (Values, error) {
	out := Values{map[string]string{}}
	var names []string
	for _, p := range e.Params {
		names = append(names, p.Name)
		if p.Default > 0 {
			out.given[p.Name] = strconv.FormatUint(p.Default, 10)
		}
	}
	for name, values := range query {
		i := slices.Index(names, name)
		switch {
		case i < 0 && len(names) == 0:
			return out, fmt.Errorf("%q is not known here; leave out the question", name)
		case i < 0:
			return out, fmt.Errorf("%q is not known here; known are %s", name, strings.Join(names, ", "))
		case len(values) > 1:
			return out, fmt.Errorf("%q is given %d times; give it once", name, len(values))
		case values[0] == "":
			continue // a form's empty field
		}
		if fix := e.Params[i].refuses(values[0]); fix != "" {
			return out, fmt.Errorf("%s=%q: %s", name, values[0][:min(len(values[0]), 60)], fix)
		}
		out.given[name] = values[0]
	}
	return out, nil
}

// refuses says what a value should be that is none, "" for a good one.
func (p Param) refuses(value string) string {
	switch p.Kind {
	case Word:
		if !slices.Contains(p.Values, value) {
			return "give one of " + strings.Join(p.Values, ", ")
		}
	case Number:
		if n, err := strconv.ParseUint(value, 10, 64); err != nil || n < p.Min || n > p.Max {
			return fmt.Sprintf("give a whole number from %d to %d", p.Min, p.Max)
		}
	case Day:
		if t, err := time.Parse(time.DateOnly, value); err != nil || t.Year() < 1990 || t.Year() > 2200 {
			return "write a day as 2026-03-08"
		}
	case Flag:
		if value != "true" && value != "false" {
			return "give true or false"
		}
	default:
		if uint64(len(value)) > p.Max {
			return fmt.Sprintf("give at most %d bytes", p.Max)
		}
	}
	return ""
}
