// Package publish puts a whole tree of files in place at once. Readers see
// the old site or the new one, never a mixture, whatever moment the process
// is killed at; and nothing is deleted that entente did not make.
//
// Beside the output "public" lies a hidden back tree, the build before last.
// A build brings it to the new state (compare, write what differs, remove
// what is gone), gives it the files that others put into the output (.git,
// CNAME), flushes it, and exchanges the two in one step.
//
// A manifest in the output says which files are ours, and with what sums. A
// file that did not change since its manifest was written is not read again.
// The package knows nothing of what the files hold.
package publish

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options are the choices of a publication.
type Options struct {
	Sources []string // folders that the output must not hold or lie in
	Force   bool     // replace published files that were changed by hand
	NoSync  bool     // do not flush; for benchmarks

	disk disk // nil: that of the machine
}

// rest is how long a tree must have been out of sight before its files are
// written over. A server that sends a file without copying it (sendfile)
// closes it while its pages wait in a socket; over a stalled line that takes
// minutes, and whatever is then written over them is sent.
const rest = 10 * time.Minute

// Stats say what a publication did.
type Stats struct {
	Atomic   bool     // readers never had to wait for a site
	Warnings []string // what could not be tidied up after the new site was in place
}

// Dir is one publication under way. Put may be called by many goroutines.
type Dir struct {
	out     string // absolute
	back    string
	live    string // folder that readers see: out, or what it links to
	rested  bool   // the back tree has been out of sight for long
	old     whole  // the site that readers see
	found   found  // what lay in the back tree at the start
	options Options
	disk    disk
	lock    lock

	mu      sync.Mutex
	sums    map[string][sha256.Size]byte // guarded by mu
	folded  map[string]string            // guarded by mu
	dirs    map[string]bool              // guarded by mu: folders of the new site
	touched string                       // guarded by mu: the first published file that was changed by hand
}

// Open prepares to publish into a folder: it refuses targets that entente
// must not touch, takes the lock and mends what a killed run left behind.
func Open(out string, o Options) (*Dir, error) {
	abs, err := filepath.Abs(out)
	if err != nil {
		return nil, failed("find "+out, err)
	}
	if err := safeTarget(abs, o.Sources); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(abs), 0o755); err != nil {
		return nil, failed("make the folder above "+out, err)
	}
	d := &Dir{out: abs, live: abs, options: o, disk: o.disk,
		sums: map[string][sha256.Size]byte{}, folded: map[string]string{}, dirs: map[string]bool{}}
	d.back = d.beside("back")
	if d.disk == nil {
		d.disk = system{}
	}
	if d.lock, err = takeLock(d.beside("lock"), abs); err != nil {
		return nil, err
	}
	for _, step := range []func() error{d.heal, d.ours, d.look, d.rescue, d.begin} {
		if err := step(); err != nil {
			return nil, errors.Join(err, d.lock.release())
		}
	}
	return d, nil
}

// begin makes the back tree, or marks it as unfinished: from now on, what is
// in it is our work, whatever the manifest of the site before last said.
func (d *Dir) begin() error {
	if info, err := d.disk.Lstat(d.back); err == nil {
		d.rested = time.Since(changed(info)) > rest
	}
	err := d.disk.Mkdir(d.back, 0o755)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return failed("make the back tree", err)
	}
	d.dirs["."] = true
	if err == nil {
		return nil
	}
	if err := d.disk.Remove(filepath.Join(d.back, manifestName)); err != nil && !absent(err) {
		return failed("begin in the back tree", err)
	}
	if d.found.was.sums != nil && !d.options.NoSync {
		// Else a power cut might bring the manifest back, beside files that
		// this run has written over.
		if err := d.disk.FlushDir(d.back); err != nil {
			return failed("begin in the back tree", err)
		}
	}
	return nil
}

// beside names a hidden neighbour of the output.
func (d *Dir) beside(what string) string {
	return filepath.Join(filepath.Dir(d.out), "."+filepath.Base(d.out)+".entente-"+what)
}

// Put takes one file of the new site: it is written into the back tree if it
// differs from what lies there.
func (d *Dir) Put(p string, content []byte) error {
	if err := cleanPath(p); err != nil {
		return err
	}
	sum := sha256.Sum256(content)
	if err := d.claim(p, sum); err != nil {
		return err
	}
	if err := d.untouched(p); err != nil {
		return err
	}
	full := filepath.Join(d.back, filepath.FromSlash(p))
	if kind, there := d.found.kinds[p]; there {
		if d.holds(p, full, content, sum) {
			return nil
		}
		if !kind.IsRegular() { // a folder or a link
			if err := d.removeAll(full); err != nil {
				return failed("write "+p, err)
			}
		}
	}
	if err := d.disk.Write(full, content, d.rested); err != nil {
		return failed("write "+p, err)
	}
	return nil
}

