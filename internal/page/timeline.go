package page

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"entente/internal/chart"
	"entente/internal/fact"
	"entente/internal/model"
)

// foldAccents lower-cases nothing and drops combining marks.
func foldAccents(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// eras name the ages of the timeline by the year in which each begins.
var eras = []struct {
	from int
	name string
}{
	{-10000, "Antiquity and the Middle Ages"}, {1500, "Early modern alliances"}, {1815, "From Vienna to the First World War"},
	{1914, "Two world wars"}, {1946, "The Cold War"}, {1992, "After the Cold War"}, {2014, "Since 2014"},
}

// Decade is the events of ten years.
type Decade struct {
	ID, Title string
	Events    []Event
}

// Era is a named age.
type Era struct {
	ID, Title string
	Decades   []Decade
}

// Timeline is the view of the timeline of the whole work.
type Timeline struct {
	Shell
	Crumbs   []Link
	Heading  string
	Lede     string
	Overview template.HTML
	Bodies   []Link // Href is the id of the body
	Kinds    []EventFilter
	Count    int
	Eras     []Era
}

// EventFilter is one kind of event that can be chosen.
type EventFilter struct {
	Kind, Name string
	Icon       template.HTML
}

func timelinePages(w *model.World) []Page {
	return []Page{
		{Path: "timeline/index.html", Template: "timeline.html", Thing: model.None, View: (*Site).timeline},
		{Path: "timeline/events.csv", Thing: model.None, Encode: (*Site).eventsCSV},
	}
}

func (s *Site) timeline() any {
	w := s.World
	var ids []model.ID
	for _, t := range w.Of(model.Event) {
		ids = append(ids, t.ID)
	}
	sortEvents(w, ids)
	lede := "No events yet: put records into content/events."
	if len(ids) > 0 {
		lede = fmt.Sprintf("%s from %s to %s: treaties made, joined, invoked, left and ended.", plural(len(ids), "event", "events"),
			w.Thing(ids[0]).Event.Date.YearText(), w.Thing(ids[len(ids)-1]).Event.Date.YearText())
	}
	v := &Timeline{Shell: s.shell("timeline/", "timeline", "timeline/", "Timeline", lede, "timeline.js"), Heading: "Timeline", Lede: lede, Count: len(ids),
		Crumbs: crumbs("timeline/", Link{Text: "Timeline", Current: true})}
	bodies := map[model.ID]bool{}
	var points []chart.Point
	for _, id := range ids {
		e := w.Thing(id).Event
		year := e.Date.Year()
		v.add(year, s.event("timeline/", id, model.None, 4))
		points = append(points, chart.Point{Year: year, Landmark: importance(w, id) == 1})
		for _, slug := range e.Organisations {
			if o, ok := w.Lookup(slug); ok {
				bodies[o.ID] = true
			}
		}
	}
	for _, id := range s.byName(model.Organisation) {
		if bodies[id] {
			v.Bodies = append(v.Bodies, Link{Href: w.Thing(id).Slug, Text: w.Thing(id).Label()})
		}
	}
	compare := s.sorter()
	slices.SortStableFunc(v.Bodies, func(a, b Link) int { return compare(a.Text, b.Text) })
	for _, k := range eventKindNames {
		v.Kinds = append(v.Kinds, EventFilter{k.kind, k.name, EventIcon(k.kind)})
	}
	v.Overview = template.HTML(chart.Overview(points, 1880))
	return v
}

// add files an event under its era and decade.
func (v *Timeline) add(year int, e Event) {
	era := 0
	for i, x := range eras {
		if year >= x.from {
			era = i
		}
	}
	id := fmt.Sprintf("era-%d", era)
	if n := len(v.Eras); n == 0 || v.Eras[n-1].ID != id {
		v.Eras = append(v.Eras, Era{ID: id, Title: eras[era].name})
	}
	x := &v.Eras[len(v.Eras)-1]
	title, did := decade(year)
	if n := len(x.Decades); n == 0 || x.Decades[n-1].Title != title {
		for _, other := range v.Eras {
			for _, d := range other.Decades {
				if d.ID == did {
					did += "-" + id // a decade that an era cuts in two
				}
			}
		}
		x.Decades = append(x.Decades, Decade{ID: did, Title: title})
	}
	d := &x.Decades[len(x.Decades)-1]
	d.Events = append(d.Events, e)
}

// decade names the ten years of a year, and before 1800 its century.
func decade(year int) (title, id string) {
	switch {
	case year < 1:
		return "Before the common era", "dbce"
	case year < 1800:
		c := (year-1)/100 + 1
		return fact.ShortOrdinal(c) + " century", fmt.Sprintf("c%d", c)
	}
	return fmt.Sprintf("%ds", year/10*10), fmt.Sprintf("d%d", year/10*10)
}
