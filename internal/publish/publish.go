// Package publish puts a whole tree of files in place at once. Readers see
// the old site or the new one, never a mixture, whatever moment the process
// is killed at; and nothing is deleted that entente did not make.
//
// Beside the output "public" lies a hidden back tree, the build before last.
// A build brings it to the new state (compare, write what differs, remove
// what is gone), flushes it, and exchanges the two in one step. Files that
// others put into the output (.git, CNAME) are moved over right after the
// exchange; should a kill come in between, the next build moves them.
//
// A manifest in the output says which files are ours. The package knows
// nothing of what the files hold.
package publish

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// manifestName is the list of our files, in the output.
const manifestName = ".entente-manifest"

const manifestHead = "entente manifest 1\n"

// Error is a refusal or failure with its code.
type Error struct {
	Code string // "OU001"
	Text string
	Err  error
	exit int
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Text, e.Err)
	}
	return e.Code + ": " + e.Text
}

func (e *Error) Unwrap() error { return e.Err }

// ExitCode is the code to leave with: 2 for a target that cannot be used as
// asked, 3 for a failure of the machine.
func (e *Error) ExitCode() int { return e.exit }

func refuse(code, format string, args ...any) error {
	return &Error{Code: code, Text: fmt.Sprintf(format, args...), exit: 2}
}

func failed(what string, err error) error {
	return &Error{Code: "OU010", Text: what, Err: err, exit: 3}
}

// Options are the choices of a publication.
type Options struct {
	Sources []string // folders that the output must not hold or lie in
	Force   bool     // replace published files that were changed by hand
	NoSync  bool     // do not flush; for benchmarks
}

// Stats say what a publication did.
type Stats struct {
	Files, Written, Removed int
	Atomic                  bool // the exchange was one step
}

// Dir is one publication under way. Put may be called by many goroutines.
type Dir struct {
	out, back string
	options   Options
	lock      *os.File

	mu      sync.Mutex
	sums    map[string][sha256.Size]byte // guarded by mu
	folded  map[string]string            // guarded by mu
	dirs    map[string]bool              // guarded by mu
	written int                          // guarded by mu
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
	name := filepath.Base(abs)
	d := &Dir{out: abs, back: filepath.Join(filepath.Dir(abs), "."+name+".entente-back"), options: o,
		sums: map[string][sha256.Size]byte{}, folded: map[string]string{}, dirs: map[string]bool{}}
	if err := d.takeLock(filepath.Join(filepath.Dir(abs), "."+name+".entente-lock")); err != nil {
		return nil, err
	}
	if err := d.ours(); err != nil {
		return nil, errors.Join(err, d.unlock())
	}
	if err := d.rescue(); err != nil {
		return nil, errors.Join(err, d.unlock())
	}
	if err := os.MkdirAll(d.back, 0o755); err != nil {
		return nil, errors.Join(failed("make the back tree", err), d.unlock())
	}
	return d, nil
}

// safeTarget refuses folders that hold what entente must not replace.
func safeTarget(abs string, sources []string) error {
	if home, err := os.UserHomeDir(); err == nil && abs == filepath.Clean(home) {
		return refuse("OU002", "the output is your home folder %s", abs)
	}
	if abs == filepath.Dir(abs) {
		return refuse("OU002", "the output is the root of the file system")
	}
	real := resolved(abs)
	for _, s := range sources {
		src, err := filepath.Abs(s)
		if err != nil {
			return failed("find "+s, err)
		}
		src = resolved(src)
		switch {
		case real == filepath.Dir(src):
			return refuse("OU002", "the output is the folder of the site itself; name one inside it, such as public")
		case within(real, src) || within(src, real):
			return refuse("CF004", "the output %s and the source %s lie in each other", abs, src)
		}
	}
	info, err := os.Lstat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return failed("look at "+abs, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return refuse("OU002", "the output %s is a link; name the folder itself", abs)
	case !info.IsDir():
		return refuse("OU001", "the output %s is a file", abs)
	case mountPoint(abs):
		return refuse("OU002", "the output %s is a mount point; name a folder inside it", abs)
	}
	return nil
}

