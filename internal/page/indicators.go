package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"entente/internal/derive"
	"entente/internal/model"
)

func indicatorPages(w *model.World) []Page {
	return slices.Concat([]Page{
		{Path: "indicators/index.html", Template: "indicators.html", Thing: model.None, View: (*Site).indicators},
	}, sheetFiles("indicators/states", model.None, (*Site).stateIndicatorsSheet), sheetFiles("indicators/organisations", model.None, (*Site).bodyIndicatorsSheet))
}

// Indicators is the view of the indicators page.
type Indicators struct {
	Shell
	Crumbs   []Link
	Heading  string
	Lede     string
	Measures *Measures
	Keys     []string // of the measures
	Picks    []string // labels of the chosen states
	Lines    []string // classes of the lines
	States   Table
	Bodies   Table
	AsOf     string
}

func (s *Site) indicators() any {
	w := s.World
	title, lede := s.say("indicators.title"), s.say("indicators.lede")
	v := &Indicators{Shell: s.shell("indicators/", "indicators", "indicators/", title, lede, "indicators.js"), Heading: title, Lede: lede, AsOf: s.dateOf(w.Site.AsOf).Text,
		Crumbs: s.crumbs("indicators/", Link{Text: title, Current: true})}
	v.About = []node{s.datasetNode("indicators/", v.Title, lede, measureNames, "states.csv", "states.json", "organisations.csv", "organisations.json")}
	v.Measures, v.Keys = s.measures("indicators/"), measureNames
	for i := range measured {
		v.Picks = append(v.Picks, s.say("indicators.pick", "n", i+1))
		v.Lines = append(v.Lines, fmt.Sprintf("l%d", i+1))
	}
	v.States = Table{Caption: s.say("indicators.states-to", "day", v.AsOf), Data: fileLinks("states"), Head: s.heads("matrix.state", "fact.member-of", "indicators.joined-all",
		"indicators.bilateral", "indicators.multilateral", "indicators.exercises", "indicators.forums")}
	type line struct {
		row  []Cell
		kept int
	}
	var lines []line
	for _, id := range s.byName(model.State) {
		t := w.Thing(id)
		list := derive.Indicators(w, id)
		if len(list) == 0 || !t.State.Exists.Until.IsZero() {
			continue
		}
		var sum derive.Year
		for _, y := range list {
			sum.Joined += y.Joined
			sum.Bilateral += y.Bilateral
			sum.Multilateral += y.Multilateral
		}
		last := derive.Year{}
		if l := list[len(list)-1]; l.Year == w.AsOf.Year() {
			last = l
		}
		lines = append(lines, line{[]Cell{{Text: t.Name, Href: s.href("indicators/", id)}, num(last.Kept), num(sum.Joined), num(sum.Bilateral), num(sum.Multilateral),
			num(last.Exercises), num(last.Forums)}, last.Kept})
	}
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(b.kept, a.kept) })
	for _, l := range lines {
		v.States.Rows = append(v.States.Rows, l.row)
	}
	v.Bodies = Table{Caption: s.say("indicators.bodies-to", "day", v.AsOf), Data: fileLinks("organisations"), Head: s.heads("fact.body", "fact.founded", "fact.members",
		"indicators.joined-all", "indicators.left-all", "indicators.exercises", "fact.operations")}
	v.Bodies.Head[1].Num = false
	for _, id := range s.byName(model.Organisation) {
		t := w.Thing(id)
		if w.Ended(id) || !t.Organisation.MembersComplete || len(w.MembersOf(id)) == 0 {
			continue
		}
		joined, left := 0, 0
		for _, y := range derive.BodyIndicators(w, id) {
			joined += y.Joined
			left += y.Left
		}
		v.Bodies.Rows = append(v.Bodies.Rows, []Cell{{Text: t.Name, Href: s.href("indicators/", id)}, {Text: t.Organisation.Founded.YearText()},
			{Text: countText(w.CountMembers(id, w.Day(id))), Num: true}, num(joined), num(left), num(len(w.Exercises(id))), num(len(w.Operations(id)))})
	}
	return v
}

func num(n int) Cell { return Cell{Text: fmt.Sprint(n), Num: true} }

func (s *Site) stateIndicatorsSheet() Sheet {
	w := s.World
	out := Sheet{Head: []string{"state", "year", "joined", "kept", "bilateral", "multilateral", "exercises", "forums"}}
	for _, t := range w.Of(model.State) {
		for _, y := range derive.Indicators(w, t.ID) {
			out.Rows = append(out.Rows, []any{t.Slug, y.Year, y.Joined, y.Kept, y.Bilateral, y.Multilateral, y.Exercises, y.Forums})
		}
	}
	return out
}

func (s *Site) bodyIndicatorsSheet() Sheet {
	w := s.World
	out := Sheet{Head: []string{"organisation", "year", "members_low", "members_high", "joined", "left", "exercises", "operations"}}
	for _, t := range w.Of(model.Organisation) {
		for _, y := range derive.BodyIndicators(w, t.ID) {
			out.Rows = append(out.Rows, []any{t.Slug, y.Year, y.Members.Low, y.Members.High, y.Joined, y.Left, y.Exercises, y.Operations})
		}
	}
	return out
}

// stateIndicators shows the last ten years on record of a state.
func (s *Site) stateIndicators(id model.ID) (Section, bool) {
	list := derive.Indicators(s.World, id)
	if len(list) == 0 {
		return Section{}, false
	}
	if len(list) > 10 {
		list = list[len(list)-10:]
	}
	tbl := &Table{Caption: s.say("indicators.activity"), Hidden: true, Data: fileLinks("years"),
		Head: s.heads("indicators.year", "indicators.kept", "indicators.joined", "indicators.bilateral", "indicators.multilateral", "indicators.exercises", "indicators.forums")}
	for i := len(list) - 1; i >= 0; i-- {
		y := list[i]
		tbl.Rows = append(tbl.Rows, []Cell{{Text: fmt.Sprint(y.Year)}, num(y.Kept), num(y.Joined), num(y.Bilateral), num(y.Multilateral), num(y.Exercises), num(y.Forums)})
	}
	root := rootOf(s.World.Thing(id).Path)
	return Section{ID: "indicators", Title: s.say("indicators.of-year"), Table: tbl,
		After: `<p class="srcline">` + s.sayHTML("indicators.counted") + ` <a href="` + template.HTML(root) + `indicators/">` + s.sayHTML("indicators.what") + `</a></p>`}, true
}
