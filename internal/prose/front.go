package prose

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/adrg/frontmatter"
	"go.yaml.in/yaml/v3"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/limits"
	"entente/internal/yamltext"
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
	s     *Source
	start int // offset of the YAML block
	line  int // line of the file before the block's first
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
	return file.Span{Start: start, End: min(start+width, len(r.s.Text.Bytes()))}
}

// fences finds the lines that open and close the front matter.
func (r *reader) fences() (block []byte, ok bool) {
	b := r.s.Text.Bytes()
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
	if end-r.start > limits.Front {
		r.report(file.Span{Start: 0, End: 3}, "FM052", fmt.Sprintf("front matter of %d bytes, the limit is %d", end-r.start, limits.Front), "move what is text below the front matter")
		return false
	}
	return true
}

var keyLine = regexp.MustCompile(`^([a-z_]+):( |$)`)

// secondBlock warns of what looks like another front matter: a block between
// fences, or keys and a fence right below the first.
func (r *reader) secondBlock() {
	b := r.s.Text.Bytes()
	rest := b[r.s.Body:]
	at := r.s.Body + len(rest) - len(bytes.TrimLeft(rest, "\n"))
	first, below, _ := bytes.Cut(b[at:], []byte("\n"))
	keys := first
	switch {
	case bytes.Equal(bytes.TrimRight(first, " \t"), []byte("---")):
		keys = below
	case !fenceBelow(below):
		return
	}
	m := keyLine.FindSubmatch(keys)
	if m == nil || !slices.Contains(headerKeys, string(m[1])) {
		return
	}
	r.s.Diags = append(r.s.Diags, diag.At(r.s.Text, file.Span{Start: at, End: at + len(first)}, diag.Warning, "FM007", "this looks like a second front matter",
		"a page has one: move these keys up into it"))
}

// fenceBelow reports whether a paragraph ends in a line of three dashes.
func fenceBelow(b []byte) bool {
	for l := range bytes.Lines(b) {
		switch l = bytes.TrimSpace(l); {
		case bytes.Equal(l, []byte("---")):
			return true
		case len(l) == 0:
			return false
		}
	}
	return false
}

// decode reads the block into YAML nodes. The library finds the block again
// between its fences and hands it to a decoder of ours; its own decoding is
// too lenient (it publishes unclosed drafts and reads NO as false).
func (r *reader) decode(block []byte) *yaml.Node {
	var root *yaml.Node
	decode := func(_ []byte, _ any) error {
		// What is handed over is the block, unless dashes inside a value stopped the library.
		var faults []yamltext.Fault
		root, faults = yamltext.Parse(block, 0)
		for _, f := range faults {
			r.reportAt(f.Line, f.Col, faultCode(f.Kind), f.Message, f.Hint)
		}
		if slices.ContainsFunc(faults, func(f yamltext.Fault) bool { return f.Kind != yamltext.Escape }) {
			return errors.New("reported")
		}
		return nil
	}
	fenced := slices.Concat([]byte("---\n"), block, []byte("---\n"))
	if _, err := frontmatter.Parse(bytes.NewReader(fenced), new(any), frontmatter.NewFormat("---", "---", decode)); err != nil {
		return nil
	}
	switch {
	case root == nil || root.Kind == yaml.ScalarNode && root.Tag == "!!null":
		return &yaml.Node{Kind: yaml.MappingNode, Line: 0, Column: 1} // front matter without keys
	case root.Kind != yaml.MappingNode:
		r.reportAt(root.Line, root.Column, "FM026", "expected key: value", "write for example title: …")
		return nil
	}
	return root
}

func faultCode(k yamltext.Kind) string {
	switch k {
	case yamltext.Tab:
		return "FM020"
	case yamltext.Quote:
		return "FM021"
	case yamltext.Anchor:
		return "FM023"
	case yamltext.Tagged:
		return "FM027"
	case yamltext.Bomb:
		return "FM050"
	case yamltext.Depth:
		return "FM051"
	}
	return "FM022"
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
		if strings.TrimSpace(h.Title) == "" && v.Kind == yaml.ScalarNode {
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
			r.node(v, "FM031", fmt.Sprintf("draft is %s, expected true or false", shown(v)), "write draft: true or draft: false")
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
			r.node(v, "FM032", fmt.Sprintf("weight is %s, expected a whole number", shown(v)), "write for example weight: 10")
			return
		}
		h.Weight = n
	case "record":
		r.record(h, v)
	}
}

