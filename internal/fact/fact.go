// Package fact is the small language of bound facts: what stands between
// [[= and ]] is parsed, evaluated against the world for a day, and written
// as the author asked. A value that the data leaves open is written as a
// range, never guessed.
//
// The grammar:
//
//	fact   = expr [ "on" date ] [ "as" format ] [ "|" words ]
//	expr   = term { ("&" | "+" | "-") term }
//	term   = ( "(" expr ")" | [ id "." ] name [ "(" argument ")" ] ) { "." ( "count" | "first" | "last" ) }
//
// Functions lists the names; it is the table of contents of the language and
// the source of its help page. The package knows nothing of Markdown or HTML.
package fact

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/model"
	"entente/internal/prose"
)

// Value is what a fact came to.
type Value struct {
	Text     string   // as printed
	Machine  string   // for machines: "32", "1949-04-04"
	Why      string   // one sentence: how the value was found, and for which day
	Sources  []string // ids of sources
	Subject  model.ID // whose record says so; model.None when several do
	Fragment string   // part of the subject's page that shows it
	Time     bool     // Machine is the datetime of a time element
	Rows     []Row    // of "as table"; then Text is the same as a list
	OfPage   bool     // it is about the page on which it stands: elsewhere it may be another

	kind    valueKind
	count   model.Range
	date    date.Date
	set     model.Set
	text    string
	ids     []model.ID // the set as a list in its natural order
	order   []model.ID // the set from first to last; nil when it has no such order
	tied    func(a, b model.ID) bool
	periods []date.Period
}

// Row is one thing of a set written as a table.
type Row struct {
	Thing  model.ID
	Name   string
	Detail string // "since 4 April 1949"; may be empty
}

type valueKind uint8

const (
	textValue valueKind = iota
	countValue
	dateValue
	setValue
	periodValue
)

// Evaluate parses and evaluates what stands inside [[= … ]] on the page of a
// thing (or model.None).
func Evaluate(w *model.World, page model.ID, src string) (Value, []prose.Problem) {
	e := &evaluator{w: w, page: page, src: src}
	return e.run()
}

// evaluator walks the text of one fact.
type evaluator struct {
	w       *model.World
	page    model.ID
	src     string
	pos     int
	day     model.DayChoice
	format  string
	words   string
	wordsAt int
	ofPage  bool
	detail  func(model.ID) string // what a table says of each thing of the set
}

// failure carries a problem up from anywhere in the evaluation.
type failure struct{ problem prose.Problem }

func (e *evaluator) fail(start, end int, rule, message, hint string) failure {
	return failure{prose.Problem{Start: start, End: end, Severity: diag.Error, Rule: rule, Message: message, Hint: hint}}
}

// lacks is the failure of an expression that asks for what the data does not
// hold; all that ask for the same have one cause.
func (c call) lacks(what, message, hint string) *failure {
	f := c.e.fail(c.start, c.end, "FX006", message, hint)
	f.problem.Cause = "data " + c.t.Slug + " " + what
	return &f
}

// lacksMembership is that of an expression that asks for a membership.
func (c call) lacksMembership(who *model.Thing, message string) *failure {
	return c.lacks("member "+who.Slug, message, fmt.Sprintf("enter the membership in %s, or leave the sentence out", c.t.Origin.Text.Path))
}

func (e *evaluator) run() (v Value, problems []prose.Problem) {
	if f := e.split(); f != nil {
		return Value{Subject: model.None}, []prose.Problem{f.problem}
	}
	v, f := e.expr()
	if f == nil {
		e.skip()
		if e.pos < len(e.src) {
			bad := e.fail(e.pos, len(e.src), "FX001", fmt.Sprintf("cannot read %q here", strings.TrimSpace(e.src[e.pos:])), "write for example nato.members.count on 1999-03-12 as words")
			f = &bad
		}
	}
	if f == nil {
		f = e.write(&v)
	}
	if f != nil {
		return Value{Subject: model.None}, []prose.Problem{f.problem}
	}
	if e.words != "" {
		if p := e.compare(&v); p != nil {
			problems = append(problems, *p)
		}
		v.Text = e.words
	}
	v.OfPage = e.ofPage
	return v, problems
}

