package page

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/model"
)

// roll is who ever belonged to a body, in order of name, for its map.
type roll struct {
	status  model.Status
	members []rollMember
}

// rollMember is one of them with its stays, and where it stood on the day.
type rollMember struct {
	id    model.ID
	stays []date.Period
	on    date.Truth
	drawn bool // has a place on today's map
}

// joined is the start of the latest stay.
func (m rollMember) joined() date.Date { return m.stays[len(m.stays)-1].From }

// since is the start of the stay that a day lies in, or of the latest.
func (m rollMember) since(day date.Day) date.Date {
	for _, p := range m.stays {
		if p.Contains(day) != date.No {
			return p.From
		}
	}
	return m.joined()
}

// rollOf calls the roll of a body on a day: its members, or its participants
// where it has no members.
func (s *Site) rollOf(body model.ID, day date.Day) roll {
	w := s.World
	r := roll{status: model.Participant}
	for _, m := range w.MembersOf(body) {
		if m.Status == model.Member {
			r.status = model.Member
		}
	}
	index := map[model.ID]int{}
	for _, m := range w.MembersOf(body) {
		if m.Status != r.status {
			continue
		}
		i, ok := index[m.Member]
		if !ok {
			i = len(r.members)
			index[m.Member] = i
			r.members = append(r.members, rollMember{id: m.Member, on: date.No, drawn: s.hasPlace(m.Member)})
		}
		r.members[i].stays = append(r.members[i].stays, m.Period)
		r.members[i].on = max(r.members[i].on, m.Period.Contains(day))
	}
	for _, m := range r.members {
		slices.SortStableFunc(m.stays, func(a, b date.Period) int { return date.Order(a.From, b.From) })
	}
	compare := s.sorter()
	slices.SortStableFunc(r.members, func(a, b rollMember) int { return compare(w.Thing(a.id).Name, w.Thing(b.id).Name) })
	return r
}

// hasPlace reports whether a member has a place on today's map: it is a
// state that still exists.
func (s *Site) hasPlace(id model.ID) bool {
	st := s.World.Thing(id).State
	return st != nil && st.Codes.ISONum != "" && st.Exists.Until.IsZero() && s.Geo != nil && s.Geo.Has(st.Codes.ISONum)
}

// changes reports whether a slider over the years would show anything.
func (r roll) changes() bool {
	for _, m := range r.members {
		if len(m.stays) > 1 || m.stays[0] != r.members[0].stays[0] {
			return true
		}
	}
	return false
}

// membersMap draws the members of a body on a day, coloured by the year of
// joining, with the list of the same members and a slider that moves both.
// It is empty when fewer than two of them have a place on today's map.
func (s *Site) membersMap(body model.ID, day date.Day, from, title string) template.HTML {
	w := s.World
	t := w.Thing(body)
	r := s.rollOf(body, day)
	ref := "map"
	if title != "" || day != w.Day(body) || from != t.Path {
		ref = "map-" + t.Slug + "-" + strings.TrimPrefix(day.String(), "-")
	}
	shapes, classes, former := s.memberShapes(r, day)
	if len(shapes) < 2 {
		return ""
	}
	if title == "" {
		title = s.say("members.map")
	}
	fig := s.Geo.Map(shapes, chart.MapOptions{Closer: s.say("map.closer"), ID: ref + "-s", DeFacto: w.Site.Map.Borders == "de-facto",
		Label: s.say("members.map-of", "name", t.Name)})
	var b strings.Builder
	esc := template.HTMLEscapeString
	wide := ""
	if fig.Wide {
		wide = " wide"
	}
	fmt.Fprintf(&b, `<figure class="fig asof%s" id="%s"><p class="figt">%s</p>`, wide, ref, esc(title))
	if r.changes() {
		b.WriteString(s.slider(ref, r, day, body))
	}
	b.WriteString(s.countLine(r, day, w.AsOf))
	b.WriteString(legendHTML(s.joinLegend(classes, former)))
	maps := "maps"
	if fig.Wide {
		maps = "maps two"
	}
	fmt.Fprintf(&b, `<div class="%s">%s</div>%s<figcaption>%s %s</figcaption></figure>`,
		maps, strings.Join(fig.Panels, ""), s.rollList(r, day, w.Day(body), from), esc(s.say("map.stronger")), esc(s.mapCaption(nil)))
	return template.HTML(b.String())
}

