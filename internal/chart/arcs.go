package chart

import (
	"fmt"
	"html"
	"strings"
)

// Node is one row of a diagram of arcs.
type Node struct {
	ID    string // of its row, for scripts and tests
	Href  string
	Label string
	Title string // all of it in words
	Class string
	Mark  string // path of its mark on a grid of 12 by 12; a disc when empty
	Size  int    // the mark grows with it
}

// Arc joins two rows, by their index; From is less than To.
type Arc struct {
	From, To int
	Weight   int // its width
	Title    string
}

// The measures of a diagram of arcs in pixels: rows keep their height and
// labels their size, so that it can be read at any width.
const (
	arcRow   = 28
	arcDisc  = 250 // where the discs stand, right of the labels
	arcWidth = 560
)

// Arcs draws a network with its nodes in rows, in the order given, and each
// tie as an arc between two rows: the same input gives the same drawing, and
// no label covers another.
func Arcs(nodes []Node, arcs []Arc, label string) string {
	var b strings.Builder
	height := len(nodes)*arcRow + 8
	fmt.Fprintf(&b, `<svg class="plot arcs" width="%d" height="%d" viewBox="0 0 %d %d" role="group" aria-label="%s">`, arcWidth, height, arcWidth, height, html.EscapeString(label))
	y := func(i int) float64 { return float64(i)*arcRow + arcRow/2 + 4 }
	most := 1
	for _, a := range arcs {
		most = max(most, a.Weight)
	}
	room := float64(arcWidth - arcDisc - 30)
	for _, a := range arcs {
		y0, y1 := y(a.From), y(a.To)
		// An arc leans out by its span, flattened so that the longest one fits.
		rx := room * float64(a.To-a.From) / float64(max(len(nodes)-1, 1))
		if rx < 14 {
			rx = 14
		}
		width := 1 + 5*float64(a.Weight)/float64(most)
		fmt.Fprintf(&b, `<path class="tie" data-a="%s" data-b="%s" stroke-width="%s" d="M%d %sA%s %s 0 0 1 %d %s"><title>%s</title></path>`,
			html.EscapeString(nodes[a.From].ID), html.EscapeString(nodes[a.To].ID), Num(width), arcDisc+9, Num(y0), Num(rx), Num((y1-y0)/2), arcDisc+9, Num(y1), html.EscapeString(a.Title))
	}
	biggest := 1
	for _, n := range nodes {
		biggest = max(biggest, n.Size)
	}
	for i, n := range nodes {
		r := 3 + 6*root(float64(n.Size)/float64(biggest))
		fmt.Fprintf(&b, `<a class="node %s" href="%s" data-i="%s"><title>%s</title><rect class="hit" x="0" y="%s" width="%d" height="%d"/><text x="%d" y="%s" text-anchor="end">%s</text>%s</a>`,
			html.EscapeString(n.Class), html.EscapeString(n.Href), html.EscapeString(n.ID), html.EscapeString(n.Title), Num(y(i)-arcRow/2), arcDisc+10, arcRow,
			arcDisc-14, Num(y(i)+4), html.EscapeString(shorten(n.Label)), n.mark(y(i), r))
	}
	b.WriteString(`</svg>`)
	return b.String()
}

func (n Node) mark(y, r float64) string {
	if n.Mark == "" {
		return fmt.Sprintf(`<circle cx="%d" cy="%s" r="%s"/>`, arcDisc, Num(y), Num(r))
	}
	return fmt.Sprintf(`<path fill-rule="evenodd" transform="translate(%s %s) scale(%s)" d="%s"/>`, Num(arcDisc-r), Num(y-r), Num(r/6), html.EscapeString(n.Mark))
}

// root is a square root to two decimals, the same on every machine.
func root(v float64) float64 {
	lo, hi := 0, 100
	for lo < hi {
		if mid := (lo + hi + 1) / 2; float64(mid*mid) <= v*10000 {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return float64(lo) / 100
}
