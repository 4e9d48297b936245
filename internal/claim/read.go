package claim

import (
	"bytes"
	"slices"

	"entente/internal/file"
	"entente/internal/model"
	"entente/internal/prose"
)

// Read reads the composed page of a thing.
func (r *Reader) Read(t *model.Thing, b *prose.Body) *Page {
	run := b.Running
	if run == nil {
		return &Page{}
	}
	p := &reading{r: r, b: b, page: &Page{}, sentence: sentence{r: r}, bound: boundRanges(run, len(b.Plain))}
	if list, ok := r.spare.Get().(*[]token); ok {
		p.toks = *list
	}
	defer func() {
		toks := p.toks[:0] // by itself: the page is not to live as long
		r.spare.Put(&toks)
	}()
	p.marks(t)
	home := r.home(t)
	p.lead = none
	for i := 0; i < len(run.Passages); i++ {
		ps := run.Passages[i]
		c := home
		switch ps.Kind {
		case prose.Quotation:
			continue
		case prose.HeadingText:
			p.heading(t, i, &c)
			p.leads(i)
			continue
		case prose.TableCell:
			i = p.table(t, i, &c, p.past()) - 1
			continue
		case prose.Paragraph:
			p.leads(i)
		}
		p.now = ps.Lead >= 0 && r.leadNow(b.Plain[run.Passages[ps.Lead].From:run.Passages[ps.Lead].To])
		p.passage(t, i, &c)
	}
	return p.page
}

// heading reads a heading. One without a verb is of the time of which the
// text below it speaks.
func (p *reading) heading(t *model.Thing, i int, c *context) {
	run := p.b.Running
	n := len(p.page.Statements)
	p.now = false
	p.leads(none)
	p.passage(t, i, c)
	if len(p.page.Statements) == n {
		return
	}
	below := false
	for k := i + 1; k < len(run.Passages) && run.Passages[k].Kind == prose.Paragraph; k++ {
		list := prose.Sentences(p.b.Plain[run.Passages[k].From:run.Passages[k].To])
		below = len(list) > 0 && p.r.ofThePast(list[0])
		break
	}
	kept := p.page.Statements[:n]
	for _, st := range p.page.Statements[n:] {
		if st.rel != counts && st.rel != belongs || st.when.mode != always || !below {
			kept = append(kept, st)
		}
	}
	p.page.Statements = kept
}

const none = -1

// leads notes the passage that leads to what follows: a heading or a paragraph.
func (p *reading) leads(passage int) { p.lead, p.leadRead = passage, false }

// past reports whether what leads to a table or a list speaks of another
// time. Few pages ask, and only of few passages.
func (p *reading) past() bool {
	if !p.leadRead {
		p.leadRead, p.leadPast = true, false
		if p.lead != none {
			ps := p.b.Running.Passages[p.lead]
			p.leadPast = p.r.ofThePast(p.b.Plain[ps.From:ps.To])
		}
	}
	return p.leadPast
}

// ofThePast reports whether the last sentence of a text bears a date or a
// verb of the past.
func (r *Reader) ofThePast(plain []byte) bool {
	list := prose.Sentences(plain)
	if len(list) == 0 {
		return false
	}
	for _, t := range r.tokens(string(list[len(list)-1]), nil, nil) {
		if t.kind == day || t.kind == opaque || t.kind == word && (t.class&pastVerb != 0 || t.w == "then" || t.w == "former" || t.w == "early") {
			return true
		}
	}
	return false
}

// reading is one page being read.
type reading struct {
	r    *Reader
	b    *prose.Body
	page *Page
	toks []token
	hide []stretch

	sentence sentence // the one being read

	bound []stretch // what is not the author's own
	now   bool      // what leads to the list speaks of the present

	lead               int // the passage that leads to this one
	leadRead, leadPast bool
}

