// Command geogen makes geo.bin, the world's geometry at three levels of
// detail, from a TopoJSON file of Natural Earth (countries-50m.json of the
// npm package world-atlas):
//
//	go run ./internal/chart/geogen countries-50m.json internal/chart/geo.bin
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"log"
	"math"
	"os"
	"slices"
	"strconv"
)

type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries, Land struct{ Geometries []geometry }
	}
}

type geometry struct {
	Type       string
	ID         string
	Arcs       json.RawMessage
	Properties struct{ Name string }
}

type point [2]float64

const width = 1000

var (
	scale = width / (2 * naturalEarth(180, 0)[0])
	top   = naturalEarth(0, 84)[1]
)

// naturalEarth is the Natural Earth I projection in its polynomial form
// (Šavrič, Jenny, Patterson, Petrovič and Hurni, 2011).
func naturalEarth(lon, lat float64) point {
	l, p := lon*math.Pi/180, lat*math.Pi/180
	p2 := p * p
	p4 := p2 * p2
	return point{
		l * (0.8707 - 0.131979*p2 + p4*(-0.013791+p4*(0.003971*p2-0.001529*p4))),
		p * (1.007226 + p2*(0.015085+p4*(-0.044475+0.028874*p2-0.005916*p4))),
	}
}

func project(ll point) point {
	q := naturalEarth(ll[0], ll[1])
	return point{width/2 + q[0]*scale, (top - q[1]) * scale}
}

func area(r []point) float64 {
	s := 0.0
	for i, j := 0, len(r)-1; i < len(r); j, i = i, i+1 {
		s += r[j][0]*r[i][1] - r[i][0]*r[j][1]
	}
	return math.Abs(s / 2)
}

func unwrap(pts []point) []point {
	for i := 1; i < len(pts); i++ {
		for pts[i][0]-pts[i-1][0] > 180 {
			pts[i][0] -= 360
		}
		for pts[i][0]-pts[i-1][0] < -180 {
			pts[i][0] += 360
		}
	}
	return pts
}

// simplify drops points whose triangle is smaller than minArea, smallest
// first (Visvalingam and Whyatt, 1993). The ends of an arc stay, so that
// neighbours keep one common border.
func simplify(ll []point, minArea float64) []point {
	n := len(ll)
	if n < 3 || n < 14 && ll[0] == ll[n-1] {
		return ll
	}
	xy := make([]point, n)
	prev, next, dead := make([]int, n), make([]int, n), make([]bool, n)
	for i, p := range ll {
		xy[i], prev[i], next[i] = project(p), i-1, i+1
	}
	tri := func(a, b, c point) float64 {
		return math.Abs((b[0]-a[0])*(c[1]-a[1])-(c[0]-a[0])*(b[1]-a[1])) / 2
	}
	size := make([]float64, n)
	for i := 1; i < n-1; i++ {
		size[i] = tri(xy[i-1], xy[i], xy[i+1])
	}
	for {
		best, least := -1, minArea
		for i := next[0]; i < n-1; i = next[i] {
			if size[i] < least {
				best, least = i, size[i]
			}
		}
		if best < 0 {
			break
		}
		dead[best] = true
		p, q := prev[best], next[best]
		next[p], prev[q] = q, p
		if p > 0 {
			size[p] = math.Max(least, tri(xy[prev[p]], xy[p], xy[q]))
		}
		if q < n-1 {
			size[q] = math.Max(least, tri(xy[p], xy[q], xy[next[q]]))
		}
	}
	var out []point
	for i, p := range ll {
		if !dead[i] {
			out = append(out, p)
		}
	}
	return out
}

// clip cuts a ring at the antimeridian (Sutherland and Hodgman, 1974).
func clip(r []point, lo, hi float64) []point {
	for _, side := range []struct{ v, s float64 }{{lo, 1}, {hi, -1}} {
		var out []point
		for i := range r {
			a, b := r[(i+len(r)-1)%len(r)], r[i]
			in := func(p point) bool { return (p[0]-side.v)*side.s >= 0 }
			if in(a) != in(b) {
				t := (side.v - a[0]) / (b[0] - a[0])
				out = append(out, point{side.v, a[1] + (b[1]-a[1])*t})
			}
			if in(b) {
				out = append(out, b)
			}
		}
		if r = out; len(r) < 3 {
			return nil
		}
	}
	return r
}

