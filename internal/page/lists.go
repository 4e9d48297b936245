package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"entente/internal/link"
	"entente/internal/model"
	"entente/internal/record"
)

// Card is one entry of an index page.
type Card struct {
	Href, Title, Text string
	Tag               *Obligation
	Facts             []string
}

// Group is a headed part of an index page: cards, or a plain list.
type Group struct {
	ID, Title, Text string
	Cards           []Card
	Names           []Link
}

// Index is the view of a page that lists other pages.
type Index struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	Groups  []Group
}

func listPages(w *model.World) []Page {
	views := []struct {
		path string
		view func(*Site) any
	}{
		{"topics/", (*Site).topicList}, {"organisations/", (*Site).organisationList}, {"states/", (*Site).stateList},
		{"treaties/", (*Site).treatyList}, {"exercises/", (*Site).exerciseList}, {"operations/", (*Site).operationList},
	}
	var list []Page
	for _, v := range views {
		list = append(list, Page{Path: v.path + "index.html", Template: "index.html", Thing: model.None, View: v.view})
	}
	return list
}

func (s *Site) index(path, title, lede string) *Index {
	return &Index{Shell: s.shell(path, "index", path, title, lede), Heading: title, Lede: lede,
		Crumbs: crumbs(path, Link{Text: title, Current: true})}
}

// sorter gives a function that compares names as a reader of the site's
// language expects, accents and case aside.
func (s *Site) sorter() func(a, b string) int {
	tag, err := language.Parse(s.World.Site.Language)
	if err != nil {
		tag = language.English
	}
	c := collate.New(tag, collate.Loose)
	return func(a, b string) int { return cmp.Or(c.CompareString(a, b), cmp.Compare(a, b)) }
}

func (s *Site) topicList() any {
	w := s.World
	v := s.index("topics/", "Topics", plural(len(w.Topics()), "article", "articles")+", written to be read in order or on their own.")
	if n := len(w.Site.Parts); n > 1 {
		v.Lede = fmt.Sprintf("%s in %d parts, written to be read in order or on their own.", plural(len(w.Topics()), "article", "articles"), n)
	}
	groups := make([]Group, len(w.Site.Parts)+1)
	for i, p := range w.Site.Parts {
		groups[i] = Group{ID: fmt.Sprintf("part-%d", i+1), Title: partTitle(w, i), Text: p.Summary}
	}
	groups[len(groups)-1] = Group{ID: "more", Title: "More"}
	if len(groups) == 1 {
		groups[0].Title = "All topics"
	}
	for _, id := range w.Topics() {
		t := w.Thing(id)
		k := w.Part(id)
		if k < 0 {
			k = len(groups) - 1
		}
		groups[k].Cards = append(groups[k].Cards, Card{Href: s.href("topics/", id), Title: t.Name, Text: t.Summary})
	}
	v.Groups = slices.DeleteFunc(groups, func(g Group) bool { return len(g.Cards) == 0 })
	return v
}

func (s *Site) organisationList() any {
	w := s.World
	v := s.index("organisations/", "Alliances and organisations", fmt.Sprintf(
		"%s: alliances, pacts, forums and partnerships, by what has become of them and by the strongest obligation in their text.",
		plural(len(w.Of(model.Organisation)), "body", "bodies")))
	now := Group{ID: "in-force", Title: "In force"}
	past := Group{ID: "ended", Title: "Ended"}
	for _, id := range s.byName(model.Organisation) {
		t := w.Thing(id)
		c := Card{Href: s.href("organisations/", id), Title: t.Name, Text: t.Summary}
		if f := w.Family(id); f != model.NoFamily {
			o := obligation(f, w.Ended(id))
			c.Tag = &o
		}
		span := t.Organisation.Founded.YearText()
		if !t.Organisation.Dissolved.IsZero() {
			span += "–" + t.Organisation.Dissolved.YearText()
		}
		c.Facts = append(c.Facts, span)
		if set := w.Members(id, w.Day(id), model.Member); len(set.Possible) > 0 && t.Organisation.MembersComplete {
			c.Facts = append(c.Facts, countText(set.Count())+" members")
		}
		if w.Ended(id) {
			past.Cards = append(past.Cards, c)
		} else {
			now.Cards = append(now.Cards, c)
		}
	}
	v.Groups = nonEmpty(now, past)
	return v
}

