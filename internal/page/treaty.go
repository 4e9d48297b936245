package page

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"

	"entente/internal/model"
	"entente/internal/record"
)

func (s *Site) treaty(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	tr := t.Treaty
	a := s.article(id, "treaties/")
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "treaties/", Text: "Treaties"}, Link{Text: t.Label(), Current: true})
	family := w.Family(id)
	if family != model.NoFamily {
		a.Tags = append(a.Tags, obligation(family, w.Ended(id)))
	}
	a.Status = s.status(id)
	if a.Lede == "" {
		a.Lede = s.treatyLede(tr)
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: t.Label() + " at a glance", Class: family.Class()}
	if len(t.Label()) > 40 {
		box.Title = "At a glance"
	}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	add(Row{Label: "Type", Text: words(tr.Type) + scope(tr.Scope)})
	add(Row{Label: "Signed", Date: s.datePtr(tr.Signed), Small: tr.SignedAt})
	if !tr.InForce.IsZero() {
		add(Row{Label: "In force", Date: s.datePtr(tr.InForce)})
	}
	if !tr.Terminated.IsZero() {
		add(Row{Label: "Ended", Date: s.datePtr(tr.Terminated), Small: words(tr.Termination)})
	}
	if len(tr.Parties) > 0 {
		r := Row{Label: "Parties on record", Big: fmt.Sprint(len(tr.Parties))}
		if !tr.PartiesComplete {
			r.Small = "the list is not complete"
		}
		add(r)
	}
	if o, ok := w.Lookup(tr.Organisation); ok {
		add(Row{Label: "Body", Links: []Link{{Href: s.href(t.Path, o.ID), Text: o.Label()}}})
	}
	s.linkRow(box, t.Path, "Replaces", tr.Replaces)
	s.linkRow(box, t.Path, "Replaced by", tr.ReplacedBy)
	if tr.Secret {
		add(Row{Label: "Publicity", Text: "secret when signed"})
	}
	a.Infobox = box
	if len(a.Body) == 0 {
		a.Body = s.treatyLead(id)
	}
	if len(tr.Obligations) > 0 {
		a.Sections = append(a.Sections, s.obligationSection(t.Path, tr.Obligations))
	}
	if len(tr.Articles) > 0 {
		tbl := &Table{Caption: "Articles", Hidden: true, Head: []Cell{{Text: "Article"}, {Text: "What it is about"}}}
		for _, art := range tr.Articles {
			tbl.Rows = append(tbl.Rows, []Cell{{Text: "Article " + art.Number}, {Text: art.About}})
		}
		a.Sections = append(a.Sections, Section{ID: "articles", Title: "Articles", Table: tbl})
	}
	if len(tr.Parties) > 0 {
		a.Sections = append(a.Sections, s.partiesSection(t.Path, tr))
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	if tr.Notes != "" {
		a.Sections = append(a.Sections, Section{ID: "remarks", Title: "Remarks on the data", HTML: paragraph(tr.Notes)})
	}
	v := map[string]any{"@context": "https://schema.org", "@type": "Legislation", "name": t.Name, "legislationType": words(tr.Type)}
	if d := tr.Signed.Attr(); d != "" {
		v["legislationDate"] = d
	}
	a.JSONLD = linkedData(v)
	return s.finish(a, id)
}

func (s *Site) linkRow(box *Infobox, from, label string, slugs []string) {
	r := Row{Label: label}
	for _, slug := range slugs {
		if other, ok := s.World.Lookup(slug); ok {
			r.Links = append(r.Links, Link{Href: s.href(from, other.ID), Text: other.Label()})
		}
	}
	if len(r.Links) > 0 {
		box.Rows = append(box.Rows, r)
	}
}

func (s *Site) treatyLede(tr *record.Treaty) string {
	kind := strings.TrimSpace(tr.Scope + " " + words(tr.Type))
	text := strings.ToUpper(withArticle(kind)[:1]) + withArticle(kind)[1:]
	if !tr.Signed.IsZero() {
		text += " signed "
		if tr.Signed.Exact() {
			text += "on "
		} else {
			text += "in "
		}
		text += tr.Signed.Text()
	}
	if tr.SignedAt != "" {
		text += " at " + tr.SignedAt
	}
	return text + "."
}

func (s *Site) treatyLead(id model.ID) template.HTML {
	t := s.World.Thing(id)
	tr := t.Treaty
	var b strings.Builder
	fmt.Fprintf(&b, "<p>The %s was signed %s", template.HTMLEscapeString(strings.TrimPrefix(t.Name, "The ")), onDate(tr.Signed))
	if ids := s.partyIDs(tr); len(ids) > 0 && len(ids) <= 12 {
		fmt.Fprintf(&b, " by %s", s.nameList(t.Path, ids, 12))
	}
	if !tr.InForce.IsZero() && tr.InForce != tr.Signed {
		fmt.Fprintf(&b, " and came into force %s", onDate(tr.InForce))
	}
	if !tr.Terminated.IsZero() {
		fmt.Fprintf(&b, "; it ended %s", onDate(tr.Terminated))
	}
	b.WriteString(".</p>")
	return template.HTML(b.String())
}

func (s *Site) partyIDs(tr *record.Treaty) []model.ID {
	var ids []model.ID
	for _, p := range tr.Parties {
		if t, ok := s.World.Lookup(p.Member); ok {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

func (s *Site) partiesSection(from string, tr *record.Treaty) Section {
	tbl := &Table{Caption: "Parties", Hidden: true, Head: []Cell{{Text: "Party"}, {Text: "Signed or acceded"}, {Text: "Remark"}}}
	for _, p := range tr.Parties {
		row := []Cell{{Text: p.Member}, {Date: s.datePtr(tr.Signed)}, {Text: p.Note}}
		if t, ok := s.World.Lookup(p.Member); ok {
			row[0] = Cell{Text: t.Name, Href: s.href(from, t.ID)}
		}
		if d := cmp.Or(p.Signed, p.Acceded); !d.IsZero() {
			row[1].Date = s.datePtr(d)
			if p.Signed.IsZero() {
				row[1].Small = "accession"
			}
		}
		if row[1].Date == nil {
			row[1].Text = "–"
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	sec := Section{ID: "parties", Title: "Parties", Table: tbl}
	if !tr.PartiesComplete {
		sec.Intro = `<div class="note"><b>Not a complete list.</b> Later parties may be missing; absence here says nothing.</div>`
	}
	return sec
}
