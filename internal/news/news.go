// Package news holds the words of samur as types: Feed, Outlet, Item, Match,
// Story, Figure, Slot, Digest, Delivery, Ledger. Every other package speaks in
// them and none of them knows how it is stored, fetched or sent.
//
// The package imports nothing of ours and does no I/O: its methods are
// arithmetic on values. All times are UTC; a zone appears only in a Window and
// in the rendering of a Digest. All text is valid UTF-8 in NFC, without markup,
// and offsets into it are byte offsets.
//
// Read Item first (what came in), then Digest (what goes out).
package news

import (
	"errors"
	"net/url"
	"time"
)

// ErrNotFound reports that the record asked for does not exist.
var ErrNotFound = errors.New("not found")

// ErrExists reports that a record with this identity is already there, for
// instance the digest of a slot that was made before.
var ErrExists = errors.New("exists already")

// ErrStale reports that what was to be saved was made from a state that has moved on
// since: it is to be made again.
var ErrStale = errors.New("made from an older state")

// Lang is the language of a text as a lower-case ISO 639-1 code, or Other.
type Lang string

// The languages that are told apart. En, Ru and Az are read in full; the others
// are recognised so that they are not taken for one of those three.
const (
	En    Lang = "en"
	Ru    Lang = "ru"
	Az    Lang = "az"
	Tr    Lang = "tr"
	Uk    Lang = "uk"
	Fa    Lang = "fa"
	Other Lang = "other"
)

// Side says where a newsroom sits. It is a fact about the outlet, not about
// what it writes.
type Side string

// The sides.
const (
	SideAz    Side = "az"
	SideRu    Side = "ru"
	SideOther Side = "other"
)

// Feed is a configured source address. Several feeds can belong to one Outlet,
// which then counts as one voice.
type Feed struct {
	Name   string // unique among feeds; also the key of its state
	URL    string // http or https
	Outlet string // the newsroom; equal names are one voice
	Side   Side
	Lang   Lang // declared language: a prior for detection, "" when unknown

	Every    time.Duration // wished distance between polls; 0 for the common one, or when At is set
	At       string        // schedule of the polls in place of a distance: minute hour day month weekday; "" for none
	Zone     string        // time zone of At, by its IANA name
	FullText bool          // fetch the page behind a new entry for more of its text
	Access                 // how it is asked
}

// Secretive reports whether asking for the feed takes something that its publisher alone
// may see: a login, headers of its own, or a certificate.
func (f Feed) Secretive() bool {
	u, err := url.Parse(f.URL)
	return err != nil || u.User != nil || len(f.Header) > 0 || f.Username != "" || f.Route.Cert != ""
}

// Access is how a feed is asked. Its secrets are not for printing, and go to the
// feed's own origin only.
type Access struct {
	UserAgent string            // "" for the program's own
	Header    map[string]string // may hold a secret, such as a bearer token
	Username  string            // with Password, of basic authentication; "" for none
	Password  string
	Route     Route
}

// Route is what the connections to a feed are made with. Feeds of equal routes share
// connections. The zero Route is the direct one, with the system's authorities.
type Route struct {
	Proxy         string // address of a proxy, http, https or socks5, without credentials
	ProxyUsername string // with ProxyPassword, for the proxy alone
	ProxyPassword string
	CA            string // certificates in PEM of further authorities
	Cert, Key     string // in PEM, shown to a server that asks who we are; to the feed's own origin only
	Insecure      bool   // take any certificate of a server
}
