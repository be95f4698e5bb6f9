package store

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// answerOn makes an answer on the n-th item of a feed.
func answerOn(n int, who string, yes bool) news.Answer {
	it := item("trend", n)
	return news.Answer{
		Item: it.ID, Who: who, At: day, Marks: []news.Mark{{Yes: yes}, {Topic: "energy", Yes: true}},
		URL: it.URL, Lang: it.Lang, Title: it.Title, Text: it.Text, Verdict: it.Verdict,
	}
}

func saveAnswer(t *testing.T, s *Store, a news.Answer) news.Answer {
	t.Helper()
	saved, err := s.SaveAnswer(a)
	if err != nil {
		t.Fatalf("SaveAnswer: %v", err)
	}
	return saved
}

// TestAnswersAreKept holds that answers outlive retention, a backup and a restore.
func TestAnswersAreKept(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "samur.db")
	s := openAt(t, path)
	save(t, s, batch("trend", 0, 4))
	want := []news.Answer{saveAnswer(t, s, answerOn(1, "anna", true)), saveAnswer(t, s, answerOn(2, "rauf", false))}
	if _, err := s.Prune(Keep{Items: day.AddDate(1, 0, 0), Identities: day.AddDate(1, 0, 0), Attempts: day.AddDate(1, 0, 0)}); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(dir, "copy.db")
	if err := errors.Join(s.Backup(t.Context(), copied), s.Compact(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{path, copied} {
		if err := Check(t.Context(), from); err != nil {
			t.Error(err)
		}
		got, err := openAt(t, from).Answers()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("Answers of %s: %v (-want +got):\n%s", from, err, diff)
		}
	}
}

func TestDeleteAnswer(t *testing.T) {
	s := tempStore(t)
	one, two, three := saveAnswer(t, s, answerOn(1, "anna", true)), saveAnswer(t, s, answerOn(2, "anna", true)), saveAnswer(t, s, answerOn(1, "rauf", false))
	rev := s.AnswersChanged()
	for _, step := range []struct {
		item string
		want news.Answer
	}{{one.Item, three}, {"", two}, {"", one}} {
		got, err := s.DeleteAnswer(step.item)
		if diff := cmp.Diff(step.want, got); diff != "" || err != nil {
			t.Errorf("DeleteAnswer(%q): %v (-want +got):\n%s", step.item, err, diff)
		}
	}
	if _, err := s.DeleteAnswer(""); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("DeleteAnswer of none = %v, want %v", err, news.ErrNotFound)
	}
	if got := s.AnswersChanged(); got != rev+3 {
		t.Errorf("AnswersChanged went from %d to %d, want one up for each", rev, got)
	}
	if again := saveAnswer(t, s, answerOn(1, "anna", true)); again.Seq != 4 {
		t.Errorf("an answer after those taken back has Seq %d, want 4", again.Seq)
	}
}

func TestSaveAnswerRefusesAndCuts(t *testing.T) {
	s := tempStore(t)
	for _, a := range []news.Answer{{Item: "x"}, {Marks: []news.Mark{{}}}} {
		if _, err := s.SaveAnswer(a); err == nil {
			t.Errorf("SaveAnswer(%+v) gave no error", a)
		}
	}
	a := answerOn(1, "anna", true)
	a.Text = strings.Repeat("Ə", maxAnswerText)
	if got := saveAnswer(t, s, a); len(got.Text) > maxAnswerText || !strings.HasPrefix(a.Text, got.Text) {
		t.Errorf("a long text is kept in %d bytes, want its beginning, up to %d", len(got.Text), maxAnswerText)
	}
}

// TestAskedOnce holds that two digests do not ask about one item.
func TestAskedOnce(t *testing.T) {
	s := tempStore(t)
	ask := func(name string, at time.Time, item string) error {
		return s.SaveDigest(news.Digest{
			Slot: news.Slot{Digest: name, At: at}, Question: &news.Question{Headline: news.Quote{Item: item}},
		}, nil)
	}
	if err := ask("daily", day, "a"); err != nil {
		t.Fatal(err)
	}
	if err := ask("weekly", day, "a"); !errors.Is(err, news.ErrStale) {
		t.Errorf("a second question on one item = %v, want %v", err, news.ErrStale)
	}
	if _, err := s.Digest(news.Slot{Digest: "weekly", At: day}); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the digest that asked again: %v, want it not stored", err)
	}
	if err := ask("weekly", day, ""); err == nil {
		t.Error("a question on no item was stored")
	}
	got, err := s.Asked()
	if diff := cmp.Diff(map[string]news.Slot{"a": {Digest: "daily", At: day}}, got); diff != "" || err != nil {
		t.Errorf("Asked: %v (-want +got):\n%s", err, diff)
	}
}
