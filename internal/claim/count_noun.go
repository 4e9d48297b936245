package claim

import (
	"entente/internal/model"
	"slices"
	"strings"
)

// heads reads the noun that a number counts.
type head struct {
	at      int      // its last token
	body    model.ID // of "NATO members"
	other   bool     // "other members"
	member  bool     // the noun itself says that they belong
	ally    bool
	narrow  bool // something narrows it down
	role    bool // it names a standing short of membership
	status  model.Status
	colours []string
}

func (s *sentence) headAt(j int) (head, bool) {
	h := head{body: model.None}
	for k := j; k < len(s.t) && k < j+6; k++ {
		t := s.t[k]
		if t.kind == name {
			if id := s.bodyID(t); id != model.None && h.body == model.None {
				h.body = id
				continue
			}
			return h, false
		}
		if t.kind == point && t.w == "-" {
			continue
		}
		if t.kind != word {
			return h, false
		}
		switch {
		case t.w == "member" && k+1 < len(s.t) && (stateNouns[s.t[k+1].w] || s.is(k+1, "of")):
			h.member = true
			if s.is(k+1, "of") {
				return h, false
			}
		case t.w == "other" || t.w == "fellow":
			h.other = true
		case t.w == "members" || t.w == "allies" || t.w == "signatories" || t.w == "member":
			h.at, h.member, h.ally = k, true, t.w == "allies"
			if k+1 < len(s.t) && stateNouns[s.t[k+1].w] {
				h.at = k + 1
			}
			h.narrow = s.narrowed(h.at + 1)
			h.standing(t.w)
			return h, true
		case t.w == "partners" || t.w == "observers" || t.w == "participants":
			h.at, h.member = k, true
			h.narrow = s.narrowed(k + 1)
			h.standing(t.w)
			return h, h.role
		case stateNouns[t.w]:
			h.at = k
			h.other = h.other || t.w == "others"
			h.narrow = s.narrowed(k + 1)
			return h, true
		case plainWords[t.w]:
		default:
			h.colours = append(h.colours, t.w)
		}
	}
	return h, false
}

// standing reads what the noun and its adjectives say of those it names.
func (h *head) standing(noun string) {
	if h.status, h.role = rolesOf(noun, h.colours); h.role {
		h.colours = nil
	}
}

// narrowed reports whether what follows a noun picks out some of those it
// names: "members that border Russia".
func (s *sentence) narrowed(k int) bool {
	if k >= len(s.t) {
		return false
	}
	t := s.t[k]
	if t.kind != word {
		return false
	}
	if s.enrolled(k) || s.seatedIn(k) {
		return false
	}
	switch t.w {
	case "that", "who", "which", "whose", "with", "without", "on", "at", "along", "bordering", "alone", "near", "each", "where", "whom", "short", "for", "against":
		return true
	case "in":
		return s.resolve(k+1) == model.None && s.resolve(k+2) == model.None && !(k+1 < len(s.t) && s.t[k+1].kind == day) && !s.is(k+1, "total", "all", "its", "the") && !s.is(k+2, "end") ||
			s.is(k+1, "the") && s.resolve(k+2) == model.None && !s.is(k+2, "summer", "spring", "autumn", "winter", "end", "middle", "cold", "year", "early", "late")
	case "from":
		return !s.phrase(k+1, "the former soviet union") && !(k+1 < len(s.t) && (s.t[k+1].kind == day || s.resolve(k+1) != model.None))
	case "of":
		if s.is(k+1, "the") && s.is(k+2, "region", "area", "hemisphere") {
			return false
		}
		return s.resolve(k+1) == model.None && s.resolve(k+2) == model.None
	}
	return strings.HasSuffix(t.w, "ing") && t.w != "including" && t.w != "during"
}

// enrolled reports whether "on its rolls", "in its ranks" follows.
func (s *sentence) enrolled(k int) bool {
	for k < len(s.t) && s.t[k].kind == word && adverb(s.t[k].w) {
		k++
	}
	return s.is(k, "on", "in", "under", "within", "among") && s.is(k+1, "its", "the") && s.is(k+2, "rolls", "books", "roster", "ranks", "roof", "umbrella", "fold", "members", "membership", "banner")
}

