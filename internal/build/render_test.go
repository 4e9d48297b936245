package build

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"entente/internal/workspace"
)

// TestPagesAgree holds every page of the included site against what
// html/template makes of the same view, and expects that no page but the
// redirect needs it.
func TestPagesAgree(t *testing.T) {
	s, err := workspace.Load(context.Background(), "../..", workspace.Options{Views: Views})
	if err != nil {
		t.Fatal(err)
	}
	site, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range site.listed() {
		if p.Template == "" {
			continue
		}
		var got, want bytes.Buffer
		view := p.View(site.shown)
		if err := site.templates.Execute(&got, p.Template, view, p.Path); err != nil {
			t.Fatal(err)
		}
		if err := site.templates.Reference(&want, p.Template, view); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Errorf("%s differs from what html/template writes", p.Path)
		}
	}
	slow := slices.DeleteFunc(site.templates.Slow(), func(name string) bool { return strings.HasPrefix(name, "redirect.html") })
	if len(slow) > 0 {
		t.Errorf("these templates use what package render cannot compile: %q", slow)
	}
}
