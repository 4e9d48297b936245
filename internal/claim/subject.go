package claim

import (
	"strings"

	"entente/internal/model"
)

var (
	auxiliaries = set("was", "were", "is", "are", "been", "being", "be", "has", "have", "had", "did", "do", "does", "having", "became", "become", "remains", "remained", "remain")
	adverbs     = set("now", "today", "currently", "still", "formally", "officially", "originally", "first", "finally", "then", "only", "later", "itself", "initially",
		"also", "already", "since", "soon", "not", "never", "both", "all", "again", "once", "together", "eventually", "presently", "just", "even", "long", "yet", "too", "each", "thus",
		"always", "ever", "jointly", "no", "longer", "last", "so", "far", "alone", "therefore", "however", "themselves", "likewise", "nevertheless")
	prepositions = set("of", "for", "in", "by", "with", "to", "from", "under", "against", "between", "within", "among", "on", "about", "into", "outside", "through", "over",
		"inside", "beyond", "beside", "near", "at", "towards", "toward", "like", "than", "via", "without", "alongside")
)

func adverb(w string) bool {
	return adverbs[w] || strings.HasSuffix(w, "ly") && w != "ally" && w != "july" && w != "italy"
}

// subject gives the token that is the subject of the verb at v: what stands
// before it once auxiliaries, adverbs, dates and asides are passed over. It
// is -1 when the clause begins there, -2 when the subject cannot be told.
func (s *sentence) subject(v int) int {
	k := v - 1
	for k >= 0 {
		t := s.t[k]
		switch {
		case (t.kind == word || t.kind == order) && (auxiliaries[t.w] || adverb(t.w)):
			k--
		case t.kind == day:
			k--
			for k >= 0 && s.is(k, "in", "on", "since", "by", "until", "from", "the", "of", "end", "after", "before", "and", "to", "as", "early", "late") {
				k--
			}
		case t.kind == point && t.w == ",", t.kind == point && t.w == ")", t.kind == point && t.w == "–":
			if t.w == "," && k == v-1 && s.is(v, "signed", "concluded") && s.is(k-1, "treaty", "pact", "charter") && s.charter(k-1) != model.None {
				return k - 1 // "NATO's founding treaty, signed in 1949, …"
			}
			open := s.asideStart(k)
			if t.w == "," && k == v-1 && k > 0 && s.t[k-1].kind == name && !s.t[k-1].owner && s.is(v, "admitted", "accepted", "taken", "brought", "received", "founded", "established", "created", "formed", "signed", "concluded", "launched", "dissolved", "disbanded", "expelled") {
				return k - 1 // "Slovenia, admitted to NATO in 2004, …"
			}
			if open < 0 && t.w == "," && k > 0 && s.t[k-1].kind == name && !s.t[k-1].owner && s.of[k-1] == s.of[v] {
				return k - 1 // "NATO, established in 1949, …"
			}
			if open < 0 {
				return -1
			}
			if s.is(k, ",") && s.t[k-1].kind == name && !s.t[k-1].owner && (open == k-2 || open == k-3 && s.is(k-2, "the")) && s.t[k-1].what.state == model.None {
				return k - 1 // "the region's main grouping, ASEAN, has"
			}
			k = open - 1
		case t.kind == word && breakers[t.w]:
			if t.w == "which" || t.w == "who" || t.w == "that" {
				return k
			}
			return -1
		case t.kind == point && t.w == "(" && k > 0 && s.t[k-1].kind == name:
			return k - 1
		case t.kind == point:
			return -1
		case t.kind == opaque:
			return -2
		default:
			return k
		}
	}
	return -1
}

// asideStart gives the mark that opens the aside which ends at k, -1 when
// none does.
func (s *sentence) asideStart(k int) int {
	closing := s.t[k].w
	opening := closing
	if closing == ")" {
		opening = "("
	}
	for j := k - 1; j > 0 && k-j < 22; j-- {
		if s.is(j, opening) {
			if closing == "," && s.leads(j+1) && j <= 3 && s.t[j-1].kind == day {
				return -1 // "In 1955, ..." is no aside
			}
			return j
		}
		if s.is(j, ";", ":") {
			return -1
		}
	}
	return -1
}

// bodyBefore gives the body that is the subject of the verb at v.
func (s *sentence) bodyBefore(v int) model.ID {
	k := s.subject(v)
	switch {
	case k == -2:
		return model.None
	case k == -1:
		return s.inherited(v)
	}
	return s.bodyAt(k)
}

// bodyAt gives the body that the noun phrase ending at k stands for.
func (s *sentence) bodyAt(k int) model.ID {
	t := s.t[k]
	if t.kind == name && !t.owner {
		id := s.bodyID(t)
		if id == model.None {
			return id
		}
		return s.whole(k, id)
	}
	if t.kind != word {
		return model.None
	}
	switch t.w {
	case "it", "they", "which", "that", "who":
		return s.resolve(k)
	case "membership", "members", "allies", "ranks", "roster", "tally":
		return s.owned(k)
	}
	if _, ok := bodyNouns[t.w]; !ok {
		return model.None
	}
	for j := k - 1; j >= max(0, k-4); j-- {
		if s.is(j, "the", "this", "a", "an") {
			if j > 0 && s.t[j-1].kind == word && prepositions[s.t[j-1].w] && s.t[j-1].w != "as" {
				return model.None
			}
			return s.resolve(k)
		}
		if s.t[j].kind != word {
			return model.None
		}
	}
	return model.None
}

