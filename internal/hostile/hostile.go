// Package hostile is a laboratory of servers that no reader of feeds should be hurt
// by: bombs, endless and slow bodies, redirects to where nobody may go, broken HTTP and
// TLS, pages that are no feed, bytes that are no text, and things put into titles and
// links to steer a terminal, a log, a mail header or a browser. It is for tests only.
//
// A Case says what its server does and what must come of one fetch: that it is refused,
// and for which cause, or how many entries are read. A Lab serves cases on loopback
// addresses, each from a port of its own, and notes what reaches a place that must stay
// cold: an address that is not allowed, or another origin with the credentials of the
// first. Harm says what in a text could do something instead of being read.
//
// Every document here was written for it. Read Case and Lab first, then the cases of a
// group: costly.go, wire.go, redirect.go, content.go, inject.go.
package hostile

import (
	"slices"

	"samur/internal/news"
)

// The groups.
const (
	Good      = "good"
	Bomb      = "bombs and depth"
	Size      = "size"
	Time      = "time"
	Redirect  = "redirects"
	Address   = "addresses"
	Status    = "status and caching"
	Transport = "transport"
	TLS       = "TLS"
	NotFeed   = "not a feed"
	Bytes     = "bytes"
	Injection = "injection"
	Dates     = "dates"
	Identity  = "identity"
)

// Case is one thing that a server may do to who reads a feed from it.
type Case struct {
	Group string
	Name  string // unique, fit for a path

	Cause   news.Cause // why it is refused, "" when it is read
	Entries int        // how many entries are read
	Same    bool       // the answer is that nothing has changed
	Heavy   bool       // made to cost memory or time
	Slow    bool       // ended by the reader's clock
	Markup  bool       // every text is markup: no tag may be left of it
	Held    bool       // the reader holds a copy and says so

	address func(*Lab) string // what is asked, nil for the case's own server
	handler handler           // what the server does with a request
	wire    wire              // or with a connection, HTTP left to it
	secure  security          // how it speaks TLS, the zero value for plain
}

// Cases returns all cases, group by group.
func Cases() []Case {
	return slices.Concat(
		good(), bombs(), sizes(), slow(), redirects(), addresses(), statuses(), transports(), handshakes(),
		pages(), encodings(), injections(), dated(), identities(),
	)
}
