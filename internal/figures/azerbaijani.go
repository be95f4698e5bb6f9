package figures

import (
	"regexp"

	"samur/internal/news"
)

const azerbaijaniNumbers = `
1 bir
2 iki ikisi
3 uc ucu
4 dord
5 bes
6 alti
7 yeddi
8 sekkiz
9 doqquz
10 on
20 iyirmi
30 otuz
40 qirx
50 elli
60 altmis
70 yetmis
80 seksen
90 doxsan
100 yuz`

func azerbaijani() *grammar {
	return &grammar{
		lang:        news.Az,
		numbers:     numberForms(azerbaijaniNumbers),
		unsure:      map[string]bool{},
		shares:      []ratio{{0.5, []string{"yarim"}}},
		plusShares:  []ratio{{0.5, []string{"yarim"}}},
		dozens:      words(never),
		point:       words(`tam`),
		loneScale:   words(`min(?:den|e|dir|edek)?|milyon(?:dan|a|dur)?|milyard(?:dan|a|dir)?`),
		hedgedScale: words(never),
		hedging:     words(never),
		several:     words(`nece|minlerle|coxlu|bezi`),
		scales: []scaleWord{
			{"thousand", 1e3, words(`min(?:den|e|i|lik|dir|edek|ini|inden|le|lerle|nden)?`)},
			{"mn", 1e6, words(`mln|milyon(?:dan|a|u|un|unu|luq|dur|adek|la|unun|lar\S*)?`)},
			{"bn", 1e9, words(`mlrd|milyard(?:dan|a|i|in|ini|liq|dir|adek|la|inin|lar\S*)?`)},
			{"trn", 1e12, words(`trln|trilyon(?:dan|a|u|un|luq)?`)},
		},
		months: azerbaijaniMonths,
		units:  azerbaijaniUnits(),
		cues:   azerbaijaniCues(),
		times:  azerbaijaniTimes(),
		before: azerbaijaniHedges(),
		after: []hedge{
			after(`(?:-dan |-den )?(?:cox\S*|artiq\S*|yuxari|yuksek|otub|oteb|kecib|kececek|otecek|asib)`, "more-than"), after(`(?:-dan |-den )?(?:az|asagi)`, "less-than"),
			after(`(?:-e |-a |-ye |-ya )?(?:yaxin\S*|qeder|civarinda)`, "about"), after(`-?(?:edek|adek|dek)`, "up-to"),
		},
		rise:         rx(`_(?:art\S*|yuksel\S*|boyu\S*|coxal\S*|coxdur|cox) `),
		fall:         rx(`_(?:azal\S*|asagi dus\S*|dus(?:ub|erek|mus)\S*|gerile\S*|azdir|en(?:ib|erek)) `),
		flat:         rx(`_(?:deyismeyib|sabit|seviyyesinde qal\S+) `),
		times2:       rx(`_(ikiqat|iki defe|ucqat|uc defe) `),
		percent:      rx(`^(?:% |-?faiz\S* )`),
		fold:         rx(`^(?:defe\S* |qat |-?qat )`),
		byAmount:     rx(never),
		baseBefore:   rx(never),
		rateBefore:   rx(`(?:% |faiz\S* |defe )(?:[^ ,;0-9]+ ){0,4}$`),
		future:       rx(`_(?:sifaris\S*|\S{2,}(?:acaq|ecek|acagi\S*|eceyi\S*)|gozlenil\S*|planlas\S+|proqnoz\S*|biler) `),
		baseFrom:     rx(`^\S*(?:den|dan) [0-9.]+ (?:-?faiz|% |defe)\S* `),
		baseAfter:    rx(`^(?:ile |gostericisi ile |gostericisinden |seviyyesi ile |seviyyesinden )?(?:muqayise\S*|nisbeten|nezeren|[0-9.]+ (?:W ){1,3}(?:cox|az|artiq)\S*)|^(?:gostericisinden |seviyyesinden )[0-9.]+ (?:-?faiz|% |defe)\S* `),
		pronoun:      rx(`_(?:onlarin|onlardan) (?:[^ ,]+ ){0,3}$`),
		numberOf:     rx(`_([^ ]+ )say(?:i|inin|ini)?\S* `),
		amounts:      rx(`_(?:olub|catib|edir|teskil|sayi) `),
		pairs:        azerbaijaniPairs(),
		gap:          azerbaijaniGap(),
		contextWords: azerbaijaniContext(),
		bars:         azerbaijaniBars(),
		per:          azerbaijaniPer(),
		fates:        azerbaijaniFates(),
		counted:      azerbaijaniCounted(),
	}
}

