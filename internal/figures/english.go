package figures

import (
	"regexp"

	"samur/internal/news"
)

const englishNumbers = `
1 one
2 two
3 three
4 four
5 five
6 six
7 seven
8 eight
9 nine
10 ten
11 eleven
12 twelve dozen
13 thirteen
14 fourteen
15 fifteen
16 sixteen
17 seventeen
18 eighteen
19 nineteen
20 twenty
30 thirty
40 forty fourty
50 fifty
60 sixty
70 seventy
80 eighty
90 ninety
100 hundred`

func english() *grammar {
	return &grammar{
		lang:        news.En,
		numbers:     numberForms(englishNumbers),
		unsure:      map[string]bool{"hundred": true, "dozen": true},
		shares:      []ratio{{0.5, []string{"half", "a"}}, {0.5, []string{"half", "of", "a"}}, {0.5, []string{"half"}}, {0.25, []string{"a", "quarter", "of", "a"}}, {0.25, []string{"quarter", "of", "a"}}, {0.25, []string{"a", "quarter"}}, {0.25, []string{"quarter"}}, {0.75, []string{"three", "quarters", "of", "a"}}, {0.75, []string{"three", "quarters"}}, {2.0 / 3, []string{"two", "thirds", "of", "a"}}, {2.0 / 3, []string{"two-thirds", "of", "a"}}, {1.0 / 3, []string{"a", "third", "of", "a"}}},
		plusShares:  []ratio{{0.5, []string{"and", "a", "half"}}, {0.5, []string{"and", "one", "half"}}, {0.25, []string{"and", "a", "quarter"}}, {0.25, []string{"and", "one", "quarter"}}, {0.25, []string{"and", "one", "fourth"}}, {0.75, []string{"and", "three", "quarters"}}},
		dozens:      words(`dozens?`),
		point:       words(`point`),
		loneScale:   words(`thousand|million|billion|trillion`),
		hedgedScale: words(`thousand|million|billion|trillion`),
		hedging:     words(`a|an|one`),
		several:     words(`several|few|many`),
		scales: []scaleWord{
			{"thousand", 1e3, words(`thousands?|thou|k`)},
			{"mn", 1e6, words(`millions?|mln|mn|mio|mil|m|mm`)},
			{"bn", 1e9, words(`billions?|bln|bn|b`)},
			{"lakh", 1e5, words(`lakhs?|lacs?|lkhs?`)},
			{"crore", 1e7, words(`crores?|krores?|crs?|koti`)},
			{"trn", 1e12, words(`trillions?|trln|tln|trn|tn`)},
		},
		months:       englishMonths,
		units:        englishUnits(),
		cues:         englishCues(),
		times:        englishTimes(),
		before:       englishHedges(),
		after:        []hedge{after(`-plus|\+|or more|and more|plus`, "more-than"), after(`or so|or thereabouts`, "about")},
		rise:         rx(`_(?:gr[eo]w(?:n|ing|s)?|r[oi]se[ns]?|rising|increas\w+|climb\w+|jump\w+|soar\w+|surg\w+|gain(?:s|ed|ing)?|up|expand\w+|add(?:s|ed|ing)|higher|growth|more|above|double[ds]?|doubling|trebled|tripled|exceed\w+) `),
		fall:         rx(`_(?:fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|decreas\w+|down|shr[aiu]nk|slump\w+|slid|lost|lower|less|below|plung\w+|contract(?:ed|ion)|reduc\w+|halved) `),
		flat:         rx(`_(?:unchanged|flat|stable|same level) `),
		times2:       rx(`_(doubled|doubling|twofold|trebled|tripled|threefold|fourfold|fivefold|sixfold|sevenfold|eightfold|ninefold|tenfold) `),
		percent:      rx(`^(?:% |-?percent |-?per cent |pct |percentage |p . p . )`),
		fold:         rx(`^(?:times |-times |-fold |fold )`),
		byAmount:     rx(`(?:^|[ ])(?:(?:gr[eo]w|increas|r[oi]s|climb|jump|fell|fall|drop|declin|decreas|down|up|expand|shr[aiu]nk|boost|rais|cut|reduc|gain|soar|surg|slump|exceed|higher|lower|contract|rebound|recover)\S* (?:[^ ,;:]+ ){0,6}?by|by [0-9.]+ (?:[^ ]+ ){0,2}?(?:and|or) (?:by )?|an? (?:increase|decrease|rise|fall|growth|drop|decline|gain) of) (?:(?:more than|over|about|around|nearly|almost|some|roughly|up to) )?$`),
		baseBefore:   rx(`(?:^|[ ])(?:than|compared (?:with|to)|comparison (?:with|to)|(?:% |percent |per cent |fold |times )(?:on|from|over|against|more than|less than|up on)|relative to) (?:in |that of |for |the figure (?:of|for) |the level of )?$`),
		rateBefore:   rx(`(?:% |percent |per cent |-?fold |times )(?:[^ ,;0-9]+ ){0,4}$`),
		future:       rx(`_(?:(?:are|is) due|to (?:get|receive|buy|send|supply|deliver|import|export)|ordered|will|may|expect\w*|forecast\w*|plan\w*|should|could|aim\w*|project(?:ed|ions?)|predict\w*) `),
		baseFrom:     rx(never),
		baseAfter:    rx(`^(?:level|figure|growth|basis)s? `),
		pronoun:      rx(`_(?:they|their number|of them|these) (?:[^ ,]+ ){0,3}$`),
		numberOf:     rx(`_(?:number|numbers) of ([^.,;:]*)`),
		amounts:      rx(`_(?:number(?:s|ed)|pass(?:es|ed)?|exceed(?:s|ed)?|topp?(?:s|ed)?|hit|hits|accounted for|made up|total(?:s|l?ed)|reach(?:es|ed)|stood|stands|amount(?:s|ed)|came|rose|grew|fell|climbed|up|to|at|was|were) `),
		pairs:        englishPairs(),
		gap:          englishGap(),
		contextWords: englishContext(),
		bars:         englishBars(),
		per:          englishPer(),
		fates:        englishFates(),
		counted:      englishCounted(),
	}
}

