package lang

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// regionLanguages are the languages whose names of states readers of any
// site may type.
var regionLanguages = []language.Tag{language.English, language.French, language.German, language.Spanish, language.Italian, language.Portuguese, language.Dutch}

// RegionNames gives what a state with an ISO 3166 code of two letters is
// called elsewhere, and by its own people, after CLDR: "Birmanie" for MM,
// "Polska" for PL. It is nil for a code that CLDR does not know.
func RegionNames(iso2 string) []string {
	region, err := language.ParseRegion(iso2)
	if err != nil || len(iso2) != 2 {
		return nil
	}
	own, _ := language.Make("und-" + iso2).Base()
	var names []string
	for _, in := range append(slices.Clone(regionLanguages), language.Make(own.String())) {
		namer := display.Regions(in)
		if namer == nil {
			continue
		}
		// "Myanmar (Birmanie)" is two names.
		for part := range strings.SplitSeq(strings.TrimSuffix(namer.Name(region), ")"), " (") {
			if part != "" && !slices.Contains(names, part) {
				names = append(names, part)
			}
		}
	}
	return names
}
