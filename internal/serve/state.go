package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"entente/internal/build"
	"entente/internal/diag"
	"entente/internal/workspace"
)

// state is what the preview shows at one moment: immutable, swapped in whole.
type state struct {
	version  int64
	site     *build.Site // what is shown: the last good one, or the first when none was good
	latest   *build.Site // good or not; nil before the first reading
	failure  error       // why there is no later reading; nil: there is
	problems []diag.Diagnostic
	change   change
	took     time.Duration
	assets   map[string]int64 // files that pages name and whose name did not change with them: version of the last change
	data     int64            // version of the last change of the world, which scripts of pages draw from

	pages sync.Map       // by address: func() shown
	told  func() tidings // what streams say of this state
}

// shown is a file of the site as it is served.
type shown struct {
	name string // in the site; "404.html" when there is no such page
	body []byte
	hash string // of name and body
	ok   bool   // the site has it
	err  error
}

// show gives what is served at an address, and keeps it.
func (st *state) show(address string) shown {
	f, ok := st.pages.Load(address)
	if !ok {
		f, _ = st.pages.LoadOrStore(address, sync.OnceValue(func() shown { return st.find(address) }))
	}
	return f.(func() shown)()
}

func (st *state) find(address string) shown {
	name := fileAt(address)
	body, ok, err := st.site.File(name)
	if !ok && err == nil {
		name = "404.html"
		body, _, err = st.site.File(name)
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00%t\x00", name, ok)
	sum.Write(body)
	return shown{name: name, body: body, hash: hex.EncodeToString(sum.Sum(nil)[:8]), ok: ok, err: err}
}

// fileAt gives the file of the site that answers at an address.
func fileAt(address string) string {
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return name
}

// open reads the site for the first time.
func (s *server) open(ctx context.Context) {
	start := time.Now()
	live, err := build.Open(ctx, s.o.Root, workspace.Options{Room: s.o.Room})
	if err != nil {
		s.put(ctx, nil, err, change{}, start)
		return
	}
	s.live = live
	site := live.Site()
	s.watcher.tree.learn(slices.Concat(site.Snapshot.Files.Texts, site.Snapshot.Files.Templates))
	s.put(ctx, site, nil, change{}, start)
	fmt.Fprintln(s.o.Out, s.printed.line(s.now.Load()))
	s.printed.problems(s.o.Out, s.now.Load(), s.o.Colour)
}

// follow takes a change into the site: first the pages that somebody looks
// at, then all others and the checks of the whole, unless the next change
// comes first.
func (s *server) follow(ctx context.Context, c change) {
	start := time.Now()
	if s.live == nil {
		s.open(ctx)
		return
	}
	before := s.now.Load()
	s.owed = append(s.owed, c.paths...)
	site, err := s.live.Apply(ctx, workspace.Change{Paths: s.owed, Looking: s.streams.looking()})
	if err == nil {
		s.owed = nil
		if site == before.latest && before.failure == nil {
			return
		}
	}
	s.put(ctx, site, err, c, start)
	fmt.Fprintln(s.o.Out, s.printed.line(s.now.Load()))
	if err == nil {
		s.settle(ctx, c, start)
	}
	s.printed.problems(s.o.Out, s.now.Load(), s.o.Colour)
}

// settle finishes what following left for later. The next change ends it.
func (s *server) settle(ctx context.Context, c change, start time.Time) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan struct{})
	var site *build.Site
	var err error
	go func() {
		defer close(done)
		site, err = s.live.Settle(ctx)
	}()
	select {
	case <-done:
	case <-s.watcher.ready:
		s.watcher.again()
		cancel()
		<-done
	}
	if ctx.Err() != nil {
		return
	}
	if err != nil || site != s.now.Load().latest {
		s.put(ctx, site, err, c, start)
	}
	go s.live.Rest()
}

// put makes a reading the current state. When the input is wrong the last
// good site stays, and the problems are shown over it.
func (s *server) put(ctx context.Context, site *build.Site, err error, c change, start time.Time) {
	if ctx.Err() != nil {
		return
	}
	old := s.now.Load()
	next := &state{version: old.version + 1, site: old.site, latest: old.latest, failure: err, problems: old.problems, change: c, took: time.Since(start), assets: old.assets, data: old.data}
	if err == nil {
		next.latest, next.problems = site, diag.Gather(site.Diags)
		if !site.Errors() || site.Ready() && (old.site == nil || old.site.Errors()) {
			next.site = site
		}
	}
	if next.site != nil && (old.site == nil || old.site.Snapshot.World != next.site.Snapshot.World) {
		next.data = next.version
	}
	next.assets = changedAssets(old.assets, c.paths, next.version)
	next.told = sync.OnceValue(func() tidings { return tell(next, s.editor(next)) })
	s.now.Store(next)
	s.streams.wake()
}

// changedAssets notes which files that are published as they are changed.
func changedAssets(old map[string]int64, paths []string, version int64) map[string]int64 {
	var next map[string]int64
	for _, p := range paths {
		top, rest, _ := strings.Cut(p, "/")
		ext := path.Ext(p)
		if top == "templates" || top == "content" && (ext == ".md" || ext == ".yaml") {
			continue
		}
		if next == nil {
			if next = maps.Clone(old); next == nil {
				next = map[string]int64{}
			}
		}
		next[rest] = version
	}
	if next == nil {
		return old
	}
	return next
}

// printed is what the terminal has shown.
type printed struct{ last []diag.Diagnostic }

// line says what changed, what came of it, and how long it took.
func (p *printed) line(st *state) string {
	what := "read"
	if n := len(st.change.paths); n > 0 {
		what = printable(st.change.paths[0])
		if n > 1 {
			what += fmt.Sprintf(" and %d more", n-1)
		}
	}
	if st.failure != nil {
		return fmt.Sprintf("%s: cannot read the site: %v", what, st.failure)
	}
	pages := 0
	if st.site != nil {
		pages = st.site.Pages()
	}
	errs, warnings := diag.Count(st.problems)
	took := fmt.Sprintf("%.1f ms", float64(st.took.Microseconds())/1000)
	if wait := st.change.settled(); wait > 0 {
		took += fmt.Sprintf(" after %d ms to settle", wait.Milliseconds())
	}
	line := fmt.Sprintf("%s: %s, %d pages", what, took, pages)
	if errs > 0 {
		line += ", " + count(errs, "error")
		if st.site != st.latest {
			line += "; the last good site stays"
		}
	}
	if warnings > 0 {
		line += ", " + count(warnings, "warning")
	}
	return line
}

// problems prints what is wrong, when it is not what was printed last.
func (p *printed) problems(w io.Writer, st *state, colour bool) {
	if slices.EqualFunc(p.last, st.problems, func(a, b diag.Diagnostic) bool { return diag.Compare(a, b) == 0 && a.Severity == b.Severity }) {
		return
	}
	if len(st.problems) == 0 {
		fmt.Fprintln(w, "no errors or warnings left")
	}
	diag.Text(w, st.problems, diag.Style{Colour: colour, Source: st.text})
	p.last = st.problems
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// printable keeps the name of a file from commanding the terminal.
func printable(p string) string {
	q := fmt.Sprintf("%q", p)
	if q == `"`+p+`"` {
		return p
	}
	return q
}
