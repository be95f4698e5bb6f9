package normalise

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// aside collects what is taken out of a text, and whom the text credits.
type aside struct {
	parts  []string
	via    string
	outlet string
}

// text returns what was taken out, each piece on a line.
func (a *aside) text() string { return strings.Join(a.parts, "\n") }

// take notes a piece that leaves the text.
func (a *aside) take(s string) {
	if s = strings.TrimSpace(s); s != "" {
		a.parts = append(a.parts, s)
	}
}

// credit notes the outlets that a piece names: the last that is not the feed's
// own, since "Report, citing TASS" is TASS's news.
func (a *aside) credit(s string) {
	for _, m := range reAgency().FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		if unicode.IsLetter(before) || unicode.IsLetter(after) && after < 0x80 && m[1] < len(s) && !strings.ContainsRune("ayn", after) {
			continue // part of a longer word
		}
		if name := outletName(s[m[0]:m[1]]); name != "" && !sameOutlet(name, a.outlet) {
			a.via = name
		}
	}
}

// setAside parts a text from its dateline, credits, bylines and teasers. Offsets
// that others make point into what is left.
func setAside(text, outlet string) (string, *aside) {
	a := &aside{outlet: outlet}
	text = a.tails(text)
	text = a.heads(text)
	text = a.clauses(text)
	if a.via == "" && containsAny(text, citingWords) {
		for _, m := range reCiting().FindAllString(text, -1) {
			a.credit(m)
		}
	}
	return strings.TrimSpace(text), a
}

// heads takes what stands before the news, as often as something does: a dateline,
// then a byline, then an agency.
func (a *aside) heads(text string) string {
	for range 4 {
		cut := 0
		for i, re := range headPatterns() {
			if !headNeeds[i](text) {
				continue
			}
			if m := re.FindStringIndex(text); m != nil && m[1] > cut {
				cut = m[1]
			}
		}
		if cut == 0 {
			break
		}
		a.credit(text[:cut])
		a.take(text[:cut])
		// A sentence that lost "Report xəbər verir ki" begins in lower case, and
		// is quoted so.
		text = strings.TrimSpace(text[cut:])
	}
	return text
}

// tails takes what stands behind the news: teasers, counters, the agency's name.
func (a *aside) tails(text string) string {
	for range 4 {
		end := lastBytes(text, tailReach)
		m := tailIn(end)
		if m == nil {
			m = a.signature(end)
		}
		if m == nil {
			break
		}
		at := len(text) - len(end) + m[0]
		a.credit(text[at:])
		a.take(text[at:])
		text = strings.TrimRightFunc(text[:at], unicode.IsSpace)
	}
	return text
}

// tailReach is how far before the end of a text a tail is looked for: the patterns
// are slow, and no teaser is longer.
const tailReach = 2 << 10

// lastBytes returns the last n bytes of s, from the beginning of a letter.
func lastBytes(s string, n int) string {
	at := max(len(s)-n, 0)
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return s[at:]
}

// containsAny reports whether s has one of the words: a look that is much cheaper
// than the pattern that needs one of them.
func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// signature finds an agency's name that stands by itself behind the last sentence.
func (a *aside) signature(text string) []int {
	if !agencyLast(text) {
		return nil
	}
	m := reSignature().FindStringSubmatchIndex(text)
	if m == nil || m[2] == 0 {
		return nil
	}
	return []int{m[2], len(text)}
}

// clauses takes the credits that close a sentence: ", Trend reports.".
func (a *aside) clauses(text string) string {
	if !strings.Contains(text, ",") || !containsAny(text, clauseWords) {
		return text
	}
	for _, re := range clausePatterns() {
		text = re.ReplaceAllStringFunc(text, func(s string) string {
			a.credit(s)
			end := strings.TrimRight(s, ".…!?; \n")
			a.take(strings.TrimLeft(end, ", "))
			return s[len(end):]
		})
	}
	return text
}

// The parts that patterns are made of.
const (
	lu     = `\p{Lu}[\p{L}'’\-]*`
	place  = lu + `(?:[ \-]` + lu + `){0,2}`
	area   = `(?:, ` + lu + `(?: ` + lu + `)?)?`
	month  = `(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек|yan|iyn|iyl|iyun|iyul|avq|noy|dek|okt|fev|sent)\p{L}*\.?`
	date   = `(?:\d{1,2}[ .\-]` + month + `(?:[ ,]+\d{4}(?:-\p{L}+ il)?)?|` + month + ` \d{1,2}(?:, \d{4})?|\d{1,2}[./]\d{1,2}[./]\d{2,4})`
	person = lu + `(?: ` + lu + `){1,3}`
	quote  = `["“”«»„']?`
	dash   = `[\-–—]`
)

