// Package prose turns Markdown files with front matter into headers and
// bodies. Read splits a file into its Header and the offset of its body and
// never fails; Compose turns the body into HTML with one Markdown parse,
// asking a Binder what the author's references, names, facts and views mean.
//
// It must not know what is linked or why, what a page looks like around the
// body, or where anything is published: all that comes through the Binder.
package prose

import (
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
)

// Source is one Markdown file, split. It depends on that file alone.
type Source struct {
	Text   *file.Text
	Header Header
	Body   int // offset in the text where the Markdown begins
	Diags  []diag.Diagnostic
}

// Header is what a page declares about itself. Everything the rest of the
// site may know of a page before its text is composed stands here.
type Header struct {
	Title       string
	Summary     string   // one or two sentences; the lede of the page
	ID          string   // id of page or record; "" means the file name
	Slug        string   // last part of the address; "" means the id
	Names       []string // other names by which text may mean this page
	Aliases     []string // old addresses that lead here
	Tags        []string
	About       []string // ids of records the page is about
	SeeAlso     []SeeAlso
	Draft       bool
	Date        date.Date    // of the subject, if it has one
	Updated     date.Date    // last change of substance, as the author states it
	Reviewed    date.Date    // last full review
	ReviewEvery string       // "12 months"; "" means the site's setting
	Weight      int          // order among siblings where the navigation gives none
	Record      *RecordBlock // a record written in the front matter, or nil

	places map[string]file.Span // key path ("aliases[1]") to the span of its value
}

// SeeAlso is a neighbour chosen by the author.
type SeeAlso struct {
	Page string // id
	Why  string // reason in words, without full stop; may be empty
}

// RecordBlock is the YAML of a record that stands in a page's front matter
// under the key "record".
type RecordBlock struct {
	YAML   []byte // the block, dedented
	Span   file.Span
	Line   int // line of the file on which YAML begins
	Indent int // columns removed by dedenting
}

// Place gives the span of a header value by its key path; the zero span
// when the header does not have it.
func (h *Header) Place(key string) file.Span { return h.places[key] }

// Binder says what the author's words refer to. One Binder serves one page
// at a time; Compose calls it in document order. All HTML it returns is
// placed as it is, so the Binder must have escaped it.
type Binder interface {
	// Link resolves [[ref|label]] (wiki true) or the destination of a
	// Markdown link or image.
	Link(ref Ref) Link
	// Mentions appends the first mentions of names and terms found in run,
	// in order and without overlap. Offsets count from the start of run.
	Mentions(run []byte, dst []Mention) []Mention
	// Fact evaluates the inside of [[= … ]].
	Fact(expr string) Inline
	// Cite resolves the inside of [@ … ].
	Cite(ref string) Inline
	// View draws a fenced view.
	View(name, options string) Inline
	// Include finds the page or section of ![[ref]]; nil with problems when
	// there is none.
	Include(ref string) (*Source, string, []Problem)
	// Section marks the start of a level-2 section.
	Section()
}

// Ref is a reference as the author wrote it.
type Ref struct {
	Wiki   bool
	Image  bool
	Target string     // "nato", "NATO", "../x.md", "https://…"
	Anchor string     // after '#', without it
	Label  string     // author's words, "" when none
	Text   *file.Text // in which it stands: the page's own, or one that the page includes
	Span   file.Span  // of the reference in that text
}

// Link is what a reference came to.
type Link struct {
	Href     string // "" when it could not be resolved
	Attr     string // further attributes, escaped, beginning with a space; may be empty
	Label    string // words to show when the author gave none
	Target   int32  // id of the thing linked to, -1 when outside the site
	Term     bool   // a glossary term
	Problems []Problem
}

// Mention is a name found in running text.
type Mention struct {
	Start, End int
	Link       Link
}

// Inline is a piece of finished HTML.
type Inline struct {
	HTML     string
	Text     string // the same in plain words, for search and excerpts
	Target   int32  // source of a citation; 0 or -1 when there is none
	Block    bool   // HTML is a block, which no paragraph can hold
	Problems []Problem
}

