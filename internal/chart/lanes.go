package chart

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Item is one thing on a timeline: a period, or an instant when Point is
// set. A start or end that is not known to the day is a pair of years: the
// earliest and the latest that it may mean.
type Item struct {
	ID     string // shared with the entry of the list that says the same
	Href   string
	Label  string // drawn beside the mark, shortened when it is long
	Title  string // all of it in words, where the label and the mark do not say it
	From   [2]float64
	To     [2]float64 // of an instant: the same as From
	Point  bool
	Open   bool // goes on: runs to the edge, whatever To
	Unsure bool // a source doubts the date, or it is an estimate
	Class  string
}

// Placed is an item with its lane and the part of the width, in per cent,
// that its mark and label take.
type Placed struct {
	Item
	Lane       int
	Start, End float64
}

// laneWidth is the width in pixels for which labels are set apart. A chart
// that is narrower scrolls inside its frame.
const laneWidth = 960

// laneHeight is that of one lane in pixels.
const laneHeight = 32

// laneTop is where the label of the first lane stands. What marks have in
// common, their height and distance from the label, is in the sheet.
const laneTop = 37

// laneGap keeps neighbours of one lane apart, in per cent.
const laneGap = .6

// disc is the width of an instant's mark, in per cent.
const disc = 1.2

// longest is the length of a drawn label in characters.
const longest = 36

// Pack orders items by start and puts each into the first lane that is free
// where its mark and label stand. The same items give the same lanes in
// whatever order they come.
//
// INVARIANT: items come back in order of start, and no two of one lane overlap.
func Pack(a Axis, items []Item) []Placed {
	sorted := slices.Clone(items)
	slices.SortStableFunc(sorted, func(x, y Item) int {
		return cmp.Or(cmp.Compare(x.From[0], y.From[0]), cmp.Compare(x.From[1], y.From[1]), cmp.Compare(x.To[0], y.To[0]),
			cmp.Compare(x.Label, y.Label), cmp.Compare(x.ID, y.ID))
	})
	var ends []float64
	list := make([]Placed, len(sorted))
	for i, it := range sorted {
		p := place(a, it)
		p.Lane = len(ends)
		for k, end := range ends {
			if end+laneGap <= p.Start {
				p.Lane = k
				break
			}
		}
		if p.Lane == len(ends) {
			ends = append(ends, 0)
		}
		ends[p.Lane] = p.End
		list[i] = p
	}
	return list
}

// place measures what an item takes: from its mark to the end of its label,
// or back from the edge where the label would not fit.
func place(a Axis, it Item) Placed {
	x0, x1 := a.x(it.From[0]), a.x(it.To[1])
	if it.Open {
		x1 = 100
	}
	x1 = max(x1, min(100, x0+disc))
	width := min(100, labelWidth(it.Label)/laneWidth*100)
	p := Placed{Item: it, Start: x0, End: max(x1, x0+width)}
	if x0+width > 100 {
		p.Start, p.End = max(0, 100-width), 100
		p.Start = min(p.Start, x0)
	}
	return p
}

// labelWidth estimates the width of a label at 12 px, on the wide side.
func labelWidth(s string) float64 {
	w := 16.0
	for _, r := range shorten(s) {
		switch {
		case r >= 0x2e80:
			w += 13
		default:
			w += 6.9
		}
	}
	return w
}

// Shortened reports whether a label is too long to be drawn whole.
func Shortened(label string) bool { return utf8.RuneCountInString(label) > longest }

func shorten(s string) string {
	if !Shortened(s) {
		return s
	}
	r := []rune(s)[:longest-1]
	return strings.TrimRight(string(r), " ,-") + "…"
}

// Lanes draws items that Pack has placed over the axis. Each item is a link
// whose coordinates are relative to its lane, so that a script can move it.
// The drawing needs the symbols of LaneMarks once a page.
func Lanes(a Axis, placed []Placed, label string) string {
	lanes := 0
	for _, p := range placed {
		lanes = max(lanes, p.Lane+1)
	}
	height := lanes*laneHeight + 34
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="plot lanes" height="%d" role="group" aria-label="%s"><g class="grid">`, height, html.EscapeString(label))
	for _, t := range a.ticks() {
		x := pc(a.x(t))
		fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="20" y2="100%%"/>`, x, x)
	}
	b.WriteString(`</g>`)
	for _, t := range a.ticks() {
		x, anchor := a.x(t), "middle"
		switch {
		case x < 2:
			anchor = "start"
		case x > 98:
			anchor = "end"
		}
		fmt.Fprintf(&b, `<text x="%s" y="13" text-anchor="%s">%s</text>`, pc(x), anchor, a.label(t))
	}
	for i := range placed {
		a.item(&b, &placed[i])
	}
	b.WriteString(`</svg>`)
	return b.String()
}

