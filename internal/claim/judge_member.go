package claim

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/model"
)

// stays gives the periods of full membership, with the index of the
// statement of each.
func (j *judge) stays(who model.ID) []model.Membership {
	var list []model.Membership
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Member == who && m.Status == model.Member {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b model.Membership) int { return date.Order(a.Period.From, b.Period.From) })
	return list
}

// absent reports whether the data can say that someone never was a member.
func (j *judge) absent(who model.ID) bool {
	o := j.t.Organisation
	if !o.MembersComplete || len(j.w.Steps(j.t.ID)) == 0 || len(j.stays(who)) > 0 {
		return false
	}
	for _, id := range j.lineage(who) {
		if len(j.stays(id)) > 0 {
			return false
		}
	}
	return true
}

// lineage gives the states that one may be taken for: texts say Germany of the
// Empire, too.
func (j *judge) lineage(who model.ID) []model.ID {
	list := j.kin(who)
	if s := j.w.Thing(who).State; s == nil || !s.Exists.Until.IsZero() {
		return list
	}
	for i := 0; i < len(list) && i < 16; i++ {
		for _, id := range j.kin(list[i]) {
			if id != who && !slices.Contains(list, id) {
				list = append(list, id)
			}
		}
	}
	return list
}

func (j *judge) neverText() string {
	return "no such membership; its list of members is complete"
}

// each judges a statement for every state it is about; the worst verdict
// counts.
func (j *judge) each(one func(model.ID) verdict) verdict {
	out := fine
	for _, who := range j.st.who {
		if j.w.Thing(who).State == nil && j.w.Thing(who).Organisation == nil || j.t.Organisation == nil {
			return unknown
		}
		switch v := one(who); v.is {
		case stale, wrong:
			return v
		case open:
			out = unknown
		}
	}
	return out
}

func (j *judge) says(who model.ID) string {
	verbs := map[relation]string{belongs: "is a member of", joined: "joined", left: "left"}
	if j.st.not {
		verbs = map[relation]string{belongs: "is no member of", joined: "did not join", left: "did not leave"}
	}
	verb := verbs[j.st.rel]
	if j.st.rel == belongs && j.st.tense == past {
		verb = strings.Replace(verb, "is ", "was ", 1)
	}
	text := fmt.Sprintf("%s %s %s", j.w.Thing(who).Name, verb, j.t.Label())
	switch j.st.when.mode {
	case in:
		text += " " + j.whenText()
	case since:
		text += " since " + j.st.when.from.Text()
	case until:
		text += " until " + j.st.when.from.Text()
	}
	return text
}

func (j *judge) at(m model.Membership, field string) []related {
	d := m.Period.From
	what := "joined "
	if field == "until" {
		d, what = m.Period.Until, "left "
	}
	return j.related(what+d.Text(), "members", m.Index, field)
}

func (j *judge) belonging() verdict {
	return j.each(func(who model.ID) verdict {
		if j.st.not {
			return j.notBelonging(who)
		}
		stays := j.stays(who)
		v := verdict{is: wrong, says: j.says(who)}
		if len(stays) == 0 {
			if !j.absent(who) {
				return unknown
			}
			v.data, v.related = j.neverText(), j.related("the members", "members")
			return v
		}
		last := stays[len(stays)-1]
		switch st := j.st; st.when.mode {
		case always:
			if st.tense == past {
				return fine
			}
			return j.memberNow(who, last, v)
		case in:
			from, to := j.window(st.when)
			for _, m := range stays {
				if (date.Period{From: m.Period.From, Until: m.Period.Until}).Contains(from) != date.No || m.Period.Contains(to) != date.No || m.Period.Overlaps(date.Period{From: from.Date(), Until: (to + 1).Date()}) != date.No {
					return fine
				}
			}
			v.data = "its membership " + last.Period.Text("as of "+dayText(j.asOf()))
			v.related = j.at(last, "from")
			return v
		case since:
			return j.memberSince(who, stays, v)
		case until:
			for _, m := range stays {
				if m.Period.Until.IsZero() || j.endAgrees(m) || mentions(m.Record.Note, st.when.from) {
					return fine
				}
			}
			v.data, v.related = last.Period.Until.Text(), j.at(last, "until")
			v.hint = "write " + precise(last.Period.Until, st.when.from)
			return v
		case between:
			from, _ := st.when.from.Bounds()
			_, to := st.when.to.Bounds()
			for _, m := range stays {
				startOK := agrees(st.when.from, m.Period.From) || m.Period.Contains(from) != date.No
				endOK := m.Period.Until.IsZero() && to <= j.asOf() || !m.Period.Until.IsZero() && agrees(st.when.to, m.Period.Until) || m.Period.Contains(to) != date.No
				if startOK && endOK {
					return fine
				}
			}
			v.data, v.related = "its membership "+last.Period.Text("as of "+dayText(j.asOf())), j.at(last, "from")
			return v
		}
		return unknown
	})
}

