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
			"continue reading", "click here", "follow us", "subscribe to", "the post", "full story", "photo credit",
		},
	},
	news.Ru: {
		tagBackground: {
			"напомним", "напоминаем", "отметим", "отмечается что ранее", "как сообщалось", "как ранее сообщалось", "ранее сообщалось",
			"ранее сообщал*", "справка", "для справки", "добавим что", "уточним что",
		},
		tagTeaser: {
			"читайте также", "читайте ещё", "читать далее", "читать ещё", "читать полностью", "подробнее", "дайджест", "смотрите также", "подписывайтесь",
			"по теме", "материалы по теме", "другие новости", "фото из открытых", "автор", "реклама",
		},
	},
	news.Az: {
		tagBackground: {
			"qeyd edək ki", "qeyd edək", "qeyd olunsun ki", "xatırladaq ki", "xatırladaq", "xatırladırıq ki", "bildirək ki",
			"bundan əvvəl xəbər", "daha əvvəl xəbər", "əvvəllər xəbər", "arayış", "məlumat üçün", "qeyd edək ki əvvəl",
		},
		tagTeaser: {
			"həmçinin oxuyun", "bunu da oxuyun", "bunları da oxuyun", "davamını oxu*", "ardını oxu*", "ətraflı oxu*", "oxşar xəbər*",
			"daha ətraflı", "abunə olun", "bizi izləyin", "oxunub", "foto",
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
	tagCount
)

// signals are words that say what kind of story an item is. They decide nothing
// by themselves: two of a kind are needed, and they only take points away.
var signals = map[news.Lang]map[int][]string{
	news.En: {
		tagSport: {
			"champions league", "europa league", "conference league", "premier league", "uefa", "fifa ranking", "qualifier*", "qualifying", "goal*", "goalkeeper*", "midfielder*",
			"striker*", "penalty shootout", "kick off at", "semifinal*", "semi final*", "quarterfinal*", "quarter final*", "medal*", "gold medal*", "world champion*", "european champion*", "champions", "championship*",
			"tournament*", "wrestl*", "boxer*", "boxing", "judo*", "grandmaster*", "fide", "grand prix", "pole position", "coach", "squad", "stadium", "match", "matches", "freestyle", "olympic games", "olympics", "referee*", "kg title",
			"gold", "bronze", "defeated", "beat", "standings", "game", "round", "points",
		},
		tagMarket: {
			"per barrel", "a barrel", "barrel", "brent", "azeri light", "exchange rate*", "weighted average", "currency market", "official rate", "usd", "eur", "try", "gbp", "rub", "ounce", "futures", "gold price*",
			"weather", "forecast*", "precipitation", "degrees",
		},
		tagRanking: {"ranking", "rankings", "ranked", "ranks", "index", "rating", "top ten", "top 10", "countries visit"},
		tagSuspect: {"suspect", "suspects", "suspected", "suspicion", "migrant*", "robbery", "stabbing", "rape*", "smuggler*", "convict*", "native of", "ethnic", "born in"},
		tagMedia:   {"media", "newspaper*", "outlet*", "daily", "channel", "press", "website", "portal", "tv", "agency", "agencies", "reporters", "blogger*"},
		tagMonth: {
			"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
			"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		},
		tagJoint: {
			"bilateral", "intergovernmental", "joint", "relations", "ties", "cooperat*", "talks", "negotiat*", "meet", "meets", "met", "meeting", "sign", "signs", "signed", "agree", "agreed", "agreement*", "phone call", "phoned", "call", "visit*",
			"strategic partner*", "allied", "ambassador", "neighbour*", "neighbor*", "summon*", "note", "protest*", "apolog*", "condolence*", "mutual*", "both countries", "two countries", "both sides", "counterpart*", "trade", "turnover",
		},
		tagContext: {"sanction*", "invasion", "invaded", "brokered", "full scale", "war in ukraine", "embargo*"},
	},
	news.Ru: {
		tagSport: {
			"лига чемпионов", "лиги чемпионов", "лиге чемпионов", "лигу чемпионов", "лига европы", "лиги европы", "лиге европы", "уефа", "фифа", "гол", "голы", "голов", "голом", "матч*", "пенальти", "тренер*", "чемпион мира", "чемпионом мира", "чемпионат*", "чемпионк*", "турнир*",
			"медал*", "золото", "серебро", "бронз*", "борец", "борца", "борцы", "боксёр*", "дзюдо*", "сборная", "сборной", "полуфинал*", "четвертьфинал*", "финал", "финале", "клуб*", "стадион*", "гроссмейстер*", "шахмат*", "форвард*", "вратар*", "нападающ*", "квалификаци*", "гран при",
			"обыграл*", "победил*", "футбол*", "олимпи*", "весе до", "весовой категории",
		},
		tagMarket: {
			"баррел*", "brent", "курс доллара", "курс валют", "курсы валют", "официальный курс", "официальные курсы", "доллар сша", "евро", "турецк* лир*", "azeri light", "фьючерс*", "унци*",
			"прогноз погоды", "погод*", "осадк*", "градус*", "синоптик*",
		},
		tagRanking: {"рейтинг*", "индекс*", "топ 10", "место среди", "строчк*", "место в мире"},
		tagSuspect: {"подозреваем*", "подозрен*", "уроженец", "уроженца", "уроженцу", "уроженцев", "мигрант*", "приезж*", "убийц*", "осуждён*", "ограблен*", "грабеж*", "наркот*", "изнасилов*", "гастарбайтер*", "разбойн*"},
		tagMedia:   {"сми", "газет*", "издание", "издания", "телеканал*", "пресса", "прессы", "журналист*", "агентств*", "портал*", "блогер*"},
		tagMonth: {
			"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря",
			"янв", "фев", "мар", "апр", "июн", "июл", "авг", "сен", "сент", "окт", "ноя", "дек",
		},
		tagJoint: {
			"двусторонн*", "межправ*", "совместн*", "отношени*", "связ*", "сотруднич*", "переговор*", "встреч*", "встретил*", "подписа*", "договор*", "соглашени*", "телефон*", "визит*", "посетил*", "прибыл*", "стратегическ* партнёр*", "союзнич*", "посол", "посла", "послу", "сосед*",
			"нота", "ноту", "протест*", "извин*", "соболезнова*", "взаимн*", "обеих стран", "двух стран", "двумя странами", "коллег*", "товарооборот*", "торговл*", "взаимодейств*",
		},
		tagContext: {"санкци*", "вторжени*", "спецопераци*", "полномасштабн*", "войн* в украине", "эмбарго"},
	},
	news.Az: {
		tagSport: {
			"çempionlar liqa*", "avropa liqa*", "konfrans liqa*", "uefa", "fifa", "qol", "qolu", "qollar*", "qollu", "hesabı ilə", "penalti*", "matç*", "oyun", "oyunu", "oyunda", "oyunun*", "klub*", "yığma*", "medal*", "çempion*", "turnir*", "güləş*", "boks*", "cüdo*", "karate*", "şahmat*",
			"yarımfinal*", "finalda", "stadion*", "məşqçi*", "hakim pavel", "püşk*", "tur oyun*", "futbol*", "futzal", "voleybol*", "pley off", "olimpi*", "qrossmeyster*", "idman*",
		},
		tagMarket: {
			"bir bareli", "barel*", "brent", "azeri light", "fyuçers*", "fyuchers*", "məzənnə*", "valyuta məzənnə*", "rəsmi kurs*", "unsiya*", "avro", "türk lirə*",
			"hava proqnoz*", "hava şərait*", "yağıntı*", "dərəcə isti", "küləy*", "külək*", "duman", "çiskin*",
		},
		tagRanking: {"reytinq*", "indeks*", "yer tutub", "pillə*"},
		tagSuspect: {"şübhəli", "şübhələnilən", "miqrant*", "qatil*", "məhkum*", "qarət*", "narkotik*", "oğurluq*", "soyğunçu*", "quldur*"},
		tagMedia:   {"kiv", "media*", "mətbuat*", "qəzet*", "telekanal*", "jurnalist*", "agentli*", "portal*", "blogger*"},
		tagMonth: {
			"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
		},
		tagJoint: {
			"ikitərəfli", "hökumətlərarası", "birgə", "münasibət*", "əlaqə*", "əməkdaşlı*", "danışıq*", "görüş*", "imzala*", "müqavilə*", "saziş*", "telefon*", "zəng*", "səfər*", "strateji tərəfdaş*", "müttəfiq*", "səfir*", "qonşu*",
			"nota*", "etiraz*", "üzr", "başsağlığı", "qarşılıqlı", "iki ölkə*", "hər iki ölkə*", "həmkar*", "ticarət*", "dövriyyə*",
		},
		tagContext: {"sanksiya*", "işğal*", "genişmiqyaslı", "embarqo*"},
	},
}
