package prose

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"entente/internal/diag"
	"entente/internal/file"
)

// note gives the note of a key, new or used before.
func (c *composition) note(key string) *noteEntry {
	e, ok := c.noteOf[key]
	if !ok {
		e = &noteEntry{number: len(c.notes) + 1}
		c.noteOf[key] = e
		c.notes = append(c.notes, e)
	}
	e.uses++
	return e
}

// mark writes the raised number of a note.
func (c *composition) mark(e *noteEntry) {
	if len(c.deep) == 0 {
		c.running.Cites = append(c.running.Cites, int32(c.plain.Len()))
	}
	number := strconv.Itoa(e.number)
	id := number
	if e.uses > 1 {
		id += "-" + strconv.Itoa(e.uses)
	}
	for _, part := range []string{`<a class="ref" href="#n`, number, `" id="r`, id, `" aria-label="`, escape(c.say("note.mark", "n", number)), `">`, number, `</a>`} {
		c.out.WriteString(part)
	}
}

// cite writes the marks of a citation, several apart by semicolons.
func (c *composition) cite(n *reference, inner string) {
	at := n.inner
	for _, part := range strings.Split(inner, ";") {
		ref := strings.TrimPrefix(strings.TrimSpace(part), "@")
		lead := strings.Index(part, ref)
		v := c.b.Cite(ref)
		c.problems(v.Problems, at+max(0, lead), at+len(part))
		if v.HTML != "" {
			e := c.note("@" + strings.Join(strings.Fields(ref), " "))
			e.html = v.HTML
			c.mark(e)
			c.outgoing(Link{Target: v.Target}, false, c.plain.Len())
		}
		at += len(part) + 1
	}
}

func (c *composition) footnoteLink(n *extast.FootnoteLink) {
	e := c.note(fmt.Sprintf("^%d", n.Index))
	c.mark(e)
}

// footnotes notes where the texts of footnotes stand.
func (c *composition) footnotes(list *extast.FootnoteList) {
	for k := list.FirstChild(); k != nil; k = k.NextSibling() {
		if f, ok := k.(*extast.Footnote); ok {
			if e := c.noteOf[fmt.Sprintf("^%d", f.Index)]; e != nil {
				e.node = f
			}
		}
	}
}

// finishNotes writes all notes in the order of their numbers. The text of a
// footnote may itself cite, so the list can grow while it is written.
func (c *composition) finishNotes() {
	c.quiet++
	c.kind = NoteText
	for i := 0; i < len(c.notes); i++ {
		e := c.notes[i]
		html := e.html
		if e.node != nil {
			from := c.out.Len()
			for k := e.node.FirstChild(); k != nil; k = k.NextSibling() {
				if p, ok := k.(*ast.Paragraph); ok {
					c.beginText(p)
					c.inlines(p)
					c.endText()
					c.out.WriteByte(' ')
					continue
				}
				c.blockNode(k)
			}
			html = string(bytes.TrimSpace(c.out.Bytes()[from:]))
			c.out.Truncate(from)
		}
		number := strconv.Itoa(e.number)
		for _, part := range []string{`<li id="n`, number, `">`, html, ` <a class="backref" href="#r`, number, `" aria-label="`, escape(c.say("note.back", "n", number)), `">↩</a></li>`} {
			c.noteOut.WriteString(part)
		}
	}
	c.quiet--
}

var footnoteMark = regexp.MustCompile(`\[\^([^\]\s]+)\](:?)`)

// unusedFootnotes warns of footnotes without text and of texts without use.
func (c *composition) unusedFootnotes() {
	if !bytes.Contains(c.src, []byte("[^")) {
		return
	}
	defined, used := map[string]int{}, map[string]int{}
	code := c.codeBlocks()
	for _, m := range footnoteMark.FindAllSubmatchIndex(c.src, -1) {
		name := string(c.src[m[2]:m[3]])
		lead := bytes.TrimRight(c.src[max(0, m[0]-4):m[0]], " ")
		if m[5] > m[4] && (len(lead) == 0 || lead[len(lead)-1] == '\n') {
			defined[name] = m[0]
		} else if _, seen := used[name]; !seen {
			used[name] = m[0]
		}
	}
	for _, m := range footnoteMark.FindAllSubmatchIndex(c.src, -1) {
		name := string(c.src[m[2]:m[3]])
		at, isUse := used[name]
		_, hasText := defined[name]
		switch {
		case isUse && !hasText && at == m[0] && !c.inCode(code, at):
			c.report(m[0], m[1], diag.Warning, "MD030", fmt.Sprintf("footnote %q has no text", name), fmt.Sprintf("add a line [^%s]: …", name))
		case !isUse && defined[name] == m[0] && !c.inCode(code, m[0]):
			c.report(m[0], m[1], diag.Warning, "MD031", fmt.Sprintf("footnote %q is never used", name), fmt.Sprintf("write [^%s] where it belongs, or take it out", name))
		}
	}
}

