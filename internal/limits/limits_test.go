package limits_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"entente/internal/limits"
	"entente/internal/rule"
)

var update = flag.Bool("update", false, "rewrite docs/limits.md")

// The documentation shows the limits that hold, each with a rule that exists.
func TestDocumentation(t *testing.T) {
	const name = "../../docs/limits.md"
	if *update {
		if err := os.WriteFile(name, []byte(limits.Markdown()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(name)
	if err != nil || string(b) != limits.Markdown() {
		t.Errorf("docs/limits.md is out of date (%v): run go test ./internal/limits -update", err)
	}
	for _, r := range limits.Table() {
		for _, id := range strings.Split(r.Rule, ", ") {
			if _, ok := rule.Lookup(id); !ok {
				t.Errorf("the limit of %s names %s, which is no rule", r.Of, id)
			}
		}
	}
}
