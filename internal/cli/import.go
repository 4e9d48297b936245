package cli

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/limits"
	"entente/internal/model"
	"entente/internal/record"
	"entente/internal/workspace"
)

func importCommand(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "import TABLES [SITE]",
		Short: "Turn the CSV tables of a data package into records",
		Long: `Import reads TABLES: the folder or the .zip of a data package as a published
site gives it away (data/), or one CSV file named after a table of records, such
as states.csv. It writes the records into content/KIND/imported.yaml of the site
in folder SITE (default "."). Tables that are not there are left out.

Nothing is written when a cell cannot be read, when a record with the same id is
already in the site, or when an imported.yaml is there from before. Publishing
the imported records gives the same tables again.`,
		Example: `  entente import ~/Downloads/datapackage.zip handbook
  entente import states.csv`,
		Args: usageArgs(cobra.RangeArgs(1, 2)),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteArgument(args[1:])
			if err != nil {
				return err
			}
			tables, err := readTables(args[0])
			if err != nil {
				return err
			}
			return c.importTables(cmd.Context(), dir, args[0], tables)
		},
	}
}

// readTables reads the CSV files of a folder, an archive, or one file.
func readTables(name string) (map[string][]byte, error) {
	info, err := os.Stat(name)
	var from fs.FS
	var only string
	switch {
	case err != nil:
		return nil, usage{fmt.Errorf("no file or folder %q", name)}
	case info.IsDir():
		from = os.DirFS(name)
	case strings.EqualFold(filepath.Ext(name), ".zip"):
		z, err := zip.OpenReader(name)
		if err != nil {
			return nil, usage{fmt.Errorf("%q cannot be read as a .zip: %w", name, err)}
		}
		defer z.Close()
		from = z
	default:
		from, only = os.DirFS(filepath.Dir(name)), filepath.Base(name)
	}
	tables := map[string][]byte{}
	for _, t := range allTables() {
		if only != "" && only != t+".csv" {
			continue
		}
		f, err := from.Open(t + ".csv")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", t, err)
		}
		b, err := io.ReadAll(io.LimitReader(f, limits.Asset+1))
		if err = errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("read %s: %w", t, err)
		}
		if len(b) > limits.Asset {
			return nil, usage{fmt.Errorf("%s.csv has more than %d bytes; divide it", t, limits.Asset)}
		}
		tables[t] = b
	}
	if len(tables) == 0 {
		return nil, usage{fmt.Errorf("%q holds no table; the tables are %s, each with the ending .csv", name, strings.Join(allTables(), ", "))}
	}
	return tables, nil
}

// allTables names the tables of a data package.
func allTables() []string {
	var names []string
	r := record.NewReader()
	for _, k := range record.Kinds() {
		for _, t := range r.Tables(k) {
			names = append(names, t.Name)
		}
	}
	return names
}

func (c console) importTables(ctx context.Context, dir, from string, tables map[string][]byte) error {
	s, err := workspace.Load(ctx, dir, workspace.Options{})
	if err != nil {
		return err
	}
	texts, diags := admitTables(from, tables)
	reader := record.NewReader()
	var outputs []output
	for _, k := range record.Kinds() {
		records, found := reader.Import(k, texts)
		diags = append(diags, found...)
		o := output{path: filepath.Join(dir, "content", k.Folder(), "imported.yaml")}
		for _, rec := range records {
			if d, ok := taken(s.World, k, rec); ok {
				diags = append(diags, d)
			}
			o.records = append(o.records, rec.Record)
		}
		if len(records) > 0 {
			outputs = append(outputs, o)
		}
	}
	if len(diags) > 0 {
		source := func(path string) *file.Text {
			for _, t := range texts {
				if t.Path == path {
					return t
				}
			}
			return s.Files.Text(path)
		}
		diag.Text(c.err, diag.Sort(diags), diag.Style{Colour: colour(c.err), Source: source})
		fmt.Fprintf(c.err, "%s; nothing was imported\n", count(len(diags), "error"))
		return exit{exitInput}
	}
	return c.writeImported(outputs)
}

// admitTables turns the files into texts by the name of the table.
func admitTables(from string, tables map[string][]byte) (map[string]*file.Text, []diag.Diagnostic) {
	texts := map[string]*file.Text{}
	var diags []diag.Diagnostic
	for _, name := range allTables() {
		b, ok := tables[name]
		if !ok {
			continue
		}
		path := filepath.ToSlash(from)
		if !strings.HasSuffix(path, ".csv") {
			path += "/" + name + ".csv"
		}
		text, problems := file.Admit(path, b)
		for _, p := range problems {
			diags = append(diags, diag.FromFile(p))
		}
		if text != nil {
			texts[name] = text
		}
	}
	return texts, diags
}

// output is a file of imported records.
type output struct {
	path    string
	records []any
}

// writeImported writes all files, or none.
func (c console) writeImported(outputs []output) error {
	for i, o := range outputs {
		err := create(o.path, record.WriteYAML(o.records))
		if err == nil {
			continue
		}
		for _, made := range outputs[:i] {
			err = errors.Join(err, os.Remove(made.path))
		}
		if errors.Is(err, fs.ErrExist) {
			return usage{fmt.Errorf("%s is there already; rename it or take it out; nothing was imported", o.path)}
		}
		return fmt.Errorf("import %s: %w", o.path, err)
	}
	for _, o := range outputs {
		fmt.Fprintf(c.out, "%s: %s\n", o.path, count(len(o.records), "record"))
	}
	return nil
}

// taken says that a record of the tables is already in the site.
func taken(w *model.World, k record.Kind, rec record.Imported) (diag.Diagnostic, bool) {
	old, ok := w.Lookup(rec.ID)
	if k == record.Sources {
		old, ok = w.LookupSource(rec.ID)
	}
	if !ok {
		return diag.Diagnostic{}, false
	}
	there := old.Diag(diag.Error, "ID003", "used here", "", "id")
	return diag.Diagnostic{Path: rec.Text.Path, Pos: rec.Pos, Rule: "ID003", Message: fmt.Sprintf("id %q is already used in the site", rec.ID),
		Hint: "take the row out, or the record of the site", Related: []diag.Related{{Path: there.Path, Pos: there.Pos, Message: there.Message}}}, true
}
