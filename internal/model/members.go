package model

import (
	"slices"

	"entente/internal/date"
)

// Status is the standing of a member in a body.
type Status uint8

// Standings. Suspended and Frozen are overlays: they say something of a
// membership and neither end it nor change a count.
const (
	Member Status = iota
	Observer
	Partner
	Participant
	PlusCountry
	Associate
	AssociateMember
	AssociatePartner
	Suspended
	Frozen
	statusCount
)

var statusWords = [...]struct{ word, plural string }{
	Member:           {"member", "members"},
	Observer:         {"observer", "observers"},
	Partner:          {"partner", "partners"},
	Participant:      {"participant", "participants"},
	PlusCountry:      {"plus-country", "plus-countries"},
	Associate:        {"associate", "associates"},
	AssociateMember:  {"associate-member", "associate members"},
	AssociatePartner: {"associate-partner", "associate partners"},
	Suspended:        {"suspended", "suspended members"},
	Frozen:           {"frozen", "frozen memberships"},
}

// String is the word used in records.
func (s Status) String() string { return statusWords[s].word }

// Plural is the plural in words: "associate members".
func (s Status) Plural() string { return statusWords[s].plural }

// Overlay reports whether the status describes a membership instead of being one.
func (s Status) Overlay() bool { return s == Suspended || s == Frozen }

// ParseStatus reads the word of a record; "" means Member.
func ParseStatus(word string) (Status, bool) {
	if word == "" {
		return Member, true
	}
	for i, s := range statusWords {
		if s.word == word {
			return Status(i), true
		}
	}
	return Member, false
}

// Set is who belongs on a day: Certain are those for whom every reading of
// the dates says yes, Possible those for whom some reading does. Both are in
// ID order, and Possible contains Certain.
type Set struct{ Certain, Possible []ID }

// Range is a count that coarse dates may leave open: at least Low, at most High.
type Range struct{ Low, High int }

// Exact reports whether the count is known.
func (r Range) Exact() bool { return r.Low == r.High }

// Count gives the size of the set.
func (s Set) Count() Range { return Range{len(s.Certain), len(s.Possible)} }

// Has answers whether id is in the set.
func (s Set) Has(id ID) date.Truth {
	if _, ok := slices.BinarySearch(s.Certain, id); ok {
		return date.Yes
	}
	if _, ok := slices.BinarySearch(s.Possible, id); ok {
		return date.Unknown
	}
	return date.No
}

// And is what both sets have in common.
func (s Set) And(t Set) Set {
	return Set{intersect(s.Certain, t.Certain), intersect(s.Possible, t.Possible)}
}

// Or is what either set has.
func (s Set) Or(t Set) Set {
	return Set{union(s.Certain, t.Certain), union(s.Possible, t.Possible)}
}

// Minus is what s has and t has not.
func (s Set) Minus(t Set) Set {
	return Set{without(s.Certain, t.Possible), without(s.Possible, t.Certain)}
}

func intersect(a, b []ID) []ID {
	var out []ID
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			out = append(out, x)
		}
	}
	return out
}

func union(a, b []ID) []ID {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

func without(a, b []ID) []ID {
	var out []ID
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); !ok {
			out = append(out, x)
		}
	}
	return out
}

// MembersOf gives all statements about a body's members, as written.
func (w *World) MembersOf(body ID) []Membership {
	if int(body) >= len(w.byBody) {
		return nil
	}
	r := w.byBody[body]
	return w.Memberships[r[0]:r[1]]
}

// MembershipsOf gives all statements about where a state or body belongs, in
// order of their start.
func (w *World) MembershipsOf(member ID) []Membership {
	list := make([]Membership, len(w.byMember[member]))
	for i, j := range w.byMember[member] {
		list[i] = w.Memberships[j]
	}
	return list
}

// Members gives who stands to a body in a status on a day.
func (w *World) Members(body ID, day date.Day, status Status) Set {
	var s Set
	for _, m := range w.MembersOf(body) {
		if m.Status != status {
			continue
		}
		switch m.Period.Contains(day) {
		case date.Yes:
			s.Certain = append(s.Certain, m.Member)
			s.Possible = append(s.Possible, m.Member)
		case date.Unknown:
			s.Possible = append(s.Possible, m.Member)
		}
	}
	s.Certain, s.Possible = sorted(s.Certain), sorted(s.Possible)
	return s
}

func sorted(ids []ID) []ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// CountMembers gives how many full members a body has on a day.
func (w *World) CountMembers(body ID, day date.Day) Range {
	return w.Members(body, day, Member).Count()
}

// IsMember answers whether someone is a full member on a day. A gap in a
// list that is not complete says Unknown, never No.
func (w *World) IsMember(body, who ID, day date.Day) date.Truth {
	answer := w.Members(body, day, Member).Has(who)
	if answer == date.No && !w.Things[body].Organisation.MembersComplete {
		return date.Unknown
	}
	return answer
}

// Founders gives the members that a body's record marks as founding.
func (w *World) Founders(body ID) []ID {
	var ids []ID
	for _, m := range w.MembersOf(body) {
		if m.Record.Founding && !m.Status.Overlay() {
			ids = append(ids, m.Member)
		}
	}
	return sorted(ids)
}

