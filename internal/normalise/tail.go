package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/pattern"
)

// tail is what stands behind the news. What are words of a sentence too must stand on a
// line of their own, behind a colon, or alone; see opensTeaser and tells for what else it
// takes.
const tail = `\b(?:read (?:more|also|on)|also read|continue reading|see also|click here)(?:\s*(?:[…»→>:]|\.{2,})[^\n]{0,300}|\s*$)|\n(?:follow us|leave a comment|share this)\b[^\n]{0,80}|\bread more (?:at|on) [^\s]+\.[a-z]{2,4}/?|\bread more (?:about [^\n.]{1,100} )?here\.?|\nread in \p{L}+(?: on [^\n]{1,40})?|\nshare on [^\n]{1,40}|` +
	`\b(?:learn more|full (?:story|article|text)|more details)\s*(?:[…»→:]|\.{2,})?\s*$|` +
	`\b(?:continue reading|click here to|to read the (?:full|rest|original)|read (?:the )?(?:full|rest|original))\b[^\n.]{0,200}\.?|\bto read the original story by [^\n]{1,200}|` +
	`\n(?:related(?: (?:articles?|stories|news|posts?|topics?))?|sources?|tags|illustration|photos?(?: credits?)?|images?(?: credits?)?|videos?|authors?|editor|read also|also read|most read|more on this(?: story)?|our standards)(?:\s*:[^\n]{1,200}|\s*$)|` +
	`\n(?:photos?|images?|written|edited|compiled|translated|prepared) by (?-i:\p{Lu})[^\n]{1,200}|\n(?:photos?|images?)(?: credit)? (?-i:\p{Lu})[^\n.]{1,40}|\nread also [^\n]{1,200}|` +
	`\n(?:source|photo|image|источник|фото|mənbə|foto) ` + dash + ` (?-i:[\p{Lu}\d«"“])[^\n]{1,60}|` +
	`\(reporting by [^\n]{1,300}|(?:additional )?reporting by [^\n.;]{1,100}; ?(?:(?:additional )?reporting|writing|editing) by [^\n]{1,200}|\n(?:with |based on )?(?:additional )?reporting (?:by|from) [^\n]{1,200}|` +
	`\n[^\n]{1,120} contributed to this (?:report|story|article)\.?|\nby (?-i:` + person + `)\.?|` +
	`\bthe post .{1,400}appeared first on (?-i:\p{Lu})[^\n]{0,100}\.|\bthis (?:article|story) was originally published[^\n]{0,200}|` +
	`\n(?:сообщение|запись) .{1,400}(?:впервые появил\p{L}+|появил\p{L}+ (?:впервые|сначала)) .{1,100}|\n(?:сообщение|запись) (?-i:[\p{Lu}\d«"]).{1,400} появил\p{L}+ на (?-i:[\p{Lu}\d«"]).{1,100}|` +
	`чита(?:ть|йте) (?:далее|дальше|полностью|ещ[её]|подробнее)(?: (?:на|в|во|о|об|про|по|здесь|тут)(?: [^\n.,]{1,100})?|:[^\n]{0,300})?\s*(?:[.…»→]+|$)|(?:читайте|смотрите) (?:также|по теме|ранее[^\n:]{0,40}:)[^\n]{0,300}|` +
	`читать (?:статью|оригинал|новость)\.?\s*$|читать (?:на сайте|весь текст|полный текст|полную версию)[^\n.,]{0,60}\.?|` +
	`подробн(?:ее|ости)(?:(?: ` + dash + `)? (?:на сайте|по ссылке)\.?| (?:` + dash + ` )?(?:читайте|в (?:материале|статье|сюжете))[^\n]{0,120}|:[^\n]{0,100}|\s*…|\s*\.{2,}|\s*»|\s*→|\.?\s*$)|далее\s*(?:…|\.{3}|»|→)|` +
	`\n(?:(?:материалы|новость|новости) по теме|(?:ранее )?по теме|главное за (?:день|сутки)|источник|автор|текст|фото|видео|иллюстрация|теги|ключевые слова)(?:\s*:[^\n]{0,200}|\s*$)|\nфото[^\n:]{0,40}:[^\n]{0,80}|` +
	`\nфото (?-i:\p{Lu})[^\n.]{1,40}|` +
	`\n(?:читайте нас|наш(?: официальный)? (?:канал|telegram)|(?:ещ[её] )?больше новостей|оперативные новости|будьте в курсе)[^\n]{0,160}|` +
	`\nпри (?:копировании|цитировании|использовании|перепечатке) [^\n]{1,160}(?:ссылк|обязательн)[^\n]{0,80}|` +
	`\b(?:(?:xəbərin|yazının|məqalənin) )?(?:ardı(?:nı oxu)?|davamı(?:nı oxu)?)(?: saytda| burada)?\s*(?:…|\.{2,}|»|→|$)|davamını oxu\w*|(?:daha )?ətraflı(?: oxu\w*| burada)?\s*(?:…|\.{2,}|»|→|:[^\n]{0,100}|\.?\s*$)|` +
	`\n(?:həmçinin oxu(?:yun)?|oxşar xəbərlər|əlaqəli xəbərlər|digər xəbərlər|seçilən xəbərlər|son xəbərlər|mövzu üzrə|mövzu ilə (?:bağlı|əlaqədar)|mənbə|müəllif|foto(?:lar)?|video|daha ətraflı|daha çox|bun(?:u|ları) da oxuyun)(?:\s*:[^\n]{0,200}|\s*$)|həmçinin oxu(?:yun)?\b:?[^\n]{0,200}|` +
	`\n[^\n]{0,60}(?:abunə ol(?:un|maq)?|izləyin|qoşulun)[!.…:]*\s*(?:https?:[^\s]{1,80}\s*)?$|\nabunə ol[^\n]{0,80}|\nxəbərdə istifadə edilən foto[^\n]{0,100}|` +
	`(?:oxunub|baxılıb|oxunma sayı|baxış(?: sayı)?|просмотр(?:ов|ы)|views):? ?[\d  ]+|\n\d[\d  .,]{0,10} (?:views|просмотр\p{L}*|baxış)|` +
	`\n(?:читайте также|материалы по теме|(?:ранее )?по теме|главное за (?:день|сутки)|related|read also|also read|see also|most read|həmçinin oxuyun|oxşar xəbərlər|mövzu üzrə|mövzu ilə (?:bağlı|əlaqədar)|seçilən xəbərlər)[: ]*(?:\n[^\n]{0,199}[^\n.]){1,5}|` +
	`\n[^\n]{0,80}(?:наш\p{L}* |с нами |bizi\p{L}* )(?:[\p{L}\-]+ ){0,3}(?:telegram|телеграм|whatsapp|facebook|instagram|youtube|twitter|соцсет|sosial)[^\n]{0,80}|\nxəbəri paylaş[^\n]{0,40}|\nподелиться(?:\s*:| в | ссылкой| новостью| статьей| материалом)[^\n]{0,40}|` +
	`\n©[^\n]{1,100}|\[(?:read more)?(?:…|\.{3})\]|\(more(?:…|\.{3})?\)|\benditem\b|→|»|■`

