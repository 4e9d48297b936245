package record

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/file"
)

// Imported is a record from a table, and where its id stands there.
type Imported struct {
	Record any
	ID     string
	Text   *file.Text
	Pos    file.Pos
}

// Import makes the records of a kind from its tables as CSV, by the name of
// the table: the inverse of Table.Rows. Columns may stand in any order and
// those that need not be filled may be missing. What cannot be read is left
// out and stands in the diagnostics, at its cell.
func (r *Reader) Import(k Kind, texts map[string]*file.Text) ([]Imported, []diag.Diagnostic) {
	m := &importer{kind: k, byID: map[string]reflect.Value{}, first: map[string]cell{}}
	for _, t := range r.Tables(k) {
		if text := texts[t.Name]; text != nil {
			m.table(t, text)
		}
	}
	return m.records, m.diags
}

type importer struct {
	kind    Kind
	records []Imported
	byID    map[string]reflect.Value
	first   map[string]cell // where an id stands
	text    *file.Text      // being read
	diags   []diag.Diagnostic
}

// cell is a cell with its place.
type cell struct {
	text      string
	line, col int // the column counts bytes
}

func (m *importer) at(c cell, rule, message, hint string) {
	m.diags = append(m.diags, diag.Diagnostic{Path: m.text.Path, Pos: m.pos(c), Rule: rule, Message: message, Hint: hint})
}

func (m *importer) pos(c cell) file.Pos {
	line := m.text.Line(c.line)
	return file.Pos{Line: c.line, Col: utf8.RuneCountInString(line[:min(c.col-1, len(line))]) + 1}
}

// table reads one table: the head, then a record or an entry a row.
func (m *importer) table(t Table, text *file.Text) {
	m.text = text
	in := csv.NewReader(bytes.NewReader(text.Bytes()))
	in.FieldsPerRecord = -1
	head, ok := m.row(in)
	if !ok {
		if len(m.diags) == 0 {
			m.at(cell{line: 1, col: 1}, "IM001", "the file is empty", "the first line names the columns")
		}
		return
	}
	columns, ok := m.head(t, head)
	for {
		row, more := m.row(in)
		if !more || !ok {
			return
		}
		if len(row) != len(head) {
			hint := "put quotation marks around a cell that holds a comma, and two for one inside it"
			if len(row) < len(head) {
				hint = "an empty cell has its comma too"
			}
			m.at(row[min(len(row), len(head))-1], "IM001", fmt.Sprintf("%s in this row, %d in the first", cells(len(row)), len(head)), hint)
			continue
		}
		m.record(t, columns, row)
	}
}

func cells(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}

// row reads the next row; false at the end, and where the file breaks off.
func (m *importer) row(in *csv.Reader) ([]cell, bool) {
	fields, err := in.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		m.at(cell{line: broken.Line, col: max(broken.Column, 1)}, "IM001", strings.TrimPrefix(broken.Err.Error(), "csv: "), "put quotation marks around the whole cell, and two for one inside it")
		return nil, false
	case errors.Is(err, io.EOF):
		return nil, false
	case err != nil:
		m.at(cell{line: 1, col: 1}, "IM001", err.Error(), "")
		return nil, false
	}
	row := make([]cell, len(fields))
	for i, f := range fields {
		line, col := in.FieldPos(i)
		row[i] = cell{strings.TrimPrefix(f, "'"), line, col}
	}
	return row, true
}

// head finds the column of each cell of the first line; false when a row
// cannot be understood by it.
func (m *importer) head(t Table, head []cell) ([]Column, bool) {
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	columns := make([]Column, len(head))
	known := true
	for i, h := range head {
		at := slices.Index(names, h.text)
		switch {
		case at < 0:
			hint := "the columns are " + strings.Join(names, ", ")
			if near := diag.Nearest(h.text, names); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			m.at(h, "IM002", fmt.Sprintf("%s has no column %q", t.Name, h.text), hint)
			known = false
		case slices.ContainsFunc(head[:i], func(o cell) bool { return o.text == h.text }):
			m.at(h, "IM002", fmt.Sprintf("the column %q stands twice", h.text), "keep one of the two")
			known = false
		default:
			columns[i] = t.Columns[at]
		}
	}
	for _, c := range t.Columns {
		if c.Required && !slices.ContainsFunc(head, func(h cell) bool { return h.text == c.Name }) {
			m.at(head[0], "IM002", fmt.Sprintf("%s has no column %q, which every row must fill", t.Name, c.Name), "the columns are "+strings.Join(names, ", "))
			known = false
		}
	}
	return columns, known
}

