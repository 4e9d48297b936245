package page

import (
	"cmp"
	"html/template"

	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/record"
)

func (s *Site) exercise(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	x := t.Exercise
	a := s.article(id, "exercises/")
	a.Crumbs = s.crumbs(t.Path, Link{Href: rootOf(t.Path) + "exercises/", Text: s.say("fact.exercises")}, Link{Text: t.Name, Current: true})
	a.Status = s.status(id)
	if a.Lede == "" {
		a.Lede = s.exerciseLede(x)
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: s.say("fact.glance", "name", t.Name)}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	add(Row{Label: s.say("fact.type"), Text: s.word("type", x.Type)})
	if o, ok := w.Lookup(x.Organisation); ok {
		add(Row{Label: s.say("fact.held-under"), Links: []Link{{Href: s.href(t.Path, o.ID), Text: o.Label()}}})
	}
	s.linkRow(box, t.Path, s.say("fact.lead"), x.Lead)
	if !x.First.IsZero() {
		add(Row{Label: s.say("fact.first-held"), Date: s.datePtr(x.First)})
	}
	if !x.Last.IsZero() {
		add(Row{Label: s.say("fact.last-held"), Date: s.datePtr(x.Last)})
	} else {
		add(Row{Label: s.say("fact.goes-on"), Text: s.asOf(t)})
	}
	if x.Frequency != "" {
		add(Row{Label: s.say("fact.frequency"), Text: s.word("frequency", x.Frequency)})
	}
	if x.Location != "" {
		add(Row{Label: s.say("fact.where"), Text: x.Location})
	}
	s.linkRow(box, t.Path, s.say("fact.before"), x.Predecessors)
	s.linkRow(box, t.Path, s.say("fact.after"), x.Successors)
	a.Infobox = box
	if len(a.Body) == 0 {
		a.Body = s.exerciseLead(id)
	}
	if len(x.Editions) > 0 {
		tbl := &Table{Caption: s.say("fact.editions"), Hidden: true, Head: []Cell{{Text: s.say("fact.edition")}, {Text: s.say("fact.from")}, {Text: s.say("fact.to")}, {Text: s.say("fact.remark")}}}
		for _, e := range x.Editions {
			row := []Cell{{Text: e.Name}, {Date: s.datePtr(e.From)}, {Text: "–"}, {Text: s.remark(e.Note)}}
			if d := s.datePtr(e.Until); d != nil {
				row[2] = Cell{Date: d}
			}
			tbl.Rows = append(tbl.Rows, row)
		}
		a.Sections = append(a.Sections, Section{ID: "editions", Title: s.say("fact.editions"), Table: tbl.lean()})
	}
	if len(x.Participants) > 0 {
		sec := Section{ID: "participants", Title: s.say("fact.participants")}
		var ids []model.ID
		for _, p := range x.Participants {
			if who, ok := w.Lookup(p); ok {
				ids = append(ids, who.ID)
			}
		}
		sec.HTML = "<p>" + s.sayHTML("lead.exercise-parties", "names", s.nameList(t.Path, ids, 80))
		if !x.ParticipantsComplete {
			sec.HTML += " " + s.sayHTML("lead.exercise-incomplete")
		}
		sec.HTML += "</p>"
		a.Sections = append(a.Sections, sec)
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	a.About = []node{s.exerciseNode(t, a.Description)}
	return s.finish(a, id)
}

func (s *Site) exerciseLede(x *record.Exercise) string {
	key := "lead.exercise-plain"
	if x.Type != "" {
		key = "lead.exercise-kind"
	}
	if !x.First.IsZero() {
		key += "-held"
	}
	return s.say(key, "kind", s.word("type", x.Type), "held", s.heldText(x))
}

func (s *Site) exerciseLead(id model.ID) template.HTML {
	t := s.World.Thing(id)
	x := t.Exercise
	is, was := "lead.exercise-is", "lead.exercise-"
	if !x.Last.IsZero() {
		is, was = "lead.exercise-was", "lead.exercise-was-"
	}
	kind := s.word("type", cmp.Or(x.Type, x.Frequency))
	if x.Type != "" && x.Frequency != "" {
		kind = s.say("lead.frequent", "frequency", s.word("frequency", x.Frequency), "kind", kind)
	}
	kind = cmp.Or(kind, s.say("lead.military"))
	html := s.sayHTML(is, "name", t.Name, "kind", kind, "a-kind", withArticle(kind))
	var lead []model.ID
	for _, l := range x.Lead {
		if who, ok := s.World.Lookup(l); ok {
			lead = append(lead, who.ID)
		}
	}
	if len(lead) > 0 {
		html += " " + s.sayHTML(was+"led", "names", s.nameList(t.Path, lead, 8))
	}
	if x.Location != "" {
		html += " " + s.sayHTML(was+"held-in", "place", x.Location)
	}
	return "<p>" + html + template.HTML(" "+template.HTMLEscapeString(x.Notes)) + "</p>"
}

func (s *Site) operation(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	o := t.Operation
	a := s.article(id, "operations/")
	a.Crumbs = s.crumbs(t.Path, Link{Href: rootOf(t.Path) + "operations/", Text: s.say("fact.operations")}, Link{Text: t.Label(), Current: true})
	a.Status = s.status(id)
	period := date.Period{From: o.From, Until: o.Until}
	body, hasBody := w.Lookup(o.Organisation)
	if a.Lede == "" {
		a.Lede = s.say("lead.operation-plain", "period", s.World.Words.Period(period, s.asOf(t)))
		if hasBody {
			a.Lede = s.say("lead.operation-of", "body", body.Label(), "period", s.World.Words.Period(period, s.asOf(t)))
		}
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: s.say("fact.at-a-glance")}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	if hasBody {
		add(Row{Label: s.say("fact.run-by"), Links: []Link{{Href: s.href(t.Path, body.ID), Text: body.Label()}}})
	}
	add(Row{Label: s.say("fact.from"), Date: s.datePtr(o.From)})
	if !o.Until.IsZero() {
		add(Row{Label: s.say("fact.until"), Date: s.datePtr(o.Until)})
	} else {
		add(Row{Label: s.say("fact.goes-on"), Text: s.asOf(t)})
	}
	if o.Location != "" {
		add(Row{Label: s.say("fact.where"), Text: o.Location})
	}
	a.Infobox = box
	if len(a.Body) == 0 {
		key := "lead.operation-began"
		if o.Location != "" {
			key += "-in"
		}
		html := s.sayHTML(key, "name", t.Name, "from", s.World.Words.OnHTML(o.From), "place", o.Location)
		if !o.Until.IsZero() {
			html += " " + s.sayHTML("lead.operation-ended", "until", s.World.Words.OnHTML(o.Until))
		}
		if hasBody {
			html += " " + s.sayHTML("lead.operation-belongs", "body", s.nameList(t.Path, []model.ID{body.ID}, 1))
		}
		a.Body = "<p>" + html + template.HTML(" "+template.HTMLEscapeString(o.Notes)) + "</p>"
	}
	if hasBody {
		if list := w.Operations(body.ID); len(list) > 1 {
			sec := s.operationSection(t.Path, list)
			sec.Title = s.say("fact.operations-of", "name", body.Label())
			a.Sections = append(a.Sections, sec)
		}
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	a.About = []node{s.operationNode(t, a.Description)}
	return s.finish(a, id)
}
