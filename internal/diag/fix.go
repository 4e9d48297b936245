package diag

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"entente/internal/file"
)

// Repair applies the fixes among the diagnostics of one file to its bytes as
// they lie on disk, byte-order mark and line ends included, and says which
// were applied. Of two that overlap the first wins; the other is found again
// by the next check.
func Repair(raw []byte, list []Diagnostic) (repaired []byte, applied []Diagnostic) {
	list = slices.DeleteFunc(slices.Clone(list), func(d Diagnostic) bool { return d.Fix == nil || d.Pos.IsZero() || d.End.IsZero() })
	Sort(list)
	at := 0
	for _, d := range list {
		start, end := rawOffset(raw, d.Pos), rawOffset(raw, d.End)
		if start < at || end < start {
			continue
		}
		repaired = append(append(repaired, raw[at:start]...), d.Fix.New...)
		at = end
		applied = append(applied, d)
	}
	return append(repaired, raw[at:]...), applied
}

// rawOffset finds a place in bytes that may begin with a byte-order mark and
// end lines with CRLF; places count neither.
func rawOffset(raw []byte, p file.Pos) int {
	i := 0
	if bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")) {
		i = 3
	}
	for line := 1; line < p.Line; line++ {
		n := bytes.IndexByte(raw[i:], '\n')
		if n < 0 {
			return len(raw)
		}
		i += n + 1
	}
	for col := 1; col < p.Col && i < len(raw) && raw[i] != '\n' && raw[i] != '\r'; col++ {
		_, n := utf8.DecodeRune(raw[i:])
		i += n
	}
	return i
}