// whole checks that a name stands for the thing itself: not behind a
// preposition ("the idea of NATO was born") and not one of several.
func (s *sentence) whole(k int, id model.ID) model.ID {
	j := k - 1
	for j >= 0 && (s.t[j].kind == day || s.is(j, "a", "old", "new", "former", "wartime", "modern")) {
		if s.t[j].kind == day && j > 0 && s.t[j-1].kind == word && prepositions[s.t[j-1].w] || s.is(j-1, "since", "until", "before", "after") {
			return id // the date is an adverbial of its own
		}
		if s.t[j].kind == day && s.is(j-1, "the") && s.is(j-2, "in", "during", "throughout", "by", "since", "until") {
			return id // "in the 1970s"
		}
		j--
	}
	if s.is(j, "the") {
		j--
	}
	if j < 0 || s.t[j].kind == day {
		return id
	}
	p := s.t[j]
	if s.governed(j) {
		return model.None
	}
	if p.kind == word && prepositions[p.w] {
		if p.w == "of" && s.is(j-1, "members", "membership", "number", "size", "roster", "ranks") {
			return id
		}
		if p.w == "of" && s.is(j-1, "treaty", "pact", "alliance") {
			return id
		}
		return model.None
	}
	if s.is(j, "and", "or") && j > 0 && s.t[j-1].kind == name && s.bodyID(s.t[j-1]) != model.None {
		return model.None
	}
	return id
}

// governed reports whether the word at j is a participle that has what follows
// as its object: "the paperwork ending the pact".
func (s *sentence) governed(j int) bool {
	return j > 0 && s.t[j].kind == word && strings.HasSuffix(s.t[j].w, "ing") && s.t[j-1].kind == word && !prepositions[s.t[j-1].w] && !s.is(j-1, "this", "the", "a", "before", "after", "since") && !s.is(j, "during", "following", "including", "founding", "existing", "being")
}

// owned gives the body whose members or membership are spoken of at k.
func (s *sentence) owned(k int) model.ID {
	if k+1 < len(s.t) && s.is(k+1, "of", "in") {
		for j := k + 2; j < len(s.t) && j <= k+4; j++ {
			if id := s.resolve(j); id != model.None {
				return id
			}
		}
	}
	for j := k - 1; j >= 0 && j >= k-4; j-- {
		if t := s.t[j]; t.kind == name {
			return s.bodyID(t)
		}
		if s.is(j, "its", "their") {
			return s.resolve(j)
		}
		if s.is(j, "of") {
			continue
		}
	}
	if s.is(k-1, "the") || k == 0 {
		return s.near(k)
	}
	return model.None
}

// inherited gives the subject of a clause that has none of its own: that of
// the clause before it, or for a participle at the head of a sentence the
// body that follows.
func (s *sentence) inherited(v int) model.ID {
	c := s.of[v]
	if c > 0 {
		for k := 0; k < s.part[c].from; k++ {
			t := s.t[k]
			if id := s.bodyID(t); id != model.None && !t.owner && s.whole(k, id) != model.None {
				return id
			}
			if s.is(k, "it", "its", "they") {
				if id := s.resolve(k); id != model.None {
					return id
				}
			}
		}
	}
	if strings.HasSuffix(s.t[v].w, "ed") || strings.HasSuffix(s.t[v].w, "ing") || s.is(v, "with", "set", "born", "signed", "as", "made") {
		if k := s.mainClause(v); k >= 0 {
			if id := s.bodyID(s.t[k]); id != model.None {
				return id
			}
			if id := s.resolve(k); id != model.None {
				return id
			}
		}
	}
	if c > 0 || s.part[c].from == v || s.is(v-1, ",") && strings.HasSuffix(s.t[v].w, "ed") {
		return model.None // "The treaty of Lancaster House, signed by …"
	}
	return s.context.body
}

// statesBefore gives the states that are the subject of the verb at v, in
// order; nil when the subject is something else.
func (s *sentence) statesBefore(v int) []model.ID {
	k := s.subject(v)
	switch {
	case k == -2:
		return nil
	case k == -1:
		return s.inheritedStates(v)
	}
	return s.statesAt(k, v)
}

