package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"github.com/spf13/cobra"

	"entente/internal/build"
	"entente/internal/diag"
	"entente/internal/publish"
	"entente/internal/render"
	"entente/internal/workspace"
)

func buildCommand(c console) *cobra.Command {
	var out string
	var drafts, strict, force bool
	cmd := &cobra.Command{
		Use:   "build [SITE]",
		Short: "Build the site and put it in place whole",
		Long: `Build reads the site in folder SITE (default ".") and publishes it.

The new site replaces the old one in a single step: a reader never sees half of
it, and any error in the input leaves the old site untouched. A folder that
entente did not make is never overwritten.`,
		Example: `  entente build                    the site in this folder, into public/
  entente build handbook --out www  another folder, another target`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteArgument(args)
			if err != nil {
				return err
			}
			if out == "" {
				out = filepath.Join(dir, "public")
			}
			return c.build(cmd.Context(), dir, out, workspace.Options{Drafts: drafts}, strict, force)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "folder to publish into (default SITE/public)")
	cmd.Flags().BoolVar(&drafts, "drafts", false, "publish drafts too, marked as such")
	cmd.Flags().BoolVar(&strict, "strict", false, "treat warnings as errors")
	cmd.Flags().BoolVar(&force, "force", false, "replace published files that were changed by hand")
	return cmd
}

func (c console) build(ctx context.Context, dir, out string, o workspace.Options, strict, force bool) error {
	start := time.Now()
	build.Prepare()
	if room, err := publish.Room(out); err == nil { // without it the build takes more memory
		defer room.Close()
		o.Room = room
	}
	site, err := load(ctx, dir, o)
	if ctx.Err() != nil {
		return errInterrupted
	}
	if err != nil {
		return err
	}
	if err := c.report(site, strict); err != nil {
		return err
	}
	target, err := publish.Open(out, publish.Options{Sources: []string{filepath.Join(dir, "content"), filepath.Join(dir, "templates"), filepath.Join(dir, "static")}, Force: force})
	if err != nil {
		return err
	}
	if err := site.Render(ctx, target); err != nil {
		err = errors.Join(err, target.Abort())
		if ctx.Err() != nil {
			return errInterrupted
		}
		var failed *render.Failure
		if errors.As(err, &failed) {
			diag.Text(c.err, failed.Diags, diag.Style{Source: site.Snapshot.Files.Text})
			return exit{exitInput}
		}
		return err
	}
	if ctx.Err() != nil {
		return errors.Join(errInterrupted, target.Abort())
	}
	stats, err := target.Commit()
	if err != nil {
		return err
	}
	if !stats.Atomic {
		fmt.Fprintln(c.err, "note: this file system cannot exchange two folders in one step; for a moment there was no site")
	}
	for _, w := range stats.Warnings {
		fmt.Fprintf(c.err, "warning: %s\n", w)
	}
	links, facts := site.Counts()
	_, warnings := diag.Count(site.Diags)
	fmt.Fprintf(c.out, "%s: %d pages, %d links, %d facts, %d warnings, %s\n", out, site.Pages(), links, facts, warnings, time.Since(start).Round(time.Millisecond))
	return nil
}

var errInterrupted = errors.New("interrupted; the old site stays")

// pace sets how much garbage may lie about before it is collected, when so
// many bytes are alive. Fresh memory costs more than to collect what lies
// about, until the many objects of a large site have to be looked at each time;
// on a huge one only its room counts.
func pace(alive uint64) {
	switch {
	case alive <= 12<<20:
		debug.SetGCPercent(100)
	case alive <= 100<<20:
		debug.SetGCPercent(85)
	default:
		debug.SetGCPercent(65)
	}
}

// load takes a folder to a site that is ready to render.
func load(ctx context.Context, dir string, o workspace.Options) (*build.Site, error) {
	o.Views = build.Views
	pace(0)
	o.Lap = func(string) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		pace(live[0].Value.Uint64())
	}
	s, err := workspace.Load(ctx, dir, o)
	if err != nil {
		return nil, err
	}
	return build.New(s)
}

// report prints what is wrong and says whether to go on.
func (c console) report(site *build.Site, strict bool) error {
	list := diag.Gather(site.Diags)
	errs, warnings := diag.Count(list)
	if len(list) > 0 {
		diag.Text(c.err, list, diag.Style{Colour: colour(c.err), Source: site.Snapshot.Files.Text})
	}
	if errs > 0 || strict && warnings > 0 {
		fmt.Fprintf(c.err, "%s, %s; nothing was published\n", count(errs, "error"), count(warnings, "warning"))
		return exit{exitInput}
	}
	return nil
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// colour reports whether w is a terminal that wants colours.
func colour(w any) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
