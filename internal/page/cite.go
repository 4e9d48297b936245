package page

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"entente/internal/model"
	"entente/internal/record"
)

// Reference writes an entry of the bibliography: author or publisher, title,
// publisher, year, with its address.
func Reference(s *record.Source) template.HTML {
	var b strings.Builder
	esc := template.HTMLEscapeString
	lead := s.Author
	if lead == "" {
		lead = s.Publisher
	}
	if lead != "" {
		b.WriteString(esc(lead) + ", ")
	}
	title := "<cite>" + esc(s.Title) + "</cite>"
	if s.URL != "" {
		title = `<a class="ext" href="` + esc(s.URL) + `" rel="noopener">` + title + `</a>`
	}
	b.WriteString(title)
	if s.Author != "" && s.Publisher != "" {
		b.WriteString(", " + esc(s.Publisher))
	}
	if s.Year != "" {
		b.WriteString(" (" + esc(s.Year) + ")")
	}
	b.WriteString(".")
	if s.Retracted != "" {
		b.WriteString(" <strong>Retracted:</strong> " + esc(s.Retracted))
	}
	return template.HTML(b.String())
}

// citations gives the ways to cite a page. They carry the edition's day and
// the day of the facts, never the day of the build.
func (s *Site) citations(t *model.Thing) []Citation {
	r := s.World.Site
	address := t.Path
	if r.BaseURL != "" {
		address = strings.TrimSuffix(r.BaseURL, "/") + "/" + t.Path
	}
	edition, year := r.AsOf.Text(), fmt.Sprint(r.AsOf.Year())
	if !r.Updated.IsZero() {
		edition, year = r.Updated.Text(), fmt.Sprint(r.Updated.Year())
	}
	facts := s.factsTo(t).Text
	key := citeKey.Replace(t.Path) + year
	return []Citation{
		{"Chicago", fmt.Sprintf("“%s.” %s. Edition of %s, facts as of %s. %s.", t.Name, r.Title, edition, facts, address)},
		{"APA", fmt.Sprintf("%s. (%s). %s (facts as of %s). %s", r.Title, year, t.Name, facts, address)},
		{"BibTeX", fmt.Sprintf("@misc{%s,\n  title = {{%s}},\n  howpublished = {%s},\n  year = {%s},\n  note = {Edition of %s, facts as of %s},\n  url = {%s}\n}",
			key, texText.Replace(t.Name), texText.Replace(r.Title), year, texText.Replace(edition), texText.Replace(facts), address)},
		{"RIS", fmt.Sprintf("TY  - ELEC\nTI  - %s\nT2  - %s\nPY  - %s\nN1  - Edition of %s, facts as of %s\nUR  - %s\nER  - ",
			t.Name, r.Title, year, edition, facts, address)},
		{"CSL-JSON", cslJSON(key, t.Name, r, year, fmt.Sprintf("Edition of %s, facts as of %s", edition, facts), address)},
	}
}

// cslJSON is the citation as processors of the Citation Style Language read
// it: a list of one item.
func cslJSON(key, title string, r *record.Site, year, note, address string) string {
	issued := r.AsOf
	if !r.Updated.IsZero() {
		issued = r.Updated
	}
	parts := year
	if issued.Exact() {
		first, _ := issued.Bounds()
		y, m, d := first.Civil()
		parts = fmt.Sprintf("%d,%d,%d", y, m, d)
	}
	text := func(s string) string {
		var b strings.Builder
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(s) // a string always encodes
		return strings.TrimSpace(b.String())
	}
	return fmt.Sprintf(`[{"id":%s,"type":"webpage","title":%s,"container-title":%s,"issued":{"date-parts":[[%s]]},"note":%s,"URL":%s}]`,
		text(key), text(title), text(r.Title), parts, text(note), text(address))
}

// texText writes a text so that TeX prints it as it stands.
var texText = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`)

// citeKey makes the key of a BibTeX entry from an address.
var citeKey = strings.NewReplacer("/", "", "-", "")
