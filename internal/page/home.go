package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"entente/internal/chart"
	"entente/internal/date"
	"entente/internal/model"
)

// Home is the view of the first page.
type Home struct {
	Shell
	Heading   string
	Lede      string
	Counts    []Link // Note is the figure
	Map       template.HTML
	Parts     []HomePart
	Life      *Spans
	LifeTitle string
	LifeText  string
	Index     []Group
}

// HomePart is one part of the table of contents.
type HomePart struct {
	Number, Title, Text string
	Topics              []Link
}

func homePages(w *model.World) []Page {
	return []Page{
		{Path: "index.html", Template: "home.html", Thing: model.None, View: (*Site).home},
		{Path: "404.html", Template: "notfound.html", Thing: model.None, View: (*Site).notFound, NoIndex: true},
	}
}

func (s *Site) home() any {
	w := s.World
	r := w.Site
	v := &Home{Shell: s.shell("", "home", "", r.Title, cmp.Or(r.Tagline, r.Title)), Heading: cmp.Or(r.Tagline, r.Title),
		Lede: s.say("home.lede")}
	for _, c := range []struct {
		kind model.Kind
		text string
		path string
	}{{model.Topic, "kinds.topics", "topics/"}, {model.Organisation, "kinds.organisations", "organisations/"}, {model.State, "kinds.states", "states/"},
		{model.Treaty, "kinds.treaties", "treaties/"}, {model.Event, "kinds.events", "timeline/"}, {model.Term, "kinds.terms", "glossary/"}} {
		if n := len(w.Of(c.kind)); n > 0 {
			v.Counts = append(v.Counts, Link{Href: c.path, Text: s.say(c.text), Note: s.World.Words.Number(n)})
		}
	}
	v.Map = s.homeMap()
	for i, p := range r.Parts {
		hp := HomePart{Title: p.Title, Text: p.Summary}
		if len(r.Parts) > 1 && i < len(romans) {
			hp.Number = romans[i]
		}
		for _, id := range w.Topics() {
			if w.Part(id) == i && len(hp.Topics) < 40 {
				hp.Topics = append(hp.Topics, Link{Href: s.href("", id), Text: w.Thing(id).Name})
			}
		}
		v.Parts = append(v.Parts, hp)
	}
	v.Life = s.lifeSpans()
	v.LifeTitle = s.say("home.life")
	if v.Life != nil {
		v.LifeText = s.say("home.life-text", "alliances", s.count(len(v.Life.Rows), "alliances"))
	}
	v.Index = s.alphabet("", 1500)
	v.About = []node{s.homeNode()}
	return v
}

// homeMap counts, for each state, the agreements of mutual defence in force.
func (s *Site) homeMap() template.HTML {
	if s.Geo == nil {
		return ""
	}
	w := s.World
	counts := map[model.ID]int{}
	for _, t := range w.Of(model.Organisation) {
		if w.Ended(t.ID) || w.Family(t.ID) != model.Defence {
			continue
		}
		for _, who := range w.Members(t.ID, w.AsOf, model.Member).Certain {
			counts[who]++
		}
	}
	var ids []model.ID
	for id := range counts {
		ids = append(ids, id)
	}
	drawn, _ := s.drawable(ids)
	if len(drawn) < 2 {
		return ""
	}
	class := func(n int) string { return fmt.Sprintf("s%d", 5-min(n, 4)) }
	var shapes []chart.Shape
	used := map[int]bool{}
	for _, id := range drawn {
		n := counts[id]
		used[min(n, 4)] = true
		shapes = append(shapes, chart.Shape{ISONum: w.Thing(id).State.Codes.ISONum, Class: class(n), Title: fmt.Sprintf("%s: %d", w.Thing(id).Name, n)})
	}
	fig := s.Geo.Map(shapes, chart.MapOptions{Closer: s.say("map.closer"), Label: s.say("home.map"), World: true, DeFacto: w.Site.Map.Borders == "de-facto"})
	legend := `<ul class="legend"><li>` + string(s.sayHTML("home.map-legend", "day", w.Site.AsOf)) + `</li>`
	for n := 1; n <= 4; n++ {
		if used[n] {
			text := fmt.Sprint(n)
			if n == 4 {
				text = s.say("home.map-more")
			}
			legend += `<li><svg class="sw" aria-hidden="true"><rect class="` + class(n) + `" width="100%" height="100%"/></svg>` + text + `</li>`
		}
	}
	return template.HTML(`<figure class="heromap">` + fig.Panels[0] + `<figcaption>` + legend + `</ul></figcaption></figure>`)
}

