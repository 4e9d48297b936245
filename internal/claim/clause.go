package claim

import (
	"slices"
	"strings"

	"entente/internal/model"
)

// sentence is one sentence being read.
type sentence struct {
	r    *Reader
	text string
	t    []token
	of   []int  // token to its part
	part []part // the clauses, in order
	cues []int  // tokens that are cues

	context *context
	lead    bool // an item of a list whose lead speaks of the present
	found   []Statement
}

// begin makes the sentence another one, keeping its room.
func (s *sentence) begin(text string, c *context, lead bool) {
	*s = sentence{r: s.r, text: text, of: s.of[:0], part: s.part[:0], cues: s.cues[:0], context: c, lead: lead}
}

// part is one clause: tokens from to to.
type part struct {
	from, to int
	verb     int // index of its first verb, -1 when it has none
	tense    tense
	perfect  bool // "has had"
	unsure   bool // a plan, a wish, a possibility
	not      bool
}

var (
	pastVerbs = set("was", "were", "had", "did", "led", "fought", "took", "made", "met", "became", "began", "grew", "kept", "held", "sent", "gave", "left",
		"came", "rose", "fell", "stood", "withdrew", "went", "brought", "bound", "chose", "built", "lost", "won", "saw", "ran", "drew", "broke", "spoke", "quit", "found",
		"lay", "sat", "got", "put", "paid", "laid", "felt", "dealt", "meant", "spent", "lent", "heard", "kept", "slept", "sank", "shrank", "shook", "struck", "drove", "rode", "strove", "froze",
		"knew", "threw", "hung", "swore", "bore", "taught", "caught", "understood", "forgot", "arose", "underwent", "upheld", "forbade", "fed", "lived", "swung", "wore")
	presentVerbs = set("is", "are", "has", "have", "does", "do", "remains", "remain", "comprises", "comprise", "consists", "consist", "counts", "count", "numbers",
		"includes", "include", "unites", "unite", "links", "link", "binds", "groups", "brings", "boasts", "encompasses", "embraces", "gathers", "stands", "belongs", "belong",
		"totals", "contains", "lies", "stretches", "plays", "operates", "ensures", "provides", "says", "continues", "continue", "takes", "take", "hold", "holds", "runs", "run",
		"conducts", "conduct", "organises", "rests", "covers", "plans", "decides", "decide", "must", "can", "cannot", "sits", "makes", "works", "exemplifies", "aims", "serves",
		"patrols", "monitors", "protects", "leads", "commands", "enforces", "supervises", "oversees", "escorts", "advises", "assists", "keeps", "helps", "looks", "faces", "treats", "promises", "exists", "exist", "survives", "joins", "leaves", "enters", "share", "shares", "border", "borders", "trains", "train", "numbers")
	// participles end in -ed or look like it but are no verbs of their own
	notVerbs = set("united", "allied", "indeed", "need", "speed", "armed", "combined", "unified", "integrated", "exceed", "proceed", "red", "shared", "limited", "advanced",
		"mixed", "increased", "renewed", "proposed", "so-called", "hundred", "hundreds", "based", "headquartered", "located", "seed", "developed", "enhanced", "feed", "freed", "embed")
	unsureWords = set("would", "could", "might", "may", "should", "will", "shall", "won't", "wouldn't", "couldn't", "shouldn't", "plans", "plan", "planned", "hopes", "hope", "hoped", "aims",
		"wants", "want", "wanted", "intends", "intended", "proposed", "proposes", "proposal", "applied", "applies", "apply", "seeks", "sought", "seek", "expected", "expects", "invited", "wishes", "wish",
		"candidate", "candidates", "aspirant", "aspires", "aspirations", "bid", "prospective", "potential", "possible", "possibly", "perhaps", "maybe", "probably", "likely", "unlikely", "almost-certainly",
		"decided", "decides", "ready", "refused", "refuses", "threatened", "threatens", "tried", "promised", "offered",
		"ratified", "announced", "announces", "declared", "path", "road", "eligible", "due", "poised", "negotiations", "talks", "vote", "voted", "opposed", "opposes", "blocked", "delayed",
		"idea", "notion", "suggestion", "question", "failed", "supposed", "imagined", "future", "someday", "tomorrow", "hypothetical", "formerly-planned", "advocated", "favours", "favoured", "rejected")
	doubtWords = set("if", "whether", "suppose", "supposing", "imagine", "claim", "claims", "claimed", "claiming", "argue", "argues", "argued", "say", "says", "said", "saying", "suggest", "suggests", "suggested",
		"allege", "alleges", "alleged", "believe", "believes", "believed", "thinks", "thought", "assert", "asserts", "asserted", "insist", "insists", "insisted", "contend", "contends", "contended",
		"predict", "predicts", "predicted", "forecast", "reportedly", "allegedly", "supposedly", "purportedly", "rumour", "rumours", "rumoured", "rumor", "rumors", "wrote", "writes", "told", "tells",
		"joked", "myth", "mistake", "mistaken", "mistakenly", "wrong", "wrongly", "misconception", "erroneously", "error", "fiction", "fictional", "novel", "film", "movie", "thriller", "scenario", "unless", "otherwise",
		"untrue", "false", "falsely", "incorrect", "incorrectly", "contrary", "legend", "quoted", "cited", "figure", "sentence", "headline", "assume", "assumes", "assumed", "pretend", "counterfactual",
		"feared", "fears", "warned", "warns", "maintained", "maintains", "denied", "denies", "dismissed", "disputed", "textbook", "textbooks", "dreamed", "dreamt", "wargame", "simulation", "hypothetically", "according", "confused", "confuse", "rumored",
		"estimated", "estimates", "described", "portrayed", "depicted", "labelled", "termed", "dubbed", "apparently", "seemingly", "presumably", "so-called", "parody", "satire", "alternate", "guess", "guessed", "asked", "asks", "wondered", "unclear", "opinion", "poll", "propaganda", "game")
	breakers = set("and", "but", "or", "while", "whereas", "when", "where", "because", "although", "though", "after", "before", "since", "until", "once", "which", "who", "that", "so", "yet", "as", "whose", "nor", "then")
)

