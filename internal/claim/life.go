package claim

import (
	"strings"

	"entente/internal/model"
)

// lifeWords are verbs of beginning and end, with what must follow them.
var lifeWords = []struct {
	words string
	rel   relation
	noun  bool // it may be a noun: "its foundation in 1949"
}{
	{"founded", began, false}, {"established", began, false}, {"created", began, false}, {"formed", began, false}, {"launched", began, false}, {"set up", began, false},
	{"inaugurated", began, false}, {"instituted", began, false}, {"constituted", began, false}, {"born", began, false}, {"began", began, false}, {"begun", began, false},
	{"started", began, false}, {"came into being", began, false}, {"came into existence", began, false}, {"come into being", began, false}, {"dates back", began, false}, {"dates from", began, false},
	{"date from", began, false}, {"date back", began, false}, {"dating from", began, false}, {"dating back", began, false}, {"goes back to", began, false}, {"existed since", began, false}, {"existed as", began, false}, {"emerged", began, false},
	{"announced", began, false}, {"unveiled", began, false}, {"first held", began, false}, {"held first", began, false}, {"held since", began, false}, {"conducted since", began, false}, {"run since", began, false},
	{"held every year since", began, false}, {"held every two years since", began, false}, {"held annually since", began, false}, {"first conducted", began, false}, {"first organised", began, false}, {"introduced", began, false},
	{"taken place since", began, false}, {"first convened", began, false}, {"convened first", began, false}, {"first met", began, false}, {"first took place", began, false}, {"first staged", began, false}, {"held its first", began, false},
	{"brought into being", began, false}, {"called into being", began, false}, {"brought into existence", began, false}, {"called into existence", began, false}, {"made its debut", began, false}, {"made its first appearance", began, false}, {"took shape", began, false}, {"came together", began, false}, {"saw the light", began, false}, {"started life", began, false}, {"kicked off", began, false},
	{"founding", began, true}, {"foundation", began, true}, {"creation", began, true}, {"formation", began, true}, {"establishment", began, true}, {"birth", began, true}, {"inception", began, true}, {"launch", began, true},
	{"signed", signed, false}, {"concluded", signed, false}, {"sealed", signed, false}, {"contracted", signed, false}, {"proclaimed", began, false}, {"signing", signed, true}, {"signature", signed, true}, {"conclusion", signed, true},
	{"entered into force", inForce, false}, {"came into force", inForce, false}, {"came into effect", inForce, false}, {"entered into effect", inForce, false}, {"took effect", inForce, false}, {"in force since", inForce, false},
	{"entering into force", inForce, false}, {"coming into force", inForce, false}, {"entry into force", inForce, true},
	{"dissolved", ended, false}, {"disbanded", ended, false}, {"abolished", ended, false}, {"terminated", ended, false}, {"abrogated", ended, false}, {"expired", ended, false}, {"lapsed", ended, false},
	{"collapsed", ended, false}, {"wound up", ended, false}, {"ceased to exist", ended, false}, {"came to an end", ended, false}, {"come to an end", ended, false}, {"lasted until", ended, false}, {"lasted till", ended, false},
	{"survived until", ended, false}, {"existed until", ended, false}, {"defunct since", ended, false}, {"disintegrated", ended, false}, {"broke up", ended, false}, {"fell apart", ended, false},
	{"ended", ended, false}, {"discontinued", ended, false}, {"cancelled", ended, false}, {"last held", ended, false}, {"held until", ended, false}, {"scrapped", ended, false}, {"held last", ended, false}, {"ran until", ended, false},
	{"folded", ended, false}, {"shut down", ended, false}, {"held for the last time", ended, false}, {"last took place", ended, false},
	{"went out of business", ended, false}, {"went out of existence", ended, false}, {"closed down", ended, false}, {"ceased to be in force", ended, false}, {"ceased to apply", ended, false}, {"ceased to have effect", ended, false}, {"went out of force", ended, false}, {"ceased to operate", ended, false}, {"ceased to function", ended, false}, {"ceased operations", ended, false}, {"petered out", ended, false}, {"wound down", ended, false},
	{"dissolution", ended, true}, {"demise", ended, true}, {"end", ended, true}, {"collapse", ended, true}, {"disbandment", ended, true}, {"termination", ended, true},
	{"existed from", between2, false}, {"held from", between2, false}, {"held between", between2, false}, {"existed between", between2, false}, {"ran from", between2, false}, {"lasted from", between2, false}, {"in existence from", between2, false}, {"active from", between2, false},
	{"took place from", between2, false}, {"in force from", between2, false}, {"conducted from", between2, false}, {"held annually from", between2, false}, {"held every year from", between2, false}, {"conducted between", between2, false},
}

// between2 stands for a beginning and an end told at once.
const between2 relation = 200

