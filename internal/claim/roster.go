package claim

import (
	"entente/internal/model"
)

// manyStates are nouns for several states at once.
func (s *sentence) manyStates(k int) bool {
	return s.is(k, "states", "countries", "nations", "powers", "republics", "members", "allies", "governments", "founders", "signatories", "kingdoms", "monarchies", "democracies", "neighbours",
		"newcomers", "entrants", "partners", "observers", "parties", "participants", "capitals")
}

// exemplars gives the states that a sentence names as those, or some of those,
// of whom the noun at k speaks: "seven states, among them Latvia, …", "two
// newcomers, Finland and Sweden, …", "six members are neutral: Austria, …".
func (s *sentence) exemplars(k int) []model.ID {
	if !s.manyStates(k) || s.between(max(0, k-5), k, "no", "none", "neither", "few", "without") {
		return nil
	}
	for j := k + 1; j+1 < len(s.t); j++ {
		switch {
		case s.is(j, ";", "but", "while", "whereas", "unlike", "except", "apart"):
			return nil
		case s.is(j, "including", "namely") || s.is(j, "among") && s.is(j+1, "them", "these"):
			from := j + 1
			for s.is(from, "them", "these", "was", "were", "are", "is", ",") {
				from++
			}
			if who := s.statesFrom(from); who != nil {
				return who
			}
			back := j - 1
			if s.t[back].kind == name {
				who, _, _ := s.listEnding(back)
				return who
			}
		case s.is(j, ":") || s.is(j, ",", "–", "(", "-") && j == k+1:
			if who, next := s.stateList(j + 1); len(who) > 1 && (next >= len(s.t) || s.t[next].kind == point) {
				return who
			}
		}
	}
	return nil
}

// listEnding gives the states of the list whose last one stands at k, the
// token before it, and whether a conjunction joins them.
func (s *sentence) listEnding(k int) (list []model.ID, before int, joined bool) {
	for k >= 0 {
		ids, n := s.stateEnding(k)
		if ids == nil {
			break
		}
		list = append(ids, list...)
		k -= n
		for s.is(k, "the", "both") {
			k--
		}
		if s.is(k, "and") && s.is(k-1, ",") {
			k, joined = k-2, true
		} else if s.is(k, ",", "and", "nor") {
			joined = joined || s.is(k, "and", "nor")
			k--
		} else {
			break
		}
	}
	return list, k, joined
}

// stateList reads a list of states from k and gives the token after it.
func (s *sentence) stateList(k int) ([]model.ID, int) {
	var ids []model.ID
	for k < len(s.t) {
		for s.is(k, "the") {
			k++
		}
		if k+1 < len(s.t) {
			if list, n := s.stateEnding(k + 1); n == 2 {
				ids, k = append(ids, list...), k+2
			} else if list, n := s.stateEnding(k); n == 1 {
				ids, k = append(ids, list...), k+1
			} else {
				return ids, k
			}
		} else if list, n := s.stateEnding(k); n == 1 {
			return append(ids, list...), k + 1
		} else {
			return ids, k
		}
		switch {
		case s.is(k, ",") && s.is(k+1, "and"):
			k += 2
		case s.is(k, "and"), s.is(k, ",") && s.listed(k+1):
			k++
		default:
			return ids, k
		}
	}
	return ids, k
}

// listed reports whether a state begins at k.
func (s *sentence) listed(k int) bool {
	for s.is(k, "the") {
		k++
	}
	if k >= len(s.t) {
		return false
	}
	ids, n := s.stateEnding(k)
	if n == 0 && k+1 < len(s.t) {
		ids, n = s.stateEnding(k + 1)
	}
	return len(ids) > 0 && n > 0
}

// ownerAt gives the body to which what follows belongs: "NATO's", "the
// alliance's", "its"; none when k ends no such word.
func (s *sentence) ownerAt(k int) model.ID {
	switch {
	case k < 0:
		return model.None
	case s.t[k].kind == name && s.t[k].owner:
		return s.bodyID(s.t[k])
	case s.is(k, "its", "their", "whose"), s.t[k].owner && bodyWord(s.t[k].w) && s.t[k].kind == word:
		if id := s.resolve(k); id != model.None {
			return id
		}
		return s.contextBody(len(s.t)) // "The alliance's newest member, Sweden, brings NATO"
	}
	return model.None
}

