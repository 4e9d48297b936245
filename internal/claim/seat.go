package claim

import (
	"entente/internal/model"
)

func (s *sentence) seatedIn(k int) bool {
	if !s.is(k, "with") {
		return false
	}
	k++
	for s.is(k, "its", "a", "the", "an", "headquarters", "main", "permanent", "common") && !s.is(k, "headquarters") {
		k++
	}
	return s.is(k, "seat", "headquarters", "secretariat", "base", "capital", "offices") && s.is(k+1, "in", "at")
}

// bodyOfOffice gives the body of "the secretariat of ASEAN has", where v is the

// verb.

func (s *sentence) bodyOfOffice(v int) model.ID {
	k := s.subject(v)
	if k < 0 {
		return model.None
	}
	office := func(i int) bool { return s.is(i, "secretariat", "headquarters") }
	if office(k) && k > 0 {
		if s.t[k-1].kind == name {
			return s.bodyID(s.t[k-1])
		}
		return s.ownerAt(k - 1)
	}
	j := k - 1
	for s.is(j, "the") {
		j--
	}
	if s.is(j, "of") && office(j-1) && !s.t[k].owner {
		return s.resolve(k)
	}
	return model.None
}

// wholly reports whether the verb at v says that those counted are all there are,

// so that no adjective picks some out: "Nine northern countries make up the JEF".
