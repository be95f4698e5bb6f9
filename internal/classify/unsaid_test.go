package classify

import (
	"maps"
	"slices"
	"testing"

	"samur/internal/lexicon"
	"samur/internal/news"
)

// TestUnsaid holds what goes without saying: a side that is meant though not named, in
// whose newsroom it is, and what looks like it and is none.
func TestUnsaid(t *testing.T) {
	c, x := open(t)
	for _, tc := range []struct {
		name        string
		lang        news.Lang
		home        news.Side
		title, text string
		want        bool
	}{
		{"ministry of the newsroom's own country", news.Ru, news.SideRu, "МИД вручил ноту послу Азербайджана", "Поводом стали слова о выплатах.", true},
		{"ministry of a third country", news.Ru, news.SideRu, "МИД Грузии вручил ноту послу Азербайджана", "Поводом стали слова о выплатах.", false},
		{"the same words from elsewhere", news.En, news.SideOther, "Defence ministry comments on shelling near Ganja", "Nobody was hurt, it said.", false},
		{"trade with the other side", news.Az, news.SideAz, "Rusiya ilə ticarət iki dəfə artıb", "Artım kənd təsərrüfatı hesabına olub.", true},
		{"goods to the other side", news.Ru, news.SideRu, "Экспорт муки в Азербайджан вырос на треть", "Отгрузки идут с трёх мельниц.", true},
		{"goods within the other side", news.Ru, news.SideRu, "В Азербайджане подорожала мука", "Цены выросли на треть.", false},
		{"goods from the other side to a third", news.Az, news.SideAz, "Rusiyadan Çinə qaz ixracı artıb", "Artım beşdə birdir.", false},
		{"goods from the other side to anywhere", news.Az, news.SideAz, "Rusiyadan xaricə buğda ixracı azalıb", "Səbəb quraqlıqdır.", false},
		{"our people there", news.Az, news.SideAz, "Həkimlərimiz Rusiyada təcrübə keçəcək", "Qrupda on nəfər var.", true},
		{"our people, in Russian", news.Ru, news.SideRu, "Наши спелеологи спустились в пещеру под Губой", "Экспедиция длилась неделю.", true},
		{"what is to be had with the other side", news.Az, news.SideAz, "Rusiya ilə rouminq ucuzlaşır", "Qiymət yarıya enəcək.", true},
		{"the other side and an alliance", news.Az, news.SideAz, "Rusiya ilə NATO arasında gərginlik artır", "Tərəflər bir-birini günahlandırır.", false},
		{"a branch of the one in the other", news.En, news.SideOther, "Rector opens a laboratory at the Baku branch of Sechenov University", "It has six rooms.", true},
		{"an envoy at home", news.Az, news.SideAz, "Rusiya səfirinə nota təqdim olundu", "", true},
		{"the president of the newsroom's own country", news.Az, news.SideAz, "Prezident Rusiya baş nazirini qəbul edib", "Görüş bir saat çəkib.", true},
		{"a president of the other side", news.Az, news.SideAz, "Rusiyada prezident seçkisi bazar günü keçiriləcək", "Üç namizəd var.", false},
		{"a president before whom somebody stands", news.En, news.SideRu, "Ilham Aliyev speaks of his plans as president", "", false},
		{"an agency of the newsroom's own country", news.Az, news.SideAz, "İnnovasiyalar Agentliyi Skolkovo ilə danışıb", "", true},
		{"a colleague from the other side", news.Az, news.SideAz, "Kənan Zərifov rusiyalı həmkarı ilə görüşüb", "", true},
		{"goods of the other side", news.Az, news.SideAz, "Rusiya gübrəsi limana çatıb", "", true},
		{"what burns on the other side", news.Az, news.SideAz, "Krasnodar diyarında neft anbarı yanır", "", false},
		{"what we do", news.Az, news.SideAz, "Rusiyaya alma satırıq", "", true},
		{"our people, in the lead", news.Az, news.SideAz, "Sankt-Peterburqda abidə önünə gül qoyulub", "Mərasimə soydaşlarımız gəlib.", true},
		{"trips to a town of one form", news.Ru, news.SideRu, "Туров в Баку почти не осталось", "", true},
		{"the republic of a newsroom of Russia", news.Ru, news.SideRu, "Сергей Меликов поздравил пограничников республики", "Открыли спортзал. Гостям показали казармы. Самый длинный участок границы — с Азербайджаном.", false},
		{"citizens of the other side before a court", news.Az, news.SideAz, "Məhkəmə iki Rusiya vətəndaşını həbs etdi", "Onlar günahlarını danırlar.", true},
		{"a crossing between the two", news.Ru, news.SideRu, "На посту Яраг-Казмаляр поставят новые весы", "Работы в Дагестане займут год.", true},
		{"peacekeepers in Karabakh", news.En, news.SideOther, "Peacekeepers open another post in Shusha", "It is the fifth in the district.", true},
		{"peacekeepers elsewhere", news.En, news.SideOther, "Azerbaijan sends peacekeepers to Lebanon", "The company will stay for a year.", false},
		{"a newsroom that is shut", news.En, news.SideOther, "Azerbaijan shuts the bureau of RIA Novosti", "Its staff have a week to leave.", true},
		{"a newsroom that is a source", news.En, news.SideOther, "Azerbaijan opens a bridge in Ganja, RIA Novosti says", "It is two hundred metres long.", false},
		{"the president by his initial", news.En, news.SideAz, "I. Aliyev receives head of Dagestan", "", true},
		{"somebody else by his initial", news.En, news.SideAz, "Z. Aliyev receives head of Dagestan", "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := x.Read(news.Item{Title: tc.title, Text: tc.text, Lang: tc.lang, Side: tc.home})
			checkUnsaid(t, c, d, tc.want)
		})
	}
}

