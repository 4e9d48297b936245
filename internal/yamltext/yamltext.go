// Package yamltext turns YAML into nodes, and what breaks the rules of YAML
// into faults with a place and a hint. It admits less than YAML does: one
// document, no tags, bounded depth and bounded aliases, so that a small text
// cannot mean a huge one.
//
// It knows nothing of what the nodes mean; package record and package prose
// give the faults their codes.
package yamltext

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/internal/limits"
)

// Kind says which rule a text breaks.
type Kind uint8

// Kinds of faults.
const (
	Value  Kind = iota // anything that is not among the others
	Tab                // a tab where spaces belong
	Quote              // a quotation mark without end
	Anchor             // an alias without anchor
	Second             // a second document; the first is read
	Tagged             // a tag
	Bomb               // aliases that stand for too much
	Depth              // nested too deep
	Escape             // an escape for a character that no text may hold; all is read
)

// Fault is what is wrong with a text, where, and how to mend it. Lines and
// columns count from 1, columns in characters.
type Fault struct {
	Kind          Kind
	Line, Col     int
	Message, Hint string
}

// Parse reads one document and gives its root; nil when there is none, or
// when it breaks the rules. Outer is how many levels around the values are
// not the author's: a list of records has one.
func Parse(text []byte, outer int) (root *yaml.Node, faults []Fault) {
	b := FirstDocument(text)
	if len(b) < len(text) {
		line := bytes.Count(b, []byte("\n")) + 1
		faults = append(faults, Fault{Kind: Second, Line: line, Col: 1, Message: "a second document begins here",
			Hint: "one document a file: take the line out, or make two files"})
	}
	root, err := Nodes(b)
	if err != nil {
		return nil, append(faults, blame(b, err))
	}
	s := sounder{text: b, limit: limits.Depth + outer}
	if root == nil || !s.sound(root, nil, 0) {
		if s.fault != nil {
			faults = append(faults, *s.fault)
		}
		return nil, faults
	}
	return root, append(faults, s.escapes...)
}

// Nodes gives the root of the first document; nil when there is nothing.
func Nodes(b []byte) (root *yaml.Node, err error) {
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

// FirstDocument cuts a text before the marker of a second document. A marker
// at the start of a line is one even inside a block of text.
func FirstDocument(b []byte) []byte {
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

// sounder walks a tree and stops at the first node that must not be.
type sounder struct {
	escapes  []Fault // for characters that a text may not hold
	text     []byte
	limit    int
	expanded int
	fault    *Fault
}

func (s *sounder) at(n *yaml.Node, kind Kind, message, hint string) bool {
	s.fault = &Fault{Kind: kind, Line: n.Line, Col: n.Column, Message: message, Hint: hint}
	return false
}

func tooDeep(line, col int) Fault {
	return Fault{Kind: Depth, Line: line, Col: col, Message: fmt.Sprintf("nested more than %d deep", limits.Depth), Hint: "write it flat: no field needs so many levels"}
}

// sound refuses tags and depth, and keeps the budget of aliases: how many
// values they stand for. via is the outermost alias on the way to n.
func (s *sounder) sound(n, via *yaml.Node, depth int) bool {
	where := n
	if via != nil {
		where = via
		if s.expanded++; s.expanded > limits.Expanded {
			return s.at(via, Bomb, fmt.Sprintf("aliases stand for more than %d values", limits.Expanded), "write the values out")
		}
	}
	switch {
	case depth > s.limit && n.Kind != yaml.ScalarNode:
		f := tooDeep(where.Line, where.Column)
		if line, col := deepest(s.text); line > 0 {
			f.Line, f.Col = line, col
		}
		s.fault = &f
		return false
	case n.Style&yaml.TaggedStyle != 0:
		return s.tagged(n)
	case n.Kind == yaml.AliasNode:
		return s.sound(n.Alias, where, depth+1)
	case n.Style&yaml.DoubleQuotedStyle != 0 && strings.ContainsFunc(n.Value, unseen):
		s.escapes = append(s.escapes, Fault{Kind: Escape, Line: n.Line, Col: n.Column, Message: fmt.Sprintf("an escape stands for %U, a control character", firstRune(n.Value[strings.IndexFunc(n.Value, unseen):])), Hint: "take the escape out"})
	}
	for _, c := range n.Content {
		if !s.sound(c, via, depth+1) {
			return false
		}
	}
	return true
}

// unseen are the characters that a text may not hold plainly either, which
// escapes could bring in.
func unseen(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff' || r == '\ufffe' || r == '\uffff'
}

// tagged reports a tag, behind the anchor if there is one.
func (s *sounder) tagged(n *yaml.Node) bool {
	at := *n
	if lines := bytes.Split(s.text, []byte("\n")); n.Line <= len(lines) {
		line := []rune(string(lines[n.Line-1]))
		for i := n.Column - 1; i >= 0 && i < len(line); i++ {
			if line[i] == '!' {
				at.Column = i + 1
				break
			}
		}
	}
	return s.at(&at, Tagged, fmt.Sprintf("tag %q is not supported", n.Tag), "take it out: every value is read as its field demands")
}
