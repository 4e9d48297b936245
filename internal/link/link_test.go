package link_test

import (
	"path"
	"strings"
	"testing"

	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/worldtest"
)

// words gives the names found in a text as "words=slug".
func words(t *testing.T, w *model.World, text string) string {
	t.Helper()
	l := link.New(w, link.NewMatcher(w), link.Options{})
	b := l.Page(w.Thing(0), nil)
	var out []string
	for _, m := range b.Mentions([]byte(text), nil) {
		out = append(out, text[m.Start:m.End]+"="+w.Thing(model.ID(m.Link.Target)).Slug)
	}
	return strings.Join(out, ", ")
}

func TestMentions(t *testing.T) {
	w, _ := worldtest.Included(t)
	for text, want := range map[string]string{
		"NATO and NATO again":                     "NATO=nato",
		"NATO's and Poland’s":                     "NATO=nato, Poland=poland",
		"NATO-led forces":                         "NATO=nato",
		"a natoish word, SNATO, NATOs":            "",
		"nato in small letters":                   "",
		"the North\nAtlantic Treaty Organization": "North\nAtlantic Treaty Organization=nato",
		"North Atlantic Treaty and more":          "North Atlantic Treaty=north-atlantic-treaty",
		"Two alliances, one Alliance":             "alliances=alliance",
		"Allies rely on deterrence":               "Allies=ally, deterrence=deterrence",
		"the Soviet Union (USSR)":                 "Soviet Union=soviet-union",
		"Burma was its name":                      "Burma=myanmar",
		"the Warsaw Pact":                         "Warsaw Pact=warsaw-pact",
		"Guinea and Papua New Guinea":             "Guinea=guinea, Papua New Guinea=papua-new-guinea",
	} {
		if got := words(t, w, text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestRel(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"states/poland/", "organisations/nato/", "../../organisations/nato/"},
		{"states/poland/", "states/france/", "../france/"},
		{"states/poland/", "glossary/#ally", "../../glossary/#ally"},
		{"glossary/", "glossary/#ally", "#ally"},
		{"", "states/poland/", "states/poland/"},
		{"states/poland/", "", "../../"},
		{"states/poland/", "states/poland/", "./"},
	} {
		if got := link.Rel(c.from, c.to); got != c.want {
			t.Errorf("Rel(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func BenchmarkMentions(b *testing.B) {
	w, _ := worldtest.Included(b)
	l := link.New(w, link.NewMatcher(w), link.Options{})
	text := []byte(strings.Repeat("The alliance of Poland and other members of NATO met in Brussels to discuss deterrence and burdens. ", 200))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l.Page(w.Thing(0), nil).Mentions(text, nil)
	}
}

// FuzzResolve gives the resolver what may stand in a link: it leads to a page
// or file of the site, or by an allowed way out of it, or says what is wrong.
func FuzzResolve(f *testing.F) {
	w, _ := worldtest.World(f, map[string]string{
		"content/states/s.yaml":      "- {id: poland, name: Poland, region: europe, sources: [s]}\n",
		"content/sources/s.yaml":     "- {id: s, title: A source}\n",
		"content/glossary/g.yaml":    "- {id: ally, term: ally, definition: A friend, sources: [s]}\n",
		"content/topics/a.md":        "---\ntitle: A\n---\nText.\n",
		"content/topics/deep/b/c.md": "---\ntitle: C\n---\nText.\n",
	})
	pages := map[string]link.PageFile{"content/topics/draft.md": {Thing: model.None, Draft: true}}
	var from []*model.Thing
	for i := range w.Things {
		if t := &w.Things[i]; t.Page != nil {
			pages[t.Page.Text.Path] = link.PageFile{Thing: t.ID}
			from = append(from, t)
		}
	}
	l := link.New(w, link.NewMatcher(w), link.Options{Pages: pages, Assets: func(p string) bool { return p == "content/topics/a.png" }})
	for _, s := range []string{"poland", "Poland", "a.md", "../a.md", "deep/b/c.md", "a.png", "/topics/a/", "/glossary/", "https://example.org/x", "../../../../etc/passwd", "%2e%2e/x",
		"draft.md", "A.md", "", ".", "/", "//x", "topics\\a.md", "a.md?x", "\u202e", "ally", "s", "mailto:a@b", "\x00", "a.md/", "deep/"} {
		for kind := range 3 {
			f.Add(s, "x", uint8(kind))
		}
	}
	f.Fuzz(func(t *testing.T, target, anchor string, kind uint8) {
		for _, page := range from {
			b := l.Page(page, nil)
			got := b.Link(prose.Ref{Wiki: kind%3 == 0, Image: kind%3 == 1, Target: target, Anchor: anchor})
			if got.Href == "" {
				if len(got.Problems) == 0 && target != "" {
					t.Fatalf("%q leads nowhere, and nothing is said", target)
				}
				continue
			}
			for _, p := range got.Problems {
				if p.Rule == "" || p.Message == "" {
					t.Fatalf("%q: %+v", target, p)
				}
			}
			if strings.Contains(target, ":") && strings.Contains(got.Href, ":") { // prose checks the scheme
				continue
			}
			if strings.HasPrefix(got.Href, "/") || strings.HasPrefix(path.Join(page.Path, strings.SplitN(got.Href, "#", 2)[0]), "..") {
				t.Fatalf("%q on %s leads to %q", target, page.Path, got.Href)
			}
		}
	})
}
