package link

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"entente/internal/diag"
	"entente/internal/file"
	"entente/internal/model"
	"entente/internal/prose"
)

// Options are the settings of linking.
type Options struct {
	Mentions string                 // "page" (also ""), "section" or "never"
	Assets   func(path string) bool // whether a file exists under content/; nil: any
	// View draws a fenced view of a page; nil draws nothing.
	View func(name, options string, on *model.Thing) prose.Inline
	// Pages maps the path of a Markdown file to its thing, drafts included.
	Pages map[string]PageFile
}

// PageFile is a Markdown file that a link may point at.
type PageFile struct {
	Thing model.ID // model.None for a draft that is left out
	Draft bool
}

// Linker binds pages of one world. It is read-only and may serve many pages
// at once.
type Linker struct {
	world   *model.World
	matcher *Matcher
	options Options
	fold    func() map[string][]model.ID // lower-case name to things; made when first asked for
	facts   sync.Map                     // expression to *boundFact, of those that are the same on every page
	cited   sync.Map                     // id of a source to its *citedSource
}

// New makes a linker.
func New(w *model.World, m *Matcher, o Options) *Linker {
	return &Linker{world: w, matcher: m, options: o, fold: sync.OnceValue(func() map[string][]model.ID { return folded(w) })}
}

// Matcher is the matcher that the linker asks.
func (l *Linker) Matcher() *Matcher { return l.matcher }

func folded(w *model.World) map[string][]model.ID {
	fold := make(map[string][]model.ID, len(w.Things))
	for i := range w.Things {
		t := &w.Things[i]
		for _, n := range t.Names {
			key := strings.ToLower(n.Text)
			if !slices.Contains(fold[key], t.ID) {
				fold[key] = append(fold[key], t.ID)
			}
		}
	}
	return fold
}

// Binder binds one page. It is not safe for use by two at once.
type Binder struct {
	l       *Linker
	thing   *model.Thing
	file    string // path of the page's file
	from    string // its address
	seen    map[model.ID]bool
	texts   func(*model.Thing) *prose.Source
	word    []byte   // room of the scanner
	Anchors []Anchor // fragments of other pages that links asked for
	Shown   Shown
}

// Shown is what a page shows of the world beside names and links.
type Shown struct {
	Facts    []ShownFact
	Includes []*prose.Source // pages whose text it holds
	Views    bool            // it has a fenced view
	Files    []string        // files under content/ that it shows or links to
}

// Anchor is a fragment that a link on this page asks for.
type Anchor struct {
	Target model.ID
	Name   string
	Text   *file.Text // in which the reference stands: the page's own, or one that it includes
	Span   file.Span  // of the reference in that text
}

// ShownFact is a bound fact as written, and a print of what it came to.
type ShownFact struct {
	Expr  string
	Print uint64
}

// Page makes the binder of a thing's page. Texts that the page includes are
// those that texts gives.
func (l *Linker) Page(t *model.Thing, texts func(*model.Thing) *prose.Source) *Binder {
	b := &Binder{l: l, thing: t, from: t.Path, seen: map[model.ID]bool{t.ID: true}, texts: texts}
	if t.Page != nil {
		b.file = t.Page.Text.Path
	}
	return b
}

// Section implements prose.Binder.
func (b *Binder) Section() {
	if b.l.options.Mentions == "section" {
		b.seen = map[model.ID]bool{b.thing.ID: true}
	}
}

// Mentions implements prose.Binder.
func (b *Binder) Mentions(run []byte, dst []prose.Mention) []prose.Mention {
	if b.l.options.Mentions == "never" || b.thing.Kind == model.Help {
		return dst
	}
	text := string(run)
	s := scanner{text: text, buf: b.word}
	for s.next() {
		f, ok := b.l.matcher.longest(text, s)
		if !ok {
			continue
		}
		id, ok := b.l.matcher.pick(f, text)
		if !ok {
			continue
		}
		s.end = f.end // names inside a longer name are not names
		if b.seen[id] {
			continue
		}
		b.seen[id] = true
		dst = append(dst, prose.Mention{Start: f.start, End: f.end, Link: b.to(id, "")})
	}
	b.word = s.buf
	return dst
}

// to makes the link to a thing.
func (b *Binder) to(id model.ID, anchor string) prose.Link {
	t := b.l.world.Thing(id)
	address := t.Path
	if anchor != "" && t.Kind.HasPage() {
		address += "#" + anchor
	}
	link := prose.Link{Href: Rel(b.from, address), Label: t.Name, Target: int32(id)}
	switch t.Kind {
	case model.Term:
		link.Term = true
		link.Attr = ` class="term" data-term="` + t.Slug + `"`
	case model.Source:
	}
	return link
}

