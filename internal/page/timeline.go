package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/fact"
	"entente/internal/link"
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

// eras are the ages of the timeline by the year in which each begins; their
// names are the texts "era.0" and so on.
var eras = []int{-10000, 1500, 1815, 1914, 1946, 1992, 2014}

func (s *Site) eraName(k int) string { return s.say("era." + fmt.Sprint(k)) }

// eraOf gives the index of the age in which a year lies.
func eraOf(year int) int {
	era := 0
	for i, x := range eras {
		if year >= x {
			era = i
		}
	}
	return era
}

// timelineMost is how many entries a page of the timeline shows; of more, it
// shows the weightiest of each era and links the rest.
const timelineMost = 400

// periodsMost is how many periods of an era are shown: most last through
// several eras, and are drawn in each.
const periodsMost = 80

// Decade is the events of ten years.
type Decade struct {
	ID, Title string
	Events    []Event
}

// Era is a named age: its drawing and the list of the same entries.
type Era struct {
	ID, Title string
	Years     string
	Drawing   template.HTML
	Decades   []Decade
	More      string // words before the links to the rest; "" when all are here
	Rest      []Link
}

// Timeline is the view of a page of the timeline.
type Timeline struct {
	Shell
	Crumbs   []Link
	Heading  string
	Lede     string
	Views    []Link // the timelines, this one current
	Overview template.HTML
	Marks    template.HTML // what the drawings refer to
	Legend   []Swatch
	Detail   bool   // entries can be chosen by weight
	Noun     string // what the entries are: "events"
	Bodies   bool   // whether entries lead to bodies, which scripts then offer
	Kinds    []EventFilter
	Regions  []Link // Href is the id of the region
	Count    int
	Eras     []Era
	Data     []Link // files with the same entries
	Prev     *Link
	Next     *Link
}

// EventFilter is one kind of entry that can be chosen.
type EventFilter struct {
	Kind, Name string
	Icon       template.HTML
}

func timelinePages(w *model.World) []Page {
	list := []Page{
		{Path: "timeline/index.html", Template: "timeline.html", Thing: model.None, View: (*Site).timeline},
		{Path: "timeline/periods/index.html", Template: "timeline.html", Thing: model.None, View: (*Site).periods},
	}
	for i, p := range w.EventPages() {
		list = append(list, Page{Path: p.Path + "index.html", Template: "timeline.html", Thing: model.None, View: func(s *Site) any { return s.timelinePart(i) }})
	}
	return slices.Concat(list, sheetFiles("timeline/events", model.None, (*Site).eventsSheet))
}

func (s *Site) newTimeline(path, title, lede string) *Timeline {
	v := &Timeline{Shell: s.shell(path, "timeline", "timeline/", title, lede, "timeline.js"), Heading: title, Lede: lede, Marks: template.HTML(chart.LaneMarks())}
	if path == "timeline/" {
		v.Crumbs = s.crumbs(path, Link{Text: s.say("timeline.title"), Current: true})
	} else {
		v.Crumbs = s.crumbs(path, Link{Href: "../", Text: s.say("timeline.title")}, Link{Text: title, Current: true})
	}
	root := rootOf(path) + "timeline/"
	v.Views = []Link{{Href: root, Text: s.say("timeline.events"), Current: path == "timeline/"}, {Href: root + "periods/", Text: s.say("timeline.periods"), Current: path == "timeline/periods/"}}
	return v
}

