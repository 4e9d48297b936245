package check

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/model"
)

// before reports whether a is before b in every reading: a date that is about
// or uncertain has readings on both sides.
func before(a, b date.Date) bool {
	return date.Before(a, b) == date.Yes && sure(a) && sure(b)
}

// differ reports whether no reading of two dates is the same day.
func differ(a, b date.Date) bool { return date.Same(a, b) == date.No && sure(a) && sure(b) }

func sure(d date.Date) bool { return !d.Approximate() && !d.Uncertain() }

// cycles finds rings of successors.
func cycles(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for _, rel := range []struct {
		kind  model.Kind
		field string
		next  func(*model.Thing) []string
	}{
		{model.Organisation, "successors", func(t *model.Thing) []string { return t.Organisation.Successors }},
		{model.Exercise, "successors", func(t *model.Thing) []string { return t.Exercise.Successors }},
		{model.Treaty, "replaced_by", func(t *model.Thing) []string { return t.Treaty.ReplacedBy }},
		{model.State, "succeeded_by", func(t *model.Thing) []string { return t.State.SucceededBy }},
		{model.State, "continued_by", func(t *model.Thing) []string { return t.State.ContinuedBy }},
		{model.Organisation, "part_of", func(t *model.Thing) []string { return []string{t.Organisation.PartOf} }},
	} {
		done := map[model.ID]bool{}
		for _, t := range w.Of(rel.kind) {
			if ring := findRing(w, t.ID, rel.next, nil, done); ring != nil {
				var names []string
				for _, id := range ring {
					names = append(names, w.Thing(id).Slug)
					done[id] = true
				}
				first := w.Thing(slices.Min(ring))
				d := first.Diag(diag.Error, "DT020", fmt.Sprintf("%s lead in a ring: %s", rel.field, strings.Join(append(names, names[0]), " to ")),
					"take one of the links out", rel.field)
				for _, id := range ring {
					if id != first.ID || len(ring) == 1 {
						d.Related = append(d.Related, w.Thing(id).Origin.Related("also in the ring", rel.field))
					}
				}
				list = append(list, d)
			}
		}
	}
	return list
}

// findRing follows a relation and gives the ring it runs into, if any.
func findRing(w *model.World, id model.ID, next func(*model.Thing) []string, path []model.ID, done map[model.ID]bool) []model.ID {
	if i := slices.Index(path, id); i >= 0 {
		return path[i:]
	}
	if done[id] {
		return nil
	}
	path = append(path, id)
	for _, slug := range next(w.Thing(id)) {
		t, ok := w.Lookup(slug)
		if !ok || t.Kind != w.Thing(id).Kind {
			continue
		}
		if ring := findRing(w, t.ID, next, path, done); ring != nil {
			return ring
		}
	}
	done[id] = true
	return nil
}

// order checks pairs of dates within one record.
func order(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for i := range w.Things {
		t := &w.Things[i]
		pair := func(from, until date.Date, field string, strict bool, begin []any, path ...any) {
			p := date.Period{From: from, Until: until}
			if from.IsZero() || until.IsZero() {
				return
			}
			if before(until, from) || strict && p.Empty() == date.Yes && sure(from) && sure(until) {
				msg := fmt.Sprintf("%s %s is not after %s", field, until.Text(), from.Text())
				hint := "a period ends on the first day that no longer counts"
				if !strict {
					msg, hint = fmt.Sprintf("%s %s is before %s", field, until.Text(), from.Text()), ""
				}
				d := t.Diag(diag.Error, "DT021", msg, hint, path...)
				d.Related = append(d.Related, t.Origin.Related("the beginning", begin...))
				list = append(list, d)
			}
		}
		pairsOf(t, pair)
	}
	return list
}

