package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"entente/internal/model"
	"entente/internal/workspace"
)

// hugoTheme is a plain theme with the features that entente has and Hugo can
// have: contents list, navigation, data pages and tables from data, figures
// from data, and with params.features also first mentions of names, related
// pages and backlinks.
//
//go:embed all:hugo
var hugoTheme embed.FS

// hugoMark finds what entente's authors write and Hugo's cannot.
var hugoMark = regexp.MustCompile(`\[\[= ([a-z0-9-]+)\.members\.count\]\]|\[\[([a-z0-9-]+)\|([^\]]*)\]\]|\[@([a-z0-9-]+)\]`)

// hugoSite is a generated site written for Hugo.
type hugoSite struct {
	w    *model.World
	dir  string
	done error // the first failure
}

// writeHugo writes the site in a folder once more, for Hugo.
func writeHugo(site, dir string, features bool) error {
	s, err := workspace.Load(context.Background(), site, workspace.Options{})
	if err != nil {
		return err
	}
	h := &hugoSite{w: s.World, dir: dir}
	h.theme(features)
	h.data()
	var glossary, sources strings.Builder
	for i := range h.w.Things {
		t := &h.w.Things[i]
		switch {
		case t.Page != nil:
			h.page(t, string(t.Page.Text.Bytes()[t.Page.Body:]))
		case t.Kind.HasPage():
			h.page(t, "")
		case t.Kind == model.Term:
			fmt.Fprintf(&glossary, "<a id=%q></a>**%s**: %s\n\n", t.Slug, t.Name, t.Summary)
		case t.Kind == model.Source:
			fmt.Fprintf(&sources, "- <a id=%q></a>%s\n", t.Slug, t.Name)
		}
	}
	h.write("content/glossary/_index.md", "---\ntitle: Glossary\n---\n\n"+glossary.String())
	h.write("content/sources/_index.md", "---\ntitle: Sources\n---\n\n"+sources.String())
	return h.done
}

// theme writes the templates and settings.
func (h *hugoSite) theme(features bool) {
	err := fs.WalkDir(hugoTheme, "hugo", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := hugoTheme.ReadFile(p)
		if err != nil {
			return err
		}
		text := string(b)
		if path.Base(p) == "hugo.toml" {
			text += fmt.Sprintf("\n[params]\nfeatures = %v\n", features)
		}
		h.write(strings.TrimPrefix(p, "hugo/"), text)
		return nil
	})
	if err != nil && h.done == nil {
		h.done = err
	}
}

// data writes what the templates look up: names with their addresses, members
// of bodies, and how many there are on the site's day.
func (h *hugoSite) data() {
	type named struct {
		Name string `json:"name"`
		Path string `json:"path"`
	}
	type member struct {
		Name  string `json:"name"`
		Path  string `json:"path"`
		From  string `json:"from"`
		Until string `json:"until"`
	}
	names, members, counts := []named{}, map[string][]member{}, map[string]int{}
	for i := range h.w.Things {
		t := &h.w.Things[i]
		if t.Kind != model.Source && t.Kind != model.Topic && t.Kind != model.Event {
			names = append(names, named{t.Name, t.Path})
		}
		for _, m := range h.w.MembersOf(t.ID) {
			who := h.w.Thing(m.Member)
			members[t.Slug] = append(members[t.Slug], member{who.Name, who.Path, m.Period.From.String(), m.Period.Until.String()})
			if m.Period.Until.IsZero() {
				counts[t.Slug]++
			}
		}
	}
	for name, v := range map[string]any{"names": names, "members": members, "counts": counts} {
		b, err := json.Marshal(v)
		if err != nil && h.done == nil {
			h.done = err
		}
		h.write("data/"+name+".json", string(b))
	}
}

// page writes one page; links are what it is related by.
func (h *hugoSite) page(t *model.Thing, text string) {
	var links []string
	text = hugoMark.ReplaceAllStringFunc(text, func(mark string) string {
		m := hugoMark.FindStringSubmatch(mark)
		switch {
		case m[1] != "":
			return `{{< count "` + m[1] + `" >}}`
		case m[4] != "":
			links = append(links, m[4])
			return "[source](/sources/#" + m[4] + ")"
		}
		links = append(links, m[2])
		to, ok := h.w.Lookup(m[2])
		if !ok {
			return m[3]
		}
		return "[" + m[3] + "](/" + to.Path + ")"
	})
	if t.Page != nil {
		links = append(links, t.Page.Header.About...)
	}
	head := map[string]any{"title": t.Name, "params": map[string]any{"id": t.Slug, "summary": t.Summary, "links": links}}
	if links != nil {
		head["links"] = links
	}
	b, err := json.Marshal(head)
	if err != nil && h.done == nil {
		h.done = err
	}
	h.write("content/"+strings.TrimSuffix(t.Path, "/")+".md", string(b)+"\n\n"+text)
}

func (h *hugoSite) write(name, text string) {
	if h.done != nil {
		return
	}
	full := filepath.Join(h.dir, filepath.FromSlash(name))
	if h.done = os.MkdirAll(filepath.Dir(full), 0o755); h.done == nil {
		h.done = os.WriteFile(full, []byte(text), 0o644)
	}
}

// hugoRunners are Hugo with the features and without them; none where there is
// no hugo on the path.
func hugoRunners(site, dir string) ([]runner, error) {
	hugo, err := exec.LookPath("hugo")
	if err != nil {
		fmt.Println("no hugo on the path; not compared")
		return nil, nil
	}
	var list []runner
	for _, v := range []struct {
		name     string
		features bool
	}{{"hugo-plain", false}, {"hugo", true}} {
		source := filepath.Join(dir, v.name)
		if err := writeHugo(site, source, v.features); err != nil {
			return nil, err
		}
		list = append(list, runner{v.name, func(out string) (cost, error) {
			return measure(hugo, "--source", source, "--destination", out, "--cacheDir", filepath.Join(dir, "cache"), "--noBuildLock", "--quiet")
		}})
	}
	return list, nil
}
