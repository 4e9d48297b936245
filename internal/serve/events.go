package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"entente/internal/diag"
	"entente/internal/file"
)

// streams are the open connections that wait for the next state.
type streams struct {
	mu    *sync.Mutex // guards open
	open  map[*stream]bool
	ended chan struct{} // closed when the preview ends
}

// stream is one of them.
type stream struct {
	pages []string      // addresses that its browser shows
	wake  chan struct{} // there is a new state
}

// pagesAtMost is how many pages one stream may follow.
const pagesAtMost = 100

func newStreams() streams {
	return streams{mu: new(sync.Mutex), open: map[*stream]bool{}, ended: make(chan struct{})}
}

// join adds a stream; nil when there are too many.
func (ss *streams) join(pages []string, most int) *stream {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if len(ss.open) >= most {
		return nil
	}
	c := &stream{pages: pages, wake: make(chan struct{}, 1)}
	ss.open[c] = true
	return c
}

func (ss *streams) leave(c *stream) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	delete(ss.open, c)
}

func (ss *streams) wake() {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	for c := range ss.open {
		select {
		case c.wake <- struct{}{}:
		default:
		}
	}
}

// looking gives the addresses that are open, as build knows them.
func (ss *streams) looking() []string {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	var list []string
	for c := range ss.open {
		for _, p := range c.pages {
			list = append(list, strings.TrimPrefix(p, "/"))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func (ss *streams) end() { close(ss.ended) }

// events streams to a browser which of its pages are out of date and what is
// wrong with the site.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	pages := r.URL.Query()["page"]
	if len(pages) > pagesAtMost {
		http.Error(w, "too many pages", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	c := s.streams.join(pages, s.limits.streams)
	if c == nil {
		w.Header().Set("Retry-After", "5")
		http.Error(w, "too many open pages", http.StatusServiceUnavailable)
		return
	}
	defer s.streams.leave(c)
	flush := http.NewResponseController(w)
	_ = flush.SetReadDeadline(time.Time{}) // a stream says nothing after its header
	beat := time.NewTicker(15 * time.Second)
	defer beat.Stop()
	var last message
	since, _ := strconv.ParseInt(r.URL.Query().Get("since"), 10, 64) // no number: from now on
	if since <= s.now.Load().version {
		last.Version = since
	}
	for {
		text := ": still here\n\n"
		if m, news := s.message(c, last); news {
			text, last = "data: "+m.json()+"\n\n", m
		} else if m.Version > last.Version {
			last.Version, text = m.Version, ""
		}
		_ = flush.SetWriteDeadline(time.Now().Add(s.limits.write))
		if _, err := w.Write([]byte(text)); err != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.streams.ended:
			return
		case <-c.wake:
		case <-beat.C:
		}
	}
}

// message is what a stream says.
type message struct {
	Version int64             `json:"version"`
	Client  string            `json:"client"` // of the script that the preview serves
	Pages   map[string]string `json:"pages"`  // hash of each page that is followed
	Assets  []string          `json:"assets"` // files changed since the last message whose names stayed
	Data    int64             `json:"data"`   // version of the world
	tidings
}

// tidings is the part of a message that is the same for all streams.
type tidings struct {
	Text     string    `json:"text"` // "content/topics/nato.md, 9 ms"
	Failure  string    `json:"failure"`
	Errors   int       `json:"errors"`
	Warnings int       `json:"warnings"`
	Problems []problem `json:"problems"` // errors first, those of the files just saved at the top
}

// message makes what a stream should say now, and reports whether it is news
// to those who heard the last one.
func (s *server) message(c *stream, last message) (message, bool) {
	st := s.now.Load()
	m := message{Version: st.version, Client: s.client, Pages: map[string]string{}, Assets: []string{}, Data: st.data}
	if last.Client != "" && last.Version == st.version {
		return m, false
	}
	if st.told != nil {
		m.tidings = st.told()
	}
	for _, p := range c.pages {
		if st.site != nil {
			m.Pages[p] = st.show(p).hash
		}
	}
	for p, v := range st.assets {
		if last.Version > 0 && v > last.Version {
			m.Assets = append(m.Assets, p)
		}
	}
	slices.Sort(m.Assets)
	if last.Client == "" {
		return m, true
	}
	same := len(m.Assets) == 0 && m.Data == last.Data && m.Failure == last.Failure && m.Errors == last.Errors && m.Warnings == last.Warnings && slices.EqualFunc(m.Problems, last.Problems, problem.equal)
	for p, h := range m.Pages {
		same = same && last.Pages[p] == h
	}
	return m, !same
}

func (m message) json() string {
	b, err := json.Marshal(m)
	if err != nil {
		panic("serve: " + err.Error())
	}
	return string(b)
}

// problem is a diagnostic as the overlay shows it.
type problem struct {
	Severity string    `json:"severity"`
	Rule     string    `json:"rule"`
	Message  string    `json:"message"`
	Hint     string    `json:"hint"`
	At       place     `json:"at"`
	Frame    []line    `json:"frame"`
	Related  []related `json:"related"`
}

// place is where an editor can go.
type place struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Col  int    `json:"col"`
	Link string `json:"link"` // address that opens the editor; may be empty
}

// line is one line of a code frame. What is wrong is in Mark.
type line struct {
	No     int    `json:"no"`
	Before string `json:"before"`
	Mark   string `json:"mark"`
	After  string `json:"after"`
}

type related struct {
	At      place  `json:"at"`
	Message string `json:"message"`
}

func (p problem) equal(q problem) bool {
	return p.Severity == q.Severity && p.Rule == q.Rule && p.Message == q.Message && p.Hint == q.Hint && p.At == q.At &&
		slices.Equal(p.Frame, q.Frame) && slices.Equal(p.Related, q.Related)
}

// problemsAtMost is how many problems of each severity are shown.
const problemsAtMost = 50

// tell says what is to be told of a state.
func tell(st *state, e Editor) tidings {
	t := tidings{Problems: []problem{}}
	if st.failure != nil {
		t.Failure = st.failure.Error()
	}
	if len(st.change.paths) > 0 {
		t.Text = fmt.Sprintf("%s, %d ms", st.change.paths[0], st.took.Milliseconds())
		if n := len(st.change.paths); n > 1 {
			t.Text = fmt.Sprintf("%d files, %d ms", n, st.took.Milliseconds())
		}
	}
	t.Errors, t.Warnings = diag.Count(st.problems)
	for _, severity := range []diag.Severity{diag.Error, diag.Warning} {
		n := 0
		for _, here := range []bool{true, false} { // first what is in the files just saved
			for _, d := range st.problems {
				if d.Severity == severity && slices.Contains(st.change.paths, d.Path) == here && n < problemsAtMost {
					t.Problems = append(t.Problems, st.problem(d, e))
					n++
				}
			}
		}
	}
	return t
}

func (st *state) problem(d diag.Diagnostic, e Editor) problem {
	at := func(p string, pos file.Pos) place {
		x := place{File: p, Line: max(1, pos.Line), Col: max(1, pos.Col)}
		x.Link = e.link(x)
		return x
	}
	p := problem{Severity: d.Severity.String(), Rule: d.Rule, Message: d.Message, Hint: d.Hint, At: at(d.Path, d.Pos), Frame: []line{}, Related: []related{}}
	for _, r := range d.Related {
		p.Related = append(p.Related, related{at(r.Path, r.Pos), r.Message})
	}
	if t := st.text(d.Path); t != nil && !d.Pos.IsZero() {
		p.Frame = frame(t, d.Pos, d.End)
	}
	return p
}

// text gives the source at a path; nil when the site has none.
func (st *state) text(p string) *file.Text {
	if st.latest == nil {
		return nil
	}
	return st.latest.Snapshot.Files.Text(p)
}

// frameWidth is how much of a long line is shown around a mistake.
const frameWidth = 160

// frame gives the lines around a mistake.
func frame(t *file.Text, pos, end file.Pos) []line {
	var lines []line
	last := t.Pos(len(t.Bytes())).Line
	for n := max(1, pos.Line-2); n <= min(last, pos.Line+2); n++ {
		text := []rune(t.Line(n))
		if n != pos.Line {
			lines = append(lines, line{No: n, Before: string(text[:min(len(text), frameWidth)])})
			continue
		}
		from := min(pos.Col-1, len(text))
		to := min(from+1, len(text))
		switch {
		case end.Line == pos.Line && end.Col > pos.Col:
			to = min(end.Col-1, len(text))
		case end.Line > pos.Line:
			to = len(text)
		}
		to = min(to, from+frameWidth)
		l := line{No: n, Before: string(text[:from]), Mark: string(text[from:to]), After: string(text[to:])}
		if from > frameWidth/2 && len(text) > frameWidth {
			l.Before = "…" + string(text[from-frameWidth/2:from])
		}
		if utf8.RuneCountInString(l.After) > frameWidth {
			l.After = string(text[to:to+frameWidth/2]) + "…"
		}
		lines = append(lines, l)
	}
	return lines
}
