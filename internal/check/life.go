package check

import (
	"fmt"
	"slices"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/model"
	"entente/internal/record"
)

// life is when a thing was there: from its beginning to its end.
func life(t *model.Thing) date.Period { return date.Period{From: t.Began(), Until: t.EndDate()} }

// beginField and endField name the fields of a thing's life.
func beginField(t *model.Thing) []any {
	switch t.Kind {
	case model.State:
		return []any{"exists", "from"}
	case model.Organisation:
		return []any{"founded"}
	case model.Treaty:
		return []any{"signed"}
	case model.Exercise:
		return []any{"first"}
	case model.Event:
		return []any{"date"}
	}
	return []any{"from"}
}

func endField(t *model.Thing) []any {
	switch t.Kind {
	case model.State:
		return []any{"exists", "until"}
	case model.Organisation:
		return []any{"dissolved"}
	case model.Treaty:
		return []any{"terminated"}
	case model.Exercise:
		return []any{"last"}
	case model.Event:
		return []any{"end"}
	}
	return []any{"until"}
}

// parts compares what stands inside something with the whole: a body with the
// body around it, an operation or exercise with the body that holds it.
func parts(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for i := range w.Things {
		t := &w.Things[i]
		slug, field := "", "organisation"
		switch t.Kind {
		case model.Organisation:
			slug, field = t.Organisation.PartOf, "part_of"
		case model.Exercise:
			slug = t.Exercise.Organisation
		case model.Operation:
			slug = t.Operation.Organisation
		}
		whole, ok := w.Lookup(slug)
		if slug == "" || !ok || whole.Organisation == nil {
			continue
		}
		around, mine := life(whole), life(t)
		if before(mine.From, around.From) {
			d := t.Diag(diag.Error, "DT035", fmt.Sprintf("%s begins on %s, before %s, of which it is part, on %s", t.Label(), mine.From.Text(), whole.Label(), around.From.Text()),
				"mend one of the two dates, or the "+field, beginField(t)...)
			d.Related = append(d.Related, whole.Origin.Related("the whole begins", beginField(whole)...))
			list = append(list, d)
		}
		if !around.Until.IsZero() && !mine.Until.IsZero() && before(around.Until, mine.Until) {
			d := t.Diag(diag.Error, "DT035", fmt.Sprintf("%s ends on %s, after %s, of which it is part, on %s", t.Label(), mine.Until.Text(), whole.Label(), around.Until.Text()),
				"mend one of the two dates, or the "+field, endField(t)...)
			d.Related = append(d.Related, whole.Origin.Related("the whole ends", endField(whole)...))
			list = append(list, d)
		}
	}
	return list
}

// successions demands that a successor does not begin before what it follows.
func successions(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for i := range w.Things {
		t := &w.Things[i]
		for _, s := range successorsOf(t) {
			next, ok := w.Lookup(s.slug)
			if !ok || next.Kind != t.Kind {
				continue
			}
			from, to := life(t), life(next)
			switch {
			case before(to.From, from.From):
				d := next.Diag(diag.Error, "DT037", fmt.Sprintf("%s begins on %s, before %s, which it follows, on %s", next.Label(), to.From.Text(), t.Label(), from.From.Text()),
					"mend one of the two dates, or turn the succession round", beginField(next)...)
				d.Related = append(d.Related, t.Origin.Related("what it follows begins", beginField(t)...))
				list = append(list, d)
			case !to.Until.IsZero() && before(to.Until, from.From):
				d := next.Diag(diag.Error, "DT037", fmt.Sprintf("%s ends before %s, which it follows, begins", next.Label(), t.Label()), "turn the succession round", endField(next)...)
				d.Related = append(d.Related, t.Origin.Related("what it follows begins", beginField(t)...))
				list = append(list, d)
			}
		}
	}
	return list
}

type successor struct{ slug, field string }

func successorsOf(t *model.Thing) []successor {
	var list []successor
	add := func(field string, slugs []string) {
		for _, s := range slugs {
			list = append(list, successor{s, field})
		}
	}
	switch t.Kind {
	case model.Organisation:
		add("successors", t.Organisation.Successors)
	case model.Exercise:
		add("successors", t.Exercise.Successors)
	case model.Treaty:
		add("replaced_by", t.Treaty.ReplacedBy)
	case model.State:
		add("succeeded_by", t.State.SucceededBy)
	}
	return list
}

