package figures

import (
	"strings"

	"samur/internal/news"
	"samur/internal/pattern"
)

// leastMoney is the smallest sum that is a matter of two countries' statistics:
// below are tickets, fines and prices.
const leastMoney = 100_000

// least holds the smallest counts that are statistics and not an episode: seven firms that
// may sell tomatoes, two men.
var least = map[string]float64{"companies": 8, "students": 20, "tourists": 100, "regions": 5}

// excluded reports whether the sentence says that quantity i is none of the
// ties' own: a rate per day, an increment, a part of a total just given, what was stopped
// at the border, made at home or could be carried one day, or another country's.
func (r *reader) excluded(n, i int, indicator string) bool {
	rd := &r.sentences[n]
	g, s, q := r.g, rd.s, rd.qs[i]
	z := zoneOf(s, rd.qs, i)
	head, tail := s.norm[z.from:q.from], s.norm[q.to:z.to]
	rest := s.norm[min(q.to+1, len(s.norm)):]
	switch {
	case q.class == money && q.base() < leastMoney && indicator != "fines", q.base() < least[indicator], q.part && q.class == school, q.class == mass && q.base() == 1, q.class == doses && yearly().MatchString(upto(s.norm[q.to:z.to], 40)), indicator == "transit-volume" && diesel().MatchString(s.norm[q.from:z.to]),
		g.byAmount.MatchString(lastBytes(s.norm[:q.from], 100)),
		g.bars.more.MatchString(rest), g.bars.ofThem.MatchString(rest),
		g.bars.skip.MatchString(beyondRate(head, z)), g.bars.skip.MatchString(rd.ownTail(i, upto(tail, 40))),
		i > 0 && q.class&(company|region) == 0 && g.bars.subset.MatchString(head) && !rd.oursOwn(i),
		q.class == money && (g.bars.goal.MatchString(head) || g.lang == news.Az && g.bars.goal.MatchString(tail)):
		return true
	}
	return r.aTotal(rd, i, z, indicator) || r.barred(rd, i, z) || r.othersOwn(rd, i, indicator)
}

// ownTail is what stands behind quantity i, without what a price behind it is for.
func (rd *reading) ownTail(i int, tail string) string {
	if i+1 == len(rd.qs) || rd.qs[i+1].per == "" {
		return tail
	}
	own, _, _ := strings.Cut(tail, " , ")
	return own + " "
}

// oursOwn reports whether the clause of quantity i names one of the two countries.
func (rd *reading) oursOwn(i int) bool {
	who, own := rd.partyOf(i)
	return own && (who == russians || who == azeris)
}

// beyondRate is the head of a quantity without the first words, which belong to the quantity
// before: the "a day" of "6 mcm a day, 2 bcm in all".
func beyondRate(head string, z zone) string {
	if z.from == 0 {
		return head
	}
	if k := strings.IndexAny(head, ",:;"); k >= 0 && k <= len(" per each day of the") {
		return head[k:]
	}
	return head[min(len(head), len(" a day")):]
}

// aTotal reports whether a quantity is the whole of which the ties are a part: all that a
// country exports, sums of which a number behind is the part of ours. Money that people send
// home, and what is sold at home, is no trade either.
func (r *reader) aTotal(rd *reading, i int, z zone, indicator string) bool {
	s, q := rd.s, rd.qs[i]
	switch {
	case q.whole, wholeOf().MatchString(lastBytes(s.norm[:q.from], 60)),
		q.class&(mass|volume) != 0 && atHome().MatchString(s.norm[z.from:z.to]),
		q.class == money && (containsAny(s.norm, remittances) || containsAny(r.sentences[0].s.norm, remittances)):
		return true
	case !shared[indicator]:
		return false
	}
	if who, _ := rd.partyOf(i); who == russians {
		return false
	}
	if wholeFirst().MatchString(lastBytes(s.norm[:q.from], 40)) && i+1 < len(rd.qs) && rd.qs[i+1].class == q.class && !saysOurs(s.norm[z.from:z.to]) {
		return true // "из 440 тыс. тонн, вывезенных областью, туда ушло 198 тыс."
	}
	if r.sharedBelow(rd, q) || i > 0 && sameLoad().MatchString(s.norm[rd.qs[i-1].to:q.from]) && r.aTotal(rd, i-1, zoneOf(s, rd.qs, i-1), indicator) {
		return true
	}
	for k := i + 1; k < len(rd.qs); k++ {
		if r.isPart(rd, i, k, indicator) {
			return true
		}
	}
	return false
}