// TestInPassing holds what names both sides without being about what is between them.
func TestInPassing(t *testing.T) {
	c, x := open(t)
	for _, tc := range []struct {
		name        string
		lang        news.Lang
		title, text string
		want        bool
	}{
		{"a route that avoids one of them", news.En, "Azerbaijan ships polymers by a route bypassing Russia", "The first wagons arrived in Poti.", false},
		{"a route across one of them", news.En, "Russian flour reaches Armenia via Azerbaijan", "Twelve wagons came on Monday.", true},
		{"where somebody was born", news.Ru, "Певец дал концерт в Казани", "Артист родился в Баку и начинал там в хоре.", false},
		{"where goods come from", news.Ru, "В хурме азербайджанского происхождения нашли щитовку", "Груз задержали в Волгоградской области, поставка возвращена.", true},
		{"a shop called after a city", news.Az, "Gəncədə “Moskva” kinoteatrı bərpa olunur", "Zal üç yüz yerlikdir.", false},
		{"one shareholder of many", news.En, "Partners approve a platform at Shah Deniz", "Shares: operator 30%, Lukoil 20%, a Turkish firm 19%, others 31%.", false},
		{"only a border", news.Ru, "Под Дербентом перевернулся автобус", "Авария случилась на дороге к границе с Азербайджаном.", false},
		{"a border that it is about", news.Ru, "На границе у Дербента выросла очередь фур", "В Азербайджан за сутки пропустили сто машин.", true},
		{"an earthquake felt by both", news.En, "Earthquake shakes Derbent and Guba", "No damage was reported in Russia or Azerbaijan.", false},
		{"weather that comes from one of them", news.Az, "Rusiyadan soyuq hava kütləsi Azərbaycana gəlir", "", false},
		{"cities in a list", news.En, "Where Russians spend the long weekend", "Istanbul leads, Baku and Tashkent come next.", false},
		{"a crime and an origin", news.En, "Azerbaijani gang robbed shops in Moscow", "Four men face trial.", false},
		{"drugs and a citizenship", news.Az, "Lənkəranda Rusiya vətəndaşı heroinlə saxlanıldı", "Onda iki kiloqram tapılıb.", false},
		{"a supplier that others turn from", news.En, "EU and Azerbaijan agree on more gas", "The bloc turns away from Russian supplies.", false},
		{"a crime for which a state speaks up", news.En, "Azerbaijani shot dead in Moscow, embassy demands an inquiry", "The consul has met the family.", true},
		{"an alliance of many", news.En, "OPEC+ leaves quotas as they are", "Azerbaijan may pump 551,000 barrels a day. Russia may pump nine million.", false},
		{"the result of a match", news.Ru, "«Нефтчи» — «Рубин» 2:1", "Хозяева из Баку обыграли гостей из России.", false},
		{"nothing between them", news.En, "Azerbaijan counts its storks", "One of them was once ringed near Moscow.", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkUnsaid(t, c, x.Analyse(tc.title, tc.text, tc.lang), tc.want)
		})
	}
}

func checkUnsaid(t *testing.T, c *Classifier, d *lexicon.Doc, want bool) {
	t.Helper()
	v := c.Classify(d)
	checkVerdict(t, t.Name(), d, v)
	if v.Relevant == want {
		return
	}
	t.Errorf("Relevant = %v at %.2f, want %v; missing %q", v.Relevant, v.Score, want, v.Missing)
	for _, e := range v.Evidence {
		t.Logf("%+.2f %s %q %s (%s)", e.Points, e.Field, e.Form, e.Concept, e.Why)
	}
}

// TestRulesNameConcepts holds that every concept which the rules know by name is one of
// the lexicon's: a table that names another says nothing.
func TestRulesNameConcepts(t *testing.T) {
	_, x := open(t)
	ids := []string{metonym, peacekeepers}
	ids = append(ids, slices.Collect(maps.Keys(bonds))...)
	ids = append(ids, slices.Collect(maps.Keys(crowds))...)
	ids = append(ids, slices.Collect(maps.Keys(bodies))...)
	ids = append(ids, slices.Collect(maps.Keys(envoys))...)
	ids = append(ids, slices.Collect(maps.Keys(officers))...)
	ids = append(ids, slices.Collect(maps.Keys(newsrooms))...)
	ids = append(ids, slices.Collect(maps.Keys(conflictPlaces))...)
	ids = append(ids, slices.Collect(maps.Keys(conceptPoints))...)
	for _, id := range ids {
		if _, ok := x.Concept(id); !ok {
			t.Errorf("the rules name %s, which the lexicon does not have", id)
		}
	}
}
