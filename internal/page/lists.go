package page

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"entente/internal/date"
	"entente/internal/link"
	"entente/internal/model"
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
		Crumbs: s.crumbs(path, Link{Text: title, Current: true})}
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
	v := s.index("topics/", s.say("nav.topics"), s.say("list.topics-lede", "articles", s.count(len(w.Topics()), "articles")))
	if n := len(w.Site.Parts); n > 1 {
		v.Lede = s.say("list.topics-lede-parts", "articles", s.count(len(w.Topics()), "articles"), "parts", s.count(n, "parts"))
	}
	groups := make([]Group, len(w.Site.Parts)+1)
	for i, p := range w.Site.Parts {
		groups[i] = Group{ID: fmt.Sprintf("part-%d", i+1), Title: partTitle(w, i), Text: p.Summary}
	}
	groups[len(groups)-1] = Group{ID: "more", Title: s.say("list.more")}
	if len(groups) == 1 {
		groups[0].Title = s.say("list.all-topics")
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
	v := s.index("organisations/", s.say("list.organisations"), s.say("list.organisations-lede", "bodies", s.count(len(w.Of(model.Organisation)), "bodies")))
	now := Group{ID: "in-force", Title: s.say("fact.in-force")}
	past := Group{ID: "ended", Title: s.say("fact.ended")}
	for _, id := range s.byName(model.Organisation) {
		t := w.Thing(id)
		c := Card{Href: s.href("organisations/", id), Title: t.Name, Text: t.Summary}
		if f := w.Family(id); f != model.NoFamily {
			o := s.obligation(f, w.Ended(id))
			c.Tag = &o
		}
		span := t.Organisation.Founded.YearText()
		if !t.Organisation.Dissolved.IsZero() {
			span += "–" + t.Organisation.Dissolved.YearText()
		}
		c.Facts = append(c.Facts, span)
		if set := w.Members(id, w.Day(id), model.Member); len(set.Possible) > 0 && t.Organisation.MembersComplete {
			c.Facts = append(c.Facts, s.members(set.Count()))
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
	v := s.index("states/", s.say("nav.states"), s.say("list.states-lede", "states", s.count(len(w.Of(model.State)), "states"), "day", w.Site.AsOf))
	by := map[string]*Group{}
	for _, id := range s.byName(model.State) {
		t := w.Thing(id)
		r := t.State.Region
		if by[r] == nil {
			by[r] = &Group{ID: r, Title: s.regionName(r)}
		}
		bodies := s.bodiesNow(id)
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
	v := s.index("treaties/", s.say("fact.treaties"), s.say("list.treaties-lede", "treaties", s.count(len(w.Of(model.Treaty)), "treaties")))
	ids := s.byName(model.Treaty)
	slices.SortStableFunc(ids, func(a, b model.ID) int {
		return cmp.Compare(w.Thing(a).Treaty.Signed.Year(), w.Thing(b).Treaty.Signed.Year())
	})
	var groups []Group
	for _, id := range ids {
		t := w.Thing(id)
		title, gid := s.say("list.before-1900"), "gbefore-1900"
		if y := t.Treaty.Signed.Year(); y >= 1900 {
			title, gid = s.decadeText(y), fmt.Sprintf("g%ds", y/10*10)
		}
		if len(groups) == 0 || groups[len(groups)-1].Title != title {
			groups = append(groups, Group{ID: gid, Title: title})
		}
		c := Card{Href: s.href("treaties/", id), Title: t.Name, Text: s.treatyLede(t.Treaty), Facts: []string{s.status(id)}}
		if f := w.Family(id); f != model.NoFamily {
			o := s.obligation(f, w.Ended(id))
			c.Tag = &o
		}
		groups[len(groups)-1].Cards = append(groups[len(groups)-1].Cards, c)
	}
	v.Groups = groups
	return v
}

func (s *Site) exerciseList() any {
	w := s.World
	v := s.index("exercises/", s.say("nav.exercises"), s.say("list.exercises-lede", "series", s.count(len(w.Of(model.Exercise)), "series")))
	now, past := Group{ID: "continuing", Title: s.say("fact.continuing")}, Group{ID: "ended", Title: s.say("fact.ended")}
	for _, id := range s.byName(model.Exercise) {
		t := w.Thing(id)
		c := Card{Href: s.href("exercises/", id), Title: t.Name, Text: s.exerciseLede(t.Exercise), Facts: []string{cmp.Or(t.Exercise.Location, s.word("type", t.Exercise.Type))}}
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
	v := s.index("operations/", s.say("nav.operations"), s.say("list.operations-lede", "operations", s.count(len(w.Of(model.Operation)), "operations")))
	by := map[string]*Group{}
	var order []string
	for _, id := range s.byName(model.Operation) {
		t := w.Thing(id)
		body := t.Operation.Organisation
		title := s.say("fact.other")
		if b, ok := w.Lookup(body); ok {
			title = b.Name
		}
		if by[title] == nil {
			by[title] = &Group{ID: "of-" + body, Title: title}
			order = append(order, title)
		}
		by[title].Cards = append(by[title].Cards, Card{Href: s.href("operations/", id), Title: t.Name, Text: sentence(t.Operation.Notes),
			Facts: []string{t.Operation.Location, s.years(date.Period{From: t.Operation.From, Until: t.Operation.Until})}})
	}
	slices.Sort(order)
	for _, title := range order {
		v.Groups = append(v.Groups, *by[title])
	}
	return v
}

// decadeText names the ten years of a year.
func (s *Site) decadeText(year int) string {
	return strings.ReplaceAll(s.World.Words.Dates.ShortDecade, "{y}", fmt.Sprint(year/10*10))
}

// members writes a count of members that coarse dates may leave open.
func (s *Site) members(r model.Range) string {
	return s.say("count.members", "n", r.High, "count", countText(r))
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

// maxTerms is how many terms the linked data of the glossary defines.
const maxTerms = 500

// maxUsed is how many using pages a term lists.
const maxUsed = 12

func glossaryPages(w *model.World) []Page {
	return []Page{{Path: "glossary/index.html", Template: "glossary.html", Thing: model.None, View: (*Site).glossary}}
}

func (s *Site) glossary() any {
	w := s.World
	terms := s.byName(model.Term)
	lede := s.say("list.glossary-lede", "terms", s.say("glossary.count", "n", len(terms)))
	v := &Glossary{Shell: s.shell("glossary/", "glossary", "glossary/", s.say("nav.glossary"), lede), Heading: s.say("nav.glossary"), Lede: lede,
		Count: len(terms), Crumbs: s.crumbs("glossary/", Link{Text: s.say("nav.glossary"), Current: true})}
	for _, id := range terms {
		t := w.Thing(id)
		letter := firstLetter(t.Name)
		if n := len(v.Letters); n == 0 || v.Letters[n-1].Letter != letter {
			v.Letters = append(v.Letters, Letter{ID: strings.ToLower(letter), Letter: letter})
			v.Present = append(v.Present, Link{Href: "#" + strings.ToLower(letter), Text: letter})
		}
		l := &v.Letters[len(v.Letters)-1]
		l.Entries = append(l.Entries, s.entry(t))
	}
	v.Mirror = "index.md"
	v.About = []node{s.termsNode(terms[:min(len(terms), maxTerms)], lede)}
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

// sourceKinds are the kinds of source in their order.
var sourceKinds = []string{"treaty", "official", "law", "book", "article", "dataset", "news", "reference", "other"}

func sourcePages(w *model.World) []Page {
	return []Page{{Path: "sources/index.html", Template: "sources.html", Thing: model.None, View: (*Site).bibliography}}
}

func (s *Site) bibliography() any {
	w := s.World
	lede := s.say("list.sources-lede", "sources", s.count(len(w.Of(model.Source)), "sources"))
	v := &Bibliography{Shell: s.shell("sources/", "sources", "sources/", s.say("nav.sources"), lede), Heading: s.say("nav.sources"), Lede: lede,
		Crumbs: s.crumbs("sources/", Link{Text: s.say("nav.sources"), Current: true})}
	by := map[string][]BibEntry{}
	for _, id := range s.byName(model.Source) {
		t := w.Thing(id)
		e := BibEntry{ID: "s-" + t.Slug, HTML: s.reference(t.Source)}
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
		if !slices.Contains(sourceKinds, kind) {
			kind = "other"
		}
		by[kind] = append(by[kind], e)
	}
	for _, k := range sourceKinds {
		if len(by[k]) > 0 {
			v.Groups = append(v.Groups, BibGroup{ID: "k-" + k, Title: s.say("source." + k), Entries: by[k]})
		}
	}
	return v
}
