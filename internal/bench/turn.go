package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"entente/internal/bench/gen"
)

// cost is what one process took.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes
}

// measure runs a command to its end.
func measure(name string, args ...string) (cost, error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s %v: %w", name, args, err)
	}
	c := cost{wall: time.Since(start), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	var own syscall.Rusage
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && syscall.Getrusage(syscall.RUSAGE_SELF, &own) == nil && u.Maxrss > own.Maxrss {
		c.peak = u.Maxrss * 1024 // else it is that of this program, from which the system began to count
	}
	return c, nil
}

// median of each measure by itself.
func median(list []cost) cost {
	pick := func(of func(cost) int64) int64 {
		all := make([]int64, len(list))
		for i, c := range list {
			all[i] = of(c)
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	return cost{
		wall: time.Duration(pick(func(c cost) int64 { return int64(c.wall) })),
		cpu:  time.Duration(pick(func(c cost) int64 { return int64(c.cpu) })),
		peak: pick(func(c cost) int64 { return c.peak }),
	}
}

// runner is one program to be measured on a site.
type runner struct {
	name string
	run  func(out string) (cost, error)
}

// inTurn runs programs one after the other, so many rounds, each into a
// fresh folder: an output deleted and made again would measure the file
// system.
func inTurn(dir string, rounds int, list []runner) ([]cost, error) {
	costs := make([][]cost, len(list))
	for round := range rounds {
		for i, r := range list {
			c, err := r.run(filepath.Join(dir, fmt.Sprintf("out-%d-%d", i, round)))
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], c)
		}
	}
	medians := make([]cost, len(list))
	for i := range list {
		medians[i] = median(costs[i])
	}
	return medians, nil
}

func (c cost) String() string {
	peak := "    ? MiB"
	if c.peak > 0 {
		peak = fmt.Sprintf("%5d MiB", c.peak>>20)
	}
	return fmt.Sprintf("%6.2f s wall  %6.2f s cpu  %s", c.wall.Seconds(), c.cpu.Seconds(), peak)
}

// ententeRunner builds a site with this very program.
func ententeRunner(self, site string) runner {
	return runner{"entente", func(out string) (cost, error) { return measure(self, "entente", "build", site, "--out", out) }}
}

// turns compares entente with the floor, and with Hugo where wanted.
func turns(counts []int, rounds int, hugo bool) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	for _, n := range counts {
		err := inTemp(func(dir string) error {
			site, sizes := filepath.Join(dir, "site"), filepath.Join(dir, "sizes")
			if err := gen.Write(site, gen.Options{Pages: n}); err != nil {
				return err
			}
			first := filepath.Join(dir, "first")
			if _, err := ententeRunner(self, site).run(first); err != nil {
				return err
			}
			if err := writeSizes(first, sizes); err != nil {
				return err
			}
			list := []runner{
				ententeRunner(self, site),
				{"floor", func(out string) (cost, error) { return measure(self, "floor", site, out, sizes) }},
			}
			if hugo {
				more, err := hugoRunners(site, dir)
				if err != nil {
					return err
				}
				list = append(list, more...)
			}
			c, err := inTurn(dir, rounds, list)
			if err != nil {
				return err
			}
			fmt.Printf("%d pages, %d runs in turn, medians; wall and cpu of entente over those of each\n", n, rounds)
			for i, r := range list {
				fmt.Printf("  %-10s %v  %6.2f wall  %6.2f cpu\n", r.name, c[i], c[0].wall.Seconds()/c[i].wall.Seconds(), c[0].cpu.Seconds()/c[i].cpu.Seconds())
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// inTemp gives a folder that is gone afterwards.
func inTemp(use func(dir string) error) error {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	return use(dir)
}
