// Package workspace is the engine of the first five stations: it reads the
// sources of a site, makes the world, composes every text, derives what
// follows and checks it, and keeps the result as one immutable snapshot.
//
// All parallel work of these stations is here, and fills slots, so that no
// result depends on timing.
package workspace

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"entente/internal/check"
	"entente/internal/claim"
	"entente/internal/derive"
	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/record"
)

// Options are the choices of a reading. The zero value is a build's.
type Options struct {
	Drafts  bool // compose drafts too, marked as such
	Marks   bool // note source lines in the HTML, for the preview
	Workers int  // zero: one per CPU
	// Views draws fenced views. It is given the world before any text is
	// composed.
	Views func(*model.World) func(name, options string, on *model.Thing) prose.Inline
	Lap   func(station string) // told when a station ends, for benchmarks; may be nil
}

func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Snapshot is one state of a site, complete and immutable.
type Snapshot struct {
	Root   string // folder of the site
	Site   *record.Site
	World  *model.World
	Bodies []*prose.Body // by model.ID
	Claims []*claim.Page // what each text states, by model.ID
	Web    *derive.Web
	Files  *file.Set
	Diags  []diag.Diagnostic // sorted; errors among them forbid publication
}

// Errors reports whether the snapshot must not be published.
func (s *Snapshot) Errors() bool {
	n, _ := diag.Count(s.Diags)
	return n > 0
}

// Load reads a site and takes it through all stations. The error is a
// failure of the machine; what is wrong with the input is in Diags.
func Load(ctx context.Context, root string, o Options) (*Snapshot, error) {
	s := &Snapshot{Root: root}
	var in model.Input
	for _, station := range []struct {
		name string
		run  func() error
	}{
		{"load", func() (err error) {
			if s.Files, err = file.Load(root); err != nil {
				return err
			}
			for _, p := range s.Files.Problems {
				s.Diags = append(s.Diags, diag.FromFile(p))
			}
			return nil
		}},
		{"read", func() (err error) {
			in, err = s.read(ctx, o)
			return err
		}},
		{"resolve", func() error {
			world, diags := model.New(in)
			s.World, s.Diags = world, append(s.Diags, diags...)
			return nil
		}},
		{"compose", func() error { return s.compose(ctx, o) }},
		{"derive", func() error {
			s.derive()
			return nil
		}},
		{"check", func() error {
			s.Diags = append(s.Diags, check.All(check.Input{World: s.World, Web: s.Web, Bodies: s.Bodies})...)
			s.Diags = diag.Sort(check.Configure(s.Diags, s.Site))
			return nil
		}},
	} {
		if err := station.run(); err != nil {
			return nil, err
		}
		if o.Lap != nil {
			o.Lap(station.name)
		}
	}
	return s, nil
}

// read is station 1: every file by itself, in parallel.
func (s *Snapshot) read(ctx context.Context, o Options) (model.Input, error) {
	texts := s.Files.Texts
	pages := make([]*prose.Source, len(texts))
	files := make([]*record.File, len(texts))
	reader := record.NewReader()
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.workers())
	for i, t := range texts {
		switch kind, ok := kindOf(t.Path); {
		case strings.HasSuffix(t.Path, ".md"):
			g.Go(func() error {
				pages[i] = prose.Read(t)
				if rb := pages[i].Header.Record; rb != nil && ok {
					files[i] = reader.ReadBlock(t, rb.YAML, rb.Span.Start, rb.Line, rb.Indent, kind)
				}
				return ctx.Err()
			})
		case ok:
			g.Go(func() error {
				files[i] = reader.Read(t, kind)
				return ctx.Err()
			})
		}
	}
	if err := g.Wait(); err != nil {
		return model.Input{}, err
	}
	s.readSite()
	in := model.Input{Site: s.Site, Drafts: o.Drafts}
	for i := range texts {
		if p := pages[i]; p != nil {
			s.Diags = append(s.Diags, p.Diags...)
			in.Pages = append(in.Pages, p)
		}
		if f := files[i]; f != nil {
			s.Diags = append(s.Diags, f.Diags...)
			in.Files = append(in.Files, f)
		}
	}
	return in, nil
}

// readSite reads content/site.yaml, or says that it is missing.
func (s *Snapshot) readSite() {
	i := slices.IndexFunc(s.Files.Texts, func(t *file.Text) bool { return t.Path == "content/site.yaml" })
	if i < 0 {
		s.Site = &record.Site{Title: "Untitled"}
		s.Diags = append(s.Diags, diag.Diagnostic{Path: "content/site.yaml", Rule: "CF005", Message: "the site has no content/site.yaml",
			Hint: "\"entente new site\" makes one; it needs at least a title and as_of"})
		return
	}
	site, diags := record.ReadSite(s.Files.Texts[i])
	s.Site = site
	s.Diags = append(s.Diags, diags...)
}

// kindOf gives the kind of record that a folder holds.
func kindOf(path string) (record.Kind, bool) {
	rest, ok := strings.CutPrefix(path, "content/")
	folder, _, below := strings.Cut(rest, "/")
	if !ok || !below {
		return 0, false
	}
	for _, k := range record.Kinds() {
		if k.Folder() == folder {
			return k, true
		}
	}
	return 0, false
}

// compose is station 3: every text once, in parallel.
func (s *Snapshot) compose(ctx context.Context, o Options) error {
	w := s.World
	linker := link.New(w, link.NewMatcher(w), s.linkOptions(o))
	composer := prose.NewComposer()
	po := prose.ComposeOptions{Marks: o.Marks}
	if s.Site.RawHTML == "warning" {
		po.RawHTML = diag.Warning
	}
	claims := claim.NewReader(w)
	s.Bodies = make([]*prose.Body, len(w.Things))
	s.Claims = make([]*claim.Page, len(w.Things))
	anchors := make([][]link.Anchor, len(w.Things))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.workers())
	for i := range w.Things {
		t := &w.Things[i]
		if t.Page == nil {
			continue
		}
		g.Go(func() error {
			b := linker.Page(t)
			s.Bodies[i] = composer.Compose(t.Page, b, po)
			s.Claims[i] = claims.Read(t, s.Bodies[i])
			s.Bodies[i].Running = nil // read, and as large as the text
			anchors[i] = b.Anchors
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i, b := range s.Bodies {
		if b != nil {
			s.Diags = append(s.Diags, b.Diags...)
			s.Diags = append(s.Diags, s.checkAnchors(&w.Things[i], anchors[i])...)
			s.Diags = append(s.Diags, claim.Judge(w, w.Things[i].Page.Text, s.Claims[i])...)
		}
	}
	return nil
}

func (s *Snapshot) linkOptions(o Options) link.Options {
	lo := link.Options{Mentions: s.Site.Links, Pages: map[string]link.PageFile{}}
	assets := map[string]bool{}
	for _, a := range s.Files.Assets {
		assets[a.Path] = true
	}
	lo.Assets = func(path string) bool { return assets[path] }
	if o.Views != nil {
		lo.View = o.Views(s.World)
	}
	for _, t := range s.Files.Texts {
		if strings.HasSuffix(t.Path, ".md") {
			lo.Pages[t.Path] = link.PageFile{Thing: model.None, Draft: true}
		}
	}
	for i := range s.World.Things {
		if t := &s.World.Things[i]; t.Page != nil {
			lo.Pages[t.Page.Text.Path] = link.PageFile{Thing: t.ID, Draft: t.Draft}
		}
	}
	return lo
}

// derive is station 4.
func (s *Snapshot) derive() {
	s.Web = derive.Weave(s.World, s.Bodies)
}
