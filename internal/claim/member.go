package claim

import (
	"entente/internal/model"
)

// memberships reads who is, was, became or ceased to be a member.
func (s *sentence) memberships() {
	for i := range s.t {
		t := s.t[i]
		if t.kind != word {
			continue
		}
		switch t.w {
		case "joined", "joins", "acceded", "entered", "join":
			s.joining(i, i+1)
		case "admitted", "accepted":
			if s.is(i-1, "was", "were", "been", "formally") && s.is(i+1, "to", "into", "as") {
				s.joining(i, i+2)
			}
		case "left", "leaves", "quit", "exited", "departed", "leave":
			s.leaving(i, i+1)
		case "withdrew", "withdrawn", "seceded", "resigned":
			if s.is(i+1, "from") {
				s.leaving(i, i+2)
			}
		case "pulled":
			if s.phrase(i+1, "out of") {
				s.leaving(i, i+3)
			}
		case "expelled", "ejected":
			if s.is(i+1, "from") {
				s.leaving(i, i+2)
			}
		case "accession", "admission", "entry":
			s.accession(i)
		case "member", "members", "ally", "allies", "founder", "founders", "signatory", "signatories":
			s.being(i)
		case "belongs", "belonged", "belong":
			if s.is(i+1, "to") {
				s.belonging(i, i+2, i)
			}
		case "been":
			if s.is(i+1, "in", "part") {
				s.belonging(i, i+2, i)
			}
		case "outside":
			s.outside(i)
		case "observer", "observers", "partner":
			s.observing(i)
		}
	}
}

// verbAt reports what limits the verb at i: whether it is denied, and whether
// it is no statement.
func (s *sentence) verbAt(i int) (not, silent bool) {
	p := s.part[s.of[i]]
	return s.negated(i), p.unsure
}

// joining reads a verb of accession; its object begins at k.
func (s *sentence) joining(v, k int) {
	not, silent := s.verbAt(v)
	if silent || s.is(v, "join") && !not || s.is(v-1, "to") {
		return
	}
	who := s.statesBefore(v)
	if who == nil {
		return
	}
	body := s.objectBody(k)
	if body == model.None && s.contextObject(k) {
		body = s.contextBody(v)
	}
	if body == model.None || s.structure(k) {
		return
	}
	st := Statement{rel: joined, subject: body, who: who, tense: past, not: not}
	if s.is(v, "joins") {
		return
	}
	st.when = s.timeOf(v, k)
	if st.when.mode == between {
		return
	}
	if !not {
		s.company(v, body, who)
	}
	s.member(st, v)
}

// member notes a statement about members; the words to be mended are the date
// where there is one.
func (s *sentence) member(st Statement, v int) {
	if st.when.mode != always && st.when.mode != atStart {
		if s.respectively() {
			return
		}
		s.note(st)
		return
	}
	s.add(st, v, v)
}

func (s *sentence) respectively() bool {
	for i := range s.t {
		if s.is(i, "respectively") {
			return true
		}
	}
	return false
}

// contextObject reports whether a verb has no object of its own: "joined in
// 1955".
func (s *sentence) contextObject(k int) bool {
	return k >= len(s.t) || s.t[k].kind == day || s.is(k, "in", "on", ".", ",", "with", "together", "as", "later", "alongside", "only", "before", "after", "from", "and", "it")
}

func (s *sentence) contextBody(v int) model.ID {
	found := model.None
	for k := 0; k < v; k++ {
		if id := s.bodyID(s.t[k]); id != model.None {
			if found != model.None && found != id {
				return model.None
			}
			found = id
		}
	}
	if found != model.None {
		return found
	}
	return s.context.body
}

// structure reports whether the object is a part of a body, such as its
// integrated command, and not the body.
func (s *sentence) structure(k int) bool {
	for s.is(k, "the", "to", "into", "from", "of", "in") {
		k++
	}
	if k+1 >= len(s.t) || s.t[k].kind != name {
		return false
	}
	if s.t[k].owner {
		return true
	}
	n := s.t[k+1]
	return n.kind == word && !s.is(k+1, "in", "on", "as", "and", "with", "together", "after", "before", "since", "until", "at", "by", "alongside", "only", "when", "from", "for", "but", "or", "because", "to",
		"under", "during", "twice", "later", "again", "while", "along", "last", "this", "without", "just", "four", "membership", "despite", "that", "who", "which", "over", "following", "early", "first", "nor", "instead", "formally", "officially", "shortly") && !adverb(n.w) || n.w == "-"
}

