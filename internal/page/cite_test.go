package page

import (
	"encoding/json"
	"strings"
	"testing"

	"entente/internal/worldtest"
)

func TestCitationsKeepOddNames(t *testing.T) {
	w, _ := worldtest.World(t, map[string]string{
		"content/site.yaml":     "title: A & B\nas_of: '2025-10-31'\nupdated: '2025-11-20'\nbase_url: https://x.example/\n",
		"content/states/x.yaml": "- {id: x, name: '100% {\"X\"} \\ _$# <---> |', region: europe}\n",
	})
	x, _ := w.Lookup("x")
	got := map[string]string{}
	for _, c := range testSite(w).citing(x).forms() {
		got[c.Style] = c.Text
	}
	if want := `title = {{100\% \textbraceleft{}"X"\textbraceright{} \textbackslash{} \_\$\# \textless{}-{}-{}-\textgreater{} \textbar{}}}`; !strings.Contains(got["BibTeX"], want) || !strings.Contains(got["BibTeX"], `{A \& B}`) {
		t.Errorf("no %s in\n%s", want, got["BibTeX"])
	}
	var csl []struct {
		Type, Title, Note, URL string
		Issued                 struct {
			Parts [][]int `json:"date-parts"`
		}
	}
	if err := json.Unmarshal([]byte(got["CSL-JSON"]), &csl); err != nil {
		t.Fatalf("%v in %s", err, got["CSL-JSON"])
	}
	c := csl[0]
	if c.Title != x.Name || c.URL != "https://x.example/states/x/" || c.Note != "Edition of 20 November 2025, facts as of 31 October 2025" || len(c.Issued.Parts[0]) != 3 {
		t.Errorf("%+v", c)
	}
}

func TestOneLine(t *testing.T) {
	same := func(s string) bool { return oneLine(s) == strings.Join(strings.Fields(s), " ") }
	for _, s := range []string{"", " ", "a", " a", "a ", "a b", "a  b", "a\nb", "a\u00a0b", "é b ", "\ta"} {
		if !same(s) {
			t.Errorf("%q: %q", s, oneLine(s))
		}
	}
}
