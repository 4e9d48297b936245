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
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "states/", Text: "States"}, Link{Text: t.Name, Current: true})
	now, bound := s.stateNow(id)
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
		a.Sections = append(a.Sections, s.treatySection(t.Path, list, "Treaties and agreements"))
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
	v := map[string]any{"@context": "https://schema.org", "@type": "Country", "name": t.Name}
	if len(t.State.Aliases) > 0 {
		v["alternateName"] = t.State.Aliases
	}
	a.JSONLD = linkedData(v)
	return s.finish(a, id)
}

// stateNow gives the bodies a state belongs to on the site's day and the
// states bound to its defence through them.
func (s *Site) stateNow(id model.ID) (bodies, bound []model.ID) {
	w := s.World
	for _, m := range w.MembershipsOf(id) {
		if m.Status != model.Member || m.Period.Contains(w.AsOf) != date.Yes || slices.Contains(bodies, m.Body) || w.Ended(m.Body) {
			continue
		}
		bodies = append(bodies, m.Body)
		if w.Family(m.Body) != model.Defence {
			continue
		}
		for _, other := range w.Members(m.Body, w.AsOf, model.Member).Certain {
			if other != id {
				bound = append(bound, other)
			}
		}
	}
	slices.Sort(bound)
	return bodies, slices.Compact(bound)
}

func (s *Site) stateLede(id model.ID, now, bound []model.ID) string {
	w := s.World
	st := w.Thing(id).State
	if !st.Exists.Until.IsZero() {
		return fmt.Sprintf("A state that existed until %s; on record as a member of %s.", st.Exists.Until.Text(), plural(len(s.everMember(id)), "body", "bodies"))
	}
	if len(now) == 0 {
		return fmt.Sprintf("No membership in force in this work as of %s.", w.Site.AsOf.Text())
	}
	text := fmt.Sprintf("Member of %s in this work as of %s", plural(len(now), "body", "bodies"), w.Site.AsOf.Text())
	if len(bound) > 0 {
		text += fmt.Sprintf(", with %s bound to its defence", plural(len(bound), "state", "states"))
	}
	return text + "."
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
	box := &Infobox{Title: t.Name + " at a glance"}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	if st.OfficialName != "" {
		add(Row{Label: "Official name", Text: st.OfficialName})
	}
	for _, f := range st.FormerNames {
		r := Row{Label: "Formerly", Text: f.Name}
		if !f.Until.IsZero() {
			r.Small = "until " + f.Until.Text()
		}
		add(r)
	}
	add(Row{Label: "Region", Text: regionName(st.Region)})
	if !st.Exists.From.IsZero() {
		add(Row{Label: "Since", Date: s.datePtr(st.Exists.From)})
	}
	if !st.Exists.Until.IsZero() {
		add(Row{Label: "Until", Date: s.datePtr(st.Exists.Until)})
	} else {
		add(Row{Label: "Member of", Big: fmt.Sprint(len(now)), Small: "bodies, counted from the records, " + w.Site.AsOf.Text()})
		if len(bound) > 0 {
			add(Row{Label: "Bound to its defence", Text: plural(len(bound), "state", "states")})
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
	link("Continues", st.Continues)
	link("Continued by", st.ContinuedBy)
	link("Successor of", st.SuccessorOf)
	link("Succeeded by", st.SucceededBy)
	link("Merged into", st.MergedInto)
	var codes []string
	for _, c := range []string{st.Codes.ISO2, st.Codes.ISO3, st.Codes.ISONum} {
		if c != "" {
			codes = append(codes, c)
		}
	}
	if len(codes) > 0 {
		add(Row{Label: "ISO 3166 codes", Text: strings.Join(codes, " · ")})
	}
	if st.Codes.COW != "" {
		add(Row{Label: "COW code", Text: st.Codes.COW})
	}
	return box
}

func (s *Site) stateLead(id model.ID) template.HTML {
	w := s.World
	t := w.Thing(id)
	bodies := s.everMember(id)
	var b strings.Builder
	switch len(bodies) {
	case 0:
		fmt.Fprintf(&b, "<p>%s is named in this work, but no membership of an alliance or organisation is on record.", template.HTMLEscapeString(t.Name))
	default:
		slices.SortStableFunc(bodies, func(x, y model.ID) int {
			return cmp.Compare(len(w.MembersOf(y)), len(w.MembersOf(x)))
		})
		fmt.Fprintf(&b, "<p>%s appears in this work as a member, now or once, of %s.", template.HTMLEscapeString(t.Name), s.nameList(t.Path, bodies, 6))
	}
	if t.State.Note != "" {
		b.WriteString(" " + template.HTMLEscapeString(t.State.Note))
	}
	b.WriteString("</p>")
	return template.HTML(b.String())
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
	sp := &Spans{Caption: "Bodies to which " + t.Name + " has belonged", Head: [3]string{"Body", "Years", "Period"},
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
		row := SpanRow{Class: f.Class(), Glyph: Glyph(f.Class()), Href: s.href(t.Path, body), Name: w.Thing(body).Label(), Hidden: ", " + f.Name()}
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
				row.Note = m.Status.String()
				sp.Hatch = template.HTML(chart.Hatch("hatch"))
				continue
			}
			texts = append(texts, template.HTMLEscapeString(years(m.Period)))
			if m.Status != model.Member {
				row.Note = words(m.Status.String())
			}
		}
		row.Years = template.HTML(strings.Join(texts, ", "))
		row.Bars = template.HTML(chart.Bars(axis, "grid", spans))
		sp.Rows = append(sp.Rows, row)
	}
	for _, f := range model.Families() {
		if used[f] {
			sp.Legend = append(sp.Legend, Swatch{Obl: f.Class(), Glyph: Glyph(f.Class()), Text: f.Name()})
		}
	}
	sp.Legend = append(sp.Legend, Swatch{Class: "b ended", Text: "ended"})
	return Section{ID: "alliances", Title: "Memberships over time", Spans: sp}, true
}

// boundSection maps who owes a state its defence.
func (s *Site) boundSection(id model.ID, bound []model.ID) Section {
	w := s.World
	t := w.Thing(id)
	sec := Section{ID: "allies", Title: "Who is bound to its defence"}
	sec.Intro = template.HTML(fmt.Sprintf("<p>%s in this work have an obligation of mutual defence in force towards %s, as of %s: %s.</p>",
		plural(len(bound), "state", "states"), template.HTMLEscapeString(t.Name), w.Site.AsOf.Text(), s.nameList(t.Path, bound, 60)))
	if len(bound) == 1 {
		sec.Intro = template.HTML(strings.Replace(string(sec.Intro), "1 state in this work have", "One state in this work has", 1))
	}
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
	fig := s.Geo.Map(shapes, chart.MapOptions{ID: "map-s", Label: "Map of the states bound to the defence of " + t.Name, DeFacto: w.Site.Map.Borders == "de-facto"})
	sec.HTML = mapFigure(fig, []Swatch{{Class: "me", Text: t.Name}, {Class: "s2", Text: "bound to its defence"}}, "Bound to the defence of "+t.Name, s.mapCaption(gone))
	return sec
}
