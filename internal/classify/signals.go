package classify

import "samur/internal/news"

// Tags of the openers: what a sentence turns into when it begins with one.
const (
	tagBackground = iota + 1
	tagTeaser
)

// openers are the phrases that open background text and teasers. Both last to
// the end of the paragraph.
var openers = map[news.Lang]map[int][]string{
	news.En: {
		tagBackground: {
			"recall that", "to recall", "it should be recalled", "as reported earlier", "as earlier reported",
			"earlier it was reported", "it was earlier reported", "it was reported earlier", "background",
			"for reference", "for the record", "it should be noted", "note that", "meanwhile in other news",
		},
		tagTeaser: {
			"read more", "read also", "also read", "read also:", "see also", "related news", "related stories", "more on the topic",
			"continue reading", "click here", "most read", "most popular:", "trending", "don't miss", "in other news", "editor's pick", "top stories", "latest news", "watch:", "video:", "follow us", "subscribe to", "the post", "full story", "photo credit",
		},
	},
	news.Ru: {
		tagBackground: {
			"напомним", "напоминаем", "отметим", "отмечается что ранее", "как сообщалось", "как ранее сообщалось", "ранее сообщалось",
			"ранее сообщал*", "справка", "для справки", "добавим что", "уточним что",
		},
		tagTeaser: {
			"читайте также", "читайте ещё", "читать далее", "читать ещё", "читать полностью", "подробнее", "дайджест", "смотрите также", "подписывайтесь",
			"самое читаемое", "популярное", "читают сейчас", "не пропустите", "главные новости", "новости партнеров", "смотреть видео", "также на сайте", "по теме", "материалы по теме", "другие новости", "фото из открытых", "автор", "реклама",
		},
	},
	news.Az: {
		tagBackground: {
			"qeyd edək ki", "qeyd edək", "qeyd olunsun ki", "xatırladaq ki", "xatırladaq", "xatırladırıq ki", "bildirək ki",
			"bundan əvvəl xəbər", "daha əvvəl xəbər", "əvvəllər xəbər", "arayış", "məlumat üçün", "qeyd edək ki əvvəl",
		},
		tagTeaser: {
			"həmçinin oxuyun", "bunu da oxuyun", "bunları da oxuyun", "davamını oxu*", "ardını oxu*", "ətraflı oxu*", "oxşar xəbər*",
			"ən çox oxunan*", "digər xəbər*", "xəbər lenti", "günün xəbər*", "əlaqəli xəbər*", "maraqlı xəbər*", "videoya bax*", "daha ətraflı", "abunə olun", "bizi izləyin", "oxunub", "foto",
		},
	},
}

// Tags of the signals: what a word says about the kind of story.
const (
	tagSport = iota
	tagMarket
	tagRanking
	tagSuspect
	tagMedia
	tagMonth
	tagJoint
	tagContext
	tagAvoid  // what a route or a supply does without
	tagOrigin // where somebody comes from
	tagFlow   // what crosses a border
	tagForce  // what the state does to people
	tagOurs   // the newsroom's own country
	tagAbroad // elsewhere, no matter where
	tagBan    // what a state does to a newsroom
	tagNature // what no state does
	tagCrime
	tagOffice // what states do about each other's citizens
	tagBorder
	tagCrossing
	tagTie // what passes between people of two countries
	tagCount
)

// signals are words that say what kind of story an item is. They decide nothing
// by themselves: two of a kind are needed, and they only take points away.
var signals = map[news.Lang]map[int][]string{
	news.En: englishSignals,
	news.Ru: russianSignals,
	news.Az: azerbaijaniSignals,
}
