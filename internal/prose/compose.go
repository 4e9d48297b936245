package prose

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/limits"
)

// Composer turns page texts into bodies. It is made once and may be used by
// many goroutines.
type Composer struct {
	parser parser.Parser
	free   *sync.Pool // compositions, for their buffers

	parsed, scanned atomic.Int64
}

// Work is what a composer has done since it was made.
type Work struct {
	Parsed  int64 // texts parsed as Markdown
	Scanned int64 // bytes of them in which names were looked for
}

// Work counts what was done so far.
func (cp *Composer) Work() Work { return Work{cp.parsed.Load(), cp.scanned.Load()} }

func (cp *Composer) parse(src []byte) ast.Node {
	cp.parsed.Add(1)
	return cp.parser.Parse(text.NewReader(src))
}

// NewComposer makes a composer.
func NewComposer() *Composer {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList, extension.Footnote),
		goldmark.WithParserOptions(
			parser.WithHeadingAttribute(),
			parser.WithInlineParsers(util.Prioritized(refParser{}, 150)),
		),
	)
	return &Composer{parser: md.Parser(), free: &sync.Pool{New: func() any { return new(composition) }}}
}

// composition is one page being composed. It writes HTML in one walk over
// goldmark's tree; links and values are laid over the text, and the tree is
// never changed.
type composition struct {
	c    *Composer
	b    Binder
	o    ComposeOptions
	body *Body
	room Body // in which the lists of the next body grow

	// of the source being walked, which an inclusion changes for a while
	text *file.Text
	src  []byte // body of the page
	base int    // offset of src in the file
	deep []string

	out     bytes.Buffer
	plain   bytes.Buffer
	noteOut bytes.Buffer

	ids      map[string]int
	tables   map[string]int // how many tables have a name
	last     int            // level of the last heading
	notes    []*noteEntry
	noteOf   map[string]*noteEntry
	block    int // where the current block begins in plain
	links    int // first link of the current block in body.Links
	quiet    int // > 0: no mentions (headings, quotations)
	runEnd   int // source offset up to which mentions were looked for
	mentions []Mention
	runStart int
	nextMark int
	depth    int             // of blocks around the current one
	most     int             // bytes that may be written
	full     bool            // more was written
	raws     []rawOpen       // elements of raw HTML that have not ended
	rawBase  int             // how many of them began outside the current container
	open     bool            // a mention's <a> is open
	skipTo   int             // text before this offset is not shown (the marker of a callout)
	seek     int             // where to look for the next destination, for messages
	opened   map[string]bool // raw elements that were refused
	linkAt   int             // where the current mention's words begin in plain

	running Running
	kind    PassageKind // of the blocks being walked
	row     int16       // of the cell being walked
	col     int16
	lead    int32 // of the list being walked
}

// noteEntry is one note of the page: a footnote or a citation.
type noteEntry struct {
	number int
	uses   int
	html   string
	node   ast.Node // of a footnote
}

// Compose turns the text of a page into its body, asking b what the author's
// words mean.
func (cp *Composer) Compose(s *Source, b Binder, o ComposeOptions) *Body {
	c := cp.free.Get().(*composition)
	defer cp.free.Put(c)
	c.begin(cp, b, o)
	c.enter(s)
	c.most = limits.Growth*(s.Body+len(c.src)) + limits.Grace
	if c.prescan() {
		doc := cp.parse(c.src)
		c.blocks(doc)
		c.finishNotes()
		c.unusedFootnotes()
		c.measure()
	}
	return c.end()
}

// begin makes a composition new, keeping the room of the page before.
func (c *composition) begin(cp *Composer, b Binder, o ComposeOptions) {
	clear(c.ids)
	clear(c.tables)
	clear(c.noteOf)
	clear(c.notes)
	clear(c.mentions)
	c.out.Reset()
	c.plain.Reset()
	c.noteOut.Reset()
	kept := composition{
		c: cp, b: b, o: o, body: &Body{Links: c.room.Links[:0], Targets: c.room.Targets[:0]}, last: 1, lead: -1,
		ids: c.ids, tables: c.tables, noteOf: c.noteOf, notes: c.notes[:0], mentions: c.mentions[:0], out: c.out, plain: c.plain, noteOut: c.noteOut,
		running: Running{Passages: c.running.Passages[:0], Runs: c.running.Runs[:0], Cites: c.running.Cites[:0]},
	}
	if kept.ids == nil {
		kept.ids, kept.tables, kept.noteOf = map[string]int{}, map[string]int{}, map[string]*noteEntry{}
	}
	*c = kept
}

// end gives the body, in memory of its own and no more than it needs.
func (c *composition) end() *Body {
	b := c.body
	b.Running = &Running{Passages: slices.Clone(c.running.Passages), Runs: slices.Clone(c.running.Runs), Comments: c.running.Comments, Cites: slices.Clone(c.running.Cites)}
	b.HTML = c.out.String()
	b.Plain = bytes.Clone(c.plain.Bytes())
	b.Notes = c.noteOut.String()
	c.room = Body{Links: b.Links, Targets: b.Targets}
	b.Links, b.Targets = slices.Clone(b.Links), slices.Clone(b.Targets)
	b.Words, b.Facts = countWords(b.Plain), strings.Count(b.HTML, `class="fact"`)
	c.b, c.body = nil, nil
	return b
}

func (c *composition) enter(s *Source) {
	c.text, c.base = s.Text, s.Body
	c.src = s.Text.Bytes()[s.Body:]
}

