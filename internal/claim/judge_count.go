package claim

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"entente/internal/date"
	"entente/internal/fact"
	"entente/internal/model"
)

// fits reports whether a count of members may be what the author says.
func (st *Statement) fits(r model.Range) bool {
	return r.High >= st.num.lo+st.minus && r.Low <= st.num.hi+st.minus
}

// style writes a number as the author wrote his.
func (st *Statement) style(n int, ordinal bool) string {
	said := st.words()
	c, _ := utf8.DecodeRuneInString(said)
	var out string
	switch {
	case unicode.IsDigit(c) && ordinal:
		return fact.ShortOrdinal(n)
	case unicode.IsDigit(c):
		return strconv.Itoa(n)
	case ordinal:
		out = fact.Ordinal(n)
	default:
		out = fact.Words(n)
	}
	if unicode.IsUpper(c) {
		return strings.ToUpper(out[:1]) + out[1:]
	}
	return out
}

func rangeText(r model.Range) string {
	if r.Exact() {
		return strconv.Itoa(r.Low)
	}
	return fmt.Sprintf("%d to %d", r.Low, r.High)
}

// said gives the words of the number, with what they count.
func (j *judge) said() string {
	what := "members"
	if j.st.minus == 1 {
		what = "allies of one member"
	}
	return fmt.Sprintf("%s has %s %s", j.t.Label(), j.st.words(), what)
}

func (j *judge) count() verdict {
	st, o := j.st, j.t.Organisation
	if o == nil || !o.MembersComplete || len(j.w.Steps(j.t.ID)) == 0 {
		return unknown
	}
	switch {
	case st.when.mode == always && st.tense == present:
		return j.countNow()
	case st.when.mode == always:
		return j.countEver()
	case st.when.mode == atStart:
		from, _ := o.Founded.Bounds()
		return j.countOn([]date.Day{from}, dayText(from))
	case st.when.mode == since:
		return j.countSince()
	}
	from, to := j.window(st.when)
	if from > j.asOf() {
		return unknown
	}
	v := j.countOn(j.days(j.t.ID, from, to), j.whenText())
	if v.is == wrong && st.when.mode == before {
		for _, s := range j.w.Steps(j.t.ID) {
			if s.Day < from && st.fits(s.Count) {
				return unknown
			}
		}
	}
	return v
}

// whenText writes the time of a statement.
func (j *judge) whenText() string {
	w := j.st.when
	text := w.from.Text()
	switch w.mode {
	case until, before:
		return "before " + text
	case after:
		return "after " + text
	case between:
		return text + " to " + w.to.Text()
	}
	if w.from.Exact() {
		return "on " + text
	}
	return "in " + text
}

// countNow judges a count said of the present.
func (j *judge) countNow() verdict {
	st := j.st
	v := verdict{says: j.said()}
	if j.w.Ended(j.t.ID) {
		if st.rel == counts && (st.compound || st.bare) {
			return j.countEver()
		}
		v.is, v.was = stale, "at most until its end"
		v.data = fmt.Sprintf("its end, %s", j.t.Organisation.Dissolved.Text())
		v.related = j.related("ended", "dissolved")
		v.hint = "write it in the past, with its day"
		return v
	}
	day := j.w.Day(j.t.ID)
	have := j.w.CountMembers(j.t.ID, day)
	if st.fits(have) {
		return fine
	}
	right := model.Range{Low: have.Low - st.minus, High: have.High - st.minus}
	v.data = fmt.Sprintf("%s on %s", rangeText(right), dayText(day))
	v.related = j.lastChange(day)
	v.hint = j.binding(right)
	if right.Exact() && st.num.exact {
		v.fix = j.bound(right.Low)
	}
	if was := j.lastTrue(); was != "" {
		v.is, v.was = stale, was
		return v
	}
	v.is = wrong
	return v
}

// expression is the bound fact for the count.
func (j *judge) expression() string {
	f := "members.count"
	if j.st.minus == 1 {
		f = "allies.count"
	}
	return j.t.Slug + "." + f
}

// bound gives the words that bind a count, in the author's style.
func (j *judge) bound(n int) string {
	words := j.st.words()
	c, _ := utf8.DecodeRuneInString(words)
	switch {
	case unicode.IsUpper(c):
		return j.st.style(n, false)
	case unicode.IsDigit(c):
		return "[[= " + j.expression() + "]]"
	}
	return "[[= " + j.expression() + " as words]]"
}

func (j *judge) binding(r model.Range) string {
	if !r.Exact() {
		return "give the day, or a range"
	}
	return fmt.Sprintf("write %s, or bind the figure so that it follows the data: %s", j.st.style(r.Low, false), j.bound(r.Low))
}

