package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"entente/internal/diag"
	"entente/internal/effort"
	"entente/internal/workspace"
)

// small is the site of testdata/site.txtar.
func small(t testing.TB) tree {
	t.Helper()
	a, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := tree{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// preview is a site on disk and the preview of it.
type preview struct {
	dir  string
	disk tree
	live *Live
}

func openPreview(t testing.TB, files tree) *preview {
	t.Helper()
	p := &preview{dir: t.TempDir(), disk: tree{}}
	p.write(t, files)
	live, err := Open(context.Background(), p.dir, workspace.Options{Room: room(t), Keep: 4 << 10}) // little, so that texts lie in both
	if err != nil {
		t.Fatal(err)
	}
	p.live = live
	return p
}

// room is a file for the text of bodies.
func room(t testing.TB) workspace.Room {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "room"))
	must(t, err)
	t.Cleanup(func() { must(t, f.Close()) })
	return f
}

// write brings the disk to a tree and gives the paths that differ.
func (p *preview) write(t testing.TB, files tree) []string {
	t.Helper()
	var paths []string
	for _, name := range slices.Sorted(maps.Keys(p.disk)) {
		if _, ok := files[name]; ok {
			continue
		}
		paths = append(paths, name)
		must(t, os.Remove(filepath.Join(p.dir, name)))
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			if os.Remove(filepath.Join(p.dir, dir)) != nil {
				break
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
		if old, ok := p.disk[name]; ok && old == text {
			continue
		}
		paths = append(paths, name)
		full := filepath.Join(p.dir, name)
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		must(t, os.WriteFile(full, []byte(text), 0o644))
	}
	p.disk = maps.Clone(files)
	return paths
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// step writes a tree and applies the change, in one of the ways in which a
// watcher may tell of it.
func (p *preview) step(t testing.TB, files tree, how uint64) {
	t.Helper()
	c := workspace.Change{Paths: p.write(t, files), Looking: []string{"topics/defence/", "organisations/league/"}}
	switch {
	case len(c.Paths) == 0:
		c.Paths = []string{"content/topics/defence.md"} // touched
	case how%4 == 1:
		c.Paths = nil
	case how%4 == 2:
		for i, name := range c.Paths {
			c.Paths[i] = path.Dir(name)
		}
	}
	_, err := p.live.Apply(context.Background(), c)
	must(t, err)
	if how%3 == 0 {
		_, err = p.live.Settle(context.Background())
		must(t, err)
	}
}

// compare settles the preview and compares it with a clean build; "" when
// they are equal.
func (p *preview) compare(t testing.TB) string {
	t.Helper()
	live, err := p.live.Settle(context.Background())
	must(t, err)
	snapshot, err := workspace.Load(context.Background(), p.dir, workspace.Options{Drafts: true, Marks: true, Views: Views})
	must(t, err)
	clean, err := New(snapshot)
	must(t, err)
	if d := differentDiags(live.Diags, clean.Diags); d != "" {
		return d
	}
	if live.Ready() != clean.Ready() {
		return fmt.Sprintf("ready is %v, want %v", live.Ready(), clean.Ready())
	}
	names := clean.Files()
	if got := live.Files(); !slices.Equal(got, names) {
		return fmt.Sprintf("files are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(names, "\n"))
	}
	for _, name := range names {
		a, okA, errA := live.File(name)
		b, okB, errB := clean.File(name)
		if fmt.Sprint(okA, errA) != fmt.Sprint(okB, errB) || !bytes.Equal(a, b) {
			return fmt.Sprintf("%s is (%v, %v)\n%s", name, okA, errA, around(a, b))
		}
	}
	return ""
}

// around shows where two texts part.
func around(a, b []byte) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s []byte) string { return string(s[max(0, i-120):min(len(s), i+120)]) }
	return fmt.Sprintf("…%s…\nwant\n…%s…", cut(a), cut(b))
}

func differentDiags(got, want []diag.Diagnostic) string {
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			return fmt.Sprintf("no diagnostic %+v", want[i])
		case i >= len(want) || diag.Compare(got[i], want[i]) < 0:
			return fmt.Sprintf("diagnostic that a clean build does not have: %+v", got[i])
		case !reflect.DeepEqual(got[i], want[i]):
			return fmt.Sprintf("diagnostic is %+v\nwant %+v", got[i], want[i])
		}
	}
	return ""
}

// run applies edits and compares after every so many and at the end.
func run(t testing.TB, edits []edit, every int) (at int, difference string) {
	t.Helper()
	files := small(t)
	p := openPreview(t, files)
	for i, e := range edits {
		e.apply(files)
		p.step(t, files, e.seed)
		if (i+1)%every == 0 || i+1 == len(edits) {
			if d := p.compare(t); d != "" {
				return i + 1, d
			}
		}
	}
	return len(edits), ""
}

