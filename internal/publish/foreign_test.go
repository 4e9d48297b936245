package publish

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// What others put into the output is the same file after a build: links,
// empty folders and closed ones too.
func TestForeignFilesStayTheSame(t *testing.T) {
	out := fresh(t, Options{})
	if err := os.Mkdir(filepath.Join(out, "empty"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../elsewhere", filepath.Join(out, "link")); err != nil {
		t.Fatal(err)
	}
	was, err := os.Stat(filepath.Join(out, "CNAME"))
	if err != nil {
		t.Fatal(err)
	}
	for _, site := range []map[string]string{after, before, after} {
		if err := publishAll(out, site, Options{}); err != nil {
			t.Fatal(err)
		}
		if is, err := os.Stat(filepath.Join(out, "CNAME")); err != nil || !os.SameFile(was, is) {
			t.Errorf("CNAME is another file: %v", err)
		}
		if to, err := os.Readlink(filepath.Join(out, "link")); err != nil || to != "../elsewhere" {
			t.Errorf("the link leads to %q, %v", to, err)
		}
		if info, err := os.Stat(filepath.Join(out, "empty")); err != nil || info.Mode().Perm() != 0o750 {
			t.Errorf("the empty folder: %v, %v", info, err)
		}
	}
	if err := os.Remove(filepath.Join(out, "CNAME")); err != nil {
		t.Fatal(err)
	}
	if err := publishAll(out, before, Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(out, "CNAME")); err == nil {
		t.Error("a file that its owner removed came back")
	}
}

// A foreign file in the way of the new site is named, and stays.
func TestForeignFileInTheWay(t *testing.T) {
	for _, c := range []struct{ path, text, code string }{
		{"new/z.html", "mine", "OU004"}, // the new site has another file there
		{"new/z.html", "new", ""},       // the same file
		{"new", "mine", "OU004"},        // the new site needs a folder there
		{"c/2/deep", "mine", ""},
	} {
		out := fresh(t, Options{})
		put(t, out, map[string]string{c.path: c.text})
		was := tree(t, out)
		err := publishAll(out, after, Options{})
		if code(err) != c.code {
			t.Errorf("%s: %v, want %q", c.path, err, c.code)
		}
		if c.code == "" {
			continue
		}
		if !strings.Contains(err.Error(), c.path) {
			t.Errorf("%v does not name %s", err, c.path)
		}
		if !equal(tree(t, out), was) {
			t.Errorf("%s: a refused build changed the output", c.path)
		}
		if err := publishAll(out, after, Options{Force: true}); err != nil {
			t.Errorf("%s: forced: %v", c.path, err)
		}
	}
}

// A change by hand is found even when the file keeps its size and its time.
func TestEditKeepsItsTime(t *testing.T) {
	out := fresh(t, Options{})
	full := filepath.Join(out, "index.html")
	info, err := os.Stat(full)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(10 * time.Millisecond) // the clock of the file system is coarse
	if err := os.WriteFile(full, []byte("own"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(full, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if err := publishAll(out, after, Options{}); code(err) != "OU004" || !strings.Contains(err.Error(), "index.html") {
		t.Errorf("%v, want OU004 that names index.html", err)
	}
	if b, _ := os.ReadFile(full); string(b) != "own" {
		t.Errorf("the edit is gone: %q", b)
	}
	if err := publishAll(out, after, Options{Force: true}); err != nil {
		t.Error(err)
	}
}

// Who began to read a page reads it to its end, however many builds come.
func TestSlowReaderSeesOnePage(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	page := func(c string) map[string]string { return map[string]string{"p": strings.Repeat(c, 100_000)} }
	if err := publishAll(out, page("a"), Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(out, "p"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	first := make([]byte, 1000)
	if _, err := io.ReadFull(f, first); err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{"b", "c", "d", "e"} {
		if err := publishAll(out, page(c), Options{}); err != nil {
			t.Fatal(err)
		}
	}
	rest, err := io.ReadAll(f)
	if err != nil || string(first)+string(rest) != page("a")["p"] {
		t.Errorf("a reader got %d bytes of several builds, %v", len(rest)+1000, err)
	}
}

// A backup that shares files with the output keeps what it saved.
func TestBackupOfLinksStays(t *testing.T) {
	out := fresh(t, Options{})
	saved := filepath.Join(filepath.Dir(out), "saved")
	if err := os.Link(filepath.Join(out, "index.html"), saved); err != nil {
		t.Fatal(err)
	}
	for _, site := range []map[string]string{after, before, after} {
		if err := publishAll(out, site, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(saved); err != nil || string(b) != "old" {
		t.Errorf("the backup holds %q, %v", b, err)
	}
}
