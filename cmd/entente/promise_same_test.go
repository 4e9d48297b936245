//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"entente/internal/effort"
)

// P7: the same input gives the same bytes, whatever surrounds the build; want
// is the hash of what was built here.
func isSame(t *testing.T, want string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "same") // open to another user, unlike the test's own
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("entente")
	if err != nil {
		t.Fatal(err)
	}
	copyFile(t, program, filepath.Join(dir, "entente"), 0o755)
	r := rand.New(rand.NewPCG(13, 14))
	sums := map[string][]string{want: {"in this process"}}
	for i := range effort.Of(1, 24, 96) {
		where := filepath.Join(dir, strings.Repeat("x", i%5), fmt.Sprint(i))
		copyShuffled(t, "../../content", filepath.Join(where, "content"), r)
		cmd := exec.Command(filepath.Join(dir, "entente"), "build", where, "--out", filepath.Join(where, "public"))
		what := fmt.Sprintf("GOMAXPROCS=%d TZ=%s LC_ALL=%s umask=%s", []int{1, 2, 8}[i%3], []string{"UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"}[i%4],
			[]string{"C", "tr_TR.UTF-8", "ar_EG.UTF-8"}[i/2%3], []string{"022", "077", "000"}[i/3%3])
		if i%6 == 5 && os.Getuid() == 0 {
			what += " nobody"
			if err := filepath.WalkDir(where, func(p string, _ os.DirEntry, err error) error { return os.Chown(p, 65534, 65534) }); err != nil {
				t.Fatal(err)
			}
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		cmd.Env = append(cmd.Env, strings.Fields(what)...)
		cmd.Env = append(cmd.Env, "HOME=/nonexistent", "USER=someone", "HOSTNAME=some-host")
		cmd.Path, cmd.Args = "/bin/sh", append([]string{"sh", "-c", `umask "$umask"; exec "$@"`, "sh"}, cmd.Args...)
		text, code := ran(t, cmd)
		if code != 0 {
			t.Fatalf("%s: %s", what, text)
		}
		files := published(t, filepath.Join(where, "public"))
		for p, content := range files {
			for _, private := range []string{where, "some-host", "/nonexistent"} {
				if strings.Contains(content, private) {
					t.Fatalf("%s: %s holds %q", what, p, private)
				}
			}
			if info, err := os.Stat(filepath.Join(where, "public", p)); err != nil || info.Mode().Perm() != 0o644 {
				t.Fatalf("%s: %s has the rights %v", what, p, info.Mode())
			}
		}
		s := sum(files)
		sums[s] = append(sums[s], what)
		if err := os.RemoveAll(where); err != nil {
			t.Fatal(err)
		}
	}
	if len(sums) != 1 {
		t.Errorf("%d different sites: %v", len(sums), sums)
	}
}

// copyShuffled copies a tree, its files made in random order and with random
// times.
func copyShuffled(t *testing.T, from, to string, r *rand.Rand) {
	t.Helper()
	files := published(t, from)
	paths := make([]string, 0, len(files))
	for p := range files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	r.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	for _, p := range paths {
		name := filepath.Join(to, p)
		write(t, name, files[p])
		at := time.Unix(r.Int64N(4_000_000_000), 0)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
}

func copyFile(t *testing.T, from, to string, mode os.FileMode) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, mode); err != nil {
		t.Fatal(err)
	}
}
