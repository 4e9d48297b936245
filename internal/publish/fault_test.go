package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"entente/internal/effort"
)

// badDisk is the machine's disk until its moment comes: then one operation
// fails, or, when power is cut, all from there on. It knows what was written
// and not flushed, and can lose it.
type badDisk struct {
	system
	failAt     int   // operation that fails, counting from 1; 0: none
	err        error // what it fails with
	cut        bool  // all later ones fail too
	noExchange bool
	noLinks    bool

	mu        sync.Mutex
	ops       int             // guarded by mu
	dirty     map[string]bool // guarded by mu: files not flushed; true when new
	exchanged [2]string       // guarded by mu: folders exchanged and the names not flushed
}

func (b *badDisk) op() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ops++
	if b.failAt > 0 && (b.ops == b.failAt || b.cut && b.ops > b.failAt) {
		return b.err
	}
	return nil
}

func (b *badDisk) Lstat(name string) (fs.FileInfo, error) {
	if err := b.op(); err != nil {
		return nil, err
	}
	return b.system.Lstat(name)
}

func (b *badDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := b.op(); err != nil {
		return nil, err
	}
	return b.system.ReadDir(name)
}

func (b *badDisk) ReadFile(name string) ([]byte, error) {
	if err := b.op(); err != nil {
		return nil, err
	}
	return b.system.ReadFile(name)
}

func (b *badDisk) Holds(name string, content []byte) bool {
	return b.op() == nil && b.system.Holds(name, content)
}

func (b *badDisk) Write(name string, content []byte, over bool) error {
	err := b.op()
	_, missing := os.Lstat(name)
	b.mu.Lock()
	b.dirty[name] = b.dirty[name] || missing != nil
	b.mu.Unlock()
	if err != nil {
		_ = b.system.Write(name, content[:len(content)/2], over) // as a full disk does
		return err
	}
	return b.system.Write(name, content, over)
}

func (b *badDisk) Mkdir(name string, mode fs.FileMode) error {
	if err := b.op(); err != nil {
		return err
	}
	return b.system.Mkdir(name, mode)
}

func (b *badDisk) Remove(name string) error {
	if err := b.op(); err != nil {
		return err
	}
	return b.system.Remove(name)
}

func (b *badDisk) Rename(old, new string) error {
	if err := b.op(); err != nil {
		return err
	}
	return b.system.Rename(old, new)
}

func (b *badDisk) Link(old, new string) error {
	if err := b.op(); err != nil {
		return err
	}
	if b.noLinks {
		return syscall.EPERM
	}
	return b.system.Link(old, new)
}

func (b *badDisk) Symlink(target, name string) error {
	if err := b.op(); err != nil {
		return err
	}
	if b.noLinks {
		return syscall.EPERM
	}
	return b.system.Symlink(target, name)
}

func (b *badDisk) Readlink(name string) (string, error) {
	if err := b.op(); err != nil {
		return "", err
	}
	return b.system.Readlink(name)
}

func (b *badDisk) Exchange(x, y string) error {
	if err := b.op(); err != nil {
		return err
	}
	if b.noExchange {
		return errNoExchange
	}
	b.mu.Lock()
	b.exchanged = [2]string{x, y}
	b.mu.Unlock()
	return b.system.Exchange(x, y)
}

func (b *badDisk) Touch(dir string) error {
	if err := b.op(); err != nil {
		return err
	}
	return b.system.Touch(dir)
}

func (b *badDisk) Flush(string) error {
	if err := b.op(); err != nil {
		return err
	}
	b.mu.Lock()
	b.dirty = map[string]bool{}
	b.mu.Unlock()
	return nil
}

func (b *badDisk) FlushDir(string) error {
	if err := b.op(); err != nil {
		return err
	}
	b.mu.Lock()
	b.exchanged = [2]string{}
	b.mu.Unlock()
	return nil
}

