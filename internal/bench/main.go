// Command bench measures "samur poll" against a bare program that fetches, parses with
// gofeed and stores in bbolt, on synthetic feeds served from loopback addresses:
//
//	go run ./internal/bench                  2,000 feeds of 30 entries, three runs
//	go run ./internal/bench -feeds 200       the same in a few seconds
//	go run ./internal/bench -archive 1000000 and the cost of a poll at that many items
//	go run ./internal/bench -feeds 5000 -items 4 -runs 1 -archive 1000000 -pages
//	                                         and of pages, search, digest, backup there
//	go run ./internal/bench -profile cmd/samur/default.pgo
//	                                         what the compiler is told of where time goes
//
// A run starts both programs, as processes and in turn, on empty stores and then asks
// for the same feeds again: all unchanged (304), one new entry in each, no validators
// and nothing new, no validators and another date in the head, all entries new. What is
// printed are medians and the ratios of samur to the bare program. Absolute times belong
// to the machine; the ratios are what to compare.
//
// The program checks what both say that they read and stored, so that no figure stands
// for work that was not done. It is no part of the samur program: nothing imports it.
// Read driver.run first, then package floor, the bare program.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %v\n", err)
		os.Exit(1)
	}
}

// run is the program.
func run(args []string) error {
	var o options
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	fs.StringVar(&o.samur, "samur", "", "the samur program (default: built from this source)")
	fs.IntVar(&o.feeds, "feeds", 2000, "how many feeds")
	fs.IntVar(&o.items, "items", 30, "entries of each")
	fs.IntVar(&o.hosts, "hosts", 250, "loopback addresses they are served from")
	fs.IntVar(&o.relevant, "relevant", 8, "of a hundred entries, those about Russia and Azerbaijan")
	fs.IntVar(&o.runs, "runs", 3, "runs, of which medians are printed")
	fs.IntVar(&o.archive, "archive", 0, "measure also with a store of this many older items")
	fs.BoolVar(&o.pages, "pages", false, "with -archive: measure pages, API and the keeper's commands too")
	fs.StringVar(&o.profile, "profile", "", "measure nothing, and write the profile that samur is compiled with to this file")
	fs.StringVar(&o.dir, "dir", "", "directory to work in, kept (default: a temporary one)")
	if err := fs.Parse(args); err != nil {
		return err
	}
	return newDriver(o).run()
}