func nonEmpty(groups ...Group) []Group {
	return slices.DeleteFunc(groups, func(g Group) bool { return len(g.Cards) == 0 && len(g.Names) == 0 })
}

// byName gives all things of a kind in the order of their names.
func (s *Site) byName(k model.Kind) []model.ID {
	var ids []model.ID
	for _, t := range s.World.Of(k) {
		ids = append(ids, t.ID)
	}
	compare := s.sorter()
	slices.SortStableFunc(ids, func(a, b model.ID) int { return compare(s.World.Thing(a).Name, s.World.Thing(b).Name) })
	return ids
}

func (s *Site) stateList() any {
	w := s.World
	v := s.index("states/", "States", fmt.Sprintf("%s, living and extinct, that are or were party to the agreements in this work. The figure is the number of bodies to which a state belongs, as of %s.",
		plural(len(w.Of(model.State)), "state", "states"), w.Site.AsOf.Text()))
	by := map[string]*Group{}
	for _, id := range s.byName(model.State) {
		t := w.Thing(id)
		r := t.State.Region
		if by[r] == nil {
			by[r] = &Group{ID: r, Title: regionName(r)}
		}
		bodies, _ := s.stateNow(id)
		note := ""
		if len(bodies) > 0 {
			note = fmt.Sprint(len(bodies))
		}
		by[r].Names = append(by[r].Names, Link{Href: s.href("states/", id), Text: t.Name, Note: note})
	}
	for _, r := range sortedRegions(by) {
		v.Groups = append(v.Groups, *by[r])
	}
	return v
}

// sortedRegions puts the historical states last.
func sortedRegions[V any](by map[string]V) []string {
	var list []string
	for r := range by {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b string) int {
		if (a == "historical") != (b == "historical") {
			if a == "historical" {
				return 1
			}
			return -1
		}
		return cmp.Compare(a, b)
	})
	return list
}

func (s *Site) treatyList() any {
	w := s.World
	v := s.index("treaties/", "Treaties and agreements", plural(len(w.Of(model.Treaty)), "treaty, agreement or declaration", "treaties, agreements and declarations")+", in order of signature.")
	ids := s.byName(model.Treaty)
	slices.SortStableFunc(ids, func(a, b model.ID) int {
		return cmp.Compare(w.Thing(a).Treaty.Signed.Year(), w.Thing(b).Treaty.Signed.Year())
	})
	var groups []Group
	for _, id := range ids {
		t := w.Thing(id)
		title := "Before 1900"
		if y := t.Treaty.Signed.Year(); y >= 1900 {
			title = fmt.Sprintf("%ds", y/10*10)
		}
		if len(groups) == 0 || groups[len(groups)-1].Title != title {
			groups = append(groups, Group{ID: "g" + strings.ToLower(strings.ReplaceAll(title, " ", "-")), Title: title})
		}
		c := Card{Href: s.href("treaties/", id), Title: t.Name, Text: s.treatyLede(t.Treaty), Facts: []string{s.status(id)}}
		if f := w.Family(id); f != model.NoFamily {
			o := obligation(f, w.Ended(id))
			c.Tag = &o
		}
		groups[len(groups)-1].Cards = append(groups[len(groups)-1].Cards, c)
	}
	v.Groups = groups
	return v
}

