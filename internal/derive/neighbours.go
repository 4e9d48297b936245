package derive

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// Origin says where a neighbour comes from.
type Origin string

// The origins, as the reader sees them.
const (
	FromAuthor   Origin = "Linked by the author"
	FromData     Origin = "From the data"
	FromLinks    Origin = "From the links"
	FromGlossary Origin = "From the glossary"
	FromContents Origin = "From the table of contents"
)

// Neighbour is a page worth reading next, with the reason in words.
type Neighbour struct {
	To     model.ID
	Reason string // "10 shared members"
	Detail string // ", of 12"; may be empty
	Origin Origin
}

// MaxNeighbours is how many neighbours a page shows at most.
const MaxNeighbours = 6

type candidate struct {
	Neighbour
	score float64
}

// Neighbours gives the see-also list of a page: the author's first, then
// what the data, the links and the table of contents suggest, strongest
// first, each page once.
func (web *Web) Neighbours(id model.ID) []Neighbour {
	w := web.world
	t := w.Thing(id)
	var list []Neighbour
	seen := map[model.ID]bool{id: true}
	for _, s := range t.SeeAlso {
		to, ok := w.Lookup(s.Page)
		if !ok || seen[to.ID] {
			continue
		}
		seen[to.ID] = true
		list = append(list, Neighbour{To: to.ID, Reason: s.Why, Origin: FromAuthor})
	}
	var found []candidate
	switch t.Kind {
	case model.Organisation:
		found = append(found, web.lineage(id)...)
		found = append(found, web.sharedMembers(id)...)
	case model.State:
		found = append(found, web.sharedBodies(id)...)
	case model.Treaty:
		found = append(found, web.treatyKin(id)...)
	case model.Exercise, model.Operation:
		found = append(found, web.series(id)...)
	}
	found = append(found, web.linked(id)...)
	found = append(found, web.siblings(id)...)
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.To, b.To))
	})
	for _, c := range found {
		if len(list) >= MaxNeighbours {
			break
		}
		if !seen[c.To] {
			seen[c.To] = true
			list = append(list, c.Neighbour)
		}
	}
	return list
}

// lineage gives predecessors, successors and bodies within bodies.
func (web *Web) lineage(id model.ID) []candidate {
	w := web.world
	o := w.Thing(id).Organisation
	var list []candidate
	add := func(slugs []string, reason string, score float64) {
		for _, s := range slugs {
			if t, ok := w.Lookup(s); ok {
				list = append(list, candidate{Neighbour{To: t.ID, Reason: reason, Origin: FromData}, score})
			}
		}
	}
	add(o.Predecessors, "Predecessor", 3)
	add(o.Successors, "Successor", 3)
	if o.PartOf != "" {
		add([]string{o.PartOf}, "The body it belongs to", 2.9)
	}
	for _, p := range w.Parts(id) {
		list = append(list, candidate{Neighbour{To: p, Reason: "Part of it", Origin: FromData}, 2.5})
	}
	for _, tr := range o.Treaties {
		if t, ok := w.Lookup(tr); ok {
			list = append(list, candidate{Neighbour{To: t.ID, Reason: "Its treaty", Origin: FromData}, 2.2})
		}
	}
	return list
}

// sharedMembers ranks bodies by shared members over the root of both sizes,
// so that small pacts do not win: the cosine of the two sets.
func (web *Web) sharedMembers(id model.ID) []candidate {
	w := web.world
	mine := members(w, id)
	if len(mine) == 0 || len(mine) > 60 && len(w.Things) > 20000 {
		return nil
	}
	shared := map[model.ID]int{}
	for _, m := range mine {
		last := model.None
		for _, s := range w.MembershipsOf(m) {
			if s.Body != id && s.Body != last && s.Status == model.Member {
				shared[s.Body]++
				last = s.Body
			}
		}
	}
	var list []candidate
	for _, body := range sortedKeys(shared) {
		k := len(intersection(mine, members(w, body)))
		if k < 2 {
			continue
		}
		size := len(members(w, body))
		c := candidate{Neighbour{To: body, Reason: fmt.Sprintf("%d shared members", k), Origin: FromData}, 0}
		c.score = float64(k) / math.Sqrt(float64(size)*float64(len(mine)))
		if k <= 4 {
			var names []string
			for _, m := range intersection(mine, members(w, body)) {
				names = append(names, w.Thing(m).Name)
			}
			c.Detail = ": " + strings.Join(names, ", ")
		} else {
			c.Detail = fmt.Sprintf(", of %d", size)
		}
		list = append(list, c)
	}
	return list
}

