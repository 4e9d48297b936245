package workspace

import (
	"context"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"entente/internal/claim"
	"entente/internal/diag"
	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/prose"
)

// composed is what composing one page gave. It is kept until something that
// the page shows has changed. What is kept names things by slug, not by ID:
// IDs are those of one world.
type composed struct {
	source  *prose.Source
	body    *prose.Body
	place   *place // of the text, where it is not in the body
	anchors []anchor
	shown   link.Shown
	running *prose.Running    // what claims are read from; nil once they are
	claims  *claim.Page       // what the text states; nil until read
	judged  []diag.Diagnostic // of the claims, and of the links to headings of other pages
	claimed int               // how many of those are of the claims
	world   *model.World      // that judged the claims; nil: none yet
}

// anchor is a link to a heading of another page.
type anchor struct {
	link.Anchor
	slug string // of the page; Target is that of the world it was composed in
}

// relink makes the linker of the snapshot's world, from that of the snapshot
// before if there is one.
func (s *Snapshot) relink(old *Snapshot) {
	w := s.World
	s.files, s.assets = map[string]link.PageFile{}, map[string]bool{}
	for _, a := range s.Files.Assets {
		s.assets[a.Path] = true
	}
	for _, t := range s.Files.Texts {
		if strings.HasSuffix(t.Path, ".md") {
			s.files[t.Path] = link.PageFile{Thing: model.None, Draft: true}
		}
	}
	for i := range w.Things {
		if t := &w.Things[i]; t.Page != nil {
			s.files[t.Page.Text.Path] = link.PageFile{Thing: t.ID, Draft: t.Draft}
		}
	}
	matcher := make(chan *link.Matcher, 1)
	go func() {
		if old != nil {
			matcher <- old.linker.Matcher().Follow(w)
		} else {
			matcher <- link.NewMatcher(w)
		}
	}()
	views := s.views() // may begin work of its own on the new world
	s.claims = sync.OnceValue(func() *claim.Reader { return claim.NewReader(w) })
	assets := s.assets
	s.linker = link.New(w, <-matcher, link.Options{Mentions: s.Site.Links, Pages: s.files,
		Assets: func(path string) bool { return assets[path] }, View: views})
}

func (s *Snapshot) views() func(name, options string, on *model.Thing) prose.Inline {
	if s.tools.Views == nil {
		return nil
	}
	return s.tools.Views(s.World)
}

// texts lists the things that have a text.
func (s *Snapshot) texts() []model.ID {
	var ids []model.ID
	for i := range s.World.Things {
		if s.World.Things[i].Page != nil {
			ids = append(ids, model.ID(i))
		}
	}
	return ids
}

// Shows gives the files under content/ that pages show or link to.
func (s *Snapshot) Shows() map[string]bool {
	shown := map[string]bool{}
	for _, p := range s.pages {
		if p != nil {
			for _, f := range p.shown.Files {
				shown[f] = true
			}
		}
	}
	return shown
}

// Figures says what vouches for the figures in the text of a thing. Claims
// that were left for later are read for it.
func (s *Snapshot) Figures(id model.ID) claim.Figures {
	p := s.pages[id]
	if p == nil {
		return claim.Figures{}
	}
	if p.claims == nil {
		next := *p
		if next.readClaims(s.claims(), s.World.Thing(id)); next.claims == nil {
			return claim.Figures{} // Err says why
		}
		return next.claims.Figures
	}
	return p.claims.Figures
}

// compose is station 3: some texts, in parallel. Claims are as long to read
// as the text is to compose, and nobody waits for them but the checks: they
// may be left for later, unless those of the text before were wrong.
func (s *Snapshot) compose(ctx context.Context, ids []model.ID, claims bool) error {
	o := prose.ComposeOptions{Marks: s.tools.Marks, Say: s.World.Words.Say}
	if s.Site.RawHTML == "warning" {
		o.RawHTML = diag.Warning
	}
	o.Sanitised = s.Site.RawHTML == "sanitised"
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.tools.workers())
	for _, id := range ids {
		g.Go(func() error {
			t := s.World.Thing(id)
			b := s.linker.Page(t, s.source)
			p := &composed{source: s.source(t)}
			p.body = s.tools.composer.Compose(p.source, b, o)
			p.shown = b.Shown
			p.shown.Facts = slices.Clone(p.shown.Facts) // no more than it needs
			for _, a := range b.Anchors {
				p.anchors = append(p.anchors, anchor{a, s.World.Thing(a.Target).Slug})
			}
			p.running, p.body.Running = p.body.Running, nil
			if claims || s.pages[id] != nil && len(s.pages[id].judged) > 0 {
				p.readClaims(s.claims(), t)
			}
			p.place = s.tools.spill.putBody(p.body)
			s.pages[id], s.Bodies[id] = p, p.body
			return ctx.Err()
		})
	}
	return g.Wait()
}

// source is the Markdown file of a thing as it is now: the world knows what
// it declares, which a new text leaves as it was.
func (s *Snapshot) source(t *model.Thing) *prose.Source {
	if t.Page == nil {
		return nil
	}
	return s.readingOf(t.Page.Text.Path).page
}

// readClaims reads what the text states. What it is read from is as large as
// the text, and dropped.
func (p *composed) readClaims(r *claim.Reader, t *model.Thing) {
	body := *p.body
	if body.Plain = body.Text(); body.Plain == nil && p.place != nil {
		return // Err says why
	}
	body.Running = p.running
	p.claims, p.running = r.Read(t, &body), nil
}

// unreadClaims reads the claims that were left for later.
func (s *Snapshot) unreadClaims() {
	for id, p := range s.pages {
		if p != nil && p.claims == nil {
			next := *p
			next.readClaims(s.claims(), s.World.Thing(model.ID(id)))
			s.pages[id] = &next
		}
	}
}