// suits reports whether adjectives before the noun only repeat what the body
// is: "ten Southeast Asian countries" of ASEAN, "former Soviet" of the CSTO.
func (s *sentence) suits(h head, body model.ID) bool {
	if len(h.colours) == 0 {
		return true
	}
	t := s.r.w.Thing(body)
	said := strings.ToLower(t.Name)
	if slices.Contains(h.colours, "and") {
		said += " " + strings.ToLower(t.Summary)
	}
	for _, c := range h.colours {
		if c == "and" {
			continue
		}
		if c == "former" || c == "post" || c == "soviet" {
			if strings.Contains(strings.ToLower(t.Summary), "soviet") {
				continue
			}
			return false
		}
		if len(c) < 4 || !strings.Contains(said, c[:len(c)-1]) {
			return false
		}
	}
	return true
}

// possessor gives the body whose members are counted by "NATO's 32 members",
// "all 32 NATO members", "the 32 members of NATO".
func (s *sentence) possessor(i, k int, h head, minus *int) model.ID {
	at := i - 1
	for s.is(at, "all", "some", "other", "current", "full", "of") || at >= 0 && s.t[at].kind == word && fillers[s.t[at].w] && !s.is(at, "its", "the", "all", "in", "to") {
		at--
	}
	if at >= 0 {
		t := s.t[at]
		if t.owner && t.kind == name {
			if id := s.bodyID(t); id != model.None && (h.body == model.None || h.body == id) {
				return id
			}
			if t.what.state != model.None && h.body != model.None && h.ally {
				*minus = 1
				return h.body
			}
			return model.None
		}
		if t.owner && bodyWord(t.w) && h.body == model.None {
			return s.ownerAt(at)
		}
		if s.is(at, "its", "their", "whose") {
			if at > 1 && s.is(at-1, "and", "with") && s.t[at-2].kind == name && s.t[at-2].what.state != model.None {
				*minus = 1
				if !h.ally && !h.other {
					return model.None
				}
				return h.body
			}
			if h.body != model.None {
				if h.ally { // "Norway can count on its 31 NATO allies"
					*minus = 1
				}
				return h.body
			}
			if id := s.resolve(at); id != model.None {
				return id
			}
			return s.cataphor(at)
		}
	}
	definite := s.is(at, "the", "all", "these", "those") || s.is(i-1, "all", "the") || s.is(i-1, "of") && s.is(i-2, "all", "each", "one", "any")
	body := h.body
	if body == model.None && s.is(h.at+1, "of", "in") {
		for j := h.at + 2; j <= h.at+3; j++ {
			if body = s.resolve(j); body != model.None {
				break
			}
		}
	}
	if body == model.None {
		return body
	}
	if definite && !s.followedByPart(h.at) || s.existential(at) {
		return body
	}
	return model.None
}

// followedByPart reports whether a past participle picks out some: "the seven
// members admitted in 2004".
func (s *sentence) followedByPart(k int) bool {
	return k+1 < len(s.t) && s.is(k+1, "admitted", "invited", "involved", "represented", "affected", "chosen")
}

// existential reports whether "there are" or "the number of" governs.
func (s *sentence) existential(at int) bool {
	return s.is(at, "are", "were", "is", "was") && s.is(at-1, "there")
}

// cataphor gives the body that "its" points forward to: "With its 31 members,
// NATO remains".
func (s *sentence) cataphor(at int) model.ID {
	if s.of[at] != 0 {
		return model.None
	}
	for j := at + 1; j < len(s.t); j++ {
		if id := s.bodyID(s.t[j]); id != model.None {
			if s.is(j-1, ",", "the") || s.t[j-1].kind == day {
				return id
			}
			return model.None
		}
	}
	return model.None
}