// englishCounted are the patterns of who counted.
func englishCounted() []*regexp.Regexp {
	return []*regexp.Regexp{
		rx("_(?:according to|data (?:of|from)|figures (?:of|from)|by the count of|citing|with reference to|referring to) (?:the )?((?:[^ ,.;:]+ ){1,6}?)[,.;:]"),
		rx("_((?:[^ ,.;:]+ ){1,2}?)(?:counts|counted|puts|put|estimates|estimated|reported|reports|reckons) "),
	}
}

func englishPairs() pairWords {
	return pairWords{
		risesFrom: rx(`(?:^|[ ])from (?:[$] )?$`),
		spanFrom:  rx(`(?:^|[ ])(?:between|from) (?:[$] )?$`),
		spanTo:    rx(`^ (?:to|and|-|or) (?:[$] )?$`),
		base:      rx(`(?:^|[ ])(?:against|versus|vs|compared (?:with|to)|(?:up|down|rising|falling|increase|decrease) from|instead of|from) (?:[$] )?(?:(?:about|some|only|just|nearly|over|the) )?$`),
		against:   rx(`(?:^|[ ])(?:a year (?:earlier|ago|before) (?:it was|there were|the figure was)|against|versus|vs|compared (?:with|to)|(?:up|down) from|instead of|from) (?:[$] )?(?:(?:about|some|only|just|nearly|over) )?$`),
		also:      rx(`^ (?:(?:russian|azerbaijani|[^ ]+an) )?(?:and|,) $`),
		outOf:     rx(`^ (?:out )?of (?:the |its |all |a total of )*$`),
		item:      rx(`^ (?:,|and|, and) (?:[^ ,]+ ){0,2}$`),
		noNoun:    rx(`^(?:[,.;)]|$|(?:of (?:them|which|these|those)|with|in|on|at|are|is|were|have|has|hold|and|already|only|at) )`),
		named:     rx(`(?:^|[ ])(?:article|no|number|point|clause|route|flight|age|aged|rule|resolution|phase|stage|day|in|by|of|january|february|march|april|may|june|july|august|september|october|november|december) $`),
		alike:     rx(`^ (?:[^ ]+ ){0,16}?(?:of (?:them|which|these) 0|0 (?:of (?:them|which|these) |have |are |were |had |hold |operate |signed |actually )|, 0 )`),
	}
}

