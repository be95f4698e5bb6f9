// Checkboard holds a Grafana board to Grafana's own schema, strictly, and every
// expression in it to Prometheus's parser.
//
//	go -C tools run ./checkboard ../deploy/grafana/samur.json
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: checkboard FILE")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	plugins.RegisterDefaultPlugins()
	var board dashboard.Dashboard
	if err := board.UnmarshalJSONStrict(text); err != nil && err.Error() != "" { // an empty list of mistakes is an error too
		return fmt.Errorf("%s:\n%w", path, err)
	}
	if err := board.Validate(); err != nil {
		return fmt.Errorf("%s:\n%w", path, err)
	}
	return checkExpressions(path, text)
}

// checkExpressions parses what each panel asks of Prometheus.
func checkExpressions(path string, text []byte) error {
	var board struct {
		Panels []struct {
			Title   string
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal(text, &board); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	asked := 0
	var errs []error
	for _, p := range board.Panels {
		for _, t := range p.Targets {
			asked++
			if _, err := parser.NewParser(parser.Options{}).ParseExpr(strings.ReplaceAll(t.Expr, "$__rate_interval", "5m")); err != nil {
				errs = append(errs, fmt.Errorf("%s: panel %q: %w", path, p.Title, err))
			}
		}
	}
	if asked == 0 {
		errs = append(errs, fmt.Errorf("%s: no panel asks anything", path))
	}
	return errors.Join(errs...)
}
