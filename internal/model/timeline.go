package model

import (
	"fmt"
	"strings"
)

// timelineMost is how many events one page of the timeline lists.
const timelineMost = 400

// EventPage is a page of the timeline that lists the events of some years.
type EventPage struct {
	Path   string
	Title  string
	Year   int // of its first event
	Events []ID
}

// EventPages divide the timeline when it has more events than one page can
// hold: by decade, a full decade by year, a full year by count. It is empty
// while the page of the timeline lists them all.
func (w *World) EventPages() []EventPage { return w.eventPages }

// Timeline gives all events in order of date.
func (w *World) Timeline() []ID { return w.timeline }

// divideEvents orders the events and gives each the page that lists it.
func (b *builder) divideEvents() {
	w := b.w
	w.timeline = make([]ID, 0, len(w.Of(Event)))
	for _, t := range w.Of(Event) {
		w.timeline = append(w.timeline, t.ID)
	}
	sortByDate(w, w.timeline)
	if len(w.timeline) <= timelineMost {
		return
	}
	year := func(id ID) int { return w.Things[id].Event.Date.Year() }
	for _, decade := range runs(w.timeline, func(id ID) string { return decadeOf(year(id)) }) {
		if len(decade) <= timelineMost {
			w.eventPages = append(w.eventPages, EventPage{Title: decadeOf(year(decade[0])), Events: decade})
			continue
		}
		for _, list := range runs(decade, func(id ID) string { return fmt.Sprint(year(id)) }) {
			title := yearTitle(year(list[0]))
			for n := 1; len(list) > 0; n++ {
				part := list[:min(len(list), timelineMost)]
				list = list[len(part):]
				p := EventPage{Title: title, Events: part}
				if n > 1 {
					p.Title = fmt.Sprintf("%s, part %d", title, n)
					p.Path = fmt.Sprintf("timeline/%s-%d/", pathOf(title), n)
				}
				w.eventPages = append(w.eventPages, p)
			}
		}
	}
	for i := range w.eventPages {
		p := &w.eventPages[i]
		p.Year = year(p.Events[0])
		if p.Path == "" {
			p.Path = "timeline/" + pathOf(p.Title) + "/"
		}
		for _, id := range p.Events {
			w.Things[id].Path = p.Path + "#e-" + w.Things[id].Slug
		}
	}
}

// decadeOf names the ten years of a year, and before 1800 its century.
func decadeOf(year int) string {
	switch {
	case year < 1:
		return "BCE"
	case year < 1800:
		return fmt.Sprintf("%d00s", year/100)
	}
	return fmt.Sprintf("%ds", year/10*10)
}

func yearTitle(year int) string {
	if year < 1 {
		return fmt.Sprintf("%d BCE", 1-year)
	}
	return fmt.Sprint(year)
}

func pathOf(title string) string { return strings.ReplaceAll(strings.ToLower(title), " ", "-") }

// runs cuts a list where the key changes.
func runs(ids []ID, key func(ID) string) [][]ID {
	var list [][]ID
	for start := 0; start < len(ids); {
		end := start + 1
		for end < len(ids) && key(ids[end]) == key(ids[start]) {
			end++
		}
		list = append(list, ids[start:end])
		start = end
	}
	return list
}
