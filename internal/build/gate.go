package build

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/model"
)

// gate looks at the path of every file of the site before anything is made:
// pages, feeds and data, what authors give as it is, and the index of search.
// Each path must be one that any system can store, and each must have a single
// source, on systems that fold case too. It knows nothing of what files hold.
type gate struct {
	site    *Site
	sources []source
	files   map[string]int // folded path to source
	folders map[string]int // folded path to the first source below it
	diags   []diag.Diagnostic
}

// source is where an output comes from.
type source struct {
	path string
	disk string       // a file of the author's that is published as it is
	page *model.Thing // or the thing whose page it is
	made bool         // or what entente makes
}

// judge finds what is wrong with the paths of the site's files. Where nothing
// was wrong before, that is left until the site is settled.
func (site *Site) judge(old *Site) {
	w := site.Snapshot.World
	if old != nil && old.Ready() && slices.EqualFunc(old.assets, site.assets, func(a, b asset) bool { return a.path == b.path && a.disk == b.disk }) {
		clean := len(old.judged) == 0
		if site.judged, site.judgedOf = old.judged, old.judgedOf; site.judgedOf == w || clean && !site.Snapshot.Settled {
			return
		}
		if clean && old.list().same(site.list()) {
			site.judgedOf = w
			return
		}
	}
	site.judged, site.judgedOf = site.paths(), w
}

// paths gives what is wrong with the paths of the site's files.
func (site *Site) paths() []diag.Diagnostic {
	pages, w := site.list().pages, site.Snapshot.World
	most := len(pages) + len(site.assets) + 2
	g := &gate{site: site, sources: make([]source, 0, most), files: make(map[string]int, most), folders: make(map[string]int, len(w.Things))}
	for _, p := range pages {
		s := source{path: p.Path, made: true}
		if p.Thing != model.None {
			s = source{path: p.Path, page: w.Thing(p.Thing)}
		} else if p.Template == "redirect.html" {
			s.page = redirected(w, strings.TrimSuffix(p.Path, "index.html"))
		}
		g.admit(s)
	}
	for _, p := range []string{workerFile, editionFile} {
		g.admit(source{path: p, made: true})
	}
	for _, a := range site.assets {
		s := source{path: a.path, disk: a.disk, made: a.builtin != ""}
		if s.disk != "" && !g.storable(s) {
			continue
		}
		g.admit(s)
	}
	return g.diags
}

func redirected(w *model.World, from string) *model.Thing {
	for _, r := range w.Redirects() {
		if r.From == from {
			return w.Thing(r.To)
		}
	}
	return nil
}

// admit takes a path, or says what else claims it.
func (g *gate) admit(s source) {
	i := len(g.sources)
	g.sources = append(g.sources, s)
	key := file.Fold(s.path)
	if j, ok := g.files[key]; ok {
		g.clash(g.sources[j], s, "")
		return
	}
	if j, ok := g.folders[key]; ok {
		g.clash(g.sources[j], s, "a file and a folder cannot have one name")
		return
	}
	if s.disk != "" && strings.HasPrefix(key, "search/") {
		g.clash(source{path: "search/", made: true}, s, "the index of search fills this folder")
		return
	}
	g.files[key] = i
	for up := path.Dir(key); up != "."; up = path.Dir(up) {
		if j, ok := g.files[up]; ok {
			g.clash(g.sources[j], s, "a file and a folder cannot have one name")
			return
		}
		if _, ok := g.folders[up]; ok {
			break // and so are those above
		}
		g.folders[up] = i
	}
}

// clash names two sources of one path. Of two things, and of what is made
// from each, package model has said it.
func (g *gate) clash(a, b source, why string) {
	if a.disk == "" && b.disk == "" && (a.page == nil) == (b.page == nil) {
		return
	}
	if b.disk == "" && (a.disk != "" || b.page == nil) {
		a, b = b, a // what the author can change is named first
	}
	rule, message := "ID010", fmt.Sprintf("address %q is already taken", b.path)
	switch {
	case a.made && a.page == nil:
		rule, message = "ID012", fmt.Sprintf("address %q belongs to what entente makes", b.path)
	case why == "" && a.path != b.path:
		rule, message = "ID011", fmt.Sprintf("address %q differs from %q only in case or form", b.path, a.path)
	}
	if why != "" {
		message += ": " + why
	}
	d := g.at(b)
	d.Rule, d.Message, d.Hint = rule, message, "give one of the two another name"
	if rule == "ID012" {
		d.Hint = "give it another name"
	}
	if a.disk != "" || a.page != nil {
		other := g.at(a)
		d.Related = []diag.Related{{Path: other.Path, Pos: other.Pos, Message: "taken by this one"}}
	}
	g.diags = append(g.diags, d)
}

