package claim

import (
	"entente/internal/model"
)

// roleNouns name those who have a standing in a body that is not membership.
var roleNouns = map[string]model.Status{"observers": model.Observer, "observer": model.Observer, "partners": model.Partner, "partner": model.Partner, "participants": model.Participant}

// roleColours may stand before such a noun and say the same.
var roleColours = set("dialogue", "sectoral", "strategic", "official", "formal", "permanent", "current", "founding", "external")

// rolesOf gives the standing that the words before a noun and the noun name:
// "dialogue partners", "associate members".
func rolesOf(noun string, colours []string) (model.Status, bool) {
	role, ok := roleNouns[noun]
	for _, c := range colours {
		switch {
		case c == "associate" && noun == "partners":
			role = model.AssociatePartner
		case c == "associate" && (noun == "members" || noun == "member"):
			role, ok = model.AssociateMember, true
		case c == "full" && noun == "members", roleColours[c]:
		default:
			return 0, false
		}
	}
	return role, ok
}

// suspensions reads "Egypt was suspended from the Arab League in 1979", "Its
// suspension lasted until 1989", "Syria was readmitted in 2023".
func (s *sentence) suspensions() {
	for _, i := range s.cues {
		switch {
		case s.is(i, "suspended") && s.is(i+1, "from"):
			s.suspension(i, i+2, suspended)
		case s.is(i, "readmitted", "reinstated", "restored") && s.is(i+1, "to", "into", "in"):
			s.suspension(i, i+2, restored)
		case s.is(i, "suspended") && s.is(i-1, "was", "were"):
			// "Libya was suspended in 2011": from what, the context says
			if s.contextObject(i+1) && s.contextBody(i) != model.None {
				s.suspend(i, s.contextBody(i), s.statesBefore(i), suspended)
			}
		case s.is(i, "suspended") && i+2 < len(s.t) && s.t[i+1].kind == name && s.is(i+2, "from"):
			s.suspend(i, s.objectBody(i+3), s.statesFrom(i+1), suspended)
		case s.is(i, "suspended", "frozen") && s.ownMembership(i) >= 0:
			m := s.ownMembership(i)
			s.suspend(i, s.owned(m), []model.ID{s.t[s.holder(m)].what.state}, suspended)
		case s.is(i, "suspended"):
			s.suspend(i, s.bodyBefore(i), s.statesFrom(i+1), suspended)
		case s.is(i, "suspension") && i > 0 && s.t[i-1].kind == name && s.t[i-1].owner && s.is(i+1, "from"):
			s.suspensionNoun(i)
		}
	}
}

func (s *sentence) suspension(v, k int, rel relation) {
	if s.structure(k) {
		return
	}
	s.suspend(v, s.objectBody(k), s.statesBefore(v), rel)
}

func (s *sentence) suspend(v int, body model.ID, who []model.ID, rel relation) {
	if not, silent := s.verbAt(v); not || silent || body == model.None || len(who) != 1 {
		return
	}
	st := Statement{rel: rel, subject: body, who: who, tense: past, when: s.timeOf(v, v+1)}
	a := v - 1
	for s.is(a, "still", "currently", "now", "again") {
		a--
	}
	switch st.when.mode {
	case always, since:
		if rel == suspended && (st.when.mode == always && s.is(a, "is", "remains", "are", "remain") || s.is(a, "been") && s.is(a-1, "has", "have")) {
			st.when = when{}
			st.tense = present
			s.add(st, v, v)
		}
	case in:
		s.note(st)
	case until:
		st.rel = restored
		s.note(st)
	case between:
		a, b := st, st
		a.when = when{mode: in, from: st.when.from, start: st.when.start, end: st.when.end}
		b.rel, b.when = restored, when{mode: in, from: st.when.to, start: st.when.start, end: st.when.end}
		s.note(a)
		s.note(b)
	}
}

// suspensionNoun reads "Egypt's suspension from the Arab League lasted until
// 1989".
func (s *sentence) suspensionNoun(i int) {
	body := s.objectBody(i + 2)
	who := s.t[i-1].what.state
	if body == model.None || who == model.None || s.part[s.of[i]].unsure || s.part[s.of[i]].not {
		return
	}
	for v := i + 2; v < len(s.t) && v < i+7; v++ {
		rel := restored
		switch {
		case s.is(v, "lasted") && s.is(v+1, "until", "till"), s.is(v, "ended"), s.is(v, "lifted"), s.phrase(v, "came to an end"):
		case s.is(v, "in") && s.is(v-1, "league", "council", "union") || s.is(v, "began", "started", "in"):
			rel = suspended
		default:
			continue
		}
		if w := s.timeOf(v, v); w.mode == in || w.mode == until {
			s.note(Statement{rel: rel, subject: body, who: []model.ID{who}, tense: past, when: w})
		}
		return
	}
}

