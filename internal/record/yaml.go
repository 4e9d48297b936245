package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"go.yaml.in/yaml/v3"
)

// Limits of YAML.
const (
	maxDepth    = 64
	maxExpanded = 10_000 // values reached through aliases
)

// parse reads one document and gives its root; nil when there is none, or
// when it breaks the rules of YAML.
func (d *decoder) parse() *yaml.Node {
	b := firstDocument(d.places.yaml)
	if len(b) < len(d.places.yaml) {
		line := bytes.Count(b, []byte("\n")) + 1
		d.place(line, 1, "DT003", "a second document begins here", "one document a file: take the line out, or make two files")
	}
	root, err := parseYAML(b)
	if err != nil {
		d.blame(b, err)
		return nil
	}
	if root == nil || !d.sound(root, nil, 0) {
		return nil
	}
	return root
}

// parseYAML gives the root of the first document; nil when there is nothing.
func parseYAML(b []byte) (root *yaml.Node, err error) {
	defer func() {
		// The library has panics of its own for comments in odd places. They
		// concern the input, so they are the author's to hear of.
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("yaml: %v", r)
		}
	}()
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(b)).Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return doc.Content[0], nil
}

// firstDocument cuts a text before the marker of a second document. A marker
// at the start of a line is one even inside a block of text.
func firstDocument(b []byte) []byte {
	content := false // something that is neither comment, directive nor marker
	for at := 0; at < len(b); {
		end := len(b)
		if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		l := bytes.TrimRight(b[at:end], " \t\n")
		switch {
		case marker(l, "---"):
			if content {
				return b[:at]
			}
			content = len(l) > 3
		case marker(l, "..."):
			// What follows the end of a document would be the next.
			if rest := bytes.TrimSpace(b[end:]); content && len(rest) > 0 && rest[0] != '#' {
				return b[:at]
			}
		case len(bytes.TrimLeft(l, " \t")) > 0 && bytes.TrimLeft(l, " \t")[0] != '#' && l[0] != '%':
			content = true
		}
		at = end
	}
	return b
}

func marker(line []byte, sign string) bool {
	return bytes.HasPrefix(line, []byte(sign)) && (len(line) == 3 || line[3] == ' ' || line[3] == '\t')
}

// sound refuses tags and depth, and keeps the budget of aliases: how many
// values they stand for, so that a small file cannot mean a huge one. via is
// the outermost alias on the way to n.
func (d *decoder) sound(n, via *yaml.Node, depth int) bool {
	where := n
	if via != nil {
		where = via
		if d.expanded++; d.expanded > maxExpanded {
			d.at(via, "DT050", fmt.Sprintf("aliases stand for more than %d values", maxExpanded), "write the values out")
			return false
		}
	}
	switch {
	case depth > maxDepth:
		d.at(where, "DT051", fmt.Sprintf("nested more than %d deep", maxDepth), "")
		return false
	case n.Style&yaml.TaggedStyle != 0:
		d.tagged(n)
		return false
	case n.Kind == yaml.AliasNode:
		return d.sound(n.Alias, where, depth+1)
	}
	for _, c := range n.Content {
		if !d.sound(c, via, depth+1) {
			return false
		}
	}
	return true
}

// tagged reports a tag, behind the anchor if there is one.
func (d *decoder) tagged(n *yaml.Node) {
	col := n.Column
	line := []rune(d.text.Line(n.Line + d.places.line))
	for i := n.Column - 1 + d.places.indent; i >= 0 && i < len(line); i++ {
		if line[i] == '!' {
			col = i + 1 - d.places.indent
			break
		}
	}
	d.place(n.Line, col, "DT007", fmt.Sprintf("tag %q is not supported", n.Tag), "take it out: every value is read as its field demands")
}