// split takes off the words after '|', the format after "as" and the day
// after "on", so that the expression is left.
func (e *evaluator) split() *failure {
	if i := strings.IndexByte(e.src, '|'); i >= 0 {
		e.words = strings.TrimSpace(e.src[i+1:])
		e.wordsAt = i + 1 + len(e.src[i+1:]) - len(strings.TrimLeft(e.src[i+1:], " \n\t"))
		e.src = e.src[:i]
	}
	if i := strings.LastIndex(e.src, " as "); i >= 0 {
		e.format = strings.TrimSpace(e.src[i+4:])
		if j := strings.Index(e.format, " on "); j >= 0 {
			e.src = e.src[:i] + e.format[j:] // "as words on DAY": either order will do
			e.format = strings.TrimSpace(e.format[:j])
		} else {
			e.src = e.src[:i]
		}
		if !slices.Contains(Formats(), e.format) {
			bad := e.fail(i+4, i+4+len(e.format), "FX004", fmt.Sprintf("no format %q", e.format), near(e.format, Formats(), "one of "+strings.Join(Formats(), ", ")))
			return &bad
		}
	}
	if i := strings.LastIndex(e.src, " on "); i >= 0 {
		text := strings.Trim(strings.TrimSpace(e.src[i+4:]), "'\"")
		d, err := date.Parse(text)
		if err != nil {
			derr := err.(*date.Error)
			bad := e.fail(i+4, len(e.src), "FX004", derr.Msg, derr.Hint)
			return &bad
		}
		_, last := d.Bounds()
		e.day = model.DayChoice{Day: last, Given: true}
		e.src = e.src[:i]
	}
	return nil
}

// Formats lists the ways a value can be written.
func Formats() []string {
	return []string{"number", "words", "ordinal", "year", "month", "date", "list", "table", "text"}
}

func near(word string, all []string, otherwise string) string {
	if n := diag.Nearest(word, all); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return otherwise
}

func (e *evaluator) skip() {
	for e.pos < len(e.src) && (e.src[e.pos] == ' ' || e.src[e.pos] == '\n' || e.src[e.pos] == '\t') {
		e.pos++
	}
}

// expr = term { op term }, from left to right.
func (e *evaluator) expr() (Value, *failure) {
	v, f := e.term()
	for f == nil {
		e.skip()
		if e.pos >= len(e.src) || !strings.ContainsRune("&+-", rune(e.src[e.pos])) {
			break
		}
		op, at := e.src[e.pos], e.pos
		e.pos++
		var r Value
		if r, f = e.term(); f == nil {
			v, f = e.combine(v, r, op, at)
		}
	}
	return v, f
}

func (e *evaluator) combine(a, b Value, op byte, at int) (Value, *failure) {
	if a.kind != setValue || b.kind != setValue {
		bad := e.fail(at, at+1, "FX001", fmt.Sprintf("%q works between sets of members", op), "write (a.members & b.members).count")
		return a, &bad
	}
	out := Value{kind: setValue, Subject: a.Subject, Fragment: a.Fragment, Sources: append(slices.Clone(a.Sources), b.Sources...)}
	out.Sources = distinct(out.Sources)
	switch op {
	case '&':
		out.set, out.Why = a.set.And(b.set), e.w.Words.Say("why.and", "a", a.Why, "b", b.Why)
	case '+':
		out.set, out.Why = a.set.Or(b.set), e.w.Words.Say("why.or", "a", a.Why, "b", b.Why)
	case '-':
		out.set, out.Why = a.set.Minus(b.set), e.w.Words.Say("why.but-not", "a", a.Why, "b", b.Why)
	}
	out.ids = byName(e.w, out.set.Certain)
	if op != '+' && a.order != nil {
		out.order = slices.DeleteFunc(slices.Clone(a.order), func(id model.ID) bool { return out.set.Has(id) != date.Yes })
		out.tied = a.tied
	}
	return out, nil
}

