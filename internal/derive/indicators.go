package derive

import (
	"slices"

	"entente/internal/date"
	"entente/internal/model"
)

// Year counts what a state or body did in one year, as far as the records
// say. The indicators are those of the article on evaluating effectiveness:
// activity, not worth.
type Year struct {
	Year         int
	Joined       int // bodies joined in the year as a full member
	Kept         int // bodies it belonged to at the end of the year
	Bilateral    int // bilateral agreements signed in the year
	Multilateral int // other agreements signed in the year
	Exercises    int // series of exercises running in which it is on record
	Forums       int // forums and dialogues attended at the end of the year, in any standing
}

// zero reports whether nothing is on record for the year.
func (y Year) zero() bool {
	y.Year = 0
	return y == Year{}
}

// reach gives years without gaps, with the year y among them and room up to
// the last at once.
func reach(years []Year, y, last int) []Year {
	if len(years) == 0 {
		years = append(years, Year{Year: y})
	}
	if earlier := years[0].Year - y; earlier > 0 {
		years = slices.Insert(years, 0, make([]Year, earlier)...)
		for i := range earlier {
			years[i].Year = y + i
		}
	}
	if n := y + 1 - years[0].Year; n > cap(years) {
		years = slices.Grow(years, max(n, last+1-years[0].Year)-len(years))
	}
	for next := years[len(years)-1].Year + 1; next <= y; next++ {
		years = append(years, Year{Year: next})
	}
	return years
}

// Indicators counts, for each year from the first on record to the year of
// the site's as-of day, what a state did.
func Indicators(w *model.World, state model.ID) []Year {
	var years []Year // without gaps
	last := w.AsOf.Year()
	at := func(y int) *Year {
		years = reach(years, y, last)
		return &years[y-years[0].Year]
	}
	through := func(p date.Period, count func(*Year)) {
		until := last + 1
		if !p.Until.IsZero() {
			until = p.Until.Year()
		}
		from := last
		if !p.From.IsZero() {
			from = p.From.Year()
		}
		for y := from; y < until && y <= last; y++ {
			count(at(y))
		}
	}
	for _, m := range w.MembershipsOf(state) {
		forum := w.Thing(m.Body).Organisation.Type == "forum"
		switch {
		case m.Status.Overlay():
		case forum:
			through(m.Period, func(y *Year) { y.Forums++ })
		case m.Status == model.Member:
			if from := m.Period.From; !from.IsZero() {
				at(from.Year()).Joined++
			}
			through(m.Period, func(y *Year) { y.Kept++ })
		}
	}
	for _, id := range w.Treaties(state) {
		tr := w.Thing(id).Treaty
		signed := tr.Signed
		for _, p := range tr.Parties {
			if p.Member == w.Thing(state).Slug {
				for _, d := range []date.Date{p.Signed, p.Acceded} {
					if !d.IsZero() {
						signed = d
					}
				}
			}
		}
		if signed.IsZero() {
			continue
		}
		if tr.Scope == "bilateral" {
			at(signed.Year()).Bilateral++
		} else {
			at(signed.Year()).Multilateral++
		}
	}
	for _, id := range w.Exercises(state) {
		x := w.Thing(id).Exercise
		if x.First.IsZero() {
			continue
		}
		until := last
		if !x.Last.IsZero() {
			until = x.Last.Year()
		}
		for y := x.First.Year(); y <= until && y <= last; y++ {
			at(y).Exercises++
		}
	}
	return slices.DeleteFunc(years, Year.zero)
}

// BodyYear counts what happened to a body in one year.
type BodyYear struct {
	Year       int
	Members    model.Range // at the end of the year, or on the as-of day in its year
	Joined     int
	Left       int
	Exercises  int // its series of exercises running in the year
	Operations int // its operations under way in the year
}

// BodyIndicators counts the years of a body.
func BodyIndicators(w *model.World, body model.ID) []BodyYear {
	o := w.Thing(body).Organisation
	first, last := o.Founded.Year(), w.AsOf.Year()
	if !o.Dissolved.IsZero() {
		last = min(last, o.Dissolved.Year())
	}
	if last-first > 400 {
		first = last - 400
	}
	var list []BodyYear
	for y := first; y <= last; y++ {
		by := BodyYear{Year: y, Members: w.CountMembers(body, min(date.DayOf(y, 12, 31), w.AsOf))}
		for _, m := range w.MembersOf(body) {
			if m.Status != model.Member {
				continue
			}
			if m.Period.From.Year() == y {
				by.Joined++
			}
			if !m.Period.Until.IsZero() && m.Period.Until.Year() == y {
				by.Left++
			}
		}
		for _, id := range w.Exercises(body) {
			if x := w.Thing(id).Exercise; !x.First.IsZero() && x.First.Year() <= y && (x.Last.IsZero() || x.Last.Year() >= y) {
				by.Exercises++
			}
		}
		for _, id := range w.Operations(body) {
			if op := w.Thing(id).Operation; op.From.Year() <= y && (op.Until.IsZero() || op.Until.Year() >= y) {
				by.Operations++
			}
		}
		list = append(list, by)
	}
	return list
}
