package claim

import (
	"entente/internal/model"
)

// entering gives where the object of the infinitive at i begins, "to join", "to
// be admitted to", and whether it is one of leaving; 0 when it is neither.
func (s *sentence) entering(i int) (obj int, out bool) {
	k := i + 1
	for s.is(k, "have", "ever", "formally", "be", "been") {
		k++
	}
	switch {
	case s.is(k, "join", "enter", "accede", "joined", "entered", "acceded"):
		return k + 1, false
	case s.is(k, "leave", "quit", "withdraw", "left", "withdrawn"):
		return k + 1, true
	case s.is(k, "admitted", "accepted", "received", "taken", "let") && s.is(k-1, "be", "been"):
		for k++; s.is(k, "in") && !s.is(k+1, "the"); k++ {
		}
		return k, false
	case s.is(k, "take") && s.is(k+1, "its", "a") && s.is(k+2, "seat", "place"), s.is(k, "become") && s.is(k+1, "a") && s.is(k+2, "member"):
		return k + 3, false
	case s.is(k, "come", "get") && s.is(k+1, "in", "into", "aboard"):
		return k + 2, false
	}
	return 0, false
}

// ranks reads "the first state to leave NATO", "the thirty-second country to
// join NATO", "the latest country to join NATO".
func (s *sentence) ranks() {
	for i := range s.t {
		if !s.is(i, "to") || i == 0 {
			continue
		}
		obj, out := s.entering(i)
		if obj == 0 {
			continue
		}
		noun := i - 1
		k := noun
		for s.is(k, "state", "country", "member", "nation", "ally", "one", "states", "countries", "european", "nordic", "founding") || k > 0 && s.t[k].kind == name && s.bodyID(s.t[k]) != model.None {
			k--
		}
		for j := noun; s.manyStates(noun) && j > 0 && j > noun-6; j-- {
			if s.is(j-1, "first") && s.is(j, "of") { // "the first of the new members to enter"
				k = j - 1
			}
		}
		if k < 0 {
			continue
		}
		body := s.objectBody(obj)
		if body == model.None && s.contextObject(obj) {
			body = s.contextBody(i)
		}
		if body == model.None || s.structure(obj) {
			continue
		}
		st := Statement{subject: body}
		if !s.ranked(&st, k, noun, out) {
			continue
		}
		s.rankedAs(st, i, k, obj)
	}
}

// ranked reads the word that ranks: the first, the tenth, the latest.
func (s *sentence) ranked(st *Statement, k, noun int, out bool) bool {
	switch {
	case s.is(k, "first") || s.t[k].kind == order && s.t[k].value == 1:
		if out && k != noun-1 && k != noun || s.is(noun, "european", "nordic") && out {
			return false
		}
		if st.rel = firstOut; !out {
			st.rel = ahead // only whom it came in before is said
		}
	case s.t[k].kind == order && !out:
		st.rel, st.num = ordinal, exactly(s.t[k])
	case s.is(k, "newest", "latest", "last") || s.is(k, "recent") && s.is(k-1, "most"):
		st.rel = newest
		return !out
	default:
		return false
	}
	return true
}

// rankedAs finds who holds the rank that the word at k gives, and notes it.
func (s *sentence) rankedAs(st Statement, i, k, obj int) {
	v := k - 1
	for s.is(v, "the", "most", "its") {
		v--
	}
	if s.part[s.of[i]].unsure || s.part[s.of[i]].not {
		return
	}
	end := obj
	for s.is(end, "the", "to", "into", "in") {
		end++
	}
	switch {
	case s.is(v, "is", "was", "became", "are", "were", "remains", "being"):
		st.who = s.statesBefore(v)
		if s.is(v, "being") && v > 0 {
			st.who, _, _ = s.listEnding(v - 1)
		}
		if s.is(v, "was", "were", "became") {
			st.tense = past
		}
	case s.is(v, ",") && v > 0:
		st.who = s.statesAt(v-1, i)
	case s.is(end+1, "was", "is") && s.is(0, "the"):
		st.who = s.statesFrom(end + 2)
		if s.is(end+1, "was") {
			st.tense = past
		}
	}
	if st.who == nil || st.rel == newest && st.tense == past {
		return
	}
	if st.rel == ahead {
		s.compared(obj, st.subject, st.who)
		return
	}
	if w := s.timeOf(i, obj); st.rel == ordinal && w.mode == in { // "the tenth state to join ASEAN, in 1999"
		s.note(Statement{rel: joined, subject: st.subject, who: st.who, tense: past, when: w})
	}
	s.add(st, k, k)
}
