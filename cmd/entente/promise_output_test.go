//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"entente/internal/cli"
)

// P5: entente deletes nothing it did not make. Each row is an output folder
// as one might name it, and what the build says to it; afterwards everything
// outside the output, and what others put into it, is as it was.
func TestOutputThatIsNotOurs(t *testing.T) {
	dir := t.TempDir()
	home := filepath.Join(dir, "home")
	site := edition(t, filepath.Join(home, "work", "site"), "old")
	for p, text := range map[string]string{
		"home/.profile": "mine", "home/work/site/templates/note": "", "home/work/site/.git/HEAD": "ref",
		"foreign/note.txt": "mine", "file": "mine", "git/.git/HEAD": "ref", "git-and-more/.git/HEAD": "ref", "git-and-more/readme": "mine",
		"cname/CNAME": "example.org", "pages/.nojekyll": "", "dot/.env": "secret", "deep/a/b/c": "mine", "closed/x": "mine",
		"fake/.entente-manifest": "entente manifest 2\nend 1\n", "fake/index.html": "mine", "half/.entente-manifest": "entente manifest 2\n", "half/mine": "mine",
	} {
		write(t, filepath.Join(dir, p), text)
	}
	for _, p := range []string{"empty", "mounted-like", "has-link", "read-only"} {
		if err := os.Mkdir(filepath.Join(dir, p), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"link-to-empty": "empty", "link-to-file": "file", "dangling": "nowhere", "link-to-site": "home/work/site",
		"link-to-content": "home/work/site/content", "link-to-home": "home", "loop": "loop", "has-link/out": "../foreign", "link-to-root": "/"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Chdir(site)
	t.Setenv("HOME", home)
	for i, c := range []struct {
		out  string // below dir, unless it begins with / or .
		code string // "" when the build is good
	}{
		{".", "OU002"}, {"./", "OU002"}, {"..", "CF004"}, {"../..", "OU002"}, {"../../..", "CF004"}, {"/", "OU002"}, {"//", "OU002"},
		{"content", "CF004"}, {"./content/", "CF004"}, {"content/topics", "CF004"}, {"content/public", "CF004"}, {"content/../content/x", "CF004"},
		{"templates", "CF004"}, {"templates/out", "CF004"}, {"static", "CF004"}, {"static/out", "CF004"}, {".git", "OU001"},
		{dir + "/home", "OU002"}, {dir + "/home/", "OU002"}, {dir + "/home/work", "CF004"}, {dir, "CF004"}, {dir + "/home/work/site", "OU002"},
		{dir + "/link-to-home", "OU002"}, {dir + "/link-to-site", "OU002"}, {dir + "/link-to-content", "CF004"}, {dir + "/link-to-content/x", "CF004"},
		{dir + "/link-to-empty", "OU002"}, {dir + "/link-to-file", "OU002"}, {dir + "/dangling", "OU002"}, {dir + "/loop", "OU002"}, {dir + "/link-to-root", "OU002"},
		{dir + "/file", "OU001"}, {dir + "/file/out", "OU010"}, {dir + "/fifo", "OU001"}, {dir + "/foreign", "OU001"}, {dir + "/git-and-more", "OU001"},
		{dir + "/dot", "OU001"}, {dir + "/deep", "OU001"}, {dir + "/deep/a", "OU001"}, {dir + "/has-link", "OU001"}, {dir + "/closed", "OU001"},
		{dir + "/fake", "OU004"}, {dir + "/half", "OU004"}, {"/proc", "OU00"}, {"/dev/null", "OU001"}, {"/dev/null/x", "OU010"},
		{dir + "/empty", ""}, {dir + "/git", ""}, {dir + "/cname", ""}, {dir + "/pages", ""}, {dir + "/made/of/new/folders", ""}, {"public", ""}, {"./build/../public", ""},
	} {
		was := published(t, dir)
		var said bytes.Buffer
		code := cli.Main([]string{"build", ".", "--out", c.out}, nil, &said, &said)
		text := said.String()
		if c.code == "" && code != 0 || c.code != "" && (code == 0 || !strings.Contains(text, c.code)) || crashed(text) {
			t.Errorf("row %d, --out %s: exit %d, want %q: %s", i, c.out, code, c.code, text)
		}
		if is := published(t, dir); c.code != "" && sum(is) != sum(was) {
			t.Errorf("row %d, --out %s: a refused build changed something", i, c.out)
		} else {
			for p, content := range was {
				if is[p] != content && !strings.Contains(p, "public") {
					t.Errorf("row %d, --out %s: %s was touched", i, c.out, p)
				}
			}
		}
	}
}
