package workspace

import (
	"context"
	"slices"

	"entente/internal/check"
	"entente/internal/diag"
)

// held is a change that Apply has named and not taken in, because files of it
// are wrong by themselves. A world made of them would lack what they declare,
// and nobody would be shown it: the state before stays until they are mended,
// or until there is time to find what follows from the mistake.
type held struct {
	snapshot *Snapshot // shown meanwhile; nil when nothing is held
	paths    []string  // that lead to it from the state before; none means all
}

// same reports whether a change leaves the files as they are held.
func (h held) same(c Change) (bool, error) {
	if h.snapshot == nil {
		return false, nil
	}
	files, err := h.snapshot.Files.Reload(h.snapshot.Root, c.Paths)
	return err == nil && len(changed(h.snapshot.Files, files)) == 0, err
}

// with adds what is held to the paths of a change.
func (h held) with(paths []string) []string {
	switch {
	case h.snapshot == nil:
		return paths
	case len(h.paths) == 0 || len(paths) == 0:
		return nil
	}
	paths = slices.Concat(h.paths, paths)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// release takes in what is held, mistakes and all.
func (w *Workspace) release(ctx context.Context) error {
	if w.held.snapshot == nil {
		return nil
	}
	old := w.now
	s, err := old.reload(ctx, w.held.paths)
	if err != nil {
		return err
	}
	if len(s.Changed) > 0 {
		if err := s.takeIn(ctx, old, nil); err != nil {
			return err
		}
		w.now = s
	}
	w.held = held{}
	return nil
}

// broken gives what is wrong in the changed files by themselves; nil when
// there are no errors among it.
func (s *Snapshot) broken() []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, p := range s.Files.Problems {
		if s.isChanged(p.Path) {
			list = append(list, diag.FromFile(p))
		}
	}
	for _, p := range s.Changed {
		if r := s.readingOf(p); r != nil {
			list = append(list, r.diags...)
		}
		if p == sitePath {
			list = append(list, s.settings...)
		}
	}
	if len(list) == 0 {
		return nil
	}
	list = check.Configure(list, s.Site)
	if n, _ := diag.Count(list); n == 0 {
		return nil
	}
	return list
}

func (s *Snapshot) isChanged(path string) bool {
	_, ok := slices.BinarySearch(s.Changed, path)
	return ok
}

// hold gives the state before, with what is wrong now in the changed files.
func (s *Snapshot) hold(old *Snapshot, wrong []diag.Diagnostic) *Snapshot {
	next := *old
	next.Files, next.readings, next.Changed, next.Settled = s.Files, s.readings, s.Changed, false
	for _, d := range old.Diags {
		if !s.isChanged(d.Path) {
			wrong = append(wrong, d)
		}
	}
	next.Diags = diag.Sort(wrong)
	return &next
}
