package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// Matrix is the view of states against bodies.
type Matrix struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	AsOf    string
	MinYear int
	MaxYear int
	Years   []int // shortcuts
	Legend  []Swatch
	Columns []MatrixColumn
	Groups  []MatrixGroup
	Note    string
	Data    []Link        // files with all memberships
	Caption template.HTML // with the day in a span that the script finds
}

// MatrixColumn is one body.
type MatrixColumn struct {
	Class, Href, Name string
	Glyph             template.HTML
}

// MatrixGroup are the states of one region.
type MatrixGroup struct {
	Title string
	Span  int
	Total int // memberships of its states; the region with most comes first
	Rows  []MatrixRow
}

// MatrixRow is one state.
type MatrixRow struct {
	Href, Name string
	Cells      []MatrixCell
	Total      int
}

// MatrixCell is one state in one body; empty when it never belonged.
type MatrixCell struct {
	Class string // "in o-defence"
	Spans string // "1955/1991 1999/", see yearSpans
	Glyph template.HTML
	Text  string
	Words string // for screen readers
}

// matrixColumns is how many bodies the matrix shows when site.yaml names none.
const matrixColumns = 14

func matrixPages(w *model.World) []Page {
	return slices.Concat([]Page{
		{Path: "matrix/index.html", Template: "matrix.html", Thing: model.None, View: (*Site).matrix},
	}, sheetFiles("matrix/memberships", model.None, (*Site).membershipsSheet))
}

