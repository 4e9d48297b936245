package workspace

import (
	"fmt"
	"slices"
	"strings"

	"entente/internal/claim"
	"entente/internal/diag"
)

// generated are the fragments that pages of records have by themselves.
var generated = []string{"top", "members", "growth", "map", "events", "treaties", "exercises", "operations", "obligations", "see-also", "terms",
	"notes", "sources", "mentions", "alliances", "allies", "articles", "parties", "editions", "participants", "indicators", "remarks", "participation"}

// judge compares what a page says with the data and with other pages, and
// gives the page with what it found; the same when there is nothing new.
func (s *Snapshot) judge(p *composed) *composed {
	next := *p
	if p.claims != nil && p.world != s.World {
		next.judged, next.world = claim.Judge(s.World, p.source.Text, p.claims), s.World
		next.claimed = len(next.judged)
	}
	anchors := s.checkAnchors(p)
	if next.world == p.world && len(anchors) == 0 && len(p.judged) == p.claimed {
		return p
	}
	next.judged = slices.Concat(next.judged[:next.claimed], anchors)
	return &next
}

// checkAnchors looks at the links of a page to headings of others.
func (s *Snapshot) checkAnchors(p *composed) []diag.Diagnostic {
	var list []diag.Diagnostic
	for _, a := range p.anchors {
		t, ok := s.World.Lookup(a.slug)
		if !ok || slices.Contains(generated, a.Name) {
			continue // a page that is gone is complained of where it is named
		}
		var ids []string
		if b := s.Bodies[t.ID]; b != nil {
			for _, h := range b.Headings {
				ids = append(ids, h.ID)
			}
		}
		if slices.Contains(ids, a.Name) {
			continue
		}
		hint := "the page has no headings"
		if near := diag.Nearest(a.Name, ids); near != "" {
			hint = fmt.Sprintf("did you mean #%s?", near)
		} else if len(ids) > 0 {
			hint = "its headings are #" + strings.Join(ids[:min(len(ids), 6)], ", #")
			if len(ids) > 6 {
				hint += " and more"
			}
		}
		list = append(list, diag.At(a.Text, a.Span, diag.Error, "LK004", fmt.Sprintf("%s has no heading %q", t.Label(), a.Name), hint))
	}
	return list
}
