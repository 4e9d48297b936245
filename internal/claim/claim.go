// Package claim reads the author's own sentences and finds statements that
// the data contradicts: how many members a body has, when it was founded or
// ended, who belongs to it, in what order, where it sits, whether a series of
// exercises goes on, which article says what.
//
// A Reader turns a composed page into Statements, each a relation between a
// subject and a value for a time; Judge compares Statements with the world.
// Reading depends on names alone, so that a change of a date only judges anew.
// A sentence that is quoted, attributed, doubted, conditional or about the
// future is not the author's own statement, and the package says nothing about
// it; nor about anything it does not fully understand.
//
// The package knows nothing of Markdown, and decides nothing about what is
// done with a finding.
package claim

import (
	"entente/internal/date"
	"entente/internal/file"
	"entente/internal/model"
)

// Page is what was read on one page.
type Page struct {
	Statements []Statement
	Marks      []Mark
	Figures    Figures
}

// Figures counts the sentences of a page that give a figure or a date, by what
// vouches for it.
type Figures struct {
	Bound   int // bound to the records
	Sourced int // the author's own, with a source cited there or later in the paragraph
	Free    int // the author's own, with nothing behind it
}

// All is how many sentences give figures.
func (f Figures) All() int { return f.Bound + f.Sourced + f.Free }

// Add adds up two counts.
func (f Figures) Add(o Figures) Figures {
	return Figures{f.Bound + o.Bound, f.Sourced + o.Sourced, f.Free + o.Free}
}

// relation is what a statement says of its subject.
type relation uint8

const (
	counts    relation = iota // subject has Number members
	founders                  // subject was founded by Number states
	signers                   // subject was signed by Number states
	joiners                   // Number states joined subject
	overlap                   // Number members of Other belong to subject
	began                     // subject was founded, or first held
	signed                    // subject was signed
	inForce                   // subject entered into force
	ended                     // subject ended
	lives                     // subject exists, or is in force
	belongs                   // Who are members of subject
	joined                    // Who joined subject
	left                      // Who left subject
	founding                  // Who are founding members of subject
	observes                  // Who have a standing short of membership in subject
	ordinal                   // Who are subject's Number-th member
	newest                    // Who are the latest to have joined subject
	firstOut                  // Who were the first to leave subject
	withMany                  // Who joined subject with Number others
	withThose                 // Who joined subject on the same day as Others
	seated                    // subject sits at Place
	signedAt                  // subject was signed at Place
	held                      // subject, a series of exercises, goes on
	clause                    // Number is the article of subject that deals with Topic
	invoked                   // the article Number of subject was invoked Times times
	military                  // subject is a military alliance
	principle                 // subject rests on the principle Topic
	roles                     // subject has Number with the standing Role
	suspended                 // Who were suspended from subject
	restored                  // Who were taken back into subject
	grewLast                  // the latest enlargement of subject
	lasted                    // subject exists, or existed, for Number years
	ahead                     // Who joined subject before Others, or after them
	unleft                    // nobody has left subject
	unjoined                  // nobody has joined subject since then
	apart                     // Who takes no part in Topic, an aspect of some body
)

// tense is how the verb of a statement stands to the present.
type tense uint8

const (
	present tense = iota
	past
)

// mode says how a date limits a statement.
type mode uint8

const (
	always  mode = iota // no date is given
	in                  // at some time within
	since               // from then on
	until               // up to then
	before              // just before
	after               // just after
	between             // from the first to the second
	atStart             // at the founding
	hidden              // on a day that a bound fact gives
)

// when is the time for which a statement is made.
type when struct {
	mode     mode
	from, to date.Date // to only with between
	start    int       // of the words of the date, in the sentence
	end      int
	late     bool // "the end of 2013"
}

// number is a number as an author meant it: every value from lo to hi.
type number struct {
	lo, hi     int
	exact      bool // lo == hi, and no hedge stands before it
	start, end int  // of its words
}

// Statement is one claim of an author.
type Statement struct {
	rel     relation
	subject model.ID
	other   model.ID // the second body of overlap
	who     []model.ID
	others  []model.ID
	num     number
	minus   int // how many less than all members the author counts: "its 31 allies"
	times   int // how often an article was invoked, -1 when it is not said
	role    model.Status
	topic   string
	place   string
	tense   tense
	not     bool
	when    when

	whole      string    // the sentence
	at         int       // offset of the sentence in Plain
	start, end int       // words to be reported, in the sentence
	span       file.Span // of those words in the file
	now        date.Date // the day on which "today" is, when the author has said so
	mark       int       // index of the mark that covers it, or -1
	compound   bool      // the number is part of a word: "30-member"
	bare       bool      // no verb in the present is near
}
