package normalise

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"samur/internal/pattern"
)

// What newsrooms write to say whose the news is, in three languages: at the head of a text,
// as a clause or a sentence of its own, and within a sentence.

// The parts that patterns are made of.
const (
	lu     = `\p{Lu}[\p{L}'’\-]*`
	place  = `(?:S(?:T|t)\. )?` + lu + `(?:[ \-/]` + lu + `){0,2}`
	area   = `(?:, ` + lu + `(?: ` + lu + `)?)?`
	months = `jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|yan|iyn|iyl|iyun|iyul|avq|noy|dek|okt|fev|sent`
	month  = `(?i:` + months + `)\p{L}*\.?`
	date   = `(?:\d{1,2}[ .\-]` + month + `(?:[ ,]+\d{4}(?:-\p{L}+ il)?(?: г(?:ода|\.))?)?|` + month + ` \d{1,2}(?:, \d{4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4})`
	person = lu + `(?: ` + lu + `){1,3}`
	dash   = `[\-–—]`

	// anOutlet is an outlet by name; source also one that is only known to be one by the
	// noun before it.
	anOutlet = `[\x{E000}\x{E001}]`
	ruKind   = `(?:(?:информационное |новостное |информационного )?(?:агентств[оауе]м?|газет[аыеуой]+|телеканал[ауе]?|издани[еяию]|портал[ауе]?|журнал[ауе]?|сайт[ауе]?|ИА|радио) )`
	ruSource = `(?:` + ruKind + `?` + anOutlet + `|` + ruKind + `["“«„][^"”»\n]{2,40}["”»])`
	azKind   = `(?: (?:agentliyi|qəzeti|saytı|telekanalı|portalı|nəşri|xəbər agentliyi)\p{L}*)?`

	ruSays      = `(?:переда[её]т|передали|передал|передала|сообщает|сообщают|сообщили|сообщило|сообщила|пишет|информирует|отмечает|уточняет)`
	ruCitingOf  = `(?:,? (?:со ссылкой на|ссылаясь на|с ссылкой на) `
	ruCiting    = ruCitingOf + `[^.;,\n]{1,80}(?:\.[^\s.][^.;,\n]{0,40}){0,2})`
	azCiting    = `(?:istinadən|istinadla|istinad edərək|əsasən)`
	azSaysWords = `xəbər verir|xəbər yayıb|bildirir|bildirib|yazır|məlumat verir|məlumat yayıb|qeyd edir|xatırladır`
	azSays      = `(?:` + azSaysWords + `)`
	azNamed     = `(?:\p{Lu}\. )?[^.,\n]{0,60}(?:(?:\.[^\s.]| \p{Lu}\. )[^.,\n]{0,40})?`

	// What ends a sentence may be written in full: the sentence has no full stop but its
	// last and those of abbreviations and domains. closing is that last one.
	ruCitingEnd = ruCitingOf + `[^;…,\n]{1,80}?)`
	enCitingEnd = `(?:,? (?:(?:with )?(?:citing|referring to|reference to|quoting)|via|per) [^;…\n]{1,80}?)`
	enAgency    = `(?: (?:state |news )*agency)?`
	closing     = `[.;]*(?:…|$)`
)

// headPatterns match what may stand before the news without an outlet's name, in a
// marked text; see marked.heads for what each needs. Each ends with the mark or the name
// that parts it from the news, so that a sentence which only begins so is not touched.
var headPatterns = pattern.LazyAll(
	// "BAKU, Azerbaijan, October 28." and that on a line of its own
	`^`+place+area+`,? `+date+`(?:\.\s+|\s*\n)`,
	// "5 Mar in 12:00" "5 Mart, 2026 14:30" and "14:30, 5 марта 2026" or the day on a line of its own
	`^`+date+`,? (?:\d{4},? )?(?:in |в |at )?\d{1,2}:\d{2}`+clockZone+`\s+|^(?:\d{1,2}:\d{2}(?:,| `+dash+`| \|)? )?`+date+`(?:,? \d{4})?(?:,? \d{1,2}:\d{2}`+clockZone+`)? *\n|^\d{1,2}:\d{2}`+clockZone+` *\n`,
	// "By Laman Ismayilova."
	`^By `+person+`(?:\.\s+|\n|$)(?:`+anOutlet+`[.:]?\s+)?`,
)

