package normalise

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var verbose = flag.Bool("asides", false, "print every form of testdata/asides.txt that is not set aside as it should be")

// asideCase is a line of testdata/asides.txt.
type asideCase struct {
	lang, outlet, text string
	aside              []string
	via                string
}

func readAsides(t *testing.T) []asideCase {
	t.Helper()
	b, err := os.ReadFile("testdata/asides.txt")
	if err != nil {
		t.Fatal(err)
	}
	var cases []asideCase
	lang := ""
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if l, ok := strings.CutPrefix(line, "## "); ok && len(l) == 2 {
			lang = l
		}
		outlet, text, ok := strings.Cut(line, " |")
		last := strings.LastIndex(text, " |")
		if strings.HasPrefix(line, "#") || !ok || last < 0 {
			continue
		}
		c := asideCase{lang: lang, outlet: outlet, via: strings.TrimSpace(text[last+len(" |"):])}
		rest := strings.ReplaceAll(strings.TrimSpace(text[:last]), `\n`, "\n")
		for {
			before, after, ok := strings.Cut(rest, "[[")
			c.text += before
			if !ok {
				break
			}
			marked, end, _ := strings.Cut(after, "]]")
			for strings.HasPrefix(end, "]") {
				marked, end = marked+"]", end[1:]
			}
			c.aside = append(c.aside, words(marked))
			c.text += marked
			rest = end
		}
		cases = append(cases, c)
	}
	return cases
}

// words is a piece without the marks about it.
func words(s string) string { return strings.Trim(s, " \n,.;:—–-/()[]…") }

// score counts what was found, what should have been, and what is both.
type score struct{ found, wanted, right int }

func (s *score) add(o score) { s.found += o.found; s.wanted += o.wanted; s.right += o.right }

func (s *score) precision() float64 { return float64(s.right) / float64(max(s.found, 1)) }
func (s *score) recall() float64    { return float64(s.right) / float64(max(s.wanted, 1)) }

// TestAsides measures setAside on the forms of testdata/asides.txt.
func TestAsides(t *testing.T) {
	pieces, vias := map[string]*score{}, map[string]*score{}
	for _, c := range readAsides(t) {
		_, a := setAside(c.text, c.outlet, "")
		var got []string
		for _, p := range a.parts {
			got = append(got, words(p))
		}
		p := scorePieces(got, c.aside)
		v := score{}
		if a.via != "" {
			v.found++
		}
		if c.via != "" {
			v.wanted++
		}
		if a.via == c.via {
			v.right = v.wanted
		}
		for _, l := range []string{c.lang, "all"} {
			if pieces[l] == nil {
				pieces[l], vias[l] = &score{}, &score{}
			}
			pieces[l].add(p)
			vias[l].add(v)
		}
		if *verbose && (p.right != p.found || p.right != p.wanted || v.right != v.found || v.right != v.wanted) {
			t.Logf("%s %q: set aside %q via %q, want %q via %q", c.lang, c.text, got, a.via, c.aside, c.via)
		}
	}
	for _, l := range []string{"ru", "az", "en", "all"} {
		p, v := pieces[l], vias[l]
		if p.precision() < 1 || v.precision() < 1 || p.recall() < 0.97 || v.recall() < 0.99 {
			t.Errorf("%s: it was better; run the test with -asides -v", l)
		}
		t.Logf("%-3s pieces: %3d, precision %.3f recall %.3f   credits: %3d, precision %.3f recall %.3f", l, p.wanted, p.precision(), p.recall(), v.wanted, v.precision(), v.recall())
	}
}

// scorePieces compares what was set aside with what should be.
func scorePieces(got, want []string) score {
	s := score{found: len(got), wanted: len(want)}
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	for _, g := range got {
		if left[g] > 0 {
			left[g]--
			s.right++
		}
	}
	return s
}

// TestSetAsideLosesNothing holds that what leaves a text is kept.
func TestSetAsideLosesNothing(t *testing.T) {
	for _, c := range readAsides(t) {
		got, a := setAside(c.text, c.outlet, "")
		if want := lettersOf(c.text); lettersOf(got+a.text()) != want {
			t.Errorf("setAside(%q) = %q and %q, which is not all of it", c.text, got, a.parts)
		}
	}
}