// pairsOf names all pairs of beginning and end in one record. A strict pair
// must not be empty: its end is the first day that no longer counts.
func pairsOf(t *model.Thing, pair func(from, until date.Date, field string, strict bool, begin []any, path ...any)) {
	at := func(path ...any) []any { return path }
	switch t.Kind {
	case model.State:
		pair(t.State.Exists.From, t.State.Exists.Until, "until", true, at("exists", "from"), "exists", "until")
		for j, n := range t.State.FormerNames {
			pair(n.From, n.Until, "until", true, at("former_names", j, "from"), "former_names", j, "until")
		}
		for j, c := range t.State.COWCodes {
			pair(c.From, c.Until, "until", true, at("cow_codes", j, "from"), "cow_codes", j, "until")
		}
	case model.Organisation:
		o := t.Organisation
		pair(o.Founded, o.Dissolved, "dissolved", true, at("founded"), "dissolved")
		pair(o.Founded, o.InForce, "in_force", false, at("founded"), "in_force")
		for j, m := range o.Members {
			pair(m.From, m.Until, "until", true, at("members", j, "from"), "members", j, "until")
		}
		for j, p := range o.Participation {
			pair(p.From, p.Until, "until", true, at("participation", j, "from"), "participation", j, "until")
		}
	case model.Treaty:
		r := t.Treaty
		pair(r.Signed, r.InForce, "in_force", false, at("signed"), "in_force")
		pair(r.Signed, r.Terminated, "terminated", false, at("signed"), "terminated")
		for j, p := range r.Parties {
			pair(p.Signed, p.Ratified, "ratified", false, at("parties", j, "signed"), "parties", j, "ratified")
			pair(p.Signed, p.InForce, "in_force", false, at("parties", j, "signed"), "parties", j, "in_force")
			pair(p.From, p.Until, "until", true, at("parties", j, "from"), "parties", j, "until")
		}
	case model.Exercise:
		x := t.Exercise
		pair(x.First, x.Last, "last", false, at("first"), "last")
		for j, e := range x.Editions {
			pair(e.From, e.Until, "until", false, at("editions", j, "from"), "editions", j, "until")
			pair(x.First, e.From, "edition", false, at("first"), "editions", j, "from")
			pair(e.From, x.Last, "last", false, at("editions", j, "from"), "last")
		}
	case model.Operation:
		pair(t.Operation.From, t.Operation.Until, "until", true, at("from"), "until")
	case model.Event:
		pair(t.Event.Date, t.Event.End, "end", false, at("date"), "end")
	}
}

// doubles finds two memberships of one member in one body that overlap.
func doubles(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for _, t := range w.Of(model.Organisation) {
		type key struct {
			member model.ID
			status model.Status
		}
		seen := map[key][]model.Membership{}
		for _, m := range w.MembersOf(t.ID) {
			k := key{m.Member, m.Status}
			for _, old := range seen[k] {
				if old.Period.Overlaps(m.Period) == date.Yes {
					d := t.Diag(diag.Error, "DT024", fmt.Sprintf("%s is a %s twice at the same time", w.Thing(m.Member).Slug, m.Status),
						"end the first membership before the second begins", "members", m.Index)
					d.Related = append(d.Related, t.Origin.Related("the other membership", "members", old.Index))
					list = append(list, d)
					break
				}
			}
			seen[k] = append(seen[k], m)
		}
	}
	return list
}

// lifetimes compares memberships with the life of the body.
func lifetimes(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for _, m := range w.Memberships {
		t := w.Thing(m.Body)
		o := t.Organisation
		if m.Status.Overlay() {
			continue
		}
		if before(m.Period.From, o.Founded) {
			d := t.Diag(diag.Error, "DT030", fmt.Sprintf("%s joins on %s, before %s was founded on %s", m.Record.Member, m.Period.From.Text(), t.Label(), o.Founded.Text()),
				"mend one of the two dates", "members", m.Index, "from")
			d.Related = append(d.Related, t.Origin.Related("founded", "founded"))
			list = append(list, d)
		}
		if o.Dissolved.IsZero() {
			continue
		}
		if m.Period.Until.IsZero() || before(o.Dissolved, m.Period.Until) {
			d := t.Diag(diag.Error, "DT030", fmt.Sprintf("the membership of %s outlasts %s, which ended on %s", m.Record.Member, t.Label(), o.Dissolved.Text()),
				"end the membership with the body", "members", m.Index)
			d.Related = append(d.Related, t.Origin.Related("ended", "dissolved"))
			list = append(list, d)
		}
	}
	return list
}

