package feed

import (
	"fmt"
	"strings"
	"testing"
)

// TestTickets wants no ticket to be left in a document whatever element its text is in.
func TestTickets(t *testing.T) {
	const text = "a text that is long enough for a ticket \ue0000"
	for _, tt := range []struct {
		name, format string
		uses         map[string]use
	}{
		{"rss channel", `<rss version="2.0"><channel><%s>%s</%[1]s><item><title>t</title></item></channel></rss>`, rssChannel},
		{"rss item", `<rss version="2.0"><channel><item><%s>%s</%[1]s></item></channel></rss>`, rssItem},
		{"atom feed", `<feed xmlns="http://www.w3.org/2005/Atom"><%s>%s</%[1]s><entry><title>t</title></entry></feed>`, atomFeed},
		{"atom entry", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><%s>%s</%[1]s></entry></feed>`, atomEntry},
	} {
		for name, use := range tt.uses {
			if use == useItem || use == useChannel {
				continue
			}
			doc, err := Parse(fmt.Sprintf(tt.format, name, text), "", "")
			if err != nil {
				t.Fatalf("%s, %s: %v", tt.name, name, err)
			}
			if left := strings.ReplaceAll(fmt.Sprint(doc), text, ""); strings.Contains(left, ticketMark) {
				t.Errorf("%s, %s: Parse = %+v, want no ticket in it", tt.name, name, doc)
			}
		}
	}
}

func TestFetch(t *testing.T) {
	var room cloakroom
	texts := []string{"", "short", "a text that is long enough for a ticket", "\ue0000", "\ue000", "it has \ue000 in it", strings.Repeat("ж", 1000)}
	tickets := make([]string, len(texts))
	for i, text := range texts {
		tickets[i] = room.check(text)
	}
	if got, want := len(room), 5; got != want {
		t.Errorf("%d texts were checked in, want %d", got, want)
	}
	for i, text := range texts {
		if got := room.fetch(tickets[i]); got != text {
			t.Errorf("fetch(check(%q)) = %q, want the text", text, got)
		}
	}
	for _, s := range []string{"\ue0009", "\ue000-1", "\ue000x"} {
		if got := room.fetch(s); got != s {
			t.Errorf("fetch(%q) = %q, want it as it is", s, got)
		}
	}
}
