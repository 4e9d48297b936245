// Package model is the world that records and page headers declare: things
// with names and addresses, and the dated statements between them. Everything
// that can be counted or listed about alliances on a day is derived here from
// those statements, with three answers: yes, no, unknown.
//
// A World is immutable. It knows nothing of Markdown bodies, of HTML or of
// files beyond where a statement stands.
package model

import (
	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/lang"
	"entente/internal/prose"
	"entente/internal/record"
)

// ID is the dense number of a thing, handed out in order of kind and slug.
type ID int32

// None is the ID of nothing.
const None ID = -1

// Kind is a kind of thing.
type Kind uint8

// The kinds in the order of their IDs.
const (
	Topic Kind = iota
	Organisation
	State
	Treaty
	Exercise
	Operation
	Event
	Term
	Source
	Help // pages about the site itself: findable, and no part of the reference work
	KindCount
)

var kindWords = [...]struct{ noun, plural, folder string }{
	Topic:        {"topic", "topics", "topics"},
	Organisation: {"organisation", "organisations", "organisations"},
	State:        {"state", "states", "states"},
	Treaty:       {"treaty", "treaties", "treaties"},
	Exercise:     {"exercise", "exercises", "exercises"},
	Operation:    {"operation", "operations", "operations"},
	Event:        {"event", "events", "events"},
	Term:         {"term", "terms", "glossary"},
	Source:       {"source", "sources", "sources"},
	Help:         {"help", "help", "help"},
}

// Noun is the singular of the kind in words.
func (k Kind) Noun() string { return kindWords[k].noun }

// Plural is the plural of the kind in words.
func (k Kind) Plural() string { return kindWords[k].plural }

// Folder is the folder of content/ that holds the kind.
func (k Kind) Folder() string { return kindWords[k].folder }

// HasPage reports whether each thing of the kind has a page of its own;
// events, terms and sources stand on shared pages.
func (k Kind) HasPage() bool { return k <= Operation || k == Help }

// Thing is anything that can be linked to.
type Thing struct {
	ID      ID
	Kind    Kind
	Slug    string // the id that authors write
	Name    string
	Short   string // abbreviation or short form; "" when there is none
	Summary string // one or two sentences; may be empty
	Path    string // address from the root of the site: "states/poland/", "glossary/#ally"
	Names   []Name
	SeeAlso []prose.SeeAlso
	Sources []string

	Origin record.Origin // of its record; zero for a topic
	Page   *prose.Source // its Markdown file, or nil; what it declares holds, its text may have been rewritten since
	Draft  bool

	// Exactly one of these is set, by Kind; none for a topic.
	State        *record.State
	Organisation *record.Organisation
	Treaty       *record.Treaty
	Exercise     *record.Exercise
	Operation    *record.Operation
	Event        *record.Event
	Term         *record.Term
	Source       *record.Source
}

// Label is the short form where there is one, else the name.
func (t *Thing) Label() string {
	if t.Short != "" {
		return t.Short
	}
	return t.Name
}

// NameKind orders names by how strongly they mean their thing.
type NameKind uint8

// The kinds of name, strongest first.
const (
	MainName NameKind = iota
	ShortName
	OfficialName
	AliasName
	FormerName
	ForeignName
)

// Name is one name of a thing.
type Name struct {
	Text  string
	Kind  NameKind
	Lang  string      // BCP 47; "" for the language of the site
	Valid date.Period // zero: always
	Plain bool        // an ordinary noun, matched whatever its first letter's case, with its plural
	Auto  bool        // its first mention on a page is linked
}

// Membership is one dated statement: Member belonged to Body.
type Membership struct {
	Body, Member ID
	Period       date.Period
	Status       Status
	Record       *record.Membership
	Index        int // in the body's list, for messages
}

// World is everything the sources declare.
type World struct {
	Site   *record.Site
	AsOf   date.Day    // the day for which the site speaks
	Words  *lang.Words // in the site's language
	Things []Thing

	Memberships []Membership // in the order of bodies, then as written

	Editions []*edition.Edition // frozen states of the site, in order of day

	first     [KindCount + 1]ID // first[k] is the first ID of kind k
	bySlug    map[string]ID     // all kinds but sources
	bySource  map[string]ID
	byBody    [][2]int32 // ID of an organisation to its range in Memberships
	byMember  [][]int32  // ID to indexes into Memberships
	eventsOf  [][]ID     // ID to events that name it, in order of date
	treaties  [][]ID     // ID to treaties it is a party of or that belong to it
	held      [][]ID     // ID to exercises it leads, hosts or takes part in
	run       [][]ID     // ID of an organisation to its operations
	parts     [][]ID     // ID of an organisation to the bodies inside it
	byName    map[string][]ID
	partOf    map[ID]int // topic to index of its part
	order     []ID       // topics in reading order
	place     []int32    // ID of a topic to its index in order
	redirects []Redirect

	timeline   []ID // all events in order of date
	eventPages []EventPage
}

// Redirect is an old address that leads to a thing.
type Redirect struct {
	From string // address, ending in '/'
	To   ID
}

// Thing gives the thing with an ID, which must be valid.
func (w *World) Thing(id ID) *Thing { return &w.Things[id] }

// Lookup finds a thing by the id that authors write, sources apart.
func (w *World) Lookup(slug string) (*Thing, bool) {
	id, ok := w.bySlug[slug]
	if !ok {
		return nil, false
	}
	return &w.Things[id], true
}

// LookupSource finds an entry of the bibliography.
func (w *World) LookupSource(slug string) (*Thing, bool) {
	id, ok := w.bySource[slug]
	if !ok {
		return nil, false
	}
	return &w.Things[id], true
}

// Of gives all things of a kind, in slug order.
func (w *World) Of(k Kind) []Thing { return w.Things[w.first[k]:w.first[k+1]] }

// Named gives the things that bear a name exactly as written, strongest
// claim first is not implied; see package link for resolution.
func (w *World) Named(name string) []ID { return w.byName[name] }

// Redirects lists old addresses in order.
func (w *World) Redirects() []Redirect { return w.redirects }

// Topics gives the topics in reading order: the parts of the table of
// contents, then what no part lists.
func (w *World) Topics() []ID { return w.order }

// Place gives the index of a topic in the reading order.
func (w *World) Place(topic ID) int { return int(w.place[topic]) }

// Part gives the index of the part that lists a topic, or -1.
func (w *World) Part(topic ID) int {
	if i, ok := w.partOf[topic]; ok {
		return i
	}
	return -1
}

// Events gives the events that name a thing, in order of date.
func (w *World) Events(id ID) []ID { return w.eventsOf[id] }

// Treaties gives the treaties a state or body is a party to, and those that
// belong to a body, in order of signature.
func (w *World) Treaties(id ID) []ID { return w.treaties[id] }

// Exercises gives the exercises that a state or body leads, holds or joins.
func (w *World) Exercises(id ID) []ID { return w.held[id] }

// Operations gives the operations of a body, in order of their start.
func (w *World) Operations(id ID) []ID { return w.run[id] }

// Parts gives the bodies that declare themselves part of this one.
func (w *World) Parts(id ID) []ID { return w.parts[id] }

// Before orders things as their IDs do.
func Before(a, b *Thing) bool { return a.Kind < b.Kind || a.Kind == b.Kind && a.Slug < b.Slug }