// timeline lists all events by era, or the weightiest when they are many.
func (s *Site) timeline() any {
	w := s.World
	ids := w.Timeline()
	lede := s.say("timeline.lede-none")
	if len(ids) > 0 {
		lede = s.say("timeline.lede", "events", s.count(len(ids), "events"), "from", w.Words.Dates.YearText(w.Thing(ids[0]).Event.Date), "until", w.Words.Dates.YearText(w.Thing(ids[len(ids)-1]).Event.Date))
	}
	v := s.newTimeline("timeline/", s.say("timeline.title"), lede)
	v.Data = fileLinks("events")
	if len(anniversaries(w, ids)) > 0 {
		v.Data = append(v.Data, Link{Href: "anniversaries.ics", Text: "iCalendar"})
	}
	parts := w.EventPages()
	shown := ids
	if len(parts) > 0 {
		shown = s.weightiest(ids)
	}
	v.About = append(s.eventsNode("timeline/", v.Title, ids), s.datasetNode("timeline/", v.Title, lede, []string{"date", "type", "title"}, "events.csv", "events.json"))
	s.addEvents(v, "timeline/", shown)
	s.linkRest(v, ids, parts)
	v.Overview = template.HTML(chart.Overview(s.points(ids), 1880, s.say, func(d int) string {
		for _, p := range parts {
			if p.Year >= d && p.Year < d+10 {
				return link.Rel("timeline/", p.Path)
			}
		}
		return fmt.Sprintf("#d%d", d)
	}))
	return v
}

func (s *Site) points(ids []model.ID) []chart.Point {
	list := make([]chart.Point, len(ids))
	for i, id := range ids {
		list[i] = chart.Point{Year: s.World.Thing(id).Event.Date.Year(), Landmark: importance(s.World, id) == 1}
	}
	return list
}

// weightiest keeps, of each era, its share of what a page can show.
func (s *Site) weightiest(ids []model.ID) []model.ID {
	share := timelineMost / len(eras)
	by := make([][]model.ID, len(eras))
	for _, id := range ids {
		k := eraOf(s.World.Thing(id).Event.Date.Year())
		by[k] = append(by[k], id)
	}
	var kept []model.ID
	for _, list := range by {
		slices.SortStableFunc(list, func(a, b model.ID) int { return cmp.Compare(importance(s.World, a), importance(s.World, b)) })
		list = list[:min(len(list), share)]
		sortEvents(s.World, list)
		kept = append(kept, list...)
	}
	return kept
}

// linkRest says, for each era, how many events it shows and where all are.
func (s *Site) linkRest(v *Timeline, ids []model.ID, parts []model.EventPage) {
	if len(parts) == 0 {
		return
	}
	total := make([]int, len(eras))
	for _, id := range ids {
		total[eraOf(s.World.Thing(id).Event.Date.Year())]++
	}
	for i := range v.Eras {
		e := &v.Eras[i]
		shown := 0
		for _, d := range e.Decades {
			shown += len(d.Events)
		}
		for k := range eras {
			if e.ID == fmt.Sprintf("era-%d", k) && total[k] > 0 {
				e.More = s.say("timeline.more", "n", shown, "all", total[k])
				for _, p := range parts {
					if first := eraOf(p.Year); first == k || first < k && eraOf(s.World.Thing(p.Events[len(p.Events)-1]).Event.Date.Year()) >= k {
						e.Rest = append(e.Rest, Link{Href: link.Rel("timeline/", p.Path), Text: p.Title, Note: fmt.Sprint(len(p.Events))})
					}
				}
			}
		}
	}
}

// timelinePart lists the events of some years.
func (s *Site) timelinePart(i int) any {
	parts := s.World.EventPages()
	p := parts[i]
	v := s.newTimeline(p.Path, s.say("timeline.part", "years", p.Title), s.say("timeline.lede-part", "events", s.count(len(p.Events), "events")))
	s.addEvents(v, p.Path, p.Events)
	if i > 0 {
		v.Prev = &Link{Href: link.Rel(p.Path, parts[i-1].Path), Text: parts[i-1].Title}
	}
	if i+1 < len(parts) {
		v.Next = &Link{Href: link.Rel(p.Path, parts[i+1].Path), Text: parts[i+1].Title}
	}
	return v
}

