package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/link"
	"entente/internal/model"
)

// Tie is two bodies that shared members on a day.
type Tie struct {
	A, B   model.ID
	Shared int
}

// networkMost is how many bodies a network shows: the weightiest.
const networkMost = 60

// networkOf gives the bodies in force on a day that have at least two
// members, in the order in which they are drawn, every tie between them, and
// how many such bodies there are: the weightiest are drawn.
func (s *Site) networkOf(day date.Day, among []model.ID) (bodies []model.ID, ties []Tie, all int) {
	w := s.World
	sets := map[model.ID][]model.ID{}
	for _, t := range w.Of(model.Organisation) {
		if len(among) > 0 && !slices.Contains(among, t.ID) {
			continue
		}
		if set := w.Members(t.ID, day, model.Member).Certain; len(set) >= 2 && life(&t).Contains(day) != date.No {
			bodies = append(bodies, t.ID)
			sets[t.ID] = set
		}
	}
	all = len(bodies)
	if all > networkMost { // ties grow with the square of the bodies
		slices.SortStableFunc(bodies, s.weight)
		bodies = bodies[:networkMost]
		slices.Sort(bodies)
	}
	for i, a := range bodies {
		for _, b := range bodies[i+1:] {
			if n := common(sets[a], sets[b]); n > 0 {
				ties = append(ties, Tie{a, b, n})
			}
		}
	}
	return s.arrange(bodies, sets), ties, all
}

// common counts what two sorted lists share.
func common(a, b []model.ID) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return n
}

// arrange orders bodies so that those with like members stand together:
// after the largest comes, again and again, the one most like the last.
func (s *Site) arrange(bodies []model.ID, sets map[model.ID][]model.ID) []model.ID {
	rest := slices.Clone(bodies)
	slices.SortStableFunc(rest, func(a, b model.ID) int { return cmp.Or(cmp.Compare(len(sets[b]), len(sets[a])), cmp.Compare(a, b)) })
	var order []model.ID
	for len(rest) > 0 {
		best, most := 0, -1
		if n := len(order); n > 0 {
			last := sets[order[n-1]]
			for i, id := range rest {
				// Shared over the size of both, in thousandths: whole numbers are equal on every machine.
				shared := common(last, sets[id])
				if like := 1000 * shared / (len(last) + len(sets[id]) - shared); like > most {
					best, most = i, like
				}
			}
		}
		order = append(order, rest[best])
		rest = slices.Delete(rest, best, best+1)
	}
	return order
}

// strongest are how many ties of each body are drawn; the table has all.
const strongest = 3

// mainTies keeps, of each body, its strongest ties.
func mainTies(ties []Tie) []Tie {
	sorted := slices.Clone(ties)
	slices.SortStableFunc(sorted, func(a, b Tie) int { return cmp.Compare(b.Shared, a.Shared) })
	count := map[model.ID]int{}
	var kept []Tie
	for _, t := range sorted {
		if count[t.A] < strongest || count[t.B] < strongest {
			kept = append(kept, t)
			count[t.A]++
			count[t.B]++
		}
	}
	return kept
}

// networkFigure draws who is tied to whom on a day.
func (s *Site) networkFigure(day date.Day, from string, among []model.ID, title string) (figure template.HTML, bodies []model.ID, ties []Tie, summary string) {
	w := s.World
	bodies, ties, all := s.networkOf(day, among)
	summary = s.networkSummary(day, bodies, ties, all)
	at := map[model.ID]int{}
	nodes := make([]chart.Node, len(bodies))
	for i, id := range bodies {
		t := w.Thing(id)
		at[id] = i
		n := len(w.Members(id, day, model.Member).Certain)
		nodes[i] = chart.Node{ID: t.Slug, Href: link.Rel(from, t.Path), Label: t.Label(), Title: t.Name + s.World.Words.Comma() + s.familyName(s.family(id)) + s.World.Words.Comma() + s.members(model.Range{Low: n, High: n}), Class: "o-" + s.family(id).Class(), Mark: glyphs[s.family(id).Class()], Size: n}
	}
	var arcs []chart.Arc
	for _, t := range mainTies(ties) {
		a, okA := at[t.A]
		b, okB := at[t.B]
		if okA && okB {
			arcs = append(arcs, chart.Arc{From: min(a, b), To: max(a, b), Weight: t.Shared,
				Title: s.say("network.tie", "a", w.Thing(t.A).Label(), "b", w.Thing(t.B).Label(), "n", t.Shared)})
		}
	}
	slices.SortStableFunc(arcs, func(a, b chart.Arc) int {
		return cmp.Or(cmp.Compare(b.To-b.From, a.To-a.From), cmp.Compare(a.From, b.From))
	})
	html := `<figure class="fig network"><p class="figt">` + template.HTMLEscapeString(title) + `</p><p class="sub">` + template.HTMLEscapeString(summary) +
		`</p>` + chart.Arcs(nodes, arcs, title) +
		`<figcaption>` + template.HTMLEscapeString(s.say("network.caption")) + `</figcaption></figure>`
	return template.HTML(html), bodies, ties, summary
}

