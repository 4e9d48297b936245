package claim

import (
	"strings"

	"entente/internal/model"
)

// inName reports whether a date only belongs to a name: "the INF Treaty of 1987",
// "the 1987 INF Treaty".
func (s *sentence) inName(w when) bool {
	for k, t := range s.t {
		if t.kind != day || t.start != w.start {
			continue
		}
		if s.is(k-1, "of") && k > 1 && (s.t[k-2].kind == name || s.is(k-2, "treaty", "pact", "agreement", "alliance", "charter")) {
			return true
		}
		return k+1 < len(s.t) && s.t[k+1].kind == name && (k == 0 || s.is(k-1, "the", "a", "its"))
	}
	return false
}

// ranked are adjectives that say of a body what it is for those whom it serves
// today; a superlative would hold of what is over, too.
var ranked = set("main", "chief", "principal", "leading", "central", "primary", "foremost", "key", "dominant", "major", "regional", "continental", "military", "defensive", "defence", "defense",
	"security", "political", "collective", "overarching", "prime", "core", "important", "common", "european", "african", "asian", "western", "eastern", "arab", "atlantic", "pan", "-", "international", "intergovernmental", "multilateral")

// predicated reads what is said to be there in the present: "The Organisation of
// African Unity is the main organisation of the continent". What ended before 1945
// is told of in the present by historians.
func (s *sentence) predicated() {
	for i := range s.t {
		body := s.bodyID(s.t[i])
		if body == model.None || i > 1 || s.t[i].owner || s.r.w.Thing(body).Organisation.Dissolved.Year() < 1945 || s.whole(i, body) == model.None {
			continue
		}
		v := i + 1
		if s.is(v, ",") || s.is(v, "(") {
			v = s.pastAside(v)
		}
		if !s.is(v, "is", "remains") || s.part[s.of[v]].not || s.part[s.of[v]].unsure {
			continue
		}
		k := v + 1
		for k < len(s.t) && s.t[k].kind == word && s.is(k, "still", "today", "now", "currently") {
			k++
		}
		if !s.is(k, "the", "a", "an", "its", "africa's", "europe's") && !(k < len(s.t) && s.t[k].owner) {
			continue
		}
		n := k + 1
		for n < len(s.t) && s.t[n].kind == word && ranked[s.t[n].w] || s.is(n, "-") {
			n++
		}
		if !s.is(n, "alliance", "organisation", "organization", "bloc", "body", "forum", "institution", "framework", "pact", "grouping") || s.bygone() {
			continue
		}
		if n == k+1 && !s.between(v, k, "still", "today", "now", "currently") {
			continue
		}
		s.add(Statement{rel: lives, subject: body}, v, n)
	}
}

// bygone reports whether the sentence bears a date, a verb of the past or a word
// of history: its present may be that of a historian.
func (s *sentence) bygone() bool {
	for k, t := range s.t {
		if t.kind == day || t.kind == opaque || t.kind == word && t.class&pastVerb != 0 && t.w != "led" || s.is(k, "history", "ever", "period", "war", "era", "century", "age", "example", "historians", "story", "time", "chapter", "museum", "minds", "memory", "memories", "imagination", "eyes", "textbooks", "dissolved", "ended", "replaced", "that", "which", "former", "defunct") {
			return true
		}
	}
	return false
}

// at work are what forces do now, told in the plural.
var atWork = set("patrol", "operate", "serve", "fight", "sail", "fly", "train", "monitor", "guard", "protect", "escort", "watch", "police", "search", "cruise", "deploy", "keep", "hunt", "control", "inspect", "stop",
	"help", "advise", "assist", "support", "supervise", "act", "work")

// throughIt reads an operation as the means of work that goes on: "NATO ships
// patrol under Operation Active Endeavour", "The African Union keeps peace through
// its mission AMISOM".
func (s *sentence) throughIt() {
	for i, t := range s.t {
		if t.kind != name || t.owner || t.what.activity == model.None || s.r.w.Thing(t.what.activity).Operation == nil {
			continue
		}
		k := i - 1
		for s.is(k, "the", "its", "their", "operation", "mission", "force", "peacekeeping", "maritime", "naval", "training", "military") || k >= 0 && s.t[k].kind == name && s.t[k].owner {
			k--
		}
		if !s.is(k, "under", "through", "via", "within", "with") && !(s.is(k, "of") && s.is(k-1, "part", "framework")) {
			continue
		}
		v := s.workVerb(k)
		if v < 0 {
			continue
		}
		p := s.part[s.of[i]]
		if w := s.timeOf(v, i); p.unsure || p.not || w.mode != always && w.mode != since {
			continue
		}
		s.add(Statement{rel: lives, subject: t.what.activity}, i, i)
	}
}

// workVerb gives the verb in the present that tells of work, before the
// preposition at k; -1 when there is none.
func (s *sentence) workVerb(k int) int {
	p := s.part[s.of[k]]
	if p.verb >= 0 && p.verb < k && s.t[p.verb].class&presentVerb == 0 {
		return -1
	}
	for v := k - 1; v > p.from; v-- {
		t := s.t[v]
		if t.kind == word && t.class&(breaker|pastVerb) != 0 && !s.is(v, "and") && !s.phrase(v, "as part of") || s.is(v, "what", "how") {
			return -1
		}
		if t.kind != word || t.capital {
			continue
		}
		if acts[t.w] && (s.t[v-1].kind == name || s.t[v-1].kind == word && !prepositions[s.t[v-1].w] && !s.is(v-1, "the", "a", "its", "their")) || s.is(v, "is", "remains") && s.is(v+1, "active", "present", "engaged") {
			return v
		}
		if atWork[t.w] && (s.is(v-1, "still", "now", "currently") || s.t[v-1].kind == word && strings.HasSuffix(s.t[v-1].w, "s") && !auxiliaries[s.t[v-1].w] && !s.is(v-1, "its", "always") || s.is(v-1, "aircraft", "troops", "allies")) {
			return v
		}
	}
	return -1
}
