package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"path/filepath"
)

// found is what lies in a tree.
type found struct {
	paths []string               // folders before what they hold
	kinds map[string]fs.FileMode // of each path, whether it is a folder, a link or a file
	was   whole                  // when the tree was published
}

// walk lists a tree but for its manifest. It follows no links; a tree that is
// not there is empty.
func (d *Dir) walk(tree string) (found, error) {
	f := found{kinds: map[string]fs.FileMode{}}
	var in func(dir string) error
	in = func(dir string) error {
		entries, err := d.disk.ReadDir(filepath.Join(tree, filepath.FromSlash(dir)))
		if absent(err) {
			return nil
		}
		if err != nil {
			return failed("read "+dir, err)
		}
		for _, e := range entries {
			p := path.Join(dir, e.Name())
			if p == manifestName {
				continue
			}
			f.paths = append(f.paths, p)
			f.kinds[p] = e.Type()
			if e.IsDir() {
				if err := in(p); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err := in(".")
	return f, err
}

// look lists the back tree.
func (d *Dir) look() (err error) {
	if d.found, err = d.walk(d.back); err != nil {
		return err
	}
	if d.found.was, err = d.manifestOf(d.back); err != nil {
		return failed("read the manifest of the back tree", err)
	}
	return nil
}

// holds reports whether a file of the back tree holds these bytes already.
func (d *Dir) holds(p, full string, content []byte, sum [sha256.Size]byte) bool {
	info, err := d.disk.Lstat(full)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(content)) || info.Mode().Perm() != fileMode {
		return false
	}
	if was, ours := d.found.was.sums[p]; ours && datesAreSure && d.found.was.kept(info) {
		return was == hex.EncodeToString(sum[:])
	}
	return d.disk.Holds(full, content)
}
