package page

import (
	"cmp"

	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/record"
)

func thingPages(w *model.World, k model.Kind) []Page {
	var list []Page
	for i := range w.Of(k) {
		list = append(list, articleFiles(&w.Of(k)[i])...)
	}
	return list
}

func statePages(w *model.World) []Page {
	list := thingPages(w, model.State)
	for _, t := range w.Of(model.State) {
		id := t.ID
		list = append(list, sheetFiles(t.Path+"years", id, func(s *Site) Sheet { return s.yearsSheet(id) })...)
		if len(w.MembershipsOf(id)) > 0 {
			list = append(list, sheetFiles(t.Path+"memberships", id, func(s *Site) Sheet { return s.stateSheet(id) })...)
		}
	}
	return list
}

func helpPages(w *model.World) []Page      { return thingPages(w, model.Help) }
func treatyPages(w *model.World) []Page    { return thingPages(w, model.Treaty) }
func exercisePages(w *model.World) []Page  { return thingPages(w, model.Exercise) }
func operationPages(w *model.World) []Page { return thingPages(w, model.Operation) }

// treatyStatus says how a treaty stands, for tables.
func (s *Site) treatySection(from string, ids []model.ID, title string) Section {
	tbl := &Table{Caption: title, Hidden: true,
		Head: []Cell{{Text: s.say("fact.agreement")}, {Text: s.say("fact.signed")}, {Text: s.say("fact.in-force")}, {Text: s.say("fact.status")}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		row := []Cell{{Text: t.Name, Href: s.href(from, id)}, {Text: "–"}, {Text: "–"}, {Text: s.status(id)}}
		if d := s.datePtr(t.Treaty.Signed); d != nil {
			row[1] = Cell{Date: d}
		}
		if d := s.datePtr(t.Treaty.InForce); d != nil {
			row[2] = Cell{Date: d}
		}
		if d := t.Treaty.Terminated; !d.IsZero() {
			row[3] = Cell{Text: s.say("fact.ended-on", "day", d)}
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	return Section{ID: "treaties", Title: title, Table: tbl.lean()}
}

func (s *Site) exerciseSection(from string, ids []model.ID) Section {
	tbl := &Table{Caption: s.say("fact.exercises"), Hidden: true,
		Head: []Cell{{Text: s.say("fact.exercise")}, {Text: s.say("fact.type")}, {Text: s.say("fact.held")}, {Text: s.say("fact.where")}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		x := t.Exercise
		tbl.Rows = append(tbl.Rows, []Cell{
			{Text: t.Name, Href: s.href(from, id)}, {Text: s.word("type", x.Type)},
			{Text: s.heldText(x)}, {Text: cmp.Or(x.Location, "–")},
		})
	}
	return Section{ID: "exercises", Title: s.say("fact.exercises"), Table: tbl.lean()}
}

// heldText says in which years a series was held.
func (s *Site) heldText(x *record.Exercise) string {
	if x.First.IsZero() {
		return "–"
	}
	return s.World.Words.Period(date.Period{From: x.First, Until: x.Last}, "")
}

func (s *Site) operationSection(from string, ids []model.ID) Section {
	tbl := &Table{Caption: s.say("fact.operations"), Hidden: true, Head: []Cell{{Text: s.say("fact.operation")}, {Text: s.say("fact.where")}, {Text: s.say("fact.period")}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		o := t.Operation
		tbl.Rows = append(tbl.Rows, []Cell{
			{Text: t.Name, Href: s.href(from, id), Small: t.Short}, {Text: cmp.Or(o.Location, "–")},
			{Text: s.World.Words.Period(date.Period{From: o.From, Until: o.Until}, s.asOf(t))},
		})
	}
	return Section{ID: "operations", Title: s.say("fact.operations"), Table: tbl}
}

// regionName writes a region with a capital.
func (s *Site) regionName(r string) string {
	if r == "" {
		return s.say("fact.other")
	}
	return capital(s.word("region", r))
}
