package crash

import (
	"fmt"
	"html"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// newsroom serves feeds that bring something new at every poll. A feed lists what it
// has published since the last document that the reader is known to hold: a request with
// the validator of a document says that it holds it. What was read and lost would
// never be listed again, and what was not stored must be.
type newsroom struct {
	pieces time.Duration // pause within a document, so that a kill meets it half read
	bases  []string      // addresses of its hosts

	mu    sync.Mutex
	feeds []*wire
	calm  bool          // nothing new is published
	asked chan struct{} // closed at the first request of a round
	lost  int           // documents that were sent and not kept
}

// wire is one feed: entries 0 to published-1 were listed in some document, and those
// before held are known to be stored. They differ while a document is on its way.
type wire struct {
	published, held int
}

// perPoll is how many entries each document adds, firstPoll how many the first has.
const (
	firstPoll = 10
	perPoll   = 2
)

// newNewsroom serves feeds on hosts.
func newNewsroom(t *testing.T, hosts, feeds int, pieces time.Duration) *newsroom {
	t.Helper()
	return newNewsroomAt(t, "127.0.0.1", hosts, feeds, pieces)
}

// newNewsroomAt is newNewsroom at an address of its own.
func newNewsroomAt(t *testing.T, address string, hosts, feeds int, pieces time.Duration) *newsroom {
	t.Helper()
	n := &newsroom{pieces: pieces, asked: make(chan struct{})}
	for range feeds {
		n.feeds = append(n.feeds, &wire{})
	}
	for range hosts {
		srv := httptest.NewUnstartedServer(n)
		_ = srv.Listener.Close() // at the address of httptest's choice
		l, err := net.Listen("tcp", address+":0")
		if err != nil {
			t.Fatal(err)
		}
		srv.Listener = l
		srv.Start()
		t.Cleanup(srv.Close)
		n.bases = append(n.bases, srv.URL)
	}
	return n
}

// config lists the feeds.
func (n *newsroom) config() string {
	var b strings.Builder
	b.WriteString("feeds:\n")
	for i := range n.feeds {
		fmt.Fprintf(&b, "  - {name: f%d, url: %q, outlet: Outlet %d, side: %s}\n", i, n.base(i)+"/feed/"+strconv.Itoa(i), i, []string{"az", "ru", "other"}[i%3])
	}
	return b.String()
}

func (n *newsroom) base(feed int) string { return n.bases[feed%len(n.bases)] }

// round begins a round and returns what is closed at its first request.
func (n *newsroom) round() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked = make(chan struct{})
	return n.asked
}

// rest ends publishing, and reports whether documents were sent and not kept.
func (n *newsroom) rest() (lost bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.calm = true
	return n.lost > 0
}

// links returns the address of every entry that a feed ever listed.
func (n *newsroom) links(feed int) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var out []string
	for e := range n.feeds[feed].published {
		out = append(out, n.link(feed, e))
	}
	return out
}

func (n *newsroom) link(feed, entry int) string {
	return fmt.Sprintf("%s/feed/%d/entry/%d", n.base(feed), feed, entry)
}

func (n *newsroom) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	feed, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/feed/"))
	if err != nil || feed >= len(n.feeds) {
		http.NotFound(w, r)
		return
	}
	body, tag := n.answer(feed, r.Header.Get("If-None-Match"))
	w.Header().Set("ETag", tag)
	if body == "" {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml")
	const pieces = 4
	for i := range pieces {
		_, _ = w.Write([]byte(body[i*len(body)/pieces : (i+1)*len(body)/pieces])) // who has gone is noticed below
		if n.pieces == 0 {
			continue
		}
		_ = http.NewResponseController(w).Flush() // as above
		select {
		case <-time.After(n.pieces):
		case <-r.Context().Done():
			return // the reader has gone
		}
	}
}

