package check

import (
	"fmt"
	"slices"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/model"
	"entente/internal/record"
)

// events compares accession and withdrawal events with the statements.
func events(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for _, t := range w.Of(model.Event) {
		e := t.Event
		if d, bad := wrongBirth(w, &t); bad {
			list = append(list, d)
		}
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
		if !differ(end, e.Date) {
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

// wrongBirth reports an event of founding, end, signature or entry into force
// whose day none of the dates of the one thing that it names agrees with.
func wrongBirth(w *model.World, t *model.Thing) (diag.Diagnostic, bool) {
	e := t.Event
	type stated struct {
		date  date.Date
		field string
	}
	var of *model.Thing
	var dates []stated
	switch e.Type {
	case "founding", "dissolution":
		if len(e.Organisations) != 1 {
			return diag.Diagnostic{}, false
		}
		of, _ = w.Lookup(e.Organisations[0])
		if of == nil || of.Organisation == nil {
			return diag.Diagnostic{}, false
		}
		o := of.Organisation
		dates = []stated{{o.Founded, "founded"}, {o.InForce, "in_force"}}
		if e.Type == "dissolution" {
			dates = []stated{{o.Dissolved, "dissolved"}}
		}
	case "signature", "entry-into-force":
		if len(e.Treaties) != 1 {
			return diag.Diagnostic{}, false
		}
		of, _ = w.Lookup(e.Treaties[0])
		if of == nil || of.Treaty == nil {
			return diag.Diagnostic{}, false
		}
		dates = []stated{{of.Treaty.Signed, "signed"}}
		if e.Type == "entry-into-force" {
			dates = []stated{{of.Treaty.InForce, "in_force"}}
		}
	}
	told := false
	for _, s := range dates {
		if s.date.IsZero() {
			continue
		}
		if told = true; !differ(s.date, e.Date) || disputed(of, s.field, e.Date) || agreed(w, of, t, s.date) {
			return diag.Diagnostic{}, false
		}
	}
	if !told {
		return diag.Diagnostic{}, false
	}
	d := t.Diag(diag.Error, "DT033", fmt.Sprintf("the event says %s, the record of %s says %s (%s)", e.Date.Text(), of.Slug, dates[0].date.Text(), dates[0].field),
		"mend whichever is wrong, or state the rival date under disputes", "date")
	d.Related = append(d.Related, of.Origin.Related("the record", dates[0].field))
	return d, true
}

// agreed reports whether another event of the same type tells the date: some
// bodies were founded in several steps.
func agreed(w *model.World, of, t *model.Thing, d date.Date) bool {
	return slices.ContainsFunc(w.Events(of.ID), func(id model.ID) bool {
		other := w.Thing(id).Event
		return id != t.ID && other.Type == t.Event.Type && !differ(other.Date, d)
	})
}

// disputed reports whether a record knows the date as a rival value.
func disputed(t *model.Thing, field string, d date.Date) bool {
	var common record.Common
	switch t.Kind {
	case model.Organisation:
		common = t.Organisation.Common
	case model.Treaty:
		common = t.Treaty.Common
	}
	return slices.ContainsFunc(common.Disputes, func(x record.Dispute) bool { return x.Field == field && x.Value == d.String() })
}
