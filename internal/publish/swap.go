package publish

import (
	"errors"
	"os"
)

// twoRenames swaps two folders where the system has no exchange. A kill
// between the renames leaves no site until the next build; callers say so.
func twoRenames(a, b string) error {
	spare := a + ".swap"
	if err := os.Rename(b, spare); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		return errors.Join(err, os.Rename(spare, b))
	}
	return os.Rename(spare, a)
}

// flushDir makes a rename in a folder last.
func flushDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
