//go:build race

package crash

// raced is whether the race detector is on: a start then takes a second and more.
const raced = true
