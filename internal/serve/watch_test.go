package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"entente/internal/effort"
)

// follower keeps a copy of the pages as one who believes the watcher would:
// it reads a file only when it is told that it changed.
type follower struct {
	w     *watcher
	d     *desk
	known map[string]string
}

func (f *follower) take() change {
	c := f.w.take()
	for _, p := range c.paths {
		b, err := os.ReadFile(filepath.Join(f.d.root, p))
		if err != nil {
			b = nil
		}
		f.known[strings.TrimPrefix(p, "content/topics/")] = string(b)
	}
	return c
}

// sees waits until the copy holds what it should, and gives the time it took.
func (f *follower) sees(want map[string]string, since time.Time) (time.Duration, error) {
	late := time.After(30 * time.Second)
	for {
		missing := ""
		for p, text := range want {
			if f.known[p] != text {
				missing = fmt.Sprintf("%s is %q, want %q", p, f.known[p], text)
			}
		}
		if missing == "" {
			return time.Since(since), nil
		}
		select {
		case <-f.w.ready:
			f.take()
		case <-late:
			return 0, fmt.Errorf("not seen: %s", missing)
		}
	}
}

func newFollower(t testing.TB, dir string, poll bool, say func(string)) *follower {
	t.Helper()
	away := t.TempDir()
	w, err := newWatcher(dir, poll, say)
	if err != nil {
		t.Fatal(err)
	}
	return &follower{w: w, d: &desk{root: dir, away: away}, known: map[string]string{}}
}

// Whatever way an editor saves, the change is seen: the first save and the
// one after it, with events and without.
func TestNoSaveIsMissed(t *testing.T) {
	t.Parallel()
	rounds := effort.Of(1, 25, 100)
	for _, poll := range []bool{false, true} {
		var wg sync.WaitGroup
		var mu sync.Mutex // guards took and failed
		var took []time.Duration
		var failed []string
		for _, s := range saves {
			f := newFollower(t, site(t), poll, func(line string) { t.Error(line) })
			f.w.times.scan = time.Duration(effort.Of(150, 150, 500)) * time.Millisecond
			f.w.start()
			wg.Go(func() {
				defer f.w.close()
				for f.d.n = range 2 * rounds {
					text := fmt.Sprintf("---\ntitle: First\n---\nHello %05d\n", f.d.n)
					want := s.run(f.d, text)
					d, err := f.sees(want, time.Now())
					mu.Lock()
					if err == nil {
						err = f.d.err
					}
					if err != nil {
						failed = append(failed, fmt.Sprintf("%s, save %d: %v", s.name, f.d.n+1, err))
					}
					took = append(took, d)
					mu.Unlock()
					if err != nil {
						return
					}
				}
			})
		}
		wg.Wait()
		for _, line := range failed {
			t.Errorf("polling %t: %s", poll, line)
		}
		slices.Sort(took)
		t.Logf("polling %t: %d ways, %d saves seen, median %v, worst %v", poll, len(saves), len(took), took[len(took)/2].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond))
		if median := took[len(took)/2]; !poll && median > 200*time.Millisecond {
			t.Errorf("median %v, want at most 200 ms", median)
		}
	}
}

// worst is how long a save may take to be seen without events; go test runs
// beside much else.
var worst = time.Duration(effort.Of(10000, 2500, 2500)) * time.Millisecond

// polled follows saves in a watcher that is made not to hear, and demands one
// line that says so and no save missed.
func polled(t *testing.T, why string, dir string, deafen func(*watcher)) {
	t.Helper()
	said := make(chan string, 10)
	f := newFollower(t, dir, false, func(line string) { said <- line })
	f.w.start()
	defer f.w.close()
	deafen(f.w)
	for i := range 3 {
		text := fmt.Sprintf("Hello %d\n", i)
		f.d.write("a.md", text)
		if took, err := f.sees(map[string]string{"a.md": text}, time.Now()); err != nil || took > worst {
			t.Errorf("seen after %v: %v", took, err)
		}
	}
	line := <-said
	if !strings.Contains(line, "SV002") || !strings.Contains(line, "polled") || !strings.Contains(line, why) {
		t.Errorf("said %q, want SV002 and %q", line, why)
	}
	if len(said) > 0 {
		t.Errorf("said more than one line: %q", <-said)
	}
}

func TestOverflowLeadsToPolling(t *testing.T) {
	t.Parallel()
	polled(t, "queue", site(t), func(w *watcher) {
		faults := w.events.Errors
		faults <- fsnotify.ErrEventOverflow
		faults <- fsnotify.ErrEventOverflow
	})
}

func TestFailingEventsLeadToPolling(t *testing.T) {
	t.Parallel()
	polled(t, "no such device", site(t), func(w *watcher) { w.events.Errors <- syscall.ENODEV })
}

