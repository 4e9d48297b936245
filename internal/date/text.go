package date

import (
	"strconv"
	"strings"
)

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

// Language is how a language writes dates. In its patterns {d}, {m} and {y}
// stand for day, month and year, {a} and {b} for two years, {x} for the rest.
type Language struct {
	Months      [12]string
	Seasons     [4]string
	First       string // the first day of a month: "1", "1er"
	Day         string // "{d} {m} {y}"
	Month       string // "{m} {y}"
	Decade      string // "the {y}s"
	Years       string // "the years {a} to {b}"
	About       string // "about {x}"
	Unsure      string // "{x} (uncertain)"
	BCE, CE     string // "{y} BCE"
	ShortDecade string // "{y}s"
	ShortAbout  string // "c. {x}"
}

// English is the language of messages, and of sites that name no other.
var English = Language{
	Months: [...]string{"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"},
	Seasons: [...]string{"spring", "summer", "autumn", "winter"},
	First:   "1", Day: "{d} {m} {y}", Month: "{m} {y}", Decade: "the {y}s", Years: "the years {a} to {b}",
	About: "about {x}", Unsure: "{x} (uncertain)", BCE: "{y} BCE", CE: "{y} CE", ShortDecade: "{y}s", ShortAbout: "c. {x}",
}

// Text writes the date in English, never finer than it is known: "4 April
// 1949", "June 1955", "1955", "about 1972", "1961 (uncertain)", "478 BCE",
// "spring 2001", "the 2010s". It is "" for a date that was not given.
func (d Date) Text() string { return English.Text(d) }

// MonthText is Text to the month at most: "April 1949" for a day.
func (d Date) MonthText() string { return English.MonthText(d) }

// YearText writes the year alone, for narrow places: "1949", "478 BCE",
// "c. 1972", "1961?", "2010s". It is "" for a date that was not given.
func (d Date) YearText() string { return English.YearText(d) }

// Text writes a date for readers of the language; see Date.Text.
func (l *Language) Text(d Date) string {
	if d.form == none {
		return ""
	}
	s := l.plain(d)
	if d.Approximate() {
		s = fill(l.About, place{'x', s})
	}
	if d.Uncertain() {
		s = fill(l.Unsure, place{'x', s})
	}
	return s
}

// Pair writes the first and the last date of a period, and says once what
// they share: "7" and "11 November 1983", "3 May" and "1 June 1999". It does so
// where the language writes the day first and the year last.
func (l *Language) Pair(from, until Date) (a, b string) {
	a, b = l.Text(from), l.Text(until)
	if l.Day != "{d} {m} {y}" || from.mark|until.mark != 0 || from.form != until.form || from.year != until.year || from.year < 100 {
		return a, b
	}
	switch {
	case from.form == month && from.month != until.month:
		a = l.month(from.month)
	case from.form == day && from.month != until.month:
		a = strings.TrimSuffix(a, " "+l.year(int(from.year)))
	case from.form == day && from.day != until.day:
		a, _, _ = strings.Cut(a, " ")
	}
	return a, b
}

// MonthText is Text to the month at most.
func (l *Language) MonthText(d Date) string {
	if d.form == day || d.form == someDay {
		d.form, d.day = month, 0
	}
	return l.Text(d)
}

// plain is Text without the mark.
func (l *Language) plain(d Date) string {
	switch d.form {
	case century, decade:
		first, last := d.years()
		if d.form == decade && first >= 100 {
			return fill(l.Decade, place{'y', strconv.Itoa(first)})
		}
		a, b := l.yearRange(first, last)
		return fill(l.Years, place{'a', a}, place{'b', b})
	case season, month, someDay:
		return fill(l.Month, place{'m', l.month(d.month)}, place{'y', l.year(int(d.year))})
	case day:
		n := strconv.Itoa(int(d.day))
		if d.day == 1 {
			n = l.First
		}
		return fill(l.Day, place{'d', n}, place{'m', l.month(d.month)}, place{'y', l.year(int(d.year))})
	}
	return l.year(int(d.year))
}

// YearText writes the year alone, for narrow places; see Date.YearText.
func (l *Language) YearText(d Date) string {
	if d.form == none {
		return ""
	}
	var s string
	switch first, last := d.years(); {
	case first == last:
		s = l.year(first)
	case d.form == decade && first >= 100:
		s = fill(l.ShortDecade, place{'y', strconv.Itoa(first)})
	default:
		a, b := l.yearRange(first, last)
		s = a + "–" + b
	}
	if d.Approximate() {
		s = fill(l.ShortAbout, place{'x', s})
	}
	if d.Uncertain() {
		s += "?"
	}
	return s
}

// year writes a year. Years of one or two digits would be taken for
// something else and get their era.
func (l *Language) year(y int) string {
	switch {
	case y < 1:
		return fill(l.BCE, place{'y', strconv.Itoa(1 - y)})
	case y < 100:
		return fill(l.CE, place{'y', strconv.Itoa(y)})
	}
	return strconv.Itoa(y)
}

// yearRange writes two years, with their era once if they share it.
func (l *Language) yearRange(first, last int) (a, b string) {
	switch {
	case last < 1:
		return strconv.Itoa(1 - first), l.year(last)
	case first < 1:
		return l.year(first), l.year(last)
	}
	return strconv.Itoa(first), l.year(last)
}

// month gives the name of a month or season.
func (l *Language) month(n uint8) string {
	switch {
	case 1 <= n && n <= 12:
		return l.Months[n-1]
	case 21 <= n && n <= 24:
		return l.Seasons[n-21]
	}
	return ""
}

// fill puts texts into the places {name} of a pattern.
func fill(pattern string, places ...place) string {
	var room [48]byte
	b := room[:0]
next:
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '{' && i+2 < len(pattern) && pattern[i+2] == '}' {
			for _, p := range places {
				if pattern[i+1] == p.name {
					b, i = append(b, p.text...), i+2
					continue next
				}
			}
		}
		b = append(b, pattern[i])
	}
	return string(b)
}

type place struct {
	name byte
	text string
}
