package chart

import (
	"fmt"
	"html"
	"math"
	"sort"
	"strconv"
	"strings"
)

// Series is one line of a chart of lines: a value for each year, in order,
// which holds until the next year that is given.
type Series struct {
	Years  []int
	Values []int
}

// LinesAxis spans the decades in which the series say something: it leaves
// out first years that have less than a tenth of all that is counted. From
// is the first year of all.
func LinesAxis(list []Series, now float64) (a Axis, from int) {
	from = int(now) - 20
	sums, total := map[int]int{}, 0
	for _, s := range list {
		for i, y := range s.Years {
			from = min(from, y)
			sums[y] += s.Values[i]
			total += s.Values[i]
		}
	}
	begin, before := from, 0
	for ; begin < int(now)-20 && 10*(before+sums[begin]) < total; begin++ {
		before += sums[begin]
	}
	return Axis{From: math.Floor(float64(begin)/10) * 10, To: math.Floor(now) + 1}, from
}

// Lines draws up to four series as steps; unit names what is counted. Each
// series has a class of its own, "l1" to "l4", which differ in colour and in
// dashes.
func Lines(a Axis, list []Series, label, unit string) string {
	top := 1
	for _, s := range list {
		for _, v := range s.Values {
			top = max(top, v)
		}
	}
	y := func(v int) string { return pc(100 - float64(v)/float64(top)*92) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="plot steps lines" role="img" aria-label="%s"><g class="grid">`, html.EscapeString(label))
	step := max(1, (top+3)/4)
	for v := 0; v <= top; v += step {
		fmt.Fprintf(&b, `<line x1="0" x2="100%%" y1="%s" y2="%s"/>`, y(v), y(v))
	}
	fmt.Fprintf(&b, `</g><text x="0" y="-4">%s</text>`, html.EscapeString(unit))
	for v := step; v <= top; v += step {
		fmt.Fprintf(&b, `<text x="0" y="%s" dy="-4">%s</text>`, y(v), strconv.Itoa(v))
	}
	for i, t := range a.ticks() {
		if x := a.x(t); x > 1 && x < 97 {
			class := ""
			if i%2 == 1 {
				class = ` class="opt"`
			}
			fmt.Fprintf(&b, `<text%s x="%s" y="100%%" dy="18" text-anchor="middle">%s</text>`, class, pc(x), a.label(t))
		}
	}
	for i, s := range list {
		fmt.Fprintf(&b, `<g class="l%d">`, i+1)
		for k := sort.SearchInts(s.Years, int(a.From)); k < len(s.Years); {
			end := k + 1
			for end < len(s.Years) && s.Values[end] == s.Values[k] {
				end++
			}
			to := a.To
			if end < len(s.Years) {
				to = float64(s.Years[end])
				fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="%s" y2="%s"/>`, pc(a.x(to)), pc(a.x(to)), y(s.Values[k]), y(s.Values[end]))
			}
			fmt.Fprintf(&b, `<line x1="%s" x2="%s" y1="%s" y2="%s"/>`, pc(a.x(float64(s.Years[k]))), pc(a.x(to)), y(s.Values[k]), y(s.Values[k]))
			k = end
		}
		b.WriteString(`</g>`)
	}
	b.WriteString(`</svg>`)
	return b.String()
}
