package claim

import (
	"entente/internal/model"
)

// clouded reports whether the standing named at i is denied or wished for. What a

// second verb of the same subject says, "and hopes to join", does not matter.

func (s *sentence) clouded(i int) bool {
	p := s.part[s.of[i]]
	if !p.unsure && !p.not {
		return false
	}
	for k := p.from; k < p.to; k++ {
		if k > i && s.is(k, "and", "but", "though", "yet") && !s.clouds(k) {
			return false
		}
		if s.clouds(k) {
			return true
		}
	}
	return false
}

// clouds reports whether the word at k denies, or tells of a plan or a wish.

func (s *sentence) clouds(k int) bool {
	t := s.t[k]
	return t.kind == word && (t.class&(unsureWord|denial) != 0 && !(t.w == "may" && t.capital) || s.is(k, "not", "never", "neither", "nor", "without", "cannot", "no"))
}

// ownMembership gives the noun of "Syria's membership of the Arab League has been

// suspended", where i is the participle; -1 when its subject is another.

func (s *sentence) ownMembership(i int) int {
	for k := i - 1; k > s.part[s.of[i]].from; k-- {
		if s.is(k, "membership", "participation") {
			if h := s.holder(k); h >= 0 {
				return k
			}
			return -1
		}
		if t := s.t[k]; !(t.kind == name && t.what.state == model.None || t.kind == word && (auxiliaries[t.w] || adverb(t.w)) || s.is(k, "of", "in", "the")) {
			return -1
		}
	}
	return -1
}

// holder gives the state whose membership the noun at k is: "Syria's", "Syria's

// Arab League".

func (s *sentence) holder(k int) int {
	for k--; k >= 0 && s.t[k].kind == name && s.t[k].what.body != model.None && !s.t[k].owner; k-- {
	}
	if k >= 0 && s.t[k].kind == name && s.t[k].owner && s.t[k].what.state != model.None {
		return k
	}
	return -1
}

// apartVerb gives the verb by which a clause says in the present that somebody

// stands aside from what is named at i: "stays out of", "remains outside", "does

// not take part in"; -1 when there is none.

// boycotted reads "Qatar is still being boycotted by three of its partners", "the

// boycott of Qatar continues".

// seatedIn reads "with its seat in Abuja" after a noun, which says where the body

// is and not which of its members are meant.
