package page

import (
	"cmp"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/record"
)

func thingPages(w *model.World, k model.Kind, view func(*Site, model.ID) *Article) []Page {
	var list []Page
	for _, t := range w.Of(k) {
		id := t.ID
		list = append(list, Page{Path: t.Path + "index.html", Template: "article.html", Thing: id, View: func(s *Site) any { return view(s, id) }})
	}
	return list
}

func statePages(w *model.World) []Page     { return thingPages(w, model.State, (*Site).state) }
func treatyPages(w *model.World) []Page    { return thingPages(w, model.Treaty, (*Site).treaty) }
func exercisePages(w *model.World) []Page  { return thingPages(w, model.Exercise, (*Site).exercise) }
func operationPages(w *model.World) []Page { return thingPages(w, model.Operation, (*Site).operation) }

// treatyStatus says how a treaty stands, for tables.
func (s *Site) treatySection(from string, ids []model.ID, title string) Section {
	tbl := &Table{Caption: title, Hidden: true,
		Head: []Cell{{Text: "Agreement"}, {Text: "Signed"}, {Text: "In force"}, {Text: "Status"}}}
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
			row[3] = Cell{Text: "Ended " + d.Text()}
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	return Section{ID: "treaties", Title: title, Table: tbl}
}

func (s *Site) exerciseSection(from string, ids []model.ID) Section {
	tbl := &Table{Caption: "Exercises", Hidden: true,
		Head: []Cell{{Text: "Exercise"}, {Text: "Type"}, {Text: "Held"}, {Text: "Where"}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		x := t.Exercise
		tbl.Rows = append(tbl.Rows, []Cell{
			{Text: t.Name, Href: s.href(from, id)}, {Text: words(x.Type)},
			{Text: s.heldText(x)}, {Text: cmp.Or(x.Location, "–")},
		})
	}
	return Section{ID: "exercises", Title: "Exercises", Table: tbl}
}

// heldText says in which years a series was held.
func (s *Site) heldText(x *record.Exercise) string {
	if x.First.IsZero() {
		return "–"
	}
	if x.Last.IsZero() {
		return "since " + x.First.Text()
	}
	if x.Last == x.First {
		return x.First.Text()
	}
	return x.First.Text() + " to " + x.Last.Text()
}

func (s *Site) operationSection(from string, ids []model.ID) Section {
	tbl := &Table{Caption: "Operations", Hidden: true, Head: []Cell{{Text: "Operation"}, {Text: "Where"}, {Text: "Period"}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		o := t.Operation
		tbl.Rows = append(tbl.Rows, []Cell{
			{Text: t.Name, Href: s.href(from, id), Small: t.Short}, {Text: cmp.Or(o.Location, "–")},
			{Text: (date.Period{From: o.From, Until: o.Until}).Text("as of " + s.factsTo(t).Text)},
		})
	}
	return Section{ID: "operations", Title: "Operations", Table: tbl}
}

// regionName writes a region with a capital.
func regionName(r string) string {
	if r == "" {
		return "Other"
	}
	r = words(r)
	return strings.ToUpper(r[:1]) + r[1:]
}
