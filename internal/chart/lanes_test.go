package chart

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"entente/internal/effort"
)

// randomItems makes periods and instants of all sorts: open, coarse, before
// and after the axis, with short and long names.
func randomItems(r *rand.Rand, n int) []Item {
	items := make([]Item, n)
	for i := range items {
		from := 1800 + r.Float64()*220
		it := Item{ID: fmt.Sprint("i", i), Href: "#x", Label: strings.Repeat("Pact of ü", r.IntN(6)) + fmt.Sprint(i), From: [2]float64{from, from}, Point: r.IntN(3) == 0}
		if r.IntN(3) == 0 {
			it.From[1] += r.Float64() * 10
		}
		it.To = it.From
		if !it.Point {
			end := it.From[1] + r.Float64()*r.Float64()*100
			it.To = [2]float64{end, end + float64(r.IntN(2))*r.Float64()*10}
			it.Open = r.IntN(4) == 0
		}
		items[i] = it
	}
	return items
}

func TestItemsOfOneLaneNeverOverlap(t *testing.T) {
	for seed := range effort.Of(60, 600, 20000) {
		r := rand.New(rand.NewPCG(uint64(seed), 1))
		items := randomItems(r, 1+r.IntN(400))
		a := LaneAxis(1790+r.Float64()*60, 1900+r.Float64()*130)
		placed := Pack(a, items)
		ends := map[int]float64{}
		for i, p := range placed {
			if i > 0 && p.From[0] < placed[i-1].From[0] {
				t.Fatalf("seed %d: item %s starts before the one above it", seed, p.ID)
			}
			if end, used := ends[p.Lane]; used && p.Start < end {
				t.Fatalf("seed %d: item %s begins at %g in lane %d, taken until %g", seed, p.ID, p.Start, p.Lane, end)
			}
			if p.Start < 0 || p.End > 100+1e-9 || p.End < p.Start {
				t.Fatalf("seed %d: item %s takes %g to %g per cent", seed, p.ID, p.Start, p.End)
			}
			if x := a.x(p.From[0]); x < p.Start-1e-9 || x > p.End+1e-9 {
				t.Fatalf("seed %d: the mark of %s at %g lies outside of what it takes", seed, p.ID, x)
			}
			if w := labelWidth(p.Words); p.FromEdge && 100-w < p.Start-1e-9 || !p.FromEdge && a.x(p.From[0])+w > p.End+1e-9 && w < 100 {
				t.Fatalf("seed %d: the words %q of %s stand outside of what it takes, %g to %g", seed, p.Words, p.ID, p.Start, p.End)
			}
			ends[p.Lane] = p.End
		}
	}
}

// A label is cut only where another one stands in its way.
func TestLabelsTakeTheRoomThereIs(t *testing.T) {
	long := "Treaty of Friendship, Co-operation and Mutual Assistance of the states of the east"
	at := func(id string, year float64, label string) Item {
		return Item{ID: id, Href: "#" + id, Label: label, Title: label + ", " + id, Told: true, From: [2]float64{year, year}, To: [2]float64{year, year}, Point: true}
	}
	a := Axis{From: 1900, To: 2000}
	for _, c := range []struct {
		name  string
		items []Item
		whole []bool
		lanes int
	}{
		{"alone", []Item{at("a", 1910, long)}, []bool{true}, 1},
		{"alone near the end", []Item{at("a", 1990, long)}, []bool{true}, 1},
		{"alone in the middle, where it does not fit to the right", []Item{at("a", 1960, long)}, []bool{true}, 1},
		{"a neighbour far enough", []Item{at("a", 1901, long), at("b", 1970, "Short")}, []bool{true, true}, 1},
		{"a neighbour in the way", []Item{at("a", 1910, long), at("b", 1950, "Short")}, []bool{false, true}, 1},
		{"a neighbour before the last", []Item{at("a", 1910, "Short"), at("b", 1990, long)}, []bool{true, true}, 1},
		{"wider than the drawing", []Item{at("a", 1910, long+long)}, []bool{false}, 1},
	} {
		placed, lanes := Pack(a, c.items), 0
		drawn := Lanes(a, placed, "")
		for i, p := range placed {
			lanes = max(lanes, p.Lane+1)
			if whole := p.Words == p.Label; whole != c.whole[i] {
				t.Errorf("%s: %q is drawn as %q", c.name, p.Label, p.Words)
			} else if titled := strings.Contains(drawn, "<title>"+p.Title); titled == whole {
				t.Errorf("%s: %q whole: %t, in a title: %t", c.name, p.Label, whole, titled)
			}
		}
		if lanes != c.lanes {
			t.Errorf("%s: %d lanes", c.name, lanes)
		}
	}
}

