package date

import "strconv"

// String gives the canonical EDTF form, "" for a date that was not given.
// Parsing it gives the same date.
func (d Date) String() string {
	if d.form == none {
		return ""
	}
	var buf [16]byte
	return string(d.appendMark(d.appendEDTF(buf[:0])))
}

func (d Date) appendMark(b []byte) []byte {
	switch d.mark {
	case uncertain:
		return append(b, '?')
	case approximate:
		return append(b, '~')
	case uncertain | approximate:
		return append(b, '%')
	}
	return b
}

// appendEDTF appends the date without its mark.
func (d Date) appendEDTF(b []byte) []byte {
	y := int64(d.year)
	long := y < -9999 || y > 9999
	if long {
		b = append(b, 'Y')
	}
	if y < 0 {
		b = append(b, '-')
		y = -y
	}
	if long {
		return strconv.AppendInt(b, y, 10)
	}
	b = appendPair(appendPair(b, uint8(y/100)), uint8(y%100))
	switch d.form {
	case century:
		b[len(b)-1], b[len(b)-2] = 'X', 'X'
	case decade:
		b[len(b)-1] = 'X'
	case someMonth:
		b = append(b, "-XX"...)
	case someOfYear:
		b = append(b, "-XX-XX"...)
	case season, month:
		b = appendPair(append(b, '-'), d.month)
	case someDay:
		b = append(appendPair(append(b, '-'), d.month), "-XX"...)
	case day:
		b = appendPair(append(appendPair(append(b, '-'), d.month), '-'), d.day)
	}
	return b
}

func appendPair(b []byte, n uint8) []byte { return append(b, '0'+n/10, '0'+n%10) }

// Attr gives the value for the datetime attribute of HTML's time element, or
// "" where HTML has no form: years before 1, seasons, unspecified digits. The
// marks have no form in HTML either and are left to the text.
func (d Date) Attr() string {
	if d.year < 1 || d.form != year && d.form != month && d.form != day {
		return ""
	}
	if d.year > 9999 {
		return strconv.Itoa(int(d.year))
	}
	var buf [16]byte
	return string(d.appendEDTF(buf[:0]))
}

// Text writes the date for readers, never finer than it is known: "4 April
// 1949", "June 1955", "1955", "about 1972", "1961 (uncertain)", "478 BCE",
// "spring 2001", "the 2010s". It is "" for a date that was not given.
func (d Date) Text() string {
	if d.form == none {
		return ""
	}
	s := d.plain()
	if d.Approximate() {
		s = "about " + s
	}
	if d.Uncertain() {
		s += " (uncertain)"
	}
	return s
}

// MonthText is Text to the month at most: "April 1949" for a day.
func (d Date) MonthText() string {
	if d.form == day || d.form == someDay {
		d.form, d.day = month, 0
	}
	return d.Text()
}

// plain is Text without the mark.
func (d Date) plain() string {
	switch d.form {
	case century, decade:
		first, last := d.years()
		if d.form == decade && first >= 100 {
			return "the " + strconv.Itoa(first) + "s"
		}
		return "the years " + yearRange(first, last, " to ")
	case season, month, someDay:
		return monthName(d.month) + " " + yearName(int(d.year))
	case day:
		return strconv.Itoa(int(d.day)) + " " + monthName(d.month) + " " + yearName(int(d.year))
	}
	return yearName(int(d.year))
}

// YearText writes the year alone, for narrow places: "1949", "478 BCE",
// "c. 1972", "1961?", "2010s". It is "" for a date that was not given.
func (d Date) YearText() string {
	if d.form == none {
		return ""
	}
	var s string
	switch first, last := d.years(); {
	case first == last:
		s = yearName(first)
	case d.form == decade && first >= 100:
		s = strconv.Itoa(first) + "s"
	default:
		s = yearRange(first, last, "–")
	}
	if d.Approximate() {
		s = "c. " + s
	}
	if d.Uncertain() {
		s += "?"
	}
	return s
}

// yearName writes a year. Years of one or two digits would be taken for
// something else and get their era.
func yearName(y int) string {
	switch {
	case y < 1:
		return strconv.Itoa(1-y) + " BCE"
	case y < 100:
		return strconv.Itoa(y) + " CE"
	}
	return strconv.Itoa(y)
}

// yearRange writes two years, with their era once if they share it.
func yearRange(first, last int, to string) string {
	switch {
	case last < 1:
		return strconv.Itoa(1-first) + to + yearName(last)
	case first < 1:
		return yearName(first) + to + yearName(last)
	}
	return strconv.Itoa(first) + to + yearName(last)
}

// monthName gives the name of a month or season.
func monthName(n uint8) string {
	switch {
	case 1 <= n && n <= 12:
		return months[n-1]
	case 21 <= n && n <= 24:
		return seasons[n-21]
	}
	return ""
}

var months = [...]string{"January", "February", "March", "April", "May", "June", "July",
	"August", "September", "October", "November", "December"}

var seasons = [...]string{"spring", "summer", "autumn", "winter"}
