package claim

import (
	"fmt"
	"slices"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/model"
)

type related = diag.Related

// fieldDate is a date of a record with the field that holds it.
type fieldDate struct {
	date  date.Date
	field string
	of    *model.Thing
}

// beginnings gives the dates that may be meant by the beginning of a thing,
// the best one first.
func (j *judge) beginnings(rel relation) []fieldDate {
	t := j.t
	var list []fieldDate
	add := func(d date.Date, field string, of *model.Thing) {
		if !d.IsZero() {
			list = append(list, fieldDate{d, field, of})
		}
	}
	switch {
	case t.Exercise != nil:
		add(t.Exercise.First, "first", t)
		if len(t.Exercise.Editions) > 0 && !t.Exercise.First.IsZero() {
			return list
		}
	case t.Operation != nil:
		add(t.Operation.From, "from", t)
	case t.Treaty != nil:
		switch rel {
		case signed:
			add(t.Treaty.Signed, "signed", t)
			for _, p := range t.Treaty.Parties {
				add(p.Signed, "parties", t)
			}
		case inForce:
			add(t.Treaty.InForce, "in_force", t)
		default:
			add(t.Treaty.Signed, "signed", t)
			add(t.Treaty.InForce, "in_force", t)
		}
	case t.Organisation != nil:
		o := t.Organisation
		if rel == inForce {
			add(o.InForce, "in_force", t)
		} else {
			add(o.Founded, "founded", t)
			if rel != signed {
				add(o.InForce, "in_force", t)
			}
			for _, id := range j.w.Events(t.ID) {
				if e := j.w.Thing(id).Event; e.Type == "founding" || e.Type == "decision" {
					if diff := e.Date.Year() - o.Founded.Year(); diff >= -1 && diff <= 1 {
						add(e.Date, "date", j.w.Thing(id))
					}
				}
			}
		}
		for _, slug := range o.Treaties {
			if tr, ok := j.w.Lookup(slug); ok && tr.Treaty != nil && tr.Treaty.Signed.Year() == o.Founded.Year() {
				if rel == inForce {
					add(tr.Treaty.InForce, "in_force", tr)
				} else {
					add(tr.Treaty.Signed, "signed", tr)
				}
			}
		}
	}
	return list
}

var verbs = map[relation]string{began: "began", signed: "was signed", inForce: "entered into force", ended: "ended"}

func (j *judge) verb() string {
	if j.st.rel == began && j.t.Organisation != nil {
		return "was founded"
	}
	if j.st.rel == began && j.t.Treaty != nil {
		return "is"
	}
	if j.st.rel == began && j.t.Exercise != nil {
		return "was first held"
	}
	return verbs[j.st.rel]
}