// addEvents fills the eras of a page with events, in order of date.
func (s *Site) addEvents(v *Timeline, path string, ids []model.ID) {
	w := s.World
	v.Marks += eventMarks()
	v.Count, v.Noun, v.Detail = len(ids), s.say("timeline.noun"), true
	regions := map[string]bool{}
	items := map[string][]chart.Item{}
	for _, id := range ids {
		t := w.Thing(id)
		e := s.event(path, id, model.None, 4)
		e.Regions, e.Icon = s.regionsOf(id), usedMark(e.Kind, false)
		for i := range e.Sources { // a list this long names its sources by a word; the preview says which
			e.Sources[i].Text = s.say("source.one")
		}
		if k := s.known(t.Event.Date); k != "" {
			e.Known = k
		}
		v.add(s, t.Event.Date.Year(), e)
		era := v.Eras[len(v.Eras)-1].ID
		item := s.eventItem(id, "#e-"+t.Slug)
		if e.Known == "" && !item.Unsure {
			item.Title = "" // the list below has the whole label, and scripts show it
		}
		items[era] = append(items[era], item)
		v.Bodies = v.Bodies || len(t.Event.Organisations) > 0
		for _, r := range strings.Fields(e.Regions) {
			regions[r] = true
		}
	}
	for _, k := range eventKindNames {
		v.Kinds = append(v.Kinds, EventFilter{k, s.eventKindName(k), usedMark(k, false)})
	}
	v.finish(s, items, regions)
	v.Legend = []Swatch{{Class: "evmark", Text: s.say("known.day")}, {Class: "maybe", Text: s.say("known.stretch")}, {Class: "landmark", Text: s.say("known.landmark")}}
}

// finish draws the eras.
func (v *Timeline) finish(s *Site, items map[string][]chart.Item, regions map[string]bool) {
	for _, r := range sortedRegions(regions) {
		v.Regions = append(v.Regions, Link{Href: r, Text: s.regionName(r)})
	}
	for i := range v.Eras {
		e := &v.Eras[i]
		from, to := v.bounds(e.ID, s.World.AsOf)
		e.Drawing = s.lanes(items[e.ID], from, to, s.say("timeline.drawing", "era", e.Title))
	}
}

// bounds are the years of an era, as far as it has an end.
func (v *Timeline) bounds(id string, now date.Day) (from, to float64) {
	for k, x := range eras {
		if id == fmt.Sprintf("era-%d", k) {
			from, to = float64(x), yearOf(now)
			if k+1 < len(eras) {
				to = float64(eras[k+1])
			}
		}
	}
	return from, to
}

// periods lists bodies, treaties, exercises and operations by the eras in
// which they were in force.
func (s *Site) periods() any {
	w := s.World
	v := s.newTimeline("timeline/periods/", s.say("timeline.periods"), s.say("timeline.lede-periods"))
	v.Marks += obligationMarks()
	v.Noun = s.say("timeline.noun-periods")
	regions := map[string]bool{}
	items := map[string][]chart.Item{}
	distinct := map[model.ID]bool{}
	for k := range eras {
		era := Era{ID: fmt.Sprintf("era-%d", k), Title: s.eraName(k), Decades: []Decade{{ID: fmt.Sprintf("p%d", k)}}}
		ids := s.inForce(k)
		if len(ids) == 0 {
			continue
		}
		if len(ids) > periodsMost {
			era.More = s.say("timeline.more", "n", periodsMost, "all", len(ids))
			era.Rest = []Link{{Href: "../../organisations/", Text: s.say("timeline.bodies")}, {Href: "../../treaties/", Text: s.say("thing.treaties")},
				{Href: "../../exercises/", Text: s.say("thing.exercises")}, {Href: "../../operations/", Text: s.say("thing.operations")}}
			slices.SortStableFunc(ids, s.weight)
			ids = ids[:periodsMost]
			sortByLife(w, ids)
		}
		for _, id := range ids {
			e := s.periodEntry(id, k)
			for _, r := range strings.Fields(e.Regions) {
				regions[r] = true
			}
			era.Decades[0].Events = append(era.Decades[0].Events, e)
			items[era.ID] = append(items[era.ID], s.periodItem(id, e.ID, s.href("timeline/periods/", id)))
			distinct[id] = true
		}
		v.Eras = append(v.Eras, era)
	}
	v.Count = len(distinct)
	for _, k := range periodKinds {
		v.Kinds = append(v.Kinds, EventFilter{k.Noun(), s.say("thing." + k.Plural()), Icon(k.Noun())})
	}
	v.Kinds[0].Name, v.Kinds[0].Icon = s.say("timeline.bodies"), Glyph("defence")
	v.finish(s, items, regions)
	used := map[string]bool{}
	for _, list := range items {
		for _, it := range list {
			used[it.Class] = true
		}
	}
	for _, f := range model.Families() {
		if used["o-"+f.Class()] || used["o-"+f.Class()+" ended"] {
			v.Legend = append(v.Legend, Swatch{Obl: f.Class(), Glyph: Glyph(f.Class()), Text: s.familyName(f)})
		}
	}
	v.Legend = append(v.Legend, Swatch{Class: "b", Text: s.say("known.in-force")}, Swatch{Class: "b ended", Text: s.say("known.ended")}, Swatch{Class: "maybe", Text: s.say("known.coarse")})
	return v
}

