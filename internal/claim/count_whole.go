package claim

import (
	"strings"

	"entente/internal/model"
)

func (s *sentence) wholly(h head, v int) bool {
	if h.role || h.narrow || v <= h.at {
		return false
	}
	if !s.is(v, "make", "made") && !s.is(v, "constitute", "constituted", "compose", "form") {
		return false
	}
	for _, c := range h.colours {
		if !compass(c) {
			return false
		}
	}
	return true
}

// structural reports whether the object that begins at k is a part of a body:

// "make up NATO's northern flank", "form the NATO battlegroup".

func (s *sentence) structural(k int) bool {
	for s.is(k, "up", "the") {
		k++
	}
	return s.structure(k) && !(k+1 < len(s.t) && s.isVerb(k+1))
}

// compass reports whether an adjective says where a country lies.

func compass(w string) bool {
	switch w {
	case "and", "northern", "southern", "eastern", "western", "central", "north", "south", "east", "west":
		return true
	}
	return strings.HasSuffix(w, "european") || strings.HasSuffix(w, "asian") || strings.HasSuffix(w, "african") || strings.HasSuffix(w, "american") || w == "arab" || w == "nordic" || w == "baltic" || w == "pacific"
}

// takenIn reads "the ten new members that NATO took in on 29 March 2004" and "the

// seven countries admitted to NATO in 2004"; the number is at i.

func (s *sentence) takenIn(i int, h head) bool {
	if !s.is(i-1, "the") || h.role || len(h.colours) > 1 || len(h.colours) == 1 && h.colours[0] != "new" {
		return false
	}
	k, body, v := h.at+1, model.None, -1
	for s.is(k, "that", "which", "whom", "the") {
		k++
	}
	switch {
	case k+1 < len(s.t) && s.t[k].kind == name && !s.t[k].owner:
		if v = k + 1; s.is(v, "admitted", "welcomed", "accepted", "gained", "received", "absorbed") || s.is(v, "took", "let", "brought") && s.is(v+1, "in") {
			body = s.bodyID(s.t[k])
		}
	case s.is(k, "admitted", "accepted", "welcomed") && s.is(k+1, "to", "into", "by"):
		body, v = s.objectBody(k+2), k
		if s.is(k+1, "by") && k+2 < len(s.t) {
			body = s.resolve(k + 2)
		}
	case k > h.at+1 && s.is(k, "joined", "entered"):
		body, v = s.objectBody(k+1), k
	}
	if body == model.None {
		return false
	}
	for at := v; at < len(s.t) && at < v+6; at++ {
		if w := s.adjacent(at); w.mode == in {
			s.add(Statement{rel: joiners, subject: body, num: exactly(s.t[i]), tense: past, when: w}, i, i)
			return true
		}
	}
	return false
}