// resolved follows links as far as the path exists.
func resolved(p string) string {
	if r, err := filepath.EvalSymlinks(p); err == nil {
		return r
	}
	return filepath.Join(resolvedParent(p), filepath.Base(p))
}

func resolvedParent(p string) string {
	dir := filepath.Dir(p)
	if dir == p {
		return p
	}
	return resolved(dir)
}

// within reports whether a lies in b or is it.
func within(a, b string) bool {
	rel, err := filepath.Rel(b, a)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// ours refuses an output that is not empty and not of our making.
func (d *Dir) ours() error {
	entries, err := os.ReadDir(d.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return failed("read "+d.out, err)
	}
	if _, err := os.Lstat(filepath.Join(d.out, manifestName)); err == nil || len(entries) == 0 {
		return nil
	}
	for _, e := range entries {
		if !keptAlways(e.Name()) {
			return refuse("OU001", "%s is not empty and was not made by entente (it holds %q); name an empty folder", d.out, e.Name())
		}
	}
	return nil
}

// keptAlways lists what may lie in a fresh output: a repository or the files
// of a host, which are carried along.
func keptAlways(name string) bool {
	return name == ".git" || name == "CNAME" || name == ".nojekyll" || name == ".gitignore"
}

// cleanPath refuses paths that some system cannot store or that lead out.
func cleanPath(p string) error {
	if p == "" || strings.HasPrefix(p, "/") || strings.Contains(p, "\\") || path.Clean(p) != p || p == ".." || strings.HasPrefix(p, "../") || len(p) > 1024 {
		return &Error{Code: "ID014", Text: fmt.Sprintf("path %q leads out of the site", p), exit: 1}
	}
	for _, part := range strings.Split(p, "/") {
		base, _, _ := strings.Cut(strings.ToLower(part), ".")
		device := base == "con" || base == "prn" || base == "aux" || base == "nul" ||
			len(base) == 4 && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt")) && base[3] >= '1' && base[3] <= '9'
		if device || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") || len(part) > 255 || strings.ContainsAny(part, "\x00:*?\"<>|") {
			return &Error{Code: "ID015", Text: fmt.Sprintf("path %q cannot be stored on every system", p), exit: 1}
		}
	}
	return nil
}

// Put takes one file of the new site: it is written into the back tree if it
// differs from what lies there.
func (d *Dir) Put(p string, content []byte) error {
	if err := cleanPath(p); err != nil {
		return err
	}
	fold := strings.ToLower(norm.NFC.String(p))
	d.mu.Lock()
	if other, taken := d.folded[fold]; taken {
		d.mu.Unlock()
		return &Error{Code: "ID011", Text: fmt.Sprintf("%q and %q are one path on some systems", other, p), exit: 1}
	}
	d.folded[fold] = p
	d.sums[p] = sha256.Sum256(content)
	dir := path.Dir(p)
	known := d.dirs[dir]
	d.mu.Unlock()
	full := filepath.Join(d.back, filepath.FromSlash(p))
	if same(full, content) {
		return nil
	}
	if !known {
		if err := d.makeDir(dir); err != nil {
			return err
		}
	}
	if err := write(full, content); err != nil {
		return failed("write "+p, err)
	}
	d.mu.Lock()
	d.written++
	d.mu.Unlock()
	return nil
}

// makeDir makes the folder of a file, clearing away what stands in its place.
func (d *Dir) makeDir(dir string) error {
	full := filepath.Join(d.back, filepath.FromSlash(dir))
	err := os.MkdirAll(full, 0o755)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		for at := full; at != d.back; at = filepath.Dir(at) {
			if info, e := os.Lstat(at); e == nil && !info.IsDir() {
				if e := os.Remove(at); e != nil {
					return failed("make "+dir, e)
				}
			}
		}
		err = os.MkdirAll(full, 0o755)
	}
	if err != nil {
		return failed("make "+dir, err)
	}
	d.mu.Lock()
	d.dirs[dir] = true
	d.mu.Unlock()
	return nil
}