// matrixBodies are the bodies named in site.yaml, else the largest
// multilateral ones whose list of members is complete.
func matrixBodies(w *model.World) []model.ID {
	var ids []model.ID
	for _, slug := range w.Site.Matrix {
		if t, ok := w.Lookup(slug); ok && t.Kind == model.Organisation {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) > 0 {
		return ids
	}
	for _, t := range w.Of(model.Organisation) {
		if t.Organisation.MembersComplete && len(w.MembersOf(t.ID)) > 2 {
			ids = append(ids, t.ID)
		}
	}
	slices.SortStableFunc(ids, func(a, b model.ID) int { return cmp.Compare(len(w.MembersOf(b)), len(w.MembersOf(a))) })
	return ids[:min(len(ids), matrixColumns)]
}

func (s *Site) matrix() any {
	w := s.World
	cols := matrixBodies(w)
	asOf := s.dateOf(w.Site.AsOf).Text
	title, lede := s.say("matrix.title"), s.say("matrix.lede")
	v := &Matrix{Shell: s.shell("matrix/", "compare", "matrix/", title, lede, "asof.js"), Heading: s.say("matrix.heading"), Lede: lede, AsOf: asOf,
		Crumbs: s.crumbs("matrix/", Link{Text: title, Current: true}), MaxYear: w.AsOf.Year(), MinYear: w.AsOf.Year()}
	v.About = []node{s.datasetNode("matrix/", v.Title, lede, []string{"state", "body", "from", "until"}, "memberships.csv", "memberships.json")}
	v.Caption = s.sayHTML("matrix.caption", "day", template.HTML(`<span class="asof">`+template.HTMLEscapeString(asOf)+`</span>`))
	v.Columns, v.Legend = s.matrixHead(cols)
	by := map[string]*MatrixGroup{}
	rows := 0
	for _, id := range s.byName(model.State) {
		row, any := s.matrixRow(id, cols, v)
		if !any {
			continue
		}
		rows++
		r := w.Thing(id).State.Region
		if by[r] == nil {
			by[r] = &MatrixGroup{Title: s.regionName(r), Span: len(cols) + 2}
		}
		by[r].Rows, by[r].Total = append(by[r].Rows, row), by[r].Total+row.Total
	}
	for _, r := range sortedRegions(by) {
		v.Groups = append(v.Groups, *by[r])
	}
	slices.SortStableFunc(v.Groups, func(a, b MatrixGroup) int { return cmp.Compare(b.Total, a.Total) })
	for _, y := range []int{1955, 1968, 1985, 1992, 2004} {
		if y > v.MinYear {
			v.Years = append(v.Years, y)
		}
	}
	v.Years = append(v.Years, v.MaxYear)
	v.Data = fileLinks("memberships")
	v.Note = s.say("matrix.note", "states", s.count(rows, "states"), "bodies", s.count(len(cols), "bodies"), "day", asOf)
	return v
}

func (s *Site) matrixHead(cols []model.ID) (list []MatrixColumn, legend []Swatch) {
	used := map[model.Family]bool{}
	for _, id := range cols {
		f := s.family(id)
		used[f] = true
		list = append(list, MatrixColumn{Class: "o-" + f.Class(), Href: s.href("matrix/", id), Name: s.World.Thing(id).Label(), Glyph: Glyph(f.Class())})
	}
	for _, f := range model.Families() {
		if used[f] {
			legend = append(legend, Swatch{Obl: f.Class(), Glyph: Glyph(f.Class()), Text: s.familyName(f)})
		}
	}
	return list, legend
}

// family is the family for colour; a body that promises nothing is drawn as
// cooperation.
func (s *Site) family(id model.ID) model.Family {
	if f := s.World.Family(id); f != model.NoFamily {
		return f
	}
	return model.Cooperation
}

func (s *Site) matrixRow(id model.ID, cols []model.ID, v *Matrix) (MatrixRow, bool) {
	w := s.World
	row := MatrixRow{Href: s.href("matrix/", id), Name: w.Thing(id).Name}
	any := false
	for _, body := range cols {
		stays := w.Stays(body, id)
		if len(stays) == 0 {
			row.Cells = append(row.Cells, MatrixCell{})
			continue
		}
		any = true
		c := s.matrixCell(body, stays)
		if strings.HasPrefix(c.Class, "in ") {
			row.Total++
		}
		for _, p := range stays {
			v.MinYear = min(v.MinYear, p.From.Year())
		}
		row.Cells = append(row.Cells, c)
	}
	return row, any
}

func (s *Site) matrixCell(body model.ID, stays []date.Period) MatrixCell {
	class := s.family(body).Class()
	current := false
	for _, p := range stays {
		current = current || p.Contains(s.World.AsOf) == date.Yes
	}
	last := stays[len(stays)-1]
	c := MatrixCell{Class: "out o-" + class, Spans: yearSpans(stays, s.World.AsOf), Text: s.years(last), Words: " " + s.say("matrix.former")}
	if current {
		c.Class, c.Glyph, c.Text, c.Words = "in o-"+class, Glyph(class), last.From.YearText(), " "+s.say("matrix.is")
	} else if !last.Until.IsZero() {
		c.Text = last.From.YearText() + "–" + strconv.Itoa(last.Until.Year())
		if from, until := last.From.Year(), last.Until.Year(); from/100 == until/100 && from > 0 {
			c.Text = fmt.Sprintf("%s–%02d", last.From.YearText(), until%100)
		}
	}
	return c
}

// membershipsSheet is every membership statement of the site.
func (s *Site) membershipsSheet() Sheet {
	w := s.World
	out := Sheet{Head: []string{"body", "member", "status", "from", "until", "basis", "end", "founding", "note"}}
	for _, m := range w.Memberships {
		r := m.Record
		out.Rows = append(out.Rows, []any{w.Thing(m.Body).Slug, r.Member, m.Status.String(), r.From.String(), r.Until.String(), r.Basis, r.End, r.Founding, r.Note})
	}
	return out
}

// eventsSheet is every event of the site.
func (s *Site) eventsSheet() Sheet {
	w := s.World
	out := Sheet{Head: []string{"id", "date", "end", "type", "title", "organisations", "states", "treaties", "note", "sources"}}
	var ids []model.ID
	for _, t := range w.Of(model.Event) {
		ids = append(ids, t.ID)
	}
	sortEvents(w, ids)
	for _, id := range ids {
		e := w.Thing(id).Event
		out.Rows = append(out.Rows, []any{e.ID, e.Date.String(), e.End.String(), e.Type, e.Title, strings.Join(e.Organisations, ";"), strings.Join(e.States, ";"),
			strings.Join(e.Treaties, ";"), e.Note, strings.Join(e.Sources, ";")})
	}
	return out
}