// rePerson matches a line that is but a name.
var rePerson = pattern.Lazy(`^\p{Lu}[\p{Ll}’'\-]+(?: ` + lu + `){1,2}\.?$`)

// outletHeadPatterns match heads with the name of an outlet somewhere in them,
// nameHeadPatterns those that begin with it.
var outletHeadPatterns = pattern.LazyAll(
	// "BAKU, Azerbaijan, October 28." "БАКУ, 18 авг — Sputnik." "ООН, 27 сентября. /ТАСС/." "Москва. 12 марта. INTERFAX.RU -"
	// "MOSCOW, March 5 (Reuters) -" "Bakı, 5 mart, AZƏRTAC" "BAKU, March 5. /TASS Correspondent Ivan Petrov/."
	`^`+place+area+`[.,]? `+date+`[.,]?\s*(?:By `+person+`\s*)?(?:`+dash+`+|//?|\()?\s*(?:[Кк]орр\. )?(?:ИА )?`+anOutlet+`(?:,? (?:[Cc]orrespondent |корр\. )?(?:`+person+`|\p{Lu}\. ?`+lu+`))?\s*(?:[/)]\s*)?(?:[.:–—\-]+(?:\s+|$)|\s)`,
	// "Moskva, 5 mart, Fəridə Abdullayeva, AZƏRTAC"
	`^`+place+area+`, `+date+`, `+person+`,? (?:`+dash+` ?)?`+anOutlet+`(?:[.:–—\-]+(?:\s+|$)|\s)`,
	// "PARIS (AP) —" "БАКУ /Trend/ -" "TBILISI, Georgia (AP) _"
	`^`+place+area+`\s*[/(]`+anOutlet+`[/)]\s*[.:–—_\-]+\s*`,
	// "(MENAFN- Azernews)" "By Trend"
	`^\((?:\p{Lu}+ ?- ?)?`+anOutlet+`\)\s+`,
	`^/?By `+anOutlet+`/?(?:\.\s+|\n)`,
	// "Baku/17.06.23/Turan:"
	`^`+place+`\s*/\s*`+date+`\s*/\s*`+anOutlet+`\s*[.:–—\-]+\s*`,
	// "Bakı. Trend:" "Bakı. Mətanət Nəsibova - Trend:" "By Gulgiz Muradova - Trend:" "Bakı. /Trend/."
	`^(?:`+place+area+`\.\s*)?(?:(?:By )?`+person+`\s*`+dash+`\s*)?/?`+anOutlet+`/?\s*:\s*`,
	`^(?:`+place+area+`\.\s*)?/`+anOutlet+`/\s*[.:–—\-]*\s*`,
	// "Bakı – APA." "Baku. Ulvi Ahmadov – APA."
	`^`+place+`(?:\. `+person+`)?\s*[–—\-]\s*`+anOutlet+`\s*(?:[.:]\s+|\n)`,
	// "February 25, Fineko/abc.az." "12 марта, Минск /Корр. БЕЛТА/."
	`^`+date+`,?\s*(?:`+place+`\s*)?[/(]?(?:[Кк]орр\. )?`+anOutlet+`(?:/`+anOutlet+`)?[/)]?\s*[.:–—\-]+\s*`,
	// "By Nazrin Abdul AZERNEWS"
	`^By `+lu+` `+lu+` `+dash+`? ?`+anOutlet+`[.:]?\s+`,
	// "Как передает Report со ссылкой на ТАСС," "Как сообщает московский корреспондент АПА,"
	`^[Кк]ак (?:уже )?(?:переда[её]т|сообщает|сообщили|пишет|информирует|передают)(?: [а-яё]+){0,3} `+ruSource+ruCiting+`?,\s+`,
)

