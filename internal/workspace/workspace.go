// Package workspace is the engine of the first five stations: it reads the
// sources of a site, makes the world, composes every text, derives what
// follows and checks it, and keeps the result as one immutable snapshot. Load
// does that once; a Workspace takes a snapshot to the next when files change,
// with work in proportion to the change.
//
// All parallel work of these stations is here, and fills slots, so that no
// result depends on timing.
package workspace

import (
	"cmp"
	"context"
	"runtime"

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
	Room  Room                 // for the text of large sites; nil: memory
	Keep  int                  // bytes of text that stay in memory before Room is used; zero: as many as an ordinary site has
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
	Bodies []*prose.Body // by model.ID; nil where a thing has no text
	Web    *derive.Web
	Files  *file.Set
	Diags  []diag.Diagnostic // sorted; errors among them forbid publication

	// Changed are the paths of the files that differ from those of the
	// snapshot before, in order.
	Changed []string
	// Settled reports that every page is composed and every check done, as a
	// clean Load would.
	Settled bool

	tools    tools
	readings []*reading        // in the order of Files.Texts
	settings []diag.Diagnostic // of content/site.yaml
	declared []diag.Diagnostic // of the world
	checked  []diag.Diagnostic // of the rules, when they last ran
	files    map[string]link.PageFile
	assets   map[string]bool
	linker   *link.Linker
	claims   func() *claim.Reader // made when first asked for
	pages    []*composed          // by model.ID
	todo     todo
}

// tools are what a snapshot is made with; they are made once.
type tools struct {
	Options
	records  *record.Reader
	composer *prose.Composer
	spill    *spill // nil when all text is in the bodies
}

// Errors reports whether the snapshot must not be published.
func (s *Snapshot) Errors() bool {
	n, _ := diag.Count(s.Diags)
	return n > 0
}

// Work counts what composing has taken since the site was loaded.
func (s *Snapshot) Work() prose.Work { return s.tools.composer.Work() }

// Load reads a site and takes it through all stations. The error is a
// failure of the machine; what is wrong with the input is in Diags.
func Load(ctx context.Context, root string, o Options) (*Snapshot, error) {
	s := &Snapshot{Root: root, Settled: true, tools: tools{Options: o, records: record.NewReader(), composer: prose.NewComposer()}}
	if o.Room != nil {
		s.tools.spill = &spill{room: o.Room, keep: cmp.Or(o.Keep, keepMost)}
	}
	for _, station := range []struct {
		name string
		run  func() error
	}{
		{"load", func() (err error) {
			s.Files, err = file.Load(root)
			return err
		}},
		{"read", func() error { return s.read(ctx, nil) }},
		{"resolve", func() error {
			s.resolve(nil)
			return nil
		}},
		{"compose", func() error {
			s.pages = make([]*composed, len(s.World.Things))
			s.Bodies = make([]*prose.Body, len(s.World.Things))
			return s.compose(ctx, s.texts(), true)
		}},
		{"derive", func() error {
			s.Web = derive.Weave(s.World, s.Bodies)
			return nil
		}},
		{"check", func() error {
			s.check()
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

// resolve is station 2: what the files declare, and the linker that knows it.
func (s *Snapshot) resolve(old *Snapshot) {
	in := model.Input{Site: s.Site, Drafts: s.tools.Drafts}
	for _, r := range s.readings {
		if r.page != nil {
			in.Pages = append(in.Pages, r.page)
		}
		if r.records != nil {
			in.Files = append(in.Files, r.records)
		}
		if r.edition != nil {
			in.Editions = append(in.Editions, r.edition)
		}
	}
	s.World, s.declared = model.New(in)
	s.relink(old)
}

// check is station 5: what the pages ask of each other, and the rules.
func (s *Snapshot) check() {
	for id, p := range s.pages {
		if p != nil {
			s.pages[id] = s.judge(p)
		}
	}
	s.checked = check.All(check.Input{World: s.World, Web: s.Web, Bodies: s.Bodies})
	s.Diags = s.diagnostics()
}

// diagnostics puts together what every station found.
func (s *Snapshot) diagnostics() []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, p := range s.Files.Problems {
		list = append(list, diag.FromFile(p))
	}
	for _, r := range s.readings {
		list = append(list, r.diags...)
	}
	list = append(append(list, s.settings...), s.declared...)
	for _, p := range s.pages {
		if p != nil {
			list = append(append(list, p.body.Diags...), p.judged...)
		}
	}
	list = append(list, s.checked...)
	return diag.Sort(check.Configure(list, s.Site))
}
