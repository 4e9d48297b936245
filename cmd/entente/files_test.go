package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const page = "---\ntitle: A\n---\nText.\n"

// What is not a plain file inside the site is refused with its name, or left
// alone, and no build waits for it.
func TestFiles(t *testing.T) {
	link := func(target, name string) func(string) error {
		return func(dir string) error { return os.Symlink(target, filepath.Join(dir, name)) }
	}
	for _, c := range []struct {
		name string
		lay  func(dir string) error
		want string
		code int
	}{
		{"fs-link-out", link("/etc/hostname", "content/topics/a.md"), "content/topics/a.md:1:1: error FS030: the link leads out of the site, to \"/etc/hostname\"", 1},
		{"fs-link-out-relative", link("../../../secret.md", "content/topics/a.md"), "content/topics/a.md:1:1: error FS030", 1},
		{"fs-link-in", link("collective-defence.md", "content/topics/a.md"), "", 0},
		{"fs-link-dot", link("../../.env", "content/topics/a.csv"), "content/topics/a.csv:1:1: error FS030", 1},
		{"fs-link-folder", link("..", "content/topics/up"), "content/topics/up:1:1: error FS030", 1},
		{"fs-link-loop", link("a.md", "content/topics/a.md"), "content/topics/a.md:1:1: error FS031", 1},
		{"fs-link-ring", func(dir string) error {
			if err := os.Symlink("b.md", filepath.Join(dir, "content/topics/a.md")); err != nil {
				return err
			}
			return os.Symlink("a.md", filepath.Join(dir, "content/topics/b.md"))
		}, "content/topics/b.md:1:1: error FS031", 1},
		{"fs-link-gone", link("nowhere.md", "content/topics/a.md"), "content/topics/a.md:1:1: error FS030", 1},
		{"fs-lock", link("user@host.1", "content/topics/.#a.md"), "", 0},
		{"fs-fifo", func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, "content/topics/a.md"), 0o644) }, "content/topics/a.md: error FS032: this is a pipe", 1},
		{"fs-dirmd", func(dir string) error { return os.Mkdir(filepath.Join(dir, "content/topics/a.md"), 0o755) }, "content/topics/a.md: warning FS034", 0},
		{"fs-name", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "content/topics/a\x1b\xff.md"), []byte(page), 0o644)
		}, `FS035: the name "a\x1b\xff.md"`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := newSite(t)
			lay(t, dir, map[string][]byte{".env": []byte("CANARY\n")})
			if err := c.lay(dir); err != nil {
				t.Fatal(err)
			}
			text, code := said(t, dir)
			if code != c.code || !strings.Contains(text, c.want) || c.want == "" && text != "exit 0\n" {
				t.Errorf("leaves with %d, want %d; says\n%swant %q", code, c.code, text, c.want)
			}
		})
	}
}

// A file that the system refuses to open is a failure of the machine.
func TestUnreadableFile(t *testing.T) {
	dir := newSite(t)
	lay(t, dir, map[string][]byte{"content/topics/a.md": []byte(page)})
	if err := os.Chmod(filepath.Join(dir, "content/topics/a.md"), 0); err != nil {
		t.Fatal(err)
	}
	for up := filepath.Dir(dir); up != filepath.Clean(os.TempDir()) && up != "/"; up = filepath.Dir(up) {
		if err := os.Chmod(up, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if os.Geteuid() == 0 { // root may read all: this thread looks as nobody
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		if err := unix.Setfsuid(65534); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := unix.Setfsuid(0); err != nil {
				t.Fatal(err)
			}
		}()
	}
	text, code := said(t, dir)
	if code != 3 || !strings.Contains(text, "content/topics/a.md: FS033") {
		t.Errorf("leaves with %d: %s", code, text)
	}
}

// What is private stays private: hidden files, backups, drafts, sources of
// other programs, and what lies beside content/.
func TestPrivateFilesStay(t *testing.T) {
	t.Parallel()
	dir := newSite(t)
	files := map[string][]byte{}
	for _, p := range []string{".env", ".git/config", "notes.txt", "secret.md", "content/.env", "content/.git/config", "content/topics/.a.md.swp", "content/topics/a.md~",
		"content/topics/#a.md#", "content/topics/4913", "content/topics/a.md.bck", "content/topics/notes.txt", "content/topics/a.docx", "content/topics/run.sh", "content/topics/key.pem",
		"content/topics/plan.png", "content/topics/only-in-a-draft.png", "content/topics/figures.csv",
		"static/.htpasswd", "static/x.go", "templates/notes.txt"} {
		files[p] = []byte("CANARY " + p + "\n")
	}
	files["content/topics/draft.md"] = []byte("---\ntitle: CANARY draft\ndraft: true\n---\nCANARY in a draft. ![CANARY](only-in-a-draft.png)\n")
	files["content/topics/a.md"] = []byte("---\ntitle: A\n---\n<!-- CANARY in a comment -->\nText.\n")
	lay(t, dir, files)
	if text, code := said(t, dir); code != 0 {
		t.Fatal(text)
	}
	err := filepath.WalkDir(filepath.Join(dir, "public"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		if bytes.Contains(b, []byte("CANARY")) {
			t.Errorf("%s was published", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
