package prose

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"entente/internal/diag"
	"entente/internal/file"
)

func (c *composition) inlines(parent ast.Node) {
	c.unresolved(parent)
	c.within(func() {
		for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
			c.inline(n)
		}
	})
}

func (c *composition) inline(n ast.Node) {
	if t, ok := n.(*ast.Text); ok {
		c.textNode(t)
		return
	}
	c.closeMark()
	switch n := n.(type) {
	case *ast.String:
		c.write(n.Value)
	case *ast.Emphasis:
		name := "em"
		if n.Level == 2 {
			name = "strong"
		}
		c.wrap(name, n)
	case *extast.Strikethrough:
		c.wrap("del", n)
	case *ast.CodeSpan:
		c.out.WriteString("<code>")
		for k := n.FirstChild(); k != nil; k = k.NextSibling() {
			if t, ok := k.(*ast.Text); ok {
				v := bytes.ReplaceAll(t.Segment.Value(c.src), []byte("\n"), []byte(" "))
				escapeTo(&c.out, v)
				c.run(t.Segment.Start, true)
				c.plain.Write(v)
				c.seek = max(c.seek, t.Segment.Stop)
			}
		}
		c.out.WriteString("</code>")
	case *ast.Link:
		c.link(n)
	case *ast.Image:
		c.image(n, false)
	case *ast.AutoLink:
		c.autoLink(n)
	case *ast.RawHTML:
		c.inlineHTML(n)
	case *reference:
		c.reference(n)
	case *extast.FootnoteLink:
		c.footnoteLink(n)
	case *extast.FootnoteBacklink:
	case *extast.TaskCheckBox:
		mark := "☐ "
		if n.IsChecked {
			mark = "☑ "
		}
		c.out.WriteString(mark)
	default:
		c.inlines(n)
	}
}

func (c *composition) wrap(name string, n ast.Node) {
	c.out.WriteString("<" + name + ">")
	c.inlines(n)
	c.closeMark()
	c.out.WriteString("</" + name + ">")
}

// textNode writes running text and lays the mentions over it.
func (c *composition) textNode(t *ast.Text) {
	seg := t.Segment
	c.seek = max(c.seek, seg.Stop)
	if seg.Start < c.skipTo {
		return
	}
	if c.quiet == 0 && !insideLink(t) {
		if seg.Start >= c.runEnd {
			c.findMentions(t)
		}
		c.marked(seg.Start, seg.Stop)
	} else {
		c.run(seg.Start, false)
		c.write(seg.Value(c.src))
	}
	switch {
	case t.HardLineBreak():
		c.closeMark()
		c.out.WriteString("<br>\n")
		c.plain.WriteByte(' ')
	case t.SoftLineBreak():
		c.out.WriteByte('\n')
		c.plain.WriteByte(' ')
	}
}

func insideLink(n ast.Node) bool {
	for p := n.Parent(); p != nil && p.Type() == ast.TypeInline; p = p.Parent() {
		switch p.(type) {
		case *ast.Link, *ast.Image:
			return true
		}
	}
	return false
}

// findMentions looks for names in the run of text that begins with a node:
// the nodes after it as long as only a line end stands between them.
func (c *composition) findMentions(t *ast.Text) {
	end := t.Segment.Stop
	for k := t.NextSibling(); k != nil; k = k.NextSibling() {
		next, ok := k.(*ast.Text)
		if !ok || next.Segment.Start < end || len(bytes.Trim(c.src[end:next.Segment.Start], " \n>\t")) > 0 {
			break
		}
		end = next.Segment.Stop
	}
	c.runStart, c.runEnd, c.nextMark = t.Segment.Start, end, 0
	c.c.scanned.Add(int64(end - c.runStart))
	c.mentions = c.b.Mentions(c.src[c.runStart:end], c.mentions[:0])
}

// marked writes a range of text with the mentions of its run.
func (c *composition) marked(start, stop int) {
	for c.nextMark < len(c.mentions) && start < stop {
		m := &c.mentions[c.nextMark]
		from, to := c.runStart+m.Start, c.runStart+m.End
		if from >= stop {
			break
		}
		if !c.open {
			c.run(start, false)
			c.write(c.src[start:from])
			start = from
			c.linkAt = c.plain.Len()
			c.out.WriteString(`<a href="`)
			c.out.WriteString(escape(m.Link.Href))
			c.out.WriteByte('"')
			c.out.WriteString(m.Link.Attr)
			c.out.WriteByte('>')
			c.open = true
		}
		if to > stop {
			break
		}
		c.run(start, false)
		c.write(c.src[start:to])
		start = to
		c.closeMark()
	}
	if start < stop {
		c.run(start, false)
		c.write(c.src[start:stop])
	}
}

// closeMark ends the link of a mention that is open.
func (c *composition) closeMark() {
	if !c.open {
		return
	}
	c.out.WriteString("</a>")
	c.open = false
	m := c.mentions[c.nextMark]
	c.nextMark++
	c.outgoing(m.Link, true, c.linkAt)
}

