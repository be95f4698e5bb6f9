package cli

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/figures"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/store"
	"samur/seeds"
)

// newFiguresGroup makes the one command that is both: figures FILE reads items,
// figures list and show read the store.
func newFiguresGroup(env *Env) *cobra.Command {
	cmd := itemsCommand(env, "figures", "the numbers that items state, each with its sentence",
		`Reads items as JSON Lines and prints {"id", "figures": [{"indicator", "value", "unit", "period",
"change", "sentence"}]} for each; no store is needed. A subcommand looks into the archive instead.`,
		"samur figures items.jsonl",
		func(cmd *cobra.Command, u *app.Understanding, name string) error {
			return printFigures(cmd, env, u, name)
		})
	cmd.AddCommand(newFiguresList(env), newFiguresShow(env))
	return cmd
}

func newFiguresList(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "list the indicators with their latest value", Args: takes(0, 0),
		Long: `Lists every indicator that items of the archive or seed documents state a value of, with
the latest one.`,
		Example: "  samur figures list",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		series, err := s.series()
		if err != nil {
			return err
		}
		out := newLines(cmd.OutOrStdout())
		t := newTable(tableOut(cmd), "INDICATOR", "VALUES", "LAST VALUE", "PERIOD", "OUTLET")
		for _, name := range slices.Sorted(maps.Keys(series)) {
			ps := series[name]
			last := records.Latest(ps)
			if wantJSON(cmd) {
				if err := out.print(records.IndicatorOf(name, ps)); err != nil {
					return err
				}
				continue
			}
			t.row(name, strconv.Itoa(len(ps)), records.Value(last.Figure), last.Figure.Period, last.Outlet)
		}
		return t.flush()
	})
}

// series returns the series of all indicators: the figures of the seed documents first,
// then those of the archive.
func (s *session) series() (map[string][]figures.Point, error) {
	docs, err := app.Documents(s.cfg.Seeds.Dir)
	if err != nil {
		return nil, misuse{err}
	}
	points := map[string][]news.FigurePoint{}
	for _, p := range seeds.Points(docs) {
		points[p.Figure.Indicator] = append(points[p.Figure.Indicator], p)
	}
	names := sync.OnceValues(s.lexicon)
	err = s.withStore(func(st *store.Store) error {
		indicators, err := st.Indicators()
		if err != nil {
			return err
		}
		for _, name := range indicators {
			ps, err := st.FigurePoints(name)
			if err != nil {
				return err
			}
			if ps, err = records.Restated(st, names, ps); err != nil {
				return err
			}
			points[name] = append(points[name], ps...)
		}
		return nil
	})
	out := map[string][]figures.Point{}
	for name, ps := range points {
		out[name] = figures.Series(ps)
	}
	return out, err
}

func newFiguresShow(env *Env) *cobra.Command {
	var asCSV bool
	cmd := &cobra.Command{
		Use: "show INDICATOR", Short: "show every value of an indicator, with period, source and sentence", Args: takes(1, 1),
		Long: `Shows every value of an indicator by period, those of the seed documents first: none is
averaged, and two sources that disagree stand one below the other. A value that several
outlets give stands once with all of them, and with the sentence of one; --csv and --json
have every statement. NOTE marks values that another source disputes, with its value, and
those that who counted them, or the outlet itself, has since revised.`,
		Example: "  samur figures show trade-turnover --csv",
	}
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if asCSV {
			if err := oneForm(cmd, "--csv"); err != nil {
				return err
			}
		}
		series, err := s.series()
		if err != nil {
			return err
		}
		ps := series[args[0]]
		switch {
		case len(ps) == 0:
			return fmt.Errorf("neither the archive nor the seeds have a value of %q; see: samur figures list", args[0])
		case wantJSON(cmd):
			return printPoints(newLines(cmd.OutOrStdout()), ps)
		case asCSV:
			return records.PointsTable(cmd.OutOrStdout(), ps)
		}
		t := newTable(cmd.OutOrStdout(), "PERIOD", "VALUE", "NOTE", "PUBLISHED", "OUTLETS", "SENTENCE")
		for _, told := range figures.Merge(ps) {
			f := told.Figure
			t.row(f.Period, records.Value(f), records.AmongOthers(told.Point), stamp(told.First), outlets(told.By), clip(f.Sentence, 100))
		}
		return t.flush()
	})
}

// outlets lists who states a value, the first few by name.
func outlets(by []string) string {
	const most = 4
	if more := len(by) - most; more > 0 {
		return strings.Join(by[:most], ", ") + " and " + strconv.Itoa(more) + " more"
	}
	return strings.Join(by, ", ")
}

func printPoints(out lines, ps []figures.Point) error {
	for _, p := range ps {
		if err := out.print(records.PointOf(p)); err != nil {
			return err
		}
	}
	return nil
}
