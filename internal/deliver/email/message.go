package email

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"net/mail"
	"net/url"
	"strings"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail"

	"samur/internal/news"
)

// flowed is the type of a text whose lines a reader's program may join, RFC 3676.
const flowed gomail.ContentType = "text/plain; format=flowed; delsp=no"

// mediaType is that of a whole mail.
const mediaType = "message/rfc822"

// Compose returns the whole message, headers included, as it will be sent. The same
// edition and recipient give the same bytes but for the time of a DKIM signature.
func (c *Channel) Compose(e news.Edition, to news.Recipient) ([]byte, string, error) {
	b, err := c.message(e, to)
	if err == nil && c.o.Signer != nil {
		b, err = c.o.Signer.sign(b)
	}
	if err != nil {
		return nil, "", fmt.Errorf("compose mail to %q: %w", to.To, err)
	}
	return b, mediaType, nil
}

func (c *Channel) message(e news.Edition, to news.Recipient) ([]byte, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingB64), gomail.WithBoundary(boundary(to.ID)))
	address, err := parseAddress(to.To)
	if err != nil {
		return nil, err
	}
	domain := c.domain()
	m.SetDateWithValue(to.Made.UTC())
	m.SetMessageIDWithValue(to.ID + "@" + domain)
	// What names no message but the row of them: mail programs gather by it the editions
	// of a digest, which each reader has alone.
	m.SetGenHeader("References", fmt.Sprintf("<%s@%s>", thread(e.List(), to), domain))
	// RFC 3834: no out-of-office answer to a machine. RFC 2919: a name to filter by.
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("List-Id", fmt.Sprintf("<%s.samur.%s>", e.List(), domain))
	if off, oneClick := c.unsubscribe(e.List(), to.To); off != "" {
		m.SetGenHeader("List-Unsubscribe", off)
		if oneClick {
			m.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
		}
	}
	kind, text := gomail.TypeTextPlain, e.Text
	if len(e.Flowed) > 0 {
		kind, text = flowed, e.Flowed
	}
	m.SetBodyString(kind, string(text))
	m.AddAlternativeString(gomail.TypeTextHTML, string(e.HTML))
	var b bytes.Buffer
	fmt.Fprintf(&b, "From: %s\r\nTo: %s\r\nSubject: %s\r\n", mailbox(c.from), mailbox(address), encoded(oneLine(e.Subject)))
	if _, err := m.WriteTo(&b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// unsubscribe returns what List-Unsubscribe says, "" for nothing, and whether pressing a
// mail program's button is all that is needed (RFC 8058): the https address then says
// whom it is about. One that does not is a page for people, and no program may post to it.
func (c *Channel) unsubscribe(list, to string) (header string, oneClick bool) {
	var ways []string
	if at := c.o.Unsubscribe; at != "" {
		oneClick = strings.HasPrefix(strings.ToLower(at), "https:") && strings.Contains(at, "{recipient}")
		named := strings.NewReplacer("{recipient}", url.QueryEscape(to), "{list}", url.QueryEscape(list)).Replace(at)
		ways = append(ways, "<"+named+">")
	}
	if a, err := parseAddress(c.o.UnsubscribeMail); err == nil { // New took it; there may be none
		ways = append(ways, "<mailto:"+a.Address+"?subject=unsubscribe%20"+url.PathEscape(list)+">")
	}
	return strings.Join(ways, ", "), oneClick
}

// mailbox is an address as it stands in a header.
func mailbox(a *mail.Address) string {
	address := (&mail.Address{Address: a.Address}).String()
	if a.Name == "" {
		return address
	}
	if name := encoded(a.Name); name != a.Name {
		return name + "\r\n " + address
	}
	return a.String()
}

// encoded is a header's text in words of RFC 2047, as many as are needed, each on a line
// of its own. net/mail and go-mail write such words too, but leave the first line of a
// long subject empty and part letters from each other in a name, which some readers take
// for blanks. Short text of ASCII alone is left as it is.
func encoded(s string) string {
	const (
		longest = 64 // of text that is left as it is
		chunk   = 39 // bytes in a word: with the name of the header in 76 columns
	)
	plain := !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
	if plain && len(s) <= longest && !strings.Contains(s, "=?") {
		return s
	}
	var words []string
	for s != "" {
		n := min(chunk, len(s))
		for n < len(s) && n > 1 && !utf8.RuneStart(s[n]) {
			n--
		}
		words = append(words, "=?UTF-8?B?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(words, "\r\n ")
}

// thread names the row of the messages of a list to one recipient.
func thread(list string, to news.Recipient) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s", to.Channel, to.To)
	return fmt.Sprintf("%s.%016x", list, h.Sum64())
}

// boundary is a MIME boundary that is the same for the same delivery. Both parts
// are base64, which has no "-", so no line of theirs can look like it.
func boundary(id string) string {
	clean := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, id)
	return "samur_" + clean[:min(len(clean), 60)]
}

func (c *Channel) domain() string {
	return c.from.Address[strings.LastIndexByte(c.from.Address, '@')+1:]
}

func oneLine(s string) string {
	return strings.Join(strings.Fields(s), " ")
}