var (
	// reInBrackets matches a dateline with more than an outlet in its brackets: "Azərbaycan,
	// Bakı, 28 dekabr /Trend, müxbir E.Mehdiyev/" "ASTANA, November 26. /TASS Kazakhstan/."
	reInBrackets = pattern.Lazy(`^` + place + area + `[.,]? ` + date + `[.,]?\s*[/(](?:[Кк]орр\. )?` + anOutlet + `[^/()\n]*[/)]\s*[.:–—\-]*\s+`)
	// rePlaceOutlet matches one without a date: "Tehran, IRNA –"
	rePlaceOutlet = pattern.Lazy(`^` + place + `, ` + anOutlet + `\s+` + dash + `+\s+`)
)

var nameHeadPatterns = pattern.LazyAll(
	// "ТАСС, 26 ноября."
	`^`+anOutlet+`, `+date+`\.\s+`,
	// "INTERFAX.RU -" "ТАСС —"
	`^`+anOutlet+`\s+`+dash+`+\s+`,
	// "“Report” TASS-a istinadən xəbər verir ki," "Musavat.com xəbər verir ki," "APA-ya istinadən bildirilir ki,"
	`^(?:Bu barədə )?`+anOutlet+azKind+` (?:`+azNamed+azCiting+` )?`+azSays+`(?: ki,?|,)?\s+`,
	`^(?:Bu barədə )?`+anOutlet+azKind+` [^.\n]{1,60}`+azCiting+` `+azSays+`\.\s+`,
	`^(?:Bu barədə )?`+anOutlet+azKind+` `+azCiting+`(?: `+anOutlet+`)? `+azSays+`(?: ki)?,?\s+`,
	`^`+anOutlet+azKind+` (?:məlumatına|xəbərinə|yazdığına) görə,?\s+`,
	// "Report informs, citing TASS, that"
	`^(?:As )?`+anOutlet+` (?:reports|informs|reported)`+`(?:,? (?:citing|referring to|with reference to) [^,.]{1,60})?(?:,? that|,)\s+`,
)

// nameWithin is how many bytes stand before the name in what nameHeadPatterns match at most.
const nameWithin = len("Bu barədə ")

// credit is a pattern that is tried where one of some words stands.
type credit struct {
	needs []string
	re    *regexp.Regexp
}

// credits returns patterns, each behind the words of which it has one, that are compiled
// when first needed.
func credits(all ...[2]string) func() []credit {
	return sync.OnceValue(func() []credit {
		out := make([]credit, len(all))
		for i, c := range all {
			out[i] = credit{strings.Split(c[0], "|"), regexp.MustCompile(c[1])}
		}
		return out
	})
}

// may reports whether the pattern may match in s.
func (c credit) may(s string) bool {
	return slices.ContainsFunc(c.needs, func(word string) bool { return strings.Contains(s, word) })
}

