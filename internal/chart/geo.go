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
	decimals  float64 // 1: whole pixels, 10: tenths
	land      []ring
	countries [2]map[string]*country // recognised, de facto
	world     func() string          // path of all land, written when first asked for
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
			r.path = sync.OnceValue(func() string { return pathOf(r.xy, l.decimals) })
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
		for _, r := range l.land {
			b.WriteString(r.path())
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

// write writes the part of a ring that lies in a box.
func (r ring) write(b *strings.Builder, within box, decimals float64) {
	switch {
	case !r.box.meets(within):
	case within.with(r.box) == within:
		b.WriteString(r.path())
	default:
		writePath(b, clip(r.xy, within), decimals)
	}
}

func pathOf(r []point, decimals float64) string {
	var b strings.Builder
	writePath(&b, r, decimals)
	return b.String()
}

// clip cuts a ring to a box (Sutherland and Hodgman, 1974).
func clip(r []point, b box) []point {
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