// tailOpenings are what the alternatives of tail begin with that begin with no line.
var tailOpenings = []string{
	"read ", "also read", "continue reading", "see also", "click here", "to read the ", "the post ", "this article was ", "this story was ", "learn more", "full story", "full article", "full text", "more details",
	"reporting by ", "(reporting by ", "additional reporting", "чита", "смотрите ", "подробн", "далее", "ardı", "davamı", "ətraflı", "daha ətraflı", "həmçinin oxu",
	"xəbərin ardı", "xəbərin davamı", "yazının ardı", "yazının davamı", "məqalənin ardı", "məqalənin davamı",
	"oxunub", "baxılıb", "oxunma sayı", "baxış", "просмотр", "views", "[…]", "[...]", "[read more", "(more", "enditem", "→", "»", "■",
}

// lineOpenings are what its alternatives have behind a line break, lineWords what those
// have somewhere in the line that begin with anything; both in lower case.
var (
	lineOpenings = []string{
		"follow us", "leave a comment", "share this", "share on ", "read in ", "related", "see also", "also read", "most read", "source", "tags", "illustration", "photo", "image", "video", "author", "written by", "compiled by", "translated by", "prepared by",
		"edit", "read also", "more on this", "our standards", "with reporting", "with additional", "based on reporting", "reporting ", "additional reporting", "by ",
		"сообщение", "запись", "материалы по теме", "новост", "по теме", "ранее по теме", "главное за", "источник", "автор", "текст", "фото", "видео", "иллюстрация", "теги", "ключевые слова", "читайте", "наш", "еще ", "ещё ", "больше новостей", "оперативные новости", "будьте в курсе", "поделиться", "при копировании", "при цитировании", "при использовании", "при перепечатке",
		"həmçinin", "oxşar", "əlaqəli", "digər", "mənbə", "müəllif", "foto", "daha ətraflı", "daha çox", "bunu", "xəbər", "abunə", "mövzu", "seçilən", "son xəbərlər", "©",
	}
	lineWords = []string{"abunə ol", "izləyin", "qoşulun", "наш", "с нами", "bizi", "contributed to this", "views", "просмотр", "baxış"}
	// listOpenings are those of the alternative that has other lines behind its own.
	listOpenings = []string{"читайте", "материалы по теме", "новост", "по теме", "ранее по теме", "главное за", "related", "read also", "also read", "see also", "most read", "həmçinin", "oxşar", "mövzu", "seçilən"}
)

