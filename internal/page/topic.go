package page

import (
	"fmt"

	"entente/internal/model"
)

// romans number the parts of the table of contents.
var romans = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

func partTitle(w *model.World, i int) string {
	if i < len(romans) && len(w.Site.Parts) > 1 {
		return romans[i] + ". " + w.Site.Parts[i].Title
	}
	return w.Site.Parts[i].Title
}

func topicPages(w *model.World) []Page {
	var list []Page
	for _, id := range w.Topics() {
		list = append(list, articleFiles(w.Thing(id))...)
	}
	return list
}

func (s *Site) help(id model.ID) *Article {
	t := s.World.Thing(id)
	a := s.article(id, "")
	a.Crumbs = s.crumbs(t.Path)
	if t.Path != "help/" {
		a.Crumbs = s.crumbs(t.Path, Link{Href: rootOf(t.Path) + "help/", Text: s.say("nav.help")})
	}
	a.Crumbs = append(a.Crumbs, Link{Text: t.Name, Current: true})
	a.About = []node{s.articleNode(t)}
	return s.finish(a, id)
}

// siblings is how many topics before and after a page its part shows, so
// that a page does not grow with the site.
const siblings = 19

func (s *Site) topic(id model.ID) *Article {
	w := s.World
	t := w.Thing(id)
	a := s.article(id, "topics/")
	a.Crumbs = s.crumbs(t.Path, Link{Href: rootOf(t.Path) + "topics/", Text: s.say("nav.topics")})
	order, at := w.Topics(), w.Place(id)
	if p := w.Part(id); p >= 0 {
		a.Crumbs[1] = Link{Href: fmt.Sprintf("%stopics/#part-%d", rootOf(t.Path), p+1), Text: partTitle(w, p)}
		a.Part = &Part{Title: partTitle(w, p)}
		first, last := at, at
		for first > 0 && w.Part(order[first-1]) == p && at-first < siblings {
			first--
		}
		for last+1 < len(order) && w.Part(order[last+1]) == p && last-at < siblings {
			last++
		}
		a.Part.Topics = make([]Link, 0, last-first+1)
		for k := first; k <= last; k++ {
			a.Part.Topics = append(a.Part.Topics, Link{Href: s.href(t.Path, order[k]), Text: w.Thing(order[k]).Name, Current: k == at})
		}
	}
	a.Crumbs = append(a.Crumbs, Link{Text: t.Name, Current: true})
	if at > 0 {
		a.Prev = &Link{Href: s.href(t.Path, order[at-1]), Text: w.Thing(order[at-1]).Name}
	}
	if at+1 < len(order) {
		a.Next = &Link{Href: s.href(t.Path, order[at+1]), Text: w.Thing(order[at+1]).Name}
	}
	a.Infobox = s.topicFacts(t)
	if events := s.topicEvents(t); len(events) > 0 {
		a.Sections = append(a.Sections, s.eventSection(t.Path, events, ""))
	}
	a.About = []node{s.articleNode(t)}
	return s.finish(a, id)
}

// topicFacts lists the records a topic is about.
func (s *Site) topicFacts(t *model.Thing) *Infobox {
	box := &Infobox{Title: s.say("fact.here")}
	for _, k := range []model.Kind{model.Organisation, model.Treaty, model.Exercise, model.Operation, model.State} {
		var row Row
		for _, slug := range t.Page.Header.About {
			if about, ok := s.World.Lookup(slug); ok && about.Kind == k {
				row.Links = append(row.Links, Link{Href: s.href(t.Path, about.ID), Text: about.Label()})
			}
		}
		if len(row.Links) > 0 {
			row.Label = s.say("thing." + k.Folder())
			if len(row.Links) == 1 {
				row.Label = s.say("thing." + k.Noun())
			}
			box.Rows = append(box.Rows, row)
		}
	}
	if len(box.Rows) == 0 {
		return nil
	}
	return box
}

// topicEvents gives the landmark events of the records a topic is about, at
// most a dozen, so that the timeline stays an overview.
func (s *Site) topicEvents(t *model.Thing) []model.ID {
	const most = 12
	seen := map[model.ID]bool{}
	var all []model.ID
	for _, slug := range t.Page.Header.About {
		about, ok := s.World.Lookup(slug)
		if !ok || about.Kind == model.State {
			continue
		}
		for _, e := range s.World.Events(about.ID) {
			if !seen[e] {
				seen[e] = true
				all = append(all, e)
			}
		}
	}
	for level := 1; level <= 3; level++ {
		var list []model.ID
		for _, e := range all {
			if importance(s.World, e) <= level {
				list = append(list, e)
			}
		}
		if len(list) >= 4 || level == 3 {
			sortEvents(s.World, list)
			return spread(list, most)
		}
	}
	return nil
}

// spread picks n entries of a list at even distances, keeping both ends.
func spread(list []model.ID, n int) []model.ID {
	if len(list) <= n {
		return list
	}
	out := make([]model.ID, n)
	for i := range out {
		out[i] = list[i*(len(list)-1)/(n-1)]
	}
	return out
}
