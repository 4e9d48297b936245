package page

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"

	"entente/internal/date"
	"entente/internal/edition"
	"entente/internal/link"
	"entente/internal/model"
)

// maxPairs is how many earlier editions each is compared with.
const maxPairs = 12

// editionPath is where an edition stands; the site as it stands has no name
// and stands at the root.
func editionPath(name string) string {
	if name == "" {
		return ""
	}
	return "editions/" + name + "/"
}

// EditionView is the view of the pages about editions.
type EditionView struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	Note    template.HTML
	Take    []Link // files to take away
	Groups  []ChangeGroup
	Cite    []Citation
}

// editionPages are the list of editions, what each says, and what changed
// between any two. A page of an edition keeps its address for ever.
func editionPages(w *model.World) []Page {
	list := w.Editions
	if len(list) == 0 {
		return nil
	}
	var pages []Page
	fields := columns()
	page := func(path string, noIndex bool, view func(*Site) any) {
		pages = append(pages, Page{Path: path + "index.html", Template: "edition.html", Thing: model.None, View: view, NoIndex: noIndex})
	}
	add := func(path string, view func(*Site) any) { page(path, false, view) }
	add("editions/", (*Site).editions)
	for i, e := range list {
		root := editionPath(e.Name)
		add(root, func(s *Site) any { return s.edition(i) })
		pages = append(pages, Page{Path: root + "edition.jsonl", Thing: model.None, Encode: func(*Site) []byte { return e.Text.Bytes() }})
		since := func(path string, was *edition.Edition, now func(*Site) *edition.Edition) {
			add(path, func(s *Site) any { return s.since(was, now(s), path) })
			pages = append(pages, sheetFiles(path+"changes", model.None, func(s *Site) Sheet { return s.compared(was, now(s), path).sheet() })...)
		}
		since("editions/since/"+e.Name+"/", e, (*Site).now)
		for _, was := range list[max(0, i-maxPairs):i] {
			since(root+"since/"+was.Name+"/", was, func(*Site) *edition.Edition { return e })
		}
		taken := map[string]bool{}
		for k := range e.Entries {
			if entry := &e.Entries[k]; edition.HasPage(entry.Kind) {
				taken[entry.Path] = true
				page(root+entry.Path, true, func(s *Site) any { return s.frozenPage(e, entry, fields) })
			}
		}
		for _, path := range listPaths(e) {
			if !taken[path] {
				page(root+path, true, func(s *Site) any { return s.frozenList(e, path, fields) })
			}
		}
	}
	return pages
}

// listPaths are the addresses in an edition of its lists: of the things of a
// kind, and of those that share a page.
func listPaths(e *edition.Edition) []string {
	var paths []string
	seen := map[string]bool{}
	for i := range e.Entries {
		if p := listPath(&e.Entries[i]); !seen[p] {
			seen[p] = true
			paths = append(paths, p)
		}
	}
	return paths
}

func listPath(entry *edition.Entry) string {
	if edition.HasPage(entry.Kind) {
		return entry.Kind + "/"
	}
	address, _, _ := strings.Cut(entry.Path, "#")
	return address
}

func (s *Site) editionView(path, title, lede string, steps ...Link) *EditionView {
	crumbs := []Link{{Href: link.Rel(path, "editions/"), Text: s.say("nav.editions")}}
	if path == "editions/" {
		crumbs = nil
	}
	return &EditionView{Shell: s.shell(path, "edition", "", title, lede), Heading: title, Lede: lede,
		Crumbs: s.crumbs(path, append(append(crumbs, steps...), Link{Text: title, Current: true})...)}
}

// editionTitle names an edition.
func (s *Site) editionTitle(e *edition.Edition) string {
	if e.Name == "" {
		return s.say("edition.present")
	}
	return s.say("edition.title", "name", e.Name)
}

func (s *Site) editionLede(e *edition.Edition) string {
	return s.say("edition.lede", "day", e.Day, "facts", e.AsOf, "entries", s.say("edition.entries", "n", len(e.Entries)))
}

// editions lists all editions, newest first.
func (s *Site) editions() any {
	v := s.editionView("editions/", s.say("nav.editions"), s.say("edition.list-lede"))
	list := s.World.Editions
	last := list[len(list)-1]
	present := ChangeGroup{ID: "present", Title: s.say("edition.present"), Text: s.say("edition.unchanged", "name", last.Name)}
	if n := len(edition.Compare(last, s.now())); n > 0 {
		present.Text = s.say("edition.changes-since", "n", n, "name", last.Name)
		present.Names = []Link{{Href: "since/" + last.Name + "/", Text: s.say("edition.since", "name", last.Name)}}
	}
	v.Groups = append(v.Groups, present)
	for i := len(list) - 1; i >= 0; i-- {
		e := list[i]
		g := ChangeGroup{ID: "e-" + e.Name, Title: s.editionTitle(e), Text: s.editionLede(e), Names: []Link{{Href: e.Name + "/", Text: s.say("edition.contents")}}}
		if i > 0 {
			g.Names = append(g.Names, Link{Href: e.Name + "/since/" + list[i-1].Name + "/", Text: s.say("edition.since", "name", list[i-1].Name)})
		}
		v.Groups = append(v.Groups, g)
	}
	return v
}