// azerbaijaniCounted are the patterns of who counted.
func azerbaijaniCounted() []*regexp.Regexp {
	return []*regexp.Regexp{
		rx("_((?:[^ ,.;:0-9]+ ){1,5}?)(?:-\\S+ )?(?:melumat|hesablama|statistika|goster\\S*)\\S* (?:gore|esasen) "),
	}
}

func azerbaijaniPairs() pairWords {
	return pairWords{
		risesFrom: rx(never),
		spanFrom:  rx(never),
		spanTo:    rx(`^ (?:-|ve ya) $`),
		base:      rx(`(?:^|[ ])(?:(?:bir il |)(?:evvel|once)(?: bu| ise| bu gosterici)?) (?:, )?$`),
		against:   rx(`(?:^|[ ])(?:qarsi|evezine|(?:oten|kecen|evvelki) ilin (?:eyni|muvafiq|hemin|analoji) (?:dovr|ay)\S*(?: bu| ise)?(?: ,)?|bir il evvel(?: bu| ise)?) $`),
		also:      rx(`^ (?:[^ ]+ )?(?:,|ve) (?:[^ ]+ )?$`),
		outOf:     rx(never),
		item:      rx(`^ (?:,|ve) (?:[^ ,]+ ){0,2}$`),
		noNoun:    rx(`^(?:-s?[iu]|-?[ae]? ?yaxini) `),
		named:     rx(`(?:^|[ ])(?:yanvarin|fevralin|martin|aprelin|mayin|iyunun|iyulun|avqustun|sentyabrin|oktyabrin|noyabrin|dekabrin|madde) $`),
		alike:     rx(`^ (?:[^ ]+ ){0,16}?(?:onlardan|onun|onlarin|bunlardan|bunlarin) (?:[^ ]+ ){0,1}0 (?:-s[iu]|-[iu])`),
	}
}

