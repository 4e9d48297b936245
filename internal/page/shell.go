package page

import (
	"html/template"
	"strings"

	"entente/internal/date"
	"entente/internal/link"
	"entente/internal/model"
)

// Shells keeps the parts of a page that depend only on how deep it lies and
// which section of the navigation it belongs to. It is filled once, before
// pages are made.
type Shells struct {
	Masthead func(root, section string) template.HTML
	Colophon func(root string) template.HTML
}

// navigation is the main menu: address and key of its words.
var navigation = []struct{ path, key string }{
	{"topics/", "nav.topics"},
	{"organisations/", "nav.alliances"},
	{"states/", "nav.states"},
	{"timeline/", "nav.timeline"},
	{"matrix/", "nav.matrix"},
	{"glossary/", "nav.glossary"},
}

// Masthead is the view of the head of every page.
type Masthead struct {
	Root, Site string
	Search     string
	Client     string // address of the search client from the root of the site
	Offline    bool   // the site may be read offline
	Nav        []Link
}

// NewMasthead makes the head for pages at root whose section is current.
func NewMasthead(s *Site, root, section string) Masthead {
	w := s.World
	m := Masthead{Root: root, Client: s.Assets["assets/search.js"], Site: w.Site.Title, Search: root + "search/", Offline: w.Site.Features.ServiceWorker}
	for _, n := range navigation {
		m.Nav = append(m.Nav, Link{Href: root + n.path, Text: w.Words.Say(n.key), Current: n.path == section})
	}
	return m
}

// Colophon is the view of the foot of every page.
type Colophon struct {
	Site, Tagline, Root string
	AsOf                Date
	Updated             *Date
	Licence             template.HTML
	Links               []Link
}

// NewColophon makes the foot for pages at root.
func NewColophon(s *Site, root string) Colophon {
	r := s.World.Site
	c := Colophon{
		Site: r.Title, Tagline: strings.TrimSuffix(r.Tagline, "."), Root: root, AsOf: s.dateOf(r.AsOf),
		Licence: template.HTML(template.HTMLEscapeString(r.Licence)),
	}
	if r.LicenceURL != "" {
		c.Licence = template.HTML(`<a class="ext" href="` + template.HTMLEscapeString(r.LicenceURL) + `" rel="license noopener">` + string(c.Licence) + `</a>`)
	}
	names := []string{"sources", "indicators", "treaties", "exercises", "operations", "compare", "network", "data"}
	if len(s.World.Of(model.Help)) > 0 {
		names = append(names, "help")
	}
	if len(s.World.Editions) > 0 {
		names = append(names, "editions")
	}
	for _, name := range names {
		c.Links = append(c.Links, Link{Href: root + name + "/", Text: s.say("nav." + name)})
	}
	if !r.Updated.IsZero() {
		d := s.dateOf(r.Updated)
		c.Updated = &d
	}
	return c
}

// rootOf is the relative way from an address to the root of the site.
func rootOf(path string) string {
	n := strings.Count(path, "/")
	if n == 0 {
		return "./"
	}
	return strings.Repeat("../", n)
}

// shell makes the frame of the page at an address.
func (s *Site) shell(path, kind, section, title, description string, scripts ...string) Shell {
	root := rootOf(path)
	r := s.World.Site
	sh := Shell{
		Title: title, Site: r.Title, Description: description, Kind: kind, Lang: s.World.Words.Tag, Dir: s.World.Words.Dir, Root: root,
		CSS: root + s.Assets["assets/entente.css"], Icon: root + s.Assets["assets/icon.svg"],
		Font: root + s.Assets["assets/fonts/literata-400.woff2"],
		Boot: root + s.Assets["assets/boot.js"], JS: root + s.Assets["assets/entente.js"],
		Masthead: s.Shells.Masthead(root, section), Colophon: s.Shells.Colophon(root),
	}
	for _, name := range scripts {
		sh.Scripts = append(sh.Scripts, root+s.Assets["assets/"+name])
	}
	if r.BaseURL != "" {
		sh.Canonical = strings.TrimSuffix(r.BaseURL, "/") + "/" + path
		sh.Feed = root + "feed.xml"
	}
	return sh
}

// dateOf makes the view of a date.
func (s *Site) dateOf(d date.Date) Date {
	return Date{Attr: d.Attr(), Text: s.World.Words.Dates.Text(d)}
}

func (s *Site) datePtr(d date.Date) *Date {
	if d.IsZero() {
		return nil
	}
	v := s.dateOf(d)
	return &v
}

// timeTag writes a date as HTML.
func timeTag(d date.Date, text string) string {
	if a := d.Attr(); a != "" {
		return `<time datetime="` + a + `">` + template.HTMLEscapeString(text) + `</time>`
	}
	return template.HTMLEscapeString(text)
}

// href is the relative way from an address to a thing.
func (s *Site) href(from string, id model.ID) string {
	return link.Rel(from, s.World.Thing(id).Path)
}

// icon draws the mark of a thing: its obligation for bodies and treaties,
// its kind for the rest.
func (s *Site) icon(id model.ID) (template.HTML, string) {
	t := s.World.Thing(id)
	if f := s.World.Family(id); f != model.NoFamily {
		return Glyph(f.Class()), f.Class()
	}
	switch t.Kind {
	case model.Organisation:
		return Glyph("cooperation"), "cooperation"
	default:
		return Icon(t.Kind.Noun()), ""
	}
}
