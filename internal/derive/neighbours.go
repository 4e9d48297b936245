package derive

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// Origin says where a neighbour comes from.
type Origin string

// The origins; package lang has the words for them, under "see.".
const (
	FromAuthor   Origin = "author"
	FromData     Origin = "data"
	FromLinks    Origin = "links"
	FromGlossary Origin = "glossary"
	FromContents Origin = "contents"
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
	count int    // for the reason
	key   string // of the reason, which is put into words for the few that are shown
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
			if c.key != "" {
				c.Reason = w.Words.Say(c.key, "n", c.count)
			}
			list = append(list, c.Neighbour)
		}
	}
	return list
}

// lineage gives predecessors, successors and bodies within bodies.
func (web *Web) lineage(id model.ID) []candidate {
	w := web.world
	say := w.Words.Say
	o := w.Thing(id).Organisation
	var list []candidate
	add := func(slugs []string, reason string, score float64) {
		for _, s := range slugs {
			if t, ok := w.Lookup(s); ok {
				list = append(list, candidate{Neighbour: Neighbour{To: t.ID, Reason: reason, Origin: FromData}, score: score})
			}
		}
	}
	add(o.Predecessors, say("see.predecessor"), 3)
	add(o.Successors, say("see.successor"), 3)
	if o.PartOf != "" {
		add([]string{o.PartOf}, say("see.whole"), 2.9)
	}
	for _, p := range w.Parts(id) {
		list = append(list, candidate{Neighbour: Neighbour{To: p, Reason: say("see.part"), Origin: FromData}, score: 2.5})
	}
	for _, tr := range o.Treaties {
		if t, ok := w.Lookup(tr); ok {
			list = append(list, candidate{Neighbour: Neighbour{To: t.ID, Reason: say("see.treaty"), Origin: FromData}, score: 2.2})
		}
	}
	return list
}

// ordinary is how many memberships a state may have to make bodies neighbours,
// and a body to make states neighbours: to share what everybody has says
// nothing, and costs all pairs.
const ordinary = 300

