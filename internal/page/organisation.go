package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
	"entente/internal/record"
)

func organisationPages(w *model.World) []Page {
	var list []Page
	for _, t := range w.Of(model.Organisation) {
		id := t.ID
		list = append(list,
			Page{Path: t.Path + "index.html", Template: "article.html", Thing: id, View: func(s *Site) any { return s.organisation(id) }},
			Page{Path: t.Path + "members.csv", Thing: id, Encode: func(s *Site) []byte { return s.membersCSV(id) }},
		)
	}
	return list
}

func (s *Site) organisation(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	o := t.Organisation
	a := s.article(id, "organisations/")
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "organisations/", Text: "Alliances"}, Link{Text: t.Label(), Current: true})
	family := w.Family(id)
	if family != model.NoFamily {
		a.Tags = append(a.Tags, obligation(family, w.Ended(id)))
	}
	a.Status = s.status(id)
	a.Infobox = s.organisationFacts(id, family)
	if len(a.Body) == 0 {
		a.Body = s.organisationLead(id)
	}
	if len(o.Obligations) > 0 {
		a.Sections = append(a.Sections, s.obligationSection(t.Path, o.Obligations))
	}
	a.Sections = append(a.Sections, s.membersSection(id))
	if len(o.Participation) > 0 {
		a.Sections = append(a.Sections, s.participationSection(id))
	}
	if list := w.Treaties(id); len(list) > 0 {
		a.Sections = append(a.Sections, s.treatySection(t.Path, list, "Treaties and agreements"))
	}
	if list := w.Exercises(id); len(list) > 0 {
		a.Sections = append(a.Sections, s.exerciseSection(t.Path, list))
	}
	if list := w.Operations(id); len(list) > 0 {
		a.Sections = append(a.Sections, s.operationSection(t.Path, list))
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	if o.Notes != "" {
		a.Sections = append(a.Sections, Section{ID: "remarks", Title: "Remarks on the data", HTML: paragraph(o.Notes)})
	}
	a.JSONLD = s.organisationData(t)
	return s.finish(a, id)
}

func paragraph(text string) template.HTML {
	return template.HTML("<p>" + template.HTMLEscapeString(text) + "</p>")
}

// status says in two words how things stand.
func (s *Site) status(id model.ID) string {
	t := s.World.Thing(id)
	switch {
	case s.World.Ended(id):
		return "Ended"
	case t.Kind == model.Treaty && t.Treaty.InForce.IsZero():
		return "Signed"
	case t.Kind == model.Treaty:
		return "In force"
	case t.Kind == model.Exercise:
		return "Continuing"
	case t.Kind == model.Operation:
		return "Under way"
	}
	for _, m := range s.World.MembersOf(id) {
		if m.Status.Overlay() && m.Period.Contains(s.World.Day(id)) == date.Yes {
			return "In force, in part " + m.Status.String()
		}
	}
	return "In force"
}

func (s *Site) organisationFacts(id model.ID, family model.Family) *Infobox {
	w := s.World
	t := w.Thing(id)
	o := t.Organisation
	box := &Infobox{Title: t.Label() + " at a glance", Class: family.Class()}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	if family != model.NoFamily {
		var names []string
		for _, ob := range o.Obligations {
			if f := model.FamilyOf(ob.Kind).Name(); !slices.Contains(names, f) {
				names = append(names, f)
			}
		}
		add(Row{Label: "Obligations", Text: strings.Join(names, ", ")})
	}
	add(Row{Label: "Type", Text: words(o.Type) + scope(o.Scope)})
	add(Row{Label: "Founded", Date: s.datePtr(o.Founded), Small: words(o.FoundedBasis)})
	if !o.InForce.IsZero() {
		add(Row{Label: "In force", Date: s.datePtr(o.InForce)})
	}
	if !o.Dissolved.IsZero() {
		add(Row{Label: "Ended", Date: s.datePtr(o.Dissolved), Small: words(o.DissolvedBasis)})
	}
	if r, ok := s.countRow(id); ok {
		add(r)
	}
	if o.Seat != "" {
		add(Row{Label: "Seat", Text: o.Seat})
	}
	link := func(label string, slugs ...string) {
		var r Row
		for _, slug := range slugs {
			if other, ok := w.Lookup(slug); ok {
				r.Links = append(r.Links, Link{Href: s.href(t.Path, other.ID), Text: other.Label()})
			}
		}
		if len(r.Links) > 0 {
			r.Label = label
			add(r)
		}
	}
	link("Treaty", first(o.Treaties, 3)...)
	link("Part of", o.PartOf)
	link("Before", o.Predecessors...)
	link("After", o.Successors...)
	add(Row{Label: "Facts as of", Text: s.factsTo(t).Text})
	return box
}

func first(list []string, n int) []string { return list[:min(n, len(list))] }

func scope(s string) string {
	if s == "" {
		return ""
	}
	return ", " + s
}

// words turns a slug of the data into words: "entry-into-force".
func words(slug string) string { return strings.ReplaceAll(slug, "-", " ") }

