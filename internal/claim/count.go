package claim

import (
	"strings"

	"entente/internal/model"
)

var (
	stateNouns = set("states", "countries", "nations", "powers", "governments", "republics", "state", "country", "nation", "others", "monarchies", "democracies")
	compounds  = set("member", "nation", "state", "country", "power", "strong", "ally")
	plainWords = set("full", "current", "present", "existing", "sovereign", "independent", "different", "individual", "participating", "equal", "member", "of")
	fillers    = set("now", "today", "currently", "still", "only", "just", "already", "then", "a", "total", "of", "as", "many", "exactly", "at", "present", "since", "the", "some",
		"about", "around", "roughly", "nearly", "almost", "approximately", "no", "more", "less", "than", "fewer", "least", "most", "over", "under", "up", "to", "well", "slightly", "close", "upwards", "in", "excess", "its", "all", "again", "together", "circa", "not", "between")
	counting = map[string]string{ // a verb to what must follow it
		"has": "", "have": "", "had": "", "having": "", "comprising": "", "comprises": "", "comprised": "", "comprise": "", "consists": "of", "consisting": "of", "consisted": "of", "consist": "of",
		"counts": "", "counted": "", "counting": "", "numbers": "", "numbered": "", "numbering": "", "includes": "", "included": "", "unites": "", "united": "", "uniting": "",
		"links": "", "linked": "", "linking": "", "binds": "", "bound": "", "binding": "", "groups": "", "grouped": "", "brings": "together", "brought": "together", "bringing": "together",
		"boasts": "", "boasted": "", "boasting": "", "encompasses": "", "encompassed": "", "encompassing": "", "embraces": "", "embraced": "", "gathers": "", "gathered": "", "made": "up of", "composed": "of",
		"formed": "of", "covers": "", "covered": "", "spans": "", "spanned": "", "shelters": "", "sheltered": "", "group": "", "unite": "", "link": "", "bind": "", "embrace": "", "tie": "", "ties": "", "totals": "", "totalled": "", "contains": "", "contained": "", "with": "",
	}
	growing = set("grew", "grown", "grow", "grows", "growing", "expanded", "expanding", "enlarged", "swelled", "swollen", "rose", "risen", "rise", "rises", "increased", "reached", "stands",
		"stood", "stand", "fell", "fallen", "shrank", "shrunk", "dropped", "went", "gone", "doubled", "climbed", "brought", "bringing", "brings", "raised", "raising", "jumped", "moved", "came", "runs", "ran", "comes", "amounts", "amounted", "totals", "hovers")
)

// counted reads every number of the sentence that counts members.
func (s *sentence) counted() {
	for i := range s.t {
		if s.t[i].kind != figure || s.t[i].value > 400 {
			continue
		}
		if s.compound(i) || s.allOf(i) || s.newcomers(i) || s.byMany(i) || s.shared(i) {
			continue
		}
		s.count(i)
	}
}

// hedged reads what stands before the number at i and limits it. It gives
// the number and where its phrase begins.
func (s *sentence) hedged(i int) (number, int) {
	v := s.t[i].value
	n := number{lo: v, hi: v, exact: true, start: s.t[i].start, end: s.t[i].end}
	k := i - 1
	loose := func() {
		n.exact = false
		slack := max(1, v/10)
		n.lo, n.hi = v-slack, v+slack
	}
	if s.t[i].w == "dozen" {
		loose()
	}
	for s.is(k, "just", "only", "exactly", "well", "slightly", "the", "a") {
		if s.is(k, "the") {
			break
		}
		k--
	}
	two := func(words string) bool { return s.phrase(k-strings.Count(words, " "), words) }
	const many = 1 << 20
	switch {
	case two("no more than"), two("not more than"), two("at most"), two("up to"):
		n.lo, n.exact = 0, false
	case two("no fewer than"), two("no less than"), two("not fewer than"), two("at least"):
		n.hi, n.exact = many, false
	case two("more than"), s.is(k, "over"), two("upwards of"), two("in excess of"):
		n.lo, n.hi, n.exact = v+1, many, false
	case two("fewer than"), two("less than"), s.is(k, "under", "below"):
		n.lo, n.hi, n.exact = 0, v-1, false
	case s.is(k, "some", "about", "around", "roughly", "nearly", "almost", "approximately", "circa"), two("close to"):
		loose()
	}
	if s.phrase(i+1, "or so") || s.phrase(i+1, "or more") {
		if s.is(i+2, "more") {
			n.hi, n.exact = many, false
		} else {
			loose()
		}
	}
	for k >= 0 && s.t[k].kind == word && fillers[s.t[k].w] && !s.is(k, "the", "its", "all") {
		k--
	}
	// "30 to 32", "30 or 31", "between 30 and 35"
	if k >= 1 && s.t[i-1].kind == word && s.is(i-1, "to", "or", "and") && s.t[i-2].kind == figure && (s.is(i-3, "between") || !s.is(i-1, "and") && !s.is(i-3, "from")) {
		if lo := s.t[i-2].value; lo < v && (s.is(i-1, "or") || s.is(i-3, "between") || s.is(i-1, "to") && !s.grew(i-2)) {
			n.lo, n.exact = lo, false
			k = i - 3
		}
	}
	return n, k
}

