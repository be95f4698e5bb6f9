package lang

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/russian"

	"samur/internal/news"
)

// Stem returns a light stem of a folded word, a key under which forms of one word
// meet in profiles and comparisons of texts. It is not a dictionary form and not made
// for finding names: use Compile for that.
func Stem(fold string, l news.Lang) string {
	if i := strings.IndexByte(fold, '\''); i > 0 && len(fold)-i <= 12 {
		fold = fold[:i]
	}
	switch l {
	case news.En:
		return snowball(fold, english.Stem)
	case news.Ru:
		return snowball(fold, russian.Stem)
	case news.Az, news.Tr:
		return azeriStem(fold)
	}
	return fold
}

func snowball(w string, f func(*snowballstem.Env) bool) string {
	if len(w) > 80 {
		return w
	}
	env := snowballstem.NewEnv(w)
	f(env)
	return env.Current()
}

// azeriStem strips endings from the end, longest first, while four letters remain.
func azeriStem(w string) string {
	if len(w) > 80 {
		return w
	}
	for range 4 {
		cut := azeriSuffix(w)
		if cut == 0 {
			break
		}
		w = w[:len(w)-cut]
	}
	return harden(w)
}

// azeriSuffixes are the endings by their last byte, the longest first.
var azeriSuffixes = byLastByte("ların lərin larının lərinin larında lərində larından lərindən larına lərinə larını lərini " +
	"ları ləri lar lər dakı dəki dan dən nın nin nun nün ndan ndən nda ndə ının inin unun ünün ına inə una ünə ını ini unu ünü " +
	"ında ində unda ündə ından indən undan ündən ın in un ün da də dır dir dur dür ya yə yı yi nı ni nu nü na nə " +
	"la lə sı si su sü ı i u ü a ə lı li lu lü lıq lik luq lük")

func byLastByte(words string) (by [256][]string) {
	list := strings.Fields(words)
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	for _, s := range list {
		last := s[len(s)-1]
		by[last] = append(by[last], s)
	}
	return by
}

func azeriSuffix(w string) int {
	if w == "" {
		return 0
	}
	for _, s := range azeriSuffixes[w[len(w)-1]] {
		if strings.HasSuffix(w, s) && utf8.RuneCountInString(w[:len(w)-len(s)]) >= 4 {
			return len(s)
		}
	}
	return 0
}

// harden undoes the softening of a last consonant: əməkdaşlığ is əməkdaşlıq.
func harden(w string) string {
	if s, ok := strings.CutSuffix(w, "ğ"); ok {
		return s + "q"
	}
	if s, ok := strings.CutSuffix(w, "y"); ok {
		return s + "k"
	}
	return w
}
