// Package build keeps pages in step with a snapshot: it lists the pages of a
// site, renders them and hands their bytes to a sink. A build renders all of
// them; the preview renders what is looked at.
package build

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/edition"
	"entente/internal/model"
	"entente/internal/page"
	"entente/internal/prose"
	"entente/internal/render"
	"entente/internal/search"
	"entente/internal/workspace"
	"entente/static"
	"entente/templates"
)

// Sink takes the files of a site.
type Sink interface {
	// Put takes one file. It may be called by many goroutines at once and
	// must not keep content.
	Put(path string, content []byte) error
}

// Site is a snapshot with everything that is needed to render its pages. It
// is immutable and may be used by many goroutines.
type Site struct {
	Snapshot *workspace.Snapshot
	Diags    []diag.Diagnostic // of the snapshot and of the templates

	shown     *page.Site
	list      func() *listing
	given     []asset  // all that could be published as it is
	assets    []asset  // what is
	unnamed   []string // what is not published and no page names
	byAsset   map[string]int
	judged    []diag.Diagnostic            // of the paths of all files
	judgedOf  *model.World                 // whose pages were judged
	live      map[string][]diag.Diagnostic // pictures that can run, by their file
	names     map[string]string            // name under static/ to address, with content hash
	templates *render.Set
	kept      *sync.Map // path of a page to its bytes, once it was asked for
	index     func() []search.File
}

// Views draws fenced views; it is what workspace.Options.Views wants.
func Views(w *model.World) func(name, options string, on *model.Thing) prose.Inline {
	views := page.NewViews(w)
	return views.Draw
}

// New prepares a snapshot for rendering.
func New(s *workspace.Snapshot) (*Site, error) { return follow(nil, s) }

// follow prepares a snapshot for rendering and takes over from the site before
// it, if any, what did not change.
func follow(old *Site, s *workspace.Snapshot) (*Site, error) {
	site := &Site{Snapshot: s, Diags: s.Diags, kept: &sync.Map{}}
	if old != nil && slices.Equal(old.Snapshot.Files.Assets, s.Files.Assets) {
		site.given, site.names, site.live = old.given, old.names, old.live
	} else if err := site.collectAssets(); err != nil {
		return nil, err
	}
	site.pick(old)
	if old != nil && old.Ready() && old.Snapshot.Site == s.Site && slices.Equal(old.Snapshot.Files.Templates, s.Files.Templates) {
		site.templates = old.templates
	} else {
		set, diags := render.Parse(templates.Files, page.Functions(s.World.Words), s.Files.Templates)
		if len(diags) > 0 {
			site.Diags = diag.Sort(slices.Concat(site.Diags, diags))
			return site, nil
		}
		site.templates = set
	}
	ps := &page.Site{World: s.World, Bodies: s.Bodies, Text: s.Text, Figures: s.Figures, Web: s.Web, Assets: site.names, Geo: chart.LoadGeo()}
	ps.Shells = shells(ps, site.templates)
	ps.Now = sync.OnceValue(func() *edition.Edition { return ps.Freeze("", ps.EditionDay()) })
	site.shown = ps
	site.index = sync.OnceValue(func() []search.File { return search.Build(entries(ps), searchOptions(ps.World)) })
	if old != nil && old.Ready() && old.Snapshot.World == s.World {
		site.list = old.list
	} else {
		site.list = sync.OnceValue(func() *listing { return listed(s.World) })
	}
	ps.Pages = func() []page.Page { return site.list().pages }
	site.judge(old)
	site.say(site.judged)
	return site, nil
}

// say adds to what is wrong with the site.
func (site *Site) say(diags []diag.Diagnostic) {
	if len(diags) > 0 {
		site.Diags = diag.Sort(slices.Concat(site.Diags, diags))
	}
}

// shells renders head and foot once for each depth and section.
func shells(ps *page.Site, set *render.Set) *page.Shells {
	var mu sync.Mutex // guards the two maps
	heads, feet := map[string]template.HTML{}, map[string]template.HTML{}
	execute := func(name string, view any) template.HTML {
		var b bytes.Buffer
		if err := set.Execute(&b, name, view, name); err != nil {
			return "" // the page's own execution reports it
		}
		return template.HTML(b.String())
	}
	return &page.Shells{
		Masthead: func(root, section string) template.HTML {
			mu.Lock()
			defer mu.Unlock()
			key := root + "\x00" + section
			if _, ok := heads[key]; !ok {
				heads[key] = execute("masthead", page.NewMasthead(ps, root, section))
			}
			return heads[key]
		},
		Colophon: func(root string) template.HTML {
			mu.Lock()
			defer mu.Unlock()
			if _, ok := feet[root]; !ok {
				feet[root] = execute("colophon", page.NewColophon(ps, root))
			}
			return feet[root]
		},
	}
}

