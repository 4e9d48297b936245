package chart

import (
	"fmt"
	"html"
	"math"
	"slices"
)

// height of the world from 84° N to 56° S.
const height = 432

// Shape is one state on a map.
type Shape struct {
	ISONum string // ISO 3166-1 numeric, three digits
	Class  string
	Title  string
	Key    string // names the state to a script; may be empty
}

// MapOptions are the choices of a map.
type MapOptions struct {
	ID      string // of the group of shapes; distinct for each map of a page
	Label   string
	Closer  string // label of a second panel, of the part where most shapes lie
	World   bool   // the whole world in one panel, whatever the shapes
	DeFacto bool   // boundaries by control instead of recognition
}

// MapFigure is one panel, or two when most shapes crowd in one place.
type MapFigure struct {
	Panels []string
	Wide   bool
}

// Has reports whether a state is on the map.
func (g *Geo) Has(isoNum string) bool {
	_, ok := g.levels[0]().countries[0][isoNum]
	return ok
}

func (g *Geo) set(l int, o MapOptions) map[string]*country {
	if o.DeFacto {
		return g.levels[l]().countries[1]
	}
	return g.levels[l]().countries[0]
}

// Map draws shapes over the land. Each shape is drawn or, when it is too
// small for its frame, marked by a disc.
func (g *Geo) Map(shapes []Shape, o MapOptions) MapFigure {
	coarse := g.set(0, o)
	drawn := slices.DeleteFunc(slices.Clone(shapes), func(s Shape) bool { return coarse[s.ISONum] == nil })
	if o.World {
		frame := box{20, 0, 980, height - 10}
		return MapFigure{Panels: []string{g.draw(panel{0, frame, o.Label, 2.5}, drawn, o)}}
	}
	var boxes []box
	for _, s := range drawn {
		boxes = append(boxes, mainBox(coarse[s.ISONum], .18))
	}
	main := frameOf(boxes, 1.85, 12, 230)
	width := main[2] - main[0]
	lvl := 0
	switch {
	case width < 150:
		lvl = 2
	case width < 420:
		lvl = 1
	}
	first := panel{level: lvl, frame: main, label: o.Label, radius: 2.6 * max(.45, width/600)}
	crowd := crowded(drawn, coarse)
	if len(drawn) < 8 || width <= 380 || float64(len(crowd)) < .6*float64(len(drawn)) {
		return MapFigure{Panels: []string{g.draw(first, drawn, o)}}
	}
	fine := g.set(closer, o)
	boxes = nil
	for _, s := range crowd {
		boxes = append(boxes, mainBox(fine[s.ISONum], 1))
	}
	second := panel{level: closer, frame: frameOf(boxes, 1, 3, 90), label: o.Closer, radius: .9}
	return MapFigure{Wide: true, Panels: g.drawTwo(first, second, drawn, crowd, o)}
}

// closer is the level of detail of a second panel.
const closer = 1

// mainBox is the box of the parts of a state that matter: far islands and
// overseas parts do not set the frame.
func mainBox(c *country, share float64) box {
	b := nowhere()
	for _, r := range c.rings {
		if r.area >= share*c.rings[0].area {
			b = b.with(r.box)
		}
	}
	return b
}

// frameOf is a box of an aspect around others, kept inside the world.
func frameOf(list []box, aspect, pad, least float64) box {
	b := nowhere()
	for _, x := range list {
		b = b.with(box{x[0] - pad, x[1] - pad, x[2] + pad, x[3] + pad})
	}
	w, h := b[2]-b[0], b[3]-b[1]
	if w < least {
		b[0] -= (least - w) / 2
		b[2], w = b[0]+least, least
	}
	if w/h > aspect {
		d := w/aspect - h
		b[1], b[3] = b[1]-d/2, b[3]+d/2
	} else {
		d := h*aspect - w
		b[0], b[2] = b[0]-d/2, b[2]+d/2
	}
	for k, most := range []float64{1000, height} {
		switch size := b[k+2] - b[k]; {
		case size > most:
			b[k], b[k+2] = 0, most
		case b[k] < 0:
			b[k+2] -= b[k]
			b[k] = 0
		case b[k+2] > most:
			b[k] -= b[k+2] - most
			b[k+2] = most
		}
	}
	for k := range b {
		b[k] = math.Round(b[k])
	}
	return b
}

// crowded gives the shapes around the point with most neighbours.
func crowded(shapes []Shape, set map[string]*country) []Shape {
	near := func(a, b point, d float64) bool { return math.Hypot(a[0]-b[0], a[1]-b[1]) < d }
	best, most := point{}, -1
	for _, s := range shapes {
		n := 0
		for _, t := range shapes {
			if near(set[s.ISONum].at, set[t.ISONum].at, 70) {
				n++
			}
		}
		if n > most {
			best, most = set[s.ISONum].at, n
		}
	}
	return slices.DeleteFunc(slices.Clone(shapes), func(s Shape) bool { return !near(set[s.ISONum].at, best, 62) })
}

// islands are the smallest parts of a state that each level draws.
var islands = [3]float64{12, 8, 1.2}

// panel is one frame of a map.
type panel struct {
	level  int
	frame  box
	label  string
	radius float64 // of a disc, which marks what is too small to see
}

func (p panel) open(b *pen) {
	f := p.frame
	fmt.Fprintf(b, `<svg class="map" viewBox="%s %s %s %s" preserveAspectRatio="xMidYMid slice" role="img" aria-label="%s">`,
		Num(f[0]), Num(f[1]), Num(f[2]-f[0]), Num(f[3]-f[1]), html.EscapeString(p.label))
}

// around is the frame with room for the edges of shapes.
func (p panel) around() box {
	f := p.frame
	return box{f[0] - 2, f[1] - 2, f[2] + 2, f[3] + 2}
}