func englishContext() contextWords {
	return contextWords{
		venture:    rx(`_(?:shah deniz|trade house|plants?|factor(?:y|ies)|terminals?|hotels?|stakes?|shares?|projects?|mines?|fields?|workshops?|sanatori\w+|(?:logistics|business|trade|shopping|service|agrarian|industrial) (?:centers?|centres?|parks?|hubs?)|cent(?:er|re)s?|warehouses?|greenhouses?|complex(?:es)?|mills?|ventures?|enterprises?|bridges?|refiner(?:y|ies)|facilit(?:y|ies)|line|railway|port|parks?|production|assembly|blocks?|deal|building|road|highway|network|farm) `),
		spending:   rx(`_(?:buil(?:d|t|ding)|bought|buys?|buying|acquir\w+|purchas\w+|pay(?:s|ing|ment)?|paid|spen(?:d|t|ding)|open\w*|construct\w+|set up|launch\w*|moderni[sz]\w+|renovat\w+|take) `),
		publicWork: rx(`_(?:checkpoints?|border crossings?|compensation|insur\w+|fine[sd]?|loans?|budget|stipends?|flat|apartment|airliner|tickets?|crude|oil|gas|wheat|grain|tomatoes|goods|products|fruit) `),
		medicine:   rx(`_(?:assistance|help(?:ed|s|ing)?|gifts?|gave|gives|donor|donors|charit\w+|free of charge|handed over|presented|support(?:ed|s|ing)?|affected|evacuat\w+|emergency|emergencies|red cross|peacekeep\w*|humanitarian|essentials|convoys?|medicines?|drugs|medical|tents|blankets|generators|refugees|victims|flood\w*|earthquake|quake|karabakh armenians|displaced|building materials|hygiene) `),
		carrying:   rx(`_(?:borders?|frontier|lorr(?:y|ies)|trucks?|wagons?|railcars?|ferr(?:y|ies)|trains?|rail(?:way|ways)?|ports?|checkpoints?|posts?|crossings?|corridors?|routes?|vessels?|ships?) `),
		dwell:      rx(`_(?:liv(?:e|es|ing)|resid\w+|communit\w+|diaspora|vot(?:e|ers|ed)|refugees|return\w*|work(?:s|ing)?|killed|died|wounded|soldiers|born|citizenship|residence|labou?r|migrants?|expelled|deported|census|ethnic|sign\w*|speak\w*|poll\w*|watch\w*) `),
		wood:       rx(`_(?:timber|wood|lumber|logs|sawn\w*|plywood) `),
		gathering:  rx(`_(?:forums?|delegations?|participat\w+|took part|took parts|attend\w*|represented|came to|conference|exhibition) `),
		inForce:    rx(`_(?:in force|framework|legal (?:basis|base)|govern\w*|regulat\w*|exist(?:s|ed)?|operate|number(?:s|ed)?|have been signed (?:so far|since|over)|already|nearly) `),
		batch:      rx(`_(?:first|batch\w*|consignment\w*|shipment|another|wagons?|railcars?|train|trucks?|lorr(?:y|ies)|plane|vessel|ship) `),
		reached:    rx(`_(?:reached|exceeded|hit|passed|topped|rose|grew|increased|fell|dropped|amounted|came to|totall?ed|jumped) `),
		review:     rx(`_(?:record year|year in review|results of the year|sum(?:s|med)? up|over the year|for the year|year-end|annual|full-year|in a year) `),
	}
}

func englishGap() gapWords {
	return gapWords{
		degree: words(`-?plus|of|the|its|their|such|different|various`),
		ends:   words(`in|on|at|to|from|by|for|with|and|or|but|were|was|are|is|have|has|had|than|as|via|over|under|after|before|since|during|against|compared|while|which|that|who|went|came|come|goes|will|would|may|can|said|says|when|if|through|across|between|per|a|an|each|every|more|less|fewer|up|down|last|this|worth|crossed|took|hold|holds|including|also|so|not|it|they|he|she|there|ago|earlier|above|below|of them|signed|rose|fell|study|live|arrived|visited|travelled|traveled|attend`),
		copula: words(`were|are|was`),
	}
}

func englishBars() barWords {
	return barWords{
		skip:     rx(`(?:^|[ ])(?:talks on|in talks|gap|difference|discrepancy|under discussion|being discussed|under consideration|(?:a|per|each|every) (?:day|barrel|person|kilogram|kg|ton(?:ne)?|capita|month|week|visit(?:or)?)|daily|monthly|previous (?:batch|consignment|shipment)|(?:target|goal) of|an? (?:extra|additional)|additional) `),
		more:     rx(`^(?:more|less|fewer|above|below|higher|lower) (?:than|the) (?:the |in )?(?:year|a year|previous|same|last|corresponding|in)`),
		goal:     rx(`_(?:goals?|targets?|aim(?:s|ed|ing)?|intend\w*|ambition|want to|wants to|set a|plans? to (?:raise|bring|increase|double)|task of|in the (?:near|coming) (?:future|years)|potential) `),
		subset:   rx(`(?:^|[ ])(?:including|among them) $`),
		ofThem:   rx(`^(?:of them|of these|of which|of those) (?:on|with|at|under) `),
		partOf:   rx(`^(?:of them|of which|of it|of these|of that) (?:W ){0,2}(?:to|from) (?:azerbaijan|russia|baku)`),
		incident: rx(`_(?:return(?:ed|s)|quarantine|pests?|infest\w+|detain\w+|seiz\w+|destroy\w+|confiscat\w+|smuggl\w+|counterfeit|fake|intercept\w+|turned (?:back|away)|turns (?:back|away)|sent back|went back|spoil\w+) `),
		able:     rx(`_(?:can|could|capable|capacity|potential|designed|able to) `),
		made:     rx(`_(?:produc(?:ed|es|ing|tion)|output|extract\w+|harvest\w*|consum\w+|demand|reserves?|storage|stor(?:ed|es)|mined|grown|grew [0-9]) `),
		notFirms: rx(`_(?:can|could|cleared|green light|suppliers?|enterprises were|delegat\w+|exhibition|forum|fair|attend\w*|took part|taking part|represent\w+|permi\w+|allow\w+|may (?:sell|export|supply)|authori[sz]\w+|lists?|restrict\w*|bans?|banned|suspend\w*|sanction\w*|arrived|mission|licen[cs]\w+|producers|exporters|inspect\w+) `),
		foreign:  rx(`_(?:foreign\w*|international|[0-9]+ countries|worldwide|all countries|total(?:l?ed)? number of (?:foreign|visitors)) `),
	}
}