// company reads "with six other states", "together with Poland".
func (s *sentence) company(v int, body model.ID, who []model.ID) {
	for k := v + 1; k < len(s.t) && s.of[k] <= s.of[v]+1; k++ {
		if !s.is(k, "with", "alongside", "beside") {
			continue
		}
		j := k + 1
		if s.is(j, "the") {
			j++
		}
		if j < len(s.t) && s.t[j].kind == figure && len(who) == 1 {
			if s.is(j+1, "other", "others", "more", "further") {
				s.add(Statement{rel: withMany, subject: body, who: who, num: exactly(s.t[j])}, j, j)
			}
			return
		}
		var others []model.ID
		last := j
		for j < len(s.t) {
			if s.is(j, ",", "and", "the", "both") {
				j++
				continue
			}
			if s.t[j].kind != name || s.t[j].what.state == model.None || s.t[j].owner {
				break
			}
			others = append(others, s.t[j].what.state)
			last = j
			j++
		}
		if len(others) > 0 && s.is(last+1, ".", ",", "in", "on", ";", "that") || len(others) > 0 && last+1 >= len(s.t) {
			s.add(Statement{rel: withThose, subject: body, who: who, others: others}, k+1, last)
		}
		return
	}
}

// leaving reads a verb of withdrawal; its object begins at k.
func (s *sentence) leaving(v, k int) {
	not, silent := s.verbAt(v)
	if silent || s.is(v, "leave") && !not || s.is(v-1, "to") || s.is(v, "leaves") {
		return
	}
	body := s.objectBody(k)
	if body == model.None || s.structure(k) {
		return
	}
	who := s.statesBefore(v)
	if who == nil {
		return
	}
	st := Statement{rel: left, subject: body, who: who, tense: past, not: not}
	st.when = s.timeOf(v, k)
	s.member(st, v)
}

// accession reads "Sweden's accession to NATO in 2024", "the accession of
// Greece and Turkey to NATO in 1952".
func (s *sentence) accession(i int) {
	if p := s.part[s.of[i]]; p.unsure {
		return
	}
	var who []model.ID
	k := i + 1
	switch {
	case i > 0 && s.t[i-1].kind == name && s.t[i-1].owner && s.t[i-1].what.state != model.None:
		who = []model.ID{s.t[i-1].what.state}
		if s.is(i-2, "and") {
			return
		}
	case s.is(k, "of"):
		for k++; k < len(s.t); k++ {
			if s.t[k].kind == name && s.t[k].what.state != model.None && !s.t[k].owner {
				who = append(who, s.t[k].what.state)
			} else if !s.is(k, ",", "and", "the", "both") {
				break
			}
		}
	}
	if who == nil {
		return
	}
	body := model.None
	if s.is(k, "to", "into") {
		body = s.objectBody(k + 1)
		k += 2
		for s.is(k-1, "the") {
			k++
		}
	}
	if body == model.None {
		return
	}
	if w := s.adjacent(k); w.mode == in {
		s.note(Statement{rel: joined, subject: body, who: who, tense: past, when: w})
	}
}