// clausePatterns match a credit that ends a sentence, begins a line in Azerbaijani, or is a
// sentence, in a marked text. What leaves the text is the first group; a second one is the
// source where it is not the last that is named.
var clausePatterns = credits(
	[2]string{"report|informs|writes|wrote|notes|learned", `((?:,(?: as)?(?: the)?|^) ` + anOutlet + enAgency + ` (?:(?:has )?reported|reports|informs|writes|wrote|notes|learned)` + enCitingEnd + `?)` + closing},
	[2]string{" says| said", `(,(?: as)?(?: the)? ` + anOutlet + enAgency + ` (?:says|said))` + closing},
	[2]string{", as report|, as quoted|, reports |, per |, via ", `(, (?:as reports|as reported by|as quoted by|reports|per|via) ` + anOutlet + `)` + closing},
	[2]string{" quoted ", `(, ` + anOutlet + ` quoted [^;…,]{2,60}? as saying)` + closing},
	[2]string{"переда|сообщ|пишет|информирует|отмечает|уточняет", `(,(?: ` + dash + `)? (?:как )?` + ruSays + `(?: (?:[а-яё]+ )?(?:корреспондент|корр\.|собкор|спецкор))? ` + ruSource + `(?: из [\p{L}\-]+)?` + ruCitingEnd + `?)` + closing},
	[2]string{" со ссылкой на ", `(, (?:сообщает|переда[её]т)(?: [а-яё\-]+){0,2} со ссылкой на ` + ruSource + `)` + closing},
	[2]string{", сообщили |, рассказали |, заявили ", `(, (?:сообщили|рассказали|заявили) ` + anOutlet + ` в [^;…,]{2,60}?)` + closing},
	[2]string{", со ссылкой на ", `(, (?:как )?со ссылкой на (` + ruSource + `),? ` + ruSays + ` ` + ruSource + `)` + closing},
	[2]string{"Об этом ", `^\s*(Об этом (?:[а-яё]+ )?(?:` + ruSays + `|говорится в (?:сообщении|материале|публикации)) ` + ruSource + ruCitingEnd + `?[.…]*)$`},
	[2]string{"Об этом со ссылкой на ", `^\s*(Об этом со ссылкой на (` + ruSource + `),? ` + ruSays + ` ` + ruSource + `[.…]*)$`},
	[2]string{azSaysWords, `(,(?: ` + dash + `)? (?:bu barədə |deyə,? )?` + anOutlet + `(?: [^;…,\n]{1,50}` + azCiting + `)? ` + azSays + `)` + closing},
	[2]string{azSaysWords, `(, (?:bu barədə )?` + azSays + ` ` + anOutlet + `)` + closing},
	[2]string{azSaysWords, `^\n\s*(` + anOutlet + azKind + ` (?:[^…\n]{1,60}` + azCiting + ` )?` + azSays + ` ki,?\s)`},
	[2]string{"Bu barədə ", `^\s*(Bu barədə (?:[^…\n]{1,60} )?` + anOutlet + azKind + `(?: [^…\n]{1,60}` + azCiting + `)? ` + azSays + `[.…]*)$`},
)

// aCiting matches a source that is named within a sentence and stays there. A name that is a
// word counts only where a source must follow.
const aCiting = `(?i:according to|as reported by|reported by|citing|referring to|with reference to|quoted by|quoting|told|interview with|comments? to|remarks to|statement to)(?: the)?(?: newspaper| agency| news agency)? ` + anOutlet +
	`|(?i:according to|as reported by|reported by|citing|quoted by|quoting|told)(?: \p{L}+){0,4} (?:newspaper|agency|daily|channel|outlet|portal) ` + anOutlet +
	`|, ` + anOutlet + ` (?:reported|informed)\b|\x{E000}(?: news agency| agency| daily| newspaper)?,? (?:citing|reports?|reported|wrote|writes|says|said|quoted|quotes)\b` +
	`|(?:newspaper|agency|daily|channel|outlet|portal) ` + anOutlet + `,? (?:has )?(?:citing|reports?|reported|wrote|writes|says|said|quoted|quotes)\b` +
	`|(?i:со ссылкой на|ссылаясь на|по (?:данным|сообщению|сообщениям|информации|сведениям)|в интервью) ` + ruSource +
	`|(?:` + ruSays + `|сообщил|рассказал\p{L}*|заявил\p{L}*|цитирует) ` + ruSource +
	`|(?:привод(?:ит|ят)|цитиру(?:ет|ют)) (?:слова|цитату|заявление|его|её)[^.;,\n]{0,60} ` + ruSource +
	`|(?:Об этом|[Кк]ак) ` + anOutlet + ` (?:сообщил\p{L}?|рассказал\p{L}?|заявил\p{L}?)|(?:сообщил|рассказал|заявил|сказал)\p{L}{0,2} (?:\p{L}+ ){0,2}(?:агентству|газете|изданию|порталу|телеканалу|журналу|радио|сайту) ` + anOutlet +
	`|(?i:` + ruKind + `)` + anOutlet + `(?:` + ruCiting + `)?,? (?:` + ruSays + `|сообщ[аи]л\p{L}?|писал\p{L}?)|` + anOutlet + ` (?:сообщал|писал)\p{L}?|\x{E000},? (?:сообщил|сообщило|сообщала?|пишет|писал|передал|переда[её]т|сообщает|отмечает)` +
	`|` + anOutlet + azKind + ` (?:[^.,\n]{0,30} )?` + azCiting + `|` + anOutlet + azKind + ` (?:verdiyi |yaydığı )?(?:məlumata |xəbərə |məlumatına |xəbərinə )?görə` +
	`|(?:[Bb]unu|[Bb]u barədə) ` + anOutlet + `|` + anOutlet + azKind + ` (?:yazır|xəbər verir|bildirir|bildirib|yazıb|xəbər verib|söyləyib)|` + anOutlet + azKind + ` (?:açıqlamasında|müsahibəsində|açıqlamada|müsahibədə)`

