package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"samur/internal/news"
)

// fillers follow a word that stands at the beginning of a sentence, so that it is not
// taken for a headline of capitals.
var fillers = map[news.Lang]string{
	news.En: "something else happened there today",
	news.Ru: "сегодня там случилось нечто другое",
	news.Az: "burada bugün başqa hadisə baş vermişdir",
}

// commonWords returns words of a language that look like names when a sentence or headline
// gives them a capital: frequent words, and those that a name of the field is near to. They
// are dictionary forms and the inflected forms that coincide with names.
func commonWords(l news.Lang) []string {
	switch l {
	case news.En:
		return strings.Fields(commonEn)
	case news.Ru:
		return strings.Fields(commonRu)
	}
	return strings.Fields(commonAz)
}

// capitalised gives a word a capital by the rule of its language.
func capitalised(w string, l news.Lang) string {
	r, n := utf8.DecodeRuneInString(w)
	if l == news.Az && r == 'i' {
		return "İ" + w[n:]
	}
	return string(unicode.ToUpper(r)) + w[n:]
}

const commonEn = `
	may march august mark will bill grant chase baker mason carter reading bath nice turkey china polish
	ice gas oil bank port trend report apple orange lemon crown dollar pound mint pole swede finish
	the and for with from that this have has had was were are its his her their would who which after before
	said says say told new news world state states union north south east west northern southern eastern western
	union peace corridor centre center house white black red blue green summit power energy street square court
	minister president premier speaker general major captain colonel chief head leader deputy ambassador
	one two three four five six seven eight nine ten first second third last next year month week day today
	people man woman child children family country city town village region border river sea lake mountain
	war army force soldier police attack strike fire crash fall rise drop growth price cost trade market company
	school university student teacher book language culture art music theatre film sport game match club team
	road rail railway train station bridge car truck ship plane flight air airport pipeline transit cargo
	water food bread meat fish fruit tomato wine grain wheat sugar tea coffee milk
	good great small big long short high low old young free open close right left hot cold
	make take give go come see know think want use find work call try ask need feel become leave put mean keep
	let begin seem help talk start show hear play run move live believe hold bring happen write provide
	visit meet talks deal agreement pact treaty plan project programme vote election law right freedom
	sable mink fur perm bar ore report trend shell
	lay lad gold silver iron steel copper star moon sun sky rain snow storm wind flood
	time hope love life death health hospital doctor drug vaccine virus
	silk way mir peer sputnik azure orion atlas alpha beta delta
`

const commonRu = `
	мир мира миру миром мире север юг восток запад дон дона рать орел орёл орлы
	путина май март август роман вера надежда любовь лев слава победа заря звезда восход рассвет союз
	единство родина правда труд искра маяк вымпел рубин спартак динамо локомотив факел балтика
	заявка заявки встреча визит день дня дни год года неделя месяц время люди человек мужчина женщина ребёнок дети
	страна город село деревня область край район граница река море озеро гора остров берег мост дорога путь
	война армия солдат полиция удар пожар авария рост падение цена рынок компания завод фабрика банк биржа рубль
	школа университет студент учитель книга язык культура искусство музыка театр фильм спорт игра матч клуб команда
	поезд вокзал самолёт рейс аэропорт порт судно корабль паром груз машина грузовик автобус такси метро
	вода хлеб мясо рыба фрукты томат помидор вино зерно пшеница сахар чай кофе молоко яблоко виноград гранат
	хороший большой маленький новый старый молодой первый второй третий последний белый чёрный красный зелёный синий
	глава лидер министр президент премьер спикер генерал майор капитан полковник посол депутат секретарь консул
	суд закон право свобода выборы голос партия власть дума совет комитет комиссия служба агентство
	газ нефть энергия свет уголь металл золото серебро железо сталь медь лес
	солнце луна небо дождь снег ветер буря гроза мороз
	жизнь смерть здоровье больница врач лекарство вакцина вирус
	делать сказать говорить знать думать хотеть идти ехать дать взять стать быть видеть работать жить
	это этот такой который весь сам свой наш ваш один два три четыре пять шесть семь восемь девять десять
	соболь мех куница вышка вышел купить купля кубок кубка куба куб
	баки бак бака гора горы горы горный аджика груз грузы
	курс курса курсы курсе курсом рост роста росте ростом дверь том тома
	казна казаки читать смол псов
	маха бел лужа
	рост сбор втб магнит лента пятёрочка калибр медуза
	белоусов козак козака ковальчук новак мельник кузнец медведь волк лиса заяц
	кремль кремня палата площадь
	тренд репорт
`

const commonAz = `
	rus don perm kurs kursu qazan qazanı qazana qazandı orel samur
	may mart aprel iyun iyul avqust sentyabr oktyabr noyabr dekabr yanvar fevral
	gün günü il ili ay həftə vaxt zaman insan adam kişi qadın uşaq uşaqlar ailə
	ölkə şəhər kənd rayon vilayət sərhəd çay dəniz göl dağ ada sahil körpü yol
	müharibə ordu əsgər polis zərbə yanğın qəza artım qiymət bazar şirkət zavod fabrik bank birja rubl manat
	məktəb universitet tələbə müəllim kitab dil mədəniyyət incəsənət musiqi teatr film idman oyun matç klub komanda
	qatar vağzal təyyarə reys aeroport liman gəmi bərə yük maşın avtobus taksi metro
	su çörək ət balıq meyvə pomidor şərab taxıl buğda şəkər çay qəhvə süd alma üzüm nar
	yaxşı böyük kiçik yeni köhnə gənc birinci ikinci üçüncü sonuncu ağ qara qırmızı yaşıl göy
	başçı lider nazir prezident spiker general mayor kapitan polkovnik səfir deputat katib konsul
	məhkəmə qanun hüquq azadlıq seçki səs partiya hakimiyyət şura komitə komissiya xidmət agentlik
	qaz neft enerji işıq kömür metal qızıl gümüş dəmir polad mis meşə
	günəş səma yağış qar külək tufan
	həyat ölüm sağlamlıq xəstəxana həkim dərman vaksin virus
	etmək demək bilmək istəmək getmək gəlmək vermək almaq görmək işləmək yaşamaq
	bir iki üç dörd beş altı yeddi səkkiz doqquz on
	sülh şimal cənub şərq qərb mərkəz birlik ittifaq xalq millət vətən qələbə zəfər bahar
	barda qubada şəkil gənc gənclər şüşə
	trend report oxu sputnik eni
	səfər bayram
	ruslar rusca
	mir
	taksi duma
	qara dəniz
`
