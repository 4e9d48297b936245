package page

import (
	"cmp"
	"encoding/xml"
	"html/template"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/model"
)

const (
	maxEntries = 100 // how many entries the feed holds
	maxTexts   = 20  // how many of them tell of texts alone
	maxNames   = 12  // how many names a title holds
)

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	ID       string      `xml:"id"`
	Links    []atomLink  `xml:"link"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Rights   string      `xml:"rights,omitempty"`
	Entries  []atomEntry `xml:"entry"`
}

type atomEntry struct {
	Title     string       `xml:"title"`
	ID        string       `xml:"id"`
	Link      atomLink     `xml:"link"`
	Published string       `xml:"published"`
	Updated   string       `xml:"updated"`
	Category  atomCategory `xml:"category"`
	Summary   string       `xml:"summary"`
	Content   *atomContent `xml:"content"`

	day date.Day
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// atom is the feed of what changed: editions with their changes, what happened
// in the world by the records, and texts written anew; newest first. Its days
// are those of the records, so that the same site gives the same feed.
func (s *Site) atom() []byte {
	w := s.World
	feed := atomFeed{Lang: w.Words.Tag, Title: w.Site.Title, Subtitle: w.Site.Tagline, ID: s.absolute(""), Author: cmp.Or(w.Site.Publisher, w.Site.Title), Rights: w.Site.Licence}
	feed.Links = []atomLink{{"self", "application/atom+xml", s.absolute("feed.xml")}, {"alternate", "text/html", s.absolute("")}}
	last, _ := s.EditionDay().Bounds()
	entries := slices.Concat(s.editionEntries(), s.happened(), s.rewritten())
	entries = slices.DeleteFunc(entries, func(e atomEntry) bool { return e.day > last && e.Category.Term != "edition" || e.day.Year() < 1 })
	slices.SortStableFunc(entries, func(a, b atomEntry) int { return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.ID, b.ID)) })
	feed.Entries = entries[:min(len(entries), maxEntries)]
	for i := range feed.Entries {
		e := &feed.Entries[i]
		last = max(last, e.day)
		e.Updated = midnight(e.day)
		e.Published = e.Updated
	}
	feed.Updated = midnight(last)
	return encodeXML(feed)
}

func midnight(d date.Day) string { return d.Date().Attr() + "T00:00:00Z" }

// dated makes an entry for something that happened on a day to the thing at an
// address; false when the day is not known at all.
func (s *Site) dated(term, title, path, id, facts string, on date.Date) (atomEntry, bool) {
	if on.IsZero() {
		return atomEntry{}, false
	}
	first, _ := on.Bounds()
	return atomEntry{Title: title, ID: s.absolute(path) + id, Link: atomLink{"alternate", "text/html", s.absolute(path)}, Category: atomCategory{term},
		Summary: sentence(s.World.Words.Dates.Text(on)) + " " + sentence(capital(s.say("cite.facts", "day", facts))), day: first}, true
}

// editionEntries tell of the editions, and of all that changed in each.
func (s *Site) editionEntries() []atomEntry {
	var list []atomEntry
	for i, e := range s.World.Editions {
		path := editionPath(e.Name)
		entry, ok := s.dated("edition", s.editionTitle(e), path, "", s.World.Words.Dates.Text(e.AsOf), e.Day)
		if !ok {
			continue
		}
		entry.Summary = s.editionLede(e)
		if i > 0 {
			entry.Content = s.told(s.World.Editions[i-1], e, path)
		}
		list = append(list, entry)
	}
	return list
}

// told writes what changed as HTML with absolute addresses.
func (s *Site) told(was, now *edition.Edition, path string) *atomContent {
	var b strings.Builder
	p := s.compared(was, now, path)
	p.root = s.absolute("")
	for _, g := range p.groups() {
		b.WriteString("<h2>" + template.HTMLEscapeString(g.Title) + "</h2><ul>")
		for _, line := range g.Lines {
			b.WriteString("<li>" + string(line) + "</li>")
		}
		b.WriteString("</ul>")
	}
	return &atomContent{"html", b.String()}
}

// happened tells what the records date: who joined and left, what was signed,
// entered into force, was founded and ended, and the events.
func (s *Site) happened() []atomEntry {
	var list []atomEntry
	told := map[string]bool{} // "nato 2023-04-04": events that speak of a body on a day
	for _, t := range s.World.Of(model.Event) {
		e, ok := s.dated("event", t.Name, t.Path, "", s.factsTo(&t).Text, t.Event.Date)
		if !ok {
			continue
		}
		if note := sentence(t.Event.Note); note != "" {
			e.Summary = note + " " + e.Summary
		}
		list = append(list, e)
		for _, slug := range slices.Concat(t.Event.Organisations, t.Event.Treaties) {
			told[slug+" "+t.Event.Date.String()] = true
		}
	}
	add := func(t *model.Thing, term string, on date.Date) {
		if e, ok := s.dated(term, s.say("feed."+term, "name", t.Name), t.Path, "#"+term, s.factsTo(t).Text, on); ok && !told[t.Slug+" "+on.String()] {
			list = append(list, e)
		}
	}
	for _, t := range s.World.Of(model.Organisation) {
		add(&t, "founded", t.Organisation.Founded)
		add(&t, "dissolved", t.Organisation.Dissolved)
		for _, e := range s.comings(&t) {
			if !told[t.Slug+" "+e.on.String()] {
				list = append(list, e.atomEntry)
			}
		}
	}
	for _, t := range s.World.Of(model.Treaty) {
		add(&t, "signed", t.Treaty.Signed)
		add(&t, "in-force", t.Treaty.InForce)
		add(&t, "terminated", t.Treaty.Terminated)
	}
	for _, t := range s.World.Of(model.Operation) {
		add(&t, "began", t.Operation.From)
		add(&t, "ended", t.Operation.Until)
	}
	return list
}

// coming is an entry about members who came or went on one day.
type coming struct {
	atomEntry
	on date.Date
}

// comings tell who joined a body and who left it, all of a day together.
func (s *Site) comings(t *model.Thing) []coming {
	type key struct {
		term string
		on   date.Date
	}
	var order []key
	names := map[key][]string{}
	for _, m := range s.World.MembersOf(t.ID) {
		if m.Status != model.Member {
			continue
		}
		for _, k := range []key{{"joined", m.Period.From}, {"left", m.Period.Until}} {
			if k.on.IsZero() || k.on == t.Organisation.Founded || k.on == t.Organisation.Dissolved {
				continue // said by its founding or its end
			}
			if names[k] == nil {
				order = append(order, k)
			}
			names[k] = append(names[k], s.World.Thing(m.Member).Name)
		}
	}
	var list []coming
	for _, k := range order {
		who := names[k]
		if n := len(who) - maxNames; n > 1 {
			who = append(who[:maxNames:maxNames], s.say("lead.more", "n", n))
		}
		title := s.say("feed."+k.term, "names", s.World.Words.List(who...), "name", t.Name)
		if e, ok := s.dated(k.term, title, t.Path, "#"+k.term+"-"+k.on.String(), s.factsTo(t).Text, k.on); ok {
			list = append(list, coming{e, k.on})
		}
	}
	return list
}

// rewritten tells of texts written anew, by the day that their front matter
// gives.
func (s *Site) rewritten() []atomEntry {
	var list []atomEntry
	for i := range s.World.Things {
		t := &s.World.Things[i]
		if t.Page == nil || !t.Kind.HasPage() || !t.Page.Header.Updated.Exact() {
			continue
		}
		on := t.Page.Header.Updated
		if e, ok := s.dated("text", t.Name, t.Path, "#text-"+on.String(), s.factsTo(t).Text, on); ok {
			e.Summary = strings.TrimSpace(t.Summary + " " + sentence(s.say("article.updated", "day", on)))
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b atomEntry) int { return cmp.Compare(b.day, a.day) })
	return list[:min(len(list), maxTexts)]
}
