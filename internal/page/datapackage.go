package page

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"entente/internal/model"
	"entente/internal/record"
)

// dataPages are the whole data set: each kind of record as JSON, and all as
// the tables of a Frictionless data package, one by one and in one file.
func dataPages(*model.World) []Page {
	none := model.None
	list := []Page{
		{Path: "data/index.html", Template: "index.html", Thing: none, View: (*Site).dataPage},
		{Path: "data/datapackage.json", Thing: none, Encode: (*Site).dataPackage},
		{Path: "data/datapackage.zip", Thing: none, Encode: (*Site).dataArchive},
	}
	for _, k := range record.Kinds() {
		list = append(list, Page{Path: "data/" + k.Folder() + ".json", Thing: none, Encode: func(s *Site) []byte { return s.recordsJSON(k) }})
	}
	for _, t := range dataTables() {
		list = append(list, Page{Path: "data/" + t.Name + ".csv", Thing: none, Encode: func(s *Site) []byte { return s.tableCSV(t) }})
	}
	return list
}

func dataTables() []record.Table {
	var list []record.Table
	r := record.NewReader()
	for _, k := range record.Kinds() {
		list = append(list, r.Tables(k)...)
	}
	return list
}

// records are all records of a kind.
func (s *Site) records(k record.Kind) []any {
	var list []any
	for i := range s.World.Things {
		t := &s.World.Things[i]
		if rec := t.Record(); rec != nil && t.Kind.Folder() == k.Folder() {
			list = append(list, rec)
		}
	}
	return list
}

// recordsJSON is all records of a kind, as written.
func (s *Site) recordsJSON(k record.Kind) []byte {
	list := []any{}
	for _, rec := range s.records(k) {
		list = append(list, record.Plain(rec))
	}
	return indented(list)
}

func (s *Site) tableCSV(t record.Table) []byte {
	var head []string
	for _, c := range t.Columns {
		head = append(head, c.Name)
	}
	return record.WriteCSV(head, slices.Values(t.Rows(s.records(t.Kind))))
}

// dataPackage describes the tables after the Frictionless specification, v1.
// Dates are EDTF and may be coarse or doubtful, so that they are strings.
func (s *Site) dataPackage() []byte {
	r := s.World.Site
	var resources []any
	for _, t := range dataTables() {
		resources = append(resources, map[string]any{"name": t.Name, "path": t.Name + ".csv", "profile": "tabular-data-resource", "format": "csv",
			"mediatype": "text/csv", "encoding": "utf-8", "schema": tableSchema(t)})
	}
	v := map[string]any{"profile": "tabular-data-package", "name": "data", "title": r.Title, "version": r.AsOf.String(), "resources": resources,
		"description": strings.TrimSpace(r.Tagline + "\n\n" + s.say("data.notes"))}
	if !r.Updated.IsZero() {
		v["version"] = r.Updated.String()
	}
	if r.BaseURL != "" {
		v["homepage"], v["id"] = s.absolute("data/"), s.absolute("data/datapackage.json")
	}
	if r.Publisher != "" {
		v["contributors"] = []any{map[string]any{"title": r.Publisher, "role": "publisher"}}
	}
	if r.Licence != "" {
		licence := map[string]any{"name": strings.ReplaceAll(r.Licence, " ", "-"), "title": r.Licence}
		if r.LicenceURL != "" {
			licence["path"] = r.LicenceURL
		}
		v["licenses"] = []any{licence}
	}
	var sources []any
	for _, t := range s.World.Of(model.Source) {
		source := map[string]any{"title": t.Source.Title}
		if t.Source.URL != "" {
			source["path"] = t.Source.URL
		}
		sources = append(sources, source)
	}
	if sources != nil {
		v["sources"] = sources
	}
	return indented(v)
}

// tableSchema is a table as a Frictionless table schema.
func tableSchema(t record.Table) map[string]any {
	var fields, keys []any
	for _, c := range t.Columns {
		field := map[string]any{"name": c.Name, "type": "string"}
		constraints := map[string]any{}
		switch {
		case c.List:
			field["type"] = "array"
		case c.Truth:
			field["type"] = "boolean"
		}
		if c.Required {
			constraints["required"] = true
		}
		if t.List == "" && c.Name == "id" {
			constraints["unique"] = true
		}
		if len(c.Enum) > 0 {
			constraints["enum"] = c.Enum
		}
		if len(constraints) > 0 {
			field["constraints"] = constraints
		}
		if len(c.Refs) == 1 && !c.List {
			to := c.Refs[0]
			if to == t.Name {
				to = "" // the table itself
			}
			keys = append(keys, map[string]any{"fields": c.Name, "reference": map[string]any{"resource": to, "fields": "id"}})
		}
		fields = append(fields, field)
	}
	schema := map[string]any{"fields": fields, "missingValues": []string{""}}
	if t.List == "" {
		schema["primaryKey"] = "id"
	}
	if keys != nil {
		schema["foreignKeys"] = keys
	}
	return schema
}

// dataArchive is the data package in one file. Its entries have the same day
// always, so that the same data give the same bytes.
func (s *Site) dataArchive() []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	add := func(name string, b []byte) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = f.Write(b)
		}
		if err != nil {
			panic("page: zip: " + err.Error())
		}
	}
	add("datapackage.json", s.dataPackage())
	for _, t := range dataTables() {
		add(t.Name+".csv", s.tableCSV(t))
	}
	if err := z.Close(); err != nil {
		panic("page: zip: " + err.Error())
	}
	return buf.Bytes()
}

// dataPage lists what can be taken away.
func (s *Site) dataPage() any {
	v := s.index("data/", s.say("nav.data"), s.say("data.lede"))
	all := Group{ID: "package", Title: s.say("data.package"), Text: s.say("data.notes"),
		Names: []Link{{Href: "datapackage.zip", Text: "datapackage.zip"}, {Href: "datapackage.json", Text: "datapackage.json"}}}
	tables := Group{ID: "csv", Title: s.say("data.tables")}
	for _, t := range dataTables() {
		tables.Names = append(tables.Names, Link{Href: t.Name + ".csv", Text: t.Name + ".csv"})
	}
	records := Group{ID: "json", Title: s.say("data.records")}
	for _, k := range record.Kinds() {
		records.Names = append(records.Names, Link{Href: k.Folder() + ".json", Text: k.Folder() + ".json"})
	}
	figures := Group{ID: "figures", Title: s.say("data.figures")}
	for _, base := range []string{"matrix/memberships", "timeline/events", "indicators/states", "indicators/organisations", "network/ties"} {
		for _, l := range fileLinks("../" + base) {
			figures.Names = append(figures.Names, Link{Href: l.Href, Text: strings.TrimPrefix(l.Href, "../")})
		}
	}
	v.Groups = []Group{all, tables, records, figures}
	files := []string{"datapackage.zip", "datapackage.json"}
	for _, l := range tables.Names {
		files = append(files, l.Href)
	}
	v.About = []node{s.datasetNode("data/", s.World.Site.Title, s.say("data.lede")+" "+s.say("data.notes"), tableNames(), files...)}
	return v
}

func indented(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		panic("page: json: " + err.Error())
	}
	return buf.Bytes()
}
