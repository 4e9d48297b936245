package claim

import (
	"entente/internal/model"
)

// being reads "is a member of NATO", "a founding member of NATO", "NATO
// member Sweden", "NATO's thirty-first member".
func (s *sentence) being(i int) {
	plural := s.is(i, "members", "allies", "founders", "signatories", "participants")
	founder := s.is(i, "founder", "founders", "signatory", "signatories")
	body, right := s.owner2(i)
	if body == model.None {
		return
	}
	// to the left: adjectives, an ordinal, the article
	rank, k := -1, i-1
	newestWord, former, other := false, false, false
	st := Statement{subject: body}
	for k >= 0 {
		switch t := s.t[k]; {
		case t.kind == order:
			rank = k
		case t.kind == name && s.bodyID(t) == body, t.kind == word && t.owner && bodyWord(t.w):
		case s.is(k, "founding", "original", "founder", "charter"):
			founder = true
		case s.is(k, "first"):
			rank = k
		case s.is(k, "newest", "latest", "youngest") || s.is(k, "recent") && s.is(k-1, "most"):
			newestWord = true
		case s.is(k, "former", "ex", "onetime", "erstwhile"):
			former = true
		case s.is(k, "non") && s.is(k+1, "-"):
			st.not = true
		case s.is(k, "associate", "observer", "dialogue", "partner", "likely", "honorary", "junior", "de", "facto", "suspended", "inactive", "provisional", "close", "key", "major", "staff", "parliamentary", "committee", "board", "team"):
			other = true
		case s.is(k, "a", "an", "the", "its", "of", "full", "most", "recent", "-", "eu", "one", "among", "member", "loyal", "long", "standing", "new", "only", "nordic", "european", "small", "smallest", "largest", "two", "three"):
		case t.kind == word && adverb(t.w) && !auxiliaries[t.w] && !s.is(k, "not", "never", "no", "longer", "still", "once", "now", "yet", "already", "also"):
		case t.kind == figure && (founder || plural && k > 0 && (s.t[k-1].owner || s.is(k-1, "the", "its")) && s.between(max(0, k-5), k, "one", "among")):
		default:
			goto out
		}
		k--
	}
out:
	if other {
		return
	}
	switch {
	case founder:
		st.rel = founding
	case newestWord:
		st.rel = newest
	case rank >= 0 && s.is(rank, "first"):
		return // read by ranks
	case rank >= 0:
		st.rel, st.num = ordinal, exactly(s.t[rank])
	default:
		st.rel = belongs
	}
	if former {
		if st.rel != belongs {
			return
		}
		st.tense, st.not = past, false
	}
	s.bearers(&st, i, right, k, rank, plural, former)
}

// owner2 gives the body of "member of NATO", "NATO member", "NATO's latest
// member", and the last token of the phrase.
func (s *sentence) owner2(i int) (model.ID, int) {
	k := i + 1
	if s.is(k, "state", "states", "country", "countries", "nation", "nations") {
		k++
	}
	if s.is(k, "of", "in") || s.is(k, "to") && s.is(i, "party", "parties") {
		j := k + 1
		for s.is(j, "the", "that", "this") {
			j++
		}
		if j < len(s.t) && (s.t[j].kind != name || !s.t[j].owner) {
			if id := s.resolve(j); id != model.None && !(j+1 < len(s.t) && s.is(j, "its", "their", "who", "which")) {
				return id, j
			}
		}
		if !(s.is(k, "in") && j < len(s.t) && s.t[j].kind == day) {
			return model.None, i
		}
	}
	if s.is(i, "member", "members") && s.contextObject(i+1) {
		j := i - 1
		for s.is(j, "a", "full", "members") {
			j--
		}
		if s.is(j, "became") {
			return s.contextBody(i), i
		}
	}
	for j := i - 1; j >= 0 && j > i-7; j-- {
		t := s.t[j]
		if s.is(j, "its") && s.is(j-1, "among", "of") { // "Sweden is among its members"
			return s.resolve(j), k - 1
		}
		if t.kind == name {
			if id := s.bodyID(t); id != model.None {
				return id, k - 1
			}
			return model.None, i
		}
		if t.owner && bodyWord(t.w) { // "the alliance's newest member"
			return s.ownerAt(j), k - 1
		}
		if t.kind == point && t.w != "-" || t.kind == word && auxiliaries[t.w] {
			break
		}
	}
	for j := i - 1; j > 0 && j > i-8 && s.t[j].kind != point; j-- {
		if s.is(j, "which") && s.is(j-1, "of") { // "NATO, of which it was a founding member"
			b := j - 2
			if s.is(b, ",") {
				b--
			}
			if b >= 0 {
				return s.bodyID(s.t[b]), i
			}
		}
	}
	if s.is(i-1, "newest", "latest", "youngest") && s.is(i-2, "the") {
		return s.contextBody(len(s.t)), i
	}
	return model.None, i
}

