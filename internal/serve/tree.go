package serve

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"entente/internal/file"
)

// tops are the folders of a site that its pages are made of.
var tops = []string{"content", "templates", "static"}

// racy is how young a change time must be for a second change within the
// same tick of the file system's clock to be thinkable. Such a file is read
// again although nothing but its content may tell the difference.
const racy = time.Second

// tree is what is known of the sources of a site: a mark for every file and
// the folders there are. Paths are relative to the site, with slashes.
//
// What decides whether a file changed is its content; names, sizes and change
// times only say which files must be read to know.
type tree struct {
	root  string
	now   func() time.Time
	files map[string]mark
	dirs  map[string]bool
	links map[string]bool // files that are symbolic links

	// appear is called for a folder before it is listed, and vanish when it
	// is gone, so that whoever watches folders misses nothing in between.
	appear func(dir string)
	vanish func(dir string)

	opened  bool   // everything has been looked at once
	round   uint32 // of full scans
	seen    map[string]uint32
	changed map[string]bool // paths since the last call of take
	missing map[string]bool // those among them that are empty or gone
	arrived bool            // a new file is among them
}

// mark is what is known of a file without reading it, and its content. The
// time of modification is left out: cp -p, tar and a wrong clock keep it.
type mark struct {
	id      identity
	size    int64
	mode    fs.FileMode
	content [sha256.Size]byte
	known   bool // content has been read
	young   bool // the file changed so shortly before it was read that a further change may not show
}

func newTree(root string) *tree {
	return &tree{root: root, now: time.Now, files: map[string]mark{}, dirs: map[string]bool{}, links: map[string]bool{}, seen: map[string]uint32{},
		appear: func(string) {}, vanish: func(string) {}, changed: map[string]bool{}, missing: map[string]bool{}}
}

// hollow reports whether all that is known of a change is that something is
// empty or gone: the middle of many a save, which the rest should follow.
func (t *tree) hollow() bool { return len(t.missing) > 0 && !t.arrived }

// source reports whether a path can be part of the site.
func source(p string) bool {
	top, _, _ := strings.Cut(p, "/")
	return slices.Contains(tops, top) && !slices.ContainsFunc(strings.Split(p, "/"), file.Litter)
}

// take gives the paths that changed since it was last called, in order.
func (t *tree) take() []string {
	list := make([]string, 0, len(t.changed))
	for p := range t.changed {
		list = append(list, p)
	}
	clear(t.changed)
	clear(t.missing)
	t.arrived = false
	slices.Sort(list)
	return list
}

// learn takes the content of files that someone else has just read, so that
// they need not be read again to know whether they changed.
func (t *tree) learn(texts []*file.Text) {
	for _, x := range texts {
		if m, ok := t.files[x.Path]; ok {
			m.content, m.known = x.Hash, true
			t.files[x.Path] = m
		}
	}
}

// scan looks at every file. It reports false when the site itself is not
// there: then nothing is taken to be gone.
func (t *tree) scan() bool {
	if _, err := os.Stat(t.root); err != nil {
		return false
	}
	t.round++
	for _, top := range tops {
		t.look(top)
	}
	for p := range t.files {
		if t.seen[p] != t.round {
			t.forget(p)
		}
	}
	for d := range t.dirs {
		if t.seen[d] != t.round {
			t.forgetDir(d)
		}
	}
	t.opened = true
	return true
}

// look examines one path: a file, a folder with all below it, or nothing
// any more.
func (t *tree) look(p string) {
	if !source(p) {
		return
	}
	full := filepath.Join(t.root, filepath.FromSlash(p))
	info, err := os.Lstat(full)
	if err != nil {
		t.gone(p, err)
		return
	}
	t.entry(p, full, info)
}

// lookLinks examines the files that are links: what they lead to can change
// without a sign at the link.
func (t *tree) lookLinks() {
	for p := range t.links {
		t.look(p)
	}
}

