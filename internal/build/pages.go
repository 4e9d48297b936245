package build

import (
	"slices"
	"strings"
	"sync"

	"entente/internal/model"
	"entente/internal/page"
)

// listing is all pages of a world.
type listing struct {
	pages  []page.Page
	byPath func() map[string]int // made when first asked for
}

func listed(w *model.World) *listing {
	l := &listing{pages: page.Pages(w)}
	l.byPath = sync.OnceValue(func() map[string]int {
		m := make(map[string]int, len(l.pages))
		for i, p := range l.pages {
			m[p.Path] = i
		}
		return m
	})
	return l
}

// same reports whether two listings have the same paths of the same makers.
func (l *listing) same(other *listing) bool {
	return slices.EqualFunc(l.pages, other.pages, func(a, b page.Page) bool {
		return a.Path == b.Path && a.Template == b.Template && (a.Thing == model.None) == (b.Thing == model.None)
	})
}

// listed gives all pages; none where none can be rendered.
func (site *Site) listed() []page.Page {
	if site.list == nil {
		return nil
	}
	return site.list().pages
}

// only gives the thing to which alone a page belongs; nil when there is none.
func (site *Site) only(name string) *model.Thing {
	address, ok := strings.CutSuffix(name, "index.html")
	w := site.Snapshot.World
	if !ok || slices.Contains(model.Generated(), address) || slices.ContainsFunc(w.Redirects(), func(r model.Redirect) bool { return r.From == address }) {
		return nil
	}
	var found *model.Thing
	for i := range w.Things {
		if t := &w.Things[i]; t.Path == address && t.Kind.HasPage() {
			if found != nil {
				return nil
			}
			found = t
		}
	}
	return found
}

// page finds a page by its path. That of a thing, which somebody waits for, is
// found without listing all.
func (site *Site) page(name string) (page.Page, bool) {
	if site.list == nil {
		return page.Page{}, false
	}
	if t := site.only(name); t != nil {
		return page.Of(t), true
	}
	l := site.list()
	i, ok := l.byPath()[name]
	if !ok {
		return page.Page{}, false
	}
	return l.pages[i], true
}

// Files lists the files of the site, in order.
func (site *Site) Files() []string {
	names := []string{workerFile}
	for _, p := range site.listed() {
		names = append(names, p.Path)
	}
	for _, a := range site.assets {
		names = append(names, a.path)
	}
	if site.index != nil {
		for _, f := range site.index() {
			names = append(names, f.Path)
		}
	}
	slices.Sort(names)
	return names
}

// Pages gives how many HTML pages the site has.
func (site *Site) Pages() int {
	n := 0
	for _, p := range site.listed() {
		if p.Template != "" {
			n++
		}
	}
	return n
}
