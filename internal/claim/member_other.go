package claim

import (
	"entente/internal/model"
)

// dating reads "Albania's NATO membership dates from 2009", "Hungary's
// membership of NATO began in 1999".
func (s *sentence) dating(i int) {
	who, body, v := i-1, model.None, i+1
	if who > 0 && !s.t[who].owner {
		body = s.bodyID(s.t[who])
		who--
	} else if s.is(v, "of", "in") {
		body = s.objectBody(v)
		for v++; v < len(s.t) && (s.is(v, "the") || s.t[v].kind == name); v++ {
		}
	}
	if who < 0 || body == model.None || s.t[who].kind != name || !s.t[who].owner || s.t[who].what.state == model.None || s.part[s.of[i]].unsure || s.part[s.of[i]].not {
		return
	}
	for s.is(v, "dates", "dated", "goes", "back", "began", "started", "only") {
		v++
	}
	if v == i+1 || !s.is(v, "from", "to", "in", "on") || v+1 >= len(s.t) || s.t[v+1].kind != day {
		return
	}
	d := s.t[v+1]
	s.note(Statement{rel: joined, subject: body, who: []model.ID{s.t[who].what.state}, tense: past, when: when{mode: in, from: d.date, start: d.start, end: d.end}})
}

// grownLast reads "the latest enlargement of NATO took place in 2024".
func (s *sentence) grownLast(i int, body model.ID) {
	st := Statement{rel: grewLast, subject: body, tense: past, when: s.timeOf(i, i)}
	if not, silent := s.verbAt(i); !not && !silent && body != model.None && st.when.mode == in {
		s.note(st)
	}
}

// takingOut reads "took the United Kingdom out of the European Union".
func (s *sentence) takingOut(v int) {
	not, silent := s.verbAt(v)
	who := s.statesFrom(v + 1)
	if not || silent || len(who) != 1 {
		return
	}
	for k := v + 2; k < v+5; k++ {
		if s.phrase(k, "out of") && s.t[k-1].kind == name && !s.structure(k+2) {
			if body := s.objectBody(k + 2); body != model.None {
				s.member(Statement{rel: left, subject: body, who: who, tense: past, when: s.timeOf(v, k+2)}, v)
			}
			return
		}
	}
}

// coordinated reads the second half of "joined the European Union in 2013 and
// NATO in 2009", and of "Montenegro joined NATO in 2017 and Serbia in 2018".
func (s *sentence) coordinated(v int, body model.ID, who []model.ID, rel relation) {
	for k := v + 1; k+2 < len(s.t) && s.of[k] <= s.of[v]+1; k++ {
		if s.t[k].kind != day || !s.is(k+1, "and", ",") {
			continue
		}
		j := k + 2
		if s.is(j, "the") {
			j++
		}
		if j >= len(s.t) || s.t[j].kind != name || s.t[j].owner {
			return
		}
		other := s.bodyID(s.t[j])
		if s.t[j].what.state != model.None {
			who, other = []model.ID{s.t[j].what.state}, body
		}
		if w := s.adjacent(j + 1); other != model.None && w.mode == in {
			s.note(Statement{rel: rel, subject: other, who: who, tense: past, when: w})
		}
		return
	}
}

// givingUp reads "renounced its membership of NATO in 1966" and "ceased to be a
// member of NATO", where i is "membership" or "member".
func (s *sentence) givingUp(i int) {
	v := i - 2
	switch {
	case s.is(i-1, "its", "their") && s.is(v, "renounced", "relinquished", "ended", "terminated", "forfeited", "surrendered", "lost", "cancelled", "abandoned"):
	case s.is(i-1, "its", "their") && s.is(v, "up") && s.is(v-1, "gave", "given"):
		v--
	case s.phrase(i-4, "ceased to be a"), s.phrase(i-3, "ceased to be"):
		for !s.is(v, "ceased") {
			v--
		}
	default:
		return
	}
	not, silent := s.verbAt(v)
	who := s.statesBefore(v)
	k := i + 1
	if not || silent || who == nil || !s.is(k, "of", "in") {
		return
	}
	if body := s.objectBody(k + 1); body != model.None && !s.structure(k+1) {
		s.member(Statement{rel: left, subject: body, who: who, tense: past, when: s.timeOf(v, k+1)}, v)
	}
}

// takingPart reads "do not participate in PESCO", "takes no part in PESCO".
func (s *sentence) takingPart(v int) {
	k := v + 1
	none := false
	if s.is(v, "take", "takes", "took") {
		if none = s.is(k, "no"); none {
			k++
		}
		if !s.is(k, "part") {
			return
		}
		k++
	}
	not, silent := s.verbAt(v)
	if silent || !s.is(k, "in") || s.structure(k+1) || s.is(v-1, "to") {
		return
	}
	body, who := s.objectBody(k+1), s.statesBefore(v)
	if body == model.None || who == nil {
		return
	}
	st := Statement{rel: belongs, subject: body, who: who, not: not != none, when: s.timeOf(v, k+1)}
	if s.is(v, "participated", "took") || s.between(max(0, v-3), v, "did") {
		st.tense = past
	}
	s.bearing(&st, v, v)
}
