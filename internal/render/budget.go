package render

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template/parse"
	"time"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/limits"
)

var errBudget = errors.New("the template writes without end")

// bounded passes on what a template writes, until it is too much or takes
// too long.
type bounded struct {
	w       io.Writer
	written int
	writes  int
	until   time.Time
	recent  []string // the last pieces of text, for the message
}

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	b.written += len(p)
	b.writes++
	if b.writes%256 == 0 && time.Now().After(b.until) || b.written > limits.TemplateOutput {
		b.until = time.Time{} // from here on, every write is over
		b.writes = 255
		if len(b.recent) < 32 {
			b.recent = append(b.recent, string(p))
			return len(p), nil
		}
		return 0, errBudget
	}
	return b.w.Write(p)
}

// runaway says which range did not end. The template packages do not tell
// where a write fails, so it is the range whose text was written last.
func (s *Set) runaway(name string, b *bounded) diag.Diagnostic {
	d := diag.Diagnostic{Path: "templates/" + name, Pos: file.Pos{Line: 1, Col: 1}, Rule: "TP006",
		Message: fmt.Sprintf("the template writes more than %d MiB or takes more than %v", limits.TemplateOutput>>20, limits.TemplateTime),
		Hint:    "look for a range over more than you mean, or for ranges in ranges"}
	for _, t := range s.ownTexts() {
		found := false
		ranges(t, func(n *parse.RangeNode, _ int) {
			if !found && slices.ContainsFunc(b.recent, func(p string) bool {
				return strings.TrimSpace(p) != "" && bytes.Contains(inside(t, n), []byte(strings.TrimSpace(p)))
			}) {
				found = true
				at := span(t, n)
				d.Path, d.Pos, d.End = t.Path, t.Pos(at.Start), t.Pos(at.End)
			}
		})
		if found {
			break
		}
	}
	return d
}

// inside is the source between a range and what follows it.
func inside(t *file.Text, n *parse.RangeNode) []byte {
	start := int(n.Position())
	if n.List == nil || len(n.List.Nodes) == 0 {
		return nil
	}
	last := n.List.Nodes[len(n.List.Nodes)-1]
	end := int(last.Position()) + len(last.String())
	return t.Bytes()[start:min(max(start, end), len(t.Bytes()))]
}

// ownTexts lists the site's own templates by name.
func (s *Set) ownTexts() []*file.Text {
	var list []*file.Text
	for _, t := range s.texts {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *file.Text) int { return strings.Compare(a.Path, b.Path) })
	return list
}
