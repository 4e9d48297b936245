package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"syscall"
)

// stranger is something in an output that entente did not make.
type stranger struct {
	path string // below the output
	info fs.FileInfo
}

// strangers gives those parts of a tree that its manifest does not list:
// folders before what they hold.
func (d *Dir) strangers(tree string, all found, mine map[string]string) ([]stranger, error) {
	var list []stranger
	folders := foldersOf(mine)
	for _, p := range all.paths {
		if _, ok := mine[p]; ok && !all.kinds[p].IsDir() || folders[p] && all.kinds[p].IsDir() {
			continue
		}
		info, err := d.disk.Lstat(filepath.Join(tree, filepath.FromSlash(p)))
		if absent(err) {
			continue
		}
		if err != nil {
			return nil, failed("look at "+p, err)
		}
		list = append(list, stranger{p, info})
	}
	return list, nil
}

// carry gives the back tree everything in the output that is not ours, by a
// second name for each file, so that it is there in the moment of exchange.
// What stands in the way of the new site is refused, not replaced.
func (d *Dir) carry(old map[string]string) ([]stranger, error) {
	all, err := d.walk(d.live)
	if err != nil {
		return nil, err
	}
	list, err := d.strangers(d.live, all, old)
	if err != nil {
		return nil, err
	}
	folders := foldersOf(d.sums)
	var kept []stranger
	for _, s := range list {
		full := filepath.Join(d.live, filepath.FromSlash(s.path))
		if s.info.IsDir() && mountPoint(full) {
			return nil, refuse("OU002", "%s is a mount point inside the output; unmount it, or publish into another folder", full)
		}
		taken, err := d.taken(s, folders)
		switch {
		case err != nil:
			return nil, err
		case taken && d.options.Force:
			continue
		case taken:
			return nil, refuse("OU004", "%s was not made by entente, and the new site has something of that name; move it away, or use --force", full)
		case folders[s.path]:
			continue
		}
		if _, same := d.sums[s.path]; same {
			continue
		}
		kept = append(kept, s)
		if err := d.double(s, full); err != nil {
			return nil, failed("keep "+s.path, err)
		}
	}
	return kept, nil
}

// taken reports whether the new site needs the place of something foreign
// for something else.
func (d *Dir) taken(s stranger, folders map[string]bool) (bool, error) {
	for dir := path.Dir(s.path); dir != "."; dir = path.Dir(dir) {
		if _, file := d.sums[dir]; file {
			return true, nil
		}
	}
	if folders[s.path] {
		return !s.info.IsDir(), nil
	}
	if _, file := d.sums[s.path]; !file {
		return false, nil
	}
	if !s.info.Mode().IsRegular() {
		return true, nil
	}
	theirs, err := d.disk.ReadFile(filepath.Join(d.live, filepath.FromSlash(s.path)))
	if err != nil {
		return false, failed("read "+s.path, err)
	}
	ours, err := d.disk.ReadFile(filepath.Join(d.back, filepath.FromSlash(s.path)))
	if err != nil {
		return false, failed("read "+s.path, err)
	}
	return !bytes.Equal(theirs, ours), nil
}

// double makes the second name. Where the system cannot give a file two
// names, settle moves it after the exchange.
func (d *Dir) double(s stranger, full string) error {
	target := filepath.Join(d.back, filepath.FromSlash(s.path))
	if err := d.makeAbove(d.back, s.path); err != nil {
		return err
	}
	if s.info.IsDir() {
		return d.makeLike(target, s.info)
	}
	var err error
	if s.info.Mode()&fs.ModeSymlink != 0 {
		var to string
		if to, err = d.disk.Readlink(full); err == nil {
			err = d.disk.Symlink(to, target)
		}
	} else {
		err = d.disk.Link(full, target)
	}
	if absent(err) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EXDEV) || errors.Is(err, syscall.EMLINK) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

// makeAbove makes the folders above a path of a tree.
func (d *Dir) makeAbove(tree, p string) error {
	dir := path.Dir(p)
	if dir == "." {
		return nil
	}
	full := filepath.Join(tree, filepath.FromSlash(dir))
	if _, err := d.disk.Lstat(full); !absent(err) {
		return err
	}
	if err := d.makeAbove(tree, dir); err != nil {
		return err
	}
	return d.disk.Mkdir(full, 0o755)
}

// makeLike makes a folder with the rights and owner of another.
func (d *Dir) makeLike(full string, like fs.FileInfo) error {
	if err := d.disk.Mkdir(full, like.Mode().Perm()); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	own(full, like)
	return nil
}

// absent reports whether an error says that nothing has that name.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) }

// settle takes what is foreign out of the old site after the exchange: it
// has a second name in the new one, unless it was replaced or could not be
// doubled in time; then it moves. What it cannot do it says.
func (d *Dir) settle(list []stranger) (warnings []string) {
	for _, s := range slices.Backward(list) {
		from, to := filepath.Join(d.back, filepath.FromSlash(s.path)), filepath.Join(d.live, filepath.FromSlash(s.path))
		if s.info.IsDir() {
			_ = d.disk.Remove(from) // when nothing new has come into it
			continue
		}
		old, err := d.disk.Lstat(from)
		if absent(err) {
			continue
		}
		now, missing := d.disk.Lstat(to)
		switch {
		case err != nil:
		case missing == nil && os.SameFile(old, now):
			err = d.disk.Remove(from)
		default:
			err = errors.Join(d.makeAbove(d.live, s.path), d.disk.Rename(from, to))
		}
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("%s stays in %s: %v", s.path, d.back, err))
		}
	}
	return warnings
}

// rescue moves what is not ours out of the back tree into the output, where
// a run that was killed just after the exchange left it. What is ours in the
// back tree is told by its own manifest.
func (d *Dir) rescue() error {
	if d.found.was.sums == nil {
		return nil // never published: all of it is unfinished work of ours
	}
	list, err := d.strangers(d.back, d.found, d.found.was.sums)
	if err != nil {
		return err
	}
	for _, s := range list {
		target := filepath.Join(d.live, filepath.FromSlash(s.path))
		_, err := d.disk.Lstat(target)
		switch {
		case err == nil:
			continue // it has its place already
		case !absent(err):
			return failed("look at "+s.path, err)
		}
		if err := d.makeAbove(d.live, s.path); err != nil {
			return failed("keep "+s.path, err)
		}
		if s.info.IsDir() {
			err = d.makeLike(target, s.info)
		} else {
			err = d.disk.Rename(filepath.Join(d.back, filepath.FromSlash(s.path)), target)
		}
		if err != nil {
			return failed("keep "+s.path, err)
		}
	}
	return nil
}
