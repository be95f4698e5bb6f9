package figures

import (
	"regexp"

	"samur/internal/news"
)

func english() *grammar {
	return &grammar{
		lang: news.En,
		numbers: map[string]float64{
			"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
			"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
			"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
			"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12,
		},
		unsure:   map[string]bool{"hundred": true, "dozen": true},
		half:     [][]string{{"half", "a"}, {"half"}},
		plusHalf: [][]string{{"and", "a", "half"}},
		scales: []scaleWord{
			{"thousand", 1e3, words(`thousands?|k`)},
			{"mn", 1e6, words(`millions?|mln|mn|m`)},
			{"bn", 1e9, words(`billions?|bln|bn|b`)},
			{"trn", 1e12, words(`trillions?|trln|trn|tn`)},
		},
		months: englishMonths,
		units:  englishUnits(),
		cues:   englishCues(),
		times:  englishTimes(),
		before: []hedge{
			before(`(?:more|greater|higher|larger) than|over|above|exceed(?:s|ed|ing)?|topp(?:ed|ing)|upwards? of|(?:in )?excess of|at least|pass(?:ed|ing)|surpass(?:ed|ing)|beyond`, "more-than"),
			before(`less than|under|below|fewer than|not quite`, "less-than"),
			before(`about|around|some|roughly|approximately|nearly|almost|close to|(?:an )?estimated|circa|near|approaching`, "about"),
			before(`up to|as much as|a maximum of|at most|as many as`, "up-to"),
		},
		after:    []hedge{after(`-plus|\+|or more|and more`, "more-than"), after(`or so|or thereabouts`, "about")},
		rise:     rx(`_(?:gr[eo]w(?:n|ing|s)?|r[oi]se[ns]?|rising|increas\w+|climb\w+|jump\w+|soar\w+|surg\w+|gain(?:s|ed|ing)?|up|expand\w+|added|higher|growth|more|double[ds]?|doubling|trebled|tripled) `),
		fall:     rx(`_(?:fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|decreas\w+|down|shr[aiu]nk|slump\w+|lost|lower|less|plung\w+|contract(?:ed|ion)|reduc\w+) `),
		flat:     rx(`_(?:unchanged|flat|stable|same level) `),
		times2:   rx(`_(doubled|doubling|twofold|trebled|tripled|threefold|fourfold|fivefold|sixfold|sevenfold|eightfold|ninefold|tenfold) `),
		percent:  rx(`^(?:% |percent |per cent |pct |percentage |p . p . )`),
		fold:     rx(`^(?:times |-times |-fold |fold )`),
		byAmount: rx(`(?:^|[ ])by (?:(?:more than|over|about|around|nearly|almost|some|roughly|up to) )?$`),
		skip:     rx(`(?:^|[ ])(?:gap|difference|discrepancy|under discussion|being discussed|under consideration|(?:a|per|each|every) (?:day|barrel|person|kilogram|kg|ton(?:ne)?|capita|month|week|visit(?:or)?)|daily|monthly|(?:target|goal) of|aims? to|seeks? to|previous (?:batch|consignment|shipment)|an? (?:extra|additional)) `),
		subset:   rx(`(?:^|[ ])(?:of which|of them|of these|of that|including|among them) `),
		numberOf: rx(`_number of ([^.,;:]*)`),
		counted: []*regexp.Regexp{
			rx("_(?:according to|data (?:of|from)|figures (?:of|from)|by the count of) (?:the )?((?:[^ ,.;:]+ ){1,6}?)[,.;:]"),
			rx("_((?:[^ ,.;:]+ ){1,2}?)(?:counts|counted|puts|estimates) "),
		},
	}
}

var englishMonths = []string{
	"january|jan!", "february|feb!", "march!|mar!", "april|apr!", "may!", "june|jun!", "july|jul!",
	"august!|aug!", "september|sept!|sep!", "october|oct!", "november|nov!", "december|dec!",
}

