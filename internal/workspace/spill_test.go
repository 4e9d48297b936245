package workspace

import (
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"entente/internal/file"
	"entente/internal/model"
	"entente/internal/prose"
)

// disk is a room in memory that may be broken.
type disk struct {
	b   []byte
	bad bool
}

func (d *disk) WriteAt(p []byte, at int64) (int, error) {
	if d.bad {
		return 0, errors.New("no space left")
	}
	if need := int(at) + len(p); need > len(d.b) {
		d.b = append(d.b, make([]byte, need-len(d.b))...)
	}
	copy(d.b[at:], p)
	return len(p), nil
}

func (d *disk) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > int64(len(d.b)) {
		return 0, io.ErrUnexpectedEOF
	}
	return copy(p, d.b[at:]), nil
}

// TestSpillTexts lets the bytes of a file go and reads them again.
func TestSpillTexts(t *testing.T) {
	d := &disk{}
	s := &Snapshot{tools: tools{spill: &spill{room: d}}}
	text := file.NewText("content/a.md", []byte("here\nand gone"))
	s.tools.spill.putText(text)
	if string(text.Bytes()) != "here\nand gone" || string(d.b) != "here\nand gone" || text.Line(2) != "and gone" || text.Pos(9) != (file.Pos{Line: 2, Col: 5}) {
		t.Errorf("came back as %q, the room holds %q", text.Bytes(), d.b)
	}
	d.b = nil
	if b := text.Bytes(); len(b) != 13 || s.Err() == nil {
		t.Errorf("what cannot be read again came back as %q", b)
	}
}

// TestSpill puts more into the room than memory keeps and reads all of it
// back; a room that cannot be read is reported, one that cannot be written
// is done without.
func TestSpill(t *testing.T) {
	d := &disk{}
	in := &spill{room: d, keep: keepMost}
	s := &Snapshot{tools: tools{spill: in}}
	word := strings.Repeat("x", 1<<20)
	put := func(to *Snapshot, i int) {
		b := &prose.Body{HTML: word + string(rune('a'+i)), Notes: string(rune('A' + i)), Plain: []byte{'p', byte(i), 'n'}}
		to.Bodies = append(to.Bodies, b)
		to.pages = append(to.pages, &composed{body: b, place: in.putBody(b)})
	}
	check := func(s *Snapshot, at, i int) {
		t.Helper()
		if html, notes := s.Text(model.ID(at)); html != word+string(rune('a'+i)) || notes != string(rune('A'+i)) {
			t.Errorf("body %d came back as %d and %q", i, len(html), notes)
		}
		if b := s.Bodies[at]; string(b.Text()) != string([]byte{'p', byte(i), 'n'}) || b.Away != nil && string(b.Away(1, 2)) != string(rune(i)) {
			t.Errorf("the words of body %d came back as %q", i, b.Text())
		}
	}
	for i := range 20 {
		put(s, i)
	}
	inMemory := 0
	for i := range s.Bodies {
		check(s, i, i)
		inMemory += len(s.Bodies[i].HTML)
	}
	if inMemory == 0 || inMemory > keepMost {
		t.Errorf("%d bytes stayed in memory", inMemory)
	}

	// What nobody holds any more makes place for the next, and for nothing
	// else.
	end := in.end
	s.Bodies, s.pages = slices.Clone(s.Bodies[:15]), slices.Clone(s.pages[:15])
	later := &Snapshot{tools: s.tools}
	for given := 0; given < 5; {
		runtime.GC()
		in.mu.Lock()
		given = 0
		for _, list := range in.free {
			given += len(list)
		}
		in.mu.Unlock()
	}
	for i := range 5 {
		put(later, 20+i)
	}
	if in.end != end {
		t.Errorf("the room grew to %d bytes, was %d", in.end, end)
	}
	for i := range s.Bodies {
		check(s, i, i)
	}
	for i := range later.Bodies {
		check(later, i, 20+i)
	}

	d.b = nil
	if html, _ := s.Text(14); html != "" || s.Err() == nil {
		t.Error("a body that cannot be read again is not reported")
	}
	if text := s.Bodies[14].Text(); text != nil {
		t.Errorf("words that cannot be read again came back as %q", text)
	}
	broken := &spill{room: &disk{bad: true}}
	b := &prose.Body{HTML: "text"}
	if broken.putBody(b) != nil || b.HTML != "text" {
		t.Error("a text that cannot be written did not stay in memory")
	}
}
