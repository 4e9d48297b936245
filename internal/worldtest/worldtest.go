// Package worldtest gives tests the world of the included site, or one made
// from a few records.
package worldtest

import (
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/record"
)

// Root is the folder of the included site.
func Root(t testing.TB) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "..", "..")
}

// Included reads the records and headers of the included site.
func Included(t testing.TB) (*model.World, []diag.Diagnostic) {
	t.Helper()
	set, err := file.Load(Root(t))
	if err != nil {
		t.Fatal(err)
	}
	return world(t, set.Texts)
}

// World makes a world from files by path: "content/states/x.yaml". A
// site.yaml is added when there is none.
func World(t testing.TB, files map[string]string) (*model.World, []diag.Diagnostic) {
	t.Helper()
	var texts []*file.Text
	if files["content/site.yaml"] == "" {
		texts = append(texts, file.NewText("content/site.yaml", []byte("title: Test\nas_of: '2025-10-31'\n")))
	}
	for path, text := range files {
		texts = append(texts, file.NewText(path, []byte(text)))
	}
	return world(t, texts)
}

func world(t testing.TB, texts []*file.Text) (*model.World, []diag.Diagnostic) {
	t.Helper()
	var in model.Input
	var diags []diag.Diagnostic
	reader := record.NewReader()
	for _, text := range texts {
		switch {
		case text.Path == "content/site.yaml":
			site, d := record.ReadSite(text)
			in.Site, diags = site, append(diags, d...)
		case strings.HasSuffix(text.Path, ".md"):
			p := prose.Read(text)
			in.Pages, diags = append(in.Pages, p), append(diags, p.Diags...)
		default:
			for _, k := range record.Kinds() {
				if strings.HasPrefix(text.Path, "content/"+k.Folder()+"/") {
					f := reader.Read(text, k)
					in.Files, diags = append(in.Files, f), append(diags, f.Diags...)
				}
			}
		}
	}
	w, d := model.New(in)
	return w, append(diags, d...)
}