// composed reads a list of all members: "the Quad is made up of Australia,
// India, Japan and the United States".
func (s *sentence) composed() {
	for _, i := range s.cues {
		v, k := i, i+1
		switch {
		case s.phrase(i, "made up of"):
			k = i + 3
		case s.phrase(i, "brings together"), s.phrase(i, "brought together"), s.is(i, "consists", "consisted", "composed") && s.is(i+1, "of"):
			k = i + 2
		case s.is(i, "comprises", "comprised", "groups", "grouped", "unites", "united", "includes", "included", "binds", "bound", "links", "linked", "ties", "tied", "allied"):
		default:
			continue
		}
		for s.is(k, "the", "both", "among") {
			k++
		}
		if k >= len(s.t) || s.t[k].kind != name || s.t[k].what.state == model.None || s.t[k].owner {
			continue
		}
		who := s.statesFrom(k)
		body := s.bodyBefore(v)
		not, silent := s.verbAt(v)
		if len(who) < 2 && !s.is(v, "includes", "included") || len(who) == 0 || body == model.None || not || silent || s.r.w.Thing(body).Organisation == nil {
			continue
		}
		p := s.part[s.of[v]]
		st := Statement{rel: belongs, subject: body, who: who, when: s.timeOf(v, k)}
		if p.tense == past && !p.perfect && !(s.is(v, "made", "composed") && s.between(max(0, v-2), v, "is", "are")) {
			st.tense = past
		}
		if st.when.mode == always {
			s.add(st, k, k)
		} else if st.when.mode == in {
			s.note(st)
		}
	}
	s.oneOf()
}

// oneOf reads "Japan is one of the Five Eyes", for a body that is named by
// the number of its members.
func (s *sentence) oneOf() {
	for _, i := range s.cues {
		if !s.phrase(i, "one of the") || i+3 >= len(s.t) || !s.is(i-1, "is", "was", "remains") {
			continue
		}
		t := s.t[i+3]
		if t.kind != name || t.owner || t.what.body == model.None || s.text[t.end-1] != 's' || i+4 < len(s.t) && s.t[i+4].kind == word && !breakers[s.t[i+4].w] {
			continue
		}
		not, silent := s.verbAt(i)
		if who := s.statesBefore(i - 1); who != nil && !silent && s.timeOf(i, i+3).mode == always {
			st := Statement{rel: belongs, subject: t.what.body, who: who, not: not}
			if s.is(i-1, "was") {
				st.tense = past
			}
			s.add(st, i, i)
		}
	}
}

// durations reads "NATO has existed for 76 years", "the pact lasted 36 years",
// "the 76-year-old alliance".
func (s *sentence) durations() {
	for i := range s.t {
		if s.t[i].kind != figure || s.t[i].value > 900 {
			continue
		}
		unit := 0
		k := i + 1
		if s.is(k, "-") {
			k++
		}
		switch {
		case s.is(k, "years", "year"):
			unit = 1
		case s.is(k, "decades", "decade"):
			unit = 10
		default:
			continue
		}
		n, at := s.hedged(i)
		body, v := model.None, -1
		for j := at; j >= 0 && j > at-3; j-- {
			if s.is(j, "existed", "lasted", "endured", "survived", "exists", "is", "persisted", "dragged", "went", "ran", "continued", "stretched", "stood") || s.is(j, "around") && s.is(j-1, "been") {
				v = j
				break
			}
			if !s.is(j, "for", "now", "only", "just", "some", "already", "on") {
				break
			}
		}
		if v < 0 && s.is(k+1, "later", "afterwards") {
			v = s.endedLater(at)
		}
		switch {
		case s.is(k+1, "-") && s.is(k+2, "old"):
			if body = s.aged(k + 3); body == model.None {
				continue
			}
			v = i
		case v < 0, s.is(v, "is") && !s.is(k+1, "old"):
			continue
		default:
			if s.is(v, "around") {
				v--
			}
			body = s.lasting(v)
		}
		p := s.part[s.of[v]]
		if body == model.None || p.unsure || p.not {
			continue
		}
		if w := s.timeOf(v, k); w.mode != always && (w.start > s.t[v].start || p.from == 0 && w.start < s.t[i].start && s.is(0, "in", "by", "on")) {
			continue
		}
		if unit == 10 {
			n = decades(n, s.t[i].value)
		}
		st := Statement{rel: lasted, subject: body, num: n}
		if p.tense == past && !p.perfect {
			st.tense = past
		}
		s.add(st, i, i)
	}
}

// endedLater gives the verb of "It was dissolved only twenty years later", when
// what came before has told of the beginning of the same thing; -1 when not.
func (s *sentence) endedLater(at int) int {
	for v := at; v >= 0 && v > at-3; v-- {
		if !s.is(v, "dissolved", "disbanded", "abolished", "ended", "terminated", "collapsed", "expired", "closed") {
			continue
		}
		id := s.lasting(v)
		told := id != model.None && id == s.context.born
		for _, st := range s.found {
			told = told || st.rel == began && st.subject == id
		}
		if told {
			return v
		}
	}
	return -1
}

// decades gives the years that so many decades are.
func decades(n number, v int) number {
	switch {
	case n.lo > v: // more than
		n.lo = v*10 + 1
	case n.hi < v: // less than
		n.hi = v*10 - 1
	case n.exact:
		n.lo, n.hi = v*10, v*10+9
	default:
		n.lo, n.hi = v*10-6, v*10+9
	}
	n.exact = false
	return n
}

// lasting gives the thing of which a verb of duration speaks.
func (s *sentence) lasting(v int) model.ID {
	k := s.subject(v)
	switch {
	case k == -1:
		return s.inherited(v)
	case k < 0:
		return model.None
	}
	return s.thingAt(k, began)
}

// aged gives the body of "the 76-year-old alliance", whose noun stands at k.
func (s *sentence) aged(k int) model.ID {
	for s.adjective(k) {
		k++
	}
	if k >= len(s.t) {
		return model.None
	}
	if s.t[k].kind == name && !s.t[k].owner {
		return s.bodyID(s.t[k])
	}
	if bodyWord(s.t[k].w) {
		return s.resolve(k)
	}
	return model.None
}
