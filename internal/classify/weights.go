package classify

import "samur/internal/news"

// The points of the gate, in the scale in which an item is relevant from
// threshold on. They were set by hand: both sides in one headline are worth
// about two thirds more than needed, both sides scattered over a text about
// half of it, and no single word comes near.
const (
	threshold = 1.9

	pointsSecond = 0.25 // share of a place's points for a second concept of a side
	pointsThird  = 0.1  // … for a third; further ones are worth nothing

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

	pointsThirdTitle = -1.2 // a third country in the headline, one side missing from it
	pointsThirdBoth  = -0.2 // … though both sides stand there too
	pointsThirdMore  = -0.3 // each further one
	pointsThirdMain  = -0.7 // a third country is named more than the weaker side

	pointsSport   = -1.6
	pointsMarket  = -1.0
	pointsRanking = -0.6
	pointsSuspect = -0.7
)

// zonePoints is what the first concept of a side is worth by where it stands.
var zonePoints = [...]float64{
	zoneTitle: 1.0, zoneLead: 0.7, zoneRest: 0.4,
	zoneBackground: 0.15, zoneList: 0.15, zoneAside: 0,
}

// kindPoints scales that by what kind of concept it is; 1 when not named.
var kindPoints = map[string]float64{"company": 0.9, "place": 0.9, "person": 1}

// sideNames names the sides in reasons.
var sideNames = map[news.Side]string{news.SideAz: "Azerbaijan", news.SideRu: "Russia"}
