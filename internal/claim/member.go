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
		case "joined", "joins", "acceded", "entered", "join", "rejoined":
			s.joining(i, i+1)
		case "admitted", "accepted":
			if s.awaited(i, i+1) {
				continue
			}
			if s.is(i-1, "was", "were", "been", "formally", "finally", "eventually", ",") && s.is(i+1, "to", "into", "as") {
				s.joining(i, i+2)
			} else if s.is(i-1, "was", "were", "been") && s.contextObject(i+1) {
				s.joining(i, i+1)
			} else {
				s.admitting(i)
			}
		case "left", "leaves", "quit", "exited", "departed", "leave":
			k := i + 1
			if s.is(k, "from") && !s.is(i, "left", "leaves") {
				k++
			}
			s.leaving(i, k)
		case "withdrew", "withdrawn", "seceded", "resigned", "expelled", "ejected":
			if s.is(i+1, "from") {
				s.leaving(i, i+2)
			}
		case "pulled", "walked", "dropped", "bowed", "backed", "stormed", "crashed", "stepped":
			if s.phrase(i+1, "out of") {
				s.leaving(i, i+3)
			}
		case "taken", "brought", "received", "absorbed", "ushered":
			if s.is(i+1, "into") {
				s.joining(i, i+2)
			}
		case "accession", "admission", "entry":
			s.accession(i, joined)
		case "withdrawal", "exit", "departure", "secession":
			s.accession(i, left)
		case "member", "members", "ally", "allies", "founder", "founders", "signatory", "signatories":
			s.being(i)
			s.givingUp(i)
		case "belongs", "belonged", "belong":
			if s.is(i+1, "to") {
				s.belonging(i, i+2, i)
			} else if s.phrase(i+1, "both to") {
				s.belonging(i, i+3, i)
			}
		case "signed", "came", "come", "got", "let", "comes":
			s.comingIn(i)
		case "joining", "leaving":
			s.gerund(i)
		case "welcomed", "took":
			s.admitting(i)
			s.takingOut(i)
			s.takingPart(i)
		default:
			s.standing(i)
		}
	}
}

// standing reads the nouns and phrases of membership.
func (s *sentence) standing(i int) {
	switch s.t[i].w {
	case "membership":
		s.dating(i)
		s.givingUp(i)
	case "enlargement", "expansion":
		if s.is(i-1, "latest", "last") || s.phrase(i-2, "most recent") {
			s.grownLast(i, s.owned(i))
		}
	case "enlarged", "expanded":
		if s.is(i-1, "last") {
			s.grownLast(i, s.bodyBefore(i))
		}
	case "addition", "recruit", "arrival", "entrant", "newcomer", "recruits", "additions", "arrivals", "entrants", "newcomers":
		if s.between(max(0, i-2), i, "newest", "latest", "youngest", "recent") {
			s.being(i)
		}
	case "participant", "participants":
		if s.is(i-1, "founding", "original") {
			s.being(i)
		}
	case "party", "parties":
		if s.is(i+1, "to") {
			s.being(i)
		}
	case "been", "in", "part":
		s.within(i)
	case "participates", "participate", "participated", "take", "takes":
		s.takingPart(i)
	case "outside":
		s.outside(i)
	case "out":
		if s.is(i+1, "of") && s.is(i-1, "stays", "stay", "remains", "remain", "keeps", "keep", "still") {
			s.outside(i)
		}
	case "observer", "observers", "partner", "partners":
		s.observing(i)
	}
}

// within reads "has been in NATO since 2004", "is in NATO", "is not part of
// NATO".
func (s *sentence) within(i int) {
	been := s.is(i, "been") && s.is(i+1, "in", "part")
	part := s.is(i, "part") && s.is(i+1, "of") && s.is(i-1, "is", "are", "was", "were", "not", "now", "still", "remains")
	switch {
	case been, part:
		s.belonging(i, i+2, i)
	case s.is(i, "in") && s.is(i-1, "is", "are", "was", "were", "not", "now", "still", "already", "yet", "never", "always", "long", "also", "remains", "remain", "stays", "remained", "stayed"):
		s.belonging(i, i+1, i)
	}
}

