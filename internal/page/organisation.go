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
		list = append(list, articleFiles(w.Thing(id))...)
		list = append(list, sheetFiles(t.Path+"members", id, func(s *Site) Sheet { return s.membersSheet(id) })...)
		if len(w.Steps(id)) >= leastSteps {
			list = append(list, sheetFiles(t.Path+"growth", id, func(s *Site) Sheet { return s.growthSheet(id) })...)
		}
	}
	return list
}

func (s *Site) organisation(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	o := t.Organisation
	a := s.article(id, "organisations/")
	a.Crumbs = s.crumbs(t.Path, Link{Href: rootOf(t.Path) + "organisations/", Text: s.say("nav.alliances")}, Link{Text: t.Label(), Current: true})
	family := w.Family(id)
	if family != model.NoFamily {
		a.Tags = append(a.Tags, s.obligation(family, w.Ended(id)))
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
		a.Sections = append(a.Sections, s.treatySection(t.Path, list, s.say("fact.treaties")))
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
		a.Sections = append(a.Sections, Section{ID: "remarks", Title: s.say("fact.remarks"), HTML: paragraph(s.remark(o.Notes))})
	}
	a.About = []node{s.organisationNode(t, a.Description)}
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
		return s.say("fact.ended")
	case t.Kind == model.Treaty && t.Treaty.InForce.IsZero():
		return s.say("fact.signed")
	case t.Kind == model.Treaty:
		return s.say("fact.in-force")
	case t.Kind == model.Exercise:
		return s.say("fact.continuing")
	case t.Kind == model.Operation:
		return s.say("fact.under-way")
	}
	for _, m := range s.World.MembersOf(id) {
		if m.Status.Overlay() && m.Period.Contains(s.World.Day(id)) == date.Yes {
			return s.say("fact.in-part", "status", s.word("status", m.Status.String()))
		}
	}
	return s.say("fact.in-force")
}

