package render

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template/parse"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/limits"
)

// lint refuses actions in places that this house keeps free of them, where
// escaping by context is too subtle to trust, and counting without end.
func lint(t *file.Text) []diag.Diagnostic {
	m := markup{src: string(t.Bytes())}
	var list []diag.Diagnostic
	for m.next() {
		message, hint := m.forbidden()
		if message != "" {
			list = append(list, diag.At(t, file.Span{Start: m.action, End: m.action + 2}, diag.Error, "TP007", message, hint))
		}
	}
	ranges(t, func(n *parse.RangeNode, turns int) {
		if turns > limits.TemplateTurns {
			list = append(list, diag.At(t, span(t, n), diag.Error, "TP006", fmt.Sprintf("this range makes more than %d turns", limits.TemplateTurns),
				"range over a list of the view"))
		}
	})
	return list
}

// endless finds the templates of the author that call themselves whatever
// the view. To execute one would take a stack of many megabytes for each page
// before the template package gives up.
func (s *Set) endless() []diag.Diagnostic {
	calls := map[string][]*parse.TemplateNode{}
	for _, t := range s.root.Templates() {
		if t.Tree == nil || t.Tree.Root == nil {
			continue
		}
		for _, n := range t.Tree.Root.Nodes {
			if call, ok := n.(*parse.TemplateNode); ok {
				calls[t.Name()] = append(calls[t.Name()], call)
			}
		}
	}
	var list []diag.Diagnostic
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		for _, call := range calls[name] {
			seen := map[string]bool{}
			todo := []string{call.Name}
			for len(todo) > 0 && !seen[name] {
				at := todo[len(todo)-1]
				todo = todo[:len(todo)-1]
				if seen[at] {
					continue
				}
				seen[at] = true
				for _, next := range calls[at] {
					todo = append(todo, next.Name)
				}
			}
			if seen[name] {
				at, _ := new(parse.Tree).ErrorContext(call)
				list = append(list, s.explain(name, nil, fmt.Errorf("template: %s: %s", at, tooDeep)))
			}
		}
	}
	return list
}

// ranges visits the ranges of a template in the order of the file.
func ranges(t *file.Text, visit func(n *parse.RangeNode, turns int)) {
	tree := parse.New(t.Path)
	tree.Mode = parse.SkipFuncCheck
	defined := map[string]*parse.Tree{}
	if _, err := tree.Parse(string(t.Bytes()), "", "", defined); err != nil {
		return // the template package has reported it
	}
	type found struct {
		n     *parse.RangeNode
		turns int
	}
	var all []found
	for _, d := range defined {
		walk(d.Root, 1, func(n *parse.RangeNode, turns int) { all = append(all, found{n, turns}) })
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Compare(a.n.Position(), b.n.Position()) })
	for _, f := range all {
		visit(f.n, f.turns)
	}
}

// span is the braces that open the action of a node.
func span(t *file.Text, n parse.Node) file.Span {
	at := max(0, strings.LastIndex(string(t.Bytes()[:int(n.Position())]), "{{"))
	return file.Span{Start: at, End: at + 2}
}

// walk visits every range of a tree with the turns that ranges over numbers
// make together up to it: a template can count without writing anything,
// where no limit of output would stop it.
func walk(n parse.Node, turns int, visit func(n *parse.RangeNode, turns int)) {
	list := func(l *parse.ListNode, turns int) {
		if l != nil {
			for _, k := range l.Nodes {
				walk(k, turns, visit)
			}
		}
	}
	switch n := n.(type) {
	case *parse.ListNode:
		list(n, turns)
	case *parse.IfNode:
		list(n.List, turns)
		list(n.ElseList, turns)
	case *parse.WithNode:
		list(n.List, turns)
		list(n.ElseList, turns)
	case *parse.RangeNode:
		if k := counts(n); k > 0 {
			turns = min(turns*k, limits.TemplateTurns*limits.TemplateTurns)
		}
		visit(n, turns)
		if turns <= limits.TemplateTurns {
			list(n.List, turns)
		}
		list(n.ElseList, turns)
	}
}

