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

// Text is one input file at one version. It is immutable: Bytes must not be
// modified, and the same Text may be read by many goroutines.
type Text struct {
	// Path is relative to the site folder, slash-separated:
	// "content/topics/nato.md".
	Path string
	// Bytes are valid UTF-8 without byte-order mark, with LF line ends; nil
	// once Set.Forget has let them go.
	Bytes []byte
	// Hash is the SHA-256 of the file as it lies on disk.
	Hash [sha256.Size]byte

	once  sync.Once
	lines []int32 // offsets at which lines begin, of a long text; made when first asked for
}

// NewText makes a text from bytes in memory; tests and editors use it. The
// bytes are taken as they are.
func NewText(path string, b []byte) *Text {
	return &Text{Path: path, Bytes: b, Hash: sha256.Sum256(b)}
}

// longText is how many bytes make a text whose lines are kept: a shorter one
// is counted through in no time, and there are thousands of them.
const longText = 32 << 10

// begins gives the offsets at which the lines of a long text begin.
func (t *Text) begins() []int32 {
	t.once.Do(func() {
		t.lines = []int32{0}
		for i, b := range t.Bytes {
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
	offset = max(0, min(offset, len(t.Bytes)))
	var line, start int // line counts from 0
	if len(t.Bytes) < longText {
		before := t.Bytes[:offset]
		line, start = bytes.Count(before, []byte{'\n'}), bytes.LastIndexByte(before, '\n')+1
	} else {
		lines := t.begins()
		line = sort.Search(len(lines), func(i int) bool { return int(lines[i]) > offset }) - 1
		start = int(lines[line])
	}
	return Pos{Line: line + 1, Col: utf8.RuneCount(t.Bytes[start:offset]) + 1}
}

// Line gives the text of a line without its line end; "" when there is no
// such line.
func (t *Text) Line(n int) string {
	var rest []byte
	if len(t.Bytes) < longText {
		rest = t.Bytes[t.Offset(Pos{n, 1}):]
	} else if lines := t.begins(); n >= 1 && n <= len(lines) {
		rest = t.Bytes[lines[n-1]:]
	}
	if n < 1 {
		return ""
	}
	line, _, _ := bytes.Cut(rest, []byte{'\n'})
	return string(line)
}

// Offset gives the byte offset of a place; the inverse of Pos.
func (t *Text) Offset(p Pos) int {
	i := 0 // found without the table of lines: places near the top are asked for on every page
	if p.Line < 1 {
		return 0
	}
	for range p.Line - 1 {
		n := bytes.IndexByte(t.Bytes[i:], '\n')
		if n < 0 {
			return len(t.Bytes)
		}
		i += n + 1
	}
	for c := 1; c < p.Col && i < len(t.Bytes) && t.Bytes[i] != '\n'; c++ {
		_, n := utf8.DecodeRune(t.Bytes[i:])
		i += n
	}
	return i
}
