package page

import (
	"cmp"
	"fmt"
	"html/template"
	"strings"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/model"
)

// yearsOf gives the earliest and the latest moment that a date may mean, in
// years; end adds the whole of its last day.
func yearsOf(d date.Date, end bool) [2]float64 {
	first, last := d.Bounds()
	if end {
		last++
	}
	return [2]float64{yearOf(first), yearOf(last)}
}

// known says in words how well a date is known, when that is not to the day.
func (s *Site) known(d date.Date) string {
	if d.IsZero() || d.Exact() {
		return ""
	}
	first, last := d.Bounds()
	switch n := last - first; {
	case n < 31:
		return s.say("known.month")
	case n < 93:
		return s.say("known.season")
	case n < 366:
		return s.say("known.year")
	}
	return s.say("known.roughly")
}

// sure says in words what a reader of a period cannot see from its text.
func (s *Site) sure(p date.Period) string {
	from, until := s.known(p.From), s.known(p.Until)
	switch {
	case from == until:
		if from != "" && !p.Until.IsZero() {
			from = s.say("known.both", "how", from)
		}
		return from
	case from == "":
		return s.say("known.end", "how", until)
	case until == "":
		return s.say("known.start", "how", from)
	}
	return s.say("known.start", "how", from) + s.World.Words.Comma() + s.say("known.end", "how", until)
}

// doubted reports whether a source doubts a date or estimates it.
func doubted(d date.Date) bool { return d.Uncertain() || d.Approximate() }

// withWords adds words in brackets to a title.
func withWords(text, more string) string {
	if more == "" {
		return text
	}
	return text + " (" + more + ")"
}

// eventItem puts an event on a timeline; its link leads to its entry.
func (s *Site) eventItem(id model.ID, href string) chart.Item {
	t := s.World.Thing(id)
	e := t.Event
	it := chart.Item{ID: "e-" + t.Slug, Href: href, Label: e.Title, From: yearsOf(e.Date, false), Point: e.End.IsZero(),
		Unsure: doubted(e.Date) || doubted(e.End), Class: fmt.Sprintf("i%d", importance(s.World, id))}
	it.To = it.From
	when := s.dateOf(e.Date).Text
	if !it.Point {
		it.To = yearsOf(e.End, true)
		when = s.World.Words.Period(date.Period{From: e.Date, Until: e.End}, "")
	}
	k := s.known(e.Date)
	it.Title, it.Told = e.Title+", "+withWords(when, k), k == "" && !it.Unsure
	return it
}

// life is the period in which a thing was in force or went on.
func life(t *model.Thing) date.Period {
	p := date.Period{From: t.Began(), Until: t.EndDate()}
	if t.Treaty != nil && !t.Treaty.InForce.IsZero() {
		p.From = t.Treaty.InForce
	}
	return p
}

// periodItem puts the life of a body, treaty, exercise or operation on a
// timeline; its link leads to its page.
func (s *Site) periodItem(id model.ID, ref, href string) chart.Item {
	t := s.World.Thing(id)
	p := life(t)
	it := chart.Item{ID: ref, Href: href, Label: t.Label(), From: yearsOf(p.From, false), Open: p.Until.IsZero(), Unsure: doubted(p.From) || doubted(p.Until)}
	it.To = it.From
	if !it.Open {
		it.To = yearsOf(p.Until, t.Kind == model.Exercise)
	}
	if f := s.World.Family(id); f != model.NoFamily {
		it.Class = "o-" + f.Class()
	} else {
		it.Class = "o-cooperation"
	}
	if s.World.Ended(id) {
		it.Class += " ended"
	}
	k := s.sure(p)
	it.Title, it.Told = t.Name+", "+withWords(s.World.Words.Period(p, ""), k), k == "" && !it.Unsure
	return it
}

// lanes draws items between two years; zero bounds are taken from the items.
func (s *Site) lanes(items []chart.Item, from, to float64, label string) template.HTML {
	if len(items) == 0 {
		return ""
	}
	now := yearOf(s.World.AsOf)
	first, last := chart.ItemsSpan(items, now)
	if from != 0 || to != 0 {
		first, last = max(first, from), min(last, to)
	}
	axis := chart.LaneAxis(first, last)
	axis.BCE = s.World.Words.Dates.BCE
	return template.HTML(`<div class="lanewrap" tabindex="0" role="region" aria-label="` + template.HTMLEscapeString(label) + `">` +
		chart.Lanes(axis, chart.Pack(axis, items), label) + `</div>`)
}

// regionsOf gives the regions that an event, body or treaty concerns: those
// of the states it names, else those of at least a third of the members.
func (s *Site) regionsOf(id model.ID) string {
	w := s.World
	t := w.Thing(id)
	counts := map[string]int{}
	total := 0
	count := func(id model.ID) {
		if st := w.Thing(id).State; st != nil {
			counts[st.Region]++
			total++
		}
	}
	share := 0
	switch t.Kind {
	case model.Event:
		for _, slug := range t.Event.States {
			if o, ok := w.Lookup(slug); ok {
				count(o.ID)
			}
		}
		if total == 0 {
			share = 3
			for _, slug := range t.Event.Organisations {
				if o, ok := w.Lookup(slug); ok && o.Organisation != nil {
					for _, m := range w.MembersOf(o.ID) {
						count(m.Member)
					}
				}
			}
		}
	case model.Organisation:
		share = 3
		for _, m := range w.MembersOf(id) {
			count(m.Member)
		}
	case model.Treaty:
		share = 3
		for _, p := range t.Treaty.Parties {
			if o, ok := w.Lookup(p.Member); ok {
				count(o.ID)
			}
		}
	case model.Exercise:
		for _, list := range [][]string{t.Exercise.Lead, t.Exercise.Participants} {
			for _, slug := range list {
				if o, ok := w.Lookup(slug); ok {
					count(o.ID)
				}
			}
		}
	case model.Operation:
		if o, ok := w.Lookup(t.Operation.Organisation); ok {
			return s.regionsOf(o.ID)
		}
	}
	var list []string
	for _, r := range sortedRegions(counts) {
		if counts[r]*max(share, 1) >= total || share == 0 {
			list = append(list, r)
		}
	}
	return strings.Join(list, " ")
}

// weight orders the things of a crowded timeline: the more members or the
// more has happened to it, the weightier.
func (s *Site) weight(a, b model.ID) int {
	of := func(id model.ID) int { return len(s.World.MembersOf(id))*2 + len(s.World.Events(id))*3 }
	return cmp.Or(cmp.Compare(of(b), of(a)), cmp.Compare(a, b))
}
