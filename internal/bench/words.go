package main

import "strings"

// tongue is a language's stock of words, from which titles and summaries are put
// together. The sentences mean nothing; their letters, lengths and endings are those
// of the language, which is what reading, stemming and indexing them costs.
type tongue struct {
	code   string
	plain  []string // everyday words of the news
	names  []string // beginnings and ends of made-up names
	ends   []string
	actors []string // who a relevant item is about
	deeds  []string // what they did
}

// tongues are en, ru and az, in the order of the feeds.
func tongues() []tongue {
	return []tongue{english(), russian(), azerbaijani()}
}

func english() tongue {
	return tongue{
		code: "en",
		plain: strings.Fields(`the of and in to for with after before during across under about against between city council road bridge harvest
			school market weather season river mountain coast village library museum theatre engineer farmer doctor teacher driver baker
			student artist player coach team match goal score final record winter summer spring autumn morning evening night week month
			year price wage budget plan project report study survey review debate vote reform law court judge police rescue fire storm
			flood snow rain wind heat drought forest park garden water power gas heating street station train tram bus airport harbour
			ship cargo factory workshop bakery hospital clinic vaccine patient research science planet satellite telescope computer
			network program library exhibition concert festival song film novel poem prize winner visitor tourist guide hotel kitchen
			opened closed built repaired announced delayed improved reduced increased expected planned finished started promised
			discovered restored measured counted welcomed warned explained agreed refused moved returned visited collected delivered
			new old large small local regional national early late quiet busy rare common public private modern historic careful`),
		names:  strings.Fields("Har Mel Tor Win Bel Ash Cor Dun Fen Gar Hol Ken Lor Mar Nor Pen Ros Sil Tam Wes"),
		ends:   strings.Fields("ton ford wick bury ley den more field worth by gate well stone brook ridge"),
		actors: []string{"Russia and Azerbaijan", "Baku and Moscow", "Azerbaijan's foreign ministry", "The Russian foreign minister", "President Aliyev", "The Kremlin", "SOCAR", "The Azerbaijani embassy in Moscow"},
		deeds: []string{
			"signed an agreement on cargo transit along the North-South corridor", "discussed trade turnover that reached $4.8 billion in 2025", "summoned the ambassador over detained citizens",
			"agreed to raise gas supplies to 2.1 billion cubic metres", "held talks on the Caspian Sea border", "reported a 12% rise in exports of tomatoes to Russia",
		},
	}
}

func russian() tongue {
	return tongue{
		code: "ru",
		plain: strings.Fields(`и в на с по для после перед во время около против между город совет дорога мост урожай школа рынок погода сезон
			река гора берег село библиотека музей театр инженер фермер врач учитель водитель пекарь студент художник игрок тренер
			команда матч финал рекорд зима лето весна осень утро вечер ночь неделя месяц год цена зарплата бюджет план проект доклад
			исследование опрос обзор спор голосование реформа закон суд судья полиция спасатели пожар буря наводнение снег дождь ветер
			жара засуха лес парк сад вода энергия отопление улица станция поезд трамвай автобус аэропорт гавань корабль груз завод
			мастерская пекарня больница поликлиника прививка пациент наука планета спутник телескоп компьютер сеть программа выставка
			концерт фестиваль песня фильм роман стихи премия победитель посетитель турист гостиница кухня открыли закрыли построили
			отремонтировали объявили отложили улучшили сократили увеличили ожидают планируют закончили начали обещали обнаружили
			восстановили измерили посчитали встретили предупредили объяснили согласились отказались вернулись посетили собрали доставили
			новый старый большой малый местный областной ранний поздний тихий редкий обычный общественный частный современный`),
		names:  strings.Fields("Бел Вол Гор Дуб Ель Зар Ива Кам Лес Мор Нев Оль Пол Руд Сол Тих Уль Чер Шар Яр"),
		ends:   strings.Fields("ово ино ская енко ович ский ецк град горск иха ник ушка ава ень"),
		actors: []string{"Россия и Азербайджан", "Баку и Москва", "МИД Азербайджана", "Глава МИД России", "Президент Алиев", "Кремль", "ГНКАР", "Посольство Азербайджана в Москве"},
		deeds: []string{
			"подписали соглашение о транзите грузов по коридору Север — Юг", "обсудили товарооборот, который достиг 4,8 млрд долларов в 2025 году", "вызвали посла из-за задержанных граждан",
			"договорились увеличить поставки газа до 2,1 млрд кубометров", "провели переговоры о границе на Каспийском море", "сообщили о росте экспорта томатов в Россию на 12%",
		},
	}
}

func azerbaijani() tongue {
	return tongue{
		code: "az",
		plain: strings.Fields(`və ilə üçün sonra əvvəl zamanı haqqında qarşı arasında şəhər şura yol körpü məhsul məktəb bazar hava mövsüm çay dağ
			sahil kənd kitabxana muzey teatr mühəndis fermer həkim müəllim sürücü çörəkçi tələbə rəssam oyunçu məşqçi komanda oyun
			hesab final rekord qış yay yaz payız səhər axşam gecə həftə ay il qiymət maaş büdcə plan layihə hesabat tədqiqat sorğu icmal
			mübahisə səsvermə islahat qanun məhkəmə hakim polis xilasetmə yanğın tufan daşqın qar yağış külək isti quraqlıq meşə park
			bağ su enerji istilik küçə stansiya qatar tramvay avtobus hava limanı gəmi yük zavod emalatxana xəstəxana klinika
			peyvənd xəstə elm planet peyk teleskop kompüter şəbəkə proqram sərgi konsert festival mahnı film roman şeir mükafat qalib
			ziyarətçi turist bələdçi otel mətbəx açıldı bağlandı tikildi təmir edildi elan olundu təxirə salındı yaxşılaşdı azaldı artdı
			gözlənilir planlaşdırılır bitdi başladı vəd edildi tapıldı bərpa olundu ölçüldü sayıldı qarşılandı xəbərdarlıq izah edildi
			razılaşdı imtina etdi qayıtdı baş çəkdi toplandı çatdırıldı yeni köhnə böyük kiçik yerli erkən gec sakit nadir adi ictimai
			özəl müasir tarixi diqqətli`),
		names:  strings.Fields("Ağ Bəy Çin Daş Elm Göy Hac İsm Kəl Lal Mey Nur Ovç Pir Qar Rüs Səm Şah Tur Yas"),
		ends:   strings.Fields("abad kənd lar çay daş lı çı oğlu zadə ova ovlu bulaq təpə su"),
		actors: []string{"Rusiya və Azərbaycan", "Bakı və Moskva", "Azərbaycan XİN", "Rusiyanın xarici işlər naziri", "Prezident Əliyev", "Kreml", "SOCAR", "Azərbaycanın Moskvadakı səfirliyi"},
		deeds: []string{
			"Şimal-Cənub dəhlizi üzrə yük tranziti haqqında saziş imzaladı", "2025-ci ildə 4,8 milyard dollara çatan əmtəə dövriyyəsini müzakirə etdi", "saxlanılan vətəndaşlara görə səfiri çağırdı",
			"qaz tədarükünü 2,1 milyard kubmetrə çatdırmaq barədə razılığa gəldi", "Xəzər dənizində sərhəd üzrə danışıqlar apardı", "Rusiyaya pomidor ixracının 12% artdığını bildirdi",
		},
	}
}
