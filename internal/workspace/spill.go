package workspace

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"entente/internal/file"
	"entente/internal/model"
	"entente/internal/prose"
)

// Room is a file of no name in which a large site keeps the texts of its pages
// as they were read, and the HTML and running text of its bodies: most of what
// would otherwise be held in memory.
type Room interface {
	io.ReaderAt
	io.WriterAt
}

// keepMost is how many bytes of text stay in memory; no ordinary site gets
// there.
const keepMost = 8 << 20

// spill is what went into the room. Snapshots of one workspace share it. Where
// the last text that lay at a place is garbage, the next one of its size is
// put.
type spill struct {
	room Room

	mu   sync.Mutex
	keep int             // bytes that may still stay in memory
	end  int64           // of what was ever used
	free map[int][]int64 // places that may be used again, by their blocks
	err  error           // the first failure to read
}

// block is the unit in which room is given out: texts that were edited are
// of nearly the same size.
const block = 1 << 10

// place is where a text lies in the room, for as long as it is referred to.
type place struct {
	in          *spill
	at          int64
	html, notes int32 // of a body
}

// put moves n bytes that write appends into the room, if there is one and it
// is time; nil when they stay. What cannot be written stays too.
func (s *spill) put(n int, write func(to []byte) []byte) *place {
	if s == nil || n == 0 || s.stays(n) {
		return nil
	}
	blocks := (n + block - 1) / block
	p := &place{in: s, at: s.take(blocks)}
	scratch := scratches.Get().(*[]byte)
	*scratch = write((*scratch)[:0])
	_, err := s.room.WriteAt(*scratch, p.at)
	scratches.Put(scratch)
	if err != nil {
		s.give(blocks, p.at)
		return nil
	}
	at := p.at
	runtime.AddCleanup(p, func(blocks int) { s.give(blocks, at) }, blocks)
	return p
}

// scratches are buffers for what goes into the room or comes out of it.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

// putText moves the bytes of a file that was just read.
func (s *spill) putText(t *file.Text) {
	b := t.Bytes()
	n := len(b)
	if p := s.put(n, func(to []byte) []byte { return append(to, b...) }); p != nil {
		t.Leave(func() []byte {
			if b := p.read(0, n); b != nil {
				return b
			}
			return make([]byte, n) // Err says why
		})
	}
}

// putBody moves the text of a body.
func (s *spill) putBody(b *prose.Body) *place {
	p := s.put(len(b.HTML)+len(b.Notes)+len(b.Plain), func(to []byte) []byte { return append(append(append(to, b.HTML...), b.Notes...), b.Plain...) })
	if p == nil {
		return nil
	}
	p.html, p.notes = int32(len(b.HTML)), int32(len(b.Notes))
	size, from := len(b.Plain), int(p.html+p.notes)
	b.HTML, b.Notes, b.Plain = "", "", nil
	b.Away = func(start, end int) []byte {
		if end < 0 {
			end = size
		}
		return p.read(from+start, end-start)
	}
	return p
}

// stays reports whether a text may stay in memory.
func (s *spill) stays(n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n > s.keep {
		return false
	}
	s.keep -= n
	return true
}

// take finds a place of so many blocks.
func (s *spill) take(blocks int) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if list := s.free[blocks]; len(list) > 0 {
		s.free[blocks] = list[:len(list)-1]
		return list[len(list)-1]
	}
	at := s.end
	s.end += int64(blocks) * block
	return at
}

// give hands a place back.
func (s *spill) give(blocks int, at int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free == nil {
		s.free = map[int][]int64{}
	}
	s.free[blocks] = append(s.free[blocks], at)
}

// read gives some bytes of what lies at a place; nil, and an error for Err,
// when it cannot.
func (p *place) read(from, n int) []byte {
	b := make([]byte, n)
	if !p.readInto(b, from) {
		return nil
	}
	return b
}

// readInto fills b from what lies at a place.
func (p *place) readInto(b []byte, from int) bool {
	_, err := p.in.room.ReadAt(b, p.at+int64(from))
	runtime.KeepAlive(p) // until here nobody may write there
	if err == nil {
		return true
	}
	p.in.mu.Lock()
	defer p.in.mu.Unlock()
	if p.in.err == nil {
		p.in.err = fmt.Errorf("read composed text again: %w", err)
	}
	return false
}

// Text gives the HTML of a body and of its notes. Where a body cannot be
// read again they are empty, and Err says why.
func (s *Snapshot) Text(id model.ID) (html, notes string) {
	b := s.Bodies[id]
	if b == nil {
		return "", ""
	}
	p := s.pages[id].place
	if p == nil {
		return b.HTML, b.Notes
	}
	scratch := scratches.Get().(*[]byte)
	defer scratches.Put(scratch)
	text := slices.Grow((*scratch)[:0], int(p.html+p.notes))[:p.html+p.notes]
	*scratch = text
	if !p.readInto(text, 0) {
		return "", ""
	}
	return string(text[:p.html]), string(text[p.html:])
}

// Err is the first failure to read composed text again; pages rendered after
// it may lack text.
func (s *Snapshot) Err() error {
	if s.tools.spill == nil {
		return nil
	}
	s.tools.spill.mu.Lock()
	defer s.tools.spill.mu.Unlock()
	return s.tools.spill.err
}
