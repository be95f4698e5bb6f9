package cli

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/classify"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/render"
	"samur/internal/store"
)

func newExplain(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "explain URL|ID", Short: "say why an item was told or rejected", Args: takes(1, 1),
		Long: `Shows what became of an item and why: the words found, what each was worth, what was
missing, the threshold, its story and the digests that told it. The score is added up
from its parts, and the item judged anew with the rules, words and answers of today;
rejected items are explained like the others.`,
		Example: "  samur explain https://example.org/news/1",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withLine(func(c *app.Core, line *app.Line) error {
			it, err := findItem(c.Store, args[0])
			if err != nil {
				return err
			}
			cl, err := c.Classifier()
			if err != nil {
				return err
			}
			x, err := explanationOf(c.Store, it, cl)
			if err != nil {
				return err
			}
			x.Now = cl.Classify(line.Lexicon.Read(it))
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(x.out())
			}
			x.print(cmd.OutOrStdout())
			return nil
		})
	})
}

// explanation is everything that is known of why an item is where it is.
type explanation struct {
	Item    news.Item
	Now     news.Verdict  // by the rules and answers in force
	Answers []news.Answer // on the item
	InForce int           // answers that were learnt from, on all items
	Record  news.Record
	Told    []records.Told
	Later   []news.Revision // wordings
}

// explanationOf gathers what the store knows.
func explanationOf(st *store.Store, it news.Item, cl *classify.Classifier) (explanation, error) {
	x := explanation{Item: it, InForce: cl.Answers()}
	var err error
	if x.Told, err = toldOf(st, it); err != nil {
		return x, err
	}
	if x.Later, err = st.Revisions(it.ID); err != nil {
		return x, err
	}
	answers, err := st.Answers()
	if err != nil {
		return x, err
	}
	x.Record = news.RecordOf(answers, news.RecordSize)
	for _, a := range answers {
		if a.Item == it.ID {
			x.Answers = append(x.Answers, a)
		}
	}
	return x, nil
}

// findItem looks an item up by its id or its address.
func findItem(st *store.Store, name string) (news.Item, error) {
	it, err := st.Item(name)
	if errors.Is(err, news.ErrNotFound) {
		it, err = st.ItemByURL(name)
	}
	if errors.Is(err, news.ErrNotFound) {
		return it, fmt.Errorf("no item with id or address %q is in the archive", name)
	}
	return it, err
}

// toldOf returns the digests that told the story of an item.
func toldOf(st *store.Store, it news.Item) ([]records.Told, error) {
	if it.Story == "" {
		return []records.Told{}, nil
	}
	story, err := st.Story(it.Story)
	if errors.Is(err, news.ErrNotFound) {
		return []records.Told{}, nil // retention let it go
	}
	return records.TellingsOf(story), err
}

func sum(es []news.Evidence) float64 {
	var total float64
	for _, e := range es {
		total += e.Points
	}
	return total
}

// adds reports whether the points of a verdict add up to its score.
func adds(v news.Verdict) bool {
	for _, m := range v.Matches {
		if !near(sum(m.Evidence), m.Score) {
			return false
		}
	}
	return near(sum(v.Evidence), v.Score)
}

// explainOut is an explanation as printed.
type explainOut struct {
	records.Item
	Verdict    records.Verdict `json:"verdict"`
	Version    string          `json:"version"`
	Sum        float64         `json:"sum_of_points"`
	Adds       bool            `json:"adds_up"`
	FreshNow   float64         `json:"score_now"`
	Now        records.Verdict `json:"verdict_now"`
	VersionNow string          `json:"version_now"`
	DatedBy    string          `json:"dated_by"`
	Via        string          `json:"via,omitempty"` // outlet that it credits as its source
	Archived   bool            `json:"archived,omitempty"`
	CopyOf     string          `json:"copy_of,omitempty"`
	Revises    string          `json:"revises,omitempty"`
	Later      []laterOut      `json:"later_wordings,omitempty"`
	Answers    []answerOut     `json:"answers,omitempty"`
	Learnt     recordOut       `json:"learnt"`
	Told       []records.Told  `json:"told"`
}

// laterOut is a later wording as printed.
type laterOut struct {
	At     time.Time `json:"at"`
	Title  string    `json:"title"`
	Would  wordOut   `json:"by_itself"`
	Became string    `json:"became,omitempty"` // the item that it is since
}

func (x explanation) out() explainOut {
	it, now := x.Item, x.Item
	now.Verdict = x.Now
	o := explainOut{
		Item: records.ItemOf(it), Verdict: records.VerdictOf(it.ID, it), Version: it.Verdict.Version,
		Sum: sum(it.Verdict.Evidence), Adds: adds(it.Verdict), FreshNow: x.Now.Score, Now: records.VerdictOf(it.ID, now), VersionNow: x.Now.Version,
		DatedBy: string(it.Dated), Via: it.Via, Archived: it.Archived, CopyOf: it.CopyOf, Revises: it.Revises, Learnt: recordOf(x.InForce, x.Record), Told: x.Told,
	}
	for _, r := range x.Later {
		o.Later = append(o.Later, laterOut{r.At, r.Title, wordOf(r.Verdict), r.Became})
	}
	for _, a := range x.Answers {
		o.Answers = append(o.Answers, answerOf(a))
	}
	return o
}

