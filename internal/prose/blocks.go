package prose

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"entente/internal/diag"
)

// reserved are ids that the page itself uses.
var reserved = []string{"top", "main", "menu", "terms", "notes", "see-also", "mentions", "members", "events", "map", "growth", "kf", "ptn", "grid",
	"hatch", "sources", "treaties", "exercises", "operations", "obligations", "alliances", "allies", "articles", "parties", "editions", "participants",
	"indicators", "remarks", "participation", "differ", "pop", "hits", "a-z"}

func (c *composition) heading(n *ast.Heading) {
	start := c.at(n)
	lineStart := bytes.LastIndexByte(c.src[:start], '\n') + 1
	if n.Level == 1 {
		c.report(lineStart, start, diag.Warning, "MD050", "the title is already the first heading", "begin with ##")
	} else if n.Level > c.last+1 {
		c.report(lineStart, start, diag.Warning, "MD051", fmt.Sprintf("a heading of level %d follows one of level %d", n.Level, c.last), fmt.Sprintf("write %s", strings.Repeat("#", c.last+1)))
	}
	level := max(2, n.Level)
	c.last = level
	if level == 2 && len(c.deep) == 0 {
		c.b.Section()
	}
	c.quiet++
	kind := c.kind
	c.kind = HeadingText
	defer func() { c.kind = kind }()
	c.beginText(n)
	from := c.out.Len()
	c.inlines(n)
	html := bytes.Clone(c.out.Bytes()[from:])
	c.out.Truncate(from)
	words := string(bytes.TrimSpace(c.plain.Bytes()[c.block:]))
	c.endText()
	c.quiet--
	id := c.headingID(n, words, start)
	fmt.Fprintf(&c.out, "<h%d id=\"%s\"", level, id)
	if c.o.Marks && len(c.deep) == 0 {
		fmt.Fprintf(&c.out, " data-line=\"%d\"", c.text.Pos(c.base+start).Line)
	}
	c.out.WriteByte('>')
	c.out.Write(html)
	fmt.Fprintf(&c.out, " <a class=\"self\" href=\"#%s\" aria-label=\"%s\">#</a></h%d>\n", id, escape(c.say("link.section", "title", words)), level)
	c.body.Headings = append(c.body.Headings, Heading{Level: level, ID: id, Text: words})
}

// headingID gives a heading its address: the author's own, else its words.
func (c *composition) headingID(n *ast.Heading, words string, at int) string {
	for _, a := range n.Attributes() {
		if name := string(a.Name); name != "id" {
			c.report(at, at+1, diag.Warning, "MD021", fmt.Sprintf("heading attribute %q is not used", name), "of {…} only {#id} has a meaning")
		}
	}
	if own, ok := n.AttributeString("id"); ok {
		id := Slug(string(asBytes(own)))
		switch {
		case c.ids[id] > 0:
			c.report(at, at+1, diag.Error, "MD020", fmt.Sprintf("heading id %q is used twice", id), "give one of the two another id")
		case slices.Contains(reserved, id) || shadows(id):
			c.report(at, at+1, diag.Error, "MD020", fmt.Sprintf("heading id %q belongs to a part that every page has", id), "choose another id, such as "+id+"-section")
		default:
			c.ids[id]++
			return id
		}
	}
	id := Slug(words)
	if slices.Contains(reserved, id) || shadows(id) {
		id += "-section"
	}
	c.ids[id]++
	for base, k := id, c.ids[id]; k > 1; k = c.ids[id] {
		id = fmt.Sprintf("%s-%d", base, c.ids[base])
		c.ids[id]++
		if c.ids[id] > 1 {
			c.ids[base]++
		}
	}
	return id
}

// shadows reports ids of the forms that notes, definitions, events and
// decades use.
func shadows(id string) bool {
	for _, prefix := range []string{"n", "r", "d", "c", "e-", "def-", "s-", "k-", "era-"} {
		if rest, ok := strings.CutPrefix(id, prefix); ok && rest != "" && (strings.HasSuffix(prefix, "-") || strings.Trim(rest, "0123456789") == "") {
			return true
		}
	}
	return false
}