var (
	// reCiting finds aCiting, reCitingAt what begins with it.
	reCiting   = pattern.Lazy(aCiting)
	reCitingAt = pattern.Lazy(`^(?:` + aCiting + `)`)

	// reOrigin tells the source that another one cites from the one that cites it.
	reOrigin = pattern.Lazy(`(?i:ссыла|ссылк|citing|referring to|with reference to|quoting|istinad)`)

	// citing are what each of its alternatives begins with, in small letters.
	citing = []string{
		string(named), string(namedWord), ", " + string(named), ", " + string(namedWord),
		"according to", "as reported by", "reported by", "citing", "referring to", "with reference to", "quoted by", "quoting", "told", "interview with", "comment", "remarks to", "statement to",
		"newspaper", "agency", "daily", "channel", "outlet", "portal",
		"со ссылкой", "ссылаясь", "по ", "в интервью", "переда", "сообщ", "пишет", "информирует", "отмечает", "уточняет", "рассказал", "заявил", "сказал", "цитиру", "привод", "об этом", "как ",
		"информационно", "новостное", "агентств", "газет", "телеканал", "издани", "портал", "журнал", "сайт", "иа ", "радио",
		"bunu ", "bu barədə ",
	}

	// citingWords are words of which each of its alternatives has one.
	citingWords = []string{
		"according to", "report", "citing", "refer", "quot", "told", "interview", "comment", "remarks", "statement", "wrote", "writes", "says", "said",
		"newspaper", "agency", "daily", "channel", "outlet", "portal",
		"ссыл", "данным", "сообщ", "информ", "сведениям", "интервью", "переда", "пишет", "писал", "отмечает", "уточняет", "рассказал", "заявил", "сказал", "цитиру", "привод",
		"istinad", "əsasən", "görə", "yazır", "yazıb", "xəbər ver", "bildiri", "söyləyib", "açıqlama", "müsahibə", "bunu ", "bu barədə ",
	}
)

// citations returns the places of aCiting in a marked text, as reCiting finds them. It is
// tried where one of citing stands and nowhere else: tried everywhere it took a third of
// what reading an item takes. A try costs what a dozen bytes do when all are gone through.
func citations(text string) (places [][]int) {
	const costly = 12
	var starts []int
	for i, open := 0, openCiting(); i < len(text); i++ {
		if open.at(text, i) {
			starts = append(starts, i)
		}
	}
	switch odd := oddCase(text); {
	case !odd && (len(starts) == 0 || !openCitingWords().in(text)):
		return nil
	case odd || len(starts)*costly > len(text):
		return reCiting().FindAllStringIndex(text, -1)
	}
	end := 0 // of the last
	for _, i := range starts {
		if i < end {
			continue
		}
		if at := reCitingAt().FindStringIndex(text[i:]); at != nil {
			end = i + at[1]
			places = append(places, []int{i, end})
		}
	}
	return places
}
