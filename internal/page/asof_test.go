package page

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"entente/internal/date"
	"entente/internal/effort"
)

// inYear reads yearSpans as the script does.
func inYear(spans string, year int) date.Truth {
	answer := date.No
	pair := func(s string, otherwise int) (lo, hi int) {
		if s == "" {
			return otherwise, otherwise
		}
		a, b, two := strings.Cut(s, "~")
		lo, _ = strconv.Atoi(a)
		if hi = lo; two {
			hi, _ = strconv.Atoi(b)
		}
		return lo, hi
	}
	for _, span := range strings.Fields(spans) {
		from, until, _ := strings.Cut(span, "/")
		f0, f1 := pair(from, -1<<30)
		u0, u1 := pair(until, 1<<30)
		switch {
		case f1 <= year && u0 > year:
			return date.Yes
		case f0 <= year && u1 > year:
			answer = date.Unknown
		}
	}
	return answer
}

func TestSliderSaysWhatTheModelSays(t *testing.T) {
	texts := []string{"", "-0477", "1949-04-04", "1955", "1955-12", "1955-12-31", "1956-01-01", "197X", "19XX", "1961?", "1972~", "2001-24", "2025", "2025-10-31", "2025-11-01", "2026"}
	day := date.DayOf(2025, 10, 31)
	r := rand.New(rand.NewPCG(4, 4))
	for range effort.Of(2000, 20000, 200000) {
		var p date.Period
		p.From, _ = date.Parse(texts[r.IntN(len(texts))])
		p.Until, _ = date.Parse(texts[r.IntN(len(texts))])
		if p.Empty() != date.No {
			continue
		}
		year := 1940 + r.IntN(86)
		on := date.DayOf(year, 12, 31)
		if year == 2025 {
			on = day
		}
		spans := yearSpans([]date.Period{p}, day)
		if got, want := inYear(spans, year), p.Contains(on); got != want {
			t.Fatalf("%s in %d: the slider's %q says %v, the model %v", p, year, spans, got, want)
		}
	}
}

func TestYearSpans(t *testing.T) {
	for _, c := range []struct{ from, until, want string }{
		{"1949-04-04", "", "1949/"},
		{"1955-05-14", "1991-07-01", "1955/1991"},
		{"197X", "1985-01-01", "1970~1979/1985"},
		{"2025-12-01", "", "2026/"},
		{"1955", "1961", "1955/1961~1962"},
	} {
		from, _ := date.Parse(c.from)
		until, _ := date.Parse(c.until)
		if got := yearSpans([]date.Period{{From: from, Until: until}}, date.DayOf(2025, 10, 31)); got != c.want {
			t.Errorf("%s: %s", fmt.Sprint(c.from, "/", c.until), got)
		}
	}
}
