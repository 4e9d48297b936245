package workspace

import (
	"errors"
	"io"
	"strings"
	"testing"

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
	d.b = append(d.b[:at], p...)
	return len(p), nil
}

func (d *disk) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > int64(len(d.b)) {
		return 0, io.ErrUnexpectedEOF
	}
	return copy(p, d.b[at:]), nil
}

// TestSpill puts more into the room than memory keeps and reads all of it
// back; a broken room is reported, not passed over.
func TestSpill(t *testing.T) {
	d := &disk{}
	s := &Snapshot{spill: &spill{room: d}}
	word := strings.Repeat("x", 1<<20)
	for i := range 20 {
		b := &prose.Body{HTML: word + string(rune('a'+i)), Notes: string(rune('A' + i)), Plain: []byte{'p', byte(i), 'n'}}
		s.Bodies = append(s.Bodies, b)
		s.places = append(s.places, s.spill.put(b))
	}
	if err := s.spill.done(); err != nil {
		t.Fatal(err)
	}
	inMemory := 0
	for i := range s.Bodies {
		html, notes := s.Text(model.ID(i))
		if html != word+string(rune('a'+i)) || notes != string(rune('A'+i)) {
			t.Errorf("body %d came back as %d and %q", i, len(html), notes)
		}
		if b := s.Bodies[i]; string(b.Text()) != string([]byte{'p', byte(i), 'n'}) || b.Away != nil && string(b.Away(1, 2)) != string(rune(i)) {
			t.Errorf("the words of body %d came back as %q", i, b.Text())
		}
		inMemory += len(s.Bodies[i].HTML)
	}
	if inMemory == 0 || inMemory > keepMost {
		t.Errorf("%d bytes stayed in memory", inMemory)
	}
	d.b = nil
	if html, _ := s.Text(19); html != "" || s.Err() == nil {
		t.Error("a body that cannot be read again is not reported")
	}
	if text := s.Bodies[19].Text(); text != nil {
		t.Errorf("words that cannot be read again came back as %q", text)
	}
	broken := &spill{room: &disk{bad: true}, kept: keepMost}
	broken.put(&prose.Body{HTML: "text"})
	if broken.done() == nil {
		t.Error("a full disk is not reported")
	}
}
