package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"entente/internal/cli"
)

// mistake is one case of an archive in testdata/mistakes: files laid over a
// small site, and what a build says of them.
type mistake struct {
	name  string
	files map[string][]byte
	want  string
	shows map[string][]string // page to what it must hold
	says  string              // what it says now
}

// mistakesIn reads an archive. Its files are called case/path, case/want and
// "case/shows path"; "escaped" after a path means Go strings.
func mistakesIn(t testing.TB, a *txtar.Archive) []*mistake {
	t.Helper()
	var list []*mistake
	for _, f := range a.Files {
		name, rest, _ := strings.Cut(f.Name, "/")
		if len(list) == 0 || list[len(list)-1].name != name {
			list = append(list, &mistake{name: name, files: map[string][]byte{}, shows: map[string][]string{}})
		}
		m := list[len(list)-1]
		path, escaped := strings.CutSuffix(rest, " escaped")
		page, shown := strings.CutPrefix(rest, "shows ")
		switch {
		case rest == "want":
			m.want = string(f.Data)
		case shown:
			m.shows[page] = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
		case escaped:
			m.files[path] = unescape(t, f.Data)
		default:
			m.files[path] = f.Data
		}
	}
	return list
}

// unescape joins lines that are Go strings, or a number, "*" and a string.
func unescape(t testing.TB, b []byte) []byte {
	t.Helper()
	var out []byte
	for l := range strings.Lines(string(b)) {
		times, quoted := 1, strings.TrimSpace(l)
		if n, rest, ok := strings.Cut(quoted, " * "); ok && !strings.HasPrefix(quoted, `"`) {
			quoted = rest
			times, _ = strconv.Atoi(n)
		}
		s, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%v in %s", err, quoted)
		}
		out = append(out, strings.Repeat(s, times)...)
	}
	return out
}

// newSite makes the small site that "entente new site" gives.
func newSite(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	var out bytes.Buffer
	if code := cli.Main([]string{"new", "site", dir}, nil, &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	return dir
}

func lay(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	for p, b := range files {
		full := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// said is all that a build says, and how it leaves.
func said(t testing.TB, dir string) (string, int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := cli.Main([]string{"build", dir}, nil, &stdout, &stderr)
	text := counted.ReplaceAllString(stderr.String(), "")
	return text + fmt.Sprintf("exit %d\n", code), code
}

var counted = regexp.MustCompile(`(?m)^\d+ errors?, \d+ warnings?; nothing was published\n`)

// Each mistake is named with its place and code and a way to mend it. An
// error publishes nothing. After "-update", read the diff.
func TestMistakes(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/mistakes/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		list := mistakesIn(t, a)
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			for _, m := range list {
				t.Run(m.name, func(t *testing.T) {
					t.Parallel()
					m.try(t)
				})
			}
		})
		if *update {
			says := map[string]string{}
			for _, m := range list {
				says[m.name+"/want"] = m.says
			}
			for i, f := range a.Files {
				if text := says[f.Name]; text != "" { // it ran
					a.Files[i].Data = []byte(text)
				}
			}
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (m *mistake) try(t *testing.T) {
	dir := newSite(t)
	lay(t, dir, m.files)
	says, code := said(t, dir)
	m.says = says
	if says != m.want && !*update {
		t.Errorf("says\n%swant\n%s", says, m.want)
	}
	_, err := os.Stat(filepath.Join(dir, "public"))
	if published := err == nil; published != (code == 0) {
		t.Errorf("leaves with %d, published: %v", code, published)
	}
	for page, words := range m.shows {
		b, err := os.ReadFile(filepath.Join(dir, "public", page))
		if err != nil {
			t.Error(err)
			continue
		}
		for _, w := range words {
			if !bytes.Contains(b, []byte(w)) {
				t.Errorf("%s does not hold %q", page, w)
			}
		}
	}
}

// errorCode finds the first error of what a build says.
var errorCode = regexp.MustCompile(`(?m) error ([A-Z]{2}\d{3}): `)
