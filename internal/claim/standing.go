package claim

import (
	"entente/internal/model"
)

// observing reads who has a standing short of membership: "is an observer in
// ASEAN", "holds observer status at the SCO", "ASEAN's observers include".
func (s *sentence) observing(i int) {
	if s.is(i, "partner", "partners") && !s.is(i-1, "dialogue") || s.clouded(i) {
		return
	}
	right := i
	if s.is(right+1, "status", "seat", "standing", "rank", "state", "states", "member", "members", "country", "countries") {
		right++
	}
	body, k := model.None, i-1
	if s.is(right+1, "in", "of", "at", "to", "with", "on") {
		if body = s.objectBody(right + 2); body != model.None && s.structure(right+2) {
			return
		}
	}
	for s.is(k, "an", "a", "only", "still", "dialogue", "just", "mere", "the", "official", "permanent", "formal", "its", "one", "among", "of", "status", "rank") || k >= 0 && s.bodyID(s.t[k]) != model.None || body == model.None && s.ownerAt(k) != model.None {
		if body == model.None {
			if body = s.bodyID(s.t[k]); body == model.None {
				body = s.ownerAt(k)
			}
		}
		k--
	}
	if body == model.None && s.is(k, "as") {
		body = s.contextBody(k)
	}
	if body == model.None {
		return
	}
	st := Statement{rel: observes, subject: body, when: s.timeOf(i, right)}
	if st.when.mode != always && st.when.mode != since {
		return
	}
	if st.who = s.observers(i, right, k); st.who != nil {
		st.when = when{}
		s.add(st, i, right)
	}
}

// observers finds those of whom a standing is said in the present; what stands
// before its phrase ends at k.
func (s *sentence) observers(i, right, k int) []model.ID {
	switch {
	case s.is(k, "to", "remain") && s.is(k-1, "preferred", "prefers", "continues", "chosen", "chooses", "to"):
		if s.is(k, "remain") {
			k--
		}
		return s.statesBefore(k - 1)
	case s.is(k, "is", "remains", "are", "remain", "stays", "has", "have", "holds", "hold", "enjoys", "enjoy", "retains", "retain", "keeps", "keep"), s.is(k, "been") && s.is(k-1, "has", "have"):
		return s.statesBefore(k)
	case s.is(k, "as"):
		if p := s.part[s.of[k]]; p.verb >= 0 && p.verb < k && (p.tense == present || p.perfect) && s.is(p.verb, "sits", "attends", "takes", "participates", "has", "serves", "sit", "attend", "take", "participate", "have", "joins", "join") {
			return s.statesBefore(p.verb)
		}
	case s.is(k, ",", "(", "–") && k > 0 && s.is(k+1, "an", "a") && s.part[s.of[i]].tense == present:
		if who := s.statesAt(k-1, i); len(who) > 0 {
			return who[len(who)-1:]
		}
	case s.is(right+1, "include", "are") && k < 0:
		who, _ := s.stateList(right + 2)
		return who
	}
	return nil
}

// wishing reads "Sweden hopes to join NATO": who wants to come in is outside.
func (s *sentence) wishing() {
	for _, i := range s.cues {
		if !s.is(i, "hopes", "hope", "wants", "want", "aspires", "aspire", "seeks", "seek", "waits", "wait", "waiting", "hoping", "seeking", "aspiring", "wishes", "queuing", "applying", "remains", "remain") || !s.is(i+1, "to") {
			continue
		}
		k := i + 2
		switch {
		case s.is(i, "remains", "remain") && !s.is(k, "be"):
			continue
		case s.is(k, "join", "enter"):
			k++
		case s.is(k, "be") && s.is(k+1, "admitted", "accepted", "let", "received"):
			k += 2
			for s.is(k, "in", "into", "to") {
				k++
			}
		default:
			continue
		}
		p := s.part[s.of[i]]
		if p.tense == past || p.not || s.timeOf(i, k).mode == in {
			continue
		}
		body := s.objectBody(k)
		if body == model.None && s.contextObject(k) {
			body = s.contextBody(i)
		}
		if who := s.statesBefore(i); who != nil && body != model.None && !s.structure(k) {
			s.add(Statement{rel: belongs, subject: body, who: who, not: true}, i, i)
		}
	}
}

// waits gives the verb of "has yet to", "is still to" and "has still to" that
// governs the infinitive at v, -1 when none does.
func (s *sentence) waits(v int) int {
	if s.is(v-1, "be", "get") {
		v--
	}
	if !s.is(v-1, "to") || !s.is(v-2, "yet", "still") || !s.is(v-3, "has", "have", "is", "are") {
		return -1
	}
	return v - 3
}

// awaited reads "has yet to be admitted", "has yet to become a member"; the
// object begins at k.
func (s *sentence) awaited(v, k int) bool {
	verb := s.waits(v)
	if verb < 0 {
		return false
	}
	for s.is(k, "back", "again", "a", "full", "member", "as", "of", "in", "into", "to", "party", "the") {
		k++
	}
	body := model.None
	if k < len(s.t) && s.t[k].kind == name && !s.t[k].owner && !s.structure(k) {
		body = s.bodyID(s.t[k])
	} else if s.contextObject(k) || k < len(s.t) && bodyWord(s.t[k].w) {
		body = s.contextBody(v)
	}
	who := s.statesBefore(verb)
	if who == nil && body != model.None {
		who = s.inheritedStates(verb)
	}
	if body != model.None && who != nil {
		s.add(Statement{rel: belongs, subject: body, who: who, not: true}, v, v)
	}
	return true
}
