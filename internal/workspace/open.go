package workspace

import (
	"bytes"
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"entente/internal/check"
	"entente/internal/claim"
	"entente/internal/derive"
	"entente/internal/diag"
	"entente/internal/edition"
	"entente/internal/file"
	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/record"
)

// Workspace keeps the current snapshot of a site and takes it to the next
// one when files change. Each snapshot stays whole and unchanged for as long
// as somebody holds it.
type Workspace struct {
	mu   sync.Mutex // guards now and held; locked while a change is taken in
	now  *Snapshot
	held held
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
	return &Workspace{now: s}, nil
}

// Snapshot is the latest state.
func (w *Workspace) Snapshot() *Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	return cmp.Or(w.held.snapshot, w.now)
}

// Apply takes a change in and gives the next state. In it the changed pages
// and those that somebody looks at are right, and so are the diagnostics of
// the changed files, but for claims that a text was not wrong in before; other
// pages may still show names and facts as they were, and the site-wide checks
// are those of the state before, until Settle. When changed files are wrong by
// themselves, all pages are those of the state before until then. The snapshot
// is the one before, the same pointer, when nothing really changed.
func (w *Workspace) Apply(ctx context.Context, c Change) (*Snapshot, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if same, err := w.held.same(c); same || err != nil {
		return w.held.snapshot, err
	}
	old := w.now
	c.Paths = w.held.with(c.Paths)
	s, err := old.reload(ctx, c.Paths)
	if err != nil {
		return nil, err
	}
	if len(s.Changed) == 0 {
		w.held = held{}
		return old, nil
	}
	if wrong := s.broken(); wrong != nil {
		w.held = held{s.hold(old, wrong), c.Paths}
		return w.held.snapshot, nil
	}
	if err := s.takeIn(ctx, old, c.Looking); err != nil {
		return nil, err
	}
	w.now, w.held = s, held{}
	return s, nil
}

// reload begins the next snapshot: the changed files, each read by itself.
func (s *Snapshot) reload(ctx context.Context, paths []string) (*Snapshot, error) {
	files, err := s.Files.Reload(s.Root, paths)
	if err != nil {
		return nil, err
	}
	next := *s
	next.Files, next.Settled = files, false
	if next.Changed = changed(s.Files, files); len(next.Changed) == 0 {
		return &next, nil
	}
	return &next, next.read(ctx, s)
}

// takeIn declares what changed, and composes the changed pages and those that
// somebody looks at.
func (s *Snapshot) takeIn(ctx context.Context, old *Snapshot, looking []string) error {
	s.pages, s.Bodies = slices.Clone(s.pages), slices.Clone(s.Bodies)
	fresh := s.declare(old)
	fresh = append(fresh, s.lookedAt(looking)...)
	if err := s.advance(ctx, fresh, false); err != nil {
		return err
	}
	s.Diags = s.sofar(old, fresh)
	return nil
}

