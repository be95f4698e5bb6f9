package timeline

import (
	"slices"

	"samur/internal/lexicon"
	"samur/internal/news"
)

func english() *grammar {
	g := newGrammar(news.En, englishEvents, englishStates, englishDays)
	g.tense = func(_ string, c cue) (tense, bool) { return c.tense, false }
	g.place = englishPlace
	g.paper = englishPaper
	return g
}

const (
	meeting = news.EventMeeting
	call    = news.EventCall
	visit   = news.EventVisit
	signing = news.EventSigning
)

var englishEvents = []entry{
	{cue{what: verb, kind: meeting, tense: before}, `met, met with, had met, received, has received, held talks, held a meeting, held meetings, had a meeting, had talks, held negotiations, conferred with`},
	{cue{what: verb, kind: meeting, tense: now}, `meets, meets with, receives, holds talks, holds a meeting, hold meeting, hold talks, is meeting, are meeting, sits down with`},
	{cue{what: verb, kind: meeting, tense: infinitive}, `meet, meet with, receive`},
	{cue{what: verb, kind: meeting, tense: later}, `to hold talks, to hold a meeting, to hold meeting, will hold talks, will hold a meeting`},
	{cue{what: noun, kind: meeting}, `meeting, meetings, talks, negotiations, session, sessions, consultations, sitting`},
	{cue{what: verb, kind: visit, tense: before}, `visited, arrived, has arrived, travelled to, traveled to, flew to, paid a visit, paid an official visit, paid a working visit, was on a visit, landed in, left for, has left for, departed for, set off for, went to`},
	{cue{what: verb, kind: visit, tense: now}, `visits, is visiting, are visiting, arrives, arrive in, flies to, travels to, is on a visit, is paying a visit, pays a visit, pays official visit, lands in, on a visit, on a working visit, on an official visit, on official visit, for working visit, on a state visit, on a two-day visit, on working visit, for a state visit`},
	{cue{what: verb, kind: visit, tense: later}, `due in, is due in, heads for, heads to, leaves for, will be in, to be in`},
	{cue{what: verb, kind: visit, tense: infinitive}, `visit, travel to, fly to, pay a visit, pay an official visit, pay a working visit, pay a state visit, arrive, come to`},
	{cue{what: noun, kind: visit}, `visit, visits, trip, trips`},
	{cue{what: ignore}, `met at, was met, were met, met by, visitors, visiting scholars, talks about, talk about`},
	{cue{what: noun, kind: call}, `phone call, phone calls, telephone call, phone conversation, telephone conversation, phone talks, telephone talks, call with, phone talk`},
	{cue{what: phone, kind: call}, `by phone, by telephone, over the phone, over phone, over telephone, on the phone, via phone`},
	{cue{what: verb, kind: call, tense: before}, `phoned, telephoned, made a phone call, spoke by phone, talked by phone, spoke over the phone`},
	{cue{what: verb, kind: call, tense: now}, `phones, telephones, make a phone call, makes a phone call, makes phone call, calls president, called president`},
	{cue{what: verb, kind: signing, tense: before}, `signed, inked, initialled, initialed`},
	{cue{what: verb, kind: signing, tense: now}, `signs, inks`},
	{cue{what: verb, kind: signing, tense: infinitive}, `sign, ink`},
	{cue{what: noun, kind: signing}, `signing, signing ceremony`},
	{cue{what: ignore}, `sign of, signs of, signed a decree, signed a law, signed an order, signed decree, signed into law, signs decree, signs order, signs law, signed the law, signed the decree, signed orders, called for, no sign, signing a decree, signed a decree on`},
	{cue{what: document}, `memorandum, memorandums, memoranda, mou, roadmap, roadmaps, road map, protocol, protocols, agreement, agreements, declaration, treaty, pact, accord, contract, contracts, document, documents, statement, action plan, programme, program, deal, convention, charter, papers`},
}