// being reads "is a member of NATO", "a founding member of NATO", "NATO
// member Sweden", "NATO's thirty-first member".
func (s *sentence) being(i int) {
	plural := s.is(i, "members", "allies", "founders", "signatories")
	founder := s.is(i, "founder", "founders", "signatory", "signatories")
	body, right := s.owner2(i)
	if body == model.None {
		return
	}
	// to the left: adjectives, an ordinal, the article
	rank, k := -1, i-1
	newestWord, former, other := false, false, false
	for k >= 0 {
		switch t := s.t[k]; {
		case t.kind == order:
			rank = k
		case t.kind == name && s.bodyID(t) == body:
		case s.is(k, "founding", "original", "founder", "charter"):
			founder = true
		case s.is(k, "first"):
			rank = k
		case s.is(k, "newest", "latest", "youngest") || s.is(k, "recent") && s.is(k-1, "most"):
			newestWord = true
		case s.is(k, "former", "ex", "onetime", "erstwhile"):
			former = true
		case s.is(k, "associate", "non", "observer", "dialogue", "partner", "likely", "honorary", "junior", "de", "facto", "suspended", "inactive", "provisional", "close", "key", "major", "staff", "parliamentary", "committee", "board", "team"):
			other = true
		case s.is(k, "a", "an", "the", "its", "of", "full", "most", "recent", "-", "eu", "one", "among", "member", "loyal", "long", "standing", "new", "only", "nordic", "european", "small", "smallest", "largest", "two", "three"):
		case t.kind == word && adverb(t.w) && !auxiliaries[t.w] && !s.is(k, "not", "never", "no", "longer", "still", "once", "now", "yet", "already", "also"):
		case t.kind == figure && founder:
		default:
			goto out
		}
		k--
	}
out:
	if other {
		return
	}
	st := Statement{subject: body}
	switch {
	case founder:
		st.rel = founding
	case newestWord:
		st.rel = newest
	case rank >= 0 && s.is(rank, "first"):
		s.leavers(i, right, rank, k)
		return
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
	if s.is(k, "of", "in") {
		j := k + 1
		for s.is(j, "the") {
			j++
		}
		if j < len(s.t) && (s.t[j].kind != name || !s.t[j].owner) {
			if id := s.resolve(j); id != model.None && !(j+1 < len(s.t) && s.is(j, "its", "their", "who", "which")) {
				return id, j
			}
		}
		return model.None, i
	}
	for j := i - 1; j >= 0 && j > i-7; j-- {
		t := s.t[j]
		if t.kind == name {
			if id := s.bodyID(t); id != model.None {
				return id, k - 1
			}
			return model.None, i
		}
		if t.kind == point && t.w != "-" || t.kind == word && auxiliaries[t.w] {
			break
		}
	}
	return model.None, i
}

// bearers finds the states of which a phrase of membership is said.
func (s *sentence) bearers(st *Statement, i, right, k, rank int, plural, former bool) {
	p := s.part[s.of[i]]
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
	if s.is(v, "is", "are", "was", "were", "been", "remains", "remained", "became", "become", "becoming", "be") {
		if p.unsure || s.is(v, "be", "becoming") || s.is(v-1, "to") || s.is(v-1, "there") {
			return
		}
		st.who = s.statesBefore(v)
		if st.who == nil {
			return
		}
		st.not = s.negated(i) || s.between(v, i, "not", "never") || s.between(max(0, v-3), v, "not", "never")
		if former && !st.not {
			s.formerly(st, i)
			return
		}
		if s.is(v, "was", "were", "became", "remained") || s.is(v, "been") && s.is(v-1, "had") || s.is(v-1, "had") {
			st.tense = past
		}
		never := s.between(max(0, v-3), i, "never")
		st.when = s.timeOf(v, right)
		if s.is(v, "become", "became") && st.rel == belongs {
			st.rel = joined
		}
		if never && st.when.mode == always {
			st.tense = past
		}
		if s.is(v, "been") && st.when.mode == always && !st.not && s.is(v-1, "has", "have") {
			st.tense = past
		}
		s.bearing(st, i, words)
		return
	}
	if plural && s.is(right+1, "such", "including", "like") {
		st.who = s.statesFrom(right + 1)
	} else if s.is(k, ",", "(", "–") && k > 0 {
		// "Iceland, a founding member of NATO, has no army"
		st.who = s.statesAt(k-1, i)
		if len(st.who) > 1 && !plural {
			st.who = st.who[len(st.who)-1:]
		}
	} else if right == i && i+1 < len(s.t) && !plural {
		// "NATO member Sweden", "NATO's newest member, Sweden,"
		j := i + 1
		if s.is(j, ",") {
			j++
		}
		if j < len(s.t) && s.t[j].kind == name && s.t[j].what.state != model.None && !s.t[j].owner {
			st.who = []model.ID{s.t[j].what.state}
			if s.is(j+1, "and") {
				return
			}
		}
	}
	if st.who == nil || p.unsure {
		return
	}
	if former {
		s.formerly(st, i)
		return
	}
	st.not = s.is(k+1, "not")
	if st.rel == belongs && p.tense == past {
		st.tense = past
	}
	if st.rel != founding {
		st.when = s.timeOf(i, right)
		if st.when.mode != always && st.when.mode != since {
			if st.when.mode == in && st.tense == past && st.rel == belongs {
				st.when = when{}
			} else {
				st.when = when{}
			}
		}
	}
	s.bearing(st, i, words)
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
		if s.t[k].kind == name && s.t[k].what.state != model.None && !s.t[k].owner {
			ids = append(ids, s.t[k].what.state)
		} else if !s.is(k, ",", "and", "or", "the") {
			break
		}
		k++
	}
	return ids
}

// leavers reads "the first member to leave".
func (s *sentence) leavers(i, right, rank, k int) {
	j := right + 1
	if !s.is(j, "to") || !s.is(j+1, "leave", "quit", "withdraw") {
		return
	}
	s.first(i, j, k)
}

func (s *sentence) first(i, j, k int) {}