// grew reports whether a verb of growth stands shortly before a token.
func (s *sentence) grew(i int) bool {
	for k := i - 1; k >= 0 && k > i-6; k-- {
		if s.t[k].kind == word && growing[s.t[k].w] {
			return true
		}
	}
	return false
}

// add notes a statement about the words from token i to token j.
func (s *sentence) add(st Statement, i, j int) *Statement {
	st.start, st.end = s.t[i].start, s.t[j].end
	if s.t[j].kind == name && s.t[j].owner {
		st.end -= len("'s")
		if strings.HasSuffix(s.text[:s.t[j].end], "’s") {
			st.end -= len("’") - 1
		}
	}
	st.whole = s.text
	s.found = append(s.found, st)
	return &s.found[len(s.found)-1]
}

// compound reads "the 30-member alliance".
func (s *sentence) compound(i int) bool {
	if !s.is(i+1, "-") || i+2 >= len(s.t) || !compounds[s.t[i+2].w] || s.t[i+1].start != s.t[i].end {
		return false
	}
	body, head := s.compoundBody(i)
	if body == model.None {
		return true
	}
	n := number{lo: s.t[i].value, hi: s.t[i].value, exact: true, start: s.t[i].start, end: s.t[i].end}
	st := Statement{rel: counts, subject: body, num: n, compound: true}
	s.dated(&st, i, head)
	if s.is(i-1, "a", "an") && s.is(i-2, ",") && st.when.mode == always && !s.between(i, min(len(s.t), i+9), "time", "then") {
		st.tense = present // "NATO, a 31-member bloc, was set up"
	}
	if s.is(i-1, "-") && s.is(i-2, "then") && st.when.mode == always {
		st.tense = past
	}
	s.add(st, i, i)
	return true
}

// compoundBody gives the body of "the 30-member alliance" and where the words
// after the compound begin.
func (s *sentence) compoundBody(i int) (model.ID, int) {
	head := i + 3
	if s.is(head, "-") && s.is(head+1, "strong") {
		head += 2
	}
	said := s.predicate(i)                         // what the noun is said of may have any adjectives
	if s.is(head-1, "strong") && s.is(head, ",") { // "Now 31-strong, NATO"
		if said == model.None {
			said = s.following(head - 1)
		}
		return said, head
	}
	for k := head; k < len(s.t) && k < head+5; k++ {
		t := s.t[k]
		if id := s.bodyID(t); id != model.None {
			if t.owner {
				return model.None, head
			}
			return id, head
		}
		if t.kind == name && t.what.state == model.None || t.kind != word && t.kind != name && t.w != "-" {
			break
		}
		if t.kind == word && bodyWord(t.w) {
			switch {
			case said != model.None:
				return said, head
			case t.owner:
				return s.ownerAt(k), head
			}
			if id := s.resolve(k); id != model.None {
				return id, head
			}
			return s.following(k), head
		}
		if stateNouns[t.w] || !s.adjective(k) && said == model.None {
			break
		}
	}
	return model.None, head
}

// aside reports whether a token stands between commas or brackets, with no
// date and no verb beside it.
func (s *sentence) aside(i int) bool {
	from, to := i, i
	for from > 0 && !s.is(from, ",", "(", "–") {
		if s.t[from].kind == day || s.isVerb(from) {
			return false
		}
		from--
	}
	for to < len(s.t) && !s.is(to, ",", ")", "–") {
		if s.t[to].kind == day || to > i && s.isVerb(to) {
			return false
		}
		to++
	}
	return from > 0 && to < len(s.t)
}