func azerbaijaniContext() contextWords {
	return contextWords{
		venture:    rx(`_(?:ticaret ev\S*|ferma\S*|zavod\S*|fabrik\S*|terminal\S*|otel\S*|mehmanxana\S*|pay|payi\S*|sehm\S*|layihe\S*|muessise\S*|sex\S{0,4}|sanatori\S*|kompleks\S*|merkez\S*|anbar\S*|istixana\S*|korpu\S*|kombinat\S*|yataq\S*|yatag\S*|park\S*|xett\S*|liman\S*|tikinti\S*|yol(?:u|un|unun)?) `),
		spending:   rx(`_(?:tik(?:ir|il|ib|ec)\S*|insa ed\S*|al(?:ib|ir|acaq)|satin al\S*|ode(?:yir|yecek|yib|nil)\S*|xercle\S*|ac(?:ib|ilib|acaq)\S*|yarad\S*|basa gel\S*|mebleg\S*|qur(?:ur|ub|ul|ac)\S*) `),
		publicWork: rx(`_(?:mentege\S*|kecid menteqe\S*|menteqe\S*|kompensasiya\S*|sigorta\S*|sigorta\S*|cerime\S*|kredit\S*|budce\S*|menzil\S*|bilet\S*|neft|qaz|bugda\S*|taxil\S*|pomidor\S*|mal|mehsul\S*) `),
		medicine:   rx(`_(?:komek\S*|hediyye\S*|bagisla\S*|tehvil\S*|evezsiz\S*|destek\S*|pulsuz\S*|xeyriyye\S*|tecili\S*|fovqelade\S*|qizil xac\S*|sulhmeramli\S*|zeruri mal\S*|karvan\S*|fhn\S*|insaat material\S*|derman\S*|tibbi\S*|preparat\S*|cadir\S*|generator\S*|qacqin\S*|kocurulen\S*|kocen\S*|zerercekmis\S*|zerer ceken\S*|dasqin\S*|zelzele\S*|tikinti material\S*|humanitar\S*|yardim\S*) `),
		carrying:   rx(`_(?:serhed\S*|masin\S*|tir\S*|vaqon\S*|bere\S*|qatar\S*|demir yol\S*|liman\S*|menteqe\S*|kecid\S*|dehliz\S*|marsrut\S*|gemi\S*|konteyner\S*) `),
		dwell:      rx(`_(?:yasa\S+|sakin\S*|diaspor\S*|secici\S*|ses ver\S*|qacqin\S*|qayid\S*|isleyir\S*|olub-|helak\S*|olen\S*|esger\S*|vetendasliq\S*|miqrant\S*|cixaril\S*|deport\S*|danis\S*|sorgu\S*) `),
		wood:       rx(`_(?:taxta\S*|mese material\S*|agac material\S*|faner\S*) `),
		gathering:  rx(`_(?:forum\S*|numayende\S*|istirak\S*|temsil\S*|gelib\S*|sergi\S*|konfrans\S*) `),
		inForce:    rx(`_(?:quvvede\S*|baza\S*|movcud\S*|tenzimle\S*|var|vardir|ibaretdir|artiq) `),
		batch:      rx(`_(?:ilk|birinci|partiya\S*|vaqon\S*|qatar\S*|masin\S*|teyyare\S*|gemi\S*|novbeti|daha) `),
		reached:    rx(`_(?:cat(?:ib|di)\S*|kecib|otub|olub|teskil edib|art(?:ib|araq)|azal(?:ib|araq)|dusub) `),
		review:     rx(`_(?:il erzinde|ilin yekun\S*|rekord il\S*|illik|ilk defe) `),
	}
}

func azerbaijaniGap() gapWords {
	return gapWords{
		degree: words(`-\S+|cox|artiq|yaxin|qeder|rusiya|azerbaycan|olan|elave|yeni|muxtelif`),
		ends:   words(`ve|ile|ucun|kimi|bu|ki|olub|edib|teskil|daha|de|da|hem|ise|olaraq|gore|ilde|ayda|catib|\S{3,}(?:ib|ub|ir|ur|dir|dur|acaq|ecek)|dollar\S*`),
		copula: words(never),
	}
}

func azerbaijaniBars() barWords {
	return barWords{
		skip:     rx(`(?:^|[ ])(?:ferq\S*|sutkada|gunde|gundelik|ayda bir|ayliq mehsul\S*|heftede|barreli\S*|bareli\S*|tonu(?:na)|kiloqrami\S*|adambasina|elave|evvelki partiya\S*) `),
		more:     rx(`^(?:cox\S*|az\S*|artiq\S*) (?:[.;)]|$)`),
		goal:     rx(`_(?:hedef\S*|arzu\S*|meqsed\S*|niyyet\S*|potensial\S*) `),
		subset:   rx(`(?:^|[ ])(?:o cumleden|onun) $`),
		ofThem:   rx(`^(?:-\S+ )?(?:kvota|pulsuz|odenissiz) `),
		partOf:   rx(`^(?:-\S+ )?(?:azerbaycana|rusiyaya|azerbaycandan|rusiyadan) `),
		incident: rx(`_(?:qaytar\S+|geri|karantin\S*|zererverici\S*|saxlanil\S+|musadire\S*|mehv ed\S+|saxta\S*|qacaqmal\S*|yoluxmus\S*|buraxilmay\S+) `),
		able:     rx(`_(?:gucu\S*|potensial\S*|imkan\S*|biler|bilecek|qabiliyyet\S*|hesablanib) `),
		made:     rx(`_(?:hasil\S*|istehsal\S*|istehlak\S*|telebat\S*|ehtiyat\S*|yigil\S*|anbar\S*) `),
		notFirms: rx(`_(?:(?:muessise|sirket|teserrufat)\S*(?:den|dan) (?:[^ ]+ ){1,3}?al(?:acaq|maq)\S*|numayende\S*|sergi\S*|forum\S*|icaze\S*|siyahi\S*|qadaga\S*|sanksiya\S*|missiya\S*|istirak ed\S+|gelib|lisenziya\S*|yoxla\S+|mehdudiyyet\S*) `),
		foreign:  rx(`_(?:ecnebi\S*|xarici\S*|[0-9]+ olke\S*|dunya\S*) `),
	}
}

