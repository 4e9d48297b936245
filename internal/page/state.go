package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/model"
)

func (s *Site) state(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	a := s.article(id, "states/")
	a.Crumbs = s.crumbs(t.Path, Link{Href: rootOf(t.Path) + "states/", Text: s.say("nav.states")}, Link{Text: t.Name, Current: true})
	now := s.bodiesNow(id)
	bound := s.boundTo(id, now)
	if a.Lede == "" {
		a.Lede = s.stateLede(id, now, bound)
		a.Description = t.Name + ": " + a.Lede
	}
	a.Infobox = s.stateFacts(id, now, bound)
	if len(a.Body) == 0 {
		a.Body = s.stateLead(id)
	}
	if sec, ok := s.stateSpans(id); ok {
		a.Sections = append(a.Sections, sec)
	}
	if len(bound) > 0 {
		a.Sections = append(a.Sections, s.boundSection(id, bound))
	}
	if list := w.Treaties(id); len(list) > 0 {
		a.Sections = append(a.Sections, s.treatySection(t.Path, list, s.say("fact.treaties")))
	}
	if list := w.Exercises(id); len(list) > 0 {
		a.Sections = append(a.Sections, s.exerciseSection(t.Path, list))
	}
	if sec, ok := s.stateIndicators(id); ok {
		a.Sections = append(a.Sections, sec)
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	a.About = []node{s.stateNode(t, a.Description)}
	return s.finish(a, id)
}

// bodiesNow gives the bodies a state belongs to on the site's day.
func (s *Site) bodiesNow(id model.ID) []model.ID {
	w := s.World
	var bodies []model.ID
	for _, m := range w.MembershipsOf(id) {
		if m.Status == model.Member && m.Period.Contains(w.AsOf) == date.Yes && !slices.Contains(bodies, m.Body) && !w.Ended(m.Body) {
			bodies = append(bodies, m.Body)
		}
	}
	return bodies
}

// boundTo gives the states bound to a state's defence on the site's day
// through the bodies it then belongs to.
func (s *Site) boundTo(id model.ID, bodies []model.ID) []model.ID {
	w := s.World
	var bound []model.ID
	for _, body := range bodies {
		if w.Family(body) != model.Defence {
			continue
		}
		members := w.MembersOf(body)
		bound = slices.Grow(bound, len(members))
		for _, m := range members {
			if m.Member != id && m.Status == model.Member && m.Period.Contains(w.AsOf) == date.Yes {
				bound = append(bound, m.Member)
			}
		}
	}
	slices.Sort(bound)
	return slices.Compact(bound)
}

func (s *Site) stateLede(id model.ID, now, bound []model.ID) string {
	w := s.World
	st := w.Thing(id).State
	if !st.Exists.Until.IsZero() {
		n := len(s.everMember(id))
		if n == 0 {
			return s.say("lead.state-ended-none", "day", st.Exists.Until)
		}
		return s.say("lead.state-ended", "day", st.Exists.Until, "bodies", s.count(n, "bodies"))
	}
	if len(now) == 0 {
		return s.say("lead.state-no-member", "day", w.Site.AsOf)
	}
	key := "lead.state-member"
	if len(bound) > 0 {
		key += "-bound"
	}
	return s.say(key, "bodies", s.count(len(now), "bodies"), "day", w.Site.AsOf, "states", s.count(len(bound), "states"))
}

func (s *Site) everMember(id model.ID) []model.ID {
	var ids []model.ID
	for _, m := range s.World.MembershipsOf(id) {
		if m.Status == model.Member {
			ids = append(ids, m.Body)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (s *Site) stateFacts(id model.ID, now, bound []model.ID) *Infobox {
	w := s.World
	t := w.Thing(id)
	st := t.State
	box := &Infobox{Title: s.say("fact.glance", "name", t.Name)}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	if st.OfficialName != "" {
		add(Row{Label: s.say("fact.official-name"), Text: st.OfficialName})
	}
	for _, f := range st.FormerNames {
		r := Row{Label: s.say("fact.formerly"), Text: f.Name}
		if !f.Until.IsZero() {
			r.Small = s.say("fact.until-day", "day", f.Until)
		}
		add(r)
	}
	add(Row{Label: s.say("fact.region"), Text: s.regionName(st.Region)})
	if !st.Exists.From.IsZero() {
		add(Row{Label: s.say("fact.since"), Date: s.datePtr(st.Exists.From)})
	}
	if !st.Exists.Until.IsZero() {
		add(Row{Label: s.say("fact.until"), Date: s.datePtr(st.Exists.Until)})
	} else {
		add(Row{Label: s.say("fact.member-of"), Big: fmt.Sprint(len(now)), Small: s.say("fact.counted-bodies", "day", w.Site.AsOf)})
		if len(bound) > 0 {
			add(Row{Label: s.say("fact.bound"), Text: s.count(len(bound), "states")})
		}
	}
	link := func(label string, slugs []string) {
		r := Row{Label: label}
		for _, slug := range slugs {
			if other, ok := w.Lookup(slug); ok {
				r.Links = append(r.Links, Link{Href: s.href(t.Path, other.ID), Text: other.Name})
			}
		}
		if len(r.Links) > 0 {
			add(r)
		}
	}
	link(s.say("fact.continues"), st.Continues)
	link(s.say("fact.continued-by"), st.ContinuedBy)
	link(s.say("fact.successor-of"), st.SuccessorOf)
	link(s.say("fact.succeeded-by"), st.SucceededBy)
	link(s.say("fact.merged-into"), st.MergedInto)
	var codes []string
	for _, c := range []string{st.Codes.ISO2, st.Codes.ISO3, st.Codes.ISONum} {
		if c != "" {
			codes = append(codes, c)
		}
	}
	if len(codes) > 0 {
		add(Row{Label: s.say("fact.iso"), Text: strings.Join(codes, " · ")})
	}
	if st.Codes.COW != "" {
		add(Row{Label: s.say("fact.cow"), Text: st.Codes.COW})
	}
	return box
}

func (s *Site) stateLead(id model.ID) template.HTML {
	w := s.World
	t := w.Thing(id)
	bodies := s.everMember(id)
	html := s.sayHTML("lead.state-none", "name", t.Name)
	if len(bodies) > 0 {
		slices.SortStableFunc(bodies, func(x, y model.ID) int {
			return cmp.Compare(len(w.MembersOf(y)), len(w.MembersOf(x)))
		})
		html = s.sayHTML("lead.state-bodies", "name", t.Name, "names", s.nameList(t.Path, bodies, 6))
	}
	if t.State.Note != "" {
		html += template.HTML(" " + template.HTMLEscapeString(t.State.Note))
	}
	return "<p>" + html + "</p>"
}

// stateSpans draws every membership of a state as a bar.
func (s *Site) stateSpans(id model.ID) (Section, bool) {
	w := s.World
	t := w.Thing(id)
	list := w.MembershipsOf(id)
	if len(list) == 0 {
		return Section{}, false
	}
	first := date.Day(0)
	for i, m := range list {
		if f, _ := m.Period.From.Bounds(); i == 0 || f < first {
			first = f
		}
	}
	end, open := yearOf(w.AsOf), true
	if u := t.State.Exists.Until; !u.IsZero() {
		_, last := u.Bounds()
		end, open = yearOf(last), false
	}
	axis := chart.NewAxis(yearOf(first), end, open, yearOf(w.AsOf))
	sp := &Spans{Data: fileLinks("memberships"), Caption: s.say("members.bodies-of", "name", t.Name), Head: [3]string{s.say("fact.body"), s.say("fact.years-as-of", "day", s.factsTo(t).Text), s.say("fact.period")},
		Grid: template.HTML(axis.Grid("grid")), Axis: template.HTML(axis.Ticks())}
	used := map[model.Family]bool{}
	var order []model.ID
	by := map[model.ID][]model.Membership{}
	for _, m := range list {
		if _, ok := by[m.Body]; !ok {
			order = append(order, m.Body)
		}
		by[m.Body] = append(by[m.Body], m)
	}
	for _, body := range order {
		f := w.Family(body)
		if f == model.NoFamily {
			f = model.Cooperation
		}
		used[f] = true
		row := SpanRow{Class: f.Class(), Glyph: Glyph(f.Class()), Href: s.href(t.Path, body), Name: w.Thing(body).Label(), Hidden: s.World.Words.Comma() + s.familyName(f)}
		var spans []chart.Span
		var texts []string
		for _, m := range by[body] {
			class := ""
			switch {
			case m.Status.Overlay():
				class = "outside"
			case !m.Period.Until.IsZero() || w.Ended(body):
				class = "ended"
			}
			spans = append(spans, spanOf(m.Period, class))
			if m.Status.Overlay() {
				row.Note = s.word("status", m.Status.String())
				sp.Hatch = template.HTML(chart.Hatch("hatch"))
				continue
			}
			texts = append(texts, template.HTMLEscapeString(s.years(m.Period)))
			if m.Status != model.Member {
				row.Note = s.word("status", m.Status.String())
			}
		}
		row.Years = template.HTML(strings.Join(texts, ", "))
		row.Bars = template.HTML(chart.Bars(axis, "grid", spans))
		sp.Rows = append(sp.Rows, row)
	}
	for _, f := range model.Families() {
		if used[f] {
			sp.Legend = append(sp.Legend, Swatch{Obl: f.Class(), Glyph: Glyph(f.Class()), Text: s.familyName(f)})
		}
	}
	sp.Legend = append(sp.Legend, Swatch{Class: "b ended", Text: s.say("fact.ended-key")})
	return Section{ID: "alliances", Title: s.say("fact.memberships"), Intro: paragraph(s.spansSummary(id)), Spans: sp, After: s.compareLink(id, "compare.with-state")}, true
}

// spansSummary says in words what the bars of a state show.
func (s *Site) spansSummary(id model.ID) string {
	w := s.World
	t := w.Thing(id)
	ever := s.everMember(id)
	if len(ever) == 0 {
		return s.say("sum.state-none")
	}
	if !t.State.Exists.Until.IsZero() {
		return s.say("sum.state-ever", "bodies", s.count(len(ever), "bodies"))
	}
	now := s.bodiesNow(id)
	if len(now) == 0 {
		return s.say("sum.state-none-now", "bodies", s.count(len(ever), "bodies"), "day", w.AsOf)
	}
	text := s.say("sum.state", "bodies", s.count(len(ever), "bodies"), "n", len(now), "day", w.AsOf)
	for _, m := range w.MembershipsOf(id) {
		if len(now) > 1 && slices.Contains(now, m.Body) && m.Status == model.Member && m.Period.Contains(w.AsOf) == date.Yes {
			return text + " " + s.say("sum.state-oldest", "body", w.Thing(m.Body).Label(), "year", w.Words.Dates.YearText(m.Period.From))
		}
	}
	return text
}

// stateSheet is the memberships of a state to take away.
func (s *Site) stateSheet(id model.ID) Sheet {
	w := s.World
	out := Sheet{Head: []string{"body", "name", "status", "from", "until", "basis", "end", "note"}}
	for _, m := range w.MembershipsOf(id) {
		b, r := w.Thing(m.Body), m.Record
		out.Rows = append(out.Rows, []any{b.Slug, b.Name, m.Status.String(), r.From.String(), r.Until.String(), r.Basis, r.End, r.Note})
	}
	return out
}

// boundSection maps who owes a state its defence.
func (s *Site) boundSection(id model.ID, bound []model.ID) Section {
	w := s.World
	t := w.Thing(id)
	sec := Section{ID: "allies", Title: s.say("fact.bound-who")}
	sec.Intro = "<p>" + s.sayHTML("lead.bound", "n", len(bound), "name", t.Name, "day", w.Site.AsOf, "names", s.nameList(t.Path, bound, 60)) + "</p>"
	if s.Geo == nil || t.State.Codes.ISONum == "" {
		return sec
	}
	drawn, gone := s.drawable(bound)
	shapes := []chart.Shape{{ISONum: t.State.Codes.ISONum, Class: "me", Title: t.Name}}
	for _, who := range drawn {
		shapes = append(shapes, chart.Shape{ISONum: w.Thing(who).State.Codes.ISONum, Class: "s2", Title: w.Thing(who).Name})
	}
	if !s.Geo.Has(t.State.Codes.ISONum) {
		shapes = shapes[1:]
	}
	fig := s.Geo.Map(shapes, chart.MapOptions{Closer: s.say("map.closer"), ID: "map-s", Label: s.say("fact.bound-map", "name", t.Name), DeFacto: w.Site.Map.Borders == "de-facto"})
	sec.HTML = mapFigure(fig, []Swatch{{Class: "me", Text: t.Name}, {Class: "s2", Text: s.say("fact.bound-key")}}, s.say("fact.bound-to", "name", t.Name), s.mapCaption(gone))
	return sec
}