// pledges compares who owes what to whom: a pledge among allies is owed back
// unless the record says that it is one-sided, and only those who take part
// can owe it.
func pledges(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	for i := range w.Things {
		t := &w.Things[i]
		obligations, bound := pledged(w, t)
		for j, o := range obligations {
			for side, slugs := range [][]string{o.Owed, o.OwedTo} {
				field := []string{"owed_by", "owed_to"}[side]
				for k, slug := range slugs {
					if len(bound) > 0 && !slices.Contains(bound, slug) {
						d := t.Diag(diag.Error, "DT036", fmt.Sprintf("%s is no member or party, and cannot stand in %s", slug, field), "add the membership, or take it out", "obligations", j, field, k)
						d.Related = append(d.Related, t.Origin.Related("those bound", boundField(t)))
						list = append(list, d)
					}
				}
			}
			if o.OneSided || len(o.Owed) == 0 || len(o.OwedTo) == 0 {
				continue
			}
			for k, slug := range o.Owed {
				if !slices.Contains(o.OwedTo, slug) && !owedBack(obligations, o.Kind, slug) {
					d := t.Diag(diag.Error, "DT036", fmt.Sprintf("%s owes %s and is owed nothing", slug, o.Kind),
						"add it to owed_to, or mark the obligation one_sided: true", "obligations", j, "owed_by", k)
					d.Related = append(d.Related, t.Origin.Related("to whom it is owed", "obligations", j, "owed_to"))
					list = append(list, d)
				}
			}
		}
	}
	return list
}

// pledged gives the obligations of a treaty or body and everyone whom it has
// bound, or nobody when the list is not complete.
func pledged(w *model.World, t *model.Thing) (obligations []record.Obligation, bound []string) {
	switch t.Kind {
	case model.Treaty:
		if t.Treaty.PartiesComplete {
			for _, p := range t.Treaty.Parties {
				bound = append(bound, p.Member)
			}
		}
		return t.Treaty.Obligations, bound
	case model.Organisation:
		if t.Organisation.MembersComplete {
			for _, m := range w.MembersOf(t.ID) {
				bound = append(bound, m.Record.Member)
			}
		}
		return t.Organisation.Obligations, bound
	}
	return nil, nil
}

func boundField(t *model.Thing) string {
	if t.Kind == model.Treaty {
		return "parties"
	}
	return "members"
}

// owedBack reports whether some pledge of the kind is owed to one.
func owedBack(list []record.Obligation, kind, slug string) bool {
	return slices.ContainsFunc(list, func(o record.Obligation) bool { return o.Kind == kind && slices.Contains(o.OwedTo, slug) })
}

// codePeriods compares the periods of codes with the lives of their states, and
// with each other.
func codePeriods(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	type use struct {
		t      *model.Thing
		index  int
		period date.Period
	}
	seen := map[string][]use{}
	for i := range w.Of(model.State) {
		t := &w.Of(model.State)[i]
		for j, c := range t.State.COWCodes {
			p, around := date.Period{From: c.From, Until: c.Until}, life(t)
			switch {
			case !around.From.IsZero() && before(p.From, around.From):
				d := t.Diag(diag.Error, "DT038", fmt.Sprintf("code %s is used from %s, before %s exists (from %s)", c.Code, p.From.Text(), t.Slug, around.From.Text()), "mend one of the two dates", "cow_codes", j, "from")
				d.Related = append(d.Related, t.Origin.Related("exists from", "exists", "from"))
				list = append(list, d)
			case !around.Until.IsZero() && !p.Until.IsZero() && before(around.Until, p.Until):
				d := t.Diag(diag.Error, "DT038", fmt.Sprintf("code %s is used until %s, after %s ended on %s", c.Code, p.Until.Text(), t.Slug, around.Until.Text()), "mend one of the two dates", "cow_codes", j, "until")
				d.Related = append(d.Related, t.Origin.Related("existed until", "exists", "until"))
				list = append(list, d)
			}
			for _, old := range seen[c.Code] {
				if old.period.Overlaps(p) == date.Yes {
					d := t.Diag(diag.Error, "DT038", fmt.Sprintf("code %s means %s in the same period", c.Code, old.t.Slug), "end one use before the other begins", "cow_codes", j, "code")
					d.Related = append(d.Related, old.t.Origin.Related("the other use", "cow_codes", old.index, "code"))
					list = append(list, d)
				}
			}
			seen[c.Code] = append(seen[c.Code], use{t, j, p})
		}
	}
	return list
}
