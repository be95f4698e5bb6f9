package classify

import (
	"testing"

	"samur/internal/lexicon"
	"samur/internal/news"
	words "samur/internal/render"
)

// checkVerdict holds what must be true of every verdict: the points add up to the
// score, the words stand where the evidence says, and a refusal gives its reason.
func checkVerdict(t *testing.T, id string, d *lexicon.Doc, v news.Verdict) {
	t.Helper()
	sum := func(what string, es []news.Evidence, score float64) {
		total := 0.0
		for _, e := range es {
			total += e.Points
			if unworded(e.Why) {
				t.Errorf("%s: %s: evidence %q has no reason in words: %q", id, what, e.Form, e.Why)
			}
			if e.Field == "" {
				if e.Start != 0 || e.End != 0 || e.Form != "" {
					t.Errorf("%s: %s: evidence without a field has a place: %+v", id, what, e)
				}
				continue
			}
			raw := d.Text(e.Field).Raw
			if e.Start < 0 || e.End > len(raw) || e.Start >= e.End || raw[e.Start:e.End] != e.Form {
				t.Errorf("%s: %s: %q does not stand at %s[%d:%d]", id, what, e.Form, e.Field, e.Start, e.End)
			}
		}
		if total != score {
			t.Errorf("%s: %s: points add up to %v, score is %v", id, what, total, score)
		}
	}
	sum("gate", v.Evidence, v.Score)
	for i, m := range v.Matches {
		sum(m.Topic, m.Evidence, m.Score)
		if i > 0 && v.Matches[i-1].Score < m.Score {
			t.Errorf("%s: matches are not in order of score", id)
		}
		if len(m.Evidence) == 0 {
			t.Errorf("%s: match %s has no evidence", id, m.Topic)
		}
	}
	switch {
	case v.Relevant && v.Score < v.Threshold:
		t.Errorf("%s: relevant at %v below %v", id, v.Score, v.Threshold)
	case v.Relevant && v.Missing != "":
		t.Errorf("%s: relevant, yet missing %q", id, v.Missing)
	case !v.Relevant && unworded(v.Missing):
		t.Errorf("%s: not relevant, and no word why", id)
	case !v.Relevant && len(v.Matches) > 0:
		t.Errorf("%s: not relevant, yet with topics", id)
	}
	if v.Version == "" || v.Threshold == 0 {
		t.Errorf("%s: version %q, threshold %v", id, v.Version, v.Threshold)
	}
}

func TestVerdictsAddUp(t *testing.T) {
	c, x := open(t)
	for _, it := range labelled(t) {
		for _, text := range []string{plain(it.Text), it.Text, ""} {
			d := x.Analyse(it.Title, text, it.Lang)
			checkVerdict(t, it.ID, d, c.Classify(d))
		}
	}
}

// TestNoNameDecides holds the first promise of the package: one name alone, in
// the headline and nowhere else, never makes an item relevant.
func TestNoNameDecides(t *testing.T) {
	c, x := open(t)
	for _, con := range x.Concepts() {
		for l, names := range con.Names {
			for _, n := range names {
				d := x.Analyse(n, "", l)
				v := c.Classify(d)
				if !v.Relevant {
					continue
				}
				if len(d.Hits) < 2 && c.inside[n] == (sides{}) {
					t.Errorf("%q (%s) alone is relevant: %.2f", n, con.ID, v.Score)
				}
			}
		}
	}
}

// FuzzClassify throws text at the whole chain in every language.
func FuzzClassify(f *testing.F) {
	c, x := open(f)
	for _, it := range labelled(f)[:40] {
		f.Add(it.Title, it.Text, string(it.Lang))
	}
	f.Add("Azərbaycan-Rusiya", "\xff\xfe\n\nQeyd edək ki", "az")
	f.Add("", "", "fa")
	f.Fuzz(func(t *testing.T, title, text, l string) {
		d := x.Analyse(title, text, news.Lang(l))
		checkVerdict(t, "fuzz", d, c.Classify(d))
	})
}

// inWords is a reason as commands print it.
func inWords(g news.Ground) string { return words.English(g) }

// unworded reports whether a reason is none, or one that package render has no words for.
func unworded(g news.Ground) bool {
	return inWords(g) == g.String()
}