// lastTrue says when a count was last right.
func (j *judge) lastTrue() string {
	steps := j.w.Steps(j.t.ID)
	for i := len(steps) - 1; i >= 0; i-- {
		if !j.st.fits(steps[i].Count) {
			continue
		}
		first := i
		for first > 0 && j.st.fits(steps[first-1].Count) {
			first--
		}
		text := "from " + steps[first].Date.Text()
		if i+1 < len(steps) {
			text += " until " + steps[i+1].Date.Text()
		}
		return text
	}
	return ""
}

// countEver judges a count said of the past without a day.
func (j *judge) countEver() verdict {
	if !j.st.num.exact || j.st.minus != 0 {
		return unknown
	}
	steps := j.w.Steps(j.t.ID)
	var seen []string
	for _, s := range steps {
		if j.st.fits(s.Count) {
			return fine
		}
		if n := rangeText(s.Count); s.Count.High > 0 && (len(seen) == 0 || seen[len(seen)-1] != n) {
			seen = append(seen, n)
		}
	}
	if len(seen) > 4 {
		seen = []string{"counts from " + seen[0], "to " + rangeText(model.Range{Low: highest(steps), High: highest(steps)}) + " but never this one"}
	}
	return verdict{is: wrong, says: fmt.Sprintf("%s had %s members", j.t.Label(), j.st.words()), data: strings.Join(seen, ", "), related: j.related("the members", "members")}
}

func highest(steps []model.Step) int {
	n := 0
	for _, s := range steps {
		n = max(n, s.Count.High)
	}
	return n
}

// countOn judges a count said of some day among several.
func (j *judge) countOn(days []date.Day, text string) verdict {
	st := j.st
	var last, all model.Range
	for i, d := range days {
		last = j.w.CountMembers(j.t.ID, d)
		if st.fits(last) {
			return fine
		}
		if all.Low = min(all.Low, last.Low); i == 0 {
			all.Low = last.Low
		}
		all.High = max(all.High, last.High)
	}
	if st.when.mode == between {
		last = all
	}
	if st.when.mode == until || st.when.mode == before {
		last = j.w.CountMembers(j.t.ID, days[0])
	}
	right := model.Range{Low: last.Low - st.minus, High: last.High - st.minus}
	v := verdict{is: wrong, says: fmt.Sprintf("%s had %s members %s", j.t.Label(), st.words(), text), data: rangeText(right)}
	if right.Low <= 0 && right.High <= 0 {
		v.data = "no members then"
		v.related = j.related("founded", "founded")
		return v
	}
	v.related = j.lastChange(days[len(days)-1])
	if right.Exact() {
		v.hint = fmt.Sprintf("write %s, or bind the figure: [[= %s on DAY]]", st.style(right.Low, false), j.expression())
		if st.num.exact && len(days) <= 2 {
			v.fix = st.style(right.Low, false)
		}
	}
	return v
}

// countSince judges "has had 32 members since 2024".
func (j *judge) countSince() verdict {
	st := j.st
	if j.w.Ended(j.t.ID) {
		return unknown
	}
	day := j.w.Day(j.t.ID)
	if !st.fits(j.w.CountMembers(j.t.ID, day)) {
		c := *st
		c.when, c.tense = when{}, present
		k := *j
		k.st = &c
		return k.countNow()
	}
	if !st.num.exact {
		return fine
	}
	from, to := st.when.from.Bounds()
	for _, d := range j.days(j.t.ID, from, min(to, day)) {
		if st.fits(j.w.CountMembers(j.t.ID, d)) {
			return fine
		}
	}
	steps := j.w.Steps(j.t.ID)
	for i := len(steps) - 1; i >= 0; i-- {
		if i == 0 || !st.fits(steps[i-1].Count) {
			right := steps[i].Date
			st.start, st.end = st.when.start, st.when.end
			return verdict{is: wrong, says: fmt.Sprintf("%s has had %s members since %s", j.t.Label(), st.whole[st.num.start:st.num.end], st.when.from.Text()),
				data: fmt.Sprintf("that count since %s", right.Text()), related: j.lastChange(day), hint: "write " + precise(right, st.when.from)}
		}
	}
	return unknown
}

// lastChange points at the membership that last changed the count.
func (j *judge) lastChange(day date.Day) (list []related) {
	best, index, field := date.Day(date.MinDay), -1, "from"
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Status != model.Member {
			continue
		}
		for _, e := range []struct {
			d     date.Date
			field string
		}{{m.Period.From, "from"}, {m.Period.Until, "until"}} {
			if e.d.IsZero() {
				continue
			}
			if lo, _ := e.d.Bounds(); lo <= day && lo > best {
				best, index, field = lo, m.Index, e.field
			}
		}
	}
	if index < 0 {
		return j.related("the members", "members")
	}
	what := "joined"
	if field == "until" {
		what = "left"
	}
	m := j.t.Organisation.Members[index]
	return j.related(fmt.Sprintf("last change of the count: %s %s", m.Member, what), "members", index, field)
}