// Problem is a diagnostic not yet placed: Start and End count bytes inside
// the string that was given to the Binder.
type Problem struct {
	Start, End int
	Severity   diag.Severity
	Rule       string
	Message    string
	Hint       string
	Related    []diag.Related
	Fix        *diag.Fix // replaces the range; nil when nothing is certain
	Cause      string    // see diag.Diagnostic
}

// Body is a composed page text.
type Body struct {
	HTML     string
	Notes    string // the footnotes as <li> items, without the surrounding list; may be empty
	Headings []Heading
	Links    []Outgoing
	Targets  []int32 // what each of Links leads to; -1: out of the site
	Words    int
	Facts    int    // values bound to a record
	Plain    []byte // running text without markup, sections separated by newline, until it is Away
	Diags    []diag.Diagnostic
	Away     func(from, to int) []byte // reads a stretch of Plain, to the end where to is -1, when it was moved out; else nil
	Running  *Running                  // where the words of Plain stand in the source; may be dropped once read
}

// Running says where the words of a body's Plain stand in its own file.
// Inclusions are left out: they are read on the page that they come from.
type Running struct {
	Passages []Passage
	Runs     []Run // in order of Plain
	Comments []Comment
	Cites    []int32 // where in Plain a source is cited or a footnote is called, in order
}

// Passage is one block of running text: Plain[From:To].
type Passage struct {
	From, To int32
	Kind     PassageKind
	Lead     int32 // for an item of a list, the index of the passage that led to the list, else -1
	Row, Col int16 // for a cell of a table; row 0 is its head
}

// PassageKind says what kind of block a passage is.
type PassageKind uint8

// The kinds of passage.
const (
	Paragraph PassageKind = iota
	ListItem
	HeadingText
	Quotation
	TableCell
	NoteText
)

// Run is a stretch of Plain, up to the next run, that is one stretch of the
// source. Bound text is not the author's own: a fact, or code.
type Run struct {
	Plain, Source int32
	Bound         bool
}

// Comment is an HTML comment, which readers never see.
type Comment struct {
	Text  string    // the inside, without blanks around it
	Span  file.Span // in the file
	Plain int32     // the length of Plain where it stands
	Block bool      // on lines of its own
}

// Heading is one entry of the contents list.
type Heading struct {
	Level int // 2 or 3 and so on
	ID    string
	Text  string
}

// Outgoing is one link of a page to a thing of the site. Its offsets count in
// Body.Plain; there are forty links to a page, so they carry no text.
type Outgoing struct {
	From, To   int32 // the linked words
	Start, End int32 // the sentence around them, or as much of it as is short
	Auto       bool  // a first mention, not written by the author

	cutBefore, cutAfter bool // the sentence is longer
}

// Text gives all of Plain, wherever it is.
func (b *Body) Text() []byte {
	if b.Away != nil {
		return b.Away(0, -1)
	}
	return b.Plain
}

// stretch gives a part of Plain.
func (b *Body) stretch(from, to int32) []byte {
	if b.Away != nil {
		return b.Away(int(from), int(to))
	}
	return b.Plain[from:to]
}

// Sentence gives the sentence around a link in plain words, and the linked
// words inside it, in bytes.
func (b *Body) Sentence(link int) (text string, from, to int) {
	l := &b.Links[link]
	text = strings.TrimRight(string(b.stretch(l.Start, l.End)), " \n")
	from, to = min(int(l.From-l.Start), len(text)), min(int(l.To-l.Start), len(text))
	if l.cutBefore {
		const lead = "… "
		text, from, to = lead+text, from+len(lead), to+len(lead)
	}
	if l.cutAfter {
		text += " …"
	}
	return text, from, to
}

// ComposeOptions are the settings of a site that change composed text.
type ComposeOptions struct {
	RawHTML   diag.Severity // severity of MD001; zero: error
	Sanitised bool          // pass a small set of raw HTML on
	Marks     bool          // write data-line attributes on blocks, for the preview
	// Say gives the words that stand around the author's; nil speaks English.
	Say func(key string, values ...any) string
}
