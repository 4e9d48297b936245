package record

import (
	"reflect"
	"strings"

	"entente/internal/date"
)

// Reader reads records. It keeps the plan of each record type, made once
// from the struct tags; one Reader may serve many goroutines.
type Reader struct{ plans map[reflect.Type]*plan }

// plan is a struct type as a schema.
type plan struct {
	keys   []string // in the order of the struct
	fields []field  // as keys
	at     map[string]int
	inline int // the field that a bare value stands for; -1 when fields are required
}

type field struct {
	index    []int
	kind     shape
	required bool
	url      bool
	enum     []string
	refs     []string // folders of the kinds that an id may belong to
}

// shape is how a value is written.
type shape uint8

const (
	words shape = iota // a text
	truth              // true or false
	day                // a date
	list               // a list of one of the others
	group              // fields
)

// NewReader makes a reader.
func NewReader() *Reader {
	r := &Reader{plans: map[reflect.Type]*plan{}}
	for _, k := range Kinds() {
		r.plan(k.structType())
	}
	r.plan(reflect.TypeFor[Site]())
	return r
}

// structType is the type of the kind's records.
func (k Kind) structType() reflect.Type {
	return [...]reflect.Type{reflect.TypeFor[State](), reflect.TypeFor[Organisation](), reflect.TypeFor[Treaty](), reflect.TypeFor[Exercise](),
		reflect.TypeFor[Operation](), reflect.TypeFor[Event](), reflect.TypeFor[Term](), reflect.TypeFor[Source]()}[k]
}

// plan makes the schema of a struct type and of all types inside it.
func (r *Reader) plan(t reflect.Type) {
	if r.plans[t] != nil {
		return
	}
	p := &plan{at: map[string]int{}, inline: -1}
	r.plans[t] = p
	for _, f := range reflect.VisibleFields(t) {
		tag := f.Tag.Get("yaml")
		if f.Anonymous || tag == "" || tag == "-" {
			continue
		}
		options := strings.Split(tag, ",")
		fd := field{index: f.Index, kind: shapeOf(f.Type)}
		for _, o := range options[1:] {
			name, value, _ := strings.Cut(o, "=")
			switch name {
			case "required":
				fd.required = true
			case "url":
				fd.url = true
			case "inline":
				p.inline = len(p.keys)
			case "enum":
				fd.enum = strings.Split(value, "|")
			case "ref":
				fd.refs = strings.Split(value, "|")
			}
		}
		p.at[options[0]] = len(p.keys)
		p.keys = append(p.keys, options[0])
		p.fields = append(p.fields, fd)
		inner := f.Type
		if fd.kind == list {
			inner = inner.Elem()
		}
		if shapeOf(inner) == group {
			r.plan(inner)
		}
	}
}

func shapeOf(t reflect.Type) shape {
	switch {
	case t == reflect.TypeFor[date.Date]():
		return day
	case t.Kind() == reflect.Bool:
		return truth
	case t.Kind() == reflect.Slice:
		return list
	case t.Kind() == reflect.Struct:
		return group
	}
	return words
}