// networkSummary says in words what the network shows.
func (s *Site) networkSummary(day date.Day, bodies []model.ID, ties []Tie, all int) string {
	text := s.say("network.summary", "bodies", s.count(all, "bodies"), "day", day, "n", len(ties))
	if all > len(bodies) {
		text += " " + s.say("network.drawn", "n", len(bodies))
	}
	if len(ties) > 0 {
		top := ties[0]
		count := map[model.ID]int{}
		for _, t := range ties {
			if t.Shared > top.Shared {
				top = t
			}
			count[t.A]++
			count[t.B]++
		}
		hub := bodies[0]
		for _, id := range bodies {
			if count[id] > count[hub] {
				hub = id
			}
		}
		text += " " + s.say("network.strongest", "a", s.World.Thing(top.A).Label(), "b", s.World.Thing(top.B).Label(), "n", top.Shared) +
			" " + s.say("network.hub", "a", s.World.Thing(hub).Label(), "n", count[hub])
	}
	return text
}

// Network is the view of the network of bodies on a day.
type Network struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	Days    []Link
	Figure  template.HTML
	Legend  []Swatch
	Table   Table
	Note    string
}

// networkYears are the years, beside today, whose network is drawn.
var networkYears = []int{1914, 1939, 1955, 1975, 1990, 2004}

func networkPages(w *model.World) []Page {
	list := []Page{{Path: "network/index.html", Template: "network.html", Thing: model.None, View: func(s *Site) any { return s.network(0) }}}
	list = append(list, sheetFiles("network/ties", model.None, func(s *Site) Sheet { return s.tiesSheet(s.World.AsOf) })...)
	for _, y := range networkYears {
		if y < w.AsOf.Year() {
			dir := fmt.Sprintf("network/%d/", y)
			list = append(list, Page{Path: dir + "index.html", Template: "network.html", Thing: model.None, View: func(s *Site) any { return s.network(y) }})
			list = append(list, sheetFiles(dir+"ties", model.None, func(s *Site) Sheet { return s.tiesSheet(date.DayOf(y, 1, 1)) })...)
		}
	}
	return list
}

// tiesMost is how many ties the table of a page lists; the files have all.
const tiesMost = 300

// network is the page of one year, or of today for 0.
func (s *Site) network(year int) any {
	w := s.World
	path, day := "network/", w.AsOf
	if year != 0 {
		path, day = fmt.Sprintf("network/%d/", year), date.DayOf(year, 1, 1)
	}
	title := s.say("network.title")
	if year != 0 {
		title += s.World.Words.Comma() + fmt.Sprint(year)
	}
	figure, bodies, ties, summary := s.networkFigure(day, path, nil, s.say("network.figure", "day", day))
	v := &Network{Heading: title, Lede: s.say("network.lede"), Figure: figure}
	v.Shell = s.shell(path, "network", "organisations/", title, summary, "network.js")
	v.Crumbs = s.crumbs(path, Link{Text: s.say("nav.network"), Current: true})
	if year != 0 {
		v.Crumbs = s.crumbs(path, Link{Href: "../", Text: s.say("nav.network")}, Link{Text: fmt.Sprint(year), Current: true})
	}
	for _, y := range networkYears {
		if y < w.AsOf.Year() {
			v.Days = append(v.Days, Link{Href: link.Rel(path, fmt.Sprintf("network/%d/", y)), Text: fmt.Sprint(y), Current: y == year})
		}
	}
	v.Days = append(v.Days, Link{Href: link.Rel(path, "network/"), Text: s.World.Words.Dates.Text(w.AsOf.Date()), Current: year == 0})
	used := map[model.Family]bool{}
	for _, id := range bodies {
		used[s.family(id)] = true
	}
	for _, f := range model.Families() {
		if used[f] {
			v.Legend = append(v.Legend, Swatch{Obl: f.Class(), Glyph: Glyph(f.Class()), Text: s.familyName(f)})
		}
	}
	slices.SortStableFunc(ties, func(a, b Tie) int { return cmp.Compare(b.Shared, a.Shared) })
	v.Table = Table{Caption: s.say("network.table", "day", day), Data: fileLinks("ties"),
		Head: []Cell{{Text: s.say("fact.body")}, {Text: s.say("network.tied-to")}, {Text: s.say("network.shared"), Num: true}}}
	for _, t := range ties[:min(len(ties), tiesMost)] {
		v.Table.Rows = append(v.Table.Rows, []Cell{{Text: w.Thing(t.A).Label(), Href: s.href(path, t.A)}, {Text: w.Thing(t.B).Label(), Href: s.href(path, t.B)}, num(t.Shared)})
	}
	if len(ties) > tiesMost {
		v.Note = s.say("network.more", "n", tiesMost, "all", len(ties))
	}
	return v
}

func (s *Site) tiesSheet(day date.Day) Sheet {
	w := s.World
	_, ties, _ := s.networkOf(day, nil)
	out := Sheet{Head: []string{"day", "body", "tied_to", "shared_members"}}
	for _, t := range ties {
		out.Rows = append(out.Rows, []any{day.String(), w.Thing(t.A).Slug, w.Thing(t.B).Slug, t.Shared})
	}
	return out
}

// networkView is the network in a text.
func (d *drawing) networkView() string {
	var among []model.ID
	for _, t := range d.things("of", model.Organisation) {
		among = append(among, t.ID)
	}
	day := d.World.AsOf
	if _, ok := d.options["on"]; ok {
		day = d.day(model.None)
	}
	if len(d.problems) > 0 {
		return ""
	}
	html, bodies, _, _ := d.networkFigure(day, d.from, among, d.title(d.say("network.figure", "day", day)))
	if len(bodies) < 2 {
		d.fail(option{value: " "}, "VW005", "fewer than two bodies were in force on this day", "choose another day, or name other bodies")
		return ""
	}
	return strings.TrimSpace(string(html))
}