// codeBlocks lists the ranges of fenced blocks, as far as counting fences can
// tell.
func (c *composition) codeBlocks() []file.Span {
	var list []file.Span
	open := -1
	at := 0
	for l := range bytes.Lines(c.src) {
		if t := bytes.TrimLeft(l, " "); bytes.HasPrefix(t, []byte("```")) || bytes.HasPrefix(t, []byte("~~~")) {
			if open < 0 {
				open = at
			} else {
				list = append(list, file.Span{Start: open, End: at})
				open = -1
			}
		}
		at += len(l)
	}
	if open >= 0 {
		list = append(list, file.Span{Start: open, End: at})
	}
	return list
}

// inCode reports whether an offset lies in a code span or an indented or
// fenced block.
func (c *composition) inCode(blocks []file.Span, at int) bool {
	start := max(0, at-1000) // far enough for any line that people write
	start += bytes.LastIndexByte(c.src[start:at], '\n') + 1
	if bytes.HasPrefix(c.src[start:], []byte("    ")) || bytes.Count(c.src[start:at], []byte("`"))%2 == 1 {
		return true
	}
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].End > at })
	return i < len(blocks) && blocks[i].Start <= at
}

// extensionNode writes the blocks of goldmark's extensions.
func (c *composition) extensionNode(n ast.Node) {
	switch n := n.(type) {
	case *extast.Table:
		c.table(n)
	case *extast.DefinitionList:
		c.out.WriteString(`<dl class="deflist">` + "\n")
		c.blocks(n)
		c.out.WriteString("</dl>\n")
	case *extast.DefinitionTerm:
		c.out.WriteString("<dt>")
		c.quiet++
		c.beginText(n)
		c.inlines(n)
		c.endText()
		c.quiet--
		c.out.WriteString("</dt>\n")
	case *extast.DefinitionDescription:
		c.out.WriteString("<dd>")
		c.blocks(n)
		c.out.WriteString("</dd>\n")
	case *extast.FootnoteList:
		c.footnotes(n)
	default:
		c.blocks(n)
	}
}

// tableName tells a table from the others of the page by the words of its
// head, with a number where they return.
func (c *composition) tableName(n *extast.Table) string {
	var heads []string
	if n.FirstChild() != nil {
		for cell := n.FirstChild().FirstChild(); cell != nil; cell = cell.NextSibling() {
			var words strings.Builder
			_ = ast.Walk(cell, func(k ast.Node, entering bool) (ast.WalkStatus, error) { // the walker below never fails
				if t, ok := k.(*ast.Text); ok && entering {
					words.Write(t.Value(c.src))
				}
				return ast.WalkContinue, nil
			})
			if w := strings.TrimSpace(words.String()); w != "" {
				heads = append(heads, w)
			}
		}
	}
	name := cmp.Or(strings.Join(heads, ", "), "Table")
	c.tables[name]++
	if k := c.tables[name]; k > 1 {
		return fmt.Sprintf("%s (%d)", name, k)
	}
	return name
}

func (c *composition) table(n *extast.Table) {
	c.out.WriteString(`<div class="tablewrap" tabindex="0" role="region" aria-label="` + escape(c.tableName(n)) + `"><table class="data">`)
	body := false
	c.row = -1
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		c.row++
		c.col = -1
		name := "td"
		if _, head := row.(*extast.TableHeader); head {
			c.out.WriteString("<thead>")
			name = "th"
		} else if !body {
			c.out.WriteString("<tbody>")
			body = true
		}
		c.out.WriteString("<tr>")
		for k := row.FirstChild(); k != nil; k = k.NextSibling() {
			cell, ok := k.(*extast.TableCell)
			if !ok {
				continue
			}
			c.col++
			c.out.WriteString("<" + name)
			if name == "th" {
				c.out.WriteString(` scope="col"`)
				c.quiet++
			}
			kind := c.kind
			c.kind = TableCell
			switch cell.Alignment {
			case extast.AlignRight:
				c.out.WriteString(` class="num"`)
			case extast.AlignCenter:
				c.out.WriteString(` class="ctr"`)
			}
			c.out.WriteByte('>')
			c.beginText(cell)
			c.inlines(cell)
			c.endText()
			c.kind = kind
			if name == "th" {
				c.quiet--
			}
			c.out.WriteString("</" + name + ">")
		}
		c.out.WriteString("</tr>")
		if name == "th" {
			c.out.WriteString("</thead>")
		}
	}
	if body {
		c.out.WriteString("</tbody>")
	}
	c.out.WriteString("</table></div>\n")
	c.row, c.col = 0, 0
}
