package page

import (
	"html/template"
	"testing"

	"entente/internal/chart"
	"entente/internal/derive"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/worldtest"
)

// testSite is a site around a world, without texts.
func testSite(w *model.World) *Site {
	bodies := make([]*prose.Body, len(w.Things))
	return &Site{World: w, Bodies: bodies, Web: derive.Weave(w, bodies), Geo: chart.LoadGeo(), Assets: map[string]string{"assets/icon.svg": "assets/icon.svg"}, Text: func(model.ID) (string, string) { return "", "" },
		Shells: &Shells{Masthead: func(string, string) template.HTML { return "" }, Colophon: func(string) template.HTML { return "" }}}
}

func includedSite(t testing.TB) *Site {
	t.Helper()
	w, _ := worldtest.Included(t)
	return testSite(w)
}

func TestTablesLeaveOutColumnsThatSayNothing(t *testing.T) {
	tbl := &Table{Head: []Cell{{Text: "Party"}, {Text: "Text"}, {Text: "Day"}, {Text: "Remark"}},
		Rows: [][]Cell{{{Text: "A"}, {Text: "–"}, {Date: &Date{Text: "1949"}}, {}}, {{Text: "B"}, {Text: "–"}, {Text: "–"}, {}}}}
	got := tbl.lean()
	if len(got.Head) != 2 || got.Head[1].Text != "Day" || len(got.Rows[1]) != 2 || got.Rows[1][1].Text != "–" {
		t.Errorf("kept %+v", got)
	}
}

func TestRemarksWriteDaysForReaders(t *testing.T) {
	w, _ := worldtest.World(t, nil)
	s := &Site{World: w}
	if got, want := s.remark("West Germany until 1990-10-03 (A/RES/1949-13-40)."), "West Germany until 3 October 1990 (A/RES/1949-13-40)."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBodiesHaveArticlesInSentences(t *testing.T) {
	for name, want := range map[string]string{
		"North Atlantic Treaty Organization": "the North Atlantic Treaty Organization",
		"Bucharest Nine":                     "the Bucharest Nine",
		"ANZUS":                              "ANZUS",
		"Permanent Structured Cooperation":   "Permanent Structured Cooperation",
		"Partnership for Peace":              "Partnership for Peace",
	} {
		if got := theBody(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
