// Package record turns YAML files into typed records that remember where each
// field stands. The struct types of this file are the one schema: field names,
// "did you mean", JSON Schema and the format's documentation follow from them.
//
// A record is what a file says, decoded and nothing more: references are still
// ids, and whether they lead anywhere is for package model to say.
package record

import (
	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
)

// Kind is a kind of record; its folder is Kind.Folder().
type Kind uint8

// The kinds, in the order in which the site lists them.
const (
	States Kind = iota
	Organisations
	Treaties
	Exercises
	Operations
	Events
	Glossary
	Sources
	kindCount
)

// Kinds lists all kinds in order.
func Kinds() []Kind {
	return []Kind{States, Organisations, Treaties, Exercises, Operations, Events, Glossary, Sources}
}

// Folder is the name of the folder under content/ that holds the kind.
func (k Kind) Folder() string {
	return [...]string{"states", "organisations", "treaties", "exercises", "operations", "events", "glossary", "sources"}[k]
}

// Noun is the singular, for messages.
func (k Kind) Noun() string {
	return [...]string{"state", "organisation", "treaty", "exercise", "operation", "event", "term", "source"}[k]
}

// In a yaml tag, "required" demands the field, "ref=…" names the kinds an id
// may belong to, "enum=…" the closed list of words, "url" a web address;
// "inline" marks the field that a bare value stands for.

// State is a state, living or extinct.
type State struct {
	ID           string       `yaml:"id,required"`
	Name         string       `yaml:"name,required"`
	OfficialName string       `yaml:"official_name"`
	Aliases      []string     `yaml:"aliases"`
	FormerNames  []FormerName `yaml:"former_names"`
	Names        []Name       `yaml:"names"`
	Demonyms     []string     `yaml:"demonyms"`
	Codes        Codes        `yaml:"codes"`
	COWCodes     []DatedCode  `yaml:"cow_codes"`
	Region       string       `yaml:"region,required"`
	Exists       Lifetime     `yaml:"exists"`
	Continues    []string     `yaml:"continues,ref=states"`
	ContinuedBy  []string     `yaml:"continued_by,ref=states"`
	SuccessorOf  []string     `yaml:"successor_of,ref=states"`
	SucceededBy  []string     `yaml:"succeeded_by,ref=states"`
	MergedInto   []string     `yaml:"merged_into,ref=states"`
	Note         string       `yaml:"note"`
	Common
}

// Common are the fields that every kind of record may have.
type Common struct {
	Website  string      `yaml:"website,url"`
	SeeAlso  []Neighbour `yaml:"see_also"`
	NoLink   []string    `yaml:"no_link"` // names that are never linked by themselves
	AsOf     date.Date   `yaml:"as_of"`
	Disputes []Dispute   `yaml:"disputes"` // rival values, shown as "sources differ"
	Sources  []string    `yaml:"sources,ref=sources"`
}

// Neighbour is a see-also entry chosen by the author.
type Neighbour struct {
	Page string `yaml:"page,required"`
	Why  string `yaml:"why"`
}

// Dispute is a rival value of a field, with who holds it.
type Dispute struct {
	Field   string   `yaml:"field,required"`
	Value   string   `yaml:"value,required"`
	Rank    string   `yaml:"rank,enum=preferred|normal|deprecated"`
	Note    string   `yaml:"note"`
	Sources []string `yaml:"sources,ref=sources"`
}

// FormerName is a name that was given up.
type FormerName struct {
	Name  string    `yaml:"name,required"`
	From  date.Date `yaml:"from"`
	Until date.Date `yaml:"until"`
}

// Name is a name in another language or of another kind.
type Name struct {
	Lang  string    `yaml:"lang"`
	Text  string    `yaml:"text,required"`
	Kind  string    `yaml:"kind,enum=official|short|abbreviation|former|nickname"`
	From  date.Date `yaml:"from"`
	Until date.Date `yaml:"until"`
}

// Codes identify a state in code lists.
type Codes struct {
	ISO2     string `yaml:"iso2"`
	ISO3     string `yaml:"iso3"`
	ISONum   string `yaml:"iso_num"`
	ISO31663 string `yaml:"iso3166_3"`
	COW      string `yaml:"cow"`
}

// DatedCode is a code of the Correlates of War project with its period.
type DatedCode struct {
	Code  string    `yaml:"code,required"`
	From  date.Date `yaml:"from"`
	Until date.Date `yaml:"until"`
}

