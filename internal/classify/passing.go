package classify

import (
	"slices"
	"strings"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// contextReach is how many tokens may lie between a side and the word that makes
// it a circumstance: "Russia's full-scale invasion", "sanctions on Moscow".
const contextReach = 3

// borderReach is the same for a border: "граница с Азербайджаном", "the Azerbaijani border".
const borderReach = 2

// demote moves to the background what names a side without it taking part: as a
// circumstance, as somebody's origin, as the home of a newsroom, as one shareholder
// among many. The headline is taken at its word, but for what it does without.
func (v *view) demote() {
	for _, s := range []*sideView{&v.az, &v.ru} {
		other := &v.ru
		if s == other {
			other = &v.az
		}
		for i := range s.mentions {
			m := &s.mentions[i]
			switch {
			case m.zone >= zoneBackground:
			case m.zone != zoneTitle && v.follows(tagMedia, m):
				m.zone = zoneAside
			case v.byTheWay(m), m.zone != zoneTitle && v.inPassing(m, other):
				m.zone = zoneBackground
			}
		}
		s.settle()
	}
}

// follows reports whether a word with tag stands right behind m.
func (v *view) follows(tag int, m *mention) bool {
	toks := v.counts.toks[tag]
	if m.sent < 0 {
		toks = v.counts.titleToks[tag]
	}
	for i := 0; i < len(toks); i += 2 {
		if toks[i] == m.hit.TokEnd {
			return true
		}
	}
	return false
}

// near reports whether a word with tag stands in the sentence of m, within reach.
func (v *view) near(tag int, m *mention, reach int) bool {
	toks := v.counts.toks[tag]
	if m.sent < 0 {
		toks = v.counts.titleToks[tag]
	}
	for i := 0; i < len(toks); i += 2 {
		near := toks[i]-m.hit.TokEnd < reach && m.hit.Tok-toks[i+1] <= reach
		if near && (m.sent < 0 || v.doc.Body.Tokens[toks[i]].Sent == m.sent) {
			return true
		}
	}
	return false
}

// byTheWay reports what makes even the headline's naming of a side no part of the story.
func (v *view) byTheWay(m *mention) bool {
	return v.near(tagAvoid, m, contextReach) || v.near(tagOrigin, m, contextReach) || v.namesake(m)
}

// inPassing reports what does so in the text.
func (v *view) inPassing(m *mention, other *sideView) bool {
	return v.onlyBorder(m) || v.near(tagContext, m, contextReach) || v.amongHolders(m) ||
		isCountry(m.hit.Concept) && slices.Contains(v.counts.sents[tagSuspect], m.sent) && !other.standsIn(m.sent)
}

// onlyBorder reports whether the text names a place for its border alone, in an item
// whose headline says nothing of borders.
func (v *view) onlyBorder(m *mention) bool {
	return (m.zone == zoneLead || m.zone == zoneRest) && v.near(tagBorder, m, borderReach) &&
		v.counts.title[tagBorder] == 0 && v.counts.title[tagCrossing] == 0
}

// namesake reports whether m is a place name between quotation marks: a club, a
// hotel, a shop that is called so.
func (v *view) namesake(m *mention) bool {
	t, h := v.doc.Text(m.hit.Field), m.hit
	if !isPlaceName(h.Concept.Kind) || h.Tok == 0 || !isQuote(t.Tokens[h.Tok-1].Fold) {
		return false
	}
	for k := h.Tok + 1; k <= h.TokEnd && k < len(t.Tokens); k++ { // an ending may stand behind the mark
		if isQuote(t.Tokens[k].Fold) {
			return true
		}
	}
	return false
}

func isQuote(fold string) bool { return strings.ContainsAny(fold, "«»“”„\"‘’'") }

// amongHolders reports whether m is a company in a list of companies: a shareholder,
// a member of a consortium, an exhibitor.
func (v *view) amongHolders(m *mention) bool {
	const many, shares = 4, 3
	if m.hit.Concept.Kind != lexicon.Company {
		return false
	}
	var seen []*lexicon.Concept
	for i := range v.doc.Hits {
		h := &v.doc.Hits[i]
		if h.Field == news.FieldText && h.Concept.Kind == lexicon.Company && v.doc.Body.Tokens[h.Tok].Sent == m.sent && !contains(seen, h.Concept) {
			seen = append(seen, h.Concept)
		}
	}
	percent := 0
	for i := range v.doc.Body.Tokens[:min(len(v.doc.Body.Tokens), readTokens)] {
		if t := &v.doc.Body.Tokens[i]; t.Sent == m.sent && t.Fold == "%" {
			percent++
		}
	}
	return len(seen) >= many || percent >= shares
}