// sharedBelow reports whether the sentence behind rd tells how a total is shared between
// Russia and others: "Italy took 6,300 tons, Russia 2,700".
func (r *reader) sharedBelow(rd *reading, q quantity) bool {
	n := 0
	for n < len(r.sentences) && &r.sentences[n] != rd {
		n++
	}
	if n+1 >= len(r.sentences) {
		return false
	}
	next := &r.sentences[n+1]
	ours, others := false, false
	for k := range next.qs {
		if p := &next.qs[k]; p.class == q.class && p.base() < q.base() {
			who, _ := next.partyOf(k)
			ours, others = ours || who == russians, others || who == thirds
		}
	}
	return ours && others
}

// sameLoad stands between two measures of one load: "12,900 tons, or $78.3 million".
var sameLoad = pattern.Lazy(`^ (?:[(]|, or|or|worth|valued at|for|at|на|на сумму|на общую сумму|стоимостью|, или|или) (?:[$] )?$`)

// partWords stand between a whole and the number of a part.
var partWords = pattern.Lazy(`(?:^|[ ])(?:of (?:which|them|it|that|these|those)|including|among|went to|goes to|took|bought|paid|held|came from|accounted|sold to|из (?:них|которых|этого)|в том числе|пришл\S+|приход\S+|купил\S*|взял\S*|ушл\S+|закупил\S*|приобр\S+|ввез\S+|bun(?:dan|un)|onun|onlar\S*|o cumleden|payin\S*|alib|gedib|dusur|olub) `)

// shared holds the indicators of which a country has a total with all others.
var shared = map[string]bool{"exports": true, "imports": true, "gas-volume": true, "tourists": true}

// isPart reports whether quantity k is Russia's part of quantity i.
func (r *reader) isPart(rd *reading, i, k int, indicator string) bool {
	p, q := &rd.qs[k], &rd.qs[i]
	switch {
	case p.percent:
		who, own := rd.partyOf(k)
		return who == russians && own && share().MatchString(rd.s.norm[q.to:])
	case p.class != q.class || p.base() >= q.base() || !partWords().MatchString(rd.s.norm[q.to:]):
		return false
	case r.g.bars.partOf.MatchString(rd.s.norm[min(p.to+1, len(rd.s.norm)):]):
		return true
	}
	if who, own := rd.partyOf(k); who != russians && who != azeris || !own {
		return false
	}
	c, ok := choose(rd.s, rd.qs, k, rd.cues, indicator)
	return ok && (c.indicator == indicator || c.goods() || c.indicator == "gas-volume")
}

// barred reports whether words of its sentence keep a quantity of its class from being a
// figure.
func (r *reader) barred(rd *reading, i int, z zone) bool {
	g, s, q := r.g, rd.s, rd.qs[i]
	seg := rd.clauseOf(i, z)
	switch {
	case q.class&(mass|volume|boxes) != 0:
		if q.class == mass && g.bars.incident.MatchString(s.norm) || g.bars.able.MatchString(s.norm[seg.from:seg.to]) {
			return true
		}
		return g.bars.made.MatchString(s.norm[z.from:z.to]) && !flows(rd.cues, z)
	case q.class == company:
		return g.bars.notFirms.MatchString(s.norm)
	case q.class&(guests|persons|trips) != 0:
		if q.class == persons && g.dwell.MatchString(s.norm[z.from:z.to]) && !names(rd.cues, "tourists") {
			return true
		}
		if q.class == guests && q.base() < leastMet && g.gathering.MatchString(s.norm) {
			return true
		}
		return g.bars.foreign.MatchString(s.norm[seg.from:seg.to]) && !saysOurs(s.norm[seg.from:seg.to])
	}
	return false
}

// leastMet is the smallest number of guests that did not come to one meeting.
const leastMet = 5000

// flows reports whether a zone has a cue of goods that go abroad.
func flows(cues []found, z zone) bool {
	for _, c := range cues {
		if c.from >= z.from && c.from < z.to && (c.goods() || c.indicator == "exports" || c.indicator == "imports") {
			return true
		}
	}
	return false
}

// othersOwn reports whether a quantity is of the ties with a third country, or with all.
func (r *reader) othersOwn(rd *reading, i int, indicator string) bool {
	switch who, _ := rd.partyOf(i); who {
	case everyone, total:
		return true
	case thirds:
		return !crosses[indicator] || !r.ties()
	case russians:
		return false
	}
	title := &r.sentences[0]
	if !crosses[indicator] && indicator != "aid" && title.namesParty(thirds) && !title.namesParty(azeris) && !rd.namesParty(russians) && (rd.qs[i].class == volume || !rd.namesParty(azeris)) {
		return true // what two others agreed
	}
	if rd.foreign(i, indicator, title) {
		return true
	}
	return (shared[indicator] || crosses[indicator]) && rd.namesParty(azeris) && !r.ties()
}

