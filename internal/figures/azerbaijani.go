package figures

import (
	"regexp"

	"samur/internal/news"
)

func azerbaijani() *grammar {
	return &grammar{
		lang: news.Az,
		numbers: map[string]float64{
			"bir": 1, "iki": 2, "uc": 3, "dord": 4, "bes": 5, "alti": 6, "yeddi": 7, "sekkiz": 8, "doqquz": 9, "on": 10,
			"iyirmi": 20, "otuz": 30, "qirx": 40, "elli": 50, "altmis": 60, "yetmis": 70, "seksen": 80, "doxsan": 90, "yuz": 100,
		},
		unsure:   map[string]bool{"yuz": true, "on": true},
		half:     [][]string{{"yarim"}},
		plusHalf: [][]string{{"yarim"}},
		scales: []scaleWord{
			{"thousand", 1e3, words(`min(?:den|e|i|lik|dir|edek|ə)?|minlerle`)},
			{"mn", 1e6, words(`mln|milyon(?:dan|a|u|un|luq|dur|adek|lar\S*)?`)},
			{"bn", 1e9, words(`mlrd|milyard(?:dan|a|i|in|liq|dir|adek|lar\S*)?`)},
			{"trn", 1e12, words(`trln|trilyon(?:dan|a|u|un)?`)},
		},
		months: azerbaijaniMonths,
		units:  azerbaijaniUnits(),
		cues:   azerbaijaniCues(),
		times:  azerbaijaniTimes(),
		before: []hedge{
			before(`azi|en azi|minimum`, "more-than"),
			before(`texminen|teqriben|toxminen|az qala|texm|orta hesabla|demek olar ki|-e yaxin|yaxin`, "about"),
			before(`maksimum|en coxu`, "up-to"),
		},
		after: []hedge{
			after(`(?:-dan |-den )?(?:cox|artiq|yuxari|yuksek)`, "more-than"), after(`(?:-dan |-den )?(?:az|asagi)`, "less-than"),
			after(`(?:-e |-a |-ye |-ya )?(?:yaxin|qeder|civarinda)`, "about"), after(`-?(?:edek|adek|dek)`, "up-to"),
		},
		rise:     rx(`_(?:art\S*|yuksel\S*|boyu\S*|coxal\S*|coxdur|cox) `),
		fall:     rx(`_(?:azal\S*|asagi dus\S*|dus(?:ub|erek|mus)\S*|gerile\S*|azdir) `),
		flat:     rx(`_(?:deyismeyib|sabit|seviyyesinde qal\S+) `),
		times2:   rx(`_(ikiqat|iki defe|ucqat|uc defe) `),
		percent:  rx(`^(?:% |-?faiz\S* )`),
		fold:     rx(`^(?:defe\S* |qat )`),
		byAmount: rx(`$^`),
		skip:     rx(`(?:^|[ ])(?:ferq\S*|sutkada|gunde|gundelik|ayda|ayliq|hefte\S*|barreli\S*|tonu(?:na)?|kiloqrami\S*|adambasina|elave|hedef\S*|evvelki partiya\S*) `),
		subset:   rx(`(?:^|[ ])(?:onun|onlardan|ondan|bunun|o cumleden|bundan) `),
		numberOf: rx(`_([^ ]+ )sayi\S* `),
		counted: []*regexp.Regexp{
			rx("_((?:[^ ,.;:0-9]+ ){1,5}?)(?:-\\S+ )?(?:melumat|hesablama|statistika|goster\\S*)\\S* (?:gore|esasen) "),
		},
	}
}

var azerbaijaniMonths = []string{
	"yanvar", "fevral", "mart!|marti!|martin!|martda!|martdan!", "aprel", "may!|mayin!|mayda!|maydan!|mayi!", "iyun", "iyul", "avqust",
	"sentyabr", "oktyabr", "noyabr", "dekabr",
}

