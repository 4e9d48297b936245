package date

import (
	"strconv"
	"strings"
)

// Error says why a text is not a date, in the words of a diagnostic.
type Error struct {
	Text      string // as given to Parse or ParsePeriod
	Offset    int    // of the first byte that must change; len(Text) where something is missing
	Msg       string // one line that quotes the text, lower case, no full stop
	Hint      string // what will mend it
	NoSuchDay bool   // the form is right, but the calendar has no such day or month
}

// Error gives the message without the hint.
func (e *Error) Error() string { return e.Msg }

// within moves an error into a longer text.
func (e *Error) within(s string, at int) *Error {
	e.Text = s
	e.Offset += at
	return e
}

const dateForms = "write 1949-04-04, 1949-04 or 1949; 1961? if uncertain, 1972~ if approximate, 1972% if both; " +
	"197X, 19XX, 1985-XX, 1985-04-XX or 1985-XX-XX with capital X for what is unknown; " +
	"2001-21 to 2001-24 for seasons; -0477 for 478 BCE; Y12345 for years beyond 9999"

// explain makes the error for a text that scan refused.
func explain(s string, at int, f fault) *Error {
	e := &Error{Text: s, Offset: at, Msg: quote(s) + " is not a date", Hint: dateForms}
	switch f {
	case noSuchMonth:
		e.Msg, e.NoSuchDay = quote(s)+": there is no month "+s[at:at+2], true
		e.Hint = "months are 01 to 12, and 21 to 24 stand for spring, summer, autumn and winter"
	case noSuchDay:
		ym := s[:at-1]
		d, _, _ := scan(ym)
		n := daysIn(int(d.year), int(d.month))
		e.Msg, e.NoSuchDay = quote(s)+": no such day, "+d.Text()+" has "+strconv.Itoa(n)+" days", true
		e.Hint = "write " + ym + " if the day is not known"
	case noMinusZero:
		e.Msg = quote(s) + ": there is no year minus zero"
		e.Hint = "write 0000 for 1 BCE"
		return e
	case tooFar:
		e.Msg = quote(s) + ": the year is too far away"
		e.Hint = "years reach to Y2147483647"
		return e
	default:
		switch {
		case s == "":
			e.Msg = "the date is empty"
		case strings.Count(s, "/") == 1 && isPeriod(s):
			e.Msg = quote(s) + " is a period, one date was expected"
			e.Hint = "give its start and its end in fields of their own"
			return e
		}
	}
	switch better := suggest(s); {
	case better == "":
	case strings.Contains(s, "x"): // who writes 201x may need another form as well
		e.Hint = "write " + better + "; in general " + dateForms
	default:
		e.Hint = "write " + better
	}
	return e
}

func isPeriod(s string) bool {
	_, err := ParsePeriod(s)
	return err == nil
}

// quote quotes what an author wrote, cut to a length that fits a line.
func quote(s string) string {
	const most = 40
	if len(s) <= most {
		return strconv.Quote(s)
	}
	return strconv.Quote(strings.ToValidUTF8(s[:most], "")) + "..."
}
