package serve

import (
	"net/http"
	"strings"
	"testing"
)

func TestParseEditor(t *testing.T) {
	at := place{File: "content/topics/a b.md", Line: 3, Col: 7}
	for _, c := range []struct{ text, link, command string }{
		{"vscode", "vscode://file/site/content/topics/a%20b.md:3:7", ""},
		{"IDEA", "idea://open?file=/site/content/topics/a%20b.md&line=3&column=7", ""},
		{"my-editor://open?path={path}&at={line}", "my-editor://open?path=/site/content/topics/a%20b.md&at=3", ""},
		{"code", "", "code|-g|/site/content/topics/a b.md:3:7"},
		{"code --reuse-window", "", "code|--reuse-window|-g|/site/content/topics/a b.md:3:7"},
		{"/usr/bin/emacsclient", "", "/usr/bin/emacsclient|-n|+3:7|/site/content/topics/a b.md"},
		{"gvim +{line} {file}", "", "gvim|+3|/site/content/topics/a b.md"},
		{"", "", ""},
		{"none", "", ""},
	} {
		e, err := ParseEditor(c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		e.root = "/site"
		if got := e.link(at); got != c.link {
			t.Errorf("%q: link %q, want %q", c.text, got, c.link)
		}
		if got := strings.Join(e.words(at), "|"); got != c.command {
			t.Errorf("%q: command %q, want %q", c.text, got, c.command)
		}
	}
	for _, text := range []string{"vim", "nano", "vscod", "javascript://{path}", "data://{path}", "my editor://{path}", "my-editor://nowhere", "JAVASCRIPT://{path}"} {
		if e, err := ParseEditor(text); err == nil {
			t.Errorf("%q gives %+v", text, e)
		}
	}
}

func TestGuessEditor(t *testing.T) {
	for _, c := range []struct{ env, link, command string }{
		{"TERM_PROGRAM=vscode", editorLinks["vscode"], ""},
		{"TERMINAL_EMULATOR=JetBrains-JediTerm", editorLinks["idea"], ""},
		{"EDITOR=code --wait", "", "code"},
		{"VISUAL=vim EDITOR=gvim", "", "gvim"},
		{"EDITOR=vim", "", ""},
		{"", "", ""},
	} {
		e := GuessEditor(func(name string) string {
			for _, pair := range strings.Split(strings.ReplaceAll(c.env, " EDITOR", "\x00EDITOR"), "\x00") {
				if v, ok := strings.CutPrefix(pair, name+"="); ok {
					return v
				}
			}
			return ""
		})
		if e.Link != c.link || len(e.Command) > 0 != (c.command != "") || c.command != "" && e.Command[0] != c.command {
			t.Errorf("%s: %+v", c.env, e)
		}
	}
}

// The name of an editor in site.yaml is one that the reader of settings knows
// too, and a click opens the place of a text or of a record.
func TestOpenInEditor(t *testing.T) {
	for name := range editorLinks {
		dir := site(t)
		write(t, dir+"/content/site.yaml", "title: Test\nas_of: '2025-10-31'\npreview: {editor: "+name+"}\n")
		s := preview(t, dir)
		if m := s.said(); m.Errors > 0 {
			t.Errorf("%s: %+v", name, m.Problems)
		}
		if e := s.editor(s.now.Load()); e.Link != editorLinks[name] {
			t.Errorf("%s: %+v", name, e)
		}
	}
	var started []string
	s := preview(t, site(t))
	s.o.Editor = Editor{Command: []string{"ed", "{path}", "{line}"}}
	s.o.Start = func(words []string) (func() error, error) { started = words; return func() error { return nil }, nil }
	for body, want := range map[string]string{
		`{"page":"/topics/a/","line":5}`:                 "content/topics/a.md 5",
		`{"page":"/states/denmark/"}`:                    "content/states/states.yaml 1",
		`{"file":"content/site.yaml","line":2,"col":3}`:  "content/site.yaml 2",
		`{"file":"content/topics/draft.md","page":"/x"}`: "content/topics/draft.md 1",
	} {
		r, _ := http.NewRequest("POST", "http://127.0.0.1:8383/-/open", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		if w := record(s, r); w.Code != http.StatusOK || !strings.HasSuffix(strings.Join(started, " "), want) {
			t.Errorf("%s: %d, started %q", body, w.Code, started)
		}
	}
}
