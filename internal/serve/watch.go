package serve

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// times of a watcher.
type times struct {
	settle time.Duration // quiet time after the last event of a burst
	most   time.Duration // a burst is cut after this
	hold   time.Duration // how long a file that is empty or gone may take to come back
	scan   time.Duration // between two scans of everything, at least
	net    time.Duration // and at most while events tell of changes
}

var defaultTimes = times{settle: 30 * time.Millisecond, most: 200 * time.Millisecond, hold: 120 * time.Millisecond, scan: 500 * time.Millisecond, net: 2 * time.Second}

// change is a settled burst of saves.
type change struct {
	paths []string  // relative to the site, in order
	first time.Time // when the first sign of it was seen
	done  time.Time // when it was taken to be settled
}

// settled is the time that was spent waiting for more.
func (c change) settled() time.Duration { return c.done.Sub(c.first) }

// watcher tells which sources changed. Events only say where to look and
// when; the tree decides. Under them lies a scan of everything, so that what
// no event told is seen too, only later.
type watcher struct {
	times   times
	root    string
	tree    *tree
	ready   chan struct{}     // something can be taken
	events  *fsnotify.Watcher // nil: none to be had
	add     func(full string) error
	watched map[string]bool // folders, relative to the site; "" is the site itself
	say     func(string)

	stop, stopped chan struct{}

	polling bool
	lost    bool            // the site itself is gone
	pending map[string]bool // where events said to look
	first   time.Time       // when the burst began; zero: no burst
	cut     time.Time       // when it ends at the latest
	heard   map[string]bool // top folders of which events have told
	unheard map[string]bool // top folders in which a scan found a change, but of which no event has ever told
	slow    time.Duration   // what the last full scan took

	mu     sync.Mutex // guards change
	change change
}

// newWatcher looks at a site for the first time. It tells of no change
// before start.
func newWatcher(root string, poll bool, say func(string)) (*watcher, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	w := &watcher{times: defaultTimes, root: root, tree: newTree(root), ready: make(chan struct{}, 1), watched: map[string]bool{}, say: say,
		stop: make(chan struct{}), stopped: make(chan struct{}), pending: map[string]bool{}, heard: map[string]bool{}, unheard: map[string]bool{}, polling: poll}
	w.tree.appear, w.tree.vanish = w.watch, w.unwatch
	if !poll {
		if w.events, err = fsnotify.NewWatcher(); err != nil {
			w.events = nil
			w.distrust("file events cannot be had: " + err.Error())
		} else {
			w.add = w.events.Add
		}
	}
	w.scan()
	return w, nil
}

// start begins to tell of changes.
func (w *watcher) start() { go w.run() }

// close ends a watcher that was started.
func (w *watcher) close() {
	close(w.stop)
	<-w.stopped
	w.deafen()
}

// take gives what changed since it was last called.
func (w *watcher) take() change {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.change
	w.change = change{}
	return c
}

func (w *watcher) run() {
	defer close(w.stopped)
	net := time.NewTimer(w.period())
	defer net.Stop()
	burst := time.NewTimer(time.Hour)
	defer burst.Stop()
	for {
		var events chan fsnotify.Event
		var faults chan error
		if w.events != nil {
			events, faults = w.events.Events, w.events.Errors
		}
		select {
		case <-w.stop:
			return
		case e, ok := <-events:
			if !ok {
				w.deafen()
				w.distrust("file events have ended")
			} else if w.hear(e) {
				burst.Reset(min(w.times.settle, time.Until(w.cut)))
			}
			continue
		case err := <-faults:
			w.fault(err)
		case <-burst.C:
			if wait := w.settle(); wait > 0 {
				burst.Reset(wait)
			}
			continue
		case <-net.C:
			if !w.first.IsZero() { // half a burst is no good state to look at
				net.Reset(w.times.most)
				continue
			}
			w.checkHearing()
		}
		w.begin(0)
		w.scan()
		w.noteUnheard()
		if wait := w.settle(); wait > 0 {
			burst.Reset(wait)
		}
		net.Reset(w.period())
	}
}

// period is the time between two scans of everything: short for a small site,
// and so long for a large one that scans take no more than a twentieth of the
// time, or a fifth when nothing else tells of changes.
func (w *watcher) period() time.Duration {
	if w.polling || w.lost {
		return max(w.times.scan, 5*w.slow)
	}
	return max(w.times.scan, min(100*w.slow, w.times.net), 20*w.slow)
}

// begin opens a burst unless one is open.
func (w *watcher) begin(most time.Duration) {
	if w.first.IsZero() {
		w.first = time.Now()
		w.cut = w.first.Add(most)
	}
}

