// Command bench builds generated sites and prints what each station takes:
//
//	go run ./internal/bench 100 1000 10000
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"time"

	"entente/internal/build"
	"entente/internal/publish"
	"entente/internal/workspace"
)

func main() {
	for _, arg := range os.Args[1:] {
		n, err := strconv.Atoi(arg)
		if err != nil {
			log.Fatal(err)
		}
		if err := run(n); err != nil {
			log.Fatal(err)
		}
	}
}

func run(n int) error {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := generate(dir, n); err != nil {
		return err
	}
	start, cpu := time.Now(), cpuTime()
	snapshot, err := workspace.Load(context.Background(), dir, workspace.Options{Views: build.Views})
	if err != nil {
		return err
	}
	loaded := time.Now()
	if snapshot.Errors() {
		return fmt.Errorf("the generated site has errors: %v", snapshot.Diags[0])
	}
	site, err := build.New(snapshot)
	if err != nil {
		return err
	}
	listed := time.Now()
	out, err := publish.Open(filepath.Join(dir, "public"), publish.Options{})
	if err != nil {
		return err
	}
	if err := site.Render(context.Background(), out); err != nil {
		return err
	}
	rendered := time.Now()
	stats, err := out.Commit()
	if err != nil {
		return err
	}
	done := time.Now()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	fmt.Printf("%d pages, %d files: %.2fs wall, %.2fs cpu, %.0f pages/s, %d MB peak, %.1f kB allocated a page\n", site.Pages(), stats.Files,
		done.Sub(start).Seconds(), (cpuTime() - cpu).Seconds(), float64(site.Pages())/done.Sub(start).Seconds(), peak()>>20, float64(mem.TotalAlloc)/1000/float64(site.Pages()))
	for _, st := range snapshot.Stations {
		fmt.Printf("    %-10s %7.0f ms\n", st.Name, float64(st.Took.Microseconds())/1000)
	}
	fmt.Printf("    %-10s %7.0f ms\n    %-10s %7.0f ms\n    %-10s %7.0f ms\n", "list", ms(listed.Sub(loaded)), "render", ms(rendered.Sub(listed)), "publish", ms(done.Sub(rendered)))
	return nil
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func usage() syscall.Rusage {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		log.Fatal(err)
	}
	return u
}

func cpuTime() time.Duration {
	u := usage()
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peak is the largest resident size of the process so far, in bytes.
func peak() int64 { return usage().Maxrss * 1024 }