// outgoing notes a link whose words run from an offset of plain to its end.
func (c *composition) outgoing(l Link, auto bool, from int) {
	if len(c.deep) > 0 && l.Target < 0 {
		return
	}
	c.body.Links = append(c.body.Links, Outgoing{Auto: auto, From: int32(from), To: int32(c.plain.Len())})
	c.body.Targets = append(c.body.Targets, l.Target)
}

// write writes text of the source, its escapes and entities resolved.
func (c *composition) write(b []byte) {
	if bytes.IndexByte(b, '\\') >= 0 {
		b = util.UnescapePunctuations(b)
	}
	if bytes.IndexByte(b, '&') >= 0 {
		b = util.ResolveEntityNames(util.ResolveNumericReferences(b))
		b = bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	escapeTo(&c.out, b)
	c.plain.Write(b)
}

// findDest gives the place of a destination in the source, for messages.
func (c *composition) findDest(dest []byte) (int, int) {
	at := min(c.seek, len(c.src))
	if i := bytes.Index(c.src[at:], dest); i >= 0 && len(dest) > 0 {
		return at + i, at + i + len(dest)
	}
	return at, at
}

func (c *composition) link(n *ast.Link) {
	from := c.plain.Len()
	mark := c.out.Len()
	c.inlines(n)
	inner := bytes.Clone(c.out.Bytes()[mark:])
	c.out.Truncate(mark)
	at, end := c.findDest(n.Destination)
	c.seek = end
	dest := string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(n.Destination))))
	if !c.safe(dest, at, end) {
		c.out.Write(inner)
		return
	}
	target, anchor, _ := strings.Cut(dest, "#")
	l := c.b.Link(Ref{Target: target, Anchor: anchor, Label: string(c.plain.Bytes()[from:]), Text: c.text, Span: c.span(at, end)})
	if string(c.src[at:end]) != dest { // escaped: offsets differ
		unfix(l.Problems)
	}
	c.problems(l.Problems, at, end)
	c.anchor(l, inner, n.Title)
	c.outgoing(l, false, from)
}

// unfix takes out fixes whose place is not certain.
func unfix(list []Problem) {
	for i := range list {
		list[i].Fix = nil
	}
}

func (c *composition) span(at, end int) file.Span {
	return file.Span{Start: c.base + at, End: c.base + end}
}

// anchor writes a link around finished HTML.
func (c *composition) anchor(l Link, inner, title []byte) {
	if l.Href == "" {
		c.out.Write(inner)
		return
	}
	c.out.WriteString(`<a href="` + escape(l.Href) + `"`)
	if strings.Contains(l.Href, "://") {
		c.out.WriteString(` class="ext" rel="noopener"`)
	}
	if len(title) > 0 {
		c.out.WriteString(` title="` + escape(string(title)) + `"`)
	}
	c.out.WriteString(l.Attr + ">")
	c.out.Write(inner)
	c.out.WriteString("</a>")
}

func (c *composition) autoLink(n *ast.AutoLink) {
	dest := string(n.URL(c.src))
	label := n.Label(c.src)
	at, end := c.findDest(label)
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(dest, "mailto:") {
		dest = "mailto:" + dest
	}
	c.run(at, true)
	c.plain.Write(label)
	if !c.safe(dest, at, end) {
		escapeTo(&c.out, label)
		return
	}
	c.anchor(Link{Href: dest}, []byte(escape(string(label))), nil)
}

func (c *composition) figure(n *ast.Image) {
	c.out.WriteString(`<figure class="fig">`)
	c.image(n, true)
	if len(n.Title) > 0 {
		c.out.WriteString("<figcaption>" + escape(string(n.Title)) + "</figcaption>")
		c.caption(n)
	}
	c.out.WriteString("</figure>\n")
}

// caption makes the words below a picture a passage of the running text. An
// escaped one cannot be found in the source and is not taken for the author's.
func (c *composition) caption(n *ast.Image) {
	at := bytes.Index(c.src[c.seek:], n.Title)
	if at < 0 {
		return
	}
	at += c.seek
	c.beginText(n.Parent())
	c.run(at, false)
	c.plain.Write(n.Title)
	c.endText()
}

func (c *composition) image(n *ast.Image, titled bool) {
	alt := string(n.Text(c.src)) //nolint:staticcheck // the words of an image, markup dropped
	at, end := c.findDest(n.Destination)
	c.seek = end
	bang := max(0, bytes.LastIndexByte(c.src[:at], '!'))
	if strings.TrimSpace(alt) == "" {
		c.report(bang, bang+1, diag.Warning, "AS010", "the image has no alternative text", "say between the brackets what it shows")
	}
	dest := string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(n.Destination))))
	if !c.safe(dest, at, end) {
		return
	}
	l := c.b.Link(Ref{Image: true, Target: dest, Text: c.text, Span: c.span(at, end)})
	c.problems(l.Problems, at, end)
	if l.Href == "" {
		return
	}
	c.out.WriteString(`<img src="` + escape(l.Href) + `" alt="` + escape(alt) + `" loading="lazy"`)
	if len(n.Title) > 0 && !titled {
		c.out.WriteString(` title="` + escape(string(n.Title)) + `"`)
	}
	c.out.WriteByte('>')
}

