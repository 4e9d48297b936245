package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/internal/effort"
)

// The tests of promises run the program as a user does, as a process of its
// own. P1 and so on are the numbers of SECURITY.md.

// besideOthers lets a quick test run beside others; at the promised numbers
// its kills and times want the machine to themselves.
func besideOthers(t *testing.T) {
	if effort.Of(1, 0, 0) == 1 {
		t.Parallel()
	}
}

// edition writes a site of a few pages whose every page names the edition.
func edition(t testing.TB, dir, name string) string {
	t.Helper()
	files := map[string]string{
		"content/site.yaml":            "title: Test " + name + "\nas_of: '2025-10-31'\n",
		"content/states/states.yaml":   "- {id: denmark, name: Denmark, region: europe, sources: [s]}\n- {id: sweden, name: Sweden, region: europe, sources: [s]}\n",
		"content/sources/sources.yaml": "- {id: s, title: A source}\n",
		"content/organisations/league.yaml": "- id: league\n  name: Nordic League\n  type: alliance\n  founded: '1950-05-01'\n  members_complete: true\n  members:\n" +
			"    - {member: denmark, from: '1950-05-01'}\n    - {member: sweden, from: '1950-05-01'}\n  as_of: '2025-10-31'\n  sources: [s]\n",
		"static/note.txt": "note of " + name,
	}
	for i := range 12 {
		files[fmt.Sprintf("content/topics/topic-%d.md", i)] = fmt.Sprintf("---\ntitle: Topic %d\nsummary: About %d.\n---\n\nThis is the %s edition. %s\n", i, i, name, strings.Repeat("The Nordic League has members. ", 40))
	}
	files["content/topics/only-"+name+".md"] = "---\ntitle: Only " + name + "\nsummary: One.\n---\n\nHere and nowhere else.\n"
	for p, text := range files {
		write(t, filepath.Join(dir, p), text)
	}
	return dir
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// entente runs the program and gives what it printed and its exit code.
func entente(t testing.TB, args ...string) (string, int) {
	t.Helper()
	return ran(t, exec.Command("entente", args...))
}

func ran(t testing.TB, cmd *exec.Cmd) (string, int) {
	t.Helper()
	b, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(b), cmd.ProcessState.ExitCode()
}

// mustBuild builds a site that has no faults.
func mustBuild(t testing.TB, site, out string) {
	t.Helper()
	if text, code := entente(t, "build", site, "--out", out); code != 0 {
		t.Fatalf("build leaves with %d: %s", code, text)
	}
}

// published reads a tree: path to content. A link counts by its target.
func published(t testing.TB, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(p)
			files[rel] = "link to " + to
			return err
		}
		if !d.Type().IsRegular() {
			files[rel] = d.Type().String()
			return nil
		}
		b, err := os.ReadFile(p)
		files[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sum gives one hash of a tree.
func sum(files map[string]string) string {
	var paths []string
	for p := range files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	h := sha256.New()
	for _, p := range paths {
		fmt.Fprintf(h, "%q %d\n%s\n", p, len(files[p]), files[p])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// two are two sites and what each publishes.
type two struct {
	sites [2]string
	trees [2]map[string]string
	sums  [2]string
	out   string
}

// twoSites makes two sites, and an output that holds the first.
func twoSites(t testing.TB, out string) *two {
	t.Helper()
	dir := t.TempDir()
	s := &two{out: out}
	for i, name := range []string{"old", "new"} {
		s.sites[i] = edition(t, filepath.Join(dir, name), name)
		own := filepath.Join(dir, name+"-public")
		mustBuild(t, s.sites[i], own)
		s.trees[i] = published(t, own)
		s.trees[i]["CNAME"] = "example.org" // put there by somebody else, below
		s.trees[i][".git/HEAD"] = "ref: refs/heads/main"
		s.sums[i] = sum(s.trees[i])
	}
	write(t, filepath.Join(out, "CNAME"), "example.org")
	write(t, filepath.Join(out, ".git", "HEAD"), "ref: refs/heads/main")
	for range 2 { // the second makes the back tree
		mustBuild(t, s.sites[1], out)
		mustBuild(t, s.sites[0], out)
	}
	return s
}

// state tells which of the two sites is published: 0 or 1, or why it is
// neither.
func (s *two) state(t testing.TB) (int, string) {
	t.Helper()
	got := published(t, s.out)
	have := sum(got)
	for i, want := range s.sums {
		if have == want {
			return i, ""
		}
	}
	var why []string
	for p, text := range got {
		if text != s.trees[0][p] && text != s.trees[1][p] {
			why = append(why, p)
		}
	}
	slices.Sort(why)
	return -1, fmt.Sprintf("%d files; of neither site: %q", len(got), why)
}

// litter lists what lies beside the output and should not.
func (s *two) litter(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(s.out))
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Base(s.out)
	var left []string
	for _, e := range entries {
		if n := e.Name(); strings.Contains(n, base) && n != base && n != "."+base+".entente-back" {
			left = append(left, n)
		}
	}
	return left
}

// repaired runs one undisturbed build and says what is then still wrong.
func (s *two) repaired(t testing.TB, site int) string {
	t.Helper()
	if text, code := entente(t, "build", s.sites[site], "--out", s.out); code != 0 {
		return fmt.Sprintf("the next build leaves with %d: %s", code, text)
	}
	if now, why := s.state(t); now != site {
		return fmt.Sprintf("the next build does not repair it: %d %s", now, why)
	}
	if left := s.litter(t); len(left) > 0 {
		return fmt.Sprintf("litter after the next build: %q", left)
	}
	return ""
}

// crashed reports whether a program's output is that of a fault of ours.
func crashed(text string) bool {
	return strings.Contains(text, "panic:") || strings.Contains(text, "goroutine ") || bytes.Contains([]byte(text), []byte("fatal error"))
}
