package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"samur/internal/news"
)

// answersPath takes answers.
const answersPath = "/answers"

// Bounds of the page of what was left out.
const (
	lookBack  = 3000 // items looked at, the newest
	maxNear   = 30
	maxAnswer = 4 << 10 // bytes of a form
)

// judging is an item that can be answered on, and where to go on afterwards.
type judging struct {
	Item, Back, Title string
}

// nearRow is an item that was rejected by little.
type nearRow struct {
	foundRow
	Threshold float64
	Missing   string
	Headline  []segment
	Judge     judging
}

// whyNotPage lists them.
type whyNotPage struct {
	Rows     []nearRow
	Answered int
	Record   news.Record
	Thanks   bool
}

// whyNot shows the recently rejected items that are nearest to the line and that nobody
// has answered on.
func (s *server) whyNot(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	answers, err := s.o.Store.Answers()
	if err != nil {
		s.fail(w, v, err)
		return
	}
	near, err := s.near(answers)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	p := whyNotPage{Answered: len(answers), Record: news.RecordOf(answers, news.RecordSize), Thanks: v.query.Get("thanks") != ""}
	for _, it := range near {
		row := nearRow{
			foundRow: v.found(it), Threshold: it.Verdict.Threshold, Missing: v.Because(it.Verdict.Missing),
			Headline: v.segments(it.Title, news.FieldTitle, it.Verdict.Evidence, 400),
		}
		row.Judge = judging{it.ID, "/whynot", row.Title}
		p.Rows = append(p.Rows, row)
	}
	s.render(w, v, "whynot", v.W.WhyNot, p)
}

// near returns the rejected of the newest items, those nearest to the line first. Of
// several with one headline it has the first.
func (s *server) near(answers []news.Answer) ([]news.Item, error) {
	done := map[string]bool{}
	for _, a := range answers {
		done[a.Item], done[strings.ToLower(a.Title)] = true, true
	}
	cur, err := s.o.Store.Cursor()
	if err != nil {
		return nil, err
	}
	var out []news.Item
	err = s.o.Store.ItemsBetween(cur.Item-min(cur.Item, lookBack), cur.Item, func(it news.Item) bool {
		title := strings.ToLower(it.Title)
		if it.Verdict.Relevant || it.Archived || title == "" || it.Verdict.Score <= 0 || done[it.ID] || done[title] {
			return true
		}
		done[title] = true
		out = append(out, it)
		return true
	})
	gap := func(it news.Item) float64 { return it.Verdict.Threshold - it.Verdict.Score }
	slices.SortStableFunc(out, func(a, b news.Item) int { return cmp.Or(cmp.Compare(gap(a), gap(b)), cmp.Compare(b.Seq, a.Seq)) })
	return out[:min(len(out), maxNear)], err
}

// answer takes an answer on an item and goes back to where it was given.
func (s *server) answer(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	r.Body = http.MaxBytesReader(w, r.Body, maxAnswer)
	if err := r.ParseForm(); err != nil {
		s.say(w, v, http.StatusBadRequest, v.W.NotUnderstood, v.W.AnswerWritten)
		return
	}
	say := r.PostForm.Get("say")
	if say != "yes" && say != "no" {
		s.say(w, v, http.StatusBadRequest, v.W.NotUnderstood, v.W.AnswerWritten)
		return
	}
	it, err := s.o.Store.Item(r.PostForm.Get("item"))
	if errors.Is(err, news.ErrNotFound) {
		s.missing(w, v, v.W.NoSuchItem)
		return
	}
	if err == nil {
		_, err = s.o.Store.SaveAnswer(news.Answer{
			Item: it.ID, Who: cmp.Or(v.user, "pages"), At: s.o.Now(), Marks: []news.Mark{{Yes: say == "yes"}},
			URL: it.URL, Lang: it.Lang, Side: it.Side, Title: it.Title, Text: it.Text, Verdict: it.Verdict,
		})
	}
	if err != nil {
		s.fail(w, v, err)
		return
	}
	back := "/whynot?thanks=1"
	if u, err := url.Parse(r.PostForm.Get("back")); err == nil && u.Host == "" && u.Scheme == "" && u.Path == itemURL(it.ID) {
		back = u.Path
	}
	http.Redirect(w, r, v.To(back), http.StatusSeeOther)
}