// edition is the page of one edition: what changed in it, and what it holds.
func (s *Site) edition(i int) any {
	e := s.World.Editions[i]
	path := editionPath(e.Name)
	v := s.editionView(path, s.editionTitle(e), s.editionLede(e))
	v.Take = []Link{{Href: "edition.jsonl", Text: "JSON Lines"}}
	if i > 0 {
		was := s.World.Editions[i-1]
		v.Groups = s.compared(was, e, path).groups()
	}
	contents := ChangeGroup{ID: "contents", Title: s.say("edition.contents")}
	for _, at := range listPaths(e) {
		contents.Names = append(contents.Names, Link{Href: at, Text: s.listTitle(at)})
	}
	others := ChangeGroup{ID: "others", Title: s.say("edition.others")}
	for k := i - 1; k >= max(0, i-maxPairs); k-- {
		name := s.World.Editions[k].Name
		others.Names = append(others.Names, Link{Href: "since/" + name + "/", Text: s.say("edition.since", "name", name)})
	}
	others.Names = append(others.Names, Link{Href: "../since/" + e.Name + "/", Text: s.say("edition.until-now")})
	v.Groups = append(v.Groups, contents, others)
	return v
}

// listTitle names a list of an edition by its address.
func (s *Site) listTitle(path string) string {
	kind, rest, _ := strings.Cut(path, "/")
	title := s.say("thing." + kind)
	switch kind {
	case "topics", "glossary", "timeline", "sources":
		title = s.say("nav." + kind)
	}
	if rest = strings.Trim(rest, "/"); rest != "" {
		title += ": " + rest
	}
	return title
}

// since tells what changed from one edition to another, or to the site as it
// stands.
func (s *Site) since(was, now *edition.Edition, path string) any {
	title := s.say("edition.between", "was", was.Name, "is", now.Name)
	if now.Name == "" {
		title = s.say("edition.since", "name", was.Name)
	}
	lede := s.say("edition.unchanged", "name", was.Name)
	if n := len(edition.Compare(was, now)); n > 0 {
		lede = s.say("edition.changes-since", "n", n, "name", was.Name)
	}
	var steps []Link
	if now.Name != "" {
		steps = []Link{{Href: link.Rel(path, editionPath(now.Name)), Text: s.editionTitle(now)}}
	}
	v := s.editionView(path, title, lede, steps...)
	v.Take = fileLinks("changes")
	v.Groups = s.compared(was, now, path).groups()
	return v
}

// frozenPage is a thing as an edition has it.
func (s *Site) frozenPage(e *edition.Edition, entry *edition.Entry, fields schema) any {
	path := editionPath(e.Name) + entry.Path
	list := listPath(entry)
	v := s.editionView(path, entry.Name, s.say("edition.frozen", "name", e.Name, "day", e.Day, "facts", e.AsOf),
		Link{Href: link.Rel(path, editionPath(e.Name)), Text: s.editionTitle(e)}, Link{Href: link.Rel(path, editionPath(e.Name)+list), Text: s.listTitle(list)})
	v.Note = s.sayHTML("edition.no-longer")
	if t, ok := s.World.Lookup(entry.ID); ok && t.Kind.Folder() == entry.Kind {
		v.Note = template.HTML(fmt.Sprintf(`<a href="%s">`, link.Rel(path, t.Path))) + s.sayHTML("edition.today") + "</a>"
	}
	if len(entry.Record) > 0 {
		v.Groups = append(v.Groups, ChangeGroup{ID: "facts", Title: s.say("edition.facts"), HTML: s.frozenFacts(e, entry, path, fields)})
	}
	if entry.Text != "" {
		g := ChangeGroup{ID: "text", Title: s.say("edition.text")}
		for p := range strings.SplitSeq(entry.Text, "\n") {
			if p != "" {
				g.HTML += paragraph(p)
			}
		}
		v.Groups = append(v.Groups, g)
	}
	v.Cite = s.work(entry.Path, entry.Name, e.AsOf, e).forms()
	return v
}

// frozenList lists what stands at one address of an edition.
func (s *Site) frozenList(e *edition.Edition, path string, fields schema) any {
	at := editionPath(e.Name) + path
	v := s.editionView(at, s.listTitle(path), s.say("edition.frozen", "name", e.Name, "day", e.Day, "facts", e.AsOf),
		Link{Href: link.Rel(at, editionPath(e.Name)), Text: s.editionTitle(e)})
	pages := ChangeGroup{ID: "pages", Title: s.say("edition.contents")}
	for i := range e.Entries {
		entry := &e.Entries[i]
		if listPath(entry) != path {
			continue
		}
		if edition.HasPage(entry.Kind) {
			pages.Names = append(pages.Names, Link{Href: link.Rel(at, editionPath(e.Name)+entry.Path), Text: entry.Name})
			continue
		}
		_, anchor, _ := strings.Cut(entry.Path, "#")
		v.Groups = append(v.Groups, ChangeGroup{ID: anchor, Title: entry.Name, HTML: s.frozenFacts(e, entry, at, fields)})
	}
	if len(pages.Names) > 0 {
		v.Groups = append([]ChangeGroup{pages}, v.Groups...)
	}
	return v
}

