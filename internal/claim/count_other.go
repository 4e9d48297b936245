package claim

import (
	"entente/internal/model"
)

// newcomers reads "gained seven new members", "ten states joined".
func (s *sentence) newcomers(i int) bool {
	k := i + 1
	fresh := s.is(k, "new", "more", "additional", "further")
	if fresh {
		k++
	}
	h, ok := s.headAt(k)
	if !ok {
		return fresh
	}
	if s.takenIn(i, h) {
		return true
	}
	v := h.at + 1
	if s.is(v, "joined", "acceded", "entered") && !s.is(i-1, "the", "all", "with", "other") && !s.part[s.of[i]].unsure {
		body := s.objectBody(v + 1)
		st := Statement{rel: joiners, subject: body, num: exactly(s.t[i])}
		s.dated(&st, v, v)
		if body != model.None && st.when.mode == in {
			s.add(st, i, i)
		}
		return true
	}
	if !fresh {
		return false
	}
	for b := i - 1; b >= 0 && b > i-4; b-- {
		if s.is(b, "gained", "admitted", "welcomed", "accepted", "added", "received", "absorbed") || s.is(b, "took", "brought", "let") && s.is(b+1, "in") {
			st := Statement{rel: joiners, subject: s.bodyBefore(b), num: exactly(s.t[i])}
			s.dated(&st, b, h.at)
			if st.subject != model.None && st.when.mode == in {
				s.add(st, i, i)
			}
		}
	}
	return true
}

// objectBody gives the body that is the object of a verb, from its first
// word.
func (s *sentence) objectBody(k int) model.ID {
	for s.is(k, "the", "to", "into", "of", "in", "up") {
		k++
	}
	if k >= len(s.t) {
		return model.None
	}
	t := s.t[k]
	if t.kind == name {
		if t.owner {
			return model.None
		}
		return s.bodyID(t)
	}
	if s.is(k-1, "the") {
		return s.resolve(k)
	}
	return model.None
}

// byMany reads "founded by five states", "twelve states founded NATO", "the
// twelve founding members of NATO", "signed by six states".
func (s *sentence) byMany(i int) bool {
	k := i + 1
	if s.is(k, "founding", "original", "founder") {
		for k+1 < len(s.t) && s.is(k+1, "members", "member", "states", "signatories", "countries", "nations", "parties", "allies") {
			k++
		}
		return s.founderCount(i, k)
	}
	if s.is(k, "founders", "signatories") {
		return s.founderCount(i, k)
	}
	h, ok := s.headAt(k)
	if !ok || h.narrow && !s.is(h.at+1, "in") {
		return false
	}
	v, rel := s.maker(i, h.at)
	if v < 0 {
		return false
	}
	body := model.None
	if s.is(i-1, "by", "of") {
		if body = s.bodyBefore(v); body == model.None {
			if id, _ := s.treatyBefore(v); id != model.None {
				body = id
			}
		}
	} else if body = s.objectBody(s.object(v)); body == model.None && rel == signers {
		return true
	}
	who := s.exemplars(h.at)
	if body != model.None && !s.part[s.of[v]].unsure && !s.part[s.of[v]].not && !s.is(i-1, "the") && (len(h.colours) == 0 || s.is(i-1, "by", "of") && !s.is(h.at+1, "and")) {
		n, _ := s.hedged(i)
		s.add(Statement{rel: rel, subject: body, num: n}, i, i)
		if id := s.bodyOf(body); who != nil && id != model.None {
			s.add(Statement{rel: founding, subject: id, who: who, tense: past}, h.at, h.at)
		}
	}
	return true
}

// madeBy reads "founded by Australia, Britain and the United States" and
// "Britain and France founded".
func (s *sentence) madeBy() {
	for i := range s.t {
		body, v := model.None, -1
		var who []model.ID
		switch {
		case s.is(i, "by") && i > 0 && s.listed(i+1):
			if v, _ = s.maker(i+1, i+1); v < 0 {
				continue
			}
			next := 0
			if who, next = s.stateList(i + 1); len(who) < 2 || next < len(s.t) && s.t[next].kind != point && !s.is(next, "in", "on", "at") {
				continue
			}
			body = s.bodyBefore(v)
		case s.is(i, "founded", "established", "formed", "created"):
			v = i
			if who = s.statesBefore(i); len(who) < 2 || s.passive(i) {
				continue
			}
			body = s.objectBody(i + 1)
		default:
			continue
		}
		if not, silent := s.verbAt(v); not || silent || body == model.None || s.r.w.Thing(body).Organisation == nil {
			continue
		}
		s.add(Statement{rel: founding, subject: body, who: who, tense: past}, v, v)
	}
}

// bodyOf gives a body itself, or that which a treaty founded.
func (s *sentence) bodyOf(id model.ID) model.ID {
	if s.r.w.Thing(id).Treaty != nil {
		return s.bodyID(token{kind: name, what: meaning{state: model.None, body: model.None, treaty: id, activity: model.None}})
	}
	return id
}

