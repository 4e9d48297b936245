package date

import "cmp"

// Truth answers a question about dates that may be too coarse to tell. The
// zero value is Unknown.
type Truth int8

// No and Yes hold for every day that the dates may mean; Unknown means that
// it depends.
const (
	No      Truth = -1
	Unknown Truth = 0
	Yes     Truth = 1
)

// String gives "yes", "no" or "unknown".
func (t Truth) String() string {
	switch {
	case t > 0:
		return "yes"
	case t < 0:
		return "no"
	}
	return "unknown"
}

// Before says whether a is earlier than b. A date that was not given may be
// any day.
func Before(a, b Date) Truth {
	aFirst, aLast := a.span()
	bFirst, bLast := b.span()
	return truth(aLast < bFirst, aFirst < bLast)
}

// Same says whether a and b are one day. Two equal years are Unknown: they
// may mean different days of that year. To ask whether two dates are written
// the same, use ==.
func Same(a, b Date) Truth {
	aFirst, aLast := a.span()
	bFirst, bLast := b.span()
	return truth(aFirst == bLast && aLast == bFirst, aFirst <= bLast && bFirst <= aLast)
}

// Order sorts dates by the earliest day they may mean, then coarse before
// fine (a year stands before its months, a month before its days), then sure
// before uncertain before approximate. It is 0 only for a == b; a date that
// was not given comes first.
func Order(a, b Date) int {
	if a == b {
		return 0
	}
	aFirst, _ := a.span()
	bFirst, _ := b.span()
	return cmp.Or(cmp.Compare(aFirst, bFirst), cmp.Compare(a.form, b.form), cmp.Compare(a.mark, b.mark))
}

// truth makes an answer of what is certain and what is possible.
func truth(certain, possible bool) Truth {
	switch {
	case certain:
		return Yes
	case possible:
		return Unknown
	}
	return No
}