var periodKinds = []model.Kind{model.Organisation, model.Treaty, model.Exercise, model.Operation}

// inForce gives what may have been in force in an era, in order of start.
func (s *Site) inForce(era int) []model.ID {
	w := s.World
	stretch := date.Period{From: date.DayOf(eras[era]+1, 1, 1).Date()}
	if era == 0 {
		stretch.From = date.Date{}
	} else {
		stretch.From = date.DayOf(eras[era], 1, 1).Date()
	}
	if era+1 < len(eras) {
		stretch.Until = date.DayOf(eras[era+1], 1, 1).Date()
	}
	var ids []model.ID
	for _, k := range periodKinds {
		for _, t := range w.Of(k) {
			if p := life(&t); !p.From.IsZero() && p.Overlaps(stretch) != date.No {
				ids = append(ids, t.ID)
			}
		}
	}
	sortByLife(w, ids)
	return ids
}

func sortByLife(w *model.World, ids []model.ID) {
	slices.SortFunc(ids, func(a, b model.ID) int {
		return cmp.Or(date.Order(life(w.Thing(a)).From, life(w.Thing(b)).From), cmp.Compare(w.Thing(a).Label(), w.Thing(b).Label()), cmp.Compare(a, b))
	})
}

// periodEntry is the entry of the list for one period in one era.
func (s *Site) periodEntry(id model.ID, era int) Event {
	t := s.World.Thing(id)
	p := life(t)
	icon, _ := s.icon(id)
	e := Event{ID: fmt.Sprintf("p%d-%s", era, t.Slug), Kind: t.Kind.Noun(), Sort: t.Kind.Noun(), KindName: s.say("thing." + t.Kind.Noun()), Icon: icon, Importance: 2, Level: 3,
		Date: Date{Text: s.years(p)}, Title: t.Name, Regions: s.regionsOf(id), Known: s.sure(p),
		Href: s.href("timeline/periods/", id), Brief: len(t.Sources) > 0}
	if f := s.World.Family(id); f != model.NoFamily {
		e.Icon = usedMark(f.Class(), true)
		e.Class, e.KindName = "o-"+f.Class(), e.KindName+s.World.Words.Comma()+s.familyName(f)
	}
	return e
}

// add files an event under its era and decade.
func (v *Timeline) add(s *Site, year int, e Event) {
	era := eraOf(year)
	id := fmt.Sprintf("era-%d", era)
	if n := len(v.Eras); n == 0 || v.Eras[n-1].ID != id {
		v.Eras = append(v.Eras, Era{ID: id, Title: s.eraName(era)})
	}
	x := &v.Eras[len(v.Eras)-1]
	title, did := s.decade(year)
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
func (s *Site) decade(year int) (title, id string) {
	switch {
	case year < 1:
		return s.say("timeline.bce"), "dbce"
	case year < 1800:
		c := (year-1)/100 + 1
		n := fmt.Sprint(c)
		if s.World.Words.Tag == "en" {
			n = fact.ShortOrdinal(c)
		}
		return s.say("timeline.century", "n", n), fmt.Sprintf("c%d", c)
	}
	return s.say("timeline.decade", "year", fmt.Sprint(year/10*10)), fmt.Sprintf("d%d", year/10*10)
}
