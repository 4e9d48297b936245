// Package serve is the live preview: it keeps a site in memory, watches its
// sources and shows each change in the browser. It never touches the output
// folder, listens on loopback only, and answers with nothing but the site.
package serve

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"entente/internal/build"
	"entente/internal/diag"
	"entente/internal/workspace"
)

//go:embed preview/dev.js
var devScript []byte

//go:embed preview/live.js
var liveScript []byte

//go:embed preview/idiomorph.min.js
var morphScript []byte

// Options are the choices of a preview.
type Options struct {
	Root  string
	Host  string   // loopback when empty
	Port  int      // 0: the first free one from 8383 on
	Hosts []string // further names by which the preview may be asked for
	Out   io.Writer
	Open  func(url string)                       // opens the browser; nil: does not
	Edit  func(file string, line, col int) error // opens the editor; nil: cannot
	Poll  bool                                   // do without file events
}

// PortTaken is returned when the port that was asked for is in use.
type PortTaken struct{ Port int }

func (e *PortTaken) Error() string {
	return fmt.Sprintf("SV001: port %d is taken; leave --port out to have a free one chosen", e.Port)
}

// ExitCode is that of a machine failure.
func (e *PortTaken) ExitCode() int { return 3 }

// state is what the preview shows: immutable, swapped in whole.
type state struct {
	version  int64
	site     *build.Site       // last good one
	problems []diag.Diagnostic // of the latest reading
	took     time.Duration
	latest   *build.Site // good or not
}

// server holds the state and who listens for the next one.
type server struct {
	o     Options
	live  *build.Live // nil until the site could be opened
	hosts []string
	now   atomic.Pointer[state]

	mu      sync.Mutex // guards waiting
	waiting map[chan struct{}]bool
}

// Run serves a site until the context ends.
func Run(ctx context.Context, o Options) error {
	s := &server{o: o, waiting: map[chan struct{}]bool{}}
	l, err := listen(o)
	if err != nil {
		return err
	}
	port := l.Addr().(*net.TCPAddr).Port
	s.hosts = []string{fmt.Sprintf("127.0.0.1:%d", port), fmt.Sprintf("localhost:%d", port), fmt.Sprintf("[::1]:%d", port)}
	for _, h := range o.Hosts {
		s.hosts = append(s.hosts, h, fmt.Sprintf("%s:%d", h, port))
	}
	w, err := newWatcher(o.Root, o.Poll, func(line string) { fmt.Fprintln(o.Out, line) })
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer w.close()
	s.reload(ctx)
	url := fmt.Sprintf("http://127.0.0.1:%d/", port)
	fmt.Fprintf(o.Out, "Preview at %s (Ctrl-C ends it)\n", url)
	if o.Open != nil {
		o.Open(url)
	}
	hs := &http.Server{Handler: s, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, IdleTimeout: 60 * time.Second, MaxHeaderBytes: 32 << 10}
	done := make(chan error, 1)
	go func() { done <- hs.Serve(l) }()
	for {
		select {
		case <-ctx.Done():
			stop, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
			defer cancel()
			if err := hs.Shutdown(stop); err != nil {
				_ = hs.Close()
			}
			<-done
			return nil
		case err := <-done:
			return fmt.Errorf("preview: %w", err)
		case <-w.changes:
			s.reload(ctx)
		}
	}
}

func listen(o Options) (net.Listener, error) {
	host := o.Host
	if host == "" {
		host = "127.0.0.1"
	}
	if o.Port != 0 {
		l, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(o.Port)))
		if err != nil {
			return nil, &PortTaken{o.Port}
		}
		return l, nil
	}
	for port := 8383; port < 8483; port++ {
		if l, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(port))); err == nil {
			return l, nil
		}
	}
	return net.Listen("tcp", net.JoinHostPort(host, "0"))
}

// reload takes what changed into the site and puts the result in place: first
// the pages, then what the checks of the whole site say. When the input is
// wrong, the last good site stays and the problems are shown over it.
func (s *server) reload(ctx context.Context) {
	start := time.Now()
	var site *build.Site
	var err error
	if s.live == nil {
		if s.live, err = build.Open(ctx, s.o.Root); err == nil {
			site = s.live.Site()
		}
	} else {
		site, err = s.live.Apply(ctx, workspace.Change{})
	}
	if err != nil {
		if ctx.Err() == nil {
			fmt.Fprintf(s.o.Out, "cannot read the site: %v\n", err)
		}
		return
	}
	old, took := s.now.Load(), time.Since(start)
	s.show(site, took)
	if site, err = s.live.Settle(ctx); err != nil {
		return
	}
	s.show(site, took)
	s.say(old, s.now.Load())
}

