package article

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"samur/internal/fetch"
	"samur/internal/news"
)

const (
	maxSites = 256            // whose robots.txt is remembered
	goodFor  = 12 * time.Hour // how long at most; RFC 9309 wants no more than a day
	againIn  = time.Hour      // before a site that was in trouble is asked again
)

// answer is what is known of a site's robots.txt.
type answer struct {
	rules
	notNow bool // it could not be had, or the site is too busy
}

// robots remembers them.
type robots struct {
	now func() time.Time

	mu   sync.Mutex
	seen map[string]remembered
}

// remembered is an answer and until when it holds.
type remembered struct {
	answer
	until time.Time
}

func newRobots(now func() time.Time) *robots {
	return &robots{now: now, seen: map[string]remembered{}}
}

// get returns what is known of an origin.
func (r *robots) get(origin string) (answer, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	a, ok := r.seen[origin]
	if !ok || r.now().After(a.until) {
		delete(r.seen, origin)
		return answer{}, false
	}
	return a.answer, true
}

// put remembers an answer, in place of the oldest when there are many.
func (r *robots) put(origin string, a answer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	keep := goodFor
	if a.notNow {
		keep = againIn
	}
	if _, ok := r.seen[origin]; !ok && len(r.seen) >= maxSites {
		first := ""
		for o, have := range r.seen {
			if first == "" || have.until.Before(r.seen[first].until) {
				first = o
			}
		}
		delete(r.seen, first)
	}
	r.seen[origin] = remembered{a, r.now().Add(keep)}
}

// askRobots asks the origin of u for its robots.txt. None (4xx) allows all; a server
// in trouble, or too busy, is left alone for now. RFC 9309, section 2.3.1. The error says
// why it could not be had.
func (f *Fetcher) askRobots(ctx context.Context, u *url.URL, fd news.Feed) (answer, error) {
	at := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	resp, err := f.fetch.Get(ctx, fetch.Request{
		URL: at.String(), Home: fd.URL, Access: fd.Access, Accept: "text/plain, */*;q=0.5", MaxBytes: 2 * maxRobots,
	})
	if err == nil {
		return answer{rules: parseRobots(resp.Body)}, nil
	}
	fe, ok := errors.AsType[*fetch.Error](err)
	none := ok && fe.Status >= 400 && fe.Status < 500 && fe.Cause != news.CauseBusy && fe.Cause != news.CauseTooLarge
	return answer{notNow: !none}, err
}
