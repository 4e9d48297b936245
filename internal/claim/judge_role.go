package claim

import (
	"fmt"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// roles judges a count of observers, partners, participants or associates.
// A body whose record knows nobody of that standing says nothing.
func (j *judge) roles() verdict {
	st, o := j.st, j.t.Organisation
	if o == nil || !o.MembersComplete {
		return unknown
	}
	count := func(d date.Day) model.Range {
		r := j.w.Members(j.t.ID, d, st.role).Count()
		if st.role == model.Participant { // who takes part in more than one standing
			for _, s := range []model.Status{model.PlusCountry, model.Member} {
				more := j.w.Members(j.t.ID, d, s).Count()
				r = model.Range{Low: r.Low + more.Low, High: r.High + more.High}
			}
		}
		return r
	}
	days := []date.Day{j.w.Day(j.t.ID)}
	text := "on " + dayText(days[0])
	switch {
	case st.when.mode == in:
		from, to := j.window(st.when)
		days, text = j.roleDays(from, to), j.whenText()
	case st.when.mode != always:
		return unknown
	case st.tense == past && !j.w.Ended(j.t.ID):
		return unknown
	}
	var have model.Range
	for _, d := range days {
		if have = count(d); st.fits(have) {
			return unknown
		}
	}
	if have.High == 0 && !(st.when.mode == always && j.abolished()) {
		return unknown
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s has %s %s", j.t.Label(), st.words(), st.role.Plural()), data: rangeText(have) + " " + text, related: j.related("the statements", "members")}
	if st.when.mode == always && !j.w.Ended(j.t.ID) {
		for _, d := range j.roleDays(0, days[0]) {
			if d > 0 && st.fits(count(d)) {
				v.is, v.was = stale, "once, as on "+dayText(d)
				v.hint = "write it in the past, with its day"
				return v
			}
		}
	}
	if have.Exact() && have.Low > 0 && st.num.exact {
		v.hint, v.fix = "write "+st.style(have.Low, false), st.style(have.Low, false)
	}
	return v
}

// abolished reports whether some had the standing once and their ends are
// known.
func (j *judge) abolished() bool {
	found := false
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Status == j.st.role {
			if m.Period.Until.IsZero() {
				return false
			}
			found = true
		}
	}
	return found
}

// roleDays gives the days of a window on which a standing may change.
func (j *judge) roleDays(from, to date.Day) []date.Day {
	days := []date.Day{from, to}
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Status == j.st.role || j.st.role == model.Participant {
			for _, d := range []date.Date{m.Period.From, m.Period.Until} {
				if lo, _ := d.Bounds(); !d.IsZero() && from < lo && lo < to {
					days = append(days, lo)
				}
			}
		}
	}
	return days
}

// otherStanding reports whether those who take part in a body do so in another
// standing than that of a full member, so that none of its members can be
// counted.
func (j *judge) otherStanding(body model.ID) bool {
	for _, m := range j.w.MembersOf(body) {
		if m.Status == model.Participant || m.Status == model.PlusCountry {
			return true
		}
	}
	return len(j.w.Steps(body)) == 0
}

// suspension judges when a membership was suspended, and until when.
func (j *judge) suspension() verdict {
	return j.each(func(who model.ID) verdict {
		var spells []model.Membership
		for _, m := range j.w.MembersOf(j.t.ID) {
			if m.Member == who && m.Status.Overlay() {
				spells = append(spells, m)
			}
		}
		if j.st.tense == present {
			return j.stillSuspended(who, spells)
		}
		field := "from"
		if j.st.rel == restored {
			field = "until"
		}
		end := func(m model.Membership) date.Date {
			if field == "until" {
				return m.Period.Until
			}
			return m.Period.From
		}
		for _, m := range spells {
			if d := end(m); d.IsZero() || agrees(j.st.when.from, d) || mentions(m.Record.Note, j.st.when.from) {
				return fine
			}
		}
		if len(spells) != 1 {
			return unknown
		}
		m := spells[0]
		v := verdict{is: wrong, says: fmt.Sprintf("%s was %s from %s %s", j.w.Thing(who).Name, m.Status, j.t.Label(), j.whenText()), data: end(m).Text()}
		if field == "until" {
			v.says = fmt.Sprintf("%s's suspension from %s ended %s", j.w.Thing(who).Name, j.t.Label(), strings.Replace(j.whenText(), "before", "in", 1))
		}
		v.related = j.related(end(m).Text(), "members", m.Index, field)
		v.hint = "write " + precise(end(m), j.st.when.from)
		v.fix = j.dateFix(end(m), j.st.when.from)
		return v
	})
}

// stillSuspended judges "is suspended": an end that the data give, and no
// spell after it, makes it stale.
func (j *judge) stillSuspended(who model.ID, spells []model.Membership) verdict {
	today := j.asOf()
	var last model.Membership
	for _, m := range spells {
		if m.Period.Until.IsZero() {
			return fine
		}
		if _, end := m.Period.Until.Bounds(); end >= today {
			return fine
		}
		if last.Period.Until.IsZero() || date.Order(last.Period.Until, m.Period.Until) < 0 {
			last = m
		}
	}
	if len(spells) == 0 {
		return unknown
	}
	return verdict{is: stale, says: fmt.Sprintf("%s is %s from %s", j.w.Thing(who).Name, last.Status, j.t.Label()),
		was:  fmt.Sprintf("from %s until %s", last.Period.From.Text(), last.Period.Until.Text()),
		data: "its end, " + last.Period.Until.Text(), related: j.related(last.Period.Until.Text(), "members", last.Index, "until"), hint: "write it in the past"}
}

// lasting judges how many years a thing has existed, or did: any count that
// one of its dates of beginning allows is right.
func (j *judge) lasting() verdict {
	st := j.st
	list := j.beginnings(began)
	if len(list) == 0 || j.t.Exercise != nil {
		return unknown
	}
	last := j.asOf()
	if !st.now.IsZero() && st.tense == present {
		_, last = st.now.Bounds()
	}
	ended, field := j.end()
	over := !ended.IsZero()
	if over {
		_, last = ended.Bounds()
	} else if st.tense == past {
		return unknown
	}
	right := years(list[0].date, last)
	lo, hi := right, right
	for _, b := range list {
		if b.date.Approximate() || b.date.Uncertain() || ended.Approximate() || ended.Uncertain() {
			return unknown
		}
		lo, hi = min(lo, years(b.date, last)), max(hi, last.Year()-b.date.Year())
	}
	if st.fits(model.Range{Low: lo, High: hi}) {
		return fine
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s has existed for %s years", j.t.Label(), st.words()), data: fmt.Sprintf("%d, from %s", right, list[0].date.Text()), related: j.related("began", list[0].field)}
	if right == 0 {
		v.data = "less than one, from " + list[0].date.Text()
	}
	if over {
		v.says = fmt.Sprintf("%s existed for %s years", j.t.Label(), st.words())
		v.data += " to " + ended.Text()
		v.related = append(v.related, j.related("ended", field)...)
	} else {
		v.data += " to " + dayText(last)
		if st.num.exact && st.num.hi < right {
			v.is, v.was = stale, fmt.Sprintf("in %d", list[0].date.Year()+st.num.hi)
		}
	}
	if st.num.exact {
		v.hint = "write " + st.style(right, false)
	}
	return v
}

// years counts the whole years from a date to a day.
func years(from date.Date, to date.Day) int {
	n := to.Year() - from.Year()
	if first, _ := from.Bounds(); from.Exact() {
		_, m, d := first.Civil()
		if _, month, day := to.Civil(); month < m || month == m && day < d {
			n--
		}
	}
	return n
}
