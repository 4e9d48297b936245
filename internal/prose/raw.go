package prose

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
)

// With the setting "raw_html: sanitised" a small set of HTML that Markdown has
// no signs for is passed on, each tag through the sanitiser. What it would
// change is refused with its place instead, and every element ends within the
// block or the inline element in which it began, so that no text can close
// what is around it.

// phrases may stand within a line; folds hold blocks and stand between them.
var (
	phrases = []string{"abbr", "bdi", "bdo", "br", "cite", "del", "dfn", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "sub", "sup", "u", "var", "wbr"}
	folds   = []string{"details", "summary"}
)

var sanitiser = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowNoAttrs().OnElements(append(slices.Clone(phrases), folds...)...)
	p.AllowAttrs("title").Matching(regexp.MustCompile(`^[^<>{}]*$`)).OnElements("abbr", "dfn")
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(ltr|rtl|auto)$`)).OnElements("bdo", "bdi")
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)).OnElements("q", "cite", "bdi", "bdo")
	return p
})

// rawOpen is an element of raw HTML that has not ended yet.
type rawOpen struct {
	name string
	at   int
}

// rawTag passes one tag on, or refuses it. Block says that it stands between
// blocks.
func (c *composition) rawTag(at int, raw []byte, block bool) {
	z := html.NewTokenizer(bytes.NewReader(raw))
	z.Next()
	raw = bytes.Clone(z.Raw())
	tok := z.Token()
	name := tok.Data
	if !slices.Contains(phrases, name) && !(block && slices.Contains(folds, name)) {
		c.rawHTML(at, raw)
		return
	}
	c.closeMark()
	if tok.Type == html.EndTagToken {
		if n := len(c.raws); n > c.rawBase && c.raws[n-1].name == name {
			c.raws = c.raws[:n-1]
			c.out.WriteString("</" + name + ">")
			return
		}
		c.report(at, at+len(raw), c.o.RawHTML, "MD001", fmt.Sprintf("</%s> ends what did not begin here", name), "end an element in the paragraph, emphasis or list in which it began")
		return
	}
	clean := sanitiser().Sanitize(string(raw))
	left := html.NewTokenizer(strings.NewReader(clean))
	left.Next()
	if kept := left.Token(); kept.Data != name || len(kept.Attr) != len(tok.Attr) {
		c.report(at, at+len(raw), c.o.RawHTML, "MD001", fmt.Sprintf("an attribute of <%s> is not used", name), "take it out; of attributes only title, dir and lang are used, where they have a meaning")
		return
	}
	c.out.WriteString(strings.TrimSuffix(strings.TrimSuffix(clean, ">"), "/") + ">")
	if name == "br" || name == "wbr" {
		c.plain.WriteByte(' ')
		return
	}
	c.raws = append(c.raws, rawOpen{name, at})
}

// within walks through what a container holds, and ends what raw HTML began
// there.
func (c *composition) within(walk func()) {
	if !c.o.Sanitised {
		walk()
		return
	}
	base := c.rawBase
	c.rawBase = len(c.raws)
	walk()
	c.endRaw(c.rawBase)
	c.rawBase = base
}

// endRaw ends elements that were left open, down to a number of them.
func (c *composition) endRaw(to int) {
	for n := len(c.raws); n > to; n = len(c.raws) {
		open := c.raws[n-1]
		c.raws = c.raws[:n-1]
		c.closeMark()
		c.out.WriteString("</" + open.name + ">")
		c.report(open.at, open.at+1+len(open.name), c.o.RawHTML, "MD001", fmt.Sprintf("<%s> is not ended where it began", open.name), fmt.Sprintf("write </%s> in the same paragraph, emphasis or list", open.name))
	}
}

// rawBlock passes on a block of raw HTML: its tags, its comments and its words.
// Only details may stay open, for the blocks that it folds.
func (c *composition) rawBlock(n *ast.HTMLBlock) {
	start, stop := n.Lines().At(0).Start, n.Lines().At(n.Lines().Len()-1).Stop
	if n.HasClosure() {
		stop = max(stop, n.ClosureLine.Stop)
	}
	c.beginText(n)
	z := html.NewTokenizer(bytes.NewReader(c.src[start:stop]))
	at := start
	for z.Next() != html.ErrorToken {
		raw := z.Raw()
		piece := c.src[at : at+len(raw)]
		switch tok := z.Token(); tok.Type {
		case html.TextToken:
			if words := bytes.TrimSpace(piece); len(words) > 0 {
				c.run(at, true)
				escapeTo(&c.out, []byte(html.UnescapeString(string(piece))))
				c.plain.Write(words)
			}
		case html.CommentToken:
			c.comment(at, piece, true)
		case html.DoctypeToken:
			c.rawHTML(at, piece)
		default:
			c.rawTag(at, piece, true)
			if slices.Contains([]string{"script", "style", "textarea", "title", "iframe", "noscript", "xmp", "noembed", "noframes", "plaintext"}, tok.Data) && tok.Type == html.StartTagToken {
				c.endText()
				c.endRaw(c.foldsOpen())
				return // what is in it is not text
			}
		}
		at += len(raw)
	}
	c.endRaw(c.foldsOpen())
	c.endText()
	c.out.WriteByte('\n')
}

// foldsOpen counts the elements that may stay open at the end of a block.
func (c *composition) foldsOpen() int {
	n := c.rawBase
	for n < len(c.raws) && c.raws[n].name == "details" {
		n++
	}
	return n
}