// record takes one row in.
func (m *importer) record(t Table, columns []Column, row []cell) {
	find := func(name string) cell {
		return row[slices.IndexFunc(columns, func(c Column) bool { return c.Name == name })]
	}
	v := reflect.New(m.kind.structType()).Elem()
	into := v
	if t.List != "" {
		of := find("of")
		rec, ok := m.byID[of.text]
		if !ok {
			m.at(of, "IM003", fmt.Sprintf("no %s %q in the table %s", m.kind.Noun(), of.text, m.kind.Folder()), hintNear(of.text, m.byID))
			return
		}
		entries := fieldNamed(rec, t.List)
		entries.Set(reflect.Append(entries, reflect.Zero(entries.Type().Elem())))
		into = entries.Index(entries.Len() - 1)
	}
	for i, c := range columns {
		m.fill(into, c, row[i])
	}
	if t.List != "" {
		return
	}
	id := find("id")
	switch old, twice := m.first[id.text]; {
	case id.text == "":
	case !idForm.MatchString(id.text):
		hint := "lower-case letters and digits with single hyphens between"
		if s := AsID(id.text); s != "" {
			hint = fmt.Sprintf("write %s: %s", s, hint)
		}
		m.at(id, "ID002", fmt.Sprintf("%q cannot be an id", id.text), hint)
	case twice:
		m.at(id, "ID003", fmt.Sprintf("id %q is already used in line %d", id.text, old.line), "give one of the two another id")
	default:
		m.first[id.text], m.byID[id.text] = id, v
		m.records = append(m.records, Imported{v.Addr().Interface(), id.text, m.text, m.pos(id)})
	}
}

func hintNear(id string, all map[string]reflect.Value) string {
	var ids []string
	for k := range all {
		ids = append(ids, k)
	}
	slices.Sort(ids)
	if near := diag.Nearest(id, ids); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// fill puts a cell into its field.
func (m *importer) fill(v reflect.Value, col Column, c cell) {
	if c.text == "" {
		if col.Required {
			m.at(c, "DT012", fmt.Sprintf("%s is empty", col.Name), "every row must fill it")
		}
		return
	}
	if col.index == nil {
		return // the record that an entry is of
	}
	f := v.FieldByIndex(col.index)
	switch {
	case col.List:
		var words []string
		if err := json.Unmarshal([]byte(c.text), &words); err != nil {
			m.at(c, "DT010", fmt.Sprintf("%s: %q is not a list", col.Name, c.text), `write a JSON array: ["one","two"]`)
			return
		}
		f.Set(reflect.ValueOf(words))
	case col.Truth:
		switch strings.ToLower(c.text) { // spreadsheets write TRUE
		case "true":
			f.SetBool(true)
		case "false":
		default:
			m.at(c, "DT010", fmt.Sprintf("%s: %q is neither true nor false", col.Name, c.text), "write true, or leave the cell empty")
		}
	case col.Day:
		d, err := date.Parse(c.text)
		if err != nil {
			rule, hint := "DT023", ""
			var e *date.Error
			if errors.As(err, &e) {
				if hint = e.Hint; e.NoSuchDay {
					rule = "DT022"
				}
			}
			m.at(c, rule, fmt.Sprintf("%s: %v", col.Name, err), hint)
			return
		}
		f.Set(reflect.ValueOf(d))
	case col.Enum != nil && !contains(col.Enum, c.text):
		hint := "one of " + strings.Join(col.Enum, ", ")
		if near := diag.Nearest(c.text, col.Enum); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		m.at(c, "DT011", fmt.Sprintf("%s cannot be %q", col.Name, c.text), hint)
	case col.url && !webAddress(c.text):
		m.at(c, "MD010", fmt.Sprintf("%s: %q is not a web address; only http and https are allowed", col.Name, c.text), "write the whole address, beginning with https://")
	default:
		f.SetString(c.text)
	}
}
