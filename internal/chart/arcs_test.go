package chart

import (
	"strings"
	"testing"
)

func TestArcsFitAnyWidth(t *testing.T) {
	nodes := []Node{{ID: "a", Label: "A"}, {ID: "b", Label: "United States-Republic of Korea alliance"}, {ID: "c", Label: "C"}, {ID: "d", Label: "D"}}
	svg := Arcs(nodes, []Arc{{From: 0, To: 2, Weight: 2}, {From: 1, To: 2, Weight: 1}}, "network")
	for _, want := range []string{
		`<svg class="plot arcs" height="120" role`, // its width is the page's
		`M0 18A100 28 0 0 1 0 74`,                  // the longest arc takes all the room
		`United States-Republic of<tspan class="opt"> Korea alliance</tspan><tspan class="el">…</tspan>`, // the rest on wide pages
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in\n%s", want, svg)
		}
	}
}
