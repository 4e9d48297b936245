package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"entente/internal/effort"
)

// needs fails a test for want of a program or a right.
func needs(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is missing on this machine; install the package %q", program, program)
	}
}

// calls of the system that a publication makes, each of which is made to
// fail; with "from" their place in the count of calls on our files.
var calls = []string{"openat", "write", "close", "fchmod", "ftruncate", "mkdirat", "unlinkat", "renameat", "renameat2", "linkat",
	"fsync", "syncfs", "newfstatat", "getdents64", "flock", "pwrite64"}

var failures = []string{"EIO", "ENOSPC", "EACCES", "EMFILE", "EROFS", "EDQUOT"}

// P3: exit 0 only when the new site is there; a call that fails is reported
// and leaves the old one.
func TestFailingCallLeavesTheOldSite(t *testing.T) {
	rounds := effort.Of(0, 200, 2000)
	if rounds == 0 {
		return // package publish fails every operation in turn at any effort
	}
	needs(t, "strace")
	t.Parallel()
	s := twoSites(t, filepath.Join(t.TempDir(), "public"))
	r := rand.New(rand.NewPCG(11, 12))
	counts := map[string]int{}
	text, _ := ran(t, s.traced(t, 1, "-c", "-U", "calls,name"))
	for _, m := range regexp.MustCompile(`(?m)^\s*(\d+)\s+(\w+)$`).FindAllStringSubmatch(text, -1) {
		counts[m[2]], _ = strconv.Atoi(m[1])
	}
	now, injected, survived := 1, 0, 0
	for round := range rounds {
		call := calls[round%len(calls)]
		failure := failures[r.IntN(len(failures))]
		when := 1 + r.IntN(max(1, counts[call]))
		next := 1 - now
		text, code := ran(t, s.traced(t, next, "-o", os.DevNull, "-e", fmt.Sprintf("inject=%s:error=%s:when=%d", call, failure, when)))
		what := fmt.Sprintf("round %d: call %d of %s fails with %s, exit %d: %s", round, when, call, failure, code, text)
		state, why := s.state(t)
		switch {
		case crashed(text):
			t.Fatalf("%s\na crash", what)
		case state < 0:
			t.Fatalf("%s\nneither site: %s", what, why)
		case code == 0 && state != next:
			t.Fatalf("%s\nthe new site is not there", what)
		case code != 0 && state != now:
			t.Fatalf("%s\nthe old site is gone", what)
		case code == 0:
			survived++
		default:
			injected++
		}
		now = state
		if round%5 == 4 {
			if why := s.repaired(t, next); why != "" {
				t.Fatalf("%s\n%s", what, why)
			}
			now = next
		}
	}
	t.Logf("%d failures reported, %d builds that did without the failed call", injected, survived)
}

// traced is a build under strace, which looks at calls on our files only.
func (s *two) traced(t *testing.T, site int, options ...string) *exec.Cmd {
	args := append([]string{"-f", "-qq", "--seccomp-bpf", "-e", "trace=" + strings.Join(calls, ",")}, options...)
	paths := []string{s.out, filepath.Dir(s.out), filepath.Join(filepath.Dir(s.out), ".public.entente-lock")}
	for _, root := range []string{s.out, filepath.Join(filepath.Dir(s.out), ".public.entente-back")} {
		for _, tree := range s.trees {
			for p := range tree {
				for ; p != "."; p = filepath.Dir(p) {
					paths = append(paths, filepath.Join(root, p))
				}
			}
		}
		paths = append(paths, root, filepath.Join(root, ".entente-manifest"))
	}
	for p := range published(t, s.sites[site]) {
		paths = append(paths, filepath.Join(s.sites[site], p))
	}
	seen := map[string]bool{}
	for _, p := range paths {
		if !seen[p] {
			seen[p] = true
			args = append(args, "-P", p)
		}
	}
	return exec.Command("strace", append(args, "entente", "build", s.sites[site], "--out", s.out)...)
}

