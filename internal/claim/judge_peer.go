package claim

import (
	"fmt"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// ahead judges who joined before, or after, whom.
func (j *judge) ahead() verdict {
	order := "before"
	if j.st.not {
		order = "after"
	}
	return j.each(func(who model.ID) verdict {
		for _, other := range j.st.others {
			ours, theirs := j.stays(who), j.stays(other)
			if len(ours) == 0 || len(theirs) == 0 {
				return unknown
			}
			first, second := ours[0], theirs[0]
			if j.st.not {
				first, second = second, first
			}
			if date.Before(first.Period.From, second.Period.From) != date.No || first.Period.From == second.Period.From {
				continue
			}
			return verdict{is: wrong, says: fmt.Sprintf("%s joined %s %s %s", j.w.Thing(who).Name, j.t.Label(), order, j.w.Thing(other).Name),
				data: fmt.Sprintf("%s for %s and %s for %s", ours[0].Period.From.Text(), j.w.Thing(who).Name, theirs[0].Period.From.Text(), j.w.Thing(other).Name), related: append(j.at(ours[0], "from"), j.at(theirs[0], "from")...)}
		}
		return fine
	})
}

// unleft judges that nobody ever left, or had by some day.
func (j *judge) unleft() verdict {
	o := j.t.Organisation
	if o == nil || !o.MembersComplete || j.st.when.mode != always && j.st.when.mode != until && j.st.when.mode != before {
		return unknown
	}
	limit := j.asOf()
	if j.st.when.mode != always {
		limit, _ = j.st.when.from.Bounds()
	}
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Status != model.Member || m.Record.End != "withdrawal" {
			continue
		}
		if _, last := m.Period.Until.Bounds(); last < limit {
			return verdict{is: wrong, says: "nobody left " + j.t.Label(), data: fmt.Sprintf("the withdrawal of %s, %s", j.w.Thing(m.Member).Name, m.Period.Until.Text()), related: j.at(m, "until")}
		}
	}
	return fine
}

// unjoined judges that nobody has joined since some day.
func (j *judge) unjoined() verdict {
	o := j.t.Organisation
	if o == nil || !o.MembersComplete {
		return unknown
	}
	_, from := j.st.when.from.Bounds()
	for _, m := range j.w.MembersOf(j.t.ID) {
		first, _ := m.Period.From.Bounds()
		if m.Status != model.Member || first <= from+31 {
			continue
		}
		return verdict{is: stale, says: fmt.Sprintf("nobody has joined %s since %s", j.t.Label(), j.st.when.from.Text()), was: "until " + m.Period.From.Text(),
			data: fmt.Sprintf("the accession of %s, %s", j.w.Thing(m.Member).Name, m.Period.From.Text()), related: j.at(m, "from")}
	}
	return fine
}

// apartFrom gives the body that records how someone stands apart.
func apartFrom(w *model.World, st *Statement) model.ID {
	for i := range w.Of(model.Organisation) {
		t := &w.Of(model.Organisation)[i]
		for _, p := range t.Organisation.Participation {
			if who, ok := w.Lookup(p.Member); ok && who.ID == st.who[0] && strings.Contains(p.Aspect, st.topic) {
				return t.ID
			}
		}
	}
	return model.None
}

// apart judges that someone still takes no part in an aspect of a body.
func (j *judge) apart() verdict {
	return j.each(func(who model.ID) verdict {
		last := -1
		list := j.t.Organisation.Participation
		for i, p := range list {
			if p.Member != j.w.Thing(who).Slug || !strings.Contains(p.Aspect, j.st.topic) {
				continue
			}
			if last = i; p.Until.IsZero() {
				return fine
			}
		}
		if last < 0 {
			return unknown
		}
		p := list[last]
		return verdict{is: stale, says: fmt.Sprintf("%s takes no part in the %s", j.w.Thing(who).Name, strings.ReplaceAll(j.st.topic, "-", " ")), was: "from " + date.Period{From: p.From, Until: p.Until}.Text(""),
			data: "its return, " + p.Until.Text(), related: j.related(p.Until.Text(), "participation", last, "until"), hint: "write it in the past"}
	})
}
