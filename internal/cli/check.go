package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"entente/internal/build"
	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/rule"
	"entente/internal/workspace"
)

// checkOptions are the flags of check.
type checkOptions struct {
	format        string
	strict        bool
	rules         []string
	since         string
	baseline      string
	writeBaseline bool
	fix, dryRun   bool
}

func checkCommand(c console) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check [SITE]",
		Short: "Report all that is wrong or doubtful",
		Long: `Check reports all that is wrong or doubtful in the site in folder SITE
(default "."), and writes nothing unless --fix or --write-baseline is given.

Leaves with 0 when there is no error, 1 when there is one (with --strict, a
warning too), 2 when the command cannot be carried out as given, 3 when the
machine fails. "entente explain RULE" says what a rule demands.`,
		Example: `  entente check
  entente check handbook --format sarif    for code scanning; also json and github
  entente check --rule fact-value          one rule only
  entente check --since main               only what touches lines changed since main
  entente check --fix --dry-run            show what --fix would change
  entente check --baseline known.txt --write-baseline
                                           take what is wrong now as known`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteArgument(args)
			if err != nil {
				return err
			}
			if err := o.sound(); err != nil {
				return usage{err}
			}
			return c.check(cmd.Context(), dir, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.format, "format", "text", "text, json, sarif or github")
	f.BoolVar(&o.strict, "strict", false, "leave with code 1 on warnings too")
	f.StringSliceVar(&o.rules, "rule", nil, "report this rule only (may be repeated)")
	f.StringVar(&o.since, "since", "", "report only what touches lines changed since this revision of git")
	f.StringVar(&o.baseline, "baseline", "", "file of known findings that are not reported")
	f.BoolVar(&o.writeBaseline, "write-baseline", false, "write the findings of now into the file of --baseline")
	f.BoolVar(&o.fix, "fix", false, "write the fixes that are certain, and report the rest")
	f.BoolVar(&o.dryRun, "dry-run", false, "with --fix: show the changes and write nothing")
	return cmd
}

// sound checks the flags against each other.
func (o checkOptions) sound() error {
	formats := []string{"text", "json", "sarif", "github"}
	if !slices.Contains(formats, o.format) {
		return fmt.Errorf("no format %q; the formats are text, json, sarif and github", o.format)
	}
	for _, id := range o.rules {
		if _, ok := rule.Lookup(id); !ok {
			return fmt.Errorf("no rule %q%s", id, meant(id, rule.IDs()))
		}
	}
	switch {
	case o.writeBaseline && o.baseline == "":
		return fmt.Errorf("--write-baseline needs --baseline FILE")
	case o.dryRun && !o.fix:
		return fmt.Errorf("--dry-run belongs to --fix")
	}
	return nil
}

func (c console) check(ctx context.Context, dir string, o checkOptions) error {
	site, err := load(ctx, dir, workspace.Options{})
	if err != nil {
		return err
	}
	list, err := o.chosen(ctx, dir, site)
	if err != nil {
		return err
	}
	if o.fix {
		changed, err := c.fix(dir, site.Snapshot.Files.Text, list, o)
		if err != nil {
			return err
		}
		if changed && !o.dryRun {
			if site, err = load(ctx, dir, workspace.Options{}); err != nil {
				return err
			}
			if list, err = o.chosen(ctx, dir, site); err != nil {
				return err
			}
		}
	}
	known := 0
	if o.baseline != "" {
		if o.writeBaseline {
			return c.writeBaseline(o.baseline, list, site.Snapshot.Files.Text)
		}
		if list, known, err = c.known(o.baseline, list, site.Snapshot.Files.Text); err != nil {
			return err
		}
	}
	c.print(list, known, site.Snapshot.Files.Text, o.format)
	errs, warnings := diag.Count(list)
	if errs > 0 || o.strict && warnings > 0 {
		return exit{exitInput}
	}
	return nil
}

// chosen gives the findings that the flags ask for.
func (o checkOptions) chosen(ctx context.Context, dir string, site *build.Site) ([]diag.Diagnostic, error) {
	list := slices.Clone(site.Diags)
	if len(o.rules) > 0 {
		var ids []string
		for _, id := range o.rules {
			r, _ := rule.Lookup(id)
			ids = append(ids, r.ID)
		}
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return !slices.Contains(ids, d.Rule) })
	}
	if o.since == "" {
		return list, nil
	}
	changed, err := changedSince(ctx, dir, o.since)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return !changed.touches(d) }), nil
}

func (c console) print(list []diag.Diagnostic, known int, source func(string) *file.Text, format string) {
	switch format {
	case "text":
		list = diag.Gather(list)
		diag.Text(c.out, list, diag.Style{Colour: colour(c.out), Source: source})
		errs, warnings := diag.Count(list)
		fmt.Fprintf(c.out, "%s, %s", count(errs, "error"), count(warnings, "warning"))
		if known > 0 {
			fmt.Fprintf(c.out, "; %d more are known", known)
		}
		fmt.Fprintln(c.out)
	case "json":
		diag.JSON(c.out, list)
	case "sarif":
		diag.SARIF(c.out, list, source, aboutRule)
	case "github":
		diag.GitHub(c.out, list)
	}
}

func aboutRule(id string) (diag.About, bool) {
	r, ok := rule.Lookup(id)
	return diag.About{Title: r.Title, Text: r.Doc, Warning: r.Severity == diag.Warning}, ok
}

func (c console) writeBaseline(name string, list []diag.Diagnostic, source func(string) *file.Text) error {
	var b bytes.Buffer
	if err := diag.WriteBaseline(&b, list, source); err != nil {
		return err
	}
	if err := replace(name, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write baseline %s: %w", name, err)
	}
	fmt.Fprintf(c.err, "%s: %s\n", name, count(len(list), "known finding"))
	return nil
}

// known takes out the findings of the baseline.
func (c console) known(name string, list []diag.Diagnostic, source func(string) *file.Text) ([]diag.Diagnostic, int, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, usage{fmt.Errorf("no baseline %q; --write-baseline makes one", name)}
	}
	defer f.Close()
	b, err := diag.ReadBaseline(f)
	if err != nil {
		return nil, 0, usage{fmt.Errorf("baseline %s: %w", name, err)}
	}
	list, known, gone := b.New(list, source)
	if gone > 0 {
		fmt.Fprintf(c.err, "%s: %s no longer found; write it again to take them out\n", name, count(gone, "known finding"))
	}
	return list, known, nil
}
