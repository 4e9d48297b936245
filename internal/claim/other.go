package claim

import (
	"entente/internal/model"
)

// seats reads "is headquartered in Brussels", "its headquarters are in
// Brussels".
func (s *sentence) seats() {
	for i := range s.t {
		if s.t[i].kind != word {
			continue
		}
		body, k := model.None, -1
		switch s.t[i].w {
		case "based", "headquartered":
			if s.is(i-1, "-") {
				s.basedIn(i)
				continue
			}
			if body, k = s.basedHere(i), i+2; body != model.None && s.is(i+1, "in", "at") {
				break
			}
			if body, k = model.None, -1; s.is(i-1, "was", "were") {
				body, k = s.bodyBefore(i), i+2
			}
			if s.is(i-1, "is", "are", "remains", "now", "currently") && s.is(i+1, "in", "at") {
				body, k = s.bodyBefore(i), i+2
			}
		case "headquarters", "seat", "secretariat":
			body, k = s.office(i)
		}
		if body == model.None || k < 0 {
			continue
		}
		p := s.part[s.of[i]]
		if p.unsure || p.not || s.timeOf(i, k).mode != always {
			continue
		}
		if place, from, to := s.placeAt(k); place != "" {
			st := Statement{rel: seated, subject: body, place: place}
			if p.tense == past {
				st.tense = past
			}
			s.add(st, from, to)
		}
	}
}

// basedIn reads "Geneva-based NATO" and "NATO, the Geneva-based alliance", where
// i is "based".
func (s *sentence) basedIn(i int) {
	from := i - 2
	for from > 0 && s.t[from-1].kind == word && s.t[from-1].capital && !s.is(from-1, "the") {
		from--
	}
	if from < 0 || !s.t[from].capital || s.t[from].kind != word || regions[s.t[i-2].w] {
		return
	}
	k := i + 1
	for s.adjective(k) {
		k++
	}
	if k >= len(s.t) {
		return
	}
	body := s.bodyID(s.t[k])
	if bodyWord(s.t[k].w) && s.t[k].kind == word {
		if body = s.predicate(from); body == model.None {
			body = s.resolve(k)
		}
	}
	if body != model.None && !s.part[s.of[i]].not {
		st := Statement{rel: seated, subject: body, place: s.text[s.t[from].start:s.t[i-2].end]}
		if s.part[s.of[i]].tense == past && s.r.w.Ended(body) {
			st.tense = past
		}
		s.add(st, from, i-2)
	}
}

// basedHere gives the body of "NATO, headquartered in Brussels," and "is an
// organisation based in Brussels", where i is the participle.
func (s *sentence) basedHere(i int) model.ID {
	switch {
	case i == 0:
		return s.inherited(i)
	case s.is(i-1, ",") && i > 1 && s.t[i-2].kind == name && !s.t[i-2].owner:
		return s.bodyID(s.t[i-2])
	case s.t[i-1].kind == word && bodyWord(s.t[i-1].w):
		k := i - 2
		for k > 0 && s.t[k].kind == word && !s.is(k, "a", "an", "the", "is") {
			k--
		}
		return s.predicate(k + 1)
	}
	return model.None
}

// office reads the noun at i and gives the body and where its place begins.
func (s *sentence) office(i int) (model.ID, int) {
	body, k := model.None, i+1
	switch {
	case i > 0 && s.t[i-1].kind == name && s.t[i-1].what.body != model.None:
		if body = s.t[i-1].what.body; s.is(i-2, "of") {
			return model.None, -1
		}
	case s.is(i-1, "its", "whose"):
		if body = s.resolve(i - 1); body == model.None && s.is(i-1, "its") {
			if body = s.cataphor(i - 1); body == model.None {
				body = s.context.body
			}
		}
		if s.is(i-2, "has", "have") {
			if body = s.bodyBefore(i - 2); body == model.None {
				body = s.bodyOfOffice(i - 2)
			}
		}
	case s.is(k, "of"):
		j := k + 1
		for s.is(j, "the") {
			j++
		}
		body = s.resolve(j)
		k = j + 1
	}
	for s.is(k, "can", "be", "found", "housed", "hosted") || s.is(k, "is", "are", "located", "situated", "lies", "lie", "sits", "now", "remains") {
		k++
	}
	if s.is(k, ",") && s.is(k+1, "in", "at") {
		k++
	}
	if !s.is(k, "in", "at") || !(s.is(k-1, "is", ",", "found", "housed", "hosted", "are", "located", "situated", "lies", "lie", "sits", "now", "remains") || s.is(i-1, "its")) {
		return model.None, -1
	}
	return body, k + 1
}

