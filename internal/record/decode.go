package record

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
)

// decoder reads one document.
type decoder struct {
	*Reader
	text   *file.Text
	places *places
	refs   []Ref // of the record read last
	site   bool  // codes are those of the configuration
	diags  []diag.Diagnostic

	refused []string // ids of records that were left out for them
}

// code renames the codes of records for the configuration.
func (d *decoder) code(rule string) string {
	switch {
	case !d.site:
		return rule
	case rule == "DT005":
		return "CF002"
	}
	return "CF001"
}

// at reports something at a node.
func (d *decoder) at(n *yaml.Node, rule, message, hint string) {
	start, end := d.places.span(d.text, n)
	d.diags = append(d.diags, diag.Diagnostic{Path: d.text.Path, Pos: start, End: end, Rule: d.code(rule), Message: message, Hint: hint})
}

// place reports something at a line and column of the YAML.
func (d *decoder) place(line, col int, rule, message, hint string) {
	d.diags = append(d.diags, diag.Diagnostic{Path: d.text.Path, Pos: file.Pos{Line: line + d.places.line, Col: max(1, col) + d.places.indent},
		Rule: d.code(rule), Message: message, Hint: hint})
}

func actual(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// pair finds a key of a mapping and its value; nil when it is not there.
func pair(n *yaml.Node, name string) (key, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if actual(n.Content[i]).Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

// empty reports a value that was left out: nothing, ~ or null.
func empty(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// shown names a value for a message.
func shown(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "fields"
	}
	if empty(n) {
		return "nothing"
	}
	if r := []rune(n.Value); len(r) > 60 {
		return strconv.Quote(string(r[:60])) + "…"
	}
	return strconv.Quote(n.Value)
}

// entry is what a mapping says of one of its fields.
type entry struct {
	key, value *yaml.Node
	refused    bool // and said so
}

// mapping decodes a mapping into a struct.
func (d *decoder) mapping(n *yaml.Node, v reflect.Value) {
	p := d.plans[v.Type()]
	said := make([]entry, len(p.keys))
	misspelt := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at, known := p.at[actual(key).Value]
		if !known || actual(key).Kind != yaml.ScalarNode {
			misspelt[d.unknown(key, p.keys)] = true
			continue
		}
		e := &said[at]
		if e.key != nil {
			d.at(key, "DT004", fmt.Sprintf("key %q stands twice; first in line %d", p.keys[at], e.key.Line+d.places.line), "keep one of the two")
			continue
		}
		*e = entry{key: key, value: value}
		if e.absent() {
			if !p.fields[at].required {
				d.at(key, "DT010", fmt.Sprintf("%s has no value", p.keys[at]), "give it one, or take the key out")
			}
			continue
		}
		before := len(d.diags)
		d.value(value, v.FieldByIndex(p.fields[at].index), &p.fields[at], p.fields[at].kind, p.keys[at])
		e.refused = len(d.diags) > before
	}
	for i := range p.fields {
		if f := &p.fields[i]; f.required && !said[i].refused && !misspelt[p.keys[i]] && v.FieldByIndex(f.index).IsZero() {
			d.missing(n, said[i], p.keys[i])
		}
	}
}

// absent reports a key with nothing behind its colon.
func (e entry) absent() bool { return empty(e.value) && e.value.Value == "" }

func (d *decoder) missing(record *yaml.Node, e entry, name string) {
	rule, where, what, hint := "DT012", record, "is missing", fmt.Sprintf("add %s:, it is required", name)
	if name == "id" || name == "term" && e.key != nil {
		rule = "ID001"
	}
	switch {
	case e.key == nil:
	case e.absent():
		where, what, hint = e.key, "has no value", "give it one, it is required"
	default:
		where, what, hint = e.value, "is empty", "give it a value, it is required"
	}
	d.at(where, rule, fmt.Sprintf("%s %s", name, what), hint)
}

// unknown reports a key that the schema does not have, and gives the one
// that was probably meant.
func (d *decoder) unknown(key *yaml.Node, keys []string) (meant string) {
	name := actual(key).Value
	if actual(key).Kind != yaml.ScalarNode {
		d.at(key, "DT005", fmt.Sprintf("a key cannot be %s", shown(actual(key))), "a key is one word before a colon")
		return ""
	}
	hint := "the keys are " + strings.Join(keys, ", ")
	meant = diag.Nearest(name, keys)
	if meant != "" {
		hint = fmt.Sprintf("did you mean %q?", meant)
	}
	if isCount(name) {
		hint = "counts are derived from the members, never written down"
	}
	d.at(key, "DT005", fmt.Sprintf("unknown key %q", name), hint)
	return meant
}

// isCount recognises fields that authors expect and that records must not
// hold: a number written down is wrong after the next accession.
func isCount(name string) bool {
	name = strings.ToLower(name)
	return name == "count" || name == "size" || strings.HasSuffix(name, "_count") || strings.HasPrefix(name, "number_of_") || strings.HasPrefix(name, "total_")
}

// value decodes one value by the shape of its field.
func (d *decoder) value(at *yaml.Node, v reflect.Value, f *field, kind shape, name string) {
	n := actual(at)
	switch kind {
	case day:
		d.date(at, v, name)
	case words:
		d.words(at, v, f, name)
	case truth:
		switch {
		case n.Kind == yaml.ScalarNode && n.Value == "true":
			v.SetBool(true)
		case n.Kind == yaml.ScalarNode && n.Value == "false":
		default:
			d.at(at, "DT010", fmt.Sprintf("%s: expected true or false, found %s", name, shown(n)), "write true or false")
		}
	case list:
		d.list(at, v, f, name)
	case group:
		p := d.plans[v.Type()]
		switch {
		case n.Kind == yaml.MappingNode:
			d.mapping(n, v)
		case n.Kind == yaml.ScalarNode && p.inline >= 0 && !empty(n):
			d.words(at, v.FieldByIndex(p.fields[p.inline].index), &p.fields[p.inline], name)
		default:
			d.at(at, "DT010", fmt.Sprintf("%s: expected fields, found %s", name, shown(n)), "the keys are "+strings.Join(p.keys, ", "))
		}
	}
}

func (d *decoder) list(at *yaml.Node, v reflect.Value, f *field, name string) {
	n := actual(at)
	if n.Kind != yaml.SequenceNode {
		hint := "begin each with \"- \""
		if n.Kind == yaml.ScalarNode && !empty(n) {
			hint = "write [" + n.Value + "]"
		}
		d.at(at, "DT010", fmt.Sprintf("%s: expected a list, found %s", name, shown(n)), hint)
		return
	}
	all := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	inner := shapeOf(v.Type().Elem())
	for i, c := range n.Content {
		before := len(d.diags)
		d.value(c, all.Index(i), f, inner, name)
		if inner == words && len(d.diags) == before && strings.TrimSpace(all.Index(i).String()) == "" {
			d.at(c, "DT010", fmt.Sprintf("%s: an entry is empty", name), "take it out")
		}
	}
	v.Set(all)
}

func (d *decoder) date(at *yaml.Node, v reflect.Value, name string) {
	n := actual(at)
	if n.Kind != yaml.ScalarNode || empty(n) {
		d.at(at, "DT010", fmt.Sprintf("%s: expected a date, found %s", name, shown(n)), "write 1949-04-04, 1949-04 or 1949")
		return
	}
	parsed, err := date.Parse(n.Value)
	if err == nil {
		v.Set(reflect.ValueOf(parsed))
		return
	}
	rule, message, hint := "DT023", err.Error(), ""
	var e *date.Error
	if errors.As(err, &e) {
		hint = e.Hint
		if e.NoSuchDay {
			rule = "DT022"
		}
	}
	d.at(at, rule, message, hint)
}

// words takes a scalar by its text, whatever YAML would make of it: NO, on,
// 1955 and 0123 are what they look like.
func (d *decoder) words(at *yaml.Node, v reflect.Value, f *field, name string) {
	n := actual(at)
	if n.Kind != yaml.ScalarNode || empty(n) {
		hint := "write a word or a text"
		if empty(n) {
			hint = "take it out, or write a word; ~ means nothing, \"~\" the sign"
		}
		d.at(at, "DT010", fmt.Sprintf("%s: expected text, found %s", name, shown(n)), hint)
		return
	}
	if f.enum != nil && !contains(f.enum, n.Value) {
		hint := "one of " + strings.Join(f.enum, ", ")
		if near := diag.Nearest(n.Value, f.enum); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		d.at(at, "DT011", fmt.Sprintf("%s cannot be %s", name, shown(n)), hint)
		return
	}
	if f.url && !webAddress(n.Value) {
		d.at(at, "MD010", fmt.Sprintf("%s: %s is not a web address; only http and https are allowed", name, shown(n)), "write the whole address, beginning with https://")
		return
	}
	if strings.TrimSpace(n.Value) == "" {
		return // a text of blanks says nothing
	}
	v.SetString(n.Value)
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

// webAddress reports whether s is an absolute address of the web, by its
// final form: what a browser would make of it.
func webAddress(s string) bool {
	if strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r == '"' || r == '<' || r == '>' || r == '\\' || !unicode.IsPrint(r)
	}) {
		return false
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != ""
}
