package record

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
)

// Table is the schema of one table of a kind of record: the records
// themselves, or the entries of one of their lists, such as memberships. An
// entry names its record in the column "of".
type Table struct {
	Name    string // "states", "memberships"
	Kind    Kind
	List    string // field whose entries are the rows; "" for the records
	Columns []Column
}

// Column is one column. A list of words is written as a JSON array, so that
// nothing in its words can be taken for a divider.
type Column struct {
	Name     string
	Required bool
	Truth    bool
	Day      bool // a date
	List     bool
	Enum     []string
	Refs     []string // folders of the kinds that an id may belong to
	url      bool
	index    []int
}

// tableNames are the lists with a name of their own in the field.
var tableNames = map[string]string{"organisations.members": "memberships", "treaties.parties": "parties"}

// Tables lists the tables of a kind, the records first.
func (r *Reader) Tables(k Kind) []Table {
	tables := []Table{{Name: k.Folder(), Kind: k, Columns: r.columns(k.structType(), "", nil)}}
	p := r.plans[k.structType()]
	for i, f := range p.fields {
		t := k.structType().FieldByIndex(f.index).Type
		if f.kind != list || shapeOf(t.Elem()) != group {
			continue
		}
		name := tableNames[k.Folder()+"."+p.keys[i]]
		if name == "" {
			name = k.Folder() + "-" + strings.ReplaceAll(p.keys[i], "_", "-")
		}
		of := Column{Name: "of", Required: true, Refs: []string{k.Folder()}}
		tables = append(tables, Table{Name: name, Kind: k, List: p.keys[i], Columns: append([]Column{of}, r.columns(t.Elem(), "", nil)...)})
	}
	return tables
}

// columns are the fields of a struct, those of groups inside it too.
func (r *Reader) columns(t reflect.Type, before string, at []int) []Column {
	var all []Column
	p := r.plans[t]
	for i, f := range p.fields {
		ft := t.FieldByIndex(f.index).Type
		index := append(slices.Clone(at), f.index...)
		switch {
		case f.kind == group:
			all = append(all, r.columns(ft, before+p.keys[i]+"_", index)...)
		case f.kind == list && shapeOf(ft.Elem()) == group:
		default:
			all = append(all, Column{Name: before + p.keys[i], Required: f.required, Truth: f.kind == truth, Day: f.kind == day, List: f.kind == list, Enum: f.enum, Refs: f.refs, url: f.url, index: index})
		}
	}
	return all
}

// Rows writes records of the table's kind as its rows.
func (t Table) Rows(records []any) [][]string {
	var rows [][]string
	for _, rec := range records {
		v := reflect.ValueOf(rec).Elem()
		if t.List == "" {
			rows = append(rows, t.row(v, ""))
			continue
		}
		entries, id := fieldNamed(v, t.List), fieldNamed(v, "id").String()
		for i := range entries.Len() {
			rows = append(rows, t.row(entries.Index(i), id))
		}
	}
	return rows
}

func (t Table) row(v reflect.Value, of string) []string {
	row := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		if c.index == nil {
			row[i] = of
			continue
		}
		f := v.FieldByIndex(c.index)
		switch {
		case f.IsZero():
		case c.List:
			var b bytes.Buffer
			_ = writeValue(&b, f) // words always encode
			row[i] = b.String()
		default:
			row[i] = fmt.Sprint(f.Interface())
		}
	}
	return row
}

// fieldNamed finds a field by the name that authors write.
func fieldNamed(v reflect.Value, name string) reflect.Value {
	if f, ok := fieldIn(v, name); ok {
		return f
	}
	panic("record: no field " + name)
}

// fieldIn looks among the fields of a struct, and of those it embeds.
func fieldIn(v reflect.Value, name string) (reflect.Value, bool) {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		if key, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); key == name {
			return v.Field(i), true
		}
		if f.Anonymous && f.Type.Kind() == reflect.Struct {
			if inner, ok := fieldIn(v.Field(i), name); ok {
				return inner, true
			}
		}
	}
	return reflect.Value{}, false
}

// WriteCSV writes a head and rows after RFC 4180. A cell that a spreadsheet
// would take for a formula gets an apostrophe before it, as does one that
// begins with an apostrophe, so that reading can take one away from each. A
// row may be one that is filled anew.
func WriteCSV(head []string, rows iter.Seq[[]string]) []byte {
	var buf bytes.Buffer
	out := csv.NewWriter(&buf)
	out.UseCRLF = true
	_ = out.Write(head)
	var line []string
	for row := range rows {
		line = line[:0]
		for _, cell := range row {
			line = append(line, safeCell(cell))
		}
		_ = out.Write(line)
	}
	out.Flush()
	return buf.Bytes()
}

func safeCell(s string) string {
	if s != "" && strings.ContainsRune("'=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
