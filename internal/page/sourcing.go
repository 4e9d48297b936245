package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/claim"
	"entente/internal/date"
	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/record"
)

// disputeLabels are the words of the key facts for the fields of records.
var disputeLabels = map[string]string{
	"founded": "fact.founded", "in_force": "fact.in-force", "dissolved": "fact.ended", "signed": "fact.signed", "terminated": "fact.ended",
	"first": "fact.first-held", "last": "fact.last-held", "from": "fact.from", "until": "fact.until",
}

func (s *Site) disputeLabel(field string) string {
	if slug, of, ok := strings.Cut(field, "."); ok { // of a member: "brunei.from"
		if t, known := s.World.Lookup(slug); known {
			return t.Name + ": " + s.disputeLabel(of)
		}
	}
	if key := disputeLabels[field]; key != "" {
		return s.say(key)
	}
	return s.fieldName(field)
}

// stated is the value that the record itself gives to a disputed field.
func stated(t *model.Thing, field string) date.Date {
	if slug, of, ok := strings.Cut(field, "."); ok && t.Organisation != nil {
		for _, m := range t.Organisation.Members {
			if m.Member == slug && m.Status == "" && of == "from" {
				return m.From
			}
			if m.Member == slug && m.Status == "" && of == "until" {
				return m.Until
			}
		}
		return date.Date{}
	}
	switch {
	case t.Organisation != nil && field == "founded":
		return t.Organisation.Founded
	case t.Organisation != nil && field == "in_force":
		return t.Organisation.InForce
	case t.Organisation != nil && field == "dissolved":
		return t.Organisation.Dissolved
	case t.Treaty != nil && field == "in_force":
		return t.Treaty.InForce
	case t.Treaty != nil && field == "signed", t.Exercise != nil && field == "first", field == "from", field == "date":
		return t.Began()
	case field == "terminated" || field == "last" || field == "until":
		return t.EndDate()
	}
	return date.Date{}
}

// differSection puts rival values side by side, the record's own first.
func (s *Site) differSection(t *model.Thing) (Section, bool) {
	c := t.Common()
	if c == nil || len(c.Disputes) == 0 {
		return Section{}, false
	}
	tbl := &Table{Caption: s.say("source.where-differ"), Hidden: true,
		Head: []Cell{{Text: s.say("source.what")}, {Text: s.say("source.value")}, {Text: s.say("source.rank")}, {Text: s.say("source.label")}, {Text: s.say("fact.remark")}}}
	shown := map[string]bool{}
	for _, d := range c.Disputes {
		label := s.disputeLabel(d.Field)
		if own := stated(t, d.Field); !own.IsZero() && !shown[d.Field] {
			tbl.Rows = append(tbl.Rows, []Cell{{Text: label}, {Date: s.datePtr(own)}, {Text: s.say("source.shown")}, {Text: s.sourceNames(t.Sources)}, {}})
		}
		shown[d.Field] = true
		rank := s.word("rank", cmp.Or(d.Rank, "normal"))
		value := d.Value
		if day, err := date.Parse(value); err == nil {
			value = s.dateOf(day).Text
		}
		tbl.Rows = append(tbl.Rows, []Cell{{Text: label}, {Text: value}, {Text: rank}, {Text: s.sourceNames(d.Sources)}, {Text: d.Note}})
	}
	return Section{ID: "differ", Title: s.say("source.where-differ"), Table: tbl}, true
}

func (s *Site) sourceNames(slugs []string) string {
	var names []string
	for _, slug := range slugs {
		if t, ok := s.World.LookupSource(slug); ok {
			names = append(names, t.Name)
		}
	}
	if names == nil {
		return s.say("source.none")
	}
	return strings.Join(names, "; ")
}

// sourceLinks leads to entries of the bibliography.
func (s *Site) sourceLinks(from string, slugs []string) []Link {
	var list []Link
	for _, slug := range slugs {
		if t, ok := s.World.LookupSource(slug); ok {
			list = append(list, Link{Href: link.Rel(from, t.Path), Text: t.Name})
		}
	}
	return list
}

