// Command entente turns Markdown pages and records about alliances into a
// cross-linked static reference site.
package main

import (
	"os"

	"entente/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
