package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
	"golang.org/x/sys/unix"
)

// versionOut is the version as printed.
type versionOut struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

func newVersion(*Env) *cobra.Command {
	var verbose bool
	cmd := &cobra.Command{
		Use: "version", Short: "print the version", Args: takes(0, 0),
		Long:    "Prints the version; with --verbose or --json also the version of Go and the platform.",
		Example: "  samur version --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := versionOut{version(), runtime.Version(), runtime.GOOS, runtime.GOARCH}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(v)
			}
			line := "samur " + v.Version
			if verbose {
				line += fmt.Sprintf(" (%s, %s/%s)", v.Go, v.OS, v.Arch)
			}
			if _, err := fmt.Fprintln(cmd.OutOrStdout(), line); err != nil {
				return fmt.Errorf("write version: %w", err)
			}
			return nil
		},
	}
	addJSON(cmd.Flags())
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "also print the version of Go and the platform")
	return cmd
}

// version is what the build knows of itself: the module's version or the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	commit, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+dirty"
		}
	}
	if commit == "" {
		return "devel"
	}
	return "devel-" + commit + dirty
}

// monotonicMicros is the kernel's monotonic clock, as the notify protocol wants it.
func monotonicMicros() int64 {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		return 0 // the manager then times the reload out; nothing else depends on it
	}
	return ts.Nano() / 1000
}
