package build

import (
	"cmp"
	"context"
	"runtime"
	"sync"

	"entente/internal/workspace"
)

// Live keeps a site in step with its sources, for the preview:
//
//	live, err := build.Open(ctx, root, options)
//	site := live.Site()                       // ready to answer
//	site, err = live.Apply(ctx, change)       // show this at once: the new bytes
//	site, err = live.Settle(ctx)              // then this: all pages, all diagnostics
//
// Every Site is immutable and answers from one state, however long it is
// kept: take it once a request. Pages are rendered when they are asked for
// and kept until the next state. Site.Diags of an applied state are fresh
// for the changed files and those of the state before for the rest; after
// Settle they are those of a clean build.
type Live struct {
	ws *workspace.Workspace

	mu   sync.Mutex // guards site
	site *Site
}

// Open reads a site for the preview: with drafts, and with the source lines
// marked. Of the options only those that say where text is kept are taken.
func Open(ctx context.Context, root string, o workspace.Options) (*Live, error) {
	ws, err := workspace.Open(ctx, root, workspace.Options{Drafts: true, Marks: true, Views: Views, Room: o.Room, Keep: o.Keep})
	if err != nil {
		return nil, err
	}
	l := &Live{ws: ws}
	_, err = l.show(ws.Snapshot())
	return l, err
}

// Site is the latest state.
func (l *Live) Site() *Site {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.site
}

// Apply takes a change in and gives the next state; the same pointer as
// before when nothing really changed. The error is a failure of the machine:
// the state before stays.
func (l *Live) Apply(ctx context.Context, c workspace.Change) (*Site, error) {
	s, err := l.ws.Apply(ctx, c)
	if err != nil {
		return nil, err
	}
	return l.show(s)
}

// Settle finishes what Apply left for later. It stops early when the context
// ends; call it again after the next Apply.
func (l *Live) Settle(ctx context.Context) (*Site, error) {
	s, err := l.ws.Settle(ctx)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	return l.show(s)
}

// restful is how many bytes make a heap that takes long to look through.
const restful = 64 << 20

// Rest collects the garbage of a large site while nobody waits, so that the
// next change need not.
func (l *Live) Rest() {
	var m runtime.MemStats
	if runtime.ReadMemStats(&m); m.HeapAlloc > restful {
		runtime.GC()
	}
}

// show makes a snapshot the current state.
func (l *Live) show(s *workspace.Snapshot) (*Site, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.site != nil && l.site.Snapshot == s {
		return l.site, nil
	}
	site, err := follow(l.site, s)
	if err != nil {
		return nil, err
	}
	l.site = site
	return site, nil
}