// Lifetime is the period in which something exists.
type Lifetime struct {
	From  date.Date `yaml:"from"`
	Until date.Date `yaml:"until"`
}

// Organisation is an alliance, organisation, forum or any other body.
type Organisation struct {
	ID              string          `yaml:"id,required"`
	Name            string          `yaml:"name,required"`
	Abbr            string          `yaml:"abbr"`
	Short           string          `yaml:"short"` // what lists call it, where the abbreviation is not what people say
	Aliases         []string        `yaml:"aliases"`
	Names           []Name          `yaml:"names"`
	Type            string          `yaml:"type,required,enum=alliance|entente|organisation|forum|partnership|coalition|consultative-arrangement|intelligence-partnership|policy-framework|command|force|body"`
	Scope           string          `yaml:"scope,enum=bilateral|trilateral|minilateral|multilateral|global|regional|universal"`
	Summary         string          `yaml:"summary"`
	Founded         date.Date       `yaml:"founded,required"`
	FoundedBasis    string          `yaml:"founded_basis"`
	InForce         date.Date       `yaml:"in_force"`
	Dissolved       date.Date       `yaml:"dissolved"`
	DissolvedBasis  string          `yaml:"dissolved_basis"`
	Seat            string          `yaml:"seat"`
	PartOf          string          `yaml:"part_of,ref=organisations"`
	Predecessors    []string        `yaml:"predecessors,ref=organisations"`
	Successors      []string        `yaml:"successors,ref=organisations"`
	LegalBasis      string          `yaml:"legal_basis"`
	Treaties        []string        `yaml:"treaties,ref=treaties"`
	Obligations     []Obligation    `yaml:"obligations"`
	MembersComplete bool            `yaml:"members_complete"`
	Members         []Membership    `yaml:"members"`
	Participation   []Participation `yaml:"participation"`
	Notes           string          `yaml:"notes"`
	Common
}

// Membership is one dated statement: this state or body was in that one.
type Membership struct {
	Member          string    `yaml:"member,required,ref=states|organisations"`
	From            date.Date `yaml:"from,required"`
	Until           date.Date `yaml:"until"`
	Status          string    `yaml:"status,enum=member|observer|partner|participant|plus-country|associate|associate-member|associate-partner|suspended|frozen"`
	Basis           string    `yaml:"basis"`
	End             string    `yaml:"end"`
	Founding        bool      `yaml:"founding"`
	PreIndependence bool      `yaml:"pre_independence"`
	Note            string    `yaml:"note"`
	Sources         []string  `yaml:"sources,ref=sources"`
}

// Participation is a member's part, or lack of part, in one aspect of a body.
type Participation struct {
	Member  string    `yaml:"member,required,ref=states|organisations"`
	Aspect  string    `yaml:"aspect,required"`
	Status  string    `yaml:"status"`
	From    date.Date `yaml:"from"`
	Until   date.Date `yaml:"until"`
	Note    string    `yaml:"note"`
	Sources []string  `yaml:"sources,ref=sources"`
}

// Obligation is one thing promised.
type Obligation struct {
	Kind      string   `yaml:"kind,required"`
	Treaty    string   `yaml:"treaty,ref=treaties"`
	Article   string   `yaml:"article"`
	Condition string   `yaml:"condition"`
	Owed      []string `yaml:"owed_by,ref=states|organisations"`
	OwedTo    []string `yaml:"owed_to,ref=states|organisations"`
	OneSided  bool     `yaml:"one_sided"` // owed without a promise in return
	Coder     string   `yaml:"coder"`     // who reads the text so, where readings differ
	Note      string   `yaml:"note"`
}

// Treaty is a treaty, agreement or political declaration.
type Treaty struct {
	ID              string       `yaml:"id,required"`
	Name            string       `yaml:"name,required"`
	Abbr            string       `yaml:"abbr"`
	Short           string       `yaml:"short"` // what lists call it
	Aliases         []string     `yaml:"aliases"`
	Names           []Name       `yaml:"names"`
	Type            string       `yaml:"type,required"`
	Scope           string       `yaml:"scope"`
	Summary         string       `yaml:"summary"`
	Signed          date.Date    `yaml:"signed"`
	SignedAt        string       `yaml:"signed_at"`
	InForce         date.Date    `yaml:"in_force"`
	Terminated      date.Date    `yaml:"terminated"`
	Termination     string       `yaml:"termination"`
	Parties         []Party      `yaml:"parties"`
	PartiesComplete bool         `yaml:"parties_complete"`
	Organisation    string       `yaml:"organisation,ref=organisations"`
	Replaces        []string     `yaml:"replaces,ref=treaties"`
	ReplacedBy      []string     `yaml:"replaced_by,ref=treaties"`
	Obligations     []Obligation `yaml:"obligations"`
	Articles        []Article    `yaml:"articles"`
	Secret          bool         `yaml:"secret"`
	Notes           string       `yaml:"notes"`
	Common
}

