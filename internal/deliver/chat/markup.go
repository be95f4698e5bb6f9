package chat

import (
	"html"
	"strings"
	"unicode/utf16"

	"samur/internal/news"
)

// markup is how a service marks up text.
type markup struct {
	escape func(string) string
	link   func(text, address string) string // text is escaped already
	strong [2]string                         // what stands around strong words
	br     string                            // between lines
}

// block lays b out, its heading first.
func (k markup) block(b news.Block) string {
	var lines []string
	if b.Heading != "" {
		lines = append(lines, k.bold(k.escape(b.Heading)))
	}
	for _, l := range b.Lines {
		lines = append(lines, k.line(l))
	}
	return strings.Join(lines, k.br)
}

// line lays out a line. Strong words that follow each other are marked up as one: in
// Markdown two pairs of signs side by side would be something else.
func (k markup) line(spans []news.Span) string {
	var out strings.Builder
	for i := 0; i < len(spans); {
		var run strings.Builder
		strong := spans[i].Strong
		for ; i < len(spans) && spans[i].Strong == strong; i++ {
			s := k.escape(spans[i].Text)
			if spans[i].Link != "" {
				s = k.link(s, spans[i].Link)
			}
			run.WriteString(s)
		}
		if strong {
			out.WriteString(k.bold(run.String()))
		} else {
			out.WriteString(run.String())
		}
	}
	return out.String()
}

// bold marks s up as strong, without the blanks at its ends: beside them the signs
// would stand for themselves.
func (k markup) bold(s string) string {
	core := strings.TrimSpace(s)
	if core == "" {
		return s
	}
	at := strings.Index(s, core)
	return s[:at] + k.strong[0] + core + k.strong[1] + s[at+len(core):]
}

// plain is text without markup.
var plain = markup{
	escape: func(s string) string { return s },
	link:   func(text, _ string) string { return text },
	br:     "\n",
}

// hypertext is the HTML that Telegram and Matrix take.
func hypertext(br string) markup {
	return markup{
		escape: html.EscapeString,
		link: func(text, address string) string {
			return `<a href="` + html.EscapeString(address) + `">` + text + "</a>"
		},
		strong: [2]string{"<b>", "</b>"},
		br:     br,
	}
}

// markdown is that of Discord and Mattermost. signs are those that a backslash makes
// plain; behind each at sign goes the one that nobody sees, so that no name is called.
func markdown(signs, at string) markup {
	return markup{
		escape: func(s string) string {
			var b strings.Builder
			for i, r := range s {
				if strings.ContainsRune(signs, r) && (r != ':' || strings.HasPrefix(s[i:], "://")) {
					b.WriteByte('\\')
				}
				b.WriteRune(r)
				if r == '@' {
					b.WriteString(at)
				}
			}
			return b.String()
		},
		link: func(text, address string) string {
			address = strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", "\\", "%5C").Replace(address)
			return "[" + text + "](" + address + ")"
		},
		strong: [2]string{"**", "**"},
		br:     "\n",
	}
}

// units counts s in UTF-16, the strictest of the ways in which services count
// characters.
func units(s string) (n int) {
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}