func (s *Site) exerciseList() any {
	w := s.World
	v := s.index("exercises/", "Exercises", plural(len(w.Of(model.Exercise)), "series of exercises", "series of exercises")+", those that go on first.")
	now, past := Group{ID: "continuing", Title: "Continuing"}, Group{ID: "ended", Title: "Ended"}
	for _, id := range s.byName(model.Exercise) {
		t := w.Thing(id)
		c := Card{Href: s.href("exercises/", id), Title: t.Name, Text: s.exerciseLede(t.Exercise), Facts: []string{cmp.Or(t.Exercise.Location, words(t.Exercise.Type))}}
		if w.Ended(id) {
			past.Cards = append(past.Cards, c)
		} else {
			now.Cards = append(now.Cards, c)
		}
	}
	v.Groups = nonEmpty(now, past)
	return v
}

func (s *Site) operationList() any {
	w := s.World
	v := s.index("operations/", "Operations", plural(len(w.Of(model.Operation)), "operation", "operations")+" and missions, by the body that runs them.")
	by := map[string]*Group{}
	var order []string
	for _, id := range s.byName(model.Operation) {
		t := w.Thing(id)
		body := t.Operation.Organisation
		title := "Other"
		if b, ok := w.Lookup(body); ok {
			title = b.Name
		}
		if by[title] == nil {
			by[title] = &Group{ID: "of-" + body, Title: title}
			order = append(order, title)
		}
		by[title].Cards = append(by[title].Cards, Card{Href: s.href("operations/", id), Title: t.Name, Text: sentence(t.Operation.Notes),
			Facts: []string{t.Operation.Location, years2(t.Operation)}})
	}
	slices.Sort(order)
	for _, title := range order {
		v.Groups = append(v.Groups, *by[title])
	}
	return v
}

func years2(o *record.Operation) string {
	if o.Until.IsZero() {
		return o.From.YearText() + "–"
	}
	if o.From.YearText() == o.Until.YearText() {
		return o.From.YearText()
	}
	return o.From.YearText() + "–" + o.Until.YearText()
}

// Entry is one term of the glossary.
type Entry struct {
	ID, Term, Definition string
	Aliases              string
	Used                 []Link
	Uses, More           int // how many pages use it, and how many of them are not listed
	See                  []Link
	Entities             []Link
	Sources              []Source
}

// Letter is the part of the glossary under one letter.
type Letter struct {
	ID, Letter string
	Entries    []Entry
}

// Glossary is the view of the glossary.
type Glossary struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	Count   int
	Letters []Letter
	Present []Link // every letter; without address when it has no term
}

// maxUsed is how many using pages a term lists.
const maxUsed = 12

func glossaryPages(w *model.World) []Page {
	return []Page{{Path: "glossary/index.html", Template: "glossary.html", Thing: model.None, View: (*Site).glossary}}
}

func (s *Site) glossary() any {
	w := s.World
	terms := s.byName(model.Term)
	lede := fmt.Sprintf("%s. Each is underlined with dots at its first mention on a page.", plural(len(terms), "term", "terms"))
	v := &Glossary{Shell: s.shell("glossary/", "glossary", "glossary/", "Glossary", lede), Heading: "Glossary", Lede: lede,
		Count: len(terms), Crumbs: crumbs("glossary/", Link{Text: "Glossary", Current: true})}
	var defined []map[string]any
	for _, id := range terms {
		t := w.Thing(id)
		letter := firstLetter(t.Name)
		if n := len(v.Letters); n == 0 || v.Letters[n-1].Letter != letter {
			v.Letters = append(v.Letters, Letter{ID: strings.ToLower(letter), Letter: letter})
			v.Present = append(v.Present, Link{Href: "#" + strings.ToLower(letter), Text: letter})
		}
		l := &v.Letters[len(v.Letters)-1]
		l.Entries = append(l.Entries, s.entry(t))
		defined = append(defined, map[string]any{"@type": "DefinedTerm", "name": t.Name, "description": t.Summary})
	}
	if len(defined) <= 500 {
		v.JSONLD = linkedData(map[string]any{"@context": "https://schema.org", "@type": "DefinedTermSet", "name": "Glossary", "hasDefinedTerm": defined})
	}
	return v
}

