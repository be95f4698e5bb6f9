package cli

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/seeds"
)

func newLexicon(env *Env) *cobra.Command {
	return group("lexicon", "the names that are found in texts: people, offices, places, companies, terms",
		`The lexicon holds names in three languages, each of a concept. Your own go into lexicon/*.yaml of
the directory that seeds.dir of the config names; the format is told in seeds/lexicon/README.md.`,
		"samur lexicon check my/seeds",
		newLexiconCheck(env), newLexiconFind(env), newLexiconShow(env), newLexiconList(env))
}

// ownNames are the flags that say which names stand beside the bundled ones.
type ownNames struct {
	config, dir string
}

func (o *ownNames) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.config, "config", "", "config file whose seeds.dir is read too (default as for other commands, if there is one)")
	cmd.Flags().StringVar(&o.dir, "seeds", "", "directory with further names, in place of that of a config")
	addJSON(cmd.Flags())
}

// directory returns the user's own directory, "" for none. Without flags it is that of
// the config that other commands find, if there is one.
func (o *ownNames) directory(env *Env) (string, error) {
	if o.dir != "" {
		return o.dir, nil
	}
	path, err := findConfig(env, o.config)
	if err != nil {
		return "", nil //nolint:nilerr // the bundled names do without a config
	}
	cfg, err := loadConfig(env, path, false)
	if err != nil {
		return "", err
	}
	return cfg.Seeds.Dir, nil
}

// load reads the bundled names and the user's own.
func (o *ownNames) load(env *Env) (*lexicon.Lexicon, error) {
	dir, err := o.directory(env)
	if err != nil {
		return nil, err
	}
	sources := []fs.FS{seeds.FS}
	if dir != "" {
		if _, err := os.Stat(dir); err != nil {
			return nil, misusef("seeds directory: %w", err)
		}
		sources = append(sources, os.DirFS(dir))
	}
	lx, err := lexicon.Load(sources...)
	if err != nil {
		return nil, misusef("%w", err)
	}
	return lx, nil
}

func newLexiconCheck(env *Env) *cobra.Command {
	var own ownNames
	var strict bool
	cmd := &cobra.Command{
		Use: "check [DIR|FILE...]", Short: "find what is wrong or weak in names, offline", Args: takes(0, -1),
		Long: `Reads the bundled names, those of --config or --seeds and those of the directories and files
that are named, each on top of those before, and prints every mistake as file:line:column with
its fix: what cannot be read, topics that do not exist, one name under two concepts, forms that
two names share, names that are common words, that are never found or found twice. A warning may
be meant: "accept: {RULE: why}" in the concept silences it. No config is looked for that is
not named. Exit 1 when there is an error.`,
		Example: "  samur lexicon check my/seeds",
	}
	own.flags(cmd)
	cmd.Flags().BoolVar(&strict, "strict", false, "exit 1 for a warning too")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		dir := own.dir
		if own.config != "" {
			var err error
			if dir, err = own.directory(env); err != nil {
				return err
			}
		}
		sources := []lexicon.Source{{FS: seeds.FS, Name: "seeds/"}}
		for _, name := range append([]string{dir}, args...) {
			if name == "" {
				continue
			}
			src, err := lexiconSource(name)
			if err != nil {
				return err
			}
			sources = append(sources, src)
		}
		return checkLexicon(cmd, sources, strict)
	}
	return cmd
}

// lexiconSource returns what a directory of seeds, a directory of lexicon files or one
// such file holds.
func lexiconSource(name string) (lexicon.Source, error) {
	info, err := os.Stat(name)
	if err != nil {
		return lexicon.Source{}, misusef("names: %w", err)
	}
	dir, pattern := name, "lexicon/*.yaml"
	switch {
	case !info.IsDir():
		dir, pattern = filepath.Dir(name), escapeGlob(filepath.Base(name))
	case !holds(name, pattern):
		pattern = "*.yaml"
	}
	if !holds(dir, pattern) {
		return lexicon.Source{}, misusef("%s holds no names; put them into %s", name, filepath.Join(name, "lexicon", "names.yaml"))
	}
	return lexicon.Source{FS: os.DirFS(dir), Files: pattern, Name: filepath.ToSlash(dir) + "/"}, nil
}

