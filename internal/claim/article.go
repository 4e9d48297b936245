package claim

import (
	"entente/internal/model"
	"strconv"
)

// articles reads which article says what, and how often and when one was
// invoked.
func (s *sentence) articles() {
	for _, i := range s.cues {
		if !s.is(i, "article", "art") || i+1 >= len(s.t) || s.t[i+1].kind != figure {
			continue
		}
		if s.is(i+2, "(", "of") && s.is(i+2, "(") || s.is(i+2, "and", "to", "or", "–", "-") && i+3 < len(s.t) && s.t[i+3].kind == figure {
			continue
		}
		number := strconv.Itoa(s.t[i+1].value)
		treaty := s.treatyOf(i)
		if treaty == model.None {
			continue
		}
		if s.invocation(i, treaty) {
			continue
		}
		p := s.part[s.of[i]]
		if p.unsure || p.not || s.between(0, len(s.t), "not", "unlike", "contrast", "rather", "than", "whereas", "while", "never") {
			continue
		}
		if kind, ok := s.topic(i); ok {
			s.add(Statement{rel: clause, subject: treaty, place: number, topic: kind, num: exactly(s.t[i+1])}, i+1, i+1)
		}
	}
	s.invoking()
}

// treatyOf gives the treaty whose article is spoken of at i.
func (s *sentence) treatyOf(i int) model.ID {
	k := i + 2
	if s.is(k, "of") {
		k++
		for s.is(k, "the", "its") || k < len(s.t) && s.t[k].kind == day {
			k++
		}
		if k < len(s.t) && s.t[k].kind == name {
			return s.treatyFor(s.t[k])
		}
		if s.is(k, "treaty", "charter") {
			return s.context.treaty
		}
		return model.None
	}
	if i > 0 && s.t[i-1].kind == name && s.t[i-1].owner {
		return s.treatyFor(s.t[i-1])
	}
	found, named := model.None, false
	for _, t := range s.t {
		named = named || t.kind == name && (t.what.body != model.None || t.what.treaty != model.None)
		if t.kind != name {
			continue
		}
		if id := s.treatyFor(t); id != model.None {
			if found != model.None && found != id {
				return model.None
			}
			found = id
		}
	}
	if found == model.None && !named {
		return s.treatyFor(token{kind: name, what: meaning{body: s.context.body, treaty: s.context.treaty}})
	}
	return found
}

// treatyFor gives the treaty a name means, or the one a body was founded by.
func (s *sentence) treatyFor(t token) model.ID {
	if t.what.treaty != model.None {
		return t.what.treaty
	}
	if t.what.body == model.None {
		return model.None
	}
	o := s.r.w.Thing(t.what.body).Organisation
	for _, ob := range o.Obligations {
		if ob.Kind == "defence" {
			if tr, ok := s.r.w.Lookup(ob.Treaty); ok {
				return tr.ID
			}
		}
	}
	return model.None
}

// anyThing reports whether the sentence names a body or a treaty.
func (s *sentence) anyThing() bool {
	for _, t := range s.t {
		if t.kind == opaque || t.kind == name && (t.what.body != model.None || t.what.treaty != model.None) {
			return true
		}
	}
	return false
}

// topic gives the one kind of obligation that the sentence connects with the
// article.
func (s *sentence) topic(i int) (string, bool) {
	kind := ""
	articles := 0
	for k := range s.t {
		if s.is(k, "article", "articles") {
			articles++
		}
		for _, t := range topics {
			if s.phrase(k, t.words) {
				if kind != "" && kind != t.kind {
					return "", false
				}
				kind = t.kind
			}
		}
	}
	return kind, kind != "" && articles == 1
}

// invocation reports whether the sentence speaks of an invocation.
func (s *sentence) invocation(i int, treaty model.ID) bool {
	for k := range s.t {
		if s.is(k, "invoked", "invoke", "invocation", "triggered", "activated", "invoking", "invokes", "invocations") {
			return true
		}
	}
	return false
}

// invoking reads "article 5 has been invoked once", "was invoked in 2001".
func (s *sentence) invoking() {
	for v := range s.t {
		if !s.is(v, "invoked", "triggered", "activated") {
			continue
		}
		art := -1
		for i := range s.t {
			if s.is(i, "article") && i+1 < len(s.t) && s.t[i+1].kind == figure {
				if art >= 0 {
					return
				}
				art = i
			}
		}
		if art < 0 || s.part[s.of[v]].unsure {
			return
		}
		treaty := s.treatyOf(art)
		if treaty == model.None && (s.is(art+2, "of") || art > 0 && s.t[art-1].owner || s.anyThing()) {
			return // of something that is not known
		}
		st := Statement{rel: invoked, subject: treaty, place: strconv.Itoa(s.t[art+1].value), times: -1, tense: past}
		words := v
		for k := min(s.part[s.of[v]].from, max(0, v-4)); k < len(s.t) && k < v+9; k++ {
			switch {
			case s.is(k, "once") && s.of[k] == s.of[v]:
				st.times, words = 1, k
			case s.is(k, "twice"):
				st.times, words = 2, k
			case s.is(k, "times", "occasions") && k > 0 && s.t[k-1].kind == figure:
				st.times, words = s.t[k-1].value, k-1
			case s.is(k, "never") && k < v:
				st.times, words = 0, k
			}
		}
		if s.negated(v) && st.times != 0 {
			return
		}
		st.when = s.timeOf(v, max(v, art+1))
		if st.when.mode == before || st.when.mode == until {
			return
		}
		if st.times < 0 && st.when.mode == in {
			s.note(st)
			return
		}
		if st.times >= 0 {
			if st.when.mode == in && st.times > 1 {
				if !s.between(v, len(s.t), "again") {
					return
				}
				st.when = when{}
			}
			s.add(st, words, words)
		}
		return
	}
}
