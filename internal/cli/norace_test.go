//go:build !race

package cli

// Raced says that the race detector is on.
const Raced = false
