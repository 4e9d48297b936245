package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"entente/internal/diag"
	"entente/internal/rule"
)

func explainCommand(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [RULE]",
		Short: "Say what a rule demands, with a bad and a good example",
		Example: `  entente explain          all rules, one a line
  entente explain DT033    one of them`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				for _, r := range rule.All() {
					fmt.Fprintf(c.out, "%-20s %s\n", r.ID, r.Title)
				}
				return nil
			}
			r, ok := rule.Lookup(args[0])
			if !ok {
				return usage{fmt.Errorf("no rule %q%s", args[0], meant(args[0], rule.IDs()))}
			}
			explain(c.out, r)
			return nil
		},
	}
}

// meant is the hint of a misspelt word, or nothing.
func meant(word string, all []string) string {
	if near := diag.Nearest(word, all); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

func explain(w io.Writer, r rule.Rule) {
	severity := r.Severity.String()
	if r.Machine {
		severity = "not about the input"
	}
	fmt.Fprintf(w, "%s: %s (%s)\n\n%s\n", r.ID, r.Title, severity, r.Doc)
	for _, example := range []struct {
		title string
		files []rule.File
	}{{"Bad", r.Bad}, {"Good", r.Good}} {
		for _, f := range example.files {
			fmt.Fprintf(w, "\n%s: %s", example.title, f.Path)
			if f.How != "" {
				fmt.Fprintf(w, " (%s)", f.How)
			}
			fmt.Fprintln(w)
			for _, line := range strings.Split(strings.TrimSuffix(f.Text, "\n"), "\n") {
				if line != "" {
					line = "    " + line
				}
				fmt.Fprintln(w, line)
			}
		}
	}
}