// lifeFirst are the first words of lifeWords.
var lifeFirst = func() map[string]bool {
	m := map[string]bool{}
	for w := range lifeBy {
		m[w] = true
	}
	return m
}()

// lifeBy files lifeWords under their first words, by their places.
var lifeBy = func() map[string][]int {
	m := map[string][]int{}
	for i, l := range lifeWords {
		w, _, _ := strings.Cut(l.words, " ")
		m[w] = append(m[w], i)
	}
	return m
}()

// lives reads beginnings, signatures and ends.
func (s *sentence) life() {
	for i := 0; i < len(s.t); i++ {
		if s.t[i].kind == name {
			s.bracketed(i)
			s.yeared(i)
			continue
		}
		switch s.t[i].w {
		case "replaced", "succeeded", "superseded":
			s.succeeding(i)
		case "held", "conducted", "staged", "run", "organised", "organized":
			if s.is(i-1, "been") {
				s.heldSince(i)
			}
		}
		if s.t[i].kind != word && s.t[i].kind != order || s.t[i].class&lifeWord == 0 {
			continue
		}
		best, length := -1, 0
		for _, k := range lifeBy[s.t[i].w] {
			l := lifeWords[k]
			if n := strings.Count(l.words, " ") + 1; n > length && s.phrase(i, l.words) {
				best, length = k, n
			}
		}
		if best < 0 {
			continue
		}
		l := lifeWords[best]
		if p := s.part[s.of[i]]; !p.unsure || declares(l.words) {
			if l.noun {
				s.lifeNoun(i, length, l.rel)
			} else if !declares(l.words) || s.passive(i) || s.declared(i) {
				s.lifeVerb(i, length, l.rel)
			}
		}
		i += length - 1
	}
}

func (s *sentence) passive(i int) bool {
	return s.is(i-1, "was", "were", "is", "first", "been", "formally", "publicly", "officially") || s.part[s.of[i]].from == i
}

// thing is a body, a treaty or an exercise that a noun phrase stands for.
func (s *sentence) thingAt(k int, rel relation) model.ID {
	t := s.t[k]
	if s.is(k, "membership", "members", "allies", "ranks") {
		return model.None // what dates from then is not the body
	}
	if id := s.charter(k); id != model.None {
		return id
	}
	if t.kind == name && !t.owner {
		if b := k - 1; s.is(b, "of") || s.is(b, "the") && s.is(b-1, "of") {
			return model.None
		}
		if t.what.activity != model.None {
			return t.what.activity
		}
		if rel == signed || rel == inForce {
			if t.what.treaty != model.None {
				return s.whole2(k, t.what.treaty)
			}
		}
		if t.what.body != model.None {
			return s.whole(k, t.what.body)
		}
		if t.what.treaty != model.None {
			return s.whole2(k, t.what.treaty)
		}
		return model.None
	}
	if t.kind == word && (t.w == "exercise" || t.w == "exercises" || t.w == "series" || t.w == "drills" || t.w == "drill") && k > 0 && s.t[k-1].kind == name {
		return s.t[k-1].what.activity
	}
	if t.w == "it" && t.kind == word && (rel == signed || rel == inForce) {
		if id := s.soleTreaty(k); id != model.None {
			return id
		}
	}
	if t.kind == word && (t.w == "treaty" || t.w == "pact" || t.w == "agreement") && k > 0 && s.t[k-1].kind == name && s.t[k-1].what.treaty != model.None && !s.t[k-1].owner {
		return s.whole2(k-1, s.t[k-1].what.treaty)
	}
	if t.kind == word && (t.w == "treaty" || t.w == "pact" || t.w == "charter" || t.w == "agreement") && (rel == signed || rel == inForce) {
		if s.is(k-1, "the", "this") && s.context.treaty != model.None && !s.namesTreaty(k) {
			return s.context.treaty
		}
		return model.None
	}
	return s.bodyAt(k)
}

// soleTreaty gives the one treaty named before k, or what "it" means as one
// when no body was named.
func (s *sentence) soleTreaty(k int) model.ID {
	found := model.None
	for j := 0; j < k; j++ {
		if t := s.t[j]; t.kind == name && t.what.treaty != model.None {
			if found != model.None && found != t.what.treaty {
				return model.None
			}
			found = t.what.treaty
		} else if t.kind == name && t.what.body != model.None {
			return model.None
		}
	}
	return found
}

func (s *sentence) namesTreaty(k int) bool {
	for j := 0; j < k; j++ {
		if s.t[j].kind == name && s.t[j].what.treaty != model.None {
			return true
		}
	}
	return false
}

