package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// publishAll publishes files into a folder.
func publishAll(out string, files map[string]string, o Options) error {
	d, err := Open(out, o)
	if err != nil {
		return err
	}
	for _, p := range sortedKeys(files) {
		if err := d.Put(p, []byte(files[p])); err != nil {
			return errors.Join(err, d.Abort())
		}
	}
	_, err = d.Commit()
	return err
}

// tree reads a published folder, the manifest left out.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	list := map[string]string{}
	root, err := filepath.EvalSymlinks(root)
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(root, p)
		list[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// A random series of sites: what lies in the output is always the last one,
// whole, and foreign files stay.
func TestSeriesOfBuilds(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	out := filepath.Join(t.TempDir(), "public")
	for round := range 60 {
		site := map[string]string{}
		for range r.IntN(20) + 1 {
			p := []string{"a", "b/c", "b/d/e", "f.html", "g/index.html", "b"}[r.IntN(6)] + strconv.Itoa(r.IntN(3))
			site[p] = strings.Repeat("x", r.IntN(50))
		}
		if err := publishAll(out, site, Options{NoSync: true}); err != nil {
			t.Fatal(round, err)
		}
		if round == 3 {
			if err := os.MkdirAll(filepath.Join(out, ".git", "objects"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(out, ".git", "objects", "x"), []byte("mine"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if round >= 3 {
			site[".git/objects/x"] = "mine"
		}
		if got := tree(t, out); !equal(got, site) {
			t.Fatalf("round %d: got %v, want %v", round, got, site)
		}
	}
}

func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	site := filepath.Join(dir, "site")
	for _, p := range []string{"site/content", "foreign", "file-parent", "git/.git", "empty"} {
		if err := os.MkdirAll(filepath.Join(dir, p), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range []string{"foreign/note.txt", "file-parent/file", "git/.git/HEAD", "git/readme"} {
		if err := os.WriteFile(filepath.Join(dir, p), []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(dir, "empty"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	home, _ := os.UserHomeDir()
	for _, c := range []struct{ out, code string }{
		{"/", "OU002"}, {home, "OU002"}, {site, "OU002"}, {filepath.Join(site, "content"), "CF004"},
		{filepath.Join(site, "content", "public"), "CF004"}, {dir, "CF004"},
		{filepath.Join(dir, "foreign"), "OU001"}, {filepath.Join(dir, "file-parent", "file"), "OU001"},
		{filepath.Join(dir, "git"), "OU001"}, {filepath.Join(dir, "link"), "OU002"},
	} {
		err := publishAll(c.out, map[string]string{"a": "x"}, Options{Sources: []string{filepath.Join(site, "content")}})
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v, want %s", c.out, err, c.code)
		}
	}
	if err := publishAll(filepath.Join(dir, "empty"), map[string]string{"a": "x"}, Options{}); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "foreign/note.txt")); err != nil || string(b) != "mine" {
		t.Error("a foreign file was touched")
	}
}

func TestBadPaths(t *testing.T) {
	for _, p := range []string{"", "/a", "../a", "a/../b", "a//b", "con/x", "a.", "a/aux.html", "a\\b", "a/b:c"} {
		if cleanPath(p) == nil {
			t.Errorf("path %q is accepted", p)
		}
	}
	d, err := Open(filepath.Join(t.TempDir(), "public"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Abort()
	if err := errors.Join(d.Put("A/x", nil), d.Put("b", nil)); err != nil {
		t.Fatal(err)
	}
	if d.Put("a/X", nil) == nil {
		t.Error("two paths that differ in case only are accepted")
	}
}

func TestSecondPublisherIsRefused(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	d, err := Open(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Abort()
	_, err = Open(out, Options{})
	var e *Error
	if !errors.As(err, &e) || e.Code != "OU003" || !strings.Contains(e.Error(), strconv.Itoa(os.Getpid())) {
		t.Errorf("%v, want OU003 with our process id", err)
	}
}

// siteOf is one of two known sites of many files.
func siteOf(kind string) map[string]string {
	site := map[string]string{}
	for i := range 80 {
		site[fmt.Sprintf("p%d/index.html", i)] = strings.Repeat(kind, 200+i)
	}
	return site
}

// TestHelperPublish is run by TestKills as a process of its own.
func TestHelperPublish(t *testing.T) {
	out := os.Getenv("PUBLISH_OUT")
	if out == "" {
		return
	}
	for i := 0; ; i++ {
		if err := publishAll(out, siteOf([]string{"old", "new"}[i%2]), Options{}); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}

// Killed at any moment, a publication leaves the whole old site or the whole
// new one, and the next run goes on from there. Readers never miss a file.
func TestKills(t *testing.T) {
	rounds := 40
	if n, err := strconv.Atoi(os.Getenv("ENTENTE_KILLS")); err == nil {
		rounds = n
	}
	out := filepath.Join(t.TempDir(), "public")
	if err := publishAll(out, siteOf("old"), Options{}); err != nil {
		t.Fatal(err)
	}
	stop, torn := make(chan struct{}), make(chan string, 1)
	go func() {
		defer close(torn)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			k := i % 80
			b, err := os.ReadFile(filepath.Join(out, fmt.Sprintf("p%d/index.html", k)))
			want := 3 * (200 + k)
			if err != nil || len(b) != want || bytes.Count(b, b[:3]) != 200+k {
				torn <- fmt.Sprintf("file %d: %d bytes, %v", k, len(b), err)
				return
			}
		}
	}()
	r := rand.New(rand.NewPCG(3, 4))
	for round := range rounds {
		cmd := exec.Command(os.Args[0], "-test.run", "TestHelperPublish")
		cmd.Env = append(os.Environ(), "PUBLISH_OUT="+out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(r.IntN(60_000)) * time.Microsecond) // the moment of the kill is what is random
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if got := tree(t, out); !equal(got, siteOf("old")) && !equal(got, siteOf("new")) {
			t.Fatalf("round %d: a mixture of %d files", round, len(got))
		}
	}
	close(stop)
	if why := <-torn; why != "" {
		t.Error("a reader saw half a site: " + why)
	}
	if err := publishAll(out, siteOf("old"), Options{}); err != nil {
		t.Fatal(err)
	}
	if got := tree(t, out); !equal(got, siteOf("old")) {
		t.Error("the next build did not repair the site")
	}
}