// Link implements prose.Binder.
func (b *Binder) Link(ref prose.Ref) prose.Link {
	if ref.Wiki {
		return b.wiki(ref)
	}
	if ref.Image {
		return b.image(ref)
	}
	return b.markdown(ref)
}

func problem(rule, message, hint string) []prose.Problem {
	return []prose.Problem{{Severity: diag.Error, Rule: rule, Message: message, Hint: hint}}
}

func (b *Binder) wiki(ref prose.Ref) prose.Link {
	if ref.Target == "" {
		b.Anchors = append(b.Anchors, Anchor{Target: b.thing.ID, Name: ref.Anchor, Text: ref.Text, Span: ref.Span})
		return prose.Link{Href: "#" + ref.Anchor, Label: ref.Anchor, Target: int32(b.thing.ID)}
	}
	ids := b.l.resolve(ref.Target)
	switch len(ids) {
	case 0:
		if b.l.draft(ref.Target) {
			return prose.Link{Target: -1, Problems: problem("LK003", fmt.Sprintf("%q is a draft", ref.Target), "publish it or take the link out")}
		}
		return prose.Link{Target: -1, Problems: problem("LK001", fmt.Sprintf("no page or record %q", ref.Target), b.l.nearest(ref.Target))}
	case 1:
		b.seen[ids[0]] = true
		link := b.to(ids[0], ref.Anchor)
		if ref.Anchor != "" {
			b.Anchors = append(b.Anchors, Anchor{Target: ids[0], Name: ref.Anchor, Text: ref.Text, Span: ref.Span})
		}
		if !b.l.world.Thing(ids[0]).Kind.HasPage() {
			link.Label = ref.Target
		}
		if ref.Label == "" && !slicesContainsID(b.l.world, ref.Target, ids[0]) {
			link.Label = ref.Target // the author wrote a name: keep it
		}
		return link
	}
	var slugs []string
	for _, id := range ids {
		slugs = append(slugs, b.l.world.Thing(id).Slug)
	}
	return prose.Link{Target: -1, Problems: problem("LK006",
		fmt.Sprintf("%q means %d things: %s", ref.Target, len(ids), strings.Join(slugs, ", ")),
		fmt.Sprintf("write [[%s|%s]]", slugs[0], ref.Target))}
}

// slicesContainsID reports whether what the author wrote is the id itself.
func slicesContainsID(w *model.World, ref string, id model.ID) bool { return w.Thing(id).Slug == ref }

// resolve finds what a reference means: by id, by exact name, then by name
// whatever the case; among several, by the strongest kind of name.
func (l *Linker) resolve(ref string) []model.ID {
	w := l.world
	if t, ok := w.Lookup(ref); ok {
		return []model.ID{t.ID}
	}
	ids := w.Named(ref)
	if len(ids) == 0 {
		ids = l.fold()[strings.ToLower(ref)]
	}
	if len(ids) < 2 {
		return ids
	}
	best := model.ForeignName + 1
	var strongest []model.ID
	for _, id := range ids {
		kind := strength(w.Thing(id), ref)
		if kind < best {
			best, strongest = kind, nil
		}
		if kind == best {
			strongest = append(strongest, id)
		}
	}
	return strongest
}

func strength(t *model.Thing, name string) model.NameKind {
	best := model.ForeignName
	for _, n := range t.Names {
		if strings.EqualFold(n.Text, name) {
			best = min(best, n.Kind)
		}
	}
	return best
}

// draft reports whether a name is that of a page which is left out.
func (l *Linker) draft(ref string) bool {
	for p, page := range l.options.Pages {
		if page.Thing == model.None && strings.EqualFold(path.Base(p), ref+".md") {
			return true
		}
	}
	return false
}

// decoded is a destination as a path of files: %20 is a space there.
func decoded(dest string) string {
	if plain, err := url.PathUnescape(dest); err == nil {
		return plain
	}
	return dest
}