func (a Axis) item(b *strings.Builder, p *Placed) {
	class := strings.TrimSpace("it " + p.Class)
	if p.Unsure {
		class += " unsure"
	}
	fmt.Fprintf(b, `<a class="%s" href="%s"`, html.EscapeString(class), html.EscapeString(p.Href))
	if p.Href != "#"+p.ID {
		fmt.Fprintf(b, ` data-i="%s"`, html.EscapeString(p.ID))
	}
	fmt.Fprintf(b, ` transform="translate(0 %d)">`, p.Lane*laneHeight+laneTop)
	if p.Title != "" {
		fmt.Fprintf(b, `<title>%s</title>`, html.EscapeString(p.Title))
	}
	at := a.x(p.From[0])
	if p.Point {
		lo, hi := a.x(p.From[0]), a.x(p.From[1])
		at = (lo + hi) / 2
		if hi-lo > .05 {
			wide := max(hi-lo, 1.5*disc) // to be seen on both sides of the disc
			left := min(max(0, at-wide/2), 100-wide)
			fmt.Fprintf(b, `<rect class="maybe" x="%s" width="%s"/>`, tenths(left), tenths(wide))
		}
		fmt.Fprintf(b, `<circle cx="%s"/>`, tenths(max(.5, min(99.5, at))))
	} else {
		a.bar(b, p)
	}
	anchor, x := "", tenths(a.x(p.From[0]))
	if a.x(p.From[0])+labelWidth(p.Label)/laneWidth*100 > 100 {
		anchor, x = ` text-anchor="end"`, "100%"
	}
	fmt.Fprintf(b, `<text%s x="%s">%s</text></a>`, anchor, x, html.EscapeString(shorten(p.Label)))
}

// bar draws a period: hatched where a coarse start or end leaves it open,
// solid between, an arrow head where it leaves the axis.
func (a Axis) bar(b *strings.Builder, p *Placed) {
	end := p.To
	if p.Open {
		end = [2]float64{a.To, a.To}
	}
	solid := [2]float64{p.From[1], max(p.From[1], end[0])}
	rect := func(class string, from, to float64) {
		x0, x1 := a.x(from), a.x(to)
		if class == "" {
			fmt.Fprintf(b, `<rect x="%s" width="%s"/>`, tenths(x0), tenths(max(x1-x0, .3)))
		} else if x1-x0 > .05 {
			fmt.Fprintf(b, `<rect class="%s" x="%s" width="%s"/>`, class, tenths(x0), tenths(x1-x0))
		}
	}
	rect("maybe", p.From[0], min(p.From[1], end[1]))
	rect("", solid[0], solid[1])
	rect("maybe", solid[1], end[1])
	if p.Open || end[1] > a.To {
		b.WriteString(`<use href="#tl-on" x="100%" y="10"/>`)
	}
	if p.From[0] < a.From {
		b.WriteString(`<use href="#tl-from" x="0" y="10"/>`)
	}
}

// tenths is a percentage to a tenth: less than a pixel of a drawing.
func tenths(v float64) string { return pc(math.Round(v*10) / 10) }

// LaneMarks are the symbols that Lanes refers to; once a page.
func LaneMarks() string {
	return `<svg class="vh" aria-hidden="true"><defs><pattern id="tl-hatch" class="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5"/><path d="M0 0v5"/></pattern>` +
		`<path id="tl-on" d="M-6-6l6 6-6 6z"/><path id="tl-from" d="M6-6l-6 6 6 6z"/></defs></svg>`
}

// LaneAxis is the axis of a stretch of years, with a little room at its ends.
func LaneAxis(from, to float64) Axis {
	pad := max((to-from)*.01, .05)
	return Axis{From: from - pad, To: max(to, from+.5) + pad}
}

// ItemsSpan gives the years that items take, open ones to now.
func ItemsSpan(items []Item, now float64) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, it := range items {
		from, to = min(from, it.From[0]), max(to, it.To[1])
		if it.Open {
			to = max(to, now)
		}
	}
	return from, to
}