// compiled returns patterns that are compiled when first needed: with all the names
// in them that takes longer than everything else a command does at its start.
func compiled(patterns ...string) func() []*regexp.Regexp {
	return sync.OnceValue(func() []*regexp.Regexp {
		res := make([]*regexp.Regexp, len(patterns))
		for i, p := range patterns {
			res[i] = regexp.MustCompile(p)
		}
		return res
	})
}

// one is compiled for a single pattern.
func one(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// headPatterns match what may stand before the news. Each ends with the mark that
// parts it from the news, so that a sentence which only begins so is not touched.
var headPatterns = compiled(
	// "BAKU, Azerbaijan, October 28." "ООН, 27 сентября. /ТАСС/." "БАКУ, 18 авг — Sputnik." "Aktau, 12 avqust, AZƏRTAC."
	`^`+place+area+`,? `+date+`[.,]?\s*(?:(?:By `+person+`\s*)?(?:`+dash+`|/|\(|//)?\s*`+quote+agencies+quote+`\s*(?:/|\))?\s*)?[.:–—\-]+(?:\s+|$)`,
	`^`+place+area+`,? `+date+`\.\s+`,
	// "PARIS (AP) —" "МОСКВА (ТАСС) -"
	`^`+place+area+`\s*\(`+quote+agencies+quote+`\)\s*[.:–—\-]+\s*`,
	// "Baku / 21.08.18 / Turan:" "Baku/17.06.23/Turan:"
	`^`+place+`\s*/\s*`+date+`\s*/\s*`+agencies+`\s*[.:–—\-]+\s*`,
	// "Bakı. Trend:" "Bakı. Mətanət Nəsibova - Trend:" "By Gulgiz Muradova - Trend:" "Bakı. /Trend/."
	`^(?:`+place+area+`\.\s*)?(?:(?:By )?`+person+`\s*`+dash+`\s*)?/?`+quote+agencies+quote+`/?\s*[:–—]\s*`,
	`^(?:`+place+area+`\.\s*)?/`+agencies+`/\s*[.:–—\-]*\s*`,
	// "INTERFAX.RU -" "PanARMENIAN.Net -" "ТАСС -"
	`^`+quote+agencies+quote+`\s+`+dash+`\s+`,
	// "February 25, Fineko/abc.az."
	`^`+date+`,?\s*`+agencies+`(?:/`+agencies+`)?\s*[.:–—\-]+\s*`,
	// "By Laman Ismayilova." and the same without "By"
	`^By `+person+`(?:\.\s+|\n|$)`,
	`^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+\.(?:\s+|$)`,
	// "“Report” TASS-a istinadən xəbər verir ki," "Musavat.com xəbər verir ki,"
	`^(?:Bu barədə )?`+source+`(?: (?:`+source+`(?:`+azEnd+`)? (?:istinadən|istinadla|əsasən)))? (?:xəbər verir|bildirir|yazır|məlumat verir|xəbər yayıb)(?: ki)?,?\s+`,
	`^(?:Bu barədə )?`+source+`(?:`+azEnd+`)? (?:istinadən|istinadla)(?: `+source+`)? (?:xəbər verir|bildirir|yazır|məlumat verir)(?: ki)?,?\s+`,
	`^`+quote+agencies+quote+`(?:`+azEnd+`)? (?:məlumatına|xəbərinə) görə,?\s+`,
	// "Как передает Report со ссылкой на ТАСС," "Как сообщает московский корреспондент АПА,"
	`^[Кк]ак (?:уже )?(?:переда[её]т|сообщает|сообщили|пишет|информирует|передают)(?: [а-яё]+){0,3} `+source+`(?:,? со ссылкой на [^,.]{2,80})?,\s+`,
	// "Report informs, citing TASS, that"
	`^(?:As )?`+quote+agencies+quote+` (?:reports|informs|reported)(?:,? (?:citing|referring to|with reference to) [^,.]{2,60})?(?:,| that)\s+`,
)

// Every match of clausePatterns has one of clauseWords, of reCiting one of citingWords.
var (
	clauseWords = []string{"reports", "informs", "reported", "writes", "wrote", "says", "said", "notes", "learned", "переда", "сообщ", "пишет", "информирует", "xəbər", "məlumat", "yazır"}
	citingWords = []string{"со ссылкой на", "citing", "referring to", "with reference to", "istinad"}
)

// clausePatterns match a credit at the end of a sentence, its mark included.
var clausePatterns = compiled(
	`,? (?:as )?(?:the )?`+quote+agencies+quote+`(?: (?:news )?agency)? (?:reports|informs|reported|writes|wrote|says|said|notes|learned)(?:,? (?:(?:with )?(?:citing|referring to|reference to)|per) [^.;]{2,80})?(?:[.;…]+|$)`,
	`, (?:as )?reports `+quote+agencies+quote+`(?:[.;…]+|$)`,
	`, (?:как )?(?:переда[её]т|сообщает|пишет|информирует|сообщили|передали|сообщил)(?: [а-яё\-]+){0,3} `+source+`(?:,? со ссылкой на [^.;]{2,80})?(?:[.;…]+|$)`,
	`, (?:сообщает|переда[её]т)(?: [а-яё\-]+){0,2} со ссылкой на `+source+`(?:[.;…]+|$)`,
	`, (?:bu barədə )?`+source+`(?: `+source+`(?:`+azEnd+`)? istinadən)? (?:xəbər verir|məlumat verir|yazır)(?:[.;…]+|$)`,
	`, (?:bu barədə )?(?:xəbər verir|yazır|məlumat verir) `+source+`(?:[.;…]+|$)`,
	`(?:^| )Bu barədə (?:[^.]{2,60} )?`+source+`(?:`+azEnd+`)?(?: istinadən)?(?: [^.]{0,40})? (?:xəbər verir|məlumat verir|məlumat yayıb)(?:[.;…]+|$)`,
)

var (
	reAgency = one(agencies + `|` + site)
	// reCiting finds a source that is named in the middle of a text and stays there.
	reCiting    = one(`(?:со ссылкой на|citing|referring to|with reference to) (?:the )?` + quote + agencies + `|` + agencies + quote + `(?:` + azEnd + `)? istinad(?:ən|la)`)
	reTail      = one(`(?i:\s*` + tail + `)$`)
	reTailHere  = one(`^(?i:` + tail + `)$`)
	reSignature = one(`(?:[.!?…»”"]|\n)\s*((?://|/|` + dash + `)?\s*` + quote + agencies + quote + `/?\.?)$`)
)

const (
	// site is an outlet named by its domain.
	site = `[\p{L}\d\-]+\.(?:az|ru|com|net|org|info|am|ge|tv|ws|su|tr|ua)`
	// azEnd is the ending a name takes before "istinadən".
	azEnd = `["”»]?[\-’']?(?:y[aə]|n[aə]|n[ıiuü]n|[ıiuü]n|[aə])`
)

// tail is what may stand behind the news, up to the end of the text.
const tail = `(?:` +
	`read (?:more|also|on|the full)\b[^\n]{0,200}|continue reading\b[^\n]{0,200}|see also:[^\n]*|click here\b[^\n]{0,80}|` +
	`the post .{1,400}appeared first on .{1,100}|` +
	`чита(?:ть|йте) (?:далее|дальше|также|полностью|ещ[её]|подробнее)[^\n]{0,300}|подробн(?:ее|ости)(?: на сайте| читайте|:|…|\.{2,})?[^\n.]{0,60}|далее\s*(?:…|\.{3}|»|→)|смотрите также[^\n]*|` +
	`ardı(?:nı oxu)?\s*(?:…|\.{2,}|»)?|davamı\s*(?:…|\.{2,}|»)?|ətraflı(?: oxu| burada|:|…|\.{2,})?[^\n.]{0,60}|həmçinin oxuyun[^\n]*|daha ətraflı[^\n]{0,60}|oxunub:?\s*\d+|baxış(?: sayı)?:?\s*\d+|` +
	`просмотр(?:ов|ы):?\s*\d+|views:?\s*\d+|-0-|\[(?:…|\.{3})\]|→|»|фото:[^\n]{0,80}|foto:[^\n]{0,80}` +
	`)\s*`

// source is an outlet as credits name it: known, in quotes, or a domain.
var source = `(?:` + quote + agencies + quote + `|["“«][^"”»\n]{2,40}["”»]|` + site + `)`

// sameOutlet reports whether two names mean one newsroom.
func sameOutlet(a, b string) bool {
	a, b = outletKey(a), outletKey(b)
	return a != "" && a == b
}

// outletKey is what of an outlet's name is compared.
func outletKey(s string) string {
	if name := outletName(s); name != "" {
		s = name
	}
	s = strings.ToLower(strings.Trim(s, `"“”«»„' `))
	for _, end := range []string{".az", ".ru", ".com", ".net", ".org", ".info", ".tv", ".ws"} {
		s = strings.TrimSuffix(s, end)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ə':
			return 'e'
		case r == 'ı', r == '\u0307':
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return r
		}
		return -1
	}, s)
}

// outletName returns the name an outlet is known by, or the text itself for a
// domain; "" for nothing.
func outletName(s string) string {
	s = strings.Trim(s, `"“”«»„' /`)
	for _, o := range outlets {
		for _, form := range o.forms {
			if strings.EqualFold(form, s) {
				return o.name
			}
		}
	}
	if r, _ := utf8.DecodeRuneInString(s); s != "" && r != utf8.RuneError {
		return s
	}
	return ""
}
