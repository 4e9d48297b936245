// Package derive works out what follows from the world and the composed
// bodies: which pages mention a thing and in which sentence, which pages are
// its neighbours and why, where a term is used and what cites a source, and
// what a state did in each year.
//
// Everything here is an inverse of something declared once elsewhere. The
// package knows nothing of HTML, addresses or files.
package derive

import (
	"cmp"
	"slices"

	"entente/internal/model"
	"entente/internal/prose"
)

// Page is a composed page: a thing and its body.
type Page struct {
	Thing model.ID
	Body  *prose.Body
}

// Web is the web of links between all pages. It is immutable.
type Web struct {
	world   *model.World
	inbound [][]Mention // ID to mentions, in order of the mentioning page
	out     [][]model.ID
	cited   [][]model.ID
}

// Mention is one page's first mention of a thing.
type Mention struct {
	From     model.ID
	Sentence string // in plain words; may be empty
	Start    int    // the linked words inside Sentence, in bytes
	End      int
	Count    int // how often the page links there
}

// Weave makes the web from all composed pages, which must be in ID order.
func Weave(w *model.World, pages []Page) *Web {
	n := len(w.Things)
	web := &Web{world: w, inbound: make([][]Mention, n), out: make([][]model.ID, n), cited: make([][]model.ID, n)}
	for _, p := range pages {
		web.add(p)
	}
	for id := range w.Things {
		t := &w.Things[id]
		for _, s := range t.Sources {
			if src, ok := w.LookupSource(s); ok {
				web.cite(src.ID, t.ID)
			}
		}
	}
	for i := range web.cited {
		slices.Sort(web.cited[i])
		web.cited[i] = slices.Compact(web.cited[i])
	}
	return web
}

// add files the links of one page under what they lead to.
func (web *Web) add(p Page) {
	if p.Body == nil {
		return
	}
	for i := range p.Body.Links {
		l := &p.Body.Links[i]
		if l.Target < 0 || model.ID(l.Target) == p.Thing {
			continue
		}
		to := model.ID(l.Target)
		if web.world.Thing(to).Kind == model.Source {
			web.cite(to, p.Thing)
			continue
		}
		list := web.inbound[to]
		if k := len(list); k > 0 && list[k-1].From == p.Thing {
			list[k-1].Count++
			continue
		}
		web.inbound[to] = append(list, Mention{From: p.Thing, Sentence: l.Context, Start: l.From, End: l.To, Count: 1})
		web.out[p.Thing] = append(web.out[p.Thing], to)
	}
}

func (web *Web) cite(source, by model.ID) { web.cited[source] = append(web.cited[source], by) }

// Mentions gives the pages that link to a thing.
func (web *Web) Mentions(id model.ID) []Mention { return web.inbound[id] }

// Links gives what a page links to, in order of first mention.
func (web *Web) Links(id model.ID) []model.ID { return web.out[id] }

// Citing gives the pages and records that rest on a source, in ID order.
func (web *Web) Citing(source model.ID) []model.ID { return web.cited[source] }

// TermsOf gives the glossary terms that a page uses, by name.
func (web *Web) TermsOf(id model.ID) []model.ID {
	var terms []model.ID
	for _, to := range web.out[id] {
		if web.world.Thing(to).Kind == model.Term {
			terms = append(terms, to)
		}
	}
	slices.SortFunc(terms, func(a, b model.ID) int {
		return cmp.Compare(web.world.Thing(a).Name, web.world.Thing(b).Name)
	})
	return terms
}
