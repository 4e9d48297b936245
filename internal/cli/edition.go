package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"entente/internal/build"
	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/record"
	"entente/internal/workspace"
)

func editionCommand(c console) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "edition",
		Short: "Freeze the site as an edition, list editions, and say what changed",
		Long: `An edition is a site as it stood on one day: a file under content/editions that
holds all facts and texts, to be committed and never changed. The published
site shows every edition under an address of its own, and what changed between
any two and since the last.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(cutCommand(c), editionsCommand(c), changesCommand(c))
	return cmd
}

func cutCommand(c console) *cobra.Command {
	var day string
	cmd := &cobra.Command{
		Use:   "cut NAME [SITE]",
		Short: "Freeze the site in folder SITE (default \".\") as edition NAME",
		Long: `Cut writes content/editions/NAME.jsonl: every record and the text of every page
as they stand, with the day of the edition and the day of the facts. Drafts and
help pages are no part of it. A site with errors is not frozen, and an edition
that is there is never replaced.

NAME becomes part of addresses: lower-case letters and digits with single
hyphens between. The day is that of --date, else "updated" in site.yaml, else
the last day of its "as_of"; the clock is never asked.`,
		Example: `  entente edition cut 2025-11
  entente edition cut 2025-12 handbook --date 2025-12-01`,
		Args: usageArgs(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteArgument(args[1:])
			if err != nil {
				return err
			}
			if fault := edition.NameFault(args[0]); fault != "" {
				return usage{fmt.Errorf("the name %q %s%s", args[0], fault, meantName(args[0]))}
			}
			var on date.Date
			if day != "" {
				if on, err = date.Parse(day); err != nil || !on.Exact() || on.Uncertain() || on.Approximate() {
					return usage{fmt.Errorf("--date %q is not a day; write for example 2025-11-20", day)}
				}
			}
			return c.cut(cmd.Context(), dir, args[0], on)
		},
	}
	cmd.Flags().StringVar(&day, "date", "", "day of the edition, YYYY-MM-DD")
	return cmd
}

// meantName suggests a name that can be one.
func meantName(name string) string {
	s := record.AsID(name)
	if s == "" || edition.NameFault(s) != "" {
		return ""
	}
	return fmt.Sprintf("; %q would do", s)
}

func (c console) cut(ctx context.Context, dir, name string, day date.Date) error {
	path := filepath.Join(dir, filepath.FromSlash(edition.Folder), name+edition.Extension)
	if _, err := os.Lstat(path); err == nil {
		return usage{fmt.Errorf("edition %q is there already (%s); an edition is never replaced", name, path)}
	}
	site, err := load(ctx, dir, workspace.Options{})
	if err != nil {
		return err
	}
	if site.Errors() {
		return c.report(site, false)
	}
	e := site.Edition(name, day)
	list := site.Snapshot.World.Editions
	for _, old := range list {
		if date.Order(old.Day, e.Day) > 0 {
			return usage{fmt.Errorf("edition %q is of %s, later than %s; name a later day with --date, or set \"updated\" in site.yaml", old.Name, old.Day, e.Day)}
		}
	}
	if err := create(path, e.Bytes()); errors.Is(err, fs.ErrExist) {
		return usage{fmt.Errorf("edition %q is there already (%s); an edition is never replaced", name, path)}
	} else if err != nil {
		return fmt.Errorf("cut edition %s: %w", name, err)
	}
	fmt.Fprintf(c.out, "%s: edition of %s, facts as of %s, %d entries\n", path, e.Day, e.AsOf, len(e.Entries))
	if n := len(list); n > 0 {
		fmt.Fprintf(c.out, "%s since edition %s\n", count(len(edition.Compare(list[n-1], e)), "change"), list[n-1].Name)
	}
	return nil
}

// create puts a new file in place whole, and fails if there is one.
func create(name string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	staged, err := stage(name, b, 0o644)
	if err != nil {
		return err
	}
	defer os.Remove(staged)
	if err = os.Link(staged, name); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	if _, err := os.Lstat(name); err == nil { // a file system without links
		return fs.ErrExist
	}
	return os.Rename(staged, name)
}

func editionsCommand(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "list [SITE]",
		Short: "List the editions of the site, oldest first",
		Args:  usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			site, err := c.loadEditions(cmd.Context(), args)
			if err != nil {
				return err
			}
			for _, e := range site.Snapshot.World.Editions {
				fmt.Fprintf(c.out, "%s\t%s\tfacts as of %s\t%d entries\n", e.Name, e.Day, e.AsOf, len(e.Entries))
			}
			return nil
		},
	}
}

func changesCommand(c console) *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "changes [SITE]",
		Short: "Say what changed since the last edition, or between two",
		Example: `  entente edition changes
  entente edition changes handbook --from 2025-11 --to 2025-12`,
		Args: usageArgs(cobra.MaximumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			site, err := c.loadEditions(cmd.Context(), args)
			if err != nil {
				return err
			}
			list := site.Snapshot.World.Editions
			if len(list) == 0 {
				return usage{errors.New("the site has no edition; \"entente edition cut NAME\" makes one")}
			}
			was, now := list[len(list)-1], site.Edition("", date.Date{})
			if from != "" {
				if was, err = named(list, from); err != nil {
					return err
				}
			}
			if to != "" {
				if now, err = named(list, to); err != nil {
					return err
				}
			}
			for _, change := range edition.Compare(was, now) {
				fmt.Fprintln(c.out, change)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the earlier edition (default the last)")
	cmd.Flags().StringVar(&to, "to", "", "the later edition (default the site as it stands)")
	return cmd
}

// loadEditions loads a site whose editions can be read.
func (c console) loadEditions(ctx context.Context, args []string) (*build.Site, error) {
	dir, err := siteArgument(args)
	if err != nil {
		return nil, err
	}
	site, err := load(ctx, dir, workspace.Options{})
	if err != nil {
		return nil, err
	}
	if site.Errors() {
		return nil, c.report(site, false)
	}
	return site, nil
}

func named(list []*edition.Edition, name string) (*edition.Edition, error) {
	var names []string
	for _, e := range list {
		if e.Name == name {
			return e, nil
		}
		names = append(names, e.Name)
	}
	return nil, usage{fmt.Errorf("no edition %q%s; the editions are %s", name, meant(name, names), strings.Join(names, ", "))}
}
