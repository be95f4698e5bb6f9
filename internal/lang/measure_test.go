package lang

import (
	"bufio"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"samur/internal/news"
)

// The figures of the package comment are taken on public data that are not part of
// this project. Anyone can take them again:
//
//	go test ./internal/lang -run Measure -v -args -data DIR [-missed 20]
//
// with any of these files in DIR:
//
//	sentences/CODE.txt   one sentence a line, CODE being en, ru, az, tr, uk, fa or that
//	                     of a language that must come out as other
//	CODE_*.conllu        Universal Dependencies treebanks
//	unimorph/CODE.tsv    UniMorph: lemma, form, tags
//	names.ru.tsv         inflected names: form, lemma, PER or LOC or ORG …
//
// A figure below its mark fails the test; without -data all are skipped.
var (
	dataDir = flag.String("data", "", "directory of public language data to measure on")
	missed  = flag.Int("missed", 0, "print so many misses of each figure")
)

// dataFiles returns the files that match a pattern in the data, or skips the test.
func dataFiles(t *testing.T, pattern string) []string {
	t.Helper()
	if *dataDir == "" {
		t.Skip("no data to measure on: give a directory with -args -data DIR")
	}
	files, err := filepath.Glob(filepath.Join(*dataDir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("no %s in %s", pattern, *dataDir)
	}
	return files
}

func readLines(t *testing.T, path string) []string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		if s := strings.TrimSpace(sc.Text()); s != "" {
			out = append(out, strings.TrimPrefix(s, "\uFEFF"))
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// code returns the language that a file's name begins with.
func code(path string) string {
	name := filepath.Base(path)
	if i := strings.IndexAny(name, "_.2"); i > 0 {
		name = name[:i]
	}
	return name
}

func known(code string) news.Lang {
	switch l := news.Lang(code); l {
	case news.En, news.Ru, news.Az, news.Tr, news.Uk, news.Fa:
		return l
	}
	return news.Other
}

// figure counts how often something came out right, and keeps the first misses.
type figure struct {
	good, all int
	misses    []string
}

func (f *figure) add(ok bool, format string, args ...any) {
	f.all++
	if ok {
		f.good++
	} else if len(f.misses) < *missed {
		f.misses = append(f.misses, fmt.Sprintf(format, args...))
	}
}

func (f *figure) rate() float64 { return float64(f.good) / float64(max(f.all, 1)) }

// report prints a figure and fails the test when it is below its mark.
func (f *figure) report(t *testing.T, name string, mark float64) {
	t.Helper()
	t.Logf("%-28s %.4f of %d", name, f.rate(), f.all)
	for _, m := range f.misses {
		t.Log("   ", m)
	}
	if f.all > 0 && f.rate() < mark {
		t.Errorf("%s: %.4f, want at least %.4f", name, f.rate(), mark)
	}
}

// headline cuts a sentence to the length of a headline: whole words up to 70 runes.
func headline(s string) string {
	end, n := 0, 0
	for i, r := range s {
		if n++; n > 70 {
			break
		}
		if r == ' ' {
			end = i
		}
	}
	if n <= 70 || end == 0 {
		return s
	}
	return s[:end]
}

func TestMeasureLanguages(t *testing.T) {
	for _, path := range dataFiles(t, "sentences/*.txt") {
		want, lines := known(code(path)), readLines(t, path)
		name := filepath.Base(path)
		if want == news.Tr {
			// A tenth of a public list of Turkish sentences had lost its letters to another charset.
			lines = slices.DeleteFunc(lines, func(l string) bool { return strings.ContainsAny(l, "ýþðÝÞÐ") })
		}
		measureLanguage(t, name, want, lines)
		if want != news.Az {
			continue
		}
		for _, typed := range []struct {
			name string
			f    func(string) string
		}{
			{"az plain", func(s string) string {
				return Plain(strings.NewReplacer("Ə", "E", "İ", "I", "Ş", "S", "Ç", "C", "Ğ", "G", "Ö", "O", "Ü", "U").Replace(s))
			}},
			{"az schwa", strings.NewReplacer("ə", "ә", "Ə", "Ә").Replace},
			{"az cyrillic", func(s string) string { return toAzCyrillic(Fold(s, news.Az)) }},
		} {
			var lines2 []string
			for _, l := range lines {
				lines2 = append(lines2, typed.f(l))
			}
			measureLanguage(t, typed.name, want, lines2)
		}
	}
}

func measureLanguage(t *testing.T, name string, want news.Lang, lines []string) {
	t.Helper()
	var item, title, misled figure
	wrong := map[news.Lang]news.Lang{news.En: news.Ru, news.Ru: news.Az, news.Az: news.En, news.Tr: news.Az, news.Uk: news.Ru}[want]
	for _, l := range lines {
		if utf8.RuneCountInString(l) < 20 {
			continue // a scrap of a sentence, shorter than any headline
		}
		got := Detect("", l, "")
		item.add(got == want, "%s %s", got, l)
		h := headline(l)
		got = Detect(h, "", "")
		title.add(got == want, "%s %s", got, h)
		misled.add(Detect(h, l, wrong) == want, "%s", l)
	}
	itemMark, titleMark := 0.99, 0.97
	switch {
	case want == news.Other:
		itemMark, titleMark = 0, 0 // shown; the worst are Malay, Yoruba, Latin
	case strings.HasSuffix(name, "plain"):
		itemMark, titleMark = 0.97, 0.95
	}
	item.report(t, name+" item", itemMark)
	title.report(t, name+" title", titleMark)
	if wrong != "" {
		misled.report(t, name+" declared "+string(wrong), 0.97)
	}
}

// formPair is a form and its dictionary form.
type formPair struct {
	form, lemma string
	role        Role
}

// formList is a list of pairs, read.
type formList struct {
	name             string
	lang             news.Lang
	forms            map[formPair]Form          // by lemma and role
	lemmas           []formPair                 // keys of forms
	words            []string                   // folded
	own              map[string]map[string]bool // folded lemmas of each word
	found, inflected figure
}

// readForms matches every pair; once says that a pair counts once however often it comes.
func readForms(name string, l news.Lang, pairs []formPair, once bool) *formList {
	fl := &formList{name: name, lang: l, forms: map[formPair]Form{}, own: map[string]map[string]bool{}}
	seen := map[formPair]bool{}
	for _, p := range pairs {
		k := formPair{lemma: p.lemma, role: p.role}
		f, ok := fl.forms[k]
		if !ok {
			f = Compile(p.lemma, l, p.role)
			fl.forms[k] = f
			fl.lemmas = append(fl.lemmas, k)
		}
		fold := Fold(p.form, l)
		if fl.own[fold] == nil {
			fl.own[fold] = map[string]bool{}
			fl.words = append(fl.words, fold)
		}
		fl.own[fold][f.Fold] = true
		d := formPair{fold, f.Fold, p.role}
		if once && seen[d] {
			continue
		}
		seen[d] = true
		hit := f.Match(fold, l, false)
		fl.found.add(hit, "%s -> %s", p.form, p.lemma)
		if fold != f.Fold {
			fl.inflected.add(hit, "%s -> %s", p.form, p.lemma)
		}
	}
	return fl
}

// report prints how many pairs met, and how many forms of other words are taken for a
// lemma's own.
func (fl *formList) report(t *testing.T, mark float64) {
	t.Helper()
	fl.found.report(t, fl.name, mark)
	fl.inflected.misses = nil
	fl.inflected.report(t, fl.name+" inflected", 0)
	rng := rand.New(rand.NewPCG(1, 2))
	var right figure
	for right.all < 2_000_000 {
		w, k := fl.words[rng.IntN(len(fl.words))], fl.lemmas[rng.IntN(len(fl.lemmas))]
		if f := fl.forms[k]; !fl.own[w][f.Fold] {
			right.add(!f.Match(w, fl.lang, false) || Closed(w, fl.lang), "%s taken for %s", w, k.lemma)
		}
	}
	for _, m := range right.misses {
		t.Log("   ", m)
	}
	per := (1 - right.rate()) * 10_000
	t.Logf("%-28s %.2f false per 10,000", fl.name, per)
	if per > 1 {
		t.Errorf("%s: %.2f false per 10,000, want at most 1", fl.name, per)
	}
}

func TestMeasureUniMorph(t *testing.T) {
	for _, path := range dataFiles(t, "unimorph/*.tsv") {
		l := known(code(path))
		var pairs []formPair
		for _, line := range readLines(t, path) {
			c := strings.Split(line, "\t")
			if len(c) < 3 || strings.HasPrefix(c[2], "V") || strings.ContainsAny(c[0]+c[1], " ") {
				continue
			}
			pairs = append(pairs, formPair{c[1], c[0], Term})
		}
		readForms(filepath.Base(path), l, pairs, true).report(t, map[news.Lang]float64{news.Az: 0.985, news.Ru: 0.98}[l])
	}
}

// conlluWords calls f with the columns of each word.
func conlluWords(lines []string, f func(cols []string)) {
	for _, line := range lines {
		if c := strings.Split(line, "\t"); len(c) == 10 && !strings.ContainsAny(c[0], "-.") {
			f(c)
		}
	}
}

func TestMeasureTreebankForms(t *testing.T) {
	marks := map[news.Lang]float64{news.Az: 0.92, news.Ru: 0.98, news.En: 0.98}
	byLang := map[news.Lang][]formPair{}
	for _, path := range dataFiles(t, "*.conllu") {
		l := known(code(path))
		if _, ok := marks[l]; !ok {
			continue
		}
		conlluWords(readLines(t, path), func(c []string) {
			if c[3] != "NOUN" && (c[3] != "ADJ" || l == news.En) || strings.ContainsAny(c[1]+c[2], "-.0123456789/ _*") || strings.Contains(c[5], "Typo=Yes") || strings.Contains(c[5], "Abbr=Yes") {
				return
			}
			byLang[l] = append(byLang[l], formPair{c[1], c[2], Term})
		})
	}
	for _, l := range []news.Lang{news.Az, news.En, news.Ru} {
		if len(byLang[l]) > 0 {
			readForms("ud "+string(l), l, byLang[l], false).report(t, marks[l])
		}
	}
}

func TestMeasureNames(t *testing.T) {
	var pairs []formPair
	for _, line := range readLines(t, dataFiles(t, "names.ru.tsv")[0]) {
		c := strings.Split(line, "\t")
		form, lemma := strings.Fields(c[0]), strings.Fields(c[1])
		if len(form) != len(lemma) {
			continue
		}
		for i := range form {
			role := Name
			if c[2] == "PER" {
				role = Person
			}
			first, _ := utf8.DecodeRuneInString(lemma[i])
			if !isCyrillic(first) || strings.ContainsAny(form[i]+lemma[i], "-.:0123456789«»“”\"()[],іїє") || !akin(form[i], lemma[i]) {
				continue // not a Russian word, or two that the list pairs by mistake
			}
			if classOf(first) != classUpper {
				role = Term
			}
			pairs = append(pairs, formPair{form[i], lemma[i], role})
		}
	}
	readForms("names", news.Ru, pairs, true).report(t, 0.965)
}

// akin reports whether two words begin with the same two letters.
func akin(a, b string) bool {
	ra, rb := []rune(Fold(a, news.Ru)), []rune(Fold(b, news.Ru))
	return len(ra) > 1 && len(rb) > 1 && ra[0] == rb[0] && ra[1] == rb[1]
}

func TestMeasureSentences(t *testing.T) {
	for _, path := range append(dataFiles(t, "*.conllu"), dataFiles(t, "sentences/az.txt")...) {
		l := known(code(path))
		if l == news.Other || l == news.Fa {
			continue
		}
		var sentences []string
		for _, line := range readLines(t, path) {
			s, ok := strings.CutPrefix(line, "# text = ")
			if !ok && strings.HasSuffix(path, ".conllu") || !closed(s) || beforeNumber.MatchString(s) && !ok {
				continue // a list of sentences may not part them before a number
			}
			sentences = append(sentences, s)
		}
		measureSentences(t, filepath.Base(path), l, sentences, sentenceMark(path, l))
	}
}

// sentenceMark returns what is asked of a file: much of edited text in the languages
// that are read, little of chats, which begin sentences with small letters.
func sentenceMark(path string, l news.Lang) float64 {
	edited := strings.Contains(path, "_pud") || strings.Contains(path, "_tuecl") || strings.HasSuffix(path, ".txt")
	switch {
	case !edited:
		return 0.9
	case l == news.Az || l == news.Ru || l == news.En:
		return 0.995
	}
	return 0.98
}

var beforeNumber = regexp.MustCompile(`[.!?] [0-9]`)

// closed reports whether a sentence ends with a mark that can be seen.
func closed(s string) bool {
	return strings.ContainsAny(strings.TrimRight(s, "»”\"’')] "), ".!?…") &&
		slices.Contains([]string{".", "!", "?", "…"}, lastRune(strings.TrimRight(s, "»”\"’')] ")))
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

func measureSentences(t *testing.T, name string, l news.Lang, sentences []string, mark float64) {
	t.Helper()
	raw := strings.Join(sentences, " ")
	want := map[int]bool{}
	at := 0
	for _, s := range sentences {
		want[at+len(s)] = true
		at += len(s) + 1
	}
	var precision, recall figure
	got := map[int]bool{}
	for _, s := range Sentences(raw, l) {
		got[s.End] = true
		precision.add(want[s.End], "cut at %s", around(raw, s.End))
	}
	for end := range want {
		recall.add(got[end], "not cut at %s", around(raw, end))
	}
	f := figure{good: 2 * precision.good, all: precision.all + recall.all}
	f.misses = append(precision.misses, recall.misses...)
	f.report(t, name, mark)
}

func around(s string, i int) string {
	from, to := max(i-40, 0), min(i+30, len(s))
	return strings.ToValidUTF8(s[from:i], "") + " | " + strings.ToValidUTF8(s[i:to], "")
}
