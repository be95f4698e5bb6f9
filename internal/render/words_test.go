package render

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"samur/internal/news"
)

var tables = map[string]*words{"en": &english, "ru": &russian, "az": &azerbaijani}

// TestWords walks the table of every language: no string, plural form or key of a
// map may be missing that another language has.
func TestWords(t *testing.T) {
	for name, w := range tables {
		t.Run(name, func(t *testing.T) {
			v, en := reflect.ValueOf(*w), reflect.ValueOf(english)
			for i := range v.NumField() {
				field := v.Type().Field(i).Name
				complete(t, field, v.Field(i), w.forms)
				if v.Field(i).Kind() == reflect.Map {
					if got, want := keys(v.Field(i)), keys(en.Field(i)); !slices.Equal(got, want) {
						t.Errorf("%s has keys %q, want those of English %q", field, got, want)
					}
				}
			}
			for n := range 1000 {
				if f := w.form(n); f < 0 || f >= w.forms {
					t.Fatalf("form(%d) = %d, want one of %d forms", n, f, w.forms)
				}
			}
		})
	}
}

// complete fails for an empty string anywhere in v, and for a plural that has not one
// operand in each of its forms.
func complete(t *testing.T, name string, v reflect.Value, forms int) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		if v.String() == "" {
			t.Errorf("%s is missing", name)
		}
	case reflect.Array, reflect.Slice:
		if v.Type() == reflect.TypeFor[plural]() && v.Len() != forms {
			t.Errorf("%s has %d forms, want %d", name, v.Len(), forms)
		}
		for i := range v.Len() {
			complete(t, fmt.Sprintf("%s[%d]", name, i), v.Index(i), forms)
			if v.Type() == reflect.TypeFor[plural]() && strings.Count(v.Index(i).String(), "%s") != 1 {
				t.Errorf("%s[%d] = %q, want one %%s for the number", name, i, v.Index(i))
			}
		}
	case reflect.Map:
		if v.Len() == 0 {
			t.Errorf("%s is empty", name)
		}
		for _, k := range v.MapKeys() {
			complete(t, name+"["+k.String()+"]", v.MapIndex(k), forms)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			complete(t, name+"."+v.Type().Field(i).Name, v.Field(i), forms)
		}
	case reflect.Func:
		if v.IsNil() {
			t.Errorf("%s is missing", name)
		}
	}
}

func keys(m reflect.Value) []string {
	var out []string
	for _, k := range m.MapKeys() {
		out = append(out, k.String())
	}
	slices.Sort(out)
	return out
}

func TestPlurals(t *testing.T) {
	for _, tc := range []struct {
		lang news.Lang
		n    int
		want string
	}{
		{news.En, 0, "0 stories"},
		{news.En, 1, "1 story"},
		{news.En, 21, "21 stories"},
		{news.En, 1000, "1,000 stories"},
		{news.Ru, 0, "0 сюжетов"},
		{news.Ru, 1, "1 сюжет"},
		{news.Ru, 2, "2 сюжета"},
		{news.Ru, 4, "4 сюжета"},
		{news.Ru, 5, "5 сюжетов"},
		{news.Ru, 11, "11 сюжетов"},
		{news.Ru, 12, "12 сюжетов"},
		{news.Ru, 14, "14 сюжетов"},
		{news.Ru, 21, "21 сюжет"},
		{news.Ru, 22, "22 сюжета"},
		{news.Ru, 111, "111 сюжетов"},
		{news.Ru, 1001, "1001 сюжет"},
		{news.Az, 1, "1 xəbər"},
		{news.Az, 25, "25 xəbər"},
	} {
		f := newFrame(news.Digest{Lang: tc.lang})
		if got := f.count(f.w.stories, tc.n); got != tc.want {
			t.Errorf("count(stories, %d) in %s = %q, want %q", tc.n, tc.lang, got, tc.want)
		}
	}
}

