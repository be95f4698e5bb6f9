package chat_test

import (
	"bytes"
	"fmt"
	"html"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"samur/internal/deliver"
	"samur/internal/deliver/chat"
	"samur/internal/deliver/delivertest"
	"samur/internal/news"
)

var (
	names    = []string{chat.Slack, chat.Mattermost, chat.Discord, chat.Teams, chat.Telegram, chat.Ntfy, chat.Matrix}
	loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
)

func open(t testing.TB, service string) (*chat.Channel, *server) {
	t.Helper()
	s := &server{service: service}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	o := chat.Options{Service: service, URL: srv.URL, Allow: loopback, Pause: time.Nanosecond, Token: "12:secret", To: []string{"@desk"}}
	if service == chat.Matrix {
		o.To = []string{"!room:example.org"}
	}
	c, err := chat.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c, s
}

func TestChannels(t *testing.T) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			delivertest.Run(t, func(t *testing.T) delivertest.Harness {
				c, s := open(t, name)
				return delivertest.Harness{
					Channel: c, Set: s.set, Received: s.received,
					Modes: []delivertest.Mode{delivertest.Busy, delivertest.Refuse, delivertest.Hang, delivertest.Dropped},
				}
			})
		})
	}
}

// story is a block that can be told apart, with words that are markup somewhere.
func story(n, length int) news.Block {
	link := fmt.Sprintf("https://news.example.org/%d?a=1&b=(2)|3", n)
	return news.Block{Link: link, Lines: [][]news.Span{
		{{Text: fmt.Sprintf("«Begin%d. @here <!channel> *a* _b_ `c` [d](e) & <b>Əliyev</b> 🚢»", n), Link: link, Strong: true}, {Text: " — Report", Strong: true}},
		{{Text: strings.Repeat("Товарооборот вырос на 5 %. ", length)}},
		{{Text: "Sources: ", Strong: true}, {Text: "TASS", Link: "https://tass.example/x"}, {Text: fmt.Sprintf(" (ru) End%d.", n)}},
	}}
}

func longEdition(stories, length int) news.Edition {
	e := delivertest.Edition()
	e.Brief.Title = "Russia and Azerbaijan <today> & tomorrow"
	for n := range stories {
		b := story(n, length)
		if n%5 == 0 {
			b.Heading = fmt.Sprintf("Section%d & Co", n)
		}
		e.Brief.Blocks = append(e.Brief.Blocks, b)
	}
	return e
}

// sendAll sends the messages of d one after the other.
func sendAll(t *testing.T, c *chat.Channel, d news.Delivery) {
	t.Helper()
	for d.Taken = 0; d.Taken < c.Parts(d); d.Taken++ {
		if reply, err := c.Send(t.Context(), d); err != nil || reply == "" {
			t.Fatalf("message %d: Send = %q, %v", d.Taken+1, reply, err)
		}
	}
}

// TestSplit holds that a long edition arrives whole, in order, and that no message
// breaks a limit, a story or a heading from its story.
func TestSplit(t *testing.T) {
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := open(t, name)
			sendAll(t, c, delivertest.Compose(t, c, longEdition(40, 20)))
			if len(s.texts) < 2 {
				t.Fatalf("%d messages, want several", len(s.texts))
			}
			whole := strings.Join(s.texts, "\n")
			at := 0
			for n := range 40 {
				begin, end := fmt.Sprintf("Begin%d", n), fmt.Sprintf("End%d", n)
				for _, text := range s.texts {
					plain := strings.ReplaceAll(text, "\\", "")
					if strings.Contains(plain, begin+".") != strings.Contains(plain, end+".") {
						t.Errorf("story %d is split", n)
					}
				}
				next := strings.Index(whole[at:], begin)
				if next < 0 {
					t.Fatalf("story %d is missing or out of order", n)
				}
				at += next
			}
			for _, text := range s.texts {
				if i := strings.LastIndex(text, "Section"); i >= 0 && !strings.Contains(text[i:], "Begin") {
					t.Errorf("a heading ends a message: …%s", text[i:])
				}
			}
		})
	}
}

// TestCut sends a story that is longer than any message may be.
func TestCut(t *testing.T) {
	for _, name := range names {
		c, s := open(t, name)
		e := longEdition(1, 2000)
		e.Brief.Blocks[0].Lines = e.Brief.Blocks[0].Lines[1:] // its first line alone is too long
		sendAll(t, c, delivertest.Compose(t, c, e))
		if len(s.texts) != 1 {
			t.Errorf("%s: %d messages, want 1", name, len(s.texts))
			continue
		}
		text := strings.ReplaceAll(s.texts[0], "\\", "")
		if !strings.Contains(text, "[…]") || !strings.Contains(text, "Товарооборот") {
			t.Errorf("%s: no mark of the cut in …%s", name, text[max(0, len(text)-200):])
		}
		if !bytes.Contains(s.got[0].Body, []byte("https://news.example.org/0")) {
			t.Errorf("%s: no link to what was cut", name)
		}
	}
}