// lose does what a power cut may do to what was not flushed.
func (b *badDisk) lose(t *testing.T, r *rand.Rand) {
	t.Helper()
	x, y := b.exchanged[0], b.exchanged[1]
	if x != "" && r.IntN(2) == 0 {
		if err := b.system.Exchange(x, y); err != nil {
			t.Fatal(err)
		}
		x, y = "", ""
	}
	for name, isNew := range b.dirty {
		if x != "" && within(name, x) {
			name = y + strings.TrimPrefix(name, x)
		}
		info, err := os.Lstat(name)
		if err != nil {
			continue
		}
		if isNew && r.IntN(2) == 0 {
			err = os.Remove(name)
		} else {
			err = os.Truncate(name, info.Size()/2)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// before and after are two sites that share, change, add and drop files,
// and turn a file into a folder; strange is what others put into the output.
var (
	before  = map[string]string{"index.html": "old", "a/index.html": "same", "b/index.html": "old b", "gone/x/y.html": "gone", "turn": "a file", "c/1": "1"}
	after   = map[string]string{"index.html": "newer", "a/index.html": "same", "b/index.html": "new b", "new/z.html": "new", "turn/into": "a folder", "c/1": "one"}
	strange = map[string]string{"CNAME": "example.org", ".git/objects/ab/cd": "object", ".git/HEAD": "ref", "gone/mine.txt": "mine"}
)

func with(site, more map[string]string) map[string]string {
	all := map[string]string{}
	for k, v := range site {
		all[k] = v
	}
	for k, v := range more {
		all[k] = v
	}
	return all
}

// fresh publishes site before twice, so that there is a back tree, and puts
// the strange files into it.
func fresh(t *testing.T, o Options) (out string) {
	t.Helper()
	out = filepath.Join(t.TempDir(), "public")
	for range 2 {
		if err := publishAll(out, before, o); err != nil {
			t.Fatal(err)
		}
	}
	put(t, out, strange)
	return out
}

func put(t *testing.T, root string, files map[string]string) {
	t.Helper()
	for p, text := range files {
		full := filepath.Join(root, p)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// neighbours lists what lies next to an output.
func neighbours(t *testing.T, out string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Disks by what they can do, and what lies beside an output after a build.
var abilities = []struct {
	name               string
	noExchange, noLink bool
	neighbours         string
}{
	{"exchange", false, false, "[.public.entente-back public]"},
	{"links", true, false, "[.public.entente-back .public.entente-site-a public]"},
	{"renames", true, true, "[.public.entente-back public]"},
}

// Whatever single operation fails, and however: either the run says so and
// the old site is there, or the new one is. The next run makes it good.
func TestEveryFailureLeavesTheOldSite(t *testing.T) {
	errs := []error{syscall.EIO, syscall.ENOSPC, syscall.EACCES, syscall.EMFILE, syscall.EROFS, syscall.EDQUOT}
	runs := 0
	for _, kind := range abilities {
		for _, failure := range errs[:effort.Of(1, 2, 6)] {
			for n := 1; ; n += effort.Of(11, 1, 1) {
				out := fresh(t, Options{disk: &badDisk{noExchange: kind.noExchange, noLinks: kind.noLink, dirty: map[string]bool{}}})
				bad := &badDisk{noExchange: kind.noExchange, noLinks: kind.noLink, failAt: n, err: failure, dirty: map[string]bool{}}
				err := publishAll(out, after, Options{disk: bad})
				if bad.ops < n {
					if err != nil {
						t.Fatalf("%s: nothing failed, yet %v", kind.name, err)
					}
					break
				}
				runs++
				want := with(after, strange)
				if err != nil {
					want = with(before, strange)
				}
				got := tree(t, out)
				if kind.noLink && err == nil {
					got = with(got, strange) // moved by the next run at the latest
				}
				if !equal(got, want) {
					t.Fatalf("%s: operation %d failed with %v, the run said %v and left %v", kind.name, n, failure, err, got)
				}
				bad = &badDisk{noExchange: kind.noExchange, noLinks: kind.noLink, dirty: map[string]bool{}}
				if err := publishAll(out, after, Options{disk: bad}); err != nil {
					t.Fatalf("%s: the run after operation %d failed: %v", kind.name, n, err)
				}
				if got := tree(t, out); !equal(got, with(after, strange)) {
					t.Fatalf("%s: the run after operation %d failed left %v", kind.name, n, got)
				}
				if got := neighbours(t, out); fmt.Sprint(got) != kind.neighbours && fmt.Sprint(got) != strings.Replace(kind.neighbours, "site-a", "site-b", 1) {
					t.Fatalf("%s: after operation %d failed and a good run, litter: %v", kind.name, n, got)
				}
			}
		}
	}
	t.Logf("%d failures injected", runs)
}

// Power is cut at any operation, and what was not flushed is lost: the whole
// old or the whole new site is there, and the next run goes on from it.
func TestPowerCutLosesNoSite(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	cuts := 0
	for _, kind := range abilities[:2] {
		for round := range effort.Of(1, 2, 200) {
			for n := 1; ; n += effort.Of(11, 1, 1) {
				out := fresh(t, Options{disk: &badDisk{noExchange: kind.noExchange, dirty: map[string]bool{}}})
				bad := &badDisk{noExchange: kind.noExchange, failAt: n, cut: true, err: errors.New("no power"), dirty: map[string]bool{}}
				_ = publishAll(out, after, Options{disk: bad})
				if bad.ops < n {
					break
				}
				cuts++
				bad.lose(t, r)
				if got := tree(t, out); !equal(got, with(before, strange)) && !equal(got, with(after, strange)) {
					t.Fatalf("%s: round %d, power cut at operation %d left %v", kind.name, round, n, got)
				}
				if err := publishAll(out, after, Options{NoSync: true, disk: &badDisk{noExchange: kind.noExchange, dirty: map[string]bool{}}}); err != nil {
					t.Fatalf("%s: the run after the cut at %d: %v", kind.name, n, err)
				}
				if got := tree(t, out); !equal(got, with(after, strange)) {
					t.Fatalf("%s: the run after the cut at %d left %v", kind.name, n, got)
				}
			}
		}
	}
	t.Logf("%d power cuts", cuts)
}