// Party is a party to a treaty: an id alone, or a mapping with dates.
type Party struct {
	Member    string    `yaml:"member,required,ref=states|organisations,inline"`
	Signed    date.Date `yaml:"signed"`
	Acceded   date.Date `yaml:"acceded"`
	Ratified  date.Date `yaml:"ratified"`
	Deposited date.Date `yaml:"deposited"`
	InForce   date.Date `yaml:"in_force"`
	From      date.Date `yaml:"from"`
	Until     date.Date `yaml:"until"`
	End       string    `yaml:"end"`
	Note      string    `yaml:"note"`
}

// Article is a numbered clause and what it is about.
type Article struct {
	Number string `yaml:"number,required"`
	About  string `yaml:"about,required"`
}

// Exercise is a series of exercises.
type Exercise struct {
	ID                   string    `yaml:"id,required"`
	Name                 string    `yaml:"name,required"`
	Abbr                 string    `yaml:"abbr"`
	Aliases              []string  `yaml:"aliases"`
	Names                []Name    `yaml:"names"`
	Type                 string    `yaml:"type"`
	Summary              string    `yaml:"summary"`
	Organisation         string    `yaml:"organisation,ref=organisations"`
	Lead                 []string  `yaml:"lead,ref=states|organisations"`
	Participants         []string  `yaml:"participants,ref=states|organisations"`
	ParticipantsComplete bool      `yaml:"participants_complete"`
	First                date.Date `yaml:"first"`
	Last                 date.Date `yaml:"last"`
	Frequency            string    `yaml:"frequency"`
	Location             string    `yaml:"location"`
	Predecessors         []string  `yaml:"predecessors,ref=exercises"`
	Successors           []string  `yaml:"successors,ref=exercises"`
	Editions             []Edition `yaml:"editions"`
	Notes                string    `yaml:"notes"`
	Common
}

// Edition is one holding of an exercise.
type Edition struct {
	Name  string    `yaml:"name"` // "" when only the dates are known
	From  date.Date `yaml:"from,required"`
	Until date.Date `yaml:"until"` // last day, inclusive, as exercises are announced
	Note  string    `yaml:"note"`
}

// Operation is an operation or mission.
type Operation struct {
	ID           string    `yaml:"id,required"`
	Name         string    `yaml:"name,required"`
	Abbr         string    `yaml:"abbr"`
	Aliases      []string  `yaml:"aliases"`
	Names        []Name    `yaml:"names"`
	Summary      string    `yaml:"summary"`
	Organisation string    `yaml:"organisation,ref=organisations"`
	From         date.Date `yaml:"from,required"`
	Until        date.Date `yaml:"until"`
	Location     string    `yaml:"location"`
	Notes        string    `yaml:"notes"`
	Common
}

// Event is a dated event on the timelines.
type Event struct {
	ID            string    `yaml:"id,required"`
	Title         string    `yaml:"title,required"`
	Date          date.Date `yaml:"date,required"`
	End           date.Date `yaml:"end"` // last day, inclusive
	Type          string    `yaml:"type,required"`
	Organisations []string  `yaml:"organisations,ref=organisations"`
	States        []string  `yaml:"states,ref=states"`
	Treaties      []string  `yaml:"treaties,ref=treaties"`
	Note          string    `yaml:"note"`
	Common
}

// Term is a glossary entry.
type Term struct {
	ID         string   `yaml:"id,required"`
	Term       string   `yaml:"term,required"`
	Aliases    []string `yaml:"aliases"`
	Plural     string   `yaml:"plural"` // where it is not regular
	Definition string   `yaml:"definition,required"`
	See        []string `yaml:"see,ref=glossary"`
	Entities   []string `yaml:"entities,ref=states|organisations|treaties|exercises|operations"`
	Common
}

