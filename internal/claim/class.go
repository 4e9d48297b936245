package claim

import "strings"

// class says what a word may be, so that it is looked up once and not at
// every question. A word may be of several classes.
type class uint16

const (
	pastVerb class = 1 << iota
	presentVerb
	modal
	participle // ends in -ed and may be a verb
	denial     // "didn't"
	unsureWord
	doubtWord
	breaker
	numberWord
	lifeWord // begins a phrase of lifeWords
	bodyNoun
	notVerb
	cue // begins what few sentences say
)

var classes = func() map[string]class {
	m := map[string]class{}
	for _, s := range []struct {
		class class
		words map[string]bool
	}{
		{pastVerb, pastVerbs}, {presentVerb, presentVerbs}, {unsureWord, unsureWords}, {doubtWord, doubtWords}, {breaker, breakers},
		{numberWord, numberWords}, {lifeWord, lifeFirst}, {notVerb, notVerbs}, {cue, cues},
		{modal, set("would", "could", "might", "may", "should", "will", "shall", "can", "must")},
	} {
		for w := range s.words {
			m[w] |= s.class
		}
	}
	for w := range bodyNouns {
		m[w] |= bodyNoun
	}
	return m
}()

// cues are the words at which the readers of rare statements begin; the others
// are not shown to them.
var cues = set(
	// composed
	"made", "brings", "brought", "consists", "consisted", "composed", "comprises", "comprised", "groups", "grouped", "unites", "united",
	"includes", "included", "binds", "bound", "links", "linked", "ties", "tied", "allied",
	// oneOf
	"one",
	// wishing
	"hopes", "hope", "wants", "want", "aspires", "aspire", "seeks", "seek", "waits", "wait", "waiting", "hoping", "seeking", "aspiring", "wishes",
	"queuing", "applying", "remains", "remain",
	// existing
	"exists", "exist", "survives", "endures", "operates", "force", "existence", "continues", "applies", "governs", "led", "headed", "dominated", "active",
	// suspensions
	"suspended", "readmitted", "reinstated", "restored", "frozen", "suspension",
	// boycotted
	"boycotted", "blockaded", "ostracised", "ostracized", "shunned", "embargoed", "boycott", "blockade", "embargo",
	// apart
	"opt", "integrated",
	// articles
	"article", "art",
	// kinds
	"military", "defence", "defense", "mutual", "collective", "defensive",
	// roster
	"among", "amongst",
	// followed
	"followed",
)

// classOf gives the classes of a word in lower case.
func classOf(w string) class {
	c := classes[w]
	if strings.HasSuffix(w, "ed") && len(w) > 3 && c&notVerb == 0 {
		c |= participle
	}
	if strings.HasSuffix(w, "n't") {
		c |= denial
	}
	return c
}
