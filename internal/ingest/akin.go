package ingest

import (
	"time"

	"samur/internal/cluster"
)

// maxAkin bounds the items that each item is compared with.
const maxAkin = 60

// Akin returns why items belong together: for each, by its id, the comparison with the
// one before it in the list that it is most like. Items that the index of recent stories
// has forgotten have none, nor has the first.
func (in *Ingester) Akin(items []string, now time.Time) (map[string]cluster.Explanation, error) {
	if err := in.prepare(now); err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if err := in.loadStories(now); err != nil {
		return nil, err
	}
	out := map[string]cluster.Explanation{}
	for i, a := range items {
		for _, b := range items[:min(i, maxAkin)] {
			e, ok := in.stories.Explain(a, b)
			if !ok {
				continue
			}
			if best, met := out[a]; !met || nearer(e, best) {
				out[a] = e
			}
		}
	}
	return out, nil
}

// nearer reports whether a speaks more than b for one story.
func nearer(a, b cluster.Explanation) bool {
	if a.Together != b.Together {
		return a.Together
	}
	if a.Copied != b.Copied {
		return a.Copied > b.Copied
	}
	return a.Margin > b.Margin
}
