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
	news.En: {
		tagSport: {
			"champions league", "europa league", "conference league", "premier league", "uefa", "fifa ranking", "qualifier*", "qualifying", "goal*", "goalkeeper*", "midfielder*",
			"striker*", "penalty shootout", "kick off at", "semifinal*", "semi final*", "quarterfinal*", "quarter final*", "medal*", "gold medal*", "world champion*", "european champion*", "champions", "championship*",
			"tournament*", "wrestl*", "boxer*", "boxing", "judo*", "grandmaster*", "fide", "grand prix", "pole position", "coach", "squad", "stadium", "match", "matches", "freestyle", "olympic games", "olympics", "referee*", "kg title",
			"gold", "bronze", "defeated", "beat", "standings", "game", "round", "points",
			"scored", "scoring", "scorer", "half time", "group stage", "fixture*", "league", "footballer*", "football", "lineup", "line up", "home leg", "away leg", "substitute*", "own goal", "top scorer", "karate", "weightlift*", "gymnast*", "fencer*", "fencing", "chess", "volleyball", "basketball", "futsal", "mma", "ufc", "knockout", "podium", "kg", "athlete*", "sambo", "nations league", "fighter*", "octagon",
		},
		tagMarket: {
			"per barrel", "a barrel", "barrel", "brent", "azeri light", "exchange rate*", "weighted average", "currency market", "official rate", "usd", "eur", "try", "gbp", "rub", "ounce", "futures", "gold price*",
		},
		tagRanking: {"ranking", "rankings", "ranked", "ranks", "index", "rating", "top ten", "top 10", "top 5", "top five", "countries visit", "most popular", "cheapest", "most expensive", "destinations", "best cities", "most visited", "list of the", "richest", "wealthiest"},
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
		tagContext: {"sanction*", "invasion", "invaded", "brokered", "full scale", "war in ukraine", "embargo*", "bombard*", "occupied", "occupying", "tsarist", "imperial", "aggression", "turns away", "turn away", "weaning"},
		tagAvoid:   {"bypassing", "bypass", "shun*", "circumvent*", "skirt*", "sidestep*", "ditch*", "bypasses", "avoiding", "alternative to", "dependence on", "reliance on"},
		tagOrigin:  {"born in", "born", "native of", "native", "natives", "raised in", "grew up in", "originally from", "of azerbaijani descent", "ethnic", "hails from", "roots"},
		tagFlow: {
			"export*", "import*", "suppl*", "deliver*", "ship", "shipped", "shipment*", "transit", "flight*", "fly", "flies", "tourist*", "traveller*", "travelers", "trucks", "train", "trains", "cargo*", "freight", "goods", "sold", "sell", "buys", "buy", "bought",
			"purchase*", "visa", "entry", "enter", "money transfer*", "remittance*", "send", "sends", "sent", "return*", "gas", "oil", "wheat", "grain", "wagons",
		},
		tagForce: {"arrest*", "detain*", "detention", "court", "sentenced", "jailed", "deport*", "extradit*", "charged", "custody", "police", "prosecutor*", "expel*", "stripped of"},
		tagTie: {
			"train", "trained", "trains", "training", "teach*", "taught", "course*", "aid", "help*", "support*", "assist*", "donat*", "exchange*", "invit*", "host*", "tour", "tours", "exhibit*", "perform*", "concert*", "festival*", "graduat*", "student*", "scholarship*", "universit*", "school*",
			"invest*", "stake", "acqui*", "compet*", "contest*", "exercise*", "drill*", "tender*", "contract*", "branch*", "licen*", "stay", "migra*", "residence", "patent*", "partner*", "cooperat*", "project*", "product*", "plant", "factory", "open", "opens", "opened", "launch*", "propos*", "thank*", "congratulat*", "accus*", "criticis*", "criticiz*", "denie*", "deny", "react*", "respon*", "warn*", "offer*", "interest*", "plan*", "market*",
		},
		tagBorder:   {"border", "borders", "bordering"},
		tagCrossing: {"checkpoint*", "customs", "queue*", "crossing*", "truck*", "post", "delimitation", "frontier"},
		tagAbroad:   {"abroad", "overseas", "third countries", "other countries", "world market*"},
		tagBan:      {"block*", "ban", "bans", "banned", "shut*", "closes", "closed", "closure", "raid*", "accreditation", "searched", "searches", "expel*", "suspend*", "detain*", "arrest*", "charged", "restrict*"},
		tagOurs:     {"our", "compatriots"},
		tagNature: {
			"earthquake*", "quake", "tremor*", "magnitude", "seismolog*", "eclipse", "meteor*", "storm*", "heatwave", "heat wave", "flood*", "cyclone", "aurora", "fog", "cold front", "air mass*", "cold snap", "rain*", "snow*", "hydrometeorolog*", "weather", "forecast*", "precipitation", "degrees", "temperatures",
		},
		tagCrime: {
			"crime boss", "thief in law", "thieves in law", "shot dead", "stabbed", "murder*", "killer", "robbed", "robber*", "burglar*", "gang", "gangs", "gangster*", "mafia", "fraudster*", "smuggler*", "drug dealer*", "thief", "thieves", "rapist", "rape*", "brawl", "drunk*", "pickpocket*", "heroin", "cocaine", "hashish", "traffic accident", "car crash", "road accident",
		},
		tagOffice: {
			"foreign ministry", "embassy", "embassies", "consul*", "ambassador*", "protest*", "extradit*", "note", "diplomat*", "prosecutor general*", "diaspora", "summon*", "condemn*", "demand*", "retaliat*", "rights", "torture*",
		},
	},
	news.Ru: {
		tagSport: {
			"лига чемпионов", "лиги чемпионов", "лиге чемпионов", "лигу чемпионов", "лига европы", "лиги европы", "лиге европы", "уефа", "фифа", "гол", "голы", "голов", "голом", "матч*", "пенальти", "тренер*", "чемпион мира", "чемпионом мира", "чемпионат*", "чемпионк*", "турнир*",
			"медал*", "золото", "серебро", "бронз*", "борец", "борца", "борцы", "боксёр*", "дзюдо*", "сборная", "сборной", "полуфинал*", "четвертьфинал*", "финал", "финале", "клуб*", "стадион*", "гроссмейстер*", "шахмат*", "форвард*", "вратар*", "нападающ*", "квалификаци*", "гран при",
			"обыграл*", "победил*", "футбол*", "сыграл*", "разгромил*", "лига наций", "лиге наций", "лиги наций", "ufc", "вничью", "ничь*", "забил*", "забит*", "со счетом", "ворота", "ворот", "воротах", "команда", "команды", "команде", "команду", "командой", "легионер*", "полузащитник*", "голкипер*", "хавбек*", "капитан* команд*", "плей офф", "еврокубк*", "поединк*", "раунд*", "нокаут*", "единоборств*", "самбо", "самбист*", "каратэ", "гимнаст*", "фехтовал*", "тяжелоатлет*", "штангист*", "волейбол*", "баскетбол*", "мини футбол*", "атлет*", "спортсмен*", "дзюдоист*", "пьедестал*", "олимпи*", "весе до", "весовой категории",
		},
		tagMarket: {
			"баррел*", "brent", "курс доллара", "курс валют", "курсы валют", "официальный курс", "официальные курсы", "доллар сша", "евро", "турецк* лир*", "azeri light", "фьючерс*", "унци*",
		},
		tagRanking: {"рейтинг*", "индекс*", "топ 10", "топ 5", "место среди", "строчк*", "место в мире", "самые популярные", "самых популярных", "самые дешевые", "самых дешевых", "самые дорогие", "самых дорогих", "список стран", "направлени* для", "популярн* направлени*", "богатейш*", "форбс", "forbes"},
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
		tagContext: {"санкци*", "вторжени*", "спецопераци*", "полномасштабн*", "войн* в украине", "эмбарго", "бомбард*", "бомбеж*", "оккупир*", "царск*", "имперск*", "агресси*"},
		tagAvoid:   {"в обход", "минуя", "обходя", "без участия", "альтернатив*", "отказ* от", "зависимост* от", "избежать"},
		tagOrigin:  {"родился", "родилась", "родом", "родившийся", "родившаяся", "урожен*", "выходец", "выходца", "выходцы", "выходцев", "выходцем", "выходцами", "по происхождению"},
		tagFlow: {
			"экспорт*", "импорт*", "поставк*", "поставля*", "поставил*", "ввоз*", "вывоз*", "ввез*", "вывез*", "отправ*", "отгруз*", "транзит*", "рейс*", "полет*", "перелет*", "летать", "турист*", "туры", "путевк*", "фур", "фуры", "поезд*", "груз*", "товар*", "продаж*", "продал*", "покуп*", "купил*", "закуп*",
			"въезд*", "выезд*", "пересеч*", "переводы", "переводов", "возвра*", "газ", "газа", "нефть", "нефти", "пшениц*", "зерн*", "вагон*",
		},
		tagForce: {"арест*", "задерж*", "суд", "суда", "суде", "судом", "приговор*", "осужд*", "депортир*", "депортац*", "экстрадир*", "экстрадиц*", "выдач*", "выдвор*", "полици*", "прокурат*", "следстви*", "лишил*", "лишили", "объявлен* в розыск"},
		tagTie: {
			"обуч*", "учеб*", "курс*", "помощ*", "помог*", "поддерж*", "пожертв*", "обмен*", "приглас*", "приглаш*", "принял*", "принима*", "гастрол*", "выстав*", "концерт*", "выступ*", "фестивал*", "выпускник*", "студент*", "стипенди*", "универси*", "школ*", "вуз*",
			"инвест*", "вклад*", "долю", "доля", "доли", "приобр*", "конкурс*", "соревнован*", "учени*", "тендер*", "контракт*", "филиал*", "лиценз*", "мигра*", "патент*", "партнер*", "проект*", "производ*", "продукц*", "завод*", "открыл*", "открыт*", "запуст*", "запуск*", "предлож*", "предлаг*", "поблагодар*", "поздрав*", "обвин*", "критик*", "опроверг*", "отреагир*", "ответил*", "предупред*", "интерес*", "план*", "рынок", "рынка", "рынке",
		},
		tagBorder:   {"границ*", "граничащ*", "приграничн*"},
		tagCrossing: {"пункт* пропуск*", "таможн*", "очеред*", "фур*", "большегруз*", "кпп", "мапп", "пограничн*", "въезд*", "делимитац*"},
		tagAbroad:   {"за рубеж", "за рубежом", "за границу", "за границей", "третьи страны", "третьих стран", "других стран", "другие страны", "мировой рынок"},
		tagBan:      {"заблокир*", "блокир*", "запрет*", "закры*", "обыск*", "аккредитац*", "ограничил*", "ограничива*", "приостанов*", "задержан*", "арест*", "выслал*", "лишил*"},
		tagOurs:     {"наша страна", "нашей страны", "нашей стране", "нашей страной", "нашу страну", "наши граждане", "наших граждан", "нашим гражданам", "наши соотечественники", "соотечественник*", "отечественн*", "наш", "наша", "наше", "наши", "нашего", "нашему", "нашим", "наших", "нашими", "нашей"},
		tagNature: {
			"землетрясени*", "подземн* толч*", "толчк*", "магнитуд*", "сейсмолог*", "сейсмическ*", "погод*", "воздушн* масс*", "холодн* фронт*", "похолодани*", "потеплени*", "осадк*", "градус*", "синоптик*", "гидромет*", "туман*", "жара", "жары", "жару", "снегопад*", "дожд*", "ливн*", "затмени*", "метеорит*", "паводк*", "наводнени*", "циклон*", "шторм*",
		},
		tagCrime: {
			"вор в законе", "вора в законе", "воры в законе", "воров в законе", "застрелил*", "застрелен*", "зарезал*", "убийств*", "убил", "убили", "убийц*", "ограбил*", "ограблени*", "разбо*", "банд*", "опг", "мафи*", "мошенни*", "наркоторгов*", "наркокурьер*", "насильник*", "изнасил*", "драк*", "пьян*", "краж*", "вымогател*", "криминальн*", "героин*", "кокаин*", "гашиш*", "насва*", "дтп", "наезд*",
		},
		tagOffice: {
			"мид", "посольств*", "консул*", "посол", "посла", "протест*", "экстради*", "выдач*", "нота", "ноту", "дипломат*", "генпрокур*", "диаспор*", "вызва*", "осуди*", "потребова*", "ответн*", "правозащит*", "пытк*", "пыток",
		},
	},
	news.Az: {
		tagSport: {
			"çempionlar liqa*", "avropa liqa*", "konfrans liqa*", "uefa", "fifa", "qol", "qolu", "qollar*", "qollu", "hesabı ilə", "penalti*", "matç*", "oyun", "oyunu", "oyunda", "oyunun*", "klub*", "yığma*", "medal*", "çempion*", "turnir*", "güləş*", "boks*", "cüdo*", "karate*", "şahmat*",
			"ufc", "döyüşçü*", "rinq*", "millətlər liqa*", "heç heçə", "məğlub*", "qələbə qazan*", "qapıçı*", "hücumçu*", "müdafiəçi*", "legioner*", "komandası", "qrup mərhələ*", "raund*", "nokaut*", "idmançı*", "atlet*", "gimnast*", "sambo*", "basketbol*", "mma", "çempionluq", "tarla*", "yarımfinal*", "finalda", "stadion*", "məşqçi*", "hakim pavel", "püşk*", "tur oyun*", "futbol*", "futzal", "voleybol*", "pley off", "olimpi*", "qrossmeyster*", "idman*",
		},
		tagMarket: {
			"bir bareli", "barel*", "brent", "azeri light", "fyuçers*", "fyuchers*", "məzənnə*", "valyuta məzənnə*", "rəsmi kurs*", "unsiya*", "avro", "türk lirə*",
		},
		tagRanking: {"reytinq*", "indeks*", "yer tutub", "pillə*", "ən populyar", "ən ucuz", "ən bahalı", "ən zəngin*", "siyahısı*", "siyahı başında*", "siyahının başında*", "ən çox ziyarət*", "ən uzun", "ən yüksək", "olan ölkələr*", "olan dövlətlər*", "ilk onluq*", "ilk beşlik*", "forbes"},
		tagSuspect: {"şübhəli", "şübhələnilən", "miqrant*", "qatil*", "məhkum*", "qarət*", "narkotik*", "oğurluq*", "soyğunçu*", "quldur*"},
		tagMedia:   {"kiv", "media*", "mətbuat*", "qəzet*", "telekanal*", "jurnalist*", "agentli*", "portal*", "blogger*"},
		tagMonth: {
			"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
		},
		tagJoint: {
			"ikitərəfli", "hökumətlərarası", "birgə", "münasibət*", "əlaqə*", "əməkdaşlı*", "danışıq*", "görüş*", "imzala*", "müqavilə*", "saziş*", "telefon*", "zəng*", "səfər*", "strateji tərəfdaş*", "müttəfiq*", "səfir*", "qonşu*",
			"nota*", "etiraz*", "üzr", "başsağlığı", "qarşılıqlı", "iki ölkə*", "hər iki ölkə*", "həmkar*", "ticarət*", "dövriyyə*",
		},
		tagContext: {"sanksiya*", "işğal*", "genişmiqyaslı", "embarqo*", "bombard*", "çar", "çarizm*", "imperiya*", "hücumlar*", "təcavüz*"},
		tagAvoid:   {"yan keçərək", "yan keçən", "yan keçməklə", "iştirakı olmadan", "alternativ*", "asılılı*"},
		tagOrigin:  {"doğulub", "doğulan", "doğulmuş", "anadan olub", "anadan olmuş", "əslən", "əsilli", "yetirməsi"},
		tagFlow: {
			"ixrac*", "idxal*", "göndəril*", "göndər*", "gətiril*", "gətir*", "tədarük*", "nəql*", "daşın*", "daşıma*", "tranzit*", "reys*", "uçuş*", "turist*", "yük*", "tır", "tir", "qatar*", "vaqon*", "mal*", "məhsul*", "satış*", "satıl*", "satın al*", "alış*", "alıb", "alır",
			"giriş*", "gedən", "gələn", "gedə*", "gediş*", "qaytarıl*", "geri qaytar*", "pul köçürmə*", "qaz", "qazı", "neft", "buğda*", "taxıl*", "gübrə*",
		},
		tagForce: {"həbs*", "saxlanıl*", "tutul*", "məhkəmə*", "hökm*", "cəza*", "deport*", "ekstradisiya*", "təhvil*", "polis*", "prokuror*", "istintaq*", "ittiham*", "məhrum*"},
		tagTie: {
			"təlim*", "kurs*", "yardım*", "kömək*", "dəstək*", "mübadilə*", "dəvət*", "qəbul*", "qastrol*", "sərgi*", "konsert*", "çıxış*", "festival*", "məzun*", "tələbə*", "təqaüd*", "universitet*", "məktəb*",
			"investisiya*", "sərmayə*", "pay*", "səhm*", "müsabiqə*", "yarış*", "tender*", "kontrakt*", "filial*", "lisenziya*", "miqra*", "patent*", "tərəfdaş*", "layihə*", "istehsal*", "zavod*", "açıl*", "açıb", "təklif*", "təşəkkür*", "təbrik*", "ittiham*", "tənqid*", "təkzib*", "reaksiya*", "cavab*", "xəbərdar*", "maraq*", "plan*", "bazar*", "qal*", "vətəndaşlarımız*", "təcrübə*",
		},
		tagBorder:   {"sərhəd*", "həmsərhəd"},
		tagCrossing: {"keçid*", "gömrü*", "növbə*", "tır*", "buraxılış*", "məntəqə*", "delimitasiya*"},
		tagAbroad:   {"xaricə", "xaricdə", "xaricdən", "üçüncü ölkə*", "digər ölkə*", "dünya bazar*"},
		tagBan:      {"blok*", "bağla*", "qadağa*", "axtarış*", "akkreditasiya*", "əməliyyat*", "məhdud*", "dayandır*", "saxlanıl*", "həbs*", "ləğv*"},
		tagOurs: {
			"ölkəmiz*", "respublikamız*", "vətəndaşlarımız*", "vətəndaşımız*", "soydaşlarımız*", "soydaşımız*", "həmvətən*", "xalqımız*", "dövlətimiz*", "prezidentimiz*", "paytaxtımız*", "sahibkarlarımız*", "tələbələrimiz*", "azərbaycanımız*", "torpaqlarımız*",
		},
		tagNature: {"hava kütlə*", "soyuq hava", "isti hava", "hava proqnoz*", "hava şərait*", "yağıntı*", "dərəcə", "küləy*", "külək*", "duman*", "çiskin*", "qar", "yağış*", "hidrometeoroloji*", "istilər", "zəlzələ*", "yeraltı təkan*", "maqnitud*", "seysmoloji*", "tutulma*", "meteor*", "daşqın*", "sel", "fırtına*"},
		tagCrime: {
			"qanuni oğru*", "kriminal avtoritet*", "güllələn*", "bıçaqla*", "qətl*", "öldürül*", "öldürüb", "qatil*", "qarət*", "quldur*", "mafiya*", "dələduz*", "narkobaron*", "narkokuryer*", "dava", "sərxoş*", "oğurla*", "kriminal*", "heroin*", "kokain*", "tiryək*", "yol qəza*", "maşın qəza*",
		},
		tagOffice: {
			"xin", "səfirlik*", "konsul*", "səfir*", "etiraz*", "ekstradisiya*", "nota*", "diplomat*", "baş prokuror*", "diaspor*", "çağırıl*", "qınay*", "pislə*", "tələb*", "cavab*", "hüquq müdafiə*", "işgəncə*",
		},
	},
}