func englishPer() perWords {
	const measure = `((?:1 )?(?:thousand |1000 )?(?:(?:metric )?ton(?:ne)?s?|t|barrels?|kilograms?|kilos?|kg|cubic met(?:er|re)s?|cu [.] m|m3|lit(?:er|re)s?|containers?|teu|kilowatt-hours?|kwh|mwh))`
	return perWords{
		after:   rx(`^(?:(?:a|an|per|each|every|/|for (?:a|an|one|each|every)) )` + measure + ` `),
		before:  rx(never),
		daily:   rx(`_(?:(?:a|per|each|every) day|daily|bpd|b / d) `),
		weekly:  rx(`_(?:(?:a|per|each|every) week|weekly) `),
		monthly: rx(`_(?:(?:a|per|each|every) month|monthly) `),
		air:     rx(`_(?:fl(?:y|ies|ew|own|ying|ights?)|air|airlines?|airports?|aviation|azal|aeroflot|carriers?|planes?) `),
		noAir:   rx(`_(?:crash\w*|aboard|on board|killed|survivors?|surviv\w+|shot down|cargo|freight|freighters?|trains?|buses|ferr(?:y|ies)|cancel\w*|helicopters?|humanitarian|charter\w*|delay\w*|divert\w*|seats|capacity) `),
	}
}

func englishFates() fates {
	return fates{
		killed:   befell(`(?:killed|kills?|killing|dead|died|dies|dying|deaths?|death toll|fatalit\w+|lives of|lost their lives|slain|perished) `),
		injured:  befell(`(?:injur\w+|wound(?:s|ed|ing)|hurt) `),
		arrested: befell(`(?:arrest\w*|detain\w*|detention|remand\w*|custody|jail(?:ed|s)?|imprison\w*|sentenc\w+|convicted|charged|(?:are|were|being|been) held|rounded up|behind bars|accused) `),
		deported: befell(`(?:deport\w*|expel\w*|expuls\w+|extradit\w*|handed over|hands over|denied entry|not let in|refused entry|barred from entering|turned (?:away|back)|persona(?:e)? non grata(?:e)?) `),
		spared:   befell(`(?:freed|releas\w+|pardon\w*|surviv\w+|rescued|alive|evacuat\w+) `),
		elsewise: rx(`_(?:coronavirus|covid\S*|pandemic|virus|earthquake|quake|floods?|wildfires?|war|wars|genocide|khojaly|terror\w*|crocus|mall) `),
		told:     rx(`_(?:crash\w*|raid\w*|attack\w*|shot down|downed|brought down|accident|collision|clash\w*|blast|shelling|strike|strikes) `),
		after:    rx(`_(?:apolog\w+|sorry|condol\w+|compensat\w+|anniversary|reports?|monument|memorial|trial|year after|talks?|investigation|probe|concedes?|admits?) `),
		past:     rx(`_(?:earlier|ago|remains?|still|previously|recalls?|at first|last (?:year|month|summer|autumn|winter|spring)|same time|before|had) `),
	}
}

// englishHedges are the approximations in front of a number.
func englishHedges() []hedge {
	return []hedge{
		before(`(?:more|greater|higher|larger|better) than|over|above|exceed(?:s|ed|ing)?|topp?(?:s|ed|ing)?|upwards? of|(?:in )?excess of|at least|pass(?:es|ed|ing)?|surpass(?:es|ed|ing)?|beyond|crossed|no (?:less|fewer) than|slightly over`, "more-than"),
		before(`less than|under|below|fewer than|not quite|just short of`, "less-than"),
		before(`about|around|some|roughly|approximately|nearly|almost|close to|(?:an )?estimated|circa|near(?:s|ed|ing)?|approach(?:es|ed|ing)|in the (?:region|order) of|an average of`, "about"),
		before(`up to|as much as|a maximum of|at most|as many as|no more than|until`, "up-to"),
	}
}

