package serve

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"entente/internal/effort"
)

// descriptors counts the open files of this process; -1 where that cannot be
// told.
func descriptors() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return -1
	}
	return len(list)
}

// atRest gives how many goroutines run once those on their way out are gone:
// no more than should, or, when that is not known, as many for a while. The
// end of a goroutine is no event that another could wait for.
func atRest(want int) int {
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	n, same := runtime.NumGoroutine(), 0
	for range 400 {
		if n <= want || want == 0 && same == 10 {
			break
		}
		<-look.C
		now := runtime.NumGoroutine()
		if same++; now != n {
			n, same = now, 0
		}
	}
	return n
}

// leastDescriptors gives the fewest files open at one moment of a second, or
// at once what does not exceed enough: a scan under way holds a folder open
// now and then, a leak holds its files always.
func leastDescriptors(enough int) int {
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	least := descriptors()
	for range 200 {
		if least <= enough {
			break
		}
		<-look.C
		least = min(least, descriptors())
	}
	return least
}

const (
	goodPage   = "---\ntitle: First\nsummary: One.\n---\nHello %d.\n"
	brokenPage = "---\ntitel: First\n---\nHello %d.\n"
)

// Broken and good saves in turn never take the preview down: whoever asks is
// answered with the last good page.
func TestBrokenAndGoodSavesInTurn(t *testing.T) {
	rounds, polls := effort.Of(15, 500, 5000), int64(effort.Of(150, 5000, 50000))
	dir := site(t)
	s, addr := running(t, dir, true, func(s *server) { s.watcher.times.scan = 5 * time.Millisecond })
	goroutines, files := atRest(0), leastDescriptors(-1)
	var answers atomic.Int64
	var wg sync.WaitGroup
	over := make(chan struct{})
	tr := &http.Transport{MaxIdleConnsPerHost: 20}
	for range 20 {
		wg.Go(func() {
			client := &http.Client{Transport: tr, Timeout: 30 * time.Second}
			pace := time.NewTicker(100 * time.Millisecond)
			defer pace.Stop()
			for last := false; !last; {
				select {
				case <-over:
					last = answers.Load() >= polls
				default:
				}
				r, err := client.Get("http://" + addr + "/topics/a/")
				if err != nil {
					t.Error(err)
					return
				}
				b, err := io.ReadAll(r.Body)
				r.Body.Close()
				if err != nil || r.StatusCode != http.StatusOK || !strings.Contains(string(b), "<h1>First") || !strings.Contains(string(b), "Hello") {
					t.Errorf("%d %v", r.StatusCode, err)
					return
				}
				answers.Add(1)
				<-pace.C
			}
		})
	}
	c := s.streams.join([]string{"/topics/a/"}, 1)
	page := filepath.Join(dir, "content/topics/a.md")
	until := func(what string, ok func(message) bool) {
		for late := time.After(30 * time.Second); ; {
			m, _ := s.message(c, message{})
			if ok(m) {
				return
			}
			select {
			case <-c.wake:
			case <-late:
				t.Fatalf("%s: still %s", what, m.json())
			}
		}
	}
	for i := range rounds {
		write(t, page, fmt.Sprintf(brokenPage, i))
		until("broken", func(m message) bool {
			return m.Errors == 1 && m.Problems[0].At.File == "content/topics/a.md" && m.Problems[0].At.Line == 2
		})
		write(t, page, fmt.Sprintf(goodPage, i))
		until("mended", func(m message) bool { return m.Errors == 0 })
	}
	close(over)
	wg.Wait()
	tr.CloseIdleConnections()
	if n := answers.Load(); n < polls {
		t.Errorf("%d polls, want %d", n, polls)
	}
	if n := atRest(goroutines); n > goroutines {
		t.Errorf("%d goroutines, %d before", n, goroutines)
	}
	if n := leastDescriptors(files); n > files {
		t.Errorf("%d descriptors, %d before", n, files)
	}
	t.Logf("%d rounds, %d polls answered", rounds, answers.Load())
}

// A preview can run for a week.
func TestManyRebuilds(t *testing.T) {
	rounds := effort.Of(60, 2000, 20000)
	base := rounds / 10
	dir := site(t)
	s, err := newServer(Options{Root: dir, Out: io.Discard}, 8383)
	if err != nil {
		t.Fatal(err)
	}
	s.open(t.Context())
	s.watcher.start()
	var first, last []time.Duration
	var goroutines, files int
	var heap uint64
	measure := func() (int, int, uint64) {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), descriptors(), m.HeapAlloc
	}
	for i := range rounds {
		p := []string{"content/topics/a.md", "content/topics/deep/x.md", "content/topics/draft.md"}[i%3]
		full := filepath.Join(dir, p)
		if i%3 == 1 && i%2 == 1 {
			_ = os.RemoveAll(filepath.Dir(full))
		} else {
			_ = os.MkdirAll(filepath.Dir(full), 0o755)
			write(t, full, fmt.Sprintf(goodPage, i))
		}
		start := time.Now()
		s.changed(p)
		m, _ := s.message(&stream{pages: []string{"/topics/a/"}}, message{})
		took := time.Since(start)
		if m.Errors > 0 {
			t.Fatal(m.json())
		}
		switch {
		case i < base:
		case i < 2*base:
			first = append(first, took)
		case i >= rounds-base:
			last = append(last, took)
		}
		if i == base {
			goroutines, files, heap = measure()
		}
	}
	write(t, filepath.Join(dir, "content/topics/a.md"), fmt.Sprintf(goodPage, rounds))
	g, f, h := measure()
	if g > goroutines+2 || f > files+2 {
		t.Errorf("%d goroutines and %d descriptors, %d and %d before", g, f, goroutines, files)
	}
	if float64(h) > 1.15*float64(heap)+1<<20 {
		t.Errorf("heap of %d bytes, %d before", h, heap)
	}
	// The quick quarter tells of the work; the slow one of what else the machine did.
	if a, b := quick(first), quick(last); float64(b) > 1.2*float64(a)+float64(time.Millisecond) {
		t.Errorf("a rebuild takes %v, %v before", b, a)
	}
	t.Logf("%d rebuilds: %v, then %v; heap %d, then %d bytes", rounds, quick(first), quick(last), heap, h)
	close(s.watcher.stop)
	<-s.watcher.stopped
	s.watcher.scan() // it may have been stopped within a burst
	if n, dirs := len(s.watcher.events.WatchList()), len(s.watcher.tree.dirs); n != dirs+1 || n != len(s.watcher.watched) {
		t.Errorf("%d watches for %d folders", n, dirs)
	}
	s.watcher.deafen()
}

func quick(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/4]
}
