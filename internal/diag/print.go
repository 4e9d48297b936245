package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"

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

// Text prints diagnostics for people: the place, what is wrong, the hint, and
// the other places that it concerns.
func Text(w io.Writer, list []Diagnostic, colour bool) {
	red, yellow, bold, plain := "", "", "", ""
	if colour {
		red, yellow, bold, plain = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[0m"
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
			Related  []jsonRelated `json:"related"`
		}{d.Path, d.Pos.Line, d.Pos.Col, end.Line, end.Col, d.Severity.String(), d.Rule, d.Message, d.Hint, related})
	}
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

// SARIF prints a log after the Static Analysis Results Interchange Format
// 2.1.0 of OASIS.
func SARIF(w io.Writer, list []Diagnostic) {
	type m = map[string]any
	var results []m
	var rules []m
	seen := map[string]bool{}
	region := func(p, end file.Pos) m {
		r := m{"startLine": max(1, p.Line), "startColumn": max(1, p.Col)}
		if !end.IsZero() {
			r["endLine"], r["endColumn"] = end.Line, end.Col
		}
		return r
	}
	location := func(path string, p, end file.Pos) m {
		return m{"physicalLocation": m{"artifactLocation": m{"uri": path}, "region": region(p, end)}}
	}
	for _, d := range list {
		if !seen[d.Rule] {
			seen[d.Rule] = true
			rules = append(rules, m{"id": d.Rule})
		}
		text := d.Message
		if d.Hint != "" {
			text += ". " + d.Hint
		}
		r := m{"ruleId": d.Rule, "level": d.Severity.String(), "message": m{"text": text}, "locations": []m{location(d.Path, d.Pos, d.End)}}
		var related []m
		for _, x := range d.Related {
			l := location(x.Path, x.Pos, file.Pos{})
			l["message"] = m{"text": x.Message}
			related = append(related, l)
		}
		if related != nil {
			r["relatedLocations"] = related
		}
		results = append(results, r)
	}
	if results == nil {
		results = []m{}
	}
	if rules == nil {
		rules = []m{}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	_ = enc.Encode(m{"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []m{{"tool": m{"driver": m{"name": "entente", "rules": rules}}, "columnKind": "unicodeCodePoints", "results": results}}})
}
