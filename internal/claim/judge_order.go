package claim

import (
	"entente/internal/date"
	"entente/internal/fact"
	"entente/internal/model"
	"fmt"
	"slices"
)

func (j *judge) founding() verdict {
	founders := j.w.Founders(j.t.ID)
	if len(founders) == 0 || !j.t.Organisation.MembersComplete {
		return unknown
	}
	return j.each(func(who model.ID) verdict {
		is := slices.Contains(founders, who)
		if is != j.st.not {
			return fine
		}
		v := verdict{is: wrong, says: fmt.Sprintf("%s is a founding member of %s", j.w.Thing(who).Name, j.t.Label()), related: j.related("the members", "members")}
		if j.st.not {
			v.says = fmt.Sprintf("%s is no founding member of %s", j.w.Thing(who).Name, j.t.Label())
			v.data = "it among the founders"
			return v
		}
		for _, id := range j.kin(who) {
			if slices.Contains(founders, id) {
				return unknown
			}
		}
		v.data = j.neverText()
		if stays := j.stays(who); len(stays) > 0 {
			v.data, v.related = "its accession on "+stays[0].Period.From.Text(), j.at(stays[0], "from")
		} else if !j.absent(who) {
			return unknown
		}
		return v
	})
}

// observing judges a standing short of membership: whoever has become a member
// since, or has lost the standing, has it no more.
func (j *judge) observing() verdict {
	return j.each(func(who model.ID) verdict {
		day := j.w.Day(j.t.ID)
		v := verdict{is: stale, says: fmt.Sprintf("%s is an observer in %s", j.w.Thing(who).Name, j.t.Label())}
		if j.w.Members(j.t.ID, day, model.Member).Has(who) == date.Yes {
			stays := j.stays(who)
			last := stays[len(stays)-1]
			v.was, v.related = "at most until "+last.Period.From.Text(), j.at(last, "from")
			v.data = "it as a full member since " + last.Period.From.Text()
			return v
		}
		var last model.Membership
		for _, m := range j.w.MembersOf(j.t.ID) {
			if m.Member != who || m.Status != model.Observer {
				continue
			}
			if m.Period.Until.IsZero() || m.Period.Contains(day) != date.No {
				return fine
			}
			last = m
		}
		if last.Record == nil || j.w.Ended(j.t.ID) {
			return unknown
		}
		v.was, v.data, v.related = "until "+last.Period.Until.Text(), "its end, "+last.Period.Until.Text(), j.at(last, "until")
		return v
	})
}

func (j *judge) ordinal() verdict {
	if j.t.Organisation == nil || !j.t.Organisation.MembersComplete {
		return unknown
	}
	return j.each(func(who model.ID) verdict {
		r := j.w.Ordinal(j.t.ID, who)
		v := verdict{is: wrong, says: fmt.Sprintf("%s is the %s member of %s", j.w.Thing(who).Name, j.st.words(), j.t.Label())}
		if r.Low == 0 {
			if !j.absent(who) {
				return unknown
			}
			v.data, v.related = j.neverText(), j.related("the members", "members")
			return v
		}
		if n := j.st.num.lo; r.Low <= n && n <= r.High {
			return fine
		}
		v.data = fmt.Sprintf("it as the %s", fact.ShortOrdinal(r.Low))
		if !r.Exact() {
			v.data += " to " + fact.ShortOrdinal(r.High)
		}
		v.related = j.at(j.stays(who)[0], "from")
		if r.Exact() {
			v.hint = fmt.Sprintf("write %s, or bind it: [[= %s.ordinal(%s) as ordinal]]", j.st.style(r.Low, true), j.t.Slug, j.w.Thing(who).Slug)
			v.fix = j.st.style(r.Low, true)
		}
		return v
	})
}

