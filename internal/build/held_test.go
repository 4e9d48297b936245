package build

import (
	"strings"
	"testing"

	"entente/internal/diag"
	"entente/internal/workspace"
)

// A file that is broken by itself is named before anything else is done: the
// world, and so every page, stays as it was; what follows from the mistake
// is found when there is time.
func TestBrokenFilesAreNamedAtOnce(t *testing.T) {
	const record, topic = "content/organisations/league.yaml", "content/topics/defence.md"
	for _, broken := range []struct{ name, path string }{{"record", record}, {"front matter", topic}, {"settings", "content/site.yaml"}} {
		t.Run(broken.name, func(t *testing.T) {
			files := small(t)
			p := openPreview(t, files)
			good := p.live.Site()
			text := files[broken.path]
			apply := func() *Site {
				t.Helper()
				site, err := p.live.Apply(t.Context(), workspace.Change{Paths: p.write(t, files), Looking: []string{"topics/defence/"}})
				must(t, err)
				return site
			}
			files[broken.path] = rubbish + text
			held := apply()
			if held.Snapshot.World != good.Snapshot.World {
				t.Error("there is a new world before the mistake is named")
			}
			if !held.Errors() || !named(held.Diags, broken.path) || held.Snapshot.Settled {
				t.Errorf("settled %v, diagnostics %+v", held.Snapshot.Settled, held.Diags)
			}
			if text := held.Snapshot.Files.Text(broken.path); text == nil || !strings.HasPrefix(string(text.Bytes()), rubbish) {
				t.Error("the code frame would show the old text")
			}
			// Another save, of a sound file, waits for the mistake to be mended.
			files["content/topics/talks.md"] += "\nA new end.\n"
			if again := apply(); again.Snapshot.World != good.Snapshot.World || !named(again.Diags, broken.path) {
				t.Errorf("after another save: %+v", again.Diags)
			}
			files[broken.path] = text
			mended := apply()
			if page, _, err := mended.File("topics/talks/index.html"); err != nil || !strings.Contains(string(page), "A new end.") || named(mended.Diags, broken.path) {
				t.Errorf("after mending: %v, %+v", err, mended.Diags)
			}
			if d := p.compare(t); d != "" {
				t.Error(d)
			}
			// Mended before anything was settled, with nothing else new: as before.
			files[broken.path] = rubbish + text
			apply()
			files[broken.path] = text
			if back := apply(); named(back.Diags, broken.path) || !back.Snapshot.Settled {
				t.Errorf("mended at once: %+v", back.Diags)
			}
			// And what follows from it is known in the end.
			files[broken.path] = rubbish + text
			apply()
			if d := p.compare(t); d != "" {
				t.Error(d)
			}
		})
	}
}

func named(list []diag.Diagnostic, path string) bool {
	for _, d := range list {
		if d.Path == path && d.Severity == diag.Error {
			return true
		}
	}
	return false
}

// The page on coverage counts the figures of a text as it is now, before its
// claims are judged.
func TestFiguresOfAnAppliedText(t *testing.T) {
	files := small(t)
	p := openPreview(t, files)
	files["content/topics/talks.md"] += "\nThere were 17 talks and 23 treaties.\n"
	site, err := p.live.Apply(t.Context(), workspace.Change{Paths: p.write(t, files)})
	must(t, err)
	const coverage = "sources/coverage/index.html"
	applied, _, err := site.File(coverage)
	must(t, err)
	site, err = p.live.Settle(t.Context())
	must(t, err)
	settled, _, err := site.File(coverage)
	must(t, err)
	if string(applied) != string(settled) {
		t.Error(around(applied, settled))
	}
}
