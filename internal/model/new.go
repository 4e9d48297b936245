package model

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"entente/internal/date"
	"entente/internal/diag"
	"entente/internal/edition"
	"entente/internal/file"
	"entente/internal/lang"
	"entente/internal/prose"
	"entente/internal/record"
)

// Input is what a world is made of.
type Input struct {
	Site   *record.Site
	Files  []*record.File  // in order of path
	Pages  []*prose.Source // in order of path
	Drafts bool            // let drafts in, marked

	Editions []*edition.Edition // frozen states of the site
}

// builder collects things before they get their IDs.
type builder struct {
	drafts bool // let drafts in, marked
	w      *World
	things []Thing
	pages  map[string]*prose.Source // by folder/id, pages of records not yet claimed
	diags  []diag.Diagnostic
	folder string // of the last address whose folders are right
}

// New makes the world. It always gives one, leaving out what the diagnostics
// complain about.
func New(in Input) (*World, []diag.Diagnostic) {
	b := &builder{drafts: in.Drafts, w: &World{Site: in.Site}, pages: map[string]*prose.Source{}}
	_, b.w.AsOf = in.Site.AsOf.Bounds()
	b.words(in.Site)
	if in.Site.AsOf.IsZero() {
		// An error, but pages may be made: "for ever" would count years without end.
		b.w.AsOf = date.DayOf(2000, 1, 1)
	}
	room := len(in.Pages) // things are large: a list that grows moves them again and again
	for _, f := range in.Files {
		room += len(f.Origins)
	}
	b.things = make([]Thing, 0, room)
	for _, p := range in.Pages {
		b.addPage(p, in.Drafts)
	}
	for _, f := range in.Files {
		b.addFile(f)
	}
	b.orphans(in.Drafts)
	b.number()
	b.refused(in.Files)
	b.resolve()
	b.members()
	b.relations()
	b.addresses()
	b.divideEvents()
	b.readingOrder()
	b.index()
	b.w.Editions = slices.Clone(in.Editions)
	edition.Sort(b.w.Editions)
	return b.w, b.diags
}

// words chooses the language of the interface.
func (b *builder) words(s *record.Site) {
	own := map[string]string{}
	for i, word := range s.Words {
		own[word.Key] = word.Text
		base, _, _ := strings.Cut(word.Key, "[")
		if keys := lang.Keys(); !slices.Contains(keys, word.Key) && !slices.Contains(keys, base) {
			hint := "the keys are those of the built-in templates: say \"key\""
			if near := diag.Nearest(word.Key, keys); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			b.diags = append(b.diags, s.Origin.Diag(diag.Error, "CF020", fmt.Sprintf("no text of the interface has the key %q", word.Key), hint, "words", i, "key"))
		}
	}
	b.w.Words = lang.New(s.Language, own)
}

// PageID is the id of a Markdown file: the one it declares, else its name.
func PageID(p *prose.Source) string {
	if p.Header.ID != "" {
		return p.Header.ID
	}
	name := strings.TrimSuffix(path.Base(p.Text.Path), ".md")
	if name == "index" {
		name = path.Base(path.Dir(p.Text.Path))
	}
	return name
}

func (b *builder) addPage(p *prose.Source, drafts bool) {
	folder := folderOf(p.Text.Path)
	if folder != "topics" && folder != "help" {
		b.pages[folder+"/"+PageID(p)] = p
		return
	}
	if p.Header.Draft && !drafts {
		return
	}
	h := &p.Header
	t := Thing{
		Kind: Topic, Slug: PageID(p), Name: h.Title, Summary: h.Summary, SeeAlso: h.SeeAlso, Page: p, Draft: h.Draft,
		Names: []Name{{Text: h.Title, Plain: true, Auto: true}},
	}
	for _, n := range h.Names {
		t.Names = append(t.Names, Name{Text: n, Kind: AliasName, Plain: true, Auto: true})
	}
	if folder == "help" {
		t.Kind, t.Names = Help, []Name{{Text: h.Title}}
	}
	b.things = append(b.things, t)
}

// folderOf gives the folder of content/ in which a file lies.
func folderOf(p string) string {
	rest := strings.TrimPrefix(p, "content/")
	folder, _, _ := strings.Cut(rest, "/")
	return folder
}