// home is what "the alliance" means on the page of a thing.
func (r *Reader) home(t *model.Thing) context {
	c := context{body: model.None, treaty: model.None, born: model.None}
	about := []*model.Thing{t}
	if t.Kind == model.Topic {
		about = nil
		for _, slug := range t.Page.Header.About {
			if a, ok := r.w.Lookup(slug); ok {
				about = append(about, a)
			}
		}
	}
	bodies, treaties := 0, 0
	for _, a := range about {
		switch a.Kind {
		case model.Organisation:
			bodies++
			c.body = a.ID
		case model.Treaty:
			treaties++
			c.treaty = a.ID
		case model.State:
			c.state = append(c.state, a.ID)
		}
	}
	if bodies > 1 {
		c.body = model.None
	}
	if treaties > 1 {
		c.treaty = model.None
	}
	if len(c.state) > 1 {
		c.state = nil
	}
	return c
}

// stretch is a half-open range of bytes.
type stretch struct{ from, to int }

func boundRanges(run *prose.Running, end int) []stretch {
	var list []stretch
	for i, r := range run.Runs {
		if !r.Bound {
			continue
		}
		to := end
		if i+1 < len(run.Runs) {
			to = int(run.Runs[i+1].Plain)
		}
		for _, p := range run.Passages {
			if int(p.From) <= int(r.Plain) && int(r.Plain) < int(p.To) {
				to = min(to, int(p.To))
			}
		}
		list = append(list, stretch{int(r.Plain), to})
	}
	return list
}

// leadNow reports whether the text that leads to a list speaks of the present.
func (r *Reader) leadNow(plain []byte) bool {
	if !bytes.HasSuffix(bytes.TrimSpace(plain), []byte(":")) {
		return false
	}
	list := prose.Sentences(plain)
	if len(list) == 0 {
		return false
	}
	s := &sentence{r: r, text: string(list[len(list)-1]), context: &context{body: model.None, treaty: model.None, born: model.None}}
	s.t = r.tokens(s.text, nil, nil)
	if len(s.t) == 0 || s.t[len(s.t)-1].w != ":" {
		return false
	}
	s.split()
	return !s.doubtful() && s.part[0].tense == present && s.part[0].verb >= 0
}

// passage reads the sentences of one block.
func (p *reading) passage(t *model.Thing, index int, c *context) {
	ps := p.b.Running.Passages[index]
	plain := p.b.Plain[ps.From:ps.To]
	for n, text := range prose.Sentences(plain) {
		at := int(ps.From) + cap(plain) - cap(text) // the sentences are parts of plain
		s := &p.sentence
		s.begin(string(text), c, p.now)
		p.toks = p.r.tokens(s.text, p.hidden(at, at+len(text)), p.toks[:0])
		s.t = p.toks
		p.vouched(s, at, int(ps.To), ps.Kind)
		s.read()
		if n == 0 && len(s.found) == 0 && (ps.Kind == prose.ListItem || ps.Kind == prose.Paragraph) {
			s.labelled(p.past)
		}
		p.collect(t, s, at, at+len(text), index)
		if len(s.t) > 0 {
			s.after(c)
		}
	}
}

// vouched counts a sentence that gives figures by what stands behind them. A
// citation vouches for what its paragraph says up to it.
func (p *reading) vouched(s *sentence, from, end int, kind prose.PassageKind) {
	if kind != prose.Paragraph && kind != prose.ListItem && kind != prose.NoteText {
		return
	}
	free, bound := false, false
	for i, t := range s.t {
		free = free || t.kind == day || t.kind == figure && !s.is(i-1, "article", "articles", "art", "chapter", "protocol")
		bound = bound || t.kind == opaque && t.w == ""
	}
	cites := p.b.Running.Cites
	i, _ := slices.BinarySearch(cites, int32(from+1))
	cited := i < len(cites) && int(cites[i]) <= end
	f := &p.page.Figures
	switch {
	case free && (cited || kind == prose.NoteText):
		f.Sourced++
	case free:
		f.Free++
	case bound:
		f.Bound++
	}
}