func (t *topology) arcs(minArea float64) [][]point {
	out := make([][]point, len(t.Arcs))
	for i, a := range t.Arcs {
		x, y := 0.0, 0.0
		var ll []point
		for _, d := range a {
			x, y = x+d[0], y+d[1]
			ll = append(ll, point{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]})
		}
		out[i] = simplify(unwrap(ll), minArea)
	}
	return out
}

// rings gives the rings of a geometry in degrees, cut at the antimeridian.
func rings(g geometry, arcs [][]point) [][]point {
	var polys [][][]int
	if g.Type == "Polygon" {
		var p [][]int
		if json.Unmarshal(g.Arcs, &p) != nil {
			log.Fatal("polygon")
		}
		polys = append(polys, p)
	} else if json.Unmarshal(g.Arcs, &polys) != nil {
		log.Fatal("multipolygon")
	}
	var out [][]point
	for _, poly := range polys {
		for _, ids := range poly {
			var ring []point
			for _, id := range ids {
				a := arcs[max(id, ^id)]
				if id < 0 {
					a = slices.Clone(a)
					slices.Reverse(a)
				}
				if len(ring) > 0 {
					a = a[1:]
				}
				ring = append(ring, a...)
			}
			ring = unwrap(slices.Clone(ring))
			for _, k := range []float64{-360, 0, 360} {
				moved := make([]point, len(ring))
				for i, p := range ring {
					moved[i] = point{p[0] + k, p[1]}
				}
				if c := clip(moved, -180, 180); len(c) > 2 {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: geogen countries-50m.json geo.bin")
	}
	raw, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var t topology
	if err := json.Unmarshal(raw, &t); err != nil {
		log.Fatal(err)
	}
	var buf bytes.Buffer
	for _, level := range []struct {
		minArea, island float64
		scale           float64
	}{{1, 3, 1}, {.5, 2, 10}, {.12, .6, 10}} {
		writeLevel(&buf, &t, level.minArea, level.island, level.scale)
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, 9)
	if _, err := z.Write(buf.Bytes()); err != nil {
		log.Fatal(err)
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[2], packed.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("%d bytes, %d packed", buf.Len(), packed.Len())
}

// writeLevel writes one level: the scale, rings of land with owner 0, then
// rings of countries with their number and, where recognition differs, the
// number that is recognised.
func writeLevel(buf *bytes.Buffer, t *topology, minArea, island, factor float64) {
	arcs := t.arcs(minArea)
	type ring struct {
		owner, recognised int
		xy                []point
	}
	var list []ring
	add := func(owner, recognised int, ll []point, least float64) {
		xy := make([]point, len(ll))
		for i, p := range ll {
			xy[i] = project(p)
		}
		if area(xy) >= least {
			list = append(list, ring{owner, recognised, xy})
		}
	}
	for _, g := range t.Objects.Land.Geometries {
		for _, r := range rings(g, arcs) {
			south := -90.0
			for _, p := range r {
				south = max(south, p[1])
			}
			if south > -60 {
				add(0, 0, r, island)
			}
		}
	}
	for _, g := range t.Objects.Countries.Geometries {
		id, err := strconv.Atoi(g.ID)
		if err != nil || id == 0 || g.Properties.Name == "Antarctica" {
			continue
		}
		for _, r := range rings(g, arcs) {
			x, y := 0.0, 0.0
			for _, p := range r {
				x, y = x+p[0]/float64(len(r)), y+p[1]/float64(len(r))
			}
			recognised := id
			// Crimea: UN General Assembly resolution 68/262.
			if id == 643 && x > 32 && x < 37 && y > 44 && y < 46.3 {
				recognised = 804
			}
			add(id, recognised, r, 0)
		}
	}
	put := func(v int) { buf.Write(binary.AppendVarint(nil, int64(v))) }
	put(int(factor))
	put(len(list))
	for _, r := range list {
		put(r.owner)
		put(r.recognised)
		put(len(r.xy))
		px, py := 0, 0
		for _, p := range r.xy {
			// Centroids and areas of small states need a tenth of a pixel
			// whatever the level draws.
			x, y := int(math.Round(p[0]*10)), int(math.Round(p[1]*10))
			put(x - px)
			put(y - py)
			px, py = x, y
		}
	}
}