func holds(dir, pattern string) bool {
	names, err := fs.Glob(os.DirFS(dir), pattern)
	return err == nil && len(names) > 0
}

// escapeGlob writes a file's name as a pattern that is that name alone.
func escapeGlob(name string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(name)
}

type findingOut struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Level   string `json:"level"`
	Rule    string `json:"rule"`
	Concept string `json:"concept,omitempty"`
	What    string `json:"what"`
	Fix     string `json:"fix"`
}

func checkLexicon(cmd *cobra.Command, sources []lexicon.Source, strict bool) error {
	var topics []string
	var corpora []fs.FS
	for _, src := range sources {
		corpora = append(corpora, src.FS)
	}
	all, err := seeds.Topics(corpora...)
	if err != nil {
		return misusef("read topics: %w", err)
	}
	for _, t := range all {
		topics = append(topics, t.Slug)
	}
	lx, findings, err := lexicon.Check(topics, sources...)
	if err != nil {
		return err
	}
	if err := printFindings(cmd, findings); err != nil {
		return err
	}
	wrong := lexicon.Errors(findings)
	if n := len(findings); !wantJSON(cmd) {
		concepts := "no concepts"
		if lx != nil {
			concepts = fmt.Sprintf("%d concepts", len(lx.Concepts()))
		}
		say(cmd.OutOrStdout(), "%s: errors %d, warnings %d", concepts, wrong, n-wrong)
	}
	if wrong > 0 || strict && len(findings) > 0 {
		return errSilent
	}
	return nil
}

func printFindings(cmd *cobra.Command, findings []lexicon.Finding) error {
	out := newLines(cmd.OutOrStdout())
	for _, f := range findings {
		level := "error"
		if f.Warning {
			level = "warning"
		}
		if wantJSON(cmd) {
			if err := out.print(findingOut{f.File, f.Line, f.Column, level, f.Rule, f.Concept, f.What, f.Fix}); err != nil {
				return err
			}
			continue
		}
		say(cmd.OutOrStdout(), "%s", plain(fmt.Sprintf("%s:%d:%d: %s: %s; %s", f.File, f.Line, f.Column, level, f.What, f.Fix)))
	}
	return nil
}

type sightingOut struct {
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Form    string   `json:"form"`
	Name    string   `json:"name"`
	Concept string   `json:"concept"`
	Weak    bool     `json:"weak"`
	Taken   bool     `json:"taken"`
	Why     string   `json:"why,omitempty"`
	By      []string `json:"by,omitempty"`
}

func newLexiconFind(env *Env) *cobra.Command {
	var own ownNames
	var of string
	cmd := &cobra.Command{
		Use: "find TEXT|-", Short: "show the names that a text holds, and why others were not taken", Args: takes(1, -1),
		Long: `Prints each name that the text holds: its bytes, the form in the text, the name that it is a form
of, its concept; then the names that were not taken, with what they need or what forbids them.`,
		Example: "  samur lexicon find Путин встретился с Алиевым в Баку",
	}
	own.flags(cmd)
	cmd.Flags().StringVar(&of, "lang", "", "language of the text: en, ru or az (default: as it looks)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		text, err := textOf(env, args)
		if err != nil {
			return err
		}
		if !slices.Contains([]string{"", "en", "ru", "az"}, of) {
			return misusef("--lang %q is not read; use en, ru or az", of)
		}
		lx, err := own.load(env)
		if err != nil {
			return err
		}
		l := cmp.Or(news.Lang(of), lang.Detect(text, "", ""))
		return printSightings(cmd, lx.Explain(text, "", l))
	}
	return cmd
}

// textOf is the text typed behind a command, or all of stdin for "-".
func textOf(env *Env, args []string) (string, error) {
	if len(args) != 1 || args[0] != "-" {
		return strings.Join(args, " "), nil
	}
	data, err := io.ReadAll(io.LimitReader(env.Stdin, maxLine))
	if err != nil {
		return "", fmt.Errorf("read text: %w", err)
	}
	return string(data), nil
}