// nearest suggests what an unknown reference may have meant.
func (l *Linker) nearest(ref string) string {
	var all []string
	for i := range l.world.Things {
		t := &l.world.Things[i]
		if t.Kind == model.Source {
			continue
		}
		all = append(all, t.Slug)
		for _, n := range t.Names {
			all = append(all, n.Text)
		}
	}
	if near := diag.Nearest(ref, all); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// markdown resolves the destination of [text](destination).
func (b *Binder) markdown(ref prose.Ref) prose.Link {
	dest := ref.Target
	switch {
	case dest == "" && ref.Anchor != "":
		b.Anchors = append(b.Anchors, Anchor{Target: b.thing.ID, Name: ref.Anchor, Text: ref.Text, Span: ref.Span})
		return prose.Link{Href: "#" + ref.Anchor, Target: int32(b.thing.ID)}
	case strings.Contains(dest, "://") || strings.HasPrefix(dest, "mailto:") || strings.HasPrefix(dest, "tel:"):
		href := dest
		if ref.Anchor != "" {
			href += "#" + ref.Anchor
		}
		return prose.Link{Href: href, Target: -1}
	case strings.HasPrefix(dest, "/"):
		return b.absolute(ref)
	}
	target := path.Join(path.Dir(b.file), decoded(dest))
	if strings.HasSuffix(dest, "/") {
		target = strings.TrimSuffix(target, "/") + ".md"
	}
	if !strings.HasPrefix(target, "content/") {
		return prose.Link{Target: -1, Problems: problem("AS002", fmt.Sprintf("%q leads out of the site", dest), "keep what the site shows under content/")}
	}
	if page, ok := b.l.options.Pages[target]; ok {
		if page.Thing == model.None {
			return prose.Link{Target: -1, Problems: problem("LK003", fmt.Sprintf("%q is a draft", dest), "publish it or take the link out")}
		}
		b.seen[page.Thing] = true
		if ref.Anchor != "" {
			b.Anchors = append(b.Anchors, Anchor{Target: page.Thing, Name: ref.Anchor, Text: ref.Text, Span: ref.Span})
		}
		return b.to(page.Thing, ref.Anchor)
	}
	if !strings.HasSuffix(target, ".md") && b.l.options.Assets != nil && b.l.options.Assets(target) {
		b.Shown.Files = append(b.Shown.Files, target)
		return prose.Link{Href: Rel(b.from, strings.TrimPrefix(target, "content/")), Target: -1}
	}
	return prose.Link{Target: -1, Problems: b.missingPage(dest, target)}
}

// missingPage says why a relative link leads nowhere.
func (b *Binder) missingPage(dest, target string) []prose.Problem {
	paths := make([]string, 0, len(b.l.options.Pages))
	for p := range b.l.options.Pages {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	bases := make([]string, len(paths))
	for i, p := range paths {
		if strings.EqualFold(p, target) {
			found := problem("LK002", fmt.Sprintf("%q differs from the file's name in case", dest), fmt.Sprintf("write %q", relFile(b.file, p)))
			found[0].End, found[0].Fix = len(dest), &diag.Fix{New: relFile(b.file, p)}
			return found
		}
		bases[i] = strings.TrimSuffix(path.Base(p), ".md")
	}
	base := strings.TrimSuffix(path.Base(target), ".md")
	if i := slices.Index(bases, base); i >= 0 {
		return problem("LK001", fmt.Sprintf("no page %q", dest), fmt.Sprintf("did you mean %q?", relFile(b.file, paths[i])))
	}
	if near := diag.Nearest(base, bases); near != "" {
		return problem("LK001", fmt.Sprintf("no page %q", dest), fmt.Sprintf("did you mean %q?", relFile(b.file, paths[slices.Index(bases, near)])))
	}
	return problem("LK001", fmt.Sprintf("no page %q", dest), "a link names a Markdown file that is there; [[name]] finds a page or record by what it is called")
}

// relFile gives the way from one file to another as an author writes it.
func relFile(from, to string) string { return Rel(from, to) }

// absolute resolves "/topics/nato/", counted from the root of the site.
func (b *Binder) absolute(ref prose.Ref) prose.Link {
	want := strings.TrimPrefix(ref.Target, "/")
	if t, ok := b.l.world.Lookup(path.Base(strings.TrimSuffix(want, "/"))); ok && t.Path == strings.TrimSuffix(want, "/")+"/" {
		b.seen[t.ID] = true
		return b.to(t.ID, ref.Anchor)
	}
	if slices.Contains(model.Generated(), want) {
		href := Rel(b.from, want)
		if ref.Anchor != "" {
			href += "#" + ref.Anchor
		}
		return prose.Link{Href: href, Target: -1}
	}
	if b.l.options.Assets != nil && b.l.options.Assets("content/"+want) {
		b.Shown.Files = append(b.Shown.Files, "content/"+want)
		return prose.Link{Href: Rel(b.from, want), Target: -1}
	}
	return prose.Link{Target: -1, Problems: problem("LK001", fmt.Sprintf("no page at %q", ref.Target), "write the address as the site has it, or [[name]], which finds it")}
}

func (b *Binder) image(ref prose.Ref) prose.Link {
	if strings.Contains(ref.Target, "://") {
		return prose.Link{Target: -1, Problems: problem("AS003", fmt.Sprintf("image %q lies on another host", ref.Target), "put the file beside the page: a published site asks nothing of other hosts")}
	}
	target := path.Join(path.Dir(b.file), decoded(ref.Target))
	if strings.HasPrefix(ref.Target, "/") {
		target = path.Join("content", decoded(ref.Target))
	}
	if !strings.HasPrefix(target, "content/") {
		return prose.Link{Target: -1, Problems: problem("AS002", fmt.Sprintf("%q lies outside the site", ref.Target), "keep images under content/")}
	}
	if b.l.options.Assets != nil && !b.l.options.Assets(target) {
		return prose.Link{Target: -1, Problems: problem("AS001", fmt.Sprintf("no image %q", ref.Target), "put the picture at "+target+", or correct the name")}
	}
	b.Shown.Files = append(b.Shown.Files, target)
	return prose.Link{Href: Rel(b.from, strings.TrimPrefix(target, "content/")), Target: -1}
}

// Cite implements prose.Binder.
func (b *Binder) Cite(ref string) prose.Inline {
	id, locator, _ := strings.Cut(ref, ",")
	id, locator = strings.TrimSpace(id), strings.TrimSpace(locator)
	t, ok := b.l.world.LookupSource(id)
	if !ok {
		var all []string
		for _, s := range b.l.world.Of(model.Source) {
			all = append(all, s.Slug)
		}
		hint := "sources are records in content/sources"
		if near := diag.Nearest(id, all); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		p := problem("LK012", fmt.Sprintf("no source %q", id), hint)
		p[0].End = len(id)
		return prose.Inline{Problems: p}
	}
	return prose.Inline{HTML: b.reference(t, locator), Text: t.Name, Target: int32(t.ID)}
}

// reference writes the note of a citation.
func (b *Binder) reference(t *model.Thing, locator string) string {
	c, ok := b.l.cited.Load(t.ID)
	if !ok {
		c, _ = b.l.cited.LoadOrStore(t.ID, newCited(t))
	}
	parts := c.(*citedSource)
	if locator != "" {
		locator = ", " + template.HTMLEscapeString(locator)
	}
	return parts.before + template.HTMLEscapeString(Rel(b.from, t.Path)) + parts.title + locator + parts.after
}

// citedSource is the note of a citation but for what pages differ in: the way
// to the source and, behind its title, the place in it.
type citedSource struct{ before, title, after string }

func newCited(t *model.Thing) *citedSource {
	esc := template.HTMLEscapeString
	s := t.Source
	c := &citedSource{before: `<a href="`, title: `"><cite>` + esc(s.Title) + `</cite></a>`, after: "."}
	if lead := cmp.Or(s.Author, s.Publisher); lead != "" {
		c.before = esc(lead) + ", " + c.before
	}
	if s.Year != "" {
		c.title += " (" + esc(s.Year) + ")"
	}
	if s.URL != "" {
		c.after += ` <a class="ext" href="` + esc(s.URL) + `" rel="noopener">` + esc(hostOf(s.URL)) + `</a>.`
	}
	return c
}

func hostOf(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return url
	}
	host, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(host, "www.")
}

// View implements prose.Binder.
func (b *Binder) View(name, options string) prose.Inline {
	b.Shown.Views = true
	if b.l.options.View == nil {
		return prose.Inline{}
	}
	return b.l.options.View(name, options, b.thing)
}

// Include implements prose.Binder.
func (b *Binder) Include(ref string) (*prose.Source, string, []prose.Problem) {
	name, section, _ := strings.Cut(ref, "#")
	ids := b.l.resolve(strings.TrimSpace(name))
	if len(ids) != 1 || b.l.world.Thing(ids[0]).Page == nil {
		p := problem("LK001", fmt.Sprintf("no page %q to include", name), b.l.nearest(name))
		return nil, "", p
	}
	page := b.texts(b.l.world.Thing(ids[0]))
	b.Shown.Includes = append(b.Shown.Includes, page)
	return page, strings.TrimSpace(section), nil
}
