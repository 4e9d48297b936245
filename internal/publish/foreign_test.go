package publish

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
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
	for probe := full + "~"; ; { // until the clock of the file system, which is coarse, has moved
		if err := os.WriteFile(probe, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		now, err := os.Stat(probe)
		if err := errors.Join(err, os.Remove(probe)); err != nil {
			t.Fatal(err)
		}
		if now.ModTime().After(info.ModTime()) {
			break
		}
	}
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

// Who began to read a page reads it to its end, however many builds come,
// and even when the tree has been out of sight for long.
func TestSlowReaderSeesOnePage(t *testing.T) {
	for _, over := range []bool{false, true} {
		name := filepath.Join(t.TempDir(), "p")
		page := strings.Repeat("a", 100_000)
		if err := (system{}).Write(name, []byte(page), over); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, c := range []string{"b", "c", "d"} {
			if err := (system{}).Write(name, []byte(strings.Repeat(c, 70_000)), over); err != nil {
				t.Fatal(err)
			}
		}
		got, err := io.ReadAll(f)
		if err != nil || string(got) != page {
			t.Errorf("over %t: a reader got %d bytes of several builds, %v", over, len(got), err)
		}
	}
}

// Written over or not, a file holds what was written last, and keeps its
// inode when nobody looked.
func TestWriteOver(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p")
	for i, text := range []string{"first", "longer than that", "", "x"} {
		before, _ := os.Stat(name)
		if err := (system{}).Write(name, []byte(text), true); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(name); err != nil || string(b) != text {
			t.Errorf("%q, %v, want %q", b, err, text)
		}
		after, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && runtime.GOOS == "linux" && !os.SameFile(before, after) {
			t.Error("a file that nobody reads was not written over")
		}
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

// A published file that was changed by hand and then replaced lies in the back
// tree; it must not come back, whatever the manifest there says of it.
func TestReplacedEditDoesNotComeBack(t *testing.T) {
	out := fresh(t, Options{})
	edited := filepath.Join(out, "a", "index.html")
	if err := os.WriteFile(edited, []byte("edit"), 0o644); err != nil { // as long as "same"
		t.Fatal(err)
	}
	if err := publishAll(out, before, Options{}); code(err) != "OU004" || !strings.Contains(err.Error(), edited) {
		t.Fatalf("an edit by hand was not refused: %v", err)
	}
	for round := range 3 {
		if err := publishAll(out, before, Options{Force: true}); err != nil {
			t.Fatal(err)
		}
		if got := tree(t, out); !equal(got, with(before, strange)) {
			t.Fatalf("round %d: %v", round, got)
		}
	}
}

// What did not change since it was published is not read again; what did is.
func TestUnchangedFilesAreNotRead(t *testing.T) {
	if !datesAreSure {
		return // here they have to be
	}
	out := fresh(t, Options{NoSync: true})
	disk := &counting{}
	d, err := Open(out, Options{NoSync: true, disk: disk})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Abort()
	for _, c := range []struct {
		published time.Time
		content   string
		holds     bool
		reads     int
	}{
		{time.Now().Add(time.Hour), "same", true, 0},
		{time.Now().Add(time.Hour), "else", false, 0},
		{time.Now().Add(-time.Hour), "same", true, 1},
		{time.Now().Add(-time.Hour), "else", false, 1},
	} {
		d.found.was.at, disk.reads = c.published, 0
		full := filepath.Join(d.back, "a", "index.html")
		if holds := d.holds("a/index.html", full, []byte(c.content), sha256.Sum256([]byte(c.content))); holds != c.holds || disk.reads != c.reads {
			t.Errorf("%q, published at %v: holds %v after %d reads, want %v after %d", c.content, c.published, holds, disk.reads, c.holds, c.reads)
		}
	}
}

type counting struct {
	system
	reads int
}

func (c *counting) Holds(name string, content []byte) bool {
	c.reads++
	return c.system.Holds(name, content)
}
