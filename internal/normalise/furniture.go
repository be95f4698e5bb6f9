package normalise

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/pattern"
)

// What follows are lines that are no news wherever they stand in a text: tags, addresses
// and rules, what asks readers to follow or to share, whose the rights are, that a text was
// updated or will be, what a page has about its text. A line is one by all of its words:
// "All rights reserved for the state are listed." is news, and so is a line in which
// somebody says something.

// furnitureOpenings are what such a line begins with, in lower case; marks before it do not
// count.
var furnitureOpenings = []string{
	"last updated", "updated", "published", "posted", "this is a", "this article ", "this story ", "more ", "copyright", "(c)", "all rights", "the views ", "terms, place", "for ease of", "anadolu ",
	"comment", "no comments", "leave a", "share", "print", "listen ", "advertisement", "ai-generated", "key points", "trending", "source link", "file photo", "illustrative", "archive photo", "photo", "(photo", "image", "sign up here", "subscribe", "filed under",
	"edited by", "writing by", "written by", "originally published", "($1", "enditem", "read next", "read more", "reading time", "skip to", "you may also",
	"обновлено", "опубликовано", "дата публикации", "новость ", "материал ", "текст ", "статья ", "в новость ", "в материал ", "в текст ", "все права", "копирование ", "любое использование", "мнени", "точк",
	"комментир", "комментари", "обсудить", "нравится", "поделиться", "реклама", "оригинал ", "полный ", "читать ", "подписаться", "прислать ", "перейти ", "перевод", "фото ", "иллюстративн", "архивн", "подробнее", "на фото", "на снимке", "на видео",
	"yenilən", "dərc olunub", "yayımlanıb", "tarix", "xəbər", "davamı var", "ardı var", "bütün ", "©", "saytdakı ", "material", "müəllifin ", "rəy", "şərh", "paylaş", "reklam", "teqlər", "etiketlər", "tərcümə",
	"foto ", "ətraflı", "açıq mənbə",
}

var openFurniture = openingsOf(&furnitureOpenings)

// networks are the networks and letters that a line asks to read an outlet in.
const networks = `(?:telegram|телеграм|whatsapp|facebook|instagram|youtube|twitter|tiktok|viber|linkedin|google|дзен|вконтакте|vk\b|max\b|соцсет|newsletter|рассылк|приложени|rss|\bapp\b|sosial|\bx\b|android|ios)`

const (
	updateLabel = `(?:(?:last )?updated|published|posted|обновлено|опубликовано|дата публикации|yenilən(?:ib|di)|dərc olunub|yayımlanıb|tarix)`
	clockZone   = `(?i: ?[ap]\.?m\.?)?(?i: ?\(?(?:gmt|utc|msk|мск|cet|et|bakı vaxtı ilə)(?:[+\-]\d{1,2}(?::\d{2})?)?\)?)?`
	dateOrClock = `(?:` + date + `|\d{4}-\d{2}-\d{2}|\d{1,2}[:.]\d{2}` + clockZone + `)`
)

