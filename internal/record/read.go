package record

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
)

// Limits of YAML.
const (
	maxDepth   = 64
	maxAliases = 10_000
)

// Reader reads records. It keeps the plan of each record type; one Reader
// may serve many goroutines.
type Reader struct{ plans map[reflect.Type]*plan }

// plan is a struct type as a schema.
type plan struct {
	keys   []string
	fields map[string]field
	inline string // key that a scalar stands for; "" when a mapping is required
}

type field struct {
	index    []int
	required bool
	url      bool
	enum     []string
}

// NewReader makes a reader.
func NewReader() *Reader {
	r := &Reader{plans: map[reflect.Type]*plan{}}
	for _, v := range []any{State{}, Organisation{}, Treaty{}, Exercise{}, Operation{}, Event{}, Term{}, Source{}, Site{}} {
		r.plan(reflect.TypeOf(v))
	}
	return r
}

// plan makes the schema of a struct type and of all types inside it.
func (r *Reader) plan(t reflect.Type) {
	if r.plans[t] != nil {
		return
	}
	p := &plan{fields: map[string]field{}}
	r.plans[t] = p
	for _, f := range reflect.VisibleFields(t) {
		tag := f.Tag.Get("yaml")
		if f.Anonymous || tag == "" || tag == "-" {
			continue
		}
		options := strings.Split(tag, ",")
		fd := field{index: f.Index}
		for _, o := range options[1:] {
			switch {
			case o == "required":
				fd.required = true
			case o == "url":
				fd.url = true
			case o == "inline":
				p.inline = options[0]
			case strings.HasPrefix(o, "enum="):
				fd.enum = strings.Split(o[5:], "|")
			}
		}
		p.keys = append(p.keys, options[0])
		p.fields[options[0]] = fd
		inner := f.Type
		if inner.Kind() == reflect.Slice {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != reflect.TypeFor[date.Date]() && inner != reflect.TypeFor[Origin]() {
			r.plan(inner)
		}
	}
}

// decoder reads one document.
type decoder struct {
	*Reader
	text    *file.Text
	line    int // added to lines of the YAML, for a block inside a page
	indent  int // added to columns
	prefix  string
	diags   []diag.Diagnostic
	aliases int
}

// Read reads one YAML file of a kind. It never fails: what cannot be read is
// in the diagnostics of the result, which depends on this file alone.
func (r *Reader) Read(t *file.Text, k Kind) *File {
	d := &decoder{Reader: r, text: t}
	f := &File{Kind: k, Text: t}
	if root := d.parse(t.Bytes); root != nil {
		d.list(f, root, -1)
	}
	f.Diags = d.diags
	return f
}

// ReadBlock reads the record in the front matter of a page: a mapping, or a
// list of one.
func (r *Reader) ReadBlock(t *file.Text, block []byte, front, line, indent int, k Kind) *File {
	d := &decoder{Reader: r, text: t, line: line - 1, indent: indent}
	f := &File{Kind: k, Text: t}
	if root := d.parse(block); root != nil {
		if root.Kind == yaml.MappingNode {
			root = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{root}, Line: root.Line, Column: root.Column}
		}
		d.list(f, root, front)
	}
	f.Diags = d.diags
	return f
}

// ReadSite reads content/site.yaml.
func ReadSite(t *file.Text) (*Site, []diag.Diagnostic) {
	d := &decoder{Reader: NewReader(), text: t, prefix: "CF"}
	s := &Site{Origin: Origin{Text: t, Item: -1}}
	root := d.parse(t.Bytes)
	if root == nil {
		return s, d.diags
	}
	if root.Kind != yaml.MappingNode {
		d.at(root, "CF001", "expected settings as key: value", "")
		return s, d.diags
	}
	d.mapping(root, reflect.ValueOf(s).Elem())
	if b := s.BaseURL; b != "" && !strings.HasPrefix(b, "https://") && !strings.HasPrefix(b, "http://") {
		start, end := s.Origin.Locate("base_url")
		d.diags = append(d.diags, diag.Diagnostic{Path: t.Path, Pos: start, End: end, Rule: "CF003",
			Message: fmt.Sprintf("base_url %q is not an absolute web address", b), Hint: "write for example https://example.org/handbook/"})
		s.BaseURL = ""
	}
	return s, d.diags
}

