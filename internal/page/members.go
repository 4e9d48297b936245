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

// yearOf is a day on the axis of a chart.
func yearOf(d date.Day) float64 { return chart.YearOf(int32(d)) }

// spanOf draws a period, with softened ends where a date is coarse or unsure.
func spanOf(p date.Period, class string) chart.Span {
	s := chart.Span{Class: class, Open: p.Until.IsZero()}
	if !p.From.IsZero() {
		first, last := p.From.Bounds()
		s.From = yearOf(first)
		s.SoftFrom = first != last || p.From.Uncertain() || p.From.Approximate()
	}
	if !s.Open {
		first, last := p.Until.Bounds()
		s.To = yearOf(last)
		s.SoftTo = first != last || p.Until.Uncertain() || p.Until.Approximate()
	}
	return s
}

// membersSection shows who belongs to a body: map, curve and table.
func (s *Site) membersSection(id model.ID) Section {
	w := s.World
	t := w.Thing(id)
	o := t.Organisation
	sec := Section{ID: "members", Title: s.say("fact.members")}
	all := w.MembersOf(id)
	if len(all) == 0 {
		sec.HTML = `<div class="gap"><b>` + s.sayHTML("members.missing") + `</b> ` + s.sayHTML("members.missing-note") + `</div>`
		return sec
	}
	if len(w.Members(id, w.Day(id), model.Participant).Possible) > 0 && len(w.Members(id, w.Day(id), model.Member).Possible) == 0 {
		sec.Title = s.say("fact.participants")
	}
	var figures strings.Builder
	figures.WriteString(string(s.membersMap(id, w.Day(id), t.Path, "")))
	if len(w.Steps(id)) >= leastSteps {
		figures.WriteString(string(s.memberCurve(id, t.Path, "")))
	}
	sec.HTML = template.HTML(figures.String())
	if !o.MembersComplete {
		sec.Intro = `<div class="note"><b>` + s.sayHTML("members.partial") + `</b> ` + s.sayHTML("members.partial-note") + `</div>`
	}
	sec.Spans = s.memberSpans(id)
	sec.After = s.compareLink(id, "compare.with-body")
	return sec
}

// memberSpans is the table of members with their periods as bars.
func (s *Site) memberSpans(id model.ID) *Spans {
	w := s.World
	t := w.Thing(id)
	ended := w.Ended(id)
	axis, hatch := s.axisFor(id), false
	sp := &Spans{
		Caption: s.say("members.caption", "name", t.Name), Class: w.Family(id).Class(),
		Head: [3]string{s.say("fact.member"), s.say("fact.years"), s.say("members.period")}, Data: fileLinks("members"),
		Grid: template.HTML(axis.Grid("grid")), Axis: template.HTML(axis.Ticks()),
	}
	if !ended {
		sp.Head[1] = s.say("fact.years-as-of", "day", s.factsTo(t).Text)
	}
	for _, l := range s.memberLines(id) {
		row, hatched := s.memberRow(t, l, axis)
		sp.Rows, hatch = append(sp.Rows, row), hatch || hatched
		sp.Inherits = sp.Inherits || len(row.Sources) == 0 && !row.Unsourced
	}
	if hatch {
		sp.Hatch = template.HTML(chart.Hatch("hatch"))
		sp.Legend = []Swatch{{Class: "b", Text: s.say("fact.member-key")}, {Class: "b suspended", Text: s.say("fact.suspended-key")}}
	}
	return sp
}

// memberLine is what one member was in a body, in one status, at all times.
type memberLine struct {
	member model.ID
	status model.Status
	list   []model.Membership
}

// memberLines are the lines of a body's table: by status, then by first day, then by name.
func (s *Site) memberLines(id model.ID) []memberLine {
	w := s.World
	var lines []memberLine
	index := map[[2]int32]int{}
	for _, m := range w.MembersOf(id) {
		if m.Status.Overlay() {
			continue
		}
		key := [2]int32{int32(m.Member), int32(m.Status)}
		i, ok := index[key]
		if !ok {
			i = len(lines)
			index[key] = i
			lines = append(lines, memberLine{member: m.Member, status: m.Status})
		}
		lines[i].list = append(lines[i].list, m)
	}
	slices.SortStableFunc(lines, func(a, b memberLine) int {
		return cmp.Or(cmp.Compare(a.status, b.status), date.Order(a.list[0].Period.From, b.list[0].Period.From),
			cmp.Compare(w.Thing(a.member).Name, w.Thing(b.member).Name))
	})
	return lines
}