// comingIn reads the verbs of accession that are made of several words: "got
// into NATO", "signed up to SEATO", "came aboard in 1984", "let in Spain".
func (s *sentence) comingIn(i int) {
	switch {
	case s.is(i, "let") && s.awaited(i, i+1):
	case s.is(i, "let"):
		s.admitting(i)
		s.takingOut(i)
	case s.is(i, "signed") && s.is(i+1, "up", "on"):
		k := i + 2
		if s.is(k, "to", "for") {
			k++
		}
		s.joining(i, k)
	case s.is(i, "signed"):
		s.signing(i)
	case s.is(i, "got", "came", "come") && s.is(i+1, "into"), s.is(i, "came", "come", "got") && s.is(i+1, "aboard", "in") && s.contextObject(i+2) && !s.is(i+2, "only"):
		s.joining(i, i+2)
	case s.is(i, "came", "come", "got") && s.phrase(i+1, "on board") && !s.is(i+3, "only"):
		s.joining(i, i+3)
	}
}

// signing reads "Yugoslavia signed the Warsaw Treaty": whoever signs what
// founds a body becomes its member.
func (s *sentence) signing(v int) {
	k := v + 1
	for s.is(k, "the") || k < len(s.t) && s.t[k].kind == day {
		k++
	}
	not, silent := s.verbAt(v)
	if not || silent || k >= len(s.t) || s.t[k].kind != name || s.t[k].owner || s.t[k].what.treaty == model.None {
		return
	}
	if body, who := s.bodyID(s.t[k]), s.statesBefore(v); body != model.None && who != nil {
		s.add(Statement{rel: joined, subject: body, who: who, tense: past}, v, v)
	}
}

// verbAt reports what limits the verb at i: whether it is denied, and whether
// it is no statement.
func (s *sentence) verbAt(i int) (not, silent bool) {
	p := s.part[s.of[i]]
	return s.negated(i), p.unsure || s.is(i-1, "almost", "nearly", "all-but", "practically", "virtually")
}

// joining reads a verb of accession; its object begins at k.
func (s *sentence) joining(v, k int) {
	not, silent := s.verbAt(v)
	waiting := s.phrase(v-2, "yet to") && s.is(v-3, "has", "have")
	if silent || !waiting && (s.is(v, "join") && !not || s.is(v-1, "to")) {
		return
	}
	verb := v
	if waiting {
		not, verb = true, v-2
	}
	who, having := s.statesBefore(verb), s.between(max(0, v-2), v, "having")
	if who == nil && having && v < 4 {
		who = s.stateAfter(v) // "Having joined in 1999, Poland …"
	}
	if who == nil {
		if w := s.timeOf(v, k); s.nobody(v) && w.mode == since && s.objectBody(k) != model.None {
			s.note(Statement{rel: unjoined, subject: s.objectBody(k), tense: past, when: w})
		}
		return
	}
	body := s.objectBody(k)
	if s.is(k, "with", "together", "alongside") {
		for j := k + 1; j < s.part[s.of[v]].to && body == model.None; j++ { // "entered with Italy into the Triple Alliance"
			if s.is(j, "into", "to") {
				body = s.objectBody(j)
			}
		}
	}
	if body == model.None && s.contextObject(k) {
		if body = s.contextBody(v); body == model.None && having {
			body = s.bodyNamed()
		}
	}
	if body == model.None || s.structure(k) {
		return
	}
	st := Statement{rel: joined, subject: body, who: who, tense: past, not: not}
	if s.is(v, "joins") {
		return
	}
	if not && !st.never() && s.between(max(0, v-4), v, "has", "have") { // "has not joined"
		st.rel, st.tense = belongs, present
	}
	st.when = s.timeOf(v, k)
	if st.when.mode == between {
		return
	}
	if !not {
		s.company(v, body, who)
		s.coordinated(v, body, who, joined)
		s.compared(v, body, who)
	}
	s.member(st, v)
}