// same reports whether a regular file holds exactly these bytes.
func same(full string, content []byte) bool {
	info, err := os.Lstat(full)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(content)) || info.Mode().Perm() != 0o644 {
		return false
	}
	f, err := os.Open(full)
	if err != nil {
		return false
	}
	defer f.Close()
	buf := make([]byte, min(len(content)+1, 64<<10))
	for {
		n, err := f.Read(buf)
		if n > len(content) || !bytes.Equal(buf[:n], content[:n]) {
			return false
		}
		content = content[n:]
		if err == io.EOF {
			return len(content) == 0
		}
		if err != nil {
			return false
		}
	}
}

// write replaces a file of the back tree. Half a file after a kill is mended
// by the next build, which compares.
func write(full string, content []byte) error {
	if info, err := os.Lstat(full); err == nil && !info.Mode().IsRegular() {
		if err := os.RemoveAll(full); err != nil {
			return err
		}
	}
	f, err := os.OpenFile(full, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = f.Chmod(0o644)
	}
	return errors.Join(err, f.Close())
}

// Commit puts the new site in place. When it returns nil, the site is there
// and flushed.
func (d *Dir) Commit() (Stats, error) {
	s := Stats{Files: len(d.sums), Written: d.written}
	err := d.commit(&s)
	return s, errors.Join(err, d.unlock())
}

func (d *Dir) commit(s *Stats) error {
	old, err := readManifest(d.out)
	if err != nil {
		return failed("read the manifest", err)
	}
	if !d.options.Force {
		if err := d.untouched(old); err != nil {
			return err
		}
	}
	if s.Removed, err = d.sweep(); err != nil {
		return failed("clear the back tree", err)
	}
	if err := write(filepath.Join(d.back, manifestName), d.manifest()); err != nil {
		return failed("write the manifest", err)
	}
	if !d.options.NoSync {
		if err := flush(d.back); err != nil {
			return failed("flush", err)
		}
	}
	if _, err := os.Lstat(d.out); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(d.back, d.out); err != nil {
			return failed("publish", err)
		}
		s.Atomic = true
	} else {
		if s.Atomic, err = exchange(d.back, d.out); err != nil {
			return failed("publish", err)
		}
		if err := d.rescue(); err != nil {
			return err
		}
	}
	if !d.options.NoSync {
		if err := flushDir(filepath.Dir(d.out)); err != nil {
			return failed("flush", err)
		}
	}
	return nil
}

// untouched refuses to replace a published file that was changed since: one
// that is newer than the manifest and no longer has its sum.
func (d *Dir) untouched(old map[string]string) error {
	info, err := os.Lstat(filepath.Join(d.out, manifestName))
	if err != nil {
		return nil
	}
	for _, p := range sortedKeys(old) {
		full := filepath.Join(d.out, filepath.FromSlash(p))
		now, err := os.Lstat(full)
		if err != nil || !now.ModTime().After(info.ModTime()) {
			continue
		}
		b, err := os.ReadFile(full)
		if err != nil {
			return failed("read "+p, err)
		}
		if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != old[p] {
			return refuse("OU004", "%s was changed by hand since it was published; move your change into the sources, or use --force", full)
		}
	}
	return nil
}

// sweep removes from the back tree what the new site does not have.
func (d *Dir) sweep() (removed int, err error) {
	var dirs []string
	err = filepath.WalkDir(d.back, func(full string, e fs.DirEntry, err error) error {
		if err != nil || full == d.back {
			return err
		}
		rel, err := filepath.Rel(d.back, full)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if e.IsDir() {
			dirs = append(dirs, full)
			return nil
		}
		if _, keep := d.sums[rel]; keep {
			return nil
		}
		removed++
		return os.Remove(full)
	})
	if err != nil {
		return removed, err
	}
	for _, dir := range slices.Backward(dirs) {
		_ = os.Remove(dir) // only empty ones go
	}
	return removed, nil
}

