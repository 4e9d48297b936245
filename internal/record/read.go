package record

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/limits"
)

// Read reads one YAML file of a kind. It never fails: what cannot be read is
// in the diagnostics of the result, which depends on this file alone.
func (r *Reader) Read(t *file.Text, k Kind) *File {
	d := &decoder{Reader: r, text: t, places: &places{yaml: t.Bytes()}}
	f := &File{Kind: k, Text: t}
	if n := len(d.places.yaml); n > limits.Data {
		d.place(1, 1, "DT052", fmt.Sprintf("%d bytes of YAML, the limit is %d", n, limits.Data), "spread the records over several files")
	} else if root := d.parse(1); root != nil {
		d.records(f, root, 0)
	}
	f.Diags = d.diags
	return f
}

// ReadBlock reads the record in the front matter of a page: a mapping, or a
// list of one. The block is given without its indent; front is the offset of
// its first byte in the page, line the line there.
func (r *Reader) ReadBlock(t *file.Text, block []byte, front, line, indent int, k Kind) *File {
	d := &decoder{Reader: r, text: t, places: &places{yaml: block, line: line - 1, indent: indent}}
	f := &File{Kind: k, Text: t}
	if root := d.parse(0); root != nil {
		if root.Kind == yaml.MappingNode {
			root = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{root}, Line: root.Line, Column: root.Column}
		}
		d.records(f, root, front)
	}
	f.Diags = d.diags
	return f
}

// ReadSite reads content/site.yaml.
func ReadSite(t *file.Text) (*Site, []diag.Diagnostic) {
	d := &decoder{Reader: NewReader(), text: t, site: true, places: &places{yaml: t.Bytes()}}
	s := &Site{Origin: Origin{Text: t, Item: -1, places: d.places}}
	root := d.parse(0)
	if root == nil {
		if len(d.diags) > 0 {
			return s, d.diags
		}
		root = &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	}
	if root.Kind != yaml.MappingNode {
		d.at(root, "CF001", "expected settings as key: value", "write for example title: Handbook")
		return s, d.diags
	}
	d.mapping(root, reflect.ValueOf(s).Elem())
	if b := s.BaseURL; b != "" && !isBase(b) {
		d.diags = append(d.diags, s.Origin.Diag(diag.Error, "CF003", fmt.Sprintf("base_url %q is not an absolute web address", b),
			"write for example https://example.org/handbook/", "base_url"))
		s.BaseURL = ""
	}
	return s, d.diags
}

func isBase(s string) bool {
	u, err := url.Parse(s)
	return err == nil && webAddress(s) && u.RawQuery == "" && u.Fragment == "" && u.User == nil
}

// records decodes the records of a file.
func (d *decoder) records(f *File, root *yaml.Node, front int) {
	switch {
	case empty(root) && root.Value == "":
		return // "---" alone
	case root.Kind == yaml.MappingNode:
		d.at(root, "DT002", "expected a list of records, found one record", "begin the record with \"- \" and indent its other lines by two spaces")
		return
	case root.Kind != yaml.SequenceNode:
		d.at(root, "DT002", fmt.Sprintf("expected a list of records, found %s", shown(root)), "begin each record with \"- id: \"")
		return
	}
	d.places.refs = make([][]Ref, len(root.Content))
	for i, item := range root.Content {
		n := actual(item)
		if n.Kind != yaml.MappingNode {
			d.at(item, "DT002", fmt.Sprintf("expected a record with fields, found %s", shown(n)), "begin each record with \"- id: \"")
			continue
		}
		if d.one(f, n, i, front) {
			f.Origins = append(f.Origins, Origin{Text: f.Text, Item: i, Front: front, places: d.places})
			d.places.refs[i] = d.refs
		}
	}
}

// one decodes a record into the list of its kind; false when it has no
// usable id and is left out.
func (d *decoder) one(f *File, n *yaml.Node, item, front int) bool {
	refused := len(d.refused)
	defer func() {
		if len(d.refused) > refused {
			f.Refused = append(f.Refused, Refused{ID: d.refused[refused], Origin: Origin{Text: f.Text, Item: item, Front: front, places: d.places}})
		}
	}()
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

func decodeInto[T any](d *decoder, n *yaml.Node, list *[]T, id func(*T) string) bool {
	var rec T
	d.mapping(n, reflect.ValueOf(&rec).Elem())
	value := id(&rec)
	if value == "" {
		return false
	}
	if !idForm.MatchString(value) {
		d.refused = append(d.refused, value)
		if _, v := pair(n, "id"); v != nil {
			hint := "lower-case letters and digits with single hyphens between"
			if s := AsID(value); s != "" {
				hint = fmt.Sprintf("write %s: %s", s, hint)
			}
			d.at(v, "ID002", fmt.Sprintf("%q cannot be an id", value), hint)
		}
		return false
	}
	*list = append(*list, rec)
	d.refs = Refs(&rec)
	return true
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

var notID = regexp.MustCompile(`[^a-z0-9]+`)

// AsID makes an id of a name: "" when nothing of it can stay.
func AsID(name string) string {
	name = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "đ", "d", "æ", "ae", "œ", "oe", "ı", "i", "þ", "th", "ð", "d").Replace(strings.ToLower(name))
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, norm.NFKD.String(name))
	return strings.Trim(notID.ReplaceAllString(plain, "-"), "-")
}

// Records are the records of the file, as pointers to their structs.
func (f *File) Records() []any {
	var all []any
	lists := reflect.ValueOf(f).Elem()
	for _, name := range []string{"States", "Organisations", "Treaties", "Exercises", "Operations", "Events", "Terms", "Sources"} {
		list := lists.FieldByName(name)
		for i := range list.Len() {
			all = append(all, list.Index(i).Addr().Interface())
		}
	}
	return all
}
