package claim

import (
	"entente/internal/model"
)

// sharedSubject gives the states that are the subject of a verb after "and" or
// "but", where an unknown verb stands between: "Sweden and Finland cooperate
// with NATO but remain outside".
func (s *sentence) sharedSubject(v int) []model.ID {
	k := v - 1
	for k > 0 && s.t[k].kind == word && adverb(s.t[k].w) && !s.is(k, "yet") {
		k--
	}
	if !s.is(k, "and", "but", "yet", "though") {
		return nil
	}
	who, next := s.stateList(s.part[0].from)
	for next < k && s.t[next].kind == word && adverb(s.t[next].w) {
		next++
	}
	if next >= k || s.t[next].kind != word || s.t[next].capital || prepositions[s.t[next].w] || breakers[s.t[next].w] {
		return nil
	}
	for j := next; j < k; j++ {
		if ids, _ := s.stateEnding(j); ids != nil && s.is(j+1, "and", ",") {
			return nil // a list of others stands between
		}
	}
	return who
}

// move gives the one accession or withdrawal that the sentence tells of.
func (s *sentence) move() *Statement {
	var found *Statement
	for i := range s.found {
		st := &s.found[i]
		if st.rel != joined && st.rel != left || st.not {
			continue
		}
		if found != nil && (found.subject != st.subject || found.rel != st.rel) {
			return nil
		}
		found = st
	}
	moves, days := 0, 0
	for _, st := range s.found {
		if st.rel == joined || st.rel == left {
			moves++
		}
	}
	for _, t := range s.t {
		if t.kind == day {
			days++
		}
	}
	if found == nil || days > moves { // something else is told of, too
		return nil
	}
	m := *found
	return &m
}

// followedLater reads "Greece joined NATO in 1952. West Germany followed in
// 1955.", which does again what the sentence before told of.
func (s *sentence) followedLater() {
	m := s.context.moved
	if m == nil {
		return
	}
	for i := range s.t {
		k := i + 1
		switch {
		case s.is(i, "followed") && !s.is(i-1, "was", "were", "be"):
			if s.is(k, "suit") {
				k++
			}
		case s.is(i, "did") && (s.is(k, "so") || s.phrase(k, "the same") || s.is(k, "likewise")):
			if k++; s.is(k, "same") {
				k++
			}
		case s.is(i, "came") && s.is(k, "next", "later", "after", "last"):
			k++
		default:
			continue
		}
		for k < len(s.t) && s.t[k].kind == word && (adverb(s.t[k].w) || s.is(k, "years", "year", "later", "a", "few", "months")) || k < len(s.t) && s.t[k].kind == figure {
			k++
		}
		if s.is(k, ",") {
			k++
		}
		w := s.adjacent(k)
		who := s.statesBefore(i)
		if not, silent := s.verbAt(i); not || silent || who == nil || w.mode != in || s.bodyNamed() != model.None || !s.closes(w) {
			return
		}
		s.note(Statement{rel: m.rel, subject: m.subject, who: who, tense: past, when: w})
		return
	}
}

// closes reports whether nothing but a mark stands after a date.
func (s *sentence) closes(w when) bool {
	for k, t := range s.t {
		if t.end == w.end {
			return k+1 >= len(s.t) || s.t[k+1].kind == point
		}
	}
	return false
}

// declares reports whether a verb tells only that something was made known.
func declares(verb string) bool {
	return verb == "announced" || verb == "unveiled" || verb == "proclaimed"
}

// declared reports whether governments announced at i what came into being by
// that: "the leaders of Australia, Britain and the United States announced AUKUS".
func (s *sentence) declared(i int) bool {
	k := i + 1
	for s.is(k, "the") {
		k++
	}
	if k >= len(s.t) || s.t[k].kind != name || s.t[k].owner || s.structure(k) {
		return false
	}
	id := s.bodyID(s.t[k])
	if id == model.None {
		return false
	}
	o := s.r.w.Thing(id).Organisation
	return o.FoundedBasis == "declaration" && !s.between(0, i, "will", "would", "plans", "planned")
}

// understanding reports whether the name at k is of a body that is nothing but an
// agreement of states, so that it can be signed and concluded.
func (s *sentence) understanding(k int) bool {
	t := s.t[k]
	if t.what.body == model.None || s.structure(k) {
		return false
	}
	switch o := s.r.w.Thing(t.what.body).Organisation; o.Type {
	case "alliance", "entente", "partnership":
		return o.Seat == ""
	}
	return false
}
