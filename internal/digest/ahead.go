package digest

import "samur/internal/news"

// maxAhead bounds the box of meetings.
const maxAhead = 10

// meetings puts what is planned into words. An occasion of nobody that is known says too
// little.
func (b *builder) meetings() []news.Meeting {
	var out []news.Meeting
	for _, o := range b.Ahead {
		m := news.Meeting{Occasion: o, Where: b.nameOf(o.Where), Quote: b.said(o.Mentions)}
		for _, id := range o.Who {
			if name := b.nameOf(id); name != "" && len(m.Who) < maxActors {
				m.Who = append(m.Who, name)
			}
		}
		if len(m.Who) > 0 && m.Quote.Text != "" && len(out) < maxAhead {
			out = append(out, m)
		}
	}
	return out
}

// nameOf returns the name of a concept in the digest's language, "" for one that the
// lexicon does not have.
func (b *builder) nameOf(id string) string {
	c, ok := b.Lexicon.Concept(id)
	if !ok {
		return ""
	}
	return c.Name(b.Options.Lang)
}

// said returns the latest sentence of mentions, which come earliest first, that the reader
// can read; the latest when there is none.
func (b *builder) said(mentions []news.Mention) news.Quote {
	var out news.Quote
	for _, m := range mentions {
		if out.Text == "" || m.Lang == b.Options.Lang || out.Lang != b.Options.Lang {
			out = news.Quote{Text: m.Event.Sentence, Item: m.Item, URL: m.URL, Outlet: m.Outlet, Lang: m.Lang}
		}
	}
	return out
}
