package serve

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"entente/internal/file"
)

// Times of the watcher.
const (
	settle     = 20 * time.Millisecond  // quiet time after an event
	settleMost = 200 * time.Millisecond // a burst is cut after this
	scanQuiet  = 2 * time.Second        // net under the events
	scanPoll   = 400 * time.Millisecond // without events
)

// watcher tells that the sources changed. Events only say where to look: what
// decides is a scan of names, sizes and change times, and the content when
// those moved.
type watcher struct {
	root    string
	changes chan struct{}
	events  *fsnotify.Watcher // nil: polling
	say     func(string)
	files   map[string]mark
	watched map[string]bool
	stop    chan struct{}
	stopped chan struct{}
}

// mark is what is known of a file without reading it, and its content.
type mark struct {
	size   int64
	mod    time.Time
	change syscall.Timespec
	inode  uint64
	hash   [sha256.Size]byte
}

func newWatcher(root string, poll bool, say func(string)) (*watcher, error) {
	w := &watcher{root: root, changes: make(chan struct{}, 1), say: say, files: map[string]mark{}, watched: map[string]bool{},
		stop: make(chan struct{}), stopped: make(chan struct{})}
	if !poll {
		events, err := fsnotify.NewWatcher()
		if err != nil {
			say("SV002: file events cannot be had (" + err.Error() + "); the folders are polled")
		} else {
			w.events = events
		}
	}
	w.scan()
	go w.run()
	return w, nil
}

func (w *watcher) close() {
	close(w.stop)
	<-w.stopped
	if w.events != nil {
		_ = w.events.Close()
	}
}

func (w *watcher) run() {
	defer close(w.stopped)
	for {
		if !w.wait() {
			return
		}
		if w.scan() {
			select {
			case w.changes <- struct{}{}:
			default: // the last one has not been taken yet
			}
		}
	}
}

// wait returns when it is time to scan; false when it is time to stop.
func (w *watcher) wait() bool {
	period := scanQuiet
	var events chan fsnotify.Event
	var faults chan error
	if w.events == nil {
		period = scanPoll
	} else {
		events, faults = w.events.Events, w.events.Errors
	}
	next := time.NewTimer(period)
	defer next.Stop()
	var cut <-chan time.Time
	for {
		select {
		case <-w.stop:
			return false
		case <-next.C:
			return true
		case <-cut:
			return true
		case e, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			if file.Litter(filepath.Base(e.Name)) {
				continue
			}
			next.Reset(settle)
			if cut == nil {
				cut = time.After(settleMost)
			}
		case err := <-faults:
			if err != nil && !errors.Is(err, fsnotify.ErrEventOverflow) {
				w.fallBack(err)
			}
			return true
		}
	}
}

// fallBack gives up events for polling, and says so once.
func (w *watcher) fallBack(err error) {
	if w.events != nil {
		w.say("SV002: file events failed (" + err.Error() + "); the folders are polled from now on")
		_ = w.events.Close()
		w.events = nil
	}
}

// scan looks at all sources and reports whether any content changed.
func (w *watcher) scan() bool {
	seen := map[string]bool{}
	changed := false
	for _, top := range []string{"content", "templates", "static"} {
		_ = filepath.WalkDir(filepath.Join(w.root, top), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // gone between listing and looking: the next scan sees
			}
			if file.Litter(d.Name()) {
				if d.IsDir() {
					return filepath.SkipDir
				}
				return nil
			}
			if d.IsDir() {
				w.watch(p)
				return nil
			}
			info, err := os.Stat(p)
			if err != nil || !info.Mode().IsRegular() {
				return nil
			}
			seen[p] = true
			changed = w.look(p, info) || changed
			return nil
		})
	}
	for p := range w.files {
		if !seen[p] {
			delete(w.files, p)
			changed = true
		}
	}
	return changed
}

func (w *watcher) watch(dir string) {
	if w.events == nil || w.watched[dir] && slices.Contains(w.events.WatchList(), dir) {
		return
	}
	if err := w.events.Add(dir); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			w.fallBack(err)
		}
		return
	}
	w.watched[dir] = true
}

// look compares a file with what is known of it and reads it when it moved.
func (w *watcher) look(p string, info fs.FileInfo) bool {
	m := mark{size: info.Size(), mod: info.ModTime()}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		m.change, m.inode = st.Ctim, st.Ino
	}
	old, known := w.files[p]
	m.hash = old.hash
	if known && m == old {
		return false
	}
	b, err := os.ReadFile(p)
	if err != nil {
		return false
	}
	m.hash = sha256.Sum256(b)
	w.files[p] = m
	return !known || m.hash != old.hash
}
