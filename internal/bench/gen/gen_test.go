package gen_test

import (
	"io/fs"
	"os"
	"testing"

	"entente/internal/bench/gen"
)

// TestSameBytes writes a site twice and expects one tree.
func TestSameBytes(t *testing.T) {
	read := func() map[string]string {
		dir := t.TempDir()
		if err := gen.Write(dir, gen.Options{Pages: 60, Seed: 3}); err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := fs.ReadFile(os.DirFS(dir), p)
			all[p] = string(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	a, b := read(), read()
	if len(a) < 30 || len(a) != len(b) {
		t.Fatalf("%d and %d files", len(a), len(b))
	}
	for p := range a {
		if a[p] != b[p] {
			t.Errorf("%s differs", p)
		}
	}
}
