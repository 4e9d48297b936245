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
	"iter"
	"slices"

	"entente/internal/model"
	"entente/internal/prose"
)

// Web is the web of links between all pages. It is immutable.
type Web struct {
	world   *model.World
	bodies  []*prose.Body
	inbound [][]reference // ID to the pages that link to it, in ID order
	records [][]model.ID  // ID of a source to the things whose records name it, in ID order
}

// reference is one page's links to a thing: numbers only, so that the web of
// a large site stays small and can follow a change.
type reference struct {
	from  model.ID
	first int32 // the first of the links, in the page's body
	count int32
}

// Mention is one page's first mention of a thing.
type Mention struct {
	From     model.ID
	Sentence string // in plain words; may be empty
	Start    int    // the linked words inside Sentence, in bytes
	End      int
	Count    int // how often the page links there
}

// Weave makes the web from all composed pages, by ID; nil where a thing has
// no text.
func Weave(w *model.World, bodies []*prose.Body) *Web {
	web := &Web{world: w, bodies: bodies, inbound: make([][]reference, len(w.Things)), records: citedByRecords(w)}
	counts, last := make([]int32, len(w.Things)), make([]model.ID, len(w.Things))
	total := 0
	for id, b := range bodies {
		if w.Thing(model.ID(id)).Kind == model.Help {
			continue
		}
		for to := range targets(b, model.ID(id)) {
			if last[to] != model.ID(id)+1 { // the zero value is no page's
				last[to] = model.ID(id) + 1
				counts[to]++
				total++
			}
		}
	}
	all := make([]reference, total)
	for to, n := range counts {
		web.inbound[to], all = all[:0:n], all[n:]
	}
	for id, b := range bodies {
		if w.Thing(model.ID(id)).Kind != model.Help {
			web.add(model.ID(id), b)
		}
	}
	return web
}

// targets gives what the links of a page lead to, the page itself apart, and
// the number of the link.
func targets(b *prose.Body, page model.ID) iter.Seq2[model.ID, int32] {
	return func(yield func(model.ID, int32) bool) {
		if b == nil {
			return
		}
		for i, to := range b.Targets {
			if to >= 0 && model.ID(to) != page && !yield(model.ID(to), int32(i)) {
				return
			}
		}
	}
}

// add files the links of a page, which must come after all pages in the web,
// under what they lead to.
func (web *Web) add(page model.ID, b *prose.Body) {
	for to, link := range targets(b, page) {
		list := web.inbound[to]
		if k := len(list); k > 0 && list[k-1].from == page {
			list[k-1].count++
			continue
		}
		web.inbound[to] = append(list, reference{page, link, 1})
	}
}

// Follow gives the web after some pages were composed again, given their
// bodies before; the things and their IDs are the same, their records need
// not be.
func (web *Web) Follow(w *model.World, bodies []*prose.Body, pages []model.ID, before []*prose.Body) *Web {
	next := &Web{world: w, bodies: bodies, inbound: web.inbound, records: web.records}
	own := false // most texts are saved with the links that they had
	if w != web.world {
		next.records = citedByRecords(w)
	}
	for i, page := range pages {
		if w.Thing(page).Kind == model.Help {
			continue // help is no part of the reference work
		}
		if before[i] != nil && slices.Equal(before[i].Targets, bodies[page].Targets) {
			continue
		}
		if !own {
			next.inbound, own = slices.Clone(web.inbound), true
		}
		for to := range targets(before[i], page) {
			if k, ok := find(next.inbound[to], page); ok {
				next.inbound[to] = slices.Concat(next.inbound[to][:k], next.inbound[to][k+1:])
			}
		}
		for to, link := range targets(bodies[page], page) {
			list := next.inbound[to]
			k, ok := find(list, page)
			if !ok {
				next.inbound[to] = slices.Concat(list[:k], []reference{{page, link, 1}}, list[k:])
				continue
			}
			next.inbound[to] = slices.Clone(list)
			next.inbound[to][k].count++
		}
	}
	return next
}

// Renumber gives the web with the IDs of another world, to which to leads: -1
// for what is gone. The pages with texts have the IDs that they had.
func (web *Web) Renumber(w *model.World, bodies []*prose.Body, to []int32) *Web {
	next := &Web{world: w, bodies: bodies, inbound: make([][]reference, len(w.Things)), records: citedByRecords(w)}
	for id, list := range web.inbound {
		if to[id] >= 0 {
			next.inbound[to[id]] = list
		}
	}
	return next
}

func find(list []reference, page model.ID) (int, bool) {
	return slices.BinarySearchFunc(list, page, func(r reference, id model.ID) int { return cmp.Compare(r.from, id) })
}

// citedByRecords files every record under the sources that it names.
func citedByRecords(w *model.World) [][]model.ID {
	cited := make([][]model.ID, len(w.Things))
	for id := range w.Things {
		for _, s := range w.Things[id].Sources {
			if src, ok := w.LookupSource(s); ok {
				if list := cited[src.ID]; len(list) == 0 || list[len(list)-1] != model.ID(id) {
					cited[src.ID] = append(list, model.ID(id))
				}
			}
		}
	}
	return cited
}

// Mentions gives the pages that link to a thing, at most that many, in ID
// order.
func (web *Web) Mentions(id model.ID, most int) []Mention {
	in := web.inbound[id]
	list := make([]Mention, min(most, len(in)))
	for i, r := range in[:len(list)] {
		text, start, end := web.bodies[r.from].Sentence(int(r.first))
		list[i] = Mention{From: r.from, Sentence: text, Start: start, End: end, Count: int(r.count)}
	}
	return list
}

// CountMentions gives how many pages link to a thing.
func (web *Web) CountMentions(id model.ID) int { return len(web.inbound[id]) }

// Links gives what a page links to, sources apart, in order of first mention.
func (web *Web) Links(id model.ID) []model.ID {
	var out []model.ID
	seen := map[model.ID]bool{}
	for to := range targets(web.bodies[id], id) {
		if !seen[to] && web.world.Thing(to).Kind != model.Source {
			seen[to] = true
			out = append(out, to)
		}
	}
	return out
}

// linksTo gives how often a page links to a thing.
func (web *Web) linksTo(page, to model.ID) int {
	in := web.inbound[to]
	i, ok := find(in, page)
	if !ok {
		return 0
	}
	return int(in[i].count)
}

// Citing gives the pages and records that rest on a source, in ID order.
func (web *Web) Citing(source model.ID) []model.ID {
	list := slices.Clone(web.records[source])
	for _, r := range web.inbound[source] {
		list = append(list, r.from)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// TermsOf gives the glossary terms that a page uses, by name.
func (web *Web) TermsOf(id model.ID) []model.ID {
	var terms []model.ID
	for _, to := range web.Links(id) {
		if web.world.Thing(to).Kind == model.Term {
			terms = append(terms, to)
		}
	}
	slices.SortFunc(terms, func(a, b model.ID) int {
		return cmp.Compare(web.world.Thing(a).Name, web.world.Thing(b).Name)
	})
	return terms
}
