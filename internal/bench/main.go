// Command bench measures entente on generated sites, in turn with a floor
// program:
//
//	go run ./internal/bench                       the whole report
//	go run ./internal/bench turn 10000            entente and the floor in turn
//	go run ./internal/bench hugo 1000             the same, and Hugo with and without its features
//	go run ./internal/bench growth 1000 10000     each station at several sizes
//	go run ./internal/bench hubs 1000 4000        growth of each station on each hub
//	go run ./internal/bench preview 1000 10000    from a save to the new bytes of the open page
//	go run ./internal/bench gen 10000 DIR [HUB]   write a site
//
// Each measured run is a process of its own. See docs/performance.md.
package main

import (
	"fmt"
	"os"
	"strconv"

	"entente/internal/bench/gen"
	"entente/internal/cli"
)

func main() {
	args := os.Args[1:]
	if len(args) > 0 && args[0] == "entente" {
		os.Exit(cli.Main(args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	if err := run(args); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return report()
	}
	name, rest := args[0], args[1:]
	switch name {
	case "floor":
		return floor(rest[0], rest[1], rest[2])
	case "gen":
		n, err := strconv.Atoi(rest[0])
		if err != nil {
			return err
		}
		o := gen.Options{Pages: n}
		if len(rest) > 2 {
			o.Hub = gen.Hub(rest[2])
		}
		return gen.Write(rest[1], o)
	}
	sizes := make([]int, len(rest))
	for i, s := range rest {
		n, err := strconv.Atoi(s)
		if err != nil {
			return err
		}
		sizes[i] = n
	}
	switch name {
	case "turn":
		return turns(sizes, 5, false)
	case "hugo":
		return turns(sizes, 5, true)
	case "growth":
		return growth(sizes)
	case "hubs":
		return hubs(sizes)
	case "preview":
		return previews(sizes)
	case "preview-one":
		return previewOne(sizes[0])
	}
	return fmt.Errorf("no command %q", name)
}

// report is what "make bench" prints.
func report() error {
	if err := growth([]int{1000, 4000, 10000}); err != nil {
		return err
	}
	if err := turns([]int{1000}, 5, true); err != nil {
		return err
	}
	if err := turns([]int{10000}, 5, false); err != nil {
		return err
	}
	if err := hubs([]int{1000, 4000}); err != nil {
		return err
	}
	return previews([]int{1000, 10000, 100000})
}
