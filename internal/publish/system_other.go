//go:build !linux

package publish

import "os"

func exchange(a, b string) (atomic bool, err error) { return false, twoRenames(a, b) }

func flush(string) error { return nil }

func tryLock(*os.File) error { return nil }

func mountPoint(string) bool { return false }