func asBytes(v any) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	}
	return nil
}

// quotation is a block quotation, or a callout when it begins with [!KIND].
func (c *composition) quotation(n *ast.Blockquote) {
	if p, ok := n.FirstChild().(*ast.Paragraph); ok && p.Lines().Len() > 0 {
		seg := p.Lines().At(0)
		line := bytes.TrimSpace(seg.Value(c.src))
		if rest, ok := bytes.CutPrefix(line, []byte("[!")); ok {
			if i := bytes.IndexByte(rest, ']'); i > 0 {
				c.callout(n, strings.ToUpper(string(rest[:i])), string(bytes.TrimSpace(rest[i+1:])), seg.Stop)
				return
			}
		}
	}
	c.quiet++
	kind := c.kind
	c.kind = Quotation
	c.tag("blockquote", n)
	c.blocks(n)
	c.out.WriteString("</blockquote>\n")
	c.kind = kind
	c.quiet--
}

func (c *composition) callout(n *ast.Blockquote, kind, title string, end int) {
	if title == "" {
		title = c.say("callout." + strings.ToLower(kind))
	}
	c.skipTo = end
	element := "div"
	if kind == "SIDENOTE" {
		element = "aside"
		c.out.WriteString(`<aside class="aside sidenote"><b>` + escape(title) + `</b>`)
	} else {
		c.out.WriteString(`<div class="note"><b>` + escape(strings.TrimSuffix(title, ".")) + `.</b> `)
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		if p, ok := k.(*ast.Paragraph); ok {
			// Paragraphs of a callout run on after its title.
			c.beginText(p)
			from := c.out.Len()
			c.inlines(p)
			c.endText()
			inner := bytes.TrimSpace(bytes.Clone(c.out.Bytes()[from:]))
			c.out.Truncate(from)
			if len(inner) > 0 {
				c.out.WriteString("<p>")
				c.out.Write(inner)
				c.out.WriteString("</p>")
			}
			continue
		}
		c.blockNode(k)
	}
	c.out.WriteString("</" + element + ">\n")
}

func (c *composition) listNode(n *ast.List) {
	name := "ul"
	if n.IsOrdered() {
		name = "ol"
	}
	c.out.WriteString("<" + name)
	if n.IsOrdered() && n.Start != 1 {
		fmt.Fprintf(&c.out, " start=\"%d\"", n.Start)
	}
	c.out.WriteString(">\n")
	kind, lead := c.kind, c.lead
	c.lead = int32(len(c.running.Passages)) - 1
	if kind == Paragraph {
		c.kind = ListItem
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		c.tag("li", k)
		c.blocks(k)
		c.out.WriteString("</li>\n")
	}
	c.kind, c.lead = kind, lead
	c.out.WriteString("</" + name + ">\n")
}

// views are the words that make a fenced block a view.
var views = []string{"timeline", "members", "map", "chart", "matrix", "network"}

func (c *composition) fenced(n *ast.FencedCodeBlock) {
	name := string(n.Language(c.src))
	if !slices.Contains(views, name) {
		c.code(n, name)
		return
	}
	var options []byte
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		options = append(options, seg.Value(c.src)...)
	}
	start := 0
	if n.Info != nil {
		start = n.Info.Segment.Stop
	}
	if n.Lines().Len() > 0 {
		start = n.Lines().At(0).Start
	}
	v := c.b.View(name, string(options))
	c.problems(v.Problems, start, start+len(options))
	c.out.WriteString(v.HTML)
	c.out.WriteByte('\n')
}

func (c *composition) code(n ast.Node, language string) {
	c.out.WriteString(`<pre class="code" tabindex="0"><code`)
	if language != "" {
		c.out.WriteString(` class="language-` + escape(language) + `"`)
	}
	c.out.WriteByte('>')
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		escapeTo(&c.out, seg.Value(c.src))
	}
	c.out.WriteString("</code></pre>\n")
}