// offerOpenings are what a line of a picture, an author or a teaser begins with that stands
// before a paragraph.
var offerOpenings = []string{
	"photo", "image", "illustration", "read also", "also read", "see also", "related", "фото", "иллюстрация", "читайте", "смотрите", "материалы по теме", "по теме",
	"foto", "həmçinin oxuyun", "oxşar xəbərlər", "bunu da oxuyun", "автор", "текст", "author", "müəllif", "источник", "source", "mənbə", "©",
}

// teasers are what a line that offers the whole text begins with.
var teasers = []string{"read more", "подробнее", "читать далее", "ətraflı"}

// asking are the tails that may be the first words of what somebody says.
var asking = []string{"читайте", "смотрите"}

// tailMarks are those that are a tail by themselves, at the end.
var tailMarks = map[string]bool{"[…]": true, "[...]": true, "→": true, "»": true, "■": true}

// oddCase reports whether s has letters that a pattern takes for others of another
// length: long s, the sign of Kelvin, and old Cyrillic from U+1C80.
func oddCase(s string) bool {
	return strings.Contains(s, "\u017f") || strings.Contains(s, "\u212a") || strings.Contains(s, "\u1c80"[:2])
}

// spaces are what \s stands for in a pattern.
const spaces = "\t\n\f\r "

// tailIn returns the place of the tail that ends a text, blanks before it included, nil
// when none does. The pattern is tried where one of its openings stands and nowhere
// else: tried everywhere it took two fifths of a poll.
func tailIn(s string) []int {
	if at := codeAtEnd(s); at != nil {
		return at
	}
	all := openTails()
	for i := 0; i < len(s); i = nextTeaser(s, i) {
		if (s[i] == '\n' && opensLine(s[i+1:]) || all.at(s, i)) && endsInTail(s, i) {
			return []int{len(strings.TrimRight(s[:i], spaces)), len(s)}
		}
	}
	return nil
}

// nextTeaser returns the next byte of s behind byte i that a tail may begin at, by a look at
// it and at what stands before it: of the bytes of a text one in ten is.
func nextTeaser(s string, i int) int {
	for i++; i < len(s); i++ {
		if teaserBehind[s[i-1]] || tailFrom[s[i]] {
			return i
		}
	}
	return i
}

// tailFrom are the bytes that a tail begins with wherever they stand, teaserBehind the last
// bytes of what opensTeaser wants before any other.
var (
	tailFrom     = [256]bool{'\n': true, '[': true, '(': true}
	teaserBehind = [256]bool{' ': true, '\t': true, '\u00a0' & 0xff: true, '\n': true, '.': true, '!': true, '?': true, '…'&0x3f | 0x80: true, ')': true, ']': true}
)

// codeAtEnd returns the place of the mark of an editor that ends a text: "-06B-" of Turan,
// "___" of AP.
func codeAtEnd(s string) []int {
	end := strings.TrimRight(s, spaces)
	if !strings.HasSuffix(end, "-") && !strings.HasSuffix(end, "_") {
		return nil
	}
	return reCode().FindStringIndex(s)
}

// endsInTail reports whether s ends in a tail that begins at byte i and tells no news.
func endsInTail(s string, i int) bool {
	return (s[i] == '\n' || opensTeaser(s, i)) && tailAt(s, i) && !tells(s[i:])
}

