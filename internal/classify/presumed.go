package classify

import (
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// What goes without saying. A newsroom calls its own country "the country" and the
// ministries of its own state by their bare names, and tells its readers of trade
// "with Russia" without adding whose; a border crossing lies between the two; and
// peacekeepers in Karabakh were Russia's. Such a mention stands for a side that the
// item does not name otherwise. It counts for less than a name, and only where the
// other side is named.

// bodies are the bodies of state that a newsroom names without their country when
// they are its own.
var bodies = map[string]bool{
	"institution/foreign-ministry": true, "institution/defence-ministry": true,
	"institution/interior-ministry": true, "institution/customs": true, "institution/prosecutors": true,
}

// officers are those whom a newsroom names without their country when they serve its own,
// and what it sends abroad. Any country has them: where a third one is named, or the
// other side stands right beside, they are theirs.
var officers = map[string]bool{
	"office/head-of-state": true, "office/prime-minister": true, "office/deputy-prime-minister": true,
	"office/speaker": true, "office/ambassador": true, "institution/embassy": true,
	"institution/ministries": true, "institution/state-agencies": true, "office/ombudsman": true,
}

// envoys of a side, told of by the other side's newsrooms, are those sent to them.
var envoys = map[string]news.Side{
	"office/russian-ambassador": news.SideRu, "office/russian-charge-daffaires": news.SideRu, "institution/russian-embassy": news.SideRu,
	"office/azerbaijani-ambassador": news.SideAz, "institution/azerbaijani-embassy": news.SideAz,
}

// peacekeepers are Russia's where the item names a place of the conflict.
const peacekeepers = "term/peacekeepers"

var conflictPlaces = map[string]bool{
	"region/karabakh": true, "city/khankendi": true, "city/shusha": true, "city/lachin": true,
	"city/khojaly": true, "city/aghdam": true, "region/liberated-territories": true,
}

// presume lets a side that is not named, or only in passing, be meant.
func (c *Classifier) presume(v *view) {
	missing, named := v.unnamed()
	if missing == nil {
		return
	}
	g := guess{view: v, missing: missing, named: named, home: v.home() == missing.side}
	ban, banned := v.newsroom(missing.side)
	if g.home || banned {
		c.count(v)
		if v.demote(); named.best >= zoneBackground {
			return
		}
	}
	g.conflict = missing.side == news.SideRu && v.conflict()
	for i := range v.doc.Hits {
		if m := v.mention(&v.doc.Hits[i]); m.hit.Tok < readTokens && g.means(i, m) {
			missing.presume(m)
		}
	}
	if banned && v.counts.title[tagBan] > 0 {
		missing.presume(ban)
	}
	if m, ok := v.dealing(named); ok && g.home && missing.best >= zoneBackground && !missing.isListed() {
		missing.presume(m)
	}
}

// unnamed returns the side that is not named, or only in passing, where the other is,
// and that other; nil when both or neither are.
func (v *view) unnamed() (missing, named *sideView) {
	az, ru := v.az.best < zoneBackground, v.ru.best < zoneBackground
	switch {
	case ru && !az:
		return &v.az, &v.ru
	case az && !ru:
		return &v.ru, &v.az
	}
	return nil, nil
}

// guess is what is known when a side is looked for that goes without saying.
type guess struct {
	*view
	missing, named *sideView
	home           bool // the newsroom is of the missing side
	conflict       bool // the item is set in Karabakh, and Russia is missing
}

// means reports whether mention m, hit i, stands for the missing side.
func (g *guess) means(i int, m mention) bool {
	id := m.hit.Concept.ID
	switch {
	case bonds[id] && m.zone <= zoneLead:
		return g.besides(m.hit)
	case id == peacekeepers:
		return g.conflict
	case !g.home:
		return false
	case bodies[id]:
		return !g.owned(i)
	case envoys[id] == g.named.side:
		return len(g.thirds) == 0
	case officers[id]:
		return len(g.thirds) == 0 && g.acts(i, m)
	}
	return false
}

// acts reports whether a nameless officer or agency in the headline, or in the lead of an
// item about dealings, can be the newsroom's own: nothing of the other side stands right
// beside it, and nobody of that side in the headline before it, whose office it may be.
func (g *guess) acts(i int, m mention) bool {
	if g.owned(i) {
		return false
	}
	if m.zone != zoneTitle {
		return m.zone == zoneLead && m.hit.Concept.Kind == lexicon.Institution && g.counts.n[tagJoint] > 0
	}
	return !slices.ContainsFunc(g.named.mentions, func(o mention) bool {
		return o.zone == zoneTitle && o.hit.Concept.Kind == lexicon.Person && o.hit.Tok < m.hit.Tok
	})
}

func (s *sideView) presume(m mention) {
	m.presumed = true
	s.take(m)
	s.settle()
}

// isListed reports whether the side stands in a list of countries.
func (s *sideView) isListed() bool {
	return slices.ContainsFunc(s.mentions, func(m mention) bool { return m.zone == zoneList })
}

// newsrooms are the sides of news agencies and sites, which as a rule are sources.
var newsrooms = map[string]news.Side{
	"organisation/tass": news.SideRu, "organisation/ria-novosti": news.SideRu, "organisation/interfax": news.SideRu,
	"organisation/sputnik-agency": news.SideRu, "organisation/rt": news.SideRu, "organisation/kommersant": news.SideRu,
	"organisation/izvestia": news.SideRu, "organisation/vedomosti": news.SideRu, "organisation/rbc": news.SideRu,
	"organisation/report-agency": news.SideAz, "organisation/trend-agency": news.SideAz, "organisation/apa-agency": news.SideAz,
	"organisation/azertac": news.SideAz, "organisation/azernews": news.SideAz, "organisation/news-az": news.SideAz,
	"organisation/turan-agency": news.SideAz, "organisation/minval": news.SideAz, "organisation/haqqin": news.SideAz,
	"organisation/oxu-az": news.SideAz, "organisation/modern-az": news.SideAz, "organisation/day-az": news.SideAz,
	"organisation/1news-az": news.SideAz, "organisation/caliber-az": news.SideAz, "organisation/aztv": news.SideAz,
	"organisation/baku-tv": news.SideAz, "organisation/itv-azerbaijan": news.SideAz, "organisation/real-tv": news.SideAz,
	"organisation/musavat-com": news.SideAz, "organisation/vesti-az": news.SideAz, "organisation/sfera-az": news.SideAz,
	"organisation/ntv-channel": news.SideRu, "organisation/pervy-kanal": news.SideRu, "organisation/rossiya-1": news.SideRu,
	"organisation/lenta-ru": news.SideRu, "organisation/regnum": news.SideRu, "organisation/eadaily": news.SideRu,
	"organisation/nezavisimaya-gazeta": news.SideRu, "organisation/moskovsky-komsomolets": news.SideRu,
	"organisation/gazeta-ru": news.SideRu, "organisation/rossiyskaya-gazeta": news.SideRu,
}

// newsroom finds a newsroom of a side in the headline. Where that tells of a ban or a
// raid, it is no source but what the story is about.
func (v *view) newsroom(side news.Side) (mention, bool) {
	for i := range v.doc.Hits {
		if h := &v.doc.Hits[i]; h.Field == news.FieldTitle && newsrooms[h.Concept.ID] == side {
			return v.mention(h), true
		}
	}
	return mention{}, false
}

// home is the side of the newsroom: the outlet's, else that of its dateline, else
// that of its language where one side alone writes it.
func (v *view) home() news.Side {
	if s := v.doc.Home; s == news.SideAz || s == news.SideRu {
		return s
	}
	for i := range v.doc.Hits {
		h := &v.doc.Hits[i]
		if s := h.Concept.Side; h.Field == news.FieldText && h.Tok < v.zones.dateline && (s == news.SideAz || s == news.SideRu) {
			return s
		}
	}
	if v.doc.Title.Lang == news.Az {
		return news.SideAz
	}
	return ""
}

// owned reports whether something of a side owns the body or office of hit i, as each
// language says it: "Rusiya XİN", "prezident Putin"; "президент Путин", "МИД Грузии";
// "the Ministry of … of Armenia".
func (v *view) owned(i int) bool {
	h := &v.doc.Hits[i]
	t := v.doc.Text(h.Field)
	gap := func(o *lexicon.Hit) int {
		if o.Field != h.Field || o.Concept.Side == "" || isAgency(o.Concept) {
			return -1
		}
		return max(o.Tok-h.TokEnd, h.Tok-o.TokEnd)
	}
	if i > 0 && gap(&v.doc.Hits[i-1]) == 0 {
		return true
	}
	if i+1 >= len(v.doc.Hits) {
		return false
	}
	next := &v.doc.Hits[i+1]
	switch g := gap(next); t.Lang {
	case news.En:
		return g == 0 || g == 1 && slices.Contains([]string{"of", "in", "to", "'s"}, t.Tokens[h.TokEnd].Fold)
	case news.Az:
		bare := lang.Fold(h.Form, news.Az) == lang.Fold(h.Name, news.Az)
		return g == 0 && bare && next.Concept.Kind == lexicon.Person
	default:
		return g == 0
	}
}

// conflict reports whether a place of the Karabakh conflict is named outside asides.
func (v *view) conflict() bool {
	return slices.ContainsFunc(v.az.mentions, func(m mention) bool {
		return conflictPlaces[m.hit.Concept.ID] && m.zone < zoneAside
	})
}

// dealing finds where an item says that the newsroom's own country deals with the
// other side: something goes there or comes from there, is done with it or to its
// citizens, or the country or its people are spoken of as ours. No third country
// may stand in that sentence.
func (v *view) dealing(other *sideView) (mention, bool) {
	for _, m := range other.mentions {
		ours := v.says(m.sent, tagOurs)
		if m.zone > zoneLead || !isPlaceName(m.hit.Concept.Kind) && !ours || v.thirdIn(m) || v.says(m.sent, tagAbroad) {
			continue
		}
		if v.deals(m) || m.zone == zoneTitle && v.oursInLead() {
			return m, true
		}
	}
	return mention{}, false
}

// deals reports whether what stands around a place says so.
func (v *view) deals(m mention) bool {
	does := v.says(m.sent, tagJoint) || v.says(m.sent, tagFlow)
	return v.beside(m.hit) || does && v.directed(m.hit) || v.says(m.sent, tagOurs) ||
		v.citizens(m.hit) && v.says(m.sent, tagForce) || v.brings(m) || v.colleague(m.hit)
}

// brings reports whether a place qualifies what crosses borders right behind it: "Russian
// grain", "Moskva reysləri", where no ending says that it is done there.
func (v *view) brings(m mention) bool {
	h := m.hit
	if v.doc.Text(h.Field).Lang == news.Az && lang.Fold(h.Form, news.Az) != lang.Fold(h.Name, news.Az) {
		return false
	}
	return v.follows(tagFlow, &m)
}

// oursInLead reports whether the lead speaks of the newsroom's own people, and no third
// country stands there.
func (v *view) oursInLead() bool {
	return slices.ContainsFunc(v.counts.sents[tagOurs], func(sent int) bool {
		return v.zones.body[sent] == zoneLead && !slices.ContainsFunc(v.thirds, func(o mention) bool { return o.zone <= zoneLead })
	})
}

// colleague reports whether a place is where somebody's colleague is from.
func (v *view) colleague(h *lexicon.Hit) bool {
	_, next := neighbours(v.doc.Text(h.Field), h)
	return slices.ContainsFunc([]string{"counterpart", "colleague", "коллег", "həmkar"}, func(w string) bool { return strings.HasPrefix(next, w) })
}

// says reports whether a word with tag stands in a sentence of the text, or for -1
// in the title.
func (v *view) says(sent, tag int) bool {
	if sent < 0 {
		return v.counts.title[tag] > 0
	}
	return slices.Contains(v.counts.sents[tag], sent)
}

// thirdIn reports whether a third country shares the sentence of m, or for a headline
// the item.
func (v *view) thirdIn(m mention) bool {
	return slices.ContainsFunc(v.thirds, func(o mention) bool { return o.sent == m.sent || m.zone == zoneTitle })
}

// beside reports whether a place is with whom something is done or is to be had.
func (v *view) beside(h *lexicon.Hit) bool {
	t := v.doc.Text(h.Field)
	before, after := neighbours(t, h)
	switch t.Lang {
	case news.En:
		return before == "with"
	case news.Ru:
		return before == "с" || before == "со"
	}
	return after == "ilə" && (h.TokEnd+1 >= len(t.Tokens) || !t.Tokens[h.TokEnd+1].Upper) // "between Russia and NATO" is written so, too
}

// directed reports whether a place is where something goes, comes from, or with whom
// it is done, as the preposition or the case says.
func (v *view) directed(h *lexicon.Hit) bool {
	t := v.doc.Text(h.Field)
	before, after := neighbours(t, h)
	switch t.Lang {
	case news.En:
		return slices.Contains([]string{"to", "from", "with", "into"}, before)
	case news.Ru:
		return slices.Contains([]string{"с", "со", "из", "к", "от"}, before) ||
			slices.Contains([]string{"в", "на"}, before) && (accusative(h.Form) || v.flowsTo(h))
	case news.Az:
		ending := strings.TrimPrefix(lang.Fold(h.Form, news.Az), lang.Fold(h.Name, news.Az))
		return after == "ilə" || slices.Contains([]string{"ya", "yə", "a", "ə", "na", "nə", "dan", "dən", "yla", "ylə", "la", "lə"}, ending)
	}
	return false
}

// flowsTo reports whether a word of what crosses borders stands right before the
// preposition of a place: "рейсы в Баку".
func (v *view) flowsTo(h *lexicon.Hit) bool {
	toks := v.counts.toks[tagFlow]
	if h.Field == news.FieldTitle {
		toks = v.counts.titleToks[tagFlow]
	}
	for i := 1; i < len(toks); i += 2 {
		if toks[i] == h.Tok-2 {
			return true
		}
	}
	return false
}

// accusative reports that a Russian place name behind в or на tells where to, not
// where: the locative ends otherwise, and what has one form for both says neither.
func accusative(form string) bool {
	if strings.ToUpper(form) == form || strings.HasSuffix(form, "у") && !strings.HasSuffix(form, "ву") {
		return false // РФ, Баку; Москву
	}
	last := []rune(form)[len([]rune(form))-1]
	return !strings.ContainsRune("еиох", last)
}

// citizens reports whether a mention is of people: "Russian citizens", "россияне".
func (v *view) citizens(h *lexicon.Hit) bool {
	t := v.doc.Text(h.Field)
	_, next := neighbours(t, h)
	form := lang.Fold(h.Form, t.Lang)
	for _, people := range []string{"россиян", "rusiyalı", "russians", "азербайджанц", "azərbaycanlı", "azerbaijanis"} {
		if strings.HasPrefix(form, people) {
			return true
		}
	}
	for _, people := range []string{"citizen", "national", "граждан", "vətəndaş"} {
		if strings.HasPrefix(next, people) {
			return true
		}
	}
	return false
}
