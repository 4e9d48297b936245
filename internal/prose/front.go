package prose

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/adrg/frontmatter"
	"go.yaml.in/yaml/v3"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
)

// Limits of front matter.
const (
	frontLimit = 256 << 10
	maxDepth   = 64
	maxAliases = 10_000
)

// Read splits a Markdown file into header and body. It depends on the file
// alone and never fails: what is wrong is in the diagnostics.
func Read(t *file.Text) *Source {
	r := &reader{s: &Source{Text: t}}
	r.s.Header.places = map[string]file.Span{}
	block, ok := r.fences()
	if ok {
		if root := r.decode(block); root != nil {
			r.header(root)
		}
	}
	return r.s
}

// needsTitle reports whether a page must name itself; prose of a record has
// the record's name.
func needsTitle(path string) bool {
	rest := strings.TrimPrefix(path, "content/")
	folder, _, below := strings.Cut(rest, "/")
	return !below || folder == "topics" || folder == "help"
}

type reader struct {
	s       *Source
	start   int // offset of the YAML block
	line    int // line of the file before the block's first
	aliases int
}

func (r *reader) report(at file.Span, rule, message, hint string) {
	r.s.Diags = append(r.s.Diags, diag.At(r.s.Text, at, diag.Error, rule, message, hint))
}

// reportAt reports at a place inside the YAML block.
func (r *reader) reportAt(line, col int, rule, message, hint string) {
	r.s.Diags = append(r.s.Diags, diag.Diagnostic{Path: r.s.Text.Path, Pos: file.Pos{Line: line + r.line, Col: max(1, col)}, Rule: rule, Message: message, Hint: hint})
}

// node reports at a YAML node.
func (r *reader) node(n *yaml.Node, rule, message, hint string) {
	span := r.span(n)
	r.report(span, rule, message, hint)
}

// span is the range of a node in the file.
func (r *reader) span(n *yaml.Node) file.Span {
	start := r.s.Text.Offset(file.Pos{Line: n.Line + r.line, Col: n.Column})
	width := max(1, len(n.Value))
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		width = len(n.Value) + 2
	}
	if n.Kind != yaml.ScalarNode || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		width = 1
	}
	return file.Span{Start: start, End: min(start+width, len(r.s.Text.Bytes))}
}

// fences finds the lines that open and close the front matter.
func (r *reader) fences() (block []byte, ok bool) {
	b := r.s.Text.Bytes
	first, rest, _ := bytes.Cut(b, []byte("\n"))
	top := file.Span{Start: 0, End: len(first)}
	trimmed := bytes.TrimSpace(first)
	switch {
	case bytes.Equal(bytes.TrimRight(first, " \t"), []byte("---")):
	case len(trimmed) == 0:
		lead := len(b) - len(bytes.TrimLeft(b, " \t\n"))
		if bytes.HasPrefix(b[lead:], []byte("---")) {
			r.report(file.Span{Start: lead, End: lead + 3}, "FM005", "front matter must begin in the first line", "take out what stands before it")
		} else {
			r.report(file.Span{}, "FM001", "no front matter; a page needs at least a title", "begin the file with a line ---, then title: …, then a line ---")
		}
		return nil, false
	case bytes.HasPrefix(trimmed, []byte("----")) || bytes.Equal(trimmed, []byte("---")):
		r.report(top, "FM004", fmt.Sprintf("%q does not open front matter", string(first)), "a fence is exactly three dashes at the start of the line")
		return nil, false
	case bytes.HasPrefix(trimmed, []byte("+++")) || bytes.HasPrefix(trimmed, []byte(";;;")) || trimmed[0] == '{':
		r.report(top, "FM006", "only YAML front matter is read", "write it between two lines --- as key: value")
		return nil, false
	default:
		r.report(file.Span{}, "FM001", "no front matter; a page needs at least a title", "begin the file with a line ---, then title: …, then a line ---")
		return nil, false
	}
	r.start, r.line = len(b)-len(rest), 1
	at := r.start
	for at < len(b) {
		end := at + bytes.IndexByte(b[at:], '\n')
		if end < at {
			end = len(b)
		}
		switch l := bytes.TrimRight(b[at:end], " \t"); {
		case bytes.Equal(l, []byte("---")):
			r.s.Body = min(end+1, len(b))
			r.secondBlock()
			return b[r.start:at], r.small(at)
		case bytes.Equal(l, []byte("...")):
			r.s.Body = min(end+1, len(b))
			r.report(file.Span{Start: at, End: end}, "FM003", "front matter is closed by \"...\"", "close it with ---")
			return nil, false
		}
		at = end + 1
	}
	r.s.Body = len(b)
	r.report(file.Span{Start: 0, End: 3}, "FM002", "front matter is opened here and never closed", "end it with a line ---")
	return nil, false
}

