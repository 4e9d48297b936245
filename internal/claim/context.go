package claim

import (
	"slices"

	"entente/internal/model"
)

// context is what the sentences before have made plain.
type context struct {
	body   model.ID   // what "the alliance" and "it" mean
	treaty model.ID   // what "the treaty" means
	state  []model.ID // what "it" or "they" means as a state
	times  []timed    // of the sentence being read
	born   model.ID   // whose beginning the sentence before told of
	moved  *Statement // who joined or left what in the sentence before
}

// bodyNouns are nouns that stand for a body; their types say for which.
var bodyNouns = map[string][]string{
	"alliance": {"alliance", "entente", "coalition"}, "pact": {"alliance"}, "bloc": nil, "organisation": nil, "organization": nil,
	"association": {"organisation"}, "grouping": nil, "group": nil, "body": nil, "union": {"organisation", "alliance"}, "league": nil, "forum": {"forum"}, "council": {"organisation", "forum", "body"},
	"partnership": {"partnership"}, "club": nil, "community": {"organisation"}, "entente": {"entente"}, "coalition": {"coalition"}, "institution": nil,
}

func bodyWord(w string) bool {
	_, ok := bodyNouns[w]
	return ok
}

// resolve gives the body that a token means, directly or by what came
// before; model.None when it is not plain.
func (s *sentence) resolve(i int) model.ID {
	if i < 0 || i >= len(s.t) {
		return model.None
	}
	t := s.t[i]
	if id := s.bodyID(t); id != model.None {
		return id
	}
	if t.kind != word {
		return model.None
	}
	switch t.w {
	case "which", "that", "who", "whose":
		k := i - 1
		if s.is(k, ",") {
			k--
		}
		if k >= 0 && s.t[k].kind == word && bodyWord(s.t[k].w) {
			return s.resolve(k)
		}
		if k >= 0 && !s.ofSpell(k) {
			return s.bodyID(s.t[k])
		}
		return model.None
	case "it", "its", "itself", "they", "their":
		return s.near(i)
	}
	if types, ok := bodyNouns[t.w]; ok {
		if id := s.near(i); id == model.None || types == nil || s.typed(id, types) {
			if id == model.None && types != nil {
				return s.only(i, types)
			}
			return id
		}
	}
	return model.None
}

// spells are nouns for what happens for a time, and of which "which" may tell.
var spells = set("suspension", "membership", "withdrawal", "absence", "boycott", "participation", "exclusion", "expulsion", "war", "dispute", "presence", "involvement", "accession", "entry", "exit", "dominance", "leadership",
	"campaign", "crisis", "command", "presidency")

// ofSpell reports whether the name at k only says of what a spell was: "the
// suspension from the Arab League, which lasted".
func (s *sentence) ofSpell(k int) bool {
	if k--; s.is(k, "the") {
		k--
	}
	return k > 0 && s.t[k].kind == word && prepositions[s.t[k].w] && s.t[k-1].kind == word && spells[s.t[k-1].w]
}

// typed reports whether a body is of one of some types.
func (s *sentence) typed(id model.ID, types []string) bool {
	return slices.Contains(types, s.r.w.Thing(id).Organisation.Type)
}

// only gives the one body of some types that was named before a token, for
// "the alliance" where a partnership was named too.
func (s *sentence) only(i int, types []string) model.ID {
	found := model.None
	for k := 0; k < i; k++ {
		if id := s.bodyID(s.t[k]); id != model.None && id != found && s.typed(id, types) {
			if found != model.None {
				return model.None
			}
			found = id
		}
	}
	return found
}

// near gives the one body that was spoken of before a token, in the sentence
// or before it. Two bodies in the sentence make it unclear.
func (s *sentence) near(i int) model.ID {
	found := model.None
	for k := 0; k < i; k++ {
		if id := s.bodyID(s.t[k]); id != model.None {
			if found != model.None && id != found {
				return s.main(i)
			}
			found = id
		}
	}
	if found != model.None {
		return found
	}
	return s.context.body
}

// main gives the subject of the sentence when several bodies are named: the
// one that begins it.
func (s *sentence) main(i int) model.ID {
	for k := 0; k < i && k < 3; k++ {
		if id := s.bodyID(s.t[k]); id != model.None && !s.t[k].owner && s.is(k+1, "is", "was", "has", "had", "are", ",", "remains", "remained", "came") {
			return id
		}
	}
	return model.None
}

// after notes what a sentence leaves plain for the next one.
func (s *sentence) after(c *context) {
	bodies, treaties := map[model.ID]bool{}, map[model.ID]bool{}
	first := model.None
	var states []model.ID
	for i, t := range s.t {
		if t.kind != name {
			continue
		}
		if t.what.body != model.None {
			if first == model.None {
				first = t.what.body
			}
			bodies[t.what.body] = true
		}
		if t.what.treaty != model.None {
			treaties[t.what.treaty] = true
			if t.what.body == model.None {
				if id := s.bodyID(t); id != model.None {
					bodies[id] = true
				}
			}
		}
		if t.what.state != model.None && i < 4 && !t.owner {
			states = append(states, t.what.state)
		}
	}
	switch {
	case len(bodies) == 1:
		for id := range bodies {
			c.body = id
		}
	case len(bodies) > 1:
		c.body = model.None
		if s.t[0].kind == name && s.t[0].what.body == first || len(s.t) > 1 && s.is(0, "the") && s.t[1].what.body == first && s.t[1].kind == name {
			if s.subjectOnly(first) {
				c.body = first
			}
		}
	}
	if len(treaties) == 1 {
		for id := range treaties {
			c.treaty = id
		}
	} else if len(treaties) > 1 {
		c.treaty = model.None
	}
	if len(states) > 0 {
		c.state = states
	}
	c.born, c.moved = model.None, s.move()
	for _, st := range s.found {
		if st.rel == began {
			c.born = st.subject
		}
	}
}

// subjectOnly reports whether a body is the sole subject of the sentence, not
// one of two joined by "and".
func (s *sentence) subjectOnly(id model.ID) bool {
	for i := 0; i < len(s.t) && i < 3; i++ {
		if s.t[i].kind == name && s.t[i].what.body == id {
			return !s.is(i+1, "and", "or", "-", "–")
		}
	}
	return false
}
