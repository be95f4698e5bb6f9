package classify

import (
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// voice is what the classifier knows of one language.
type voice struct {
	openers *phrases
	signals *phrases
	deeds   *phrases // of states
	cues    *phrases // of topics; tags index Classifier.cues
}

// voices compiles the tables of openers, signals and deeds.
func voices() map[news.Lang]*voice {
	vs := map[news.Lang]*voice{}
	for l := range signals {
		v := &voice{openers: newPhrases(l), signals: newPhrases(l), deeds: newPhrases(l), cues: newPhrases(l)}
		for tag, list := range openers[l] {
			for _, raw := range list {
				v.openers.add(raw, tag)
			}
		}
		for tag, list := range signals[l] {
			for _, raw := range list {
				v.signals.add(raw, tag)
			}
		}
		for tag, list := range deeds[l] {
			for _, raw := range list {
				v.deeds.add(raw, tag)
			}
		}
		vs[l] = v
	}
	return vs
}

// voice returns the tables for a language.
func (c *Classifier) voice(l news.Lang) *voice { return c.voices[readAs(l)] }

// languages are those read in full, in the order of the config and of what is shown.
func languages() []news.Lang { return []news.Lang{news.En, news.Ru, news.Az} }

// readAs returns the language whose tables a text is read by: what is not read in full
// is read by those of the language written most like it.
func readAs(l news.Lang) news.Lang {
	switch l {
	case news.Az, news.Tr:
		return news.Az
	case news.Ru, news.Uk:
		return news.Ru
	}
	return news.En
}

// opener returns the tag of the opener that begins at token i, 0 for none.
func (v *voice) opener(t *lang.Text, i int) int {
	got := 0
	v.openers.find(t, i, func(tag, _ int) { got = tag })
	return got
}

func (v *voice) month(t *lang.Text, i int) bool {
	found := false
	v.signals.find(t, i, func(tag, _ int) { found = found || tag == tagMonth })
	return found
}

// Which concepts play which part in the gate follows from their kind and side.

// isAgency: an organisation that speaks for no side and no topic is a source.
func isAgency(c *lexicon.Concept) bool {
	return c.Kind == lexicon.Organisation && c.Side == "" && len(c.Topics) == 0
}

// isCountry reports whether c counts when a sentence lists countries.
func isCountry(c *lexicon.Concept) bool { return c.Kind == lexicon.Country }

// isThird reports whether c, of neither side, can be what a story is about.
func isThird(c *lexicon.Concept) bool {
	return c.Side == news.SideOther && (c.Kind != lexicon.Organisation || c.ID == "organisation/eu")
}

// isForum: an organisation of neither side in which both sit (3+3, the Caspian five).
func isForum(c *lexicon.Concept) bool {
	return c.Kind == lexicon.Organisation && c.Side == "" && len(c.Topics) > 0
}
