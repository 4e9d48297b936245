// Package file turns files on disk into texts: bytes at one version, with
// positions. It is the one gate for reading input: every byte that entente
// reads from an author comes through Read or Walk, which admit regular files
// of bounded size inside the site and nothing else.
//
// A Text is one input file; a Span a range of its bytes; a Pos a line and a
// column as an editor shows them. The package knows nothing of Markdown,
// YAML or alliances.
package file

import (
	"bytes"
	"crypto/sha256"
	"sort"
	"sync"
	"unicode/utf8"
)

// Pos is a place in a text, as an editor shows it: lines and columns count
// from 1, columns in characters (Unicode code points). The zero Pos means
// "the file as a whole".
type Pos struct{ Line, Col int }

// IsZero reports whether p names no place inside the file.
func (p Pos) IsZero() bool { return p.Line == 0 }

// Less orders positions by line, then column.
func (p Pos) Less(q Pos) bool {
	if p.Line != q.Line {
		return p.Line < q.Line
	}
	return p.Col < q.Col
}

// Span is a half-open range of bytes in a text.
type Span struct{ Start, End int }

// Text is one input file at one version. It is immutable, and may be read by
// many goroutines.
type Text struct {
	// Path is relative to the site folder, slash-separated:
	// "content/topics/nato.md".
	Path string
	// Hash is the SHA-256 of the file as it lies on disk.
	Hash [sha256.Size]byte

	bytes []byte
	away  func() []byte // reads them where they lie elsewhere

	once  sync.Once
	lines []int32 // offsets at which lines begin, of a long text; made when first asked for
}

// NewText makes a text from bytes in memory; tests and editors use it. The
// bytes are taken as they are.
func NewText(path string, b []byte) *Text {
	return &Text{Path: path, bytes: b, Hash: sha256.Sum256(b)}
}

// Bytes are valid UTF-8 without byte-order mark, with LF line ends. They must
// not be modified.
func (t *Text) Bytes() []byte {
	if t.away != nil {
		return t.away()
	}
	return t.bytes
}

// Leave lets the bytes of a text go that nobody else knows yet; read gives as
// many again.
func (t *Text) Leave(read func() []byte) { t.bytes, t.away = nil, read }

// longText is how many bytes make a text whose lines are kept: a shorter one
// is counted through in no time, and there are thousands of them.
const longText = 32 << 10

// begins gives the offsets at which the lines of a long text begin.
func (t *Text) begins() []int32 {
	t.once.Do(func() {
		t.lines = []int32{0}
		for i, b := range t.Bytes() {
			if b == '\n' {
				t.lines = append(t.lines, int32(i+1))
			}
		}
	})
	return t.lines
}

// Pos gives the place of a byte offset. Offsets outside the text are moved
// to its nearest end.
func (t *Text) Pos(offset int) Pos {
	text := t.Bytes()
	offset = max(0, min(offset, len(text)))
	var line, start int // line counts from 0
	if len(text) < longText {
		before := text[:offset]
		line, start = bytes.Count(before, []byte{'\n'}), bytes.LastIndexByte(before, '\n')+1
	} else {
		lines := t.begins()
		line = sort.Search(len(lines), func(i int) bool { return int(lines[i]) > offset }) - 1
		start = int(lines[line])
	}
	return Pos{Line: line + 1, Col: utf8.RuneCount(text[start:offset]) + 1}
}

// Line gives the text of a line without its line end; "" when there is no
// such line.
func (t *Text) Line(n int) string {
	var rest []byte
	if text := t.Bytes(); len(text) < longText {
		rest = text[offset(text, Pos{n, 1}):]
	} else if lines := t.begins(); n >= 1 && n <= len(lines) {
		rest = text[lines[n-1]:]
	}
	if n < 1 {
		return ""
	}
	line, _, _ := bytes.Cut(rest, []byte{'\n'})
	return string(line)
}

// Offset gives the byte offset of a place; the inverse of Pos.
func (t *Text) Offset(p Pos) int { return offset(t.Bytes(), p) }

func offset(text []byte, p Pos) int {
	i := 0 // found without the table of lines: places near the top are asked for on every page
	if p.Line < 1 {
		return 0
	}
	for range p.Line - 1 {
		n := bytes.IndexByte(text[i:], '\n')
		if n < 0 {
			return len(text)
		}
		i += n + 1
	}
	for c := 1; c < p.Col && i < len(text) && text[i] != '\n'; c++ {
		_, n := utf8.DecodeRune(text[i:])
		i += n
	}
	return i
}
