package build

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/lang"
	"entente/internal/model"
	"entente/internal/page"
	"entente/internal/search"
)

// maxSections is how many headings are entries of their own. On a larger
// site they count as words of their page.
const maxSections = 4000

// entries lists what search can find.
func entries(ps *page.Site) []search.Entry {
	w := ps.World
	var list, sections []search.Entry
	shorter := shortStates(w)
	for i := range w.Things {
		t := &w.Things[i]
		if t.Kind == model.Source {
			continue
		}
		e := search.Entry{URL: t.Path, Title: t.Name, Short: t.Short, Kind: t.Kind.Noun(), Family: w.Family(t.ID).Class(), Summary: t.Summary}
		for _, n := range t.Names {
			e.Names = append(e.Names, n.Text)
		}
		if s := t.State; s != nil {
			e.Names, e.Codes = append(e.Names, s.Codes.ISO2, s.Codes.ISO3), []string{s.Codes.ISONum}
			if s.Exists.Until.IsZero() {
				e.Names = append(e.Names, lang.RegionNames(s.Codes.ISO2)...)
			}
		} else if short := shorter.Replace(t.Name); short != t.Name {
			e.Names = append(e.Names, short)
		}
		if from := t.Began(); !from.IsZero() {
			e.From, e.To = from.Year(), w.AsOf.Year()
			if until := ended(t); !until.IsZero() {
				e.To = until.Year()
			}
			if t.Kind != model.State {
				e.Year = w.Words.Dates.YearText(from)
			}
		}
		if t.Event != nil && e.Summary == "" {
			e.Summary = w.Words.Dates.Text(t.Event.Date)
		}
		if b := ps.Bodies[i]; b != nil {
			e.Text = b.Text
			for _, h := range b.Headings {
				e.Headings = append(e.Headings, h.Text)
				if len(sections) <= maxSections && t.Kind.HasPage() {
					kind := "section"
					if t.Kind == model.Help { // about the site, not its subject
						kind = t.Kind.Noun()
					}
					sections = append(sections, search.Entry{URL: t.Path + "#" + h.ID, Title: h.Text, Kind: kind, Summary: t.Name})
				}
			}
		}
		list = append(list, e)
	}
	for _, l := range slices.Concat(page.NewMasthead(ps, "", "").Nav, page.NewColophon(ps, "").Links) {
		list = append(list, search.Entry{URL: l.Href, Title: l.Text, Kind: "page"})
	}
	if len(sections) > maxSections {
		return list
	}
	return append(list, sections...)
}

// shortStates puts the abbreviations of states for their names, so that the
// alliance of the United States and Japan is found as "US-Japan" too.
func shortStates(w *model.World) *strings.Replacer {
	var pairs [][2]string
	for _, t := range w.Of(model.State) {
		short := slices.IndexFunc(t.Names, func(n model.Name) bool {
			return len(n.Text) <= 4 && n.Text == strings.ToUpper(n.Text)
		})
		if short < 0 {
			continue
		}
		for _, n := range append(slices.Clone(t.Names), model.Name{Text: t.Name}) {
			if strings.Contains(n.Text, " ") {
				pairs = append(pairs, [2]string{n.Text, t.Names[short].Text})
			}
		}
	}
	// A replacer takes the first pair that fits: "United States of America" before "United States".
	slices.SortFunc(pairs, func(a, b [2]string) int { return cmp.Or(cmp.Compare(len(b[0]), len(a[0])), cmp.Compare(a[0], b[0])) })
	var flat []string
	for _, p := range pairs {
		flat = append(flat, p[0], p[1])
	}
	return strings.NewReplacer(flat...)
}

// ended is when a thing that had a beginning came to its end.
func ended(t *model.Thing) date.Date {
	switch {
	case t.Event != nil:
		if t.Event.End.IsZero() {
			return t.Event.Date
		}
		return t.Event.End
	case t.State != nil:
		return t.State.Exists.Until
	case t.Organisation != nil:
		return t.Organisation.Dissolved
	case t.Treaty != nil:
		return t.Treaty.Terminated
	case t.Exercise != nil:
		return t.Exercise.Last
	case t.Operation != nil:
		return t.Operation.Until
	}
	return date.Date{}
}

// searchPeriods are the years in which a period begins for which results
// may be narrowed, after the first.
var searchPeriods = []int{1815, 1914, 1946, 1992}

// searchOptions gives the client its words: those of the interface under
// "search.", and the names of kinds and periods.
func searchOptions(w *model.World) search.Options {
	words := map[string]string{}
	for _, key := range lang.Keys() {
		if short, ok := strings.CutPrefix(key, "search."); ok && w.Words.Has(key) {
			words[short] = w.Words.Say(key, "q", "{q}", "n", "{n}")
		}
	}
	for i := range len(searchPeriods) + 1 {
		var from, until string
		if i > 0 {
			from = fmt.Sprint(searchPeriods[i-1])
		}
		if i < len(searchPeriods) {
			until = fmt.Sprint(searchPeriods[i] - 1)
		}
		text := from + "–" + until
		switch {
		case from == "":
			text = w.Words.Say("search-period.first", "year", until)
		case until == "":
			text = w.Words.Say("search-period.last", "year", from)
		}
		words[fmt.Sprintf("p%d", i)] = text
	}
	return search.Options{Words: words, Periods: searchPeriods}
}