// whole2 is whole for a treaty.
func (s *sentence) whole2(k int, id model.ID) model.ID {
	j := k - 1
	for s.is(j, "the") || j >= 0 && s.t[j].kind == day {
		j--
	}
	if j >= 0 && s.t[j].kind == word && prepositions[s.t[j].w] || s.governed(j) || s.is(j, "and", "or") && j > 0 && s.t[j-1].kind == name {
		return model.None
	}
	return id
}

// treatyBefore gives the treaty that is the subject of the verb at v.
func (s *sentence) treatyBefore(v int) (model.ID, int) {
	k := s.subject(v)
	if k < 0 || s.t[k].kind != name || s.t[k].owner {
		return model.None, -1
	}
	return s.t[k].what.treaty, k
}

func (s *sentence) lifeVerb(i, n int, rel relation) {
	id := model.None
	k := s.subject(i)
	p := s.part[s.of[i]]
	if rel == ended && n == 1 && !s.passive(i) {
		id = s.endedObject(i + n)
	}
	switch {
	case id != model.None:
	case k >= 0 && s.active(i, n):
		if rel == signed && len(s.statesBefore(i)) == 1 {
			return // "Hungary signed the Tripartite Pact in November 1940", when it joined
		}
		if id = s.objectThing(i+n, rel); id == model.None {
			return
		}
	case k == -2:
		return
	case k == -1:
		id = s.inheritedThing(i, rel)
	default:
		id = s.thingAt(k, rel)
		if s.is(k, "exercise", "exercises", "drill") && s.is(i, "took", "began", "started") {
			return
		}
	}
	if id == model.None && (k >= 0 || k == -1 && s.of[i] == 0) && !s.passive(i) { // "Twelve states founded NATO", "X and Y signed the treaty"
		id = s.objectThing(i+n, rel)
	} else if id == model.None && k >= 0 && s.t[k].kind == name && s.t[k].what.state != model.None {
		return
	}
	if id == model.None {
		return
	}
	s.lifeClaim(id, rel, i, i+n-1, p)
}

// endedObject gives the thing that is the object of "ended", "dissolved".
func (s *sentence) endedObject(k int) model.ID {
	for s.is(k, "the") {
		k++
	}
	if k >= len(s.t) || s.t[k].kind != name || s.t[k].owner {
		return model.None
	}
	for _, id := range []model.ID{s.t[k].what.activity, s.t[k].what.body, s.t[k].what.treaty} {
		if id != model.None {
			return id
		}
	}
	return model.None
}

// active reports whether the verb at i has an object, so that its subject is
// not what began or ended.
func (s *sentence) active(i, n int) bool {
	if !strings.HasSuffix(s.t[i].w, "ed") && !s.is(i, "set") || s.passive(i) || s.is(i-1, "has", "have", "had") && s.is(i, "existed", "lasted", "ended", "expired") {
		return false
	}
	j := i + n
	if j >= len(s.t) {
		return false
	}
	t := s.t[j]
	switch {
	case t.kind == name, t.kind == figure:
		return true
	case t.kind != word:
		return false
	}
	return !prepositions[t.w] && !adverb(t.w) && !breakers[t.w] && t.w != "during" && t.w != "half" && t.w != "as"
}

// objectThing gives the thing that is the object of an active verb.
func (s *sentence) objectThing(k int, rel relation) model.ID {
	for s.is(k, "the", "a") || k < len(s.t) && s.t[k].kind == day {
		k++
	}
	if k >= len(s.t) {
		return model.None
	}
	t := s.t[k]
	if t.kind == name && !t.owner && !(k+1 < len(s.t) && s.is(k+1, "accession", "membership", "protocol", "declaration")) {
		if rel == signed && t.what.treaty != model.None {
			return t.what.treaty
		}
		if rel == began && t.what.body != model.None || rel == signed && s.understanding(k) {
			return t.what.body
		}
	}
	return model.None
}

// inheritedThing is inherited for things of any kind.
func (s *sentence) inheritedThing(v int, rel relation) model.ID {
	c := s.of[v]
	for k := 0; k < s.part[c].from; k++ {
		t := s.t[k]
		if t.kind != name || t.owner || t.what.state != model.None {
			continue
		}
		if id := s.thingAt(k, rel); id != model.None {
			return id
		}
	}
	if k := s.mainClause(v); k >= 0 {
		u := s.t[k]
		switch {
		case u.kind != name:
			return s.resolve(k)
		case u.what.activity != model.None:
			return u.what.activity
		case u.what.treaty != model.None && (rel == signed || rel == inForce || u.what.body == model.None):
			return u.what.treaty
		}
		return u.what.body
	}
	if c > 0 || s.part[c].from == v {
		return model.None
	}
	return s.inherited(v)
}

