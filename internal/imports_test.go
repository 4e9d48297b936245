package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Where a library may be used, and why only there.
var fences = []struct {
	imported string
	allowed  []string
	why      string
}{
	{"github.com/yuin/goldmark", []string{"prose", "bench"}, "only prose knows what a Markdown tree is"},
	{"go.yaml.in/yaml/v3", []string{"yamltext", "record", "prose"}, "YAML ends where typed records begin"},
	{"github.com/adrg/frontmatter", []string{"prose"}, "front matter is split in one place"},
	{"github.com/fsnotify/fsnotify", []string{"serve"}, "only the preview watches"},
	{"net/http", []string{"serve", "deploy"}, "a build talks to nobody"},
	{"github.com/spf13/cobra", []string{"cli"}, "commands are not the engine"},
	{"os/exec", []string{"cli", "bench"}, "only a command may start another program"},
	{"entente/internal/page", []string{"build"}, "views are made from above, never read from below"},
	{"entente/internal/workspace", []string{"build", "cli", "serve", "bench"}, "engines are not libraries"},
}

func TestImports(t *testing.T) {
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg, _, _ := strings.Cut(filepath.ToSlash(p), "/")
		for _, spec := range f.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			for _, fence := range fences {
				if (path == fence.imported || strings.HasPrefix(path, fence.imported+"/")) && !slices.Contains(fence.allowed, pkg) {
					t.Errorf("%s imports %s: %s", p, path, fence.why)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