// memberShapes are the members with a place on the map, and whether any of
// them had left by the day.
func (s *Site) memberShapes(r roll, day date.Day) (shapes []chart.Shape, classes joinClasses, former bool) {
	var froms []string
	for _, m := range r.members {
		if m.drawn {
			froms = append(froms, m.joined().YearText())
		}
	}
	classes = yearClasses(froms)
	for _, m := range r.members {
		if !m.drawn {
			continue
		}
		t := s.World.Thing(m.id)
		sh := chart.Shape{ISONum: t.State.Codes.ISONum, Key: t.Slug, Class: fmt.Sprintf("s%d", classes.of(m.joined().YearText())+1)}
		var texts []string
		left := false
		for _, p := range m.stays {
			texts = append(texts, s.years(p))
			left = left || !p.Until.IsZero()
		}
		former = former || left
		sh.Title = t.Name + ", " + strings.Join(texts, ", ")
		if class := standing(m, day); class != "" {
			sh.Class += " " + class
		}
		shapes = append(shapes, sh)
	}
	return shapes, classes, former
}

// standing is the class of a shape: "" for a member, "q" for one that the
// dates leave open, "f" for a former one, "x" for one that is yet to come.
func standing(m rollMember, day date.Day) string {
	switch m.on {
	case date.Yes:
		return ""
	case date.Unknown:
		return "q"
	}
	if first, _ := m.stays[0].From.Bounds(); first <= day && !m.stays[0].From.IsZero() {
		return "f"
	}
	return "x"
}

// slider chooses the year; scripts need it, so that it is hidden without.
func (s *Site) slider(ref string, r roll, day date.Day, body model.ID) string {
	last := s.World.Day(body)
	least := last.Year()
	for _, m := range r.members {
		if d := m.stays[0].From; !d.IsZero() {
			least = min(least, d.Year())
		}
	}
	return fmt.Sprintf(`<form class="yearbar needs-js" data-last="%s" data-day="%s" data-perhaps="%s"><label for="%s-y">`+string(s.sayHTML("matrix.as-of"))+`</label><input id="%s-y" name="year" type="range" min="%d" max="%d" value="%d"><output for="%s-y">%d</output></form>`,
		template.HTMLEscapeString(s.World.Words.Dates.Text(last.Date())), template.HTMLEscapeString(s.say("asof.day", "year", "{year}")), template.HTMLEscapeString(s.say("asof.perhaps")), ref, ref, least, last.Year(), min(day.Year(), last.Year()), ref, min(day.Year(), last.Year()))
}

// countLine says how many there were, on which day, and that borders change.
func (s *Site) countLine(r roll, day, now date.Day) string {
	low, high := 0, 0
	for _, m := range r.members {
		if m.on == date.Yes {
			low++
		}
		if m.on != date.No {
			high++
		}
	}
	hidden := " hidden"
	if day.Year() < now.Year() {
		hidden = ""
	}
	key := "count.members"
	if r.status == model.Participant {
		key = "count.participants"
	}
	words := s.World.Words
	count := template.HTML(`<b class="asofn"` + words.Forms(key) + `>` + string(words.HTML(key, "n", high, "count", countText(model.Range{Low: low, High: high}))) + `</b>`)
	date := template.HTML(`<span class="asofd">` + template.HTMLEscapeString(words.Dates.Text(day.Date())) + `</span>`)
	return fmt.Sprintf(`<p class="sub" role="status">%s<span class="old"%s> %s</span></p>`, s.sayHTML("asof.count", "what", count, "day", date), hidden, s.sayHTML("asof.old"))
}

