// Package diag says what is wrong with an author's input: where, what else it
// concerns, and how to mend it. A Diagnostic is a value that travels beside
// the result it belongs to; it is never an error. The package sorts and
// prints them as text and JSON, and knows nothing of what they are about.
package diag

import (
	"cmp"
	"slices"

	"entente/internal/file"
)

// Severity says whether a diagnostic stops publication.
type Severity uint8

// An Error stops publication; a Warning does not, and can be silenced.
const (
	Error Severity = iota
	Warning
)

func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Diagnostic is one finding.
type Diagnostic struct {
	Path     string   // of the file, relative to the site folder
	Pos, End file.Pos // smallest text that must change; End is exclusive, zero when only the start is known
	Severity Severity
	Rule     string // code: "FM002", "LK001", "fact-value"
	Message  string // one line, lower case, no full stop
	Hint     string // what will mend it; may be empty
	Related  []Related
	Fix      *Fix // replacement that is certain to be right, or nil

	// Cause is the same for findings that one change mends; "" for a finding
	// of its own. See Gather.
	Cause string
}

// Related is another place that a diagnostic concerns.
type Related struct {
	Path    string
	Pos     file.Pos
	Message string
}

// Fix replaces the diagnostic's range by New.
type Fix struct{ New string }

// At makes a diagnostic for a span of a text.
func At(t *file.Text, s file.Span, sev Severity, rule, message, hint string) Diagnostic {
	d := Diagnostic{Path: t.Path, Pos: t.Pos(s.Start), Severity: sev, Rule: rule, Message: message, Hint: hint}
	if s.End > s.Start {
		d.End = t.Pos(s.End)
	}
	return d
}

// Compare orders diagnostics by path, place, rule and text, so that the same
// input always prints the same list.
func Compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Col, b.Pos.Col),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
}

// Sort orders a list in place and drops exact repetitions.
func Sort(list []Diagnostic) []Diagnostic {
	slices.SortStableFunc(list, Compare)
	return slices.CompactFunc(list, func(a, b Diagnostic) bool { return Compare(a, b) == 0 })
}

// Count gives the number of errors and of warnings.
func Count(list []Diagnostic) (errors, warnings int) {
	for _, d := range list {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}
