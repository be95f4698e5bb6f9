package news

import "testing"

// TestIndexTermOf holds the terms that stores have.
func TestIndexTermOf(t *testing.T) {
	for s, want := range map[string]IndexTerm{"": 0xecba3df2c338, "gas": 0x50cd001b778e, "~ALV": 0x20ee811cea6e, "газ": 0x3751776cbe3a} {
		if got := IndexTermOf(s); got != want {
			t.Errorf("IndexTermOf(%q) = %#x, want %#x", s, got, want)
		}
	}
}
