package claim

import (
	"entente/internal/model"
	"entente/internal/prose"
)

// label is what the head of a column, or the word before a colon, says of the
// figures under it.
type label struct {
	rel   relation
	ok    bool
	body  model.ID // "joined NATO"
	when  when
	years bool // the figures are times: "year"
}

// labelWords are the nouns and participles of labels.
var labelWords = map[string]relation{
	"members": counts, "member": counts, "allies": counts, "membership": counts,
	"founders": founders, "founded": began, "established": began, "created": began, "formed": began, "launched": began, "foundation": began, "founding": began,
	"signed": signed, "signature": signed, "force": inForce,
	"dissolved": ended, "ended": ended, "disbanded": ended, "dissolution": ended, "end": ended,
	"joined": joined, "accession": joined, "acceded": joined, "admitted": joined, "entry": joined, "left": left, "withdrew": left, "withdrawal": left,
}

// labelFillers may stand beside them and change nothing.
var labelFillers = set("number", "of", "states", "countries", "nations", "state", "full", "the", "today", "now", "current", "currently", "in", "entry", "into", "to", "date", "year", "day", "when", "(", ")", ":", "-", "as", "present", "since", "from")

// labelOf reads a label. A word that it does not know makes it no label.
func (s *sentence) labelOf() label {
	l := label{body: model.None}
	found := false
	for i, t := range s.t {
		switch {
		case t.kind == name && s.bodyID(t) != model.None && l.body == model.None:
			l.body = s.bodyID(t)
		case t.kind == day && l.when.mode == always:
			l.when = when{mode: in, from: t.date}
		case t.kind != word && t.kind != point:
			return label{}
		default:
			rel, ok := labelWords[t.w]
			switch {
			case ok && !found, ok && t.w == "force" && l.rel == joined, ok && l.rel == counts && rel == began && t.w == "founding":
				l.rel, found = rel, true
			case ok && rel == counts && (l.rel == began && s.is(i-1, "founding") || l.rel == counts):
				if l.rel == began {
					l.rel = founders
				}
			case labelFillers[t.w]:
			default:
				return label{}
			}
		}
	}
	if found && l.rel == counts && s.between(0, len(s.t), "since", "from") {
		l.rel = joined // "member since"
	}
	l.years = !found && l.body == model.None && l.when.mode == always && s.between(0, len(s.t), "year", "date", "day", "when")
	l.ok = found
	return l
}

// named gives the one name that a cell consists of, apart from its article
// and a short form in brackets.
func (s *sentence) named() (meaning, bool) {
	what, n := nothing, 0
	for _, t := range s.t {
		switch {
		case t.kind == name && !t.owner:
			if n++; n == 1 {
				what = t.what
			} else if t.what != what {
				return nothing, false
			}
		case t.kind == word && t.w == "the", t.kind == point && (t.w == "(" || t.w == ")" || t.w == ":"):
		default:
			return nothing, false
		}
	}
	return what, n > 0
}

// value notes what a figure or a date under a label says of a subject. It
// begins at token i of the sentence and ends before token j.
func (s *sentence) value(l label, what meaning, home model.ID, i, j int) {
	for s.is(i, "c", "(", "in", "on", "(") {
		i++
	}
	for j > i+1 && s.is(j-1, "members", "states", "member", "allies", "countries", "nations", ")", ".", "today", "now", "in", "on") {
		j--
	}
	if j != i+1 || !l.ok {
		return
	}
	t := s.t[i]
	st := Statement{rel: l.rel, subject: what.body, when: l.when, tense: past}
	switch l.rel {
	case counts, founders:
		if t.kind != figure || t.value > 400 || st.subject == model.None {
			return
		}
		st.num = exactly(t)
		if l.rel == counts && l.when.mode == always {
			st.tense = present
		}
		if l.rel == founders {
			st.when = when{}
		}
		s.add(st, i, i)
		return
	case joined, left:
		st.who, st.subject = []model.ID{what.state}, l.body
		if st.subject == model.None {
			st.subject = home
		}
		if what.state == model.None {
			return
		}
	case signed, inForce:
		if what.treaty != model.None {
			st.subject = what.treaty
		}
	default:
		if st.subject == model.None {
			st.subject = what.treaty
		}
	}
	if t.kind != day || st.subject == model.None || l.when.mode != always {
		return
	}
	st.when = when{mode: in, from: t.date, start: t.start, end: t.end}
	s.note(st)
}

// cell is one cell of a table.
type cell struct {
	s        *sentence
	at, to   int
	passage  int
	row, col int
}