// Joiners gives the full members whose membership begins on exactly this date.
func (w *World) Joiners(body ID, d date.Date) []ID {
	var ids []ID
	for _, m := range w.MembersOf(body) {
		if m.Status == Member && m.Period.From == d {
			ids = append(ids, m.Member)
		}
	}
	return sorted(ids)
}

// Leavers gives the full members whose membership ends on exactly this date.
func (w *World) Leavers(body ID, d date.Date) []ID {
	var ids []ID
	for _, m := range w.MembersOf(body) {
		if m.Status == Member && m.Period.Until == d {
			ids = append(ids, m.Member)
		}
	}
	return sorted(ids)
}

// Stays gives the periods in which someone was a full member, in order; more
// than one for a member that left and came back.
func (w *World) Stays(body, who ID) []date.Period {
	var list []date.Period
	for _, m := range w.MembersOf(body) {
		if m.Member == who && m.Status == Member {
			list = append(list, m.Period)
		}
	}
	slices.SortStableFunc(list, func(a, b date.Period) int { return date.Order(a.From, b.From) })
	return list
}

// Ordinal gives which member someone was, counting first accessions in order
// of date. Those who joined on one day share a range: Czechia, Hungary and
// Poland are each NATO's 17th to 19th. Zero when never a member.
func (w *World) Ordinal(body, who ID) Range {
	first := map[ID]date.Date{}
	for _, m := range w.MembersOf(body) {
		if m.Status != Member {
			continue
		}
		if d, ok := first[m.Member]; !ok || date.Order(m.Period.From, d) < 0 {
			first[m.Member] = m.Period.From
		}
	}
	mine, ok := first[who]
	if !ok {
		return Range{}
	}
	before, notAfter := 0, 0
	for id, d := range first {
		if id == who {
			continue
		}
		if date.Before(d, mine) == date.Yes {
			before++
		}
		if date.Before(mine, d) != date.Yes {
			notAfter++
		}
	}
	return Range{before + 1, notAfter + 1}
}

// Step is one change in the number of full members.
type Step struct {
	Day          date.Day // first day of the new count
	Count        Range
	Joined, Left []ID
	Date         date.Date // as the statements give it
}

// Steps gives each change of a body's number of full members, in order.
func (w *World) Steps(body ID) []Step {
	var dates []date.Date
	for _, m := range w.MembersOf(body) {
		if m.Status != Member {
			continue
		}
		dates = append(dates, m.Period.From)
		if !m.Period.Until.IsZero() {
			dates = append(dates, m.Period.Until)
		}
	}
	slices.SortFunc(dates, date.Order)
	dates = slices.Compact(dates)
	steps := make([]Step, 0, len(dates))
	for _, d := range dates {
		_, last := d.Bounds()
		steps = append(steps, Step{
			Day: last, Date: d, Count: w.CountMembers(body, last),
			Joined: w.Joiners(body, d), Left: w.Leavers(body, d),
		})
	}
	return steps
}

// Day gives the day on which a body is described: the as-of day of its
// record or of the site, or the last day before it was dissolved.
func (w *World) Day(id ID) date.Day {
	t := &w.Things[id]
	day := w.AsOf
	if o := t.Organisation; o != nil {
		if !o.AsOf.IsZero() {
			_, day = o.AsOf.Bounds()
		}
		if !o.Dissolved.IsZero() {
			first, _ := o.Dissolved.Bounds()
			day = min(day, first-1)
		}
	}
	return day
}

// Ended reports whether a body or treaty no longer existed on the site's day.
func (w *World) Ended(id ID) bool {
	t := &w.Things[id]
	var end date.Date
	switch t.Kind {
	case Organisation:
		end = t.Organisation.Dissolved
	case Treaty:
		end = t.Treaty.Terminated
	case Exercise:
		end = t.Exercise.Last
	case Operation:
		end = t.Operation.Until
	case State:
		end = t.State.Exists.Until
	}
	if end.IsZero() {
		return false
	}
	first, _ := end.Bounds()
	return first <= w.AsOf
}

// DayChoice is a day given by an author, or each thing's own day.
type DayChoice struct {
	Day   date.Day
	Given bool
}

// For gives the day for a thing.
func (c DayChoice) For(w *World, id ID) date.Day {
	if c.Given {
		return c.Day
	}
	return w.Day(id)
}

// JoinersIn gives the full members whose membership begins on a date, or
// certainly within it when it is a month or a year.
func (w *World) JoinersIn(body ID, d date.Date) []ID {
	return w.changersIn(body, d, func(p date.Period) date.Date { return p.From })
}

// LeaversIn gives the full members whose membership ends on a date, or
// certainly within it when it is a month or a year.
func (w *World) LeaversIn(body ID, d date.Date) []ID {
	return w.changersIn(body, d, func(p date.Period) date.Date { return p.Until })
}

func (w *World) changersIn(body ID, d date.Date, end func(date.Period) date.Date) []ID {
	lo, hi := d.Bounds()
	var ids []ID
	for _, m := range w.MembersOf(body) {
		if e := end(m.Period); m.Status == Member && !e.IsZero() {
			if first, last := e.Bounds(); first >= lo && last <= hi {
				ids = append(ids, m.Member)
			}
		}
	}
	return sorted(ids)
}
