package coverage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"samur/internal/lang"
	"samur/internal/news"
)

// planeStory is an event that Baku and Moscow tell in other words, in three languages.
var planeStory = []told{
	{id: "kura.1", title: "Prosecutor: the airliner was shot down over Grozny", text: "The airliner of the Azerbaijani carrier was shot down from the ground, the Prosecutor General's Office in Baku said on Tuesday. Thirty-eight people were on the list of victims."},
	{
		id: "shirvan.1", after: 30 * time.Minute, lang: news.Az, title: "Baş Prokurorluq: təyyarənin vurulması sübuta yetirilib",
		text: "Azərbaycan təyyarəsinin Qroznı üzərində vurulması faktı üzrə araşdırma davam edir, Baş Prokurorluqdan bildirilib. Bakı cavab gözləyir.",
	},
	{
		id: "neva.1", after: time.Hour, lang: news.Ru, title: "Следствие изучает причины крушения самолета",
		text: "Причины крушения азербайджанского самолета под Актау выясняются, заявили в Москве во вторник. Российская сторона передала Баку все материалы, в том числе записи переговоров диспетчеров с экипажем.",
	},
	{
		id: "volga.1", after: 2 * time.Hour, lang: news.Ru, title: "Москва передала Баку материалы о крушении лайнера",
		text: "Россия передала Азербайджану материалы о крушении лайнера. По словам представителя ведомства, работа комиссии продлится до конца года.",
	},
}

// visitStory is an event of which Baku's three voices have a name and a word that Moscow's
// do without.
var visitStory = []told{
	{id: "kura.1", title: "Lawmaker sent back from Astrakhan", text: "A lawmaker from Baku was sent back from Astrakhan, where Heydar Aliyev was to be honoured. Parliament called the refusal humiliating."},
	{id: "shirvan.1", title: "Deputy not let into Russia", text: "Border guards in Astrakhan gave no reason for the humiliating refusal. The deputy had come for a ceremony in memory of Heydar Aliyev."},
	{id: "absheron.1", title: "Baku asks Moscow about its deputy", text: "Guests of the ceremony for Heydar Aliyev waited in vain. It was humiliating, the deputy wrote after the flight home."},
	{id: "neva.1", title: "Astrakhan turns a deputy back", text: "A deputy from Azerbaijan was not let into the country on Monday. The border post acted by the law, its spokesman said in the evening."},
	{id: "volga.1", title: "Border service on the deputy from Baku", text: "The border service refused entry to a citizen of Azerbaijan at the airport. He flew back by the next plane, passengers wrote."},
	{id: "ladoga.1", title: "Entry refused at Astrakhan airport", text: "Entry was refused by the guards at the airport of Astrakhan. The foreign ministry has received no question from Baku."},
}

func wordsIn(c news.Coverage) string {
	var out []string
	for _, w := range c.Words {
		out = append(out, fmt.Sprintf("%s %s %q in %s by %d", w.Side, strings.TrimPrefix(w.Concept, choicePrefix), w.Form, w.Quote.Item, w.Voices))
	}
	return strings.Join(out, "; ")
}

func TestWordings(t *testing.T) {
	without := func(ts []told, ids ...string) []told {
		var out []told
		for _, r := range ts {
			if !strings.Contains(strings.Join(ids, " "), r.id) {
				out = append(out, r)
			}
		}
		return out
	}
	reworded := func(id, old, now string) []told {
		out := append([]told(nil), planeStory...)
		for i := range out {
			if out[i].id == id {
				out[i].title, out[i].text = strings.ReplaceAll(out[i].title, old, now), strings.ReplaceAll(out[i].text, old, now)
			}
		}
		return out
	}
	const both = `az shot-down "shot down" in kura.1 by 2; ru crash "крушения" in neva.1 by 2`
	tests := []struct {
		name string
		told []told
		want string
	}{
		{"shot down and crashed, in three languages", planeStory, both},
		{"one report leans on nothing, and is too little for the lack of a word to mean something", without(planeStory, "shirvan.1"), ""},
		{"a copy is no second voice", append(without(planeStory, "shirvan.1"), told{id: "absheron.1", copyOf: "kura.1", title: planeStory[0].title, text: planeStory[0].text}), ""},
		{"one voice with two reports does", append(without(planeStory, "shirvan.1"), told{id: "kura.2", after: time.Hour, title: "Baku on the airliner shot down in December", text: planeStory[0].text}), `az shot-down "shot down" in kura.1 by 1; ru crash "крушения" in neva.1 by 2`},
		{"a word that the other side uses once is not one's own", reworded("volga.1", "продлится до конца года", "покажет, был ли он сбит"), `ru crash "крушения" in neva.1 by 2`},
		{"the other side was hardly heard", without(planeStory[:3], "neva.1"), ""},
		{"a name and a word of three voices that three others have not", visitStory, `az person/heydar-aliyev "Heydar Aliyev" in kura.1 by 3; az  "humiliating" in kura.1 by 3`},
		{"two writers agree by chance", without(visitStory, "absheron.1"), ""},
		{"two others may have no room for it", without(visitStory, "ladoga.1"), ""},
		{"nobody on the other side", planeStory[:2], ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := wordsIn(Of(input(t, tt.told...))); got != tt.want {
				t.Errorf("Of words =\n  %s\nwant\n  %s", got, tt.want)
			}
		})
	}
}

