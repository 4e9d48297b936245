package diag

import (
	"encoding/json"
	"io"
	"net/url"

	"entente/internal/file"
)

// About is what a log says of a rule.
type About struct {
	Title   string
	Text    string // Markdown
	Warning bool   // its severity is warning
}

// The parts of a log after the Static Analysis Results Interchange Format
// 2.1.0 of OASIS that entente fills.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifRule struct {
		ID      string     `json:"id"`
		Short   *sarifText `json:"shortDescription,omitempty"`
		Help    *sarifText `json:"help,omitempty"`
		Default *struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifReplacement struct {
		Deleted  *sarifRegion `json:"deletedRegion"`
		Inserted sarifText    `json:"insertedContent"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifFix struct {
		Changes []sarifChange `json:"artifactChanges"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
)

// SARIF prints a log after SARIF 2.1.0. The rules that occur are described by
// about, which may be nil.
func SARIF(w io.Writer, list []Diagnostic, source func(string) *file.Text, about func(id string) (About, bool)) {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "entente", Rules: []sarifRule{}}
	index := map[string]int{}
	for _, d := range list {
		i, ok := index[d.Rule]
		if !ok {
			i = len(index)
			index[d.Rule] = i
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, describe(d.Rule, about))
		}
		r := sarifResult{RuleID: d.Rule, RuleIndex: i, Level: d.Severity.String(), Message: sarifText{Text: d.Message},
			Locations:    []sarifLocation{locate(d.Path, d.Pos, d.End, "")},
			Fingerprints: map[string]string{"entente/v1": Fingerprint(d, source)}}
		if d.Hint != "" {
			r.Message.Text += ". " + d.Hint
		}
		for _, x := range d.Related {
			r.Related = append(r.Related, locate(x.Path, x.Pos, file.Pos{}, x.Message))
		}
		if d.Fix != nil {
			r.Fixes = []sarifFix{{[]sarifChange{{sarifArtifact{uri(d.Path)}, []sarifReplacement{{region(d.Pos, d.End), sarifText{Text: d.Fix.New}}}}}}}
		}
		run.Results = append(run.Results, r)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	// A failing w shows when the command ends; encoding these types cannot fail.
	_ = enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func describe(id string, about func(string) (About, bool)) sarifRule {
	r := sarifRule{ID: id}
	if about == nil {
		return r
	}
	a, ok := about(id)
	if !ok {
		return r
	}
	r.Short = &sarifText{Text: a.Title}
	r.Help = &sarifText{Text: a.Text, Markdown: a.Text}
	r.Default = &struct {
		Level string `json:"level"`
	}{"error"}
	if a.Warning {
		r.Default.Level = "warning"
	}
	return r
}

func locate(path string, p, end file.Pos, message string) sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{uri(path)}}}
	if !p.IsZero() {
		l.Physical.Region = region(p, end)
	}
	if message != "" {
		l.Message = &sarifText{Text: message}
	}
	return l
}

func region(p, end file.Pos) *sarifRegion {
	return &sarifRegion{StartLine: p.Line, StartColumn: max(1, p.Col), EndLine: end.Line, EndColumn: end.Col}
}

// uri writes a path inside the site as a relative address.
func uri(path string) string { return (&url.URL{Path: path}).EscapedPath() }
