package chart

import (
	"strings"
	"testing"
)

// The axis of lines begins in the decade in which there begins to be
// something to see; what is left out is less than a tenth of the counts.
func TestLinesBeginWhereTheySaySomething(t *testing.T) {
	long := func(from, until, value int) (s Series) {
		for y := from; y <= until; y++ {
			s.Years, s.Values = append(s.Years, y), append(s.Values, value)
		}
		return s
	}
	join := func(a, b Series) Series {
		return Series{append(a.Years, b.Years...), append(a.Values, b.Values...)}
	}
	for _, c := range []struct {
		name        string
		list        []Series
		from, first int
	}{
		{"even", []Series{long(1950, 2025, 3)}, 1950, 1950},
		{"one of a long line", []Series{join(long(1707, 1948, 1), long(1949, 2025, 40))}, 1950, 1707},
		{"a long line that is all there is", []Series{long(1707, 2025, 1)}, 1730, 1707},
		{"nothing", nil, 2000, 2005},
		{"only zeros", []Series{long(1900, 2025, 0)}, 1900, 1900},
		{"the last years alone", []Series{join(long(1900, 2024, 0), long(2025, 2025, 9))}, 2000, 1900},
	} {
		a, first := LinesAxis(c.list, 2025.8)
		if int(a.From) != c.from || first != c.first || a.To != 2026 {
			t.Errorf("%s: from %v to %v, first of all %d; want %d, %d", c.name, a.From, a.To, first, c.from, c.first)
		}
		drawn := Lines(a, c.list, "Label", "Bodies: number by year")
		if !strings.Contains(drawn, ">Bodies: number by year<") {
			t.Errorf("%s: the unit is not named", c.name)
		}
		if n := strings.Count(drawn, `x1="0%" x2="0%"`); n > 0 {
			t.Errorf("%s: %d steps from before the axis are drawn at its start", c.name, n)
		}
	}
}