func distinct(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// term = ( "(" expr ")" | path ) { "." name }
func (e *evaluator) term() (Value, *failure) {
	e.skip()
	if e.pos < len(e.src) && e.src[e.pos] == '(' {
		e.pos++
		v, f := e.expr()
		if f != nil {
			return v, f
		}
		e.skip()
		if e.pos >= len(e.src) || e.src[e.pos] != ')' {
			bad := e.fail(e.pos, e.pos, "FX001", "a parenthesis is not closed", "")
			return v, &bad
		}
		e.pos++
		return e.suffixes(v)
	}
	start := e.pos
	name := e.name()
	if name == "" {
		bad := e.fail(start, min(start+1, len(e.src)), "FX001", "expected the id of a record", "write for example nato.members.count")
		return Value{}, &bad
	}
	subject, known := e.w.Lookup(name)
	if known && e.pos < len(e.src) && e.src[e.pos] == '.' {
		e.pos++
		start = e.pos
		name = e.name()
	} else if e.page != model.None && !known {
		e.ofPage = true
		subject = e.w.Thing(e.page)
		if _, fits := function(subject.Kind, name); !fits {
			subject = nil
		}
	} else if known {
		bad := e.fail(start, e.pos, "FX003", fmt.Sprintf("%q is a record; say what of it", name), "one of "+strings.Join(namesFor(subject.Kind), ", "))
		return Value{}, &bad
	}
	if subject == nil {
		bad := e.fail(start, start+len(name), "FX002", fmt.Sprintf("no record %q", name), e.nearestRecord(name))
		return Value{}, &bad
	}
	v, f := e.call(subject, name, start)
	if f != nil {
		return v, f
	}
	return e.suffixes(v)
}

func (e *evaluator) nearestRecord(name string) string {
	var all []string
	for i := range e.w.Things {
		if k := e.w.Things[i].Kind; k != model.Source && k != model.Topic {
			all = append(all, e.w.Things[i].Slug)
		}
	}
	return near(name, all, "")
}

// name reads an identifier: letters, digits, hyphens, underscores.
func (e *evaluator) name() string {
	start := e.pos
	for e.pos < len(e.src) {
		c := e.src[e.pos]
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 'A' && c <= 'Z' ||
			c == '-' && e.pos > start && e.pos+1 < len(e.src) && e.src[e.pos+1] != ' ' {
			e.pos++
			continue
		}
		break
	}
	return e.src[start:e.pos]
}

// call evaluates one function of a subject.
func (e *evaluator) call(t *model.Thing, name string, start int) (Value, *failure) {
	fn, ok := function(t.Kind, name)
	if !ok {
		names := namesFor(t.Kind)
		bad := e.fail(start, start+len(name), "FX003", fmt.Sprintf("%s %q has no %q", t.Kind.Noun(), t.Slug, name),
			near(name, names, "one of "+strings.Join(names, ", ")))
		return Value{}, &bad
	}
	arg, argAt := "", e.pos
	if e.pos < len(e.src) && e.src[e.pos] == '(' && fn.Argument != "" {
		end := strings.IndexByte(e.src[e.pos:], ')')
		if end < 0 {
			bad := e.fail(e.pos, len(e.src), "FX001", "a parenthesis is not closed", "")
			return Value{}, &bad
		}
		arg, argAt = strings.Trim(strings.TrimSpace(e.src[e.pos+1:e.pos+end]), "'\""), e.pos+1
		e.pos += end + 1
	}
	if fn.Argument != "" && arg == "" {
		bad := e.fail(start, e.pos, "FX001", fmt.Sprintf("%s needs %s in parentheses", name, fn.Argument), "write for example "+fn.Example)
		return Value{}, &bad
	}
	c := call{e: e, t: t, arg: arg, argAt: argAt, day: e.day.For(e.w, t.ID), start: start, end: e.pos}
	v, f := fn.eval(c)
	if f != nil {
		return v, f
	}
	if v.Sources == nil {
		v.Sources = t.Sources
	}
	return v, nil
}

// suffixes applies .count, .first and .last to what came before.
func (e *evaluator) suffixes(v Value) (Value, *failure) {
	for e.pos < len(e.src) && e.src[e.pos] == '.' {
		at := e.pos + 1
		e.pos++
		switch name := e.name(); {
		case name == "count" && v.kind == setValue:
			v.kind, v.count = countValue, v.set.Count()
		case name == "count" && v.kind == countValue:
		case (name == "first" || name == "last") && v.kind == setValue && len(v.ids) > 0:
			v = e.end(v, name == "last")
		default:
			bad := e.fail(at, e.pos, "FX003", fmt.Sprintf("no %q here", name), near(name, []string{"count", "first", "last"}, "a set has count, first and last"))
			return v, &bad
		}
	}
	return v, nil
}

// end gives those who stand first or last in a set; several when they came or
// went on one day.
func (e *evaluator) end(v Value, last bool) Value {
	order := slices.Clone(v.order)
	if order == nil {
		order = slices.Clone(v.ids)
	}
	if last {
		slices.Reverse(order)
	}
	n := 1
	for v.tied != nil && n < len(order) && v.tied(order[0], order[n]) {
		n++
	}
	ids := order[:n]
	why := e.w.Words.Say("why.first", "why", v.Why)
	if last {
		why = e.w.Words.Say("why.last", "why", v.Why)
	}
	out := Value{kind: setValue, set: listed(ids).Or(model.Set{}), ids: ids, Subject: v.Subject, Fragment: v.Fragment, Why: why, Sources: v.Sources}
	out.ids = byName(e.w, out.ids)
	return out
}

// byName sorts things as a list shows them.
func byName(w *model.World, ids []model.ID) []model.ID {
	ids = slices.Clone(ids)
	slices.SortStableFunc(ids, func(a, b model.ID) int { return strings.Compare(w.Thing(a).Name, w.Thing(b).Name) })
	return ids
}
