// Package rule is the registry of all rules by which entente judges an
// author's input: what each demands, in words, with a bad and a good example.
// Every id that a diagnostic bears stands here. The command line explains
// rules from it, the help pages are written from it, and a test runs every
// example.
//
// A rule is a text in the folder text: to add one, add a file named after its
// id. The package knows nothing of how a rule is carried out.
package rule

import (
	"cmp"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"entente/internal/diag"
)

//go:embed text/*.txt
var texts embed.FS

// Rule is what one id means.
type Rule struct {
	ID    string
	Title string // what is wrong, as a noun: "a page without front matter"
	// Machine marks what is not the author's doing and cannot be shown by an
	// example: a full disk, a folder that is not ours.
	Machine  bool
	Severity diag.Severity
	Lenient  bool   // an error that site.yaml may set to a warning
	Doc      string // one or two paragraphs of Markdown
	Bad      []File // gives findings of this rule and of no other
	Good     []File // gives none
}

// File is one file of an example, laid over the site that "entente new site"
// makes.
type File struct {
	Path string
	How  string // "" for a text; else "absent", "folder", "link", "pipe", "quoted", "line 3 times 100"
	Text string
}

// Group is a part of the registry, by the first two letters of the ids.
type Group struct {
	Prefix string // "FM"; "" for ids in words
	Slug   string // "front-matter"
	Title  string
	Intro  string
	Rules  []Rule
}

var groups = []Group{
	{Prefix: "FS", Slug: "files", Title: "Files", Intro: "What can be read at all."},
	{Prefix: "FM", Slug: "front-matter", Title: "Front matter", Intro: "The block at the head of a page."},
	{Prefix: "MD", Slug: "markdown", Title: "Markdown", Intro: "The text of a page."},
	{Prefix: "LK", Slug: "links", Title: "Links and references", Intro: "What points at something else."},
	{Prefix: "AS", Slug: "images", Title: "Images and other files", Intro: "What is published as it is."},
	{Prefix: "FX", Slug: "facts", Title: "Bound facts", Intro: "What stands between `[[=` and `]]`."},
	{Prefix: "VW", Slug: "views", Title: "Views", Intro: "Fenced blocks that draw from the data."},
	{Prefix: "DT", Slug: "records", Title: "Records", Intro: "Files of records, and what cannot be true of dated statements. A rule over dates complains only when every reading of a coarse date violates it."},
	{Prefix: "GL", Slug: "glossary", Title: "Glossary", Intro: "Terms."},
	{Prefix: "ID", Slug: "addresses", Title: "Ids and addresses", Intro: "What a thing is called, and where it is published."},
	{Prefix: "ED", Slug: "editions", Title: "Editions", Intro: "Frozen states of the site, which `entente edition cut` writes into `content/editions`."},
	{Prefix: "IM", Slug: "import", Title: "Import", Intro: "Tables that `entente import` reads. These are not about the site: they stop the command."},
	{Prefix: "CF", Slug: "settings", Title: "Settings", Intro: "`content/site.yaml`."},
	{Prefix: "TP", Slug: "templates", Title: "Templates", Intro: "A site's own templates."},
	{Prefix: "OU", Slug: "publishing", Title: "Publishing", Intro: "Where the site goes. These are not about the input: they stop the command."},
	{Prefix: "SV", Slug: "preview", Title: "Preview", Intro: "What the preview says of the machine it runs on."},
	{Slug: "truth", Title: "Truth, sources and freshness", Intro: "What the text says against what the data says, where it comes from and how old it is."},
}

// All lists every rule in order of id, those in words last.
func All() []Rule {
	entries, err := texts.ReadDir("text")
	if err != nil {
		panic("rule: " + err.Error())
	}
	var list []Rule
	for _, e := range entries {
		b, err := texts.ReadFile(path.Join("text", e.Name()))
		if err != nil {
			panic("rule: " + err.Error())
		}
		r, err := parse(strings.TrimSuffix(e.Name(), ".txt"), string(b))
		if err != nil {
			panic("rule: " + err.Error())
		}
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// Lookup finds a rule, whatever the case of the id.
func Lookup(id string) (Rule, bool) {
	for _, r := range All() {
		if strings.EqualFold(r.ID, id) {
			return r, true
		}
	}
	return Rule{}, false
}

// IDs lists all ids in order.
func IDs() []string {
	var ids []string
	for _, r := range All() {
		ids = append(ids, r.ID)
	}
	return ids
}

// Groups lists the parts of the registry that hold rules.
func Groups() []Group {
	list := slices.Clone(groups)
	for _, r := range All() {
		g := &list[groupOf(r.ID)]
		g.Rules = append(g.Rules, r)
	}
	return slices.DeleteFunc(list, func(g Group) bool { return len(g.Rules) == 0 })
}

func groupOf(id string) int {
	i := slices.IndexFunc(groups, func(g Group) bool { return g.Prefix != "" && len(id) == 5 && strings.HasPrefix(id, g.Prefix) })
	if i < 0 {
		return len(groups) - 1
	}
	return i
}

// parse reads the text of a rule: "title:" and "severity:", a blank line,
// Markdown, then examples, each below a line "-- bad PATH --" or
// "-- good PATH --", with what is special about the file in parentheses.
func parse(id, text string) (Rule, error) {
	r := Rule{ID: id}
	head, rest, ok := strings.Cut(text, "\n\n")
	if !ok {
		return r, fmt.Errorf("%s: no blank line after the head", id)
	}
	for _, line := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case key == "title":
			r.Title = value
		case key == "severity" && value == "error":
		case key == "severity" && value == "error, may be warning":
			r.Lenient = true
		case key == "severity" && value == "warning":
			r.Severity = diag.Warning
		case key == "severity" && value == "machine":
			r.Machine = true
		default:
			return r, fmt.Errorf("%s: cannot read %q", id, line)
		}
	}
	var doc strings.Builder
	var files []File
	var bad []bool
	for _, line := range strings.SplitAfter(rest, "\n") {
		name, isHead := strings.CutPrefix(strings.TrimSuffix(line, " --\n"), "-- ")
		if isHead && strings.HasSuffix(line, " --\n") {
			which, where, _ := strings.Cut(name, " ")
			if which != "bad" && which != "good" {
				return r, fmt.Errorf("%s: %q is neither bad nor good", id, name)
			}
			where, how, _ := strings.Cut(where, " (")
			files, bad = append(files, File{Path: where, How: strings.TrimSuffix(how, ")")}), append(bad, which == "bad")
			continue
		}
		if len(files) == 0 {
			doc.WriteString(line)
		} else {
			files[len(files)-1].Text += line
		}
	}
	r.Doc = strings.TrimSpace(doc.String())
	for i, f := range files {
		if i < len(files)-1 {
			f.Text = strings.TrimSuffix(f.Text, "\n") // the blank line before the next head
			if f.Text != "" && !strings.HasSuffix(f.Text, "\n") {
				f.Text += "\n"
			}
		}
		if bad[i] {
			r.Bad = append(r.Bad, f)
		} else {
			r.Good = append(r.Good, f)
		}
	}
	return r, nil
}