// split cuts the sentence into clauses.
func (s *sentence) split() {
	from := 0
	for i := range s.t {
		if i > from && s.breaks(i) {
			s.part = append(s.part, s.clauseOf(from, i))
			from = i
		}
	}
	s.part = append(s.part, s.clauseOf(from, len(s.t)))
	s.merge()
	s.of = slices.Grow(s.of[:0], len(s.t))[:len(s.t)]
	for k, p := range s.part {
		for i := p.from; i < p.to; i++ {
			s.of[i] = k
		}
	}
}

// breaks reports whether a clause may begin at a token: after a mark of
// punctuation, or at a conjunction that a verb follows.
func (s *sentence) breaks(i int) bool {
	prev := s.t[i-1]
	if prev.kind == point && strings.Contains(",;:()–", prev.w) {
		return true
	}
	if s.is(i, "yet") && s.is(i-1, "not", "has", "have", "is", "are", "had") {
		return false // "has not yet joined"
	}
	return s.t[i].kind == word && s.t[i].class&breaker != 0 && s.verbSoon(i+1)
}

// verbSoon reports whether a verb follows before the next conjunction or
// mark.
func (s *sentence) verbSoon(i int) bool {
	for k := i; k < len(s.t) && k < i+7; k++ {
		if s.isVerb(k) {
			return true
		}
		if s.t[k].kind == point && s.t[k].w != "-" || k > i && s.t[k].kind == word && s.t[k].class&breaker != 0 {
			return false
		}
	}
	return false
}

func (s *sentence) isVerb(i int) bool {
	t := &s.t[i]
	if t.kind != word || t.capital && i > 0 {
		return false
	}
	return t.class&(pastVerb|presentVerb|modal|denial) != 0 || t.class&participle != 0 && i+1 < len(s.t)
}

func (s *sentence) clauseOf(from, to int) part {
	p := part{from: from, to: to, verb: -1}
	for i := from; i < to; i++ {
		t := &s.t[i]
		if t.kind != word {
			continue
		}
		if t.class&unsureWord != 0 && !(t.w == "may" && t.capital) {
			p.unsure = true
		}
		if t.w == "not" && s.is(i+1, "only", "just", "merely", "least", "until") {
			continue
		}
		if t.w == "not" || t.w == "never" || t.class&denial != 0 || t.w == "neither" || t.w == "cannot" || t.w == "without" || t.w == "nor" {
			p.not = true
		}
		if s.isVerb(i) && p.verb < 0 {
			p.verb = i
			p.tense = s.tenseAt(i)
			p.perfect = t.w == "has" || t.w == "have"
		}
	}
	return p
}