// rollList names the members on the day; those of other years are there for
// the slider and hidden. Those without a place on the map say so.
func (s *Site) rollList(r roll, day, last date.Day, from string) string {
	var b strings.Builder
	b.WriteString(`<ul class="az roll">`)
	for _, m := range r.members {
		t := s.World.Thing(m.id)
		class, hidden, note := "", "", m.since(day).YearText()
		if !m.drawn {
			class = ` class="nd"`
			note += s.World.Words.Comma() + s.say("map.no-place")
		}
		switch m.on {
		case date.No:
			hidden = " hidden"
		case date.Unknown:
			note += s.World.Words.Comma() + s.say("asof.perhaps")
		}
		fmt.Fprintf(&b, `<li data-m="%s" data-s="%s"%s%s><a href="%s">%s</a> <small>%s</small></li>`, template.HTMLEscapeString(t.Slug),
			yearSpans(m.stays, last), class, hidden, s.href(from, m.id), template.HTMLEscapeString(t.Name), template.HTMLEscapeString(note))
	}
	b.WriteString(`</ul>`)
	return b.String()
}

func legendHTML(legend []Swatch) string {
	var b strings.Builder
	b.WriteString(`<ul class="legend">`)
	for _, sw := range legend {
		fmt.Fprintf(&b, `<li><svg class="sw" aria-hidden="true"><rect class="%s" width="100%%" height="100%%"/></svg>%s</li>`, sw.Class, template.HTMLEscapeString(sw.Text))
	}
	b.WriteString(`</ul>`)
	return b.String()
}

// drawable splits members into those with a place on today's map and those
// without: states that no longer exist, and bodies that are not states.
func (s *Site) drawable(ids []model.ID) (drawn, gone []model.ID) {
	for _, id := range ids {
		if s.hasPlace(id) {
			drawn = append(drawn, id)
		} else {
			gone = append(gone, id)
		}
	}
	slices.Sort(drawn)
	return drawn, gone
}

// mapCaption says what is not drawn, and whose boundaries these are.
func (s *Site) mapCaption(gone []model.ID) string {
	var b strings.Builder
	if len(gone) > 0 {
		var names []string
		for _, id := range gone {
			names = append(names, s.World.Thing(id).Name)
		}
		b.WriteString(s.say("map.not-drawn", "names", strings.Join(names, s.World.Words.Comma())) + " ")
	}
	b.WriteString(s.say("map.source") + " ")
	if s.World.Site.Map.Borders == "de-facto" {
		b.WriteString(s.say("map.de-facto"))
	} else {
		b.WriteString(s.say("map.recognised"))
	}
	return b.String()
}

// mapFigure is a map without a slider.
func mapFigure(fig chart.MapFigure, legend []Swatch, title, caption string) template.HTML {
	class, maps := "fig", "maps"
	if fig.Wide {
		class, maps = "fig wide", "maps two"
	}
	return template.HTML(fmt.Sprintf(`<figure class="%s" id="map"><p class="figt">%s</p>%s<div class="%s">%s</div><figcaption>%s</figcaption></figure>`,
		class, template.HTMLEscapeString(title), legendHTML(legend), maps, strings.Join(fig.Panels, ""), template.HTMLEscapeString(caption)))
}

// joinClasses are at most five groups of years of joining.
type joinClasses struct{ groups [][]string }

// yearClasses groups years: the first alone, the rest evenly.
func yearClasses(list []string) joinClasses {
	years := slices.Clone(list)
	slices.Sort(years)
	years = slices.Compact(years)
	var c joinClasses
	if len(years) <= 5 {
		for _, y := range years {
			c.groups = append(c.groups, []string{y})
		}
		return c
	}
	c.groups = append(c.groups, years[:1])
	rest := years[1:]
	for k := 1; k < 5; k++ {
		take := (len(rest) + 4 - k) / (5 - k)
		c.groups = append(c.groups, rest[:take])
		rest = rest[take:]
	}
	return c
}

func (c joinClasses) of(year string) int {
	for i, g := range c.groups {
		if slices.Contains(g, year) {
			return i
		}
	}
	return len(c.groups) - 1
}

func (s *Site) joinLegend(c joinClasses, former bool) []Swatch {
	var list []Swatch
	for i, g := range c.groups {
		text := g[0]
		if last := g[len(g)-1]; last != text {
			text += "–" + last
		}
		list = append(list, Swatch{Class: fmt.Sprintf("s%d", i+1), Text: text})
	}
	if former {
		list = append(list, Swatch{Class: "f", Text: s.say("members.former")})
	}
	return list
}