func (j *judge) overlap() verdict {
	st := j.st
	a, b := j.t, j.w.Thing(st.other)
	if a.Organisation == nil || b.Organisation == nil || !a.Organisation.MembersComplete || !b.Organisation.MembersComplete || st.tense == past && st.when.mode == always {
		return unknown
	}
	day := min(j.w.Day(a.ID), j.w.Day(b.ID))
	if st.when.mode == in {
		_, day = st.when.from.Bounds()
		if day > j.asOf() {
			return unknown
		}
	} else if st.when.mode != always {
		return unknown
	}
	common := func(d date.Day) model.Range {
		return j.w.Members(a.ID, d, model.Member).And(j.w.Members(b.ID, d, model.Member)).Count()
	}
	have := common(day)
	if st.fits(have) {
		return fine
	}
	if j.otherStanding(a.ID) || j.otherStanding(b.ID) {
		return unknown // who takes part need not be a full member
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s members of %s in %s", st.words(), b.Label(), a.Label()), data: fmt.Sprintf("%s on %s", rangeText(have), dayText(day)), related: j.lastChange(day)}
	v.related = append(v.related, b.Origin.Related("the other members", "members"))
	v.hint = fmt.Sprintf("write %s, or bind it: [[= (%s.members & %s.members).count]]", st.style(have.Low, false), a.Slug, b.Slug)
	if st.when.mode == always {
		for _, s := range append(j.w.Steps(a.ID), j.w.Steps(b.ID)...) {
			if s.Day < day && st.fits(common(s.Day)) {
				v.is, v.was = stale, "once"
			}
		}
		if have.Exact() && st.num.exact && unicode.IsDigit(rune(st.words()[0])) {
			v.fix = fmt.Sprintf("[[= (%s.members & %s.members).count]]", a.Slug, b.Slug)
		}
	}
	return v
}

func (j *judge) founded() verdict {
	st := j.st
	var ok []int
	path := "members"
	if o := j.t.Organisation; o != nil {
		if n := len(j.w.Founders(j.t.ID)); n > 0 && o.MembersComplete {
			ok = append(ok, n)
		}
	}
	if tr := j.t.Treaty; tr != nil {
		n := 0
		for _, p := range tr.Parties {
			if p.Signed.IsZero() && p.Acceded.IsZero() || p.Signed == tr.Signed {
				n++
			}
		}
		if n > 0 && tr.PartiesComplete {
			ok = append(ok, n)
		}
		path = "parties"
		if b, found := j.w.Lookup(tr.Organisation); found && b.Organisation != nil && b.Organisation.Founded == tr.Signed {
			if n := len(j.w.Founders(b.ID)); n > 0 {
				ok = append(ok, n)
			}
		}
	}
	if len(ok) == 0 {
		return unknown
	}
	for _, n := range ok {
		if st.fits(model.Range{Low: n, High: n}) {
			return fine
		}
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s founders of %s", st.words(), j.t.Label()), data: fmt.Sprintf("%d (%s)", ok[0], fact.Words(ok[0])), related: j.related("who they were", path),
		hint: "write " + st.style(ok[0], false)}
	if st.num.exact {
		v.fix = st.style(ok[0], false)
	}
	return v
}

func (j *judge) joiners() verdict {
	st := j.st
	if o := j.t.Organisation; o == nil || !o.MembersComplete {
		return unknown
	}
	for _, m := range j.w.MembersOf(j.t.ID) {
		if m.Status == model.Member && !m.Period.From.Exact() && date.Same(m.Period.From, st.when.from) == date.Unknown {
			return unknown
		}
	}
	have := len(j.w.JoinersIn(j.t.ID, st.when.from))
	if lo, _ := j.t.Organisation.Founded.Bounds(); true {
		if from, to := st.when.from.Bounds(); from <= lo && lo <= to {
			return unknown
		}
	}
	if st.fits(model.Range{Low: have, High: have}) {
		return fine
	}
	v := verdict{is: wrong, says: fmt.Sprintf("%s joined %s %s", st.words(), j.t.Label(), j.whenText()), data: fmt.Sprintf("%d (%s)", have, fact.Words(have)), related: j.lastChange(func() date.Day { _, d := st.when.from.Bounds(); return d }()),
		hint: "write " + st.style(have, false)}
	if have > 0 {
		v.fix = st.style(have, false)
	}
	return v
}