// memberNow judges "is a member" for one that was a member at some time.
func (j *judge) memberNow(who model.ID, last model.Membership, v verdict) verdict {
	day := j.w.AsOf
	if o := j.t.Organisation; !o.AsOf.IsZero() {
		_, day = o.AsOf.Bounds()
	}
	for _, m := range j.stays(who) {
		if m.Period.Contains(day) != date.No {
			return fine
		}
	}
	v.is, v.was = stale, last.Period.Text("")
	v.data = "its end, " + last.Period.Until.Text()
	v.related = j.at(last, "until")
	v.hint = "write it in the past"
	if !strings.Contains(v.was, " to ") {
		v.was = "until " + last.Period.Until.Text()
	} else {
		v.was = "from " + v.was
	}
	return v
}

func (j *judge) memberSince(who model.ID, stays []model.Membership, v verdict) verdict {
	last := stays[len(stays)-1]
	for _, m := range stays {
		if j.startAgrees(who, m) {
			if j.st.tense == present {
				return j.memberNow(who, last, v)
			}
			return fine
		}
	}
	v.data, v.related = last.Period.From.Text(), j.at(last, "from")
	v.hint = "write " + precise(last.Period.From, j.st.when.from)
	v.fix = j.dateFix(last.Period.From, j.st.when.from)
	return v
}

// startAgrees reports whether the date said may be that of an accession.
func (j *judge) startAgrees(who model.ID, m model.Membership) bool {
	said, o := j.st.when.from, j.t.Organisation
	if agrees(said, m.Period.From) || mentions(m.Record.Note, said, joins...) || j.disputed(said, m.Record.Member+".from") {
		return true
	}
	if m.Period.From == o.Founded || m.Record.Founding {
		// Founders may be counted from the treaty's entry into force, and
		// from an earlier body that this one continues.
		if agrees(said, o.InForce) || j.earlier(who, said) || o.FoundedBasis == "entry-into-force" && date.Before(said, o.Founded) == date.Yes {
			return true
		}
	}
	return false
}

// earlier reports whether someone joined a predecessor of the body on a date.
func (j *judge) earlier(who model.ID, said date.Date) bool {
	for _, slug := range j.t.Organisation.Predecessors {
		p, ok := j.w.Lookup(slug)
		if !ok {
			continue
		}
		for _, stay := range j.w.Stays(p.ID, who) {
			if agrees(said, stay.From) {
				return true
			}
		}
	}
	return false
}

// endAgrees reports whether the date said may be the end of a membership. The
// record gives the first day that no longer counts; texts may give the last.
func (j *judge) endAgrees(m model.Membership) bool {
	said := j.st.when.from
	if m.Period.Until.IsZero() {
		return false
	}
	if agrees(said, m.Period.Until) || j.disputed(said, m.Record.Member+".until") {
		return true
	}
	if m.Period.Until.Exact() {
		first, _ := m.Period.Until.Bounds()
		return agrees(said, (first - 1).Date())
	}
	return false
}

func (j *judge) notBelonging(who model.ID) verdict {
	st := j.st
	stays := j.stays(who)
	if len(stays) == 0 {
		return fine
	}
	first, last := stays[0], stays[len(stays)-1]
	v := verdict{is: wrong, says: j.says(who), data: "a membership " + last.Period.Text("as of "+dayText(j.asOf())), related: j.at(last, "from")}
	switch st.when.mode {
	case always:
		if st.never() {
			return v
		}
		if st.tense == past {
			return unknown
		}
		if !last.Period.Until.IsZero() || j.w.IsMember(j.t.ID, who, j.w.Day(j.t.ID)) != date.Yes {
			return fine
		}
		if st.longer() {
			return v
		}
		if first.Period.From != j.t.Organisation.Founded && date.Before(j.t.Organisation.Founded, first.Period.From) == date.Yes {
			v.is, v.was = stale, "until "+last.Period.From.Text()
		}
		return v
	case in:
		from, to := j.window(st.when)
		for _, m := range stays {
			if m.Period.Contains(from) == date.Yes && m.Period.Contains(to) == date.Yes {
				return v
			}
		}
		return fine
	case until, before:
		from, _ := st.when.from.Bounds()
		for _, m := range stays {
			if agrees(st.when.from, m.Period.From) {
				return fine
			}
		}
		if first.Period.Contains(from-1) == date.Yes {
			v.hint = "write " + precise(first.Period.From, st.when.from)
			return v
		}
		if st.when.mode == until && last.Period.Until.IsZero() && date.Before(st.when.from, last.Period.From) == date.Yes {
			v.hint = "write " + precise(last.Period.From, st.when.from)
			return v
		}
		return fine
	}
	return unknown
}

