package figures

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"samur/internal/lang"
	"samur/internal/news"
)

var suites = flag.String("suites", "", "directory of public suites of number and money expressions: KIND.LANGUAGE.json (Recognizers-Text specs) or KIND.LANGUAGE.hs (Duckling corpora), with KIND currency or money for those of money alone")

// expression is an expression of a public suite: its values in the order of the text,
// with the unit where the suite has it.
type expression struct {
	text string
	want []float64
}

// TestPublicSuites measures the numbers read from public suites against what these say:
// go test -run TestPublicSuites -v -args -suites DIR. The suites are no part of the
// project. They also ask for what no news figure is: fractions, powers, negative
// numbers, zero, "a few"; so the sum is given with and without.
func TestPublicSuites(t *testing.T) {
	if *suites == "" {
		t.Skip("no -suites given")
	}
	files, err := filepath.Glob(filepath.Join(*suites, "*.*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		parts := strings.Split(filepath.Base(name), ".")
		l := news.Lang(parts[len(parts)-2])
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		read := readSpecs
		if strings.HasSuffix(name, ".hs") {
			read = readCorpus
		}
		xs, err := read(b)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var sum, plain tally
		for _, x := range xs {
			sums := parts[0] == "currency" || parts[0] == "money"
			got := valuesOf(x.text, l, sums)
			c := sameValues(got, x.want)
			sum.add(c)
			if !exotic(x, sums) {
				plain.add(c)
			}
			if c.wrong+c.missed > 0 && testing.Verbose() {
				t.Logf("%s: %q gives %v, want %v (exotic %v)", filepath.Base(name), x.text, got, x.want, exotic(x, sums))
			}
		}
		t.Logf("%s: F1 %.3f over %d expressions %+v; without what no figure is: F1 %.3f %+v",
			filepath.Base(name), sum.f1(), len(xs), sum, plain.f1(), plain)
	}
}

var fraction = regexp.MustCompile(`(?i)[0-9] ?/ ?[0-9]|\^|[0-9]e[+-]?[0-9]|[⅓⅔¼¾½⅕⅙⅛]|thirds?\b|quarters?\b|fourths?\b|(?:fif|six|seven|eigh|nin|ten|hundred|thousand|million|trillion|thirtie|twentie)ths?\b|firsts\b| over (?:one|twenty|three|[0-9])| out of | in twenty|minus|negative|few|couple|pair\b|nought|naught|zero|nil\b|single|ноль|нисколько|минус`)

// exotic reports whether an expression asks for what is out of scope: a fraction, a power, a
// negative number, a zero, "a few", the number in a name, or what unnamed finds.
func exotic(x expression, sums bool) bool {
	for _, w := range x.want {
		if w <= 0 {
			return true
		}
	}
	return fraction.MatchString(x.text) || identifier.MatchString(x.text) || unnamed.MatchString(x.text) || sums && bareNumber.MatchString(x.text)
}

// bareNumber is a number alone, which a suite of money takes for a sum.
var bareNumber = regexp.MustCompile(`^(?:about )?(?:[0-9.]+|five)$`)

// unnamed finds small change by its letter, currencies by nicknames, and numbers broken by spaces, which no outlet prints.
var unnamed = regexp.MustCompile(`(?i)[0-9] ?c$|\b(?:satoshis?|mao|geneh|genihat|l\.?e\.?|saudiriyal|egyptianpound|points of your|M[A-Z]{3} [0-9]|Cards|bill)\b|ரூ|元|[0-9] [.] [0-9]|[a-z] - [a-z]|dozs|dzs|[0-9] l$|Kr$|[0-9] G$`)

// identifier finds addresses, telephone numbers, dates, lists of exercises and names with a
// number: numbers in them are no values.
var identifier = regexp.MustCompile(`[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|\+[0-9]+-|[0-9]+/[0-9]+|[A-Z]-[0-9]|[0-9]+,[0-9]{2},[0-9]{2},|[0-9](?:G|Г|м|m|km) ?(?:[A-Z]|isn't|$)|x10`)

// valuesOf returns the base values of the quantities in a text, or of its sums of money.
func valuesOf(text string, l news.Lang, sums bool) []float64 {
	g := grammars()[l]
	var out []float64
	for _, span := range lang.Parse(text, l).Sentences {
		for _, q := range g.findQuantities(lex(text, span, l, news.FieldText), nil) {
			if sums && q.class != money {
				continue
			}
			v := q.base()
			if q.unit == "cents" || q.unit == "pence" {
				v /= 100
			}
			out = append(out, round(v))
			if q.high != 0 {
				out = append(out, round(q.high*q.base()/q.value))
			}
		}
	}
	return out
}

// sameValues pairs values, whatever their order.
func sameValues(got, want []float64) tally {
	var c tally
	used := make([]bool, len(got))
	for _, w := range want {
		hit := false
		for i, g := range got {
			if !used[i] && math.Abs(g-w) <= 1e-6*math.Max(1, math.Abs(w)) {
				used[i], hit = true, true
				break
			}
		}
		if hit {
			c.right++
		} else {
			c.missed++
		}
	}
	c.wrong = len(got) - c.right
	return c
}

// readSpecs reads a Recognizers-Text specification.
func readSpecs(b []byte) ([]expression, error) {
	var specs []struct {
		Input   string
		Results []struct {
			Resolution struct {
				Value, Unit string
			}
		}
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(b), "\ufeff")), &specs); err != nil {
		return nil, err
	}
	var out []expression
	for _, s := range specs {
		x := expression{text: s.Input}
		for _, r := range s.Results {
			v, err := strconv.ParseFloat(r.Resolution.Value, 64)
			if err != nil {
				continue // a result without a value: a unit alone
			}
			if u := r.Resolution.Unit; u == "Cent" || u == "Pence" || u == "Penny" {
				v /= 100
			}
			x.want = append(x.want, v)
		}
		out = append(out, x)
	}
	return out, nil
}

var (
	corpusGroup  = regexp.MustCompile(`(?s)examples \((.*?)\)\s*\[(.*?)\n\s*\]`)
	corpusNumber = regexp.MustCompile(`-?[0-9][0-9.]*(?:e[0-9]+)?`)
	corpusText   = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	corpusEscape = regexp.MustCompile(`\\x([0-9a-f]+)(?:\\&)?`)
)

// readCorpus reads the examples of a Duckling corpus.
func readCorpus(b []byte) ([]expression, error) {
	var out []expression
	for _, m := range corpusGroup.FindAllStringSubmatch(string(b), -1) {
		var want []float64
		for _, n := range corpusNumber.FindAllString(m[1], -1) {
			v, err := strconv.ParseFloat(n, 64)
			if err != nil {
				return nil, err
			}
			if strings.Contains(m[1], "Cent") {
				v /= 100
			}
			want = append(want, v)
		}
		for _, t := range corpusText.FindAllStringSubmatch(m[2], -1) {
			text := corpusEscape.ReplaceAllStringFunc(t[1], func(e string) string {
				n, err := strconv.ParseInt(corpusEscape.FindStringSubmatch(e)[1], 16, 32)
				if err != nil {
					return e
				}
				return string(rune(n))
			})
			out = append(out, expression{text, want})
		}
	}
	return out, nil
}