// frozenFacts writes the fields of a record as a table.
func (s *Site) frozenFacts(e *edition.Edition, entry *edition.Entry, at string, fields schema) template.HTML {
	f := factWriter{Site: s, edition: e, at: at, columns: fields}
	f.object(entry.Kind, "", entry.Record)
	return template.HTML(`<div class="fig tablewrap" tabindex="0" role="region" aria-label="` + template.HTMLEscapeString(entry.Name) +
		`"><table class="data"><caption class="vh">` + template.HTMLEscapeString(entry.Name) + `</caption><tbody>` + f.b.String() + `</tbody></table></div>`)
}

// factWriter writes the fields of a record as the rows of a table.
type factWriter struct {
	*Site
	edition *edition.Edition
	at      string
	columns schema
	b       strings.Builder
}

// object writes the fields of a record, in the order of the file, those of a
// group inside it too.
func (f *factWriter) object(table, before string, raw json.RawMessage) {
	for _, field := range edition.Fields(raw) {
		name := before + field.Name
		switch {
		case len(field.Value) > 0 && field.Value[0] == '{':
			f.object(table, name+"_", field.Value)
		case strings.HasPrefix(string(field.Value), "[{"):
			var entries []json.RawMessage
			_ = json.Unmarshal(field.Value, &entries) // what is in an edition was read as JSON
			for _, entry := range entries {
				var parts []string
				for _, inner := range edition.Fields(entry) {
					parts = append(parts, `<span class="fk">`+f.label(inner.Name)+`</span> `+f.value(table+"."+field.Name, inner.Name, inner.Value))
				}
				f.row(name, strings.Join(parts, "; "))
			}
		default:
			f.row(name, f.value(table, name, field.Value))
		}
	}
}

func (f *factWriter) row(name, html string) {
	f.b.WriteString(`<tr><th scope="row">` + f.label(name) + `</th><td>` + html + `</td></tr>`)
}

func (f *factWriter) label(name string) string {
	return template.HTMLEscapeString(f.fieldName(name))
}

// value writes a value: a date as the language does, an id as a link into the
// edition.
func (f *factWriter) value(table, name string, raw json.RawMessage) string {
	c := f.columns[table][name]
	var v any
	_ = json.Unmarshal(raw, &v)
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var parts []string
	for _, item := range list {
		text := fmt.Sprint(item)
		html := template.HTMLEscapeString(f.valueWord(table, name, text))
		if name == "id" || name == "lang" || name == "code" {
			html = "<code>" + html + "</code>"
		}
		if c.Day {
			if d, err := date.Parse(text); err == nil {
				html = string(f.World.Words.Time(d))
			}
		}
		for _, kind := range c.Refs {
			if to := f.edition.Lookup(kind, text); to != nil {
				html = `<a href="` + template.HTMLEscapeString(link.Rel(f.at, editionPath(f.edition.Name)+to.Path)) + `">` + template.HTMLEscapeString(to.Name) + `</a>`
			}
		}
		parts = append(parts, html)
	}
	return strings.Join(parts, f.World.Words.Comma())
}

// fieldName is what readers call a field of a record: "founded_basis".
func (s *Site) fieldName(field string) string {
	return strings.ReplaceAll(s.word("field", hyphens.Replace(field)), "_", " ")
}

var hyphens = strings.NewReplacer("_", "-", ".", "-")

// wordGroups are the groups of words that fields of records are written in.
var wordGroups = map[string]string{"type": "type.", "scope": "scope.", "basis": "basis.", "founded_basis": "basis.", "dissolved_basis": "basis.", "termination": "basis.",
	"end": "basis.", "status": "status.", "aspect": "aspect.", "region": "region.", "rank": "rank.", "frequency": "frequency.", "obligations.kind": "obligation.",
	"names.kind": "namekind.", "sources.kind": "sourcekind.", "participation.status": "standing."}

// valueWord writes the value of a field of a table such as
// "organisations.members" in the site's language, where it is one of the
// data's words.
func (s *Site) valueWord(table, field, value string) string {
	switch value {
	case "true":
		return s.say("truth.yes")
	case "false":
		return s.say("truth.no")
	}
	list := table[strings.LastIndexByte(table, '.')+1:]
	if list == "disputes" && field == "field" {
		return s.disputeLabel(value)
	}
	key := cmp.Or(wordGroups[list+"."+field], wordGroups[field]) + value
	if key == value || !s.World.Words.Has(key) {
		return value
	}
	return s.say(key)
}