// members gives everyone who ever was a full member, in ID order.
func members(w *model.World, body model.ID) []model.ID {
	var ids []model.ID
	for _, m := range w.MembersOf(body) {
		if m.Status == model.Member {
			ids = append(ids, m.Member)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func intersection(a, b []model.ID) []model.ID {
	var out []model.ID
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			out = append(out, x)
		}
	}
	return out
}

func sortedKeys(m map[model.ID]int) []model.ID {
	keys := make([]model.ID, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// sharedBodies ranks states by the bodies to which both belong now, or, for
// a state that is gone, ever did.
func (web *Web) sharedBodies(id model.ID) []candidate {
	w := web.world
	var list []candidate
	s := w.Thing(id).State
	for _, kin := range []struct {
		slugs  []string
		reason string
	}{{s.ContinuedBy, "The same state today"}, {s.Continues, "The same state before"}, {s.SucceededBy, "Successor state"},
		{s.SuccessorOf, "Predecessor state"}, {s.MergedInto, "Merged into it"}} {
		for _, slug := range kin.slugs {
			if t, ok := w.Lookup(slug); ok {
				list = append(list, candidate{Neighbour{To: t.ID, Reason: kin.reason, Origin: FromData}, 3})
			}
		}
	}
	shared := map[model.ID][]model.ID{}
	budget := 20000 // statements looked at; a state in 2,000 bodies must not cost a second
	for _, m := range w.MembershipsOf(id) {
		if m.Status != model.Member || m.Period.Contains(w.AsOf) != date.Yes {
			continue
		}
		all := w.MembersOf(m.Body)
		if budget -= len(all); budget < 0 {
			break
		}
		for _, x := range all {
			if x.Member != id && x.Status == model.Member && x.Period.Contains(w.AsOf) == date.Yes {
				if l := shared[x.Member]; len(l) == 0 || l[len(l)-1] != m.Body {
					shared[x.Member] = append(l, m.Body)
				}
			}
		}
	}
	var ids []model.ID
	for other, bodies := range shared {
		if len(bodies) >= 2 {
			ids = append(ids, other)
		}
	}
	slices.Sort(ids)
	for _, other := range ids {
		bodies := shared[other]
		var names []string
		for _, b := range bodies {
			names = append(names, w.Thing(b).Label())
		}
		detail := ": " + strings.Join(names[:min(4, len(names))], ", ")
		if len(names) > 4 {
			detail += " and others"
		}
		list = append(list, candidate{
			Neighbour{To: other, Reason: fmt.Sprintf("%d shared bodies", len(bodies)), Detail: detail, Origin: FromData},
			0.2 * float64(len(bodies)),
		})
	}
	return list
}

// treatyKin gives a treaty's organisation, and what it replaced.
func (web *Web) treatyKin(id model.ID) []candidate {
	w := web.world
	tr := w.Thing(id).Treaty
	var list []candidate
	add := func(slugs []string, reason string, score float64) {
		for _, s := range slugs {
			if t, ok := w.Lookup(s); ok && t.ID != id {
				list = append(list, candidate{Neighbour{To: t.ID, Reason: reason, Origin: FromData}, score})
			}
		}
	}
	add([]string{tr.Organisation}, "The body that rests on it", 3)
	add(tr.Replaces, "Replaced by this treaty", 2.8)
	add(tr.ReplacedBy, "Replaced this treaty", 2.8)
	shared := map[model.ID]int{}
	for _, p := range tr.Parties {
		who, ok := w.Lookup(p.Member)
		if !ok || len(w.Treaties(who.ID)) > 200 {
			continue
		}
		for _, other := range w.Treaties(who.ID) {
			if other != id {
				shared[other]++
			}
		}
	}
	for _, other := range sortedKeys(shared) {
		k, size := shared[other], len(w.Thing(other).Treaty.Parties)
		if k < 2 {
			continue
		}
		score := float64(k) / math.Sqrt(float64(max(size, k))*float64(len(tr.Parties)))
		list = append(list, candidate{Neighbour{To: other, Reason: fmt.Sprintf("%d shared parties", k), Origin: FromData}, score})
	}
	return list
}

// series gives what an exercise or operation belongs to and comes from.
func (web *Web) series(id model.ID) []candidate {
	w := web.world
	t := w.Thing(id)
	var list []candidate
	add := func(slugs []string, reason string, score float64) {
		for _, s := range slugs {
			if t, ok := w.Lookup(s); ok && t.ID != id {
				list = append(list, candidate{Neighbour{To: t.ID, Reason: reason, Origin: FromData}, score})
			}
		}
	}
	body := ""
	if x := t.Exercise; x != nil {
		add(x.Successors, "Its successor", 3)
		add(x.Predecessors, "Its predecessor", 3)
		body = x.Organisation
	} else {
		body = t.Operation.Organisation
	}
	add([]string{body}, "Held under it", 2.5)
	if b, ok := w.Lookup(body); ok {
		for _, other := range slices.Concat(w.Exercises(b.ID), w.Operations(b.ID)) {
			if o := w.Thing(other); o.Kind == t.Kind {
				add([]string{o.Slug}, "Same organisation", 1)
			}
		}
	} else if t.Exercise != nil {
		for _, lead := range t.Exercise.Lead {
			if s, ok := w.Lookup(lead); ok {
				for _, other := range w.Exercises(s.ID) {
					add([]string{w.Thing(other).Slug}, "Also led by "+s.Name, 0.5)
				}
			}
		}
	}
	return list
}

// linked gives pages that link here and back, or that the text names often.
func (web *Web) linked(id model.ID) []candidate {
	w := web.world
	var list []candidate
	out := web.Links(id)
	if len(out) > 200 {
		out = out[:200]
	}
	for i, to := range out {
		if !w.Thing(to).Kind.HasPage() {
			continue
		}
		count := web.linksTo(id, to)
		mutual := web.linksTo(to, id) > 0
		c := candidate{Neighbour{To: to, Origin: FromLinks}, 0.1 + 0.05*float64(count) - 0.001*float64(i)}
		switch {
		case mutual:
			c.Reason, c.score = "Each page names the other", c.score+0.5
		case count > 1:
			c.Reason = fmt.Sprintf("Linked %d times here", count)
		default:
			c.Reason = "Named on this page"
		}
		list = append(list, c)
	}
	return list
}

// siblings gives the topics beside this one in the table of contents.
func (web *Web) siblings(id model.ID) []candidate {
	w := web.world
	part := w.Part(id)
	if part < 0 {
		return nil
	}
	var list []candidate
	order := w.Topics()
	at := w.Place(id)
	for _, k := range []int{at + 1, at - 1} {
		if k >= 0 && k < len(order) && w.Part(order[k]) == part {
			list = append(list, candidate{
				Neighbour{To: order[k], Reason: "Same part", Detail: ": " + w.Site.Parts[part].Title, Origin: FromContents}, 0.3,
			})
		}
	}
	return list
}