func azerbaijaniPer() perWords {
	const measure = `((?:(?:her|1) )?(?:min |1000 )?(?:tonu\S*|tona|barreli\S*|bareli\S*|barrele|kiloqrami\S*|kiloqrama|kq\S*|kubmetri\S*|kubmetre|konteyneri\S*|konteynere|litri\S*|litre))`
	return perWords{
		after:   rx(never),
		before:  rx(`(?:^|[ ])` + measure + ` (?:-?[^ ,.;:0-9]+ ){0,5}$`),
		daily:   rx(`_(?:gunde|sutkada|gundelik) `),
		weekly:  rx(`_(?:heftede|heftelik|her hefte) `),
		monthly: rx(`_(?:ayda|her ay) `),
		air:     rx(`_(?:uc(?:ur|ub|acaq|us|mag|maq)\S*|hava|avia\S*|reys\S*|teyyare\S*|hava limani\S*|azal|aeroflot\S*) `),
		noAir:   rx(`_(?:qeza\S*|goyerte\S*|helak\S*|sag qal\S*|vurul\S*|yuk|qatar\S*|avtobus\S*|bere\S*|gemi\S*|tir|legv\S*|helikopter\S*|humanitar\S*|carter\S*|yubandi\S*) `),
	}
}

func azerbaijaniFates() fates {
	return fates{
		killed:   befell(`(?:helak\S*|oldurul\S*|qetle yetir\S*|sehid\S*) `),
		injured:  befell(`(?:yaralan\S*|yarali\S*|xesaret\S*) `),
		arrested: befell(`(?:saxlanil\S*|saxlanmis\S*|hebs\S*|mehkum\S*|tecridxana\S*|teqsirlendiril\S*) `),
		deported: befell(`(?:deport\S*|cixar(?:il\S*|ir|di|ib)|ekstradisiya\S*|qovul\S*|tehvil veril\S*|persona non qrata\S*|buraxilma\S*|geri qaytar\S*|xaric edil\S*) `),
		spared:   befell(`(?:azad|azadliga|buraxil\S*|sag qal\S*|xilas\S*|tehliye\S*) `),
		elsewise: rx(`_(?:koronavirus\S*|covid\S*|pandemiya\S*|zelzele\S*|dasqin\S*|yangin\S*|muharibe\S*|xocali\S*|soyqirim\S*|terror\S*) `),
		told:     rx(`_(?:qeza\S*|reyd\S*|hucum\S*|vurul\S*|zerbe\S*|partlay\S*|atese tut\S*) `),
		after:    rx(`_(?:uzr|uzrxahliq\S*|bassagligi\S*|kompensasiya\S*|tezminat\S*|ildonum\S*|hesabat\S*|abide\S*|arasdirma\S*|muzakire\S*|boynuna\S*) `),
		past:     rx(`_(?:xatirladaq|evvel|evveller|daha once|hele|oten|kecen|o zaman|\S+(?:misdi|musdu)) `),
	}
}

// azerbaijaniHedges are the approximations in front of a number.
func azerbaijaniHedges() []hedge {
	return []hedge{
		before(`azi|en azi|minimum|azindan`, "more-than"),
		before(`texminen|teqriben|toxminen|az qala|texm|orta hesabla|demek olar ki|-e yaxin|yaxin`, "about"),
		before(`maksimum|en coxu`, "up-to"),
	}
}

var azerbaijaniMonths = []string{
	"yanvar", "fevral", "mart!|marta!|marti!|martin!|martda!|martdan!|martindan!|martinda!|martina!|martinadek!|martadek!", "aprel", "may!|mayin!|mayda!|maydan!|maya!|mayi!|mayina!|mayinda!|mayindan!|mayadek!|mayinadek!", "iyun", "iyul", "avqust",
	"sentyabr", "oktyabr", "noyabr", "dekabr",
}

