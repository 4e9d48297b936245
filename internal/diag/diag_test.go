package diag_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"entente/internal/diag"
	"entente/internal/file"
)

// text is a file of which the findings of these tests speak.
var text = file.NewText("content/topics/a b.md", []byte("---\ntitle: Ä\n---\nIt has thirty members.\n"+strings.Repeat("x ", 80)+"thirty here "+strings.Repeat("y ", 80)+"\n"))

func source(p string) *file.Text {
	if p == text.Path {
		return text
	}
	return nil
}

func findings() []diag.Diagnostic {
	d := diag.At(text, file.Span{Start: 25, End: 31}, diag.Warning, "fact-value", "says \"thirty\"", "write thirty-two")
	d.Fix = &diag.Fix{New: "thirty-two"}
	d.Related = []diag.Related{{Path: "content/organisations/nato.yaml", Pos: file.Pos{Line: 88, Col: 7}, Message: "the data"}}
	whole := diag.Diagnostic{Path: "content/x.yml", Rule: "DT006", Message: "records end in .yaml"}
	return []diag.Diagnostic{d, whole}
}

// A log is what the schema of OASIS demands, for any mixture of findings.
func TestSARIFAgreesWithItsSchema(t *testing.T) {
	f, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	about := func(id string) (diag.About, bool) {
		return diag.About{Title: "a title", Text: "a text", Warning: true}, id == "fact-value"
	}
	for name, list := range map[string][]diag.Diagnostic{"none": nil, "some": findings()} {
		var b bytes.Buffer
		diag.SARIF(&b, list, source, about)
		v, err := jsonschema.UnmarshalJSON(&b)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	wrong, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"tool": {}}]}`))
	if schema.Validate(wrong) == nil {
		t.Error("the schema accepts a log without a driver")
	}
}

// A finding is shown with its line, and a long line around its mark.
func TestFrames(t *testing.T) {
	long := diag.At(text, file.Span{Start: strings.Index(string(text.Bytes()), "thirty here"), End: strings.Index(string(text.Bytes()), " here")}, diag.Error, "X", "m", "")
	var b bytes.Buffer
	diag.Text(&b, append(findings(), long), diag.Style{Source: source})
	want := `content/topics/a b.md:4:8: warning fact-value: says "thirty"
    4 | It has thirty members.
      |        ^^^^^^
    hint: write thirty-two
    content/organisations/nato.yaml:88:7: the data
content/x.yml: error DT006: records end in .yaml
content/topics/a b.md:5:161: error X: m
    5 | …` + strings.Repeat("x ", 25) + "thirty here " + strings.Repeat("y ", 19) + `…
      | ` + strings.Repeat(" ", 51) + `^^^^^^
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
	if strings.Contains(b.String(), "\x1b") {
		t.Error("colours without a terminal")
	}
}

// Fixes go to the bytes on disk, whatever their line ends.
func TestRepair(t *testing.T) {
	at := func(line, from, until int, words string) diag.Diagnostic {
		return diag.Diagnostic{Pos: file.Pos{Line: line, Col: from}, End: file.Pos{Line: line, Col: until}, Fix: &diag.Fix{New: words}}
	}
	list := []diag.Diagnostic{at(2, 3, 5, "BCD"), at(1, 2, 3, ""), at(2, 4, 6, "lost"), {Pos: file.Pos{Line: 1, Col: 1}}}
	for raw, want := range map[string]string{
		"aé\nxxbcx\n":             "a\nxxBCDx\n",
		"aé\r\nxxbcx\r\n":         "a\r\nxxBCDx\r\n",
		"\xef\xbb\xbfaé\r\nxxbcx": "\xef\xbb\xbfa\r\nxxBCDx",
	} {
		got, applied := diag.Repair([]byte(raw), list)
		if string(got) != want || len(applied) != 2 {
			t.Errorf("Repair(%q) = %q with %d fixes, want %q with 2", raw, got, len(applied), want)
		}
	}
}

// A baseline knows its findings again after lines were added above them, and
// takes each only as often as it was seen.
func TestBaseline(t *testing.T) {
	list := findings()
	var b bytes.Buffer
	if err := diag.WriteBaseline(&b, list, source); err != nil {
		t.Fatal(err)
	}
	base, err := diag.ReadBaseline(&b)
	if err != nil {
		t.Fatal(err)
	}
	moved := file.NewText(text.Path, append([]byte("\n\n"), text.Bytes()...))
	later := diag.At(moved, file.Span{Start: 27, End: 33}, diag.Warning, "fact-value", "says thirty", "")
	fresh, known, gone := base.New([]diag.Diagnostic{later, later}, func(string) *file.Text { return moved })
	if len(fresh) != 1 || known != 1 || gone != 1 {
		t.Errorf("%d new, %d known, %d gone; want 1, 1, 1", len(fresh), known, gone)
	}
	if _, err := diag.ReadBaseline(strings.NewReader("nonsense\n")); err == nil {
		t.Error("nonsense was read as a baseline")
	}
}

func TestJSONHasEveryKey(t *testing.T) {
	var b bytes.Buffer
	diag.JSON(&b, findings())
	for dec := json.NewDecoder(&b); dec.More(); {
		var v map[string]any
		if err := dec.Decode(&v); err != nil {
			t.Fatal(err)
		}
		if len(v) != 11 {
			t.Errorf("%d keys in %v", len(v), v)
		}
	}
}