// maxDiags is how many findings one text can have: far more than are ever
// printed.
const maxDiags = 1000

// report places a diagnostic at offsets of the source being walked.
func (c *composition) report(start, end int, sev diag.Severity, rule, message, hint string) {
	if len(c.body.Diags) >= maxDiags {
		return
	}
	c.body.Diags = append(c.body.Diags, diag.At(c.text, file.Span{Start: c.base + start, End: c.base + max(start, end)}, sev, rule, message, hint))
}

// problems places what the Binder complained about, whose offsets count from
// start.
func (c *composition) problems(list []Problem, start, end int) {
	for _, p := range list {
		if len(c.body.Diags) >= maxDiags {
			return
		}
		s, e := start, end
		if p.End > p.Start {
			s, e = start+p.Start, min(end, start+p.End)
		}
		d := diag.At(c.text, file.Span{Start: c.base + s, End: c.base + max(s, e)}, p.Severity, p.Rule, p.Message, p.Hint)
		d.Related, d.Fix, d.Cause = p.Related, p.Fix, p.Cause
		c.body.Diags = append(c.body.Diags, d)
	}
}

func (c *composition) blocks(parent ast.Node) {
	if c.depth++; c.depth > limits.Nesting+1 {
		c.tooDeep(c.at(parent))
		c.depth--
		return
	}
	defer func() { c.depth-- }()
	c.within(func() {
		for n := parent.FirstChild(); n != nil && !c.full; n = n.NextSibling() {
			c.blockNode(n)
			c.measure()
		}
	})
}

// measure stops a text that comes out far larger than it went in, as many
// inclusions or facts can make it.
func (c *composition) measure() {
	if c.full || c.out.Len()+c.noteOut.Len() <= c.most {
		return
	}
	c.full = true
	c.report(0, 1, diag.Error, "MD045", fmt.Sprintf("the text becomes more than %d KiB of HTML, %d times its file and %d MiB", c.most>>10, limits.Growth, limits.Grace>>20),
		"include less, bind fewer facts, or split the page")
}

// at gives the source offset at which a block begins.
func (c *composition) at(n ast.Node) int {
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if k.Type() != ast.TypeBlock {
			if t, ok := k.(*ast.Text); ok {
				return t.Segment.Start
			}
			continue
		}
		return c.at(k)
	}
	return 0
}

// tag opens a block element, with its source line for the preview.
func (c *composition) tag(name string, n ast.Node) {
	c.out.WriteString("<" + name)
	if c.o.Marks && len(c.deep) == 0 {
		fmt.Fprintf(&c.out, " data-line=\"%d\"", c.text.Pos(c.base+c.at(n)).Line)
	}
	c.out.WriteByte('>')
}

// beginText starts a block of running text.
func (c *composition) beginText(n ast.Node) {
	if p := c.plain.Len(); p > 0 && c.plain.Bytes()[p-1] != '\n' {
		c.plain.WriteByte('\n')
	}
	c.block, c.links = c.plain.Len(), len(c.body.Links)
	c.seek = c.at(n)
}

// endText ends a block of running text: its links get their sentences.
func (c *composition) endText() {
	c.closeMark()
	words := c.plain.Bytes()[c.block:]
	for i := c.links; i < len(c.body.Links); i++ {
		l := &c.body.Links[i]
		if c.body.Targets[i] >= 0 {
			sentenceAround(l, words, int32(c.block))
		}
	}
	c.passage()
	c.plain.WriteByte('\n')
}

func (c *composition) blockNode(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		c.paragraph(n)
	case *ast.TextBlock:
		c.beginText(n)
		c.inlines(n)
		c.endText()
	case *ast.Heading:
		c.heading(n)
	case *ast.Blockquote:
		c.quotation(n)
	case *ast.List:
		c.listNode(n)
	case *ast.FencedCodeBlock:
		c.fenced(n)
	case *ast.CodeBlock:
		c.code(n, "")
	case *ast.ThematicBreak:
		c.out.WriteString("<hr>\n")
	case *ast.HTMLBlock:
		c.htmlBlock(n)
	default:
		c.extensionNode(n)
	}
}

func (c *composition) paragraph(n *ast.Paragraph) {
	if r, ok := n.FirstChild().(*reference); ok && r.kind == includeRef && n.ChildCount() == 1 {
		c.include(r)
		return
	}
	if r, ok := n.FirstChild().(*reference); ok && r.kind == factRef && n.ChildCount() == 1 && tableFact.Match(r.text) {
		c.factBlock(n, r)
		return
	}
	if img, ok := n.FirstChild().(*ast.Image); ok && n.ChildCount() == 1 {
		c.seek = c.at(n)
		c.figure(img)
		return
	}
	c.tag("p", n)
	c.beginText(n)
	c.inlines(n)
	c.endText()
	c.out.WriteString("</p>\n")
}

// tableFact finds the facts that are written as a table.
var tableFact = regexp.MustCompile(`\bas\s+table\b`)

// factBlock writes a fact that stands on a line of its own as a table.
func (c *composition) factBlock(n *ast.Paragraph, r *reference) {
	c.beginText(n)
	c.seek = max(c.seek, r.end)
	v := c.b.Fact(string(r.text))
	c.problems(v.Problems, r.inner, r.end-2)
	if v.Block {
		c.out.WriteString(v.HTML)
	} else if v.HTML != "" {
		c.out.WriteString("<p>" + v.HTML + "</p>\n")
	}
	c.run(r.start, true)
	c.plain.WriteString(v.Text)
	c.endText()
}