// hear notes where an event says to look; false when it is of no concern.
func (w *watcher) hear(e fsnotify.Event) bool {
	rel, err := filepath.Rel(w.root, e.Name)
	if err != nil || e.Name == "" {
		return false
	}
	p := filepath.ToSlash(rel)
	if p == "." {
		p = ""
	}
	if w.watched[p] && (e.Has(fsnotify.Rename) || e.Has(fsnotify.Remove)) {
		// Watches go with a folder, not with its name: those below would
		// report under a name that is not theirs any more.
		for d := range w.watched {
			if within(d, p) {
				w.unwatch(d)
			}
		}
	}
	if p != "" && !source(p) {
		return false
	}
	if top, _, below := strings.Cut(p, "/"); below {
		w.heard[top] = true
	}
	w.pending[p] = true
	w.begin(w.times.most)
	return true
}

// settle looks where events pointed and hands over what changed. When the
// rest of a save is still to be expected, it says how long to wait for it.
func (w *watcher) settle() time.Duration {
	if w.pending[""] {
		w.scan()
	} else {
		for p := range w.pending {
			w.tree.look(p)
		}
		for p := range w.tree.missing {
			w.tree.look(p)
		}
		if len(w.tree.changed) > 0 {
			w.tree.lookLinks()
		}
	}
	clear(w.pending)
	now := time.Now()
	if wait := w.first.Add(w.times.hold).Sub(now); wait > 0 && w.tree.hollow() {
		return wait
	}
	first := w.first
	w.first = time.Time{}
	paths := w.tree.take()
	if len(paths) == 0 {
		return 0
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.change.first.IsZero() {
		w.change.first = first
	}
	w.change.done = now
	w.change.paths = slices.Compact(slices.Sorted(slices.Values(slices.Concat(w.change.paths, paths))))
	select {
	case w.ready <- struct{}{}:
	default: // the last one has not been taken yet
	}
	return 0
}

// scan looks at everything.
func (w *watcher) scan() {
	start := time.Now()
	if !w.lost {
		w.watch("")
	}
	there := w.tree.scan()
	w.slow = time.Since(start)
	switch {
	case !there && !w.lost:
		w.lost = true
		w.say("the folder of the site is gone: " + w.root + "; waiting for it to come back")
	case there && w.lost:
		w.lost = false
		w.say("the folder of the site is back")
		w.watch("")
	}
}

// noteUnheard remembers what a scan found before any event told of it.
func (w *watcher) noteUnheard() {
	for p := range w.tree.changed {
		if top, _, _ := strings.Cut(p, "/"); w.watched[path.Dir(p)] && !w.tree.links[p] {
			w.unheard[top] = true
		}
	}
}

// checkHearing compares what scans found with what events told, and looks
// everywhere for folders that are not watched any more.
func (w *watcher) checkHearing() {
	if w.events == nil {
		return
	}
	for queued := true; queued; { // on a busy machine events may wait longer than a scan takes
		select {
		case e, ok := <-w.events.Events:
			if queued = ok; ok {
				w.hear(e)
			}
		default:
			queued = false
		}
	}
	for top := range w.unheard {
		if !w.heard[top] { // the event is not just late: it never came
			w.distrust("the file system tells of no changes in " + top)
		}
	}
	clear(w.unheard)
	still := map[string]bool{}
	for _, full := range w.events.WatchList() {
		still[full] = true
	}
	for d := range w.watched {
		if !still[filepath.Join(w.root, filepath.FromSlash(d))] {
			delete(w.watched, d)
		}
	}
}

// fault reacts to a failure of the events.
func (w *watcher) fault(err error) {
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		w.distrust("more changes at once than the system keeps in its queue")
		return
	}
	if err != nil {
		w.distrust("file events failed: " + err.Error())
	}
}

// distrust makes scans frequent from now on, and says so once.
func (w *watcher) distrust(why string) {
	if !w.polling {
		w.polling = true
		w.say("warning SV002: " + why + "; the folders are polled from now on")
	}
}

// deafen gives up events.
func (w *watcher) deafen() {
	if w.events != nil {
		_ = w.events.Close()
		w.events = nil
	}
	clear(w.watched)
}

func (w *watcher) watch(dir string) {
	if w.events == nil || w.watched[dir] {
		return
	}
	err := w.add(filepath.Join(w.root, filepath.FromSlash(dir)))
	switch {
	case err == nil:
		w.watched[dir] = true
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission): // the scan will tell
	default:
		w.deafen() // some folders only would be worse than none
		w.distrust("the folders cannot all be watched: " + err.Error())
	}
}

func (w *watcher) unwatch(dir string) {
	if w.events != nil && w.watched[dir] {
		_ = w.events.Remove(filepath.Join(w.root, filepath.FromSlash(dir))) // it may have gone by itself
	}
	delete(w.watched, dir)
}

// within reports whether a path is a folder or below it.
func within(p, dir string) bool {
	return dir == "" || p == dir || strings.HasPrefix(p, dir+"/")
}

// again says once more that something can be taken, for one who has heard it
// and has no time now.
func (w *watcher) again() {
	select {
	case w.ready <- struct{}{}:
	default:
	}
}
