package check

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/model"
)

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
				list = append(list, first.Diag(diag.Error, "DT020", fmt.Sprintf("%s lead in a ring: %s", rel.field, strings.Join(append(names, names[0]), " to ")),
					"take one of the links out", rel.field))
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
		pair := func(from, until date.Date, field string, strict bool, path ...any) {
			p := date.Period{From: from, Until: until}
			if from.IsZero() || until.IsZero() {
				return
			}
			if date.Before(until, from) == date.Yes || strict && p.Empty() == date.Yes {
				msg := fmt.Sprintf("%s %s is not after %s", field, until.Text(), from.Text())
				hint := "a period ends on the first day that no longer counts"
				if !strict {
					msg, hint = fmt.Sprintf("%s %s is before %s", field, until.Text(), from.Text()), ""
				}
				list = append(list, t.Diag(diag.Error, "DT021", msg, hint, path...))
			}
		}
		switch t.Kind {
		case model.State:
			pair(t.State.Exists.From, t.State.Exists.Until, "until", true, "exists", "until")
		case model.Organisation:
			o := t.Organisation
			pair(o.Founded, o.Dissolved, "dissolved", true, "dissolved")
			for j, m := range o.Members {
				pair(m.From, m.Until, "until", true, "members", j, "until")
			}
			for j, p := range o.Participation {
				pair(p.From, p.Until, "until", true, "participation", j, "until")
			}
		case model.Treaty:
			pair(t.Treaty.Signed, t.Treaty.InForce, "in_force", false, "in_force")
			pair(t.Treaty.Signed, t.Treaty.Terminated, "terminated", false, "terminated")
		case model.Exercise:
			pair(t.Exercise.First, t.Exercise.Last, "last", false, "last")
			for j, e := range t.Exercise.Editions {
				pair(e.From, e.Until, "until", false, "editions", j, "until")
			}
		case model.Operation:
			pair(t.Operation.From, t.Operation.Until, "until", true, "until")
		case model.Event:
			pair(t.Event.Date, t.Event.End, "end", false, "end")
		}
	}
	return list
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
		if date.Before(m.Period.From, o.Founded) == date.Yes {
			d := t.Diag(diag.Error, "DT030", fmt.Sprintf("%s joins on %s, before %s was founded on %s", m.Record.Member, m.Period.From.Text(), t.Label(), o.Founded.Text()),
				"mend one of the two dates", "members", m.Index, "from")
			d.Related = append(d.Related, t.Origin.Related("founded", "founded"))
			list = append(list, d)
		}
		if o.Dissolved.IsZero() {
			continue
		}
		if m.Period.Until.IsZero() || date.Before(o.Dissolved, m.Period.Until) == date.Yes {
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
		if date.Before(m.Period.From, life.From) == date.Yes {
			d := t.Diag(diag.Error, "DT031", fmt.Sprintf("%s joins on %s, before it exists (from %s)", who.Slug, m.Period.From.Text(), life.From.Text()),
				"mend the date, or mark the membership pre_independence: true", "members", m.Index, "from")
			d.Related = append(d.Related, who.Origin.Related("exists from", "exists", "from"))
			list = append(list, d)
		}
		if life.Until.IsZero() || m.Status.Overlay() {
			continue
		}
		if m.Period.Until.IsZero() || date.Before(life.Until, m.Period.Until) == date.Yes {
			d := t.Diag(diag.Error, "DT031", fmt.Sprintf("%s stays a member after it ceased to exist on %s", who.Slug, life.Until.Text()),
				"end the membership", "members", m.Index)
			d.Related = append(d.Related, who.Origin.Related("existed until", "exists", "until"))
			list = append(list, d)
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
			list = append(list, w.Thing(m.Body).Diag(diag.Error, "DT032", fmt.Sprintf("%s is %s without being a member", m.Record.Member, m.Status),
				"add the membership that this describes", "members", m.Index))
		}
	}
	return list
}

// events compares accession and withdrawal events with the statements.
func events(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for _, t := range w.Of(model.Event) {
		e := t.Event
		if e.Type != "accession" && e.Type != "withdrawal" || !e.End.IsZero() {
			continue
		}
		for _, slug := range e.Organisations {
			body, ok := w.Lookup(slug)
			if !ok || body.Organisation == nil {
				continue
			}
			for i, member := range e.States {
				if d, bad := disagreement(w, &t, body, member, i); bad {
					list = append(list, d)
				}
			}
		}
	}
	return list
}

// disagreement reports an event that no membership of the member agrees
// with, when there is a membership it could agree with.
func disagreement(w *model.World, t, body *model.Thing, member string, index int) (diag.Diagnostic, bool) {
	e := t.Event
	var hits []model.Membership
	for _, m := range w.MembersOf(body.ID) {
		if m.Record.Member != member || m.Status.Overlay() {
			continue
		}
		end := m.Period.From
		if e.Type == "withdrawal" {
			end = m.Period.Until
		}
		if end.IsZero() {
			continue
		}
		if date.Same(end, e.Date) != date.No {
			return diag.Diagnostic{}, false
		}
		hits = append(hits, m)
	}
	if len(hits) == 0 {
		return diag.Diagnostic{}, false
	}
	word, field := "joined", "from"
	end := hits[0].Period.From
	if e.Type == "withdrawal" {
		word, field, end = "left", "until", hits[0].Period.Until
	}
	d := t.Diag(diag.Error, "DT033", fmt.Sprintf("the event says that %s %s %s on %s, the membership says %s", member, word, body.Slug, e.Date.Text(), end.Text()),
		"mend whichever is wrong", "date")
	d.Related = append(d.Related, body.Origin.Related("the membership", "members", hits[0].Index, field))
	return d, true
}
