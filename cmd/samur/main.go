// Command samur watches news feeds and sends one brief a day on Russia–Azerbaijan
// developments. Run "samur help" for its commands.
package main

import (
	"os"

	"samur/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Process()))
}
