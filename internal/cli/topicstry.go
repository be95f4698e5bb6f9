package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/classify"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/store"
	"samur/seeds"
)

// trialSlug is what a topic is called that exists on the command line alone.
const trialSlug = "trial"

// nearMisses is how many items just below the line are shown at most.
const nearMisses = 5

// trial is a topic that is tried on the archive.
type trial struct {
	slug     string
	words    []string
	examples []string
	since    string
	limit    int
}

func newTopicsTry(env *Env) *cobra.Command {
	var t trial
	cmd := &cobra.Command{
		Use: "try [SLUG]", Short: "show what a topic would have matched in the archive; writes nothing", Args: takes(0, 1),
		Long: `Scores the stored items for a topic by the rules and words of now, with words or examples
that are not in the config yet: with SLUG they are added to that topic, without they are
one of their own. Shows the relevant items that would have it with the words that say so,
and those just below the line. Items that do not concern both countries are counted alone:
they can have no topic. What is stored stays as it is.

A word is taken as Russian, Azerbaijani or English by its letters; en:, ru: or az: before
it says which.`,
		Example:           "  samur topics try --words caviar,икра,az:kürü --since 30d",
		ValidArgsFunction: completeTopics(env),
	}
	fs := cmd.Flags()
	fs.StringSliceVar(&t.words, "words", nil, "words or phrases that speak for it, in dictionary form, by commas")
	fs.StringArrayVar(&t.examples, "example", nil, "a passage on it, in any language; may be given several times")
	fs.StringVar(&t.since, "since", "30d", "items first seen since then: 12h, 30d, 8w, or a day (YYYY-MM-DD, UTC)")
	fs.IntVar(&t.limit, "limit", 20, "show at most so many; all are counted")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		since, err := moment(t.since, s.now())
		if err != nil {
			return err
		}
		own, err := t.topic(args)
		if err != nil {
			return err
		}
		u, err := understand(s, own...)
		if err != nil {
			return err
		}
		if err := isTopic(u, t.slug); err != nil {
			return err
		}
		return s.withStore(func(st *store.Store) error {
			r, err := t.run(cmd.Context(), st, u, since)
			if err != nil {
				return err
			}
			return r.print(cmd, t, u)
		})
	})
}

// moment reads a time that is given as a distance back from now or as a day.
func moment(text string, now time.Time) (time.Time, error) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day, nil
	}
	unit := map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	if n := len(text) - 1; n > 0 {
		if count, err := strconv.Atoi(text[:n]); err == nil && count > 0 && count < 100_000 && unit[text[n:]] > 0 {
			return now.Add(-time.Duration(count) * unit[text[n:]]), nil
		}
	}
	return time.Time{}, misusef("--since %q is no time; write 12h, 30d, 8w or 2026-03-08", text)
}

// topic returns what the command line adds to the topics, and settles the slug.
func (t *trial) topic(args []string) ([]seeds.Topic, error) {
	said := len(t.words)+len(t.examples) > 0
	switch {
	case len(args) > 0:
		t.slug = args[0]
	case said:
		t.slug = trialSlug
	default:
		return nil, misusef("nothing to try; name a topic or give --words or --example, for instance: samur topics try --words caviar")
	}
	if t.limit < 1 {
		return nil, misusef("--limit %d shows nothing; write 1 or more", t.limit)
	}
	if !said {
		return nil, nil
	}
	own := seeds.Topic{Slug: t.slug, Extend: true, Words: map[news.Lang][]string{}, File: "--example"}
	for _, w := range t.words {
		word, l := wordAndLang(w)
		if len([]rune(word)) < 2 {
			return nil, misusef("--words %q holds no word of two letters or more", w)
		}
		own.Words[l] = append(own.Words[l], word)
	}
	for i, text := range t.examples {
		if len(strings.Fields(text)) < 3 {
			return nil, misusef("--example %q is too short; write a headline or a paragraph, or use --words", text)
		}
		own.Examples = append(own.Examples, seeds.Example{Text: text, File: own.File, Line: i + 1})
	}
	return []seeds.Topic{own}, nil
}

// wordAndLang splits "az:alma", or guesses the language by the letters.
func wordAndLang(w string) (string, news.Lang) {
	w = strings.TrimSpace(w)
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		if rest, ok := strings.CutPrefix(w, string(l)+":"); ok {
			return strings.TrimSpace(rest), l
		}
	}
	switch {
	case strings.ContainsFunc(w, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }):
		return w, news.Ru
	case strings.ContainsAny(w, "əƏıİöÖüÜğĞşŞçÇ"):
		return w, news.Az
	}
	return w, news.En
}