// A file system that tells of nothing is found out by the scan under the
// events.
func TestSilenceLeadsToPolling(t *testing.T) {
	t.Parallel()
	said := make(chan string, 10)
	f := newFollower(t, site(t), false, func(line string) { said <- line })
	f.w.events.Events = make(chan fsnotify.Event) // as from a network drive
	f.w.start()
	defer f.w.close()
	for i := range 5 {
		text := fmt.Sprintf("Hello %d\n", i)
		f.d.write("a.md", text)
		if took, err := f.sees(map[string]string{"a.md": text}, time.Now()); err != nil || took > worst {
			t.Errorf("seen after %v: %v", took, err)
		}
	}
	if line := <-said; !strings.Contains(line, "SV002") || !strings.Contains(line, "tells of no changes in content") || len(said) > 0 {
		t.Errorf("said %q", line)
	}
}

// A watch limit that is reached is no failure.
func TestWatchLimitLeadsToPolling(t *testing.T) {
	t.Parallel()
	said := make(chan string, 10)
	f := newFollower(t, site(t), false, func(line string) { said <- line })
	f.w.add = func(string) error { return syscall.ENOSPC }
	f.w.start()
	defer f.w.close()
	for i := range 3 {
		p := fmt.Sprintf("new%d/x.md", i)
		f.d.folder(filepath.Dir(p))
		f.d.write(p, "Hello\n")
		if took, err := f.sees(map[string]string{p: "Hello\n"}, time.Now()); err != nil || took > worst {
			t.Errorf("seen after %v: %v", took, err)
		}
	}
	if line := <-said; !strings.Contains(line, "SV002") || !strings.Contains(line, "no space left") || len(said) > 0 {
		t.Errorf("said %q", line)
	}
}

// Saves that change nothing, and what editors leave about, are not told.
func TestWhatIsNoChange(t *testing.T) {
	t.Parallel()
	f := newFollower(t, site(t), false, func(line string) { t.Error(line) })
	f.d.write("a.md", "same\n")
	f.w.start()
	defer f.w.close()
	if _, err := f.sees(map[string]string{"a.md": "same\n"}, time.Now()); err != nil {
		t.Fatal(err)
	}
	f.d.old("a.md")
	f.d.write("a.md", "same\n")
	f.d.write("same.tmp", "same\n")
	f.d.rename("same.tmp", "a.md")
	for _, p := range []string{".#a.md", "#a.md#", "a.md~", ".a.md.swp", "a.swo", "4913", "a.md___jb_tmp___", "a.md.bck", ".goutputstream-1", "a.kate-swp", "a.tmp", "a.part", ".DS_Store"} {
		f.d.write(p, "litter")
	}
	f.d.write("b.md", "real\n")
	var told []string
	for f.known["b.md"] == "" {
		select {
		case <-f.w.ready:
			told = append(told, f.take().paths...)
		case <-time.After(30 * time.Second):
			t.Fatal("b.md was not seen")
		}
	}
	for _, p := range told {
		// The page itself may be told once: while it is empty, a look may fall on it.
		if p != "content/topics/b.md" && p != "content/topics/a.md" {
			t.Errorf("told of %s", p)
		}
	}
	if f.d.err != nil {
		t.Error(f.d.err)
	}
}

// The folder of the site may go and come back.
func TestLostSiteComesBack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "site")
	if err := os.Rename(site(t), dir); err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 10)
	f := newFollower(t, dir, false, func(line string) { said <- line })
	f.w.start()
	defer f.w.close()
	for i := range 2 {
		f.d.rename(dir, dir+".away")
		if line := <-said; !strings.Contains(line, "gone") {
			t.Errorf("said %q", line)
		}
		f.d.rename(dir+".away", dir)
		if line := <-said; !strings.Contains(line, "back") {
			t.Errorf("said %q", line)
		}
		text := fmt.Sprintf("Hello %d\n", i)
		f.d.write("a.md", text)
		if _, err := f.sees(map[string]string{"a.md": text}, time.Now()); err != nil {
			t.Error(err)
		}
	}
	if f.d.err != nil {
		t.Error(f.d.err)
	}
}

// Many files written at once are all seen.
func TestManyFilesAtOnce(t *testing.T) {
	t.Parallel()
	n := effort.Of(1000, 5000, 50000)
	f := newFollower(t, site(t), false, func(line string) { t.Log(line) })
	f.w.start()
	defer f.w.close()
	want := map[string]string{}
	f.d.folder("many")
	for i := range n {
		p := fmt.Sprintf("many/%d.md", i)
		want[p] = fmt.Sprintf("Hello %d\n", i)
		f.d.write(p, want[p])
	}
	if _, err := f.sees(want, time.Now()); err != nil {
		t.Error(err)
	}
}