// claim takes a path for a file of the new site and makes its folder.
func (d *Dir) claim(p string, sum [sha256.Size]byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := fold(p)
	if other, taken := d.folded[key]; taken {
		return &Error{Code: "ID011", Text: fmt.Sprintf("%q and %q are one path on some systems", other, p), exit: 1}
	}
	if d.dirs[p] {
		return &Error{Code: "ID010", Text: fmt.Sprintf("%q is a file and a folder of the site", p), exit: 1}
	}
	d.folded[key] = p
	d.sums[p] = sum
	return d.makeDir(path.Dir(p))
}

// makeDir makes a folder of the back tree and those above it. What stands in
// its place is cleared away: a link there would lead us out of the tree.
func (d *Dir) makeDir(dir string) error {
	if d.dirs[dir] {
		return nil
	}
	if _, file := d.sums[dir]; file {
		return &Error{Code: "ID010", Text: fmt.Sprintf("%q is a file and a folder of the site", dir), exit: 1}
	}
	if err := d.makeDir(path.Dir(dir)); err != nil {
		return err
	}
	full := filepath.Join(d.back, filepath.FromSlash(dir))
	kind, there := d.found.kinds[dir]
	if there && !kind.IsDir() {
		if err := d.disk.Remove(full); err != nil {
			return failed("make "+dir, err)
		}
		there = false
	}
	if !there {
		if err := d.disk.Mkdir(full, 0o755); err != nil {
			return failed("make "+dir, err)
		}
	}
	d.dirs[dir] = true
	return nil
}

// removeAll removes a file, or a folder with all that is in it, of the back
// tree. It follows no links.
func (d *Dir) removeAll(full string) error {
	info, err := d.disk.Lstat(full)
	if err != nil {
		return err
	}
	if info.IsDir() {
		entries, err := d.disk.ReadDir(full)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := d.removeAll(filepath.Join(full, e.Name())); err != nil {
				return err
			}
		}
	}
	return d.disk.Remove(full)
}

// Commit puts the new site in place. When it returns nil, the site is there
// and flushed; otherwise the old one is.
func (d *Dir) Commit() (Stats, error) {
	var s Stats
	err := d.commit(&s)
	switch e := d.lock.release(); {
	case err != nil:
		err = errors.Join(err, e)
	case e != nil:
		s.Warnings = append(s.Warnings, "the lock stays behind: "+e.Error())
	}
	return s, err
}

func (d *Dir) commit(s *Stats) error {
	for p := range d.old.sums {
		if _, put := d.sums[p]; put {
			continue
		}
		if err := d.untouched(p); err != nil {
			return err
		}
	}
	if d.touched != "" {
		return refuse("OU004", "%s was changed by hand since it was published; move your change into the sources, or use --force", filepath.Join(d.live, filepath.FromSlash(d.touched)))
	}
	if err := d.sweep(); err != nil {
		return failed("clear the back tree", err)
	}
	if err := d.disk.Write(filepath.Join(d.back, manifestName), d.manifest(), d.rested); err != nil {
		return failed("write the manifest", err)
	}
	foreign, err := d.carry(d.old.sums)
	if err != nil {
		return err
	}
	if !d.options.NoSync {
		if err := d.disk.Flush(d.back); err != nil {
			return failed("flush", err)
		}
	}
	undo, err := d.swap(s)
	if err != nil {
		return failed("publish", err)
	}
	if !d.options.NoSync {
		if err := d.disk.FlushDir(filepath.Dir(d.out)); err != nil {
			return failed("flush", errors.Join(err, undo()))
		}
	}
	s.Warnings = append(s.Warnings, d.settle(foreign)...)
	if err := d.disk.Touch(d.back); err != nil && !absent(err) {
		s.Warnings = append(s.Warnings, err.Error())
	}
	return nil
}

// sweep removes from the back tree what the new site does not have.
func (d *Dir) sweep() error {
	for _, p := range slices.Backward(d.found.paths) {
		if _, keep := d.sums[p]; keep || d.dirs[p] {
			continue
		}
		if err := d.disk.Remove(filepath.Join(d.back, filepath.FromSlash(p))); err != nil && !absent(err) {
			return err
		}
	}
	return nil
}

// Abort leaves the old site as it is. The back tree stays for the next
// build, which brings it to its own state.
func (d *Dir) Abort() error { return d.lock.release() }

// within reports whether a lies in b or is it.
func within(a, b string) bool {
	rel, err := filepath.Rel(b, a)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