// opensTeaser reports whether a teaser can begin at byte i of s: at the beginning of a
// line, behind a mark, or, where what it stands behind was cut, with a capital. "He asked
// them to read on" ends in none, and a quotation ends in the mark that some write behind
// a teaser.
func opensTeaser(s string, i int) bool {
	if s[i] == '[' || s[i] == '(' {
		return true
	}
	before := strings.TrimRight(s[:i], " \t\u00a0")
	if before == "" || before[len(before)-1] == '\n' {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	if len(before) == i {
		return strings.ContainsRune(".!?…)]", last)
	}
	first, _ := utf8.DecodeRuneInString(s[i:])
	return strings.ContainsRune(".!?…:;|)]»”\"–—-*•", last) || !unicode.IsLower(first)
}

// tells reports whether what may be a tail is a sentence of the news: one behind a label
// that is a word too ("Photo: the captain raises the flag."), or, on a line that asks
// readers to follow or to read, one in which somebody says so, or what was done.
func tells(piece string) bool {
	line, onLine := strings.CutPrefix(piece, "\n")
	line, _, _ = strings.Cut(strings.TrimSpace(line), "\n")
	if label, rest, ok := strings.Cut(line, ":"); ok && len(label) <= longestLabel {
		rest = strings.TrimSpace(rest)
		first, _ := utf8.DecodeRuneInString(rest)
		return unicode.IsLower(first) && strings.HasSuffix(rest, ".") && strings.Count(rest, " ") >= 3
	}
	return (onLine || openAsking().at(line, 0)) && reTold().MatchString(line)
}

// offers reports whether a line before a paragraph is whose the picture or the text is, or
// a teaser: a label with a name or a headline behind it.
func offers(line string) bool {
	return openOffers().at(line, 0) && reOffer().MatchString(line) && !tells(line)
}

// longestLabel is the longest in bytes of what stands before the colon of a tail.
const longestLabel = 60

// opensLine reports whether the line that s begins with may be a tail, or the first of
// one: other lines stand behind none but a list's.
func opensLine(s string) bool {
	end := strings.IndexByte(s, '\n')
	if end >= 0 && strings.Trim(s[end:], spaces) != "" {
		return openLists().at(s, 0)
	}
	return openLines().at(s, 0) || openWords().in(s)
}

// tailAt reports whether s ends in a tail that begins at byte i.
func tailAt(s string, i int) bool {
	if i == 0 {
		return reTailAt().MatchString(s)
	}
	_, n := utf8.DecodeLastRuneInString(s[:i])
	return reTailAfter().MatchString(s[i-n:])
}

var (
	// reTailAt matches a tail to the end of the text, reTailAfter one behind one character,
	// which \b looks at.
	reTailAt    = pattern.Lazy(`^(?i:(?:` + tail + `)\s*)$`)
	reTailAfter = pattern.Lazy(`^(?s:.)(?i:(?:` + tail + `)\s*)$`)
	reOffer     = pattern.Lazy(`^(?i:(?:photos?|images?|illustration|фото|foto|иллюстрация)(?: [^\s:]{1,30}){0,2}\s*:[^\n]{1,60}|(?:read also|also read|see also|related|(?:читайте|смотрите) (?:также|по теме)|материалы по теме|по теме|həmçinin oxuyun|oxşar xəbərlər|bunu da oxuyun)\s*:[^\n]{1,199}[^.\n]|(?:автор|текст|author|müəllif|источник|source|mənbə)\s*: ?(?:(?-i:[\p{Lu}«"“])[^\n.]{1,60}(?:\.[a-z]{2,4})?|(?:https?://)?[a-z0-9.\-]+\.[a-z]{2,6}(?:/[^\s]*)?)|©[^\n]{1,60})$`)
	// reCode matches the mark of an editor at the end of a text.
	reCode = pattern.Lazy(`\s*(?:-{1,3}\d{1,3}\p{L}?-{1,3}|\n_{3,})\s*$`)
	// reSource tells the tails that name whose the news is.
	reSource = pattern.Lazy(`(?i:^\s*(?:source|mənbə|источник)s? ?[:\-–—]|^\s*based on reporting|appeared first on|originally published|появил[а-я]+ )`)
	// reTold matches a line in which somebody says something, or that ends in a verb of
	// Azerbaijani.
	reTold = pattern.Lazy(`(?i:\b(?:said|says|told|tells|wrote|writes|asked|asks|urged|urges|warned|warns|noted|added|advised|promised|claimed|shown|published|registered)\b|, \p{L}+(?:[аеиуяы]л[аи]?|[ау]ет) |(?:^|[^\p{L}])(?:сказал|говорит|говорят|заявил|сообщил|написал|пишет|просит|просят|попросил|считает|рассказал|отметил|добавил|призвал|опубликовал|показал)|\p{L}[ıiuü](?:b|r|bl[aə]r|rl[aə]r)\.?$)`)
)
