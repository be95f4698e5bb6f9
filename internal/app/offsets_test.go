package app_test

import (
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/store"
)

// pieces are what random items are made of: names in every form, words of topics, lists,
// datelines, markup, entities, letters of several bytes, and marks on letters.
var pieces = []string{
	"Russia", "Azerbaijan", "Baku", "Moscow", "Rusiya", "Azərbaycanın", "Bakıda", "Россия", "Азербайджана", "в Баку", "Путин", "Əliyevlə", "Aliyev", "Georgia", "Иран",
	"trade", "gas", "товарооборот", "визит", "qaz", "ticarət", "grain", "border crossing", "match", "goals", "Brent", "ranking", "Напомним,", "Read more:", "bilateral", "talks",
	"BAKU, March 8. /AZERTAC/.", "Bakı. Trend:", "1,25", "760 mln", "%", "—", "«", "»", "“", "”", ".", "\n", "<p>", "</p>", "<br/>", "&amp;", "&nbsp;", "&#1234;", "İı", "e\u0301", "\u00ad", "\u200b", "字", "\U0001F600", "'", "-", "ё", "й",
}

// checkPlaces holds that the words of every reason stand where it says in the stored
// text, and that the points add up to the score, to the last bit.
func checkPlaces(rt *rapid.T, it news.Item) {
	add := func(what string, es []news.Evidence, score float64) {
		sum := 0.0
		for _, e := range es {
			sum += e.Points
			text := map[news.Field]string{news.FieldTitle: it.Title, news.FieldText: it.Text}[e.Field]
			if e.Field == "" && e.Form == "" && e.Start == 0 && e.End == 0 {
				continue
			}
			if e.Start < 0 || e.End > len(text) || e.Start >= e.End || text[e.Start:e.End] != e.Form {
				rt.Fatalf("%s: %q does not stand at %s[%d:%d] of %q", what, e.Form, e.Field, e.Start, e.End, text)
			}
		}
		if sum != score || math.IsNaN(score) {
			rt.Fatalf("%s: the points add up to %v, the score is %v", what, sum, score)
		}
	}
	add("gate", it.Verdict.Evidence, it.Verdict.Score)
	for _, m := range it.Verdict.Matches {
		add(m.Topic, m.Evidence, m.Score)
	}
	if !it.Verdict.Relevant && it.Verdict.Missing == "" || it.Verdict.Threshold == 0 || it.Verdict.Version == "" {
		rt.Fatalf("a verdict without what was missing, the line or its version: %+v", it.Verdict)
	}
}

// TestReasonsStandInTheStoredText normalises, judges and stores random items, with and
// without answers: what is read back explains itself.
func TestReasonsStandInTheStoredText(t *testing.T) {
	u, err := app.Understand("", 0)
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(store.Options{Path: filepath.Join(t.TempDir(), "samur.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	now := time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC)
	told, rejected := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		words := func(name string, least, most int) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), least, most).Draw(rt, name), rapid.SampledFrom([]string{" ", " ", ""}).Draw(rt, name+" joined"))
		}
		raw := app.RawItem{ID: rapid.StringN(1, 8, -1).Draw(rt, "id"), Title: words("title", 1, 12), Description: words("text", 0, 40)}
		it := u.Classify(raw, now)
		as := []news.Answer{{Item: "x", Who: "anna", Marks: []news.Mark{{Yes: rapid.Bool().Draw(rt, "yes")}, {Topic: "trade", Yes: true}}, Title: it.Title, Text: it.Text, Lang: it.Lang}}
		checkPlaces(rt, it)
		it.Verdict = u.Classifier.Learn(as).Classify(u.Lexicon.Analyse(it.Title, it.Text, it.Lang))
		checkPlaces(rt, it)
		if it.Verdict.Relevant {
			told++
		} else {
			rejected++
		}
		if len(it.Keys) == 0 {
			return
		}
		it.Feed = "file"
		if _, err := st.Item(it.ID); err == nil {
			return // the same once more
		}
		batch := store.Batch{State: news.FeedState{Feed: "file"}, Items: []news.Item{it}}
		if err := st.SaveBatch(&batch); err != nil {
			rt.Fatal(err)
		}
		got, err := st.Item(it.ID)
		if diff := cmp.Diff(batch.Items[0].Verdict, got.Verdict, cmpopts.EquateEmpty()); diff != "" || err != nil {
			rt.Fatalf("stored verdict: %v (-want +got):\n%s", err, diff)
		}
		checkPlaces(rt, got)
	})
	if told == 0 || rejected == 0 {
		t.Errorf("%d relevant and %d rejected items: the test looks at one kind alone", told, rejected)
	}
}
