package cluster

import (
	"math"
	"strings"
	"testing"

	"samur/internal/news"
)

func sum(ts []news.Term) (all float64) {
	for _, t := range ts {
		all += t.Points
	}
	return all
}

func TestExplanationAddsUp(t *testing.T) {
	twin := gas[0]
	twin.id, twin.day, twin.title = "e3", "2025-03-05", "Gazprom resumes gas supplies to Azerbaijan again"
	undated := gas[1]
	undated.id, undated.day = "u1", ""
	all := append(append([]report{twin, undated}, gas...), ferry...)
	b := &bench{New(Options{}), lex(t)}
	for _, r := range all {
		b.add(r)
	}
	for _, p := range all {
		for _, q := range all {
			if p.id == q.id {
				continue
			}
			e, ok := b.x.Explain(p.id, q.id)
			if !ok {
				t.Fatalf("Explain(%s, %s) does not know them", p.id, q.id)
			}
			if got, want := sum(e.Shared), e.Parts[0].Points; math.Abs(got-want) > 1e-9 {
				t.Errorf("Explain(%s, %s): shared terms add up to %v, want %v", p.id, q.id, got, want)
			}
			if got := sum(e.Parts); math.Abs(got-e.Margin) > 1e-9 {
				t.Errorf("Explain(%s, %s): parts add up to %v, want %v", p.id, q.id, got, e.Margin)
			}
			if got := e.Likelihood >= e.Line; got != (e.Margin >= 0) {
				t.Errorf("Explain(%s, %s): margin %v and likelihood %v lie on two sides", p.id, q.id, e.Margin, e.Likelihood)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	again := gas[0]
	again.id, again.day, again.title = "e3", "2025-03-05", "Gazprom resumes gas supplies to Azerbaijan again"
	b := &bench{New(Options{}), lex(t)}
	for _, r := range append(append([]report{again}, gas...), ferry...) {
		b.add(r)
	}
	for _, c := range []struct {
		a, b     string
		together bool
		shared   string // is among what they share
		veto     news.GroundKind
	}{
		{"e1", "r1", true, "gazprom", ""},
		{"e1", "f1", false, "azerbaijan", ""},
		{"e1", "e3", false, "gazprom", news.GroundAgain},
	} {
		e, _ := b.x.Explain(c.a, c.b)
		var names []string
		for _, s := range e.Shared {
			names = append(names, s.Name)
		}
		shared := strings.Join(names, " ")
		if e.Together != c.together || e.Veto.Kind() != c.veto || c.together && !strings.Contains(shared, c.shared) {
			t.Errorf("Explain(%s, %s) = together %v, shared %q, veto %q; want %v, %q, %q",
				c.a, c.b, e.Together, shared, e.Veto, c.together, c.shared, c.veto)
		}
	}
	if _, ok := b.x.Explain("e1", "none"); ok {
		t.Error("Explain knows an item that is not there")
	}
}