// TestBylines holds that a name leaves a text where the feed gives it as the author's.
func TestBylines(t *testing.T) {
	for _, tt := range []struct{ text, author, want string }{
		{"Leyla Quliyeva\nKörpü açılıb.", "Leyla Quliyeva", "Körpü açılıb."},
		{"Körpü açılıb.\nLeyla QULİYEVA", "Leyla Quliyeva", "Körpü açılıb."},
		{"Мост открыли.\nЛейла Гасымова.", "news@example.az (Лейла Гасымова)", "Мост открыли."},
		{"Автор: Лейла Гасымова\nМост открыли.", "Лейла Гасымова", "Мост открыли."},
		{"Мост открыли.\nЛейла Гасымова", "", "Мост открыли.\nЛейла Гасымова"},
		{"Vladimir Putin\nThe president came.", "Leyla Guliyeva", "Vladimir Putin\nThe president came."},
		{"Leyla Guliyeva opened the bridge.\nIt is long.", "Leyla Guliyeva", "Leyla Guliyeva opened the bridge.\nIt is long."},
	} {
		if got, a := setAside(tt.text, "Report", tt.author); got != tt.want {
			t.Errorf("setAside(%q) by %q = %q, aside %q, want %q", tt.text, tt.author, got, a.parts, tt.want)
		}
	}
}

// lettersOf counts the letters and digits of a text.
func lettersOf(s string) int {
	n := 0
	for _, r := range s {
		if isNameRune(r) {
			n++
		}
	}
	return n
}

// TestDomains names outlets by their sites, within words that are joined to them.
func TestDomains(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"küçə.az yazır", "küçə.az"},
		{"KÜÇƏ.AZ yazır", "KÜÇƏ.AZ"},
		{"www.kuce.az yazır", "kuce.az"},
		{"xeber.az-ın məlumatı", "xeber.az"},
		{"İİİİİİİİİİ.az-ın məlumatı", "İİİİİİİİİİ.az"},             // letters that are shorter when small
		{"ȺȺȺȺȺȺȺȺȺȺ.az-ın məlumatı", "ȺȺȺȺȺȺȺȺȺȺ.az"},             // and longer
		{"ȺȺȺȺȺȺȺȺȺȺ.az-ın", "ȺȺȺȺȺȺȺȺȺȺ.az"},                      // with nothing behind them
		{strings.Repeat("a-b-", 99), ""},                           // joined to nothing
		{strings.Repeat("a-b-", 3) + "c.org", "a-b-a-b-a-b-c.org"}, // one domain
		{strings.Repeat("a-b-", 3) + "c.orgə x.org", "x.org"},      // an address that goes on
		{"«a-b.c», d-e.org", "d-e.org"},                            // the next joined words
		{"a-b.c d-e.org-da", "d-e.org"},
		{"a.az-b", ""},
		{"-.az, .az", ""},
	} {
		names := []string{}
		for _, m := range mentions(tt.text) {
			names = append(names, m.name)
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("mentions(%q) names %q, want %q", tt.text, got, tt.want)
		}
	}
}

func FuzzSetAside(f *testing.F) {
	for _, s := range []string{
		"БАКУ, 10 окт — ТАСС. Поставки выросли, передает Report со ссылкой на «Интерфакс». ТАСС", "APA-ya istinadən xəbər verir ki, “Report”un. Ardı...", "By A B - Trend: x, Trend reports.\nRead more",
		"И. Алиев, ТАСС", "\ue000 reports.", "“TASS", "lent.az-ın", "Report.az.az-x", "ȺȺȺȺȺȺȺȺȺȺ.az-ın", "İİİİİİİİİİ.az-ın",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = PlainText(s)
		got, a := setAside(s, "Report", "")
		if !utf8.ValidString(got) || !utf8.ValidString(a.text()) || lettersOf(got+a.text()) != lettersOf(s) {
			t.Errorf("setAside(%q) = %q and %q, which is not all of it", s, got, a.parts)
		}
		last := 0
		for _, m := range mentions(s) {
			if m.start < last || m.end <= m.start || m.end > len(s) || m.name == "" {
				t.Fatalf("mentions(%q) has %+v after byte %d", s, m, last)
			}
			last = m.end
		}
	})
}