func (r *reader) small(end int) bool {
	if end-r.start > frontLimit {
		r.report(file.Span{Start: 0, End: 3}, "FM052", fmt.Sprintf("front matter of %d bytes, the limit is %d", end-r.start, frontLimit), "")
		return false
	}
	return true
}

var keyLine = regexp.MustCompile(`^[A-Za-z_]+:( |$)`)

// secondBlock warns of what looks like another front matter.
func (r *reader) secondBlock() {
	b := r.s.Text.Bytes
	rest := b[r.s.Body:]
	lead := len(rest) - len(bytes.TrimLeft(rest, "\n"))
	if !bytes.HasPrefix(rest[lead:], []byte("---\n")) || !keyLine.Match(rest[lead+4:]) {
		return
	}
	at := r.s.Body + lead
	r.s.Diags = append(r.s.Diags, diag.At(r.s.Text, file.Span{Start: at, End: at + 3}, diag.Warning, "FM007", "this looks like a second front matter", "a page has one; merge the two"))
}

// decode reads the block into YAML nodes. The library finds the block again
// between its fences and hands it to a decoder of ours; its own decoding is
// too lenient (it publishes unclosed drafts and reads NO as false).
func (r *reader) decode(block []byte) *yaml.Node {
	if !r.prescan(block) {
		return nil
	}
	var doc yaml.Node
	decode := func(_ []byte, _ any) error {
		// What is handed over is the block, unless dashes inside a value stopped the library.
		return yaml.NewDecoder(bytes.NewReader(block)).Decode(&doc)
	}
	fenced := slices.Concat([]byte("---\n"), block, []byte("---\n"))
	if _, err := frontmatter.Parse(bytes.NewReader(fenced), new(any), frontmatter.NewFormat("---", "---", decode)); err != nil {
		if err.Error() != "EOF" {
			r.syntax(block, err)
		}
		return r.nothing(err.Error() == "EOF")
	}
	if len(doc.Content) == 0 {
		return r.nothing(true)
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
			return r.nothing(true)
		}
		r.reportAt(root.Line, root.Column, "FM026", "expected key: value", "write for example title: …")
		return nil
	}
	if !r.sound(root, 0) {
		return nil
	}
	return root
}

// nothing stands for front matter without keys.
func (r *reader) nothing(blank bool) *yaml.Node {
	if blank {
		return &yaml.Node{Kind: yaml.MappingNode, Line: 0, Column: 1}
	}
	return nil
}

// prescan finds what the YAML library reports without a usable place.
func (r *reader) prescan(block []byte) bool {
	depth := 0
	for i, l := range bytes.Split(block, []byte("\n")) {
		line := i + 1
		body := bytes.TrimLeft(l, " ")
		if len(body) > 0 && body[0] == '\t' {
			r.reportAt(line, len(l)-len(body)+1, "FM020", "a tab is used to indent", "use spaces")
			return false
		}
		for j, c := range l {
			switch c {
			case '[', '{':
				if depth++; depth > maxDepth {
					r.reportAt(line, j+1, "FM051", fmt.Sprintf("nested more than %d deep", maxDepth), "")
					return false
				}
			case ']', '}':
				depth = max(0, depth-1)
			}
		}
		if !r.prescanValue(line, l) {
			return false
		}
	}
	return true
}

var keyValue = regexp.MustCompile(`^( *(?:- +)?)([A-Za-z_][A-Za-z0-9_]*):([ ]+)(.*)$`)

// prescanValue checks the value of one "key: value" line.
func (r *reader) prescanValue(line int, l []byte) bool {
	m := keyValue.FindSubmatchIndex(l)
	if m == nil || m[8] == m[9] {
		return true
	}
	value := string(l[m[8]:m[9]])
	col := len([]rune(string(l[:m[8]]))) + 1
	switch value[0] {
	case '@', '%', '`':
		r.reportAt(line, col, "FM022", fmt.Sprintf("a value cannot begin with %q", value[:1]), "put the value between quotes")
		return false
	case '*':
		name := strings.TrimRight(strings.FieldsFunc(value[1:]+" ", func(c rune) bool { return c == ' ' })[0], "*")
		if !bytes.Contains(r.s.Text.Bytes[:r.s.Body], []byte("&"+name)) {
			r.reportAt(line, col, "FM023", fmt.Sprintf("no anchor %q", name), "put the value between quotes")
			return false
		}
	case '"', '\'':
		if q := value[:1]; !strings.Contains(value[1:], q) && !r.closedLater(line, q) {
			r.reportAt(line, col, "FM021", "a quotation mark is never closed", "")
			return false
		}
	case '[', '{', '|', '>', '&', '!', '#':
	default:
		if i := strings.Index(value, ": "); i >= 0 && !strings.Contains(value[:i], " #") {
			r.reportAt(line, col+len([]rune(value[:i])), "FM022", "a second colon in a value", "put the value between quotes")
			return false
		}
	}
	return true
}