// bearers finds the states of which a phrase of membership is said.
func (s *sentence) bearers(st *Statement, i, right, k, rank int, plural, former bool) {
	words := i
	if rank >= 0 {
		words = rank
	}
	if s.is(k, "no", "longer") && s.is(k-1, "no") || s.is(k, "longer") {
		former = true
	}
	// "Sweden is a member", "Sweden became the thirty-second member"
	v := k
	for v >= 0 && s.t[v].kind == word && (adverb(s.t[v].w) || s.is(v, "among", "one", "of", "not", "never", "longer", "no", "yet")) && !auxiliaries[s.t[v].w] {
		v--
	}
	p := s.part[s.of[i]]
	if w := p.verb; s.is(v, "but", "though", "and") && s.is(v+1, "not") && w >= 0 && w < v && s.is(w, "is", "are", "remains") {
		if st.who = s.statesBefore(w); st.who != nil && !p.unsure { // "is a partner of NATO but not a member"
			st.not = true
			s.bearing(st, i, words)
		}
		return
	}
	if s.is(v, "become", "be") && s.awaited(v, right) {
		return
	}
	if s.is(v, "is", "are", "was", "were", "been", "remains", "remained", "became", "become", "becoming", "be") {
		if s.is(v, "be") && s.is(v-1, "to") && s.is(v-2, "continues", "continue") && !p.unsure {
			if st.who = s.statesBefore(v - 2); st.who == nil {
				st.who = s.inheritedStates(v)
			}
			if st.who != nil {
				s.bearing(st, i, words)
			}
			return
		}
		if p.unsure || s.is(v, "be", "becoming") || s.is(v-1, "to") || s.is(v-1, "there") {
			return
		}
		if st.who = s.statesBefore(v); st.who != nil {
			s.saidOf(st, v, i, right, words, former)
		}
		return
	}
	if st.who = s.apposed(st, i, right, k, plural, p); st.who == nil || p.unsure {
		return
	}
	if former {
		s.formerly(st, i)
		return
	}
	st.not = st.not || s.is(k+1, "not")
	if st.rel == belongs && p.tense == past {
		st.tense = past
	}
	if st.rel != founding {
		if st.when = s.timeOf(i, right); st.when.mode != since || st.when.start > s.t[right].end+8 {
			st.when = when{}
		}
	}
	s.bearing(st, i, words)
}

// saidOf notes a membership that the verb at v says of its subject.
func (s *sentence) saidOf(st *Statement, v, i, right, words int, former bool) {
	st.not = st.not || s.between(v, i, "no") || s.negated(i) || s.between(v, i, "not", "never") || s.between(max(0, v-3), v, "not", "never")
	if former && !st.not {
		s.formerly(st, i)
		return
	}
	if s.is(v, "was", "were", "became", "remained") || s.is(v, "been") && s.is(v-1, "had") || s.is(v-1, "had") {
		st.tense = past
	}
	st.when = s.timeOf(v, right)
	if s.is(v, "become", "became") && st.rel == belongs {
		st.rel = joined
	}
	if st.when.mode == always && (s.between(max(0, v-3), i, "never") || s.is(v, "been") && !st.not && s.is(v-1, "has", "have")) {
		st.tense = past
	}
	s.bearing(st, i, words)
}

// apposed finds the states that stand beside a phrase of membership, with no
// verb between them; nil when there are none.
func (s *sentence) apposed(st *Statement, i, right, k int, plural bool, p part) []model.ID {
	switch {
	case plural && s.is(right+1, "such", "including", "like"):
		return s.statesFrom(right + 1)
	case s.is(right+1, "include", "includes", "included", "are", "were", "is") && (k < 0 || s.is(k, ",")):
		who := s.statesFrom(right + 2)
		if s.is(right+2, "now", "currently", "still") {
			who = s.statesFrom(right + 3)
		}
		if who != nil && s.is(right+1, "included", "were") {
			st.tense = past
		}
		return who
	case plural && right == i && i+1 < len(s.t) && s.t[i+1].kind == name:
		return s.statesFrom(i + 1)
	case plural && st.rel == newest && s.is(right+1, ",", "–", "("):
		who, next := s.stateList(right + 2)
		if next < len(s.t) && s.t[next].kind == point {
			return who
		}
		return nil
	case s.is(k, "as") && k == 0:
		return s.stateAfter(i)
	case s.is(k, "as") && st.rel == founding && s.is(p.verb, "signed", "joined", "entered"):
		return s.statesBefore(p.verb)
	case s.is(k, ",", "(", "–") && k > 0:
		// "Iceland, a founding member of NATO, has no army"
		who := s.statesAt(k-1, i)
		if len(who) > 1 && !plural {
			who = who[len(who)-1:]
		}
		return who
	case right == i && i+1 < len(s.t) && !plural:
		// "NATO member Sweden", "NATO's newest member, Sweden,"
		j := i + 1
		if s.is(j, ",") {
			j++
		}
		if j < len(s.t) && s.t[j].kind == name && s.t[j].what.state != model.None && !s.t[j].owner && !s.is(j+1, "and") {
			return []model.ID{s.t[j].what.state}
		}
	}
	return nil
}

