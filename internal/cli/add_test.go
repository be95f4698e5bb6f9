package cli

import (
	"strings"
	"testing"

	"samur/internal/config"
	"samur/internal/fetch"
)

func TestAddedFeedHasMoved(t *testing.T) {
	cfg := &config.Config{Feeds: []config.Feed{{Name: "have", URL: "https://example.org/new"}}}
	tests := []struct{ name, to, refused, said string }{
		{"stands", "", "", ""},
		{"elsewhere", "https://example.org/other", "", "moved for good to https://example.org/other"},
		{"to a feed of the config", "https://example.org/new#x", "the config has have at", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			said, err := movedNews(cfg, fetch.Response{MovedTo: tt.to})
			if (err != nil) != (tt.refused != "") || err != nil && !strings.Contains(err.Error(), tt.refused) {
				t.Errorf("movedNews = %v, want an error that says %q", err, tt.refused)
			}
			if (said != "") != (tt.said != "") || !strings.Contains(said, tt.said) {
				t.Errorf("movedNews = %q, want %q in it", said, tt.said)
			}
		})
	}
}
