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

// arcRow is the height of a row in pixels. Rows keep their height and labels
// their size, and widths are percentages, so that it can be read at any width.
const (
	arcRow    = 28
	arcReach  = 100 // how far the longest arc leans out, in units that stretch
	arcNarrow = 26  // how much of a label narrow pages show
	arcLabel  = 54
)

// Arcs draws a network with its nodes in rows, in the order given, and each
// tie as an arc between two rows: the same input gives the same drawing, and
// no label covers another. Labels take the first half of the width, arcs the
// other.
func Arcs(nodes []Node, arcs []Arc, label string) string {
	var b strings.Builder
	height := len(nodes)*arcRow + 8
	fmt.Fprintf(&b, `<svg class="plot arcs" height="%d" role="group" aria-label="%s"><svg x="52%%" width="47%%" height="%d" viewBox="0 0 %d %d" preserveAspectRatio="none">`,
		height, html.EscapeString(label), height, arcReach+2, height)
	y := func(i int) float64 { return float64(i)*arcRow + arcRow/2 + 4 }
	most, longest := 1, 1
	for _, a := range arcs {
		most, longest = max(most, a.Weight), max(longest, a.To-a.From)
	}
	for _, a := range arcs {
		y0, y1 := y(a.From), y(a.To)
		// An arc leans out by its span, flattened so that the longest one fits.
		rx := max(6, arcReach*float64(a.To-a.From)/float64(longest))
		width := 1 + 5*float64(a.Weight)/float64(most)
		fmt.Fprintf(&b, `<path class="tie" data-a="%s" data-b="%s" stroke-width="%s" d="M0 %sA%s %s 0 0 1 0 %s"><title>%s</title></path>`,
			html.EscapeString(nodes[a.From].ID), html.EscapeString(nodes[a.To].ID), Num(width), Num(y0), Num(rx), Num((y1-y0)/2), Num(y1), html.EscapeString(a.Title))
	}
	b.WriteString(`</svg>`)
	biggest := 1
	for _, n := range nodes {
		biggest = max(biggest, n.Size)
	}
	for i, n := range nodes {
		r := 3 + 6*root(float64(n.Size)/float64(biggest))
		fmt.Fprintf(&b, `<a class="node %s" href="%s" data-i="%s"><title>%s</title><rect class="hit" y="%s" width="52%%" height="%d"/><text x="50%%" dx="-14" y="%s" text-anchor="end">%s</text><svg x="50%%" y="%s" overflow="visible">%s</svg></a>`,
			html.EscapeString(n.Class), html.EscapeString(n.Href), html.EscapeString(n.ID), html.EscapeString(n.Title), Num(y(i)-arcRow/2), arcRow,
			Num(y(i)+4), n.label(), Num(y(i)), n.mark(r))
	}
	b.WriteString(`</svg>`)
	return b.String()
}

// label is the name of a row, whose end narrow pages leave out.
func (n Node) label() string {
	text := []rune(n.Label)
	if len(text) <= arcNarrow {
		return html.EscapeString(n.Label)
	}
	rest := text[arcNarrow-1:]
	if len(text) > arcLabel {
		rest = append(text[arcNarrow-1:arcLabel-1:arcLabel-1], '…')
	}
	return html.EscapeString(string(text[:arcNarrow-1])) + `<tspan class="opt">` + html.EscapeString(string(rest)) + `</tspan><tspan class="el">…</tspan>`
}

func (n Node) mark(r float64) string {
	if n.Mark == "" {
		return fmt.Sprintf(`<circle r="%s"/>`, Num(r))
	}
	return fmt.Sprintf(`<path fill-rule="evenodd" transform="translate(%s %s) scale(%s)" d="%s"/>`, Num(-r), Num(-r), Num(r/6), html.EscapeString(n.Mark))
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