func (j *judge) beginning() verdict {
	st := j.st
	said := st.when.from
	list := j.beginnings(st.rel)
	if len(list) == 0 {
		return unknown
	}
	own := list[0]
	for _, c := range list {
		if agrees(said, c.date) {
			return fine
		}
	}
	if j.t.Exercise != nil && (own.date.Uncertain() || len(j.t.Exercise.Predecessors) > 0 && said.Year() < own.date.Year() && j.renamed(said)) {
		return unknown
	}
	if j.ambiguousName(said, own.date) || own.date.Uncertain() {
		return unknown
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s %s %s", j.t.Label(), j.verb(), said.Text()), data: own.date.Text(), related: []related{own.of.Origin.Related(own.date.Text(), own.field)}}
	if j.t.Treaty == nil || st.rel != began {
		v.says = fmt.Sprintf("%s %s %s", j.t.Label(), j.verb(), j.whenText())
	}
	v.hint = "write " + precise(own.date, said)
	if j.disputed(said, beginFields...) {
		return unknown
	}
	if other := j.otherThing(said); other != nil {
		v.says += fmt.Sprintf(", which is true of %s", other.Name)
		v.related = append(v.related, other.Origin.Related("what began then"))
		v.hint += ", or name " + other.Name
		return v
	}
	if o := j.t.Organisation; o != nil {
		if mentions(o.Notes, said, starts...) || o.FoundedBasis == "entry-into-force" && said.Year() < own.date.Year() {
			return unknown
		}
	}
	if x := j.t.Exercise; x != nil && mentions(x.Notes, said, starts...) {
		return unknown
	}
	if tr := j.t.Treaty; tr != nil && mentions(tr.Notes, said, starts...) {
		return unknown
	}
	if !own.date.Approximate() {
		v.fix = j.dateFix(own.date, said)
	}
	return v
}

// dateFix writes the right date as the author wrote the wrong one; only years
// are written the same everywhere.
func (j *judge) dateFix(own, said date.Date) string {
	words := j.st.words()
	if len(words) == 4 && isYear(words) {
		return fmt.Sprint(own.Year())
	}
	if (own.Exact() || !said.Exact()) && words == said.Text() {
		return precise(own, said)
	}
	return ""
}

// disputed reports whether the record holds what is said as a rival value of
// one of some fields.
func (j *judge) disputed(said date.Date, fields ...string) bool {
	c := j.t.Common()
	if c == nil {
		return false
	}
	for _, d := range c.Disputes {
		if v, err := date.Parse(d.Value); err == nil && slices.Contains(fields, d.Field) && agrees(said, v) {
			return true
		}
	}
	return false
}

// The fields that may be disputed when a beginning or an end is.
var (
	beginFields = []string{"founded", "in_force", "signed", "first", "from"}
	endFields   = []string{"dissolved", "terminated", "last", "until"}
)

// renamed reports whether a predecessor was held under another name then.
func (j *judge) renamed(said date.Date) bool {
	for _, slug := range j.t.Exercise.Predecessors {
		if p, ok := j.w.Lookup(slug); ok && p.Exercise != nil && agrees(said, p.Exercise.First) {
			return true
		}
	}
	return false
}

// otherThing gives the predecessor or treaty of which the date is true.
func (j *judge) otherThing(said date.Date) *model.Thing {
	o := j.t.Organisation
	if o == nil {
		return nil
	}
	for _, slug := range slices.Concat(o.Predecessors, o.Treaties) {
		t, ok := j.w.Lookup(slug)
		if !ok {
			continue
		}
		if agrees(said, t.Began()) {
			return t
		}
	}
	return nil
}

func (j *judge) end() (date.Date, string) {
	switch {
	case j.t.Organisation != nil:
		return j.t.Organisation.Dissolved, "dissolved"
	case j.t.Treaty != nil:
		return j.t.Treaty.Terminated, "terminated"
	case j.t.Exercise != nil:
		return j.t.Exercise.Last, "last"
	case j.t.Operation != nil:
		return j.t.Operation.Until, "until"
	}
	return date.Date{}, ""
}

func (j *judge) note() string {
	switch {
	case j.t.Organisation != nil:
		return j.t.Organisation.Notes + j.t.Organisation.DissolvedBasis
	case j.t.Treaty != nil:
		return j.t.Treaty.Notes
	case j.t.Exercise != nil:
		return j.t.Exercise.Notes
	}
	return ""
}

// goesOn reports whether the data can vouch that the thing has not ended.
func (j *judge) goesOn() bool {
	switch {
	case j.t.Organisation != nil:
		return j.t.Organisation.Dissolved.IsZero() && !j.t.Organisation.AsOf.IsZero() && len(j.t.Organisation.Successors) == 0
	case j.t.Exercise != nil:
		return j.t.Exercise.Last.IsZero() && j.t.Exercise.Frequency != ""
	}
	return false
}

func (j *judge) ending() verdict {
	st := j.st
	own, field := j.end()
	said := st.when.from
	if st.when.mode == always {
		if own.IsZero() && j.goesOn() && j.t.Organisation != nil {
			return verdict{is: wrong, says: j.t.Label() + " has ended", data: "no end, as of " + dayText(j.asOf()), related: j.related("the record")}
		}
		return unknown
	}
	if own.IsZero() {
		if j.goesOn() && !mentions(j.note(), said, ends...) {
			return verdict{is: wrong, says: fmt.Sprintf("%s ended %s", j.t.Label(), j.whenText()), data: "no end, as of " + dayText(j.asOf()), related: j.related("the record")}
		}
		return unknown
	}
	if agrees(said, own) || j.disputed(said, endFields...) || mentions(j.note(), said, ends...) && !j.onlyDecided(said) || j.ambiguousName(said, own) {
		return fine
	}
	if lo, _ := said.Bounds(); date.Day(lo) == func() date.Day { d, _ := own.Bounds(); return d }()-1 {
		return fine
	}
	if j.t.Exercise != nil && said.Year() == own.Year()+1 { // the end was announced after the last edition
		for _, e := range j.w.Of(model.Event) {
			if e.Event.Type == "end-of-series" && e.Event.Date.Year() == said.Year() {
				return fine
			}
		}
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s ended %s", j.t.Label(), j.whenText()), data: own.Text(), related: j.related(own.Text(), field), hint: "write " + precise(own, said)}
	if !own.Approximate() && !own.Uncertain() {
		v.fix = j.dateFix(own, said)
	}
	return v
}

func (j *judge) living() verdict {
	if !j.w.Ended(j.t.ID) {
		return fine
	}
	own, field := j.end()
	return verdict{is: stale, says: j.t.Label() + " goes on", was: "until " + own.Text(), data: "its end, " + own.Text(), related: j.related("ended", field), hint: "write it in the past"}
}

func (j *judge) held() verdict {
	x := j.t.Exercise
	if x == nil || x.Last.IsZero() || !j.w.Ended(j.t.ID) {
		return unknown
	}
	v := verdict{is: stale, says: j.t.Label() + " is held", was: fmt.Sprintf("until %s", x.Last.Text()), data: "no edition after " + x.Last.Text(), related: j.related("last held", "last"), hint: "write it in the past"}
	if !x.First.IsZero() && !x.First.Uncertain() {
		v.was = fmt.Sprintf("from %s until %s", x.First.Text(), x.Last.Text())
	}
	var next []string
	for _, slug := range x.Successors {
		if t, ok := j.w.Lookup(slug); ok {
			next = append(next, t.Name)
		}
	}
	if len(next) > 0 {
		v.hint += ", or name what came after: " + next[0]
	}
	return v
}
