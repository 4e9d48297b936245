package record

import (
	"bytes"

	"go.yaml.in/yaml/v3"

	"entente/internal/diag"
	"entente/internal/file"
)

// frontBlock says where the YAML of a record in a page's front matter begins.
type frontBlock struct{ line, indent int }

// Locate finds the place of a value by its path of keys and indexes, by
// reading the file once more: positions are needed for messages only. A value
// that is missing gives the nearest place around it.
func (o Origin) Locate(path ...any) (start, end file.Pos) {
	n, line, indent := o.node()
	if n == nil {
		return file.Pos{Line: 1, Col: 1}, file.Pos{}
	}
	for _, step := range path {
		next := child(n, step)
		if next == nil {
			break
		}
		n = next
	}
	start = file.Pos{Line: n.Line + line, Col: n.Column + indent}
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		width := len([]rune(n.Value))
		if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			width += 2
		}
		end = file.Pos{Line: start.Line, Col: start.Col + max(1, width)}
	}
	return start, end
}

// node reads the record's own node and what to add to its positions.
func (o Origin) node() (n *yaml.Node, line, indent int) {
	src := o.Text.Bytes
	if o.block != nil {
		line, indent = o.block.line, o.block.indent
		src = o.dedented()
	}
	var doc yaml.Node
	if yaml.NewDecoder(bytes.NewReader(src)).Decode(&doc) != nil || len(doc.Content) == 0 {
		return nil, 0, 0
	}
	n = doc.Content[0]
	if n.Kind == yaml.SequenceNode && o.Item >= 0 && o.Item < len(n.Content) {
		n = n.Content[o.Item]
	}
	return n, line, indent
}

// dedented gives the lines of a front-matter block from Front on, as far as
// they are indented, without their indent.
func (o Origin) dedented() []byte {
	var out []byte
	prefix := bytes.Repeat([]byte(" "), o.block.indent)
	for _, l := range bytes.SplitAfter(o.Text.Bytes[o.Text.Offset(file.Pos{Line: o.block.line + 1, Col: 1}):], []byte("\n")) {
		if !bytes.HasPrefix(l, prefix) && len(bytes.TrimSpace(l)) > 0 {
			break
		}
		out = append(out, bytes.TrimPrefix(l, prefix)...)
	}
	return out
}

func child(n *yaml.Node, step any) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	switch s := step.(type) {
	case int:
		if n.Kind == yaml.SequenceNode && s < len(n.Content) {
			return n.Content[s]
		}
	case string:
		if n.Kind != yaml.MappingNode {
			return nil // a scalar that stands for the whole: Party
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == s {
				return n.Content[i+1]
			}
		}
	}
	return nil
}

// Diag makes a diagnostic at a field of the record.
func (o Origin) Diag(sev diag.Severity, rule, message, hint string, path ...any) diag.Diagnostic {
	start, end := o.Locate(path...)
	return diag.Diagnostic{Path: o.Text.Path, Pos: start, End: end, Severity: sev, Rule: rule, Message: message, Hint: hint}
}

// Related makes a note at a field of the record.
func (o Origin) Related(message string, path ...any) diag.Related {
	start, _ := o.Locate(path...)
	return diag.Related{Path: o.Text.Path, Pos: start, Message: message}
}