func (s *Site) entry(t *model.Thing) Entry {
	e := Entry{ID: t.Slug, Term: t.Name, Definition: t.Summary, Aliases: strings.Join(t.Term.Aliases, ", ")}
	for _, m := range s.Web.Mentions(t.ID, maxUsed) {
		e.Used = append(e.Used, Link{Href: s.href("glossary/", m.From), Text: s.World.Thing(m.From).Name})
	}
	e.Uses = s.Web.CountMentions(t.ID)
	e.More = e.Uses - len(e.Used)
	for _, slug := range t.Term.See {
		if o, ok := s.World.Lookup(slug); ok {
			e.See = append(e.See, Link{Href: "#" + o.Slug, Text: o.Name})
		}
	}
	for _, slug := range t.Term.Entities {
		if o, ok := s.World.Lookup(slug); ok {
			e.Entities = append(e.Entities, Link{Href: s.href("glossary/", o.ID), Text: o.Label()})
		}
	}
	for _, slug := range t.Sources {
		if src, ok := s.World.LookupSource(slug); ok {
			e.Sources = append(e.Sources, Source{Href: link.Rel("glossary/", src.Path), HTML: template.HTML(template.HTMLEscapeString(cmp.Or(src.Source.Author, src.Source.Publisher, src.Name)))})
		}
	}
	return e
}

// firstLetter is the letter under which a name stands, accents removed.
func firstLetter(name string) string {
	for _, r := range foldAccents(name) {
		if r >= '0' && r <= '9' {
			return "0–9"
		}
		return strings.ToUpper(string(r))
	}
	return "–"
}

// BibEntry is one source with what rests on it.
type BibEntry struct {
	ID           string
	HTML         template.HTML
	Kind         string
	Cited        []Link
	Citers, More int // how many cite it, and how many of them are not listed
}

// Bibliography is the view of the sources page.
type Bibliography struct {
	Shell
	Crumbs  []Link
	Heading string
	Lede    string
	Groups  []BibGroup
}

// BibGroup are the sources of one kind.
type BibGroup struct {
	ID, Title string
	Entries   []BibEntry
}

var sourceKinds = []struct{ kind, title string }{
	{"treaty", "Treaties and documents"}, {"official", "Official publications"}, {"law", "Laws"}, {"book", "Books"},
	{"article", "Articles"}, {"dataset", "Data sets"}, {"news", "News"}, {"reference", "Reference works"}, {"", "Other"},
}

func sourcePages(w *model.World) []Page {
	return []Page{{Path: "sources/index.html", Template: "sources.html", Thing: model.None, View: (*Site).bibliography}}
}

func (s *Site) bibliography() any {
	w := s.World
	lede := plural(len(w.Of(model.Source)), "source", "sources") + " cited by records and pages, each with what rests on it."
	v := &Bibliography{Shell: s.shell("sources/", "sources", "sources/", "Sources", lede), Heading: "Sources", Lede: lede,
		Crumbs: crumbs("sources/", Link{Text: "Sources", Current: true})}
	by := map[string][]BibEntry{}
	for _, id := range s.byName(model.Source) {
		t := w.Thing(id)
		e := BibEntry{ID: "s-" + t.Slug, HTML: Reference(t.Source)}
		citing := s.Web.Citing(id)
		e.Citers = len(citing)
		for i, c := range citing {
			if i == 24 {
				e.More = len(citing) - i
				break
			}
			e.Cited = append(e.Cited, Link{Href: s.href("sources/", c), Text: w.Thing(c).Label()})
		}
		kind := t.Source.Kind
		if !slices.ContainsFunc(sourceKinds, func(k struct{ kind, title string }) bool { return k.kind == kind }) {
			kind = ""
		}
		by[kind] = append(by[kind], e)
	}
	for _, k := range sourceKinds {
		if len(by[k.kind]) > 0 {
			v.Groups = append(v.Groups, BibGroup{ID: "k-" + cmp.Or(k.kind, "other"), Title: k.title, Entries: by[k.kind]})
		}
	}
	return v
}