func azerbaijaniUnits() []unitRule {
	return append(worldMoney(azerbaijaniMoney),
		unit(`(?:abs )?dollar\S*|usd`, "USD", money),
		unit(`avro(?:ya|dan|nun|nu|luq|dur|la)?|eur`, "EUR", money),
		unit(`(?:rusiya )?(?:rubl\S*|rub)`, "RUB", money),
		unit(`manat\S*|azn`, "AZN", money),
		unit(`ton(?:dan|a|u|un|unu|dur|luq|adek|na|ndur|la)?|t`, "t", mass),
		unit(`kubmetr\S*|kub metr\S*|kub m|m3|m³|kub`, "m3", volume),
		unit(`konteyner\S*|teu`, "containers", boxes),
		unit(`yumurta\S*|bas (?:mal\S*|qoyun\S*|heyvan\S*)`, "count", pieces),
		unit(`doza\S*|peyvend\S*|vaksin\S*`, "doses", doses),
		unit(`barrel\S*|barel\S*`, "barrels", barrels),
		unit(`sefer\S*|seyahet\S*`, "trips", trips),
		unit(`telebe\S*|sagird\S*|abituriyent\S*`, "count", learners),
		unit(`turist\S*|qonaq\S*|ziyaretci\S*|sayyah\S*|gelen(?:ler)?\S*`, "persons", guests),
		unit(`mekteb(?:de|in|i|den|dir|e|ler\S*)?`, "count", school),
		unit(`sirket\S*|muessise\S*|firma\S*`, "count", company),
		unit(`sazis\S*|sened\S*|muqavile\S*`, "count", paper),
		unit(`region\S*|subyekt\S*|bolge\S*`, "count", region),
		unit(`hektar\S*|ha|metr\S*|kilometr\S*|km|m|il\S{0,4}|ay\S{0,4}|gun\S*|saat\S*|deqiqe\S*|defe\S*|vaqon\S*|masin\S*|tir|avtomobil\S*|avtobus\S*|lokomotiv\S*|teyyare\S*|gemi\S*|litr\S*|kiloqram\S*|kq|qutu\S*|eded\S*|yer\S{0,4}|adda|faiz\S*|bal|olke\S*|layihe\S*|tedbir\S*|memorandum\S*|kvt\S*|mvt\S*|qatar\S*|derece\S*|menzil\S*|mertebe\S*|kend\S*|seher\S*|bank\S*|zavod\S*|gorus\S*|iclas\S*`, "", other),
		unit(`(?:isci\S*|esger\S*|emekdas\S*|qardas\S*|jurnalist\S*|deputat\S*|istirakci\S*|herbci\S*|sulhmerami\S*|sulhmeramli\S*|diplomat\S*|miqrant\S*|soydas\S*|polis\S*|ekipaj uzv\S*|pilot\S*|serhedci\S*|surucu\S*|dindasi\S*|yarali\S*|mehbus\S*|teqsirlendirilen\S*|fealiyyetci\S*|is adam\S*|bloqer\S*|baliqci\S*)`, "persons", folk),
		unit(`(?:avia)?reys\S*|ucus\S*`, "flights", flight),
		unit(`sernisin\S*`, "passengers", passenger),
		unit(`nefer\S*|adam\S*|insan\S*|usaq\S*|rusiyali\S*|azerbaycanli\S*|vetendas\S*|hemveten\S*|gen[cç]\S*|sexs\S*|sakin\S*|ecnebi\S*|rus`, "persons", persons),
	)
}