// makers gives the body that so many states make up: "thirty-one countries
// belong to NATO", "thirty states now make up NATO".
func (s *sentence) makers(h head) (model.ID, int) {
	v := s.pastAside(h.at + 1)
	for v < len(s.t) && s.t[v].kind == word && adverb(s.t[v].w) {
		v++
	}
	switch {
	case s.is(v, "make", "made", "form", "formed", "constitute", "constituted", "comprise") && s.structural(v+1):
		return model.None, v // "make up NATO's northern flank"
	case s.is(v, "make", "made") && s.is(v+1, "up"), s.is(v, "belong", "belonged") && s.is(v+1, "to"):
		return s.objectBody(v + 2), v
	case s.is(v, "form", "formed", "constitute", "constituted", "comprise"):
		return s.objectBody(v + 1), v
	case s.is(v, "are", "were") && (s.is(v+1, "members") && s.is(v+2, "of") || s.is(v+1, "parties") && s.is(v+2, "to")):
		return s.objectBody(v + 3), v
	case s.is(v, "sit", "sat") && s.is(v+1, "at", "around", "in"):
		k := v + 2
		for s.is(k, "the", "table", "of") {
			k++
		}
		if k+1 < len(s.t) && s.t[k].kind == name && (s.t[k].owner && s.is(k+1, "table", "council") || !s.t[k].owner && s.is(k-1, "of", "the") && !s.structure(k)) {
			return s.bodyID(s.t[k]), v
		}
	}
	return model.None, v
}

// pastAside gives the token after an aside that begins at k: ", Iran among
// them,"; k itself when none does.
func (s *sentence) pastAside(k int) int {
	if !s.is(k, ",", "(", "–") {
		return k
	}
	for j := k + 1; j < len(s.t) && j < k+10; j++ {
		if s.is(j, ",", ")", "–") && !s.listed(j+1) {
			return j + 1
		}
	}
	return k
}

// eachOf gives the body of "each NATO member can count on 31 allies".
func (s *sentence) eachOf(i int) model.ID {
	for k := s.part[s.of[i]].from; k < i-2; k++ {
		if s.is(k, "each", "every", "any") && s.is(k+1, "of") {
			for j := k + 2; j < i && j < k+9; j++ { // "each of the 32 members of NATO has 31 allies"
				if id := s.bodyID(s.t[j]); id != model.None {
					return id
				}
			}
		}
		if s.is(k, "each", "every", "any") && s.is(k+2, "member", "ally") {
			return s.bodyID(s.t[k+1])
		}
	}
	return model.None
}

// nounOf gives the body of "an alliance of 31 states".
func (s *sentence) nounOf(i int) model.ID {
	k := i - 1
	for k >= 0 && s.t[k].kind == word && fillers[s.t[k].w] && !s.is(k, "of", "between") {
		k--
	}
	if !s.is(k, "of", "between") || k == 0 {
		return model.None
	}
	noun := s.t[k-1]
	if s.is(k-2, "a", "the") && noun.kind == name && !noun.owner { // "a NATO of thirty members"
		return s.bodyID(noun)
	}
	if noun.kind != word {
		return model.None
	}
	if s.is(k-1, "membership") {
		return s.owned(k - 1)
	}
	if _, ok := bodyNouns[noun.w]; !ok {
		return model.None
	}
	first := k - 1
	for first > 0 && s.t[first-1].kind == word && !s.is(first-1, "a", "an", "the", "is", "was", "as") {
		first--
	}
	if s.is(first-1, "a", "an", "the") {
		first--
	}
	if id := s.predicate(first + 1); id != model.None {
		return id
	}
	if s.is(first-1, "as") || first == 0 {
		return s.following(k)
	}
	return model.None
}

// withMany reads "with 31 members" of the body it belongs to.
func (s *sentence) withMany(v int, h head) model.ID {
	if !h.member && !s.enrolled(h.at+1) {
		return model.None
	}
	if v > 0 && s.t[v-1].kind == name && !s.t[v-1].owner {
		return s.bodyID(s.t[v-1])
	}
	if v == 0 {
		return s.following(h.at)
	}
	if s.is(v-1, ",", "founded", "began", "started", "started", "alliance", "organisation", "bloc", "organization") || s.is(v-1, "out") {
		return s.near(v)
	}
	return model.None
}
