package cli

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"entente/internal/record"
)

// starter is the small site of "new site".
//
//go:embed all:starter
var starter embed.FS

func newCommand(c console) *cobra.Command {
	cmd := &cobra.Command{Use: "new", Short: "Begin a site, a page or a record", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			if slices.Contains(newKinds(), args[0]) {
				return usage{fmt.Errorf("new makes a site or a page; a page of this kind is \"entente new page %s NAME\"", args[0])}
			}
			return usage{fmt.Errorf("new makes a \"site\" or a \"page\", not %q", args[0])}
		}}
	var id string
	page := &cobra.Command{
		Use:   "page KIND NAME",
		Short: "Make a page or record of a kind: topic, state, organisation, treaty, exercise, operation, event, term, source",
		Example: `  entente new page topic "Burden-sharing"
  entente new page organisation "North Atlantic Treaty Organization"`,
		Args: usageArgs(cobra.ExactArgs(2)),
		RunE: func(_ *cobra.Command, args []string) error { return c.newPage(args[0], args[1], id) },
	}
	page.Flags().StringVar(&id, "id", "", "its name in addresses and links, in place of one made from NAME")
	cmd.AddCommand(&cobra.Command{
		Use:     "site DIR",
		Short:   "Make a small site that builds",
		Example: "  entente new site demo\n  entente serve demo --open",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE:    func(_ *cobra.Command, args []string) error { return c.newSite(args[0]) },
	}, page)
	return cmd
}

func (c console) newSite(dir string) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return usage{fmt.Errorf("%q is not empty; name a new folder", dir)}
	}
	err := fs.WalkDir(starter, "starter", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel("starter", filepath.FromSlash(p))
		if err != nil {
			return err
		}
		target := filepath.Join(dir, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		b, err := starter.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(target, b, 0o644)
	})
	if err != nil {
		return fmt.Errorf("new site %s: %w", dir, err)
	}
	fmt.Fprintf(c.out, "%s is ready: \"entente serve %s --open\" shows it\n", dir, dir)
	return nil
}

// newKinds are the kinds of page and record that can be begun.
func newKinds() []string {
	kinds := []string{"topic"}
	for _, k := range record.Kinds() {
		kinds = append(kinds, k.Noun())
	}
	return kinds
}

// idOf is the id that the author gave, else one made of the name.
func idOf(name, given string) (string, error) {
	plain := record.AsID(name)
	switch {
	case given != record.AsID(given):
		return "", usage{fmt.Errorf("--id %q: lower-case letters and digits with single hyphens between", given)}
	case given != "":
		return given, nil
	case plain == "":
		return "", usage{fmt.Errorf("%q holds no letter from a to z and no digit to make an id of; give one with --id", name)}
	}
	return plain, nil
}

// newPage writes a skeleton into the content folder of this directory.
func (c console) newPage(kind, name, id string) error {
	slug, err := idOf(name, id)
	if err != nil {
		return err
	}
	if info, err := os.Stat("content"); err != nil || !info.IsDir() {
		return usage{errors.New("this folder holds no content/; run the command in the folder of a site")}
	}
	path, text := "", ""
	if kind == "topic" {
		path = filepath.Join("content", "topics", slug+".md")
		text = fmt.Sprintf("---\ntitle: %s\nsummary: \ndraft: true\n---\n\n", quote(name))
	}
	for _, k := range record.Kinds() {
		if k.Noun() == kind {
			path = filepath.Join("content", k.Folder(), slug+".yaml")
			text = skeleton(k, slug, name)
		}
	}
	if path == "" {
		return usage{fmt.Errorf("no kind %q; the kinds are %s", kind, strings.Join(newKinds(), ", "))}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage{fmt.Errorf("%s exists already", path)}
	}
	if err != nil {
		return err
	}
	if _, err := f.WriteString(text); err != nil {
		return errors.Join(err, f.Close())
	}
	fmt.Fprintln(c.out, path)
	return f.Close()
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// skeleton is a record with the fields that it must have. What the author alone knows stays empty: an error says so until it is
// filled in, where an invented day would be published.
func skeleton(k record.Kind, slug, name string) string {
	const day = " # a day, month or year: '1949-04-04', '1949-04' or '1949'\n"
	id := fmt.Sprintf("- id: %s\n", slug)
	switch k {
	case record.Organisations:
		return id + fmt.Sprintf("  name: %s\n  type: alliance\n  founded:"+day+"  members_complete: false\n  members: []\n  sources: []\n", quote(name))
	case record.States:
		return id + fmt.Sprintf("  name: %s\n  region: europe\n  sources: []\n", quote(name))
	case record.Treaties:
		return id + fmt.Sprintf("  name: %s\n  type: alliance-treaty\n  signed:"+day+"  parties: []\n  parties_complete: false\n  sources: []\n", quote(name))
	case record.Exercises:
		return id + fmt.Sprintf("  name: %s\n  type: field\n  first:"+day+"  sources: []\n", quote(name))
	case record.Operations:
		return id + fmt.Sprintf("  name: %s\n  from:"+day+"  sources: []\n", quote(name))
	case record.Events:
		return id + fmt.Sprintf("  title: %s\n  date:"+day+"  type: signature\n  sources: []\n", quote(name))
	case record.Glossary:
		return id + fmt.Sprintf("  term: %s\n  definition:\n  sources: []\n", quote(name))
	}
	return id + fmt.Sprintf("  title: %s\n", quote(name))
}

func versionCommand(c console) *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs, Run: func(*cobra.Command, []string) {
		fmt.Fprintf(c.out, "entente %s\n", version())
	}}
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}