// code renames the codes of records for the configuration.
func (d *decoder) code(rule string) string {
	if d.prefix == "" {
		return rule
	}
	if rule == "DT005" {
		return "CF002"
	}
	return "CF001"
}

// at reports something at a node.
func (d *decoder) at(n *yaml.Node, rule, message, hint string) {
	start := file.Pos{Line: n.Line + d.line, Col: n.Column + d.indent}
	dg := diag.Diagnostic{Path: d.text.Path, Pos: start, Rule: d.code(rule), Message: message, Hint: hint}
	if n.Kind == yaml.ScalarNode && n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
		width := len([]rune(n.Value))
		if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
			width += 2
		}
		dg.End = file.Pos{Line: start.Line, Col: start.Col + max(1, width)}
	}
	d.diags = append(d.diags, dg)
}

func (d *decoder) place(line, col int, rule, message, hint string) {
	d.diags = append(d.diags, diag.Diagnostic{Path: d.text.Path, Pos: file.Pos{Line: line + d.line, Col: max(1, col) + d.indent}, Rule: d.code(rule), Message: message, Hint: hint})
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// parse reads one document and gives its root; nil when there is none or it
// has errors of syntax.
func (d *decoder) parse(b []byte) *yaml.Node {
	if line, col := deepest(b); line > 0 {
		d.place(line, col, "DT051", fmt.Sprintf("nested more than %d deep", maxDepth), "")
		return nil
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	var doc yaml.Node
	if err := dec.Decode(&doc); err != nil {
		if err.Error() != "EOF" {
			d.syntax(b, err)
		}
		return nil
	}
	var second yaml.Node
	if err := dec.Decode(&second); err == nil {
		d.place(second.Line, 1, "DT003", "a second document begins here", "one document per file")
		return nil
	} else if err.Error() != "EOF" {
		d.syntax(b, err)
		return nil
	}
	if len(doc.Content) == 0 {
		return nil
	}
	if root := doc.Content[0]; d.sound(root, 0) {
		return root
	}
	return nil
}

// deepest finds the place where flow collections nest beyond the limit.
func deepest(b []byte) (line, col int) {
	depth, line, start := 0, 1, 0
	for i, c := range b {
		switch c {
		case '\n':
			line, start = line+1, i+1
		case '[', '{':
			if depth++; depth > maxDepth {
				return line, i - start + 1
			}
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return 0, 0
}

// syntax turns an error of the YAML library into a diagnostic with a place.
func (d *decoder) syntax(b []byte, err error) {
	line, message := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	lines := bytes.Split(b, []byte("\n"))
	col, hint := 1, ""
	for i, l := range lines {
		if t := bytes.IndexByte(l, '\t'); t >= 0 && len(bytes.TrimLeft(l[:t], " ")) == 0 && i+1 >= line-1 && i+1 <= line+1 {
			d.place(i+1, t+1, "DT001", "a tab is used to indent", "use spaces")
			return
		}
	}
	if strings.Contains(message, "mapping values are not allowed") {
		// The library names the line of the second colon, or the one after it.
		for _, n := range []int{line, line - 1, line + 1} {
			if n >= 1 && n <= len(lines) {
				if first := bytes.Index(lines[n-1], []byte(": ")); first >= 0 {
					if second := bytes.Index(lines[n-1][first+2:], []byte(": ")); second >= 0 {
						line, col, hint = n, len([]rune(string(lines[n-1][:first+2+second])))+1, "quote the value: it holds a colon"
						break
					}
				}
			}
		}
	} else if line >= 1 && line <= len(lines) {
		col = len(lines[line-1]) - len(bytes.TrimLeft(lines[line-1], " ")) + 1
	}
	d.place(line, col, "DT001", "cannot be read as YAML: "+message, hint)
}

// sound refuses tags and keeps the budget of aliases.
func (d *decoder) sound(n *yaml.Node, depth int) bool {
	if depth > maxDepth {
		d.at(n, "DT051", fmt.Sprintf("nested more than %d deep", maxDepth), "")
		return false
	}
	if n.Style&yaml.TaggedStyle != 0 {
		d.at(n, "DT007", fmt.Sprintf("tag %q is not supported", n.Tag), "take it out")
		return false
	}
	if n.Kind == yaml.AliasNode {
		if d.aliases++; d.aliases > maxAliases {
			d.at(n, "DT050", fmt.Sprintf("aliases expand to more than %d values", maxAliases), "write the values out")
			return false
		}
		return d.sound(n.Alias, depth+1)
	}
	for _, c := range n.Content {
		if !d.sound(c, depth+1) {
			return false
		}
	}
	return true
}

func actual(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}

// list decodes the records of a file.
func (d *decoder) list(f *File, root *yaml.Node, front int) {
	if root.Kind != yaml.SequenceNode {
		d.place(1, 1, "DT002", "expected a list of records", "begin each record with \"- id: \"")
		return
	}
	for i, n := range root.Content {
		n = actual(n)
		if n.Kind != yaml.MappingNode {
			d.at(n, "DT002", "expected a record with fields", "begin each record with \"- id: \"")
			continue
		}
		o := Origin{Text: f.Text, Item: i, Front: front}
		if front < 0 {
			o.Front = 0
		} else {
			o.block = &frontBlock{line: d.line, indent: d.indent}
		}
		if d.one(f, n) {
			f.Origins = append(f.Origins, o)
		}
	}
}

// one decodes a record into the list of its kind; false when it has no
// usable id and is left out.
func (d *decoder) one(f *File, n *yaml.Node) bool {
	switch f.Kind {
	case States:
		return decodeInto(d, n, &f.States, func(r *State) string { return r.ID })
	case Organisations:
		return decodeInto(d, n, &f.Organisations, func(r *Organisation) string { return r.ID })
	case Treaties:
		return decodeInto(d, n, &f.Treaties, func(r *Treaty) string { return r.ID })
	case Exercises:
		return decodeInto(d, n, &f.Exercises, func(r *Exercise) string { return r.ID })
	case Operations:
		return decodeInto(d, n, &f.Operations, func(r *Operation) string { return r.ID })
	case Events:
		return decodeInto(d, n, &f.Events, func(r *Event) string { return r.ID })
	case Glossary:
		return decodeInto(d, n, &f.Terms, func(r *Term) string { return r.ID })
	}
	return decodeInto(d, n, &f.Sources, func(r *Source) string { return r.ID })
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

var notID = regexp.MustCompile(`[^a-z0-9]+`)

func decodeInto[T any](d *decoder, n *yaml.Node, list *[]T, id func(*T) string) bool {
	var rec T
	d.mapping(n, reflect.ValueOf(&rec).Elem())
	value := id(&rec)
	if value == "" {
		return false
	}
	if !idForm.MatchString(value) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "id" {
				hint := "lower-case letters and digits with single hyphens between"
				if s := strings.Trim(notID.ReplaceAllString(strings.ToLower(value), "-"), "-"); s != "" {
					hint += fmt.Sprintf(": %q", s)
				}
				d.at(n.Content[i+1], "ID002", fmt.Sprintf("id %q", value), hint)
			}
		}
		return false
	}
	*list = append(*list, rec)
	return true
}

// derived are fields that authors expect and that records must not hold.
var derived = map[string]string{"member_count": "", "count": "", "members_count": "", "number_of_members": "", "size": ""}

// mapping decodes a mapping into a struct.
func (d *decoder) mapping(n *yaml.Node, v reflect.Value) {
	p := d.plans[v.Type()]
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], actual(n.Content[i+1])
		name := key.Value
		f, known := p.fields[name]
		if !known {
			hint := "the keys are " + strings.Join(p.keys, ", ")
			if near := diag.Nearest(name, p.keys); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			if _, ok := derived[name]; ok {
				hint = "counts are never written down: they are derived from the members"
			}
			d.at(key, "DT005", fmt.Sprintf("unknown key %q", name), hint)
			continue
		}
		if first, twice := seen[name]; twice {
			d.at(key, "DT004", fmt.Sprintf("key %q stands twice; first in line %d", name, first.Line+d.line), "keep one of the two")
			continue
		}
		seen[name] = key
		if name == "id" && value.Kind == yaml.ScalarNode && value.Value == "" {
			continue
		}
		d.value(value, v.FieldByIndex(f.index), f, name)
	}
	for _, name := range p.keys {
		if f := p.fields[name]; f.required && v.FieldByIndex(f.index).IsZero() && !d.complained(seen[name]) {
			rule := "DT012"
			if name == "id" || name == "term" && seen[name] != nil {
				rule = "ID001"
			}
			where := n
			if k := seen[name]; k != nil {
				where = k
			}
			d.at(where, rule, fmt.Sprintf("%q is missing", name), "")
		}
	}
}

// complained reports whether the value of a key was refused already, so that
// it is not reported missing as well.
func (d *decoder) complained(key *yaml.Node) bool {
	if key == nil || len(d.diags) == 0 {
		return false
	}
	for _, dg := range d.diags {
		if dg.Pos.Line == key.Line+d.line && dg.Pos.Col > key.Column {
			return true
		}
	}
	return false
}

// value decodes one value by the type of its field.
func (d *decoder) value(n *yaml.Node, v reflect.Value, f field, name string) {
	switch {
	case v.Type() == reflect.TypeFor[date.Date]():
		d.date(n, v, name)
	case v.Kind() == reflect.String:
		d.text1(n, v, f, name)
	case v.Kind() == reflect.Bool:
		switch {
		case n.Kind == yaml.ScalarNode && n.Value == "true":
			v.SetBool(true)
		case n.Kind == yaml.ScalarNode && n.Value == "false":
		default:
			d.at(n, "DT010", fmt.Sprintf("%s is %s, expected true or false", name, shown(n)), "")
		}
	case v.Kind() == reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.at(n, "DT010", fmt.Sprintf("%s is %s, expected a list", name, shown(n)), fmt.Sprintf("write [%s]", n.Value))
			return
		}
		list := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
		for i, c := range n.Content {
			d.value(actual(c), list.Index(i), f, name)
		}
		v.Set(list)
	case v.Kind() == reflect.Struct:
		if p := d.plans[v.Type()]; n.Kind == yaml.ScalarNode && p.inline != "" && !empty(n) {
			v.FieldByIndex(p.fields[p.inline].index).SetString(n.Value)
			return
		}
		if n.Kind != yaml.MappingNode {
			d.at(n, "DT010", fmt.Sprintf("%s is %s, expected fields", name, shown(n)), "")
			return
		}
		d.mapping(n, v)
	}
}

