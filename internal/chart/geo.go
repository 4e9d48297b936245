package chart

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"html"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// packed is the world's geometry; geogen makes it.
//
//go:embed geo.bin
var packed []byte

type point [2]float64

// ring is a closed line on the map, in pixels of a world 1,000 wide.
type ring struct {
	xy   []point
	area float64
}

// country is a shape with its largest ring first.
type country struct {
	rings []ring
	area  float64
	at    point // centroid of the largest ring
}

// level is the world at one level of detail.
type level struct {
	decimals  float64 // 1: whole pixels, 10: tenths
	land      []ring
	countries [2]map[string]*country // recognised, de facto
	world     string                 // path of all land
}

// Geo is the world's geometry. It is immutable and may be used by many
// goroutines; each level is decoded when first asked for.
type Geo struct{ levels [3]func() *level }

// LoadGeo gives the geometry. Decoding waits for the first map.
func LoadGeo() *Geo {
	g := &Geo{}
	raw := sync.OnceValue(unpack)
	for i := range g.levels {
		g.levels[i] = sync.OnceValue(func() *level { return decodeLevel(raw(), i) })
	}
	return g
}

func unpack() []byte {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic("chart: geo.bin: " + err.Error())
	}
	b, err := io.ReadAll(z)
	if err != nil {
		panic("chart: geo.bin: " + err.Error())
	}
	return b
}

// decodeLevel reads the rings of one level.
func decodeLevel(b []byte, want int) *level {
	next := func() int {
		v, n := binary.Varint(b)
		if n <= 0 {
			panic("chart: geo.bin is cut short")
		}
		b = b[n:]
		return int(v)
	}
	for i := 0; ; i++ {
		l := &level{decimals: float64(next())}
		l.countries = [2]map[string]*country{{}, {}}
		for range next() {
			owner, recognised, n := next(), next(), next()
			r := ring{xy: make([]point, n)}
			x, y := 0, 0
			for j := range n {
				x, y = x+next(), y+next()
				r.xy[j] = point{float64(x) / 10, float64(y) / 10}
			}
			if i != want {
				continue
			}
			r.area = areaOf(r.xy)
			if owner == 0 {
				l.land = append(l.land, r)
				continue
			}
			l.add(0, recognised, r)
			l.add(1, owner, r)
		}
		if i == want {
			l.finish()
			return l
		}
	}
}

func (l *level) add(setting, owner int, r ring) {
	key := fmt.Sprintf("%03d", owner)
	c := l.countries[setting][key]
	if c == nil {
		c = &country{}
		l.countries[setting][key] = c
	}
	c.rings = append(c.rings, r)
	c.area += r.area
}

func (l *level) finish() {
	for _, set := range l.countries {
		for _, c := range set {
			slices.SortStableFunc(c.rings, func(a, b ring) int {
				if a.area != b.area {
					return int(math.Copysign(1, b.area-a.area))
				}
				return 0
			})
			c.at = centroid(c.rings[0].xy)
		}
	}
	var b strings.Builder
	for _, r := range l.land {
		writePath(&b, r.xy, l.decimals)
	}
	l.world = b.String()
}

func areaOf(r []point) float64 {
	s := 0.0
	for i, j := 0, len(r)-1; i < len(r); j, i = i, i+1 {
		s += r[j][0]*r[i][1] - r[i][0]*r[j][1]
	}
	return math.Abs(s / 2)
}

func centroid(r []point) point {
	var a, x, y float64
	for i, j := 0, len(r)-1; i < len(r); j, i = i, i+1 {
		k := r[j][0]*r[i][1] - r[i][0]*r[j][1]
		a += k
		x += (r[j][0] + r[i][0]) * k
		y += (r[j][1] + r[i][1]) * k
	}
	if a == 0 {
		return r[0]
	}
	return point{x / 3 / a, y / 3 / a}
}

// box is left, top, right, bottom.
type box [4]float64

// clip cuts a ring to a box (Sutherland and Hodgman, 1974).
func clip(r []point, b box) []point {
	inside := true
	for _, p := range r {
		if p[0] < b[0] || p[0] > b[2] || p[1] < b[1] || p[1] > b[3] {
			inside = false
			break
		}
	}
	if inside {
		return r
	}
	for _, side := range []struct {
		k    int
		v, s float64
	}{{0, b[0], 1}, {0, b[2], -1}, {1, b[1], 1}, {1, b[3], -1}} {
		var out []point
		for i := range r {
			p, q := r[(i+len(r)-1)%len(r)], r[i]
			pin, qin := (p[side.k]-side.v)*side.s >= 0, (q[side.k]-side.v)*side.s >= 0
			if pin != qin {
				t := (side.v - p[side.k]) / (q[side.k] - p[side.k])
				cut := point{p[0] + (q[0]-p[0])*t, p[1] + (q[1]-p[1])*t}
				cut[side.k] = side.v
				out = append(out, cut)
			}
			if qin {
				out = append(out, q)
			}
		}
		if r = out; len(r) < 3 {
			return nil
		}
	}
	return r
}

