package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/classify"
	"samur/internal/news"
)

func newTopics(env *Env) *cobra.Command {
	return group("topics", "the subjects that items are matched against",
		`Topics are drawn from the bundled seed documents, from documents of your own in the
directory that seeds.dir of the config names, and from topics of the config.`,
		"samur topics list",
		newTopicsList(env), newTopicsShow(env), newTopicsTry(env))
}

// topicOut is a topic as printed.
type topicOut struct {
	Slug     string                 `json:"slug"`
	Names    map[news.Lang]string   `json:"names"`
	About    map[news.Lang]string   `json:"about"`
	Words    map[news.Lang][]string `json:"words"`
	Lines    map[news.Lang]float64  `json:"lines"`
	Concepts int                    `json:"concepts"`
	Stems    int                    `json:"stems"`
	Passages []passageOut           `json:"passages"`
	Unheard  map[news.Lang][]string `json:"unheard,omitempty"` // words, in languages for which it has none
	Terms    []termOut              `json:"terms,omitempty"`
}

type passageOut struct {
	Document string `json:"document"`
	Line     int    `json:"line"`
	Text     string `json:"text"`
}

// termOut is what speaks for a topic as printed.
type termOut struct {
	Kind    string               `json:"kind"` // word, concept or stem
	Lang    news.Lang            `json:"lang,omitempty"`
	Term    string               `json:"term"`
	Names   map[news.Lang]string `json:"names,omitempty"` // of a concept
	Points  float64              `json:"points"`
	Taken   float64              `json:"taken"` // by passages of other topics
	From    string               `json:"from"`  // lexicon, topic or passages
	Concept string               `json:"concept,omitempty"`
	For     []placeOut           `json:"for,omitempty"`
	Against []placeOut           `json:"against,omitempty"`

	Labelled int `json:"labelled_items,omitempty"` // of the topic, that hold it
	Others   int `json:"other_items,omitempty"`    // labelled with other topics, that do
}

// placeOut is where a passage holds a term.
type placeOut struct {
	Document string `json:"document"`
	Line     int    `json:"line"`
	Form     string `json:"form"`
}

func newTopicsList(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "list the topics in the order a digest tells them", Args: takes(0, 0),
		Long: `Lists the topics with how many words, concepts and stems speak for each, how many
passages they are drawn from, and the score from which an English item has it.`,
		Example: "  samur topics list --json",
	}
	return configured(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		u, err := understand(s)
		if err != nil {
			return err
		}
		out := newLines(cmd.OutOrStdout())
		t := newTable(tableOut(cmd), "TOPIC", "NAME", "WORDS", "CONCEPTS", "STEMS", "PASSAGES", "LINE", "ABOUT")
		for _, topic := range u.Classifier.Topics() {
			o := topicOf(u, topic.Slug)
			if wantJSON(cmd) {
				o.Terms = nil
				if err := out.print(o); err != nil {
					return err
				}
			}
			words := 0
			for _, list := range o.Words {
				words += len(list)
			}
			t.row(o.Slug, o.Names[news.En], strconv.Itoa(words), strconv.Itoa(o.Concepts), strconv.Itoa(o.Stems),
				strconv.Itoa(len(o.Passages)), points(o.Lines[news.En]), o.About[news.En])
		}
		return t.flush()
	})
}

// understand reads seeds and topics by the config; what is wrong with them is the
// user's to mend.
func understand(s *session, trial ...classify.Topic) (*app.Understanding, error) {
	u, err := app.Understand(s.cfg.Seeds.Dir, s.cfg.Seeds.Threshold, append(app.OwnTopics(s.cfg), trial...)...)
	if err != nil {
		return nil, misuse{err}
	}
	return u, nil
}

// topicOf returns the topic called slug with all that speaks for it.
func topicOf(u *app.Understanding, slug string) topicOut {
	p, _ := u.Classifier.Profile(slug) // the caller has it from the classifier
	o := topicOut{
		Slug: slug, Names: p.Topic.Names, About: p.Topic.About, Words: p.Topic.Words, Lines: p.Lines, Passages: []passageOut{},
	}
	for _, v := range p.Passages {
		o.Passages = append(o.Passages, passageOut{v.File, v.Line, v.Text})
	}
	for _, t := range p.Terms {
		x := termOut{
			Kind: t.Kind, Lang: t.Lang, Term: t.Term, Points: thousandths(t.Points), Taken: thousandths(t.Taken), From: t.From,
			Concept: t.Carrying, For: places(t.For), Against: places(t.Against), Labelled: t.Labelled, Others: t.Others,
		}
		switch t.Kind {
		case "stem":
			o.Stems++
		case "concept":
			o.Concepts++
			if c, ok := u.Lexicon.Concept(t.Term); ok {
				x.Names = map[news.Lang]string{news.En: c.Name(news.En), news.Ru: c.Name(news.Ru), news.Az: c.Name(news.Az)}
			}
		}
		o.Terms = append(o.Terms, x)
	}
	o.Unheard = unheard(o)
	return o
}