// rescue moves files that are not ours out of the back tree, where the
// exchange left them, into the output. What is ours in the back tree is told
// by its own manifest.
func (d *Dir) rescue() error {
	mine, err := readManifest(d.back)
	if err != nil || mine == nil {
		return nil // never published: all of it is unfinished work of ours
	}
	folders := map[string]bool{".": true}
	for p := range mine {
		for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
			folders[dir] = true
		}
	}
	return filepath.WalkDir(d.back, func(full string, e fs.DirEntry, err error) error {
		if err != nil || full == d.back {
			return err
		}
		rel, err := filepath.Rel(d.back, full)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if _, ok := mine[rel]; ok || rel == manifestName || e.IsDir() && folders[rel] {
			return nil
		}
		target := filepath.Join(d.out, filepath.FromSlash(rel))
		if _, err := os.Lstat(target); err == nil {
			return nil // the new site has its own
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return failed("keep "+rel, err)
		}
		if err := os.Rename(full, target); err != nil {
			return failed("keep "+rel, err)
		}
		if e.IsDir() {
			return filepath.SkipDir
		}
		return nil
	})
}

// Abort leaves the old site as it is. The back tree stays for the next
// build, marked as unfinished by having no manifest.
func (d *Dir) Abort() error {
	err := os.Remove(filepath.Join(d.back, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, d.unlock())
}

// manifest lists our files and their sums, in order.
func (d *Dir) manifest() []byte {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, p := range sortedKeys(d.sums) {
		sum := d.sums[p]
		b.WriteString(hex.EncodeToString(sum[:]) + " " + p + "\n")
	}
	return b.Bytes()
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// readManifest gives our files in a tree; nil when it has no manifest.
func readManifest(dir string) (map[string]string, error) {
	f, err := os.Open(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list := map[string]string{}
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		if sum, p, ok := strings.Cut(sc.Text(), " "); ok && len(sum) == 64 {
			list[p] = sum
		}
	}
	return list, sc.Err()
}

// takeLock keeps a second entente out of the same output.
func (d *Dir) takeLock(name string) error {
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return failed("lock", err)
		}
		if err := tryLock(f); err != nil {
			pid, _ := io.ReadAll(io.LimitReader(f, 32))
			f.Close()
			return &Error{Code: "OU003", Text: fmt.Sprintf("another entente (process %s) is publishing into %s", strings.TrimSpace(string(pid)), d.out), exit: 3}
		}
		// The last holder may have removed the file between our open and lock.
		now, err1 := os.Stat(name)
		held, err2 := f.Stat()
		if err1 == nil && err2 == nil && os.SameFile(now, held) {
			d.lock = f
			if err := f.Truncate(0); err != nil {
				return failed("lock", err)
			}
			if _, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0); err != nil {
				return failed("lock", err)
			}
			return nil
		}
		f.Close()
	}
}

func (d *Dir) unlock() error {
	if d.lock == nil {
		return nil
	}
	err := os.Remove(d.lock.Name())
	err = errors.Join(err, d.lock.Close())
	d.lock = nil
	return err
}

// Memory is a sink that keeps files in memory; tests use it.
type Memory struct {
	mu    sync.Mutex
	Files map[string][]byte // guarded by mu while files are put
}

// Put takes one file.
func (m *Memory) Put(p string, content []byte) error {
	if err := cleanPath(p); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Files == nil {
		m.Files = map[string][]byte{}
	}
	if _, taken := m.Files[p]; taken {
		return &Error{Code: "ID010", Text: fmt.Sprintf("two files at %q", p), exit: 1}
	}
	m.Files[p] = bytes.Clone(content)
	return nil
}
