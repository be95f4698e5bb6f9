package render

import "samur/internal/news"

var russian = words{
	code:  news.Ru,
	forms: 3,
	form: func(n int) int {
		switch {
		case n%10 == 1 && n%100 != 11:
			return 0
		case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
			return 1
		}
		return 2
	},
	comma: ",", group: "\u00A0", groups: 1e4, pct: "%s\u00A0%%",
	quotes: [2]string{"«", "»"},

	months:   [12]string{"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"},
	monthsOf: [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	weekdays: [7]string{"Воскресенье", "Понедельник", "Вторник", "Среда", "Четверг", "Пятница", "Суббота"},
	day:      "%[1]d %[2]s",
	dayYear:  "%[1]d %[2]s %[3]d",
	weekday:  "%[1]s, %[2]s",
	clock:    "%[1]s, %[2]s",
	zones:    map[string]string{"Asia/Baku": "бакинское время", "Europe/Moscow": "московское время", "UTC": "UTC"},
	zone:     "время зоны %s",

	title:    "Россия — Азербайджан: сводка",
	window:   "С %s до %s",
	windowTo: "До %s",
	late:     "Выпуск с опозданием: собран %s.",
	missed: plural{
		"Охватывает ещё %s пропущенный выпуск.", "Охватывает ещё %s пропущенных выпуска.", "Охватывает ещё %s пропущенных выпусков.",
	},
	page:       "Этот выпуск в сети",
	lateShort:  "с опозданием",
	quiet:      "За это время ничего нового по темам сводки не найдено.",
	quietFault: "Некоторые ленты прочитать не удалось (см. ниже), поэтому сводка может быть неполной.",
	quietShort: "нового нет",
	stories:    plural{"%s сюжет", "%s сюжета", "%s сюжетов"},
	more: plural{
		"Ещё %s сюжет не поместился на этой странице. Он есть в текстовой форме выпуска: в текстовой части письма или в архиве.",
		"Ещё %s сюжета не поместились на этой странице. Они есть в текстовой форме выпуска: в текстовой части письма или в архиве.",
		"Ещё %s сюжетов не поместились на этой странице. Они есть в текстовой форме выпуска: в текстовой части письма или в архиве.",
	},
	morePage: plural{
		"Ещё %s сюжет не поместился в письме. Он есть на странице выпуска:",
		"Ещё %s сюжета не поместились в письме. Они есть на странице выпуска:",
		"Ещё %s сюжетов не поместились в письме. Они есть на странице выпуска:",
	},
	moreFigs: plural{
		"Ещё %s показатель — в текстовой форме.", "Ещё %s показателя — в текстовой форме.", "Ещё %s показателей — в текстовой форме.",
	},
	moreNames: plural{
		"и ещё %s, названная в текстовой форме", "и ещё %s, названные в текстовой форме", "и ещё %s, названных в текстовой форме",
	},

	top:     "Главное",
	other:   "Другое в отношениях двух стран",
	held:    "Также сообщалось",
	figures: "Цифры",
	ahead:   "Предстоящие встречи",
	bySide:  "Кто сообщал",
	ledger:  "Отчёт о выпуске",
	topic: map[string]string{
		"political-dialogue": "Политический диалог", "interparliamentary": "Межпарламентские связи", "trade": "Торговля",
		"investment-industry": "Инвестиции и промышленность", "transport": "Транспорт", "energy": "Энергетика",
		"security": "Безопасность", "interregional": "Межрегиональные связи", "culture-education": "Культура и образование",
		"health": "Здравоохранение", "finance-customs": "Финансы и таможня", "digital": "Цифровая сфера",
		"agriculture": "Сельское хозяйство",
	},
	in: map[news.Lang]string{
		news.En: "на английском", news.Ru: "на русском", news.Az: "на азербайджанском", news.Tr: "на турецком",
		news.Uk: "на украинском", news.Fa: "на персидском", news.Other: "на другом языке",
	},

	topics:   "Темы",
	actors:   "Упомянуты",
	update:   "Уже сообщалось; новое",
	updateOf: "Уже сообщалось (%s); новое",
	listed:   "Одной строкой — в выпуске за %s.",
	reason: map[news.Reason]string{
		news.ReasonCorrected: "в сообщении теперь сказано другое",
		news.ReasonFigure:    "число, о котором не сообщалось",
		news.ReasonSide:      "первое сообщение стороны, которая молчала",
		news.ReasonFact:      "сведение, о котором не сообщалось",
	},
	newly:     "впервые упомянуты",
	joined:    "впервые сообщают",
	corrected: "Исправлено",
	silently:  "без пометки",
	was:       "Было",
	now:       "Стало",
	sources:   "Источники (%s)",
	copied:    "перепечатка",
	seenAt:    "замечено %s",
	untitled:  "(без заголовка)",
	voices:    plural{"%s независимое издание", "%s независимых издания", "%s независимых изданий"},
	differs:   "Источники расходятся (%s)",
	why:       "Найдено по словам",
	lateEntry: "Сообщается с опозданием: опубликовано задолго до времени этого выпуска.",

	sides:     map[news.Side]string{news.SideAz: "азербайджанские издания", news.SideRu: "российские издания", news.SideOther: "издания других стран"},
	sidesHead: "Стороны",
	first:     "первыми — %s (%s)",
	after:     "%s — через %s (%s)",
	silent:    "%s молчат (прочитано: %s)",
	outlets:   plural{"%s издание", "%s издания", "%s изданий"},
	wording:   "Так говорят только %s",
	reported:  "%s, %s, %s",
	reports:   plural{"%s сообщение", "%s сообщения", "%s сообщений"},
	ledFirst:  "первыми: %s",
	ledAlone:  "без других: %s",

	minutes: "%s мин", hours: "%s ч", days: "%s дн.",

	event: map[news.EventKind]string{
		news.EventMeeting: "Встреча", news.EventCall: "Телефонный разговор", news.EventVisit: "Визит", news.EventSigning: "Подписание",
	},
	eventState: map[news.EventState]string{
		news.EventPlanned: "планируется", news.EventHeld: "состоялось", news.EventPostponed: "отложено", news.EventCancelled: "отменено",
	},
	document: "Документ",

	rank: map[string]string{
		"voices": "независимые издания", "both-sides": "сообщают обе стороны", "relevance": "близость к теме", "new-figures": "новые числа",
		"actors": "ранг участников", "newness": "новизна",
	},
	rankHead: "Вес",

	ask:     "Вопрос к вам",
	askLine: "Этому сообщению немного не хватило, чтобы войти в выпуск: баллов — %s, нужно %s. Касается ли оно России и Азербайджана вместе? По вашему ответу samur учится.",
	askYes:  "Да",
	askNo:   "Нет",

	indicator: map[string]string{
		"trade-turnover": "Товарооборот", "exports": "Экспорт", "imports": "Импорт", "investment": "Инвестиции",
		"freight-volume": "Грузоперевозки", "transit-volume": "Транзит", "students": "Студенты", "schools": "Школы",
		"companies": "Компании", "regions": "Регионы", "agreements": "Соглашения", "tourists": "Туристы",
		"gas-volume": "Газ", "aid": "Помощь", "goods": "Товары",
	},
	unit: map[string]plural{
		"USD": {"%s долл. США", "%s долл. США", "%s долл. США"}, "EUR": {"%s евро", "%s евро", "%s евро"},
		"RUB": {"%s руб.", "%s руб.", "%s руб."}, "AZN": {"%s манат", "%s маната", "%s манатов"},
		"GBP": {"%s ф. ст.", "%s ф. ст.", "%s ф. ст."}, "t": {"%s т", "%s т", "%s т"},
		"m3":         {"%s куб. м", "%s куб. м", "%s куб. м"},
		"containers": {"%s контейнер", "%s контейнера", "%s контейнеров"}, "doses": {"%s доза", "%s дозы", "%s доз"},
		"persons": {"%s чел.", "%s чел.", "%s чел."}, "trips": {"%s поездка", "%s поездки", "%s поездок"},
		"barrels": {"%s баррель", "%s барреля", "%s баррелей"}, "count": {"%s", "%s", "%s"},
	},
	scale: map[string]string{"thousand": "тыс.", "mn": "млн", "bn": "млрд", "trn": "трлн"},
	approx: map[string]string{
		"about": "около %s", "more-than": "более %s", "less-than": "менее %s", "up-to": "до %s",
	},
	up:       changeWords{percent: "рост на %s", times: "рост в %s раза", alone: "рост"},
	down:     changeWords{percent: "снижение на %s", times: "снижение в %s раза", alone: "снижение"},
	flat:     "без изменений",
	against:  "к периоду: %s",
	counted:  "по данным: %s",
	toDate:   "с начала %s года",
	annual:   "%s в год",
	last:     "Было известно",
	conflict: "Другой источник называет другое значение за тот же период.",

	feedsRead: "Прочитано лент: %s из %s.",
	failed:    "Не прочитаны",
	stale:     "Молчат дольше обычного",
	gaps:      "Возможные пропуски между опросами",
	since:     "с %s",
	cause: map[news.Cause]string{
		news.CauseNone: "причина не указана", news.CauseDNS: "имя сервера не находится", news.CauseConnect: "нет соединения",
		news.CauseTLS: "нет защищённого соединения", news.CauseTimeout: "нет ответа вовремя",
		news.CauseRefused: "адрес не разрешён", news.CauseRedirect: "перенаправляет без конца или в никуда",
		news.CauseStatus: "сервер отвечает ошибкой", news.CauseBusy: "сервер просит подождать",
		news.CauseGone: "сервер сообщает, что ленты больше нет", news.CauseTooLarge: "слишком большая",
		news.CauseBotWall: "вместо ленты веб-страница", news.CauseNotFeed: "это не лента",
		news.CauseMoved: "переехала", news.CauseEmpty: "лента пуста", news.CauseUndated: "без дат", news.CauseStale: "давно молчит",
		news.CauseParse: "не удалось разобрать", news.CauseStore: "не удалось сохранить",
	},
	seen:      "Просмотрено записей",
	accounted: "Сюжетов",
	inFull:    "%s полностью, %s одной строкой",
	account:   "%[1]s = в выпуске %[2]s + отложено %[3]s + повторно %[4]s + не по теме %[5]s",
	unequal:   "Сумма частей — %s: этот отчёт неверен, сообщите об этом.",
	archived:  "Из тех, что не по теме, сразу в архив как старые при первом чтении ленты",
	polls:     "Опросов",
}