// foreign reports whether quantity i is of the trade of a country with all others.
func (rd *reading) foreign(i int, indicator string, title *reading) bool {
	norm := rd.s.norm[:rd.qs[i].from]
	if loc := foreignTrade().FindStringIndex(norm); loc != nil && !withPartner().MatchString(norm[loc[1]-1:]) {
		return true
	}
	return tradeFlow[indicator] && title.s.says(foreignTrade()) && !title.namesParty(russians) && !saysOurs(norm)
}

// ties reports whether the item names the Russian side, or a way between the two.
func (r *reader) ties() bool {
	for i := range r.sentences {
		rd := &r.sentences[i]
		for _, m := range rd.mentions() {
			if m.who == russians {
				return true
			}
		}
		if rd.s.says(between()) || rd.s.way() != noWay {
			return true
		}
	}
	return false
}

// between holds the names of ways and posts that lie between the two countries.
var between = pattern.Lazy(`(?:^|[ ])(?:putin\S*|overchuk\S*|mishustin\S*|lavrov\S*|y?evdokimov\S*|belozerov\S*|novak|matviyenko\S*|minnikhanov\S*|путин\S*|оверчук\S*|мишустин\S*|лавров\S*|евдокимов\S*|белоз[её]ров\S*|новак\S*|матвиенко|минниханов\S*|overcuk\S*|misustin\S*|yevdokimov\S*|belozyorov\S*|minnixanov\S*|border\S*|границ\S+|serhed\S*|(?:through|across|via|over|crossing|crosses|crossed) azerbaijan\S*|через (?:территори\S+ )?азербайджан\S*|azerbaycan(?:dan)? (?:erazi\S*|uzerinden|vasitesile)|the (?:parties|sides|two countries)|стороны|(?:двух|обеих) стран|terefler|iki olke\S*|north-south|corridor|коридор\S*|dehliz\S*|samur|yalama|astara|yarag\S*|yaraq\S*|tagir\S*|novo-fil\S*|shirvanovka|север|самур\S*|ялам\S*|астар\S*|яраг\S*|тагир\S*|ново-фил\S*|западн\S+ (?:маршрут|ветк|част)\S*|western (?:route|branch|leg)|simal-cenub|qerb (?:marsrut|qol)\S*|tahirkend\S*|armenia\S*|армени\S*|ermenistan\S*) `)

// crosses holds the indicators of what goes on to third countries.
var crosses = map[string]bool{"transit-volume": true, "freight-volume": true}

var (
	wholeOf      = pattern.Lazy(`(?:(?:% |percent |per cent )of (?:the |its |all )*|of a total (?:of )?|out of (?:the )?|из (?:общих|всех|экспортированн\S+) )(?:[$] )?$`)
	atHome       = pattern.Lazy(`(?:^|[ ])(?:domestic (?:market|consumers?)|home market|внутренн\S+ рын\S+|daxili bazar\S*) `)
	foreignTrade = pattern.Lazy(`(?:^|[ ])(?:foreign trade|foreign turnover|внешнеторгов\S+|внешн\S+ торговл\S+|xarici ticaret\S*) `)
	withPartner  = pattern.Lazy(`(?:^|[ ])(?:(?:with|between|с|со|между) (?:[^ ,]+ ){0,2}?(?:russia|azerb|росси|азерб|рф|республик)|(?:rusiya|azerbaycan)\S* (?:ile|arasinda) )`)
	share        = pattern.Lazy(`(?:^|[ ])(?:tak(?:es|ing|en)|took|accounts?|accounting|accounted|share|bought|went|goes|absorb\S*|дол[яюие]\S*|взял\S*|пришл\S+|приход\S+|ушло|купил\S*|payin\S*|payi|alib|dusur|dusub|gedib) `)
)

// yearly follows what could be made in a year.
var yearly = pattern.Lazy(`(?:^|[ ])(?:a year|per year|annually|в год|ежегодно|ilde) `)

// diesel is Azerbaijan's own.
var diesel = pattern.Lazy(`(?:^|[ ])(?:diesel|дизел\S*|dizel\S*) `)

// remittances are parts of the words for money that people send home.
var remittances = []string{"remit", "money transfer", "money sent", "individuals sent", "денежн", "физлиц", "перечислил", "pul kocurme", "pul baratlar", "pul gonder"}