// reFurniture matches such a line without the marks about it.
var reFurniture = pattern.Lazy(`^(?i:(?:last )?updated|обновлено|yenilən(?:ib|ir|əcək)|` + updateLabel + `(?: (?:at|on|в|saat))?:?(?:(?: at|[ ,|\-–]*)` + ` ?` + dateOrClock + `(?:,? \d{4})?){1,3}|` +
	`(?:новость|материал|текст|статья) (?:дополняется|обновляется|будет (?:дополнен|обновл[её]н|дополняться)а?)|в (?:новость|материал|текст) внесен[оаы]? .+|xəbər yenilənir|(?:davamı|ardı) var|` +
	`this is a (?:developing|breaking)(?: news)? story.*|this (?:article|story) (?:was|has been) (?:last )?(?:amended|updated|corrected|edited)(?: (?:on|at) ` + dateOrClock + `.*| to .+)?|more (?:to follow|(?:details|information) (?:soon|to follow|shortly))|` +
	`(?:copyright|\(c\)) ?(?:©|\(c\))? ?(?:\d{4}(?:[ ,.]+(?-i:\p{Lu}).*)?|(?-i:(?:\p{Lu}[\p{L}.]*,? ){1,4})\d{4})|©.+|all rights reserved|все права (?:защищены|сохранены)(?:\..*)?|bütün hüquqlar[ıi]? qorunur(?:\..*)?|` +
	`копирование материалов .*запрещено.*|любое использование материалов .*(?:допускается|разреш|только|возможно).*|(?:saytdakı )?material(?:lar)?(?:dan|ın|ların) istifadə.*(?:istinad|link|icazə).*|saytdakı materialların .*(?:istinad|link|icazə).*|` +
	`(?:мнени[ея]|точки? зрения) (?:автора|авторов|редакции) мо(?:жет|гут) не совпадать .+|müəllifin (?:fikri|mövqeyi) redaksiyanın .+|the views (?:and opinions )?expressed .+ (?:are|do not|may) .+|` +
	`terms, place names, opinions and ideas .+|for ease of reading, we choose .+|anadolu (?:agency )?website contains only .+|` +
	`(?:comments?|комментари(?:и|ев)|rəylər|şərhlər)(?: ?:? ?\(?\d+\)?)?|no comments|leave a (?:reply|comment)|комментировать|обсудить|(?:rəy|şərh) yaz|share(?: this| on .+)?|print|нравится|поделиться|paylaş|listen to this (?:article|story)|` +
	`advertisement|реклама|reklam|ai-generated summary|key points|trending now|source link|enditem|xəbərin videosu|` +
	`read next(?:: ?.+)?|read more|reading time:? .{1,20}|подробнее|читать далее|ətraflı(?: oxu)?|skip to .{1,30}|you may also (?:like|be interested in)|sign up here|subscribe(?: now| here)?|` +
	`оригинал (?:статьи|публикации)|полный текст ` + dash + `? ?(?:на сайте|по ссылке)|читать (?:статью|оригинал|новость)|читать [a-z.\-]+\.(?:ru|az|com) в .{1,30}|перейти в (?:фотобанк|медиабанк)|` +
	`подписаться(?: на канал)?(?: ?\| ?[^|]+)*|прислать новость(?: ?\| ?[^|]+)*|(?:filed under|teqlər|etiketlər): ?.+|(?:edited by|перевод|tərcümə): ?(?-i:\p{Lu})[^\d.]{1,60}|на (?:фото|снимке|видео): [^.]+|(?:writing|written) by (?-i:` + person + `)|` +
	`originally published (?:at|by|on) (?:https?://)?[a-z0-9.\-]+\.[a-z]{2,6}(?:/[^\s]*)?|\(?(?:photos?|images?) (?:by|courtesy of(?: the)?) (?-i:\p{Lu}).+|photos? courtesy of the .{1,40}|image (?:source|caption), .+|(?:file|illustrative|archive) photo|photo from (?:open sources|archives?|social media)|` +
	`фото (?:из (?:открыт|архив|соц|сет|личн)|с (?:сайта|официальн|страницы)|предоставлен)[^.]{1,60}|(?:иллюстративное|архивное) фото|foto (?:açıq mənbə\p{L}*|arxivdən(?:dir)?|sosial (?:şəbəkə|media)\p{L}*|illüstrasiya\p{L}*)|açıq mənbələrdən foto(?:lar)?|` +
	`\(\$1 = [\d., ]{1,12} [\p{L} ]+\)?)$`)

// rePromo matches what a line that asks readers to follow begins with, reOurs what else it
// has: it speaks of us, has an account or an address, or ends with the network. A line
// about a network that is news has neither, and reTold knows what somebody says.
var (
	rePromo = pattern.Lazy(`^(?i:подпи(?:сывайтесь|шитесь|саться|шись)|читайте|следите за|присоединя[йт]\p{L}+|(?:хочешь|хотите) .+ присоединя[йт]\p{L}+|скача(?:йте|ть)|смотрите нас|самые? (?:важн|свеж|главн|интересн|оперативн)|(?:ещ[её] )?больше (?:\p{L}+ ){0,2}новостей|добавьте нас|мы (?:обновили|в )|наш[иа]? (?:официальн\p{L}+ )?(?:канал|telegram|соцсет)|` +
		`follow|join|subscribe|sign up|like us|download|get|click here to subscribe|stay (?:up-to-date|up to date|updated|tuned|informed)|.{0,80}` + networks + `.{0,40}(?:kanalımız|səhifəmiz|profilimiz))`)
	reOurs = pattern.Lazy(`(?i:(?:^|[^\p{L}])(?:нас|нами|наш\p{L}*|us|our|@[^\s]{2,}|https?://[^\s]+|t\.me/[^\s]+)(?:$|[^\p{L}])|(?:kanalımız|səhifəmiz|profilimiz)\p{L}*(?:(?: .{1,50})?(?:[ıiuü]n|ol|olmağı unutmayın|olmaq)|: .+)?[!.…]*$|` + networks + `\p{L}*(?:[ \-](?:канал\p{L}*|channel|page|android|ios|и|and|или|for|news|«[^»]+»|"[^"]+"|newsletter|app)|, )*[.!…]*(?: подписывайтесь!?)?$|` +
		`^подпи(?:сывайтесь|шитесь|саться) на «[^»]+»[!.]?$)`)
	// reAuthor matches a line that tells of an author whom to follow.
	reAuthor = pattern.Lazy(`^` + person + ` is (?:a |an |the )?.{1,60}(?:journalist|correspondent|reporter|writer|editor|author).{0,60} follow (?:her|him|them) .{1,60}$`)
)