func TestFigureInWords(t *testing.T) {
	up := &news.Change{Direction: "up", Percent: 12.5, Base: "2023"}
	down := &news.Change{Direction: "down", Times: 2.3}
	for _, tc := range []struct {
		name       string
		g          news.Figure
		en, ru, az string
	}{
		{
			"scale and currency",
			news.Figure{Indicator: "trade-turnover", Value: 4.4, Unit: "bn USD", Period: "2024"},
			"Trade turnover, 2024: 4.4 bn USD", "Товарооборот, 2024: 4,4 млрд долл. США", "Ticarət dövriyyəsi, 2024: 4,4 mlrd ABŞ dolları",
		},
		{
			"first months and growth",
			news.Figure{Indicator: "exports", Value: 1050, Unit: "mn USD", Period: "6M2024", Change: up},
			"Exports, January–June 2024: 1,050 mn USD, up 12.5% (against 2023)",
			"Экспорт, январь–июнь 2024: 1050 млн долл. США, рост на 12,5\u00A0% (к периоду: 2023)",
			"İxrac, yanvar–iyun 2024: 1050 mln ABŞ dolları, 12,5% artım (müqayisə dövrü: 2023)",
		},
		{
			"grouping and a fall by times",
			news.Figure{Indicator: "tourists", Value: 1250000, Unit: "persons", Period: "2024-03", Change: down},
			"Visitors, March 2024: 1,250,000 people, down 2.3 times",
			"Туристы, март 2024: 1\u00A0250\u00A0000 чел., снижение в 2,3 раза",
			"Turistlər, mart 2024: 1\u00A0250\u00A0000 nəfər, 2,3 dəfə azalma",
		},
		{
			"range over a turn of the year",
			news.Figure{Indicator: "freight-volume", Value: 31.2, High: 33, Unit: "thousand t", Period: "2025-11/2026-02", Approx: "about"},
			"Freight, November 2025 – February 2026: about 31.2–33 thousand t",
			"Грузоперевозки, ноябрь 2025 – февраль 2026: около 31,2–33 тыс. т",
			"Yükdaşıma, noyabr 2025 – fevral 2026: təxminən 31,2–33 min ton",
		},
		{
			"counted things",
			news.Figure{Indicator: "transit-volume", Value: 22, Unit: "containers", Period: "2024 YTD"},
			"Transit, 2024 to date: 22 containers", "Транзит, с начала 2024 года: 22 контейнера", "Tranzit, 2024, ilin əvvəlindən: 22 konteyner",
		},
		{
			"an approximation takes the genitive",
			news.Figure{Indicator: "transit-volume", Value: 22, Unit: "containers", Approx: "more-than"},
			"Transit: more than 22 containers", "Транзит: более 22 контейнеров", "Tranzit: 22 konteyner və daha çox",
		},
		{
			"annual",
			news.Figure{Indicator: "gas-volume", Value: 1, Unit: "bn m3", Period: "annual"},
			"Gas: 1 bn m³ a year", "Газ: 1 млрд куб. м в год", "Qaz: ildə 1 mlrd kubmetr",
		},
		{
			"years",
			news.Figure{Indicator: "students", Value: 800, Unit: "count", Period: "2023/2024", Counter: "ministry"},
			"Students, 2023–2024: 800; counted by ministry", "Студенты, 2023–2024: 800; по данным: ministry", "Tələbələr, 2023–2024: 800; hesablayan: ministry",
		},
		{
			"price",
			news.Figure{Indicator: "prices", Value: 180, Unit: "USD/thousand m3", Period: "2023-03"},
			"Prices, March 2023: 180 USD per thousand m³", "Цены, март 2023: 180 долл. США за тыс. куб. м", "Qiymətlər, mart 2023: min kubmetri 180 ABŞ dolları",
		},
		{
			"rate",
			news.Figure{Indicator: "flights", Value: 2, Unit: "flights/week", Period: "2021-02"},
			"Flights, February 2021: 2 flights a week", "Авиарейсы, февраль 2021: 2 рейса в неделю", "Aviareyslər, fevral 2021: həftədə 2 reys",
		},
		{
			"people",
			news.Figure{Indicator: "casualties", Value: 38, Unit: "killed", Period: "2024-12", Approx: "more-than"},
			"Casualties, December 2024: more than 38 killed", "Погибшие и пострадавшие, декабрь 2024: более 38 погибших", "Həlak olanlar və yaralılar, dekabr 2024: 38 həlak olan və daha çox",
		},
		{
			"unknown ids stay",
			news.Figure{Indicator: "snow", Value: 2, Unit: "bn ducats", Period: "Lent"},
			"snow, Lent: 2 bn ducats", "snow, Lent: 2 млрд ducats", "snow, Lent: 2 mlrd ducats",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for l, want := range map[news.Lang]string{news.En: tc.en, news.Ru: tc.ru, news.Az: tc.az} {
				if got := newFrame(news.Digest{Lang: l}).statement(tc.g); got != want {
					t.Errorf("statement(%+v) in %s = %q, want %q", tc.g, l, got, want)
				}
			}
		})
	}
}

