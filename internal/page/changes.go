package page

import (
	"cmp"
	"html/template"
	"strings"

	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/link"
	"entente/internal/record"
)

// maxChanges is how many changes of one sort a page lists; the files beside
// it have all.
const maxChanges = 500

// ChangeGroup are the changes of one sort, or a list of places to go.
type ChangeGroup struct {
	ID, Title string
	Text      string
	HTML      template.HTML
	Lines     []template.HTML
	Names     []Link
	More      string // how many are left out; "" when none is
}

// comparison is what changed from one edition to another, told on the page at
// an address. Without a name, the later edition is the site as it stands.
type comparison struct {
	*Site
	was, now *edition.Edition
	at       string
	root     string // before absolute addresses; "" for relative ones
	fields   schema
}

func (s *Site) compared(was, now *edition.Edition, at string) *comparison {
	return &comparison{Site: s, was: was, now: now, at: at, fields: columns()}
}

// sorts are the groups in their order, and what belongs to each.
var sorts = []struct {
	id  string // of the group and of its title
	has func(*comparison, edition.Change) bool
}{
	{"members", func(_ *comparison, c edition.Change) bool {
		return c.What == edition.Joined || c.What == edition.Left || c.List == "members" && c.Field == ""
	}},
	{"dates", func(p *comparison, c edition.Change) bool { return c.What == edition.Changed && p.isDate(c) }},
	{"records-added", func(_ *comparison, c edition.Change) bool { return c.What == edition.Added && c.Kind != "topics" }},
	{"records-removed", func(_ *comparison, c edition.Change) bool { return c.What == edition.Removed && c.Kind != "topics" }},
	{"facts", func(_ *comparison, c edition.Change) bool {
		return c.What == edition.Changed || c.What == edition.Gained || c.What == edition.Lost
	}},
	{"pages-added", func(_ *comparison, c edition.Change) bool { return c.What == edition.Added }},
	{"pages-removed", func(_ *comparison, c edition.Change) bool { return c.What == edition.Removed }},
	{"renamed", func(_ *comparison, c edition.Change) bool { return c.What == edition.Renamed }},
	{"reworded", func(_ *comparison, c edition.Change) bool { return c.What == edition.Reworded }},
}

// isDate reports whether a change is one of a date.
func (p *comparison) isDate(c edition.Change) bool {
	table := c.Kind
	if c.List != "" {
		table += "." + c.List
	}
	return p.fields[table][strings.ReplaceAll(c.Field, ".", "_")].Day
}

// groups tells the changes by sort.
func (p *comparison) groups() []ChangeGroup {
	of := make([][]edition.Change, len(sorts))
	left := make([]int, len(sorts))
	for _, c := range edition.Compare(p.was, p.now) {
		for i, sort := range sorts {
			if !sort.has(p, c) {
				continue
			}
			if len(of[i]) < maxChanges {
				of[i] = append(of[i], c)
			} else {
				left[i]++
			}
			break
		}
	}
	var list []ChangeGroup
	for i, changes := range of {
		if len(changes) == 0 {
			continue
		}
		g := ChangeGroup{ID: sorts[i].id, Title: p.say("edition." + sorts[i].id), Lines: p.lines(changes)}
		if left[i] > 0 {
			g.More = p.say("edition.more", "n", left[i])
		}
		list = append(list, g)
	}
	return list
}

// field names a field of a record.
func (p *comparison) field(name string) template.HTML {
	return template.HTML("<i>" + template.HTMLEscapeString(p.fieldName(name)) + "</i>")
}

// link names the thing of a change, with its address in the edition that has it.
func (p *comparison) link(c edition.Change) template.HTML {
	e := p.now
	if c.What == edition.Removed {
		e = p.was
	}
	href := link.Rel(p.at, editionPath(e.Name)+c.Path)
	if p.root != "" {
		href = p.root + editionPath(e.Name) + c.Path
	}
	return template.HTML(`<a href="` + template.HTMLEscapeString(href) + `">` + template.HTMLEscapeString(c.Name) + `</a>`)
}

// name names an entry of a list: by its thing, where it is one.
func (p *comparison) name(id string) template.HTML {
	for _, kind := range []string{"states", "organisations", "treaties"} {
		for _, e := range []*edition.Edition{p.now, p.was} {
			if entry := e.Lookup(kind, id); entry != nil {
				return template.HTML(template.HTMLEscapeString(entry.Name))
			}
		}
	}
	return template.HTML(template.HTMLEscapeString(id))
}

func (p *comparison) when(text string) template.HTML {
	if d, err := date.Parse(text); err == nil {
		return p.World.Words.OnHTML(d)
	}
	return template.HTML(template.HTMLEscapeString(cmp.Or(text, "?")))
}

func (p *comparison) value(c edition.Change, text string) template.HTML {
	if d, err := date.Parse(text); err == nil && p.isDate(c) {
		return p.World.Words.Time(d)
	}
	table := c.Kind
	if c.List != "" {
		table += "." + c.List
	}
	return template.HTML("<q>" + template.HTMLEscapeString(p.valueWord(table, c.Field, text)) + "</q>")
}

// sheet is all changes, to take away.
func (p *comparison) sheet() Sheet {
	out := Sheet{Head: []string{"what", "kind", "id", "name", "list", "entry", "field", "was", "is", "paragraphs"}}
	for _, c := range edition.Compare(p.was, p.now) {
		out.Rows = append(out.Rows, []any{string(c.What), c.Kind, c.ID, c.Name, c.List, c.Entry, c.Field, c.Was, c.Is, c.N})
	}
	return out
}

// schema are the columns of the records by kind and list,
// "organisations.members", and name.
type schema map[string]map[string]record.Column

func columns() schema {
	all := schema{}
	for _, t := range dataTables() {
		key := t.Kind.Folder()
		if t.List != "" {
			key += "." + t.List
		}
		all[key] = map[string]record.Column{}
		for _, c := range t.Columns {
			all[key][c.Name] = c
		}
	}
	return all
}