// gerund reads "since joining NATO in 2024, Sweden has …".
func (s *sentence) gerund(i int) {
	if !s.is(i-1, "since", "after", "before", "upon", "on", "by") || i > 3 || s.part[s.of[i]].unsure {
		return
	}
	body := s.objectBody(i + 1)
	who := s.stateAfter(i)
	if body == model.None || who == nil || s.structure(i+1) {
		return
	}
	st := Statement{rel: joined, subject: body, who: who, tense: past}
	if s.is(i, "leaving") {
		st.rel = left
	}
	for k := i + 1; k < len(s.t) && k < i+5; k++ {
		if w := s.adjacent(k); w.mode == in {
			st.when = w
			break
		}
	}
	s.member(st, i)
}

// admitting reads "NATO admitted the Baltic states in 2004".
func (s *sentence) admitting(v int) {
	k := v + 1
	if s.is(v, "took", "let") {
		if !s.is(k, "in") {
			return
		}
		k++
	}
	not, silent := s.verbAt(v)
	if silent || not {
		return
	}
	who := s.statesFrom(k)
	body := s.bodyBefore(v)
	if who == nil || body == model.None {
		return
	}
	st := Statement{rel: joined, subject: body, who: who, tense: past, when: s.timeOf(v, v)}
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

// bodyNamed gives the one body that the sentence names.
func (s *sentence) bodyNamed() model.ID {
	found := model.None
	for _, t := range s.t {
		if id := s.bodyID(t); id != model.None && id != found {
			if found != model.None {
				return model.None
			}
			found = id
		}
	}
	return found
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
		"under", "during", "twice", "later", "again", "while", "along", "last", "this", "without", "just", "four", "membership", "despite", "that", "who", "which", "over", "following", "early", "first", "nor", "instead", "formally", "officially", "shortly", "is", "was", "were", "are", "has", "had") && !adverb(n.w) || n.w == "-"
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
	if body == model.None && s.is(k, "in", "on") && k+1 < len(s.t) && s.t[k+1].kind == day {
		body = s.contextBody(v) // "turned its back on ECOWAS and left in 2025"
	}
	if body == model.None || s.structure(k) {
		return
	}
	if s.is(k+1, "with", "no") || s.is(k, "the") && s.is(k+2, "with", "no") { // "left NATO no choice"
		return
	}
	who := s.statesBefore(v)
	if who == nil {
		if s.nobody(v) && !not {
			s.add(Statement{rel: unleft, subject: body, tense: past, when: s.timeOf(v, k)}, v, v)
		}
		return
	}
	st := Statement{rel: left, subject: body, who: who, tense: past, not: not}
	st.when = s.timeOf(v, k)
	s.member(st, v)
}

// accession reads "Sweden's accession to NATO in 2024", "the accession of
// Greece and Turkey to NATO in 1952".
func (s *sentence) accession(i int, rel relation) {
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
	if rel == joined && s.is(k, "to", "into") || rel == left && s.is(k, "from") {
		body = s.objectBody(k + 1)
		k += 2
		for s.is(k-1, "the") {
			k++
		}
	} else if rel == joined {
		body = s.bodyNamed() // "the accession of Finland in 2023 doubled NATO's border"
	}
	if body == model.None {
		return
	}
	for s.is(k, "came", "happened", "occurred", "formally", "finally", "only") || s.phrase(k, "took place") || s.phrase(k-1, "took place") || s.phrase(k, "took effect") || s.phrase(k-1, "took effect") {
		k++
	}
	if w := s.adjacent(k); w.mode == in {
		s.note(Statement{rel: rel, subject: body, who: who, tense: past, when: w})
	}
}