// closedLater reports whether a quotation mark follows in later lines before
// the next key.
func (r *reader) closedLater(line int, quote string) bool {
	lines := strings.Split(string(r.s.Text.Bytes[r.start:r.s.Body]), "\n")
	for _, l := range lines[min(line, len(lines)):] {
		if keyValue.MatchString(l) || l == "---" {
			return false
		}
		if strings.Contains(l, quote) {
			return true
		}
	}
	return false
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

func (r *reader) syntax(block []byte, err error) {
	line, message := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	rule := "FM022"
	if strings.Contains(message, "unknown anchor") {
		rule = "FM023"
	}
	lines := bytes.Split(block, []byte("\n"))
	col := 1
	if line <= len(lines) && line > 0 {
		col = len(lines[line-1]) - len(bytes.TrimLeft(lines[line-1], " ")) + 1
	}
	r.reportAt(line, col, rule, "cannot be read as YAML: "+message, "put values with colons or special characters between quotes")
}

func (r *reader) sound(n *yaml.Node, depth int) bool {
	switch {
	case depth > maxDepth:
		r.node(n, "FM051", fmt.Sprintf("nested more than %d deep", maxDepth), "")
		return false
	case n.Style&yaml.TaggedStyle != 0:
		r.node(n, "FM027", fmt.Sprintf("tag %q is not supported", n.Tag), "take it out")
		return false
	case n.Kind == yaml.AliasNode:
		if r.aliases++; r.aliases > maxAliases {
			r.node(n, "FM050", fmt.Sprintf("aliases expand to more than %d values", maxAliases), "write the values out")
			return false
		}
		return r.sound(n.Alias, depth+1)
	}
	for _, c := range n.Content {
		if !r.sound(c, depth+1) {
			return false
		}
	}
	return true
}

// headerKeys are the keys of front matter, in the order of the manual.
var headerKeys = []string{"title", "summary", "id", "slug", "names", "aliases", "tags", "about", "see_also", "draft", "date", "updated",
	"reviewed", "review_every", "weight", "record"}

func (r *reader) header(root *yaml.Node) {
	h := &r.s.Header
	seen, misspelt := map[string]*yaml.Node{}, map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		for value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		name := key.Value
		known := false
		for _, k := range headerKeys {
			known = known || k == name
		}
		if !known {
			hint := "the keys are " + strings.Join(headerKeys, ", ")
			if near := diag.Nearest(name, headerKeys); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
				misspelt[near] = true
			}
			r.node(key, "FM025", fmt.Sprintf("unknown key %q", name), hint)
			continue
		}
		if first, twice := seen[name]; twice {
			r.node(key, "FM024", fmt.Sprintf("key %q stands twice; first in line %d", name, first.Line+r.line), "keep one of the two")
			continue
		}
		seen[name] = key
		h.places[name] = r.span(value)
		r.field(h, name, key, value)
	}
	if h.Title == "" && seen["title"] == nil && !misspelt["title"] && needsTitle(r.s.Text.Path) {
		r.report(file.Span{Start: 0, End: 3}, "FM010", "title is missing", "add title: … to the front matter")
	}
}

func (r *reader) field(h *Header, name string, key, v *yaml.Node) {
	switch name {
	case "title":
		h.Title = r.text(key, v, name, "FM030")
		if h.Title == "" && v.Kind == yaml.ScalarNode {
			at := v
			if v.Tag == "!!null" {
				at = key
			}
			r.node(at, "FM010", "title is missing", "write the title of the page")
		}
	case "summary":
		h.Summary = r.text(key, v, name, "FM030")
	case "id":
		h.ID = r.text(key, v, name, "FM030")
	case "slug":
		h.Slug = r.text(key, v, name, "FM030")
	case "names":
		h.Names = r.list(v, name)
	case "aliases":
		h.Aliases = r.list(v, name)
	case "tags":
		h.Tags = r.list(v, name)
	case "about":
		h.About = r.list(v, name)
	case "see_also":
		r.seeAlso(h, v)
	case "draft":
		switch {
		case v.Kind == yaml.ScalarNode && v.Value == "true":
			h.Draft = true
		case v.Kind == yaml.ScalarNode && v.Value == "false":
		default:
			h.Draft = true // whatever was meant, it is not published
			r.node(v, "FM031", fmt.Sprintf("draft is %q, expected true or false", v.Value), "")
		}
	case "date":
		r.date(&h.Date, v, name)
	case "updated":
		r.date(&h.Updated, v, name)
	case "reviewed":
		r.date(&h.Reviewed, v, name)
	case "review_every":
		h.ReviewEvery = r.text(key, v, name, "FM030")
	case "weight":
		n, err := strconv.Atoi(v.Value)
		if v.Kind != yaml.ScalarNode || err != nil {
			r.node(v, "FM032", fmt.Sprintf("weight is %q, expected a whole number", v.Value), "")
		}
		h.Weight = n
	case "record":
		r.record(h, v)
	}
}