// tenseAt gives the tense of a verb.
func (s *sentence) tenseAt(i int) tense {
	if s.t[i].class&(pastVerb|participle) != 0 {
		return past
	}
	return present
}

// merge joins clauses without a verb to a neighbour: what leads a sentence to
// what follows it, the rest to what comes before.
func (s *sentence) merge() {
	out := s.part[:0]
	for k := range s.part {
		p := s.part[k]
		if p.verb < 0 && len(out) == 0 && k+1 < len(s.part) {
			s.part[k+1].from = p.from
			s.part[k+1].not = s.part[k+1].not || p.not
			s.part[k+1].unsure = s.part[k+1].unsure || p.unsure
			continue
		}
		if p.verb < 0 && len(out) > 0 && !(s.t[p.from-1].w == ";") {
			q := &out[len(out)-1]
			q.to = p.to
			q.not = q.not || p.not
			q.unsure = q.unsure || p.unsure
			continue
		}
		out = append(out, p)
	}
	s.part = out
}

// doubtful reports whether the sentence as a whole is not what the author
// says of the world.
func (s *sentence) doubtful() bool {
	if n := len(s.t); n == 0 || s.t[n-1].w == "?" {
		return true
	}
	for i := range s.t {
		t := &s.t[i]
		if t.kind != word || t.class&doubtWord == 0 {
			continue
		}
		// A treaty may say, and article 5 states.
		if (t.w == "says" || t.w == "say") && i > 0 && s.speaksLaw(i) {
			continue
		}
		if (t.w == "asserts" || t.w == "says" || t.w == "maintains") && s.is(i-1, "which", "that") {
			continue
		}
		if t.w == "thinks" && s.is(i+1, "like") {
			continue
		}
		if t.w == "according" && i+1 < len(s.t) && s.t[i+1].w != "to" {
			continue
		}
		return true
	}
	for i := range s.t {
		if !s.is(i, "not", "no") {
			continue
		}
		if s.phrase(i, "not true") || s.phrase(i, "no truth") || s.phrase(i, "not the case") || s.phrase(i, "no one thinks") {
			return true
		}
	}
	return s.t[0].w == "had" || s.t[0].w == "were" || s.t[0].w == "should"
}

// speaksLaw reports whether the subject of a verb is a treaty or an article.
func (s *sentence) speaksLaw(i int) bool {
	for k := max(0, i-8); k < i; k++ {
		if t := s.t[k]; t.what.treaty != model.None && t.kind == name || t.w == "article" || t.w == "treaty" || t.w == "charter" {
			return true
		}
	}
	return false
}

// is reports whether the token at i is one of some words.
func (s *sentence) is(i int, words ...string) bool {
	if i < 0 || i >= len(s.t) || s.t[i].kind == name || s.t[i].kind == opaque {
		return false
	}
	for _, w := range words {
		if s.t[i].w == w {
			return true
		}
	}
	return false
}

// phrase reports whether words stand at i, one after another.
func (s *sentence) phrase(i int, words string) bool {
	for words != "" {
		w, rest, _ := strings.Cut(words, " ")
		if !s.is(i, w) {
			return false
		}
		words = rest
		i++
	}
	return true
}

