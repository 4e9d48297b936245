package claim

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/model"
)

// judgement is what the data say of a statement.
type judgement uint8

const (
	open  judgement = iota // the data cannot tell
	holds                  // it is true
	stale                  // it was true once
	wrong                  // it is false
)

// verdict is a judgement with its reasons.
type verdict struct {
	is      judgement
	says    string // what the author says: "31 members"
	data    string // what the data say instead
	was     string // when it was true
	hint    string
	fix     string // the words that mend it; "" when none is certain
	related []diag.Related
}

var (
	unknown = verdict{}
	fine    = verdict{is: holds}
)

// judge weighs statements against a world.
type judge struct {
	w  *model.World
	st *Statement
	t  *model.Thing // the subject
}

// Judge compares the statements of a page with the world and reports those
// that are stale or false, as warnings in the order of their places.
func Judge(w *model.World, text *file.Text, p *Page) []diag.Diagnostic {
	var list []diag.Diagnostic
	used := make([]bool, len(p.Marks))
	seen := map[[2]int]bool{}
	for i := range p.Statements {
		st := p.Statements[i]
		if st.mark >= 0 {
			m := p.Marks[st.mark]
			if m.kind == dateMark {
				used[st.mark] = true
				st.now = m.day()
			}
		}
		v := verdictOf(w, &st)
		if v.is != stale && v.is != wrong {
			continue
		}
		if st.mark >= 0 && p.Marks[st.mark].kind == reviewedMark {
			used[st.mark] = true
			continue
		}
		place := [2]int{st.span.Start, st.span.End}
		if seen[place] {
			continue
		}
		seen[place] = true
		list = append(list, v.diagnostic(text, st))
	}
	for i, m := range p.Marks {
		switch {
		case m.kind == faultyMark:
			list = append(list, diag.At(text, m.Span, diag.Warning, "claim-mark", fmt.Sprintf("cannot read the mark %q", m.Text), m.fault))
		case !used[i]:
			list = append(list, diag.At(text, m.Span, diag.Warning, "claim-mark", fmt.Sprintf("the mark %q changes nothing", m.Text), "take it out, or put it right after the sentence it is about"))
		}
	}
	return diag.Sort(list)
}

func (v verdict) diagnostic(text *file.Text, st Statement) diag.Diagnostic {
	rule, message := "claim-false", fmt.Sprintf("says %s; the data has %s", v.says, v.data)
	if v.is == stale {
		rule = "claim-stale"
		message = fmt.Sprintf("says %s, which was true %s; the data has %s", v.says, v.was, v.data)
	}
	d := diag.At(text, st.span, diag.Warning, rule, message, v.hint)
	d.Related = v.related
	if v.fix != "" && string(text.Bytes()[st.span.Start:st.span.End]) == st.words() {
		d.Fix = &diag.Fix{New: v.fix}
	}
	return d
}

// words are the words to be mended.
func (st *Statement) words() string { return st.whole[st.start:st.end] }

func verdictOf(w *model.World, st *Statement) verdict {
	if st.subject == model.None && st.rel == invoked {
		st.subject = onlyInvoked(w, st.place)
	}
	if st.rel == apart {
		st.subject = apartFrom(w, st)
	}
	if st.subject == model.None {
		return unknown
	}
	j := &judge{w: w, st: st, t: w.Thing(st.subject)}
	if !st.now.IsZero() && st.tense == present && st.when.mode == always {
		switch st.rel {
		case counts, belongs, overlap:
			c := *st
			c.when = when{mode: in, from: st.now}
			c.tense = past
			j.st = &c
		case newest, seated, lives, observes, held:
			return unknown
		}
	}
	if _, hi := j.st.when.from.Bounds(); j.st.when.mode == in && !j.st.when.from.IsZero() {
		lo, _ := j.st.when.from.Bounds()
		if lo > j.asOf() && hi > j.asOf() {
			return unknown
		}
	}
	if j.st.when.mode == hidden {
		return unknown
	}
	return j.weigh(st.rel)
}

// weigh judges by the relation.
func (j *judge) weigh(rel relation) verdict {
	switch rel {
	case counts:
		return j.count()
	case overlap:
		return j.overlap()
	case founders, signers:
		return j.founded()
	case joiners:
		return j.joiners()
	case began, signed, inForce:
		return j.beginning()
	case ended:
		return j.ending()
	case lives:
		return j.living()
	case belongs:
		return j.belonging()
	case joined, left:
		return j.moving()
	case founding:
		return j.founding()
	case observes:
		return j.observing()
	case ordinal:
		return j.ordinal()
	case newest, firstOut:
		return j.extreme()
	case withMany, withThose:
		return j.company()
	case seated, signedAt:
		return j.place()
	case held:
		return j.held()
	case clause:
		return j.clause()
	case invoked:
		return j.invoked()
	case military, principle:
		return j.kind()
	case roles:
		return j.roles()
	case suspended, restored:
		return j.suspension()
	case lasted:
		return j.lasting()
	case grewLast:
		return j.grewLast()
	case ahead:
		return j.ahead()
	case unleft:
		return j.unleft()
	case unjoined:
		return j.unjoined()
	case apart:
		return j.apart()
	}
	return unknown
}

