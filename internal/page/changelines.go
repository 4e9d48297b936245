package page

import (
	"html/template"
	"slices"
	"strings"

	"entente/internal/edition"
)

// few is how many names stand in one line of a list of changes.
const few = 5

// lines tells changes of one sort as a person would write them down: each
// thing once, under it what changed in it, and what came or went by kind.
func (p *comparison) lines(list []edition.Change) []template.HTML {
	if w := list[0].What; w == edition.Added || w == edition.Removed {
		return p.byKind(list)
	}
	var lines []template.HTML
	for _, of := range runs(list, func(c edition.Change) string { return c.Kind + "/" + c.ID }) {
		name := p.link(of[0])
		switch c := of[0]; c.What {
		case edition.Renamed:
			lines = append(lines, p.sayHTML("edition.renamed-from", "name", name, "was", c.Was, "is", c.Is))
		case edition.Reworded:
			lines = append(lines, p.sayHTML("edition.paragraphs", "name", name, "n", c.N)+rewordedHTML(c.Gone, c.Come))
		default:
			lines = append(lines, p.under(name, p.inThing(of)))
		}
	}
	return lines
}

// byKind lists names; where there are several kinds, each has a line.
func (p *comparison) byKind(list []edition.Change) []template.HTML {
	var lines []template.HTML
	kinds := runs(list, func(c edition.Change) string { return c.Kind })
	for _, of := range kinds {
		var names []template.HTML
		for _, c := range of {
			names = append(names, p.link(c))
		}
		if len(kinds) == 1 {
			return names
		}
		if len(names) <= few {
			names = []template.HTML{p.World.Words.HTMLList(names...)}
		}
		lines = append(lines, p.under(template.HTML(template.HTMLEscapeString(p.listTitle(of[0].Kind+"/"))), names))
	}
	return lines
}

// inThing tells what changed in one thing: who joined and left, its fields,
// and its lists.
func (p *comparison) inThing(list []edition.Change) (items []template.HTML) {
	var joined, left []template.HTML
	lists := map[string][]edition.Change{}
	var order []string
	for _, c := range list {
		dated := p.name(c.Entry) + " " + p.when(c.Is)
		switch c.What {
		case edition.Joined:
			joined = append(joined, dated)
		case edition.Left:
			left = append(left, dated)
		default:
			if lists[c.List] == nil {
				order = append(order, c.List)
			}
			lists[c.List] = append(lists[c.List], c)
		}
	}
	if len(joined) > 0 {
		items = append(items, p.sayHTML("edition.joined", "list", p.World.Words.HTMLList(joined...)))
	}
	if len(left) > 0 {
		items = append(items, p.sayHTML("edition.left", "list", p.World.Words.HTMLList(left...)))
	}
	for _, name := range order {
		if name == "" {
			items = append(items, p.inFields(lists[name])...)
		} else {
			items = append(items, p.inList(p.field(name), lists[name]))
		}
	}
	return items
}

// inList tells what changed in a list of a thing.
func (p *comparison) inList(label template.HTML, list []edition.Change) template.HTML {
	var gained, lost, items []template.HTML
	list = slices.DeleteFunc(list, func(c edition.Change) bool {
		switch c.What {
		case edition.Gained:
			gained = append(gained, p.name(c.Entry))
		case edition.Lost:
			lost = append(lost, p.name(c.Entry))
		default:
			return false
		}
		return true
	})
	if len(gained) > 0 {
		items = append(items, p.sayHTML("edition.gained", "entries", p.World.Words.HTMLList(gained...)))
	}
	if len(lost) > 0 {
		items = append(items, p.sayHTML("edition.lost", "entries", p.World.Words.HTMLList(lost...)))
	}
	entries := runs(list, func(c edition.Change) string { return c.Entry })
	if len(items) == 0 && len(entries) == 1 {
		return p.under(label+" "+p.name(entries[0][0].Entry), p.inFields(entries[0]))
	}
	for _, of := range entries {
		items = append(items, p.under(p.name(of[0].Entry), p.inFields(of)))
	}
	return p.under(label, items)
}

// inFields tells changes of fields: the words that came to one field, and
// those that went, together.
func (p *comparison) inFields(list []edition.Change) (items []template.HTML) {
	for _, of := range runs(list, func(c edition.Change) string { return c.Field }) {
		field := p.field(of[0].Field)
		var come, gone []template.HTML
		for _, c := range of {
			switch {
			case c.Was == "":
				come = append(come, p.value(c, c.Is))
			case c.Is == "":
				gone = append(gone, p.value(c, c.Was))
			default:
				items = append(items, p.sayHTML("edition.was", "field", field, "was", p.value(c, c.Was), "is", p.value(c, c.Is)))
			}
		}
		if len(gone) > 0 {
			items = append(items, p.sayHTML("edition.gone", "field", field, "was", p.World.Words.HTMLList(gone...)))
		}
		if len(come) > 0 {
			items = append(items, p.sayHTML("edition.now", "field", field, "is", p.World.Words.HTMLList(come...)))
		}
	}
	return items
}

// under writes one thing behind its head, several as a list below it.
func (p *comparison) under(head template.HTML, items []template.HTML) template.HTML {
	if len(items) == 1 {
		return p.sayHTML("edition.under", "head", head, "what", items[0])
	}
	var b strings.Builder
	b.WriteString(string(head) + "<ul>")
	for _, x := range items {
		b.WriteString("<li>" + string(x) + "</li>")
	}
	b.WriteString("</ul>")
	return template.HTML(b.String())
}

// runs parts changes where the key changes.
func runs(list []edition.Change, key func(edition.Change) string) (parts [][]edition.Change) {
	for i, c := range list {
		if i == 0 || key(list[i-1]) != key(c) {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], c)
	}
	return parts
}