func printSightings(cmd *cobra.Command, seen []lexicon.Sighting) error {
	out := newLines(cmd.OutOrStdout())
	t := newTable(tableOut(cmd), "BYTES", "FORM", "NAME", "CONCEPT", "TAKEN")
	for _, s := range seen {
		o := sightingOut{
			Start: s.Start, End: s.End, Form: s.Form, Name: s.Name, Concept: s.Concept.ID, Weak: s.Weak, Taken: s.Taken, By: s.By,
		}
		if !s.Taken {
			o.Why = s.Why.String()
		}
		if wantJSON(cmd) {
			if err := out.print(o); err != nil {
				return err
			}
			continue
		}
		t.row(fmt.Sprintf("%d-%d", o.Start, o.End), o.Form, o.Name, o.Concept, taken(o))
	}
	return t.flush()
}

// taken says in a cell whether a name was taken, and what kept it out.
func taken(o sightingOut) string {
	switch {
	case o.Taken && o.Weak:
		return "yes, in company"
	case o.Taken:
		return "yes"
	case len(o.By) == 0:
		return "no: " + o.Why
	}
	by := o.By
	more := ""
	if len(by) > 8 {
		by, more = by[:8], ", …"
	}
	return "no: " + o.Why + " " + strings.Join(by, ", ") + more
}

type conceptOut struct {
	ID     string                 `json:"id"`
	Kind   lexicon.Kind           `json:"kind"`
	Side   news.Side              `json:"side,omitempty"`
	Names  map[news.Lang][]string `json:"names,omitempty"`
	Weak   map[news.Lang][]string `json:"weak,omitempty"`
	Needs  []string               `json:"needs,omitempty"`
	Not    []string               `json:"not,omitempty"`
	Fixed  []string               `json:"fixed,omitempty"`
	Topics []string               `json:"topics,omitempty"`
	Accept map[string]string      `json:"accept,omitempty"`
	File   string                 `json:"file"`
	Line   int                    `json:"line"`
}

func conceptOf(c *lexicon.Concept) conceptOut {
	return conceptOut{c.ID, c.Kind, c.Side, c.Names, c.Weak, c.Needs, c.Not, c.Fixed, c.Topics, c.Accept, c.File, c.Line}
}

func newLexiconShow(env *Env) *cobra.Command {
	var own ownNames
	cmd := &cobra.Command{
		Use: "show ID|NAME", Short: "show a concept with all its names, as its file has it", Args: takes(1, -1),
		Long:    "Shows the concept with an id, or those that a name is of, in the form in which lexicon files are written.",
		Example: "  samur lexicon show company/socar",
	}
	own.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		lx, err := own.load(env)
		if err != nil {
			return err
		}
		name := strings.Join(args, " ")
		found := named(lx, name)
		if len(found) == 0 {
			return fmt.Errorf("no concept has the id or the name %q; see: samur lexicon list", name)
		}
		out := newLines(cmd.OutOrStdout())
		for _, c := range found {
			if !wantJSON(cmd) {
				showConcept(cmd.OutOrStdout(), c)
				continue
			}
			if err := out.print(conceptOf(c)); err != nil {
				return err
			}
		}
		return nil
	}
	return cmd
}

// named returns the concept with an id, or those that a name is of, whatever it needs.
func named(lx *lexicon.Lexicon, name string) []*lexicon.Concept {
	if c, ok := lx.Concept(name); ok {
		return []*lexicon.Concept{c}
	}
	var found []*lexicon.Concept
	for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
		for _, s := range lx.Explain(name, "", l) {
			if s.Form == name && !slices.Contains(found, s.Concept) {
				found = append(found, s.Concept)
			}
		}
	}
	return found
}

