package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// Plain is a record as an encoder of JSON sees it: the fields that are set,
// in the order of the schema, under the names that authors write.
func Plain(rec any) json.Marshaler { return plain{rec} }

type plain struct{ rec any }

// MarshalJSON implements json.Marshaler.
func (p plain) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	first := true
	if err := writeFields(&b, reflect.ValueOf(p.rec).Elem(), &first); err != nil {
		return nil, err
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func writeFields(b *bytes.Buffer, v reflect.Value, first *bool) error {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			if err := writeFields(b, v.Field(i), first); err != nil {
				return err
			}
			continue
		}
		fv := v.Field(i)
		if fv.IsZero() {
			continue
		}
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if !*first {
			b.WriteByte(',')
		}
		*first = false
		fmt.Fprintf(b, "%q:", key)
		if err := writeValue(b, fv); err != nil {
			return err
		}
	}
	return nil
}

func writeValue(b *bytes.Buffer, v reflect.Value) error {
	if s, ok := v.Interface().(fmt.Stringer); ok {
		v = reflect.ValueOf(s.String())
	}
	switch v.Kind() {
	case reflect.Struct:
		b.WriteByte('{')
		first := true
		if err := writeFields(b, v, &first); err != nil {
			return err
		}
		b.WriteByte('}')
	case reflect.Slice:
		b.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := writeValue(b, v.Index(i)); err != nil {
				return err
			}
		}
		b.WriteByte(']')
	default:
		j, err := json.Marshal(v.Interface())
		if err != nil {
			return err
		}
		b.Write(j)
	}
	return nil
}
