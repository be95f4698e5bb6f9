// Command profiled is the samur program that writes a CPU profile of itself:
//
//	profiled FILE COMMAND [ARGUMENT...]
//
// bench makes of such profiles the one that samur is compiled with. A command of its own
// keeps samur from writing files because of a variable in its environment.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime/pprof"

	"samur/internal/cli"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: profiled FILE COMMAND [ARGUMENT...]")
		os.Exit(2)
	}
	code, err := profiled(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintf(os.Stderr, "profiled: %v\n", err)
		os.Exit(1)
	}
	os.Exit(code)
}

// profiled runs samur and returns its exit code.
func profiled(file string, args []string) (code int, err error) {
	f, err := os.Create(file)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := pprof.StartCPUProfile(f); err != nil {
		return 0, err
	}
	defer pprof.StopCPUProfile()
	return cli.Main(args, cli.Process()), nil
}