// triedOut is an item that was scored, as printed.
type triedOut struct {
	ID        string             `json:"id"`
	FirstSeen time.Time          `json:"first_seen"`
	Lang      news.Lang          `json:"lang"`
	Outlet    string             `json:"outlet"`
	Title     string             `json:"title"`
	URL       string             `json:"url"`
	Score     float64            `json:"score"`
	Line      float64            `json:"line"`
	Reached   bool               `json:"reached"`
	HasIt     bool               `json:"has_it"` // as stored
	Evidence  []records.Evidence `json:"evidence"`
}

// triedTotal is the sum of a trial.
type triedTotal struct {
	Topic    string    `json:"topic"`
	Since    time.Time `json:"since"`
	Relevant int       `json:"relevant"`
	Reached  int       `json:"reached"`
	HasIt    int       `json:"has_it"` // of those that reach the line, as stored
	Lost     int       `json:"lost"`   // have it as stored and would not
	Rejected int       `json:"rejected"`
	Beyond   int       `json:"rejected_reached"`
}

// tried is the outcome of a trial.
type tried struct {
	total   triedTotal
	reached []triedOut // newest last
	missed  []triedOut // nearest to the line first
}

// run scores every stored item since then.
func (t *trial) run(ctx context.Context, st *store.Store, u *app.Understanding, since time.Time) (tried, error) {
	r := tried{total: triedTotal{Topic: t.slug, Since: since.UTC()}}
	err := st.ItemsSince(since, func(it news.Item) bool {
		rating := u.Classifier.Rate(u.Lexicon.Analyse(it.Title, it.Text, it.Lang), t.slug)
		r.take(it, rating, t.limit)
		return ctx.Err() == nil
	})
	if err == nil && ctx.Err() != nil {
		err = fmt.Errorf("interrupted: %w", ctx.Err())
	}
	return r, err
}

// take counts an item and keeps it when it is to be shown.
func (r *tried) take(it news.Item, rating classify.Rating, limit int) {
	if !it.Verdict.Relevant {
		r.total.Rejected++
		if rating.Reached() {
			r.total.Beyond++
		}
		return
	}
	r.total.Relevant++
	has := slices.ContainsFunc(it.Verdict.Matches, func(m news.Match) bool { return m.Topic == r.total.Topic })
	o := triedOut{
		it.ID, it.FirstSeen, it.Lang, it.Outlet, it.Title, it.URL,
		rating.Match.Score, records.Thousandths(rating.Line), rating.Reached(), has, records.EvidenceOf(rating.Match.Evidence),
	}
	switch {
	case o.Reached:
		r.total.Reached++
		if has {
			r.total.HasIt++
		}
		if r.reached = append(r.reached, o); len(r.reached) > limit {
			r.reached = r.reached[1:]
		}
		return
	case has:
		r.total.Lost++
	}
	if len(o.Evidence) == 0 {
		return
	}
	r.missed = append(r.missed, o)
	slices.SortStableFunc(r.missed, func(a, b triedOut) int { return cmp.Compare(b.Score/b.Line, a.Score/a.Line) })
	r.missed = r.missed[:min(len(r.missed), nearMisses)]
}

func (r *tried) print(cmd *cobra.Command, t trial, u *app.Understanding) error {
	slices.Reverse(r.reached)
	w := cmd.OutOrStdout()
	if wantJSON(cmd) {
		out := newLines(w)
		for _, o := range slices.Concat(r.reached, r.missed) {
			if err := out.print(o); err != nil {
				return err
			}
		}
		return out.print(struct {
			Total triedTotal `json:"total"`
		}{r.total})
	}
	n := r.total
	say(w, "%d of %d relevant items since %s would have the topic %s; %d of them have it now", n.Reached, n.Relevant, stamp(n.Since), t.slug, n.HasIt)
	if n.Lost > 0 {
		say(w, "%d have it now and would not", n.Lost)
	}
	say(w, "%d of %d rejected items would reach its line too, and stay rejected: an item must concern both countries", n.Beyond, n.Rejected)
	p, _ := u.Classifier.Profile(t.slug)
	say(w, "line: en %s, ru %s, az %s; less for a headline alone and where no topic reaches its own", points(p.Lines[news.En]), points(p.Lines[news.Ru]), points(p.Lines[news.Az]))
	printTried(cmd, "newest first", r.reached)
	printTried(cmd, "just below the line", r.missed)
	return nil
}

func printTried(cmd *cobra.Command, title string, list []triedOut) {
	w := cmd.OutOrStdout()
	for i, o := range list {
		if i == 0 {
			say(w, "\n%s", title)
		}
		now := ""
		if o.HasIt {
			now = ", has it now"
		}
		say(w, "%s of %s  %s %s %s %s%s", points(o.Score), points(o.Line), stamp(o.FirstSeen), o.ID, o.Lang, plain(o.Outlet), now)
		say(w, "    %s", plain(clip(o.Title, 110)))
		for _, e := range o.Evidence {
			say(w, "    %+.2f %q %s = %s", e.Points, plain(e.Form), plain(e.Why), plain(e.Concept))
		}
	}
}
