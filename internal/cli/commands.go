package cli

import (
	"time"

	"github.com/spf13/cobra"
)

// Commands returns the tree of commands as it is documented. It is not for running:
// Main is.
func Commands() *cobra.Command {
	return newRoot(&Env{Now: time.Now, Getenv: func(string) string { return "" }})
}
