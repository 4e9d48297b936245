package page

import (
	"fmt"
	"strings"

	"entente/internal/date"
)

// yearSpans writes periods for the year sliders: "1949/" while one goes on,
// "1970~1979/1985" where its start is coarse. A slider's year means its 31
// December, and its last year means the day itself: what happens later in
// that year is put into the next.
func yearSpans(list []date.Period, day date.Day) string {
	var parts []string
	for _, p := range list {
		from, until := "", ""
		if !p.From.IsZero() {
			first, last := p.From.Bounds()
			from = yearPair(first, last, day)
		}
		if !p.Until.IsZero() {
			first, last := p.Until.Bounds()
			if !p.Until.Exact() {
				last++ // a coarse end may fall at the close of its last day
			}
			until = yearPair(first, last, day)
		}
		parts = append(parts, from+"/"+until)
	}
	return strings.Join(parts, " ")
}

// yearPair writes the first year by whose end a day may have come, and the
// year by whose end it certainly has, if that is another.
func yearPair(first, last date.Day, day date.Day) string {
	a, b := yearFor(first, day), yearFor(last, day)
	if a == b {
		return fmt.Sprint(a)
	}
	return fmt.Sprintf("%d~%d", a, b)
}

func yearFor(d, day date.Day) int {
	if y := d.Year(); d <= day || y != day.Year() {
		return y
	}
	return d.Year() + 1
}
