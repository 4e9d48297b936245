package page

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"entente/internal/worldtest"
)

// wanted are the properties that schema.org's readers require or recommend
// and that this site knows for every thing of a type.
var wanted = map[string]string{
	"Organization":   "name url",
	"Country":        "name url",
	"Legislation":    "name description url legislationType legislationDate datePublished",
	"EventSeries":    "name description url startDate location eventStatus image",
	"Event":          "name description startDate location eventStatus eventAttendanceMode image",
	"Event @id":      "name startDate location", // one that a list names
	"ItemList":       "name description numberOfItems itemListOrder itemListElement",
	"Article":        "headline description image author publisher datePublished dateModified url mainEntityOfPage inLanguage license isPartOf",
	"DefinedTermSet": "name description url hasDefinedTerm license",
	"DefinedTerm":    "name description url termCode inDefinedTermSet",
	"Dataset":        "name description url license creator publisher datePublished dateModified version temporalCoverage spatialCoverage distribution isAccessibleForFree variableMeasured keywords",
	"DataDownload":   "name encodingFormat contentUrl",
	"BreadcrumbList": "itemListElement",
	"ListItem":       "position name item",
	"WebSite":        "name url",
	"CollectionPage": "name description url inLanguage license dateModified isPartOf publisher",
	"Place":          "name",
	"PropertyValue":  "propertyID value",
}

// mainly are further properties of the things that pages are about.
var mainly = map[string]string{
	"Organization": "@id name alternateName description url foundingDate mainEntityOfPage",
	"Country":      "@id description mainEntityOfPage",
}

var mayLack = regexp.MustCompile(`^(organisations/\S+ Organization alternateName|treaties/\S+ Legislation legislationType)$`)

func TestLinkedDataLacksNothing(t *testing.T) {
	s := includedSite(t)
	seen := map[string]int{}
	for _, p := range Pages(s.World) {
		if p.View == nil {
			continue
		}
		sh, ok := p.View(s).(interface{ frame() *Shell })
		if !ok || p.Path == "404.html" {
			continue
		}
		graph := linkedGraph(t, p.Path, string(sh.frame().JSONLD))
		for _, n := range graph {
			seen[n["@type"].(string)]++
			lacks(t, p.Path, n, mainly)
			walk(n, func(n map[string]any) { lacks(t, p.Path, n, wanted) })
		}
	}
	for _, typ := range []string{"Organization", "Country", "Legislation", "EventSeries", "Event", "Article", "DefinedTermSet", "Dataset", "BreadcrumbList", "WebSite"} {
		if seen[typ] == 0 {
			t.Errorf("no page is about a %s", typ)
		}
	}
}

func linkedGraph(t *testing.T, path, script string) []map[string]any {
	t.Helper()
	text := strings.TrimSuffix(strings.TrimPrefix(script, `<script type="application/ld+json">`), "</script>")
	var doc struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil || doc.Context != "https://schema.org" || len(doc.Graph) == 0 || strings.ContainsAny(text, "<>") {
		t.Fatalf("%s: %v in %s", path, err, script)
	}
	return doc.Graph
}

func walk(v any, visit func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		if v["@type"] != nil {
			visit(v)
		}
		for _, x := range v {
			walk(x, visit)
		}
	case []any:
		for _, x := range v {
			walk(x, visit)
		}
	}
}

func lacks(t *testing.T, path string, n map[string]any, table map[string]string) {
	t.Helper()
	typ := n["@type"].(string)
	if typ == "Event" && n["@id"] != nil {
		typ = "Event @id"
	}
	for _, key := range strings.Fields(table[typ]) {
		if v := n[key]; (v == nil || v == "") && !mayLack.MatchString(path+" "+typ+" "+key) {
			t.Errorf("%s: %s %q lacks %s", path, typ, n["name"], key)
		}
	}
	for _, key := range []string{"url", "@id", "item", "image", "contentUrl", "mainEntityOfPage", "logo"} {
		if v, ok := n[key].(string); ok && typ != "CreativeWork" && !strings.HasPrefix(v, "https://casus-foederis.example/") {
			t.Errorf("%s: %s %s %q is not absolute", path, typ, key, v)
		}
	}
}

// Hostile names stay inside the element, and a site without an address still
// says where things are.
func TestLinkedDataHoldsHostileNames(t *testing.T) {
	w, _ := worldtest.World(t, map[string]string{"content/states/s.yaml": "- {id: a, name: '</script><script>alert(1)</script>\u2028\"', region: europe}\n"})
	s := testSite(w)
	for _, p := range Pages(w) {
		if p.Path == "states/a/index.html" {
			graph := linkedGraph(t, p.Path, string(p.View(s).(*Article).JSONLD))
			if n := graph[0]; n["name"] != "</script><script>alert(1)</script>\u2028\"" || n["url"] != "./" {
				t.Errorf("%v", n)
			}
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range [][3]string{{"a/b/", "../../", ""}, {"a/b/", "../", "a/"}, {"a/", "./", "a/"}, {"a/b/", "../../x/#y", "x/#y"}, {"", "./", ""}, {"a/", "c/", "a/c/"}} {
		if got := resolve(c[0], c[1]); got != c[2] {
			t.Errorf("resolve(%q, %q) = %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
