package classify

import (
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// mention is a hit that the gate weighs.
type mention struct {
	hit  *lexicon.Hit
	zone zone
	sent int // sentence of the text; -1 in the title

	presumed bool // the side is meant, not named
}

// sideView is what an item says of one side.
type sideView struct {
	side     news.Side
	mentions []mention
	best     zone // the most telling zone it is named in; zoneAside when in none
	weight   float64
}

// view is everything that the gate weighs in an item.
type view struct {
	doc     *lexicon.Doc
	zones   zones
	az, ru  sideView
	bonds   []mention
	thirds  []mention
	implies bool          // a headline alone that implies the side it does not name
	forum   bool          // the headline names a forum in which both sides sit
	counts  *signalCounts // unread until something is; most items never are, and it is large
	items   []news.Evidence
	score   float64
}

// add notes a reason; its points are part of the score from here on.
func (v *view) add(e news.Evidence) {
	v.items = append(v.items, e)
	v.score += e.Points
}

// because notes a reason that has no place in the text.
func (v *view) because(points float64, why news.GroundKind) {
	if points != 0 {
		v.add(news.Evidence{Points: points, Why: news.Because(why)})
	}
}

// at notes a reason that stands at m.
func (v *view) at(m mention, points float64, why news.Ground) {
	h := m.hit
	v.add(news.Evidence{
		Field: h.Field, Start: h.Start, End: h.End, Form: h.Form,
		Concept: h.Concept.ID, Points: points, Why: why,
	})
}

// look sorts the hits of d into the two sides, what binds them, and the others.
func (c *Classifier) look(d *lexicon.Doc) *view {
	v := &view{doc: d, zones: c.zonesOf(d), counts: &unread}
	v.az.side, v.ru.side = news.SideAz, news.SideRu
	for i := range d.Hits {
		h := &d.Hits[i]
		if h.Tok >= readTokens {
			continue
		}
		m := v.mention(h)
		if isAgency(h.Concept) || h.Concept.Kind == lexicon.Currency {
			continue // a source; a price
		}
		inside := c.inside[h.Name]
		if h.Concept.Kind == lexicon.Institution && foreign(d, i) {
			continue // "Ministry of … of the other": the bare name is our side's
		}
		if h.Concept.Side == news.SideAz || inside.az {
			v.az.take(m)
		}
		if h.Concept.Side == news.SideRu || inside.ru {
			v.ru.take(m)
		}
		if isThird(h.Concept) {
			v.thirds = append(v.thirds, m)
		}
		if _, ok := bonds[h.Concept.ID]; ok {
			v.bonds = append(v.bonds, m)
			v.forum = v.forum || m.zone == zoneTitle && (isForum(h.Concept) || bonds[h.Concept.ID])
		}
	}
	v.az.dropMetonym(v.home())
	v.forum = v.forum || v.across()
	if v.worthReading() {
		c.count(v)
		v.demote()
	}
	v.az.settle()
	v.ru.settle()
	c.presume(v)
	return v
}

// foreign reports whether a place or "the republic" of another side stands right
// behind the institution of hit i and owns it.
func foreign(d *lexicon.Doc, i int) bool {
	if i+1 >= len(d.Hits) {
		return false
	}
	h, next := &d.Hits[i], &d.Hits[i+1]
	gap := next.Tok - h.TokEnd
	if next.Field != h.Field || gap < 0 || gap > 1 || next.Concept.Side == "" || next.Concept.Side == h.Concept.Side {
		return false
	}
	if h.Concept.Side == "" || !isCountry(next.Concept) {
		return false
	}
	switch t := d.Text(h.Field); t.Lang {
	case news.Ru:
		return gap == 0 && !accusative(next.Form) // the genitive stands behind: Минздрав республики
	case news.En:
		return gap == 1 && t.Tokens[h.TokEnd].Fold == "of"
	}
	return false
}

// mention places a hit in the item.
func (v *view) mention(h *lexicon.Hit) mention {
	m := mention{hit: h, zone: v.zones.of(v.doc, h), sent: -1}
	if h.Field == news.FieldText {
		m.sent = v.doc.Body.Tokens[h.Tok].Sent
	}
	return m
}

// across reports whether something crosses Azerbaijan: then a third country is where
// it goes, not what the story is about.
func (v *view) across() bool {
	return slices.ContainsFunc(v.az.mentions, func(m mention) bool {
		if m.zone > zoneLead || !isPlaceName(m.hit.Concept.Kind) {
			return false
		}
		t := v.doc.Text(m.hit.Field)
		before, after := neighbours(t, m.hit)
		switch t.Lang {
		case news.En:
			return before == "through" || before == "via" || before == "across"
		case news.Ru:
			return before == "через" || before == "территории" || before == "территорию"
		case news.Az:
			return after == "üzərindən" || after == "ərazisindən" || after == "vasitəsilə"
		}
		return false
	})
}

// neighbours returns the folded words before and behind a hit, "" at an end.
func neighbours(t *lang.Text, h *lexicon.Hit) (before, after string) {
	if h.Tok > 0 {
		before = t.Tokens[h.Tok-1].Fold
	}
	if h.TokEnd < len(t.Tokens) {
		after = t.Tokens[h.TokEnd].Fold
	}
	return before, after
}

// worthReading reports whether an item could pass at all; most cannot, and are
// not read further.
func (v *view) worthReading() bool {
	return len(v.az.mentions) > 0 && len(v.ru.mentions) > 0 ||
		slices.ContainsFunc(v.bonds, func(m mention) bool { return m.zone == zoneTitle })
}

// dropMetonym forgets "the republic" where nothing else names Azerbaijan, and in
// newsrooms of Russia, which has republics of its own.
func (s *sideView) dropMetonym(home news.Side) {
	isMetonym := func(m mention) bool { return m.hit.Concept.ID == metonym }
	if home == news.SideRu || !slices.ContainsFunc(s.mentions, func(m mention) bool { return !isMetonym(m) }) {
		s.mentions = slices.DeleteFunc(s.mentions, isMetonym)
	}
}

func (s *sideView) take(m mention) { s.mentions = append(s.mentions, m) }

// gate weighs whether an item concerns both sides.
func (v *view) gate() {
	v.sidePoints(&v.az)
	v.sidePoints(&v.ru)
	v.together()
	v.implied()
	v.bond()
	v.third()
	v.signalPoints()
}

// sidePoints credits the best places of a side: the first concept in full, the
// second and third for a share, the same concept once.
func (v *view) sidePoints(s *sideView) {
	var seen []*lexicon.Concept
	share := [...]float64{1, pointsSecond, pointsThird}
	for z := zoneTitle; z < zoneAside; z++ {
		for _, m := range s.mentions {
			if m.zone != z || len(seen) >= len(share) || contains(seen, m.hit.Concept) {
				continue
			}
			points, why := zonePoints[z]*share[len(seen)]*kindShare(m.hit.Concept), news.Because(news.GroundSideIn, string(s.side), z.String())
			if m.presumed {
				points, why = points*presumedShare, news.Because(news.GroundSideMeant, string(s.side), z.String())
			}
			v.at(m, points, why)
			seen = append(seen, m.hit.Concept)
		}
	}
	if len(seen) == 0 && len(s.mentions) > 0 {
		v.at(s.mentions[0], 0, news.Because(news.GroundSideAside, string(s.side)))
	}
}

func kindShare(c *lexicon.Concept) float64 {
	if p, ok := kindPoints[string(c.Kind)]; ok {
		return p
	}
	return 1
}

// together credits how near the two sides come to each other.
func (v *view) together() {
	a, r := v.az.best, v.ru.best
	near, far := min(a, r), max(a, r)
	lead, rest := v.sameSentence(zoneLead), v.sameSentence(zoneRest)
	switch {
	case far == zoneAside:
	case far == zoneTitle:
		v.because(pointsTogetherTitle, news.GroundBothTitle)
	case near == zoneTitle && far == zoneLead:
		v.because(pointsTitleLead, news.GroundTitleLead)
	case lead:
		v.because(pointsSameLead, news.GroundBothLead)
	case near == zoneTitle && far == zoneRest:
		v.because(pointsTitleRest, news.GroundTitleText)
	case rest:
		v.because(pointsSameRest, news.GroundBothSentence)
	case far <= zoneRest:
		v.because(pointsApart, news.GroundBothText)
	default:
		v.because(pointsBehind, news.GroundBehind)
	}
}

// sameSentence reports whether both sides stand in one sentence of a zone.
func (v *view) sameSentence(z zone) bool {
	for _, a := range v.az.mentions {
		if a.zone != z {
			continue
		}
		for _, r := range v.ru.mentions {
			if r.zone == z && r.sent == a.sent {
				return true
			}
		}
	}
	return false
}

// implied credits a side that goes without saying in a headline: where that is all
// there is, beside one side anything the two share will do, without either it must
// be something that both belong to by definition, and somebody must act.
func (v *view) implied() {
	if max(v.az.best, v.ru.best) < zoneList {
		return
	}
	one := min(v.az.best, v.ru.best) == zoneTitle
	if len(v.doc.Body.Tokens) > 0 && min(v.az.best, v.ru.best) < zoneBackground {
		return // the text had room to name the other
	}
	for _, m := range v.bonds {
		if m.zone == zoneTitle && (one || bonds[m.hit.Concept.ID]) && v.besides(m.hit) {
			points := pointsImplied
			if !one {
				points = pointsImpliedBoth
			}
			v.at(m, points, news.Because(news.GroundTakePart))
			v.implies = true
			return
		}
	}
}

// besides reports whether an item says anything besides h: no single name
// decides.
func (v *view) besides(h *lexicon.Hit) bool {
	outside := func(f news.Field, tok int) bool { return f != h.Field || tok < h.Tok || tok >= h.TokEnd }
	act := func(tok int) bool { return outside(news.FieldTitle, tok) }
	return slices.ContainsFunc(v.counts.acts, act) || slices.ContainsFunc(v.doc.Hits, func(o lexicon.Hit) bool {
		return outside(o.Field, o.Tok) && !isAgency(o.Concept)
	})
}

// bond credits what the two share, twice at most, and only beside a side.
func (v *view) bond() {
	if min(v.az.best, v.ru.best) >= zoneBackground && !v.implies {
		return
	}
	var seen []*lexicon.Concept
	for _, m := range v.bonds {
		if m.zone >= zoneBackground || len(seen) == 2 || contains(seen, m.hit.Concept) {
			continue
		}
		points := pointsBond
		if m.zone == zoneTitle {
			points = pointsBondTitle
		}
		v.at(m, points, news.Because(news.GroundShared))
		seen = append(seen, m.hit.Concept)
	}
}

// third debits stories that are mainly about another country.
func (v *view) third() {
	var seen []*lexicon.Concept
	both := v.az.best == zoneTitle && v.ru.best == zoneTitle
	weights := map[*lexicon.Concept]float64{}
	most := 0.0
	shared := slices.ContainsFunc(v.bonds, func(m mention) bool { return m.zone == zoneTitle })
	for _, m := range v.thirds {
		weights[m.hit.Concept] += zonePoints[m.zone]
		most = max(most, weights[m.hit.Concept])
		if v.forum || m.zone != zoneTitle || contains(seen, m.hit.Concept) || len(seen) == 2 {
			continue
		}
		points := pointsThirdTitle
		switch {
		case v.venue(m):
			points = pointsThirdVenue
		case shared && len(seen) == 0 && !both:
			points = pointsThirdBond
		case both:
			points = pointsThirdBoth
		case len(seen) > 0:
			points = pointsThirdMore
		}
		v.at(m, points, news.Because(news.GroundThird))
		seen = append(seen, m.hit.Concept)
	}
	if !both && !v.forum && most > 1.5*min(v.az.weight, v.ru.weight)+0.5 {
		v.because(pointsThirdMain, news.GroundThirdMain)
	}
}

// venue reports whether a headline names a place of neither side as the one where
// something happens, in an item whose lead names both sides. Armenia is more than a place.
func (v *view) venue(m mention) bool {
	if max(v.az.best, v.ru.best) > zoneLead || m.hit.Field != news.FieldTitle || settled[m.hit.Concept.ID] {
		return false
	}
	t := v.doc.Text(m.hit.Field)
	before, _ := neighbours(t, m.hit)
	switch t.Lang {
	case news.En:
		return before == "in"
	case news.Ru:
		return (before == "в" || before == "во") && !accusative(m.hit.Form)
	case news.Az:
		form := lang.Fold(m.hit.Form, news.Az)
		return slices.ContainsFunc([]string{"da", "də", "dakı", "dəki"}, func(end string) bool { return strings.HasSuffix(form, end) })
	}
	return false
}

// missing says what kept the item below the line.
func (v *view) missing() news.Ground {
	switch a, r := v.az.absent(), v.ru.absent(); {
	case a != "" && r != "" && len(v.az.mentions)+len(v.ru.mentions) == 0:
		return news.Because(news.GroundNoSide)
	case a != "" && r != "":
		return news.Because(news.GroundBothFail, string(a), string(r))
	case a != "":
		return a
	case r != "":
		return r
	}
	worst := news.Evidence{}
	for _, e := range v.items {
		if e.Points < worst.Points {
			worst = e
		}
	}
	if worst.Points < 0 {
		return news.Because(news.GroundAgainst, string(worst.Why))
	}
	return news.Because(news.GroundNotTied)
}

// absent is why a side does not count, "" when it does.
func (s *sideView) absent() news.Ground {
	name := string(s.side)
	switch {
	case len(s.mentions) == 0:
		return news.Because(news.GroundAbsent, name)
	case s.best == zoneAside:
		return news.Because(news.GroundAsideAlone, name)
	case s.best == zoneList:
		return news.Because(news.GroundListAlone, name)
	case s.best == zoneBackground:
		return news.Because(news.GroundBehindAlone, name)
	}
	return ""
}
