package record

import (
	"strings"
	"sync"
	"unicode/utf8"
	"weak"

	"go.yaml.in/yaml/v3"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/yamltext"
)

// places finds where values stand, by reading the YAML once more when the
// first message asks: records without complaint carry no positions.
type places struct {
	yaml         []byte  // without the indent of a block
	line, indent int     // added to the YAML's lines and columns
	refs         [][]Ref // by item

	mu   sync.Mutex // guards root
	root weak.Pointer[yaml.Node]
}

// Refs lists what the record refers to, as package record read it.
func (o Origin) Refs() []Ref {
	if o.places == nil || o.Item < 0 || o.Item >= len(o.places.refs) {
		return nil
	}
	return o.places.refs[o.Item]
}

// tree is kept until memory is short: messages of one file come together.
func (p *places) tree() *yaml.Node {
	p.mu.Lock()
	defer p.mu.Unlock()
	root := p.root.Value()
	if root == nil {
		root, _ = yamltext.Nodes(yamltext.FirstDocument(p.yaml))
		p.root = weak.Make(root)
	}
	return root
}

// span is the range of a node in the file; the end is zero when the node is
// more than a scalar on one line.
func (p *places) span(t *file.Text, n *yaml.Node) (start, end file.Pos) {
	start = file.Pos{Line: n.Line + p.line, Col: n.Column + p.indent}
	rest := t.Line(start.Line)
	for range start.Col - 1 {
		_, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
	}
	if width := width(n, rest); width > 0 {
		end = file.Pos{Line: start.Line, Col: start.Col + width}
	}
	return start, end
}

// width counts the characters of a scalar that stands at the start of rest.
func width(n *yaml.Node, rest string) int {
	switch {
	case n.Kind == yaml.AliasNode:
		return utf8.RuneCountInString(n.Value) + 1
	case n.Kind != yaml.ScalarNode || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 0
	case n.Style&yaml.DoubleQuotedStyle != 0 && strings.HasPrefix(rest, `"`):
		for i := 1; i < len(rest); i++ {
			switch rest[i] {
			case '\\':
				i++
			case '"':
				return utf8.RuneCountInString(rest[:i+1])
			}
		}
	case n.Style&yaml.SingleQuotedStyle != 0 && strings.HasPrefix(rest, "'"):
		for i := 1; i < len(rest); i++ {
			if rest[i] != '\'' {
				continue
			}
			if !strings.HasPrefix(rest[i+1:], "'") {
				return utf8.RuneCountInString(rest[:i+1])
			}
			i++
		}
	case strings.HasPrefix(rest, n.Value):
		return utf8.RuneCountInString(n.Value)
	}
	return utf8.RuneCountInString(strings.TrimRight(rest, " \t")) // goes on in the next line
}

// Locate finds the place of a value by its path of keys and indexes: that of
// the value, of its key when it has none, or else of the nearest thing around
// it, at last of the record. It is safe for concurrent use.
func (o Origin) Locate(path ...any) (start, end file.Pos) {
	if o.places == nil {
		return file.Pos{Line: 1, Col: 1}, file.Pos{}
	}
	n := o.places.tree()
	if n == nil {
		return file.Pos{Line: 1 + o.places.line, Col: 1 + o.places.indent}, file.Pos{}
	}
	if n.Kind == yaml.SequenceNode && o.Item >= 0 && o.Item < len(n.Content) {
		n = n.Content[o.Item]
	}
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			break
		}
		n = next
	}
	return o.places.span(o.Text, n)
}

// child takes one step of a path; nil when there is nothing.
func child(n *yaml.Node, step any) *yaml.Node {
	n = actual(n)
	switch s := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && s >= 0 && s < len(n.Content) {
			return n.Content[s]
		}
	case string:
		if n.Kind != yaml.MappingNode {
			return nil // a bare value that stands for the whole
		}
		if key, value := pair(n, s); value != nil && empty(value) && value.Value == "" {
			return key
		} else if value != nil {
			return value
		}
	}
	return nil
}

// Diag makes a diagnostic at a field of the record.
func (o Origin) Diag(sev diag.Severity, rule, message, hint string, path ...any) diag.Diagnostic {
	start, end := o.Locate(path...)
	return diag.Diagnostic{Path: o.path(), Pos: start, End: end, Severity: sev, Rule: rule, Message: message, Hint: hint}
}

// Related makes a note at a field of the record.
func (o Origin) Related(message string, path ...any) diag.Related {
	start, _ := o.Locate(path...)
	return diag.Related{Path: o.path(), Pos: start, Message: message}
}

func (o Origin) path() string {
	if o.Text == nil {
		return ""
	}
	return o.Text.Path
}
