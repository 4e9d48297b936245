package publish

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// disk is every touch of the file system that a publication makes. Tests put
// one in its place that fails, or that forgets what was not flushed.
type disk interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	ReadFile(name string) ([]byte, error)
	// Holds reports whether a regular file of as many bytes holds these.
	Holds(name string, content []byte) bool
	// Write makes or replaces a regular file. Whoever has the old one open
	// goes on reading the old one; over allows to write over its bytes when
	// nobody has.
	Write(name string, content []byte, over bool) error
	Mkdir(name string, mode fs.FileMode) error
	Remove(name string) error // a file, a link or an empty folder
	Rename(old, new string) error
	Link(old, new string) error // one more name for a file
	Symlink(target, name string) error
	Readlink(name string) (string, error)
	Exchange(a, b string) error // in one step; errNoExchange where that cannot be
	Touch(dir string) error     // note that it changed now
	Flush(dir string) error     // all of the file system that holds dir
	FlushDir(dir string) error  // the names in dir
}

// errNoExchange says that two folders cannot change places in one step here.
var errNoExchange = errors.New("this file system cannot exchange two folders in one step")

// system is the disk of the machine.
type system struct{}

func (system) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (system) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (system) ReadFile(name string) ([]byte, error)       { return os.ReadFile(name) }
func (system) Mkdir(name string, mode fs.FileMode) error  { return os.Mkdir(name, mode) }
func (system) Remove(name string) error                   { return os.Remove(name) }
func (system) Rename(old, new string) error               { return os.Rename(old, new) }
func (system) Link(old, new string) error                 { return os.Link(old, new) }
func (system) Symlink(target, name string) error          { return os.Symlink(target, name) }
func (system) Readlink(name string) (string, error)       { return os.Readlink(name) }
func (system) Exchange(a, b string) error                 { return exchange(a, b) }
func (system) Touch(dir string) error                     { return os.Chtimes(dir, time.Time{}, time.Now()) }
func (system) Flush(dir string) error                     { return flush(dir) }

func (system) FlushDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

const fileMode = 0o644

func (system) Holds(name string, content []byte) bool {
	f, err := openFile(name, os.O_RDONLY, 0)
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

// Write goes over the old bytes where that is safe: a new file for each
// changed page costs ext4 ten times as much and more, since it shuns inodes
// that were freed a short while ago. It is safe when nobody has the file open
// and no other name leads to it (a backup made of hard links).
func (system) Write(name string, content []byte, over bool) error {
	f, err := openFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err == nil {
		_, err = f.Write(content)
		if err == nil {
			err = f.Chmod(fileMode) // whatever the umask took away
		}
		return errors.Join(err, f.Close())
	}
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(name)
	if err != nil {
		return err
	}
	if over && info.Mode().IsRegular() {
		if f, err := openFile(name, os.O_WRONLY, 0); err == nil {
			if alone(f) {
				return fill(f, content)
			}
			if err := f.Close(); err != nil {
				return err
			}
		}
	}
	spare := filepath.Join(filepath.Dir(name), ".entente-new-"+filepath.Base(name))
	if err := os.Remove(spare); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err = openFile(spare, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	if err := fill(f, content); err != nil {
		return errors.Join(err, os.Remove(spare))
	}
	return os.Rename(spare, name)
}

// fill puts content into a file of any length and closes it. Cutting it to
// length comes last: cut to nothing first, ext4 would write it out at once.
func fill(f *os.File, content []byte) error {
	_, err := f.Write(content)
	if err == nil {
		err = f.Truncate(int64(len(content)))
	}
	if err == nil {
		err = f.Chmod(fileMode)
	}
	return errors.Join(err, f.Close())
}