// bearing notes a statement of membership.
func (s *sentence) bearing(st *Statement, i, words int) {
	switch st.rel {
	case ordinal, newest, founding:
		if st.rel == ordinal && len(st.who) != 1 {
			return
		}
		if st.rel != founding && st.not {
			return
		}
		w := st.when
		if st.rel == ordinal && w.mode == in {
			j := *st
			j.rel = joined
			j.tense = past
			s.note(j)
		}
		st.when = when{}
		if st.rel == newest {
			if st.tense == past || w.mode != always {
				return
			}
		}
		s.add(*st, words, max(words, i))
		if st.rel == ordinal {
			last := &s.found[len(s.found)-1]
			last.start, last.end = s.t[words].start, s.t[words].end
		}
		return
	}
	if st.when.mode != always {
		if s.respectively() {
			return
		}
		s.note(*st)
		return
	}
	s.add(*st, i, i)
}

// formerly notes that states were members and are no longer.
func (s *sentence) formerly(st *Statement, i int) {
	now := *st
	now.not, now.tense = true, present
	now.when = when{}
	s.add(now, i, i)
	then := *st
	then.tense = past
	then.when = when{}
	s.add(then, i, i)
}

// statesFrom reads a list of states that begins after "such as", "including".
func (s *sentence) statesFrom(k int) []model.ID {
	for s.is(k, "such", "as", "including", "like", "the") {
		k++
	}
	var ids []model.ID
	for k < len(s.t) {
		if k+1 < len(s.t) {
			if list, n := s.stateEnding(k + 1); n == 2 {
				return append(ids, list...)
			}
		}
		if s.t[k].kind == name && s.t[k].what.state != model.None && !s.t[k].owner {
			ids = append(ids, s.t[k].what.state)
		} else if !s.is(k, ",", "and", "or", "the") {
			break
		}
		k++
	}
	return ids
}

// outside reads "remains outside NATO", "stays out of NATO".
func (s *sentence) outside(i int) {
	v := i - 1
	for s.is(v, "still", "well", "currently", "firmly", "formally") {
		v--
	}
	if !s.is(v, "remains", "remain", "remained", "stays", "stay", "stayed", "stands", "stand", "keeps", "keep", "is", "are", "was", "were") || s.part[s.of[i]].unsure {
		return
	}
	body := s.objectBody(i + 1)
	who := s.statesBefore(v)
	if body == model.None || who == nil || s.structure(i+1) {
		return
	}
	st := Statement{rel: belongs, subject: body, who: who, not: true, when: s.timeOf(i, i+1)}
	if s.is(v, "was", "were") || s.is(v, "remained", "stayed") && !s.is(v-1, "has", "have") {
		st.tense = past
	}
	s.bearing(&st, i, i)
}

// belonging reads "belongs to NATO", "has been in NATO since 2020"; the object
// begins at k.
func (s *sentence) belonging(v, k, at int) {
	not, silent := s.verbAt(v)
	if silent {
		return
	}
	for s.is(k, "both") {
		k++
	}
	body := s.objectBody(k)
	if body == model.None || s.structure(k) {
		return
	}
	who := s.statesBefore(v)
	if who == nil {
		return
	}
	if s.is(k-1, "both") || s.is(k-2, "both") {
		s.alsoBelonging(v, k, who)
	}
	st := Statement{rel: belongs, subject: body, who: who, not: not}
	if s.is(v, "belonged") || s.is(v-1, "had") || s.is(v, "in") && s.between(max(0, v-3), v, "was", "were") {
		st.tense = past
	}
	if s.is(v, "belonged") && s.is(v-1, "has", "have") && s.timeOf(v, k).mode == always {
		st.tense = past
	}
	st.when = s.timeOf(v, k)
	s.bearing(&st, at, at)
}

// alsoBelonging reads the second half of "belongs both to NATO and to the
// European Union".
func (s *sentence) alsoBelonging(v, k int, who []model.ID) {
	for k < len(s.t) && s.of[k] == s.of[v] && !s.is(k, "and") {
		k++
	}
	if k >= len(s.t) || !s.is(k, "and") {
		return
	}
	if body := s.objectBody(k + 1); body != model.None && !s.structure(k+1) && s.timeOf(v, k).mode == always {
		st := Statement{rel: belongs, subject: body, who: who, not: s.negated(v)}
		if s.is(v, "belonged") || s.is(v-1, "had") {
			st.tense = past
		}
		s.add(st, k, k+1)
	}
}
