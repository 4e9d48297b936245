// Package page says which pages a site has and what each shows. One file a
// kind: it takes the world, the composed bodies and what follows from them,
// and makes a plain view struct for a template, or the bytes of a feed.
//
// A view holds finished words and addresses and no logic; templates know
// nothing of the world. The package never writes files and never composes
// Markdown.
package page

import (
	"html/template"
	"slices"
	"strings"
	"sync"

	"entente/internal/chart"
	"entente/internal/claim"
	"entente/internal/derive"
	"entente/internal/edition"
	"entente/internal/model"
	"entente/internal/prose"
)

// Site is everything that pages are made from. It is read-only.
type Site struct {
	World   *model.World
	Bodies  []*prose.Body                       // by ID; nil where a thing has no text of its own
	Text    func(model.ID) (html, notes string) // of a body
	Figures func(model.ID) claim.Figures        // in a text, and what vouches for them; nil: unknown
	Web     *derive.Web
	Geo     *chart.Geo              // nil: no maps
	Assets  map[string]string       // name under static/ to its address, with content hash
	Shells  *Shells                 // parts of pages that many share
	Pages   func() []Page           // all of them; nil: listed when asked for
	Now     func() *edition.Edition // the site as it stands, made once; nil: made when asked for

	unchanged sync.Map // model.ID to whether the newest edition holds the same, once asked for
	sheets    sync.Map // base to the rows of which one file of two was made
	texts     texts
}

// Page is one file of the site. What it shows is asked for with the state of the
// site to show, so that the list of pages depends on the world alone and serves
// every later state with the same world.
type Page struct {
	Path     string          // of the file: "states/poland/index.html"
	Template string          // name of the template; "" when Encode makes the bytes
	View     func(*Site) any // the value for the template
	Encode   func(*Site) []byte
	Thing    model.ID // whose page it is, or model.None
	NoIndex  bool     // not for search engines: found in another way, or not of today
}

// Kind makes the pages of one kind.
type Kind struct {
	Name  string
	Pages func(*model.World) []Page
}

// Kinds lists all kinds of page. Its order has no effect on the output.
func Kinds() []Kind {
	return []Kind{
		{"home", homePages},
		{"topic", topicPages},
		{"help", helpPages},
		{"organisation", organisationPages},
		{"state", statePages},
		{"treaty", treatyPages},
		{"exercise", exercisePages},
		{"operation", operationPages},
		{"list", listPages},
		{"glossary", glossaryPages},
		{"timeline", timelinePages},
		{"matrix", matrixPages},
		{"compare", comparePages},
		{"network", networkPages},
		{"indicators", indicatorPages},
		{"sources", sourcePages},
		{"coverage", coveragePages},
		{"search", searchPages},
		{"redirect", redirectPages},
		{"feed", feedPages},
		{"data", dataPages},
		{"calendar", calendarPages},
		{"edition", editionPages},
	}
}

// Pages lists all pages of a world in a stable order.
func Pages(w *model.World) []Page {
	var kinds [][]Page
	for _, k := range Kinds() {
		kinds = append(kinds, k.Pages(w))
	}
	list := slices.Concat(kinds...)
	for i := range list {
		list[i] = described(list[i])
	}
	return list
}

// Of gives the page of a thing, without listing all; the thing must have one.
func Of(t *model.Thing) Page { return described(article(t)) }

func article(t *model.Thing) Page {
	id, view := t.ID, articles[t.Kind]
	return Page{Path: t.Path + "index.html", Template: "article.html", Thing: id, View: func(s *Site) any { return view(s, id) }}
}

// articleFiles are the page of a thing and what lies beside it: the same as
// Markdown, and its record.
func articleFiles(t *model.Thing) []Page {
	id := t.ID
	list := []Page{article(t), {Path: t.Path + "index.md", Thing: id, Encode: func(s *Site) []byte { return s.mirror(id) }}}
	if t.Record() != nil {
		list = append(list, Page{Path: t.Path + "data.json", Thing: id, Encode: func(s *Site) []byte { return encodeJSON(s.World.Thing(id).Record()) }})
	}
	return list
}

// articles are the views of the things that have pages, by kind.
var articles = [model.KindCount]func(*Site, model.ID) *Article{
	model.Topic: (*Site).topic, model.Organisation: (*Site).organisation, model.State: (*Site).state, model.Treaty: (*Site).treaty,
	model.Exercise: (*Site).exercise, model.Operation: (*Site).operation, model.Help: (*Site).help,
}

func described(p Page) Page {
	if view := p.View; view != nil {
		path, noIndex := strings.TrimSuffix(p.Path, "index.html"), p.NoIndex
		p.View = func(s *Site) any { return s.describe(view(s), path, noIndex) }
	}
	return p
}

// Shell is what every page shows around its own matter.
type Shell struct {
	Title       string // of the page, without the site's name
	Site        string
	Description string
	Kind        string // CSS class of the body: "topic"
	Lang, Dir   string
	Root        string // relative way to the root of the site: "../../", or "./"
	Canonical   string // absolute address; "" when the site has none
	Feed        string // address of the Atom feed
	Mirror      string // address of the page as Markdown; may be empty
	CSS, Icon   string
	Font        string
	Boot, JS    string
	Scripts     []string      // further scripts of this page
	JSONLD      template.HTML // a script element with linked data, or empty
	About       []node        // what the page is about, for the linked data
	Masthead    template.HTML // skip link, brand, navigation; shared by many pages
	Colophon    template.HTML // footer; shared by many pages
	NoIndex     bool
}