// extreme judges who was the latest to join, and who the first to leave.
func (j *judge) extreme() verdict {
	o := j.t.Organisation
	if o == nil || !o.MembersComplete || j.st.tense == past && j.st.rel == newest {
		return unknown
	}
	var best []model.Membership
	pick := func(m model.Membership) date.Date {
		if j.st.rel == newest {
			return m.Period.From
		}
		return m.Period.Until
	}
	for _, m := range j.w.MembersOf(j.t.ID) {
		d := pick(m)
		if m.Status != model.Member || d.IsZero() {
			continue
		}
		if j.st.rel == firstOut && !o.Dissolved.IsZero() && date.Before(d, o.Dissolved) != date.Yes {
			continue
		}
		switch {
		case len(best) == 0 || j.st.rel == newest && date.Before(pick(best[0]), d) == date.Yes || j.st.rel == firstOut && date.Before(d, pick(best[0])) == date.Yes:
			best = []model.Membership{m}
		case date.Before(d, pick(best[0])) == date.Unknown || date.Same(d, pick(best[0])) != date.No:
			best = append(best, m)
		}
	}
	if len(best) == 0 && j.st.rel == firstOut && !o.AsOf.IsZero() {
		return j.each(func(who model.ID) verdict {
			return verdict{is: wrong, says: fmt.Sprintf("%s was the first to leave %s", j.w.Thing(who).Name, j.t.Label()), data: "nobody who left", related: j.related("the members", "members")}
		})
	}
	if len(best) == 0 {
		return unknown
	}
	var ids []model.ID
	for _, m := range best {
		ids = append(ids, m.Member)
	}
	return j.each(func(who model.ID) verdict {
		if slices.Contains(ids, who) {
			return fine
		}
		v := verdict{is: wrong, says: fmt.Sprintf("%s was the first to leave %s", j.w.Thing(who).Name, j.t.Label()), data: j.names(ids) + ", " + pick(best[0]).Text(), related: j.at(best[0], "until")}
		if j.st.rel == firstOut {
			return v
		}
		v.says, v.related = fmt.Sprintf("%s is the latest to join %s", j.w.Thing(who).Name, j.t.Label()), j.at(best[0], "from")
		if stays := j.stays(who); len(stays) > 0 && date.Before(o.Founded, stays[0].Period.From) == date.Yes {
			v.is, v.was = stale, "for some time after "+stays[len(stays)-1].Period.From.Text()
		}
		return v
	})
}

// grewLast judges when a body last took in a member.
func (j *judge) grewLast() verdict {
	o := j.t.Organisation
	if o == nil || !o.MembersComplete {
		return unknown
	}
	var last model.Membership
	was := false
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Status != model.Member || m.Record.Founding || m.Period.From == o.Founded {
			continue
		}
		was = was || agrees(j.st.when.from, m.Period.From)
		if last.Record == nil || date.Before(last.Period.From, m.Period.From) == date.Yes {
			last = m
		}
	}
	if last.Record == nil || agrees(j.st.when.from, last.Period.From) {
		return unknown
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s last took in a member %s", j.t.Label(), j.whenText()), data: fmt.Sprintf("%s, %s", j.w.Thing(last.Member).Name, last.Period.From.Text()),
		related: j.at(last, "from"), hint: "write " + precise(last.Period.From, j.st.when.from)}
	if was {
		v.is, v.was = stale, "until "+last.Period.From.Text()
	}
	return v
}

func (j *judge) company() verdict {
	return j.each(func(who model.ID) verdict {
		stays := j.stays(who)
		if len(stays) != 1 || !stays[0].Period.From.Exact() || !j.t.Organisation.MembersComplete {
			return unknown
		}
		m := stays[0]
		same := j.w.JoinersIn(j.t.ID, m.Period.From)
		v := verdict{is: wrong, related: j.at(m, "from")}
		if j.st.rel == withMany {
			n := len(same) - 1
			year := len(j.w.JoinersIn(j.t.ID, civil(m.Period.From.Year(), 0, 0))) - 1
			if n == j.st.num.lo || year == j.st.num.lo {
				return fine
			}
			v.says = fmt.Sprintf("%s joined %s with %s others", j.w.Thing(who).Name, j.t.Label(), j.st.words())
			v.data = fmt.Sprintf("%d (%s), on %s", n, fact.Words(n), m.Period.From.Text())
			v.hint, v.fix = "write "+j.st.style(n, false), j.st.style(n, false)
			return v
		}
		for _, other := range j.st.others {
			theirs := j.stays(other)
			if len(theirs) == 0 && !j.absent(other) || len(theirs) > 1 || len(theirs) == 1 && !theirs[0].Period.From.Exact() {
				return unknown
			}
			if len(theirs) == 1 && theirs[0].Period.From == m.Period.From {
				continue
			}
			v.says = fmt.Sprintf("%s joined %s together with %s", j.w.Thing(who).Name, j.t.Label(), j.w.Thing(other).Name)
			v.data = j.neverText()
			if len(theirs) == 1 {
				if theirs[0].Period.From.Year() == m.Period.From.Year() {
					return unknown
				}
				v.data = fmt.Sprintf("%s and %s", m.Period.From.Text(), theirs[0].Period.From.Text())
				v.related = append(v.related, j.at(theirs[0], "from")...)
			}
			return v
		}
		return fine
	})
}