// showConcept writes a concept as it stands in a file.
func showConcept(w io.Writer, c *lexicon.Concept) {
	say(w, "# %s:%d", plain(c.File), c.Line)
	say(w, "- id: %s\n  kind: %s", plain(c.ID), c.Kind)
	if c.Side != "" {
		say(w, "  side: %s", c.Side)
	}
	for _, part := range []struct {
		key   string
		names map[news.Lang][]string
	}{{"names", c.Names}, {"weak", c.Weak}} {
		if len(part.names) > 0 {
			say(w, "  %s:", part.key)
		}
		for _, l := range []news.Lang{news.En, news.Ru, news.Az} {
			if len(part.names[l]) > 0 {
				say(w, "    %s: %s", l, flowList(part.names[l]))
			}
		}
	}
	for _, part := range []struct {
		key    string
		values []string
	}{{"needs", c.Needs}, {"not", c.Not}, {"fixed", c.Fixed}, {"topics", c.Topics}} {
		if len(part.values) > 0 {
			say(w, "  %s: %s", part.key, flowList(part.values))
		}
	}
	for _, rule := range slices.Sorted(maps.Keys(c.Accept)) {
		say(w, "  accept: {%s: %q}", rule, c.Accept[rule])
	}
}

// flowList writes values as a list of YAML, quoted where a mark could mislead.
func flowList(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = plain(v)
		if strings.ContainsAny(v, `:,#"'[]{}&*!|>%@`+"`") {
			out[i] = fmt.Sprintf("%q", out[i])
		}
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func newLexiconList(env *Env) *cobra.Command {
	var own ownNames
	var kind, side, topic string
	cmd := &cobra.Command{
		Use: "list", Short: "list the concepts of a kind, a side or a topic", Args: takes(0, 0),
		Long:    "Lists concepts with the name that each is shown by, in the order of their ids.",
		Example: "  samur lexicon list --kind person --side az",
	}
	own.flags(cmd)
	cmd.Flags().StringVar(&kind, "kind", "", "only those of a kind: person, company, city …")
	cmd.Flags().StringVar(&side, "side", "", "only those of a side: az, ru or other, none for those of neither")
	cmd.Flags().StringVar(&topic, "topic", "", "only those that speak for a topic")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		lx, err := own.load(env)
		if err != nil {
			return err
		}
		if err := own.known(env, kind, side, topic); err != nil {
			return err
		}
		concepts := slices.DeleteFunc(lx.Concepts(), func(c *lexicon.Concept) bool {
			return kind != "" && string(c.Kind) != kind || topic != "" && !slices.Contains(c.Topics, topic) ||
				side != "" && cmp.Or(string(c.Side), "none") != side
		})
		slices.SortFunc(concepts, func(a, b *lexicon.Concept) int { return strings.Compare(a.ID, b.ID) })
		return printConcepts(cmd, concepts)
	}
	return cmd
}

// known refuses values of list's flags that nothing can have.
func (o *ownNames) known(env *Env, kind, side, topic string) error {
	if kind != "" && !slices.Contains(lexicon.Kinds(), lexicon.Kind(kind)) {
		return misusef("--kind %q is none of %v", kind, lexicon.Kinds())
	}
	if !slices.Contains([]string{"", "az", "ru", "other", "none"}, side) {
		return misusef("--side %q is none of az, ru, other, none", side)
	}
	dir, err := o.directory(env)
	if err != nil {
		return err
	}
	slugs, err := app.TopicSlugs(dir)
	if err != nil {
		return misuse{err}
	}
	if topic != "" && !slices.Contains(slugs, topic) {
		return misusef("--topic %q is none of %v", topic, slugs)
	}
	return nil
}

func printConcepts(cmd *cobra.Command, concepts []*lexicon.Concept) error {
	out := newLines(cmd.OutOrStdout())
	t := newTable(tableOut(cmd), "CONCEPT", "SIDE", "EN", "RU", "AZ", "TOPICS")
	for _, c := range concepts {
		if wantJSON(cmd) {
			if err := out.print(conceptOf(c)); err != nil {
				return err
			}
			continue
		}
		t.row(c.ID, cmp.Or(string(c.Side), "-"), c.Name(news.En), c.Name(news.Ru), c.Name(news.Az), strings.Join(c.Topics, " "))
	}
	return t.flush()
}
