package link

import (
	"html/template"
	"strings"

	"entente/internal/fact"
	"entente/internal/model"
	"entente/internal/prose"
)

// Fact implements prose.Binder: the value as data for machines, with its
// derivation and its sources for those who point at it or tab to it.
func (b *Binder) Fact(expr string) prose.Inline {
	v, problems := fact.Evaluate(b.l.world, b.thing.ID, expr)
	b.Shown.Facts = append(b.Shown.Facts, ShownFact{expr, b.l.print(v)})
	out := prose.Inline{Text: v.Text, Problems: problems}
	if v.Text == "" {
		return out
	}
	if v.Rows != nil {
		out.Block, out.HTML = true, b.factTable(v)
		return out
	}
	esc := template.HTMLEscapeString
	element := `<data value="` + esc(v.Machine) + `">` + esc(v.Text) + `</data>`
	if v.Time {
		element = `<time datetime="` + esc(v.Machine) + `">` + esc(v.Text) + `</time>`
	}
	out.HTML = `<a class="fact" href="` + esc(Rel(b.from, b.shownAt(v))) + `" data-why="` + esc(v.Why) + `" data-src="` + esc(b.sourcesOf(v)) + `">` + element + `</a>`
	return out
}

// shownAt is the address of the part of a page that shows where a value
// comes from: that of its subject, or the list of sources when it has none.
func (b *Binder) shownAt(v fact.Value) string {
	if v.Subject == model.None {
		return "sources/"
	}
	address := b.l.world.Thing(v.Subject).Path
	if v.Fragment != "" && !strings.Contains(address, "#") {
		address += "#" + v.Fragment
	}
	return address
}

// sourcesOf names the sources of a value, or says that there are none.
func (b *Binder) sourcesOf(v fact.Value) string {
	var names []string
	for _, s := range v.Sources {
		if src, ok := b.l.world.LookupSource(s); ok {
			name := src.Name
			if src.Source.Retracted != "" {
				name += " (" + b.l.world.Words.Word("field", "retracted") + ")"
			}
			names = append(names, name)
		}
	}
	if names == nil {
		return b.l.world.Words.Say("source.none")
	}
	return strings.Join(names, "; ")
}

// factTable draws a set as a table with its derivation below.
func (b *Binder) factTable(v fact.Value) string {
	esc := template.HTMLEscapeString
	var s strings.Builder
	s.WriteString(`<div class="fig tablewrap" tabindex="0" role="region" aria-label="` + esc(v.Why) + `"><table class="data"><caption class="vh">` + esc(v.Why) + `</caption><tbody>`)
	for _, r := range v.Rows {
		s.WriteString(`<tr><th scope="row"><a href="` + esc(Rel(b.from, b.l.world.Thing(r.Thing).Path)) + `">` + esc(r.Name) + `</a></th>`)
		if r.Detail != "" {
			s.WriteString(`<td>` + esc(r.Detail) + `</td>`)
		} else {
			s.WriteString(`<td></td>`)
		}
		s.WriteString(`</tr>`)
	}
	s.WriteString(`</tbody></table></div><p class="srcline"><a class="fact" href="` + esc(Rel(b.from, b.shownAt(v))) + `" data-why="` + esc(v.Why) + `" data-src="` + esc(b.sourcesOf(v)) + `">` + esc(b.l.world.Words.Say("why.total", "n", v.Machine)) + `</a></p>
`)
	return s.String()
}
