package main

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"runtime"
	"time"

	"entente/internal/bench/gen"
	"entente/internal/build"
	"entente/internal/publish"
	"entente/internal/workspace"
)

// station is what one part of the road took.
type station struct {
	name          string
	took          time.Duration
	allocs, bytes uint64
}

// rounds is how often a station is timed. The shortest time counts: what else
// the machine did only adds.
const rounds = 3

// ballast is counted as alive, but never touched: as long as it is there,
// memory that is free stays with us. To get it from the system anew takes
// longer than some stations.
const ballast = 512 << 20

// stations takes a generated site down the whole road, in this process.
func stations(o gen.Options) (list []station, pages int, err error) {
	weight := make([]byte, ballast)
	defer runtime.KeepAlive(weight)
	err = inTemp(func(dir string) error {
		if err := gen.Write(dir, o); err != nil {
			return err
		}
		for range rounds {
			var next []station
			if next, pages, err = road(dir); err != nil {
				return err
			}
			for i := range list {
				next[i].took = min(next[i].took, list[i].took)
			}
			list = next
		}
		return nil
	})
	return list, pages, err
}

// road takes the site in a folder down the whole road. Each station begins
// with nothing to collect, so that none pays for the one before it.
func road(dir string) (list []station, pages int, err error) {
	var mem runtime.MemStats
	var at time.Time
	begin := func() {
		runtime.GC()
		runtime.ReadMemStats(&mem)
		at = time.Now()
	}
	lap := func(name string) {
		took, allocs, bytes := time.Since(at), mem.Mallocs, mem.TotalAlloc
		runtime.ReadMemStats(&mem)
		list = append(list, station{name, took, mem.Mallocs - allocs, mem.TotalAlloc - bytes})
		begin()
	}
	begin()
	s, err := workspace.Load(context.Background(), dir, workspace.Options{Views: build.Views, Lap: lap})
	if err != nil {
		return nil, 0, err
	}
	if s.Errors() {
		return nil, 0, fmt.Errorf("the generated site has errors: %v", s.Diags[0])
	}
	site, err := build.New(s)
	if err != nil {
		return nil, 0, err
	}
	pages = site.Pages()
	lap("list")
	out, err := publish.Open(filepath.Join(dir, "public"), publish.Options{NoSync: true})
	if err != nil {
		return nil, 0, err
	}
	if err := site.Render(context.Background(), out); err != nil {
		return nil, 0, err
	}
	lap("render")
	_, err = out.Commit()
	lap("publish")
	return list, pages, err
}

// growth prints each station at several sizes, and the exponent with which
// time and allocations grow between the first and the last.
func growth(sizes []int) error {
	var all [][]station
	for _, n := range sizes {
		list, pages, err := stations(gen.Options{Pages: n})
		if err != nil {
			return err
		}
		all = append(all, list)
		fmt.Printf("%d pages, a page:\n", pages)
		for _, s := range list {
			fmt.Printf("  %-10s %8.1f us %8.1f allocations %8.2f kB\n", s.name, s.took.Seconds()*1e6/float64(pages), float64(s.allocs)/float64(pages), float64(s.bytes)/1000/float64(pages))
		}
	}
	if len(sizes) > 1 {
		printExponents("growth", sizes, all)
	}
	return nil
}

// hubs prints the exponents of every station on every hub.
func hubs(sizes []int) error {
	for _, h := range gen.Hubs() {
		var all [][]station
		for _, n := range sizes {
			list, _, err := stations(gen.Options{Pages: n, Hub: h})
			if err != nil {
				return fmt.Errorf("hub %s: %w", h, err)
			}
			all = append(all, list)
		}
		printExponents(string(h), sizes, all)
	}
	return nil
}

// exponent says how y grows with n: 1 in proportion, 2 with the square.
func exponent(n1, n2 int, y1, y2 float64) float64 {
	return math.Log(y2/y1) / math.Log(float64(n2)/float64(n1))
}

// idle is a time too short for its growth to mean anything.
const idle = 5 * time.Millisecond

func printExponents(title string, sizes []int, all [][]station) {
	first, last := all[0], all[len(all)-1]
	n1, n2 := sizes[0], sizes[len(sizes)-1]
	fmt.Printf("%s, exponents from %d to %d pages (time, allocations, bytes)\n", title, n1, n2)
	for i, a := range first {
		b := last[i]
		if b.took < idle {
			continue
		}
		fmt.Printf("  %-10s %5.2f %5.2f %5.2f   %8.1f ms\n", a.name, exponent(n1, n2, float64(a.took), float64(b.took)),
			exponent(n1, n2, float64(a.allocs), float64(b.allocs)), exponent(n1, n2, float64(a.bytes), float64(b.bytes)), b.took.Seconds()*1000)
	}
}
