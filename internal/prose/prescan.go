package prose

import (
	"bytes"
	"fmt"
	"regexp"

	"entente/internal/diag"
	"entente/internal/limits"
)

// scan is the look at a text before it is parsed: it refuses what would take
// quadratic time to parse or to draw. It knows just enough of
// Markdown to count what costs.
type scan struct {
	c       *composition
	at      int // where the current line begins
	fence   byte
	fenceAt int
	before  []byte // the line before, where a table may have its head
	columns int    // of the table that the line is in; 0 outside
	tableAt int    // where that table begins
	cells   int    // of all tables so far
	links   int    // so far
	notes   int    // marks of footnotes so far
	ordered bool   // in a numbered list
	open    marks  // of the paragraph
}

// marks counts what a paragraph has opened and not closed. The parser looks
// for the end of each.
type marks struct{ brackets, parens, ticks, links, angles, emphasis int }

// prescan looks at a text before it is parsed; false when it must not be.
func (c *composition) prescan() bool {
	s := scan{c: c}
	for s.at < len(c.src) {
		end := s.at + bytes.IndexByte(c.src[s.at:], '\n')
		if end < s.at {
			end = len(c.src)
		}
		line := c.src[s.at:end]
		if !s.nesting(line) || !s.line(line) {
			return false
		}
		s.at = end + 1
	}
	if s.fence != 0 {
		c.report(s.fenceAt, s.fenceAt+3, diag.Warning, "MD060", "a code block is never closed", "end it with a line "+string([]byte{s.fence, s.fence, s.fence}))
	}
	return true
}

func (s *scan) line(line []byte) bool {
	body := bytes.TrimLeft(line, " ")
	switch {
	case s.fence != 0:
		if closesFence(body, s.fence) {
			s.fence = 0
		}
		return true
	case bytes.HasPrefix(body, []byte("```")) || bytes.HasPrefix(body, []byte("~~~")):
		s.fence, s.fenceAt = body[0], s.at+len(line)-len(body)
		s.columns, s.before, s.open = 0, nil, marks{}
		return true
	case len(body) == 0:
		s.columns, s.before, s.open, s.ordered = 0, nil, marks{}, false
		return true
	}
	if s.columns > 0 || s.begins(body) {
		s.open = marks{}
	}
	ok := s.table(line) && s.inline(line)
	s.before = line
	return ok
}

// begins reports a line that begins a block of its own.
func (s *scan) begins(body []byte) bool {
	switch b := body[0]; {
	case b == '#', (b == '-' || b == '*' || b == '+') && blankAt(body, 1):
		return true
	case bytes.HasPrefix(body, []byte("1. ")), bytes.HasPrefix(body, []byte("1) ")):
		s.ordered = true
	case b < '0' || b > '9':
		return false
	}
	rest := bytes.TrimLeft(body, "0123456789") // a number continues a list, but interrupts no paragraph
	return s.ordered && len(rest) > 1 && (rest[0] == '.' || rest[0] == ')') && rest[1] == ' '
}

func closesFence(body []byte, fence byte) bool {
	rest := bytes.TrimLeft(body, string(fence))
	return len(body)-len(rest) >= 3 && len(bytes.TrimSpace(rest)) == 0
}

// nesting counts the blocks that one line opens.
func (s *scan) nesting(line []byte) bool {
	depth := 0
	for i := 0; i < len(line); i++ {
		start := i
		switch b := line[i]; {
		case b == ' ' || b == '\t':
			continue
		case b == '>' || b == ':':
			depth++
		case (b == '-' || b == '*' || b == '+') && blankAt(line, i+1):
			depth++
		case b >= '0' && b <= '9':
			k := i
			for k < len(line) && k < i+9 && line[k] >= '0' && line[k] <= '9' {
				k++
			}
			if k == len(line) || line[k] != '.' && line[k] != ')' || !blankAt(line, k+1) {
				return true
			}
			i = k
			depth++
		default:
			return true
		}
		if depth > limits.Nesting {
			s.c.tooDeep(s.at + start)
			return false
		}
	}
	return true
}

