package record

import (
	"reflect"
	"strings"
)

// Ref is an id that a record names, with the kinds it may belong to.
type Ref struct {
	Path  []any // keys and indexes inside the record, for Origin.Locate
	Value string
	Kinds []string // folder names, as in the schema
}

// Refs lists every reference of a record (a pointer to one of the record
// structs) in the order of the schema.
func Refs(rec any) []Ref {
	var refs []Ref
	walkRefs(reflect.ValueOf(rec).Elem(), nil, &refs)
	return refs
}

func walkRefs(v reflect.Value, path []any, refs *[]Ref) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			walkRefs(v.Field(i), path, refs)
			continue
		}
		key, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		fv := v.Field(i)
		if fv.IsZero() {
			continue
		}
		here := append(path[:len(path):len(path)], key)
		switch {
		case fv.Kind() == reflect.Struct && f.Type.PkgPath() == t.PkgPath():
			walkRefs(fv, here, refs)
		case fv.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct:
			for j := range fv.Len() {
				walkRefs(fv.Index(j), append(here[:len(here):len(here)], j), refs)
			}
		default:
			addRefs(fv, options, here, refs)
		}
	}
}

func addRefs(v reflect.Value, options string, path []any, refs *[]Ref) {
	for _, o := range strings.Split(options, ",") {
		list, ok := strings.CutPrefix(o, "ref=")
		if !ok {
			continue
		}
		kinds := strings.Split(list, "|")
		if v.Kind() == reflect.String {
			*refs = append(*refs, Ref{path, v.String(), kinds})
			continue
		}
		for i := range v.Len() {
			*refs = append(*refs, Ref{append(path[:len(path):len(path)], i), v.Index(i).String(), kinds})
		}
	}
}