// table reads the table whose first cell is a passage, and gives the passage
// after it.
func (p *reading) table(t *model.Thing, first int, home *context, past bool) int {
	run := p.b.Running
	var cells []cell
	i := first
	for ; i < len(run.Passages) && run.Passages[i].Kind == prose.TableCell && (i == first || run.Passages[i].Row > 0 || run.Passages[i-1].Row == 0); i++ {
		ps := run.Passages[i]
		c := cell{at: int(ps.From), to: int(ps.To), passage: i, row: int(ps.Row), col: int(ps.Col)}
		c.s = &sentence{r: p.r, text: string(p.b.Plain[ps.From:ps.To]), context: home}
		c.s.t = p.r.tokens(c.s.text, p.hidden(c.at, c.to), nil)
		cells = append(cells, c)
	}
	heads, subjects := map[int]cell{}, map[int]cell{}
	dated := false
	for _, c := range cells {
		if c.row == 0 {
			heads[c.col] = c
			dated = dated || c.s.labelOf().years
		}
		if c.col == 0 {
			subjects[c.row] = c
		}
	}
	for _, c := range cells {
		head, ok := heads[c.col]
		side, ok2 := subjects[c.row]
		if c.row == 0 || c.col == 0 || !ok || !ok2 || len(c.s.t) == 0 {
			continue
		}
		p.meet(c, head.s, side.s, heads, home, past, dated)
		p.collect(t, c.s, c.at, c.to, c.passage)
	}
	return i
}

// meet reads a cell by the head of its column and the first cell of its row,
// whichever of the two is the label.
func (p *reading) meet(c cell, head, side *sentence, heads map[int]cell, home *context, past, dated bool) {
	l, turned := head.labelOf(), side.labelOf()
	what, isName := side.named()
	switch {
	case l.ok && isName:
		if l.rel == counts && l.when.mode == always && (past || dated) {
			return
		}
		c.s.value(l, what, home.body, 0, len(c.s.t))
	case l.ok && l.rel == counts && len(side.t) == 1 && side.t[0].kind == day && heads[0].s != nil && heads[0].s.labelOf().years:
		if l.body == model.None {
			l.body = home.body
		}
		l.when = when{mode: in, from: side.t[0].date}
		c.s.value(l, meaning{body: l.body}, l.body, 0, len(c.s.t))
	case turned.ok:
		what, isName := head.named()
		if !isName && c.col == 1 && len(heads) == 2 && home.body != model.None {
			what, isName = meaning{state: model.None, body: home.body, treaty: model.None, activity: model.None}, true
		}
		if isName && !(turned.rel == counts && turned.when.mode == always && past) {
			c.s.value(turned, what, home.body, 0, len(c.s.t))
		}
	}
}

// labelled reads "NATO: 32 members, founded 1949" and, on the page of a body,
// "Members: 32". Past says that what leads to it speaks of another time.
func (s *sentence) labelled(past func() bool) {
	colon := -1
	for i := range s.t {
		if s.is(i, ":", "–") || s.is(i, "-") && i > 0 && s.t[i].start > s.t[i-1].end {
			colon = i
			break
		}
	}
	if colon < 1 || colon > 6 {
		return
	}
	before := &sentence{r: s.r, text: s.text, t: s.t[:colon], context: s.context}
	if l := before.labelOf(); l.ok && s.context.body != model.None && l.rel != joined && l.rel != left {
		if l.rel != counts || !past() {
			s.value(l, meaning{state: model.None, body: s.context.body, treaty: model.None, activity: model.None}, s.context.body, colon+1, len(s.t))
		}
		return
	}
	what, ok := before.named()
	if !ok || what.body == model.None {
		return
	}
	from := colon + 1
	for i := from; i <= len(s.t); i++ {
		if i < len(s.t) && !s.is(i, ",", ";", ".") {
			continue
		}
		s.item(what, from, i, past())
		from = i + 1
	}
}

// item reads "32 members" and "founded 1949" of a thing.
func (s *sentence) item(what meaning, from, to int, past bool) {
	for i := from; i < to; i++ {
		if s.t[i].kind != figure && s.t[i].kind != day {
			continue
		}
		rest := &sentence{r: s.r, text: s.text, context: s.context}
		rest.t = append(append([]token(nil), s.t[from:i]...), s.t[i+1:to]...)
		if l := rest.labelOf(); l.ok && l.body == model.None && l.when.mode == always && !(past && l.rel == counts) {
			s.value(l, what, model.None, i, i+1)
		}
		return
	}
}