// standings are the nouns of a roster with what they say of those on it.
var standings = map[string]relation{"members": belongs, "allies": belongs, "founders": founding, "founding": founding, "signatories": founding, "observers": observes, "parties": belongs, "number": belongs, "ranks": belongs}

// roster reads "counts Ghana and Mali among its members" and "among the
// members of ECOWAS are Ghana and Mali".
func (s *sentence) roster() {
	for _, i := range s.cues {
		if !s.is(i, "among", "amongst") {
			continue
		}
		noun := i + 1
		for noun < len(s.t) && noun < i+7 && !s.is(noun, "members", "allies", "founders", "observers", "signatories", "number", "ranks") {
			noun++
		}
		rel, ok := relation(0), false
		if noun < len(s.t) {
			rel, ok = standings[s.t[noun].w]
		}
		if !ok || s.part[s.of[i]].unsure {
			continue
		}
		if s.is(noun-1, "founding", "original") {
			rel = founding
		}
		body, right := s.rosterBody(i, noun)
		if body == model.None {
			continue
		}
		v := i
		var who []model.ID
		if s.part[s.of[i]].from == i || i == 0 {
			for v = right + 1; s.is(v, ",", "now", "today", "still"); v++ {
			}
			if s.is(v, "is", "are", "was", "were") {
				v++
			} else if !s.is(v-1, ",") {
				continue
			}
			who, _ = s.stateList(v)
		} else if s.t[i-1].kind == name {
			who, _, _ = s.listEnding(i - 1)
			for v = i - 1; v > 0 && !s.is(v, "counts", "counted", "numbers", "numbered", "includes", "included", "has", "had", "lists", "listed", "have", "count", "number", "include"); v-- {
			}
			if v == 0 {
				continue
			}
		}
		if who == nil {
			continue
		}
		st := Statement{rel: rel, subject: body, who: who, when: s.timeOf(i, right), not: s.negated(v)}
		if s.is(v-1, "was", "were") || s.is(v, "counted", "numbered", "included", "had", "listed") {
			st.tense = past
		}
		s.bearing(&st, noun, noun)
	}
}

// rosterBody gives the body of "among its members", "among the members of
// NATO" and the last token of the phrase.
func (s *sentence) rosterBody(i, noun int) (model.ID, int) {
	if s.is(noun+1, "of", "at", "in") {
		j := noun + 2
		for s.is(j, "the") {
			j++
		}
		return s.objectBody(noun + 2), j
	}
	for k := noun - 1; k > i; k-- {
		if s.t[k].kind == name && !s.t[k].owner {
			return s.bodyID(s.t[k]), noun
		}
		if id := s.ownerAt(k); id != model.None {
			return id, noun
		}
	}
	return model.None, noun
}

// spelledOut reads a body whose members are its name in full: "The Five Eyes are Australia, Canada, …", "ANZUS (Australia,
// New Zealand and the United States)".
func (s *sentence) spelledOut() {
	for i := range s.t {
		body := s.bodyID(s.t[i])
		if body == model.None || s.t[i].owner || s.whole(i, body) == model.None {
			continue
		}
		k := i + 1
		switch {
		case s.is(k, "is", "are") && s.part[s.of[k]].verb == k:
			k++
		case s.is(k, "(", "–", "-", ",", ":"):
			for k++; s.is(k, "short", "for", "namely", "that", "is", "comprising", "meaning"); k++ {
			}
		default:
			continue
		}
		who, next := s.stateList(k)
		if len(who) < 2 || next < len(s.t) && s.t[next].kind != point || s.is(k-1, ",") && !s.is(k-2, "short", "for", "namely", "is") {
			continue
		}
		if p := s.part[s.of[i]]; p.unsure || p.not || s.is(k-1, "is", "are") && s.timeOf(i, k).mode != always || p.tense == past && s.t[k-1].kind != point && !s.is(k-1, "for") {
			continue
		}
		s.add(Statement{rel: belongs, subject: body, who: who, tense: past}, k, next-1)
	}
}
