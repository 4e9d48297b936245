// Package check holds the rules of the house: each is a value that looks at
// the world and says what cannot be right. A rule over dates complains only
// when every reading of a coarse date violates it.
//
// The package decides nothing about how diagnostics are shown.
package check

import (
	"slices"

	"entente/internal/derive"
	"entente/internal/diag"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/record"
)

// Input is what rules look at.
type Input struct {
	World  *model.World
	Web    *derive.Web
	Bodies []*prose.Body // by model.ID
}

// Rule is one rule.
type Rule struct {
	ID  string
	Doc string // what it demands, in one sentence
	Run func(Input) []diag.Diagnostic
}

// Rules lists all rules, in order.
func Rules() []Rule {
	return []Rule{
		{"DT020", "No chain of successors leads back to its start.", cycles},
		{"DT021", "Nothing ends before it begins.", order},
		{"DT024", "Nobody is a member twice at the same time in the same standing.", doubles},
		{"DT030", "Nobody is a member of a body before it is founded or after it ended.", lifetimes},
		{"DT031", "Nobody is a member before coming into being or after ceasing to exist.", existence},
		{"DT032", "An overlay such as frozen or suspended describes a membership that exists.", overlays},
		{"DT033", "An event of accession or withdrawal agrees with the membership it announces.", events},
		{"DT034", "A code belongs to one living state only.", codes},
		{"CF010", "Every topic that the table of contents names exists.", contents},
		{"GL001", "Two glossary terms do not share a name.", terms},
	}
}

// All runs every rule.
func All(in Input) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, r := range Rules() {
		list = append(list, r.Run(in)...)
	}
	return list
}

// Configure applies the severities that site.yaml sets. Only warnings can be
// silenced or raised: an error stays one.
func Configure(list []diag.Diagnostic, site *record.Site) []diag.Diagnostic {
	if len(site.Severity) == 0 {
		return list
	}
	set := map[string]string{}
	for _, r := range site.Severity {
		set[r.Rule] = r.Severity
	}
	list = slices.Clone(list)
	for i := range list {
		if list[i].Severity == diag.Warning && set[list[i].Rule] == "error" {
			list[i].Severity = diag.Error
		}
	}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Severity == diag.Warning && set[d.Rule] == "off" })
}
