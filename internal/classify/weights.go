package classify

// The points of the gate, in the scale in which an item is relevant from
// threshold on. They were set by hand: both sides in one headline are worth
// about two thirds more than needed, both sides scattered over a text about
// half of it, and no single word comes near.
const (
	threshold = 2.2

	pointsSecond = 0.25 // share of a place's points for a second concept of a side
	pointsThird  = 0.1  // … for a third; further ones are worth nothing

	presumedShare = 0.8 // of a side that is meant and not named

	pointsTogetherTitle = 1.4 // both sides in the headline
	pointsTitleLead     = 1.1 // one in the headline, the other in the lead
	pointsSameLead      = 1.0 // both in one sentence of the lead
	pointsTitleRest     = 0.6 // one in the headline, the other further down
	pointsSameRest      = 0.6 // both in one sentence further down
	pointsApart         = 0.2 // both in the text, in different sentences
	pointsBehind        = 0.0 // one of them in background or a list alone

	pointsBond      = 0.5 // something the two share: a commission, a project, a dispute
	pointsBondTitle = 0.7
	pointsActs      = 0.2 // they meet, sign, trade, protest

	pointsImplied     = 0.8 // a headline alone: one side, and something shared
	pointsImpliedBoth = 1.5 // … no side, but something both belong to

	pointsThirdTitle = -1.6 // a third country in the headline, one side missing from it
	pointsThirdVenue = -0.8 // … where the two do something
	pointsThirdBond  = -0.8 // … but something the two share
	pointsThirdBoth  = -0.2 // … though both sides stand there too
	pointsThirdMore  = -0.3 // each further one
	pointsThirdMain  = -0.7 // a third country is named more than the weaker side

	pointsSport       = -1.6
	pointsSportAside  = -0.8 // … of which the headline, which names both sides, says nothing
	pointsMarket      = -1.0
	pointsRanking     = -1.0
	pointsNature      = -1.8
	pointsNatureDealt = -0.8 // … and the two deal with it
	pointsCrime       = -1.5
	pointsCrowd       = -0.8
	pointsIdle        = -0.8
)

// zonePoints is what the first concept of a side is worth by where it stands.
var zonePoints = [...]float64{
	zoneTitle: 1.0, zoneLead: 0.7, zoneRest: 0.4,
	zoneBackground: 0.15, zoneList: 0.15, zoneAside: 0,
}

// kindPoints scales that by what kind of concept it is; 1 when not named.
var kindPoints = map[string]float64{"company": 0.9, "place": 0.9, "person": 1}

// metonym is the concept of "the republic" said of Azerbaijan.
const metonym = "country/republic-metonym"

// crowds are organisations of many countries that both sides belong to or deal with:
// that both are named beside one ties them together less.
var crowds = map[string]bool{
	"organisation/opec-plus": true, "organisation/cis": true, "organisation/sco": true, "organisation/brics": true,
	"organisation/un": true, "organisation/osce": true, "organisation/bsec": true, "organisation/nam": true,
	"organisation/oic": true, "organisation/council-of-europe": true, "organisation/eaeu": true, "organisation/csto": true,
	"organisation/ots": true, "organisation/eco": true, "organisation/who": true, "organisation/imf": true,
}

// bonds are the concepts that the two sides share: true for those in which both
// take part by definition, so that a headline which names one has named both.
var bonds = map[string]bool{
	"organisation/three-plus-three": true, "organisation/caspian-five": true, "organisation/caspian-economic-forum": false,
	"treaty/allied-interaction": true, "treaty/allied-declaration": false, "treaty/november-2020-statement": false,
	"treaty/aktau-convention": true, "treaty/tehran-convention": false, "treaty/action-plan-2024": false,
	"treaty/baku-declaration": true, "treaty/friendship-treaty-1997": false, "treaty/diplomatic-relations": false,
	"treaty/mutual-recognition": false, "treaty/double-taxation": false, "treaty/visa-free": false, "treaty/roadmap": false,
	"event/interregional-forum": true, "event/youth-forum": false, "event/azal-crash": true, "event/mi24-downing": true,
	"event/socar-depot-strikes": true, "event/culture-days": false, "event/trilateral-summit": false,
	"event/days-of-russian-culture": false, "event/days-of-azerbaijani-culture": false,
	"event/detained-azerbaijanis": true, "event/sputnik-arrests": true, "event/business-forum": false,
	"route/north-south": false, "route/north-south-western": true, "route/north-west": false, "route/rasht-astara": false,
	"route/baku-novorossiysk": true, "route/russian-gas-transit": false, "route/power-bridge": false,
	"institution/intergovernmental-commission": false, "institution/friendship-group": false,
	"institution/interparliamentary-commission": false, "institution/business-council": false,
	"institution/monitoring-centre": true, "institution/trilateral-working-group": false,
	"institution/russian-drama-theatre-baku": true, "institution/russian-house-baku": true,
	"institution/msu-baku": true, "institution/sechenov-baku": true,
	"company/hayat-pharm": true, "place/samur-river": true, "place/samur": true, "place/khanoba": true,
	"place/yarag-kazmalyar": true, "place/tagirkent-kazmalyar": true, "place/state-border": false,
	"term/russian-peacekeepers": true, "term/peacekeepers": false, "term/customs-queue": false,
}