// never reports whether the sentence denies it for all time.
func (st *Statement) never() bool { return hasWord(st.whole, "never") }

// longer reports whether the sentence says "no longer" or "former".
func (st *Statement) longer() bool {
	return hasWord(st.whole, "longer") || hasWord(st.whole, "former") || hasWord(st.whole, "ex")
}

func hasWord(text, w string) bool {
	for _, t := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z') }) {
		if t == w {
			return true
		}
	}
	return false
}

// moving judges accessions and withdrawals.
func (j *judge) moving() verdict {
	return j.each(func(who model.ID) verdict {
		if j.st.rel == joined {
			return j.joining(who)
		}
		return j.leaving(who)
	})
}

func (j *judge) joining(who model.ID) verdict {
	st := j.st
	stays := j.stays(who)
	v := verdict{is: wrong, says: j.says(who)}
	if st.not {
		switch {
		case len(stays) == 0 || st.when.mode == always && !st.never():
			return fine
		case st.when.mode == always:
			v.data, v.related = "a membership "+stays[0].Period.Text("as of "+dayText(j.asOf())), j.at(stays[0], "from")
			return v
		case st.when.mode == until || st.when.mode == before:
			return j.notBelonging(who)
		}
		return unknown
	}
	if len(stays) == 0 {
		if !j.absent(who) {
			return unknown
		}
		v.data, v.related = j.neverText(), j.related("the members", "members")
		return v
	}
	if st.when.mode != in && st.when.mode != since {
		return fine
	}
	for _, m := range stays {
		if j.startAgrees(who, m) {
			return fine
		}
	}
	best := stays[0]
	for _, m := range stays {
		if abs(m.Period.From.Year()-st.when.from.Year()) < abs(best.Period.From.Year()-st.when.from.Year()) {
			best = m
		}
	}
	v.data, v.related = best.Period.From.Text(), j.at(best, "from")
	v.hint = fmt.Sprintf("write %s, or bind it: [[= %s.joined(%s)]]", precise(best.Period.From, st.when.from), j.t.Slug, j.w.Thing(who).Slug)
	if len(st.who) == 1 && len(stays) == 1 {
		v.fix = j.dateFix(best.Period.From, st.when.from)
	}
	return v
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func (j *judge) leaving(who model.ID) verdict {
	st := j.st
	stays := j.stays(who)
	v := verdict{is: wrong, says: j.says(who)}
	if len(stays) == 0 {
		if st.not || !j.absent(who) {
			return unknown
		}
		v.data, v.related = j.neverText(), j.related("the members", "members")
		return v
	}
	var out []model.Membership
	for _, m := range stays {
		if !m.Period.Until.IsZero() {
			out = append(out, m)
		}
	}
	if st.not {
		for _, m := range out {
			if st.when.mode == always && m.Record.End == "withdrawal" {
				v.data, v.related = "its withdrawal, "+m.Period.Until.Text(), j.at(m, "until")
				return v
			}
		}
		return unknown
	}
	last := stays[len(stays)-1]
	if len(out) == 0 {
		v.data = "a membership " + last.Period.Text("as of "+dayText(j.asOf()))
		v.related = j.at(last, "from")
		v.hint = j.partly(who)
		return v
	}
	if st.when.mode != in && st.when.mode != since {
		return fine
	}
	formal := hasWord(st.whole, "formally") || hasWord(st.whole, "officially")
	best := out[0]
	for _, m := range out {
		if j.endAgrees(m) || mentions(m.Record.Note, st.when.from) && !formal {
			return fine
		}
		if abs(m.Period.Until.Year()-st.when.from.Year()) < abs(best.Period.Until.Year()-st.when.from.Year()) {
			best = m
		}
	}
	if (best.Record.End == "dissolution" || best.Record.End == "transformed") && abs(best.Period.Until.Year()-st.when.from.Year()) < 2 {
		return unknown
	}
	v.data, v.related = best.Period.Until.Text(), j.at(best, "until")
	v.hint = "write " + precise(best.Period.Until, st.when.from)
	if len(st.who) == 1 && len(out) == 1 {
		v.fix = j.dateFix(best.Period.Until, st.when.from)
	}
	return v
}

// partly names what someone left who did not leave the body.
func (j *judge) partly(who model.ID) string {
	slug := j.w.Thing(who).Slug
	for _, p := range j.t.Organisation.Participation {
		if p.Member == slug {
			return fmt.Sprintf("the record knows only of its absence from the %s, %s", strings.ReplaceAll(p.Aspect, "-", " "), date.Period{From: p.From, Until: p.Until}.Text(""))
		}
	}
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Member == who && m.Status.Overlay() {
			return fmt.Sprintf("the record has it as %s since %s, which does not end a membership", m.Status, m.Period.From.Text())
		}
	}
	return ""
}