func englishUnits() []unitRule {
	return []unitRule{
		unit(`(?:(?:us|american|u . s .|u . s) )?dollars? |usd `, "USD", money),
		unit(`euros? |eur `, "EUR", money),
		unit(`(?:russian )?r(?:o)?ubles? |rub `, "RUB", money),
		unit(`(?:azerbaijani )?manats? |azn `, "AZN", money),
		unit(`(?:metric )?ton(?:ne)?s? |t |-ton(?:ne)? `, "t", mass),
		unit(`bcm `, "m3", volume, "bn"),
		unit(`mcm `, "m3", volume, "mn"),
		unit(`cubic met(?:er|re)s? |cu (?:. )?m |m3 |m³ `, "m3", volume),
		unit(`(?:W ){0,2}?(?:containers? |teus? )`, "containers", boxes),
		unit(`(?:W ){0,3}?doses? `, "doses", doses),
		unit(`(?:W ){0,2}?(?:barrels? |bbl )`, "barrels", barrels),
		unit(`(?:W ){0,2}?(?:trips? |journeys? |tours? )`, "trips", trips),
		unit(`(?:W ){0,3}?(?:hectares?|met(?:er|re)s?|kilomet(?:er|re)s?|km|m|-\S+|miles?|kilograms?|kg|lit(?:er|re)s?|boxes|vials|years?|months?|weeks?|days?|hours?|minutes?|times|wagons?|cars?|trucks?|lorries|vehicles|aircraft|planes?|trains?|jobs|places|seats|points?|degrees?|shows?|films?|flights|lanes) `, "", other),
		unit(`(?:W ){0,3}?(?:students?|pupils?|undergraduates|schoolchildren) `, "count", learners),
		unit(`(?:W ){0,3}?(?:tourists?|visitors?|holidaymakers|travell?ers) `, "persons", guests),
		unit(`(?:W ){0,3}?schools `, "count", school),
		unit(`(?:W ){0,4}?(?:companies|firms|enterprises|ventures|businesses|entities) `, "count", company),
		unit(`(?:W ){0,4}?(?:agreements|documents|papers|deals|accords|contracts|treaties) `, "count", paper),
		unit(`(?:W ){0,3}?(?:regions|federal subjects|constituent entities) `, "count", region),
		unit(`(?:W ){0,2}?(?:people|persons|russians|azerbaijanis|citizens|nationals|youths|young people|compatriots) `, "persons", persons),
	}
}

func englishCues() []cueRule {
	return []cueRule{
		hide(`trade (?:mission|house|representat|minist|relation|and economic|ties|union|barrier|deal|agreement|route|fair|policy|and investment|cooperation|links|partner|talks|commission|-)\S* `),
		hide(`(?:trade|export|import|investment)-\S+ `),
		hide(`free trade `),
		hide(`investment (?:promotion|compan|fund|forum|agenc|cooperation|climate|paper|document|polic)\S* `),
		hide(`direct investment fund `),
		hide(`export (?:center|centre|mission|duty)\S* `),
		hide(`transit (?:countr|hub|corridor|route|potential|state)\S* `),
		hide(`gas (?:compan|giant|field|corridor|pipeline|station|giants)\S* `),
		stop(`(?:gap|difference|discrepancy|deficit|surplus|budget|loans?|lending|credits?|debts?|fin(?:e|es|ed)|compensation|damages?|salar(?:y|ies)|pric(?:e|es|ed)|gdp|tax(?:es)?|revenues?|profits?|losses|capitali[sz]ation|assets|turnover of the (?:company|bank)|worth of damage|bribes?|stole|stolen|smuggled|target|share capital) `, money),
		stop(`(?:capacity|production|produces?|output|demand|consumption|consumes?|needs?|reserves?|harvest|stocks?|extract\w+|storage|tanks?|holds?|depots?) `, mass|volume|boxes|money),
		cue(`(?:trade turnover|turnover|trade figures|trade volumes?|commodity circulation|mutual deliveries|mutual supplies|trade exchange|commerce) `, "trade-turnover", money),
		cue(`trade `, "trade-turnover", money),
		cue(`export(?:s|ed|ing)? `, "exports", money|mass),
		cue(`import(?:s|ed|ing)? `, "imports", money|mass),
		cue(`(?:supplie[sd]|suppl(?:y|ying)|deliver(?:y|ies|ed)|ship(?:ped|ping|ments?)|sold|sells?|sales|sent|came from|c[oa]me from|bought|buys?|purchase[sd]?) `, "goods", mass),
		cue(`(?:invest(?:s|ed|ing|ments?)?|capital investments?|capital) `, "investment", money),
		cue(`(?:put|puts|ploughed|poured|channel(?:l)?ed) (?:\S+ ){1,9}?into `, "investment", money),
		cue(`(?:w[eo]nt|gone|put) into `, "investment", money),
		cue(`(?:costs?|costing|(?:project|plant|venture|facility|deal|bridge|factory)(?:'s)? (?:is |was )?(?:worth|valued)|funded|financed) `, "investment", money),
		cue(`(?:in transit|transit(?:ed|ing)?|transshipped) `, "transit-volume", mass|boxes),
		cue(`(?:freight|cargo(?:es)?|goods traffic|carried|transport(?:ed|ation)?|haul(?:ed|age)|traffic|carriage|moved) `, "freight-volume", mass|boxes),
		cue(`gas `, "gas-volume", volume),
		stop(`(?:water|timber|wood|river|logs) `, volume),
		cue(`(?:humanitarian|aid|grants?|donat(?:ed|ion|ions)|relief) `, "aid", money|mass|doses|boxes),
		cue(`(?:vaccines?|doses?|sputnik) `, "aid", doses),
		cue(`(?:tourists?|visitors?|visit(?:s|ed|ing)?|travell?ed|trips?|holiday\w*|vacation\w*) `, "tourists", persons|trips|guests),
		cue(`(?:stud(?:y|ying|ies|ied)|students?|pupils?|enrol\w*|taught|educated|scholarships?|quotas?) `, "students", persons|learners),
		cue(`(?:regist\w+|operat(?:e|es|ing|ed)|active|work(?:s|ing)?|capital|joint|function(?:s|ing)?|russian|azerbaijani|present|owned|participation) `, "companies", company),
		cue(`(?:sign(?:ed|ing|s|atures)?|inked?|initial(?:l)?ed|conclu\w+|seal(?:ed|s)?|came out|adopt\w+|exchanged|reached|legal (?:basis|framework)) `, "agreements", paper),
		cue(`(?:russian(?:-taught|-language)?|in russian) `, "schools", school),
		cue(`(?:cooperat\w+|trad(?:e|es|ing)|ties|partner\w*|relations|links?|linked|contacts) `, "regions", region),
	}
}