// at is the place of a source, for a message.
func (g *gate) at(s source) diag.Diagnostic {
	switch {
	case s.disk != "":
		return diag.Diagnostic{Path: s.disk, Pos: file.Pos{Line: 1, Col: 1}, Severity: diag.Error}
	case s.page == nil:
		return diag.Diagnostic{Path: "content/site.yaml", Pos: file.Pos{Line: 1, Col: 1}, Severity: diag.Error}
	case s.made: // an old address
		for i, a := range s.page.Page.Header.Aliases {
			if strings.HasSuffix("/"+strings.TrimSuffix(s.path, "/index.html"), "/"+strings.Trim(norm.NFC.String(a), "/")) {
				return diag.At(s.page.Page.Text, s.page.Page.Header.Place(fmt.Sprintf("aliases[%d]", i)), diag.Error, "", "", "")
			}
		}
	}
	return s.page.Diag(diag.Error, "", "", "", "slug")
}

// storable refuses names that some system cannot store or gives back spelt in
// another way; what no system can store was refused when it was read.
func (g *gate) storable(s source) bool {
	for _, part := range strings.Split(s.path, "/") {
		rule, message, hint := "", "", ""
		switch {
		case file.Reserved(part) || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " "):
			rule, message, hint = "ID015", fmt.Sprintf("the name %q is not usable on Windows", part), "rename it"
		case !norm.NFC.IsNormalString(part):
			rule, message, hint = "ID011", fmt.Sprintf("the name %+q is written with letters and marks apart, which some systems change", part), fmt.Sprintf("rename it to %q in composed letters (NFC)", norm.NFC.String(part))
		default:
			continue
		}
		d := g.at(s)
		d.Rule, d.Message, d.Hint = rule, message, hint
		g.diags = append(g.diags, d)
		return false
	}
	return true
}

// unshown drops the files under content/ that no page shows, so that nothing
// is published by lying about. The settings may list files to publish all the
// same, and a template that names one uses it. Until the site is settled, it
// complains of no more files than before.
func (site *Site) unshown(old *Site) []diag.Diagnostic {
	s, texts := site.Snapshot, site.Snapshot.Files.Texts
	shown := sync.OnceValue(s.Shows)
	site.assets = slices.DeleteFunc(slices.Clone(site.assets), func(a asset) bool {
		if !strings.HasPrefix(a.disk, "content/") || shown()[a.disk] || slices.ContainsFunc(s.Site.Publish, func(p string) bool { return covers(p, a.path) }) || uses(s.Files.Templates, a.path) {
			return false
		}
		site.unnamed = append(site.unnamed, a.path)
		return true
	})
	if old != nil && !s.Settled {
		site.unnamed = slices.DeleteFunc(site.unnamed, func(p string) bool { return !slices.Contains(old.unnamed, p) })
		texts = nil
		for _, p := range s.Changed {
			if t := s.Files.Text(p); t != nil {
				texts = append(texts, t)
			}
		}
	}
	for i := 0; i < len(texts) && len(site.unnamed) > 0; i++ {
		text := texts[i].Bytes()
		site.unnamed = slices.DeleteFunc(site.unnamed, func(p string) bool { return bytes.Contains(text, []byte(path.Base(p))) }) // a draft shows it
	}
	diags := site.unmet()
	for _, p := range site.unnamed {
		diags = append(diags, diag.Diagnostic{Path: "content/" + p, Pos: file.Pos{Line: 1, Col: 1}, Severity: diag.Warning, Rule: "AS011", Message: "no page shows this file, so it is not published",
			Hint: fmt.Sprintf("link to it from a page, take it out, or list %q under publish: in site.yaml", p)})
	}
	return diags
}

// uses reports whether one of some templates names a file.
func uses(templates []*file.Text, p string) bool {
	return slices.ContainsFunc(templates, func(t *file.Text) bool { return bytes.Contains(t.Bytes(), []byte(p)) })
}

// unmet names the entries of the setting publish that no file answers to.
func (site *Site) unmet() []diag.Diagnostic {
	var diags []diag.Diagnostic
	for i, entry := range site.Snapshot.Site.Publish {
		var names []string
		met := false
		for _, a := range site.given {
			if strings.HasPrefix(a.disk, "content/") {
				names = append(names, a.path)
				met = met || covers(entry, a.path)
			}
		}
		if met {
			continue
		}
		hint := "name a file, a folder/ or a pattern such as topics/*.pdf, from content/ on; or take the entry out"
		if near := diag.Nearest(entry, names); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		diags = append(diags, site.Snapshot.Site.Origin.Diag(diag.Warning, "AS012", fmt.Sprintf("no file answers to %q", entry), hint, "publish", i))
	}
	return diags
}

// covers reports whether an entry of the setting publish names a file: itself,
// its folder, or a pattern such as topics/*.pdf.
func covers(entry, p string) bool {
	entry = strings.TrimPrefix(strings.TrimPrefix(entry, "/"), "content/")
	if strings.HasSuffix(entry, "/") {
		return strings.HasPrefix(p, entry)
	}
	ok, err := path.Match(entry, p)
	return ok && err == nil
}