// countRow is the number of members with the day and where it comes from.
func (s *Site) countRow(id model.ID) (Row, bool) {
	w := s.World
	o := w.Thing(id).Organisation
	day := w.Day(id)
	status, label := model.Member, "Members"
	set := w.Members(id, day, model.Member)
	if len(set.Possible) == 0 {
		if set = w.Members(id, day, model.Participant); len(set.Possible) == 0 {
			return Row{}, false
		}
		status, label = model.Participant, "Participants"
	}
	if w.Ended(id) {
		label += " at the end"
	}
	_ = status
	r := Row{Label: label, Big: countText(set.Count()), Small: "counted from the records, " + day.Date().Text()}
	if !o.MembersComplete {
		r.Small = "on record; the list is not complete, " + day.Date().Text()
	}
	return r, true
}

// organisationLead is the first paragraph of a page without prose.
func (s *Site) organisationLead(id model.ID) template.HTML {
	w := s.World
	t := w.Thing(id)
	o := t.Organisation
	var b strings.Builder
	esc := template.HTMLEscapeString
	fmt.Fprintf(&b, "<p>%s is %s, founded %s", esc(t.Name), withArticle(strings.TrimSpace(o.Scope+" "+words(o.Type))), onDate(o.Founded))
	if !o.Dissolved.IsZero() {
		fmt.Fprintf(&b, " and ended %s", onDate(o.Dissolved))
	}
	b.WriteString(".")
	if f := w.Founders(id); len(f) > 1 {
		fmt.Fprintf(&b, " Its founding members were %s.", s.nameList(t.Path, f, 12))
	}
	b.WriteString("</p>")
	return template.HTML(b.String())
}

func withArticle(noun string) string {
	if strings.ContainsRune("aeio", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// onDate writes a date with its preposition: "on 4 April 1949", "in 1904".
func onDate(d date.Date) string {
	if d.Exact() {
		return "on " + timeTag(d, d.Text())
	}
	return "in " + timeTag(d, d.Text())
}

// nameList writes linked names as a sentence would.
func (s *Site) nameList(from string, ids []model.ID, most int) string {
	var parts []string
	for i, id := range ids {
		if i == most {
			parts = append(parts, fmt.Sprintf("%d more", len(ids)-most))
			break
		}
		parts = append(parts, fmt.Sprintf(`<a href="%s" data-preview>%s</a>`, s.href(from, id), template.HTMLEscapeString(s.World.Thing(id).Name)))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// obligationSection lists what is promised, with article and reader.
func (s *Site) obligationSection(from string, list []record.Obligation) Section {
	tbl := &Table{Caption: "What is promised, and where it stands", Hidden: true,
		Head: []Cell{{Text: "Obligation"}, {Text: "Kind"}, {Text: "Text"}, {Text: "Article"}}}
	for _, o := range list {
		row := []Cell{{Text: words(o.Kind)}, {Text: model.FamilyOf(o.Kind).Name()}, {Text: "–"}, {Text: cmp.Or(o.Article, "–")}}
		if t, ok := s.World.Lookup(o.Treaty); ok {
			row[2] = Cell{Text: t.Label(), Href: s.href(from, t.ID)}
		}
		if o.Coder != "" {
			row[1].Small = "as coded by " + o.Coder
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	return Section{ID: "obligations", Title: "What is promised", Table: tbl}
}

// participationSection lists who stands outside which part of a body.
func (s *Site) participationSection(id model.ID) Section {
	w := s.World
	t := w.Thing(id)
	tbl := &Table{Caption: "Part of members in the body's structures", Hidden: true,
		Head: []Cell{{Text: "Member"}, {Text: "Aspect"}, {Text: "Standing"}, {Text: "Period"}, {Text: "Remark"}}}
	for _, p := range t.Organisation.Participation {
		row := []Cell{{Text: p.Member}, {Text: words(p.Aspect)}, {Text: words(p.Status)},
			{Text: (date.Period{From: p.From, Until: p.Until}).Text("as of " + s.factsTo(t).Text)}, {Text: p.Note}}
		if m, ok := w.Lookup(p.Member); ok {
			row[0] = Cell{Text: m.Name, Href: s.href(t.Path, m.ID)}
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	return Section{ID: "participation", Title: "In part, or apart", Table: tbl,
		Intro: paragraph("These members stood outside part of the body's structures without leaving it: the count of members does not change.")}
}

func (s *Site) organisationData(t *model.Thing) template.HTML {
	o := t.Organisation
	v := map[string]any{"@context": "https://schema.org", "@type": "Organization", "name": t.Name, "description": t.Summary}
	if t.Short != "" {
		v["alternateName"] = t.Short
	}
	if a := o.Founded.Attr(); a != "" {
		v["foundingDate"] = a
	}
	if a := o.Dissolved.Attr(); !o.Dissolved.IsZero() && a != "" {
		v["dissolutionDate"] = a
	}
	if o.Seat != "" {
		v["location"] = map[string]any{"@type": "Place", "name": o.Seat}
	}
	if o.Website != "" {
		v["url"] = o.Website
	}
	return linkedData(v)
}
