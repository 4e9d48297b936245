package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/sync/errgroup"

	"entente/internal/effort"
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

// P2: a server of files that reads the output while it is published anew
// again and again never answers with half a page, nor with none.
func TestServerSeesWholePages(t *testing.T) {
	sites := [2]map[string]string{{}, {}}
	for i := range 40 {
		p := fmt.Sprintf("p%d/index.html", i)
		sites[0][p], sites[1][p] = strings.Repeat("old ", 500+i), strings.Repeat("new!!", 700+i)
	}
	out := filepath.Join(t.TempDir(), "public")
	if err := publishAll(out, sites[0], Options{NoSync: true}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.FileServer(http.Dir(out)))
	defer server.Close()
	stop := make(chan struct{})
	var readers errgroup.Group
	var reads atomic.Int64
	for k := range 16 {
		readers.Go(func() error {
			for i := k; ; i++ {
				select {
				case <-stop:
					return nil
				default:
				}
				p := fmt.Sprintf("p%d/", i%40)
				answer, err := http.Get(server.URL + "/" + p)
				if err != nil {
					return err
				}
				b, err := io.ReadAll(answer.Body)
				answer.Body.Close()
				reads.Add(1)
				if p += "index.html"; err != nil || string(b) != sites[0][p] && string(b) != sites[1][p] {
					return fmt.Errorf("%s: %s, %d bytes, %v", p, answer.Status, len(b), err)
				}
			}
		})
	}
	for round := range effort.Of(30, 500, 5000) {
		if err := publishAll(out, sites[round%2], Options{NoSync: true}); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if err := readers.Wait(); err != nil {
		t.Error(err)
	}
	t.Logf("%d reads", reads.Load())
}