// lifeSpans draws the lives of the featured bodies, or of those whose
// obligations are recorded.
func (s *Site) lifeSpans() *Spans {
	w := s.World
	var ids []model.ID
	for _, slug := range w.Site.Featured {
		if t, ok := w.Lookup(slug); ok && t.Kind == model.Organisation {
			ids = append(ids, t.ID)
		}
	}
	if len(ids) == 0 {
		for _, t := range w.Of(model.Organisation) {
			if w.Family(t.ID) != model.NoFamily && t.Organisation.Founded.Year() >= 1800 {
				ids = append(ids, t.ID)
			}
		}
		ids = ids[:min(len(ids), 40)]
	}
	if len(ids) < 2 {
		return nil
	}
	slices.SortStableFunc(ids, func(a, b model.ID) int {
		return date.Order(w.Thing(a).Organisation.Founded, w.Thing(b).Organisation.Founded)
	})
	start, _ := w.Thing(ids[0]).Organisation.Founded.Bounds()
	axis := chart.NewAxis(yearOf(start), yearOf(w.AsOf), true, yearOf(w.AsOf))
	axis.BCE = s.World.Words.Dates.BCE
	sp := &Spans{Caption: s.say("home.life-caption"), Head: [3]string{s.say("home.alliance"), s.say("fact.years"), s.say("home.period")},
		Grid: template.HTML(axis.Grid("grid")), Axis: template.HTML(axis.Ticks())}
	used := map[model.Family]bool{}
	for _, id := range ids {
		t := w.Thing(id)
		f := s.family(id)
		used[f] = true
		p := date.Period{From: t.Organisation.Founded, Until: t.Organisation.Dissolved}
		class := ""
		if w.Ended(id) {
			class = "ended"
		}
		sp.Rows = append(sp.Rows, SpanRow{Class: f.Class(), Glyph: Glyph(f.Class()), Href: s.href("", id), Name: t.Label(), Hidden: s.World.Words.Comma() + s.familyName(f),
			Years: template.HTML(template.HTMLEscapeString(s.years(p))), Bars: template.HTML(chart.Bars(axis, "grid", []chart.Span{spanOf(p, class)}))})
	}
	for _, f := range model.Families() {
		if used[f] {
			sp.Legend = append(sp.Legend, Swatch{Obl: f.Class(), Glyph: Glyph(f.Class()), Text: s.familyName(f)})
		}
	}
	sp.Legend = append(sp.Legend, Swatch{Class: "b", Text: s.say("fact.in-force-key")}, Swatch{Class: "b ended", Text: s.say("fact.ended-key")})
	return sp
}

// alphabet lists all pages by name, and short names that differ. Beyond most
// names it keeps to topics and organisations, so that the page does not grow
// with the site.
func (s *Site) alphabet(from string, most int) []Group {
	w := s.World
	compare := s.sorter()
	kinds := []model.Kind{model.Topic, model.Organisation, model.State, model.Treaty, model.Exercise, model.Operation}
	total := 0
	for _, k := range kinds {
		total += len(w.Of(k))
	}
	if total > most {
		kinds = kinds[:2]
	}
	type named struct {
		Link
		kind  string
		topic bool
	}
	var all []named
	for _, k := range kinds {
		list := w.Of(k)
		for _, t := range list[:min(len(list), most)] {
			l := Link{Href: s.href(from, t.ID), Text: t.Name}
			if t.Short != "" && t.Short != t.Name {
				l.Note = t.Short
			}
			all = append(all, named{l, strings.ToLower(s.say("thing." + k.Noun())), k == model.Topic})
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return compare(a.Text, b.Text) })
	var groups []Group
	for i, l := range all {
		if l.Note == "" && (l.topic || i > 0 && all[i-1].Text == l.Text || i+1 < len(all) && all[i+1].Text == l.Text) {
			l.Note = l.kind // a topic is not the thing that it is about; two things may have one name
		}
		letter := firstLetter(l.Text)
		if n := len(groups); n == 0 || groups[n-1].Title != letter {
			groups = append(groups, Group{ID: "i-" + letter, Title: letter})
		}
		g := &groups[len(groups)-1]
		g.Names = append(g.Names, l.Link)
	}
	return groups
}

// NotFound is the view of the page for addresses that lead nowhere. It is
// the one page whose links count from the root, because it is shown at any
// address.
type NotFound struct {
	Shell
	Links []Link
}

func (s *Site) notFound() any {
	v := &NotFound{Shell: s.shell("", "404", "", s.say("lost.page"), s.say("lost.page"))}
	v.Canonical = ""
	root := rootPath(s.World.Site.BaseURL)
	v.Root = root
	for _, p := range []*string{&v.CSS, &v.Icon, &v.Font, &v.Boot, &v.JS, &v.Feed} {
		if len(*p) > 2 && (*p)[:2] == "./" {
			*p = root + (*p)[2:]
		}
	}
	v.Masthead, v.Colophon = s.Shells.Masthead(root, ""), s.Shells.Colophon(root)
	v.Links = []Link{{Href: root + "topics/", Text: s.say("nav.topics"), Note: s.say("lost.topics")},
		{Href: root + "organisations/", Text: s.say("nav.alliances"), Note: s.say("lost.alliances")}, {Href: root + "search/", Text: s.say("index.a-z"), Note: s.say("lost.search-note")}}
	return v
}

// searchPages is the search page with the index by name.
func searchPages(w *model.World) []Page {
	return []Page{{Path: "search/index.html", Template: "search.html", Thing: model.None, View: func(s *Site) any {
		v := s.index("search/", s.say("search.title"), s.say("list.search-lede"))
		v.Kind = "search"
		v.Groups = s.alphabet("search/", 20000)
		return v
	}}}
}

// Redirect is the view of an old address.
type Redirect struct {
	Lang, Dir, Title, Href string
	Links                  []Link // the one new address
}

func redirectPages(w *model.World) []Page {
	var list []Page
	for _, r := range w.Redirects() {
		list = append(list, Page{Path: r.From + "index.html", Template: "redirect.html", Thing: model.None, View: func(s *Site) any {
			t := s.World.Thing(r.To)
			href := s.href(r.From, r.To)
			return &Redirect{Lang: s.World.Words.Tag, Dir: s.World.Words.Dir, Title: t.Name, Href: href, Links: []Link{{Href: href, Text: t.Name}}}
		}})
	}
	return list
}
