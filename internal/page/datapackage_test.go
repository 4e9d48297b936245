package page

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"entente/internal/record"
	"entente/internal/worldtest"
)

// A data set that was taken away, read and written again is the same data
// set: the same bytes, and the same records.
func TestDataComesBackAsItWent(t *testing.T) {
	odd, _ := worldtest.World(t, map[string]string{"content/states/odd.yaml": "- id: odd\n  name: '=1+1'\n  region: \"'quoted'\"\n" +
		"  aliases: ['a,b', '; \"c\" |', '-d']\n  exists: {from: '-0477', until: '1990-08~'}\n  note: \"- one\\ntwo, \\\"three\\\"\"\n" +
		"  former_names: [{name: '@x', from: '1914?'}, {name: y}]\n"})
	for name, s := range map[string]*Site{"included": includedSite(t), "odd": testSite(odd)} {
		reader := record.NewReader()
		for _, k := range record.Kinds() {
			var rows [][][]string
			for _, table := range reader.Tables(k) {
				_, r, err := record.ReadCSV(bytes.NewReader(s.tableCSV(table)))
				if err != nil {
					t.Fatalf("%s: %s: %v", name, table.Name, err)
				}
				rows = append(rows, r)
			}
			back, err := reader.Records(k, rows)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			was := s.records(k)
			if len(back) != len(was) || name == "odd" && k == record.States && len(was) != 1 {
				t.Fatalf("%s: %d %s came back as %d", name, len(was), k.Folder(), len(back))
			}
			for i := range was {
				a, _ := json.Marshal(record.Plain(was[i]))
				b, _ := json.Marshal(record.Plain(back[i]))
				if string(a) != string(b) {
					t.Errorf("%s: %s came back as %s", name, a, b)
				}
			}
			for i, table := range reader.Tables(k) {
				if again := table.Rows(back); len(again)+len(rows[i]) > 0 && !reflect.DeepEqual(again, rows[i]) {
					t.Errorf("%s: table %s is not the same when written again", name, table.Name)
				}
			}
		}
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	for _, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "\n=1"} {
		got := record.WriteCSV([]string{"a"}, [][]string{{cell}})
		if !strings.Contains(string(got), "'"+strings.ReplaceAll(cell, "\n", "\r\n")) {
			t.Errorf("%q is written as %q", cell, got)
		}
		if _, rows, err := record.ReadCSV(bytes.NewReader(got)); err != nil || rows[0][0] != cell {
			t.Errorf("%q is read back as %q, %v", cell, rows, err)
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
				head, lines, _ := record.ReadCSV(bytes.NewReader(s.tableCSV(table)))
				rows[r.Name] = map[string]bool{}
				for _, line := range lines {
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