// TestMarkup shows what each service is sent for the same hostile line.
func TestMarkup(t *testing.T) {
	const words = "«<!channel> @here *x* _y_ ~z~ `q` &»"
	html := `<b><a href="https://a.example/?a=1&amp;b=|2">` + html.EscapeString(words) + "</a></b> by"
	want := map[string]string{
		chat.Slack:      "<b>[" + words + "](https://a.example/?a=1&b=|2)</b> by",
		chat.Mattermost: "**[«<\\!channel\\> @\u200bhere \\*x\\* \\_y\\_ \\~z\\~ \\`q\\` &»](https://a.example/?a=1&b=|2)** by",
		chat.Discord:    "**[«\\<!channel\\> \\@here \\*x\\* \\_y\\_ \\~z\\~ \\`q\\` &»](https://a.example/?a=1&b=|2)** by",
		chat.Teams:      words + " by",
		chat.Telegram:   html,
		chat.Ntfy:       words + " by",
		chat.Matrix:     html,
	}
	e := delivertest.Edition()
	e.Brief = news.Brief{Title: "T", Blocks: []news.Block{{Lines: [][]news.Span{{
		{Text: words, Link: "https://a.example/?a=1&b=|2", Strong: true}, {Text: " by"},
	}}}}}
	for _, name := range names {
		c, s := open(t, name)
		sendAll(t, c, delivertest.Compose(t, c, e))
		if !strings.Contains(s.texts[0], want[name]) {
			t.Errorf("%s: got %q, want it with %q", name, s.texts[0], want[name])
		}
	}
}

func TestAskedToWait(t *testing.T) {
	for _, name := range names {
		c, s := open(t, name)
		s.set(delivertest.Busy)
		_, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
		if got := deliver.AskedWait(err); got < 2*time.Minute || got > 121*time.Second {
			t.Errorf("%s: asked wait = %v of %v, want two minutes", name, got, err)
		}
		if strings.Contains(fmt.Sprint(err), "secret") {
			t.Errorf("%s: the error gives the token away: %v", name, err)
		}
	}
}

func TestGone(t *testing.T) {
	for _, name := range names {
		c, s := open(t, name)
		s.set(delivertest.Refuse)
		_, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
		if got, want := deliver.IsGone(err), name == chat.Discord || name == chat.Matrix; got != want {
			t.Errorf("%s: %v closes the channel: %v, want %v", name, err, got, want)
		}
	}
}

// TestAnyEdition sends editions of all shapes to servers that keep their limits.
func TestAnyEdition(t *testing.T) {
	channels, servers := map[string]*chat.Channel{}, map[string]*server{}
	for _, name := range names {
		channels[name], servers[name] = open(t, name)
	}
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SampledFrom(names).Draw(rt, "service")
		c, s := channels[name], servers[name]
		signs := rapid.StringOfN(rapid.RuneFrom([]rune("aə яß🚢*_~`<>&|[]()@:/\\\"'.!#-")), 0, 12, -1)
		words := rapid.Custom(func(rt *rapid.T) string {
			return strings.Repeat(signs.Draw(rt, "signs"), rapid.SampledFrom([]int{1, 1, 1, 20, 200}).Draw(rt, "times"))
		})
		link := rapid.SampledFrom([]string{"", "https://a.example/" + strings.Repeat("x", 1500) + "?(a)|<b>&\"c\""})
		line := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) news.Span {
			return news.Span{Text: words.Draw(rt, "text") + "x", Link: link.Draw(rt, "link"), Strong: rapid.Bool().Draw(rt, "strong")}
		}), 1, 3)
		block := rapid.Custom(func(rt *rapid.T) news.Block {
			return news.Block{
				Heading: rapid.SampledFrom([]string{"", "H"}).Draw(rt, "heading"), Link: link.Draw(rt, "more"),
				Lines: rapid.SliceOfN(line, 1, 6).Draw(rt, "lines"),
			}
		})
		e := delivertest.Edition()
		e.Brief = news.Brief{Title: words.Draw(rt, "title") + "t", Blocks: rapid.SliceOfN(block, 1, 8).Draw(rt, "blocks")}
		to := c.Recipients()[0]
		payload, mediaType, err := c.Compose(e, news.Recipient{To: to})
		if err != nil {
			rt.Fatal(err)
		}
		d := news.Delivery{ID: "a", Recipient: to, Payload: payload, MediaType: mediaType}
		for ; d.Taken < c.Parts(d); d.Taken++ {
			if _, err := c.Send(t.Context(), d); err != nil {
				rt.Fatalf("%s: message %d of %d: %v", name, d.Taken+1, c.Parts(d), err)
			}
		}
		s.mu.Lock()
		s.got, s.texts = nil, nil
		s.mu.Unlock()
	})
}

// TestAnotherKind has a channel become a chat while a mail waits for it.
func TestAnotherKind(t *testing.T) {
	c, s := open(t, chat.Slack)
	d := delivertest.Compose(t, c, delivertest.Edition())
	d.MediaType, d.Payload = "message/rfc822", []byte("From: a\nTo: b\n\nwords\n")
	_, err := c.Send(t.Context(), d)
	if !deliver.IsPermanent(err) || !strings.Contains(err.Error(), "another kind") || c.Parts(d) != 1 || s.asked != 0 {
		t.Errorf("Send = %v in %d parts, asked %d times; want a refusal that asks nobody", err, c.Parts(d), s.asked)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, tt := range []struct {
		o    chat.Options
		want string
	}{
		{chat.Options{Service: "pigeon"}, "no service"},
		{chat.Options{Service: chat.Slack}, "http or https"},
		{chat.Options{Service: chat.Telegram, To: []string{"1"}}, "token"},
		{chat.Options{Service: chat.Ntfy}, "nobody to send to"},
		{chat.Options{Service: chat.Matrix, Token: "t", To: []string{"!a:b"}}, "http or https"},
	} {
		if _, err := chat.New(tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("New(%+v) = %v, want an error with %q", tt.o, err, tt.want)
		}
	}
}
