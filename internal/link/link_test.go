package link_test

import (
	"strings"
	"testing"

	"entente/internal/link"
	"entente/internal/model"
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