func TestPackingDoesNotDependOnTheOrderGiven(t *testing.T) {
	for seed := range effort.Of(20, 200, 5000) {
		r := rand.New(rand.NewPCG(uint64(seed), 2))
		items := randomItems(r, 1+r.IntN(300))
		a := LaneAxis(1800, 2020)
		want := Lanes(a, Pack(a, items), "All")
		r.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		if got := Lanes(a, Pack(a, items), "All"); got != want {
			t.Fatalf("seed %d: another order gave another drawing", seed)
		}
	}
}

func TestEveryItemIsDrawnOnce(t *testing.T) {
	id := regexp.MustCompile(`data-i="([^"]*)"`) // left out where the address says it
	for seed := range effort.Of(20, 200, 5000) {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		items := randomItems(r, r.IntN(300))
		a := LaneAxis(1850, 1950)
		var want, got []string
		for _, it := range items {
			want = append(want, it.ID)
		}
		for _, m := range id.FindAllStringSubmatch(Lanes(a, Pack(a, items), "All"), -1) {
			got = append(got, m[1])
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Fatalf("seed %d: drawn %v, want %v", seed, got, want)
		}
	}
}

// Three hundred periods that all overlap need no more lanes than there are
// periods, and each keeps a label of its own.
func TestThreeHundredOverlappingPeriods(t *testing.T) {
	var items []Item
	for i := range 300 {
		y := 1900 + float64(i)*.2
		items = append(items, Item{ID: fmt.Sprint(i), Label: fmt.Sprintf("Alliance number %d", i), From: [2]float64{y, y}, To: [2]float64{1990, 1990}})
	}
	placed := Pack(LaneAxis(1900, 2000), items)
	lanes := map[int]bool{}
	for _, p := range placed {
		lanes[p.Lane] = true
	}
	if len(lanes) != 300 {
		t.Errorf("%d lanes for 300 periods that share a day", len(lanes))
	}
}

func TestCoarseAndOpenDatesAreDrawn(t *testing.T) {
	a := LaneAxis(1900, 2000)
	for _, c := range []struct {
		name string
		item Item
		want string
	}{
		{"coarse start", Item{From: [2]float64{1920, 1930}, To: [2]float64{1950, 1950}}, `class="maybe"`},
		{"coarse end", Item{From: [2]float64{1920, 1920}, To: [2]float64{1950, 1960}}, `class="maybe"`},
		{"goes on", Item{From: [2]float64{1920, 1920}, Open: true}, `#tl-on`},
		{"begins before the axis", Item{From: [2]float64{1820, 1820}, To: [2]float64{1950, 1950}}, `#tl-from`},
		{"coarse instant", Item{From: [2]float64{1920, 1921}, To: [2]float64{1920, 1921}, Point: true}, `class="maybe"`},
		{"doubted", Item{From: [2]float64{1920, 1920}, To: [2]float64{1921, 1921}, Unsure: true}, `class="it unsure"`},
	} {
		if got := Lanes(a, Pack(a, []Item{c.item}), ""); !strings.Contains(got, c.want) {
			t.Errorf("%s: no %s in %s", c.name, c.want, got)
		}
	}
	exact := Item{From: [2]float64{1920, 1920}, To: [2]float64{1950, 1950}}
	if got := Lanes(a, Pack(a, []Item{exact}), ""); strings.Contains(got, "maybe") || strings.Contains(got, "tl-") {
		t.Errorf("a period known to the day is drawn as if it were not: %s", got)
	}
}