// sourced adds to an article what its facts rest on: the coverage and the
// mark of disputed values among the key facts, rival values in a section of
// their own, and the note of an overdue review.
func (s *Site) sourced(a *Article, t *model.Thing) {
	if r, ok := s.World.Review(t); ok && r.Due <= s.World.Edition() {
		a.Overdue = s.say("article.never-reviewed")
		if !r.Last.IsZero() {
			a.Overdue = s.say("article.review-was-due", "last", s.dateOf(r.Last).Text, "due", s.dateOf(r.Due.Date()).Text)
		}
	}
	if sec, ok := s.differSection(t); ok {
		a.Sections = append(a.Sections, sec)
		if a.Infobox != nil {
			for _, d := range t.Common().Disputes {
				for i := range a.Infobox.Rows {
					if a.Infobox.Rows[i].Label == s.disputeLabel(d.Field) {
						a.Infobox.Rows[i].Differ = "#differ"
					}
				}
			}
		}
	}
	if a.Infobox == nil || t.Common() == nil {
		return
	}
	if html := s.otherNames(t); html != "" {
		a.Infobox.Rows = append(a.Infobox.Rows, Row{Label: s.say("fact.other-names"), HTML: html})
	}
	c := s.World.Sourcing(t.ID)
	text := s.say("source.all", "n", c.Statements)
	if n := c.Unsourced(); n > 0 {
		text = s.say("source.some", "n", c.Statements-n, "all", c.Statements)
	}
	html := `<a href="` + template.HTMLEscapeString(link.Rel(t.Path, "sources/coverage/")) + `">` + template.HTMLEscapeString(text) + `</a>`
	if c.Unsourced() > 0 {
		html += ` <span class="unsourced">` + template.HTMLEscapeString(s.say("source.none")) + `</span>`
	}
	a.Infobox.Rows = append(a.Infobox.Rows, Row{Label: s.say("source.label"), HTML: template.HTML(html)})
}

// otherNames are the names that a record gives beside its own, each marked
// with its language so that it is read out as it should be.
func (s *Site) otherNames(t *model.Thing) template.HTML {
	var list []record.Name
	switch {
	case t.Organisation != nil:
		list = t.Organisation.Names
	case t.State != nil:
		list = t.State.Names
	case t.Treaty != nil:
		list = t.Treaty.Names
	case t.Exercise != nil:
		list = t.Exercise.Names
	case t.Operation != nil:
		list = t.Operation.Names
	}
	var names []string
	for _, n := range list {
		name := template.HTMLEscapeString(n.Text)
		if n.Lang != "" {
			name = `<bdi lang="` + template.HTMLEscapeString(n.Lang) + `">` + name + `</bdi>`
		}
		if n.Kind == "former" {
			name += " (" + template.HTMLEscapeString(s.word("namekind", n.Kind)) + ")"
		}
		names = append(names, name)
	}
	return template.HTML(strings.Join(names, template.HTMLEscapeString(s.World.Words.Comma())))
}

// Coverage is the view of the page on how far the statements are sourced.
type Coverage struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	Kinds   Table
	Gaps    Table
	Texts   Table // what vouches for the figures of each text
	Bad     []CoverageSource
}

// CoverageSource is a retracted source and all that leans on it.
type CoverageSource struct {
	HTML  template.HTML
	Leans []Link
}

// heads is the head of a table whose first column names and whose others
// count.
func (s *Site) heads(keys ...string) []Cell {
	var list []Cell
	for i, key := range keys {
		list = append(list, Cell{Text: s.say(key), Num: i > 0})
	}
	return list
}

func coveragePages(w *model.World) []Page {
	return []Page{{Path: "sources/coverage/index.html", Template: "coverage.html", Thing: model.None, View: (*Site).coverage}}
}