// maker gives the verb by which the states counted at i, whose noun stands at
// h, made or signed something: "was set up in 1981 by six monarchies", "ten
// countries signed"; -1 when there is none.
func (s *sentence) maker(i, h int) (int, relation) {
	made := func(v int) (int, relation) {
		switch {
		case s.is(v, "founded", "established", "created", "formed", "launched"), s.phrase(v, "set up"), s.phrase(v, "brought into being"):
			return v, founders
		case s.is(v, "signed", "concluded"), s.is(v, "put", "added", "set", "affixed") && s.is(v+1, "their") && s.is(v+2, "names", "signatures", "hands") && s.is(v+3, "to"):
			return v, signers
		}
		return -1, founders
	}
	if s.is(i-1, "of") && s.is(i-2, "creation", "work", "brainchild", "product", "invention") {
		for v := i - 3; v > 0 && v > i-6; v-- {
			if s.is(v, "is", "was") {
				return v, founders
			}
		}
	}
	if !s.is(i-1, "by") {
		return made(s.pastAside(h + 1))
	}
	for v := i - 2; v >= 0 && s.of[v] == s.of[i]; v-- {
		if m, rel := made(v); m >= 0 {
			return m, rel
		}
		if t := s.t[v]; !(t.kind == day || t.kind == name || t.capital || s.is(v, "in", "on", "at", "up", "the", ",", "of", "jointly", "there", "being", "into")) {
			return -1, founders
		}
	}
	return -1, founders
}

// object gives where the object of the verb at v begins.
func (s *sentence) object(v int) int {
	switch {
	case s.is(v+1, "their"):
		return v + 4
	case s.is(v, "set") && s.is(v+1, "up"):
		return v + 2
	}
	return v + 1
}

func (s *sentence) founderCount(i, k int) bool {
	body := s.owned(k)
	if body == model.None && i > 0 && s.t[i-1].owner {
		body = s.bodyID(s.t[i-1])
	}
	if body != model.None && (s.is(i-1, "the", "all", "its", "of") || i > 0 && s.t[i-1].owner || s.is(i-1, "had", "with", "were")) && (!s.part[s.of[i]].not || s.part[s.of[i]].verb > i) {
		n, _ := s.hedged(i)
		s.add(Statement{rel: founders, subject: body, num: n}, i, i)
	}
	return true
}

// shared reads "23 EU members belong to NATO" and "NATO includes 23 EU
// members".
func (s *sentence) shared(i int) bool {
	if s.sharedOf(i) {
		return true
	}
	h, ok := s.headAt(i + 1)
	if s.is(i+1, "of") {
		k := i + 2
		for s.is(k, "the", "its") || k < len(s.t) && s.t[k].kind == figure {
			k++
		}
		h, ok = s.headAt(k)
	}
	if !ok || h.body == model.None {
		return false
	}
	other, v := model.None, i
	for k := h.at + 1; k < len(s.t) && k < h.at+7; k++ {
		if id := s.bodyID(s.t[k]); id != model.None && id != h.body {
			if s.is(k+1, "members", "allies") || s.is(k-1, "in", "to", "of") || s.is(k-1, "the") && s.is(k-2, "in", "to", "of") {
				if !s.t[k].owner && (s.between(h.at+1, k, "belong", "belonged", "members", "also", "in") || s.is(k+1, "members")) {
					other = id
				}
			}
			break
		}
	}
	if other == model.None {
		_, k := s.hedged(i)
		if v = s.countingVerb(k); v >= 0 {
			if id := s.bodyBefore(v); id != model.None && id != h.body {
				other = id
			}
		} else {
			v = i
		}
	}
	if other == model.None {
		return false
	}
	if s.part[s.of[i]].not || s.part[s.of[i]].unsure || h.narrow && !s.is(h.at+1, "in") {
		return true
	}
	n, _ := s.hedged(i)
	st := Statement{rel: overlap, subject: other, other: h.body, num: n}
	s.dated(&st, v, h.at)
	s.add(st, i, i)
	return true
}

// sharedOf reads "of NATO's 32 members, 23 also belong to the European Union".
func (s *sentence) sharedOf(i int) bool {
	if !s.is(i-1, ",") || !s.is(0, "of") || s.part[s.of[i]].not || s.part[s.of[i]].unsure {
		return false
	}
	body := model.None
	for k := 1; k < i-1; k++ {
		if id := s.bodyID(s.t[k]); id != model.None {
			body = id
		}
	}
	if body == model.None || !s.is(i-2, "members", "allies", "states", "countries") && !s.is(i-3, "members", "allies") {
		return false
	}
	v := i + 1
	for v < len(s.t) && s.t[v].kind == word && adverb(s.t[v].w) {
		v++
	}
	k := v + 1
	switch {
	case s.is(v, "belong") && s.is(k, "to"):
	case s.is(v, "are"):
		for s.is(k, "also", "members", "of", "in", "at", "once") && !s.is(k+1, "the", "of", "in") {
			k++
		}
	default:
		return false
	}
	other := s.objectBody(k + 1)
	if other == model.None {
		other = s.objectBody(k)
	}
	if other == model.None || other == body {
		return false
	}
	n, _ := s.hedged(i)
	st := Statement{rel: overlap, subject: other, other: body, num: n, when: s.timeOf(v, k)}
	s.add(st, i, i)
	return true
}

func (s *sentence) between(i, j int, words ...string) bool {
	for k := i; k < j; k++ {
		if s.is(k, words...) {
			return true
		}
	}
	return false
}

func exactly(t token) number {
	return number{lo: t.value, hi: t.value, exact: true, start: t.start, end: t.end}
}
