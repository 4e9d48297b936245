package claim

import (
	"strings"

	"entente/internal/model"
)

// countingVerb gives the verb of counting whose object begins after k, -1
// when there is none.
func (s *sentence) countingVerb(k int) int {
	for back := 0; back <= 3 && k-back >= 0; back++ {
		v := k - back
		t := s.t[v]
		if t.kind != word {
			return -1
		}
		rest, ok := counting[t.w]
		if t.w == "at" && v == 0 {
			return v // "At 32 members, NATO"
		}
		if !ok && s.comeTo(v) {
			ok = true
		}
		if !ok {
			if !fillers[t.w] && !adverb(t.w) && !s.is(v, "together", "up") {
				return -1
			}
			continue
		}
		want := strings.Fields(rest)
		fine := true
		for n, w := range want {
			if !s.is(v+1+n, w) && !(fillers[s.t[v+1+n].w] && s.is(v+2+n, w)) {
				fine = false
			}
		}
		if fine {
			return v
		}
	}
	// "of" and "together" may have been passed over as fillers
	for v := k + 1; v <= k+1 && v < len(s.t); v++ {
		if rest, ok := counting[s.t[v].w]; ok && s.t[v].kind == word && rest != "" {
			return v
		}
	}
	return -1
}

// comeTo reports whether "has come to" stands before the infinitive at v.
func (s *sentence) comeTo(v int) bool {
	return s.is(v, "count", "number", "include", "comprise", "embrace", "encompass", "have") && s.is(v-1, "to") && s.is(v-2, "come", "came", "grown", "gone")
}

// growthVerb gives the verb of "has grown from 16 to 19", -1 when there is
// none before k.
func (s *sentence) growthVerb(k int) int {
	for v := k; v >= 0 && v > k-7; v-- {
		t := s.t[v]
		if t.kind == word && growing[t.w] {
			return v
		}
		if t.kind == point && t.w != "-" {
			return -1
		}
	}
	return -1
}

// sized gives the body whose size a verb of growth speaks of.
func (s *sentence) sized(v int) model.ID {
	k := s.subject(v)
	if k == -1 {
		return s.inherited(v)
	}
	if k < 0 {
		return model.None
	}
	for j := k; j >= 0 && j > k-5; j-- { // "the number of NATO members stood"
		if s.is(j, "membership", "members", "number", "roster", "roll", "rolls", "tally", "ranks") {
			return s.owned(j)
		}
	}
	return s.bodyAt(k)
}
