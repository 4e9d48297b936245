package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/model"
	"entente/internal/record"
)

func (s *Site) treaty(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	tr := t.Treaty
	a := s.article(id, "treaties/")
	a.Crumbs = s.crumbs(t.Path, Link{Href: rootOf(t.Path) + "treaties/", Text: s.say("nav.treaties")}, Link{Text: t.Label(), Current: true})
	family := w.Family(id)
	if family != model.NoFamily {
		a.Tags = append(a.Tags, s.obligation(family, w.Ended(id)))
	}
	a.Status = s.status(id)
	if a.Lede == "" {
		a.Lede = s.treatyLede(tr)
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: s.say("fact.glance", "name", t.Label()), Class: family.Class()}
	if len(t.Label()) > 40 {
		box.Title = s.say("fact.glance-short")
	}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	add(Row{Label: s.say("fact.type"), Text: s.kindText(tr.Type, tr.Scope)})
	add(Row{Label: s.say("fact.signed"), Date: s.datePtr(tr.Signed), Small: tr.SignedAt})
	if !tr.InForce.IsZero() {
		add(Row{Label: s.say("fact.in-force"), Date: s.datePtr(tr.InForce)})
	}
	if !tr.Terminated.IsZero() {
		add(Row{Label: s.say("fact.ended"), Date: s.datePtr(tr.Terminated), Small: s.word("basis", tr.Termination)})
	}
	if len(tr.Parties) > 0 {
		r := Row{Label: s.say("fact.parties-count"), Big: fmt.Sprint(len(tr.Parties))}
		if !tr.PartiesComplete {
			r.Small = s.say("fact.incomplete")
		}
		add(r)
	}
	if o, ok := w.Lookup(tr.Organisation); ok {
		add(Row{Label: s.say("fact.body"), Links: []Link{{Href: s.href(t.Path, o.ID), Text: o.Label()}}})
	}
	s.linkRow(box, t.Path, s.say("fact.replaces"), tr.Replaces)
	s.linkRow(box, t.Path, s.say("fact.replaced-by"), tr.ReplacedBy)
	if tr.Secret {
		add(Row{Label: s.say("fact.publicity"), Text: s.say("fact.secret")})
	}
	a.Infobox = box
	if len(a.Body) == 0 {
		a.Body = s.treatyLead(id)
	}
	if len(tr.Obligations) > 0 {
		a.Sections = append(a.Sections, s.obligationSection(t.Path, tr.Obligations))
	}
	if len(tr.Articles) > 0 {
		tbl := &Table{Caption: s.say("fact.articles"), Hidden: true, Head: []Cell{{Text: s.say("fact.article")}, {Text: s.say("fact.article-about")}}}
		for _, art := range tr.Articles {
			tbl.Rows = append(tbl.Rows, []Cell{{Text: s.say("fact.article-n", "number", art.Number)}, {Text: art.About}})
		}
		a.Sections = append(a.Sections, Section{ID: "articles", Title: s.say("fact.articles"), Table: tbl})
	}
	if len(tr.Parties) > 0 {
		a.Sections = append(a.Sections, s.partiesSection(t.Path, tr))
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	if tr.Notes != "" {
		a.Sections = append(a.Sections, Section{ID: "remarks", Title: s.say("fact.remarks"), HTML: paragraph(s.remark(tr.Notes))})
	}
	a.About = []node{s.treatyNode(t, a.Description)}
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
	key := "lead.treaty-short"
	if !tr.Signed.IsZero() {
		key += "-signed"
		if tr.SignedAt != "" {
			key = "lead.treaty-short-at"
		}
	}
	kind := s.scoped(tr.Scope, tr.Type)
	return sentence(strings.TrimSuffix(s.say(key, "A-kind", capital(withArticle(kind)), "Kind", capital(kind), "signed", s.World.Words.On(tr.Signed), "place", tr.SignedAt), "."))
}

// capital begins a text with a capital letter.
func capital(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

func (s *Site) treatyLead(id model.ID) template.HTML {
	t := s.World.Thing(id)
	tr := t.Treaty
	key := "lead.treaty"
	ids := s.signatories(tr)
	if len(ids) > 0 && len(ids) <= 12 && (tr.PartiesComplete || len(ids) == 2) {
		key += "-by"
	} else {
		ids = nil
	}
	on := s.World.Words.OnHTML
	html := s.sayHTML(key, "name", strings.TrimPrefix(t.Name, "The "), "signed", on(tr.Signed), "names", s.namesThen(t.Path, ids, 12, tr.Signed))
	if !tr.InForce.IsZero() && tr.InForce != tr.Signed {
		html += " " + s.sayHTML("lead.treaty-force", "day", on(tr.InForce))
	}
	if !tr.Terminated.IsZero() {
		html += " " + s.sayHTML("lead.treaty-ended", "day", on(tr.Terminated))
	}
	return "<p>" + html + "</p>"
}

// signatories are the parties that signed on the day of the treaty, not those
// that signed or acceded later.
func (s *Site) signatories(tr *record.Treaty) []model.ID {
	first := *tr
	first.Parties = slices.DeleteFunc(slices.Clone(tr.Parties), func(p record.Party) bool {
		return !p.Acceded.IsZero() || !p.Signed.IsZero() && p.Signed != tr.Signed
	})
	return s.partyIDs(&first)
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
	tbl := &Table{Caption: s.say("fact.parties"), Hidden: true, Head: []Cell{{Text: s.say("fact.party")}, {Text: s.say("fact.signed-or-acceded")}, {Text: s.say("fact.remark")}}}
	for _, p := range tr.Parties {
		row := []Cell{{Text: p.Member}, {Date: s.datePtr(tr.Signed)}, {Text: s.remark(p.Note)}}
		if t, ok := s.World.Lookup(p.Member); ok {
			row[0] = Cell{Text: t.Name, Href: s.href(from, t.ID)}
		}
		if d := cmp.Or(p.Signed, p.Acceded); !d.IsZero() {
			row[1].Date = s.datePtr(d)
			if p.Signed.IsZero() {
				row[1].Small = s.say("fact.accession")
			}
		}
		if row[1].Date == nil {
			row[1].Text = "–"
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	sec := Section{ID: "parties", Title: s.say("fact.parties"), Table: tbl.lean()}
	if !tr.PartiesComplete {
		sec.Intro = `<div class="note"><b>` + s.sayHTML("members.partial") + `</b> ` + s.sayHTML("treaty.partial-note") + `</div>`
	}
	return sec
}
