package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/chart"
	"entente/internal/derive"
	"entente/internal/model"
)

// Measures is the chart of an indicator by year for chosen states.
type Measures struct {
	Names   []string // keys of the texts that name the measures, in the order of the files
	States  []Link   // those drawn, in the order of their lines
	Summary string   // the measure and the last value of each state
	Plot    template.HTML
	Unit    string // what the numbers of the plot count, with a place for the measure
	Since   string // from when the plot is drawn, with a place for the year
	From    string // that, or empty when all years are drawn
	Head    []string
	Rows    [][]string // year, then a value a state
}

// measureNames are the measures, by their column in a state's file.
var measureNames = []string{"kept", "joined", "bilateral", "multilateral", "exercises", "forums"}

// measured is how many states the chart sets beside one another.
const measured = 4

// stateYears gives a state's years without gaps, from the first on record.
func (s *Site) stateYears(id model.ID) []derive.Year {
	var list []derive.Year
	for _, y := range derive.Indicators(s.World, id) {
		for n := len(list); n > 0 && list[n-1].Year+1 < y.Year; n++ {
			list = append(list, derive.Year{Year: list[n-1].Year + 1})
		}
		list = append(list, y)
	}
	return list
}

// yearsSheet is what a state did, year by year, to take away.
func (s *Site) yearsSheet(id model.ID) Sheet {
	out := Sheet{Head: append([]string{"year"}, measureNames...)}
	for _, y := range s.stateYears(id) {
		out.Rows = append(out.Rows, []any{y.Year, y.Kept, y.Joined, y.Bilateral, y.Multilateral, y.Exercises, y.Forums})
	}
	return out
}

// measures draws how many bodies the states with most memberships have
// belonged to; a script draws other states and measures.
func (s *Site) measures(path string) *Measures {
	w := s.World
	var ids []model.ID
	kept := map[model.ID]int{}
	for _, t := range w.Of(model.State) {
		if bodies := s.bodiesNow(t.ID); t.State.Exists.Until.IsZero() && len(bodies) > 0 {
			kept[t.ID] = len(bodies)
			ids = append(ids, t.ID)
		}
	}
	slices.SortStableFunc(ids, func(a, b model.ID) int { return cmp.Compare(kept[b], kept[a]) })
	ids = ids[:min(len(ids), measured)]
	if len(ids) == 0 {
		return nil
	}
	v := &Measures{}
	var list []chart.Series
	byYear := map[int][]string{}
	for i, id := range ids {
		v.States = append(v.States, Link{Href: s.href(path, id), Text: w.Thing(id).Name, Note: w.Thing(id).Slug})
		v.Head = append(v.Head, w.Thing(id).Name)
		var line chart.Series
		for _, y := range s.stateYears(id) {
			line.Years, line.Values = append(line.Years, y.Year), append(line.Values, y.Kept)
			if byYear[y.Year] == nil {
				byYear[y.Year] = make([]string, len(ids))
			}
			byYear[y.Year][i] = fmt.Sprint(y.Kept)
		}
		list = append(list, line)
	}
	for y := w.AsOf.Year(); y > w.AsOf.Year()-400; y-- {
		if row := byYear[y]; row != nil {
			v.Rows = append(v.Rows, append([]string{fmt.Sprint(y)}, row...))
		}
	}
	axis, first := chart.LinesAxis(list, yearOf(w.AsOf))
	counted := s.say("indicators.kept")
	v.Plot = template.HTML(chart.Lines(axis, list, counted+": "+strings.Join(v.Head, w.Words.Comma()), s.say("indicators.unit", "measure", counted)))
	v.Unit, v.Since = s.say("indicators.unit", "measure", "{m}"), s.say("indicators.since", "year", "{y}")
	if int(axis.From) > first {
		v.From = s.say("indicators.since", "year", fmt.Sprint(axis.From))
	}
	var last []string
	for i, line := range list {
		last = append(last, v.Head[i]+" "+fmt.Sprint(line.Values[len(line.Values)-1]))
	}
	v.Summary = counted + ": " + strings.Join(last, s.World.Words.Comma())
	for _, m := range measureNames {
		v.Names = append(v.Names, s.say("indicators."+m))
	}
	return v
}