// times lists what a sentence says of time.
func (s *sentence) times() []timed {
	var list []timed
	for i := 0; i < len(s.t); i++ {
		t := s.t[i]
		if t.kind != day || t.date.IsZero() {
			continue
		}
		w := when{mode: in, from: t.date, start: t.start, end: t.end}
		k := i - 1
		for k >= 0 && s.is(k, "the", "early", "late", "mid", "of", "end", "summer", "spring", "autumn", "winter", "beginning", "start", "year", "about", "around", "mid-", "-", "only", "as", "on", "in", "at") {
			if s.is(k, "in", "on", "at") {
				break
			}
			if s.is(k, "as") && !s.is(k+1, "of") {
				break
			}
			k--
		}
		w.late = s.between(max(0, k), i, "end")
		switch {
		case s.is(k, "since", "from") && s.rangeEnd(i) > 0:
			j := s.rangeEnd(i)
			w.mode, w.to, w.end = between, s.t[j].date, s.t[j].end
			list = append(list, timed{w, k, i, s.leads(k)})
			i = j
			continue
		case s.is(k, "between") && s.is(i+1, "and") && i+2 < len(s.t) && s.t[i+2].kind == day:
			w.mode, w.to, w.end = between, s.t[i+2].date, s.t[i+2].end
			list = append(list, timed{w, k, i, s.leads(k)})
			i += 2
			continue
		case s.is(i+1, "–", "-") && i+2 < len(s.t) && s.t[i+2].kind == day:
			w.mode, w.to, w.end = between, s.t[i+2].date, s.t[i+2].end
			list = append(list, timed{w, k, i, false})
			i += 2
			continue
		case s.is(k, "since"), s.is(k, "from") && (s.is(i+1, "on", "onwards", "onward") || s.is(i+1, ",", ".")):
			w.mode = since
		case s.is(k, "until", "till"), s.phrase(k-1, "up to"), s.is(k, "to") && s.is(k-1, "up"):
			w.mode = until
		case s.is(k, "before"), s.is(k, "to") && s.is(k-1, "prior"):
			w.mode = before
		case s.is(k, "after", "following"):
			w.mode = after
		case s.is(k, "by"):
			w.mode = in
		}
		list = append(list, timed{w, max(0, k), i, s.leads(k)})
	}
	return list
}

// rangeEnd gives the second date of "from 1999 to 2025", 0 when there is none.
func (s *sentence) rangeEnd(i int) int {
	if s.is(i+1, "to", "until", "till", "through", "–", "-") && i+2 < len(s.t) && s.t[i+2].kind == day {
		return i + 2
	}
	return 0
}

// timed is a time with its place among the tokens.
type timed struct {
	when
	prep, at int
	leads    bool // it stands at the head of its clause
}

// leads reports whether a token begins a clause.
func (s *sentence) leads(k int) bool {
	if k <= 0 {
		return true
	}
	p := s.t[k-1]
	return k == 1 && p.kind == word || p.kind == point && (p.w == "," || p.w == ";" || p.w == "–") || s.part[s.of[k]].from == k
}

// timeOf gives the time that belongs to the claim whose words stand from i to
// j: what follows it in its clause, else what leads the clause.
func (s *sentence) timeOf(i, j int) when {
	p := s.part[s.of[i]]
	var best *timed
	distance := 1 << 20
	for _, c := range s.context.times {
		cleft := s.is(p.from, "that") && s.of[c.at] == s.of[i]-1 && s.is(s.part[s.of[c.at]].from, "it")
		if s.of[c.at] != s.of[i] && !cleft && !(c.leads && c.at < i && s.of[c.at] == s.of[i]-1 && s.bare(s.of[c.at])) {
			continue
		}
		d := c.prep - j
		if d <= 0 && c.at > i && c.at < j { // between the verb and the number
			d = j - c.at + 20
		}
		if c.at < i {
			d = i - c.at + 40
			if c.leads || c.at < p.from {
				d = 30
			}
		}
		if d < distance {
			distance = d
			k := c
			best = &k
		}
	}
	if best == nil {
		for k := p.from; k < p.to; k++ {
			if s.t[k].kind == opaque && s.is(k-1, "in", "on", "since", "until", "by", "from", "of", "after", "before", "between", "to", "the") {
				return when{mode: hidden}
			}
		}
		return when{}
	}
	return best.when
}

// bare reports whether a clause has no claim of its own: "When Sweden joined
// in 2024," tells the time of what follows.
func (s *sentence) bare(k int) bool {
	from := s.part[k].from
	if s.is(from, "in", "on", "by") { // "In 1982, when Spain joined,"
		for from++; from < s.part[k].to && s.t[from].kind == day || s.is(from, "the", ",", "year", "summer", "spring", "autumn"); from++ {
		}
	}
	return s.is(from, "when", "after", "before", "until", "since", "once", "by", "with", "as")
}

// bodyID gives what a name means as a body: itself, or the body of a treaty
// that founded one.
func (s *sentence) bodyID(t token) model.ID {
	if t.kind != name {
		return model.None
	}
	if t.what.body != model.None {
		return t.what.body
	}
	if t.what.treaty != model.None {
		tr := s.r.w.Thing(t.what.treaty).Treaty
		if b, ok := s.r.w.Lookup(tr.Organisation); ok && b.Organisation != nil && tr.Signed == b.Organisation.Founded {
			return b.ID
		}
	}
	return model.None
}
