package coverage

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/reading"
)

// The measure of two wordings of one sentence. Below it a sentence was replaced by
// another, which is news and no correction.
const (
	alikeShare     = 0.55 // of their words, by Dice
	alikeWords     = 4    // that a sentence has at least
	maxCorrections = 20   // of one item
)

// Corrections compares each wording of an item with the one before and returns the
// sentences that say something else since: with another number, date or name in place of
// one that is gone, or the reverse of what they said. A typo, a better style, a sentence
// that was added or dropped is no correction. A report that its publisher takes back is one
// as a whole: its title, and the words that say so. revisions may come in any order.
func Corrections(x *lexicon.Lexicon, it news.Item, revisions []news.Revision) []news.Correction {
	if len(revisions) == 0 {
		return nil
	}
	revisions = slices.Clone(revisions)
	slices.SortStableFunc(revisions, func(a, b news.Revision) int { return a.At.Compare(b.At) })
	rd := reading.New(x, reading.Deep)
	var out []news.Correction
	before := rd.Read(&it)
	for _, r := range revisions {
		later := it
		later.Title, later.Text, later.Figures = r.Title, r.Text, nil
		after := rd.Read(&later)
		gone, come := apart(before, after)
		if words := withdrawn(before, come); words != "" && len(out) < maxCorrections {
			out = append(out, news.Correction{
				Item: it.ID, Outlet: it.Outlet, Side: it.Side, URL: it.URL, At: r.At,
				Kind: news.CorrectedWithdrawn, Old: before.Item.Title, New: words,
			})
			before = after
			continue
		}
		silent := !announced(come)
		for _, p := range pairs(gone, come) {
			if kind := p.changed(); kind != "" && len(out) < maxCorrections {
				out = append(out, news.Correction{
					Item: it.ID, Outlet: it.Outlet, Side: it.Side, URL: it.URL, At: r.At,
					Kind: kind, Old: p.old.Text, New: p.new.Text, Silent: silent,
				})
			}
		}
		before = after
	}
	return out
}

// apart returns the sentences that only one of two wordings has, however they are set.
func apart(before, after *reading.Reading) (gone, come []*reading.Sentence) {
	had := map[string]bool{}
	for _, s := range before.Sentences {
		had[s.Folded()] = true
	}
	has := map[string]bool{}
	for _, s := range after.Sentences {
		has[s.Folded()] = true
		if !had[s.Folded()] {
			come = append(come, s)
		}
	}
	for _, s := range before.Sentences {
		if !has[s.Folded()] {
			gone = append(gone, s)
		}
	}
	return gone, come
}

// pair is a sentence in two wordings.
type pair struct {
	old, new *reading.Sentence
	alike    float64
}

// pairs finds for each sentence the one it became: those that are most alike first,
// titles with titles.
func pairs(gone, come []*reading.Sentence) []pair {
	type place struct{ old, new int }
	var all []pair
	at := map[pair]place{}
	for i, o := range gone {
		for k, n := range come {
			if o.Field != n.Field {
				continue
			}
			if d := alike(o, n); d >= alikeShare {
				p := pair{o, n, d}
				at[p] = place{i, k}
				all = append(all, p)
			}
		}
	}
	slices.SortFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(at[a].old, at[b].old), cmp.Compare(at[a].new, at[b].new))
	})
	oldTaken, newTaken := map[int]bool{}, map[int]bool{}
	var out []pair
	for _, p := range all {
		if w := at[p]; !oldTaken[w.old] && !newTaken[w.new] {
			oldTaken[w.old], newTaken[w.new] = true, true
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b pair) int { return cmp.Compare(at[a].new, at[b].new) })
	return out
}

// alike is how much of their words two sentences share. Numbers do not count: they are
// what is asked about.
func alike(a, b *reading.Sentence) float64 {
	x, y := stemsOf(a), stemsOf(b)
	if min(len(x), len(y)) < alikeWords {
		return 0
	}
	both := 0
	for st := range x {
		if y[st] {
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

func stemsOf(s *reading.Sentence) map[string]bool {
	out := map[string]bool{}
	for _, t := range s.Tokens {
		if t.Kind == lang.Word && utf8.RuneCountInString(t.Fold) > 1 {
			out[lang.Stem(t.Fold, s.Item.Lang)] = true
		}
	}
	return out
}

// changed returns what the new wording says otherwise, "" when it is the same.
func (p pair) changed() news.CorrectionKind {
	o, n := statementOf(p.old), statementOf(p.new)
	switch {
	case o.denials != n.denials && p.alike >= denyShare && sameButFor(p.old, p.new):
		return news.CorrectedNegation
	case replaced(o.numbers, n.numbers, sameNumber) && !p.setOtherwise():
		return news.CorrectedNumber
	case replaced(o.dates, n.dates, same[string]):
		return news.CorrectedDate
	case p.alike >= sameShare && replacedDigits(p.old, p.new):
		return news.CorrectedNumber
	case replacedName(p.old, p.new):
		return news.CorrectedName
	}
	return ""
}

// setOtherwise reports whether two wordings have the same words and the same digits.
func (p pair) setOtherwise() bool {
	return p.alike == 1 && len(digitsOf(p.old, p.new)) == 0 && len(digitsOf(p.new, p.old)) == 0
}

// replaced reports whether something of old is gone and something else stands for it.
func replaced[T any](old, now []T, same func(a, b T) bool) bool {
	return lacks(now, old, same) && lacks(old, now, same)
}

// lacks reports whether some of bs is not among as.
func lacks[T any](as, bs []T, same func(a, b T) bool) bool {
	return slices.ContainsFunc(bs, func(b T) bool {
		return !slices.ContainsFunc(as, func(a T) bool { return same(a, b) })
	})
}

func same[T comparable](a, b T) bool { return a == b }

// announcements are the words by which publishers own up to a change, folded and plain.
// Words that news itself is full of ("clarified", "поправка" to a law) are not among them.
var announcements = map[news.Lang][]string{
	news.En: {"corrected", "corrects", "correction", "corrects to", "clarification", "updated", "update", "editor s note", "earlier version", "an earlier report", "erroneously", "mistakenly"},
	news.Ru: {"исправлен", "уточнен", "обновлен", "более ранней версии", "первоначальной версии", "ошибочно", "по ошибке", "опровержение", "приносим извинения", "от редакции", "поправка редакции", "внесены изменения"},
	news.Az: {"duzelis", "duzeldil", "deqiqlesdiril", "yenilenib", "yenilendi", "yenilenmis", "sehven", "evvelki versiya", "uzr isteyirik", "redaksiyadan"},
}

// announced reports whether one of the sentences that are new says that the text was
// changed.
func announced(come []*reading.Sentence) bool {
	return slices.ContainsFunc(come, func(s *reading.Sentence) bool {
		return slices.ContainsFunc(announcements[s.Item.Lang], func(w string) bool {
			return strings.Contains(s.Folded(), " "+w)
		})
	})
}