// counts gives the number that a range counts to; 0 when it ranges over
// something else.
func counts(n *parse.RangeNode) int {
	if n.Pipe == nil || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 1 {
		return 0
	}
	number, ok := n.Pipe.Cmds[0].Args[0].(*parse.NumberNode)
	if !ok || !number.IsInt {
		return 0
	}
	return int(max(0, min(number.Int64, limits.TemplateTurns+1)))
}

// markup reads a template as HTML with holes where its actions stand.
type markup struct {
	src    string
	at     int
	action int // where the current action begins

	state     state
	tag, attr string
	quote     byte
	raw       string // element whose text is not markup: script, style
}

type state uint8

const (
	inText state = iota
	inTag
	beforeValue
	inValue // between quotes
	inBare  // without quotes
)

// next goes on to the next action.
func (m *markup) next() bool {
	for m.at < len(m.src) {
		if strings.HasPrefix(m.src[m.at:], "{{") {
			m.action = m.at
			end := strings.Index(m.src[m.at:], "}}")
			if end < 0 {
				return false // the template package has reported it
			}
			m.at += end + 2
			if !strings.HasPrefix(strings.TrimLeft(m.src[m.action+2:], "- "), "/*") {
				return true
			}
			continue
		}
		m.step()
	}
	return false
}

// step takes one character, or one word where only its end matters.
func (m *markup) step() {
	c := m.src[m.at]
	m.at++
	switch m.state {
	case inText:
		m.text(c)
	case inTag:
		switch {
		case c == '>':
			m.endTag()
		case c == '=':
			m.state = beforeValue
		case c == ' ' || c == '\n' || c == '\t' || c == '/':
		default:
			m.attr = m.word(m.at - 1)
		}
	case beforeValue:
		switch c {
		case ' ', '\n', '\t':
		case '"', '\'':
			m.state, m.quote = inValue, c
		case '>':
			m.endTag()
		default:
			m.state = inBare
		}
	case inValue:
		if c == m.quote {
			m.state, m.attr = inTag, ""
		}
	case inBare:
		switch c {
		case '>':
			m.endTag()
		case ' ', '\n', '\t':
			m.state, m.attr = inTag, ""
		}
	}
}

func (m *markup) text(c byte) {
	if c != '<' {
		return
	}
	rest := m.src[m.at:]
	if m.raw != "" {
		if end := "/" + m.raw; len(rest) >= len(end) && strings.EqualFold(rest[:len(end)], end) {
			m.raw = ""
		}
		return
	}
	if comment, ok := strings.CutPrefix(rest, "!--"); ok {
		if end := strings.Index(comment, "-->"); end >= 0 && !strings.Contains(comment[:end], "{{") {
			m.at += 3 + end + 3
		}
		return
	}
	if rest != "" && (rest[0] >= 'a' && rest[0] <= 'z' || rest[0] >= 'A' && rest[0] <= 'Z' || rest[0] == '/') {
		m.tag, m.attr, m.state = m.word(m.at), "", inTag
	}
}

// word reads a name, which an action may interrupt.
func (m *markup) word(from int) string {
	end := from
	for end < len(m.src) && !strings.ContainsRune(" \n\t=>\"'{", rune(m.src[end])) && (end == from || m.src[end] != '/') {
		end++
	}
	m.at = max(m.at, end)
	return strings.ToLower(m.src[from:end])
}

func (m *markup) endTag() {
	m.state = inText
	if m.tag == "script" || m.tag == "style" {
		m.raw = m.tag
	}
}

// forbidden says why an action must not stand where the current one does.
func (m *markup) forbidden() (message, hint string) {
	const data = "put data into data-* attributes and read them from a script file"
	switch {
	case m.raw != "" && m.state == inText:
		return fmt.Sprintf("an action inside a %s element", m.raw), data
	case m.state == beforeValue || m.state == inBare:
		m.state = inBare
		return "an action in an attribute without quotes", "put the value between double quotes"
	case m.state == inValue && strings.HasPrefix(m.attr, "on"):
		return fmt.Sprintf("an action in the event attribute %q", m.attr), data
	case m.state == inValue && m.attr == "style":
		return "an action in a style attribute", "choose between classes, and keep what they mean in a style sheet"
	case m.state == inValue && m.attr == "srcdoc":
		return "an action in a srcdoc attribute", "a page shows no frames"
	}
	return "", ""
}
