package config

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkLoad reads a config of two thousand feeds, as every command does that is
// started.
func BenchmarkLoad(b *testing.B) {
	var text strings.Builder
	text.WriteString("state: /srv/samur\npoll: {workers: 64}\ndigests: [{name: daily, at: \"0 8 * * *\"}]\nfeeds:\n")
	for i := range 2000 {
		fmt.Fprintf(&text, "  - {name: feed-%d, outlet: Outlet %d, side: other, url: \"https://news%d.example/rss\"}\n", i, i, i)
	}
	path := filepath.Join(b.TempDir(), "samur.yaml")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		cfg, err := Load(path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if got := len(cfg.NewsFeeds()); got != 2000 {
			b.Fatalf("got %d feeds, want 2000", got)
		}
	}
}