// changed lists what differs between two inputs: files, and what is wrong
// with them.
func changed(old, now *file.Set) []string {
	var paths []string
	differ := func(p string) { paths = append(paths, p) }
	at := func(t *file.Text) string { return t.Path }
	compare(old.Texts, now.Texts, at, differ)
	compare(old.Templates, now.Templates, at, differ)
	compare(old.Assets, now.Assets, func(a file.Asset) string { return a.Path }, differ)
	if !slices.Equal(old.Problems, now.Problems) {
		for _, p := range slices.Concat(old.Problems, now.Problems) {
			differ(p.Path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// compare walks two lists in order of path and tells of what is not in both.
func compare[T comparable](old, now []T, at func(T) string, differ func(string)) {
	i, j := 0, 0
	for i < len(old) || j < len(now) {
		switch {
		case i < len(old) && j < len(now) && old[i] == now[j]:
			i, j = i+1, j+1
		case j == len(now) || i < len(old) && at(old[i]) < at(now[j]):
			differ(at(old[i]))
			i++
		case i == len(old) || at(now[j]) < at(old[i]):
			differ(at(now[j]))
			j++
		default:
			differ(at(now[j]))
			i, j = i+1, j+1
		}
	}
}

// declare brings world and linker up to date and gives the things whose own
// text must be composed.
func (s *Snapshot) declare(old *Snapshot) []model.ID {
	if s.sameDeclarations(old) {
		return s.rewritten()
	}
	s.resolve(old)
	s.todo.words = append(s.todo.words[:len(s.todo.words):len(s.todo.words)], link.Changes(old.World, s.World, claim.SameToRead)...)
	s.todo.words = append(s.todo.words, s.comings(old)...)
	s.todo.world = true
	s.todo.all = s.todo.all || !sameSettings(old.Site, s.Site)
	return s.carry(old)
}

// sameDeclarations reports whether the changed files declare what they did:
// only texts below the front matter differ, or files that no text knows of.
func (s *Snapshot) sameDeclarations(old *Snapshot) bool {
	for _, p := range s.Changed {
		switch _, known := kindOf(p); {
		case p == sitePath, edition.Holds(p):
			return false
		case strings.HasSuffix(p, ".md") && strings.HasPrefix(p, "content/"):
			a, b := old.readingOf(p), s.readingOf(p)
			if a == nil || b == nil || !bytes.Equal(a.text.Bytes()[:a.page.Body], b.text.Bytes()[:b.page.Body]) {
				return false
			}
		case strings.HasSuffix(p, ".yaml") && known:
			return false
		case strings.HasPrefix(p, "content/") && old.assets[p] != s.hasAsset(p):
			return false
		}
	}
	return true
}

func (s *Snapshot) hasAsset(p string) bool {
	_, ok := slices.BinarySearchFunc(s.Files.Assets, p, func(a file.Asset, p string) int { return cmp.Compare(a.Path, p) })
	return ok
}

// rewritten gives the things whose text has changed.
func (s *Snapshot) rewritten() []model.ID {
	var ids []model.ID
	for _, p := range s.Changed {
		if f, ok := s.files[p]; ok && f.Thing != model.None {
			ids = append(ids, f.Thing)
		}
	}
	return ids
}

// comings are the words by which texts can link to files that came or went.
func (s *Snapshot) comings(old *Snapshot) []string {
	var words []string
	for _, p := range s.Changed {
		_, before := old.files[p]
		_, after := s.files[p]
		if before != after || old.assets[p] != s.assets[p] {
			words = append(words, link.FileWords(p))
		}
	}
	return words
}

// sameSettings reports whether composed texts may stay when site.yaml
// changes: all settings do matter to them but those named here.
func sameSettings(a, b *record.Site) bool {
	strip := func(s *record.Site) record.Site {
		c := *s
		c.Title, c.Tagline, c.Licence, c.LicenceURL, c.Publisher, c.EditURL, c.BaseURL = "", "", "", "", "", "", ""
		c.Parts, c.Featured, c.Severity, c.Publish, c.Origin = nil, nil, nil, nil, record.Origin{}
		return c
	}
	return a == b || reflect.DeepEqual(strip(a), strip(b))
}

// carry takes what was composed over into a new world, and gives the things
// whose own text is new.
func (s *Snapshot) carry(old *Snapshot) []model.ID {
	n := len(s.World.Things)
	s.pages, s.Bodies = make([]*composed, n), make([]*prose.Body, n)
	renumber := make([]int32, len(old.World.Things)) // old ID to new, -1 when gone
	moved := len(old.World.Things) != n
	var fresh []model.ID
	j := 0
	for i := range old.World.Things {
		a := &old.World.Things[i]
		for j < n && model.Before(&s.World.Things[j], a) {
			j++
		}
		renumber[i] = -1
		if j < n && !model.Before(a, &s.World.Things[j]) {
			renumber[i] = int32(j)
			if b := &s.World.Things[j]; b.Page != nil && !claim.SameToRead(a, b) {
				fresh = append(fresh, model.ID(j))
			}
		}
		moved = moved || renumber[i] != int32(i)
	}
	same := true // the pages have the IDs that they had
	for i, p := range old.pages {
		to := renumber[i]
		switch {
		case p == nil:
		case to < 0 || s.World.Things[to].Page == nil:
			moved, same = true, false // its links go
		default:
			s.pages[to] = p
			same = same && to == int32(i)
		}
	}
	s.move(moved, renumber)
	for i := range s.World.Things {
		if t := &s.World.Things[i]; t.Page != nil && (s.pages[i] == nil || s.pages[i].source != t.Page) {
			fresh = append(fresh, model.ID(i))
		}
	}
	switch {
	case moved && same:
		s.Web = old.Web.Renumber(s.World, s.Bodies, renumber)
	case moved:
		s.Web = nil
	}
	return fresh
}

// move lists the bodies of all pages, with the IDs of the new world where any
// has moved.
func (s *Snapshot) move(moved bool, to []int32) {
	var g errgroup.Group
	g.SetLimit(s.tools.workers())
	const batch = 1024
	for start := 0; start < len(s.pages); start += batch {
		g.Go(func() error {
			for i := start; i < min(start+batch, len(s.pages)); i++ {
				if p := s.pages[i]; p != nil {
					if moved {
						p = p.renumber(to)
					}
					s.pages[i], s.Bodies[i] = p, p.body
				}
			}
			return nil
		})
	}
	_ = g.Wait() // nothing of it fails
}

// renumber gives the page with the IDs of another world.
func (p *composed) renumber(to []int32) *composed {
	next, body := *p, *p.body
	body.Targets = make([]int32, len(p.body.Targets))
	for i, id := range p.body.Targets {
		if body.Targets[i] = -1; id >= 0 {
			body.Targets[i] = to[id]
		}
	}
	next.body = &body
	if p.claims != nil {
		next.claims = p.claims.Renumber(to)
	}
	return &next
}

// lookedAt gives the things of some addresses that may show something new.
func (s *Snapshot) lookedAt(addresses []string) []model.ID {
	var ids []model.ID
	for _, a := range addresses {
		for i := range s.World.Things {
			if t := &s.World.Things[i]; t.Path == a && s.pages[i] != nil && (s.todo.world || s.includesNew(s.pages[i])) {
				ids = append(ids, model.ID(i))
			}
		}
	}
	return ids
}

// advance composes some pages, and brings the web and their own diagnostics
// up to date; claims may be left for later.
func (s *Snapshot) advance(ctx context.Context, ids []model.ID, claims bool) error {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	before := make([]*prose.Body, len(ids))
	for i, id := range ids {
		before[i] = s.Bodies[id]
	}
	if err := s.compose(ctx, ids, claims); err != nil {
		return err
	}
	if s.Web == nil {
		s.Web = derive.Weave(s.World, s.Bodies)
	} else {
		s.Web = s.Web.Follow(s.World, s.Bodies, ids, before)
	}
	for _, id := range ids {
		s.pages[id] = s.judge(s.pages[id])
	}
	return nil
}

// sofar is what is known to be wrong before everything is checked: afresh for
// the changed files and composed pages, as before for the rest.
func (s *Snapshot) sofar(old *Snapshot, fresh []model.ID) []diag.Diagnostic {
	if s.World != old.World {
		s.checked = slices.DeleteFunc(slices.Clone(s.checked), func(d diag.Diagnostic) bool {
			return s.isChanged(d.Path)
		})
		return s.diagnostics()
	}
	again := map[string]bool{}
	for _, p := range s.Changed {
		again[p] = true
	}
	var list []diag.Diagnostic
	for _, id := range fresh {
		p := s.pages[id]
		again[p.source.Text.Path] = true
		list = append(append(list, p.body.Diags...), p.judged...)
	}
	for _, d := range old.Diags {
		if !again[d.Path] {
			list = append(list, d)
		}
	}
	for _, p := range s.Files.Problems {
		if again[p.Path] {
			list = append(list, diag.FromFile(p))
		}
	}
	for path := range again {
		if r := s.readingOf(path); r != nil {
			list = append(list, r.diags...)
		}
	}
	for _, d := range slices.Concat(s.settings, s.declared) {
		if again[d.Path] {
			list = append(list, d)
		}
	}
	return diag.Sort(check.Configure(list, s.Site))
}
