package page

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"unicode"

	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/model"
	"entente/internal/record"
)

// Reference writes an entry of the bibliography: author or publisher, title,
// publisher, year, with its address.
func (site *Site) reference(s *record.Source) template.HTML {
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
		b.WriteString(" <strong>" + string(site.sayHTML("source.retracted")) + "</strong> " + esc(s.Retracted))
	}
	return template.HTML(b.String())
}

// work is a page as something to be cited. It carries the edition and the day
// of the facts, never the day of the build.
type work struct {
	title, site, author string
	language            string
	edition             string    // its name; "" for the site as it stands
	day                 date.Date // of the edition
	note                string    // edition and day of the facts, as a reader says them
	address             string    // absolute when the site has an address
}

// citing is a page as it stands: in the newest edition, when that holds the
// same.
func (s *Site) citing(t *model.Thing) work {
	facts := s.World.Site.AsOf
	if o := t.Organisation; o != nil && !o.AsOf.IsZero() {
		facts = o.AsOf
	}
	return s.work(t.Path, t.Name, facts, s.keptIn(t))
}

func (s *Site) work(path, title string, facts date.Date, e *edition.Edition) work {
	r := s.World.Site
	w := work{title: title, site: r.Title, author: cmp.Or(r.Publisher, r.Title), language: s.World.Words.Tag, day: s.editionDay()}
	said := s.say("cite.edition", "day", w.day)
	if e != nil {
		w.edition, w.day, path = e.Name, e.Day, editionPath(e.Name)+path
		said = s.say("cite.edition-named", "name", e.Name, "day", e.Day)
	}
	w.note = said + s.World.Words.Comma() + s.say("cite.facts", "day", facts)
	w.address = path
	if r.BaseURL != "" {
		w.address = s.absolute(path)
	}
	return w
}

// forms are the ways to cite it.
func (w work) forms() []Citation {
	return []Citation{
		{Style: "Chicago", Text: fmt.Sprintf("“%s.” %s. %s. %s.", w.title, w.site, w.note, w.address)},
		{Style: "APA", Text: fmt.Sprintf("%s. (%d). %s (%s). %s", w.author, w.day.Year(), w.title, w.note, w.address)},
		{"BibTeX", w.bibTeX(), "bib"},
		{"RIS", w.ris(), "ris"},
		{"CSL-JSON", w.csl(), "json"},
	}
}

// key names the work in a bibliography: its address and year in letters and
// digits.
func (w work) key() string {
	path := w.address
	if _, rest, ok := strings.Cut(path, "://"); ok {
		_, path, _ = strings.Cut(rest, "/")
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, path) + strconv.Itoa(w.day.Year())
}

func (w work) bibTeX() string {
	var b strings.Builder
	b.Grow(512)
	write := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
	}
	field := func(name, value string) {
		if value != "" {
			write("  ", name, " = {", value, "},\n")
		}
	}
	write("@misc{", w.key(), ",\n")
	field("author", "{"+texText(w.author)+"}")
	field("title", "{"+texText(w.title)+"}")
	field("howpublished", texText(w.site))
	field("year", strconv.Itoa(w.day.Year()))
	if w.day.Exact() {
		field("date", w.day.Attr())
	}
	field("version", texText(w.edition))
	field("language", texText(w.language))
	field("note", texText(w.note))
	field("url", texURL.Replace(w.address))
	return strings.TrimSuffix(b.String(), ",\n") + "\n}"
}

func (w work) ris() string {
	var b strings.Builder
	b.Grow(512)
	field := func(tag, value string) {
		if value != "" {
			b.WriteString(tag)
			b.WriteString("  - ")
			b.WriteString(oneLine(value))
			b.WriteByte('\n')
		}
	}
	field("TY", "ELEC")
	field("TI", w.title)
	field("AU", w.author)
	field("T2", w.site)
	field("PY", strconv.Itoa(w.day.Year()))
	if w.day.Exact() {
		field("DA", strings.ReplaceAll(w.day.Attr(), "-", "/"))
	}
	field("ET", w.edition)
	field("LA", w.language)
	field("N1", w.note)
	field("UR", w.address)
	b.WriteString("ER  - ")
	return b.String()
}

// csl is the citation as processors of the Citation Style Language read it: a
// list of one item.
func (w work) csl() string {
	parts := []int{w.day.Year()}
	if w.day.Exact() {
		first, _ := w.day.Bounds()
		_, m, d := first.Civil()
		parts = append(parts, m, d)
	}
	type name struct {
		Literal string `json:"literal"`
	}
	item := struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Title    string `json:"title"`
		Site     string `json:"container-title"`
		Author   []name `json:"author"`
		Issued   any    `json:"issued"`
		Version  string `json:"version,omitempty"`
		Language string `json:"language"`
		Note     string `json:"note"`
		URL      string `json:"URL"`
	}{w.key(), "webpage", w.title, w.site, []name{{w.author}}, map[string]any{"date-parts": [][]int{parts}}, w.edition, w.language, w.note, w.address}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode([]any{item}); err != nil {
		panic("page: citation: " + err.Error())
	}
	return strings.TrimSpace(b.String())
}

// oneLine puts a text on one line, as formats of lines want it.
func oneLine(s string) string {
	space := true // at the beginning
	for _, r := range s {
		if space && r == ' ' || r != ' ' && unicode.IsSpace(r) {
			return strings.Join(strings.Fields(s), " ")
		}
		space = r == ' '
	}
	return strings.TrimSuffix(s, " ")
}

// texText writes a text so that TeX prints it as it stands. Braces get their
// names: BibTeX counts them even behind a backslash. Two signs that TeX would
// make one of, as a dash of two hyphens, are kept apart.
func texText(s string) string {
	s = texEscape.Replace(oneLine(s))
	for range 2 { // "---" is two pairs
		if strings.ContainsAny(s, "-'`") {
			s = texApart.Replace(s)
		}
	}
	return s
}

var texApart = strings.NewReplacer("--", "-{}-", "''", "'{}'", "``", "`{}`")

var texEscape = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"<", `\textless{}`, ">", `\textgreater{}`, "|", `\textbar{}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`)

// texURL keeps an address whole inside braces.
var texURL = strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20")
