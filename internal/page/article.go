package page

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"
	"sync"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/derive"
	"entente/internal/link"
	"entente/internal/model"
)

// maxMentions is how many mentions a page quotes; the rest are counted.
const maxMentions = 24

// article fills what all pages with a text column have in common. The kind
// adds its infobox, sections and data, then calls finish.
func (s *Site) article(id model.ID, section string) *Article {
	w := s.World
	t := w.Thing(id)
	a := &Article{Shell: s.shell(t.Path, t.Kind.Noun(), section, t.Name, t.Summary), Heading: t.Name, Lede: t.Summary}
	a.FactsTo, a.Mirror = s.factsTo(t), "index.md"
	a.Draft = t.Draft
	if b := s.Bodies[id]; b != nil {
		html, notes := s.text(id)
		a.Body, a.Notes = template.HTML(html), template.HTML(notes)
		if b.Words > 300 {
			a.Minutes = max(1, (b.Words+115)/230)
		}
	}
	if t.Page != nil {
		a.Updated = s.datePtr(t.Page.Header.Updated)
	}
	if tpl := w.Site.EditURL; tpl != "" {
		file := ""
		if t.Page != nil {
			file = t.Page.Text.Path
		} else {
			file = t.Origin.Text.Path
		}
		a.EditHref = strings.ReplaceAll(tpl, "{path}", file)
	}
	return a
}

// factsTo is the day up to which a thing's record is believed right.
func (s *Site) factsTo(t *model.Thing) Date {
	if o := t.Organisation; o != nil && !o.AsOf.IsZero() {
		return s.dateOf(o.AsOf)
	}
	return s.dateOf(s.World.Site.AsOf)
}

// finish adds neighbours, terms, sources, mentions, citations and contents.
func (s *Site) finish(a *Article, id model.ID) *Article {
	t := s.World.Thing(id)
	near, terms, mentions := s.Web.Neighbours(id), s.Web.TermsOf(id), s.Web.Mentions(id, maxMentions)
	a.SeeAlso, a.Terms, a.Mentions = make([]See, 0, len(near)), make([]Definition, 0, len(terms)), make([]See, 0, len(mentions))
	for _, n := range near {
		a.SeeAlso = append(a.SeeAlso, s.see(t.Path, n))
	}
	for _, term := range terms {
		g := s.World.Thing(term)
		a.Terms = append(a.Terms, Definition{ID: g.Slug, Term: g.Name, Text: g.Summary})
	}
	for _, src := range t.Sources {
		if e, ok := s.World.LookupSource(src); ok {
			a.Sources = append(a.Sources, Source{Href: link.Rel(t.Path, e.Path), HTML: s.reference(e.Source)})
		}
	}
	a.Unsourced = t.Record() != nil && len(a.Sources) == 0
	for _, m := range mentions {
		a.Mentions = append(a.Mentions, s.mention(t.Path, m))
	}
	a.MoreMentions = s.Web.CountMentions(id) - len(a.Mentions)
	a.MoreHref = a.Root + "search/?q=" + url.QueryEscape(s.World.Thing(id).Label())
	s.sourced(a, t)
	a.Cite = s.citing(t).forms()
	a.Contents = s.contents(a, id)
	if strings.Contains(string(a.Body), `class="plot lanes"`) {
		a.Marks = template.HTML(chart.LaneMarks())
	}
	if a.hasSlider() {
		a.Scripts = append(a.Scripts, a.Root+s.Assets["assets/asof.js"])
	}
	if t.Record() != nil {
		a.Take = []Link{{Href: "data.json", Text: "JSON"}, {Href: "index.md", Text: "Markdown"}}
	} else {
		a.Take = []Link{{Href: "index.md", Text: "Markdown"}}
	}
	return a
}

// hasSlider reports whether a map on the page has a slider over the years.
func (a *Article) hasSlider() bool {
	const slider = `<form class="yearbar`
	for _, sec := range a.Sections {
		if strings.Contains(string(sec.HTML), slider) {
			return true
		}
	}
	return strings.Contains(string(a.Body), slider)
}

