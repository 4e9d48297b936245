package claim

import (
	"entente/internal/model"
)

// compared reads who came in before whom: "joined ASEAN before Brunei", "was

// the first to enter NATO, five years ahead of Poland".

func (s *sentence) compared(v int, body model.ID, who []model.ID) {
	for k := v + 1; k+1 < len(s.t) && s.of[k] <= s.of[v]+1; k++ {
		st := Statement{rel: ahead, subject: body, who: who, tense: past}
		from := k + 1
		switch {
		case s.is(k, ";", "but", "while", "whereas"):
			return
		case s.is(k, "before"):
		case s.is(k, "after"):
			st.not = true
		case s.is(k, "ahead") && s.is(k+1, "of"):
			from++
		default:
			continue
		}
		others, next := s.stateList(from)
		if len(others) == 0 || next < len(s.t) && s.t[next].kind != point && !s.is(next, "did", "and", "in", "but", "which", "who") {
			continue
		}
		st.others = others
		s.add(st, k, next-1)
		return
	}
}

// followed reads "Sweden joined NATO in 2024, and Finland followed".

func (s *sentence) followed() {
	for _, i := range s.cues {
		if !s.is(i, "followed", "followed") || i+1 < len(s.t) && s.t[i+1].kind == name || s.is(i-1, "was", "were", "be") {
			continue
		}
		who := s.statesBefore(i)
		for _, st := range s.found {
			if who == nil || st.rel != joined || st.not || len(st.who) == 0 || st.who[0] == who[0] || st.start > s.t[i].start {
				continue
			}
			s.add(Statement{rel: ahead, subject: st.subject, who: st.who, others: who, tense: past}, i, i)
			if w := s.timeOf(i, i); w.mode == in && w.start > s.t[i].start {
				s.note(Statement{rel: joined, subject: st.subject, who: who, tense: past, when: w})
			}
			break
		}
	}
}

// nobody reports whether the subject of the verb at v is "nobody", "no member".

func (s *sentence) nobody(v int) bool {
	for k := v - 1; k >= s.part[s.of[v]].from; k-- {
		if s.is(k, "nobody") || s.is(k, "no") && s.is(k+1, "one", "member", "state", "country", "nation", "ally", "government", "signatory") || s.is(k, "none") && s.is(k+1, "of") {
			return !s.is(k-1, "almost", "that", "but")
		}
		if s.t[k].kind == word && !auxiliaries[s.t[k].w] && !adverb(s.t[k].w) && !s.manyStates(k) && !s.is(k, "one", "member", "state", "country", "nation", "ally", "government", "signatory", "its", "of", "the", "ever") {
			return false
		}
	}
	return false
}

// apart reads who stands aside from part of a body's work: "France remains

// outside the integrated military structure", "Denmark has an opt-out".

// standsApart notes that the subject of the verb at v takes no part in something.