// Source is an entry of the bibliography.
type Source struct {
	ID        string    `yaml:"id,required"`
	Title     string    `yaml:"title,required"`
	Author    string    `yaml:"author"`
	Publisher string    `yaml:"publisher"`
	Year      string    `yaml:"year"`
	URL       string    `yaml:"url,url"`
	Kind      string    `yaml:"kind"`
	Retrieved date.Date `yaml:"retrieved"`
	Retracted string    `yaml:"retracted"` // why it can no longer be relied on
	Note      string    `yaml:"note"`
}

// Origin says where a record stands: the file and which item of its list.
type Origin struct {
	Text *file.Text
	Item int // counting from 0
	// Front is set when the record stands in the front matter of a page; it
	// is the offset of the block's first byte in Text.
	Front  int
	places *places // nil for the zero Origin
}

// Site is content/site.yaml.
type Site struct {
	Origin          Origin    `yaml:"-"` // where it stands
	Title           string    `yaml:"title,required"`
	Tagline         string    `yaml:"tagline"`
	BaseURL         string    `yaml:"base_url"` // absolute address of the published site; needed for feeds and sitemap
	Language        string    `yaml:"language"`
	AsOf            date.Date `yaml:"as_of,required"` // last day up to which the records are believed right
	Updated         date.Date `yaml:"updated"`        // day of the edition, printed in the footer and feeds
	Licence         string    `yaml:"licence"`
	LicenceURL      string    `yaml:"licence_url,url"`
	EditURL         string    `yaml:"edit_url,url"` // "{path}" is replaced by the file's path
	Publisher       string    `yaml:"publisher"`
	Parts           []Part    `yaml:"parts"`
	Links           string    `yaml:"link_mentions,enum=page|section|never"`
	RawHTML         string    `yaml:"raw_html,enum=error|warning|sanitised"`
	Publish         []string  `yaml:"publish"` // files under content/ that are published though no page shows them: a file, a folder/, a pattern
	Map             MapStyle  `yaml:"map"`
	Features        Features  `yaml:"features"`
	Preview         Preview   `yaml:"preview"`
	ReviewEvery     string    `yaml:"review_every"`     // "12 months"
	UnsourcedBudget string    `yaml:"unsourced_budget"` // how many statements may lack a source
	Severity        []RuleSet `yaml:"rules"`
	Featured        []string  `yaml:"featured,ref=organisations"` // shown as bars on the home page
	Matrix          []string  `yaml:"matrix,ref=organisations"`   // columns of the matrix page; empty: chosen by size
	Words           []Word    `yaml:"words"`                      // the site's own words for its interface
}

// Word replaces one text of the interface; the keys are those of package lang.
type Word struct {
	Key  string `yaml:"key,required"`
	Text string `yaml:"text,required"`
}

// Part is one part of the table of contents.
type Part struct {
	Title   string   `yaml:"title,required"`
	Summary string   `yaml:"summary"`
	Topics  []string `yaml:"topics"`
}

// MapStyle are the settings of maps.
type MapStyle struct {
	Borders string `yaml:"borders,enum=recognised|de-facto"`
}

// Preview are the settings of the live preview. An editor is chosen by name
// alone: a site may come from anyone, and must not name a program to start.
type Preview struct {
	Editor string `yaml:"editor,enum=vscode|vscode-insiders|vscodium|cursor|windsurf|zed|jetbrains|idea|goland|webstorm|pycharm|phpstorm|sublime|textmate|macvim"`
}

// Features switch whole capabilities of the published site.
type Features struct {
	ServiceWorker bool `yaml:"service_worker"`
}

// RuleSet sets the severity of one rule.
type RuleSet struct {
	Rule     string `yaml:"rule,required"`
	Severity string `yaml:"severity,required,enum=error|warning|off"`
}

// File is what one YAML file under a kind's folder came to. Exactly one of
// the lists is filled, according to Kind, each with as many Origins.
type File struct {
	Kind          Kind
	Text          *file.Text
	States        []State
	Organisations []Organisation
	Treaties      []Treaty
	Exercises     []Exercise
	Operations    []Operation
	Events        []Event
	Terms         []Term
	Sources       []Source
	Origins       []Origin
	Refused       []Refused // records left out because of their ids
	Diags         []diag.Diagnostic
}

// Refused is a record whose id cannot be one.
type Refused struct {
	ID     string
	Origin Origin
}