// Link is a place to go.
type Link struct {
	Href    string
	Text    string
	Current bool
	Note    string // small words after it; may be empty
}

// Date is a date as the reader sees it.
type Date struct {
	Attr string // for the datetime attribute; "" when HTML has no form for it
	Text string
}

// Heading is one entry of the list of contents.
type Heading struct {
	ID, Text string
	Sub      []Heading
}

// Part lists the siblings of a topic.
type Part struct {
	Title  string
	Topics []Link
}

// Row is one row of the key facts: exactly one of the value fields is set.
type Row struct {
	Label  string
	HTML   template.HTML
	Text   string
	Date   *Date
	Big    string // a figure
	Links  []Link
	Small  string // remark below any of them
	Differ string // where rival values stand; "" when there are none
}

// Infobox are the key facts.
type Infobox struct {
	Title string
	Class string // obligation class, "defence"; may be empty
	Rows  []Row
}

// Obligation is a tag with glyph and word.
type Obligation struct {
	Class, Name string
	Ended       bool
}

// See is one see-also entry or mention.
type See struct {
	Icon                template.HTML
	Class               string // obligation class for the icon; may be empty
	Href                string
	Title               string
	Reason              string // bold
	Detail              string
	Origin              string // "From the data"
	Before, Mark, After string // the sentence of a mention
}

// Definition is one entry of "Terms on this page".
type Definition struct{ ID, Term, Text string }

// Citation is one way to cite the page. A form that programs read can be
// saved as a file whose name ends in File.
type Citation struct{ Style, Text, File string }

// Source is one entry of a page's list of sources.
type Source struct {
	Href string // on the sources page
	HTML template.HTML
}

// Section is a part of a page that the data writes: exactly one of its
// contents is set, beside the optional paragraphs.
type Section struct {
	ID, Title string
	Intro     template.HTML
	HTML      template.HTML // finished figure or table made by this package
	Events    []Event
	Table     *Table
	Spans     *Spans
	After     template.HTML
}

// Table is a plain table of data.
type Table struct {
	Caption string
	Hidden  bool // caption only for screen readers
	Head    []Cell
	Rows    [][]Cell
	Data    []Link // files with the same rows
}

// lean leaves out the columns in which no row says anything.
func (t *Table) lean() *Table {
	for i := len(t.Head) - 1; i > 0; i-- {
		says := func(row []Cell) bool { return row[i].Date != nil || row[i].Text != "" && row[i].Text != "–" }
		if slices.ContainsFunc(t.Rows, says) {
			continue
		}
		t.Head = slices.Delete(t.Head, i, i+1)
		for k, row := range t.Rows {
			t.Rows[k] = slices.Delete(row, i, i+1)
		}
	}
	return t
}

// Cell is one cell; the first of a row is its header.
type Cell struct {
	Text  string
	Href  string
	Date  *Date
	Num   bool
	Small string
}

// Event is one entry of a list of events.
type Event struct {
	ID         string
	Kind       string // "accession"
	Sort       string // the kind again for a list whose icons do not say it; may be empty
	KindName   string
	Icon       template.HTML
	Importance int // 1 landmark, 2 main, 3 detail
	Date       Date
	Title      string
	Text       string
	Links      []Link
	Href       string // on a timeline: address of the thing itself; may be empty
	Regions    string // on a timeline: regions it concerns, separated by spaces
	Known      string // how well the date is known, when not to the day
	Class      string // obligation class, "o-defence"; may be empty
	Level      int    // of its heading
	Sources    []Link
	Brief      bool // its page shows its sources
}

// Spans is a table whose last column draws periods.
type Spans struct {
	Caption  string
	Class    string // obligation class; may be empty
	Head     [3]string
	Grid     template.HTML
	Axis     template.HTML
	Hatch    template.HTML
	Legend   []Swatch
	Rows     []SpanRow
	Data     []Link
	Inherits bool // some rows rest on the sources of the record
}

// Swatch is one entry of a legend.
type Swatch struct {
	Class string        // of the rect
	Glyph template.HTML // instead of a rect
	Obl   string        // obligation class on the item
	Text  string
}

// SpanRow is one row of Spans.
type SpanRow struct {
	Class     string // obligation class
	Glyph     template.HTML
	Href      string
	Name      string
	Hidden    string // further words for screen readers
	Years     template.HTML
	Bars      template.HTML
	Note      string
	Sources   []Link // its own, where it has any
	Unsourced bool   // neither it nor its record names a source
}

// Article is the view of every page with a text column.
type Article struct {
	Shell
	Marks        template.HTML // what drawings of time in the text refer to
	Crumbs       []Link
	Tags         []Obligation
	Status       string
	Heading      string
	Lede         string
	Minutes      int // reading time; 0: not shown
	Updated      *Date
	FactsTo      Date
	Overdue      string // note that a review is due; "" when it is not
	Draft        bool
	EditHref     string
	Contents     []Heading
	Part         *Part
	Infobox      *Infobox
	Body         template.HTML
	Sections     []Section
	SeeAlso      []See
	Terms        []Definition
	Notes        template.HTML
	Sources      []Source
	Unsourced    bool
	Mentions     []See
	MoreMentions int
	MoreHref     string // where the rest of the mentions is found
	Cite         []Citation
	Take         []Link // files to take away
	Prev, Next   *Link
}
