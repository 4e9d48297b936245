package diag

import (
	"reflect"
	"slices"
	"testing"

	"entente/internal/file"
)

// What has one cause is told once, with all its places; what has none stays.
func TestGather(t *testing.T) {
	at := func(path string, line int, cause string) Diagnostic {
		return Diagnostic{Path: path, Pos: file.Pos{Line: line, Col: 1}, Message: path + " is wrong", Cause: cause}
	}
	list := []Diagnostic{at("a", 1, "x"), at("b", 1, ""), at("b", 2, "y"), at("c", 3, "x"), at("d", 4, "x"), at("e", 5, "")}
	before := slices.Clone(list)
	x := at("a", 1, "x")
	x.Message, x.Related = "a is wrong (and 2 more places)", []Related{{"c", file.Pos{Line: 3, Col: 1}, "c is wrong"}, {"d", file.Pos{Line: 4, Col: 1}, "d is wrong"}}
	want := []Diagnostic{x, at("b", 1, ""), at("b", 2, "y"), at("e", 5, "")}
	if got := Gather(list); !reflect.DeepEqual(got, want) {
		t.Errorf("gathered\n%+v\nwant\n%+v", got, want)
	}
	if !reflect.DeepEqual(list, before) {
		t.Errorf("the list was changed: %+v", list)
	}
}
