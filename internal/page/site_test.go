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