// text takes a scalar by its text, whatever YAML would make of it.
func (r *reader) text(_, v *yaml.Node, name, rule string) string {
	if v.Kind != yaml.ScalarNode {
		r.node(v, rule, fmt.Sprintf("%s is %s, expected text", name, shown(v)), "write the text alone, between quotes if it has brackets or colons in it")
		return ""
	}
	if v.Tag == "!!null" {
		return ""
	}
	return v.Value
}

func (r *reader) list(v *yaml.Node, name string) []string {
	if v.Kind != yaml.SequenceNode {
		hint := fmt.Sprintf("write %s: [%s]", name, v.Value)
		if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
			hint = fmt.Sprintf("write for example %s: [one, two], or take the key out", name)
		}
		r.node(v, "FM033", fmt.Sprintf("%s is %s, expected a list", name, shown(v)), hint)
		return nil
	}
	var out []string
	for i, c := range v.Content {
		for c.Kind == yaml.AliasNode {
			c = c.Alias
		}
		if c.Kind != yaml.ScalarNode || c.Tag == "!!null" {
			r.node(c, "FM033", fmt.Sprintf("an entry of %s is %s, expected text", name, shown(c)), "take it out, or write a word")
			continue
		}
		r.s.Header.places[fmt.Sprintf("%s[%d]", name, i)] = r.span(c)
		out = append(out, c.Value)
	}
	return out
}

func (r *reader) seeAlso(h *Header, v *yaml.Node) {
	if v.Kind != yaml.SequenceNode {
		r.node(v, "FM033", fmt.Sprintf("see_also is %s, expected a list", shown(v)), "write a list of ids, or of {page: …, why: …}")
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
			r.node(c, "FM033", "an entry of see_also names no page", "write an id, or {page: id, why: reason}")
			continue
		}
		h.places[fmt.Sprintf("see_also[%d].page", i)] = r.span(at)
		h.SeeAlso = append(h.SeeAlso, n)
	}
}

// clock is a day with a time of day, as other tools write it.
var clock = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[Tt ][ \t]*\d\d?:\d\d(:\d\d(\.\d*)?)?[ \t]*(Z|[-+]\d\d?(:?\d\d)?)?$`)

// shown names a value for a message.
func shown(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.MappingNode:
		return "a group of keys"
	case n.Tag == "!!null" && n.Value == "":
		return "empty"
	}
	if r := []rune(n.Value); len(r) > 60 {
		return strconv.Quote(string(r[:60])) + "…"
	}
	return strconv.Quote(n.Value)
}

func (r *reader) date(to *date.Date, v *yaml.Node, name string) {
	if v.Kind != yaml.ScalarNode || v.Tag == "!!null" {
		r.node(v, "FM041", fmt.Sprintf("%s is %s, expected a date", name, shown(v)), "write 1949-04-04, 1949-04 or 1949")
		return
	}
	text := v.Value
	if m := clock.FindStringSubmatch(text); m != nil {
		text = m[1] // the day as written, whatever the zone
	}
	d, err := date.Parse(text)
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
		r.node(v, "FM034", fmt.Sprintf("record is %s, expected the fields of a record", shown(v)), "write one field a line, below record: and indented")
		return
	}
	indent := v.Content[0].Column - 1
	start := r.s.Text.Offset(file.Pos{Line: v.Line + r.line, Col: 1})
	prefix := bytes.Repeat([]byte(" "), indent)
	var block []byte
	end := start
	for _, l := range bytes.SplitAfter(r.s.Text.Bytes()[start:r.s.Body], []byte("\n")) {
		if !bytes.HasPrefix(l, prefix) && len(bytes.TrimSpace(l)) > 0 {
			break
		}
		block = append(block, bytes.TrimPrefix(l, prefix)...)
		end += len(l)
	}
	h.Record = &RecordBlock{YAML: block, Span: file.Span{Start: start, End: end}, Line: v.Line + r.line, Indent: indent}
}
