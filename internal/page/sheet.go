package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"

	"entente/internal/model"
	"entente/internal/record"
)

// Sheet is a table to take away: what a chart or a table shows, or more of
// the same. A value is a string or a number.
type Sheet struct {
	Head []string
	Rows [][]any
}

// CSV writes the sheet as record.WriteCSV does; numbers stay numbers.
func (t Sheet) CSV() []byte {
	return record.WriteCSV(t.Head, func(yield func([]string) bool) {
		line := make([]string, len(t.Head))
		for _, row := range t.Rows {
			line = line[:0]
			for _, v := range row {
				line = append(line, cellText(v))
			}
			if !yield(line) {
				return
			}
		}
	})
}

func cellText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	}
	return fmt.Sprint(v)
}

// JSON writes the sheet as a list of objects, keys in the order of the head.
func (t Sheet) JSON() []byte {
	keys := make([]string, len(t.Head))
	for k, name := range t.Head {
		lead := ", "
		if k == 0 {
			lead = "\n {"
		}
		keys[k] = lead + string(appendJSON(nil, name)) + ": "
	}
	b := []byte("[")
	for i, row := range t.Rows {
		if i > 0 {
			b = append(b, ',')
		}
		for k, v := range row {
			b = appendJSON(append(b, keys[k]...), v)
		}
		if b = append(b, '}'); i == 0 {
			b = slices.Grow(b, len(t.Rows)*len(b)) // rows are much alike
		}
	}
	return append(b, "\n]\n"...)
}

// appendJSON writes a value as package json does. Most are small numbers and
// plain words, for which its way of finding out is long.
func appendJSON(b []byte, v any) []byte {
	switch v := v.(type) {
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case string:
		if plainJSON(v) {
			return append(append(append(b, '"'), v...), '"')
		}
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic("page: json: " + err.Error())
	}
	return append(b, text...)
}

// plainJSON reports whether nothing in a text needs to be escaped.
func plainJSON(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// fileLinks are the links to the two files of a sheet.
func fileLinks(base string) []Link {
	return []Link{{Href: base + ".csv", Text: "CSV"}, {Href: base + ".json", Text: "JSON"}}
}

// downloads is the line with both links, for figures that this package
// writes.
func (s *Site) downloads(base string) template.HTML {
	var links []string
	for _, l := range fileLinks(base) {
		links = append(links, `<a href="`+template.HTMLEscapeString(l.Href)+`">`+l.Text+`</a>`)
	}
	return template.HTML(`<p class="srcline">`) + s.sayHTML("data.download", "files", template.HTML(strings.Join(links, s.World.Words.Comma()))) + `</p>`
}

// sheetFiles are the two files of a sheet: at base plus ".csv" and ".json".
func sheetFiles(base string, thing model.ID, make func(*Site) Sheet) []Page {
	return []Page{
		{Path: base + ".csv", Thing: thing, Encode: func(s *Site) []byte { return s.sheet(base, make).CSV() }},
		{Path: base + ".json", Thing: thing, Encode: func(s *Site) []byte { return s.sheet(base, make).JSON() }},
	}
}

// sheet makes the rows of a sheet, once for both of its files: who comes
// second takes what the first has left.
func (s *Site) sheet(base string, make func(*Site) Sheet) Sheet {
	rows, left := s.sheets.LoadOrStore(base, sync.OnceValue(func() Sheet { return make(s) }))
	if left {
		s.sheets.Delete(base)
	}
	return rows.(func() Sheet)()
}
