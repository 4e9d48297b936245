package workspace

import (
	"fmt"
	"slices"

	"entente/internal/diag"
	"entente/internal/link"
	"entente/internal/model"
)

// generated are the fragments that pages of records have by themselves.
var generated = []string{"top", "members", "growth", "map", "events", "treaties", "exercises", "operations", "obligations", "see-also", "terms",
	"notes", "sources", "mentions", "alliances", "allies", "articles", "parties", "editions", "participants", "indicators", "remarks", "participation"}

// checkAnchors reports links to headings that the target does not have.
func (s *Snapshot) checkAnchors(t *model.Thing, anchors []link.Anchor) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, a := range anchors {
		var ids []string
		if b := s.Bodies[a.Target]; b != nil {
			for _, h := range b.Headings {
				ids = append(ids, h.ID)
			}
		}
		if slices.Contains(ids, a.Name) || slices.Contains(generated, a.Name) {
			continue
		}
		hint := ""
		if near := diag.Nearest(a.Name, ids); near != "" {
			hint = fmt.Sprintf("did you mean #%s?", near)
		}
		list = append(list, diag.At(t.Page.Text, a.Span, diag.Error, "LK004",
			fmt.Sprintf("%s has no heading %q", s.World.Thing(a.Target).Label(), a.Name), hint))
	}
	return list
}