func (x explanation) print(w io.Writer) {
	it, v := x.Item, x.Item.Verdict
	say(w, "%s", plain(it.Title))
	say(w, "  %s, %s, %s; first seen %s, published %s (%s)", plain(it.Outlet), it.Side, it.Lang, stamp(it.FirstSeen), stamp(it.Published), it.Dated)
	if it.Via != "" {
		say(w, "  credits %s", plain(it.Via))
	}
	say(w, "  %s", plain(it.URL))
	say(w, "  item %s of feed %s", it.ID, it.Feed)
	printVerdict(w, v)
	say(w, "  sum of the points: %s; computed anew now: %s", points(sum(v.Evidence)), points(x.Now.Score))
	if !adds(v) {
		say(w, "  the points do not add up to the stored score: its record is not as it was written; see: samur store check")
	}
	printTopics(w, v)
	x.printNow(w)
	x.printFate(w)
	for _, a := range x.Answers {
		say(w, "%s said on %s: %s", plain(a.Who), stamp(a.At), said(a))
	}
	if x.InForce > 0 {
		say(w, "%s", recordLine(x.InForce, x.Record))
	}
	for _, f := range it.Figures {
		say(w, "figure: %s %s %s — %s", f.Indicator, records.Value(f), f.Period, plain(f.Sentence))
	}
}

// printVerdict prints whether the item is relevant and every reason.
func printVerdict(w io.Writer, v news.Verdict) {
	say(w, "%s: %s points of %s needed", decided(v), points(v.Score), points(v.Threshold))
	if v.Missing != "" {
		say(w, "  missing: %s", plain(render.English(v.Missing)))
	}
	printEvidence(w, v.Evidence)
}

func printTopics(w io.Writer, v news.Verdict) {
	for _, m := range v.Matches {
		say(w, "topic %s: %s points", m.Topic, points(m.Score))
		printEvidence(w, m.Evidence)
	}
}

// printNow tells what the item would be today, where that is something else.
func (x explanation) printNow(w io.Writer) {
	v := x.Item.Verdict
	if v.Version != x.Now.Version {
		say(w, "decided by rules %s; those in force are %s", v.Version, x.Now.Version)
	}
	if sameVerdict(v, x.Now) {
		return
	}
	say(w, "judged anew, it would be otherwise:")
	printVerdict(w, x.Now)
	printTopics(w, x.Now)
}

// printFate tells what became of the item.
func (x explanation) printFate(w io.Writer) {
	it := x.Item
	switch {
	case it.Archived:
		say(w, "never told: it was old when its feed was first read, or it was imported as archive")
	case it.Story != "":
		say(w, "part of story %s; see: samur stories show %s", it.Story, it.Story)
		if len(x.Told) == 0 {
			say(w, "  not told yet")
		}
	}
	for _, t := range x.Told {
		say(w, "  told in %s of %s", t.Digest, stamp(t.Slot))
	}
	if it.CopyOf != "" {
		say(w, "repeats the text of item %s, so it adds no voice", it.CopyOf)
	}
	if it.Revises != "" {
		say(w, "a later wording of item %s, which was rejected", it.Revises)
	}
	for _, r := range x.Later {
		say(w, "reworded on %s: %s", stamp(r.At), x.reworded(r))
	}
}

// reworded says what a later wording is by itself, and what followed from it.
func (x explanation) reworded(r news.Revision) string {
	switch {
	case r.Became != "":
		return word(r.Verdict) + "; it is item " + r.Became + " since"
	case r.Verdict.Version == "":
		return "not judged by itself" // by an older samur
	case x.Item.Verdict.Relevant && !r.Verdict.Relevant:
		return word(r.Verdict) + " by itself; the item stays as it was"
	}
	return word(r.Verdict) + " by itself"
}

// decided is a verdict in a word.
func decided(v news.Verdict) string {
	if v.Relevant {
		return "relevant"
	}
	return "rejected"
}

// sameVerdict reports whether two verdicts give the same points for the same things.
func sameVerdict(a, b news.Verdict) bool {
	if a.Relevant != b.Relevant || !near(a.Score, b.Score) || a.Threshold != b.Threshold || !sameTopics(a, b) {
		return false
	}
	points := map[string]float64{}
	for _, m := range a.Matches {
		points[m.Topic] = m.Score
	}
	return !slices.ContainsFunc(b.Matches, func(m news.Match) bool { return !near(m.Score, points[m.Topic]) })
}

// near reports whether two scores are the same but for the last bits of their sums.
func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func sameTopics(a, b news.Verdict) bool {
	if len(a.Matches) != len(b.Matches) {
		return false
	}
	had := map[string]bool{}
	for _, m := range a.Matches {
		had[m.Topic] = true
	}
	for _, m := range b.Matches {
		if !had[m.Topic] {
			return false
		}
	}
	return true
}

func printEvidence(w io.Writer, es []news.Evidence) {
	for _, e := range es {
		what := ""
		if e.Form != "" {
			what = fmt.Sprintf("%q", plain(e.Form))
			if e.Concept != "" {
				what += " = " + e.Concept
			}
			what += fmt.Sprintf(" (%s, bytes %d–%d)", e.Field, e.Start, e.End)
		}
		say(w, "  %+6.2f  %s %s", e.Points, plain(render.English(e.Why)), what)
	}
}
