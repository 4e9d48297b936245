package chart

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Item is one thing on a timeline: a period, or an instant when Point is
// set. A start or end that is not known to the day is a pair of years: the
// earliest and the latest that it may mean.
type Item struct {
	ID     string // shared with the entry of the list that says the same
	Href   string
	Label  string // drawn beside the mark, cut where there is no room for it
	Title  string // all of it in words
	Told   bool   // the label, when it is whole, and the mark say all of Title
	From   [2]float64
	To     [2]float64 // of an instant: the same as From
	Point  bool
	Open   bool // goes on: runs to the edge, whatever To
	Unsure bool // a source doubts the date, or it is an estimate
	Class  string
}

// Placed is an item with its lane, the words drawn at its mark, and the part
// of the width, in per cent, that mark and words take.
type Placed struct {
	Item
	Lane       int
	Words      string // the label, or its beginning
	FromEdge   bool   // the words end at the right edge instead of beginning at the mark
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

// longest is the length of a label, in characters, for which a lane is
// sought. What is longer is drawn as far as its lane has room.
const longest = 36

// Pack orders items by start and puts each into the first lane that is free
// where its mark and label stand; then long labels take the room that is
// left in their lanes. The same items give the same lanes in whatever order
// they come.
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
	for i := range ends {
		ends[i] = 100 + laneGap
	}
	next := make([]float64, len(list)) // where the neighbour to the right begins
	for i, p := range slices.Backward(list) {
		next[i], ends[p.Lane] = ends[p.Lane]-laneGap, p.Start
	}
	clear(ends) // from here on the ends of neighbours to the left
	for i := range list {
		p := &list[i]
		grow(a, p, ends[p.Lane], next[i])
		ends[p.Lane] = p.End + laneGap
	}
	return list
}

// place measures what an item takes: from its mark to the end of its words,
// or back from the edge where they would not fit.
func place(a Axis, it Item) Placed {
	x0, x1 := a.x(it.From[0]), a.x(it.To[1])
	if it.Open {
		x1 = 100
	}
	x1 = max(x1, min(100, x0+disc))
	p := Placed{Item: it, Words: cut(it.Label, longest)}
	width := min(100, labelWidth(p.Words))
	p.Start, p.End = x0, max(x1, x0+width)
	if p.FromEdge = x0+width > 100; p.FromEdge {
		p.Start, p.End = min(100-width, x0), 100
	}
	return p
}

// grow writes more of a label that was cut, if the lane is free from left to
// right around it.
func grow(a Axis, p *Placed, left, right float64) {
	if p.Words == p.Label {
		return
	}
	x0 := a.x(p.From[0])
	edge := p.FromEdge || right == 100 && x0+labelWidth(p.Label) > 100 && labelWidth(p.Label) <= 100-left
	room := right - x0
	if edge {
		room = 100 - left
	}
	for n := utf8.RuneCountInString(p.Label); n > longest; n-- {
		words := cut(p.Label, n)
		width := labelWidth(words)
		if width > room {
			continue
		}
		p.Words, p.FromEdge = words, edge
		if edge {
			p.Start, p.End = min(100-width, p.Start), 100
		} else {
			p.End = max(p.End, x0+width)
		}
		return
	}
}

// labelWidth estimates the width of words at 12 px in per cent of laneWidth,
// on the wide side of the usual sans serifs.
func labelWidth(s string) float64 {
	w := 12.0
	for _, r := range s {
		switch {
		case r >= 0x2e80:
			w += 13
		case strings.ContainsRune("ijl.,:;'|!’", r):
			w += 3.6
		case strings.ContainsRune("frt -()/", r):
			w += 4.4
		case strings.ContainsRune("mwMW…", r):
			w += 11
		case unicode.IsUpper(r), r >= 0x400:
			w += 8.4
		default:
			w += 6.7
		}
	}
	return w / laneWidth * 100
}

// cut gives the first characters of a label, n of them at most.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n-1]
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
	fmt.Fprintf(b, `<a href="%s" class="%s"`, html.EscapeString(p.Href), html.EscapeString(class))
	if p.Href != "#"+p.ID {
		fmt.Fprintf(b, ` data-i="%s"`, html.EscapeString(p.ID))
	}
	fmt.Fprintf(b, ` transform="translate(0 %d)">`, p.Lane*laneHeight+laneTop)
	if p.Title != "" && (!p.Told || p.Words != p.Label) {
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
	if p.FromEdge {
		anchor, x = ` text-anchor="end"`, "100%"
	}
	fmt.Fprintf(b, `<text%s x="%s">%s</text></a>`, anchor, x, html.EscapeString(p.Words))
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
