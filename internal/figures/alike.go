package figures

import (
	"strings"
	"time"

	"samur/internal/news"
)

// Two figures of one indicator, unit and period need not count the same: tomatoes and
// potatoes are both exports, a region of Russia has a turnover of its own, and a forecast is
// no count. What its sentence names tells them apart, in whichever language it does.

// thing is a kind of goods, a region, or that something is yet to be, with stems of its names.
type thing struct {
	id    string
	stems []string // lower case, as texts have them
}

var things = []thing{
	{"tomatoes", []string{"tomato", "томат", "помидор", "pomidor"}},
	{"potatoes", []string{"potato", "картоф", "kartof"}},
	{"onions", []string{"onion", "лук ", "лука", "луку", "soğan", "sogan"}},
	{"apples", []string{"apple", "яблок", " alma"}},
	{"persimmons", []string{"persimmon", "хурм", "xurma"}},
	{"nuts", []string{"hazelnut", "фундук", "орех", "fındıq", "findiq"}},
	{"fruit", []string{"fruit", "vegetable", "фрукт", "овощ", "meyv", "tərəvəz", "terevez"}},
	{"eggs", []string{" egg", "яйц", "яиц", "yumurta"}},
	{"wheat", []string{"wheat", "пшениц", "buğda", "bugda"}},
	{"grain", []string{"grain", "зерн", "taxıl", "taxil"}},
	{"sugar", []string{"sugar", "сахар", "şəkər", "seker"}},
	{"meat", []string{" meat", "poultry", "chicken", "мяс", "птиц", " ət ", "toyuq"}},
	{"sunflower oil", []string{"sunflower", "подсолнечн", "günəbaxan", "gunebaxan"}},
	{"oil", []string{" oil", "crude", "нефт", " neft"}},
	{"fertilisers", []string{"fertili", "удобрен", "gübrə", "gubre"}},
	{"timber", []string{"timber", "lumber", "лесо", "пиломатериал", "taxta"}},
	{"wine", []string{" wine", " вин", "şərab", "serab"}},
	{"containers", []string{"container", "teu", "контейнер", "konteyner"}},

	{"Tatarstan", []string{"tatar", "татар"}},
	{"Bashkortostan", []string{"bashk", "башк", "başq", "basqir"}},
	{"Dagestan", []string{"dagest", "daghest", "дагест", "dağıst", "dagist"}},
	{"Stavropol", []string{"stavropol", "ставроп"}},
	{"Astrakhan", []string{"astrakh", "астрахан", "həştərxan", "hesterxan"}},
	{"Urals", []string{"sverdlovsk", "свердловск", "yekaterinburg", "екатеринбург", "yekaterinburq"}},
	{"Chelyabinsk", []string{"chelyabinsk", "челябинск", "çelyabinsk", "celyabinsk"}},
	{"Saratov", []string{"saratov", "саратов"}},
	{"Ulyanovsk", []string{"ulyanovsk", "ульяновск"}},
	{"Samara", []string{"samara ", "самарск", "самаре"}},
	{"Volgograd", []string{"volgograd", "волгоград", "volqoqrad"}},
	{"Krasnodar", []string{"krasnodar", "краснодар", "kuban", "кубан"}},
	{"Rostov", []string{"rostov", "ростов"}},
	{"Petersburg", []string{"petersburg", "петербург", "peterburq", "leningrad", "ленинград"}},
	{"Chechnya", []string{"chech", "чечн", "чечен", "çeçen"}},
	{"Kalmykia", []string{"kalmyk", "калмык", "kalmık"}},
	{"Omsk", []string{" omsk", " омск"}},
	{"Novosibirsk", []string{"novosibirsk", "новосибирск"}},
	{"Perm", []string{" perm ", "пермск", " perm"}},
	{"Lipetsk", []string{"lipetsk", "липецк"}},
	{"Vologda", []string{"vologda", "вологод", "voloqda"}},
	{"Altai", []string{"altai", "altay", "алта"}},
	{"Nizhny Novgorod", []string{"nizhn", "нижегород", "нижн"}},
	{"Udmurtia", []string{"udmurt", "удмурт"}},
	{"Chuvashia", []string{"chuvash", "чуваш", "çuvaş"}},
	{"Orenburg", []string{"orenburg", "оренбург", "orenburq"}},
	{"forecast", []string{" will ", " may ", " could ", "expected", "forecast", " is to ", "прогноз", "ожида", "может ", "планиру", "составит", "достигнет", "bilər", "biler", "gözlənil", "gozlenil", "proqnoz", "planlaş", "acaq", "əcək", "ecek"}},
	{"region", []string{" region's", "the region", " области", " край", " region "}},
}

