package page

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/prose"
)

// Views draws the fenced views of texts: timeline, members, map, chart,
// matrix and network.
type Views struct{ site *Site }

// NewViews makes the views of a world.
func NewViews(w *model.World) *Views {
	return &Views{&Site{World: w, Geo: chart.LoadGeo()}}
}

// option is one line of a view's block.
type option struct {
	key, value string
	keyAt, at  int // offsets in the block
}

// viewKeys are the options of each view, in the order of its manual.
var viewKeys = map[string][]string{
	"timeline": {"of", "from", "until", "types", "title", "limit"},
	"members":  {"of", "on", "title"},
	"map":      {"of", "on", "title"},
	"chart":    {"type", "of", "title"},
	"matrix":   {"of", "states", "on", "title"},
	"network":  {"of", "on", "title"},
}

// drawing is one view being drawn.
type drawing struct {
	*Site
	from     string // address of the page
	name     string
	options  map[string]option
	problems []prose.Problem
}

// Draw draws a view on the page of a thing. Options are lines "key: value";
// a list is "[a, b]" or "a, b".
func (v *Views) Draw(name, options string, on *model.Thing) prose.Inline {
	d := &drawing{Site: v.site, from: on.Path, name: name, options: map[string]option{}}
	d.parse(options)
	if len(d.problems) > 0 {
		return prose.Inline{Problems: d.problems}
	}
	var html string
	switch name {
	case "timeline":
		html = d.timelineView()
	case "members":
		html = d.membersView()
	case "map":
		html = d.mapView()
	case "chart":
		html = d.chartView()
	case "matrix":
		html = d.matrixView()
	case "network":
		html = d.networkView()
	}
	return prose.Inline{HTML: html, Problems: d.problems}
}

func (d *drawing) fail(o option, rule, message, hint string) {
	d.problems = append(d.problems, prose.Problem{Start: o.at, End: o.at + len(o.value), Severity: diag.Error, Rule: rule, Message: message, Hint: hint})
}

func (d *drawing) parse(text string) {
	at := 0
	for _, line := range strings.SplitAfter(text, "\n") {
		body := strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(body) != "" {
			d.parseLine(body, at)
		}
		at += len(line)
	}
}

func (d *drawing) parseLine(body string, at int) {
	key, value, ok := strings.Cut(body, ":")
	lead := len(key) - len(strings.TrimLeft(key, " "))
	o := option{key: strings.TrimSpace(key), keyAt: at + lead}
	if !ok {
		d.fail(option{at: at, value: body}, "VW001", fmt.Sprintf("expected \"key: value\", found %q", body), "the keys are "+strings.Join(viewKeys[d.name], ", "))
		return
	}
	o.value = strings.TrimSpace(value)
	o.at = at + len(key) + 1 + strings.Index(value, o.value)
	known := false
	for _, k := range viewKeys[d.name] {
		known = known || k == o.key
	}
	if !known {
		hint := "the keys are " + strings.Join(viewKeys[d.name], ", ")
		if near := diag.Nearest(o.key, viewKeys[d.name]); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		d.fail(option{at: o.keyAt, value: o.key}, "VW002", fmt.Sprintf("view %s has no key %q", d.name, o.key), hint)
		return
	}
	o.value = strings.Trim(o.value, "\"'")
	d.options[o.key] = o
}

