// Command floorpoll is the bare program of internal/bench/floor, a process of its own, so
// that it starts as quickly as a program with so little in it does:
//
//	floorpoll FILE-OF-ADDRESSES STORE
package main

import (
	"fmt"
	"os"

	"samur/internal/bench/floor"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: floorpoll FILE-OF-ADDRESSES STORE")
		os.Exit(2)
	}
	entries, added, err := floor.Poll(os.Args[1], os.Args[2])
	fmt.Printf("%d entries, %d new\n", entries, added)
	if err != nil {
		fmt.Fprintf(os.Stderr, "floorpoll: %v\n", err)
		os.Exit(1)
	}
}
