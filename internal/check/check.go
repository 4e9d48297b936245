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
	ID  string // its text is in package rule
	Run func(Input) []diag.Diagnostic
}

// Rules lists all rules, in order.
func Rules() []Rule {
	return []Rule{
		{"DT020", cycles},
		{"DT021", order},
		{"DT024", doubles},
		{"DT030", lifetimes},
		{"DT031", existence},
		{"DT032", overlays},
		{"DT033", events},
		{"DT034", codes},
		{"CF010", contents},
		{"ID003", terms},
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
