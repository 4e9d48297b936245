package file

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"
)

// A file that is gone when it is to be read makes the site be read anew; one
// that comes and goes each time is named.
func TestFilesThatVanish(t *testing.T) {
	for _, c := range []struct {
		name  string
		times int // that the file is taken away
		reads int
		says  []string
	}{
		{"stays", 0, 1, nil},
		{"goes once", 1, 2, nil},
		{"goes twice", 2, 3, nil},
		{"goes each time", 9, 3, []string{"content/topics/b.md FS036"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			b := filepath.Join(dir, "content", "topics", "b.md")
			put := func(name string) {
				if err := os.WriteFile(name, []byte("text"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.MkdirAll(filepath.Dir(b), 0o755); err != nil {
				t.Fatal(err)
			}
			put(filepath.Join(filepath.Dir(b), "a.md"))
			put(b)
			put(filepath.Join(filepath.Dir(b), "c.md"))
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			reads := 0
			s, err := load(&loader{root: root, next: func(p string) {
				switch path.Base(p) {
				case "a.md":
					reads++
				case "b.md":
					if reads <= c.times {
						if err := os.Remove(b); err != nil {
							t.Fatal(err)
						}
					}
				case "c.md":
					put(b) // to be listed the next time
				}
			}})
			if err != nil {
				t.Fatal(err)
			}
			var says []string
			for _, p := range s.Problems {
				says = append(says, p.Path+" "+p.Rule)
			}
			if reads != c.reads || !slices.Equal(says, c.says) {
				t.Errorf("read %d times, says %q; want %d times, %q", reads, says, c.reads, c.says)
			}
		})
	}
}
