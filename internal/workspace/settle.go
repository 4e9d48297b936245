package workspace

import (
	"cmp"
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"entente/internal/link"
	"entente/internal/model"
)

// todo is what Apply leaves for Settle: how to find the pages that show what
// changed, since the last settled snapshot.
type todo struct {
	words []string // that came, went, or mean something else
	world bool     // records or names changed, so facts and views may
	all   bool     // a setting changed that every text depends on
}

// Settle composes what Apply left for later and runs the checks of the whole
// site: the state it gives equals a clean Load. It gives up when the context
// ends, and a later Apply or Settle goes on from there.
func (w *Workspace) Settle(ctx context.Context) (*Snapshot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.release(ctx); err != nil {
		return nil, err
	}
	if w.now.Settled {
		return w.now, nil
	}
	next := *w.now
	s := &next
	s.pages, s.Bodies = slices.Clone(s.pages), slices.Clone(s.Bodies)
	stale, err := s.stale(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.advance(ctx, stale, true); err != nil {
		return nil, err
	}
	s.unreadClaims()
	if err := cmp.Or(s.Err(), ctx.Err()); err != nil {
		return nil, err
	}
	s.check()
	s.Settled, s.todo, s.Changed = true, todo{}, nil
	w.now = s
	return s, nil
}

// stale lists the pages that may show something that changed.
func (s *Snapshot) stale(ctx context.Context) ([]model.ID, error) {
	texts := s.texts()
	if s.todo.all {
		return texts, nil
	}
	facts := s.factsThatChanged()
	finder := link.NewFinder(s.todo.words)
	is := make([]bool, len(s.pages))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(s.tools.workers())
	const batch = 256
	for start := 0; start < len(texts); start += batch {
		g.Go(func() error {
			for _, id := range texts[start:min(start+batch, len(texts))] {
				is[id] = s.isStale(id, finder, facts)
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var ids []model.ID
	for _, id := range texts {
		if is[id] || s.includesStale(s.pages[id], is) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (s *Snapshot) isStale(id model.ID, finder *link.Finder, facts map[string]uint64) bool {
	p := s.pages[id]
	if s.todo.world && (p.shown.Views || len(p.body.Diags) > 0) {
		return true // what is wrong is explained with words of the whole world
	}
	if !finder.Empty() {
		r := s.readingOf(p.source.Text.Path)
		if finder.In(r.text, r.vocabulary()) {
			return true
		}
	}
	for _, f := range p.shown.Facts {
		print, alone := facts[f.Expr]
		if !alone && s.todo.world {
			print, _ = s.linker.FactPrint(f.Expr, id)
			alone = true
		}
		if alone && print != f.Print {
			return true
		}
	}
	return false
}

// factsThatChanged evaluates every bound fact of the site that does not
// depend on its page, once.
func (s *Snapshot) factsThatChanged() map[string]uint64 {
	prints := map[string]uint64{}
	if !s.todo.world {
		return prints
	}
	paged := map[string]bool{}
	for _, p := range s.pages {
		if p == nil {
			continue
		}
		for _, f := range p.shown.Facts {
			if _, done := prints[f.Expr]; done || paged[f.Expr] {
				continue
			}
			if print, alone := s.linker.FactPrint(f.Expr, model.None); alone {
				prints[f.Expr] = print
			} else {
				paged[f.Expr] = true
			}
		}
	}
	return prints
}

// includesNew reports whether a page holds the text of another that is not
// that text any more.
func (s *Snapshot) includesNew(p *composed) bool {
	for _, other := range p.shown.Includes {
		if r := s.readingOf(other.Text.Path); r == nil || r.page != other {
			return true
		}
	}
	return false
}

// includesStale reports whether a page holds the text of one that is stale or
// new.
func (s *Snapshot) includesStale(p *composed, stale []bool) bool {
	for _, other := range p.shown.Includes {
		if f, ok := s.files[other.Text.Path]; !ok || f.Thing == model.None || stale[f.Thing] {
			return true
		}
	}
	return s.includesNew(p)
}
