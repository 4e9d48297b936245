// Package serve is the live preview: it keeps a site in memory, watches its
// sources and shows each change in the open pages. It never touches the
// output folder, listens on loopback only, and answers with nothing but the
// site.
//
// A state is what the preview shows at one moment; a change is a settled
// burst of saves; a stream tells the open pages of one browser which of them
// are out of date. The package knows nothing of how pages are made.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"entente/internal/build"
	"entente/internal/workspace"
)

// Options are the choices of a preview.
type Options struct {
	Root   string
	Host   string   // loopback when empty
	Port   int      // 0: the first free one from 8383 on
	Hosts  []string // further names by which the preview may be asked for
	Out    io.Writer
	Colour bool             // Out shows colours
	Open   func(url string) // opens the browser; nil: does not
	Editor Editor           // opens a place; zero: what the site names
	Guess  Editor           // opens a place when nobody names an editor
	Poll   bool             // do without file events
	Room   workspace.Room   // for what a large site cannot keep in memory; nil: memory

	// Start starts a program and gives a function that waits for its end;
	// nil: no editor can be started.
	Start func(words []string) (wait func() error, err error)
}

// PortTaken is returned when the port that was asked for is in use.
type PortTaken struct{ Port int }

func (e *PortTaken) Error() string {
	return fmt.Sprintf("SV001: port %d is taken; leave --port out to have a free one chosen", e.Port)
}

// ExitCode is that of a machine failure.
func (e *PortTaken) ExitCode() int { return 3 }

// firstPort is where the search for a free port begins.
const firstPort = 8383

// limits keep one client from taking what all others need.
type limits struct {
	header, read, write, idle time.Duration
	streams                   int // open at once
}

func defaultLimits() limits {
	return limits{header: 5 * time.Second, read: 15 * time.Second, write: 30 * time.Second, idle: time.Minute, streams: 512}
}

// server holds the state and who waits for the next one.
type server struct {
	o       Options
	limits  limits
	hosts   []string // lower case, as a Host header names them
	client  string   // of the scripts that are served
	watcher *watcher
	live    *build.Live // nil until the site could be opened
	owed    []string    // changed paths that could not be taken in yet
	now     atomic.Pointer[state]
	printed printed
	streams streams
}

// Run serves a site until the context ends.
func Run(ctx context.Context, o Options) error {
	l, err := listen(o)
	if err != nil {
		return err
	}
	s, err := newServer(o, l.Addr().(*net.TCPAddr).Port)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	s.open(ctx)
	s.watcher.start()
	defer s.watcher.close()
	fmt.Fprintf(o.Out, "Preview at %s (Ctrl-C ends it)\n", s.url())
	if o.Open != nil {
		o.Open(s.url())
	}
	return s.serve(ctx, l)
}

func newServer(o Options, port int) (*server, error) {
	w, err := newWatcher(o.Root, o.Poll, func(line string) { fmt.Fprintln(o.Out, line) })
	if err != nil {
		return nil, err
	}
	o.Root = w.root
	s := &server{o: o, limits: defaultLimits(), watcher: w, client: clientHash(), streams: newStreams()}
	for _, name := range []string{"127.0.0.1", "localhost", "[::1]"} {
		s.hosts = append(s.hosts, fmt.Sprintf("%s:%d", name, port))
		if port == 80 {
			s.hosts = append(s.hosts, name)
		}
	}
	s.hosts = append(s.hosts, allowed(o.Hosts, port)...)
	s.now.Store(&state{})
	return s, nil
}

// url is how the author reaches the preview.
func (s *server) url() string { return "http://" + s.hosts[0] + "/" }

// serve answers and follows changes until the context ends.
func (s *server) serve(ctx context.Context, l net.Listener) error {
	hs := &http.Server{Handler: s, ReadHeaderTimeout: s.limits.header, ReadTimeout: s.limits.read, IdleTimeout: s.limits.idle, MaxHeaderBytes: 32 << 10,
		ErrorLog: log.New(io.Discard, "", 0)} // what clients do wrong is not the author's concern
	done := make(chan error, 1)
	go func() { done <- hs.Serve(l) }()
	for {
		select {
		case <-ctx.Done():
			s.streams.end()
			stop, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
			defer cancel()
			if err := hs.Shutdown(stop); err != nil {
				_ = hs.Close()
			}
			<-done
			return nil
		case err := <-done:
			return fmt.Errorf("preview: %w", err)
		case <-s.watcher.ready:
			s.follow(ctx, s.watcher.take())
		}
	}
}

// allowed gives the Host headers that further names come with.
func allowed(names []string, port int) []string {
	var hosts []string
	for _, n := range names {
		n = strings.ToLower(strings.TrimSpace(n))
		if n != "" {
			hosts = append(hosts, n, fmt.Sprintf("%s:%d", n, port))
		}
	}
	return hosts
}

func listen(o Options) (net.Listener, error) {
	host := o.Host
	if host == "" {
		host = "127.0.0.1"
	}
	if o.Port != 0 {
		l, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(o.Port)))
		if inUse(err) {
			return nil, &PortTaken{o.Port}
		}
		return l, err
	}
	for port := firstPort; port < firstPort+100; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, fmt.Sprint(port)))
		if err == nil || !inUse(err) {
			return l, err
		}
	}
	return net.Listen("tcp", net.JoinHostPort(host, "0"))
}