// ranks reads "the first state to leave NATO", "the thirty-second country to
// join NATO", "the latest country to join NATO".
func (s *sentence) ranks() {
	for i := range s.t {
		if !s.is(i, "to") || !s.is(i+1, "join", "leave", "quit", "withdraw", "enter", "accede") || i == 0 {
			continue
		}
		out := s.is(i+1, "leave", "quit", "withdraw")
		noun := i - 1
		k := noun
		for s.is(k, "state", "country", "member", "nation", "ally", "one", "states", "countries", "european", "nordic", "founding") || k > 0 && s.t[k].kind == name && s.bodyID(s.t[k]) != model.None {
			k--
		}
		if k < 0 {
			continue
		}
		obj := i + 2
		body := s.objectBody(obj)
		if body == model.None && s.contextObject(obj) {
			body = s.contextBody(i)
		}
		if body == model.None || s.structure(obj) {
			continue
		}
		st := Statement{subject: body}
		words := k
		switch {
		case s.t[k].kind == order && !s.is(k, "first") && s.t[k].value == 1 || s.is(k, "first") || s.t[k].kind == order && s.t[k].value == 1:
			if !out || k != noun-1 && k != noun || s.is(noun, "european", "nordic") {
				continue
			}
			st.rel = firstOut
		case s.t[k].kind == order && !out:
			st.rel, st.num = ordinal, exactly(s.t[k])
		case s.is(k, "newest", "latest", "last") || s.is(k, "recent") && s.is(k-1, "most"):
			if out {
				continue
			}
			st.rel = newest
		default:
			continue
		}
		v := k - 1
		for s.is(v, "the", "most", "its") {
			v--
		}
		if s.part[s.of[i]].unsure || s.part[s.of[i]].not {
			continue
		}
		if s.is(v, "is", "was", "became", "are", "were", "remains") {
			st.who = s.statesBefore(v)
			if s.is(v, "was", "were", "became") {
				st.tense = past
			}
		} else if s.is(v, ",", "as") && v > 0 && s.is(v, ",") {
			st.who = s.statesAt(v-1, i)
		} else if b := s.is(obj+1, "was", "is"); b && s.is(0, "the") {
			st.who = s.statesFrom(obj + 2)
		}
		if st.who == nil {
			continue
		}
		if st.rel == newest && st.tense == past {
			continue
		}
		s.add(st, words, words)
	}
}

// belonging reads "belongs to NATO", "has been in NATO since 2020"; the object
// begins at k.
func (s *sentence) belonging(v, k, at int) {
	not, silent := s.verbAt(v)
	if silent {
		return
	}
	body := s.objectBody(k)
	if body == model.None || s.structure(k) {
		return
	}
	who := s.statesBefore(v)
	if who == nil {
		return
	}
	st := Statement{rel: belongs, subject: body, who: who, not: not}
	if s.is(v, "belonged") || s.is(v-1, "had") {
		st.tense = past
	}
	if s.is(v, "belonged") && s.is(v-1, "has", "have") && s.timeOf(v, k).mode == always {
		st.tense = past
	}
	st.when = s.timeOf(v, k)
	s.bearing(&st, at, at)
}

// outside reads "remains outside NATO".
func (s *sentence) outside(i int) {
	if !s.is(i-1, "remains", "remained", "stays", "stayed", "stands", "is", "are", "was", "were") || s.part[s.of[i]].unsure {
		return
	}
	body := s.objectBody(i + 1)
	who := s.statesBefore(i - 1)
	if body == model.None || who == nil || s.structure(i+1) {
		return
	}
	st := Statement{rel: belongs, subject: body, who: who, not: true, when: s.timeOf(i, i+1)}
	if s.is(i-1, "remained", "stayed", "was", "were") {
		st.tense = past
	}
	s.bearing(&st, i, i)
}

// observing reads "is an observer in ASEAN".
func (s *sentence) observing(i int) {
	if s.is(i, "partner") && !s.is(i-1, "dialogue") || !s.is(i+1, "in", "of", "at") {
		return
	}
	body := s.objectBody(i + 2)
	v := i - 1
	for s.is(v, "an", "a", "only", "still", "dialogue", "just", "mere") {
		v--
	}
	if body == model.None || !s.is(v, "is", "remains", "are") || s.part[s.of[i]].unsure || s.part[s.of[i]].not {
		return
	}
	if who := s.statesBefore(v); who != nil && s.timeOf(i, i+2).mode == always {
		s.add(Statement{rel: observes, subject: body, who: who}, i, i)
	}
}