// thingsIn lists what the sentence of a figure names of the above, as one string.
func thingsIn(f news.Figure) string {
	s := " " + strings.ToLower(strings.NewReplacer("İ", "i", "I", "ı").Replace(f.Sentence)) + " "
	t := " " + strings.ToLower(f.Sentence) + " "
	var b strings.Builder
	for i := range things {
		for _, stem := range things[i].stems {
			if strings.Contains(t, stem) || strings.Contains(s, stem) {
				b.WriteString(things[i].id + ";")
				break
			}
		}
	}
	return b.String()
}

// leastNational is the least turnover, in dollars, that is that of the two countries, if no
// region is named.
const leastNational = 5e8

// alike reports whether two figures of one indicator, unit and period can count the same.
func alike(f, g news.Figure) bool {
	if a, b := Measure(f), Measure(g); f.Indicator == "trade-turnover" && a.Unit == "USD" && a.Value < leastNational && b.Value < leastNational && thingsIn(f) == "" {
		return false // of some region each
	}
	return thingsIn(f) == thingsIn(g)
}

// severally holds the indicators of what may happen more than once in a period: two counts
// are of two occurrences.
var severally = map[string]bool{"agreements": true, "aid": true, "fines": true, "arrests": true, "regions": true}

// counted reports whether a period has one true value of what a figure counts: not of papers
// signed, loads sent or contracts for so much a year.
func counted(f news.Figure) bool {
	m := Measure(f)
	return !severally[f.Indicator] && f.Period != "annual" && (m.Unit != "t" || m.Value > mostConsigned || len(f.Period) != len("2006-01"))
}

// Told is a value with all who state it.
type Told struct {
	Point           // the one that says it best
	By    []string  // outlets, in the order of publication
	First time.Time // when it was first published
	All   []int     // indices of the series
}

// tellAgain is how long after it was first told an undated value is taken for the same.
const tellAgain = 31 * 24 * time.Hour

// Merge sets the points of a series that state one value of one period together, whatever
// their languages: a number told by three outlets stands once, with three sources.
func Merge(series []Point) []Told {
	var out []Told
next:
	for i, p := range series {
		for k := len(out) - 1; k >= 0 && out[k].Figure.Period == p.Figure.Period; k-- {
			t := &out[k]
			if !Same(t.Figure, p.Figure) || p.Figure.Period == "" && p.Published.Sub(t.First).Abs() > tellAgain {
				continue
			}
			if !exactly(t.Figure, p.Figure) && thingsIn(t.Figure) != thingsIn(p.Figure) {
				continue
			}
			t.add(p, i)
			continue next
		}
		out = append(out, Told{Point: p, By: []string{p.Outlet}, First: p.Published, All: []int{i}})
	}
	return out
}

// exactly reports whether two figures are one number of so many digits that chance did not
// make them equal.
func exactly(f, g news.Figure) bool {
	a, b := Measure(f), Measure(g)
	const digits = 100 // of the last one written
	return a.Value == b.Value && a.Value >= digits*max(a.Step, b.Step)
}

// add takes in a point that states the value too.
func (t *Told) add(p Point, i int) {
	known := false
	for _, o := range t.By {
		known = known || o == p.Outlet
	}
	if !known {
		t.By = append(t.By, p.Outlet)
	}
	t.All = append(t.All, i)
	note := t.Point
	if better(p.FigurePoint.Figure, t.FigurePoint.Figure) {
		t.FigurePoint = p.FigurePoint
	}
	if !note.Disputed && p.Disputed {
		t.Disputed, t.Against = true, p.Against
	}
	if note.RevisedTo == nil {
		t.RevisedTo = p.RevisedTo
	}
	if note.Revises == nil {
		t.Revises = p.Revises
	}
}