// text takes a scalar by its text, whatever YAML would make of it.
func (r *reader) text(_, v *yaml.Node, name, rule string) string {
	if v.Kind != yaml.ScalarNode {
		r.node(v, rule, fmt.Sprintf("%s must be text", name), "")
		return ""
	}
	if v.Tag == "!!null" {
		return ""
	}
	return v.Value
}

func (r *reader) list(v *yaml.Node, name string) []string {
	if v.Kind != yaml.SequenceNode {
		r.node(v, "FM033", fmt.Sprintf("%s is %q, expected a list", name, v.Value), fmt.Sprintf("write [%s]", v.Value))
		return nil
	}
	var out []string
	for i, c := range v.Content {
		for c.Kind == yaml.AliasNode {
			c = c.Alias
		}
		if c.Kind != yaml.ScalarNode || c.Tag == "!!null" {
			r.node(c, "FM033", fmt.Sprintf("an entry of %s is empty or not text", name), "")
			continue
		}
		r.s.Header.places[fmt.Sprintf("%s[%d]", name, i)] = r.span(c)
		out = append(out, c.Value)
	}
	return out
}

func (r *reader) seeAlso(h *Header, v *yaml.Node) {
	if v.Kind != yaml.SequenceNode {
		r.node(v, "FM033", fmt.Sprintf("see_also is %q, expected a list", v.Value), "write a list of ids, or of {page: …, why: …}")
		return
	}
	for i, c := range v.Content {
		var n SeeAlso
		at := c
		switch c.Kind {
		case yaml.ScalarNode:
			n.Page = c.Value
		case yaml.MappingNode:
			for j := 0; j+1 < len(c.Content); j += 2 {
				switch c.Content[j].Value {
				case "page":
					n.Page, at = c.Content[j+1].Value, c.Content[j+1]
				case "why":
					n.Why = c.Content[j+1].Value
				default:
					r.node(c.Content[j], "FM025", fmt.Sprintf("unknown key %q", c.Content[j].Value), "see_also entries have page and why")
				}
			}
		}
		if n.Page == "" {
			r.node(c, "FM033", "an entry of see_also names no page", "")
			continue
		}
		h.places[fmt.Sprintf("see_also[%d].page", i)] = r.span(at)
		h.SeeAlso = append(h.SeeAlso, n)
	}
}

func (r *reader) date(to *date.Date, v *yaml.Node, name string) {
	if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
		r.node(v, "FM041", fmt.Sprintf("%s must be a date", name), "write 1949-04-04")
		return
	}
	d, err := date.Parse(v.Value)
	if err != nil {
		rule, hint := "FM041", ""
		var e *date.Error
		if errors.As(err, &e) {
			hint = e.Hint
			if e.NoSuchDay {
				rule = "FM040"
			}
		}
		r.node(v, rule, fmt.Sprintf("%s: %v", name, err), hint)
		return
	}
	*to = d
}

// record takes the block of a record out of the front matter.
func (r *reader) record(h *Header, v *yaml.Node) {
	if v.Kind != yaml.MappingNode || v.Style&yaml.FlowStyle != 0 || len(v.Content) == 0 {
		r.node(v, "FM034", "record must hold the fields of a record, one a line", "")
		return
	}
	indent := v.Content[0].Column - 1
	start := r.s.Text.Offset(file.Pos{Line: v.Line + r.line, Col: 1})
	prefix := bytes.Repeat([]byte(" "), indent)
	var block []byte
	end := start
	for _, l := range bytes.SplitAfter(r.s.Text.Bytes[start:r.s.Body], []byte("\n")) {
		if !bytes.HasPrefix(l, prefix) && len(bytes.TrimSpace(l)) > 0 {
			break
		}
		block = append(block, bytes.TrimPrefix(l, prefix)...)
		end += len(l)
	}
	h.Record = &RecordBlock{YAML: block, Span: file.Span{Start: start, End: end}, Line: v.Line + r.line, Indent: indent}
}

// SameHeader reports whether two sources declare the same: an edit of the
// text alone leaves the world as it is.
func SameHeader(a, b *Source) bool {
	x, y := a.Header, b.Header
	x.places, y.places = nil, nil
	xr, yr := x.Record, y.Record
	x.Record, y.Record = nil, nil
	if (xr == nil) != (yr == nil) || xr != nil && !bytes.Equal(xr.YAML, yr.YAML) {
		return false
	}
	return reflect.DeepEqual(x, y)
}