var englishMonths = []string{
	"january|jan!", "february|feb!", "march!|mar!", "april|apr!", "may!", "june|jun!", "july|jul!",
	"august!|aug!", "september|sept!|sep!", "october|oct!", "november|nov!", "december|dec!",
}

func englishUnits() []unitRule {
	return append(worldMoney(englishMoney),
		unit(`(?:(?:us|american|u . s .|u . s) )?dollars?|usd|bucks?`, "USD", money),
		unit(`euros?|eur`, "EUR", money),
		unit(`(?:russian )?r(?:o)?ubles?|rub`, "RUB", money),
		unit(`(?:azerbaijani )?manats?|azn`, "AZN", money),
		unit(`(?:(?:metric|short|long) )?ton(?:ne)?s?|t|-ton(?:ne)?s?|mt`, "t", mass),
		unit(`bcm`, "m3", volume, "bn"),
		unit(`mcm`, "m3", volume, "mn"),
		unit(`cubic met(?:er|re)s?|cu(?:b)?(?: [.])? ?m(?: [.])?|m3|m³|cubic`, "m3", volume),
		unit(`containers?|teus?|-containers?`, "containers", boxes),
		unit(`eggs|head(?: of (?:cattle|sheep))?`, "count", pieces),
		unit(`doses?|shots|jabs|vaccines`, "doses", doses),
		unit(`barrels?|bbl`, "barrels", barrels),
		unit(`trips?|journeys?|tours?|visits|border crossings`, "trips", trips),
		unit(`hectares?|ha|met(?:er|re)s?|kilomet(?:er|re)s?|km|m|miles?|kilograms?|kg|lit(?:er|re)s?|box(?:es)?|bottles|vials|packs|years?|months?|weeks?|days?|hours?|minutes?|seconds?|times|wagons?|railcars?|cars?|trucks?|buses|lorries|vehicles|helicopters|locomotives|aircraft|planes?|trains?|jobs|places|seats|points?|degrees?|shows?|films?|lanes|tests?|ventilators|mwh|kwh|mw|megawatts?|kilowatt\S*|gwh|countries|cents?|books|projects|events|meetings|rounds|sessions|articles|votes|percentage|kilos|carriages|sheets|checkpoints|posts|items|kinds|types|books|graduates|places|scholarships|apartments|houses|memorandums?|memoranda|laws|roads?|bridges?|plants?|factories|hotels|banks|cities|villages|districts|languages|centuries|story|storey|floors|rooms|beds|sites`, "", other),
		unit(`(?:deputies|soldiers|servicemen|troops|peacekeepers|journalists|employees|workers|staff|experts|officials|participants|delegates|athletes|victims|crew|members|airmen|pilots|diplomats|brothers|migrants|labou?rers|suspects|defendants|prisoners|inmates|police officers|officers|border guards|sailors|fishermen|drivers|policemen|bloggers|activists|businessmen|entrepreneurs|compatriots|relatives)`, "persons", folk),
		unit(`flights|air services`, "flights", flight),
		unit(`(?:air )?(?:passengers|travellers by air)`, "passengers", passenger),
		unit(`students?|freshm[ea]n|first-years|undergraduates|pupils?|schoolchildren`, "count", learners),
		unit(`tourists?|visitors?|holidaymakers|travell?ers|arrivals|guests`, "persons", guests),
		unit(`schools`, "count", school),
		unit(`companies|firms|enterprises|ventures|businesses|entities|legal entities|organi[sz]ations`, "count", company),
		unit(`agreements|documents|papers|deals|accords|contracts|treaties|pacts`, "count", paper),
		unit(`regions|(?:federal )?subjects|(?:constituent )?entities of (?:the )?russia\S*(?: federation)?|constituent entities|(?:russian )?territories|provinces`, "count", region),
		unit(`people|persons|children|russians|azerbaijanis|azeris|citizens|nationals|youths|compatriots|foreigners|residents|men|women`, "persons", persons),
	)
}

