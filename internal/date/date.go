// Package date turns the dates that authors write, in EDTF (ISO 8601-2,
// levels 0 and 1), into values that can be compared, counted with and shown
// without claiming more than was written.
//
// A Date is known to the day, the month, the season, the year or less, and
// may be uncertain or approximate; a Day is one day of the calendar; a Period
// runs from a date until the first day that no longer counts. Since a coarse
// date may mean many days, questions are answered with a Truth: yes, no or
// unknown. Years are astronomical inside (0 is 1 BCE, -477 is 478 BCE), and
// the calendar is the proleptic Gregorian one.
//
// The marks '?', '~' and '%' say how sure a source is; they are shown, kept
// apart by == and Order, and never widen what a date may mean.
//
// The package must not know the time of day, time zones, the clock, or where
// in a file a date stood.
package date

import "math"

// Date is one date as an author wrote it. The zero value means "not given".
// Two dates are == if they are written the same in EDTF.
type Date struct {
	year  int32 // for a decade or century: its year nearest to zero
	form  form
	month uint8 // 1 to 12, or 21 to 24 for a season
	day   uint8
	mark  mark
}

// form says what of a date is known.
// INVARIANT: the forms are in the order from coarse to fine.
type form uint8

const (
	none       form = iota
	century         // 20XX
	decade          // 201X
	year            // 2014, Y12345
	someMonth       // 2014-XX
	someOfYear      // 2014-XX-XX
	season          // 2014-21
	month           // 2014-04
	someDay         // 2014-04-XX
	day             // 2014-04-01
)

// mark holds the qualifiers.
type mark uint8

const (
	uncertain   mark = 1 << iota // ?
	approximate                  // ~
)

// IsZero reports whether no date was given.
func (d Date) IsZero() bool { return d.form == none }

// Exact reports whether the date names one single day, however sure.
func (d Date) Exact() bool { return d.form == day }

// Uncertain reports whether the source is doubtful ('?' or '%').
func (d Date) Uncertain() bool { return d.mark&uncertain != 0 }

// Approximate reports whether the date is an estimate ('~' or '%').
func (d Date) Approximate() bool { return d.mark&approximate != 0 }

// Year gives the astronomical year, for a decade or century the earliest
// year it may mean. It is 0 for the zero Date and for 1 BCE.
func (d Date) Year() int {
	first, _ := d.years()
	return first
}

// Bounds gives the earliest and the latest day that the date may mean: the
// same day twice if it is exact, MinDay and MaxDay if it was not given.
func (d Date) Bounds() (first, last Day) {
	lo, hi := d.span()
	return clamp(lo), clamp(hi)
}

// always is the span of a date that was not given. It leaves room for
// additions at both ends.
const always = math.MaxInt64 / 4

// span is Bounds without the limits of Day, so that years as far away as
// Y170000002 keep their order.
func (d Date) span() (first, last int64) {
	y, m := int64(d.year), int64(d.month)
	switch d.form {
	case none:
		return -always, always
	case day:
		n := dayNumber(y, m, int64(d.day))
		return n, n
	case month, someDay:
		return dayNumber(y, m, 1), dayNumber(y, m+1, 1) - 1
	case season:
		m = seasonStart(m)
		return dayNumber(y, m, 1), dayNumber(y, m+3, 1) - 1
	}
	lo, hi := d.years()
	return dayNumber(int64(lo), 1, 1), dayNumber(int64(hi)+1, 1, 1) - 1
}

// seasonStart gives the first month of a season, 21 (spring) to 24 (winter).
// EDTF leaves the hemisphere open; like most readers of EDTF we take the
// northern one, and winter runs from December into February.
func seasonStart(season int64) int64 { return 3 + (season-21)*3 }

// years gives the first and last year that the date may mean.
func (d Date) years() (first, last int) {
	y, width := int(d.year), 1
	switch d.form {
	case century:
		width = 100
	case decade:
		width = 10
	}
	if y < 0 {
		return y - width + 1, y
	}
	return y, y + width - 1
}
