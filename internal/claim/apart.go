package claim

import (
	"entente/internal/model"
)

func (s *sentence) apart() {
	for _, i := range s.cues {
		topic := ""
		switch {
		case s.is(i, "opt") && s.is(i+1, "-") && s.is(i+2, "out") && !s.is(i-1, "no"):
			if topic = "opt-out"; s.between(0, len(s.t), "euro", "eurozone", "currency", "justice", "immigration", "asylum", "police", "policing", "schengen", "citizenship") {
				continue // the record knows that of defence alone
			}
		case s.is(i, "integrated") && s.between(i+1, min(len(s.t), i+4), "structure", "command", "structures"):
			topic = "integrated-military-structure"
		default:
			continue
		}
		if v := s.apartVerb(i); v >= 0 && s.standsApart(v, topic) {
			return
		}
		for _, p := range s.part {
			v := p.verb
			if v < 0 || p.unsure || p.tense == past && !p.perfect {
				continue
			}
			keeps := topic == "opt-out" && (s.is(v, "has", "retains", "keeps", "enjoys", "maintains") && v < i && i < p.to || s.is(v, "takes") && s.phrase(v+1, "no part"))
			for k := v; k < p.to && topic != "opt-out"; k++ {
				keeps = keeps || s.is(k, "outside") && s.is(k-1, "stayed", "remained", "stays", "remains", "is", "still", "been", "stands")
			}
			keeps = keeps || topic != "opt-out" && v < i && i < p.to && s.between(v, i, "not") && s.is(v, "belongs", "is", "participates", "takes", "belong", "are")
			if !keeps || p.not && topic == "opt-out" {
				continue
			}
			if s.standsApart(v, topic) {
				return
			}
		}
	}
}

func (s *sentence) standsApart(v int, topic string) bool {
	p := s.part[s.of[v]]
	if p.unsure || p.tense == past && p.verb >= 0 && !p.perfect || s.timeOf(v, v).mode == in {
		return false
	}
	who := s.statesBefore(v)
	if who == nil {
		who = s.inheritedStates(v)
	}
	if who != nil {
		s.add(Statement{rel: apart, subject: model.None, who: who, topic: topic}, v, v)
	}
	return who != nil
}

func (s *sentence) apartVerb(i int) int {
	p := s.part[s.of[i]]
	if s.is(i, "opt") { // the ground may stand anywhere
		p = part{from: 0, to: len(s.t)}
	}
	for k := p.from; k < p.to; k++ {
		if !s.is(k, "outside") && !s.phrase(k, "out of") && !s.phrase(k, "absent from") && !s.phrase(k, "aside from") && !s.phrase(k, "away from") {
			continue
		}
		v := k - 1
		for v > p.from && s.t[v].kind == word && adverb(s.t[v].w) {
			v--
		}
		if s.is(v, "stays", "stay", "remains", "remain", "keeps", "keep", "stands", "stand", "is", "are") || s.is(v, "stayed", "remained", "kept", "stood", "been") && s.is(v-1, "has", "have", "still") {
			if s.negated(v) {
				return -1
			}
			return v
		}
	}
	for k := p.from; k+2 < p.to; k++ {
		if s.is(k, "does", "do") && s.is(k+1, "not") || s.is(k, "doesn't", "don't") {
			j := k + 1
			for s.is(j, "not") || j < p.to && s.t[j].kind == word && adverb(s.t[j].w) {
				j++
			}
			if s.is(j, "participate", "join") || s.is(j, "take") && s.is(j+1, "part") || s.is(j, "share") && s.is(j+1, "in") {
				return k
			}
		}
	}
	return -1
}

func (s *sentence) boycotted() {
	for _, i := range s.cues {
		p := s.part[s.of[i]]
		if p.unsure || p.not {
			continue
		}
		var who []model.ID
		switch {
		case s.is(i, "boycotted", "blockaded", "ostracised", "ostracized", "shunned", "embargoed"):
			v := i - 1
			for v > 0 && (s.is(v, "being", "been") || s.t[v].kind == word && adverb(s.t[v].w)) {
				v--
			}
			if s.is(v, "is", "remains", "are") || s.is(v, "has", "have") && s.between(v, i, "been") && s.timeOf(v, i).mode != in {
				who = s.statesBefore(v)
			}
		case s.is(i, "boycott", "blockade", "embargo") && s.is(i+1, "of", "against", "on"):
			list, next := s.stateList(i + 2)
			for next < len(s.t) && s.t[next].kind == word && adverb(s.t[next].w) {
				next++
			}
			if s.is(next, "continues", "persists", "endures") || s.is(next, "goes") && s.is(next+1, "on") || s.is(next, "remains", "is") && (s.is(next+1, "still", "in") || s.is(next-1, "still")) {
				who = list
			}
		}
		if w := s.timeOf(i, i); len(who) == 1 && (w.mode == always || w.mode == since) {
			s.add(Statement{rel: apart, subject: model.None, who: who, topic: "diplomatic-relations"}, i, i)
		}
	}
}