// existence compares memberships with the life of the member.
func existence(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for _, m := range w.Memberships {
		who := w.Thing(m.Member)
		if who.State == nil || m.Record.PreIndependence {
			continue
		}
		t, life := w.Thing(m.Body), who.State.Exists
		if before(m.Period.From, life.From) {
			d := t.Diag(diag.Error, "DT031", fmt.Sprintf("%s joins on %s, before it exists (from %s)", who.Slug, m.Period.From.Text(), life.From.Text()),
				"mend the date, or mark the membership pre_independence: true", "members", m.Index, "from")
			d.Related = append(d.Related, who.Origin.Related("exists from", "exists", "from"))
			list = append(list, d)
		}
		if life.Until.IsZero() || m.Status.Overlay() {
			continue
		}
		if m.Period.Until.IsZero() || before(life.Until, m.Period.Until) {
			d := t.Diag(diag.Error, "DT031", fmt.Sprintf("%s stays a member after it ceased to exist on %s", who.Slug, life.Until.Text()),
				"end the membership", "members", m.Index)
			d.Related = append(d.Related, who.Origin.Related("existed until", "exists", "until"))
			list = append(list, d)
		}
	}
	return list
}

// partiesExist compares the signature of a treaty with the lives of its
// parties. Who acceded later has a day of its own.
func partiesExist(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for i := range w.Of(model.Treaty) {
		t := &w.Of(model.Treaty)[i]
		for j, p := range t.Treaty.Parties {
			who, ok := w.Lookup(p.Member)
			if !ok || who.State == nil {
				continue
			}
			first, field := p.Signed, "signed"
			for _, other := range []struct {
				d    date.Date
				name string
			}{{p.Acceded, "acceded"}, {p.From, "from"}} {
				if first.IsZero() {
					first, field = other.d, other.name
				}
			}
			exists := who.State.Exists
			if !first.IsZero() && before(first, exists.From) {
				d := t.Diag(diag.Error, "DT031", fmt.Sprintf("%s is a party from %s, before it exists (from %s)", who.Slug, first.Text(), exists.From.Text()), "mend one of the two dates", "parties", j, field)
				d.Related = append(d.Related, who.Origin.Related("exists from", "exists", "from"))
				list = append(list, d)
			}
			if !exists.Until.IsZero() && before(exists.Until, t.Treaty.Signed) {
				d := t.Diag(diag.Error, "DT031", fmt.Sprintf("%s is a party to what was signed on %s, after it ended on %s", who.Slug, t.Treaty.Signed.Text(), exists.Until.Text()), "name its successor, or mend one of the two dates", "parties", j)
				d.Related = append(d.Related, who.Origin.Related("existed until", "exists", "until"))
				list = append(list, d)
			}
		}
	}
	return list
}

// overlays demands a membership under every overlay.
func overlays(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for _, m := range w.Memberships {
		if !m.Status.Overlay() {
			continue
		}
		carried := slices.ContainsFunc(w.MembersOf(m.Body), func(x model.Membership) bool {
			return x.Member == m.Member && !x.Status.Overlay() && x.Period.Overlaps(m.Period) != date.No
		})
		if !carried {
			list = append(list, uncarried(w, m.Body, fmt.Sprintf("%s is %s without being a member", m.Record.Member, m.Status), m.Member, "members", m.Index))
		}
	}
	for i := range w.Of(model.Organisation) {
		t := &w.Of(model.Organisation)[i]
		if !t.Organisation.MembersComplete {
			continue
		}
		for j, p := range t.Organisation.Participation {
			who, ok := w.Lookup(p.Member)
			around := date.Period{From: p.From, Until: p.Until}
			carried := slices.ContainsFunc(w.MembersOf(t.ID), func(x model.Membership) bool {
				return ok && x.Member == who.ID && !x.Status.Overlay() && x.Period.Overlaps(around) != date.No
			})
			if ok && !carried {
				list = append(list, uncarried(w, t.ID, fmt.Sprintf("%s takes part in %s without being a member then", p.Member, p.Aspect), who.ID, "participation", j))
			}
		}
	}
	return list
}

// uncarried reports a statement about a membership that there is not, beside
// the one that comes nearest.
func uncarried(w *model.World, body model.ID, message string, who model.ID, path ...any) diag.Diagnostic {
	t := w.Thing(body)
	d := t.Diag(diag.Error, "DT032", message, "add the membership that this describes, or mend its dates", path...)
	related := t.Origin.Related("the members", "members")
	for _, m := range w.MembersOf(body) {
		if m.Member == who && !m.Status.Overlay() {
			related = t.Origin.Related("the membership", "members", m.Index)
		}
	}
	d.Related = append(d.Related, related)
	return d
}