func azerbaijaniUnits() []unitRule {
	return []unitRule{
		unit(`(?:abs )?dollar\S* |usd `, "USD", money),
		unit(`avro\S* |eur `, "EUR", money),
		unit(`(?:rusiya )?(?:rubl\S* |rub )`, "RUB", money),
		unit(`manat\S* |azn `, "AZN", money),
		unit(`ton(?:dan|a|u|un|dur|luq|adek|na|ndur)? |t `, "t", mass),
		unit(`(?:kubmetr\S*|kub metr\S*|kub m|m3|m³) `, "m3", volume),
		unit(`(?:W ){0,1}?(?:konteyner\S*|teu) `, "containers", boxes),
		unit(`(?:W ){0,2}?doza\S* `, "doses", doses),
		unit(`barrel\S* `, "barrels", barrels),
		unit(`(?:W ){0,1}?(?:sefer\S*|seyahet\S*) `, "trips", trips),
		unit(`(?:W ){0,3}?(?:telebe\S*|sagird\S*|abituriyent\S*) `, "count", learners),
		unit(`(?:W ){0,2}?(?:turist\S*|qonaq\S*|ziyaretci\S*|sayyah\S*) `, "persons", guests),
		unit(`(?:W ){0,2}?mekteb(?:de|in|i|den|dir|e)? `, "count", school),
		unit(`(?:W ){0,3}?(?:sirket\S*|muessise\S*|firma\S*) `, "count", company),
		unit(`(?:W ){0,2}?(?:sazis\S*|sened\S*|muqavile\S*) `, "count", paper),
		unit(`(?:W ){0,2}?(?:region\S*|subyekt\S*|bolge\S*) `, "count", region),
		unit(`(?:W ){0,2}?(?:hektar\S*|ha|metr\S*|kilometr\S*|km|m|il\S*|ay\S*|gun\S*|saat\S*|deqiqe\S*|defe\S*|vaqon\S*|masin\S*|tir|avtomobil\S*|teyyare\S*|gemi\S*|litr\S*|kiloqram\S*|kq|qutu\S*|eded\S*|yer\S*|reys\S*|isci\S*|esger\S*|adda|faiz\S*|bal\S*) `, "", other),
		unit(`(?:W ){0,2}?(?:nefer\S*|adam\S*|insan\S*|rusiyali\S*|azerbaycanli\S*|vetendas\S*|hemveten\S*|gen[cç]\S*|sexs\S*) `, "persons", persons),
	}
}

func azerbaijaniCues() []cueRule {
	return []cueRule{
		hide(`ticaret (?:ev|numayende|elaqe|iqtisadi|missiya|nazir|merkez|palata|siyaset|emekdasliq)\S* |ticaret-\S+ `),
		hide(`(?:investisiya|sermaye) (?:sirket|fond|forum|agentli|emekdasliq|muhit|layihe)\S* `),
		hide(`ixrac-\S+ |ixrac (?:missiya|merkez|potensial)\S* |idxal-\S+ `),
		hide(`tranzit (?:olke|potensial|imkan|dehliz|merkez)\S* `),
		stop(`(?:ferq\S*|kesir\S*|budce\S*|kredit\S*|borc\S*|cerime\S*|kompensasiya\S*|ziyan\S*|maas\S*|qiymet\S*|umumi daxili|vergi\S*|gelir\S*|menfeet\S*|nizamname|rusvet\S*|menimse\S*|tarif\S*|rusum\S*) `, money),
		stop(`(?:gucu\S*|hasilat\S*|hasil\S*|istehsal\S*|telebat\S*|istehlak\S*|ehtiyat\S*|mehsuldarliq\S*|anbar\S*|yigil\S*) `, mass|volume|boxes),
		stop(`xarici ticaret\S* (?:dovriyye\S* )?`, money),
		cue(`(?:(?:ticaret|emtee|mal|ticari) dovriyye\S*|dovriyye\S*|qarsiliqli (?:ticaret|tedaruk|cat\S+)\S*) `, "trade-turnover", money),
		cue(`ticaret\S* `, "trade-turnover", money),
		cue(`ixrac\S* `, "exports", money|mass),
		cue(`idxal\S* `, "imports", money|mass),
		cue(`(?:tedaruk\S*|gonder\S*|cat-?dir\S*|catdir\S*|sat(?:il|ib|mis)\S*|aparil\S*|getiril\S*|yola sal\S*|al(?:ib|mis)\S*) `, "goods", mass),
		cue(`(?:investisiya\S*|sermaye\S*|kapital qoyulus\S*|yatir\S+|qoyulub|qoyulus\S*|yonel(?:dib|dilib)\S*) `, "investment", money),
		cue(`(?:deyeri\S*|basa gel\S*|maliyye(?:les\S+|leş\S+)|xerclen\S*|ayril\S*|vesait\S*) `, "investment", money),
		cue(`tranzit\S* `, "transit-volume", mass|boxes),
		cue(`(?:yuk\S*|dasi\S+|dasin\S*|nəql\S*|neql\S*) `, "freight-volume", mass|boxes),
		cue(`qaz(?:i|in|ini|a|dan|la)? `, "gas-volume", volume),
		stop(`(?:su|suyu|suyun|agac\S*|mese\S*) `, volume),
		cue(`(?:humanitar\S*|yardim\S*|qrant\S*|ianе\S*|iane\S*) `, "aid", money|mass|doses|boxes),
		cue(`(?:vaksin\S*|peyvend\S*|doza\S*|sputnik\S*) `, "aid", doses),
		cue(`(?:turist\S*|sefer\S*|seyahet\S*|ziyaret\S*|gelib|gelmis\S*|istirahet\S*) `, "tourists", persons|trips|guests),
		cue(`(?:oxu\S*|tehsil\S*|telebe\S*|kvota\S*|universitet\S*) `, "students", persons|learners),
		cue(`(?:kapital\S*|sermaye\S*|fealiyyet\S*|qeydiyyat\S*|isle\S+|birge\S*|movcud\S*|istirak\S*) `, "companies", company),
		cue(`(?:imzala\S*|bagla\S*|parafla\S*|qebul ed\S*|mubadile\S*|huquqi baza\S*) `, "agreements", paper),
		cue(`(?:rus|rusca|rusdilli|rus dil\S*) `, "schools", school),
		cue(`(?:emekdasliq\S*|elaqe\S*|ticaret\S*|munasibet\S*|terefdas\S*) `, "regions", region),
	}
}

