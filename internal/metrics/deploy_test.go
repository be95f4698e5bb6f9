package metrics

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// named finds the series that an expression asks for.
var named = regexp.MustCompile(`\b(?:samur|go|process)_[a-z_]+`)

// The board and the alerts ask for nothing that is not told, and leave out no metric of
// ours.
func TestBoardAndAlertsKnowTheMetrics(t *testing.T) {
	told := map[string]bool{"samur_poll_duration_seconds_bucket": true} // the series of a histogram
	families, err := busy().reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		told[f.GetName()] = true
	}
	deploy := filepath.Join("..", "..", "deploy")
	board, err := os.ReadFile(filepath.Join(deploy, "grafana", "samur.json"))
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(board) {
		t.Error("samur.json is no JSON")
	}
	rules, err := os.ReadFile(filepath.Join(deploy, "prometheus", "samur.rules.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"samur.json": board, "samur.rules.yml": rules} {
		asked := named.FindAllString(string(text), -1)
		if len(asked) < 5 {
			t.Errorf("%s: found %d series; the pattern does not fit it", name, len(asked))
		}
		for _, series := range asked {
			if !told[series] {
				t.Errorf("%s asks for %s, which is not told", name, series)
			}
		}
	}
	for name := range told {
		if strings.HasPrefix(name, "samur_") && !strings.Contains(string(board)+string(rules), name) {
			t.Errorf("neither board nor alerts ask for %s", name)
		}
	}
}
