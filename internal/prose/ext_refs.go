package prose

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// refKind says which of the author's own brackets a reference is.
type refKind uint8

const (
	wikiRef    refKind = iota // [[…]]
	factRef                   // [[= …]]
	includeRef                // ![[…]]
	citeRef                   // [@…]
)

// reference is one of the author's own brackets. Inner is what stands
// between them.
type reference struct {
	ast.BaseInline
	kind       refKind
	start, end int // of the whole, in the source
	inner      int // where the inside begins
	text       []byte
}

var kindReference = ast.NewNodeKind("EntenteReference")

// Kind implements ast.Node.
func (n *reference) Kind() ast.NodeKind { return kindReference }

// Dump implements ast.Node.
func (n *reference) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// refParser finds references. It runs before goldmark's own link parser.
type refParser struct{}

// Trigger implements parser.InlineParser.
func (refParser) Trigger() []byte { return []byte{'[', '!'} }

// maxRefLines is how many lines a reference may run over.
const maxRefLines = 4

// Parse implements parser.InlineParser.
func (refParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	n := &reference{start: segment.Start}
	var skip int
	var closing []byte
	switch {
	case bytes.HasPrefix(line, []byte("[[=")):
		n.kind, skip, closing = factRef, 3, []byte("]]")
	case bytes.HasPrefix(line, []byte("[[")):
		n.kind, skip, closing = wikiRef, 2, []byte("]]")
	case bytes.HasPrefix(line, []byte("![[")):
		n.kind, skip, closing = includeRef, 3, []byte("]]")
	case bytes.HasPrefix(line, []byte("[@")):
		n.kind, skip, closing = citeRef, 2, []byte("]")
	default:
		return nil
	}
	n.inner = segment.Start + skip
	savedLine, savedSegment := block.Position()
	rest := line[skip:]
	offset := skip
	for range maxRefLines {
		if i := bytes.Index(rest, closing); i >= 0 {
			if open := bytes.Index(rest[:i], []byte("[[")); open >= 0 && n.kind != factRef {
				break
			}
			if n.text == nil {
				n.text = rest[:i:i] // the common case copies nothing
			} else {
				n.text = append(n.text, rest[:i]...)
			}
			_, now := block.PeekLine()
			n.end = now.Start + offset + i + len(closing)
			block.Advance(offset + i + len(closing))
			if len(bytes.TrimSpace(n.text)) == 0 {
				break
			}
			return n
		}
		n.text = append(n.text, rest...)
		block.AdvanceLine()
		if rest, _ = block.PeekLine(); rest == nil {
			break
		}
		offset = 0
	}
	block.SetPosition(savedLine, savedSegment)
	return nil
}
