package page

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"entente/internal/model"
	"entente/internal/record"
)

// feedPages are the files for machines: site map, feed, robots, headers
// and Markdown mirror.
func feedPages(w *model.World) []Page {
	none := model.None
	list := []Page{
		{Path: "robots.txt", Thing: none, Encode: (*Site).robots},
		{Path: "llms.txt", Thing: none, Encode: (*Site).llms},
		{Path: "glossary/index.md", Thing: none, Encode: (*Site).glossaryMirror},
		{Path: "_headers", Thing: none, Encode: func(*Site) []byte { return []byte(Headers("netlify", "/")) }},
	}
	if w.Site.BaseURL != "" {
		list = append(list, Page{Path: "sitemap.xml", Thing: none, Encode: (*Site).sitemap}, Page{Path: "feed.xml", Thing: none, Encode: (*Site).atom})
	}
	return list
}

// rootPath is the path of the site's own address: "/" or "/sub/".
func rootPath(base string) string {
	u, err := url.Parse(base)
	if err != nil || u.Path == "" {
		return "/"
	}
	return strings.TrimSuffix(u.Path, "/") + "/"
}

func (s *Site) absolute(path string) string {
	return strings.TrimSuffix(s.World.Site.BaseURL, "/") + "/" + path
}

func (s *Site) robots() []byte {
	text := "User-agent: *\nAllow: /\n"
	if s.World.Site.BaseURL != "" {
		text += "Sitemap: " + s.absolute("sitemap.xml") + "\n"
	}
	return []byte(text)
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func (s *Site) sitemap() []byte {
	var set struct {
		XMLName xml.Name     `xml:"urlset"`
		NS      string       `xml:"xmlns,attr"`
		URLs    []sitemapURL `xml:"url"`
	}
	set.NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
	pages := s.Pages
	if pages == nil {
		pages = func() []Page { return Pages(s.World) }
	}
	for _, p := range pages() {
		if p.Template == "" || p.Template == "redirect.html" || p.NoIndex {
			continue
		}
		u := sitemapURL{Loc: s.absolute(strings.TrimSuffix(p.Path, "index.html"))}
		if p.Thing != model.None && s.World.Thing(p.Thing).Page != nil {
			u.LastMod = s.World.Thing(p.Thing).Page.Header.Updated.Attr()
		}
		set.URLs = append(set.URLs, u)
	}
	return encodeXML(set)
}

func encodeXML(v any) []byte {
	b, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		panic("page: xml: " + err.Error())
	}
	return append([]byte(xml.Header), append(b, '\n')...)
}

func encodeJSON(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetIndent("", " ")
	if err := enc.Encode(record.Plain(v)); err != nil {
		panic("page: json: " + err.Error())
	}
	return buf.Bytes()
}

// llms is a plain index of the site for language models: where each page is to
// be had as Markdown, and the data as files.
func (s *Site) llms() []byte {
	w := s.World
	var b bytes.Buffer
	line := func(path, name, text string) {
		fmt.Fprintf(&b, "- [%s](%s)", linkText.Replace(oneLine(name)), s.address("", path))
		if text = oneLine(text); text != "" {
			b.WriteString(": " + text)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "# %s\n\n", oneLine(w.Site.Title))
	if w.Site.Tagline != "" {
		fmt.Fprintf(&b, "> %s\n\n", sentence(oneLine(w.Site.Tagline)))
	}
	fmt.Fprintf(&b, "%s. %s\n", capital(s.say("cite.facts", "day", w.Site.AsOf)), s.say("data.mirrors"))
	for _, k := range []model.Kind{model.Topic, model.Organisation, model.State, model.Treaty, model.Exercise, model.Operation, model.Term} {
		ids := w.Topics()
		if k != model.Topic {
			ids = s.byName(k)
		}
		if len(ids) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n", s.kindTitle(k))
		for _, id := range ids {
			t := w.Thing(id)
			path := t.Path + "index.md"
			if k == model.Term {
				path = "glossary/index.md#" + t.Slug
			}
			line(path, t.Name, t.Summary)
		}
	}
	fmt.Fprintf(&b, "\n## %s\n\n", s.say("nav.data"))
	line("data/datapackage.json", s.say("data.package"), "Frictionless data package")
	line("timeline/events.json", s.say("nav.timeline"), s.count(len(w.Timeline()), "events"))
	for _, k := range record.Kinds() {
		line("data/"+k.Folder()+".json", k.Folder()+".json", "")
	}
	if w.Site.BaseURL != "" {
		line("feed.xml", s.say("feed.title"), "Atom")
	}
	if help := w.Of(model.Help); len(help) > 0 {
		b.WriteString("\n## Optional\n\n")
		for _, t := range help {
			line(t.Path+"index.md", t.Name, t.Summary)
		}
	}
	return b.Bytes()
}

// kindTitle names the things of a kind together.
func (s *Site) kindTitle(k model.Kind) string {
	switch k {
	case model.Topic, model.Term:
		return s.say("nav." + k.Folder())
	}
	return s.say("thing." + k.Folder())
}

// linkText keeps a name inside the brackets of a Markdown link.
var linkText = strings.NewReplacer("[", `\[`, "]", `\]`, `\`, `\\`)

// glossaryMirror is the glossary as Markdown.
func (s *Site) glossaryMirror() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n", s.say("nav.glossary"))
	for _, id := range s.byName(model.Term) {
		t := s.World.Thing(id)
		fmt.Fprintf(&b, "\n## <a id=\"%s\"></a>%s\n\n%s\n", t.Slug, t.Name, t.Summary)
		if len(t.Term.Aliases) > 0 {
			fmt.Fprintf(&b, "\n%s\n", s.say("glossary.also", "names", strings.Join(t.Term.Aliases, s.World.Words.Comma())))
		}
	}
	return b.Bytes()
}
