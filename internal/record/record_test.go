package record

import (
	"testing"

	"entente/internal/file"
)

// A scalar is taken by its text, whatever YAML would make of it.
func TestScalarsAreText(t *testing.T) {
	f := NewReader().Read(file.NewText("content/states/a.yaml", []byte("- {id: on, name: NO, region: 1955, codes: {iso2: NO, iso_num: 0123}}\n")), States)
	if len(f.Diags) > 0 {
		t.Fatal(f.Diags)
	}
	s := f.States[0]
	if s.ID != "on" || s.Name != "NO" || s.Region != "1955" || s.Codes.ISONum != "0123" {
		t.Errorf("%+v", s)
	}
}

func TestLocate(t *testing.T) {
	text := file.NewText("content/organisations/a.yaml", []byte("- id: x\n  name: X\n  members:\n    - {member: a, from: '1949'}\n    - {member: bb, from: '1950'}\n"))
	o := NewReader().Read(text, Organisations).Origins[0]
	for _, c := range []struct {
		path []any
		want file.Pos
	}{
		{[]any{"name"}, file.Pos{Line: 2, Col: 9}},
		{[]any{"members", 1, "member"}, file.Pos{Line: 5, Col: 16}},
		{[]any{"members", 1, "until"}, file.Pos{Line: 5, Col: 7}},
		{[]any{"nothing"}, file.Pos{Line: 1, Col: 3}},
	} {
		if got, _ := o.Locate(c.path...); got != c.want {
			t.Errorf("Locate(%v) = %v, want %v", c.path, got, c.want)
		}
	}
}

func TestRefs(t *testing.T) {
	refs := Refs(&Organisation{ID: "x", Treaties: []string{"t"}, Members: []Membership{{Member: "m"}}, Common: Common{Sources: []string{"s"}}})
	var got []string
	for _, r := range refs {
		got = append(got, r.Value)
	}
	if len(got) != 3 || got[0] != "t" || got[1] != "m" || got[2] != "s" {
		t.Errorf("%v", got)
	}
}

func FuzzRecord(f *testing.F) {
	for _, s := range []string{"- id: x\n  name: X\n", "- {id: x, members: [a, {member: b}]}", "a: &a [*a]", "- - -", "- id: !!binary x", "---\n---\n"} {
		f.Add([]byte(s))
	}
	r := NewReader()
	f.Fuzz(func(t *testing.T, b []byte) {
		text, _ := file.Admit("content/organisations/a.yaml", b)
		if text == nil {
			return
		}
		for _, k := range Kinds() {
			got := r.Read(text, k)
			for i, o := range got.Origins {
				if o.Item < i {
					t.Fatalf("record %d says it is item %d", i, o.Item)
				}
			}
			for _, d := range got.Diags {
				if d.Pos.Line < 1 || d.Pos.Col < 1 {
					t.Fatalf("%v has no place", d)
				}
			}
		}
	})
}
