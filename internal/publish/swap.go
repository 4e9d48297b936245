package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// swap puts the back tree in the place of the output, and gives what takes it
// back. Where two folders cannot be exchanged in one step, the output becomes
// a link to one of two folders beside it, and a new link takes the place of
// the old one; where there are no links either, two renames must do.
func (d *Dir) swap(s *Stats) (undo func() error, err error) {
	info, err := d.disk.Lstat(d.out)
	switch {
	case absent(err):
		s.Atomic = true
		return func() error { return d.disk.Rename(d.out, d.back) }, d.disk.Rename(d.back, d.out)
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		s.Atomic = true
		return d.relink()
	}
	err = d.disk.Exchange(d.back, d.out)
	if !errors.Is(err, errNoExchange) {
		s.Atomic = true
		return func() error { return d.disk.Exchange(d.back, d.out) }, err
	}
	if undo, err := d.relink(); err == nil {
		return undo, nil
	}
	return d.twoRenames, d.twoRenames()
}

// relink makes the back tree one of two named sites and lets the output link
// to it. The first time, the output is a folder and must step aside.
func (d *Dir) relink() (undo func() error, err error) {
	old, next := d.beside("site-a"), d.beside("site-b")
	if d.live == next {
		old, next = next, old
	}
	link := d.beside("link")
	if err := d.disk.Symlink(filepath.Base(next), link); err != nil {
		return nil, err
	}
	if err := d.disk.Rename(d.back, next); err != nil {
		return nil, errors.Join(err, d.disk.Remove(link))
	}
	if d.live == d.out {
		if err := d.disk.Rename(d.out, old); err != nil {
			return nil, errors.Join(err, d.disk.Rename(next, d.back), d.disk.Remove(link))
		}
	}
	if err := d.disk.Rename(link, d.out); err != nil {
		if d.live == d.out {
			err = errors.Join(err, d.disk.Rename(old, d.out))
		}
		return nil, errors.Join(err, d.disk.Rename(next, d.back), d.disk.Remove(link))
	}
	d.live = next
	unlink := func() error {
		d.live = old
		return errors.Join(d.disk.Symlink(filepath.Base(old), link), d.disk.Rename(link, d.out), d.disk.Rename(next, d.back))
	}
	if err := d.disk.Rename(old, d.back); err != nil {
		return nil, errors.Join(err, unlink())
	}
	return func() error { return errors.Join(d.disk.Rename(d.back, old), unlink()) }, nil
}

// twoRenames swaps the trees with a moment in between in which there is no
// site; a run killed in it is mended by the next.
func (d *Dir) twoRenames() error {
	spare := d.beside("spare")
	if err := d.disk.Rename(d.out, spare); err != nil {
		return err
	}
	if err := d.disk.Rename(d.back, d.out); err != nil {
		return errors.Join(err, d.disk.Rename(spare, d.out))
	}
	if err := d.disk.Rename(spare, d.back); err != nil {
		return errors.Join(err, d.disk.Rename(d.out, d.back), d.disk.Rename(spare, d.out))
	}
	return nil
}

// heal ends what a killed swap began, and finds the folder that readers see.
func (d *Dir) heal() error {
	if err := d.finishSwap(); err != nil {
		return failed("mend an unfinished publication", err)
	}
	info, err := d.disk.Lstat(d.out)
	if absent(err) {
		return nil
	}
	if err != nil {
		return failed("look at "+d.out, err)
	}
	if info.Mode()&fs.ModeSymlink == 0 {
		return nil
	}
	to, err := d.disk.Readlink(d.out)
	if err != nil {
		return failed("read the link "+d.out, err)
	}
	d.live = filepath.Join(filepath.Dir(d.out), filepath.Base(to))
	for _, site := range []string{d.beside("site-a"), d.beside("site-b")} {
		if site == d.live {
			continue
		}
		if err := d.yieldBack(site); err != nil {
			return failed("mend an unfinished publication", err)
		}
	}
	return nil
}

// yieldBack makes a folder that a killed swap left over the back tree, or
// removes it when there is one.
func (d *Dir) yieldBack(left string) error {
	if _, err := d.disk.Lstat(left); err != nil {
		if absent(err) {
			return nil
		}
		return err
	}
	if _, err := d.disk.Lstat(d.back); absent(err) {
		return d.disk.Rename(left, d.back)
	}
	return d.removeAll(left)
}

// finishSwap brings the output back when a swap of several steps was killed
// while there was none, and takes a left-over link away.
func (d *Dir) finishSwap() error {
	_, err := d.disk.Lstat(d.out)
	missing := absent(err)
	if err != nil && !missing {
		return err
	}
	for _, left := range []string{d.beside("link"), d.beside("spare")} {
		_, err := d.disk.Lstat(left)
		switch {
		case absent(err):
			continue
		case err != nil:
			return err
		case missing && d.leadsToSite(left):
			if err := d.disk.Rename(left, d.out); err != nil {
				return err
			}
			missing = false
		case left == d.beside("link"):
			if err := d.disk.Remove(left); err != nil {
				return err
			}
		default:
			if err := d.yieldBack(left); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *Dir) leadsToSite(name string) bool {
	_, err := d.disk.ReadFile(filepath.Join(name, manifestName))
	return err == nil
}

// ourLink reports whether the output is a link that relink made.
func ourLink(out, to string) bool {
	base := filepath.Base(out)
	return to == fmt.Sprintf(".%s.entente-site-a", base) || to == fmt.Sprintf(".%s.entente-site-b", base)
}
