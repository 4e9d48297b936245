// Package chart turns rows into SVG: bars on a time axis, step curves,
// strips of pins, histograms and maps. The page shows the same rows as a
// table, so that no chart is the only bearer of a fact.
//
// Charts over time have no viewBox: positions are percentages, so that bars
// stretch with the column and text keeps its size. The package writes no
// style attributes and knows nothing of the world.
package chart

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"
)

// YearOf turns a day, counted from 1 January 1970, into a fraction of years.
func YearOf(day int32) float64 { return 1970 + float64(day)/365.2425 }

// Num writes a number with at most two decimals and no trailing zeros.
func Num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

func pc(v float64) string { return Num(v) + "%" }

// Axis is a stretch of years.
type Axis struct {
	From, To float64
	BCE      string // how a year before 1 is written; empty is "{y} BCE"
}

// NewAxis makes the axis of something that lasted from one year to another,
// or goes on: it starts at the year before, floored to five, and ends at the
// year after, or now. It is never shorter than twenty years.
func NewAxis(from, until float64, open bool, now float64) Axis {
	a := Axis{From: math.Floor((from-1)/5) * 5}
	if open {
		a.To = math.Floor(now) + 1
		if a.To-a.From < 20 {
			a.From = a.To - 21
		}
		return a
	}
	a.To = math.Ceil((until+1)/5) * 5
	if a.To-a.From < 20 {
		a.To = a.From + 20
	}
	return a
}

// x is the place of a year in per cent.
func (a Axis) x(year float64) float64 {
	return max(0, min(100, (year-a.From)/(a.To-a.From)*100))
}

func (a Axis) ticks() []float64 {
	step := 5.0
	switch span := a.To - a.From; {
	case span > 1000:
		step = 500
	case span > 400:
		step = 100
	case span > 180:
		step = 50
	case span > 90:
		step = 20
	case span > 40:
		step = 10
	case span <= 8:
		step = 1
	case span <= 16:
		step = 2
	}
	var list []float64
	for y := math.Ceil(a.From/step) * step; y <= a.To; y += step {
		list = append(list, y)
	}
	return list
}

// label writes the year of a tick.
func (a Axis) label(y float64) string {
	if y < 1 {
		return html.EscapeString(strings.Replace(cmp.Or(a.BCE, "{y} BCE"), "{y}", Num(1-y), 1))
	}
	return Num(y)
}

// Grid is a symbol with the grid lines of the axis; every row of bars reuses
// it by its id.
func (a Axis) Grid(id string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="vh" aria-hidden="true"><symbol id="%s" class="grid" overflow="visible">`, html.EscapeString(id))
	for _, t := range a.ticks() {
		x := pc(a.x(t))
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="-9" y2="999"/>`, x, x)
	}
	b.WriteString(`</symbol></svg>`)
	return b.String()
}