var regularly = set("annual", "annually", "yearly", "every", "each", "regular", "regularly", "biennial", "continues", "continue", "still", "ongoing")

// exercises reads whether a series of exercises goes on.
func (s *sentence) exercises() {
	for i := range s.t {
		t := s.t[i]
		if t.kind != name || t.what.activity == model.None {
			continue
		}
		p := s.part[s.of[i]]
		if p.unsure || p.not || s.anyUnsure() || s.timeOf(i, i).mode != always {
			continue
		}
		if !s.current(i) {
			continue
		}
		s.add(Statement{rel: held, subject: t.what.activity}, i, i)
	}
	s.editions()
}

func (s *sentence) anyUnsure() bool {
	for _, p := range s.part {
		if p.unsure {
			return true
		}
	}
	return false
}

// current reports whether the sentence says in the present that the series
// named at i is held.
func (s *sentence) current(i int) bool {
	c := s.of[i]
	for k, p := range s.part {
		if k <= c && p.tense == past && p.verb >= 0 && !p.perfect && !s.is(p.verb, "designed", "held", "called", "known", "conducted", "aimed", "intended", "run") {
			return false
		}
	}
	for k := range s.t {
		if s.is(k, "was", "were", "ended", "until", "former", "formerly", "once", "replaced", "succeeded", "renamed", "discontinued", "cancelled", "suspended", "had", "earlier", "previous", "predecessor", "successor", "no", "past", "historical", "last", "old", "then") {
			return false
		}
		if s.t[k].kind == day {
			return false
		}
	}
	// "exercises such as Foal Eagle and Key Resolve"
	for k := i - 1; k >= 0 && k > i-8; k-- {
		if (s.is(k, "as") && s.is(k-1, "such") || s.is(k, "including", "like")) && s.between(max(0, k-6), k, "exercises", "drills", "exercise", "manoeuvres", "maneuvers") {
			return true
		}
	}
	if s.lead && c == 0 && s.part[c].verb < 0 {
		return s.between(0, len(s.t), "exercise", "exercises", "drill", "drills")
	}
	for k := range s.t {
		if s.t[k].kind == word && regularly[s.t[k].w] {
			if s.held2(i) {
				return true
			}
		}
	}
	// "takes place every autumn", "is one of the largest annual exercises"
	return s.held2(i) && s.is(i+1, "is", "remains") && s.between(i, min(len(s.t), i+9), "exercise", "drill", "exercises", "drills", "manoeuvre")
}

// held2 reports whether the series is what is held: the subject of a verb in
// the present, or the object of "hold" and "conduct".
func (s *sentence) held2(i int) bool {
	j := i + 1
	for s.is(j, "exercise", "exercises", "drill", "drills", "series") || s.is(j, "and", ",") && j+1 < len(s.t) && s.t[j+1].kind == name {
		if s.is(j, "and", ",") {
			j++
		}
		j++
	}
	if s.is(j, ",") && s.is(j+1, "which") {
		j += 2
	} else if s.is(j, ",") && s.is(j+1, "a", "an", "the") {
		j = s.pastAside(j)
	}
	if s.is(i-1, "is", "are") && s.between(0, i-1, "exercises", "drills", "manoeuvres") {
		return true
	}
	if s.is(j, "is", "are", "takes", "take", "continues", "continue", "remains", "remain", "brings", "tests", "involves", "runs", "test", "involve", "bring", "serve", "serves", "form", "draw", "draws") {
		return true
	}
	k := i - 1
	for s.is(k, "the", "annual", "yearly", "exercise", "exercises", "regular", "joint", "large", "their", "named", "called", "and", ",", "field", "big", "spring", "computer", "post", "command") || k >= 0 && s.t[k].kind == name && s.t[k].what.activity != model.None {
		k--
	}
	return s.is(k, "hold", "holds", "conduct", "conducts", "run", "runs", "stage", "stages", "hosts", "host", "organise", "organises", "organize", "organizes", "continue", "continues", "practise", "in", "joins", "join")
}

// editions reads "the first Malabar exercise took place in 1992".
func (s *sentence) editions() {
	for i := range s.t {
		if s.t[i].kind != name || s.t[i].what.activity == model.None {
			continue
		}
		rel := began
		switch {
		case s.is(i-1, "first") || i > 0 && s.t[i-1].kind == order && s.t[i-1].value == 1:
		case s.is(i-1, "last") && s.is(i-2, "the"):
			rel = ended
		default:
			continue
		}
		j := i + 1
		for s.is(j, "exercise", "drill", "edition") {
			j++
		}
		if !s.is(j, "took", "was", "dates", "in") {
			continue
		}
		st := Statement{rel: rel, subject: s.t[i].what.activity, tense: past, when: s.timeOf(j, j)}
		if st.when.mode == in {
			s.note(st)
		}
	}
}

