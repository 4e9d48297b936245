package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode"
)

// WriteYAML writes records as the file that Read reads: a field a line, the
// entries of a list in one line each.
func WriteYAML(records []any) []byte {
	var b bytes.Buffer
	for _, rec := range records {
		lead := "- "
		for _, f := range setFields(reflect.ValueOf(rec).Elem()) {
			b.WriteString(lead + f.key + ":")
			lead = "  "
			if f.value.Kind() == reflect.Slice && shapeOf(f.value.Type().Elem()) == group {
				b.WriteByte('\n')
				for i := range f.value.Len() {
					b.WriteString("    - " + flow(f.value.Index(i)) + "\n")
				}
				continue
			}
			b.WriteString(" " + flow(f.value) + "\n")
		}
	}
	return b.Bytes()
}

// List writes a record as a Markdown list of its fields, each text as show
// has it. The id of the record is left out.
func List(b *bytes.Buffer, rec any, show func(string) string) {
	listFields(b, "- ", reflect.ValueOf(rec).Elem(), show)
}

func listFields(b *bytes.Buffer, lead string, v reflect.Value, show func(string) string) {
	for _, f := range setFields(v) {
		name := strings.ReplaceAll(f.key, "_", " ")
		switch {
		case f.key == "id":
		case shapeOf(f.value.Type()) == group:
			listFields(b, lead+name+" ", f.value, show)
		case f.value.Kind() == reflect.Slice && shapeOf(f.value.Type().Elem()) == group:
			b.WriteString(lead + name + ":\n")
			for i := range f.value.Len() {
				between := "  - "
				for _, inner := range setFields(f.value.Index(i)) {
					b.WriteString(between + strings.ReplaceAll(inner.key, "_", " ") + ": ")
					listed(b, inner.value, show)
					between = "; "
				}
				b.WriteByte('\n')
			}
		default:
			b.WriteString(lead + name + ": ")
			listed(b, f.value, show)
			b.WriteByte('\n')
		}
	}
}

// listed writes a value in a list.
func listed(b *bytes.Buffer, v reflect.Value, show func(string) string) {
	if v.Kind() != reflect.Slice {
		b.WriteString(show(fmt.Sprint(v.Interface())))
		return
	}
	for i := range v.Len() {
		if i > 0 {
			b.WriteString(", ")
		}
		listed(b, v.Index(i), show)
	}
}

type setField struct {
	key   string
	value reflect.Value
}

// setFields are the fields of a struct that are set, in the order of the
// schema.
func setFields(v reflect.Value) []setField {
	var list []setField
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Anonymous {
			list = append(list, setFields(v.Field(i))...)
			continue
		}
		if key, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); !v.Field(i).IsZero() {
			list = append(list, setField{key, v.Field(i)})
		}
	}
	return list
}

// flow writes a value on one line.
func flow(v reflect.Value) string {
	if s, ok := v.Interface().(fmt.Stringer); ok {
		return "'" + s.String() + "'"
	}
	switch v.Kind() {
	case reflect.Struct:
		var parts []string
		for _, f := range setFields(v) {
			parts = append(parts, f.key+": "+flow(f.value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, flow(v.Index(i)))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Bool:
		return fmt.Sprint(v.Bool())
	}
	return scalar(v.String())
}

// plainWord are texts that are themselves in YAML without quotes: ids, but
// for those that YAML takes for something else.
var plainWord = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func scalar(s string) string {
	switch s {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		return "'" + s + "'"
	}
	if plainWord.MatchString(s) {
		return s
	}
	if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		b, _ := json.Marshal(s) // a text always encodes, and YAML reads JSON's escapes
		return string(b)
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
