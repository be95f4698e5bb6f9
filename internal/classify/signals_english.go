package classify

// englishSignals are the signals in English.
var englishSignals = map[int][]string{
	tagSport: {
		"champions league", "europa league", "conference league", "premier league", "uefa", "fifa ranking", "qualifier*", "qualifying", "goal*", "goalkeeper*", "midfielder*",
		"striker*", "penalty shootout", "kick off at", "semifinal*", "semi final*", "quarterfinal*", "quarter final*", "medal*", "gold medal*", "world champion*", "european champion*", "champions", "championship*",
		"tournament*", "wrestl*", "boxer*", "boxing", "judo*", "grandmaster*", "fide", "grand prix", "pole position", "coach", "squad", "stadium", "match", "matches", "freestyle", "olympic games", "olympics", "referee*", "kg title",
		"gold", "bronze", "defeated", "beat", "standings", "game", "round", "points",
		"scored", "scoring", "scorer", "half time", "group stage", "fixture*", "league", "footballer*", "football", "lineup", "line up", "home leg", "away leg", "substitute*", "own goal", "top scorer", "karate", "weightlift*", "gymnast*", "fencer*", "fencing", "chess", "volleyball", "basketball", "futsal", "mma", "ufc", "knockout", "podium", "kg", "athlete*", "sambo", "nations league", "fighter*", "octagon",
	},
	tagMarket: {
		"per barrel", "a barrel", "barrel", "brent", "azeri light", "exchange rate*", "weighted average", "currency market", "official rate", "usd", "eur", "try", "gbp", "rub", "ounce", "futures", "gold price*",
	},
	tagRanking: {"ranking", "rankings", "ranked", "ranks", "index", "rating", "top ten", "top 10", "top 5", "top five", "countries visit", "most popular", "cheapest", "most expensive", "destinations", "best cities", "most visited", "list of the", "richest", "wealthiest"},
	tagSuspect: {"suspect", "suspects", "suspected", "suspicion", "migrant*", "robbery", "stabbing", "rape*", "smuggler*", "convict*", "native of", "ethnic", "born in"},
	tagMedia:   {"media", "newspaper*", "outlet*", "daily", "channel", "press", "website", "portal", "tv", "agency", "agencies", "reporters", "blogger*"},
	tagMonth: {
		"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
	},
	tagJoint: {
		"bilateral", "intergovernmental", "joint", "relations", "ties", "cooperat*", "talks", "negotiat*", "meet", "meets", "met", "meeting", "sign", "signs", "signed", "agree", "agreed", "agreement*", "phone call", "phoned", "call", "visit*",
		"strategic partner*", "allied", "ambassador", "neighbour*", "neighbor*", "summon*", "note", "protest*", "apolog*", "condolence*", "mutual*", "both countries", "two countries", "both sides", "counterpart*", "trade", "turnover",
	},
	tagContext: {"sanction*", "invasion", "invaded", "brokered", "full scale", "war in ukraine", "embargo*", "bombard*", "occupied", "occupying", "tsarist", "imperial", "aggression", "turns away", "turn away", "weaning"},
	tagAvoid:   {"bypassing", "bypass", "shun*", "circumvent*", "skirt*", "sidestep*", "ditch*", "bypasses", "avoiding", "alternative to", "dependence on", "reliance on"},
	tagOrigin:  {"born in", "born", "native of", "native", "natives", "raised in", "grew up in", "originally from", "of azerbaijani descent", "ethnic", "hails from", "roots"},
	tagFlow: {
		"export*", "import*", "suppl*", "deliver*", "ship", "shipped", "shipment*", "transit", "flight*", "fly", "flies", "tourist*", "traveller*", "travelers", "trucks", "train", "trains", "cargo*", "freight", "goods", "sold", "sell", "buys", "buy", "bought",
		"purchase*", "market", "markets", "visa", "entry", "enter", "money transfer*", "remittance*", "send", "sends", "sent", "return*", "gas", "oil", "wheat", "grain", "wagons",
	},
	tagForce: {"arrest*", "detain*", "detention", "court", "sentenced", "jailed", "deport*", "extradit*", "charged", "custody", "police", "prosecutor*", "expel*", "stripped of"},
	tagTie: {
		"train", "trained", "trains", "training", "teach*", "taught", "course*", "aid", "help*", "support*", "assist*", "donat*", "exchange*", "invit*", "host*", "tour", "tours", "exhibit*", "perform*", "concert*", "festival*", "graduat*", "student*", "scholarship*", "universit*", "school*",
		"invest*", "stake", "acqui*", "compet*", "contest*", "exercise*", "drill*", "tender*", "contract*", "branch*", "licen*", "stay", "migra*", "residence", "patent*", "partner*", "cooperat*", "project*", "product*", "plant", "factory", "open", "opens", "opened", "launch*", "propos*", "thank*", "congratulat*", "accus*", "criticis*", "criticiz*", "denie*", "deny", "react*", "respon*", "warn*", "offer*", "interest*", "plan*", "market*",
	},
	tagBorder:   {"border", "borders", "bordering"},
	tagCrossing: {"checkpoint*", "customs", "queue*", "crossing*", "truck*", "post", "delimitation", "frontier"},
	tagAbroad:   {"abroad", "overseas", "third countries", "other countries", "world market*"},
	tagBan:      {"block*", "ban", "bans", "banned", "shut*", "closes", "closed", "closure", "raid*", "accreditation", "searched", "searches", "expel*", "suspend*", "detain*", "arrest*", "charged", "restrict*"},
	tagOurs:     {"our", "compatriots"},
	tagNature: {
		"earthquake*", "quake", "tremor*", "magnitude", "seismolog*", "eclipse", "meteor*", "storm*", "heatwave", "heat wave", "flood*", "cyclone", "aurora", "fog", "cold front", "air mass*", "cold snap", "rain*", "snow*", "hydrometeorolog*", "weather", "forecast*", "precipitation", "degrees", "temperatures", "gale*", "avalanche*", "frost*",
	},
	tagCrime: {
		"crime boss", "thief in law", "thieves in law", "shot dead", "stabbed", "murder*", "killer", "robbed", "robber*", "burglar*", "gang", "gangs", "gangster*", "mafia", "fraudster*", "smuggler*", "drug dealer*", "thief", "thieves", "rapist", "rape*", "brawl", "drunk*", "pickpocket*", "heroin", "cocaine", "hashish", "traffic accident", "car crash", "road accident", "forged", "bribe*",
	},
	tagOffice: {
		"foreign ministry", "embassy", "embassies", "consul*", "ambassador*", "protest*", "extradit*", "note", "diplomat*", "prosecutor general*", "diaspora", "summon*", "condemn*", "demand*", "retaliat*", "rights", "torture*",
	},
}