// topics of articles, by kinds of obligation.
var topics = []struct{ words, kind string }{
	{"collective defence", "defence"}, {"collective defense", "defence"}, {"mutual defence", "defence"}, {"mutual defense", "defence"}, {"mutual assistance", "defence"}, {"armed attack", "defence"},
	{"attack on one", "defence"}, {"attack against one", "defence"}, {"attack on all", "defence"}, {"attack against all", "defence"}, {"aggression", "defence"},
	{"consultation", "consultation"}, {"consultations", "consultation"}, {"consult", "consultation"}, {"consults", "consultation"},
}

// kinds reads "ASEAN is a military alliance" and "collective security" said of
// a body of collective defence.
func (s *sentence) kinds() {
	for _, i := range s.cues {
		if !s.is(i, "military", "defence", "defense", "mutual", "collective", "defensive") {
			continue
		}
		switch {
		case s.phrase(i, "military alliance"), s.phrase(i, "defence alliance"), s.phrase(i, "defense alliance"), s.phrase(i, "mutual defence pact"), s.phrase(i, "mutual defense pact"),
			s.phrase(i, "collective defence alliance"), s.phrase(i, "military pact"), s.phrase(i, "defensive alliance"), s.phrase(i, "collective defence organisation"), s.phrase(i, "collective defense organization"):
			s.kindAt(i)
		case s.phrase(i, "collective security"):
			s.principleAt(i)
		}
	}
}

func (s *sentence) kindAt(i int) {
	p := s.part[s.of[i]]
	if p.unsure || p.not || s.between(0, i, "like", "than", "not", "no", "unlike", "rather", "resembles", "become", "called", "called", "asian", "arab") {
		return
	}
	j := i
	for !s.is(j, "alliance", "pact", "organisation", "organization") {
		j++
	}
	k := i - 1
	for k >= 0 && (s.t[k].kind == word && !auxiliaries[s.t[k].w] || s.t[k].kind == point && s.t[k].w == "-") && i-k < 8 {
		k--
	}
	if s.is(k, "is", "remains", "was", "are", "were") {
		if id := s.bodyBefore(k); id != model.None {
			s.add(Statement{rel: military, subject: id}, i, j)
		}
		return
	}
	if s.is(k, ",") && k > 0 && s.t[k-1].kind == name && !s.t[k-1].owner && s.is(k+1, "a", "an", "the") {
		if id := s.bodyID(s.t[k-1]); id != model.None {
			s.add(Statement{rel: military, subject: id}, i, j)
		}
	}
}

// principleAt reads what is said of collective security at i.
func (s *sentence) principleAt(i int) {
	if s.between(0, len(s.t), "not", "never", "rather", "than", "unlike", "distinct", "differs", "confuse", "instead", "term", "terms", "collective-defence", "no", "without", "though", "both", "versus", "would", "could", "might", "may", "should", "will", "plan", "plans", "proposed", "proposal", "call", "calls", "called", "calling", "describe", "describes", "label", "labels") {
		return
	}
	for k := range s.t {
		if s.phrase(k, "collective defence") || s.phrase(k, "collective defense") {
			return
		}
	}
	body := model.None
	for k := range s.t {
		if id := s.bodyID(s.t[k]); id != model.None {
			if body != model.None && body != id {
				return
			}
			body = id
		}
	}
	if body == model.None {
		if k := s.is(0, "it", "the", "its"); !k || s.context.body == model.None {
			return
		}
		body = s.context.body
	}
	strong := s.between(max(0, i-7), i, "principle", "system", "doctrine", "concept", "based", "premise", "built", "rests", "basis", "idea", "foundation", "founded", "form", "logic") ||
		s.is(i+2, "clause", "guarantee", "commitment", "pact", "alliance", "organisation", "organization", "system", "provision", "principle", "arrangement", "treaty", "obligation", "promise")
	for k := range s.t {
		if s.phrase(k, "attack on one") || s.phrase(k, "attack against one") || s.phrase(k, "attack on all") || s.phrase(k, "attack against all") {
			strong = true
		}
	}
	if strong {
		s.add(Statement{rel: principle, subject: body, topic: "collective security"}, i, i+1)
	}
}