const englishYear = `(?:(?:of |in |for )?(?:the )?(?:(?P<y>(?:19|20)\d\d)|(?P<ref>last|this|current|previous|the same) year))`

func englishTimes() []timeRule {
	return timeRules(englishMonths, englishYear,
		timePattern{p: `(?:a|one) year (?:ago|earlier|before)|(?:the )?(?:same|corresponding|year-earlier|previous) period(?: (?:of |in )?(?:(?:the )?(?:last|previous|past) year|(?:19|20)\d\d|a year (?:ago|earlier)))?|year-on-year`, kind: spanAgo},
		timePattern{p: `M (?:~|-|to|through) M2(?: (?:, )?Y)?`, kind: spanMonths},
		timePattern{p: `(?P<o>first|1st|second|2nd) half(?: of the year|(?: (?:of )?)Y)?`, kind: spanHalf},
		timePattern{p: `half(?: of)? Y`, kind: spanHalf},
		timePattern{p: `(?P<o>first|1st|second|2nd|third|3rd|fourth|4th|last) quarter(?: of the year|(?: (?:of )?)Y)?`, kind: spanQuarter},
		timePattern{p: `q(?P<o>[1-4])(?: (?:of )?Y)?`, kind: spanQuarter},
		timePattern{p: `h(?P<o>[12])(?: (?:of )?Y)?`, kind: spanHalf},
		timePattern{p: `(?:first )?(?P<n>\d+) months(?: (?:of )?(?:Y|the year))?`, kind: spanFirst},
		timePattern{p: `since (?:the )?(?:start|beginning)(?: of (?:the |this )?year)?|since january|so far this year|year to date|from the (?:start|beginning) of (?:the |this )?year`, kind: spanYTD},
		timePattern{p: `since M(?: (?:\d{1,2} )?(?:, )?Y)?`, kind: spanSince},
		timePattern{p: `(?P<y>(?:19|20)\d\d) (?:~|-|to) (?P<y2>(?:19|20)\d\d)`, kind: spanYears},
		timePattern{p: `M (?P<d>[0-3]?\d)(?: ~ [0-3]?\d)?(?: (?:, )?Y)?`, kind: spanDay},
		timePattern{p: `(?P<d>[0-3]?\d)(?: ~ [0-3]?\d)? M(?: (?:, )?Y)?`, kind: spanDay},
		timePattern{p: `(?:by|before|until|till) (?:the )?(?:end (?:of )?)?Y`, kind: spanYear, due: true},
		timePattern{p: `(?:the )?(?:beginning|start|end|middle) of Y`, kind: spanYear},
		timePattern{p: `M(?: [.])? (?:, )?Y`, kind: spanMonth},
		timePattern{p: `(?:by|until|till|through) (?:the end of |early |late |mid-)?M`, kind: spanMonth, due: true},
		timePattern{p: `(?:in|for|during|of) (?:early |late |mid-)?M`, kind: spanMonth},
		timePattern{p: `(?:(?:\S+ )?(?:over|during|for|in|within|past|last|next) )?(?:the )?(?:(?:past|last|next|coming|first) )?\d+ (?:years|months|days|weeks|hours)`, kind: spanDuration},
		timePattern{p: `(?:a|per|each|every) year|annual|annually|yearly`, kind: spanAnnual},
		timePattern{p: `now|currently|at present|today|as of now|at the moment`, kind: spanNow},
		timePattern{p: `since Y`, kind: spanSince},
		timePattern{p: `(?:(?:at |by )?the end of )?Y`, kind: spanYear},
	)
}