func TestClean(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"spaces and line breaks", " a\r\n\tb \u2028 c ", "a b c"},
		{"no-break spaces stay", "4\u00A0млн", "4\u00A0млн"},
		{"terminal control", "\x1b[31mred\x07\u009b", "[31mred"},
		{"direction", "a\u202Eb\u2066c\u200Fd\u061C", "abcd"},
		{"invisible", "a\u00ADb\u200Bc\uFEFF\U000E0041", "abc"},
		{"joiners stay", "می\u200Cخواهم", "می\u200Cخواهم"},
		{"not UTF-8", "a\xffb", "a\uFFFDb"},
		{"stacked marks", "a" + strings.Repeat("\u0301", 9), "a\u0301\u0301\u0301"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := clean(tc.in); got != tc.want {
				t.Errorf("clean(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestLink(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"},
		{" http://a.example ", "http://a.example"},
		{"HTTPS://a.example/", "https://a.example/"},
		{"https://новости.example/путь", "https://новости.example/%D0%BF%D1%83%D1%82%D1%8C"},
		{"https://a.example/(b)?q=<c> \"d\"`", "https://a.example/(b)?q=%3Cc%3E%20%22d%22%60"},
		{"https://a.example/?q=\u202Ex", "https://a.example/?q=%E2%80%AEx"},
		{"https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"},
		{"javascript:alert(1)", ""},
		{"java\nscript:alert(1)", ""},
		{"data:text/html,x", ""},
		{"//a.example/", ""},
		{"https://bank.example@evil.example/", ""},
		{"https://a\u202E.example/", ""},
		{"https:///path", ""},
		{"mailto:a@example.org", ""},
		{"https://a.example/" + strings.Repeat("x", 2000), ""},
		{"", ""},
	} {
		if got := link(tc.in); got != tc.want {
			t.Errorf("link(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestEscape(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"link", "](javascript:alert(1))", `\](javascript:alert(1))`},
		{"code", "`x` ``", "\\`x\\` \\`\\`"},
		{"tag", "<script>", `\<script\>`},
		{"heading", "# a", `\# a`},
		{"table", "a | b", `a \| b`},
		{"ordered list", "12. a", `12\. a`},
		{"list", "- a", `\- a`},
		{"a number keeps its point", "4.4 bn", "4.4 bn"},
		{"bare addresses", "http://a www.b c@d", `http\://a www\.b c\@d`},
		{"entity, formula, emphasis", "&amp; $x$ *a* _b_ ~c~", `\&amp; \$x\$ \*a\* \_b\_ \~c\~`},
		{"signs inside words", "a-b c+d e=f g#h", `a-b c+d e=f g\#h`},
		{"backslash", `a\b`, `a\\b`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := escape(tc.in); got != tc.want {
				t.Errorf("escape(%q) = %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestMarkdownLink(t *testing.T) {
	for _, tc := range []struct{ link, want string }{
		{"", "a"},
		{"https://a.example/x?a=1&b=2", "[a](<https://a.example/x?a=1&b=2>)"},
		{"https://a.example/x?a=1&lt;b", "[a](<https://a.example/x?a=1&amp;lt;b>)"},
	} {
		if got := linked("a", tc.link); got != tc.want {
			t.Errorf("linked(%q) = %q, want %q", tc.link, got, tc.want)
		}
	}
}

func TestTopicName(t *testing.T) {
	d := news.Digest{Lang: news.Ru, Sections: []news.Section{{Topic: "trade", Heading: "Своё имя"}}}
	for slug, want := range map[string]string{"trade": "Своё имя", "energy": "Энергетика", "own-topic": "own-topic"} {
		if got := newFrame(d).topic(slug); got != want {
			t.Errorf("topic(%q) = %q, want %q", slug, got, want)
		}
	}
}

func TestPara(t *testing.T) {
	for _, tc := range []struct {
		name, first, pad, in, want string
	}{
		{"fits", "- ", "  ", "a b", "- a b\n"},
		{"nothing", "- ", "  ", "", ""},
		{"breaks between words", "1. ", "   ", strings.Repeat("слово ", 13), "1. " + strings.TrimSpace(strings.Repeat("слово ", 11)) + "\n   слово слово\n"},
		{"marks take no column", "", "", strings.Repeat("e\u0301", 72), strings.Repeat("e\u0301", 72) + "\n"},
		{"wide letters take two", "", "", strings.Repeat("字", 40), strings.Repeat("字", 36) + "\n" + strings.Repeat("字", 4) + "\n"},
		{"a word that is too long", "", "  ", "a " + strings.Repeat("x", 100), "a\n  " + strings.Repeat("x", 70) + "\n  " + strings.Repeat("x", 30) + "\n"},
		{"no break at a no-break space", "", "", strings.Repeat("x", 68) + " 12\u00A0345", strings.Repeat("x", 68) + "\n12\u00A0345\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := &textWriter{}
			w.para(tc.first, tc.pad, tc.in)
			if got := w.b.String(); got != tc.want {
				t.Errorf("para(%q) =\n%q, want\n%q", tc.in, got, tc.want)
			}
		})
	}
}

// TestTables keeps the languages of the frame and those of tables together.
func TestTables(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if got := wordsOf(news.Lang(name)); got != tables[name] || string(got.code) != name {
			t.Errorf("wordsOf(%q) is the table of %q", name, got.code)
		}
	}
	if got := wordsOf(news.Other); got != &english {
		t.Errorf("wordsOf(other) is the table of %q, want English", got.code)
	}
}

// TestAtTheSameTime holds that sides of one minute are not told apart by "0 min".
func TestAtTheSameTime(t *testing.T) {
	c := news.Coverage{Sides: []news.SideReport{
		{Side: news.SideAz, First: news.Source{Outlet: "Kura"}},
		{Side: news.SideRu, First: news.Source{Outlet: "Neva"}, Lag: 40 * time.Second},
		{Side: news.SideOther, First: news.Source{Outlet: "Thames"}, Lag: time.Minute},
	}}
	for l, want := range map[news.Lang]string{
		news.En: "Azerbaijani outlets first (Kura) · Russian outlets at the same time (Neva) · outlets elsewhere after 1 min (Thames)",
		news.Ru: "первыми — азербайджанские издания (Kura) · российские издания — одновременно (Neva) · издания других стран — через 1 мин (Thames)",
		news.Az: "birinci – Azərbaycan nəşrləri (Kura) · Rusiya nəşrləri – eyni vaxtda (Neva) · digər ölkələrin nəşrləri – 1 dəq sonra (Thames)",
	} {
		var said []string
		for _, s := range newFrame(news.Digest{Lang: l}).coverage(c) {
			said = append(said, s.words())
		}
		if got := strings.ReplaceAll(strings.Join(said, " · "), "\u00A0", " "); got != want {
			t.Errorf("coverage in %s = %q, want %q", l, got, want)
		}
	}
}

func TestQuoteInQuote(t *testing.T) {
	for _, tc := range []struct {
		lang     news.Lang
		in, want string
	}{
		{news.En, "“Azərbaycan Hava Yolları” uçur, it isn't a \"rumour\"", "“‘Azərbaycan Hava Yolları’ uçur, it isn't a \"rumour\"”"},
		{news.En, "«Север — Юг»", "“«Север — Юг»”"},
		{news.Ru, "«Лицо — гематома». Кто эти «айтишники»", "«„Лицо — гематома“. Кто эти „айтишники“»"},
		{news.Ru, "“Orlovka” stansiyası", "«“Orlovka” stansiyası»"},
		{news.Az, "“Orlovka” stansiyası", "“‘Orlovka’ stansiyası”"},
	} {
		if got := In(tc.lang, "UTC").Quoted(tc.in); got != tc.want {
			t.Errorf("Quoted(%q) in %s = %q, want %q", tc.in, tc.lang, got, tc.want)
		}
	}
}

// TestWordingsPrintNoSentenceTwice holds that the sentence of a word is left out where it
// stands above as a quote.
func TestWordingsPrintNoSentenceTwice(t *testing.T) {
	q := news.Quote{Text: "Families of those killed in the crash will be paid.", Outlet: "Neva", Lang: news.En}
	e := news.Entry{
		Headline: news.Quote{Text: "Presidents meet", Lang: news.En},
		Coverage: &news.Coverage{Words: []news.Wording{{Side: news.SideRu, Form: "crash", Quote: q}}},
	}
	f := newFrame(news.Digest{Lang: news.En})
	for want, quotes := range map[string][]news.Quote{
		"“crash” “Families of those killed in the crash will be paid.” — Neva": nil,
		"“crash” — Neva": {q},
	} {
		e.Quotes = quotes
		var said []string
		for _, l := range f.story(e).Lines {
			for _, s := range l.Spans {
				said = append(said, s.words())
			}
		}
		if got := strings.Join(said, " "); got != want {
			t.Errorf("with quotes %v the lines say %q, want %q", quotes, got, want)
		}
	}
}
