package chart

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
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
	box  box
	path func() string // the whole ring as path commands, written when first asked for
}

// country is a shape with its largest ring first.
type country struct {
	rings []ring
	area  float64
	at    point // centroid of the largest ring
}

// level is the world at one level of detail.
type level struct {
	scale     int // of what is written; 1: whole pixels, 10: tenths
	land      []ring
	countries [2]map[string]*country // recognised, de facto
	world     func() string          // path of all land, written when first asked for
}

// Geo is the world's geometry. It is immutable and may be used by many
// goroutines; each level is decoded when first asked for.
type Geo struct{ levels [3]func() *level }

// LoadGeo gives the geometry, which all share. Decoding waits for the first
// map.
func LoadGeo() *Geo { return world() }

var world = sync.OnceValue(func() *Geo {
	g := &Geo{}
	raw := sync.OnceValue(unpack)
	for i := range g.levels {
		g.levels[i] = sync.OnceValue(func() *level { return decodeLevel(raw(), i) })
	}
	return g
})

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
		l := &level{scale: next()}
		l.countries = [2]map[string]*country{{}, {}}
		for range next() {
			owner, recognised, n := next(), next(), next()
			if i != want {
				for range 2 * n {
					next()
				}
				continue
			}
			r := ring{xy: make([]point, n)}
			x, y := 0, 0
			for j := range n {
				x, y = x+next(), y+next()
				r.xy[j] = point{float64(x) / 10, float64(y) / 10}
			}
			r.area, r.box = areaOf(r.xy), boxOf(r.xy)
			r.path = sync.OnceValue(func() string { return pathOf(r.xy, l.scale) })
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
	l.world = sync.OnceValue(func() string {
		var b strings.Builder
		for i := range l.land {
			b.WriteString(l.land[i].path())
		}
		return b.String()
	})
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

// nowhere is a box to be widened.
func nowhere() box { return box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)} }

func (b box) with(c box) box {
	return box{min(b[0], c[0]), min(b[1], c[1]), max(b[2], c[2]), max(b[3], c[3])}
}

func (b box) meets(c box) bool {
	return b[0] <= c[2] && c[0] <= b[2] && b[1] <= c[3] && c[1] <= b[3]
}

func boxOf(r []point) box {
	b := nowhere()
	for _, p := range r {
		b = b.with(box{p[0], p[1], p[0], p[1]})
	}
	return b
}

// pen writes paths; what it needs to clip and round them is kept from one
// map to the next.
type pen struct {
	text      []byte
	line, cut []point
	dots      [][2]int
}

var pens = sync.Pool{New: func() any { return new(pen) }}

func (p *pen) Write(b []byte) (int, error) {
	p.text = append(p.text, b...)
	return len(b), nil
}

func (p *pen) write(text string) { p.text = append(p.text, text...) }

// ring writes the part of a ring that lies in a box.
func (p *pen) ring(r *ring, within box, scale int) {
	switch {
	case !r.box.meets(within):
	case within.with(r.box) == within:
		p.write(r.path())
	default:
		p.path(p.clip(r, within), scale)
	}
}

func pathOf(r []point, scale int) string {
	var p pen
	p.path(r, scale)
	return string(p.text)
}

// clip cuts a ring to a box (Sutherland and Hodgman, 1974).
func (p *pen) clip(r *ring, b box) []point {
	line := r.xy
	for _, side := range [4]int{0, 2, 1, 3} {
		k, v, s := side%2, b[side], 1.0
		if side >= 2 {
			s = -1
		}
		if (r.box[side]-v)*s >= 0 {
			continue // all of the ring lies on this side
		}
		out := p.cut[:0]
		last := line[len(line)-1]
		lastIn := (last[k]-v)*s >= 0
		for _, q := range line {
			in := (q[k]-v)*s >= 0
			if in != lastIn {
				t := (v - last[k]) / (q[k] - last[k])
				cut := point{last[0] + (q[0]-last[0])*t, last[1] + (q[1]-last[1])*t}
				cut[k] = v
				out = append(out, cut)
			}
			if in {
				out = append(out, q)
			}
			last, lastIn = q, in
		}
		p.cut, p.line, line = p.line, out, out
		if len(line) < 3 {
			return nil
		}
	}
	return line
}

// path writes a ring as relative path commands, rounded.
func (p *pen) path(r []point, scale int) {
	dots := p.dots[:0]
	for _, xy := range r {
		v := [2]int{int(math.Round(xy[0] * float64(scale))), int(math.Round(xy[1] * float64(scale)))}
		if len(dots) == 0 || dots[len(dots)-1] != v {
			dots = append(dots, v)
		}
	}
	p.dots = dots
	if len(dots) > 1 && dots[0] == dots[len(dots)-1] {
		dots = dots[:len(dots)-1]
	}
	if len(dots) < 3 {
		return
	}
	b := append(p.text, 'M')
	b = appendNumber(b, dots[0][0], scale)
	b = append(b, ' ')
	b = appendNumber(b, dots[0][1], scale)
	last := byte(0)
	command := func(c byte, first int) {
		if c != last {
			b = append(b, c)
		} else if first >= 0 {
			b = append(b, ' ')
		}
		b = appendNumber(b, first, scale)
		last = c
	}
	prev := dots[0]
	for _, dot := range dots[1:] {
		dx, dy := dot[0]-prev[0], dot[1]-prev[1]
		switch {
		case dy == 0:
			command('h', dx)
		case dx == 0:
			command('v', dy)
		default:
			command('l', dx)
			if dy >= 0 {
				b = append(b, ' ')
			}
			b = appendNumber(b, dy, scale)
		}
		prev = dot
	}
	p.text = append(b, 'z')
}

// appendNumber writes v/scale, where scale is 1 or 10, without a zero before
// the point.
func appendNumber(b []byte, v, scale int) []byte {
	if scale == 1 {
		return strconv.AppendInt(b, int64(v), 10)
	}
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	whole, tenth := v/10, v%10
	if whole > 0 || tenth == 0 {
		b = strconv.AppendInt(b, int64(whole), 10)
	}
	if tenth > 0 {
		b = append(b, '.', byte('0'+tenth))
	}
	return b
}
