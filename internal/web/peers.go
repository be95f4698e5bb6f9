package web

import (
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// allowance is how much one peer may do of one kind: so many at once, and so many a
// second after that.
type allowance struct {
	kind   byte
	burst  float64
	second float64
}

// What a peer may do. A reader who opens a page with its style every second is far from
// these; a program that reads the whole archive page by page meets them.
var (
	reading        = allowance{'r', 200, 40}
	answering      = allowance{'a', 20, 0.5}
	wrongPasswords = allowance{'p', 10, 0.1}
)

// maxPeers bounds how many peers are remembered.
const maxPeers = 4096

// peers remembers what each peer has left.
type peers struct {
	mu  sync.Mutex
	has map[peerKey]bucket
}

type peerKey struct {
	kind byte
	from string
}

// bucket is what was left of an allowance at a time.
type bucket struct {
	n  float64
	at time.Time
}

func newPeers() *peers { return &peers{has: map[peerKey]bucket{}} }

// peerOf names where a request comes from: an address, of IPv6 the network, since one
// machine has as many addresses there as it likes.
func peerOf(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	addr := at.Addr().Unmap()
	if addr.Is6() {
		p, err := addr.Prefix(64)
		if err == nil {
			return p.String()
		}
	}
	return addr.String()
}

// take uses one of an allowance up, and reports whether there was one.
func (p *peers) take(a allowance, from string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.now(a, from, now)
	ok := b.n >= 1
	if ok {
		b.n--
	}
	if len(p.has) >= maxPeers {
		p.forget(now)
	}
	p.has[peerKey{a.kind, from}] = b
	return ok
}

// left reports whether something of an allowance is left.
func (p *peers) left(a allowance, from string, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now(a, from, now).n >= 1
}

// now is what a peer has at a time.
func (p *peers) now(a allowance, from string, now time.Time) bucket {
	b, ok := p.has[peerKey{a.kind, from}]
	if !ok {
		return bucket{a.burst, now}
	}
	return bucket{min(a.burst, b.n+a.second*max(0, now.Sub(b.at).Seconds())), now}
}

// forget lets go of peers that were not heard of for ten minutes, by when all have their
// allowance back; of everybody when they are too many still.
func (p *peers) forget(now time.Time) {
	for k, b := range p.has {
		if now.Sub(b.at) > 10*time.Minute {
			delete(p.has, k)
		}
	}
	if len(p.has) >= maxPeers {
		clear(p.has)
	}
}