// empty reports a value that was left out: nothing, ~ or null.
func empty(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

func shown(n *yaml.Node) string {
	switch n.Kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "a mapping"
	}
	if empty(n) {
		return "empty"
	}
	return strconv.Quote(n.Value)
}

func (d *decoder) date(n *yaml.Node, v reflect.Value, name string) {
	if n.Kind != yaml.ScalarNode || empty(n) {
		d.at(n, "DT010", fmt.Sprintf("%s is %s, expected a date", name, shown(n)), "")
		return
	}
	parsed, err := date.Parse(n.Value)
	if err != nil {
		var e *date.Error
		rule := "DT023"
		if errors.As(err, &e) {
			if e.NoSuchDay {
				rule = "DT022"
			}
			d.at(n, rule, e.Msg, e.Hint)
		}
		return
	}
	v.Set(reflect.ValueOf(parsed))
}

var schemes = []string{"https://", "http://"}

// text1 takes a scalar by its text, whatever YAML would make of it.
func (d *decoder) text1(n *yaml.Node, v reflect.Value, f field, name string) {
	if n.Kind != yaml.ScalarNode || empty(n) {
		d.at(n, "DT010", fmt.Sprintf("%s is %s, expected text", name, shown(n)), "")
		return
	}
	if f.enum != nil {
		found := false
		for _, e := range f.enum {
			found = found || e == n.Value
		}
		if !found {
			hint := "one of " + strings.Join(f.enum, ", ")
			if near := diag.Nearest(n.Value, f.enum); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			d.at(n, "DT011", fmt.Sprintf("%s has no value %q", name, n.Value), hint)
			return
		}
	}
	if f.url && !strings.HasPrefix(n.Value, schemes[0]) && !strings.HasPrefix(n.Value, schemes[1]) {
		d.at(n, "MD010", fmt.Sprintf("%s %q: only http and https are allowed", name, n.Value), "write the whole address, beginning with https://")
		return
	}
	v.SetString(n.Value)
}
