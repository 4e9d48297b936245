package claim

import (
	"slices"
	"strings"

	"entente/internal/model"
)

// charter gives the treaty of "the Charter of the CSTO" and "NATO's founding
// treaty", where the noun phrase ends at k: the one treaty of the body that
// bears the noun in its name.
func (s *sentence) charter(k int) model.ID {
	noun, body := k, model.None
	if t := s.t[k]; t.kind == name && !t.owner && t.what.body != model.None && s.is(k-1, "founded", "created", "established") && s.is(k-2, "that", "which") {
		noun, body = k-3, t.what.body // "the treaty that founded NATO"
	} else if t.kind == name && !t.owner {
		if body = t.what.body; s.is(noun-1, "the") {
			noun--
		}
		if !s.is(noun-1, "of") {
			return model.None
		}
		noun -= 2
	}
	if !s.is(noun, "charter", "treaty", "pact", "act", "declaration", "agreement", "convention") {
		return model.None
	}
	if body == model.None {
		j := noun - 1
		for s.is(j, "founding", "original", "own", "constitutive") {
			j--
		}
		if j < 0 || s.t[j].kind != name || !s.t[j].owner {
			return model.None
		}
		body = s.t[j].what.body
	}
	if body == model.None || body == ambiguous {
		return model.None
	}
	found, o := model.None, s.r.w.Thing(body).Organisation
	for _, slug := range o.Treaties {
		if tr, ok := s.r.w.Lookup(slug); ok && strings.Contains(strings.ToLower(tr.Name), s.t[noun].w) {
			if (s.is(noun-1, "founding", "constitutive", "original") || s.is(noun+1, "that", "which")) && tr.Treaty.Signed == o.Founded {
				return tr.ID
			}
			if found != model.None {
				return model.None
			}
			found = tr.ID
		}
	}
	return found
}

// bracketed reads "the Warsaw Pact (1955–1991)".
func (s *sentence) bracketed(i int) {
	if !s.is(i+1, "(") || s.t[i].owner {
		return
	}
	t := s.t[i]
	id := t.what.body
	if id == model.None {
		id = t.what.treaty
	}
	if id == model.None || i+2 >= len(s.t) || s.t[i+2].kind != day {
		return
	}
	one := func(rel relation, k int) {
		w := when{mode: in, from: s.t[k].date, start: s.t[k].start, end: s.t[k].end}
		s.note(Statement{rel: rel, subject: id, tense: past, when: w})
	}
	switch {
	case s.is(i+3, "–", "-", "to") && i+5 < len(s.t) && s.t[i+4].kind == day && s.is(i+5, ")"):
		one(began, i+2)
		one(ended, i+4)
	case s.is(i+3, ")") && t.what.treaty != model.None:
		if t.what.body == model.None {
			id = t.what.treaty
		}
		one(began, i+2)
	}
}

// yeared reads "the North Atlantic Treaty of 1949" and "the 1949 North
// Atlantic Treaty".
func (s *sentence) yeared(i int) {
	t := s.t[i]
	if id := t.what.body; id != model.None && !t.owner && s.is(i+1, "of") && i+2 < len(s.t) && s.t[i+2].kind == day && (strings.HasSuffix(s.text[:t.end], " pact") || strings.HasSuffix(s.text[:t.end], " alliance")) {
		d := s.t[i+2] // "the ANZUS pact of 1951"
		s.note(Statement{rel: began, subject: id, tense: past, when: when{mode: in, from: d.date, start: d.start, end: d.end}})
	}
	if t.what.treaty == model.None || t.owner || s.r.w.Thing(t.what.treaty).Treaty.Signed.IsZero() {
		return
	}
	w := when{mode: in}
	switch {
	case s.is(i+1, "of") && i+2 < len(s.t) && s.t[i+2].kind == day:
		d := s.t[i+2]
		w.from, w.start, w.end = d.date, d.start, d.end
	case i > 0 && s.t[i-1].kind == day && !s.t[i-1].owner && (s.is(i-2, "the", "a", "with", "by", "under") || i == 1):
		d := s.t[i-1]
		w.from, w.start, w.end = d.date, d.start, d.end
	default:
		return
	}
	s.note(Statement{rel: began, subject: t.what.treaty, tense: past, when: w})
}

// placed reads where a treaty was signed: "signed in Washington".
func (s *sentence) placed(id model.ID, j int) {
	k := j + 1
	if k < len(s.t) && s.t[k].kind == name { // the object of an active verb
		k++
	}
	if !s.is(k, "in", "at") {
		return
	}
	if p, from, to := s.placeAt(k + 1); p != "" {
		s.add(Statement{rel: signedAt, subject: id, place: p, tense: past}, from, to)
	}
}