func englishCues() []cueRule {
	return []cueRule{
		hide(`trade (?:mission|house|representat|minist|relation|and economic|ties|union|barrier|deal|agreement|route|fair|policy|and investment|cooperation|links|partner|talks|commission|centre|center|network|dispute|war|-)\S* `),
		hide(`(?:trade|export|import|investment)-\S+ `),
		verb(`-?(?:plant|factory|project|venture|facility|bridge|terminal|complex|hub|programme|program) `, "built", money),
		cue(`(?:emercom|emergencies ministry) `, "aid", mass),
		hide(`free trade |minist(?:ry|er) of (?:trade|transport\w*|industry and trade) |transport (?:minist|corridor|links?)\S* `),
		hide(`investment (?:promotion|compan|fund|forum|agenc|cooperation|climate|paper|document|polic|holding|bank)\S* `),
		hide(`direct investment fund `),
		hide(`export (?:center|centre|mission|duty|potential|permit)\S* `),
		hide(`transit (?:countr|hub|corridor|route|potential|state)\S* `),
		hide(`gas (?:compan|giant|field|corridor|pipeline|station|giants)\S* `),
		stop(`(?:gap|difference|discrepancy|deficit|surplus|budget|loans?|lend(?:ing|s)?|lent|borrow\w*|credits?|debts?|compensation|insur\w+|damages?|salar(?:y|ies)|pric(?:e|es)|gdp|tax(?:es)?|profits?|losses|capitali[sz]ation|assets|turnover of the (?:company|bank)|worth of damage|bribes?|stole|stolen|smuggled|share capital|embezzle\w*|ticket|flat|villa|apartment|property|fraud|remittances?|transferred|transfers|ransom|bail|dividends?|income) `, money),
		stop(`(?:capacity|production|produc(?:es|ed)|output|demand|consumption|consumes?|needs?|reserves?|harvest|stocks?|extract\w+|storage|tanks?|holds?|depots?) `, mass|volume|boxes|money),
		stop(`foreign trade (?:turnover )?`, money),
		cue(`(?:trade turnover|turnover|trade figures|trade volumes?|commodity circulation|commodity exchange|mutual (?:deliveries|supplies|trade)|trade exchange|commerce|merchandise trade|trading volume|exchanged goods|goods exchange|two-way trade|bilateral trade) `, "trade-turnover", money),
		cue(`trade[ds]? `, "trade-turnover", money),
		cue(`export(?:s|ed|ing)? `, "exports", money|mass|pieces),
		cue(`import(?:s|ed|ing)? `, "imports", money|mass|pieces),
		cue(`(?:supplie[sd]|suppl(?:y|ying)|deliver(?:y|ies|ed)|ship(?:ped|ping|ments?)|sold|sells?|sales|sent|came from|c[oa]me from|bought by russia\w*|dispatched|got from|arriv(?:ed|es)|(?:went|goes) to (?:russia|azerbaijan|the republic)|reached russia\w*|(?:goods|products|produce) (?:worth|valued at|for)) `, "goods", mass|money|pieces),
		verb(`(?:bought|buys?|buying|buyers?|purchas(?:e[sd]?|ing))(?: (?:goods|products|produce) (?:worth|valued at|for))? `, "bought", mass|money),
		cue(`(?:invest(?:s|ed|ing|ments?)?|capital investments?|capital|fdi|injected|allocated to projects) `, "investment", money),
		cue(`(?:put|puts|plough(?:ed|s)?|pour(?:ed|s)|channel(?:l)?ed|sunk) (?:\S+ ){1,9}?in(?:to)? `, "investment", money),
		cue(`(?:w[eo]nt|gone|put|ploughed|poured) into `, "investment", money),
		cue(`(?:revenues?|earn(?:s|ed|ings)) `, "earned", money),
		cue(`(?:costs?|costing|(?:project|plant|venture|facility|deal|bridge|factory)(?:'s)? (?:is |was )?worth|valued at|estimated at|priced at|funded|financed|price tag) `, "cost", money),
		cue(`(?:in transit|transit(?:ed|ing)?|transshipped|transhipped|transshipment) `, "transit-volume", mass|boxes),
		cue(`(?:freight|cargo(?:es)?|goods traffic|carried|transport(?:ed|ation)?|haul(?:ed|age)|traffic|carriage|moved|(?:rail(?:way)?|road|corridor) shipments|pass(?:ed|es)|cross(?:ed|es)|handl(?:ed|es|ing)|throughput|transhipp\w+|turnover of (?:cargo|freight)|went over|rail) `, "freight-volume", mass|boxes),
		cue(`gas `, "gas-volume", volume),
		stop(`(?:water|timber|wood|river|logs) `, volume),
		cue(`(?:fines?|fined|fining) `, "fines", money),
		cue(`(?:this|the|that) (?:figure|indicator|number|sum|volume) `, "same", money|mass|volume|boxes),
		cue(`(?:humanitarian|aid|grants?|donat(?:ed|es|ion|ions)|relief) `, "aid", money|mass|doses|boxes),
		cue(`(?:vaccines?|doses?|sputnik) `, "aid", doses),
		cue(`(?:tourists?|visitors?|visit(?:s|ed|ing)?|travell?ed|trips?|holiday\w*|vacation\w*|arriv(?:ed|als)|came|holidayed|entered|tourism|tourist flow|welcomed|received|hosted|flew|flown|rested|went on holiday|spent) `, "tourists", persons|trips|guests),
		cue(`(?:stud(?:y|ying|ies|ied)|students?|pupils?|enrol\w*|taught|educated|scholarships?|quotas?|universit\w+|school\w*|learn\w*|instruction|attend\w*|educat\w+|degree|admitted|enter(?:s|ed)?|graduat\w+) `, "students", persons|learners),
		cue(`(?:regist\w+|operat(?:e|es|ing|ed)|active|work(?:s|ing)?|capital|joint|function(?:s|ing)?|present|owned|participation|there are|active|in azerbaijan|in russia|in the (?:country|republic)) `, "companies", company),
		cue(`(?:sign(?:ed|ing|s|atures)?|inked?|initial(?:l)?ed|conclu\w+|seal(?:ed|s)?|came out|adopt\w+|exchanged|reached|legal (?:basis|base|framework)|in force|exist(?:s|ed)?|in effect) `, "agreements", paper),
		cue(`(?:russian(?:-taught|-language|-medium)?|in russian) `, "schools", school),
		cue(`(?:cooperat\w+|trad(?:e|es|ing)|ties|partner\w*|relations|links?|linked|contacts|agreements?) `, "regions", region),
	}
}

