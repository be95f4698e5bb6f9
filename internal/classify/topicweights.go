package classify

import (
	"strings"

	"samur/internal/lexicon"
)

// The points of topics. A topic is given from its threshold on; one plain word
// of it in the lead is worth 0.72, in the headline 0.8.
const (
	maxVotes         = 6
	leastVote        = 0.005 // a reason worth less is not told
	voteShare        = 0.6   // what each further vote counts of the one before
	enumeratedShare  = 0.3
	enumeratedTopics = 3
	pointsCueWord    = 0.55
	pointsCuePhrase  = 0.8
	pointsConcept    = 0.8 // a concept that the topic names
	pointsSecondary  = 0.9 // share of a concept's points for its second topic on
	trustPrior       = 12
	pointsRegion     = 0.65 // a region of Russia in the headline or lead with Azerbaijan
	pointsStem       = 0.2  // a stem of the seeds
	pointsExample    = 0.55 // a stem, or concept, of the examples of a user's own topic
	pointsProfile    = 0.7  // a concept that stands in seed passages of the topic alone
	relativeShare    = 0.45 // of the strongest topic's score, in lines, which any other must reach
	titleShare       = 0.7  // of the line, for an item that is all headline
	loneShare        = 0.6  // of the line, where no topic reaches its own: something it is about
	pointsLeader     = 0.55 // … of one side, where the other side stands in the headline too
	officeShare      = 0.4  // of a theme's points when it only names an office
	amountShare      = 1.2  // of a theme's points in a sentence that gives a number
	pointsLeaderLead = 0.6  // … where either stands in the lead
	pointsSettlement = 0.75 // Armenia beside both sides, and who speaks of it
	settingPoints    = 0.3  // from which a word sets a story
	settingShare     = 0.4  // of what merely belongs to a story of another topic
	actorShare       = 0.5  // of what an actor says for the dialogue, where there is a subject
	subjectPoints    = 0.75 // from which a word names a subject
	regionShare      = 1.25 // of a region in a headline, where it trades or builds
	goodsShare       = 1.4  // of a word of trade beside produce that can be traded
	amountReach      = 2    // words from a number to the currency it counts
	pointsRegionHead = 0.7  // the head of a region stands for it
	pointsDeputy     = 0.46 // a member of a chamber stands for parliaments
	pointsStateAct   = 0.65 // what one state does to the other, or says of it
	pointsStateBan   = 0.85 // culture and media that one state closes to the other
	pointsVisit      = 0.75 // a leader of one side who comes to the other
	pointsLeaders    = 0.85 // a politician of each side in the headline or lead
)

// voteZone is what a vote is worth by where it stands.
var voteZone = [...]float64{
	zoneTitle: 1.0, zoneLead: 0.9, zoneRest: 0.8,
	zoneBackground: 0.2, zoneList: 0.4, zoneAside: 0,
}

// Topics that the rules know by name: dialogue is what politicians make by meeting,
// whatever they say, and produce is what trade is often about.
const (
	dialogue = "political-dialogue"
	trade    = "trade"
	produce  = "agriculture"
	security = "security"
	regions  = "interregional"
)

// keySettlement is the key of the vote that Armenia gives.
const keySettlement = "Russia between Armenia and Azerbaijan"

// settled are those between whom and Azerbaijan there is a peace to make.
var settled = map[string]bool{"country/armenia": true, "person/nikol-pashinyan": true}

// stateTopics are the first topics of persons and bodies that speak for a state.
var stateTopics = []string{dialogue, "interparliamentary", security}

// topicLine is the score from which a topic of the seeds is given, in any language; see
// draw for all others. A theme whose words are things (grain, gas) needs less than one
// whose words are everywhere (visits, ways to travel).
var topicLine = map[string]float64{
	"political-dialogue": 0.85, "interparliamentary": 0.65, "trade": 0.75, "investment-industry": 0.76,
	"transport": 0.82, "energy": 0.68, "security": 0.71, "interregional": 0.75,
	"culture-education": 0.69, "health": 0.75, "finance-customs": 0.75, "digital": 0.65, "agriculture": 0.65,
}

// topicKindPoints is what a concept is worth for the topics it is filed under.
var topicKindPoints = map[lexicon.Kind]float64{
	lexicon.Person: 0.3, lexicon.Office: 0.3, lexicon.Institution: 0.6, lexicon.Company: 0.7,
	lexicon.Event: 0.8, lexicon.Route: 1, lexicon.Treaty: 0.85, lexicon.Term: 0.8,
	lexicon.Organisation: 0.4, lexicon.Region: 0.55, lexicon.City: 0.3, lexicon.Place: 0.7,
}