// lifeClaim notes what a verb of beginning or end says of a thing.
func (s *sentence) lifeClaim(id model.ID, rel relation, i, j int, p part) {
	st := Statement{rel: rel, subject: id, tense: past, not: s.negated(i)}
	st.when = s.timeOf(i, j)
	thing := s.r.w.Thing(id)
	if rel == signed && thing.Treaty == nil && thing.Organisation == nil {
		rel, st.rel = began, began
	}
	if (rel == signed || rel == began) && thing.Treaty != nil && !s.negated(i) {
		s.placed(id, j)
	}
	if st.not {
		return
	}
	if rel == between2 {
		if st.when.mode == between {
			a, b := st, st
			a.rel, b.rel = began, ended
			a.when = when{mode: in, from: st.when.from, start: st.when.start, end: st.when.end}
			b.when = when{mode: in, from: st.when.to, start: st.when.start, end: st.when.end}
			s.note(a)
			s.note(b)
		}
		return
	}
	if st.when.mode == between && thing.Exercise == nil {
		return
	}
	if st.when.mode == always {
		if rel == ended && p.tense == past && thing.Kind == model.Organisation && s.is(i, "dissolved", "disbanded", "abolished", "ceased") && s.t[i].end > 0 && (s.passive(i) || s.is(i, "ceased")) {
			s.add(st, i, j)
		}
		return
	}
	if st.when.mode == between {
		return
	}
	if rel == ended && st.when.mode == since || rel != ended && st.when.mode == until {
		return
	}
	if rel != ended && st.when.mode == before || st.when.mode == after {
		return
	}
	s.note(st)
}

// note adds a statement whose words are its date.
func (s *sentence) note(st Statement) {
	st.start, st.end, st.whole = st.when.start, st.when.end, s.text
	s.found = append(s.found, st)
}

// negated reports whether the verb group around i is denied.
func (s *sentence) negated(i int) bool {
	for k := i; k >= 0 && k > i-5 && s.of[k] == s.of[i]; k-- {
		if s.is(k, "longer") && s.is(k-1, "no") {
			return true
		}
		if s.is(k, "not", "never", "cannot", "without") || s.t[k].kind == word && strings.HasSuffix(s.t[k].w, "n't") {
			return true
		}
		if s.is(k, "nor") || s.t[k].kind == name && s.is(k-1, "nor", "neither") {
			return true
		}
		if s.t[k].kind == name || s.t[k].kind == point {
			return false
		}
	}
	return false
}

// lifeNoun reads "NATO's foundation in 1949", "the dissolution of the Warsaw
// Pact in 1991", "since its founding in 1949".
func (s *sentence) lifeNoun(i, n int, rel relation) {
	id := model.None
	before := i - 1
	for s.is(before, "formal", "official", "very") {
		before--
	}
	switch {
	case before >= 0 && s.t[before].kind == name && s.t[before].owner:
		t := s.t[before]
		id = t.what.body
		if t.what.activity != model.None {
			id = t.what.activity
		}
		if (rel == signed || rel == inForce || id == model.None) && t.what.treaty != model.None {
			id = t.what.treaty
		}
	case s.is(before, "its"):
		if id = s.resolve(before); id == model.None {
			id = s.cataphor(before)
		}
	case s.is(i+n, "of"):
		k := i + n + 1
		for s.is(k, "the") {
			k++
		}
		if k < len(s.t) && s.t[k].kind == name && !s.t[k].owner {
			t := s.t[k]
			id = t.what.body
			if (rel == signed || rel == inForce || id == model.None) && t.what.treaty != model.None {
				id = t.what.treaty
			}
			n = k - i + 1
		}
	}
	if id == model.None {
		return
	}
	st := Statement{rel: rel, subject: id, tense: past}
	if rel == signed && s.r.w.Thing(id).Treaty == nil {
		st.rel = began
	}
	st.when = s.adjacent(i + n)
	if st.when.mode == always && s.is(i-1, "the") && s.is(i-2, "saw", "brought", "marked") && i > 2 && s.t[i-3].kind == day { // "1949 saw the birth of NATO"
		d := s.t[i-3]
		st.when = when{mode: in, from: d.date, start: d.start, end: d.end}
	}
	if st.when.mode == in {
		s.note(st)
	}
}

// adjacent gives the date that stands right after a noun: "in 1949".
func (s *sentence) adjacent(k int) when {
	for _, c := range s.context.times {
		if c.prep == k && c.mode == in && s.is(c.prep, "in", "on", "of") || c.prep == k+1 && s.is(k, "back") {
			return c.when
		}
	}
	return when{}
}

// regions are capitalised words that are no seat.
var regions = set("europe", "asia", "africa", "america", "western", "eastern", "northern", "southern", "central", "north", "south", "east", "west", "pacific", "atlantic", "southeast", "cold", "january",
	"february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "spring", "article", "moscow-led")
