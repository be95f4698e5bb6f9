package feed

import (
	"strconv"
	"strings"
)

// cloakroom keeps the longer texts of a document while gofeed reads it. The library
// takes a letter at a time and copies each several times over, and of a feed nearly all
// letters are those of its texts, of which it looks at none: it is given a ticket in the
// place of each.
type cloakroom []string

const (
	ticketMark  = "\ue000" // of the private use area
	worthTicket = 24       // bytes that a text has for a ticket to save work
)

// check returns a ticket for a text that is long, or could be taken for one, and any
// other text as it is.
func (c *cloakroom) check(text string) string {
	if len(text) < worthTicket && !strings.Contains(text, ticketMark) {
		return text
	}
	*c = append(*c, text)
	return ticketMark + strconv.Itoa(len(*c)-1)
}

// fetchAll puts texts in the place of tickets.
func (c cloakroom) fetchAll(values ...*string) {
	for _, v := range values {
		*v = c.fetch(*v)
	}
}

// fetchEach is fetchAll for a list.
func (c cloakroom) fetchEach(values []string) {
	for i, v := range values {
		values[i] = c.fetch(v)
	}
}

// fetch returns the text that check was given for what it returned.
func (c cloakroom) fetch(s string) string {
	number, ok := strings.CutPrefix(s, ticketMark)
	if !ok {
		return s
	}
	i, err := strconv.Atoi(number)
	if err != nil || i < 0 || i >= len(c) {
		return s // of a value that is never checked in
	}
	return c[i]
}