// writePath writes a ring as relative path commands, rounded.
func writePath(b *strings.Builder, r []point, decimals float64) {
	type q [2]int
	pts := make([]q, 0, len(r))
	for _, p := range r {
		v := q{int(math.Round(p[0] * decimals)), int(math.Round(p[1] * decimals))}
		if len(pts) == 0 || pts[len(pts)-1] != v {
			pts = append(pts, v)
		}
	}
	if len(pts) > 1 && pts[0] == pts[len(pts)-1] {
		pts = pts[:len(pts)-1]
	}
	if len(pts) < 3 {
		return
	}
	num := func(v int) string {
		s := strconv.FormatFloat(float64(v)/decimals, 'f', -1, 64)
		if rest, ok := strings.CutPrefix(s, "0."); ok {
			return "." + rest
		}
		if rest, ok := strings.CutPrefix(s, "-0."); ok {
			return "-." + rest
		}
		return s
	}
	b.WriteString("M" + num(pts[0][0]) + " " + num(pts[0][1]))
	last := byte(0)
	emit := func(c byte, body string) {
		if c != last {
			b.WriteByte(c)
		} else if body[0] != '-' {
			b.WriteByte(' ')
		}
		b.WriteString(body)
		last = c
	}
	prev := pts[0]
	for _, p := range pts[1:] {
		dx, dy := p[0]-prev[0], p[1]-prev[1]
		switch {
		case dy == 0:
			emit('h', num(dx))
		case dx == 0:
			emit('v', num(dy))
		default:
			body := num(dx)
			if y := num(dy); y[0] == '-' {
				body += y
			} else {
				body += " " + y
			}
			emit('l', body)
		}
		prev = p
	}
	b.WriteByte('z')
}

// height of the world from 84° N to 56° S.
const height = 432

// Shape is one state on a map.
type Shape struct {
	ISONum string // ISO 3166-1 numeric, three digits
	Class  string
	Title  string
}

// MapOptions are the choices of a map.
type MapOptions struct {
	Label   string
	World   bool // the whole world in one panel, whatever the shapes
	DeFacto bool // boundaries by control instead of recognition
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
		return MapFigure{Panels: []string{g.panel(0, drawn, frame, o, o.Label, 2.5)}}
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
	fig := MapFigure{Panels: []string{g.panel(lvl, drawn, main, o, o.Label, 2.6*max(.45, width/600))}}
	if crowd := crowded(drawn, coarse); len(drawn) >= 8 && width > 380 && float64(len(crowd)) >= .6*float64(len(drawn)) {
		fine := g.set(2, o)
		boxes = nil
		for _, s := range crowd {
			boxes = append(boxes, mainBox(fine[s.ISONum], 1))
		}
		fig.Wide = true
		fig.Panels = append(fig.Panels, g.panel(2, drawn, frameOf(boxes, 1, 3, 90), o, "Closer view of the part of the map where most of them lie", .9))
	}
	return fig
}

// mainBox is the box of the parts of a state that matter: far islands and
// overseas parts do not set the frame.
func mainBox(c *country, share float64) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, r := range c.rings {
		if r.area < share*c.rings[0].area {
			continue
		}
		for _, p := range r.xy {
			b = box{min(b[0], p[0]), min(b[1], p[1]), max(b[2], p[0]), max(b[3], p[1])}
		}
	}
	return b
}

// frameOf is a box of an aspect around others, kept inside the world.
func frameOf(list []box, aspect, pad, least float64) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, x := range list {
		b = box{min(b[0], x[0]-pad), min(b[1], x[1]-pad), max(b[2], x[2]+pad), max(b[3], x[3]+pad)}
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
var islands = [3]float64{3, 2, .6}

// panel draws one frame; radius is that of a disc.
func (g *Geo) panel(lvl int, shapes []Shape, b box, o MapOptions, label string, radius float64) string {
	l := g.levels[lvl]()
	set := g.set(lvl, o)
	around := box{b[0] - 2, b[1] - 2, b[2] + 2, b[3] + 2}
	var out strings.Builder
	fmt.Fprintf(&out, `<svg class="map" viewBox="%s %s %s %s" preserveAspectRatio="xMidYMid slice" role="img" aria-label="%s"><path class="land" d="`,
		Num(b[0]), Num(b[1]), Num(b[2]-b[0]), Num(b[3]-b[1]), html.EscapeString(label))
	if o.World {
		out.WriteString(l.world)
	} else {
		for _, r := range l.land {
			if c := clip(r.xy, around); c != nil {
				writePath(&out, c, l.decimals)
			}
		}
	}
	out.WriteString(`"/>`)
	for _, s := range shapes {
		c := set[s.ISONum]
		if c == nil {
			continue
		}
		var d strings.Builder
		for i, r := range c.rings {
			if i > 0 && r.area < islands[lvl] {
				continue
			}
			if part := clip(r.xy, around); part != nil {
				writePath(&d, part, l.decimals)
			}
		}
		title := `<title>` + html.EscapeString(s.Title) + `</title>`
		switch {
		case d.Len() > 0 && c.area >= radius*radius*1.6:
			fmt.Fprintf(&out, `<path class="%s" d="%s">%s</path>`, html.EscapeString(s.Class), d.String(), title)
		case c.at[0] > b[0] && c.at[0] < b[2] && c.at[1] > b[1] && c.at[1] < b[3]:
			fmt.Fprintf(&out, `<circle class="%s" cx="%s" cy="%s" r="%s">%s</circle>`, html.EscapeString(s.Class), Num(math.Round(c.at[0]*10)/10), Num(math.Round(c.at[1]*10)/10), Num(math.Round(radius*10)/10), title)
		}
	}
	out.WriteString(`</svg>`)
	return out.String()
}
