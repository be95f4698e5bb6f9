package figures

import "regexp"

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
	case q.class == money && q.base() < leastMoney, q.base() < least[indicator], q.part && q.class == school, q.class == mass && q.base() == 1,
		g.byAmount.MatchString(lastBytes(s.norm[:q.from], 100)),
		g.bars.more.MatchString(rest), g.bars.ofThem.MatchString(rest),
		g.bars.skip.MatchString(head), g.bars.skip.MatchString(upto(tail, 40)),
		i > 0 && q.class&(company|region) == 0 && g.bars.subset.MatchString(head),
		g.bars.goal.MatchString(head) && q.class == money:
		return true
	}
	return r.aTotal(rd, i, z, indicator) || r.barred(rd, i, z) || r.othersOwn(rd, i, indicator)
}

// aTotal reports whether a quantity is the whole of which the ties are a part: all that a
// country exports, sums of which a number behind is the part of ours. Money that people send
// home, and what is sold at home, is no trade either.
func (r *reader) aTotal(rd *reading, i int, z zone, indicator string) bool {
	s, q := rd.s, rd.qs[i]
	switch {
	case q.whole, wholeOf.MatchString(lastBytes(s.norm[:q.from], 60)),
		q.class&(mass|volume) != 0 && atHome.MatchString(s.norm[z.from:z.to]),
		q.class == money && containsAny(s.norm, remittances):
		return true
	case !shared[indicator]:
		return false
	}
	if who, _ := rd.partyOf(i); who == russians {
		return false
	}
	if wholeFirst.MatchString(lastBytes(s.norm[:q.from], 40)) && i+1 < len(rd.qs) && rd.qs[i+1].class == q.class && !saysOurs(s.norm[z.from:z.to]) {
		return true // "из 440 тыс. тонн, вывезенных областью, туда ушло 198 тыс."
	}
	for k := i + 1; k < len(rd.qs); k++ {
		if r.isPart(rd, i, k, indicator) {
			return true
		}
	}
	return false
}

// shared holds the indicators of which a country has a total with all others.
var shared = map[string]bool{"exports": true, "imports": true, "gas-volume": true, "tourists": true}

// isPart reports whether quantity k is Russia's part of quantity i.
func (r *reader) isPart(rd *reading, i, k int, indicator string) bool {
	p, q := &rd.qs[k], &rd.qs[i]
	switch {
	case p.percent:
		who, own := rd.partyOf(k)
		return who == russians && own && share.MatchString(rd.s.norm[q.to:])
	case p.class != q.class || p.base() >= q.base():
		return false
	case r.g.bars.partOf.MatchString(rd.s.norm[min(p.to+1, len(rd.s.norm)):]):
		return true
	}
	if who, own := rd.partyOf(k); who != russians || !own {
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
		return g.bars.foreign.MatchString(s.norm[seg.from:seg.to]) && !saysOurs(s.norm[seg.from:seg.to])
	}
	return false
}

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
	case everyone:
		return true
	case thirds:
		return !crosses[indicator] || !r.ties()
	case russians:
		return false
	}
	norm := rd.s.norm[:rd.qs[i].from]
	if loc := foreignTrade.FindStringIndex(norm); loc != nil && !withPartner.MatchString(norm[loc[1]-1:]) {
		return true
	}
	if title := r.sentences[0].s.norm; tradeFlow[indicator] && foreignTrade.MatchString(title) && !saysOurs(title) && !saysOurs(norm) {
		return true
	}
	return (shared[indicator] || crosses[indicator]) && !r.ties()
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
		if between.MatchString(rd.s.norm) || wayOf(rd.s.norm) != noWay {
			return true
		}
	}
	return false
}

// between holds the names of ways and posts that lie between the two countries.
var between = regexp.MustCompile(`(?:^|[ ])(?:(?:through|across|via|over) azerbaijan\S*|через (?:территори\S+ )?азербайджан\S*|azerbaycan(?:dan)? (?:erazi\S*|uzerinden|vasitesile)|the (?:parties|sides|two countries)|стороны|(?:двух|обеих) стран|terefler|iki olke\S*|north-south|corridor|коридор\S*|dehliz\S*|samur|yalama|astara|yarag\S*|yaraq\S*|tagir\S*|novo-fil\S*|shirvanovka|север|самур\S*|ялам\S*|астар\S*|яраг\S*|тагир\S*|ново-фил\S*|западн\S+ (?:маршрут|ветк|част)\S*|western (?:route|branch|leg)|simal-cenub|qerb (?:marsrut|qol)\S*|tahirkend\S*|armenia\S*|армени\S*|ermenistan\S*) `)

// crosses holds the indicators of what goes on to third countries.
var crosses = map[string]bool{"transit-volume": true, "freight-volume": true}

var (
	wholeOf      = regexp.MustCompile(`(?:(?:% |percent |per cent )of (?:the |its |all )*|of a total (?:of )?|out of (?:the )?|из (?:общих|всех|экспортированн\S+) )(?:[$] )?$`)
	atHome       = regexp.MustCompile(`(?:^|[ ])(?:domestic (?:market|consumers?)|home market|внутренн\S+ рын\S+|daxili bazar\S*) `)
	foreignTrade = regexp.MustCompile(`(?:^|[ ])(?:foreign trade|foreign turnover|внешнеторгов\S+|внешн\S+ торговл\S+|xarici ticaret\S*) `)
	withPartner  = regexp.MustCompile(`(?:^|[ ])(?:(?:with|between|с|со|между) (?:[^ ,]+ ){0,2}?(?:russia|azerb|росси|азерб|рф|республик)|(?:rusiya|azerbaycan)\S* (?:ile|arasinda) )`)
	share        = regexp.MustCompile(`(?:^|[ ])(?:tak(?:es|ing|en)|took|accounts?|accounting|accounted|share|bought|went|goes|absorb\S*|дол[яюие]\S*|взял\S*|пришл\S+|приход\S+|ушло|купил\S*|payin\S*|payi|alib|dusur|dusub|gedib) `)
)

// remittances are parts of the words for money that people send home.
var remittances = []string{"remit", "money transfer", "individuals sent", "денежн", "физлиц", "перечислил", "pul kocurme", "pul baratlar", "pul gonder"}
