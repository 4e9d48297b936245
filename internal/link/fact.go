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
	f, _ := b.l.boundFact(expr, b.thing.ID)
	b.Shown.Facts = append(b.Shown.Facts, ShownFact{f.expr, f.print})
	out := prose.Inline{Text: f.text, Problems: f.problems}
	switch {
	case f.text == "":
	case f.table != nil:
		out.Block, out.HTML = true, b.factTable(*f.table)
	default:
		out.HTML = `<a class="fact" href="` + template.HTMLEscapeString(Rel(b.from, f.at)) + f.rest
	}
	return out
}

// boundFact is what a fact comes to, on every page where it stands.
type boundFact struct {
	expr     string // one text for all pages that show it
	print    uint64
	text     string
	at       string      // the address that shows where it comes from
	rest     string      // of the link, behind its address
	table    *fact.Value // of "as table"
	problems []prose.Problem
}

// boundFact evaluates a fact on the page of a thing, or model.None. Alone
// reports that its value does not depend on the page; it is evaluated once
// then.
func (l *Linker) boundFact(expr string, page model.ID) (f *boundFact, alone bool) {
	if f, ok := l.facts.Load(expr); ok {
		return f.(*boundFact), true
	}
	v, problems := fact.Evaluate(l.world, page, expr)
	f = &boundFact{expr: strings.Clone(expr), print: l.print(v), text: v.Text, problems: problems}
	switch {
	case v.Text == "":
	case v.Rows != nil:
		f.table = &v
	default:
		f.at, f.rest = l.shownAt(v), l.factLink(v)
	}
	alone = v.Text != "" && !v.OfPage
	if alone && problems == nil && f.table == nil {
		l.facts.Store(f.expr, f)
	}
	return f, alone
}

// factLink is the element of a value and its link, behind the address.
func (l *Linker) factLink(v fact.Value) string {
	esc := template.HTMLEscapeString
	element := `<data value="` + esc(v.Machine) + `">` + esc(v.Text) + `</data>`
	if v.Time {
		element = `<time datetime="` + esc(v.Machine) + `">` + esc(v.Text) + `</time>`
	}
	return `" data-why="` + esc(v.Why) + `" data-src="` + esc(l.sourcesOf(v)) + `">` + element + `</a>`
}

// shownAt is the address of the part of a page that shows where a value
// comes from: that of its subject, or the list of sources when it has none.
func (l *Linker) shownAt(v fact.Value) string {
	if v.Subject == model.None {
		return "sources/"
	}
	address := l.world.Thing(v.Subject).Path
	if v.Fragment != "" && !strings.Contains(address, "#") {
		address += "#" + v.Fragment
	}
	return address
}

// sourcesOf names the sources of a value, or says that there are none.
func (l *Linker) sourcesOf(v fact.Value) string {
	var names []string
	for _, s := range v.Sources {
		if src, ok := l.world.LookupSource(s); ok {
			name := src.Name
			if src.Source.Retracted != "" {
				name += " (" + l.world.Words.Word("field", "retracted") + ")"
			}
			names = append(names, name)
		}
	}
	if names == nil {
		return l.world.Words.Say("source.none")
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
	s.WriteString(`</tbody></table></div><p class="srcline"><a class="fact" href="` + esc(Rel(b.from, b.l.shownAt(v))) + `" data-why="` + esc(v.Why) + `" data-src="` + esc(b.l.sourcesOf(v)) + `">` + esc(b.l.world.Words.Say("why.total", "n", v.Machine)) + `</a></p>
`)
	return s.String()
}