func blankAt(line []byte, i int) bool { return i >= len(line) || line[i] == ' ' || line[i] == '\t' }

func (c *composition) tooDeep(at int) {
	c.report(at, at+1, diag.Error, "MD042", fmt.Sprintf("blocks are nested more than %d deep", limits.Nesting), "take lists and quotations out of each other")
}

// underHead is the line below the head of a table.
var underHead = regexp.MustCompile(`^[ >\t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

// table counts the cells that the parser makes of a line: as many as the
// head has, however few stand there.
func (s *scan) table(line []byte) bool {
	if s.columns == 0 {
		if bytes.IndexByte(line, '|') < 0 || s.before == nil || !underHead.Match(line) {
			return true
		}
		head := s.at - len(s.before) - 1
		cells := cellStarts(s.before)
		if len(cells) > limits.Columns {
			at := head + cells[limits.Columns]
			s.c.report(at, at+1, diag.Error, "MD040", fmt.Sprintf("a table has %d columns, the limit is %d", len(cells), limits.Columns), "turn it round, or split it")
			return false
		}
		s.columns, s.tableAt = len(cellStarts(line)), head
		s.cells += len(cells)
		return true
	}
	if s.cells += s.columns; s.cells > limits.Cells {
		s.c.report(s.tableAt, s.tableAt+1, diag.Error, "MD041", fmt.Sprintf("the tables of the page have more than %d cells", limits.Cells), "split the page, or put the figures into a CSV file")
		return false
	}
	return true
}

// cellStarts lists where the cells of a row begin.
func cellStarts(line []byte) []int {
	var starts []int
	begin := len(line) - len(bytes.TrimLeft(line, " \t>"))
	rest := bytes.TrimRight(line, " \t")
	if begin < len(rest) && rest[begin] == '|' {
		begin++
	}
	for i := begin; i <= len(rest); i++ {
		if i < len(rest) && (rest[i] != '|' || rest[i-1] == '\\') {
			continue
		}
		if i > begin || i < len(rest) {
			starts = append(starts, begin)
		}
		begin = i + 1
	}
	return starts
}

// inline counts what a paragraph opens.
func (s *scan) inline(line []byte) bool {
	m := &s.open
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '[':
			m.brackets++
			if i+1 < len(line) && line[i+1] == '^' {
				s.notes++
			}
		case ']':
			m.brackets = max(0, m.brackets-1)
			if i+1 < len(line) && line[i+1] == '(' {
				m.links++
				s.links++
			}
		case '(':
			m.parens++
		case ')':
			m.links = max(0, m.links-1)
			m.parens = max(0, m.parens-1)
		case '`':
			if i > 0 && line[i-1] == '\\' {
				m.ticks++
			}
		case '*', '_', '~':
			m.emphasis++
		case '<':
			m.angles++
		case '>':
			m.angles = max(0, m.angles-1)
		}
	}
	switch {
	case s.notes > limits.Notes:
		s.c.report(s.at, s.at+1, diag.Error, "MD044", fmt.Sprintf("the page has more than %d marks of footnotes", limits.Notes), "split the page")
		return false
	case m.emphasis > limits.Marks || m.ticks > limits.Open:
		s.c.report(s.at, s.at+1, diag.Error, "MD043", fmt.Sprintf("a paragraph has more than %d marks of emphasis or backticks", limits.Marks), "put it into a code block, or break it up")
		return false
	case s.links > limits.Links:
		s.c.report(s.at, s.at+1, diag.Error, "MD044", fmt.Sprintf("the page has more than %d links", limits.Links), "split the page")
		return false
	case m.brackets > limits.Open || m.parens > limits.Open || m.links > limits.Open || m.angles > limits.Open:
		s.c.report(s.at, s.at+1, diag.Error, "MD043", fmt.Sprintf("a paragraph opens more than %d brackets that it does not close", limits.Open), "close them, put them between backticks, or break the paragraph up")
		return false
	}
	return true
}