// placeAt reads a place name: words with capitals.
func (s *sentence) placeAt(k int) (string, int, int) {
	for s.is(k, "the") {
		k++
	}
	if k >= len(s.t) {
		return "", 0, 0
	}
	if t := s.t[k]; t.kind == name && t.what.state != model.None && !t.owner {
		return s.r.w.Thing(t.what.state).Name, k, k
	}
	j := k
	for j < len(s.t) && s.t[j].kind == word && s.t[j].capital && !regions[s.t[j].w] && !s.t[j].owner {
		j++
	}
	if j == k || j < len(s.t) && (s.t[j].owner || s.t[j].kind == word && (s.t[j].capital || !prepositions[s.t[j].w] && !breakers[s.t[j].w] && !s.is(j, "during", "today", "now") && !adverb(s.t[j].w))) {
		return "", 0, 0
	}
	return s.text[s.t[k].start:s.t[j-1].end], k, j - 1
}

// existing reads "the Warsaw Pact still exists", "the INF Treaty is still in
// force".
func (s *sentence) existing() {
	for _, i := range s.cues {
		ok := s.is(i, "exists", "exist", "survives", "endures", "operates") && !s.is(i-1, "not", "longer") ||
			s.is(i, "force") && s.is(i-1, "in") && s.between(max(0, i-4), i, "is", "remains", "are") && !s.between(max(0, i-4), i, "not", "longer", "was") ||
			s.is(i, "existence") && s.is(i-1, "in") && s.between(max(0, i-4), i, "is", "remains") && !s.between(max(0, i-4), i, "not", "longer") ||
			s.is(i, "continues") && s.is(i+1, "to") && s.is(i+2, "exist", "operate", "function", "coordinate", "meet", "bind", "unite", "defend", "protect", "guarantee") ||
			s.is(i, "binds", "applies", "governs") && s.is(i-1, "still") ||
			s.is(i, "unites") && s.part[s.of[i]].verb == i ||
			s.is(i, "led", "headed", "dominated") && s.is(i+1, "by") && s.is(i-1, "is", "remains") ||
			s.is(i, "active") && s.is(i-1, "still", "remains") && s.between(max(0, i-4), i, "is", "remains")
		if !ok {
			continue
		}
		p := s.part[s.of[i]]
		if p.unsure || p.tense == past {
			continue
		}
		if w := s.timeOf(i, i); w.mode != always && !s.inName(w) {
			continue
		}
		v := i
		for v > 0 && !s.is(v, "is", "remains", "are", "exists", "exist", "survives", "endures", "operates", "continues", "unites", "binds", "applies", "governs") {
			v--
		}
		k := s.subject(v)
		rel := signed
		if s.is(i, "exists", "exist", "existence", "active", "operates", "continues", "unites", "led", "headed", "dominated") {
			rel = began
		}
		id := model.None
		if k >= 0 {
			id = s.thingAt(k, rel)
		} else if k == -1 && s.is(v-1, "and") {
			id = s.inheritedThing(v, rel)
		}
		if id != model.None {
			s.add(Statement{rel: lives, subject: id}, v, i)
		}
	}
}

// succeeding reads "In 2002 the African Union replaced the Organisation of
// African Unity": one began when the other ended.
func (s *sentence) succeeding(v int) {
	not, silent := s.verbAt(v)
	k := v + 1
	by := s.is(k, "by")
	if by != s.passive(v) || not || silent {
		return
	}
	if by {
		k++
	}
	next, old := s.bodyBefore(v), s.objectBody(k)
	if by {
		next, old = old, next
	}
	w := s.timeOf(v, k)
	if next == model.None || old == model.None || w.mode != in || s.r.w.Thing(next).Organisation == nil || s.r.w.Thing(old).Organisation == nil {
		return
	}
	if slices.Contains(s.r.w.Thing(next).Organisation.Predecessors, s.r.w.Thing(old).Slug) {
		s.note(Statement{rel: began, subject: next, tense: past, when: w})
	}
}

// heldSince reads "has been held by Australia and the United States since 2005".
func (s *sentence) heldSince(v int) {
	k := s.subject(v)
	p := s.part[s.of[v]]
	if k < 0 || !p.perfect || p.unsure || p.not || s.is(v+1, "since") || s.t[k].kind != name || s.t[k].what.activity == model.None {
		return
	}
	if w := s.timeOf(v, v); w.mode == since {
		s.note(Statement{rel: began, subject: s.t[k].what.activity, tense: past, when: w})
	}
}
