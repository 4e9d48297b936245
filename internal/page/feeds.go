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
		{Path: "_headers", Thing: none, Encode: (*Site).headers},
	}
	for i := range w.Things {
		t := &w.Things[i]
		if !t.Kind.HasPage() {
			continue
		}
		id := t.ID
		list = append(list, Page{Path: t.Path + "index.md", Thing: id, Encode: func(s *Site) []byte { return s.mirror(id) }})
		if t.Record() != nil {
			list = append(list, Page{Path: t.Path + "data.json", Thing: id, Encode: func(s *Site) []byte { return encodeJSON(s.World.Thing(id).Record()) }})
		}
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

// csp is the policy under which every page works.
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// headers is a file that common hosts turn into response headers.
func (s *Site) headers() []byte {
	return []byte("/*\n  Content-Security-Policy: " + csp + "\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n" +
		"  Cross-Origin-Resource-Policy: same-origin\n  Cache-Control: public, max-age=300\n\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")
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
	for _, p := range []string{"", "topics/", "organisations/", "states/", "treaties/", "exercises/", "operations/", "glossary/", "timeline/", "timeline/periods/", "matrix/", "compare/", "network/", "indicators/", "sources/"} {
		set.URLs = append(set.URLs, sitemapURL{Loc: s.absolute(p)})
	}
	for i := range s.World.Things {
		t := &s.World.Things[i]
		if !t.Kind.HasPage() {
			continue
		}
		u := sitemapURL{Loc: s.absolute(t.Path)}
		if t.Page != nil {
			u.LastMod = t.Page.Header.Updated.Attr()
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

// mirror is the page as Markdown: what the author wrote below a heading, or
// what the record says.
func (s *Site) mirror(id model.ID) []byte {
	t := s.World.Thing(id)
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n", t.Name)
	if t.Summary != "" {
		fmt.Fprintf(&b, "%s\n\n", t.Summary)
	}
	fmt.Fprintf(&b, "Facts as of %s.\n\n", s.factsTo(t).Text)
	if body := s.Bodies[id]; body != nil {
		b.Write(bytes.TrimSpace(body.Plain))
		b.WriteString("\n")
	}
	if t.Organisation != nil {
		for _, m := range s.World.MembersOf(id) {
			fmt.Fprintf(&b, "- %s: %s, %s\n", s.World.Thing(m.Member).Name, m.Status, m.Period.Text("as of "+s.factsTo(t).Text))
		}
	}
	return b.Bytes()
}

// llms is a plain index of the site for language models.
func (s *Site) llms() []byte {
	w := s.World
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n> %s. Facts as of %s. Every page has a Markdown mirror at its address plus index.md.\n\n## Topics\n\n", w.Site.Title, w.Site.Tagline, w.Site.AsOf.Text())
	for _, id := range w.Topics() {
		t := w.Thing(id)
		fmt.Fprintf(&b, "- [%s](%sindex.md): %s\n", t.Name, t.Path, t.Summary)
	}
	b.WriteString("\n## Alliances and organisations\n\n")
	for _, t := range w.Of(model.Organisation) {
		fmt.Fprintf(&b, "- [%s](%sindex.md): %s\n", t.Name, t.Path, t.Summary)
	}
	b.WriteString("\n## Data\n\n- [Data package](data/datapackage.json)\n")
	return b.Bytes()
}