func (s *Site) organisationFacts(id model.ID, family model.Family) *Infobox {
	w := s.World
	t := w.Thing(id)
	o := t.Organisation
	box := &Infobox{Title: s.say("fact.glance", "name", t.Label()), Class: family.Class()}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	if family != model.NoFamily {
		add(Row{Label: s.say("fact.obligations"), Text: s.familyNames(o.Obligations), HTML: s.familyMarks(o.Obligations)})
	}
	add(Row{Label: s.say("fact.type"), Text: s.kindText(o.Type, o.Scope)})
	add(Row{Label: s.say("fact.founded"), Date: s.datePtr(o.Founded), Small: s.word("basis", o.FoundedBasis)})
	if !o.InForce.IsZero() {
		add(Row{Label: s.say("fact.in-force"), Date: s.datePtr(o.InForce)})
	}
	if !o.Dissolved.IsZero() {
		add(Row{Label: s.say("fact.ended"), Date: s.datePtr(o.Dissolved), Small: s.word("basis", o.DissolvedBasis)})
	}
	if r, ok := s.countRow(id); ok {
		add(r)
	}
	if o.Seat != "" {
		add(Row{Label: s.say("fact.seat"), Text: o.Seat})
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
	link(s.say("fact.treaty"), first(o.Treaties, 3)...)
	link(s.say("fact.part-of"), o.PartOf)
	link(s.say("fact.before"), o.Predecessors...)
	link(s.say("fact.after"), o.Successors...)
	add(Row{Label: s.say("fact.as-of-label"), Text: s.factsTo(t).Text})
	return box
}

// families are those of obligations, each once, the gravest first.
func families(list []record.Obligation) []model.Family {
	var fs []model.Family
	for _, f := range model.Families() {
		if slices.ContainsFunc(list, func(ob record.Obligation) bool { return model.FamilyOf(ob.Kind) == f }) {
			fs = append(fs, f)
		}
	}
	return fs
}

// familyNames lists the families of obligations.
func (s *Site) familyNames(list []record.Obligation) string {
	var names []string
	for _, f := range families(list) {
		names = append(names, s.familyName(f))
	}
	return strings.Join(names, s.World.Words.Comma())
}

// familyMarks lists them below each other, each with its mark.
func (s *Site) familyMarks(list []record.Obligation) template.HTML {
	var lines []string
	for _, f := range families(list) {
		lines = append(lines, `<span class="o-`+f.Class()+`">`+string(Glyph(f.Class()))+`</span> `+template.HTMLEscapeString(s.familyName(f)))
	}
	return template.HTML(strings.Join(lines, "<br>"))
}

func first(list []string, n int) []string { return list[:min(n, len(list))] }

// kindText is the type of a thing with its scope: "alliance, multilateral".
func (s *Site) kindText(kind, scope string) string {
	text := s.word("type", kind)
	if scope != "" {
		text += s.World.Words.Comma() + s.word("scope", scope)
	}
	return text
}

// scoped is the same as a noun of its own: "multilateral alliance".
func (s *Site) scoped(scope, kind string) string {
	if scope == "" {
		return s.word("type", kind)
	}
	return s.say("lead.scoped", "scope", s.word("scope", scope), "type", s.word("type", kind))
}

// word writes one of the data's words in the site's language.
func (s *Site) word(group, slug string) string { return s.World.Words.Word(group, slug) }

// asOf says up to which day a thing's record is believed right.
func (s *Site) asOf(t *model.Thing) string { return s.say("fact.as-of", "day", s.factsTo(t).Text) }

// familyName names a family of obligations.
func (s *Site) familyName(f model.Family) string {
	if f == model.NoFamily {
		return f.Name()
	}
	return s.say("family." + f.Class())
}

// words turns a slug of the data into words: "entry-into-force".
func words(slug string) string { return strings.ReplaceAll(slug, "-", " ") }

// countRow is the number of members with the day and where it comes from.
func (s *Site) countRow(id model.ID) (Row, bool) {
	w := s.World
	o := w.Thing(id).Organisation
	day := w.Day(id)
	label := "fact.members"
	set := w.Members(id, day, model.Member)
	if len(set.Possible) == 0 {
		if set = w.Members(id, day, model.Participant); len(set.Possible) == 0 {
			return Row{}, false
		}
		label = "fact.participants"
	}
	if w.Ended(id) {
		label += "-end"
	}
	r := Row{Label: s.say(label), Big: countText(set.Count()), Small: s.say("fact.counted", "day", day)}
	if !o.MembersComplete {
		r.Small = s.say("fact.on-record", "day", day)
	}
	return r, true
}

// organisationLead is the first paragraph of a page without prose.
func (s *Site) organisationLead(id model.ID) template.HTML {
	w := s.World
	t := w.Thing(id)
	o := t.Organisation
	key := "lead.organisation"
	if !o.Dissolved.IsZero() {
		key += "-ended"
	}
	kind := s.scoped(o.Scope, o.Type)
	html := s.sayHTML(key, "name", t.Name, "kind", kind, "a-kind", withArticle(kind), "founded", s.World.Words.OnHTML(o.Founded), "ended", s.World.Words.OnHTML(o.Dissolved))
	if f := w.Founders(id); len(f) > 1 {
		html += " " + s.sayHTML("lead.founders", "names", s.namesThen(t.Path, f, 12, o.Founded))
	}
	return "<p>" + html + "</p>"
}

// withArticle is for English; other languages leave {a-kind} out.
func withArticle(noun string) string {
	if strings.ContainsRune("aeio", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

// theState is the name of a state inside an English sentence.
func theState(name string) string {
	for _, lead := range []string{"United ", "Soviet ", "Netherlands", "Philippines", "Gambia", "Maldives", "Bahamas", "Comoros"} {
		if strings.HasPrefix(name, lead) {
			return "the " + name
		}
	}
	if strings.Contains(name, " of ") { // "the Kingdom of Italy"
		return "the " + name
	}
	for _, end := range []string{" Republic", " Empire", " Islands", " Union", " Kingdom", " Reich"} {
		if strings.HasSuffix(name, end) {
			return "the " + name
		}
	}
	return name
}

// theBody is the name of a body inside an English sentence: "the North Atlantic
// Treaty Organization", but "ANZUS" and "Permanent Structured Cooperation".
func theBody(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 || slices.Contains([]string{"The", "Partnership", "Operation"}, words[0]) ||
		slices.Contains([]string{"Cooperation", "Co-operation", "Partnership", "peacekeeping"}, words[len(words)-1]) {
		return name
	}
	return "the " + name
}

// nameList writes linked names as a sentence would.
func (s *Site) nameList(from string, ids []model.ID, most int) template.HTML {
	return s.namesThen(from, ids, most, date.Date{})
}

// namesThen writes linked names as they were on a date, zero for today, and in
// English with their articles.
func (s *Site) namesThen(from string, ids []model.ID, most int, on date.Date) template.HTML {
	english := strings.HasPrefix(s.World.Words.Tag, "en")
	var parts []template.HTML
	for i, id := range ids {
		if i == most {
			parts = append(parts, s.sayHTML("lead.more", "n", len(ids)-most))
			break
		}
		t := s.World.Thing(id)
		name := t.NameOn(on)
		switch {
		case english && t.Kind == model.Organisation:
			name = theBody(name)
		case english:
			name = theState(name)
		}
		parts = append(parts, template.HTML(fmt.Sprintf(`<a href="%s">%s</a>`, s.href(from, id), template.HTMLEscapeString(name))))
	}
	return s.World.Words.HTMLList(parts...)
}

// obligationSection lists what is promised, with article and reader.
func (s *Site) obligationSection(from string, list []record.Obligation) Section {
	tbl := &Table{Caption: s.say("fact.promised-where"), Hidden: true,
		Head: []Cell{{Text: s.say("fact.obligation")}, {Text: s.say("fact.kind")}, {Text: s.say("fact.text")}, {Text: s.say("fact.article")}}}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b record.Obligation) int {
		return cmp.Compare(model.FamilyOf(a.Kind), model.FamilyOf(b.Kind))
	})
	for _, o := range list {
		row := []Cell{{Text: s.word("obligation", o.Kind)}, {Text: s.familyName(model.FamilyOf(o.Kind))}, {Text: "–"}, {Text: cmp.Or(o.Article, "–")}}
		if t, ok := s.World.Lookup(o.Treaty); ok {
			row[2] = Cell{Text: t.Label(), Href: s.href(from, t.ID)}
		}
		if o.Coder != "" {
			row[1].Small = s.say("fact.coded-by", "who", o.Coder)
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	return Section{ID: "obligations", Title: s.say("fact.promised"), Table: tbl.lean()}
}

// participationSection lists who stands outside which part of a body.
func (s *Site) participationSection(id model.ID) Section {
	w := s.World
	t := w.Thing(id)
	tbl := &Table{Caption: s.say("fact.apart-caption"), Hidden: true,
		Head: []Cell{{Text: s.say("fact.member")}, {Text: s.say("fact.aspect")}, {Text: s.say("fact.standing")}, {Text: s.say("fact.period")}, {Text: s.say("fact.remark")}}}
	for _, p := range t.Organisation.Participation {
		row := []Cell{{Text: p.Member}, {Text: s.word("aspect", p.Aspect)}, {Text: s.word("standing", p.Status)},
			{Text: s.World.Words.Period(date.Period{From: p.From, Until: p.Until}, s.asOf(t))}, {Text: s.remark(p.Note)}}
		if m, ok := w.Lookup(p.Member); ok {
			row[0] = Cell{Text: m.Name, Href: s.href(t.Path, m.ID)}
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	return Section{ID: "participation", Title: s.say("fact.apart"), Table: tbl.lean(),
		Intro: paragraph(s.say("fact.apart-intro"))}
}
