package main

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"entente/internal/cli"
	"entente/internal/effort"
)

func TestMain(m *testing.M) {
	testscript.Main(inMemory{m}, map[string]func(){
		"entente": func() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// inMemory runs quick tests on files in memory where there is room for them:
// making and removing thousands of small files is most of their work. At the
// promised numbers they meet the real disk.
type inMemory struct{ *testing.M }

func (m inMemory) Run() int {
	const shared = "/dev/shm"
	var disk syscall.Statfs_t
	if effort.Of(1, 0, 0) == 1 && syscall.Statfs(shared, &disk) == nil && uint64(disk.Bavail)*uint64(disk.Bsize) > 2<<30 {
		if dir, err := os.MkdirTemp(shared, "entente"); err == nil {
			defer os.RemoveAll(dir)
			if err := errors.Join(os.Chmod(dir, 0o755), os.Setenv("TMPDIR", dir)); err != nil {
				panic(err)
			}
		}
	}
	return m.M.Run()
}

// Scripts are texts a user could read: what one types, and what happens.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true})
}