func (s *Site) see(from string, n derive.Neighbour) See {
	icon, class := s.icon(n.To)
	v := See{Icon: icon, Class: class, Href: s.href(from, n.To), Title: s.World.Thing(n.To).Name,
		Reason: n.Reason, Detail: n.Detail, Origin: s.say("see." + string(n.Origin))}
	if v.Reason == "" {
		v.Reason = s.say("see.chosen")
	}
	return v
}

func (s *Site) mention(from string, m derive.Mention) See {
	icon, class := s.icon(m.From)
	v := See{Icon: icon, Class: class, Href: s.href(from, m.From), Title: s.World.Thing(m.From).Name}
	if m.End <= len(m.Sentence) && m.Start <= m.End {
		v.Before, v.Mark, v.After = m.Sentence[:m.Start], m.Sentence[m.Start:m.End], m.Sentence[m.End:]
	}
	return v
}

// contents lists the headings of the text and the sections after it.
func (s *Site) contents(a *Article, id model.ID) []Heading {
	var list []Heading
	if b := s.Bodies[id]; b != nil {
		for _, h := range b.Headings {
			switch {
			case h.Level == 2 || len(list) == 0:
				list = append(list, Heading{ID: h.ID, Text: h.Text})
			case h.Level == 3:
				last := &list[len(list)-1]
				last.Sub = append(last.Sub, Heading{ID: h.ID, Text: h.Text})
			}
		}
	}
	for _, sec := range a.Sections {
		list = append(list, Heading{ID: sec.ID, Text: sec.Title})
	}
	add := func(yes bool, id, text string) {
		if yes {
			list = append(list, Heading{ID: id, Text: text})
		}
	}
	add(len(a.SeeAlso) > 0, "see-also", s.say("article.see-also"))
	add(len(a.Terms) > 0, "terms", s.say("article.terms"))
	add(len(a.Notes) > 0, "notes", s.say("article.notes"))
	add(len(a.Sources) > 0, "sources", s.say("article.sources"))
	add(len(a.Mentions) > 0, "mentions", s.say("article.mentions"))
	return list
}

// crumbs is the way from the contents page to a page.
func (s *Site) crumbs(path string, steps ...Link) []Link {
	return append([]Link{{Href: rootOf(path), Text: s.say("home.contents")}}, steps...)
}

// obligation makes the tag of a family.
func (s *Site) obligation(f model.Family, ended bool) Obligation {
	return Obligation{Class: f.Class(), Name: s.familyName(f), Ended: ended}
}

// years writes a period in years: "1949–1966", "1949–" while it goes on.
func (s *Site) years(p date.Period) string {
	short := s.World.Words.Dates.YearText
	from := "?"
	if !p.From.IsZero() {
		from = short(p.From)
	}
	if p.Until.IsZero() {
		return from + "–"
	}
	if until := short(p.Until); until != from {
		if i := strings.IndexByte(from, ' '); i > 0 && p.Until.Year() < 1 && strings.HasSuffix(until, from[i:]) {
			from = from[:i] // the era once: "478–404 BCE"
		}
		return from + "–" + until
	}
	return from
}

// count writes a number of things, by the key of its noun.
func (s *Site) count(n int, of string) string { return s.say("count."+of, "n", n) }

// countText writes a count that coarse dates may leave open.
func countText(r model.Range) string {
	if r.Exact() {
		return fmt.Sprint(r.Low)
	}
	return fmt.Sprintf("%d–%d", r.Low, r.High)
}

// sentence begins a text with a capital and ends it with a stop.
func sentence(text string) string {
	if text == "" || strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// texts are the last texts that were asked for: a large site keeps them on
// disk, and a page and its mirror, made one after the other, show the same.
type texts struct {
	mu   sync.Mutex
	last [16]struct {
		id          model.ID
		html, notes string
	}
	next int
}

// text gives the HTML of a body and of its notes.
func (s *Site) text(id model.ID) (html, notes string) {
	s.texts.mu.Lock()
	for _, t := range s.texts.last {
		if t.id == id && t.html != "" {
			s.texts.mu.Unlock()
			return t.html, t.notes
		}
	}
	s.texts.mu.Unlock()
	html, notes = s.Text(id)
	s.texts.mu.Lock()
	defer s.texts.mu.Unlock()
	at := &s.texts.last[s.texts.next%len(s.texts.last)]
	at.id, at.html, at.notes = id, html, notes
	s.texts.next++
	return html, notes
}