func (c *composition) inlineHTML(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	start := n.Segments.At(0).Start
	if raw := c.src[start:]; c.o.Sanitised && !bytes.HasPrefix(raw, []byte("<!")) && !bytes.HasPrefix(raw, []byte("<?")) {
		c.rawTag(start, raw[:n.Segments.At(n.Segments.Len()-1).Stop-start], false)
	} else if !bytes.HasPrefix(raw, []byte("<!--")) {
		c.rawHTML(start, raw)
	} else {
		c.comment(start, raw[:n.Segments.At(n.Segments.Len()-1).Stop-start], false)
	}
	c.seek = max(c.seek, n.Segments.At(n.Segments.Len()-1).Stop)
}

// reference writes one of the author's own brackets.
func (c *composition) reference(n *reference) {
	c.seek = max(c.seek, n.end)
	inner := strings.ReplaceAll(string(n.text), `\|`, "|") // as a cell of a table must write it
	switch n.kind {
	case factRef:
		v := c.b.Fact(inner)
		if inner != string(n.text) {
			unfix(v.Problems)
		}
		c.problems(v.Problems, n.inner, n.end-2)
		if v.Block {
			c.report(n.start, n.end, diag.Error, "FX007", "a table stands on a line of its own", "put blank lines around it, or write it as list")
			v.HTML = ""
		}
		c.out.WriteString(v.HTML)
		c.run(n.start, true)
		c.plain.WriteString(v.Text)
	case citeRef:
		c.cite(n, inner)
	case includeRef:
		c.report(n.start, n.end, diag.Error, "LK021", "an inclusion stands on a line of its own", "put blank lines around it")
	case wikiRef:
		target, label, labelled := strings.Cut(inner, "|")
		target, anchor, _ := strings.Cut(target, "#")
		ref := Ref{Wiki: true, Target: strings.TrimSpace(target), Anchor: strings.TrimSpace(anchor), Label: strings.TrimSpace(label), Text: c.text, Span: c.span(n.inner, n.inner+len(strings.TrimRight(inner, " ")))}
		if ref.Anchor != "" {
			ref.Anchor = Slug(ref.Anchor)
		}
		l := c.b.Link(ref)
		c.problems(l.Problems, n.inner, n.end-2)
		words := ref.Label
		if !labelled || words == "" {
			words = l.Label
		}
		if words == "" {
			words = ref.Target
		}
		from := c.plain.Len()
		c.run(n.inner+max(0, strings.LastIndex(string(n.text), words)), false)
		c.plain.WriteString(words)
		c.anchor(l, []byte(escape(words)), nil)
		c.outgoing(l, false, from)
	}
}

// include writes a page, or a section of one, in place.
func (c *composition) include(n *reference) {
	inner := strings.TrimSpace(string(n.text))
	for _, d := range c.deep {
		if d == inner {
			c.report(n.start, n.end, diag.Error, "LK020", fmt.Sprintf("%q includes itself: %s", inner, strings.Join(append(c.deep, inner), " to ")), "take one of the inclusions out")
			return
		}
	}
	s, section, problems := c.b.Include(inner)
	c.problems(problems, n.inner, n.end-2)
	if s == nil {
		return
	}
	if len(c.deep) > 8 {
		c.report(n.start, n.end, diag.Error, "LK020", "inclusions are nested too deep", "")
		return
	}
	saved := *c
	c.deep = append(c.deep[:len(c.deep):len(c.deep)], inner)
	c.enter(s)
	c.runEnd, c.skipTo = 0, 0
	doc := c.c.parse(c.src)
	found := section == ""
	level := 0
	for k := doc.FirstChild(); k != nil; k = k.NextSibling() {
		if h, ok := k.(*ast.Heading); ok && section != "" {
			switch {
			case level > 0 && h.Level <= level:
				level = -1
			case level == 0 && Slug(string(h.Text(c.src))) == Slug(section): //nolint:staticcheck // words of a heading
				level, found = h.Level, true
				continue
			}
		}
		if _, notes := k.(*extast.FootnoteList); notes {
			continue
		}
		if section == "" || level > 0 {
			c.blockNode(k)
		}
	}
	c.text, c.src, c.base, c.deep = saved.text, saved.src, saved.base, saved.deep
	c.runEnd, c.skipTo, c.seek = saved.runEnd, saved.skipTo, n.end
	if !found {
		c.report(n.inner, n.end-2, diag.Error, "LK004", fmt.Sprintf("the page has no section %q", section), "")
	}
}