// answer returns the document of a feed for a reader who holds the one with the given
// tag, "" when that is the newest. A tag is the number of entries published by then.
func (n *newsroom) answer(feed int, holds string) (body, tag string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	select {
	case <-n.asked:
	default:
		close(n.asked)
	}
	f := n.feeds[feed]
	if held, err := strconv.Atoi(strings.Trim(holds, `"`)); err == nil {
		f.held = held
	}
	if f.held < f.published {
		n.lost++
	}
	switch {
	case f.published == 0:
		f.published = firstPoll
	case !n.calm:
		f.published += perPoll
	}
	tag = fmt.Sprintf("%q", strconv.Itoa(f.published))
	if f.held == f.published {
		return "", tag
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>`)
	for e := f.published - 1; e >= max(0, f.held-perPoll); e-- { // a few that are known stay on the list
		n.entry(&b, feed, e)
	}
	b.WriteString("</channel></rss>")
	return b.String(), tag
}

// entry writes one entry. Every third is about the two countries and stands, in the
// feed's own language, in every other feed too.
func (n *newsroom) entry(b *strings.Builder, feed, entry int) {
	words := stories()[feed%3]
	title, text := words.other, words.otherText
	if entry%3 == 0 {
		about := words.about[entry/3%len(words.about)]
		title, text = about[0], about[1]
	}
	published := begin.Add(-24*time.Hour + time.Duration(entry)*time.Minute)
	fmt.Fprintf(b, "<item><title>%s</title><description>%s</description><link>%s</link><guid>w%d-%d</guid><pubDate>%s</pubDate></item>",
		html.EscapeString(fmt.Sprintf(title, entry)), html.EscapeString(fmt.Sprintf(text, entry, 100+entry)),
		n.link(feed, entry), feed, entry, published.Format(time.RFC1123Z))
}

// wording is how a language tells of the two countries, and of something else: titles
// and texts, with a number in the one and two in the other.
type wording struct {
	about            [3][2]string
	other, otherText string
}

// stories are told in English, Russian and Azerbaijani.
func stories() [3]wording {
	return [3]wording{
		{[3][2]string{
			{
				"Azerbaijan and Russia sign agreement No. %d on rail freight",
				"Baku and Moscow have signed agreement No. %d on freight along the North–South corridor. The railways of both countries expect %d thousand tonnes a month at the Samur crossing.",
			},
			{
				"Russia buys %d tonnes more of Azerbaijani tomatoes",
				"Russia has allowed %d farms of Azerbaijan to sell vegetables there. Exports of tomatoes from Baku came to %d million dollars.",
			},
			{
				"Flight No. %d from Baku to Moscow is back",
				"Azerbaijan Airlines flies %d times a week from Baku to Russia again and carried %d thousand passengers, the two aviation authorities said.",
			},
		}, "Village library No. %d opens its doors", "Library No. %d has %d places and is open until eight in the evening."},
		{[3][2]string{
			{
				"Россия и Азербайджан подписали соглашение № %d о перевозках",
				"Баку и Москва подписали соглашение № %d о грузах по коридору «Север — Юг». Железные дороги двух стран ждут %d тысяч тонн в месяц на переходе Самур.",
			},
			{
				"Россия купит ещё %d тонн азербайджанских помидоров",
				"Россия разрешила %d хозяйствам Азербайджана поставлять овощи. Экспорт помидоров из Баку составил %d миллионов долларов.",
			},
			{
				"Рейс № %d из Баку в Москву снова в расписании",
				"Азербайджанские авиалинии снова летают в Россию из Баку %d раз в неделю и перевезли %d тысяч пассажиров, сообщили авиационные власти двух стран.",
			},
		}, "В селе открыли библиотеку № %d", "В библиотеке № %d есть %d мест, она открыта до восьми вечера."},
		{[3][2]string{
			{
				"Rusiya və Azərbaycan daşımalar haqqında %d nömrəli saziş imzaladı",
				"Bakı və Moskva «Şimal–Cənub» dəhlizi ilə yüklər haqqında %d nömrəli saziş imzalayıb. Samur keçidindən ayda %d min ton yük gözlənilir.",
			},
			{
				"Rusiya Azərbaycandan daha %d ton pomidor alacaq",
				"Rusiya Azərbaycanın %d təsərrüfatına tərəvəz satmağa icazə verib. Bakıdan pomidor ixracı %d milyon dollar olub.",
			},
			{
				"Bakıdan Moskvaya %d nömrəli reys yenidən başlayır",
				"Azərbaycan Hava Yolları Bakıdan Rusiyaya yenidən həftədə %d dəfə uçur və %d min sərnişin daşıyıb.",
			},
		}, "Kənddə %d nömrəli kitabxana açıldı", "%d nömrəli kitabxanada %d yer var, zal axşam saat səkkizə qədər açıqdır."},
	}
}

// moment is when a process is killed: most die at work, that is within the time that a
// whole pass takes, some while they start.
func moment(rng *rand.Rand, round int, asked <-chan struct{}, pass time.Duration) (<-chan struct{}, time.Duration) {
	if round%5 == 4 {
		now := make(chan struct{})
		close(now)
		return now, between(rng, 5*time.Millisecond, 100*time.Millisecond)
	}
	return asked, between(rng, 20*time.Millisecond, max(pass, 40*time.Millisecond))
}