// orphans reports prose for records that do not exist.
func (b *builder) orphans(drafts bool) {
	for _, key := range slices.Sorted(mapsKeys(b.pages)) {
		p := b.pages[key]
		if p == nil || p.Header.Draft && !drafts {
			continue
		}
		folder, id, _ := strings.Cut(key, "/")
		if strings.TrimPrefix(p.Text.Path, "content/") == path.Base(p.Text.Path) {
			continue // pages beside site.yaml: home, about
		}
		near := diag.Nearest(id, b.slugsIn(folder))
		b.diags = append(b.diags, diag.Diagnostic{
			Path: p.Text.Path, Pos: p.Text.Pos(0), Rule: "ID020",
			Message: fmt.Sprintf("no record %q in content/%s to which this text belongs", id, folder),
			Hint:    hintNearest(near, "name the file after the id of its record, or put the record under \"record:\" in the front matter"),
		})
	}
}

func hintNearest(near, otherwise string) string {
	if near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return otherwise
}

func (b *builder) slugsIn(folder string) []string {
	var slugs []string
	for i := range b.things {
		if b.things[i].Kind.Folder() == folder {
			slugs = append(slugs, b.things[i].Slug)
		}
	}
	return slugs
}

func (b *builder) addFile(f *record.File) {
	add := func(i int, t Thing, c *record.Common) {
		t.Origin = f.Origins[i]
		if c != nil {
			t.Sources = c.Sources
			for _, n := range c.SeeAlso {
				t.SeeAlso = append(t.SeeAlso, prose.SeeAlso{Page: n.Page, Why: n.Why})
			}
			mute(t.Names, c.NoLink)
		}
		key := t.Kind.Folder() + "/" + t.Slug
		if p, ok := b.pages[key]; ok && p != nil {
			b.pages[key] = nil
			b.attach(&t, p)
		}
		b.things = append(b.things, t)
	}
	for i := range f.States {
		s := &f.States[i]
		add(i, Thing{Kind: State, Slug: s.ID, Name: s.Name, State: s, Names: stateNames(s)}, &s.Common)
	}
	for i := range f.Organisations {
		o := &f.Organisations[i]
		add(i, Thing{Kind: Organisation, Slug: o.ID, Name: o.Name, Short: cmp.Or(o.Short, o.Abbr), Summary: o.Summary, Organisation: o,
			Names: properNames(o.Name, o.Abbr, o.Aliases, o.Names, o.Short)}, &o.Common)
	}
	for i := range f.Treaties {
		t := &f.Treaties[i]
		add(i, Thing{Kind: Treaty, Slug: t.ID, Name: t.Name, Short: cmp.Or(t.Short, t.Abbr), Summary: t.Summary, Treaty: t,
			Names: properNames(t.Name, t.Abbr, t.Aliases, t.Names, t.Short)}, &t.Common)
	}
	for i := range f.Exercises {
		x := &f.Exercises[i]
		add(i, Thing{Kind: Exercise, Slug: x.ID, Name: x.Name, Short: x.Abbr, Summary: x.Summary, Exercise: x,
			Names: properNames(x.Name, x.Abbr, x.Aliases, x.Names)}, &x.Common)
	}
	for i := range f.Operations {
		o := &f.Operations[i]
		add(i, Thing{Kind: Operation, Slug: o.ID, Name: o.Name, Short: o.Abbr, Summary: o.Summary, Operation: o,
			Names: properNames(o.Name, o.Abbr, o.Aliases, o.Names)}, &o.Common)
	}
	for i := range f.Events {
		e := &f.Events[i]
		add(i, Thing{Kind: Event, Slug: e.ID, Name: e.Title, Event: e}, &e.Common)
	}
	for i := range f.Terms {
		g := &f.Terms[i]
		add(i, Thing{Kind: Term, Slug: g.ID, Name: g.Term, Summary: g.Definition, Term: g, Names: termNames(g)}, &g.Common)
	}
	for i := range f.Sources {
		s := &f.Sources[i]
		add(i, Thing{Kind: Source, Slug: s.ID, Name: s.Title, Source: s}, nil)
	}
}

