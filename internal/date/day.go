package date

import "math"

// Day counts days from 1 January 1970 in the proleptic Gregorian calendar.
type Day int32

// The first and the last Day, about 5.8 million years either way; bounds
// beyond them are cut off there.
const (
	MinDay Day = math.MinInt32
	MaxDay Day = math.MaxInt32
)

// DayOf gives the day of an astronomical year (0 is 1 BCE), month and day.
// A month or day out of its range runs on, as in time.Date; a day too far
// away becomes MinDay or MaxDay.
func DayOf(year, month, day int) Day {
	return clamp(dayNumber(int64(year), int64(month), int64(day)))
}

// Civil gives the astronomical year, month and day of the month.
func (d Day) Civil() (year, month, day int) {
	// Eras of 400 years that begin on 1 March of year 0, so that a leap
	// day is the last of its year.
	z := int64(d) + epochOffset
	era := floorDiv(z, daysInEra)
	doe := z - era*daysInEra
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	year, month, day = int(yoe+era*400), int(mp)+3, int(doy-(153*mp+2)/5)+1
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

// Year gives the astronomical year of the day.
func (d Day) Year() int {
	y, _, _ := d.Civil()
	return y
}

// Date gives the day as a date. EDTF has no form for single days before
// -9999 or after 9999: those become their year.
func (d Day) Date() Date {
	y, m, n := d.Civil()
	if y < -9999 || y > 9999 {
		return Date{year: int32(y), form: year}
	}
	return Date{year: int32(y), form: day, month: uint8(m), day: uint8(n)}
}

// String gives the day in EDTF: "1949-04-04".
func (d Day) String() string { return d.Date().String() }

const (
	daysInEra   = 146097 // 400 years
	epochOffset = 719468 // from 0000-03-01 to 1970-01-01
)

// dayNumber is DayOf without bounds.
func dayNumber(y, m, d int64) int64 {
	// Far beyond any Day, and safe to multiply by 366.
	const far = 1 << 40
	y = min(max(y, -far), far) + floorDiv(m-1, 12)
	m -= floorDiv(m-1, 12) * 12
	if m <= 2 {
		y--
		m += 12
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	return era*daysInEra + yoe*365 + yoe/4 - yoe/100 + doy - epochOffset
}

// daysIn gives the number of days of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

func clamp(n int64) Day {
	return Day(min(max(n, int64(MinDay)), int64(MaxDay)))
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
