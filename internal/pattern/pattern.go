// Package pattern has regular expressions that are compiled when they are first used.
// Compiled at the start they would cost each command, for whatever errand, some ten
// milliseconds and two megabytes: most read no text, and of most texts few patterns are
// asked.
package pattern

import (
	"regexp"
	"sync"
)

// Lazy returns expr compiled, at the first call. An expr that is not a regular expression
// panics there; TestLazy compiles every one of the program.
func Lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// LazyAll is Lazy for several that are asked one after the other.
func LazyAll(exprs ...string) func() []*regexp.Regexp {
	return sync.OnceValue(func() []*regexp.Regexp {
		res := make([]*regexp.Regexp, len(exprs))
		for i, e := range exprs {
			res[i] = regexp.MustCompile(e)
		}
		return res
	})
}