func azerbaijaniCues() []cueRule {
	return []cueRule{
		hide(`ticaret (?:ev|numayende|elaqe|iqtisadi|missiya|nazir|merkez|palata|siyaset|emekdasliq)\S* |ticaret-\S+ `),
		hide(`(?:investisiya|sermaye) (?:sirket|fond|forum|agentli|emekdasliq|muhit|layihe)\S* `),
		hide(`ixrac-\S+ |ixrac (?:missiya|merkez|potensial)\S* |idxal-\S+ `),
		hide(`tranzit (?:olke|potensial|imkan|dehliz|merkez)\S* `),
		stop(`(?:ferq\S*|kesir\S*|budce\S*|kredit\S*|borc\S*|kompensasiya\S*|ziyan\S*|maas\S*|qiymet\S*|umumi daxili|vergi\S*|menfeet\S*|nizamname|rusvet\S*|menimse\S*|tarif\S*|rusum\S*|aktiv(?:ler|leri|i)\S*|bilet\S*|menzil\S*|saldo\S*|kocurme\S*|koculur\S*|kocurub\S*) `, money),
		stop(`(?:gucu\S*|hasilat\S*|hasil\S*|istehsal\S*|telebat\S*|istehlak\S*|ehtiyat\S*|mehsuldarliq\S*|anbar\S*|yigil\S*) `, mass|volume|boxes),
		stop(`xarici ticaret\S* (?:dovriyye\S* )?`, money),
		cue(`(?:(?:ticaret|emtee|mal|ticari) (?:dovriyye|mubadile)\S*|ticaret hecm\S*|alver\S*|dovriyye\S*|qarsiliqli (?:ticaret|tedaruk|cat\S+)\S*) `, "trade-turnover", money),
		verb(`(?:zavod|layihe|muessise|kompleks|fabrik|merkez|korpu|terminal)\S* `, "built", money),
		cue(`ticaret\S* `, "trade-turnover", money),
		cue(`ixrac\S* `, "exports", money|mass|pieces),
		cue(`idxal\S* `, "imports", money|mass|pieces),
		cue(`(?:tedaruk\S*|gonder\S*|sat(?:il|ib|mis|is|ir)\S*|aparil\S*|getiril\S*|yola sal\S*|cixaril\S*|daxil ol\S*|realize\S*|ver(?:il|ib)\S*) `, "goods", mass|money|pieces),
		cue(`(?:cat-?dir\S*|catdir\S*) `, "goods", mass),
		verb(`(?:al(?:ib|mis|in|is)\S*) `, "bought", mass|money),
		cue(`(?:investisiya\S*|sermaye\S*|kapital qoyulus\S*|yatir\S+|qoyulub|qoyub|qoyaca\S*|qoyulus\S*|yonel(?:dib|dilib)\S*) `, "investment", money),
		cue(`(?:gelir\S*|qazan\S+) `, "earned", money),
		cue(`(?:deyeri|deyerini|basa gel\S*|maliyyeles\S+|xercle\S*|ayril\S*|vesait\S*) `, "cost", money),
		cue(`tranzit\S* `, "transit-volume", mass|boxes),
		cue(`(?:yuk(?:[^ s]\S*)?|dasi\S+|dasin\S*|neql\S*|kec(?:ib|ir\S*|en)|asiril\S*|emal ed\S*|buraxil\S*|vurul\S*) `, "freight-volume", mass|boxes),
		cue(`qaz(?:i|in|ini|a|dan|la)? `, "gas-volume", volume),
		stop(`(?:su|suyu|suyun) `, volume),
		cue(`cerime\S* `, "fines", money),
		cue(`bu (?:reqem|gosterici|mebleg|hecm)\S* `, "same", money|mass|volume|boxes),
		cue(`(?:humanitar\S*|yardim\S*|qrant\S*|ianе\S*|iane\S*) `, "aid", money|mass|doses|boxes),
		cue(`(?:vaksin\S*|peyvend\S*|doza\S*|sputnik\S*) `, "aid", doses),
		cue(`(?:turist\S*|sefer\S*|seyahet\S*|ziyaret\S*|gelib|gelmis\S*|gelen\S*|gedib|gedir\S*|dincel\S*|uz tut\S*|istirahet\S*|turizm\S*) `, "tourists", persons|trips|guests),
		cue(`(?:oxu\S*|tehsil\S*|telebe\S*|kvota\S*|universitet\S*|sagird\S*|teqaud\S*|qebul\S*|ders\S*|fakulte\S*) `, "students", persons|learners),
		cue(`(?:kapital\S*|sermaye\S*|fealiyyet\S*|fealdir|qeydiyyat\S*|isle\S+|calis\S+|birge\S*|movcud\S*|istiraki\S*|var|vardir|azerbaycanda|olkede|respublikada|rusiyada) `, "companies", company),
		cue(`(?:imzala\S*|bagla\S*|parafla\S*|qebul ed\S*|mubadile\S*|huquqi baza\S*|quvvede\S*|movcud\S*) `, "agreements", paper),
		cue(`(?:rus|rusca|rusdilli|rus dil\S*) `, "schools", school),
		cue(`(?:emekdasliq\S*|elaqe\S*|ticaret\S*|munasibet\S*|terefdas\S*) `, "regions", region),
	}
}