var englishStates = []entry{
	{cue{what: light, tense: before}, `held, took place, was held, were held, has been held, kicked off, started, began, concluded, ended, opened, paid, hosted, chaired, wrapped up, gathered, convened, produced, lasted, focused on, dealt with, resulted in, touched upon, has its, had its`},
	{cue{what: light, tense: now}, `holds, hold, takes place, is being held, is taking place, are taking place, is under way, is underway, hosts, begins, starts, gathers, kicks off, convenes`},
	{cue{what: light, tense: infinitive}, `be held, take place, pay, host, convene, kick off, begin, start, gather`},
	{cue{what: plan, n: 1}, `preparations are under way, preparations are underway, preparations, preparations for, prepare, prepares, preparing, plan, plans, agreed on a, agree to, agreed to`},
	{cue{what: plan}, `scheduled, planned, slated, upcoming, forthcoming, expected, is set, are set, due, being prepared, is being prepared, arranged, being arranged, is on the agenda, intends, intend`},
	{cue{what: postpone}, `postponed, postpones, postpone, put off, rescheduled, moved to, delayed, pushed back, adjourned`},
	{cue{what: cancel}, `cancelled, canceled, cancels, cancel, called off, calls off, scrapped, scraps, cancellation, cancelling, canceling, will not go ahead`},
	{cue{what: not}, `not, didn't, won't, hasn't, doesn't, wasn't, isn't, never, no, without, denied, denies, neither, rather than`},
	{cue{what: maybe}, `might, could, can, possible, possibly, possibility, perhaps, probably, likely, should, if, whether, unless, chance, option`},
	{cue{what: wish}, `wants, want, wanted, wish, wishes, ready, willing, invited, invites, invite, proposed, proposes, propose, offered, offers, hopes, hoped, hope, urged, urges, calls for, called for, refused, refuses, declined, declines, asked, asks, interested in, seeks, sought, failed to, yet to`},
	{cue{what: will}, `will, would, 'll, shall, to be, is to, are to, set to, going to, expected to, plans to, plan to, due to, scheduled to, about to, slated to, intends to, intend to, agreed to, agree to, prepares to, preparing to, is due to, planning to, to`},
	{cue{what: during}, `during, at, at their, at a, in the course of, as part of, within the framework of, on the sidelines of, on the margins of, throughout, opening the, opening`},
	{cue{what: after}, `after, following, as a result of, results of, outcome of, following the, upon, since, in the wake of, to sum up`},
	{cue{what: ahead}, `ahead of, before, on the eve of, in the run-up to, in preparation for, prior to, pending, awaiting, upcoming, forthcoming, next`},
	{cue{what: past}, `last, previous, previously, earlier, recall, recalled, recalling, last time, historic, years ago, once, former, in the past, rarely, repeatedly, regular, regularly, often, frequent, former visit`},
	{cue{what: said}, `comment, said, says, told, tells, announced, announces, noted, notes, stated, states, added, adds, reported, reports, confirmed, confirms, according to, writes, wrote, commented, comments, emphasized, stressed, recalled, believes, informed, quoted`},
	{cue{what: by}, `instruction of, instructions of, on behalf of, decree of, aide to, adviser to, advisor to, spokesman for, press secretary of, order of, named after`},
	{cue{what: role}, `president, presidents, minister, ministers, premier, prime minister, premiers, delegation, delegations, head, heads, speaker, speakers, governor, deputy, deputies, leader, leaders, parliament, parliaments, mps, senators, lawmakers, envoy, ambassador, ambassadors, officials, commission, government, governments, chief, diplomats, council, top diplomat, fm, pm, president's, rais, vice-premier, vice premier, general, prosecutor general, foreign minister, secretary`},
	{cue{what: decree}, `decree, decrees, law, laws, order, orders, bill, executive order`},
	{cue{what: anaphor}, `the presidents, the leaders, the sides, the parties, the ministers, both presidents, both leaders, two leaders, the two, two presidents, heads of state, the deputy premier, the deputy prime minister, the prime minister, the premier, the ambassador, the governor, the officials, the two sides, they, he, the head of state, the president, the minister, the delegation, two ministers, the heads`},
}