// memberRow draws one line, and says whether a part of it is hatched: a time of suspension, or outside the body's military part.
func (s *Site) memberRow(t *model.Thing, l memberLine, axis chart.Axis) (row SpanRow, hatch bool) {
	w, id, ended := s.World, t.ID, s.World.Ended(t.ID)
	row = SpanRow{Href: s.href(t.Path, l.member), Name: w.Thing(l.member).Name}
	if l.status != model.Member && l.status != model.Participant {
		row.Hidden = s.World.Words.Comma() + s.word("status", l.status.String())
		row.Note = s.word("status", l.status.String())
	}
	var spans []chart.Span
	var texts, notes []string
	for _, m := range l.list {
		class := ""
		if !m.Period.Until.IsZero() && !ended {
			class = "ended"
		}
		if l.status != model.Member && l.status != model.Participant {
			class = "ended"
		}
		spans = append(spans, spanOf(m.Period, class))
		texts = append(texts, s.periodHTML(m.Period, ended))
		if m.Record.Note != "" {
			notes = append(notes, m.Record.Note)
		}
	}
	for _, m := range w.MembersOf(id) {
		if m.Member == l.member && m.Status.Overlay() {
			hatch = true
			spans = append(spans, spanOf(m.Period, "outside"))
			row.Sources = append(row.Sources, s.sourceLinks(t.Path, m.Record.Sources)...)
			notes = append(notes, capital(s.word("status", m.Status.String()))+" "+s.World.Words.Period(m.Period, s.asOf(t))+". "+m.Record.Note)
		}
	}
	for _, p := range t.Organisation.Participation {
		if who, ok := w.Lookup(p.Member); ok && who.ID == l.member && p.Status == "out" {
			hatch = true
			row.Sources = append(row.Sources, s.sourceLinks(t.Path, p.Sources)...)
			spans = append(spans, spanOf(date.Period{From: p.From, Until: p.Until}, "outside"))
		}
	}
	row.Note = s.remark(strings.TrimSpace(strings.Join(append([]string{row.Note}, notes...), " ")))
	row.Years = template.HTML(strings.Join(texts, ", "))
	for _, m := range l.list {
		row.Sources = append(row.Sources, s.sourceLinks(t.Path, m.Record.Sources)...)
	}
	row.Unsourced = len(row.Sources) == 0 && len(t.Sources) == 0
	row.Bars = template.HTML(chart.Bars(axis, "grid", spans))
	return row, hatch
}

// periodHTML writes a period in years with exact dates in the markup.
func (s *Site) periodHTML(p date.Period, ended bool) string {
	short := func(d date.Date) string { return timeTag(d, s.World.Words.Dates.YearText(d)) }
	if p.Until.IsZero() {
		return short(p.From) + "–"
	}
	if p.From.YearText() == p.Until.YearText() {
		return short(p.From)
	}
	return short(p.From) + "–" + short(p.Until)
}

// axisFor spans the life of a body.
func (s *Site) axisFor(id model.ID) chart.Axis {
	w := s.World
	o := w.Thing(id).Organisation
	start := o.Founded
	for _, m := range w.MembersOf(id) {
		if !m.Status.Overlay() && date.Order(m.Period.From, start) < 0 {
			start = m.Period.From
		}
	}
	first, _ := start.Bounds()
	end, open := yearOf(w.AsOf), true
	if !o.Dissolved.IsZero() {
		_, last := o.Dissolved.Bounds()
		end, open = yearOf(last), false
	}
	axis := chart.NewAxis(yearOf(first), end, open, yearOf(w.AsOf))
	axis.BCE = w.Words.Dates.BCE
	return axis
}

// leastSteps is how many changes a curve needs to show anything.
const leastSteps = 2

