package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

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
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		for _, v := range row {
			rows[i] = append(rows[i], fmt.Sprint(v))
		}
	}
	return record.WriteCSV(t.Head, rows)
}

// JSON writes the sheet as a list of objects, keys in the order of the head.
func (t Sheet) JSON() []byte {
	var buf bytes.Buffer
	buf.WriteString("[")
	for i, row := range t.Rows {
		if i > 0 {
			buf.WriteString(",")
		}
		buf.WriteString("\n {")
		for k, v := range row {
			if k > 0 {
				buf.WriteString(", ")
			}
			writeJSON(&buf, t.Head[k])
			buf.WriteString(": ")
			writeJSON(&buf, v)
		}
		buf.WriteString("}")
	}
	buf.WriteString("\n]\n")
	return buf.Bytes()
}

func writeJSON(buf *bytes.Buffer, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		panic("page: json: " + err.Error())
	}
	buf.Write(b)
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
		{Path: base + ".csv", Thing: thing, Encode: func(s *Site) []byte { return make(s).CSV() }},
		{Path: base + ".json", Thing: thing, Encode: func(s *Site) []byte { return make(s).JSON() }},
	}
}