// asOf is the last day of which the data speak.
func (j *judge) asOf() date.Day {
	day := j.w.AsOf
	if o := j.t.Organisation; o != nil && !o.AsOf.IsZero() {
		_, d := o.AsOf.Bounds()
		day = max(day, d)
	}
	return day
}

// window gives the days for which a dated statement may be meant.
func (j *judge) window(w when) (from, to date.Day) {
	from, to = w.from.Bounds()
	switch w.mode {
	case until, before:
		from--
	case in:
		if w.late {
			from = to
		}
	case after:
		to = min(to+366, j.asOf())
	case between:
		_, to = w.to.Bounds()
	}
	return from, min(to, j.asOf())
}

// steps gives the days of a window on which a count may change.
func (j *judge) days(body model.ID, from, to date.Day) []date.Day {
	days := []date.Day{from}
	for _, s := range j.w.Steps(body) {
		if s.Day > from && s.Day <= to {
			days = append(days, s.Day)
		}
	}
	if to > from {
		days = append(days, to)
	}
	return days
}

func dayText(d date.Day) string { return d.Date().Text() }

// mentions reports whether a remark of the record speaks of a year, and in
// the same clause of one of some matters, given by the beginnings of words.
func mentions(note string, d date.Date, matters ...string) bool {
	if d.IsZero() || note == "" {
		return false
	}
	year := fmt.Sprint(d.Year())
	for _, part := range strings.FieldsFunc(note, func(r rune) bool { return r == ';' || r == '.' }) {
		if !strings.Contains(part, year) {
			continue
		}
		if len(matters) == 0 {
			return true
		}
		for _, m := range matters {
			if strings.Contains(strings.ToLower(part), m) {
				return true
			}
		}
	}
	return false
}

// matters of beginnings and of ends.
var (
	starts = []string{"start", "beg", "sign", "found", "disagree", "creat", "decision", "force", "dat", "first", "works", "announc", "called"}
	joins  = []string{"give", "list", "date", "dating", "join", "acced", "admi", "announc", "opt-out", "works", "sources", "agreed"}
	ends   = []string{"end", "dissol", "ceas", "expir", "terminat", "disagree", "phase", "withdr", "exit", "left", "until"}
)

// ambiguousName reports whether the thing bears a name that history gave to
// several, and the date lies far from its own.
func (j *judge) ambiguousName(d, own date.Date) bool {
	slug := j.t.Slug
	if i := strings.LastIndexByte(slug, '-'); i < 0 || !isYear(slug[i+1:]) {
		return false
	}
	diff := d.Year() - own.Year()
	return diff > 25 || diff < -25
}

// agrees answers whether a date in the text may be a date of the data. A
// date that its source gives as approximate may be two years off.
func agrees(said, own date.Date) bool {
	if own.IsZero() {
		return false
	}
	if own.Approximate() {
		d := said.Year() - own.Year()
		return d >= -2 && d <= 2
	}
	if own.Uncertain() {
		return said.Year() == own.Year()
	}
	return date.Same(said, own) != date.No
}

// precise writes a date of the data no finer than the author wrote his.
func precise(own, said date.Date) string {
	switch {
	case said.Exact():
		return own.Text()
	case len(said.String()) > 4:
		return own.MonthText()
	}
	return strings.TrimSuffix(strings.TrimPrefix(own.YearText(), "c. "), "?")
}

func (j *judge) related(message string, path ...any) []diag.Related {
	return []diag.Related{j.t.Origin.Related(message, path...)}
}

// names writes a list of things.
func (j *judge) names(ids []model.ID) string {
	var list []string
	for _, id := range ids {
		list = append(list, j.w.Thing(id).Name)
	}
	if len(list) > 1 {
		return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
	}
	return strings.Join(list, "")
}

// kin gives the states that share a legal person or a territory with one:
// what is true of the one may be meant of the other.
func (j *judge) kin(id model.ID) []model.ID {
	s := j.w.Thing(id).State
	if s == nil {
		return nil
	}
	var ids []model.ID
	own := [][]string{s.Continues, s.ContinuedBy, s.SuccessorOf, s.SucceededBy, s.MergedInto}
	if !s.Exists.Until.IsZero() {
		// A state that has ceased is not meant by what came after it joined,
		// unless the two are one legal person: East Germany never was in NATO.
		own = [][]string{s.Continues, s.ContinuedBy, s.SuccessorOf}
	}
	for _, list := range own {
		for _, slug := range list {
			if t, ok := j.w.Lookup(slug); ok {
				ids = append(ids, t.ID)
			}
		}
	}
	for i := range j.w.Of(model.State) {
		t := &j.w.Of(model.State)[i]
		theirs := [][]string{t.State.Continues, t.State.ContinuedBy, t.State.SucceededBy, t.State.MergedInto}
		if s.Exists.Until.IsZero() {
			theirs = append(theirs, t.State.SuccessorOf)
		}
		for _, list := range theirs {
			if slices.Contains(list, j.w.Thing(id).Slug) {
				ids = append(ids, t.ID)
			}
		}
	}
	return ids
}