// reRegisters matches the initials of who wrote and edited: "bur-ng/al", "ng/al (AFP, dpa)".
var reRegisters = pattern.Lazy(`^(?:[a-z]{2,4}-[a-z]{2,4}(?:/[a-z]{2,4})+|[a-z]{2,4}(?:/[a-z]{2,4}){2,4}|[a-z]{2,4}(?:/[a-z]{2,4})+ \([^)]{1,60}\))$`)

// furniture reports whether a line is no news wherever it stands.
func furniture(line string) bool {
	if len(line) > longestFurniture {
		return false
	}
	bare := strings.TrimFunc(line, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("#@()©$[]«»\"“”", r)
	})
	if bare == "" || strings.IndexFunc(bare, isNameRune) < 0 {
		return true
	}
	first, _ := utf8.DecodeRuneInString(bare)
	switch {
	case strings.ContainsRune("#@ht", first) && tagged(bare):
		return true
	case unicode.IsDigit(first) && len(bare) <= longestCount && reCounts().MatchString(bare):
		return true
	case pictured(line) && isTail("\n"+bare):
		return true
	}
	if openFurniture().at(bare, 0) && reFurniture().MatchString(bare) && !verbal(bare) || strings.Contains(bare, "trl") && reCorrects().MatchString(bare) {
		return true
	}
	if first >= 'a' && first <= 'z' && strings.Contains(bare, "/") && reRegisters().MatchString(bare) {
		return true
	}
	return promotes(bare)
}

// How long such a line is in bytes at most, and one that counts something.
const (
	longestFurniture = 500
	longestCount     = 40
)

// reCounts matches a line that counts comments, or minutes.
var reCounts = pattern.Lazy(`^(?i:\d+ (?:min(?:ute)?s?\.? read|мин\p{L}* чтения|comments?|комментари\p{L}*|rəy|şərh))$`)

// pictured reports whether a line begins with a picture: what stands behind it is of a
// channel of a messenger.
func pictured(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return unicode.Is(unicode.So, r) || r == '\u203c'
}

// isTail reports whether a text is a tail from its first byte on.
func isTail(text string) bool {
	at := tailIn(text)
	return at != nil && at[0] == 0
}

// verbal reports whether a line that begins as the credit of a photo ends in a verb of
// Russian: "Фото с сайта порта удалили".
func verbal(line string) bool { return openPhotos().at(line, 0) && reVerbal().MatchString(line) }

var (
	photos     = []string{"фото "}
	openPhotos = openingsOf(&photos)
	reVerbal   = pattern.Lazy(`(?:[аеиоуыя]ли|ло|лось|лись|ют|ет|ан[оы]|ен[оы])[.!]?$`)
)

// reCorrects matches a line that asks readers to mark what is wrong.
var reCorrects = pattern.Lazy(`^(?i:[^\n]{0,160}\bctrl ?\+ ?enter\b[^\n]{0,100})$`)

// promotes reports whether a line asks readers to follow.
func promotes(line string) bool {
	switch {
	case openAsks().at(line, 0), strings.Contains(line, "mız"), strings.Contains(line, "miz"):
		return rePromo().MatchString(line) && reNetwork().MatchString(line) && (reOurs().MatchString(line) || len(mentions(line)) > 0) && !reTold().MatchString(line) && !reOrders().MatchString(line)
	case strings.Contains(line, "follow h"), strings.Contains(line, "follow t"):
		return reAuthor().MatchString(line)
	}
	return false
}

// reNetwork matches a network's name, or that it is us who are to be read.
var reNetwork = pattern.Lazy(`(?i:` + networks + `|(?:follow|like) us\b|(?:^|[^\p{L}])(?:нас(?:$|[^\p{L}])|наш)|^подпи[^ ]+ на |^follow .+ https?://)`)

// reOrders matches a line in which somebody wants what it asks: ", Moscow orders us".
var reOrders = pattern.Lazy(`,["”]? (?:the )?\p{L}+ \p{L}+(?:s|ed)(?:[ .]|$)|(?:^|[^\p{L}])(?:можно|нельзя)(?:[^\p{L}]|$)`)

// asks are what a line begins with that asks readers to follow; those in Azerbaijani begin
// with anything, and speak of what is ours.
var asks = []string{
	"follow", "join ", "subscribe", "sign up", "like us", "stay ", "download", "get ", "click here", "подпи", "читайте ", "следите ", "присоединя", "хочешь", "хотите", "скача", "смотрите нас", "самые ", "самая ", "больше ", "еще ", "ещё ", "добавьте ", "мы ", "наш",
}

var openAsks = openingsOf(&asks)

// tagged reports whether all words of a line are tags, names of accounts or addresses.
func tagged(line string) bool {
	for _, w := range strings.Fields(line) {
		switch {
		case (w[0] == '#' || w[0] == '@') && len(w) > 1:
		case strings.HasPrefix(w, "https://"), strings.HasPrefix(w, "http://"), strings.HasPrefix(w, "t.me/"):
		case strings.IndexFunc(w, isNameRune) < 0:
		default:
			return false
		}
	}
	return true
}