// statesAt gives the states of the list that ends at k: "A, B and C".
func (s *sentence) statesAt(k, v int) []model.ID {
	if t := s.t[k]; t.kind == word {
		switch t.w {
		case "which", "who", "that":
			if s.is(k-1, ",") {
				k--
			}
			if k > 0 && s.t[k-1].kind == name {
				return s.statesAt(k-1, v)
			}
			return s.oneOfThose(k - 1)
		case "it", "they", "country", "states", "countries", "republics":
			if t.w != "it" && t.w != "they" && !s.is(k-1, "the", "both") {
				break
			}
			if s.of[k] > 0 {
				if list := s.inheritedStates(v); list != nil {
					return list
				}
			}
			if (t.w == "it") != (len(s.context.state) == 1) {
				return nil
			}
			return s.context.state
		}
	}
	noun := k
	if s.t[k].kind == word && s.t[k].capital && s.is(k-1, "the") && s.is(k-2, "of") {
		noun = k - 3 // "the states of the Sahel, Mali among them, …"
	}
	if noun >= 0 {
		if who := s.exemplars(noun); who != nil {
			return who
		}
	}
	last := k
	list, k, joined := s.listEnding(last)
	if s.is(k, "as") && s.is(k-1, "well") {
		return nil
	}
	if k >= 0 && s.is(k, "like", "unlike", "alongside") && !joined && len(list) > 1 { // "Like France, the United Kingdom belongs"
		ids, _ := s.stateEnding(last)
		return ids
	}
	if len(list) == 0 || k >= 0 && s.t[k].kind == word && prepositions[s.t[k].w] {
		return nil
	}
	if s.is(k, "but", "except", "save", "excluding", "barring") && k > s.part[s.of[k]].from {
		return nil // "all but Timor-Leste had joined"
	}
	return list
}

// oneOfThose gives the states of "Yugoslavia was one of the eight states that",
// whose plural noun stands at k.
func (s *sentence) oneOfThose(k int) []model.ID {
	if s.is(k, "country", "state", "nation", "member", "power", "one", "ally", "republic") {
		for j := k - 1; j > 0 && j > k-7 && s.t[j].kind != point; j-- {
			if s.is(j, "is", "was", "remains") && s.is(j+1, "a", "an", "the", "one") {
				return s.statesBefore(j) // "Sweden is the only Nordic country that"
			}
		}
	}
	if !s.manyStates(k) {
		return nil
	}
	for j := k - 1; j > 0 && j > k-6; j-- {
		if s.is(j, "of") && s.is(j-1, "one", "among", "some", "two", "three") || s.is(j, "among") {
			v := j - 1
			if s.is(j, "of") {
				v--
			}
			if s.is(v, "is", "was", "were", "are", "being") {
				return s.statesBefore(v)
			}
		}
	}
	return nil
}

// stateEnding gives the state or group of states named by the tokens that end
// at k, and how many tokens that is.
func (s *sentence) stateEnding(k int) ([]model.ID, int) {
	t := s.t[k]
	if t.kind == name && t.what.state != model.None && !t.owner {
		return []model.ID{t.what.state}, 1
	}
	if id, n := s.capital(k); n > 0 {
		return []model.ID{id}, n
	}
	if t.kind == word && k > 0 && s.t[k-1].kind == word {
		n := 2
		if slugs, ok := groups[s.t[k-1].w+" "+t.w]; ok {
			var ids []model.ID
			for _, slug := range slugs {
				if st, ok := s.r.w.Lookup(slug); ok {
					ids = append(ids, st.ID)
				}
			}
			if k-n >= 0 && s.t[k-n].kind == figure {
				n++
			}
			return ids, n
		}
	}
	return nil, 0
}

// inheritedStates gives the states that were the subject of the clause
// before, or that follow a participle at the head of a sentence.
func (s *sentence) inheritedStates(v int) []model.ID {
	c := s.of[v]
	if c == 0 {
		return s.sharedSubject(v)
	}
	for p := c - 1; p >= 0; p-- {
		if w := s.part[p].verb; w >= 0 {
			k := s.subject(w)
			if k < 0 {
				continue
			}
			if who := s.statesAt(k, w); who != nil || p == 0 || !s.is(s.part[p].from, "when", "while", "as", "because", "although", "though", "once", "after", "before", "since", "which", "where") {
				return who
			}
		}
	}
	return nil
}

// mainClause gives the subject of the main clause after a participle at the
// head of the sentence: "Founded in 1949, NATO …"; -1 when there is none.
func (s *sentence) mainClause(v int) int {
	if v > 3 {
		return -1
	}
	for k := v + 1; k+1 < len(s.t); k++ {
		if !s.is(k, ",") {
			continue
		}
		j := k + 1
		if s.is(j, "the", "this") {
			j++
		}
		if j >= len(s.t) {
			return -1
		}
		for j+1 < len(s.t) && s.t[j].kind == name && s.t[j].owner && s.t[j+1].kind == name {
			j++ // "NATO's Operation Active Endeavour"
		}
		if s.t[j].kind == name && s.t[j].what.state == model.None || s.is(j, "it", "its") || s.is(j-1, "the", "this") && s.resolve(j) != model.None {
			return j
		}
		if s.of[k] > s.of[v]+1 {
			return -1
		}
	}
	return -1
}

// stateAfter gives the states that are the subject of the main clause after a
// phrase that leads the sentence: "Since joining NATO in 2024, Sweden …".
func (s *sentence) stateAfter(v int) []model.ID {
	for k := v + 1; k+1 < len(s.t); k++ {
		if s.is(k, ",") && s.of[k] <= s.of[v]+1 {
			return s.statesFrom(k + 1)
		}
	}
	return nil
}