const englishYear = `(?:(?:of |in |for )?(?:the )?(?:(?P<y>(?:19|20)\d\d)|(?P<ref>(?:last|this|current|previous|past|preceding|next|coming|following) (?:calendar )?year(?:'s)?|year before last)))`

func englishTimes() []timeRule {
	const (
		months = `(?:full )?(?:months|-month(?: period)?|month period)`
		study  = `(?: (?:academic|school|study|marketing|agricultural|farm|financial|fiscal) (?:year|season))?`
	)
	return timeRules(englishMonths, englishYear,
		timePattern{p: `(?:a|one|the) year later`, kind: spanLater},
		timePattern{p: `(?:a|one|the) year (?:ago|earlier|before|previously)|(?:the )?(?:same|corresponding|year-earlier|previous) (?:period|months|stretch|time last|time of last|quarter|half)(?: (?:of |in |a )?(?:(?:the )?(?:last|previous|past) year|(?P<y>(?:19|20)\d\d)|year (?:ago|earlier|before)))?|year-on-year|year on year|yoy`, kind: spanAgo},
		timePattern{p: `(?P<n>\d+) years (?:ago|earlier|before|previously)`, kind: spanYearsAgo},
		timePattern{p: `from M(?: \d{1,2})?(?: (?:, )?(?P<y>(?:19|20)\d\d))? (?:to|through|until|till) M2(?: \d{1,2})? (?:, )?(?P<y2>(?:19|20)\d\d)`, kind: spanBetween},
		timePattern{p: `(?:between|from) M (?P<d>[0-3]?\d) (?:and|to|through|until|till|-) (?:M2 (?P<d2>[0-3]?\d))(?: (?:, )?Y)?`, kind: spanDays},
		timePattern{p: `(?:between|from) (?P<d>[0-3]?\d) M (?:and|to|through|until|till|-) (?P<d2>[0-3]?\d) M2(?: (?:, )?Y)?`, kind: spanDays},
		timePattern{p: `(?:(?:for|in|over|during) )?(?:the (?:whole|rest) of )?(?:that (?:same )?|the same )year`, kind: spanThatYear},
		timePattern{p: `(?:between |from )?M (?:~|-|to|through|thru|and|until|till) M2(?: (?:, )?Y)?`, kind: spanMonths},
		timePattern{p: `(?P<o>first|1st|second|2nd) half(?:-year)?(?: of the year|(?: (?:of )?)Y)?`, kind: spanHalf},
		timePattern{p: `half(?:-year)?(?: of)? Y|half a year|(?:the )?half-year|(?:the )?(?:year's )?first half|six-month period`, kind: spanHalf},
		timePattern{p: `(?P<o>first|1st|second|2nd|third|3rd|fourth|4th) quarter(?: of the year|(?: (?:of )?)Y)?|(?P<o>last|final) quarter (?:of )?Y`, kind: spanQuarter},
		timePattern{p: `q(?P<o>[1-4])(?: (?:of )?Y)?|(?P<y>20\d\d) (?:q(?P<o>[1-4]))`, kind: spanQuarter},
		timePattern{p: `(?:(?:in|for|during|over|of) the |for a |(?:the )?(?:last|past|previous|latest) )quarter`, kind: spanPastQuarter},
		timePattern{p: `h(?P<o>[12])(?: (?:of )?Y)?`, kind: spanHalf},
		timePattern{p: `(?:the )?(?P<n>\d+) months (?:to|through|ending(?: in)?|ended(?: in)?|up to)(?: the end of)? M(?: (?:, )?Y)?`, kind: spanEnding},
		timePattern{p: `(?:first )?(?P<n>\d+) ` + months + `(?: (?:of )?(?:Y|the year))?`, kind: spanFirst},
		timePattern{p: `since (?:the )?(?:start|beginning)(?: of (?:the |this |Y)?(?:year)?)?|since january|so far this year|(?:so far )?this year to date|(?:so far )?in the current year|year(?: |-)to(?: |-)date|year-to-date|from the (?:start|beginning) of (?:the |this )?year|this year so far`, kind: spanYTD},
		timePattern{p: `(?:since|from|starting) (?:early |late |mid-)?(?:the (?:start|beginning|end) of )?(?:M (?P<d>[0-3]?\d)|M|(?P<d>[0-3]?\d) M)(?: (?:, )?Y)?(?: on(?:wards?)?)?`, kind: spanSince},
		timePattern{p: `(?P<y>(?:19|20)\d\d) (?:~|-|to|through|and|/) (?P<y2>(?:19|20)\d\d)` + study, kind: spanYears},
		timePattern{p: `(?P<y>20\d\d)(?:/| ~ )(?P<y2>\d\d)` + study, kind: spanYears},
		timePattern{p: `(?:as of|as at) (?:the )?(?:M (?P<d>[0-3]?\d)|(?P<d>[0-3]?\d) M|M)(?: (?:, )?Y)?`, kind: spanAsOf},
		timePattern{p: `M (?P<d>[0-3]?\d)(?: ~ [0-3]?\d)?(?: (?:, )?Y)?`, kind: spanDay},
		timePattern{p: `(?P<d>[0-3]?\d)(?: ~ [0-3]?\d)? M(?: (?:, )?Y)?`, kind: spanDay},
		timePattern{p: `(?:on )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|yesterday|(?:this|last) week|this morning`, kind: spanPubDay},
		timePattern{p: `today`, kind: spanToday},
		timePattern{p: `(?:by|before|until|till) (?:the )?(?:end (?:of )?)?Y|(?:by|before|until|till|for|at) (?:the )?(?:year's end|year-end|end of the year|full year|whole year)`, kind: spanYear, due: true},
		timePattern{p: `(?:the )?(?:beginning|start|end|middle) of Y`, kind: spanYear},
		timePattern{p: `(?:by|until|till|through|before) (?:the end of |early |late |mid-)?M(?: (?:, )?Y)?`, kind: spanMonth, due: true},
		timePattern{p: `(?:(?:at|in|by) )?the (?:end|beginning|start|middle) of M(?: (?:, )?Y)?`, kind: spanMonth},
		timePattern{p: `M(?: [.])? (?:, )?Y`, kind: spanMonth},
		timePattern{p: `(?:in|for|during|of|over|throughout) (?:the month of |early |late |mid-)?M(?: alone)?`, kind: spanMonth},
		timePattern{p: `M (?:alone|brought|saw)|(?:this|last|past) M|M(?:'s| 's)`, kind: spanMonth},
		timePattern{p: `(?:in|for|over) (?P<n>\d+) ?m(?: Y)?|(?P<n>\d+)m(?: ?)(?P<y>20\d\d)`, kind: spanFirst},
		timePattern{p: `(?:last|the past|the previous) month`, kind: spanLastMonth},
		timePattern{p: `(?:this|the current) month`, kind: spanThisMonth},
		timePattern{p: `(?:since (?:the )?(?:start|beginning) of )?(?:this|last|the|the past|the current|past|current) (?:agricultural|marketing|farm|financial|fiscal|academic|school)?(?: )?(?:season|(?:agricultural|marketing|farm|financial|fiscal|academic|school) year)|(?:in|over|during|this|last) (?:the )?(?:spring|summer|autumn|winter)|since (?:spring|summer|autumn|winter|last (?:spring|summer|autumn|winter))`, kind: spanSeason},
		timePattern{p: `(?:(?:\S+ )?(?:over|during|for|in|within|past|last|next) )?(?:the )?(?:(?:past|last|next|coming|first) )?\d+ (?:years|months|days|weeks|hours|minutes)`, kind: spanDuration},
		timePattern{p: `(?:over|in|for) (?:a|the) (?:full |whole |entire )?year`, kind: spanPastYear},
		timePattern{p: `(?:a|per|each|every) year|annual|annually|yearly`, kind: spanAnnual},
		timePattern{p: `(?:the )?(?:19|20)\d0s`, kind: spanDuration},
		timePattern{p: `(?:since|from) january 1(?: (?:, )?Y)?`, kind: spanYTD},
		timePattern{p: `now|currently|at present|as of now|at the moment|presently|as of today|nowadays`, kind: spanNow},
		timePattern{p: `since (?:(?P<y>(?:19|20)\d\d)|(?P<ref>last) year)`, kind: spanSince},
		timePattern{p: `(?:(?:at |by )?the end of )?Y`, kind: spanYear},
	)
}
