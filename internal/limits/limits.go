// Package limits is the one table of how much of anything entente takes in or
// gives out. Each limit refuses what would cost more than any honest site
// needs, with a diagnostic of its own; docs/limits.md is written from it. It
// knows nothing of how a limit is kept.
package limits

import (
	"fmt"
	"strings"
	"time"
)

// Files, in bytes.
const (
	Page     = 4 << 20  // a page
	Data     = 16 << 20 // a file of records, or a template
	Asset    = 64 << 20 // a file that is published as it is
	Front    = 256 << 10
	PathPart = 200
	Path     = 1024
	Folders  = 64 // folders in folders
)

// YAML.
const (
	Depth    = 64
	Expanded = 10_000 // values reached through aliases
)

// The text of a page.
const (
	Nesting = 100     // blocks in blocks
	Columns = 128     // of a table
	Cells   = 100_000 // of all tables of a page
	Links   = 10_000  // of a page
	Open    = 1000    // marks without an end in one paragraph
	Marks   = 4000    // marks of emphasis in one paragraph
	Notes   = 4000    // marks of footnotes of a page
	Growth  = 64      // bytes of HTML a byte of the file,
	Grace   = 1 << 20 // and so many on top
)

// Templates.
const (
	TemplateDepth  = 100 // templates in templates
	TemplateTurns  = 100_000
	TemplateOutput = 32 << 20
	TemplateTime   = 5 * time.Second
)

// Row is one limit as a reader of the documentation sees it.
type Row struct{ Of, Limit, Rule string }

// Table lists every limit.
func Table() []Row {
	return []Row{
		{"a page", bytes(Page), "FS020"},
		{"a file of records", bytes(Data), "DT052"},
		{"a template", bytes(Data), "FS020"},
		{"an image or other file that is published as it is", bytes(Asset), "FS020"},
		{"front matter", bytes(Front), "FM052"},
		{"one part of a path", fmt.Sprintf("%d bytes", PathPart), "ID016"},
		{"a whole path", fmt.Sprintf("%d bytes", Path), "ID016"},
		{"folders in folders", fmt.Sprint(Folders), "FS031"},
		{"levels of YAML", fmt.Sprint(Depth), "DT051, FM051"},
		{"values that YAML aliases stand for", fmt.Sprint(Expanded), "DT050, FM050"},
		{"quotations and lists in each other", fmt.Sprint(Nesting), "MD042"},
		{"columns of a table", fmt.Sprint(Columns), "MD040"},
		{"cells of all tables of a page", fmt.Sprint(Cells), "MD041"},
		{"links of a page", fmt.Sprint(Links), "MD044"},
		{"marks of footnotes of a page", fmt.Sprint(Notes), "MD044"},
		{"brackets and parentheses that a paragraph leaves open", fmt.Sprint(Open), "MD043"},
		{"marks of emphasis in a paragraph", fmt.Sprint(Marks), "MD043"},
		{"HTML of a page's text", fmt.Sprintf("%d times its file and %s", Growth, bytes(Grace)), "MD045"},
		{"templates in templates", fmt.Sprint(TemplateDepth), "TP005"},
		{"turns of a range over a number", fmt.Sprint(TemplateTurns), "TP006"},
		{"what a template writes for one page", bytes(TemplateOutput), "TP006"},
		{"time that a template takes for one page", TemplateTime.String(), "TP006"},
	}
}

// Markdown is the table as the documentation prints it.
func Markdown() string {
	var b strings.Builder
	b.WriteString("# Limits\n\nWhat is larger is refused with the rule named beside it; `entente explain RULE` says more.\n" +
		"This page is written from `internal/limits`; `go test ./internal/limits -update` writes it anew.\n\n| limit of | at most | rule |\n| --- | --- | --- |\n")
	for _, r := range Table() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", r.Of, r.Limit, r.Rule)
	}
	return b.String()
}

func bytes(n int) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d KiB", n>>10)
}