const azerbaijaniYear = `(?:(?P<y>(?:19|20)\d\d)(?: -ci)?(?: il\S*)?|(?P<ref>oten|kecen|evvelki|bu|cari) il\S*|ilin)`

func azerbaijaniTimes() []timeRule {
	return timeRules(azerbaijaniMonths, azerbaijaniYear,
		timePattern{p: `bir il evvel\S*|(?:oten|kecen|evvelki) ilin (?:eyni|muvafiq|analoji) dovr\S*|(?:oten|kecen) ilin analoqu\S*`, kind: spanAgo},
		timePattern{p: `(?:Y )?M (?:~|-) M2(?: ay\S*)?`, kind: spanMonths},
		timePattern{p: `(?:Y )?(?:(?P<o>birinci|ikinci|ilk|1-ci|2-ci|i|ii) )(?:yari\S*|yarimil\S*)`, kind: spanHalf},
		timePattern{p: `(?:Y )?(?P<o>birinci|ikinci|ucuncu|dorduncu|ilk|1-ci|2-ci|3-cu|4-cu|i|ii|iii|iv) rub\S*`, kind: spanQuarter},
		timePattern{p: `(?:Y )?(?:ilk )?(?P<n>\d+) ay(?:da|i|in|inda|liq|lik)?`, kind: spanFirst},
		timePattern{p: `(?:bu |cari )?ilin evvelinden(?: beri)?|yanvardan`, kind: spanYTD},
		timePattern{p: `(?:Y )?M(?: \d{1,2} -\S+)? (?:etibaren|beri|baslanil\S*|basla\S*)`, kind: spanSince},
		timePattern{p: `(?:Y )?M(?:dan|den)`, kind: spanSince},
		timePattern{p: `(?P<y>(?:19|20)\d\d) (?:~|-) (?P<y2>(?:19|20)\d\d)(?: -ci)?(?: il\S*)?`, kind: spanYears},
		timePattern{p: `(?:Y )?M (?P<d>[0-3]?\d)(?: -\S+| de| da)?`, kind: spanDay},
		timePattern{p: `(?P<d>[0-3]?\d) M`, kind: spanDay},
		timePattern{p: `(?P<y>(?:19|20)\d\d)(?: -ci)? (?:il(?:e|in sonuna) (?:qeder|kimi)|iledek|ilin sonunadek)`, kind: spanYear, due: true},
		timePattern{p: `Y M(?: ay\S*)?`, kind: spanMonth},
		timePattern{p: `M(?:da|de| ayinda| ayi)`, kind: spanMonth},
		timePattern{p: `(?:son |novbeti |ilk )?\d+ (?:il(?:de|lik|dir|den|in)?|gun\S*|hefte\S*|saat\S*)`, kind: spanDuration},
		timePattern{p: `hazirda|hal-hazirda|hal hazirda|indi|bu gun`, kind: spanNow},
		timePattern{p: `(?:(?P<y>(?:19|20)\d\d)(?: -ci)?(?: il\S*)?|(?P<ref>oten|kecen|evvelki|bu|cari) il\S*)`, kind: spanYear},
		timePattern{p: `ilde|illik|her il`, kind: spanAnnual},
	)
}

// ruOrdinal and azOrdinal are the endings that make a numeral an ordinal.
var (
	ruOrdinal = map[string]bool{
		"й": true, "я": true, "е": true, "го": true, "му": true, "м": true, "ю": true, "ое": true, "ая": true, "ый": true,
		"ой": true, "ого": true, "ому": true, "ом": true, "ую": true, "ые": true, "ых": true, "х": true, "ми": true, "ти": true,
	}
	azOrdinal = map[string]bool{
		"ci": true, "cu": true, "inci": true, "nci": true, "uncu": true, "ncu": true, "cisi": true, "cusu": true, "sinci": true, "cinin": true,
	}
)
