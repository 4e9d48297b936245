package claim

import (
	"slices"

	"entente/internal/model"
)

// count reads the number at i as the number of members of a body.
func (s *sentence) count(i int) {
	n, k := s.hedged(i)
	h, ok := s.headAt(i + 1)
	if !ok {
		s.bareCount(i, n, k)
		return
	}
	if s.is(h.at+1, "that", "which", "who") && s.whoMakeUp(i, h) {
		return
	}
	if h.narrow && !(s.is(i-1, "of", "between") && s.is(h.at+1, "in", "from")) || s.is(i+1, "of") || s.is(k, "another", "further") {
		return
	}
	minus := 0
	body := s.possessor(i, k, h, &minus)
	if body == model.None && h.ally {
		if body = s.eachOf(i); body != model.None {
			minus = 1
		}
	}
	tenseAt := i
	definite := body != model.None // what is denied of "NATO's 30 members" is not their number
	if body == model.None {
		body, tenseAt = s.counter(i, k, h)
	}
	if body == model.None {
		body, tenseAt = s.makers(h)
	}
	if body == model.None || !(s.suits(h, body) || s.wholly(h, tenseAt) || minus == 1 && slices.Equal(h.colours, []string{"treaty"})) {
		return
	}
	if h.other && minus == 0 {
		minus = 1
	}
	st := Statement{rel: counts, subject: body, num: n, minus: minus}
	if h.role {
		st.rel, st.role = roles, h.status
	}
	s.dated(&st, tenseAt, h.at)
	if tenseAt > h.at && st.when.mode == always && s.is(tenseAt, "make", "form", "constitute", "compose", "belong") {
		st.tense = present // "Nine countries make up the force, led by"
	}
	if st.when.mode == in && s.is(i-1, "from") && s.growthVerb(i-1) >= 0 && s.adjacent(h.at+1).mode != in {
		st.when.mode = before // "shrank from 15 members to 12 in 2025"
	}
	p := s.part[s.of[i]]
	if s.is(0, "of") && s.is(h.at+1, ",") && st.when.mode != always && st.when.start > s.t[h.at].end {
		return // "of its ten members, four joined after 2016": the date is that of the four
	}
	if p.not && !(definite && p.verb > h.at) || h.role && (p.unsure || minus > 0) {
		return
	}
	st.bare = p.verb < 0 || !presentVerbs[s.t[p.verb].w] && !p.perfect
	s.add(st, i, i)
}

// counter gives the body that a verb of counting says has so many: "NATO
// consists of 30 states". It also gives the verb.
func (s *sentence) counter(i, k int, h head) (model.ID, int) {
	v := s.countingVerb(k)
	if v < 0 && s.is(i-1, "and", "plus") { // "has ten members and seventeen partners"
		for p := i - 2; p >= 0 && p > i-8; p-- {
			if s.t[p].kind != figure {
				continue
			}
			if first, ok := s.headAt(p + 1); ok && first.at == i-2 && first.member && h.member {
				_, before := s.hedged(p)
				v = s.countingVerb(before)
			}
			break
		}
	}
	if v < 0 {
		if s.is(h.at+1, "strong") && s.is(k, "is", "are", "was", "were", "remains") { // "is thirty members strong"
			return s.bodyBefore(k), k
		}
		if s.is(k, "of", "between") || s.is(i-1, "of", "between") {
			return s.nounOf(i), i
		}
		if s.is(k, "(") && k > 0 && s.t[k-1].kind == name && !s.t[k-1].owner {
			return s.bodyID(s.t[k-1]), i
		}
		if g := s.growthVerb(k); g >= 0 && h.member {
			return s.sized(g), g
		}
		return model.None, i
	}
	if s.is(v, "with", "at") {
		return s.withMany(v, h), i
	}
	if s.comeTo(v) {
		v -= 2
	}
	body := s.bodyBefore(v)
	if body == model.None && h.body != model.None && s.is(v-1, "there") {
		body = h.body
	}
	if h.body != model.None && body != h.body {
		return model.None, v
	}
	return body, v
}

// bareCount reads a number without a noun: "NATO is 31 strong", "has grown to
// 32", "a grouping of ten".
func (s *sentence) bareCount(i int, n number, k int) {
	if i+1 < len(s.t) && s.t[i+1].kind != point && !s.is(i+1, "strong", "in", "by", "since", "today", "now", "with", "after", "when", "from", "and", "at", "as", "until", "on", "before") {
		return
	}
	if s.is(i+1, "-", "%") {
		return
	}
	body, at := model.None, i
	switch {
	case s.is(i+1, "strong"):
		for v := i - 1; v >= 0 && v > i-5; v-- {
			if s.is(v, "is", "are", "was", "were", "remains") {
				body, at = s.bodyBefore(v), v
				break
			}
		}
	case s.growthVerb(k) >= 0 && (s.is(i-1, "to", "at") || s.is(i-2, "to", "at") || s.is(i-1, "reached")):
		at = s.growthVerb(k)
		body = s.sized(at)
		if body != model.None && !s.aboutMembers(at) {
			body = model.None
		}
	case s.is(k, "was", "is") && s.is(k-1, "members") && s.between(max(0, k-5), k, "number"):
		body, at = s.owned(k-1), k
	case s.is(k, "was", "is") && s.is(k-1, "membership"):
		body, at = s.owned(k-1), k
	case s.is(i-1, "of") && s.is(i-2, "grouping", "club", "group", "bloc", "alliance", "membership", "family"):
		body = s.nounOf(i)
	case s.is(k, "has", "had") && s.aboutMembers(i):
		body, at = s.bodyBefore(k), k
	}
	if body == model.None || s.part[s.of[i]].not {
		return
	}
	st := Statement{rel: counts, subject: body, num: n}
	s.dated(&st, at, i)
	s.add(st, i, i)
}

// whoMakeUp reads "the fifteen states that make up ECOWAS".
func (s *sentence) whoMakeUp(i int, h head) bool {
	body, _ := s.makers(head{at: h.at + 1})
	if body == model.None || !s.is(i-1, "the", "all") || s.part[s.of[i]].unsure {
		return false
	}
	n, _ := s.hedged(i)
	st := Statement{rel: counts, subject: body, num: n}
	s.dated(&st, i, h.at+3)
	s.add(st, i, i)
	return true
}

// allOf reads "all 30 of its members", "each of NATO's 30 members".
func (s *sentence) allOf(i int) bool {
	if !s.is(i-1, "all") || !s.is(i+1, "of") {
		return false
	}
	body := s.ownerAt(i + 2)
	h, ok := s.headAt(i + 3)
	if body == model.None && ok && s.is(i+2, "the") {
		if body = h.body; body == model.None {
			body = s.owned(h.at)
		}
	}
	if body == model.None || !ok || !h.member || h.role || h.narrow || s.part[s.of[i]].not {
		return true
	}
	n, _ := s.hedged(i)
	st := Statement{rel: counts, subject: body, num: n}
	s.dated(&st, i, h.at)
	s.add(st, i, i)
	return true
}

// sinceEvent reports whether a date is that of an event from which on
// something has been so: "Since the admission of Iran in 2023, the SCO has".
func (s *sentence) sinceEvent(w when) bool {
	for _, c := range s.context.times {
		if c.start != w.start {
			continue
		}
		p := s.part[s.of[c.at]]
		if !s.is(p.from, "since") || p.verb >= 0 && p.verb < c.at {
			return false
		}
		for i := c.at; i < len(s.t) && i < c.at+9; i++ {
			if s.is(i, "has", "have") {
				return true
			}
		}
	}
	return false
}
