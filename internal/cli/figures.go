package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/store"
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
		Use: "list", Short: "list the indicators of the archive with their latest value", Args: takes(0, 0),
		Long:    "Lists every indicator that items of the archive state a value of, with the latest one.",
		Example: "  samur figures list",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			names, err := st.Indicators()
			if err != nil {
				return err
			}
			out := newLines(cmd.OutOrStdout())
			t := newTable(tableOut(cmd), "INDICATOR", "VALUES", "LAST VALUE", "PERIOD", "OUTLET")
			for _, name := range names {
				ps, err := st.FigurePoints(name)
				if err != nil {
					return err
				}
				last := ps[len(ps)-1] // an indicator is listed because it has points
				if wantJSON(cmd) {
					if err := out.print(struct {
						Indicator string   `json:"indicator"`
						Values    int      `json:"values"`
						Last      pointOut `json:"last"`
					}{name, len(ps), pointOf(last)}); err != nil {
						return err
					}
					continue
				}
				t.row(name, strconv.Itoa(len(ps)), value(last.Figure), last.Figure.Period, last.Outlet)
			}
			return t.flush()
		})
	})
}

// value is a figure's value with its unit, as written.
func value(f news.Figure) string {
	v := number(f.Value)
	if f.High != 0 {
		v += "–" + number(f.High)
	}
	return v + " " + f.Unit
}

func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// pointOut is a figure with its source as printed.
type pointOut struct {
	figureOut
	Outlet    string `json:"outlet"`
	URL       string `json:"url"`
	Published string `json:"published"`
	Item      string `json:"item"`
}

func pointOf(p news.FigurePoint) pointOut {
	return pointOut{figureOf(p.Figure), p.Outlet, p.URL, stamp(p.Published), p.Item}
}

func newFiguresShow(env *Env) *cobra.Command {
	var asCSV bool
	cmd := &cobra.Command{
		Use: "show INDICATOR", Short: "show every value of an indicator, with period, source and sentence", Args: takes(1, 1),
		Long: `Shows every value that the archive has of an indicator, by period: none is averaged, and
two sources that disagree stand one below the other.`,
		Example: "  samur figures show trade-turnover --csv",
	}
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withStore(func(st *store.Store) error {
			ps, err := st.FigurePoints(args[0])
			if err != nil {
				return err
			}
			switch {
			case len(ps) == 0:
				return fmt.Errorf("the archive has no value of %q; see: samur figures list", args[0])
			case wantJSON(cmd):
				return printPoints(newLines(cmd.OutOrStdout()), ps)
			case asCSV:
				return pointsCSV(cmd.OutOrStdout(), ps)
			}
			t := newTable(cmd.OutOrStdout(), "PERIOD", "VALUE", "PUBLISHED", "OUTLET", "SENTENCE")
			for _, p := range ps {
				t.row(p.Figure.Period, value(p.Figure), stamp(p.Published), p.Outlet, clip(p.Figure.Sentence, 100))
			}
			return t.flush()
		})
	})
}

func printPoints(out lines, ps []news.FigurePoint) error {
	for _, p := range ps {
		if err := out.print(pointOf(p)); err != nil {
			return err
		}
	}
	return nil
}

func pointsCSV(w io.Writer, ps []news.FigurePoint) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"indicator", "period", "value", "high", "unit", "approx", "published", "outlet", "url", "sentence"}}
	for _, p := range ps {
		f := p.Figure
		high := ""
		if f.High != 0 {
			high = number(f.High)
		}
		rows = append(rows, []string{
			f.Indicator, f.Period, number(f.Value), high, f.Unit, f.Approx, stamp(p.Published), cell(p.Outlet), cell(p.URL), cell(f.Sentence),
		})
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// cell keeps a spreadsheet from taking a text from outside for a formula.
func cell(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@') {
		return "'" + s
	}
	return s
}
