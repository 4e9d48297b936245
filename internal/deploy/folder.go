package deploy

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is a store that is a folder: a mounted share, a bucket that is
// mounted, the root of a server of files.
type Folder string

func (f Folder) name(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }

// Get reads a file.
func (f Folder) Get(_ context.Context, name string) ([]byte, error) { return os.ReadFile(f.name(name)) }

// Put writes a file beside the old one and puts it in its place.
func (f Folder) Put(_ context.Context, name string, content []byte) error {
	full := f.name(name)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	spare := filepath.Join(filepath.Dir(full), ".entente-new-"+filepath.Base(full))
	if err := os.WriteFile(spare, content, 0o644); err != nil {
		return errors.Join(err, f.remove(spare))
	}
	return os.Rename(spare, full)
}

// Delete removes a file and the folders that it leaves empty.
func (f Folder) Delete(_ context.Context, name string) error {
	if err := f.remove(f.name(name)); err != nil {
		return err
	}
	for dir := filepath.Dir(filepath.FromSlash(name)); dir != "."; dir = filepath.Dir(dir) {
		if os.Remove(f.name(dir)) != nil {
			break // not empty
		}
	}
	return nil
}

func (f Folder) remove(full string) error {
	if err := os.Remove(full); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