// P3: whatever room is left on the disk, the old site stays or the new one is
// there whole; with room again the next build succeeds.
func TestFullDiskLeavesTheOldSite(t *testing.T) {
	rounds := effort.Of(0, 60, 600)
	if rounds == 0 {
		return // package publish fails every operation with "no space" at any effort
	}
	t.Parallel()
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=64m"); err != nil {
		t.Fatalf("a small disk cannot be mounted (%v); run this test as root", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	s := twoSites(t, filepath.Join(disk, "public"))
	size := 0
	for _, text := range s.trees[1] {
		size += (len(text) + 4095) / 4096 * 4096
	}
	ballast := filepath.Join(disk, "ballast")
	full := 0
	for round := range rounds {
		if err := os.RemoveAll(filepath.Join(disk, ".public.entente-back")); err != nil { // so that the whole site needs room
			t.Fatal(err)
		}
		var st syscall.Statfs_t
		if err := syscall.Statfs(disk, &st); err != nil {
			t.Fatal(err)
		}
		room := size * 110 / 100 * round / max(1, rounds-1)
		if err := os.WriteFile(ballast, make([]byte, max(0, int(st.Bavail)*int(st.Bsize)-room)), 0o644); err != nil {
			t.Fatal(err)
		}
		text, code := entente(t, "build", s.sites[1], "--out", s.out)
		state, why := s.state(t)
		if crashed(text) || state < 0 || code == 0 && state != 1 || code != 0 && (state != 0 || code != 3 || !strings.Contains(text, "OU010")) {
			t.Fatalf("round %d, room for %d bytes: exit %d, site %d %s: %s", round, room, code, state, why, text)
		}
		if code != 0 {
			full++
		}
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		if round%5 == 4 {
			if why := s.repaired(t, 1); why != "" {
				t.Fatalf("round %d: %s", round, why)
			}
		}
		if round%5 == 4 || state == 1 {
			mustBuild(t, s.sites[0], s.out)
		}
	}
	t.Logf("the disk was full %d times of %d", full, rounds)
}

// P19: a build talks to nobody, starts nothing, and opens only what it is
// about.
func TestBuildTouchesNothingElse(t *testing.T) {
	if effort.Of(0, 1, 1) == 0 {
		return // it needs strace
	}
	needs(t, "strace")
	dir := t.TempDir()
	site, out := edition(t, filepath.Join(dir, "site"), "old"), filepath.Join(dir, "public")
	log := filepath.Join(dir, "log")
	text, code := ran(t, exec.Command("strace", "-f", "-qq", "-o", log, "-e", "trace=openat,open,creat,connect,bind,sendto,execve,fork,vfork,socket", "entente", "build", site, "--out", out))
	if code != 0 {
		t.Fatal(text)
	}
	b, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	// Files that the start of a program reads; a test is linked with libc.
	system := regexp.MustCompile(`^(/sys/kernel/mm/transparent_hugepage/|/sys/fs/cgroup/|/proc/self/|/etc/localtime$|/usr/share/zoneinfo/|/dev/null$|/etc/ld\.so\.|(/usr)?/lib[^ ]*/lib[a-z]+\.so\.\d$)`)
	execs := 0
	for line := range strings.Lines(string(b)) {
		if strings.Contains(line, "execve(") {
			execs++
			continue
		}
		m := regexp.MustCompile(`(?:openat|open|creat)\(([^,]*), ?"([^"]*)"`).FindStringSubmatch(line)
		switch {
		case strings.Contains(line, "+++") || strings.Contains(line, "---") || strings.Contains(line, "resumed"):
		case strings.Contains(line, "???("): // a thread that the end of the process took before it called anything
		case m == nil:
			t.Errorf("a build does this: %s", line)
		case m[1] != "AT_FDCWD" && !strings.HasPrefix(m[2], "/"): // below a folder that was opened
		case strings.HasPrefix(m[2], dir) || system.MatchString(m[2]):
		default:
			t.Errorf("a build opens %s", m[2])
		}
	}
	if execs != 1 {
		t.Errorf("%d programs were started, want ours alone", execs)
	}
}