// land draws the ground. Islands that are wholly one of the shapes drawn over
// it are left to the shape.
func (g *Geo) land(b *pen, p panel, over []Shape, o MapOptions) {
	l := g.levels[p.level]()
	b.write(`<path class="land" d="`)
	if o.World {
		b.write(l.world())
	} else {
		covered := g.covered(p.level, over, o)
		for i := range l.land {
			if l.land[i].area >= islands[p.level] && !covered[l.land[i].box] {
				b.ring(&l.land[i], p.around(), l.scale)
			}
		}
	}
	b.write(`"/>`)
}

// covered gives the rings of shapes by their boxes.
func (g *Geo) covered(level int, shapes []Shape, o MapOptions) map[box]bool {
	set, n := g.set(level, o), 0
	for _, s := range shapes {
		if c := set[s.ISONum]; c != nil {
			n += len(c.rings)
		}
	}
	covered := make(map[box]bool, n)
	for _, s := range shapes {
		if c := set[s.ISONum]; c != nil {
			for i := range c.rings {
				covered[c.rings[i].box] = true
			}
		}
	}
	return covered
}

func attributes(s Shape) string {
	a := `class="` + html.EscapeString(s.Class) + `"`
	if s.Key != "" {
		a += ` data-m="` + html.EscapeString(s.Key) + `"`
	}
	return a
}

// shape draws one state as it looks at a level of detail within a box;
// nothing when it has no part there.
func (g *Geo) shape(b *pen, s Shape, level int, within box, o MapOptions) {
	l := g.levels[level]()
	c := g.set(level, o)[s.ISONum]
	if c == nil {
		return
	}
	before := len(b.text)
	fmt.Fprintf(b, `<path %s d="`, attributes(s))
	start := len(b.text)
	for i := range c.rings {
		if i == 0 || c.rings[i].area >= islands[level] {
			b.ring(&c.rings[i], within, l.scale)
		}
	}
	if len(b.text) == start {
		b.text = b.text[:before]
		return
	}
	fmt.Fprintf(b, `"><title>%s</title></path>`, html.EscapeString(s.Title))
}

// small reports whether a state would hardly be seen in a frame.
func (g *Geo) small(s Shape, p panel, o MapOptions) bool {
	c := g.set(p.level, o)[s.ISONum]
	if c == nil || c.area < p.radius*p.radius*1.6 {
		return true
	}
	for i, r := range c.rings {
		if (i == 0 || r.area >= islands[p.level]) && r.box.meets(p.around()) {
			return false
		}
	}
	return true
}

// disc marks a small state, if it lies in the frame.
func (g *Geo) disc(b *pen, s Shape, p panel, o MapOptions) {
	c := g.set(p.level, o)[s.ISONum]
	if f := p.frame; c != nil && c.at[0] > f[0] && c.at[0] < f[2] && c.at[1] > f[1] && c.at[1] < f[3] {
		tenth := func(v float64) string { return Num(math.Round(v*10) / 10) }
		fmt.Fprintf(b, `<circle %s cx="%s" cy="%s" r="%s"><title>%s</title></circle>`, attributes(s), tenth(c.at[0]), tenth(c.at[1]), tenth(p.radius), html.EscapeString(s.Title))
	}
}

// discs marks all small states of a frame.
func (g *Geo) discs(b *pen, shapes []Shape, p panel, o MapOptions) {
	b.write(`<g class="shapes">`)
	for _, s := range shapes {
		if g.small(s, p, o) {
			g.disc(b, s, p, o)
		}
	}
	b.write(`</g>`)
}

// draw draws a map of one panel.
func (g *Geo) draw(p panel, shapes []Shape, o MapOptions) string {
	b := pens.Get().(*pen)
	defer pens.Put(b)
	b.text = b.text[:0]
	p.open(b)
	g.land(b, p, slices.DeleteFunc(slices.Clone(shapes), func(s Shape) bool { return g.small(s, p, o) }), o)
	b.write(`<g class="shapes">`)
	for _, s := range shapes {
		if g.small(s, p, o) {
			g.disc(b, s, p, o)
		} else {
			g.shape(b, s, p.level, p.around(), o)
		}
	}
	b.write(`</g></svg>`)
	return string(b.text)
}

// drawTwo draws a map of two panels that share one set of shapes: those of
// the crowd at the detail of the closer view, the rest at that of the first.
func (g *Geo) drawTwo(p, q panel, shapes, crowd []Shape, o MapOptions) []string {
	near := map[string]bool{}
	for _, s := range crowd {
		near[s.ISONum] = true
	}
	fine := func(s Shape) bool { return near[s.ISONum] && !g.small(s, q, o) }
	shared := slices.DeleteFunc(slices.Clone(shapes), func(s Shape) bool { return !fine(s) && g.small(s, p, o) })
	b := pens.Get().(*pen)
	defer pens.Put(b)
	b.text = b.text[:0]
	p.open(b)
	g.land(b, p, shared, o)
	fmt.Fprintf(b, `<g class="shapes" id="%s">`, html.EscapeString(o.ID))
	for _, s := range shared {
		if fine(s) {
			g.shape(b, s, q.level, p.around(), o)
		} else {
			g.shape(b, s, p.level, p.around(), o)
		}
	}
	b.write(`</g>`)
	g.discs(b, shapes, p, o)
	b.write(`</svg>`)
	first := string(b.text)
	b.text = b.text[:0]
	q.open(b)
	g.land(b, q, shared, o)
	fmt.Fprintf(b, `<use href="#%s"/>`, html.EscapeString(o.ID))
	g.discs(b, shapes, q, o)
	b.write(`</svg>`)
	return []string{first, string(b.text)}
}
