package prose

import (
	"bytes"
	"fmt"

	"entente/internal/diag"
)

// Limits of a page's text. They refuse what would take quadratic time to
// parse or to draw.
const (
	maxNesting = 100
	maxColumns = 128
	maxCells   = 100_000
	maxOpen    = 2000 // opened brackets without end in one paragraph
)

// prescan looks at a text before it is parsed; false when it must not be.
func (c *composition) prescan() bool {
	fence := byte(0)
	fenceAt, cells, brackets, ticks := 0, 0, 0, 0
	for at := 0; at < len(c.src); {
		end := at + bytes.IndexByte(c.src[at:], '\n')
		if end < at {
			end = len(c.src)
		}
		line := c.src[at:end]
		body := bytes.TrimLeft(line, " ")
		switch {
		case fence != 0:
			if closesFence(body, fence) {
				fence = 0
			}
		case bytes.HasPrefix(body, []byte("```")) || bytes.HasPrefix(body, []byte("~~~")):
			fence, fenceAt = body[0], at+len(line)-len(body)
		default:
			if len(body) == 0 {
				brackets, ticks = 0, 0
			}
			if !c.prescanLine(line, at, &cells, &brackets, &ticks) {
				return false
			}
		}
		at = end + 1
	}
	if fence != 0 {
		c.report(fenceAt, fenceAt+3, diag.Warning, "MD060", "a code block is never closed", "end it with a line "+string([]byte{fence, fence, fence}))
	}
	return true
}

func closesFence(body []byte, fence byte) bool {
	rest := bytes.TrimLeft(body, string(fence))
	return len(body)-len(rest) >= 3 && len(bytes.TrimSpace(rest)) == 0
}

func (c *composition) prescanLine(line []byte, at int, cells, brackets, ticks *int) bool {
	depth := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case ' ', '\t':
			continue
		case '>':
			depth++
		case '-', '*', '+':
			if i+1 < len(line) && line[i+1] == ' ' {
				depth++
			} else {
				i = len(line)
			}
		default:
			i = len(line)
		}
		if depth > maxNesting {
			c.report(at+i, at+i+1, diag.Error, "MD042", fmt.Sprintf("blocks are nested more than %d deep", maxNesting), "")
			return false
		}
	}
	pipes := bytes.Count(line, []byte("|"))
	if pipes > maxColumns+1 {
		n := 0
		for i, ch := range line {
			if ch == '|' {
				if n++; n > maxColumns+1 || n > maxColumns && line[0] != '|' {
					c.report(at+i, at+i+1, diag.Error, "MD040", fmt.Sprintf("a table has more than %d columns", maxColumns), "turn it round, or split it")
					return false
				}
			}
		}
	}
	if pipes > 0 {
		if *cells += maxColumns; *cells > 0 && *cells/maxColumns*pipes > maxCells {
			c.report(at, at+1, diag.Error, "MD041", fmt.Sprintf("a table has more than %d cells", maxCells), "split it")
			return false
		}
	} else {
		*cells = 0
	}
	*brackets += bytes.Count(line, []byte("[")) - bytes.Count(line, []byte("]"))
	*brackets = max(0, *brackets)
	*ticks += bytes.Count(line, []byte("\\`"))
	links := bytes.Count(line, []byte("]("))
	if *brackets > maxOpen || *ticks > maxOpen || links > 10_000 || links > maxOpen && bytes.Count(line, []byte(")")) < links/2 {
		c.report(at, at+1, diag.Error, "MD043", "too many brackets or backticks in one paragraph", "break the paragraph up")
		return false
	}
	return true
}