func (b *builder) attach(t *Thing, p *prose.Source) {
	h := &p.Header
	if h.Draft && !b.drafts {
		return
	}
	t.Page = p
	t.Summary = cmp.Or(h.Summary, t.Summary)
	t.SeeAlso = append(h.SeeAlso[:len(h.SeeAlso):len(h.SeeAlso)], t.SeeAlso...)
	for _, n := range h.Names {
		t.Names = append(t.Names, Name{Text: n, Kind: AliasName, Auto: true})
	}
}

// number sorts the things, drops repeated ids and hands out IDs.
func (b *builder) number() {
	type key struct { // things are large: each moves once
		kind Kind
		at   int32
		slug string
	}
	order := make([]key, len(b.things))
	for i := range order {
		order[i] = key{b.things[i].Kind, int32(i), b.things[i].Slug}
	}
	slices.SortFunc(order, func(x, y key) int {
		if x.kind != y.kind {
			return cmp.Compare(x.kind, y.kind)
		}
		return cmp.Or(cmp.Compare(x.slug, y.slug), cmp.Compare(x.at, y.at))
	})
	w := b.w
	w.bySlug, w.bySource = make(map[string]ID, len(order)), map[string]ID{}
	folded := map[string]ID{} // of the slugs that are not in that form themselves
	kept := make([]Thing, 0, len(order))
	for _, k := range order {
		t := &b.things[k.at]
		space := w.bySlug
		if t.Kind == Source {
			space = w.bySource
		}
		if old, dup := space[t.Slug]; dup {
			if o := &kept[old]; t.Kind == Topic && o.Kind == Topic && t.Page.Header.ID == "" && o.Page.Header.ID == "" && b.address(o) == b.address(t) {
				b.twice(o, t)
			} else {
				b.duplicate(o, t, "ID003", "id %q is already used")
			}
			continue
		}
		if t.Kind != Source {
			fold := file.Fold(t.Slug)
			old, dup := folded[fold]
			if !dup && fold != t.Slug {
				old, dup = w.bySlug[fold]
				folded[fold] = ID(len(kept))
			}
			if dup {
				b.duplicate(&kept[old], t, "ID004", "id %q differs from another only in case or form")
				continue
			}
		}
		t.ID = ID(len(kept))
		space[t.Slug] = t.ID
		kept = append(kept, *t)
	}
	w.Things = kept
	for k := Kind(0); k <= KindCount; k++ {
		i, _ := slices.BinarySearchFunc(w.Things, k, func(t Thing, k Kind) int { return cmp.Compare(t.Kind, k) })
		w.first[k] = ID(i)
	}
}

// refused reports ids that were refused for their form and are, but for case
// or form, those of others: one of the two would have to go in any case.
func (b *builder) refused(files []*record.File) {
	if !slices.ContainsFunc(files, func(f *record.File) bool { return len(f.Refused) > 0 }) {
		return // finding places costs a second look at every file
	}
	first := map[string]diag.Diagnostic{}
	for i := range b.w.Things {
		if t := &b.w.Things[i]; t.Kind != Source && t.Kind != Topic {
			first[file.Fold(t.Slug)] = t.Diag(diag.Error, "", t.Slug, "", "id")
		}
	}
	for _, f := range files {
		for _, r := range f.Refused {
			d := r.Origin.Diag(diag.Error, "", r.ID, "", "id")
			o, taken := first[file.Fold(r.ID)]
			if !taken {
				first[file.Fold(r.ID)] = d
				continue
			}
			if diag.Compare(o, d) > 0 {
				o, d = d, o
			}
			if d.Message == o.Message {
				continue // one id twice: its form is reported at both
			}
			d.Message, o.Message = fmt.Sprintf("id %q differs from %q only in case or form", d.Message, o.Message), "first used here"
			d.Rule, d.Hint = "ID004", "give one of the two another id"
			d.Related = []diag.Related{{Path: o.Path, Pos: o.Pos, Message: o.Message}}
			b.diags = append(b.diags, d)
		}
	}
}

// duplicate reports the later of two things, in order of place.
func (b *builder) duplicate(old, t *Thing, rule, format string) {
	d := t.Diag(diag.Error, rule, fmt.Sprintf(format, t.Slug), "give one of the two another id", "id")
	e := old.Diag(diag.Error, rule, fmt.Sprintf(format, t.Slug), d.Hint, "id")
	if diag.Compare(e, d) > 0 {
		d, e = e, d
	}
	d.Related = []diag.Related{{Path: e.Path, Pos: e.Pos, Message: "first used here"}}
	b.diags = append(b.diags, d)
}