// memberCurve is the number of members over time, in words, as a curve and
// as a table, on the page at an address.
func (s *Site) memberCurve(id model.ID, from, title string) template.HTML {
	w := s.World
	t := w.Thing(id)
	steps := w.Steps(id)
	if len(steps) == 0 {
		return ""
	}
	var pts []chart.Step
	var rows strings.Builder
	esc := template.HTMLEscapeString
	for _, st := range steps {
		pts = append(pts, chart.Step{At: yearOf(st.Day), Low: st.Count.Low, High: st.Count.High,
			Title: s.World.Words.Dates.YearText(st.Date) + ": " + s.members(st.Count)})
		fmt.Fprintf(&rows, `<tr><td>%s</td><td>%s</td><td class="num">%s</td></tr>`,
			s.World.Words.Time(st.Date), esc(s.changes(st)), countText(st.Count))
	}
	year := w.Words.Dates.YearText
	ref := ""
	if title == "" {
		ref, title = ` id="growth"`, s.say("members.growth", "from", year(steps[0].Date), "until", year(w.Day(t.ID).Date()))
	}
	var files template.HTML
	if len(steps) >= leastSteps {
		files = s.downloads(link.Rel(from, t.Path) + "growth")
	}
	svg := chart.Steps(s.axisFor(id), pts, chart.StepOptions{Unit: strings.ToLower(s.say("fact.members")), Label: title})
	return template.HTML(fmt.Sprintf(`<figure class="fig o-%s"%s><p class="figt">%s</p><p class="sub">%s</p>%s`+
		`<details><summary>%s</summary><div class="tablewrap"><table class="data"><thead><tr><th scope="col">%s</th>`+
		`<th scope="col">%s</th><th scope="col" class="num">%s</th></tr></thead><tbody>%s</tbody></table></div></details>%s</figure>`,
		cmp.Or(w.Family(id).Class(), "cooperation"), ref, esc(title), esc(s.growthSummary(id, steps)), svg,
		s.sayHTML("members.as-table"), s.sayHTML("fact.from"), s.sayHTML("members.changes"), s.sayHTML("fact.members"), rows.String(), files))
}

// growthSummary says in words what the curve shows.
func (s *Site) growthSummary(id model.ID, steps []model.Step) string {
	day := s.World.Day(id)
	first, last := steps[0], steps[len(steps)-1]
	for _, st := range steps {
		if st.Day <= day {
			last = st
		}
	}
	words := s.World.Words
	text := s.say("sum.growth", "first", countText(first.Count), "year", words.Dates.YearText(first.Date), "last", countText(last.Count), "day", day)
	peak, jump, lost := first, first, 0
	for i, st := range steps {
		if st.Count.Low > peak.Count.Low {
			peak = st
		}
		if i == 1 || i > 1 && len(st.Joined) > len(jump.Joined) {
			jump = st
		}
		lost += len(st.Left)
	}
	if n := len(jump.Joined); n > 1 && jump.Day != first.Day {
		text += " " + s.say("sum.jump", "n", n, "date", jump.Date)
	}
	if peak.Count.Low > last.Count.Low {
		text += " " + s.say("sum.peak", "n", countText(peak.Count), "date", peak.Date)
	}
	if lost == 0 {
		return text + " " + s.say("sum.left-none")
	}
	return text + " " + s.say("sum.left", "n", lost)
}

// growthSheet is the curve to take away.
func (s *Site) growthSheet(id model.ID) Sheet {
	names := func(ids []model.ID) string {
		var list []string
		for _, id := range ids {
			list = append(list, s.World.Thing(id).Slug)
		}
		return strings.Join(list, ";")
	}
	out := Sheet{Head: []string{"from", "members_low", "members_high", "joined", "left"}}
	for _, st := range s.World.Steps(id) {
		out.Rows = append(out.Rows, []any{st.Date.String(), st.Count.Low, st.Count.High, names(st.Joined), names(st.Left)})
	}
	return out
}

// changes says who joined and who left in a step.
func (s *Site) changes(st model.Step) string {
	var parts []string
	for _, id := range st.Joined {
		parts = append(parts, s.World.Thing(id).Name)
	}
	for _, id := range st.Left {
		parts = append(parts, "−"+s.World.Thing(id).Name)
	}
	return strings.Join(parts, ", ")
}

// membersSheet is the table of members to take away.
func (s *Site) membersSheet(id model.ID) Sheet {
	w := s.World
	out := Sheet{Head: []string{"member", "name", "status", "from", "until", "basis", "end", "founding", "note"}}
	for _, m := range w.MembersOf(id) {
		r := m.Record
		out.Rows = append(out.Rows, []any{r.Member, w.Thing(m.Member).Name, m.Status.String(), r.From.String(), r.Until.String(), r.Basis, r.End, r.Founding, r.Note})
	}
	return out
}