// Whatever is edited, the preview shows what a clean build would: every file
// byte for byte, every diagnostic.
func TestPreviewEqualsCleanBuild(t *testing.T) {
	for seed := range uint64(effort.Of(1, 1, 5)) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 2026))
			var edits []edit
			for range effort.Of(60, 1000, 10000) {
				edits = append(edits, edit{kinds[r.IntN(len(kinds))], r.Uint64()})
			}
			// Sites stay small: every so often the story starts again.
			for chapter := range slices.Chunk(edits, 100) {
				at, difference := run(t, chapter, 10)
				if difference == "" {
					continue
				}
				short, last := shrink(t, chapter[:at])
				name := save(t, short)
				t.Fatalf("after %d of %d edits (%s):\n%s\nat first:\n%s", len(short), at, name, last, difference)
			}
		})
	}
}

// shrink gives the shortest list of edits it can find that still ends in a
// difference, and the difference: compared at the end only or, where what
// went wrong needs the settling on the way, after every edit.
func shrink(t testing.TB, edits []edit) (short []edit, difference string) {
	t.Helper()
	every := len(edits)
	fails := func(list []edit) bool {
		if len(list) == 0 {
			return false
		}
		at, d := run(t, list, min(every, len(list)))
		if d != "" {
			short, difference = list[:at], d
		}
		return d != ""
	}
	if !fails(edits) {
		if every = 1; !fails(edits) {
			return edits, "none when it is told again"
		}
	}
	edits = short
	for size := len(edits) / 2; size > 0; size /= 2 {
		for at := 0; at+size <= len(edits); {
			if less := slices.Concat(edits[:at], edits[at+size:]); fails(less) {
				edits = short
			} else {
				at += size
			}
		}
	}
	return short, difference
}

// save writes a story of edits as a script: for each edit, after its number
// and the way in which it is told, the files that it wrote and the names of
// those that it removed.
func save(t testing.TB, edits []edit) string {
	t.Helper()
	files := small(t)
	a := &txtar.Archive{Comment: []byte("Edits of testdata/site.txtar after which the preview showed something else than a clean build.\n")}
	for i, e := range edits {
		before := maps.Clone(files)
		e.apply(files)
		step := fmt.Sprintf("%d %d ", i+1, e.seed%12)
		var removed []string
		for _, name := range slices.Sorted(maps.Keys(before)) {
			if _, ok := files[name]; !ok {
				removed = append(removed, name)
			}
		}
		a.Files = append(a.Files, txtar.File{Name: step + "removed", Data: []byte(strings.Join(removed, "\n") + "\n")})
		for _, name := range slices.Sorted(maps.Keys(files)) {
			if old, ok := before[name]; !ok || old != files[name] {
				a.Files = append(a.Files, txtar.File{Name: step + name, Data: []byte(files[name])})
			}
		}
	}
	text := txtar.Format(a)
	sum := sha256.Sum256(text)
	name := fmt.Sprintf("testdata/edits/found-%d-%x.txtar", len(edits), sum[:4])
	must(t, os.MkdirAll("testdata/edits", 0o755))
	must(t, os.WriteFile(name, text, 0o644))
	return name
}

// The stories that once went wrong: told to the end, and compared on the way
// too, which settles.
func TestPreviewStories(t *testing.T) {
	names, err := filepath.Glob("testdata/edits/*.txtar")
	must(t, err)
	if len(names) == 0 {
		t.Fatal("no stories in testdata/edits")
	}
	for _, name := range names {
		a, err := txtar.ParseFile(name)
		must(t, err)
		for _, settled := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s settled %v", strings.TrimSuffix(filepath.Base(name), ".txtar"), settled), func(t *testing.T) {
				tell(t, a.Files, settled)
			})
		}
	}
}

// tell replays what save wrote.
func tell(t *testing.T, story []txtar.File, settled bool) {
	files := small(t)
	p := openPreview(t, files)
	for len(story) > 0 {
		step, rest, _ := strings.Cut(story[0].Name, " ")
		how, _, _ := strings.Cut(rest, " ")
		for ; len(story) > 0 && strings.HasPrefix(story[0].Name, step+" "); story = story[1:] {
			f := story[0]
			if name := strings.TrimPrefix(f.Name, step+" "+how+" "); name != "removed" {
				files[name] = string(f.Data)
				continue
			}
			for gone := range strings.Lines(string(f.Data)) {
				delete(files, strings.TrimSpace(gone))
			}
		}
		n, err := strconv.ParseUint(how, 10, 64)
		must(t, err)
		p.step(t, files, n)
		if settled || len(story) == 0 {
			if d := p.compare(t); d != "" {
				t.Fatalf("after step %s: %s", step, d)
			}
		}
	}
}
