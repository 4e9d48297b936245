//go:build !linux

package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// flush writes out the files below a folder, one by one.
func flush(dir string) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

// alone never promises: a changed file is then always a new one.
func alone(*os.File) bool { return false }

const datesAreSure = false

func changed(info os.FileInfo) time.Time { return info.ModTime() }

func mountPoint(string) bool { return false }

func own(string, os.FileInfo) {}

func nameless(string) (*os.File, error) { return nil, errors.ErrUnsupported }

func openFile(name string, flags int, mode os.FileMode) (*os.File, error) {
	return os.OpenFile(name, flags, mode)
}
