package classify

import (
	"encoding/json"
	"os"
	"testing"

	"samur/internal/lang"
)

func TestDump(t *testing.T) {
	out := os.Getenv("DUMP")
	if out == "" {
		t.Skip()
	}
	c, x := open(t)
	f, _ := os.Create(out)
	defer f.Close()
	enc := json.NewEncoder(f)
	for _, it := range labelled(t) {
		text := plain(it.Text)
		v := c.Classify(x.Analyse(it.Title, text, lang.Detect(it.Title, text, "")))
		_ = enc.Encode(map[string]any{"id": it.ID, "want": it.Topics, "rel": it.Relevant, "got": v.Relevant,
			"rate": c.rate(c.look(x.Analyse(it.Title, text, lang.Detect(it.Title, text, ""))))})
	}
}