// The words of one notion are found in every language, in the forms that news has.
func TestChoices(t *testing.T) {
	tests := map[string][]string{
		"shot-down":          {"en the jet was shot down", "ru самолет был сбит", "az təyyarənin vurulması"},
		"crash":              {"en it crashed near Aktau", "ru при крушении лайнера", "az təyyarə qəzası"},
		"killed":             {"en two men were killed", "ru были убиты двое", "az iki nəfər öldürülüb"},
		"died":               {"en two men died", "ru двое погибли", "az iki nəfər həlak olub"},
		"torture":            {"en they were tortured", "ru сообщили о пытках", "az işgəncə verilib"},
		"beaten":             {"en he was beaten", "ru он был избит", "az döyülüb"},
		"arrest":             {"en an arrest followed", "ru арестовали журналистов", "az həbs olunub"},
		"detention":          {"en police detained six", "ru задержаны шесть человек", "az saxlanılıb"},
		"raid":               {"en the raids in the city", "ru облавы в городе", "az reydlər keçirilib"},
		"occupation":         {"en the occupied lands", "ru оккупированные земли", "az işğal altında"},
		"aggression":         {"en an act of aggression", "ru акт агрессии", "az hərbi təcavüz"},
		"war":                {"en the war goes on", "ru идет война", "az müharibə davam edir"},
		"special-operation":  {"en the special military operation", "ru участник специальной военной операции", "az xüsusi hərbi əməliyyat"},
		"provocation":        {"en a provocation", "ru это провокация", "az bu təxribatdır"},
		"incident":           {"en an incident in the air", "ru инцидент в воздухе", "az insident baş verib"},
		"bird-strike":        {"en a bird strike", "ru стая птиц", "az quş sürüsü"},
		"apology":            {"en he apologised", "ru принес извинения", "az üzr istəyib"},
		"compensation":       {"en compensation to families", "ru выплатит компенсации", "az təzminat ödəyəcək"},
		"guilt":              {"en the guilty", "ru наказать виновных", "az günahkarlar"},
		"protest":            {"en a note of protest", "ru нота протеста", "az etiraz notası"},
		"discrimination":     {"en xenophobia is growing", "ru ксенофобия растет", "az ksenofobiya artır"},
		"criminal-group":     {"en a criminal gang", "ru преступная группировка", "az cinayətkar qrupun"},
		"hostage":            {"en taken hostage", "ru взяты в заложники", "az girov götürülüb"},
		"political-prisoner": {"en political prisoners", "ru политзаключенные", "az siyasi məhbuslar"},
		"nagorno":            {"en Nagorno-Karabakh", "ru Нагорного Карабаха", "az Dağlıq Qarabağ"},
		"ally":               {"en as allies", "ru как союзники", "az müttəfiqlər"},
		"ultimatum":          {"en an ultimatum", "ru ультиматум", "az ultimatum"},
		"genocide":           {"en a genocide", "ru геноцид", "az soyqırımı"},
	}
	for id, texts := range tests {
		for _, line := range texts {
			l, text, _ := strings.Cut(line, " ")
			met := false
			choose(plainWords(lang.Parse(text, news.Lang(l)).Tokens), news.Lang(l), func(found string, _, _ int) {
				met = met || found == choicePrefix+id
			})
			if !met {
				t.Errorf("%s is not found in %q", id, text)
			}
		}
	}
	for _, c := range choices {
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			for _, w := range c.words[l] {
				if len(w) < keyBytes || lang.Plain(w) != w {
					t.Errorf("%s: %q is too short, or not plain", c.id, w)
				}
			}
		}
	}
}
