// Command bench measures entente on generated sites, in turn with a floor
// program:
//
//	go run ./internal/bench                       the whole report
//	go run ./internal/bench turn 10000            entente and the floor in turn
//	go run ./internal/bench hugo 1000             the same, and Hugo with and without its features
//	go run ./internal/bench growth 1000 10000     each station at several sizes
//	go run ./internal/bench hubs 4000 12000       growth of each station on each hub
//	go run ./internal/bench preview 1000 10000    from a save to the new bytes of the open page
//	go run ./internal/bench gen 10000 DIR [HUB]   write a site
//
// Each measured run is a process of its own. See docs/performance.md.
package main

import (
	"errors"
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

// measures are the commands that take sizes, with those that they take when
// none are given.
var measures = map[string]struct {
	sizes []int
	run   func(sizes []int) error
}{
	"turn":        {[]int{1000, 10000}, func(sizes []int) error { return turns(sizes, 5, false) }},
	"hugo":        {[]int{1000}, func(sizes []int) error { return turns(sizes, 5, true) }},
	"growth":      {[]int{1000, 4000, 10000}, growth},
	"hubs":        {[]int{4000, 12000}, hubs},
	"preview":     {[]int{1000, 10000, 100000}, previews},
	"preview-one": {[]int{1000}, func(sizes []int) error { return previewOne(sizes[0]) }},
}

var errUsage = errors.New("give one of turn, hugo, growth, hubs and preview with sizes in pages, or gen with a size, a folder and perhaps a hub")

func run(args []string) error {
	if len(args) == 0 {
		return report()
	}
	name, rest := args[0], args[1:]
	switch {
	case name == "floor" && len(rest) == 3:
		return floor(rest[0], rest[1], rest[2])
	case name == "gen" && (len(rest) == 2 || len(rest) == 3):
		n, err := strconv.Atoi(rest[0])
		if err != nil {
			return errUsage
		}
		o := gen.Options{Pages: n}
		if len(rest) > 2 {
			o.Hub = gen.Hub(rest[2])
		}
		return gen.Write(rest[1], o)
	}
	m, ok := measures[name]
	if !ok {
		return errUsage
	}
	if len(rest) > 0 {
		m.sizes = nil
	}
	for _, s := range rest {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return errUsage
		}
		m.sizes = append(m.sizes, n)
	}
	return m.run(m.sizes)
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
	if err := hubs([]int{4000, 12000}); err != nil {
		return err
	}
	return previews([]int{1000, 10000, 100000})
}