// Diag makes a diagnostic at a field of the thing's record, or at a header
// key of its page when it has no record.
func (t *Thing) Diag(sev diag.Severity, rule, message, hint string, field ...any) diag.Diagnostic {
	if t.Origin.Text != nil {
		return t.Origin.Diag(sev, rule, message, hint, field...)
	}
	return diag.At(t.Page.Text, t.Page.Header.Place(fmt.Sprint(field...)), sev, rule, message, hint)
}

// resolve checks that every reference of a record leads somewhere.
func (b *builder) resolve() {
	for i := range b.w.Things {
		t := &b.w.Things[i]
		for _, r := range t.Origin.Refs() {
			b.checkRef(t, r)
		}
		if t.Kind == Topic {
			for j, id := range t.Page.Header.About {
				if _, ok := b.w.Lookup(id); !ok {
					b.unknown(t, id, nil, fmt.Sprintf("about[%d]", j))
				}
			}
		}
		for j, n := range t.SeeAlso {
			if _, ok := b.w.Lookup(n.Page); !ok && t.Page != nil {
				d := diag.At(t.Page.Text, t.Page.Header.Place(fmt.Sprintf("see_also[%d].page", j)), diag.Error, "LK010",
					fmt.Sprintf("no page or record %q", n.Page), hintNearest(diag.Nearest(n.Page, b.allSlugs()), ""))
				b.diags = append(b.diags, d)
			} else if !ok {
				b.unknown(t, n.Page, nil, "see_also", j, "page")
			}
		}
	}
}

// Record is the record of the thing, a pointer to one of the structs of package
// record; nil for a topic.
func (t *Thing) Record() any {
	switch t.Kind {
	case State:
		return t.State
	case Organisation:
		return t.Organisation
	case Treaty:
		return t.Treaty
	case Exercise:
		return t.Exercise
	case Operation:
		return t.Operation
	case Event:
		return t.Event
	case Term:
		return t.Term
	case Source:
		return t.Source
	}
	return nil
}

func (b *builder) checkRef(t *Thing, r record.Ref) {
	if r.Value == "" {
		return // reported when it was read
	}
	if len(r.Kinds) == 1 && r.Kinds[0] == "sources" {
		if _, ok := b.w.LookupSource(r.Value); !ok {
			b.unknown(t, r.Value, r.Kinds, r.Path...)
		}
		return
	}
	other, ok := b.w.Lookup(r.Value)
	if !ok {
		b.unknown(t, r.Value, r.Kinds, r.Path...)
		return
	}
	if !slices.Contains(r.Kinds, other.Kind.Folder()) {
		b.diags = append(b.diags, t.Diag(diag.Error, "LK011",
			fmt.Sprintf("%q is in %s, expected one of %s", r.Value, other.Kind.Folder(), strings.Join(r.Kinds, ", ")), "", r.Path...))
	}
}

func (b *builder) unknown(t *Thing, id string, kinds []string, field ...any) {
	var near string
	switch {
	case len(kinds) == 0:
		near = diag.Nearest(id, b.allSlugs())
	default:
		var slugs []string
		for _, k := range kinds {
			slugs = append(slugs, b.slugsOfFolder(k)...)
		}
		near = diag.Nearest(id, slugs)
	}
	where, hint := "site", "write the id of a record that is there"
	if len(kinds) > 0 {
		where, hint = strings.Join(kinds, " or "), "write the id of a record, or add one to content/"+kinds[0]
	}
	b.diags = append(b.diags, t.Diag(diag.Error, "LK010", fmt.Sprintf("no record %q in %s", id, where), hintNearest(near, hint), field...))
}

func (b *builder) slugsOfFolder(folder string) []string {
	var slugs []string
	for i := range b.w.Things {
		if b.w.Things[i].Kind.Folder() == folder {
			slugs = append(slugs, b.w.Things[i].Slug)
		}
	}
	return slugs
}

func (b *builder) allSlugs() []string {
	var slugs []string
	for i := range b.w.Things {
		if b.w.Things[i].Kind != Source {
			slugs = append(slugs, b.w.Things[i].Slug)
		}
	}
	return slugs
}