const azerbaijaniYear = `(?:(?P<y>(?:19|20)\d\d)(?: -ci)?(?: il\S*)?|(?P<ref>oten|kecen|evvelki|bu|cari|gelen|novbeti) il\S*|ilin)`

func azerbaijaniTimes() []timeRule {
	const until = `(?: -?(?:dek|dak|adek|edek))?(?: (?:qeder|kimi))?`
	return timeRules(azerbaijaniMonths, azerbaijaniYear,
		timePattern{p: `bir il (?:evvel|once)\S*|(?:(?P<ref>oten|kecen|evvelki) ilin|(?P<y>(?:19|20)\d\d) -ci ilin) (?:eyni|muvafiq|analoji|hemin) (?:dovr\S*|ay\S*|rub\S*|yari\S*|vaxt\S*)|(?:oten|kecen) ilin analoqu\S*|evvelki ille|illik muqayise\S*`, kind: spanAgo},
		timePattern{p: `(?P<n>\d+) il (?:bundan )?(?:evvel|once|qabaq)\S*`, kind: spanYearsAgo},
		timePattern{p: `bir il sonra`, kind: spanLater},
		timePattern{p: `hemin il\S*`, kind: spanThatYear},
		timePattern{p: `(?:Y )?M (?P<d>[0-3]?\d) -(?:dan|den) M2 (?P<d2>[0-3]?\d)(?: -\S+)?` + until, kind: spanDays},
		timePattern{p: `(?:Y )?M (?:~|-) M2(?: ay\S*)?`, kind: spanMonths},
		timePattern{p: `(?:Y )?M (?:ayindan )?M2 (?:ayina )?(?:qeder|kimi)`, kind: spanMonths},
		timePattern{p: `(?:Y )?(?:(?P<o>birinci|ikinci|ilk|1-ci|2-ci|i|ii) )(?:6 ay\S*|yari\S*|yarimil\S*)`, kind: spanHalf},
		timePattern{p: `(?:Y )?(?:0[.]5 |yarim )?(?:yarimil\S*|yarim il\S*|yari il\S*)`, kind: spanHalf},
		timePattern{p: `(?:Y )?(?P<o>birinci|ikinci|ucuncu|dorduncu|ilk|sonuncu|1-ci|2-ci|3-cu|4-cu|i|ii|iii|iv) rub\S*`, kind: spanQuarter},
		timePattern{p: `(?:(?:oten|kecen|son|bu) )?rub(?:de|un|luk|u|unde)?`, kind: spanPastQuarter},
		timePattern{p: `(?:Y )?(?:ilk |kecen |oten )?(?P<n>\d+) ay(?:da|a|i|in|inda|inin|liq|lik|dir)?(?: erzinde)?`, kind: spanFirst},
		timePattern{p: `(?:bu |cari |(?P<y>(?:19|20)\d\d) -ci )?ilin evvelinden(?: beri| bu gunedek)?|yanvardan`, kind: spanYTD},
		timePattern{p: `(?:Y )?M(?: \d{1,2} -\S+)? (?:etibaren|beri|baslanil\S*|basla\S*|evvelinden|sonundan|ortalarindan)`, kind: spanSince},
		timePattern{p: `(?:Y )?M(?: \d{1,2} -)?(?:dan|den)(?: beri| etibaren| bu yana| bu gunedek)?`, kind: spanSince},
		timePattern{p: `(?P<y>(?:19|20)\d\d)(?: -c\S+)?(?: il\S*den)? (?:~|-|/) (?P<y2>(?:19|20)\d\d)(?: -ci)?(?: (?:tedris )?il\S*)?`, kind: spanYears},
		timePattern{p: `(?P<y>20\d\d)(?:/| ~ )(?P<y2>\d\d)(?: -ci)?(?: (?:tedris )?il\S*)?`, kind: spanYears},
		timePattern{p: `(?:19|20)\d0(?: -c\S*)? iller\S*(?: beri)?`, kind: spanDuration},
		timePattern{p: `(?:Y )?M (?P<d>1) -(?:ne|na|e|a)(?: olan)?|(?:Y )?M (?P<d>[0-3]?\d)(?: -\S+)? (?:tarixine|veziyyetine)|(?P<d>[0-3]?\d) M(?: Y)? (?:tarixine|veziyyetine)`, kind: spanAsOf},
		timePattern{p: `(?:Y )?M (?P<d>[0-3]?\d)(?: -\S+| de| da)?`, kind: spanDay},
		timePattern{p: `(?P<d>[0-3]?\d) M`, kind: spanDay},
		timePattern{p: `(?:bazar ertesi|cersenbe axsami|cersenbe|cume axsami|cume|senbe|bazar)(?: gunu)|dunen`, kind: spanPubDay},
		timePattern{p: `bu gunun|bugun(?:e|ki)? (?:qeder|kimi)`, kind: spanDuration},
		timePattern{p: `bu gun|bugun`, kind: spanToday},
		timePattern{p: `(?P<y>(?:19|20)\d\d)(?: -ci)? (?:ile (?:qeder|kimi)|ilin sonuna (?:qeder|kimi)|iledek|ilin sonunadek|ilin sonuna|ilin sonunda|iladek|iladek)`, kind: spanYear, due: true},
		timePattern{p: `(?:bu |cari )?ilin (?:sonunadek|sonuna(?: qeder| kimi)?|sonunda|yekun\S*)`, kind: spanYear, due: true},
		timePattern{p: `(?:Y )?M(?:adek|edek|inadek|ina qeder|a qeder|in sonunadek)|(?:Y )?M (?:qeder|kimi)`, kind: spanMonth, due: true},
		timePattern{p: `Y M(?:ina|una)`, kind: spanMonth, due: true},
		timePattern{p: `(?:Y )?M (?:sonunda|sonlarinda|evvelinde|evvellerinde|ortalarinda)`, kind: spanMonth},
		timePattern{p: `Y M(?: ay\S*)?`, kind: spanMonth},
		timePattern{p: `(?:oten|kecen|evvelki) ay\S*`, kind: spanLastMonth},
		timePattern{p: `(?:bu|cari) ay\S*`, kind: spanThisMonth},
		timePattern{p: `(?:bu |oten |kecen |yeni )?(?:movsum\S*|yazda|yayda|payizda|qisda|tedris ili\S*|aqrar il\S*)(?: evvelinden)?`, kind: spanSeason},
		timePattern{p: `M(?:da|de| ayinda| ayi| ay\S*)?(?: erzinde)`, kind: spanMonth},
		timePattern{p: `M(?:da|de| ayinda| ayi)`, kind: spanMonth},
		timePattern{p: `son (?:bir )?il\S*`, kind: spanDuration},
		timePattern{p: `bir ilde|il erzinde`, kind: spanPastYear},
		timePattern{p: `(?:son |novbeti |ilk )?\d+ (?:il(?:de|lik|dir|den|in)?|gun\S*|hefte\S*|saat\S*)`, kind: spanDuration},
		timePattern{p: `hazirda|hal-hazirda|hal hazirda|indi|hazirki dovrde`, kind: spanNow},
		timePattern{p: `(?P<y>(?:19|20)\d\d)(?: -ci)? (?:ilden|ildən)(?: beri| bu yana| bu gunedek)?`, kind: spanSince},
		timePattern{p: `(?:(?P<y>(?:19|20)\d\d)(?: -ci)?(?: il\S*)?|(?P<ref>oten|kecen|evvelki|bu|cari|gelen|novbeti) il\S*)`, kind: spanYear},
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
