package figures

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		l    news.Lang
		in   string
		want string // "" when it is no value
	}{
		{news.En, "3.4", "3.4"},
		{news.En, "3,400", "3400"},
		{news.En, "1,234,567.8", "1234567.8"},
		{news.En, "17.06.23", ""},
		{news.En, "14:30", ""},
		{news.Ru, "3,4", "3.4"},
		{news.Ru, "20 099,88", "20099.88"},
		{news.Ru, "5 000 000", "5000000"},
		{news.Ru, "160.000", "160000"},
		{news.Ru, "3,456 млрд", "3.456"},
		{news.Ru, "253,760 тонн", "253760"},
		{news.Az, "160.000", "160000"},
		{news.Az, "20 099,88", "20099.88"},
		{news.Az, "1,45 mlrd.", "1.45"},
		{news.En, "12345678901234567890", ""},
		{news.En, "0.815", "0.815"},
	} {
		_, got, ok := scanNumber(c.in, 0, c.l)
		if !ok {
			got = ""
		}
		if got != c.want {
			t.Errorf("scanNumber(%q, %s) = %q, want %q", c.in, c.l, got, c.want)
		}
	}
}

func TestDetails(t *testing.T) {
	text := "По данным ФТС России, взаимная торговля выросла на 16% и достигла почти $3,4 млрд в 2021 году."
	fs := Extract(doc(news.Ru, "", text), day("2022-02-22"))
	if len(fs) != 1 {
		t.Fatalf("Extract(%q) gives %d figures, want 1", text, len(fs))
	}
	f := fs[0]
	if got := text[f.Start:f.End]; got != "$3,4 млрд" {
		t.Errorf("the number stands at %q, want %q", got, "$3,4 млрд")
	}
	want := news.Figure{
		Indicator: "trade-turnover", Value: 3.4, Unit: "bn USD", Period: "2021", Approx: "about", Counter: "ФТС России",
		Change:   &news.Change{Direction: "up", Percent: 16},
		Sentence: text, Field: news.FieldText, Start: f.Start, End: f.End,
	}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Errorf("Extract (-want +got):\n%s", diff)
	}
}

func TestRangeAndTimes(t *testing.T) {
	fs := Extract(doc(news.En, "", "Freight grew 2.3 times to 3-5 million tons in 2023."), day("2024-02-22"))
	if len(fs) != 1 || fs[0].Value != 3 || fs[0].High != 5 || fs[0].Unit != "mn t" || fs[0].Change == nil || fs[0].Change.Times != 2.3 {
		t.Errorf("Extract = %+v, want 3 to 5 mn t, up 2.3 times", fs)
	}
}

func TestTitleAndTextGiveOneFigure(t *testing.T) {
	d := doc(news.Ru, "Товарооборот с Россией в 2021 году достиг $3,4 млрд", "Взаимная торговля достигла 3,4 миллиарда долларов.")
	if got := short(Extract(d, day("2022-02-22"))); len(got) != 1 {
		t.Errorf("Extract = %v, want one figure", got)
	}
}

func TestOtherLanguagesGiveNothing(t *testing.T) {
	if got := Extract(doc(news.Tr, "Ticaret hacmi 7,5 milyar dolar", ""), day("2024-02-22")); got != nil {
		t.Errorf("Extract(Turkish) = %v, want none", got)
	}
}

// FuzzExtract: whatever the text, figures lie in it and their sentences are
// verbatim.
func FuzzExtract(f *testing.F) {
	for _, c := range extractCases {
		f.Add(c.title, c.text, string(c.lang))
	}
	f.Add("3–5 – $", "1,,2 млрд. . 3 3 3 $ $ 9~", "ru")
	f.Fuzz(func(t *testing.T, title, text, l string) {
		if len(title)+len(text) > 4000 {
			t.Skip()
		}
		ln := news.Lang(l)
		if grammars()[ln] == nil {
			ln = news.Az
		}
		d := &lexicon.Doc{Title: lang.Parse(title, ln), Body: lang.Parse(text, ln)}
		for _, g := range Extract(d, day("2024-05-06")) {
			raw := d.Text(g.Field).Raw
			if g.Start < 0 || g.End > len(raw) || g.Start >= g.End {
				t.Fatalf("figure at %d:%d of a text of %d bytes", g.Start, g.End, len(raw))
			}
			if g.Indicator == "" || g.Unit == "" || g.Sentence == "" {
				t.Fatalf("incomplete figure %+v", g)
			}
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	d := doc(news.Ru, "Путин: товарооборот с Азербайджаном вырос на 16%, до $3,4 млрд",
		"Взаимная торговля России и Азербайджана по итогам 2021 года прибавила 16% и достигла 3,4 миллиарда долларов, взаимные капиталовложения оцениваются примерно в 6 миллиардов, заявил президент РФ после переговоров. Встреча прошла в Кремле.")
	for b.Loop() {
		Extract(d, day("2022-02-22"))
	}
}

func BenchmarkExtractNoNumbers(b *testing.B) {
	d := doc(news.En, "Speakers of two parliaments met in Baku", "They spoke of ties between committees and of the culture of both peoples, the press service said.")
	for b.Loop() {
		Extract(d, day("2022-02-22"))
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		name string
		l    news.Lang
		text string
		want Marks
	}{
		{"ru", news.Ru, "23-е заседание прошло 22 августа, оборот 3,4 млрд долларов.", Marks{
			Numbers: []Number{{3.4e9, "USD"}}, Days: []string{"2025-08-22"}, Ordinals: []Ordinal{{23, "засе"}},
		}},
		{"en", news.En, "The 12th forum opened on Feb 28; 38 people came, up 4 percent.", Marks{
			Numbers: []Number{{38, "persons"}, {4, "%"}}, Days: []string{"2025-02-28"}, Ordinals: []Ordinal{{12, "forum"}},
		}},
		{"az", news.Az, "Dekabrın 31-də 67 nəfər gəlib.", Marks{Numbers: []Number{{67, "persons"}}, Days: []string{"2024-12-31"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			pub := map[string]string{"ru": "2025-08-22", "en": "2025-02-27", "az": "2025-01-01"}[c.name]
			if diff := cmp.Diff(c.want, MarksOf(lang.Parse(c.text, c.l), day(pub))); diff != "" {
				t.Errorf("MarksOf(%q) (-want +got):\n%s", c.text, diff)
			}
		})
	}
}

// A number is not said to be counted by whom the sentence beside it names.
func TestCounterOfItsOwnNumber(t *testing.T) {
	tests := []struct {
		lang  news.Lang
		text  string
		value float64
		want  string
	}{
		{news.Ru, "По данным ФТС России, товарооборот с Азербайджаном составил $3,4 млрд. Азербайджанская сторона называла $3,6 млрд.", 3.4, "ФТС России"},
		{news.Ru, "По данным ФТС России, товарооборот с Азербайджаном составил $3,4 млрд. Азербайджанская сторона называла $3,6 млрд.", 3.6, ""},
		{news.Ru, "По данным ФТС России, товарооборот с Азербайджаном за 2021 г. составил $3,4 млрд.", 3.4, "ФТС России"},
	}
	for _, tt := range tests {
		fs := Extract(doc(tt.lang, "", tt.text), day("2022-02-01"))
		i := slices.IndexFunc(fs, func(f news.Figure) bool { return f.Value == tt.value })
		if i < 0 || fs[i].Counter != tt.want {
			t.Errorf("Extract(%q) = %+v, want %g counted by %q", tt.text, fs, tt.value, tt.want)
		}
	}
}
