package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	"entente/internal/file"
)

// FromFile turns a complaint of the reading gate into a diagnostic.
func FromFile(p file.Problem) Diagnostic {
	d := Diagnostic{Path: p.Path, Pos: p.Pos, Rule: p.Rule, Message: p.Message, Hint: p.Hint}
	if p.Warning {
		d.Severity = Warning
	}
	return d
}

// MostPerKind is how many diagnostics of one kind of file are printed; the
// rest are counted.
const MostPerKind = 100

// Style says how Text prints. The zero value prints no colours and no lines
// of the files.
type Style struct {
	Colour bool
	Source func(path string) *file.Text // nil, or gives nil, when a file cannot be shown
}

// Text prints diagnostics for people: the place, what is wrong, the line with
// a mark below the words, the hint, and the other places that it concerns.
func Text(w io.Writer, list []Diagnostic, s Style) {
	red, yellow, bold, faint, plain := "", "", "", "", ""
	if s.Colour {
		red, yellow, bold, faint, plain = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
	}
	printed := map[string]int{}
	for _, d := range list {
		kind := path.Ext(d.Path)
		if printed[kind]++; printed[kind] > MostPerKind {
			continue
		}
		tone := red
		if d.Severity == Warning {
			tone = yellow
		}
		fmt.Fprintf(w, "%s%s:%s %s%s %s:%s %s\n", bold, place(d.Path, d.Pos), plain, tone, d.Severity, d.Rule, plain, clean(d.Message))
		if line, mark := s.frame(d); line != "" {
			number := strconv.Itoa(d.Pos.Line)
			fmt.Fprintf(w, "    %s%s |%s %s\n    %s%s |%s %s%s%s\n", faint, number, plain, line,
				faint, strings.Repeat(" ", len(number)), plain, tone, mark, plain)
		}
		if d.Hint != "" {
			fmt.Fprintf(w, "    hint: %s\n", clean(d.Hint))
		}
		for _, r := range d.Related {
			fmt.Fprintf(w, "    %s: %s\n", place(r.Path, r.Pos), clean(r.Message))
		}
	}
	for _, ext := range []string{".md", ".yaml", ".html", ""} {
		if more := printed[ext] - MostPerKind; more > 0 {
			fmt.Fprintf(w, "and %d more in files that end in %q\n", more, ext)
		}
	}
}

// frameWidth is how many characters of a line are shown.
const frameWidth = 100

// frame gives the line of a diagnostic and the mark below it; "" when the
// line cannot be shown.
func (s Style) frame(d Diagnostic) (line, mark string) {
	if s.Source == nil || d.Pos.IsZero() {
		return "", ""
	}
	t := s.Source(d.Path)
	if t == nil {
		return "", ""
	}
	runes := []rune(t.Line(d.Pos.Line))
	from, until := min(d.Pos.Col-1, len(runes)), len(runes)
	switch {
	case d.End.IsZero():
		until = from + 1
	case d.End.Line == d.Pos.Line:
		until = min(max(d.End.Col-1, from+1), max(len(runes), from+1))
	}
	if strings.TrimSpace(string(runes)) == "" {
		return "", ""
	}
	lead, tail := "", ""
	start := 0
	if from > frameWidth*3/4 { // a long line is shown around its mark
		start, lead = from-frameWidth/2, "…"
	}
	end := len(runes)
	if end-start > frameWidth {
		end, tail = start+frameWidth, "…"
	}
	until = max(min(until, end), from+1)
	show := func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}
	line = lead + strings.Map(show, string(runes[start:end])) + tail
	return strings.TrimRight(line, " "), strings.Repeat(" ", from-start+utf8.RuneCountInString(lead)) + strings.Repeat("^", until-from)
}

func place(p string, at file.Pos) string {
	if at.IsZero() {
		return clean(p)
	}
	return fmt.Sprintf("%s:%d:%d", clean(p), at.Line, at.Col)
}

// clean shows control characters as escapes, so that no message can command
// a terminal.
func clean(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString("\\n")
		case r == '\t':
			b.WriteString("\\t")
		case r < ' ' || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, "\\x%02x", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`
}

// JSON prints one object a line, with every key always there.
func JSON(w io.Writer, list []Diagnostic) {
	enc := json.NewEncoder(w)
	for _, d := range list {
		related := []jsonRelated{}
		for _, r := range d.Related {
			related = append(related, jsonRelated{r.Path, r.Pos.Line, r.Pos.Col, r.Message})
		}
		end := d.End
		if end.IsZero() {
			end = d.Pos
		}
		// Writing to a string of our own cannot fail; a failing w shows later.
		_ = enc.Encode(struct {
			File     string        `json:"file"`
			Line     int           `json:"line"`
			Col      int           `json:"col"`
			EndLine  int           `json:"endLine"`
			EndCol   int           `json:"endCol"`
			Severity string        `json:"severity"`
			Rule     string        `json:"rule"`
			Message  string        `json:"message"`
			Hint     string        `json:"hint"`
			Fix      *string       `json:"fix"`
			Related  []jsonRelated `json:"related"`
		}{d.Path, d.Pos.Line, d.Pos.Col, end.Line, end.Col, d.Severity.String(), d.Rule, d.Message, d.Hint, d.replacement(), related})
	}
}

// replacement is the text of the fix; nil when there is none.
func (d Diagnostic) replacement() *string {
	if d.Fix == nil {
		return nil
	}
	return &d.Fix.New
}

// GitHub prints annotations for the log of a workflow.
func GitHub(w io.Writer, list []Diagnostic) {
	escape := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, d := range list {
		text := d.Message
		if d.Hint != "" {
			text += " (" + d.Hint + ")"
		}
		fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", d.Severity, property.Replace(d.Path), max(1, d.Pos.Line), max(1, d.Pos.Col), property.Replace(d.Rule), escape.Replace(text))
	}
}