// creditScraps are what marked sentences with credits are put together from.
var creditScraps = []string{
	"\ue000", "\ue000", "\ue001", " \ue000", "\ue000 ", ", ", ", ", " ", ".", "…", " the ", ", as ", " as reported by ", " agency", " news agency", "reports", " informs", " reported", ", reports ", ", via ", ", per ",
	" says", " said", " quoted ", " him as saying", ", citing ", "According to ", "told ", "interview with ", "comments to ", "newspaper ", "outlet ", "word", "слово", "söz",
	", сообщает ", ", передаёт ", ", передает", ", как пишет ", " корреспондент", " со ссылкой на ", ", сообщили ", ", заявили ", " в ведомстве", "Об этом сообщает ", "Об этом ", "говорится в сообщении ",
	"агентство ", "газета ", "ИА ", "радио ", "издании ", "портал ", "«Имя»", "По данным ", "В интервью ", "Ссылаясь на ", " сообщил", " пишет", "рассказал ", "цитирует ", "уточняет ",
	" xəbər verir", ", bu barədə ", " bildirir", " yazır", "Bu barədə ", "Bunu ", " danışıb", " deyib", " məlumat verilib", " istinadən", "-a istinadən ", " agentliyi", " görə", " verdiyi ", " müsahibəsində", " açıqlamada", " yazıb",
}

// TestNeeds wants every pattern of a credit to be tried where it matches.
func TestNeeds(t *testing.T) {
	found := 0
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(creditScraps), 1, 8).Draw(t, "scraps"), "")
		for i, c := range clausePatterns() {
			if c.re.MatchString(s) {
				found++
				if !c.may(s) {
					t.Errorf("pattern %d matches %q, and has none of %q in it", i, s, c.needs)
				}
			}
		}
		want := reCiting().FindAllStringIndex(s, -1)
		found += len(want)
		if got := citations(s); !cmp.Equal(got, want) {
			t.Errorf("citations(%q) = %v, the pattern by itself finds %v", s, got, want)
		}
	})
	if found == 0 {
		t.Error("no pattern matched anything")
	}
}

// headScraps are what datelines and bylines are put together from.
var headScraps = []string{
	"BAKU", "Baku", "St. Petersburg", "ST. A", "Bakı", "Санкт-Петербург", "МОСКВА", "New York", "baku", "Əli", "Şəki", ", Azerbaijan", ", ", ". ", ".", ":", ": ", " ", " ", " - ", "-", " – ", " — ", " _ ", "/", " / ", "(", ")", ") ", "\n",
	"March 5", "mar 5", "5 марта", "МАЙ 5", "12 oct", "05.03.2026", "5-Feb", "5 Iyul 2026", "5 ſep", "ſep 5", "5 oKt", ", 2026", " 2026 г.", "12:30", " 12:30 GMT", "14.05 (мск)", "5", "20", "2026",
	"By ", "by ", "/By ", "By Leyla Quliyeva", "Leyla Quliyeva", "И. Алиев", "Корр. ", "correspondent ", "ИА ", "Report", "ТАСС", "Trend", "«Интерфакс»", "“TASS”", "abc.az", "AP", "Bridge", "opened", "мост", "открыт", "körpü",
	"Как сообщает ", "как уже передаёт ", "со ссылкой на ", "Bu barədə ", " xəbər verir ki, ", " reports, ", "As ", " informs that ", "MENAFN", "-da", "…",
}

// TestHeads wants every pattern of a head to be tried where it matches: in texts put together
// from scraps, and in the forms of testdata/asides.txt with a scrap in them.
func TestHeads(t *testing.T) {
	all := slices.Concat(headPatterns(), outletHeadPatterns(), []*regexp.Regexp{reInBrackets(), rePlaceOutlet()}, nameHeadPatterns())
	var forms []string
	for _, c := range readAsides(t) {
		forms = append(forms, c.text)
	}
	found := make([]int, len(all))
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(headScraps), 1, 9).Draw(t, "scraps"), "")
		if rapid.Bool().Draw(t, "of a form") {
			form := rapid.SampledFrom(forms).Draw(t, "form")
			at := len(firstBytes(form, rapid.IntRange(0, 60).Draw(t, "at")))
			s = form[:at] + rapid.SampledFrom(headScraps).Draw(t, "scrap") + form[at:]
		}
		m := (&aside{}).mark(s)
		tried := m.heads()
		for i, re := range all {
			if len(m.marks) == 0 && i >= len(headPatterns()) || !re.MatchString(m.text) {
				continue
			}
			line, _, _ := strings.Cut(m.text, "\n")
			if re == headPatterns()[1] && !strings.Contains(line, ":") && !strings.Contains(line, "20") && strings.Count(line, ".") < 2 {
				continue // a day of the year alone is no head
			}
			found[i]++
			if !slices.Contains(tried, re) {
				t.Errorf("pattern %d matches %q, and is not tried", i, m.text)
			}
		}
	})
	if slices.Max(found) == 0 {
		t.Error("no pattern matched anything")
	}
}