// beginsIn reports whether a clause tells a beginning or an end, so that its
// date belongs to that.
func (s *sentence) beginsIn(p part) bool {
	for k := p.from; k < p.to; k++ {
		if s.is(k, "founded", "established", "created", "formed", "dissolved", "disbanded", "signed", "launched") {
			return true
		}
	}
	return false
}

// adjective reports whether a word may stand between a number and its noun
// without narrowing it down.
func (s *sentence) adjective(k int) bool {
	return s.is(k, "strong", "military", "defence", "defense", "regional", "western", "security", "political", "international", "intergovernmental", "atlantic", "transatlantic",
		"eurasian", "economic", "trading", "trade", "nuclear", "defensive", "collective", "-")
}

// predicate gives the body of which a noun phrase is said: "ASEAN is a
// ten-member organisation", "ASEAN, a ten-member bloc".
func (s *sentence) predicate(i int) model.ID {
	k := i - 1
	for s.is(k, "a", "an", "the", "-", "then", "now", "still", "today", "largely", "as") {
		k--
	}
	if s.is(k, "is", "was", "remains", "became", "are") {
		return s.bodyBefore(k)
	}
	if s.is(k, ",", "(") && k > 0 && s.t[k-1].kind == name && !s.t[k-1].owner {
		return s.bodyID(s.t[k-1])
	}
	return model.None
}

// following gives the one body named after a token, for "As an alliance of 31
// states, NATO decides".
func (s *sentence) following(k int) model.ID {
	for j := k + 1; j < len(s.t); j++ {
		if id := s.bodyID(s.t[j]); id != model.None && s.of[j] <= s.of[k]+1 {
			if s.is(j-1, ",") || s.is(j-1, "the") && s.is(j-2, ",") {
				return id
			}
		}
	}
	return model.None
}

// dated gives a statement its tense and its time.
func (s *sentence) dated(st *Statement, i, j int) {
	p := s.part[s.of[i]]
	st.when = s.timeOf(i, j)
	if p.tense == past && !p.perfect {
		st.tense = past
	}
	if t := s.t[i]; t.kind == word && growing[t.w] && (p.perfect || st.when.mode == since) {
		st.when, st.tense = when{}, present // "since 1949 NATO has grown to 32 members"
	}
	if st.when.mode == in && s.sinceEvent(st.when) {
		st.when.mode = since
	}
	if s.aside(i) || s.t[i].kind == figure && s.beginsIn(p) {
		// "NATO, a 32-member alliance, was founded in 1949": the date is not
		// that of the count.
		st.when = when{}
	}
	for k := p.from; k < p.to; k++ {
		switch {
		case s.is(k, "today", "nowadays", "currently", "presently") || s.is(k, "now") && st.tense == present || s.phrase(k, "at present") || s.is(k, "this") && s.is(k+1, "year", "month", "week"):
			st.tense = present
			if st.when.mode == in || st.when.mode == since && k <= i && s.t[k].start > st.when.end {
				st.when = when{}
			}
		case s.is(k, "once", "formerly", "previously", "then", "originally", "initially", "earlier") && st.when.mode == always:
			st.tense = past
		}
	}
	if st.when.mode == always {
		for k := p.from; k < p.to; k++ {
			if s.is(k, "at", "from", "upon", "on") && s.phrase(k+1, "the time of its") || s.is(k, "when") && s.is(k+1, "it") && s.is(k+2, "was") && s.is(k+3, "founded", "established", "created", "formed", "set") ||
				s.is(k, "at", "from", "its", "on", "upon") && (s.is(k+1, "its") && s.is(k+2, "founding", "foundation", "creation", "formation", "birth", "outset", "start", "establishment", "inception") || s.phrase(k, "at the start") || s.phrase(k, "at the outset")) {
				st.when = when{mode: atStart}
			}
		}
	}
}

// aboutMembers reports whether the sentence speaks of members.
func (s *sentence) aboutMembers(v int) bool {
	for k := range s.t {
		if s.is(k, "member", "members", "membership", "states", "countries", "founders", "nations", "roster", "roll", "rolls", "tally", "ranks") {
			return true
		}
	}
	return false
}
