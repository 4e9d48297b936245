package workspace

import (
	"context"
	"strings"

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
	anchors []anchor
	shown   link.Shown
	claims  *claim.Page       // what the text states
	judged  []diag.Diagnostic // of the links to headings of other pages, and of the claims
}

// anchor is a link to a heading of another page.
type anchor struct {
	link.Anchor
	slug string // of the page; Target is that of the world it was composed in
}

// relink makes the linker of the snapshot's world.
func (s *Snapshot) relink() {
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
	go func() { matcher <- link.NewMatcher(w) }()
	views := s.views() // may begin work of its own on the new world
	s.claims = claim.NewReader(w)
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

// Figures says what vouches for the figures in the text of a thing.
func (s *Snapshot) Figures(id model.ID) claim.Figures {
	if p := s.pages[id]; p != nil && p.claims != nil {
		return p.claims.Figures
	}
	return claim.Figures{}
}

// compose is station 3: some texts, in parallel.
func (s *Snapshot) compose(ctx context.Context, ids []model.ID) error {
	o := prose.ComposeOptions{Marks: s.tools.Marks}
	if s.Site.RawHTML == "warning" {
		o.RawHTML = diag.Warning
	}
	if s.tools.Room != nil {
		s.spill, s.places = &spill{room: s.tools.Room}, make([]place, len(s.World.Things))
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.tools.workers())
	for _, id := range ids {
		g.Go(func() error {
			t := s.World.Thing(id)
			b := s.linker.Page(t)
			p := &composed{source: t.Page, body: s.tools.composer.Compose(t.Page, b, o), shown: b.Shown}
			for _, a := range b.Anchors {
				p.anchors = append(p.anchors, anchor{a, s.World.Thing(a.Target).Slug})
			}
			p.claims = s.claims.Read(t, p.body)
			p.body.Running = nil // read, and as large as the text
			s.pages[id], s.Bodies[id] = p, p.body
			if s.spill != nil {
				s.places[id] = s.spill.put(p.body)
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return s.spill.done()
}
