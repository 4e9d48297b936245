package model

import (
	"cmp"
	"slices"
	"unicode"

	"entente/internal/date"
)

// members lays all statements into one flat list.
func (b *builder) members() {
	w := b.w
	w.byBody = make([][2]int32, w.first[Organisation+1])
	w.byMember = make([][]int32, len(w.Things))
	for i := w.first[Organisation]; i < w.first[Organisation+1]; i++ {
		start := int32(len(w.Memberships))
		o := w.Things[i].Organisation
		for j := range o.Members {
			m := &o.Members[j]
			who, ok := w.bySlug[m.Member]
			status, known := ParseStatus(m.Status)
			if !ok || !known || w.Things[who].Kind != State && w.Things[who].Kind != Organisation {
				continue
			}
			w.byMember[who] = append(w.byMember[who], int32(len(w.Memberships)))
			w.Memberships = append(w.Memberships, Membership{
				Body: i, Member: who, Status: status, Record: m, Index: j, Period: date.Period{From: m.From, Until: m.Until},
			})
		}
		w.byBody[i] = [2]int32{start, int32(len(w.Memberships))}
	}
	for _, list := range w.byMember {
		slices.SortStableFunc(list, func(x, y int32) int {
			return date.Order(w.Memberships[x].Period.From, w.Memberships[y].Period.From)
		})
	}
}

// relations fills the inverse of every reference.
func (b *builder) relations() {
	w := b.w
	n := len(w.Things)
	w.eventsOf, w.treaties, w.held, w.run, w.parts = make([][]ID, n), make([][]ID, n), make([][]ID, n), make([][]ID, n), make([][]ID, n)
	add := func(to [][]ID, slugs []string, id ID) {
		for _, s := range slugs {
			if t, ok := w.bySlug[s]; ok && !slices.Contains(to[t], id) {
				to[t] = append(to[t], id)
			}
		}
	}
	for i := range w.Things {
		t := &w.Things[i]
		switch t.Kind {
		case Event:
			add(w.eventsOf, t.Event.Organisations, t.ID)
			add(w.eventsOf, t.Event.States, t.ID)
			add(w.eventsOf, t.Event.Treaties, t.ID)
		case Treaty:
			for _, p := range t.Treaty.Parties {
				add(w.treaties, []string{p.Member}, t.ID)
			}
			add(w.treaties, []string{t.Treaty.Organisation}, t.ID)
		case Exercise:
			add(w.held, t.Exercise.Lead, t.ID)
			add(w.held, t.Exercise.Participants, t.ID)
			add(w.held, []string{t.Exercise.Organisation}, t.ID)
		case Operation:
			add(w.run, []string{t.Operation.Organisation}, t.ID)
		case Organisation:
			add(w.parts, []string{t.Organisation.PartOf}, t.ID)
			for _, s := range t.Organisation.Treaties {
				if tr, ok := w.bySlug[s]; ok && !slices.Contains(w.treaties[t.ID], tr) {
					w.treaties[t.ID] = append(w.treaties[t.ID], tr)
				}
			}
		}
	}
	for i := range w.Things {
		sortByDate(w, w.eventsOf[i])
		sortByDate(w, w.treaties[i])
		sortByDate(w, w.held[i])
		sortByDate(w, w.run[i])
	}
}

func sortByDate(w *World, ids []ID) {
	if len(ids) < 2 {
		return
	}
	slices.SortStableFunc(ids, func(x, y ID) int {
		return cmp.Or(date.Order(w.Things[x].Began(), w.Things[y].Began()), cmp.Compare(x, y))
	})
}

// Began is the date with which a thing's story starts: founding, signature,
// first edition, the event's day; zero when nothing says.
func (t *Thing) Began() date.Date {
	switch t.Kind {
	case Organisation:
		return t.Organisation.Founded
	case Treaty:
		return t.Treaty.Signed
	case Exercise:
		return t.Exercise.First
	case Operation:
		return t.Operation.From
	case Event:
		return t.Event.Date
	case State:
		return t.State.Exists.From
	}
	return date.Date{}
}

// EndDate is the date with which a thing ended; zero while it goes on.
func (t *Thing) EndDate() date.Date {
	switch t.Kind {
	case Organisation:
		return t.Organisation.Dissolved
	case Treaty:
		return t.Treaty.Terminated
	case Exercise:
		return t.Exercise.Last
	case Operation:
		return t.Operation.Until
	case Event:
		return t.Event.End
	case State:
		return t.State.Exists.Until
	}
	return date.Date{}
}

// readingOrder follows the parts of site.yaml.
func (b *builder) readingOrder() {
	w := b.w
	w.partOf = map[ID]int{}
	for i, p := range w.Site.Parts {
		for _, slug := range p.Topics {
			id, ok := w.bySlug[slug]
			if !ok || w.Things[id].Kind != Topic {
				continue // reported by the checks, which know where site.yaml is
			}
			if _, twice := w.partOf[id]; !twice {
				w.partOf[id] = i
				w.order = append(w.order, id)
			}
		}
	}
	type key struct {
		weight int
		name   string
		id     ID
	}
	rest := make([]key, 0, len(w.Of(Topic)))
	for i := range w.Of(Topic) {
		t := &w.Of(Topic)[i]
		if _, listed := w.partOf[t.ID]; !listed {
			rest = append(rest, key{t.Page.Header.Weight, t.Name, t.ID})
		}
	}
	slices.SortFunc(rest, func(x, y key) int {
		if x.weight != y.weight {
			return cmp.Compare(x.weight, y.weight)
		}
		return cmp.Or(cmp.Compare(x.name, y.name), cmp.Compare(x.id, y.id))
	})
	w.order = slices.Grow(w.order, len(rest))
	for _, k := range rest {
		w.order = append(w.order, k.id)
	}
	w.place = make([]int32, w.first[Topic+1])
	for i, id := range w.order {
		w.place[id] = int32(i)
	}
}

func (b *builder) index() {
	w := b.w
	w.byName = make(map[string][]ID, len(w.Things))
	for i := range w.Things {
		for _, n := range w.Things[i].Names {
			if ids := w.byName[n.Text]; !slices.Contains(ids, ID(i)) {
				w.byName[n.Text] = append(ids, ID(i))
			}
		}
	}
}

func isUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}