func (s *Site) coverage() any {
	w := s.World
	const path = "sources/coverage/"
	lede := s.say("coverage.lede")
	v := &Coverage{Shell: s.shell(path, "sources", "sources/", s.say("coverage.title"), lede), Heading: s.say("coverage.title"), Lede: lede,
		Crumbs: s.crumbs(path, Link{Href: "../", Text: s.say("nav.sources")}, Link{Text: s.say("coverage.title"), Current: true})}
	v.Kinds = Table{Caption: s.say("coverage.kinds-caption"), Hidden: true,
		Head: s.heads("coverage.records", "coverage.how-many", "coverage.statements", "coverage.own", "coverage.by-record", "coverage.unsourced", "coverage.covered")}
	v.Gaps = Table{Caption: s.say("coverage.gaps-caption"), Hidden: true,
		Head: []Cell{{Text: s.say("coverage.record")}, {Text: s.say("coverage.kind")}, {Text: s.say("coverage.statements"), Num: true}, {Text: s.say("coverage.unsourced"), Num: true}}}
	var total model.Sourcing
	records := 0
	row := func(name string, n int, c model.Sourcing) {
		v.Kinds.Rows = append(v.Kinds.Rows, []Cell{{Text: name}, num(n), num(c.Statements), num(c.Own), num(c.Record), num(c.Unsourced()), {Text: share(c), Num: true}})
	}
	for k := model.Organisation; k <= model.Term; k++ {
		var sum model.Sourcing
		for i := range w.Of(k) {
			t := &w.Of(k)[i]
			c := w.Sourcing(t.ID)
			sum = sum.Add(c)
			if c.Unsourced() > 0 && len(v.Gaps.Rows) < 200 {
				v.Gaps.Rows = append(v.Gaps.Rows, []Cell{{Text: t.Name, Href: s.href(path, t.ID)}, {Text: s.say("thing." + k.Noun())}, num(c.Statements), num(c.Unsourced())})
			}
		}
		if n := len(w.Of(k)); n > 0 {
			row(s.say("thing."+k.Plural()), n, sum)
			records, total = records+n, total.Add(sum)
		}
	}
	row(s.say("coverage.all"), records, total)
	v.Texts = s.figures(path)
	for i := range w.Of(model.Source) {
		t := &w.Of(model.Source)[i]
		if t.Source.Retracted == "" {
			continue
		}
		c := CoverageSource{HTML: s.reference(t.Source)}
		for _, id := range s.Web.Citing(t.ID) {
			c.Leans = append(c.Leans, Link{Href: s.href(path, id), Text: w.Thing(id).Label()})
		}
		v.Bad = append(v.Bad, c)
	}
	return v
}

// figures tells, text by text, how many sentences give a figure or a date and
// what vouches for it; what is least vouched for comes first.
func (s *Site) figures(path string) Table {
	t := Table{Caption: s.say("coverage.figures"), Hidden: true, Head: []Cell{{Text: s.say("coverage.text")}, {Text: s.say("coverage.sentences"), Num: true},
		{Text: s.say("coverage.bound"), Num: true}, {Text: s.say("coverage.cited"), Num: true}, {Text: s.say("coverage.free"), Num: true}}}
	if s.Figures == nil {
		return t
	}
	type text struct {
		id model.ID
		claim.Figures
	}
	var texts []text
	var all claim.Figures
	for i := range s.World.Things {
		if th := &s.World.Things[i]; th.Page == nil || th.Kind == model.Help || !th.Kind.HasPage() || th.Draft {
			continue
		}
		if f := s.Figures(model.ID(i)); f.All() > 0 {
			texts, all = append(texts, text{model.ID(i), f}), all.Add(f)
		}
	}
	slices.SortStableFunc(texts, func(a, b text) int { return b.Free - a.Free })
	row := func(name Cell, f claim.Figures) {
		t.Rows = append(t.Rows, []Cell{name, num(f.All()), num(f.Bound), num(f.Sourced), num(f.Free)})
	}
	if len(texts) > 0 {
		row(Cell{Text: s.say("coverage.all-texts")}, all)
	}
	for _, x := range texts[:min(len(texts), 200)] {
		row(Cell{Text: s.World.Thing(x.id).Label(), Href: s.href(path, x.id)}, x.Figures)
	}
	return t
}

// share is how much is sourced, rounded down so that a gap never shows as 100.
func share(c model.Sourcing) string {
	if c.Statements == 0 {
		return "–"
	}
	return fmt.Sprintf("%d %%", (c.Statements-c.Unsourced())*100/c.Statements)
}