// conceptPoints are concepts that say more or less than their kind.
var conceptPoints = map[string]float64{
	"organisation/three-plus-three": 0.9, "organisation/caspian-five": 0.6,
	"institution/intergovernmental-commission": 0.55, "institution/customs": 0.85, "office/ambassador": 0.6, "event/azal-crash": 0.7, "place/checkpoint": 0.4, "place/astara": 0.25,
	"term/tax": 0.5, "term/terrorism": 0.5, "term/commemoration": 0.7, "term/import-ban": 0.8, "term/lawmaker": 0.2, "treaty/diplomatic-relations": 0.55,
	"term/talks": 0.6, "term/visit": 0.5, "term/meeting": 0.3,
	"term/aircraft": 0.35, "term/airport": 0.35, "company/russian-airports": 0.2,
	"term/aid": 0.4, "term/entrepreneurs": 0.4, "term/trucks-cars": 0.4, "term/reconstruction": 0.5,
	"term/joint-projects": 0.4, "term/fertilisers": 0.5, "term/russian-companies": 0.55, "term/azerbaijani-companies": 0.55, "company/kamaz": 0.55, "event/spief": 0.5,
	"institution/russian-house-baku": 0.85, "term/diaspora": 0.9, "person/shahin-shykhlinsky": 0.6, "term/education": 0.85,
	"treaty/november-2020-statement": 0.65, "event/second-karabakh-war": 0.55, "company/azal": 0.45, "place/samur": 0.6,
}

// topicPoints is what a concept is worth for the k-th of its topics.
func topicPoints(c *lexicon.Concept, k int) float64 {
	p, ok := conceptPoints[c.ID]
	if !ok {
		p, ok = topicKindPoints[c.Kind]
	}
	if !ok {
		p = topicKindPoints[lexicon.Term]
	}
	if k > 0 {
		p *= pointsSecondary
	}
	if k > 0 && c.Kind == lexicon.Person {
		p *= pointsSecondary
	}
	if k == 0 && c.Kind == lexicon.Person && len(c.Topics) > 0 && c.Topics[0] == "interregional" {
		p = pointsRegionHead
	}
	if k == 0 && c.Kind == lexicon.Person && len(c.Topics) > 0 && c.Topics[0] == "interparliamentary" {
		p = pointsDeputy
	}
	return p
}

// cuePoints is what a cue of the seeds is worth: a phrase says more than a word.
func cuePoints(w string) float64 {
	if strings.ContainsAny(w, " -") {
		return pointsCuePhrase
	}
	return pointsCueWord
}

// isActor reports whether c is somebody who acts or speaks, or says that one does.
func isActor(c *lexicon.Concept) bool {
	switch c.Kind {
	case lexicon.Person, lexicon.Office, lexicon.Institution:
		return true
	}
	return c.ID == "term/spokesperson"
}

// inflected returns a cue as phrases are written: every word in any form.
func inflected(w string) string {
	words := strings.FieldsFunc(w, func(r rune) bool { return r == ' ' || r == '-' })
	for i := range words {
		words[i] += "~"
	}
	return strings.Join(words, " ")
}

// setting is a kind of story and what merely belongs to it.
type setting struct {
	keys   []string // one of these is named where it counts …
	topics []string // … or one of these topics has a word there
	props  []string // concepts that then say little for other topics
	spares string   // … but for this one
}

// storySettings are the settings that are known. Gas and vaccines are delivered, too:
// there deliveries say nothing about trade, and the refinery nothing about industry. The
// airliner that was shot down is a dispute, whatever was said of flights and missiles.
var storySettings = []setting{
	{topics: []string{"energy", "health"}, props: []string{"term/exports", "term/imports", "term/supplies"}},
	{topics: []string{"energy"}, props: []string{"term/plant", "term/industry", "term/shipping"}},
	{topics: []string{"digital", "agriculture"}, props: []string{"security", "безопасность", "təhlükəsizlik"}},
	{keys: []string{"term/aircraft", "company/azal"}, props: []string{"term/drones"}},
	{
		keys: []string{"event/azal-crash", "term/apology"}, spares: dialogue,
		props: []string{"event/azal-crash", "company/azal", "term/flights", "term/aircraft", "term/airport", "term/drones", "пассажиры", "passengers", "sərnişin"},
	},
}

// countedTopics are those of which a number in the sentence is a sign.
var countedTopics = []string{"trade", "investment-industry"}
