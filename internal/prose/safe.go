package prose

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"entente/internal/diag"
)

// allowed are the schemes that a link may have.
var allowed = []string{"https", "http", "mailto", "tel"}

// safe checks the final value of a destination: what a browser makes of it,
// after entities, escapes, blanks and backslashes.
func (c *composition) safe(dest string, at, end int) bool {
	clean := strings.Map(func(r rune) rune {
		if unseen(r) {
			return -1
		}
		return r
	}, dest)
	if strings.HasPrefix(strings.ReplaceAll(clean, `\`, "/"), "//") {
		c.report(at, end, diag.Error, "MD011", fmt.Sprintf("%q names a host without a scheme", dest), "write https://"+strings.TrimLeft(clean, `/\`))
		return false
	}
	scheme := ""
	if i := strings.IndexAny(clean, ":/?#"); i >= 0 && clean[i] == ':' {
		scheme = strings.ToLower(clean[:i])
		if !slices.Contains(allowed, scheme) {
			c.report(at, end, diag.Error, "MD010", fmt.Sprintf("scheme %q is not allowed", scheme), "a link begins with https, http, mailto or tel, or is relative")
			return false
		}
	}
	if strings.ContainsFunc(strings.Trim(dest, " \t\n"), func(r rune) bool { return unseen(r) && r != ' ' }) {
		c.report(at, end, diag.Error, "MD010", fmt.Sprintf("%q holds a character that cannot be seen", dest), "write the address anew, without it")
		return false
	}
	if scheme == "" {
		return true
	}
	u, err := url.Parse(clean)
	switch {
	case err != nil:
		c.report(at, end, diag.Error, "MD010", fmt.Sprintf("%q is not a web address", dest), "write the whole address as a browser shows it")
	case strings.HasPrefix(scheme, "http") && u.Hostname() == "":
		c.report(at, end, diag.Error, "MD011", fmt.Sprintf("%q names no host", dest), "write "+scheme+":// and the host")
	default:
		return true
	}
	return false
}

// unseen lists what browsers drop from addresses, and what nobody sees.
func unseen(r rune) bool {
	return r <= ' ' || r >= 0x7f && r <= 0xa0 || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r)
}

// unresolved warns of [words][name] where no line [name]: address is there.
// What the parser could not resolve it left as text.
func (c *composition) unresolved(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		t, ok := n.(*ast.Text)
		if !ok {
			continue
		}
		start, end := t.Segment.Start, t.Segment.Stop
		for next := n.NextSibling(); next != nil; next = next.NextSibling() {
			more, ok := next.(*ast.Text)
			if !ok || more.Segment.Start != end {
				break
			}
			n, end = next, more.Segment.Stop
		}
		run := c.src[start:end]
		if bytes.Contains(run, []byte("[[")) {
			c.openRefs(start, run)
		}
		if !bytes.Contains(run, []byte("][")) {
			continue
		}
		for _, m := range unresolvedRef.FindAllSubmatchIndex(run, -1) {
			if at := start + m[0]; at == 0 || c.src[at-1] != '\\' {
				name := string(run[m[2]:m[3]])
				c.report(at, start+m[1], diag.Warning, "LK005", fmt.Sprintf("no reference %q", name), fmt.Sprintf("add a line [%s]: and the address, or write [words](address)", name))
			}
		}
	}
}

var unresolvedRef = regexp.MustCompile(`\[[^\[\]]+\]\[([^\[\]^@=][^\[\]]*)\]`)

// openRefs warns of facts and links that begin in a text and do not end.
func (c *composition) openRefs(start int, run []byte) {
	for _, m := range openRef.FindAllSubmatchIndex(run, -1) {
		at, end := start+m[2], start+m[3]
		if at == 0 || c.src[at-1] != '\\' {
			c.report(at, end, diag.Warning, "MD061", fmt.Sprintf("%s is never closed", c.src[at:end]), `end it with ]] within four lines, or write \[[ for the brackets themselves`)
		}
	}
}

var openRef = regexp.MustCompile(`(!?\[\[=?)\s*\pL`)

// htmlBlock refuses raw HTML; comments are notes to the checker and vanish.
func (c *composition) htmlBlock(n *ast.HTMLBlock) {
	if n.Lines().Len() == 0 {
		return
	}
	start := n.Lines().At(0).Start
	raw := bytes.TrimSpace(c.src[start:n.Lines().At(n.Lines().Len()-1).Stop])
	if n.HasClosure() {
		raw = bytes.TrimSpace(c.src[start:n.ClosureLine.Stop])
	}
	if bytes.HasPrefix(raw, []byte("<!--")) && bytes.HasSuffix(raw, []byte("-->")) {
		c.comment(start+bytes.IndexByte(c.src[start:], '<'), raw, true)
		return
	}
	if c.o.Sanitised && !bytes.HasPrefix(raw, []byte("<?")) {
		c.rawBlock(n)
		return
	}
	c.rawHTML(start+bytes.IndexByte(c.src[start:], '<'), raw)
}

var tagName = regexp.MustCompile(`^</?([A-Za-z][A-Za-z0-9-]*)`)

// instead says how to write in Markdown what authors use raw HTML for.
var instead = map[string]string{
	"b": "write **words**", "strong": "write **words**", "i": "write *words*", "em": "write *words*", "br": "end the line with a backslash",
	"hr": "write a line ---", "a": "write [words](address)", "img": "write ![what it shows](file.png)", "code": "write `words`", "del": "write ~~words~~",
	"s": "write ~~words~~", "table": "write a table with | between the cells", "p": "put a blank line before the paragraph", "ul": "begin each entry with \"- \"",
	"ol": "begin each entry with \"1. \"", "li": "begin each entry with \"- \"", "blockquote": "begin each line with \"> \"", "pre": "write a block between lines ```",
	"script": "take it out: pages carry no scripts of their own", "style": "take it out: put rules into a sheet under static/", "iframe": "take it out, and link to the page instead",
	"h1": "write ## words", "h2": "write ## words", "h3": "write ### words", "figure": "write ![what it shows](file.png \"caption\")", "details": "write the text as it is",
}

// rawHTML reports a tag once, where it opens.
func (c *composition) rawHTML(at int, raw []byte) {
	name := ""
	if m := tagName.FindSubmatch(raw); m != nil {
		name = strings.ToLower(string(m[1]))
	}
	if bytes.HasPrefix(raw, []byte("</")) && c.opened[name] {
		return
	}
	if c.opened == nil {
		c.opened = map[string]bool{}
	}
	c.opened[name] = true
	sev := c.o.RawHTML
	if name == "script" {
		sev = diag.Error
	}
	end := at + 1
	if i := bytes.IndexByte(c.src[at:], '>'); i >= 0 {
		end = at + i + 1
	}
	hint := "write it in Markdown, or \\< for the sign itself"
	if h := instead[name]; h != "" {
		hint = h
	}
	shown := []rune(string(c.src[at:end]))
	if len(shown) > 40 {
		shown = append(shown[:40], '…')
	}
	c.report(at, end, sev, "MD001", fmt.Sprintf("raw HTML %q is not used", string(shown)), hint)
}
