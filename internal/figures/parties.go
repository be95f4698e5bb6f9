package figures

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"samur/internal/pattern"
)

// party is whom a quantity concerns beside Azerbaijan.
type party byte

const (
	nobody   party = iota
	azeris         // Azerbaijan, as the one who sends or gets
	russians       // Russia, its regions and companies
	thirds         // another country, or a bloc
	total          // all that a country exports or imports, unless Russia is named beside
	everyone       // all countries, or all routes, together
)

// mention is a party named in a sentence.
type mention struct {
	from, to int // in norm
	who      party
}

// mentions returns the parties that a sentence names, in order.
func (rd *reading) mentions() []mention {
	if rd.parties != nil {
		return rd.parties
	}
	rd.parties = []mention{}
	for i := range rd.s.toks {
		norm := rd.s.norm[rd.s.toks[i].at:]
		first, second, third := firstThree(norm)
		for _, p := range partyNames() {
			if !p.open.has(first, second, third) {
				continue
			}
			if loc := p.re.FindStringSubmatchIndex(norm); loc != nil {
				at := rd.s.toks[i].at
				rd.parties = append(rd.parties, mention{at + loc[2], at + loc[3], p.who})
			}
		}
	}
	slices.SortFunc(rd.parties, func(a, b mention) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	end := 0
	rd.parties = slices.DeleteFunc(rd.parties, func(m mention) bool { // the Russia of "all Russian imports"
		within := m.to <= end
		end = max(end, m.to)
		return within
	})
	return rd.parties
}

// partyOf returns the party that quantity i concerns: the one named in its segment, else
// the last named before it in its zone, else that of the quantity before, which it
// continues. own tells that its segment names it.
func (rd *reading) partyOf(i int) (who party, own bool) {
	z := zoneOf(rd.s, rd.qs, i)
	seg := rd.clauseOf(i, z)
	before := nobody
	for _, m := range rd.mentions() {
		switch {
		case m.from >= seg.from && m.from < seg.to:
			who = rd.stronger(who, m.who)
		case m.from >= z.from && m.from < seg.from && (m.who != azeris || before == nobody):
			before = m.who
		}
	}
	if i > 0 && rd.qs[i-1].percent && restated().MatchString(lastBytes(rd.s.norm[:rd.qs[i].from], 30)) && rd.s.says(ours()) {
		return russians, true // "63% of exports, or $1.02 billion"
	}
	switch m := rd.behindBracket(i); {
	case who != nobody:
		return who, true
	case before != nobody:
		return before, false
	case m != nobody:
		return m, true
	}
	return rd.continued(i), false
}

// continued returns the party of the quantity before, which quantity i continues, or of a
// total that ends the sentence: "…, went elsewhere".
func (rd *reading) continued(i int) party {
	for k := i - 1; k >= 0; k-- {
		if c := rd.qs[k].class; c != 0 && c != other {
			if c != rd.qs[i].class && !sameLoad().MatchString(rd.s.norm[rd.qs[k].to:rd.qs[i].from]) {
				return nobody
			}
			who, _ := rd.partyOf(k)
			return who
		}
	}
	if all := rd.mentions(); len(all) > 0 && i == len(rd.qs)-1 && all[len(all)-1].who == everyone && all[len(all)-1].from > rd.qs[i].to {
		return everyone
	}
	return nobody
}

// stronger returns which of two parties of one clause its number is of: with a third country
// Russia deals alone, unless the sentence names Azerbaijan.
func (rd *reading) stronger(a, b party) party {
	switch {
	case a == everyone || b == everyone:
		return everyone
	case a == russians && b == thirds || a == thirds && b == russians:
		if rd.namesParty(azeris) {
			return russians
		}
		return thirds
	case b == azeris && a != nobody:
		return a
	case a == russians || b == total && a == thirds:
		return a
	}
	return b
}

// namesParty reports whether a sentence names a party.
func (rd *reading) namesParty(who party) bool {
	return slices.ContainsFunc(rd.mentions(), func(m mention) bool { return m.who == who })
}

// clauseOf is the part of a zone around quantity i that no sign and, towards another
// quantity, no "and" or "while" parts from it.
func (rd *reading) clauseOf(i int, z zone) zone {
	s, q := rd.s, &rd.qs[i]
	seg := segment(s, z, *q)
	if z.from > 0 {
		if loc := lastIndex(conjunction(), s.norm[seg.from:q.from]); loc >= 0 {
			seg.from += loc
		}
	}
	if z.to < len(s.norm) {
		if loc := conjunction().FindStringIndex(s.norm[q.to:seg.to]); loc != nil {
			seg.to = q.to + loc[0]
		}
	}
	return seg
}

// behindBracket returns the party named behind the bracket that follows quantity i: "109,705
// tons ($121.5 mn) went to Russia".
func (rd *reading) behindBracket(i int) party {
	from := rd.qs[i].to
	if !strings.HasPrefix(rd.s.norm[from:], " ( ") {
		return nobody
	}
	end := strings.Index(rd.s.norm[from:], " ) ")
	if end < 0 {
		return nobody
	}
	from += end + len(" ) ")
	to := from + strings.IndexAny(rd.s.norm[from:]+",", ",:;.()")
	for _, m := range rd.mentions() {
		if m.from >= from && m.from < to {
			return m.who
		}
	}
	return nobody
}

// restated stands between a share and the same in figures.
var restated = pattern.Lazy(`(?:^|[ ])(?:or|that is|или|то есть|т . е .|yeni) (?:(?:about|some|around|nearly|около|почти|порядка|примерно|texminen) )?(?:[$] )?$`)

// conjunction holds the words that part what is said of two quantities.
var conjunction = pattern.Lazy(`(?:^|[ ])(?:and|while|whereas|but|so that|чтобы|versus|against|и|а|но|тогда|против|на [^ ]+ (?:пришл\S+|приход\S+)|ve|ise|amma|qarsi) `)

// lastIndex returns where the last match of re in s begins, -1 when there is none.
func lastIndex(re *regexp.Regexp, s string) int {
	locs := re.FindAllStringIndex(s, -1)
	if len(locs) == 0 {
		return -1
	}
	return locs[len(locs)-1][0]
}

// partyNames are the names of the parties, each to its end with all its endings. They
// are compiled when first needed: every start of the program, for whatever command, would
// wait for it.
var partyNames = sync.OnceValue(func() []partyName {
	return []partyName{
		named(russianNames, russians), named(azeriNames, azeris), named(thirdNames, thirds), named(everyoneNames, everyone), named(totalNames, total),
	}
})

// partyName recognises the names of a party at the start of a token.
type partyName struct {
	re   *regexp.Regexp
	open *starts
	who  party
}

func named(alternatives string, who party) partyName {
	return partyName{
		re:   regexp.MustCompile(`^(` + alternatives + `)(?: |$)`),
		open: startsOf(regexp.MustCompile(tokenStart + `(` + alternatives + `)`)),
		who:  who,
	}
}

// russianNames are the country, its towns and regions, and the companies and bodies that
// are named in its stead.
const russianNames = `aeroflot\S*|аэрофлот\S*|russia\S*|росси\S+|rusiya\S*|rus|ruslar\S*|рф|moscow\S*|москв\S+|московск\S+|moskva\S*|kremlin\S*|кремл\S+|` +
	`gazprom\S*|газпром\S*|qazprom\S*|lukoil\S*|лукойл\S*|lukoyl\S*|rosneft\S*|роснефт\S*|transneft\S*|транснефт\S*|rzd|ржд|rosselkhoz\S*|россельхоз\S*|rosselxoz\S*|` +
	`tatar\S*|татар\S*|dag(?:h)?[ei]stan\S*|дагестан\S*|stavropol\S*|ставропол\S*|astrakhan\S*|астрахан\S*|hesterxan\S*|saratov\S*|саратов\S*|(?:baku-|baki-)?novoross\S*|(?:баку-)?новоросс\S*|(?:baku|baki|баку)-(?:grozny|qrozni|грозн)\S*|` +
	`rostov\S*|ростов\S+|chelyabinsk\S*|челябинск\S*|celyabinsk\S*|alta[iy]\S*|алта[йяюе]\S*|vologda\S*|вологод\S*|voloqda\S*|lipetsk\S*|липецк\S*|krasnodar\S*|краснодар\S*|kuban\S*|кубан\S*|` +
	`petersburg\S*|петербург\S*|peterburq\S*|leningrad\S*|ленинград\S*|urals?|урал[аеуьс]\S*|sverdlovsk\S*|свердловск\S*|yekaterinburg\S*|екатеринбург\S*|yekaterinburq\S*|samara\S*|самар[аыуес]\S*|` +
	`ulyanovsk\S*|ульяновск\S*|volgograd\S*|волгоград\S*|volqoqrad\S*|chechn\S*|чечен\S*|чечн\S*|cecen\S*|bashk\S*|башк\S*|baskor\S*|kalmyk\S*|калмык\S*|omsk\S*|омск\S*|novosibirsk\S*|новосибирск\S*|` +
	`orenburg\S*|оренбург\S*|orenburq\S*|kursk\S*|курск\S*|belgorod\S*|белгород\S*|nizhn\S*|нижегород\S*|voronezh\S*|воронеж\S*|penza\S*|пенз\S*|tula|тульск\S*|tver|тверск\S*|perm|пермск\S*|` +
	`bryansk\S*|брянск\S*|kemerovo\S*|кемеров\S*|sochi|сочи|makhachkala\S*|махачкал\S*|derbent\S*|дербент\S*|дон[ау]?|northern neighbo\S+|северн\S+ сосед\S*|simal qonsu\S*|grozn\S+|грозн\S+|qrozn\S*|санкт-петербург\S*|sankt-peterburq\S*`

// azeriNames are Azerbaijan and what stands for it.
const azeriNames = `azal|buta|азал|socar\S*|сокар|гнкар|ady|ажд|azerbaijan\S*|азербайджан\S*|azerbaycan\S*|baku\S*|баку|baki\S*|(?:the )?republic|республик\S+|olkemiz\S*|bize`

// thirdNames are other countries, their people and the blocs of several.
const thirdNames = `turk(?:ey|ish|s|iye)\S*|t(?:ü|ü)rkiye\S*|iran\S*|georgia\S*|armenia\S*|kazakh\S+|chin(?:a|ese)\S*|ukrain\S+|ital\S+|israel\S*|pakistan\S*|india\S*|belarus\S*|uzbek\S+|turkmen\S+|german\S*|eu(?:'s)?|europe\S*|britain\S*|british|french|france\S*|swiss|switzerland|japan\S*|korea\S*|bulgaria\S*|serbia\S*|greece|greek|hungar\S+|moldova\S*|tajik\S*|kyrgyz\S*|uae|emirates|saudi\S*|kuwait\S*|qatar|iraq\S*|morocc\S+|egypt\S*|syria\S*|vietnam\S*|indonesia\S*|malaysia\S*|thailand|poland|polish|spain|spanish|romania\S*|latvia\S*|lithuania\S*|estonia\S*|czech\S*|portug\S+|netherlands|dutch|canad\S+|usa|africa\S*|central asia\S*|brazil\S*|ecuador\S*|tunisia\S*|croatia\S*|afghan\S*|astrazeneca|sinovac|coronavac|pfizer\S*|biontech|moderna|eaeu|eurasian|cis|black sea|middle corridor|trans-caspian|` +
	`турци\S+|турецк\S+|турк(?:и|ов|ам|ами|ах)|иран\S*|грузи\S+|армени\S+|армян\S*|казахстан\S*|кита\S+|украин\S+|итали\S+|израил\S+|пакистан\S*|инди(?:я|и|ю|ей|йск\S+|йц\S+)|белорус\S+|беларус\S+|узбек\S+|туркмени\S+|германи\S+|немецк\S+|евросоюз\S*|ес|европ\S+|сша|африк\S+|(?:средн|центральн)\S+ ази\S+|великобритани\S+|британи\S+|франци\S+|швейцари\S+|япони\S+|коре[яиюе]\S*|болгари\S+|серби\S+|греци\S+|венгри\S+|румыни\S+|молд\S+|таджики\S+|киргизи\S+|кыргыз\S+|польш\S+|испани\S+|марокк\S*|егип\S+|сири[яиюей]+|вьетнам\S*|эквадор\S*|тунис\S*|хорвати\S*|эмират\S*|оаэ|саудовск\S+|кувейт\S*|катар\S*|ирак\S*|афган\S+|латви\S+|литв\S+|эстони\S+|чехи\S+|канад\S+|бразили\S+|еаэс|снг|срединн\S+ коридор\S*|транскасп\S+|` +
	`turkiye\S*|turkler\S*|gurcustan\S*|gurcu\S*|ermenistan\S*|ermeni(?:ler\S*|ni|nin)?|qazaxistan\S*|qirgiz\S*|cin|cine|cinden|cinle|cinin|ukrayna\S*|italiya\S*|israil\S*|hindistan\S*|hindli\S*|ozbekistan\S*|turkmenistan\S*|tacikistan\S*|almaniya\S*|ai|avropa\S*|abs-dan|abs-a|abs-in|boyuk britaniya\S*|fransa\S*|isvecre\S*|yaponiya\S*|koreya\S*|bolqar\S+|serbiya\S*|yunanistan\S*|macaristan\S*|ruminiya\S*|moldova\S*|polsa\S*|ispaniya\S*|misir\S*|suriya\S*|vyetnam\S*|mdb\S*|aii|iraq\S*|kuveyt\S*|qeter\S*|orta asiya\S*|afrika\S*|orta dehliz\S*`

// everyoneNames are what only a total can be of. Six countries or all routes are no tie
// of two.
const everyoneNames = `any origin|all origins|caspian (?:states|countries|littoral|five)|(?:прикаспийск|каспийск)\S+ (?:стран|государств|пят)\S*|xezeryani \S+|xezerin [^ ]+|(?:[3-9]|[0-9]{2,}) (?:countries|states|routes|corridors|стран\S*|государств\S*|маршрут\S*|olke\S*|marsrut\S*|dehliz\S*)|all (?:[0-9] )?(?:countries|routes|corridors|modes)|(?:the )?(?:whole|entire) (?:corridor|route|country)|worldwide|abroad|overseas|elsewhere|the world|world market\S*|all russian imports|of all cargo(?:es)?|` +
	`всего россия|в целом россия|весь поток|весь грузопоток|за рубеж\S*|за границ\S+|мирово\S+|(?:вс[еёю]х?|весь|всему|всем) (?:[0-9] )?(?:коридор|маршрут|вид|направлени|стран)\S*|` +
	`butun (?:dehliz|marsrut|neqliyyat|olke)\S*|xarice|xaricden|xaricde|dunya\S*|rusiya umumilikde`

// totalNames are what is sold to all, if no country is named.
const totalNames = `(?:total|overall|non-oil|country 's|country's) exports|the country exports|общ\S+ (?:объем\S* )?(?:экспорт|импорт)\S*|ненефт\S+ экспорт\S*|umumi (?:ixrac|idxal)\S*|qeyri-neft \S+`

// saysOurs reports whether norm names the Russian side.
func saysOurs(norm string) bool { return ours().MatchString(norm) }

var ours = pattern.Lazy(`(?:^|[ ])(?:` + russianNames + `)(?: |$)`)

func containsAny(norm string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(norm, p) {
			return true
		}
	}
	return false
}

// lastToken returns the last token of norm with the space behind it.
func lastToken(norm string) string {
	return norm[strings.LastIndexByte(strings.TrimSuffix(norm, " "), ' ')+1:]
}
