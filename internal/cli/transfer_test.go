package cli

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/store"
	"samur/internal/transfer"
)

// TestImportIntoUnusedDaemon holds that a whole export does not become archive unasked
// where it could have gone on.
func TestImportIntoUnusedDaemon(t *testing.T) {
	st, err := store.Open(store.Options{Path: filepath.Join(t.TempDir(), "samur.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	s := &session{env: &Env{}, cfg: &config.Config{}, lg: slog.New(slog.DiscardHandler), now: time.Now, shared: &app.Core{Store: st}}
	err = s.importHere(&cobra.Command{}, strings.NewReader(""), transfer.Summary{Whole: true}, false)
	if err == nil || !strings.Contains(err.Error(), "stop the daemon and import again, or give --archive") {
		t.Errorf("importHere = %v, want the keeper asked", err)
	}
}
