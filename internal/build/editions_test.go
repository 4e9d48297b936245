package build

import (
	"context"
	"maps"
	"strings"
	"testing"

	"entente/internal/date"
	"entente/internal/workspace"
)

// The preview follows editions as a clean build would have them: one that is
// cut, what changes after it, one that breaks, is mended and goes.
func TestPreviewFollowsEditions(t *testing.T) {
	files := small(t)
	p := openPreview(t, files)
	snapshot, err := workspace.Load(context.Background(), p.dir, workspace.Options{Views: Views})
	must(t, err)
	site, err := New(snapshot)
	must(t, err)
	const one = "content/editions/one.jsonl"
	cut := string(site.Edition("one", date.MustParse("2025-01-01")).Bytes())
	changed := 0
	for i, step := range []func(tree){
		func(f tree) { f[one] = cut },
		func(f tree) { f["content/topics/defence.md"] += "\nA new paragraph.\n" },
		func(f tree) {
			f["content/organisations/more.yaml"] = "- {id: extra, name: Extra League, type: alliance, founded: '1950', members_complete: true, members: [], sources: []}\n"
		},
		func(f tree) { f[one] = strings.Replace(cut, `"kind"`, `"sort"`, 1) },
		func(f tree) { f[one] = cut },
		func(f tree) { f["content/editions/two.jsonl"] = strings.Replace(cut, "one", "two", 1) },
		func(f tree) { delete(f, "content/editions/two.jsonl") },
		func(f tree) { delete(f, one) },
	} {
		files = maps.Clone(files)
		step(files)
		p.step(t, files, uint64(i))
		if d := p.compare(t); d != "" {
			t.Fatalf("step %d: %s", i, d)
		}
		if b, ok, _ := p.live.Site().File("editions/since/one/index.html"); ok && strings.Contains(string(b), "Extra League") {
			changed++
		}
	}
	if changed == 0 {
		t.Error("no state showed what changed since the edition")
	}
}
