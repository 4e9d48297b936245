package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"entente/internal/diag"
	"entente/internal/workspace"
)

func checkCommand(c console) *cobra.Command {
	var format string
	var strict bool
	var rules []string
	cmd := &cobra.Command{
		Use:   "check [SITE]",
		Short: "Report all that is wrong or doubtful, and write nothing",
		Example: `  entente check
  entente check handbook --format json   one object a line, for editors and CI
  entente check --rule fact-value        one rule only`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteArgument(args)
			if err != nil {
				return err
			}
			site, err := load(cmd.Context(), dir, workspace.Options{})
			if err != nil {
				return err
			}
			return c.check(only(site.Diags, rules), format, strict)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "text, json, sarif or github")
	cmd.Flags().BoolVar(&strict, "strict", false, "leave with code 1 on warnings too")
	cmd.Flags().StringSliceVar(&rules, "rule", nil, "report this rule only (may be repeated)")
	return cmd
}

// only keeps the diagnostics of some rules; all of them when none is named.
func only(list []diag.Diagnostic, rules []string) []diag.Diagnostic {
	if len(rules) == 0 {
		return list
	}
	var kept []diag.Diagnostic
	for _, d := range list {
		for _, r := range rules {
			if d.Rule == r {
				kept = append(kept, d)
			}
		}
	}
	return kept
}

func (c console) check(list []diag.Diagnostic, format string, strict bool) error {
	errs, warnings := diag.Count(list)
	switch format {
	case "text":
		diag.Text(c.out, list, colour(c.out))
		fmt.Fprintf(c.out, "%s, %s\n", count(errs, "error"), count(warnings, "warning"))
	case "json":
		diag.JSON(c.out, list)
	case "sarif":
		diag.SARIF(c.out, list)
	case "github":
		diag.GitHub(c.out, list)
	default:
		return usage{fmt.Errorf("no format %q; the formats are text, json, sarif and github", format)}
	}
	if errs > 0 || strict && warnings > 0 {
		return exit{exitInput}
	}
	return nil
}
