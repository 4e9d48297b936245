package date

import "strings"

// Period is a stretch of time: From is the first day that counts, Until the
// first day that no longer counts. A zero From means older than anything on
// record, a zero Until that it still goes on. The zero Period is always.
type Period struct{ From, Until Date }

// Contains says whether a day lies in the period.
//
// A coarse end may also fall at the close of its last day ("until 1966" may
// mean all of 1966), so that day is still Unknown.
func (p Period) Contains(day Day) Truth {
	e := p.edges()
	n := int64(day)
	return truth(e.lateStart <= n && n < e.earlyEnd, e.earlyStart <= n && n < e.lateEnd)
}

// Overlaps says whether the periods have a day in common.
func (p Period) Overlaps(q Period) Truth {
	a, b := p.edges(), q.edges()
	return truth(
		max(a.lateStart, b.lateStart) < min(a.earlyEnd, b.earlyEnd),
		max(a.earlyStart, b.earlyStart) < min(a.lateEnd, b.lateEnd))
}

// Empty says whether the period ends at or before its start: Yes means that
// it contains no day whatever its dates mean.
func (p Period) Empty() Truth {
	e := p.edges()
	return truth(e.lateEnd <= e.earlyStart, e.earlyEnd <= e.lateStart)
}

// edges are the outermost days on which a period may start and end.
type edges struct{ earlyStart, lateStart, earlyEnd, lateEnd int64 }

func (p Period) edges() edges {
	e := edges{-always, -always, always, always}
	if !p.From.IsZero() {
		e.earlyStart, e.lateStart = p.From.span()
	}
	if !p.Until.IsZero() {
		e.earlyEnd, e.lateEnd = p.Until.span()
		if !p.Until.Exact() {
			e.lateEnd++
		}
	}
	return e
}

// Text writes the period for readers: "1949 to 1966", "until 1966", and
// while it goes on "since 1949", followed by open if that is not empty:
// "since 1949, as of 31 October 2025". The zero Period is open alone.
func (p Period) Text(open string) string {
	switch from, until := p.From.Text(), p.Until.Text(); {
	case from == "" && until == "":
		return open
	case from == "":
		return "until " + until
	case until != "":
		return from + " to " + until
	case open == "":
		return "since " + from
	default:
		return "since " + from + ", " + open
	}
}

// String writes the period as an EDTF interval, with ".." for an open end.
func (p Period) String() string {
	from, until := "..", ".."
	if !p.From.IsZero() {
		from = p.From.String()
	}
	if !p.Until.IsZero() {
		until = p.Until.String()
	}
	return from + "/" + until
}

// ParsePeriod reads an EDTF interval: "1964/2008", "1950/..", "../1985-04-12"
// and "/1985". The second date becomes Until, the first day that no longer
// counts, as everywhere on a site. An unknown end ("1985/") is refused, since
// a zero Until would claim that the period goes on. An end before the start
// is not an error; ask Empty. The error is an *Error.
func ParsePeriod(s string) (Period, error) {
	left, right, found := strings.Cut(s, "/")
	if !found {
		return Period{}, &Error{Text: s, Offset: len(s), Msg: quote(s) + " is not a period", Hint: periodForms}
	}
	if right == "" {
		e := &Error{Text: s, Offset: len(s), Msg: quote(s) + " does not say how the period ends", Hint: periodForms}
		if _, _, f := scan(left); f == fine {
			e.Hint = "write " + s + ".. while it goes on, or give the first day that no longer counts"
		}
		return Period{}, e
	}
	var p Period
	var e *Error
	if left != "" && left != ".." {
		if p.From, e = parse(left); e != nil {
			return Period{}, e.within(s, 0)
		}
	}
	if right != ".." {
		if p.Until, e = parse(right); e != nil {
			return Period{}, e.within(s, len(left)+1)
		}
	}
	return p, nil
}

const periodForms = "write a period as 1949/1966, 1949-04-04/.. while it goes on, or ../1966 if the start is not on record"

// Age gives the full years from a date to a day. Yes means that the number
// is certain; with Unknown it is the least that is possible, 0 if perhaps
// the start lies ahead; No means that the start does lie ahead.
func Age(from Date, to Day) (years int, t Truth) {
	if from.IsZero() {
		return 0, Unknown
	}
	first, last := from.Bounds()
	if to < first {
		return 0, No
	}
	if to < last {
		return 0, Unknown
	}
	least := fullYears(last, to)
	return least, truth(least == fullYears(first, to), true)
}

// fullYears counts anniversaries. That of 29 February is, in a common year,
// the day after the 28th.
func fullYears(from, to Day) int {
	y0, m0, d0 := from.Civil()
	y, m, d := to.Civil()
	if m < m0 || m == m0 && d < d0 {
		y--
	}
	return y - y0
}
