package claim

import (
	"reflect"
	"slices"

	"entente/internal/model"
)

// SameToRead reports whether sentences about a thing are read alike before
// and after a change of its record. Names apart, reading looks at what a
// thing is; who belongs to it, and what else is only judged, may differ.
func SameToRead(a, b *model.Thing) bool {
	switch {
	case a.State != b.State && a.State != nil && b.State != nil:
		return reflect.DeepEqual(a.State.Demonyms, b.State.Demonyms)
	case a.Organisation != b.Organisation && a.Organisation != nil && b.Organisation != nil:
		x, y := *a.Organisation, *b.Organisation
		x.Members, y.Members, x.Participation, y.Participation = nil, nil, nil, nil
		x.Common, x.Notes, y.Notes = y.Common, "", ""
		return reflect.DeepEqual(x, y) // the summary tells which adjectives narrow nothing down
	case a.Treaty != b.Treaty && a.Treaty != nil && b.Treaty != nil:
		x, y := *a.Treaty, *b.Treaty
		x.Parties, y.Parties, x.Articles, y.Articles = nil, nil, nil, nil
		x.Common, x.Summary, y.Summary, x.Notes, y.Notes = y.Common, "", "", "", ""
		return reflect.DeepEqual(x, y)
	}
	return true
}

// Renumber gives what was read with the IDs of another world; a statement
// about a thing that is gone is left out.
func (p *Page) Renumber(to []int32) *Page {
	moves := func(id model.ID) bool { return id != model.None && to[id] != int32(id) }
	if !slices.ContainsFunc(p.Statements, func(st Statement) bool {
		return moves(st.subject) || moves(st.other) || slices.ContainsFunc(st.who, moves) || slices.ContainsFunc(st.others, moves)
	}) {
		return p
	}
	next := &Page{Marks: p.Marks, Figures: p.Figures}
	for _, st := range p.Statements {
		known := true
		id := func(old model.ID) model.ID {
			if old == model.None {
				return old
			}
			known = known && to[old] >= 0
			return model.ID(to[old])
		}
		list := func(old []model.ID) []model.ID {
			var ids []model.ID
			for _, o := range old {
				ids = append(ids, id(o))
			}
			return ids
		}
		st.subject, st.other, st.who, st.others = id(st.subject), id(st.other), list(st.who), list(st.others)
		if known {
			next.Statements = append(next.Statements, st)
		}
	}
	return next
}