var englishDays = []entry{
	{cue{what: month, n: 1}, `january, jan`},
	{cue{what: month, n: 2}, `february, feb`},
	{cue{what: month, n: 3}, `march, mar`},
	{cue{what: month, n: 4}, `april, apr`},
	{cue{what: month, n: 5}, `may`},
	{cue{what: month, n: 6}, `june, jun`},
	{cue{what: month, n: 7}, `july, jul`},
	{cue{what: month, n: 8}, `august, aug`},
	{cue{what: month, n: 9}, `september, sept, sep`},
	{cue{what: month, n: 10}, `october, oct`},
	{cue{what: month, n: 11}, `november, nov`},
	{cue{what: month, n: 12}, `december, dec`},
	{cue{what: weekday, n: 0}, `sunday`},
	{cue{what: weekday, n: 1}, `monday`},
	{cue{what: weekday, n: 2}, `tuesday`},
	{cue{what: weekday, n: 3}, `wednesday`},
	{cue{what: weekday, n: 4}, `thursday`},
	{cue{what: weekday, n: 5}, `friday`},
	{cue{what: weekday, n: 6}, `saturday`},
	{cue{what: dayOff, n: 0}, `today, tonight, this morning, this evening`},
	{cue{what: dayOff, n: -1}, `yesterday, the day before, a day earlier`},
	{cue{what: dayOff, n: 1}, `tomorrow`},
	{cue{what: dayOff, n: 2}, `the day after tomorrow, day after tomorrow`},
	{cue{what: weekOff, n: 0}, `this week, later this week, earlier this week`},
	{cue{what: weekOff, n: 1}, `next week, the coming week, early next week`},
	{cue{what: weekOff, n: -1}, `last week, the past week`},
	{cue{what: monthOff, n: 0}, `this month, later this month, earlier this month`},
	{cue{what: monthOff, n: 1}, `next month`},
	{cue{what: monthOff, n: -1}, `last month`},
	{cue{what: yearOff, n: 0}, `this year, later this year, earlier this year`},
	{cue{what: yearOff, n: 1}, `next year`},
	{cue{what: yearOff, n: -1}, `last year`},
	{cue{what: quarter, n: 1}, `first quarter`},
	{cue{what: quarter, n: 2}, `second quarter`},
	{cue{what: quarter, n: 3}, `third quarter`},
	{cue{what: quarter, n: 4}, `fourth quarter`},
	{cue{what: until}, `since, until, till, anniversary, dated`},
}

// englishPlace: behind a preposition, or a verb of travel, as no adjective. An article and
// a word such as "capital" may stand between.
func englishPlace(s *sentence, h *located) bool {
	if h.Concept.Kind == lexicon.Country && !slices.Contains(countryNouns, h.fold()) {
		return false
	}
	for i := h.Tok - 1; i >= max(s.from, h.Tok-4); i-- {
		switch {
		case s.is(i, "for"):
			return s.is(i-1, "left", "leaves", "departed", "heads", "off")
		case s.is(i, "to", "in", "into", "at", "visit", "visits", "visited", "visiting"):
			return !s.is(i, "to") || !s.posted(i-1)
		case !s.is(i, "the", "capital", "city", "of", "azerbaijan", "russia", "resort", "neighbouring", "neighboring", "russian", "azerbaijani", "azerbaijan's", "russia's"):
			return false
		}
	}
	return false
}

// countryNouns are the names of the two that are no adjectives.
var countryNouns = []string{"russia", "russian federation", "the russian federation", "azerbaijan", "republic of azerbaijan"}

// englishPaper takes what a document is on: "memorandum of understanding on transport".
func englishPaper(s *sentence, head, end int) (from, to int) {
	from, to = head, end
	for i := head - 1; i >= s.from && head-i <= 3; i-- {
		if !slices.Contains(paperAdjectives, s.t.Tokens[i].Fold) {
			break
		}
		from = i
	}
	if end >= s.to || !slices.Contains([]string{"of", "on", "for"}, s.t.Tokens[end].Fold) {
		return from, to
	}
	return from, s.phraseEnd(end, englishStops)
}

var paperAdjectives = []string{"joint", "allied", "intergovernmental", "cooperation", "final", "action", "partnership", "trade", "gas", "transit", "framework"}

var englishStops = []string{
	"between", "with", "during", "at", "after", "following", "was", "were", "has", "have", "that", "which", "will", "is", "are", "by", "as", "when", "while",
	"today", "yesterday", "tomorrow", "until", "till", "from", "said", "says", "before", "who", "would", "but", "ahead", "to", "within",
}