// Errors reports whether the site must not be published.
func (site *Site) Errors() bool {
	n, _ := diag.Count(site.Diags)
	return n > 0
}

// Render puts every page and asset of the site into a sink.
func (site *Site) Render(ctx context.Context, sink Sink) error {
	if !site.offline() {
		if err := sink.Put(workerFile, []byte(static.Farewell)); err != nil {
			return err
		}
		return site.render(ctx, sink)
	}
	h := &hashing{Sink: sink}
	if err := site.render(ctx, h); err != nil {
		return err
	}
	return site.putWorker(h)
}

// render puts all but the script for offline reading.
func (site *Site) render(ctx context.Context, sink Sink) error {
	g, ctx := errgroup.WithContext(ctx)
	var broken faults
	g.Go(func() error { // the longest piece of work, so it begins first
		for _, f := range site.index() {
			if err := sink.Put(f.Path, f.Bytes); err != nil {
				return err
			}
		}
		return nil
	})
	pages := site.list().pages
	var next atomic.Int64 // pages, then assets
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			var buf bytes.Buffer
			for {
				if err := ctx.Err(); err != nil {
					return err
				}
				i := int(next.Add(1)) - 1
				var err error
				switch n := len(pages); {
				case i < n:
					err = site.putPage(pages, i, &buf, sink, &broken)
				case i < n+len(site.assets):
					err = site.putAsset(site.assets[i-n], sink)
				default:
					return nil
				}
				if err != nil {
					return err
				}
			}
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := broken.err(); err != nil {
		return err
	}
	return site.Snapshot.Err()
}

func (site *Site) putPage(pages []page.Page, i int, buf *bytes.Buffer, sink Sink, broken *faults) error {
	p := &pages[i]
	if broken.before(p.Template, i) {
		return nil
	}
	if p.Encode != nil {
		return sink.Put(p.Path, p.Encode(site.shown))
	}
	buf.Reset()
	if err := site.write(buf, p); err != nil {
		return broken.add(p.Template, i, err)
	}
	return sink.Put(p.Path, buf.Bytes())
}

func (site *Site) putAsset(a asset, sink Sink) error {
	b, err := site.read(a)
	if err != nil {
		return fmt.Errorf("read asset %s: %w", a.disk, err)
	}
	return sink.Put(a.path, b)
}

func (site *Site) write(buf *bytes.Buffer, p *page.Page) error {
	if p.Encode != nil {
		buf.Write(p.Encode(site.shown))
		return nil
	}
	return site.templates.Execute(buf, p.Template, p.View(site.shown), p.Path)
}

// File gives the bytes of one file of the site by its path, which must not be
// changed; false when the site has no such file. A page is rendered when it is
// first asked for.
func (site *Site) File(name string) ([]byte, bool, error) {
	if b, ok := site.kept.Load(name); ok {
		return b.([]byte), true, nil
	}
	if p, ok := site.page(name); ok {
		var buf bytes.Buffer
		if err := site.write(&buf, &p); err != nil {
			return buf.Bytes(), true, err
		}
		if err := site.Snapshot.Err(); err != nil {
			return nil, true, err
		}
		site.kept.Store(name, buf.Bytes())
		return buf.Bytes(), true, nil
	}
	if i, ok := site.byAsset[name]; ok {
		b, err := site.read(site.assets[i])
		return b, err == nil, err
	}
	if name == workerFile { // a preview keeps nothing
		return []byte(static.Farewell), true, nil
	}
	if strings.HasPrefix(name, "search/") && site.index != nil {
		for _, f := range site.index() {
			if f.Path == name {
				return f.Bytes, true, nil
			}
		}
	}
	return nil, false, nil
}

// Edition makes an edition of the site as it stands; a zero day is that of the
// settings.
func (site *Site) Edition(name string, day date.Date) *edition.Edition {
	if day.IsZero() {
		day = site.shown.EditionDay()
	}
	return site.shown.Freeze(name, day)
}

// Counts gives the links and bound facts of all texts.
func (site *Site) Counts() (links, facts int) {
	for _, b := range site.Snapshot.Bodies {
		if b != nil {
			links += len(b.Links)
			facts += b.Facts
		}
	}
	return links, facts
}

// Ready reports whether pages can be rendered at all, errors or not.
func (site *Site) Ready() bool { return site.templates != nil }

// SourceOf gives the file that an author edits to change the page at an
// address; "" when no single file does.
func (site *Site) SourceOf(address string) string {
	for i := range site.Snapshot.World.Things {
		if t := &site.Snapshot.World.Things[i]; t.Path == address {
			if t.Page != nil {
				return t.Page.Text.Path
			}
			return t.Origin.Text.Path
		}
	}
	return ""
}