// sharedMembers ranks bodies by shared members over the root of both sizes,
// so that small pacts do not win: the cosine of the two sets.
func (web *Web) sharedMembers(id model.ID) []candidate {
	w := web.world
	say := w.Words.Say
	mine := members(w, id)
	if len(mine) == 0 || len(mine) > 60 && len(w.Things) > 20000 {
		return nil
	}
	shared := map[model.ID]int{}
	for _, m := range mine {
		last := model.None
		theirs := w.MembershipsOf(m)
		if len(theirs) > ordinary {
			continue
		}
		for _, s := range theirs {
			if s.Body != id && s.Body != last && s.Status == model.Member {
				shared[s.Body]++
				last = s.Body
			}
		}
	}
	var list []candidate
	for _, body := range sortedKeys(shared) {
		if shared[body] < 2 {
			continue
		}
		k := len(intersection(mine, members(w, body)))
		if k < 2 {
			continue
		}
		size := len(members(w, body))
		c := candidate{Neighbour: Neighbour{To: body, Reason: say("see.shared-members", "n", k), Origin: FromData}, score: 0}
		c.score = float64(k) / math.Sqrt(float64(size)*float64(len(mine)))
		if k <= 4 {
			var names []string
			for _, m := range intersection(mine, members(w, body)) {
				names = append(names, w.Thing(m).Name)
			}
			c.Detail = say("see.list", "names", strings.Join(names, w.Words.Comma()))
		} else {
			c.Detail = say("see.of-n", "k", size)
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
	say := w.Words.Say
	var list []candidate
	s := w.Thing(id).State
	for _, kin := range []struct {
		slugs  []string
		reason string
	}{{s.ContinuedBy, say("see.same-today")}, {s.Continues, say("see.same-before")}, {s.SucceededBy, say("see.successor-state")},
		{s.SuccessorOf, say("see.predecessor-state")}, {s.MergedInto, say("see.merged")}} {
		for _, slug := range kin.slugs {
			if t, ok := w.Lookup(slug); ok {
				list = append(list, candidate{Neighbour: Neighbour{To: t.ID, Reason: kin.reason, Origin: FromData}, score: 3})
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
		if len(all) > ordinary {
			continue
		}
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
		key := "see.list"
		if len(names) > 4 {
			key, names = "see.list-more", names[:4]
		}
		detail := say(key, "names", strings.Join(names, w.Words.Comma()))
		list = append(list, candidate{
			Neighbour: Neighbour{To: other, Reason: say("see.shared-bodies", "n", len(bodies)), Detail: detail, Origin: FromData},
			score:     0.2 * float64(len(bodies)),
		})
	}
	return list
}

// treatyKin gives a treaty's organisation, and what it replaced.
func (web *Web) treatyKin(id model.ID) []candidate {
	w := web.world
	say := w.Words.Say
	tr := w.Thing(id).Treaty
	var list []candidate
	add := func(slugs []string, reason string, score float64) {
		for _, s := range slugs {
			if t, ok := w.Lookup(s); ok && t.ID != id {
				list = append(list, candidate{Neighbour: Neighbour{To: t.ID, Reason: reason, Origin: FromData}, score: score})
			}
		}
	}
	add([]string{tr.Organisation}, say("see.rests"), 3)
	add(tr.Replaces, say("see.replaced-by-this"), 2.8)
	add(tr.ReplacedBy, say("see.replaced-this"), 2.8)
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
		list = append(list, candidate{Neighbour: Neighbour{To: other, Reason: say("see.shared-parties", "n", k), Origin: FromData}, score: score})
	}
	return list
}

// series gives what an exercise or operation belongs to and comes from.
func (web *Web) series(id model.ID) []candidate {
	w := web.world
	say := w.Words.Say
	t := w.Thing(id)
	var list []candidate
	add := func(slugs []string, reason string, score float64) {
		for _, s := range slugs {
			if t, ok := w.Lookup(s); ok && t.ID != id {
				list = append(list, candidate{Neighbour: Neighbour{To: t.ID, Reason: reason, Origin: FromData}, score: score})
			}
		}
	}
	body := ""
	if x := t.Exercise; x != nil {
		add(x.Successors, say("see.its-successor"), 3)
		add(x.Predecessors, say("see.its-predecessor"), 3)
		body = x.Organisation
	} else {
		body = t.Operation.Organisation
	}
	add([]string{body}, say("see.held-under"), 2.5)
	if b, ok := w.Lookup(body); ok {
		for _, other := range slices.Concat(w.Exercises(b.ID), w.Operations(b.ID)) {
			if o := w.Thing(other); o.Kind == t.Kind {
				add([]string{o.Slug}, say("see.same-organisation"), 1)
			}
		}
	} else if t.Exercise != nil {
		for _, lead := range t.Exercise.Lead {
			if s, ok := w.Lookup(lead); ok {
				for _, other := range w.Exercises(s.ID) {
					add([]string{w.Thing(other).Slug}, say("see.also-led", "name", s.Name), 0.5)
				}
			}
		}
	}
	return list
}

// linked gives pages that link here and back, or that the text names often.
func (web *Web) linked(id model.ID) []candidate {
	w := web.world
	out := web.Links(id)
	if len(out) > 200 {
		out = out[:200]
	}
	list := make([]candidate, 0, len(out))
	for i, to := range out {
		if !w.Thing(to).Kind.HasPage() {
			continue
		}
		count := web.linksTo(id, to)
		mutual := web.linksTo(to, id) > 0
		c := candidate{Neighbour: Neighbour{To: to, Origin: FromLinks}, score: 0.1 + 0.05*float64(count) - 0.001*float64(i), count: count, key: "see.named"}
		switch {
		case mutual:
			c.key, c.score = "see.mutual", c.score+0.5
		case count > 1:
			c.key = "see.linked"
		}
		list = append(list, c)
	}
	return list
}

// siblings gives the topics beside this one in the table of contents.
func (web *Web) siblings(id model.ID) []candidate {
	w := web.world
	say := w.Words.Say
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
				Neighbour: Neighbour{To: order[k], Reason: say("see.same-part"), Detail: say("see.list", "names", w.Site.Parts[part].Title), Origin: FromContents}, score: 0.3,
			})
		}
	}
	return list
}
