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
	"entente/internal/record"
)

func thingPages(s *Site, k model.Kind, view func(model.ID) *Article) []Page {
	var list []Page
	for _, t := range s.World.Of(k) {
		id := t.ID
		list = append(list, Page{Path: t.Path + "index.html", Template: "article.html", Thing: id, View: func() any { return view(id) }})
	}
	return list
}

func statePages(s *Site) []Page     { return thingPages(s, model.State, s.state) }
func treatyPages(s *Site) []Page    { return thingPages(s, model.Treaty, s.treaty) }
func exercisePages(s *Site) []Page  { return thingPages(s, model.Exercise, s.exercise) }
func operationPages(s *Site) []Page { return thingPages(s, model.Operation, s.operation) }

// treatyStatus says how a treaty stands, for tables.
func (s *Site) treatySection(from string, ids []model.ID, title string) Section {
	tbl := &Table{Caption: title, Hidden: true,
		Head: []Cell{{Text: "Agreement"}, {Text: "Signed"}, {Text: "In force"}, {Text: "Status"}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		row := []Cell{{Text: t.Name, Href: s.href(from, id)}, {Text: "–"}, {Text: "–"}, {Text: s.status(id)}}
		if d := datePtr(t.Treaty.Signed); d != nil {
			row[1] = Cell{Date: d}
		}
		if d := datePtr(t.Treaty.InForce); d != nil {
			row[2] = Cell{Date: d}
		}
		if d := t.Treaty.Terminated; !d.IsZero() {
			row[3] = Cell{Text: "Ended " + d.Text()}
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	return Section{ID: "treaties", Title: title, Table: tbl}
}

func (s *Site) exerciseSection(from string, ids []model.ID) Section {
	tbl := &Table{Caption: "Exercises", Hidden: true,
		Head: []Cell{{Text: "Exercise"}, {Text: "Type"}, {Text: "Held"}, {Text: "Where"}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		x := t.Exercise
		tbl.Rows = append(tbl.Rows, []Cell{
			{Text: t.Name, Href: s.href(from, id)}, {Text: words(x.Type)},
			{Text: s.heldText(x)}, {Text: cmp.Or(x.Location, "–")},
		})
	}
	return Section{ID: "exercises", Title: "Exercises", Table: tbl}
}

// heldText says in which years a series was held.
func (s *Site) heldText(x *record.Exercise) string {
	if x.First.IsZero() {
		return "–"
	}
	if x.Last.IsZero() {
		return "since " + x.First.Text()
	}
	if x.Last == x.First {
		return x.First.Text()
	}
	return x.First.Text() + " to " + x.Last.Text()
}

func (s *Site) operationSection(from string, ids []model.ID) Section {
	tbl := &Table{Caption: "Operations", Hidden: true, Head: []Cell{{Text: "Operation"}, {Text: "Where"}, {Text: "Period"}}}
	for _, id := range ids {
		t := s.World.Thing(id)
		o := t.Operation
		tbl.Rows = append(tbl.Rows, []Cell{
			{Text: t.Name, Href: s.href(from, id), Small: t.Short}, {Text: cmp.Or(o.Location, "–")},
			{Text: (date.Period{From: o.From, Until: o.Until}).Text("as of " + s.factsTo(t).Text)},
		})
	}
	return Section{ID: "operations", Title: "Operations", Table: tbl}
}

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
		add(Row{Label: "Since", Date: datePtr(st.Exists.From)})
	}
	if !st.Exists.Until.IsZero() {
		add(Row{Label: "Until", Date: datePtr(st.Exists.Until)})
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
	fig := s.Geo.Map(shapes, chart.MapOptions{Label: "Map of the states bound to the defence of " + t.Name, DeFacto: w.Site.Map.Borders == "de-facto"})
	sec.HTML = mapFigure(fig, []Swatch{{Class: "me", Text: t.Name}, {Class: "s2", Text: "bound to its defence"}}, "Bound to the defence of "+t.Name, s.mapCaption(gone, w.Site.Map.Borders))
	sec.HTML = template.HTML(strings.Replace(string(sec.HTML), `<p class="sub">The stronger the colour, the earlier.</p>`, "", 1))
	return sec
}

func (s *Site) treaty(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	tr := t.Treaty
	a := s.article(id, "treaties/")
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "treaties/", Text: "Treaties"}, Link{Text: t.Label(), Current: true})
	family := w.Family(id)
	if family != model.NoFamily {
		a.Tags = append(a.Tags, obligation(family, w.Ended(id)))
	}
	a.Status = s.status(id)
	if a.Lede == "" {
		a.Lede = s.treatyLede(tr)
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: t.Label() + " at a glance", Class: family.Class()}
	if len(t.Label()) > 40 {
		box.Title = "At a glance"
	}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	add(Row{Label: "Type", Text: words(tr.Type) + scope(tr.Scope)})
	add(Row{Label: "Signed", Date: datePtr(tr.Signed), Small: tr.SignedAt})
	if !tr.InForce.IsZero() {
		add(Row{Label: "In force", Date: datePtr(tr.InForce)})
	}
	if !tr.Terminated.IsZero() {
		add(Row{Label: "Ended", Date: datePtr(tr.Terminated), Small: words(tr.Termination)})
	}
	if len(tr.Parties) > 0 {
		r := Row{Label: "Parties on record", Big: fmt.Sprint(len(tr.Parties))}
		if !tr.PartiesComplete {
			r.Small = "the list is not complete"
		}
		add(r)
	}
	if o, ok := w.Lookup(tr.Organisation); ok {
		add(Row{Label: "Body", Links: []Link{{Href: s.href(t.Path, o.ID), Text: o.Label()}}})
	}
	s.linkRow(box, t.Path, "Replaces", tr.Replaces)
	s.linkRow(box, t.Path, "Replaced by", tr.ReplacedBy)
	if tr.Secret {
		add(Row{Label: "Publicity", Text: "secret when signed"})
	}
	a.Infobox = box
	if len(a.Body) == 0 {
		a.Body = s.treatyLead(id)
	}
	if len(tr.Obligations) > 0 {
		a.Sections = append(a.Sections, s.obligationSection(t.Path, tr.Obligations))
	}
	if len(tr.Articles) > 0 {
		tbl := &Table{Caption: "Articles", Hidden: true, Head: []Cell{{Text: "Article"}, {Text: "What it is about"}}}
		for _, art := range tr.Articles {
			tbl.Rows = append(tbl.Rows, []Cell{{Text: "Article " + art.Number}, {Text: art.About}})
		}
		a.Sections = append(a.Sections, Section{ID: "articles", Title: "Articles", Table: tbl})
	}
	if len(tr.Parties) > 0 {
		a.Sections = append(a.Sections, s.partiesSection(t.Path, tr))
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	if tr.Notes != "" {
		a.Sections = append(a.Sections, Section{ID: "remarks", Title: "Remarks on the data", HTML: paragraph(tr.Notes)})
	}
	v := map[string]any{"@context": "https://schema.org", "@type": "Legislation", "name": t.Name, "legislationType": words(tr.Type)}
	if d := tr.Signed.Attr(); d != "" {
		v["legislationDate"] = d
	}
	a.JSONLD = linkedData(v)
	return s.finish(a, id)
}

func (s *Site) linkRow(box *Infobox, from, label string, slugs []string) {
	r := Row{Label: label}
	for _, slug := range slugs {
		if other, ok := s.World.Lookup(slug); ok {
			r.Links = append(r.Links, Link{Href: s.href(from, other.ID), Text: other.Label()})
		}
	}
	if len(r.Links) > 0 {
		box.Rows = append(box.Rows, r)
	}
}

func (s *Site) treatyLede(tr *record.Treaty) string {
	kind := strings.TrimSpace(tr.Scope + " " + words(tr.Type))
	text := strings.ToUpper(withArticle(kind)[:1]) + withArticle(kind)[1:]
	if !tr.Signed.IsZero() {
		text += " signed "
		if tr.Signed.Exact() {
			text += "on "
		} else {
			text += "in "
		}
		text += tr.Signed.Text()
	}
	if tr.SignedAt != "" {
		text += " at " + tr.SignedAt
	}
	return text + "."
}

func (s *Site) treatyLead(id model.ID) template.HTML {
	t := s.World.Thing(id)
	tr := t.Treaty
	var b strings.Builder
	fmt.Fprintf(&b, "<p>The %s was signed %s", template.HTMLEscapeString(strings.TrimPrefix(t.Name, "The ")), onDate(tr.Signed))
	if ids := s.partyIDs(tr); len(ids) > 0 && len(ids) <= 12 {
		fmt.Fprintf(&b, " by %s", s.nameList(t.Path, ids, 12))
	}
	if !tr.InForce.IsZero() && tr.InForce != tr.Signed {
		fmt.Fprintf(&b, " and came into force %s", onDate(tr.InForce))
	}
	if !tr.Terminated.IsZero() {
		fmt.Fprintf(&b, "; it ended %s", onDate(tr.Terminated))
	}
	b.WriteString(".</p>")
	return template.HTML(b.String())
}

func (s *Site) partyIDs(tr *record.Treaty) []model.ID {
	var ids []model.ID
	for _, p := range tr.Parties {
		if t, ok := s.World.Lookup(p.Member); ok {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

func (s *Site) partiesSection(from string, tr *record.Treaty) Section {
	tbl := &Table{Caption: "Parties", Hidden: true, Head: []Cell{{Text: "Party"}, {Text: "Signed or acceded"}, {Text: "Remark"}}}
	for _, p := range tr.Parties {
		row := []Cell{{Text: p.Member}, {Date: datePtr(tr.Signed)}, {Text: p.Note}}
		if t, ok := s.World.Lookup(p.Member); ok {
			row[0] = Cell{Text: t.Name, Href: s.href(from, t.ID)}
		}
		if d := cmp.Or(p.Signed, p.Acceded); !d.IsZero() {
			row[1].Date = datePtr(d)
			if p.Signed.IsZero() {
				row[1].Small = "accession"
			}
		}
		if row[1].Date == nil {
			row[1].Text = "–"
		}
		tbl.Rows = append(tbl.Rows, row)
	}
	sec := Section{ID: "parties", Title: "Parties", Table: tbl}
	if !tr.PartiesComplete {
		sec.Intro = `<div class="note"><b>Not a complete list.</b> Later parties may be missing; absence here says nothing.</div>`
	}
	return sec
}

func (s *Site) exercise(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	x := t.Exercise
	a := s.article(id, "exercises/")
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "exercises/", Text: "Exercises"}, Link{Text: t.Name, Current: true})
	a.Status = s.status(id)
	if a.Lede == "" {
		a.Lede = s.exerciseLede(x)
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: t.Name + " at a glance"}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	add(Row{Label: "Type", Text: words(x.Type)})
	if o, ok := w.Lookup(x.Organisation); ok {
		add(Row{Label: "Held under", Links: []Link{{Href: s.href(t.Path, o.ID), Text: o.Label()}}})
	}
	s.linkRow(box, t.Path, "Lead", x.Lead)
	if !x.First.IsZero() {
		add(Row{Label: "First held", Date: datePtr(x.First)})
	}
	if !x.Last.IsZero() {
		add(Row{Label: "Last held", Date: datePtr(x.Last)})
	} else {
		add(Row{Label: "Goes on", Text: "as of " + s.factsTo(t).Text})
	}
	if x.Frequency != "" {
		add(Row{Label: "Frequency", Text: x.Frequency})
	}
	if x.Location != "" {
		add(Row{Label: "Where", Text: x.Location})
	}
	s.linkRow(box, t.Path, "Before", x.Predecessors)
	s.linkRow(box, t.Path, "After", x.Successors)
	a.Infobox = box
	if len(a.Body) == 0 {
		a.Body = s.exerciseLead(id)
	}
	if len(x.Editions) > 0 {
		tbl := &Table{Caption: "Editions on record", Hidden: true, Head: []Cell{{Text: "Edition"}, {Text: "From"}, {Text: "To"}, {Text: "Remark"}}}
		for _, e := range x.Editions {
			row := []Cell{{Text: e.Name}, {Date: datePtr(e.From)}, {Text: "–"}, {Text: e.Note}}
			if d := datePtr(e.Until); d != nil {
				row[2] = Cell{Date: d}
			}
			tbl.Rows = append(tbl.Rows, row)
		}
		a.Sections = append(a.Sections, Section{ID: "editions", Title: "Editions on record", Table: tbl})
	}
	if len(x.Participants) > 0 {
		sec := Section{ID: "participants", Title: "Participants"}
		var ids []model.ID
		for _, p := range x.Participants {
			if who, ok := w.Lookup(p); ok {
				ids = append(ids, who.ID)
			}
		}
		remark := ""
		if !x.ParticipantsComplete {
			remark = " The list is not complete, and who takes part differs from one edition to the next."
		}
		sec.HTML = template.HTML("<p>On record as taking part: " + s.nameList(t.Path, ids, 80) + "." + remark + "</p>")
		a.Sections = append(a.Sections, sec)
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	a.JSONLD = linkedData(map[string]any{"@context": "https://schema.org", "@type": "EventSeries", "name": t.Name, "description": a.Lede})
	return s.finish(a, id)
}

func (s *Site) exerciseLede(x *record.Exercise) string {
	text := "A military exercise"
	if x.Type != "" {
		text = "A series of " + words(x.Type) + " exercises"
	}
	if !x.First.IsZero() {
		text += ", held " + s.heldText(x)
	}
	return text + "."
}

func (s *Site) exerciseLead(id model.ID) template.HTML {
	t := s.World.Thing(id)
	x := t.Exercise
	var b strings.Builder
	b.WriteString("<p>" + template.HTMLEscapeString(t.Name) + " is")
	if !x.Last.IsZero() {
		b.Reset()
		b.WriteString("<p>" + template.HTMLEscapeString(t.Name) + " was")
	}
	kind := strings.TrimSpace(x.Frequency + " " + words(x.Type) + " exercise")
	b.WriteString(" " + withArticle(kind))
	var lead []model.ID
	for _, l := range x.Lead {
		if who, ok := s.World.Lookup(l); ok {
			lead = append(lead, who.ID)
		}
	}
	if len(lead) > 0 {
		b.WriteString(" led by " + s.nameList(t.Path, lead, 8))
	}
	if x.Location != "" {
		b.WriteString(", held in " + template.HTMLEscapeString(x.Location))
	}
	b.WriteString(". " + template.HTMLEscapeString(x.Notes) + "</p>")
	return template.HTML(b.String())
}

func (s *Site) operation(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	o := t.Operation
	a := s.article(id, "operations/")
	a.Crumbs = crumbs(t.Path, Link{Href: rootOf(t.Path) + "operations/", Text: "Operations"}, Link{Text: t.Label(), Current: true})
	a.Status = s.status(id)
	period := date.Period{From: o.From, Until: o.Until}
	body, hasBody := w.Lookup(o.Organisation)
	if a.Lede == "" {
		a.Lede = "Operation, " + period.Text("as of "+s.factsTo(t).Text) + "."
		if hasBody {
			a.Lede = "Operation of " + body.Label() + ", " + period.Text("as of "+s.factsTo(t).Text) + "."
		}
		a.Description = t.Name + ". " + a.Lede
	}
	box := &Infobox{Title: "At a glance"}
	add := func(r Row) { box.Rows = append(box.Rows, r) }
	if hasBody {
		add(Row{Label: "Run by", Links: []Link{{Href: s.href(t.Path, body.ID), Text: body.Label()}}})
	}
	add(Row{Label: "From", Date: datePtr(o.From)})
	if !o.Until.IsZero() {
		add(Row{Label: "Until", Date: datePtr(o.Until)})
	} else {
		add(Row{Label: "Goes on", Text: "as of " + s.factsTo(t).Text})
	}
	if o.Location != "" {
		add(Row{Label: "Where", Text: o.Location})
	}
	a.Infobox = box
	if len(a.Body) == 0 {
		var b strings.Builder
		fmt.Fprintf(&b, "<p>%s began %s", template.HTMLEscapeString(t.Name), onDate(o.From))
		if o.Location != "" {
			b.WriteString(" in " + template.HTMLEscapeString(o.Location))
		}
		if !o.Until.IsZero() {
			fmt.Fprintf(&b, " and ended %s", onDate(o.Until))
		}
		if hasBody {
			fmt.Fprintf(&b, `. It belongs to <a href="%s" data-preview>%s</a>`, s.href(t.Path, body.ID), template.HTMLEscapeString(body.Name))
		}
		b.WriteString(". " + template.HTMLEscapeString(o.Notes) + "</p>")
		a.Body = template.HTML(b.String())
	}
	if hasBody {
		if list := w.Operations(body.ID); len(list) > 1 {
			sec := s.operationSection(t.Path, list)
			sec.Title = "Operations of " + body.Label()
			a.Sections = append(a.Sections, sec)
		}
	}
	if events := w.Events(id); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, t.Slug))
	}
	return s.finish(a, id)
}

// regionName writes a region with a capital.
func regionName(r string) string {
	if r == "" {
		return "Other"
	}
	r = words(r)
	return strings.ToUpper(r[:1]) + r[1:]
}