func (t *tree) entry(p, full string, info fs.FileInfo) {
	if info.IsDir() {
		t.forget(p)
		t.dir(p, full)
		return
	}
	if t.dirs[p] {
		t.forgetBelow(p)
	}
	delete(t.links, p)
	if info.Mode()&fs.ModeSymlink != 0 {
		t.links[p] = true
		if to, err := os.Stat(full); err == nil {
			info = to
		}
	}
	t.file(p, full, info)
}

// dir examines a folder that is there.
func (t *tree) dir(p, full string) {
	t.seen[p] = t.round
	if !t.dirs[p] {
		t.dirs[p] = true
		if t.opened && strings.HasSuffix(p, ".md") {
			t.changed[p] = true // the reader complains of it
		}
	}
	t.appear(p)
	f, err := os.Open(full)
	if err != nil {
		t.gone(p, err)
		return
	}
	names, err := f.Readdirnames(-1)
	f.Close()
	if err != nil {
		return // it is being taken away; the next look will tell
	}
	for _, name := range names {
		if file.Litter(name) {
			continue
		}
		below := filepath.Join(full, name)
		if info, err := os.Lstat(below); err == nil {
			t.entry(path.Join(p, name), below, info)
		}
	}
}

// file compares a file with what is known of it, and reads it when something
// moved.
func (t *tree) file(p, full string, info fs.FileInfo) {
	t.seen[p] = t.round
	old, was := t.files[p]
	m := mark{id: identify(info), size: info.Size(), mode: info.Mode()}
	if was && old.known && !old.young && m.id == old.id && m.size == old.size && m.mode == old.mode {
		return
	}
	m.young = t.now().Sub(m.id.changed()) < racy
	first := !was && !t.opened
	moved := !was || m.id != old.id || m.size != old.size || m.mode != old.mode
	if !first && info.Mode().IsRegular() {
		m.content, m.known = digest(full)
	} else if !moved {
		m.content, m.known = old.content, old.known
	}
	t.files[p] = m
	switch {
	case first, !moved && !old.known: // now we know
	case !was || !m.known && moved || old.known != m.known || old.content != m.content:
		t.arrived = t.arrived || !was && !t.changed[p]
		t.changed[p] = true
		delete(t.missing, p)
		if was && m.size == 0 {
			t.missing[p] = true
		}
	}
}

// gone takes note that a path cannot be found. One that is there and cannot
// be opened is for the reader to complain of.
func (t *tree) gone(p string, err error) {
	if !errors.Is(err, fs.ErrNotExist) {
		if !errors.Is(err, syscall.ENOTDIR) {
			t.changed[p] = true
			return
		}
	}
	t.forget(p)
	if t.dirs[p] {
		t.forgetBelow(p)
	}
}

func (t *tree) forget(p string) {
	if _, ok := t.files[p]; ok {
		delete(t.files, p)
		delete(t.links, p)
		delete(t.seen, p)
		t.changed[p], t.missing[p] = true, true
	}
}

func (t *tree) forgetDir(d string) {
	delete(t.dirs, d)
	delete(t.seen, d)
	if strings.HasSuffix(d, ".md") {
		t.changed[d] = true
	}
	t.vanish(d)
}

// forgetBelow forgets a folder and all that was in it.
func (t *tree) forgetBelow(dir string) {
	for p := range t.files {
		if strings.HasPrefix(p, dir+"/") {
			t.forget(p)
		}
	}
	for d := range t.dirs {
		if d == dir || strings.HasPrefix(d, dir+"/") {
			t.forgetDir(d)
		}
	}
}

// digest reads a file; false when it cannot be read.
func digest(full string) (sum [sha256.Size]byte, ok bool) {
	// Should the file have turned into a pipe, the open must not wait.
	f, err := os.OpenFile(full, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return sum, false
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum, false
	}
	h.Sum(sum[:0])
	return sum, true
}
