package claim

import (
	"strings"

	"entente/internal/model"
)

var (
	// acts are what an operation does while it goes on.
	acts = set("patrols", "operates", "monitors", "protects", "trains", "keeps", "guards", "continues", "fights", "supports", "runs", "watches", "escorts", "advises", "assists", "polices",
		"secures", "maintains", "helps", "provides", "ensures", "stabilises", "supervises", "oversees", "enforces", "counters", "fields", "deploys", "employs", "numbers", "tracks", "hunts", "defends", "shields")
	// conducts are what is done with it.
	conducts = set("leads", "lead", "runs", "run", "commands", "command", "conducts", "conduct", "heads", "maintains", "maintain", "operates", "operate", "deploys", "fields", "leading", "running", "commanding", "conducting")
	// served are what it does for others, told from their side.
	served = set("kept", "guarded", "led", "policed", "monitored", "secured", "supervised", "patrolled", "protected", "enforced", "overseen", "trained", "maintained", "ensured", "upheld", "supported")
	going  = set("running", "deployed", "ongoing", "active", "underway", "operating", "there", "patrolling", "training", "policing")
)

// running reads what is said of an operation as if it went on: "NATO leads
// ISAF", "the peace is kept by SFOR", "AMISOM is still running".
func (s *sentence) running() {
	for i := range s.t {
		t := s.t[i]
		if t.kind != name || t.owner || t.what.activity == model.None {
			continue
		}
		if s.r.w.Thing(t.what.activity).Operation == nil {
			s.recurring(i)
			continue
		}
		v := s.actOf(i)
		if v < 0 {
			continue
		}
		p := s.part[s.of[v]]
		bygone := p.verb >= 0 && p.verb <= v && p.tense == past && !p.perfect
		if w := s.timeOf(v, max(v, i)); p.unsure || p.not || bygone || w.mode != always && w.mode != since {
			continue
		}
		s.add(Statement{rel: lives, subject: t.what.activity}, i, i)
	}
}

// styled reports whether "the African Union's mission", "a NATO force" begins at
// k, without a superlative, which holds of what is over, too.
func (s *sentence) styled(k int) bool {
	for j := k; j < len(s.t) && j < k+6 && s.t[j].kind != point; j++ {
		if s.is(j, "largest", "longest", "biggest", "first", "only", "most", "last", "that", "which", "for", "of", "example", "case", "name") {
			return false
		}
		if s.is(j, "mission", "operation", "force") {
			return true
		}
	}
	return false
}

// recurs are what a series of exercises does when it is held.
var recurs = set("demonstrates", "tests", "brings", "gathers", "takes", "involves", "practises", "simulates", "draws", "sees", "rehearses", "trains", "moves", "mobilises", "assembles", "attracts")

// recurring reads "REFORGER, first held in 1969, demonstrates each autumn".
func (s *sentence) recurring(i int) {
	k := s.pastAside(i + 1)
	for k < len(s.t) && s.t[k].kind == word && adverb(s.t[k].w) {
		k++
	}
	if k >= len(s.t) || s.t[k].kind != word || !recurs[s.t[k].w] || s.part[s.of[i]].unsure || s.part[s.of[k]].not {
		return
	}
	for j := k; j < len(s.t) && j < k+12; j++ {
		if s.is(j, "each", "every", "annually") || s.is(j, "year") && s.is(j-1, "a", "per") {
			s.add(Statement{rel: held, subject: s.t[i].what.activity}, i, i)
			return
		}
		if s.t[j].kind == day {
			return
		}
	}
}

// actOf gives the verb in the present that has the operation named at i for
// its subject, its object or its agent; -1 when there is none.
func (s *sentence) actOf(i int) int {
	k := i + 1
	for s.is(k, ")", "mission", "operation", "force", "troops", "forces", "peacekeepers", "soldiers", "ships") {
		k++
	}
	if s.is(k, ",") {
		if s.is(k+1, "which") {
			k += 2
		} else if s.is(i-1, ",") {
			k++
		} else {
			k = s.pastAside(k)
		}
	}
	for k < len(s.t) && s.t[k].kind == word && adverb(s.t[k].w) {
		k++
	}
	if k < len(s.t) && s.t[k].kind == word {
		switch {
		case acts[s.t[k].w]:
			return k
		case s.is(k, "is", "are", "remains"):
			j := k + 1
			for j < len(s.t) && s.t[j].kind == word && adverb(s.t[j].w) {
				j++
			}
			if s.is(k, "is") && s.styled(k+1) {
				return k
			}
			if j < len(s.t) && s.t[j].kind == word && (going[s.t[j].w] || s.is(j-1, "still", "now", "currently") && strings.HasSuffix(s.t[j].w, "ing") || s.phrase(j, "under way") || s.phrase(j, "in progress") || s.phrase(j, "in place")) && !s.is(k+1, "not", "no") {
				return k
			}
		}
	}
	for k = i - 1; s.is(k, "the", "operation", "mission", "force") || k >= 0 && s.t[k].kind == name && s.t[k].owner; k-- {
	}
	switch {
	case k > 0 && s.t[k].kind == word && conducts[s.t[k].w]:
		if p := s.part[s.of[k]]; p.verb < 0 || p.verb >= k {
			return k
		}
	case s.is(k, "under", "of", "within") && (!s.is(k, "of") || s.is(k-1, "part")):
		if v := s.part[s.of[k]].verb; v >= 0 && v < k && s.is(v, "is", "are") && s.t[v+1].kind == word && strings.HasSuffix(s.t[v+1].w, "ing") {
			return v // "ships are patrolling the sea under Operation Active Endeavour"
		}
	case s.is(k, "by") && k > 1 && s.t[k-1].kind == word && served[s.t[k-1].w] && s.is(k-2, "is", "are", "still", "now", "being"):
		return s.part[s.of[k]].verb
	}
	return -1
}