// things resolves a list of ids.
func (d *drawing) things(key string, kinds ...model.Kind) []*model.Thing {
	o, ok := d.options[key]
	if !ok {
		return nil
	}
	var list []*model.Thing
	for _, id := range strings.Split(strings.Trim(o.value, "[]"), ",") {
		id = strings.TrimSpace(id)
		if id == "" {
			continue
		}
		t, ok := d.World.Lookup(id)
		fits := len(kinds) == 0
		for _, k := range kinds {
			fits = fits || ok && t.Kind == k
		}
		if !ok || !fits {
			var slugs []string
			for i := range d.World.Things {
				slugs = append(slugs, d.World.Things[i].Slug)
			}
			hint := ""
			if near := diag.Nearest(id, slugs); near != "" && near != id {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			d.fail(option{at: o.at + max(0, strings.Index(o.value, id)), value: id}, "LK010", fmt.Sprintf("no fitting record %q", id), hint)
			continue
		}
		list = append(list, t)
	}
	return list
}

func (d *drawing) need(key string) {
	if _, ok := d.options[key]; !ok {
		d.fail(option{value: " "}, "VW003", fmt.Sprintf("view %s needs %q", d.name, key), fmt.Sprintf("write a line %s: and the id of a record", key))
	}
}

func (d *drawing) year(key string, otherwise int) int {
	o, ok := d.options[key]
	if !ok {
		return otherwise
	}
	n, err := strconv.Atoi(strings.TrimSpace(o.value))
	if err != nil {
		d.fail(o, "VW004", fmt.Sprintf("%q is not a number", o.value), "write a year such as 1949")
	}
	return n
}

func (d *drawing) day(body model.ID) date.Day {
	o, ok := d.options["on"]
	if !ok {
		return d.World.Day(body)
	}
	v, err := date.Parse(o.value)
	if err != nil {
		derr := err.(*date.Error)
		d.fail(o, "DT023", derr.Msg, derr.Hint)
		return d.World.AsOf
	}
	_, last := v.Bounds()
	return last
}

func (d *drawing) title(otherwise string) string {
	if o, ok := d.options["title"]; ok {
		return o.value
	}
	return otherwise
}

// timelineView draws events in lanes and lists the same ones in words.
func (d *drawing) timelineView() string {
	d.need("of")
	of := d.things("of")
	from, until := d.year("from", -100000), d.year("until", 100000)
	limit := d.year("limit", 14)
	types := ""
	if o, ok := d.options["types"]; ok {
		types = o.value
	}
	seen := map[model.ID]bool{}
	var ids []model.ID
	for _, t := range of {
		for _, e := range d.World.Events(t.ID) {
			ev := d.World.Thing(e).Event
			y := ev.Date.Year()
			if !seen[e] && y >= from && y <= until && (types == "" || strings.Contains(types, ev.Type)) {
				seen[e] = true
				ids = append(ids, e)
			}
		}
	}
	if len(d.problems) > 0 || len(ids) == 0 {
		if len(d.problems) == 0 {
			d.fail(option{value: " "}, "VW005", "no event on record fits this timeline", "widen the years, or name other records")
		}
		return ""
	}
	sortEvents(d.World, ids)
	ids = d.thin(ids, limit)
	var items []chart.Item
	var list strings.Builder
	esc := template.HTMLEscapeString
	for _, id := range ids {
		t := d.World.Thing(id)
		href := link.Rel(d.from, t.Path)
		items = append(items, d.eventItem(id, href))
		fmt.Fprintf(&list, `<li>%s<span><a href="%s">%s</a>%s</span></li>`,
			timeTag(t.Event.Date, d.dateOf(t.Event.Date).Text), esc(href), esc(t.Name), esc(note(t.Event.Note)))
	}
	title := d.title(d.say("fact.timeline"))
	return fmt.Sprintf(`<figure class="fig wide"><p class="figt">%s</p>%s<ol class="dated">%s</ol><figcaption>%s <a href="%s">%s</a></figcaption></figure>`,
		esc(title), d.lanes(items, 0, 0, title), list.String(), esc(d.say("view.events")), esc(link.Rel(d.from, "timeline/")), esc(d.say("home.full-timeline")))
}

func note(text string) string {
	if text == "" {
		return ""
	}
	return ": " + sentence(text)
}

// thin keeps the weightiest events when there are more than fit.
func (d *drawing) thin(ids []model.ID, limit int) []model.ID {
	for level := 1; level <= 3 && len(ids) > limit; level++ {
		var kept []model.ID
		for _, id := range ids {
			if importance(d.World, id) <= level {
				kept = append(kept, id)
			}
		}
		if len(kept) >= limit*2/3 {
			return spread(kept, limit)
		}
	}
	return spread(ids, limit)
}

func (d *drawing) body() *model.Thing {
	d.need("of")
	list := d.things("of", model.Organisation)
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// membersView lists the members of a body on a day.
func (d *drawing) membersView() string {
	t := d.body()
	if t == nil {
		return ""
	}
	day := d.day(t.ID)
	set := d.World.Members(t.ID, day, model.Member)
	if len(set.Possible) == 0 {
		set = d.World.Members(t.ID, day, model.Participant)
	}
	var b strings.Builder
	esc := template.HTMLEscapeString
	fmt.Fprintf(&b, `<figure class="fig"><p class="figt">%s</p><ul class="az">`, esc(d.title(d.say("view.members", "name", t.Label(), "day", day))))
	for _, id := range set.Possible {
		since := ""
		if stays := d.World.Stays(t.ID, id); len(stays) > 0 {
			since = ` <small>` + esc(stays[len(stays)-1].From.YearText()) + `</small>`
		}
		fmt.Fprintf(&b, `<li><a href="%s">%s</a>%s</li>`, esc(link.Rel(d.from, d.World.Thing(id).Path)), esc(d.World.Thing(id).Name), since)
	}
	fmt.Fprintf(&b, `</ul><figcaption>%s</figcaption></figure>`, d.sayHTML("view.counted", "n", countText(set.Count()), "day", day))
	return b.String()
}

func (d *drawing) mapView() string {
	t := d.body()
	if t == nil {
		return ""
	}
	day := d.day(t.ID)
	html := string(d.membersMap(t.ID, day, d.from, d.title(d.say("view.joined", "name", t.Label(), "day", day))))
	if html == "" && len(d.problems) == 0 {
		d.fail(option{value: " "}, "VW005", fmt.Sprintf("fewer than two members of %s have a place on today's map", t.Label()), "")
	}
	return html
}

func (d *drawing) chartView() string {
	d.need("type")
	d.need("of")
	of := d.things("of", model.Organisation)
	if len(of) == 0 {
		return ""
	}
	switch o := d.options["type"]; o.value {
	case "members":
		html := string(d.memberCurve(of[0].ID, d.from, d.title(d.say("members.number-of", "name", of[0].Label()))))
		if html == "" {
			d.fail(o, "VW005", fmt.Sprintf("no member of %s is on record", of[0].Label()), "")
		}
		return html
	case "bars":
		return d.barsView(of)
	default:
		d.fail(o, "VW006", fmt.Sprintf("no chart of type %q", o.value), "the types are members and bars")
		return ""
	}
}

func (d *drawing) barsView(of []*model.Thing) string {
	w := d.World
	start := yearOf(w.AsOf)
	for _, t := range of {
		first, _ := t.Organisation.Founded.Bounds()
		start = min(start, yearOf(first))
	}
	axis := chart.NewAxis(start, yearOf(w.AsOf), true, yearOf(w.AsOf))
	axis.BCE = d.World.Words.Dates.BCE
	grid := "grid-" + of[0].Slug
	esc := template.HTMLEscapeString
	var b strings.Builder
	fmt.Fprintf(&b, `<figure class="fig"><p class="figt">%s</p>%s<table class="spans"><thead><tr><th scope="col">%s</th><th scope="col">%s</th><th class="axis" scope="col"><span class="vh">%s</span>%s</th></tr></thead><tbody>`,
		esc(d.title(d.say("periods.in-force"))), axis.Grid(grid), esc(d.say("indicators.body")), esc(d.say("fact.years")), esc(d.say("fact.period")), axis.Ticks())
	for _, t := range of {
		f := d.family(t.ID)
		p := date.Period{From: t.Organisation.Founded, Until: t.Organisation.Dissolved}
		class := ""
		if w.Ended(t.ID) {
			class = "ended"
		}
		fmt.Fprintf(&b, `<tr class="o-%s"><th scope="row"><span class="o-%s">%s</span> <a href="%s">%s</a><span class="vh">, %s</span></th><td>%s</td><td class="bar">%s</td></tr>`,
			f.Class(), f.Class(), Glyph(f.Class()), esc(link.Rel(d.from, t.Path)), esc(t.Label()), d.familyName(f), esc(d.years(p)), chart.Bars(axis, grid, []chart.Span{spanOf(p, class)}))
	}
	b.WriteString(`</tbody></table></figure>`)
	return b.String()
}

// matrixView sets states against bodies on a day.
func (d *drawing) matrixView() string {
	d.need("of")
	of := d.things("of", model.Organisation)
	states := d.things("states", model.State)
	if len(of) == 0 || len(d.problems) > 0 {
		return ""
	}
	day := d.day(of[0].ID)
	if _, ok := d.options["on"]; !ok {
		day = d.World.AsOf
	}
	if len(states) == 0 {
		var all model.Set
		for _, t := range of {
			all = all.Or(d.World.Members(t.ID, day, model.Member))
		}
		for _, id := range all.Possible {
			if d.World.Thing(id).Kind == model.State {
				states = append(states, d.World.Thing(id))
			}
		}
	}
	esc := template.HTMLEscapeString
	title := d.title(d.say("matrix.day", "day", day.Date()))
	var b strings.Builder
	fmt.Fprintf(&b, `<figure class="fig"><p class="figt">%s</p><div class="matrixwrap" tabindex="0" role="region" aria-label="%s"><table class="matrix"><thead><tr><th scope="col">%s</th>`, esc(title), esc(title), esc(d.say("matrix.state")))
	for _, t := range of {
		f := d.family(t.ID)
		fmt.Fprintf(&b, `<th scope="col" class="o-%s"><a href="%s">%s<span>%s</span></a></th>`, f.Class(), esc(link.Rel(d.from, t.Path)), Glyph(f.Class()), esc(t.Label()))
	}
	b.WriteString(`</tr></thead><tbody>`)
	for _, s := range states {
		fmt.Fprintf(&b, `<tr><th scope="row"><a href="%s">%s</a></th>`, esc(link.Rel(d.from, s.Path)), esc(s.Name))
		for _, t := range of {
			b.WriteString(d.matrixMark(t, s, day))
		}
		b.WriteString(`</tr>`)
	}
	fmt.Fprintf(&b, `</tbody></table></div><figcaption>%s</figcaption></figure>`, d.sayHTML("matrix.full", "day", day))
	return b.String()
}

func (d *drawing) matrixMark(body, state *model.Thing, day date.Day) string {
	class := d.family(body.ID).Class()
	switch d.World.Members(body.ID, day, model.Member).Has(state.ID) {
	case date.Yes:
		for _, p := range d.World.Stays(body.ID, state.ID) {
			if p.Contains(day) == date.Yes {
				return fmt.Sprintf(`<td class="in o-%s"><span>%s%s</span><span class="vh"> %s</span></td>`, class, Glyph(class), template.HTMLEscapeString(p.From.YearText()), d.sayHTML("matrix.is"))
			}
		}
	case date.Unknown:
		return `<td class="out o-` + class + `"><span>?</span><span class="vh"> ` + string(d.sayHTML("matrix.uncertain")) + `</span></td>`
	}
	return `<td></td>`
}
