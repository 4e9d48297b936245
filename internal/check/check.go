// Package check holds the rules of the house: each is a value that looks at
// the world and says what cannot be right. A rule over dates complains only
// when every reading of a coarse date violates it.
//
// The package decides nothing about how diagnostics are shown.
package check

import (
	"fmt"
	"slices"

	"entente/internal/derive"
	"entente/internal/diag"
	"entente/internal/model"
	"entente/internal/prose"
	"entente/internal/record"
	"entente/internal/rule"
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
		{"DT031", partiesExist},
		{"DT032", overlays},
		{"DT033", events},
		{"DT034", codes},
		{"DT035", parts},
		{"DT036", pledges},
		{"DT037", successions},
		{"DT038", codePeriods},
		{"CF010", contents},
		{"source-budget", budget},
		{"source-retracted", retracted},
		{"review-overdue", reviews},
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

// Configure applies the severities that site.yaml sets. A warning can become
// an error or be silenced; an error can become a warning where its rule says
// so, and is never silenced.
func Configure(list []diag.Diagnostic, site *record.Site) []diag.Diagnostic {
	if len(site.Severity) == 0 {
		return list
	}
	list = slices.Clone(list)
	set := map[string]string{}
	for i, s := range site.Severity {
		r, ok := rule.Lookup(s.Rule)
		switch {
		case !ok:
			hint := "entente explain lists all rules"
			if near := diag.Nearest(s.Rule, rule.IDs()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			list = append(list, site.Origin.Diag(diag.Error, "CF011", fmt.Sprintf("no rule %q", s.Rule), hint, "rules", i, "rule"))
		case r.Severity == diag.Error && (s.Severity == "off" || s.Severity == "warning" && !r.Lenient):
			list = append(list, site.Origin.Diag(diag.Error, "CF011", fmt.Sprintf("%s is an error and cannot be set to %q", r.ID, s.Severity),
				"mend what it reports", "rules", i, "severity"))
		default:
			set[r.ID] = s.Severity
		}
	}
	for i := range list {
		switch set[list[i].Rule] {
		case "error":
			list[i].Severity = diag.Error
		case "warning":
			list[i].Severity = diag.Warning
		}
	}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Severity == diag.Warning && set[d.Rule] == "off" })
}
