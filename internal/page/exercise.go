package page

import (
	"fmt"
	"html/template"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/record"
)

func (s *Site) exercise(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	x := t.Exercise
	a := s.article(id, "exercises/")
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "exercises/", Text: "Exercises"}, Link{Text: t.Name, Current: true})
	a.Status = s.status(id)
	if a.Lede == "" {
		a.Lede = s.exerciseLede(x)
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: t.Name + " at a glance"}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	add(Row{Label: "Type", Text: words(x.Type)})
	if o, ok := w.Lookup(x.Organisation); ok {
		add(Row{Label: "Held under", Links: []Link{{Href: s.href(t.Path, o.ID), Text: o.Label()}}})
	}
	s.linkRow(box, t.Path, "Lead", x.Lead)
	if !x.First.IsZero() {
		add(Row{Label: "First held", Date: s.datePtr(x.First)})
	}
	if !x.Last.IsZero() {
		add(Row{Label: "Last held", Date: s.datePtr(x.Last)})
	} else {
		add(Row{Label: "Goes on", Text: "as of " + s.factsTo(t).Text})
	}
	if x.Frequency != "" {
		add(Row{Label: "Frequency", Text: x.Frequency})
	}
	if x.Location != "" {
		add(Row{Label: "Where", Text: x.Location})
	}
	s.linkRow(box, t.Path, "Before", x.Predecessors)
	s.linkRow(box, t.Path, "After", x.Successors)
	a.Infobox = box
	if len(a.Body) == 0 {
		a.Body = s.exerciseLead(id)
	}
	if len(x.Editions) > 0 {
		tbl := &Table{Caption: "Editions on record", Hidden: true, Head: []Cell{{Text: "Edition"}, {Text: "From"}, {Text: "To"}, {Text: "Remark"}}}
		for _, e := range x.Editions {
			row := []Cell{{Text: e.Name}, {Date: s.datePtr(e.From)}, {Text: "–"}, {Text: e.Note}}
			if d := s.datePtr(e.Until); d != nil {
				row[2] = Cell{Date: d}
			}
			tbl.Rows = append(tbl.Rows, row)
		}
		a.Sections = append(a.Sections, Section{ID: "editions", Title: "Editions on record", Table: tbl})
	}
	if len(x.Participants) > 0 {
		sec := Section{ID: "participants", Title: "Participants"}
		var ids []model.ID
		for _, p := range x.Participants {
			if who, ok := w.Lookup(p); ok {
				ids = append(ids, who.ID)
			}
		}
		remark := ""
		if !x.ParticipantsComplete {
			remark = " The list is not complete, and who takes part differs from one edition to the next."
		}
		sec.HTML = template.HTML("<p>On record as taking part: " + s.nameList(t.Path, ids, 80) + "." + remark + "</p>")
		a.Sections = append(a.Sections, sec)
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	a.JSONLD = linkedData(map[string]any{"@context": "https://schema.org", "@type": "EventSeries", "name": t.Name, "description": a.Lede})
	return s.finish(a, id)
}

func (s *Site) exerciseLede(x *record.Exercise) string {
	text := "A military exercise"
	if x.Type != "" {
		text = "A series of " + words(x.Type) + " exercises"
	}
	if !x.First.IsZero() {
		text += ", held " + s.heldText(x)
	}
	return text + "."
}

func (s *Site) exerciseLead(id model.ID) template.HTML {
	t := s.World.Thing(id)
	x := t.Exercise
	var b strings.Builder
	b.WriteString("<p>" + template.HTMLEscapeString(t.Name) + " is")
	if !x.Last.IsZero() {
		b.Reset()
		b.WriteString("<p>" + template.HTMLEscapeString(t.Name) + " was")
	}
	kind := strings.TrimSpace(x.Frequency + " " + words(x.Type) + " exercise")
	b.WriteString(" " + withArticle(kind))
	var lead []model.ID
	for _, l := range x.Lead {
		if who, ok := s.World.Lookup(l); ok {
			lead = append(lead, who.ID)
		}
	}
	if len(lead) > 0 {
		b.WriteString(" led by " + s.nameList(t.Path, lead, 8))
	}
	if x.Location != "" {
		b.WriteString(", held in " + template.HTMLEscapeString(x.Location))
	}
	b.WriteString(". " + template.HTMLEscapeString(x.Notes) + "</p>")
	return template.HTML(b.String())
}

func (s *Site) operation(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	o := t.Operation
	a := s.article(id, "operations/")
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "operations/", Text: "Operations"}, Link{Text: t.Label(), Current: true})
	a.Status = s.status(id)
	period := date.Period{From: o.From, Until: o.Until}
	body, hasBody := w.Lookup(o.Organisation)
	if a.Lede == "" {
		a.Lede = "Operation, " + period.Text("as of "+s.factsTo(t).Text) + "."
		if hasBody {
			a.Lede = "Operation of " + body.Label() + ", " + period.Text("as of "+s.factsTo(t).Text) + "."
		}
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: "At a glance"}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	if hasBody {
		add(Row{Label: "Run by", Links: []Link{{Href: s.href(t.Path, body.ID), Text: body.Label()}}})
	}
	add(Row{Label: "From", Date: s.datePtr(o.From)})
	if !o.Until.IsZero() {
		add(Row{Label: "Until", Date: s.datePtr(o.Until)})
	} else {
		add(Row{Label: "Goes on", Text: "as of " + s.factsTo(t).Text})
	}
	if o.Location != "" {
		add(Row{Label: "Where", Text: o.Location})
	}
	a.Infobox = box
	if len(a.Body) == 0 {
		var b strings.Builder
		fmt.Fprintf(&b, "<p>%s began %s", template.HTMLEscapeString(t.Name), onDate(o.From))
		if o.Location != "" {
			b.WriteString(" in " + template.HTMLEscapeString(o.Location))
		}
		if !o.Until.IsZero() {
			fmt.Fprintf(&b, " and ended %s", onDate(o.Until))
		}
		if hasBody {
			fmt.Fprintf(&b, `. It belongs to <a href="%s" data-preview>%s</a>`, s.href(t.Path, body.ID), template.HTMLEscapeString(body.Name))
		}
		b.WriteString(". " + template.HTMLEscapeString(o.Notes) + "</p>")
		a.Body = template.HTML(b.String())
	}
	if hasBody {
		if list := w.Operations(body.ID); len(list) > 1 {
			sec := s.operationSection(t.Path, list)
			sec.Title = "Operations of " + body.Label()
			a.Sections = append(a.Sections, sec)
		}
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	return s.finish(a, id)
}
