package main

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"entente/internal/cli"
	"entente/internal/rule"
	"entente/internal/worldtest"
)

// The bad example of every rule gives findings of that rule and of no other,
// with the severity that the registry states; the good one gives none.
func TestExamplesOfRules(t *testing.T) {
	base := t.TempDir()
	var out bytes.Buffer
	if code := cli.Main([]string{"new", "site", filepath.Join(base, "site")}, nil, &out, &out); code != 0 {
		t.Fatal(out.String())
	}
	starter := os.DirFS(filepath.Join(base, "site"))
	for _, r := range rule.All() {
		if r.Machine {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			if r.Title == "" || r.Doc == "" || r.Bad == nil || r.Good == nil {
				t.Fatal("a rule needs a title, an explanation, a bad and a good example")
			}
			findings := checkExample(t, starter, r.Bad)
			for _, f := range findings {
				if f.Rule != r.ID || f.Severity != r.Severity.String() {
					t.Errorf("bad example: %s %s: %s", f.Severity, f.Rule, f.Message)
				}
			}
			if len(findings) == 0 {
				t.Error("bad example: no finding")
			}
			for _, f := range checkExample(t, starter, r.Good) {
				t.Errorf("good example: %s %s: %s", f.Severity, f.Rule, f.Message)
			}
		})
	}
}

type finding struct{ File, Severity, Rule, Message string }

// checkExample lays an example over the small site and checks it.
func checkExample(t *testing.T, starter fs.FS, files []rule.File) []finding {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, starter); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := place(filepath.Join(dir, filepath.FromSlash(f.Path)), f); err != nil {
			t.Fatal(err)
		}
	}
	var list []finding
	var stdout, stderr bytes.Buffer
	if strings.HasPrefix(files[0].Path, "templates/") { // templates run when a site is built
		cli.Main([]string{"build", dir}, nil, &stdout, &stderr)
		for _, m := range printed.FindAllStringSubmatch(stderr.String(), -1) {
			list = append(list, finding{Severity: m[1], Rule: m[2], Message: m[3]})
		}
		return list
	}
	if code := cli.Main([]string{"check", dir, "--format", "json"}, nil, &stdout, &stderr); code > 1 {
		t.Fatalf("leaves with %d: %s", code, &stderr)
	}
	for dec := json.NewDecoder(&stdout); dec.More(); {
		var f finding
		if err := dec.Decode(&f); err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	return list
}

var repeat = regexp.MustCompile(`^line (\d+) times (\d+)$`)

// printed is a finding as text.
var printed = regexp.MustCompile(`(?m)^\S+ (error|warning) (\S+): (.*)$`)

// place makes one file of an example, of the kind that it asks for.
func place(path string, f rule.File) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	text := f.Text
	switch m := repeat.FindStringSubmatch(f.How); {
	case f.How == "absent":
		return os.Remove(path)
	case f.How == "folder":
		return os.Mkdir(path, 0o755)
	case f.How == "link":
		return os.Symlink(strings.TrimSpace(text), path)
	case f.How == "pipe":
		return syscall.Mkfifo(path, 0o644)
	case f.How == "quoted":
		var err error
		if text, err = strconv.Unquote(strings.TrimSpace(text)); err != nil {
			return err
		}
	case m != nil:
		lines := strings.SplitAfter(text, "\n")
		n, _ := strconv.Atoi(m[1])
		times, _ := strconv.Atoi(m[2])
		lines[n-1] = strings.Repeat(lines[n-1], times)
		text = strings.Join(lines, "")
	}
	return os.WriteFile(path, []byte(text), 0o644)
}

var (
	codedID  = regexp.MustCompile(`^[A-Z]{2}[0-9]{3}$`)
	wordedID = regexp.MustCompile(`^(fact|claim|source|review)-[a-z-]+$`)
)

// Every id in the code is registered, and every registered id is in the code.
func TestRulesAreRegistered(t *testing.T) {
	used := map[string]string{}
	err := filepath.WalkDir(filepath.Join(worldtest.Root(t), "internal"), func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && (codedID.MatchString(s) || wordedID.MatchString(s)) {
					used[s] = p
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ids := rule.IDs()
	for id, p := range used {
		if !slices.Contains(ids, id) {
			t.Errorf("%s uses %s, which has no text in internal/rule/text", p, id)
		}
	}
	for _, id := range ids {
		if used[id] == "" {
			t.Errorf("no code gives %s", id)
		}
	}
}
