package render

import "samur/internal/news"

var english = words{
	code:  news.En,
	forms: 2,
	form: func(n int) int {
		if n == 1 {
			return 0
		}
		return 1
	},
	comma: ".", group: ",", groups: 1e3, pct: "%s%%",
	quotes: [2]string{"“", "”"},

	months:   [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	monthsOf: [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	day:      "%[1]d %[2]s",
	dayYear:  "%[1]d %[2]s %[3]d",
	weekday:  "%[1]s, %[2]s",
	clock:    "%[1]s, %[2]s",
	zones:    map[string]string{"Asia/Baku": "Baku time", "Europe/Moscow": "Moscow time", "UTC": "UTC"},
	zone:     "%s time",

	title:    "Russia–Azerbaijan brief",
	window:   "From %s to %s",
	windowTo: "Up to %s",
	late:     "Late edition: made on %s.",
	missed: plural{
		"Also covers %s missed edition before it.", "Also covers %s missed editions before it.",
	},
	page:       "This edition on the web",
	lateShort:  "late",
	quiet:      "Nothing new on the topics of this brief was found between these two times.",
	quietFault: "Some feeds could not be read (see below), so this may not be everything.",
	quietShort: "nothing new",
	stories:    plural{"%s story", "%s stories"},
	more: plural{
		"%s more story is left out here to keep this page short. It stands in the text form of this edition: the plain-text part of the mail, or the archive.",
		"%s more stories are left out here to keep this page short. They stand in the text form of this edition: the plain-text part of the mail, or the archive.",
	},
	morePage: plural{
		"%s more story is left out here to keep this mail short. It stands on the page of this edition:",
		"%s more stories are left out here to keep this mail short. They stand on the page of this edition:",
	},
	moreFigs:  plural{"%s more figure stands in the text form.", "%s more figures stand in the text form."},
	moreNames: plural{"and %s more, named in the text form", "and %s more, named in the text form"},

	top:     "Main stories",
	other:   "Also between the two countries",
	held:    "Also reported",
	figures: "Figures",
	ahead:   "Meetings ahead",
	bySide:  "Coverage by side",
	ledger:  "Account of this edition",
	topic: map[string]string{
		"political-dialogue": "Political dialogue", "interparliamentary": "Parliaments", "trade": "Trade",
		"investment-industry": "Investment and industry", "transport": "Transport", "energy": "Energy",
		"security": "Security", "interregional": "Regions", "culture-education": "Culture and education",
		"health": "Health", "finance-customs": "Finance and customs", "digital": "Digital", "agriculture": "Agriculture",
	},
	in: map[news.Lang]string{
		news.En: "in English", news.Ru: "in Russian", news.Az: "in Azerbaijani", news.Tr: "in Turkish",
		news.Uk: "in Ukrainian", news.Fa: "in Persian", news.Other: "in another language",
	},

	topics:   "Topics",
	actors:   "Named",
	update:   "Told before, new now",
	updateOf: "Told on %s, new now",
	listed:   "It had a line in the edition of %s.",
	reason: map[news.Reason]string{
		news.ReasonCorrected: "a report says something else now",
		news.ReasonFigure:    "a number that was not told then",
		news.ReasonSide:      "the first report from a side that had been silent",
		news.ReasonFact:      "a sentence that says something not told then",
	},
	newly:     "named for the first time",
	joined:    "first report from",
	corrected: "Corrected",
	silently:  "without saying so",
	was:       "It said",
	now:       "It says now",
	sources:   "Sources (%s)",
	copied:    "copy",
	seenAt:    "seen %s",
	untitled:  "(no title)",
	voices:    plural{"%s independent outlet", "%s independent outlets"},
	differs:   "Sources differ on %s",
	why:       "Matched by",
	lateEntry: "Reported late: published well before this edition’s time.",

	sides:     map[news.Side]string{news.SideAz: "Azerbaijani outlets", news.SideRu: "Russian outlets", news.SideOther: "outlets elsewhere"},
	sidesHead: "Sides",
	first:     "%s first (%s)",
	after:     "%s after %s (%s)",
	silent:    "%s silent (%s read)",
	outlets:   plural{"%s outlet", "%s outlets"},
	wording:   "Only %s say",
	reported:  "%s, %s, %s",
	reports:   plural{"%s report", "%s reports"},
	ledFirst:  "first with %s",
	ledAlone:  "alone with %s",

	minutes: "%s min", hours: "%s h", days: "%s d",

	event: map[news.EventKind]string{
		news.EventMeeting: "Meeting", news.EventCall: "Call", news.EventVisit: "Visit", news.EventSigning: "Signing",
	},
	eventState: map[news.EventState]string{
		news.EventPlanned: "planned", news.EventHeld: "held", news.EventPostponed: "postponed", news.EventCancelled: "cancelled",
	},
	document: "Document",

	rank: map[string]string{
		"voices": "independent outlets", "both-sides": "told by both sides", "relevance": "relevance", "new-figures": "new figures",
		"actors": "rank of those who act", "newness": "newness",
	},
	rankHead: "Weight",

	ask:     "A question to you",
	askLine: "This report was left out by little: %s points of the %s needed. Does it concern Russia and Azerbaijan together? Your answer teaches samur.",
	askYes:  "Yes",
	askNo:   "No",

	indicator: map[string]string{
		"trade-turnover": "Trade turnover", "exports": "Exports", "imports": "Imports", "investment": "Investment",
		"freight-volume": "Freight", "transit-volume": "Transit", "students": "Students", "schools": "Schools",
		"companies": "Companies", "regions": "Regions", "agreements": "Agreements", "tourists": "Visitors",
		"gas-volume": "Gas", "aid": "Aid", "goods": "Goods",
	},
	unit: map[string]plural{
		"USD": {"%s USD", "%s USD"}, "EUR": {"%s EUR", "%s EUR"}, "RUB": {"%s RUB", "%s RUB"},
		"AZN": {"%s AZN", "%s AZN"}, "GBP": {"%s GBP", "%s GBP"}, "t": {"%s t", "%s t"}, "m3": {"%s m³", "%s m³"},
		"containers": {"%s container", "%s containers"}, "doses": {"%s dose", "%s doses"},
		"persons": {"%s person", "%s people"}, "trips": {"%s trip", "%s trips"},
		"barrels": {"%s barrel", "%s barrels"}, "count": {"%s", "%s"},
	},
	scale: map[string]string{"thousand": "thousand", "mn": "mn", "bn": "bn", "trn": "trn"},
	approx: map[string]string{
		"about": "about %s", "more-than": "more than %s", "less-than": "less than %s", "up-to": "up to %s",
	},
	up:       changeWords{percent: "up %s", times: "up %s times", alone: "up"},
	down:     changeWords{percent: "down %s", times: "down %s times", alone: "down"},
	flat:     "unchanged",
	against:  "against %s",
	counted:  "counted by %s",
	toDate:   "%s to date",
	annual:   "%s a year",
	last:     "Known before",
	conflict: "Another source gives another value for the same period.",

	feedsRead: "Feeds read: %s of %s.",
	failed:    "Not read",
	stale:     "Silent for longer than usual",
	gaps:      "Possible gaps between polls",
	since:     "since %s",
	cause: map[news.Cause]string{
		news.CauseNone: "no cause given", news.CauseDNS: "its name does not resolve", news.CauseConnect: "no connection",
		news.CauseTLS: "no secure connection", news.CauseTimeout: "no answer in time",
		news.CauseRefused: "its address is not allowed", news.CauseRedirect: "it redirects without end or nowhere",
		news.CauseStatus: "the server answers with an error", news.CauseBusy: "the server asks to wait",
		news.CauseGone: "the server says it is gone", news.CauseTooLarge: "too large",
		news.CauseBotWall: "a web page instead of a feed", news.CauseNotFeed: "not a feed",
		news.CauseMoved: "it has moved", news.CauseEmpty: "it is empty", news.CauseUndated: "it gives no dates", news.CauseStale: "silent for long",
		news.CauseParse: "it cannot be understood", news.CauseStore: "it could not be saved",
	},
	seen:      "Entries seen",
	accounted: "Stories",
	inFull:    "%s in full, %s in one line",
	account:   "%[1]s = %[2]s told + %[3]s held back + %[4]s repeated + %[5]s off topic",
	unequal:   "The parts add up to %s: this account is wrong, please report it.",
	archived:  "Of the off-topic, archived as old when their feed was first read",
	polls:     "Polls",
}
