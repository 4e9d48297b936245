package page

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"entente/internal/file"
	"entente/internal/record"
	"entente/internal/worldtest"
)

// A data set that was taken away, read and written again is the same data
// set: the same bytes, and the same records.
func TestDataComesBackAsItWent(t *testing.T) {
	odd, _ := worldtest.World(t, map[string]string{"content/states/odd.yaml": "- id: odd\n  name: '=1+1'\n  region: \"'quoted'\"\n" +
		"  aliases: ['a,b', '; \"c\" |', '-d']\n  exists: {from: '-0477', until: '1990-08~'}\n  note: \"- one\\ntwo, \\\"three\\\"\"\n" +
		"  demonyms: ['yes', '~', '2001', ': #', '\t=1', 'a\\b']\n  former_names: [{name: '@x', from: '1914?'}, {name: y}]\n"})
	if x, ok := odd.Lookup("odd"); !ok || len(x.State.Demonyms) != 6 {
		t.Fatal("the odd record was not read")
	}
	for name, s := range map[string]*Site{"included": includedSite(t), "odd": testSite(odd)} {
		reader := record.NewReader()
		texts := map[string]*file.Text{}
		for _, table := range dataTables() {
			texts[table.Name], _ = file.Admit(table.Name+".csv", s.tableCSV(table))
		}
		for _, k := range record.Kinds() {
			imported, diags := reader.Import(k, texts)
			if len(diags) > 0 {
				t.Fatalf("%s: %v", name, diags)
			}
			var back []any
			for _, r := range imported {
				back = append(back, r.Record)
			}
			sameRecords(t, name+" from CSV", s.records(k), back)
			yaml := reader.Read(file.NewText("content/x/imported.yaml", record.WriteYAML(back)), k)
			if len(yaml.Diags) > 0 {
				t.Fatalf("%s: %v", name, yaml.Diags)
			}
			sameRecords(t, name+" from YAML", s.records(k), yaml.Records())
			for _, table := range reader.Tables(k) {
				if again := table.Rows(yaml.Records()); !reflect.DeepEqual(again, table.Rows(s.records(k))) {
					t.Errorf("%s: table %s is not the same when written again", name, table.Name)
				}
			}
		}
	}
}

func sameRecords(t *testing.T, name string, was, is []any) {
	t.Helper()
	if len(was) != len(is) {
		t.Fatalf("%s: %d records came back as %d", name, len(was), len(is))
	}
	for i := range was {
		a, _ := json.Marshal(record.Plain(was[i]))
		b, _ := json.Marshal(record.Plain(is[i]))
		if string(a) != string(b) {
			t.Errorf("%s: %s came back as %s", name, a, b)
		}
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "\n=1"} {
		got := record.WriteCSV([]string{"a"}, slices.Values([][]string{{cell}}))
		if !strings.Contains(string(got), "'"+strings.ReplaceAll(cell, "\n", "\r\n")) {
			t.Errorf("%q is written as %q", cell, got)
		}
	}
}

// The descriptor names every table with its columns in their order, its
// licence and its sources, and refers only to what is there.
func TestDataPackageDescribesItsTables(t *testing.T) {
	s := includedSite(t)
	var p struct {
		Profile   string
		Name      string
		Licenses  []struct{ Name, Path string }
		Sources   []struct{ Title string }
		Resources []struct {
			Name, Path string
			Schema     struct {
				Fields      []struct{ Name, Type string }
				PrimaryKey  string
				ForeignKeys []struct {
					Fields    string
					Reference struct{ Resource, Fields string }
				}
			}
		}
	}
	if err := json.Unmarshal(s.dataPackage(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Profile != "tabular-data-package" || len(p.Licenses) != 1 || p.Licenses[0].Name != "CC-BY-4.0" || len(p.Sources) < 50 {
		t.Errorf("profile %q, licences %v, %d sources", p.Profile, p.Licenses, len(p.Sources))
	}
	rows := map[string]map[string]bool{}
	for _, r := range p.Resources {
		for _, table := range dataTables() {
			if table.Name == r.Name {
				lines, err := csv.NewReader(bytes.NewReader(s.tableCSV(table))).ReadAll()
				if err != nil {
					t.Fatal(err)
				}
				head := lines[0]
				rows[r.Name] = map[string]bool{}
				for _, line := range lines[1:] {
					rows[r.Name][line[0]] = true
				}
				for i, f := range r.Schema.Fields {
					if head[i] != f.Name {
						t.Errorf("%s: column %d is %q, the schema says %q", r.Name, i, head[i], f.Name)
					}
				}
			}
		}
	}
	for _, name := range []string{"states", "organisations", "memberships", "treaties", "parties", "exercises", "operations", "events", "glossary", "sources"} {
		if len(rows[name]) == 0 {
			t.Errorf("no rows in %s", name)
		}
	}
	for _, r := range p.Resources {
		for _, key := range r.Schema.ForeignKeys {
			to := key.Reference.Resource
			if to == "" {
				to = r.Name
			}
			if rows[to] == nil || key.Reference.Fields != "id" {
				t.Errorf("%s refers to %q", r.Name, to)
			}
		}
	}
}
