package claim

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"entente/internal/file"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/worldtest"
)

// Each archive in testdata holds pages, and says in a comment after a sentence
// what must be reported of it: <!-- want "words" -->. Nothing else may be.
func TestPages(t *testing.T) {
	w, _ := worldtest.Included(t)
	r := NewReader(w)
	for _, archive := range []string{"testdata/articles.txtar", "testdata/marks.txtar"} {
		a, err := txtar.ParseFile(archive)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			t.Run(f.Name, func(t *testing.T) {
				src := prose.Read(file.NewText("content/topics/"+f.Name, f.Data))
				body := prose.NewComposer().Compose(src, mute{}, prose.ComposeOptions{})
				wanted := wants(src.Text, body)
				for _, d := range Judge(w, src.Text, r.Read(&model.Thing{Kind: model.Topic, Page: src}, body)) {
					got := fmt.Sprintf("%s %s", d.Rule, d.Message)
					found := false
					for i, want := range wanted {
						if want.line == d.Pos.Line && strings.Contains(got, want.words) {
							wanted[i].met, found = true, true
						}
					}
					if !found {
						t.Errorf("%d:%d: %s", d.Pos.Line, d.Pos.Col, got)
					}
				}
				for _, want := range wanted {
					if !want.met {
						t.Errorf("%d: nothing says %q", want.line, want.words)
					}
				}
			})
		}
	}
}

type wish struct {
	line  int
	words string
	met   bool
}

func wants(text *file.Text, b *prose.Body) []wish {
	var list []wish
	for _, c := range b.Running.Comments {
		rest, ok := strings.CutPrefix(c.Text, "want ")
		if !ok {
			continue
		}
		for _, words := range strings.Split(rest, ";") {
			list = append(list, wish{line: text.Pos(c.Span.Start).Line, words: strings.Trim(strings.TrimSpace(words), `"`)})
		}
	}
	return list
}

// Two readings of one page say the same.
func TestDeterministic(t *testing.T) {
	w, _ := worldtest.Included(t)
	text, err := os.ReadFile("testdata/tune.txt")
	if err != nil {
		t.Fatal(err)
	}
	a, b := findings(w, NewReader(w), "nato", string(text)), findings(w, NewReader(w), "nato", string(text))
	if !reflect.DeepEqual(a, b) {
		t.Error("two readings differ")
	}
}

// Whatever the text, reading it ends, and what it reports lies inside it.
func FuzzRead(f *testing.F) {
	w, _ := worldtest.Included(f)
	r := NewReader(w)
	for _, path := range []string{"testdata/tune.txt", "testdata/heldout.txt"} {
		for _, l := range readLabelled(f, path) {
			f.Add(l.text)
		}
	}
	f.Add("NATO's 30-–members, (1949–) \"in the\n\n- Foal Eagle's\n<!-- as of -->")
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range findings(w, r, "nato", strings.ToValidUTF8(text, "\ufffd")) {
			if d.Pos.Line < 1 || d.Message == "" || strings.Contains(d.Message, "\n") {
				t.Errorf("%q: %+v", text, d)
			}
		}
	})
}
