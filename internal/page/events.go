package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"

	"entente/internal/date"
	"entente/internal/model"
)

// eventKinds groups the types of events into the eight kinds that have a
// mark, and says how much each type weighs: 1 landmark, 2 main, 3 detail.
var eventKinds = map[string]struct {
	kind   string
	weight int
}{
	"signature": {"treaty", 2}, "entry-into-force": {"treaty", 3}, "protocol": {"treaty", 3}, "agreement": {"treaty", 3},
	"prolongation": {"treaty", 3}, "law": {"treaty", 3},
	"accession": {"accession", 2}, "readmission": {"accession", 3}, "application": {"accession", 3}, "referendum": {"accession", 3},
	"participation": {"accession", 3}, "unification": {"accession", 2},
	"withdrawal": {"withdrawal", 2}, "suspension": {"withdrawal", 2}, "division": {"withdrawal", 3},
	"invocation": {"invocation", 1}, "consultation": {"invocation", 3},
	"crisis": {"crisis", 2}, "war": {"crisis", 1}, "intervention": {"crisis", 2}, "statement": {"crisis", 3},
	"exercise": {"exercise", 3}, "operation": {"exercise", 2}, "end-of-series": {"exercise", 2},
	"founding": {"institution", 1}, "decision": {"institution", 3}, "summit": {"institution", 3}, "report": {"institution", 3},
	"renaming":    {"institution", 3},
	"dissolution": {"end", 1}, "lapse": {"end", 2}, "termination": {"end", 2},
}

// eventKindNames are the kinds in the order of the filter.
var eventKindNames = []string{"treaty", "accession", "withdrawal", "invocation", "crisis", "exercise", "institution", "end"}

func eventKind(typ string) (kind string, weight int) {
	if k, ok := eventKinds[typ]; ok {
		return k.kind, k.weight
	}
	return "institution", 3
}

func (s *Site) eventKindName(kind string) string { return s.say("eventkind." + kind) }

// importance of an event, 1 to 3: its type, raised for bodies with many
// members, lowered for those that concern no body at all.
func importance(w *model.World, id model.ID) int {
	e := w.Thing(id).Event
	_, weight := eventKind(e.Type)
	for _, o := range e.Organisations {
		if t, ok := w.Lookup(o); ok && len(w.MembersOf(t.ID)) >= 12 && weight == 2 && (e.Type == "accession" && len(e.States) > 2 || e.Type == "signature") {
			return 1
		}
	}
	if weight == 1 && len(e.Organisations) == 0 && e.Type != "war" {
		return 2
	}
	return weight
}

func sortEvents(w *model.World, ids []model.ID) {
	slices.SortFunc(ids, func(a, b model.ID) int {
		return cmp.Or(date.Order(w.Thing(a).Event.Date, w.Thing(b).Event.Date), cmp.Compare(a, b))
	})
}

// event makes the view of an event on the page at an address. The thing
// whose page it is (or none) is left out of the links.
func (s *Site) event(from string, id, self model.ID, level int) Event {
	w := s.World
	t := w.Thing(id)
	e := t.Event
	kind, _ := eventKind(e.Type)
	v := Event{
		ID: "e-" + t.Slug, Kind: kind, KindName: s.eventKindName(kind), Icon: EventIcon(kind), Importance: importance(w, id),
		Date: s.dateOf(e.Date), Title: e.Title, Text: sentence(s.remark(e.Note)), Level: level,
	}
	if !e.End.IsZero() {
		v.Date.Text = s.World.Words.Period(date.Period{From: e.Date, Until: e.End}, "")
	}
	if v.Text == sentence(v.Date.Text) {
		v.Text = "" // a note that only says the day again
	}
	v.Sources = s.sourceLinks(from, t.Sources)
	for _, list := range [][]string{e.Organisations, e.Treaties, e.States} {
		for _, slug := range list {
			if other, ok := w.Lookup(slug); ok && other.ID != self && len(v.Links) < 14 {
				v.Links = append(v.Links, Link{Href: s.href(from, other.ID), Text: other.Label()})
			}
		}
	}
	return v
}

// eventSection lists events with a strip of numbered pins when they are few
// enough to be told apart.
func (s *Site) eventSection(from string, ids []model.ID, self string) Section {
	sec := Section{ID: "events", Title: s.say("fact.timeline")}
	selfID := model.None
	if t, ok := s.World.Lookup(self); ok {
		selfID = t.ID
	}
	for _, id := range ids {
		sec.Events = append(sec.Events, s.event(from, id, selfID, 3))
	}
	root := rootOf(from)
	query := ""
	if selfID != model.None && s.World.Thing(selfID).Kind == model.Organisation {
		query = "?body=" + self
	}
	sec.After = template.HTML(fmt.Sprintf(`<p class="srcline">%s. <a href="%stimeline/%s">%s</a></p>`,
		s.count(len(ids), "events"), root, query, s.say("home.full-timeline")))
	if selfID != model.None && len(anniversaries(s.World, s.World.Events(selfID))) > 0 {
		link := template.HTML(`<a href="anniversaries.ics">iCalendar</a>`)
		sec.After += template.HTML(`<p class="srcline">`) + s.sayHTML("data.download", "files", link) + `</p>`
	}
	return sec
}