// hidden gives the parts of a stretch of Plain that are not the author's, in
// bytes from its beginning.
func (p *reading) hidden(from, to int) []stretch {
	p.hide = p.hide[:0]
	for _, b := range p.bound {
		if b.from >= to || b.to <= from || b.from == b.to {
			continue
		}
		h := stretch{max(b.from, from) - from, min(b.to, to) - from}
		if n := len(p.hide); n > 0 && h.from <= p.hide[n-1].to {
			p.hide[n-1].to = max(p.hide[n-1].to, h.to)
			continue
		}
		p.hide = append(p.hide, h)
	}
	return p.hide
}

// collect keeps what was found in a stretch of Plain.
func (p *reading) collect(t *model.Thing, s *sentence, from, to, passage int) {
	for _, st := range s.found {
		st.at = from
		st.span = p.b.Running.Place(from+st.start, from+st.end)
		st.now = t.Page.Header.Date
		st.mark = p.covered(from, to, passage)
		p.page.Statements = append(p.page.Statements, st)
	}
}

// read finds the statements of the sentence.
func (s *sentence) read() {
	if len(s.t) < 3 || !s.worthwhile() {
		if len(s.t) > 0 {
			s.of = append(s.of[:0], make([]int, len(s.t))...)
			s.part = append(s.part[:0], part{from: 0, to: len(s.t), verb: -1})
		}
		return
	}
	s.split()
	if s.doubtful() {
		return
	}
	for i := range s.t {
		if s.t[i].class&cue != 0 {
			s.cues = append(s.cues, i)
		}
	}
	s.context.times = s.times()
	s.counted()
	s.life()
	s.existing()
	s.predicated()
	s.memberships()
	s.roster()
	s.madeBy()
	s.spelledOut()
	s.wishing()
	s.ranks()
	s.seats()
	s.exercises()
	s.running()
	s.throughIt()
	s.followed()
	s.followedLater()
	s.apart()
	s.boycotted()
	s.articles()
	s.composed()
	s.suspensions()
	s.durations()
	s.kinds()
	s.settle()
}

// worthwhile reports whether a sentence may say something that the data can
// judge: it names a thing, or points to one.
func (s *sentence) worthwhile() bool {
	for i := range s.t {
		t := &s.t[i]
		if t.kind == name && (t.what.body != model.None || t.what.treaty != model.None || t.what.activity != model.None) {
			return true
		}
		if t.w == "invoked" { // "Article 5 has been invoked once"
			return true
		}
	}
	if s.context.body == model.None && s.context.treaty == model.None {
		return false
	}
	for i := range s.t {
		t := &s.t[i]
		if t.kind != word {
			continue
		}
		if t.class&bodyNoun != 0 || t.w == "it" || t.w == "its" || t.w == "joined" || t.w == "treaty" || t.w == "article" || t.w == "left" || t.w == "they" || t.w == "which" || s.context.moved != nil && (t.w == "followed" || t.w == "did" || t.w == "came") {
			return true
		}
	}
	return false
}

// settle drops a statement whose words another one claims with more to say.
func (s *sentence) settle() {
	out := s.found[:0]
	for i, st := range s.found {
		double := false
		for j, o := range s.found[:i] {
			if o.rel == st.rel && o.subject == st.subject && o.start == st.start && o.end == st.end && j != i && len(o.who) == len(st.who) && o.not == st.not && o.tense == st.tense && o.when == st.when {
				double = true
			}
		}
		if !double {
			out = append(out, st)
		}
	}
	s.found = out
}

// Mark is a remark of the author for the checker.
type Mark struct {
	Text  string
	Span  file.Span
	kind  markKind
	from  int // the stretch of Plain that it covers
	to    int
	fault string // what cannot be read of it
}
