//go:build unix

package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"entente/internal/effort"
)

// readers read files of both sites again and again, and count what is torn
// or missing.
type readers struct {
	reads, torn, gone atomic.Int64
	stop              chan struct{}
	group             sync.WaitGroup
}

func startReaders(s *two, n int) *readers {
	r := &readers{stop: make(chan struct{})}
	var common []string
	for p := range s.trees[0] {
		if _, both := s.trees[1][p]; both {
			common = append(common, p)
		}
	}
	slices.Sort(common)
	for k := range n {
		r.group.Go(func() {
			for i := k; ; i++ {
				select {
				case <-r.stop:
					return
				default:
				}
				p := common[i%len(common)]
				b, err := os.ReadFile(filepath.Join(s.out, p))
				switch r.reads.Add(1); {
				case err != nil:
					r.gone.Add(1)
				case string(b) != s.trees[0][p] && string(b) != s.trees[1][p]:
					r.torn.Add(1)
				}
			}
		})
	}
	return r
}

func (r *readers) end(t *testing.T, least int64) {
	t.Helper()
	close(r.stop)
	r.group.Wait()
	t.Logf("%d reads, %d torn, %d vanished", r.reads.Load(), r.torn.Load(), r.gone.Load())
	if r.torn.Load()+r.gone.Load() > 0 || r.reads.Load() < least {
		t.Errorf("%d reads (want %d), %d torn, %d vanished", r.reads.Load(), least, r.torn.Load(), r.gone.Load())
	}
}

// P1, P2, P4: killed at any moment, a build leaves the whole old site or the
// whole new one; readers notice nothing; the next build repairs.
func TestKillLeavesAWholeSite(t *testing.T) {
	besideOthers(t)
	s := twoSites(t, filepath.Join(t.TempDir(), "public"))
	start := time.Now()
	mustBuild(t, s.sites[0], s.out)
	usual := time.Since(start)
	ready := filepath.Join(filepath.Dir(s.out), ".public.entente-back", ".entente-manifest")
	r := rand.New(rand.NewPCG(7, 8))
	reading := startReaders(s, 2)
	now, outcomes := 0, [2]int{}
	for round := range effort.Of(2, 200, 3000) {
		next := 1 - now
		cmd := exec.Command("entente", "build", s.sites[next], "--out", s.out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		if round%2 == 0 {
			await(ready, done, usual)
			pause(time.Duration(r.IntN(4000)) * time.Microsecond)
		} else {
			pause(time.Duration(r.Int64N(int64(usual) * 11 / 10)))
		}
		_ = cmd.Process.Kill()
		<-done
		state, why := s.state(t)
		if state < 0 {
			t.Fatalf("round %d: neither the old site nor the new one: %s", round, why)
		}
		outcomes[(state-now+2)%2]++
		now = state
		if round%5 == 4 {
			if why := s.repaired(t, next); why != "" {
				t.Fatalf("round %d: %s", round, why)
			}
			now = next
		}
	}
	reading.end(t, int64(effort.Of(100, 100_000, 1_000_000)))
	t.Logf("killed before the exchange %d times, after it %d times", outcomes[0], outcomes[1])
}

// await waits for a file that marks a moment, or for the end of the process.
func await(name string, done chan error, most time.Duration) {
	for end := time.Now().Add(3 * most); time.Now().Before(end); {
		if info, err := os.Lstat(name); err == nil && time.Since(info.ModTime()) < time.Second {
			return
		}
		select {
		case err := <-done:
			done <- err
			return
		default:
		}
	}
}

// pause lets a random moment pass: it is what these tests vary.
func pause(d time.Duration) {
	<-time.After(d)
}

// P22: a signal ends a build within a second, with the old site or the new
// one in place and nothing beside it.
func TestSignalsEndCleanly(t *testing.T) {
	besideOthers(t)
	s := twoSites(t, filepath.Join(t.TempDir(), "public"))
	start := time.Now()
	mustBuild(t, s.sites[0], s.out)
	usual := time.Since(start)
	r := rand.New(rand.NewPCG(9, 10))
	var worst time.Duration
	for round := range effort.Of(3, 100, 500) {
		signal := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}[round%3]
		cmd := exec.Command("entente", "build", s.sites[round%2], "--out", s.out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		pause(time.Duration(r.Int64N(int64(usual))))
		sent := time.Now()
		_ = cmd.Process.Signal(signal)
		_ = cmd.Wait()
		worst = max(worst, time.Since(sent))
		if state, why := s.state(t); state < 0 {
			t.Fatalf("round %d, %v: %s", round, signal, why)
		}
		if left := s.litter(t); len(left) > 0 && cmd.ProcessState.ExitCode() >= 0 {
			t.Fatalf("round %d, %v: litter %q", round, signal, left)
		}
	}
	t.Logf("the slowest end took %s", worst.Round(time.Millisecond))
	if worst > 2*time.Second { // twice the promise: other tests share the machine
		t.Errorf("a build went on for %s after a signal", worst)
	}
}

// P22: of two builds of one output at once, one publishes; the other is
// refused with the first one's process id, or comes after it.
func TestTwoBuildsAtOnce(t *testing.T) {
	besideOthers(t)
	s := twoSites(t, filepath.Join(t.TempDir(), "public"))
	refused := 0
	for round := range effort.Of(2, 20, 200) {
		var cmds [2]*exec.Cmd
		var texts [2]strings.Builder
		for i := range cmds {
			cmds[i] = exec.Command("entente", "build", s.sites[i], "--out", s.out)
			cmds[i].Stderr = &texts[i]
			if err := cmds[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		good := 0
		for i, cmd := range cmds {
			_ = cmd.Wait()
			text := texts[i].String()
			switch cmd.ProcessState.ExitCode() {
			case 0:
				good++
			case 3:
				refused++
				if pid := strconv.Itoa(cmds[1-i].Process.Pid); !strings.Contains(text, "OU003") || !strings.Contains(text, pid) {
					t.Fatalf("round %d: refused without the process id %s: %s", round, pid, text)
				}
			default:
				t.Fatalf("round %d: leaves with %d: %s", round, cmd.ProcessState.ExitCode(), text)
			}
		}
		if state, why := s.state(t); good == 0 || state < 0 {
			t.Fatalf("round %d: %d builds succeeded, site %d %s", round, good, state, why)
		}
		if left := s.litter(t); len(left) > 0 {
			t.Fatalf("round %d: litter %q", round, left)
		}
	}
	t.Logf("%d builds refused", refused)
}
