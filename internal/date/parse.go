package date

import "math"

// Parse reads one date in EDTF: a day, month, season or year, unspecified
// digits (X), the marks '?', '~' and '%', years before 1 and beyond 9999. A
// date with a time of day is cut down to the day as written. The error is an
// *Error. A valid date costs no allocation.
func Parse(s string) (Date, error) {
	d, e := parse(s)
	if e != nil {
		return Date{}, e
	}
	return d, nil
}

// MustParse is Parse for tests and tables; it panics on an error.
func MustParse(s string) Date {
	d, e := parse(s)
	if e != nil {
		panic("date: " + e.Error())
	}
	return d
}

func parse(s string) (Date, *Error) {
	d, at, f := scan(s)
	if f != fine {
		return Date{}, explain(s, at, f)
	}
	return d, nil
}

// fault is what is wrong with a text.
type fault uint8

const (
	fine fault = iota
	notEDTF
	noSuchMonth
	noSuchDay
	noMinusZero
	tooFar
)

// scan reads a whole text. On a fault, at is the offset of the first byte
// that must change.
func scan(s string) (d Date, at int, f fault) {
	if s != "" && s[0] == 'Y' {
		return scanLongYear(s)
	}
	d, i, f := scanYear(s)
	if f != fine {
		return d, i, f
	}
	monthAt, dayAt := i+1, i+4
	if d.form == year && i < len(s) && s[i] == '-' {
		if d, i, f = scanMonth(d, s, i+1); f != fine {
			return d, i, f
		}
		if i < len(s) && s[i] == '-' && (d.form == month || d.form == someMonth) {
			if d, i, f = scanDay(d, s, i+1); f != fine {
				return d, i, f
			}
		}
	}
	if d.form == day && i < len(s) && s[i] == 'T' {
		if i, f = scanTime(s, i+1); i < len(s) {
			f = notEDTF
		}
	} else {
		d, i, f = scanMark(d, s, i)
	}
	// Whether month and day exist is asked last, so that "no such day" is
	// said only of a text whose form is right.
	switch {
	case f != fine:
		return d, i, f
	case d.form == season && (d.month < 21 || d.month > 24),
		(d.form == month || d.form >= someDay) && (d.month < 1 || d.month > 12):
		return d, monthAt, noSuchMonth
	case d.form == day && (d.day < 1 || int(d.day) > daysIn(int(d.year), int(d.month))):
		return d, dayAt, noSuchDay
	}
	return d, i, fine
}

// scanLongYear reads a year of more than four digits: Y12345, Y-17000.
func scanLongYear(s string) (d Date, at int, f fault) {
	i, sign := 1, int64(1)
	if i < len(s) && s[i] == '-' {
		i, sign = 2, -1
	}
	start, y := i, int64(0)
	for ; i < len(s) && isDigit(s[i]); i++ {
		if y = y*10 + int64(s[i]-'0'); y > math.MaxInt32 {
			return d, start, tooFar
		}
	}
	// Shorter years have the plain form, and zeros in front have none.
	if y <= 9999 || s[start] == '0' {
		return d, start, notEDTF
	}
	return scanMark(Date{year: int32(sign * y), form: year}, s, i)
}

// scanYear reads a sign and four characters, the last one or two perhaps X.
func scanYear(s string) (d Date, at int, f fault) {
	d.form = year
	i, negative := 0, s != "" && s[0] == '-'
	if negative {
		i = 1
	}
	y := int32(0)
	for end := i + 4; i < end; i++ {
		switch {
		case i >= len(s):
			return d, i, notEDTF
		case isDigit(s[i]) && d.form == year:
			y = y*10 + int32(s[i]-'0')
		case s[i] == 'X' && i >= end-2:
			y *= 10
			if d.form == year {
				d.form = decade
			} else {
				d.form = century
			}
		default:
			return d, i, notEDTF
		}
	}
	if negative {
		if y == 0 {
			return d, 0, noMinusZero
		}
		y = -y
	}
	d.year = y
	return d, i, fine
}

// scanMonth reads the month or season after a year.
func scanMonth(d Date, s string, i int) (Date, int, fault) {
	n, at, f := scanPair(s, i)
	switch {
	case f != fine:
	case n == unspecified:
		d.form = someMonth
	case n > 12 && !(at < len(s) && s[at] == '-'):
		d.form, d.month = season, n
	default:
		d.form, d.month = month, n
	}
	return d, at, f
}

// scanDay reads the day after a month.
func scanDay(d Date, s string, i int) (Date, int, fault) {
	n, at, f := scanPair(s, i)
	switch {
	case f != fine:
	case n == unspecified && d.form == someMonth:
		d.form = someOfYear
	case n == unspecified:
		d.form = someDay
	case d.form == someMonth: // 2004-XX-01 is level 2
		return d, i, notEDTF
	default:
		d.form, d.day = day, n
	}
	return d, at, f
}

// unspecified is what scanPair reads for XX.
const unspecified = 255

// scanPair reads two digits, or XX.
func scanPair(s string, i int) (n uint8, at int, f fault) {
	if i+1 < len(s) && s[i] == 'X' && s[i+1] == 'X' {
		return unspecified, i + 2, fine
	}
	for end := i + 2; i < end; i++ {
		if i >= len(s) || !isDigit(s[i]) {
			return n, i, notEDTF
		}
		n = n*10 + s[i] - '0'
	}
	return n, i, fine
}

// scanMark reads an optional qualifier and the end of the text.
func scanMark(d Date, s string, i int) (Date, int, fault) {
	if i < len(s) {
		switch s[i] {
		case '?':
			d.mark = uncertain
		case '~':
			d.mark = approximate
		case '%':
			d.mark = uncertain | approximate
		default:
			return d, i, notEDTF
		}
		i++
	}
	if i < len(s) {
		return d, i, notEDTF
	}
	return d, i, fine
}

// scanTime reads hh:mm:ss and an optional Z, +hh or +hh:mm, and gives where
// it stopped. A second 60 is a leap second.
func scanTime(s string, i int) (at int, f fault) {
	for n, limit := range [...]uint8{23, 59, 60} {
		if n > 0 {
			if i >= len(s) || s[i] != ':' {
				return i, notEDTF
			}
			i++
		}
		if i, f = scanUpTo(s, i, limit); f != fine {
			return i, f
		}
	}
	if i == len(s) {
		return i, fine
	}
	switch s[i] {
	case 'Z':
		return i + 1, fine
	case '+', '-':
		if i, f = scanUpTo(s, i+1, 23); f != fine || i == len(s) || s[i] != ':' {
			return i, f
		}
		return scanUpTo(s, i+1, 59)
	}
	return i, notEDTF
}

func scanUpTo(s string, i int, limit uint8) (at int, f fault) {
	n, at, f := scanPair(s, i)
	switch {
	case f != fine:
		return at, f
	case n > limit:
		return i, notEDTF
	}
	return at, fine
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