// show makes a site the one that is shown, or, while it has errors, only its
// problems, and tells the open pages.
func (s *server) show(site *build.Site, took time.Duration) {
	next, old := &state{}, s.now.Load()
	if old != nil {
		if old.latest == site {
			return
		}
		next.version, next.site = old.version, old.site
	}
	next.latest, next.problems, next.took = site, site.Diags, took
	if !site.Errors() || next.site == nil && site.Ready() {
		next.site = site
	}
	next.version++
	s.now.Store(next)
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.waiting {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// say prints what a reading found, once per change.
func (s *server) say(old, next *state) {
	if old == nil || !slices.EqualFunc(old.problems, next.problems, func(a, b diag.Diagnostic) bool { return diag.Compare(a, b) == 0 }) {
		diag.Text(s.o.Out, next.problems, diag.Style{})
	}
	errs, warnings := diag.Count(next.problems)
	what := "read"
	if errs > 0 {
		what = "errors; the last good site stays,"
	}
	pages := 0
	if next.site != nil {
		pages = next.site.Pages()
	}
	fmt.Fprintf(s.o.Out, "%s %d pages, %d errors, %d warnings, %s\n", what, pages, errs, warnings, next.took.Round(time.Millisecond))
}

// status is what an open page is told.
type status struct {
	Version  int64     `json:"version"`
	Text     string    `json:"text"`
	At       string    `json:"at"`
	Problems []problem `json:"problems"`
}

type problem struct {
	Severity string   `json:"severity"`
	Rule     string   `json:"rule"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Col      int      `json:"col"`
	End      int      `json:"end"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint"`
	Excerpt  [][2]any `json:"excerpt"`
}

func (st *state) status() []byte {
	v := status{Version: st.version, Text: fmt.Sprintf("Rebuilt in %d ms", st.took.Milliseconds()), Problems: []problem{}}
	for i, d := range st.problems {
		if i == 50 {
			break
		}
		p := problem{Severity: d.Severity.String(), Rule: d.Rule, File: d.Path, Line: max(1, d.Pos.Line), Col: max(1, d.Pos.Col), Message: d.Message, Hint: d.Hint, Excerpt: [][2]any{}}
		p.End = p.Col + 1
		if d.End.Line == d.Pos.Line && d.End.Col > d.Pos.Col {
			p.End = d.End.Col
		}
		for _, t := range slices.Concat(st.latest.Snapshot.Files.Texts, st.latest.Snapshot.Files.Templates) {
			if t.Path == d.Path {
				for n := max(1, p.Line-2); n <= p.Line+2; n++ {
					p.Excerpt = append(p.Excerpt, [2]any{n, t.Line(n)})
				}
			}
		}
		v.Problems = append(v.Problems, p)
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic("serve: " + err.Error())
	}
	return b
}

// events streams the status to an open page.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	flush := http.NewResponseController(w)
	if err := flush.SetReadDeadline(time.Time{}); err != nil {
		http.Error(w, "no stream", http.StatusInternalServerError)
		return
	}
	c := make(chan struct{}, 1)
	s.mu.Lock()
	if len(s.waiting) >= 512 {
		s.mu.Unlock()
		http.Error(w, "too many open pages", http.StatusServiceUnavailable)
		return
	}
	s.waiting[c] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.waiting, c)
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "text/event-stream")
	beat := time.NewTicker(15 * time.Second)
	defer beat.Stop()
	for {
		if _, err := fmt.Fprintf(w, "data: %s\n\n", s.now.Load().status()); err != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-c:
		case <-beat.C:
		}
	}
}

// scripts are added to every page of a preview, and to no published one.
const scripts = `<script src="/-/dev.js" defer></script><script src="/-/morph.js" defer></script><script src="/-/live.js" defer></script>`

// withScripts adds the preview's scripts to a page.
func withScripts(html []byte) []byte {
	text := string(html)
	if i := strings.LastIndex(text, "</head>"); i >= 0 {
		text = text[:i] + scripts + text[i:]
	}
	return []byte(text)
}
