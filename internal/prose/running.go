package prose

import (
	"bytes"

	"entente/internal/file"
)

// run notes that what is written to plain next stands at an offset of the
// source.
func (c *composition) run(source int, bound bool) {
	if len(c.deep) == 0 {
		c.running.Runs = append(c.running.Runs, Run{Plain: int32(c.plain.Len()), Source: int32(c.base + source), Bound: bound})
	}
}

// passage notes the block of text that ends here.
func (c *composition) passage() {
	if len(c.deep) == 0 && c.plain.Len() > c.block {
		p := Passage{From: int32(c.block), To: int32(c.plain.Len()), Kind: c.kind, Lead: -1, Row: c.row, Col: c.col}
		if c.kind == ListItem {
			p.Lead = c.lead
		}
		c.running.Passages = append(c.running.Passages, p)
	}
}

// comment notes an HTML comment.
func (c *composition) comment(at int, raw []byte, block bool) {
	if len(c.deep) > 0 {
		return
	}
	inside := bytes.TrimSuffix(bytes.TrimPrefix(raw, []byte("<!--")), []byte("-->"))
	c.running.Comments = append(c.running.Comments, Comment{Text: string(bytes.TrimSpace(inside)),
		Span: file.Span{Start: c.base + at, End: c.base + at + len(raw)}, Plain: int32(c.plain.Len()), Block: block})
}

// Place gives the place in the file of a stretch of Plain: where its first
// byte stands, to where its last one does.
func (r *Running) Place(from, to int) file.Span {
	start, end := r.offset(from), r.offset(max(from, to-1))+1
	return file.Span{Start: start, End: max(start, end)}
}

func (r *Running) offset(plain int) int {
	lo, hi := 0, len(r.Runs)
	for lo < hi {
		if mid := (lo + hi) / 2; int(r.Runs[mid].Plain) <= plain {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return 0
	}
	run := r.Runs[lo-1]
	return int(run.Source) + plain - int(run.Plain)
}
