package workspace

import (
	"fmt"
	"io"
	"sync"

	"entente/internal/model"
	"entente/internal/prose"
)

// Room is a file of no name in which a large site keeps the HTML and the
// running text of its bodies between composing and rendering: half of what a
// build would otherwise hold in memory.
type Room interface {
	io.ReaderAt
	io.WriterAt
}

// keepMost is how many bytes of text stay in memory before Room is used; no
// ordinary site gets there.
const keepMost = 8 << 20

// spill is the bodies that went into the room.
type spill struct {
	room Room

	mu   sync.Mutex
	kept int    // bytes that stayed in memory
	buf  []byte // not yet written
	at   int64  // where buf will be written
	err  error  // the first failure of the room
}

// place is where a body lies in the room; the zero place is no place.
type place struct {
	at          int64
	html, notes int32
}

// put moves the text of a body into the room, if there is one and it is time.
func (s *spill) put(b *prose.Body) place {
	n := len(b.HTML) + len(b.Notes) + len(b.Plain)
	if s == nil || n == 0 {
		return place{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept += n; s.kept <= keepMost {
		return place{}
	}
	p := place{s.at + int64(len(s.buf)), int32(len(b.HTML)), int32(len(b.Notes))}
	s.buf = append(append(append(s.buf, b.HTML...), b.Notes...), b.Plain...)
	at, size := p.at+int64(p.html+p.notes), len(b.Plain)
	b.HTML, b.Notes, b.Plain = "", "", nil
	b.Away = func(from, to int) []byte {
		if to < 0 {
			to = size
		}
		return s.read(at+int64(from), to-from)
	}
	if len(s.buf) >= 1<<20 {
		s.flush()
	}
	return p
}

// flush writes what waits. The caller holds mu.
func (s *spill) flush() {
	_, err := s.room.WriteAt(s.buf, s.at)
	s.fail(err)
	s.at += int64(len(s.buf))
	s.buf = s.buf[:0]
}

func (s *spill) fail(err error) {
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("keep composed text on disk: %w", err)
	}
}

// done ends the writing.
func (s *spill) done() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.buf) > 0 {
		s.flush()
	}
	s.buf = nil
	return s.err
}

// Text gives the HTML of a body and of its notes. Where a body cannot be
// read again they are empty, and Err says why.
func (s *Snapshot) Text(id model.ID) (html, notes string) {
	b := s.Bodies[id]
	if b == nil || s.spill == nil || s.places[id].html+s.places[id].notes == 0 {
		if b == nil {
			return "", ""
		}
		return b.HTML, b.Notes
	}
	p := s.places[id]
	text := s.spill.read(p.at, int(p.html+p.notes))
	if text == nil {
		return "", ""
	}
	return string(text[:p.html]), string(text[p.html:])
}

// read gives some bytes of the room; nil, and an error for Err, when it
// cannot.
func (s *spill) read(at int64, n int) []byte {
	b := make([]byte, n)
	if _, err := s.room.ReadAt(b, at); err != nil {
		s.mu.Lock()
		s.fail(err)
		s.mu.Unlock()
		return nil
	}
	return b
}

// Err is the first failure of the machine since the snapshot was made; pages
// rendered after it may lack text.
func (s *Snapshot) Err() error {
	if s.spill == nil {
		return nil
	}
	s.spill.mu.Lock()
	defer s.spill.mu.Unlock()
	return s.spill.err
}