// unheard returns the words that are not heard in a language for which the topic has
// none, because the lexicon does not know them.
func unheard(o topicOut) map[news.Lang][]string {
	var lost []string
	for _, t := range o.Terms {
		if t.Kind == "word" && t.Concept == "" {
			lost = append(lost, t.Term)
		}
	}
	out := map[news.Lang][]string{}
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		if len(o.Words[l]) == 0 && len(lost) > 0 {
			out[l] = lost
		}
	}
	return out
}

func places(vs []classify.Vote) []placeOut {
	var out []placeOut
	for _, v := range vs {
		out = append(out, placeOut{v.File, v.Line, v.Form})
	}
	return out
}

// thousandths rounds points as the classifier does where it gives them.
func thousandths(f float64) float64 {
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'f', 3, 64), 64) // it was just written
	return f
}

func newTopicsShow(env *Env) *cobra.Command {
	var only string
	cmd := &cobra.Command{
		Use: "show SLUG", Short: "show what speaks for and against a topic, and which passage says so", Args: takes(1, 1),
		Long: `Shows the words, concepts and stems that speak for a topic, each with what it is worth in
a headline (elsewhere it is a share of that) and the passages of the seeds that hold it:
document, line and their words. "less" is what passages of other topics took away. The
line is the score from which an item has the topic.`,
		Example:           "  samur topics show energy --lang ru",
		ValidArgsFunction: completeTopics(env),
	}
	cmd.Flags().StringVar(&only, "lang", "", "only what is heard in this language: en, ru or az")
	return configured(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if only != "" {
			if err := oneOf("--lang", only, []string{"en", "ru", "az"}); err != nil {
				return err
			}
		}
		u, err := understand(s)
		if err != nil {
			return err
		}
		if err := isTopic(u, args[0]); err != nil {
			return err
		}
		o := topicOf(u, args[0])
		if only != "" {
			o.Terms = slices.DeleteFunc(o.Terms, func(t termOut) bool { return t.Lang != "" && t.Lang != news.Lang(only) })
		}
		if wantJSON(cmd) {
			return newLines(cmd.OutOrStdout()).print(o)
		}
		printTopic(cmd.OutOrStdout(), o, news.Lang(only))
		return nil
	})
}

func isTopic(u *app.Understanding, slug string) error {
	if slices.ContainsFunc(u.Classifier.Topics(), func(t classify.Topic) bool { return t.Slug == slug }) {
		return nil
	}
	return fmt.Errorf("no topic is called %q; see: samur topics list", slug)
}

// printTopic prints a topic; only is the language that is asked for, "" for all.
func printTopic(w io.Writer, o topicOut, only news.Lang) {
	say(w, "%s: %s", o.Slug, plain(cmp.Or(o.About[cmp.Or(only, news.En)], o.Names[cmp.Or(only, news.En)])))
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		if only == "" || only == l {
			say(w, "%s  %s; line %s", l, plain(o.Names[l]), points(o.Lines[l]))
		}
	}
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		if lost := o.Unheard[l]; len(lost) > 0 && (only == "" || only == l) {
			say(w, "not heard in %s, for no name of the lexicon is like them: %s; add words in %s", l, plain(strings.Join(lost, ", ")), l)
		}
	}
	for _, part := range []struct{ kind, title string }{
		{"word", "words of the topic"}, {"concept", "concepts, in all languages"}, {"stem", "stems of the passages"},
	} {
		first := true
		for _, t := range o.Terms {
			if t.Kind != part.kind {
				continue
			}
			if first {
				say(w, "\n%s", part.title)
				first = false
			}
			printTerm(w, t, only)
		}
	}
	for i, p := range o.Passages {
		if i == 0 {
			say(w, "\npassages")
		}
		say(w, "  %s:%d: %s", plain(p.Document), p.Line, plain(p.Text))
	}
}

func printTerm(w io.Writer, t termOut, only news.Lang) {
	line := fmt.Sprintf("  %+.2f  ", t.Points)
	switch t.Kind {
	case "concept":
		names := t.Names[only]
		if only == "" {
			names = strings.Join(slices.Compact([]string{t.Names[news.En], t.Names[news.Ru], t.Names[news.Az]}), " · ")
		}
		line += fmt.Sprintf("%s (%s), by the %s", t.Term, names, t.From)
	default:
		line += fmt.Sprintf("%s %s", t.Lang, t.Term)
		if t.Concept != "" {
			line += " = " + t.Concept
		}
	}
	if t.Taken >= 0.005 {
		line += fmt.Sprintf(", less %.2f", t.Taken)
	}
	say(w, "%s", plain(line))
	for _, side := range []struct {
		word string
		list []placeOut
	}{{"for", t.For}, {"against", t.Against}} {
		if len(side.list) == 0 || side.word == "against" && t.Taken < 0.005 {
			continue
		}
		var held []string
		for _, p := range side.list {
			held = append(held, fmt.Sprintf("%s:%d %q", p.Document, p.Line, p.Form))
		}
		say(w, "           %s: %s", side.word, plain(strings.Join(held, ", ")))
	}
	if t.Labelled+t.Others > 0 {
		say(w, "           labelled items: %d of the topic, %d of others", t.Labelled, t.Others)
	}
}