// Ticks is the row of years above the bars.
func (a Axis) Ticks() string {
	var b strings.Builder
	b.WriteString(`<svg aria-hidden="true" class="bars">`)
	for i, t := range a.ticks() {
		x := a.x(t)
		anchor, class := "middle", ""
		switch {
		case x < 4:
			anchor = "start"
		case x > 97:
			anchor = "end"
		}
		if i%2 == 1 {
			class = ` class="opt"`
		}
		fmt.Fprintf(&b, `<text%s x="%s" y="12" text-anchor="%s">%s</text>`, class, pc(x), anchor, a.label(t))
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// Span is one period of a row of bars.
type Span struct {
	From, To         float64 // years
	Open             bool    // goes on: runs to the edge
	SoftFrom, SoftTo bool    // the end is coarse or uncertain and is drawn softened
	Class            string  // "ended", "suspended", "outside"
}

// softness is how much of the axis, in per cent, a softened end covers.
const softness = 1.2

// Bars draws the periods of one row over the grid.
func Bars(a Axis, gridID string, spans []Span) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="bars" aria-hidden="true"><use href="#%s"/>`, html.EscapeString(gridID))
	for _, s := range spans {
		to := s.To
		if s.Open {
			to = a.To
		}
		x0, x1 := a.x(s.From), a.x(to)
		w := max(x1-x0, .4)
		class := strings.TrimSpace("b " + s.Class)
		soft := min(softness, w/3)
		if s.SoftFrom && w > .8 {
			fmt.Fprintf(&b, `<rect class="%s soft" x="%s" width="%s" y="28%%" height="44%%"/>`, class, pc(x0), pc(soft))
			x0, w = x0+soft, w-soft
		}
		if s.SoftTo && !s.Open && w > .8 {
			fmt.Fprintf(&b, `<rect class="%s soft" x="%s" width="%s" y="28%%" height="44%%"/>`, class, pc(x0+w-soft), pc(soft))
			w -= soft
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%s" width="%s" y="28%%" height="44%%"/>`, class, pc(x0), pc(w))
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// Hatch is the pattern of periods in part; once a page.
func Hatch(id string) string {
	return `<svg class="vh" aria-hidden="true"><pattern id="` + html.EscapeString(id) + `" class="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5"/><path d="M0 0v5"/></pattern></svg>`
}

// Step is one change of a count: from At on it is Low, or between Low and
// High where dates are coarse.
type Step struct {
	At        float64
	Low, High int
	Title     string
}

// StepOptions are the choices of a curve.
type StepOptions struct {
	Unit  string
	Label string // what the curve is, in words
}

// Steps draws a count over time.
func Steps(a Axis, steps []Step, o StepOptions) string {
	top := 0
	for _, s := range steps {
		top = max(top, s.High)
	}
	unit := 2
	switch {
	case top > 60:
		unit = 20
	case top > 20:
		unit = 10
	case top > 8:
		unit = 5
	}
	ceiling := int(math.Ceil(float64(top)*1.12/float64(unit))) * unit
	y := func(v int) float64 { return 100 - float64(v)/float64(max(1, ceiling))*100 }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="plot steps" role="img" aria-label="%s"><g class="grid">`, html.EscapeString(o.Label))
	for v := 0; v < ceiling; v += unit {
		fmt.Fprintf(&b, `<line x1="0" x2="100%%" y1="%s" y2="%s"/>`, pc(y(v)), pc(y(v)))
	}
	b.WriteString(`</g>`)
	before := -1.0
	for i, s := range steps {
		x0, x1 := a.x(s.At), 100.0
		if i+1 < len(steps) {
			x1 = a.x(steps[i+1].At)
		}
		lo, hi := y(s.Low), y(s.High)
		fmt.Fprintf(&b, `<g><title>%s</title><rect class="area" x="%s" width="%s" y="%s" height="%s"/>`, html.EscapeString(s.Title), pc(x0), pc(x1-x0), pc(lo), pc(100-lo))
		if s.Low != s.High {
			fmt.Fprintf(&b, `<rect class="area range" x="%s" width="%s" y="%s" height="%s"/>`, pc(x0), pc(x1-x0), pc(hi), pc(lo-hi))
		}
		if before >= 0 {
			fmt.Fprintf(&b, `<line class="step" x1="%s" x2="%s" y1="%s" y2="%s"/>`, pc(x0), pc(x0), pc(before), pc(lo))
		}
		fmt.Fprintf(&b, `<line class="step" x1="%s" x2="%s" y1="%s" y2="%s"/></g>`, pc(x0), pc(x1), pc(lo), pc(lo))
		before = lo
	}
	b.WriteString(`<line class="base" x1="0" x2="100%" y1="100%" y2="100%"/>`)
	for v := unit; v < ceiling; v += unit {
		label := strconv.Itoa(v)
		if v+unit >= ceiling {
			label += " " + o.Unit
		}
		fmt.Fprintf(&b, `<text x="0" y="%s" dy="-4">%s</text>`, pc(y(v)), html.EscapeString(label))
	}
	for i, t := range a.ticks() {
		x := a.x(t)
		if x <= 1 || x >= 97 {
			continue
		}
		class := ""
		if i%2 == 1 {
			class = ` class="opt"`
		}
		fmt.Fprintf(&b, `<text%s x="%s" y="100%%" dy="18" text-anchor="middle">%s</text>`, class, pc(x), a.label(t))
	}
	if n := len(steps); n > 0 {
		last, first := steps[n-1], steps[0]
		fmt.Fprintf(&b, `<text class="lab" x="100%%" y="%s" dy="-7" text-anchor="end">%d %s</text>`, pc(y(last.Low)), last.Low, html.EscapeString(o.Unit))
		class := "lab"
		if n > 1 && steps[1].Low > first.Low && a.x(steps[1].At)-a.x(first.At) < 10 {
			class += " opt" // on a narrow page the curve would rise through it
		}
		fmt.Fprintf(&b, `<text class="%s" x="%s" y="%s" dy="-7">%d</text>`, class, pc(a.x(first.At)), pc(y(first.Low)), first.Low)
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// Point is one event of an overview.
type Point struct {
	Year     int
	Landmark bool
}

// Overview draws how many events fall into each five years from a decade on;
// each decade is a link to where href says that its events are. The words are
// those of say.
func Overview(points []Point, from int, say func(key string, values ...any) string, href func(decade int) string) string {
	counts, landmarks := map[int]int{}, map[int]int{}
	top, last, before := 1, from, 0
	for _, p := range points {
		if p.Year < from {
			before++
			continue
		}
		k := p.Year / 5 * 5
		counts[k]++
		if p.Landmark {
			landmarks[k]++
		}
		top, last = max(top, counts[k]), max(last, p.Year)
	}
	if last == from {
		return ""
	}
	a := Axis{From: float64(from), To: float64(last/10*10 + 10)}
	var b strings.Builder
	b.WriteString(`<figure class="fig overview" aria-label="` + html.EscapeString(say("overview.label")) + `"><svg class="plot" height="92">`)
	for d := from; d <= last; d += 10 {
		x, w := a.x(float64(d)), a.x(float64(d+10))-a.x(float64(d))
		class := ""
		if d/10%2 == 1 {
			class = ` class="opt"`
		}
		name := say("date.short-decade", "y", strconv.Itoa(d))
		label := fmt.Sprintf(`<text%s x="%s" y="86" text-anchor="middle">%s</text>`, class, pc(x+w/2), html.EscapeString(name))
		if counts[d]+counts[d+5] == 0 {
			b.WriteString(label)
			continue
		}
		fmt.Fprintf(&b, `<a href="%s" aria-label="%s"><rect class="hit" x="%s" width="%s" height="92"/>`, html.EscapeString(href(d)),
			html.EscapeString(say("overview.decade", "decade", name, "events", say("count.events", "n", counts[d]+counts[d+5]))), pc(x), pc(w))
		for _, k := range []int{d, d + 5} {
			if counts[k] == 0 {
				continue
			}
			h := float64(counts[k]) / float64(top) * 64
			lh := float64(landmarks[k]) / float64(top) * 64
			x0, bw := a.x(float64(k))+.25, w/2-.5
			if lh < h {
				fmt.Fprintf(&b, `<rect class="col" x="%s" width="%s" y="%s" height="%s"/>`, pc(x0), pc(bw), Num(68-h), Num(h-lh))
			}
			if lh > 0 {
				fmt.Fprintf(&b, `<rect class="col l" x="%s" width="%s" y="%s" height="%s"/>`, pc(x0), pc(bw), Num(68-lh), Num(lh))
			}
		}
		b.WriteString(label + `</a>`)
	}
	b.WriteString(`<line class="base" x1="0" x2="100%" y1="68" y2="68"/></svg><figcaption class="legend"><span>` + html.EscapeString(say("overview.text")) + `</span>`)
	if before > 0 {
		b.WriteString(` <span>` + html.EscapeString(say("overview.before", "n", before)) + `</span>`)
	}
	b.WriteString(`</figcaption></figure>`)
	return b.String()
}
