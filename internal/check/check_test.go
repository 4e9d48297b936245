package check_test

import (
	"strings"
	"testing"

	"entente/internal/check"
	"entente/internal/derive"
	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/prose"
	"entente/internal/worldtest"
)

// mutations are changes of the included site's data, each of which makes it
// wrong in one way.
var mutations = []struct {
	name      string
	path      string // below content/
	old, new  string // old stands once in the file
	rule      string
	near, far string // files of the two places
}{
	{"a membership ends before it begins", "organisations/western-union.yaml", "{member: belgium, from: '1948-03-17', until: '1955-05-06'", "{member: belgium, from: '1948-03-17', until: '1948-03-01'", "DT021", "organisations/western-union.yaml", "organisations/western-union.yaml"},
	{"an event ends before it begins", "events/1946-1969.yaml", "end: '1953-07-27'", "end: '1949-07-27'", "DT021", "events/1946-1969.yaml", "events/1946-1969.yaml"},
	{"a treaty is in force before it is signed", "treaties/anzus-treaty.yaml", "in_force: '1952-04-29'", "in_force: '1951-04-29'", "DT021", "treaties/anzus-treaty.yaml", "treaties/anzus-treaty.yaml"},
	{"an exercise ends before its first edition", "exercises/team-spirit.yaml", "last: '1993'", "last: '1973'", "DT021", "exercises/team-spirit.yaml", "exercises/team-spirit.yaml"},
	{"a member belongs twice", "organisations/anzus.yaml", "status: suspended", "status: member", "DT024", "organisations/anzus.yaml", "organisations/anzus.yaml"},
	{"a member joins before the founding", "organisations/pesco.yaml", "{member: austria, from: '2017-12-11'", "{member: austria, from: '2016-12-11'", "DT030", "organisations/pesco.yaml", "organisations/pesco.yaml"},
	{"a membership outlasts the body", "organisations/western-union.yaml", "{member: france, from: '1948-03-17', until: '1955-05-06'", "{member: france, from: '1948-03-17', until: '1956-05-06'", "DT030", "organisations/western-union.yaml", "organisations/western-union.yaml"},
	{"a member before independence without its mark", "organisations/arab-league.yaml", "founding: true, pre_independence: true", "founding: true", "DT031", "organisations/arab-league.yaml", "states/asia.yaml"},
	{"a party that had ceased to exist", "treaties/warsaw-treaty.yaml", "romania, soviet-union]", "romania, russian-empire]", "DT031", "treaties/warsaw-treaty.yaml", "states/historical.yaml"},
	{"frozen without being a member", "organisations/csto.yaml", "{member: armenia, from: '2024-02-22'", "{member: azerbaijan, from: '2024-02-22'", "DT032", "organisations/csto.yaml", "organisations/csto.yaml"},
	{"a part in the structure before the membership", "organisations/nato.yaml", "{member: spain, aspect: integrated-military", "{member: finland, aspect: integrated-military", "DT032", "organisations/nato.yaml", "organisations/nato.yaml"},
	{"an accession that the event dates otherwise", "organisations/nato.yaml", "{member: sweden, from: '2024-03-07'", "{member: sweden, from: '2024-03-08'", "DT033", "events/2010.yaml", "organisations/nato.yaml"},
	{"an end that the event dates otherwise", "events/1970-1991.yaml", "title: SEATO dissolved\n  date: '1977-06-30'", "title: SEATO dissolved\n  date: '1977-07-30'", "DT033", "events/1970-1991.yaml", "organisations/seato.yaml"},
	{"a withdrawal that the event dates otherwise", "events/1970-1991.yaml", "date: '1974-06-30'", "date: '1974-07-30'", "DT033", "events/1970-1991.yaml", "organisations/seato.yaml"},
	{"a signature that the event dates otherwise", "events/1946-1969.yaml", "date: '1947-03-04'", "date: '1947-03-14'", "DT033", "events/1946-1969.yaml", "treaties/dunkirk-treaty.yaml"},
	{"two living states with one code", "states/europe.yaml", "iso2: DK", "iso2: DE", "DT034", "states/europe.yaml", "states/europe.yaml"},
	{"an operation before the body that runs it", "operations/operations.yaml", "from: '1960-07'", "from: '1940-07'", "DT035", "operations/operations.yaml", "organisations/un-peacekeeping.yaml"},
	{"a pledge that is not returned", "organisations/csto.yaml", "article: '4'}", "article: '4', owed_by: [russia], owed_to: [belarus]}", "DT036", "organisations/csto.yaml", "organisations/csto.yaml"},
	{"a pledge to a stranger", "organisations/csto.yaml", "article: '4'}", "article: '4', owed_by: [russia], owed_to: [russia, france]}", "DT036", "organisations/csto.yaml", "organisations/csto.yaml"},
	{"a successor that comes first", "exercises/ulchi-freedom-shield.yaml", "first: '2022-08-22'", "first: '2002-08-22'", "DT037", "exercises/ulchi-freedom-shield.yaml", "exercises/ulchi-freedom-guardian.yaml"},
	{"a code before the state", "states/europe.yaml", "{code: '260', from: '1955-05-05'", "{code: '260', from: '1945-05-05'", "DT038", "states/europe.yaml", "states/europe.yaml"},
}

// included is the included site as texts by path.
func included(t *testing.T) map[string]string {
	t.Helper()
	set, err := file.Load(worldtest.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, x := range set.Texts {
		files[x.Path] = string(x.Bytes())
	}
	return files
}

// findings reads a site and gives all that is wrong with its data.
func findings(t *testing.T, files map[string]string) []diag.Diagnostic {
	t.Helper()
	w, list := worldtest.World(t, files)
	in := check.Input{World: w, Web: derive.Weave(w, nil), Bodies: make([]*prose.Body, len(w.Things))}
	return diag.Sort(append(list, check.All(in)...))
}

func TestIncludedDataIsSound(t *testing.T) {
	for _, d := range findings(t, included(t)) {
		t.Errorf("%s:%d: %s: %s", d.Path, d.Pos.Line, d.Rule, d.Message)
	}
}

// Each mutation gives one finding that names both places.
func TestMutations(t *testing.T) {
	files := included(t)
	for _, m := range mutations {
		t.Run(strings.ReplaceAll(m.name, " ", "-"), func(t *testing.T) {
			path := "content/" + m.path
			was := files[path]
			if n := strings.Count(was, m.old); n != 1 {
				t.Fatalf("%q stands %d times in %s", m.old, n, path)
			}
			files[path] = strings.Replace(was, m.old, m.new, 1)
			defer func() { files[path] = was }()
			list := findings(t, files)
			if len(list) != 1 {
				for _, d := range list {
					t.Logf("%s:%d: %s: %s", d.Path, d.Pos.Line, d.Rule, d.Message)
				}
				t.Fatalf("%d findings, want one", len(list))
			}
			d := list[0]
			if d.Rule != m.rule || d.Path != "content/"+m.near || d.Pos.Line == 0 {
				t.Errorf("%s:%d: %s, want %s in %s", d.Path, d.Pos.Line, d.Rule, m.rule, m.near)
			}
			if len(d.Related) == 0 || d.Related[0].Path != "content/"+m.far || d.Related[0].Pos.Line == 0 {
				t.Errorf("the other place is %v, want one in %s", d.Related, m.far)
			}
			if d.Related != nil && d.Related[0].Path == d.Path && d.Related[0].Pos == d.Pos {
				t.Error("both places are the same")
			}
		})
	}
}
