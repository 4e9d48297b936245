package model

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"entente/internal/diag"
	"entente/internal/file"
)

// Generated lists the addresses that entente itself fills.
func Generated() []string {
	return []string{"", "topics/", "organisations/", "states/", "treaties/", "exercises/", "operations/", "glossary/", "timeline/",
		"matrix/", "compare/", "indicators/", "sources/", "search/", "map/", "about/", "data/", "assets/", "404/", "changes/", "network/"}
}

// addresses gives every thing its place in the site and every old address
// its target, and refuses two things at one place.
func (b *builder) addresses() {
	w := b.w
	taken := make(map[string]*Thing, w.first[Event]+w.first[KindCount]-w.first[Help])
	for i := range w.Things {
		t := &w.Things[i]
		t.Path = b.address(t)
		if !t.Kind.HasPage() {
			continue
		}
		b.checkPath(t)
		key := file.Fold(t.Path)
		if old, ok := taken[key]; ok {
			b.twice(old, t)
			continue
		}
		taken[key] = t
	}
	for _, g := range Generated() {
		if t, ok := taken[g]; ok {
			b.diags = append(b.diags, t.Diag(diag.Error, "ID012", fmt.Sprintf("address %q belongs to a page that entente makes", g), "choose another slug", "slug"))
		}
	}
	for _, t := range w.Of(Topic) {
		if last := path.Base(t.Path); slices.Contains(Generated(), strings.ToLower(last)+"/") {
			b.diags = append(b.diags, t.Diag(diag.Error, "ID012", fmt.Sprintf("%q is the name of a page that entente makes", last), "choose another slug, such as "+last+"-explained", "slug"))
		}
	}
	b.aliases(taken)
}

// twice reports two things at one address, at the later of them in the order
// of files.
func (b *builder) twice(old, t *Thing) {
	place := func(t *Thing) diag.Diagnostic { return t.Diag(diag.Error, "", "", "", "slug") }
	if diag.Compare(place(old), place(t)) > 0 {
		old, t = t, old
	}
	rule, msg := "ID010", fmt.Sprintf("address %q is already taken", b.address(t))
	if written(b.address(old), old) != written(b.address(t), t) {
		rule, msg = "ID011", fmt.Sprintf("address %q differs from %q only in case or form", b.address(t), b.address(old))
	}
	d, o := place(t), place(old)
	d.Rule, d.Message, d.Hint = rule, msg, "give one of the two another slug"
	d.Related = []diag.Related{{Path: o.Path, Pos: o.Pos, Message: "taken by this one"}}
	b.diags = append(b.diags, d)
}

// written is an address with the letters that the author used.
func written(address string, t *Thing) string {
	slug := t.Slug
	if t.Page != nil && t.Page.Header.Slug != "" {
		slug = t.Page.Header.Slug
	}
	return path.Dir(path.Clean(address)) + "/" + slug
}

func (b *builder) address(t *Thing) string {
	switch t.Kind {
	case Help:
		if path.Base(t.Page.Text.Path) == "index.md" {
			return "help/"
		}
		return "help/" + t.Slug + "/"
	case Topic:
		dir := strings.TrimPrefix(path.Dir(t.Page.Text.Path), "content/")
		if path.Base(t.Page.Text.Path) == "index.md" && dir != "topics" {
			dir = path.Dir(dir)
		}
		slug := t.Slug
		if t.Page.Header.Slug != "" {
			slug = t.Page.Header.Slug
		}
		return norm.NFC.String(dir + "/" + slug + "/")
	case Term:
		return "glossary/#" + t.Slug
	case Event:
		return "timeline/#e-" + t.Slug
	case Source:
		return "sources/#s-" + t.Slug
	}
	return t.Kind.Folder() + "/" + t.Slug + "/"
}

// checkPath refuses parts of an address that some system cannot store.
func (b *builder) checkPath(t *Thing) {
	field := "id"
	if t.Page != nil && t.Page.Header.Slug != "" {
		field = "slug"
	}
	report := func(rule, msg, hint string) {
		if t.Kind == Topic {
			b.diags = append(b.diags, diag.At(t.Page.Text, t.Page.Header.Place(field), diag.Error, rule, msg, hint))
		} else {
			b.diags = append(b.diags, t.Diag(diag.Error, rule, msg, hint, field))
		}
	}
	slug, what := t.Slug, "id"
	if field == "slug" {
		slug, what = t.Page.Header.Slug, "slug"
	}
	if rule, msg, hint := file.BadPart(slug); rule != "" {
		if len(slug) > 60 {
			slug = string([]rune(slug)[:40]) + "…"
		}
		report(rule, fmt.Sprintf("%s %q %s", what, slug, msg), hint)
		return
	}
	if t.Kind != Topic {
		return
	}
	folder := path.Dir(path.Clean(t.Path))
	if folder == b.folder {
		return // as of the page before, in which nothing was wrong
	}
	for _, part := range strings.Split(folder, "/") {
		if rule, msg, hint := file.BadPart(part); rule != "" {
			b.diags = append(b.diags, diag.At(t.Page.Text, file.Span{}, diag.Error, rule, fmt.Sprintf("folder %q %s", part, msg), hint))
			return
		}
	}
	b.folder = folder
}

// aliases turns old addresses into redirects.
func (b *builder) aliases(taken map[string]*Thing) {
	w := b.w
	for i := range w.Things {
		t := &w.Things[i]
		if t.Page == nil {
			continue
		}
		for j, a := range t.Page.Header.Aliases {
			at := func(rule, msg, hint string) {
				b.diags = append(b.diags, diag.At(t.Page.Text, t.Page.Header.Place(fmt.Sprintf("aliases[%d]", j)), diag.Error, rule, msg, hint))
			}
			from, rule, msg, hint := cleanAlias(a)
			if rule != "" {
				at(rule, fmt.Sprintf("old address %q %s", a, msg), hint)
				continue
			}
			if !strings.Contains(strings.TrimSuffix(from, "/"), "/") && t.Kind != Topic {
				from = t.Kind.Folder() + "/" + from
			} else if !strings.Contains(strings.TrimSuffix(from, "/"), "/") && !strings.HasPrefix(a, "/") {
				from = path.Dir(strings.TrimSuffix(t.Path, "/")) + "/" + from
			}
			if slices.Contains(Generated(), file.Fold(from)) || strings.HasPrefix(from, "assets/") || strings.HasPrefix(from, "data/") || strings.HasPrefix(from, "search/") {
				at("ID012", fmt.Sprintf("old address %q belongs to a page that entente makes", a), "take the alias out")
				continue
			}
			if old, ok := taken[file.Fold(from)]; ok {
				at("ID013", fmt.Sprintf("old address %q is the address of a page", a), "remove the alias or rename the page")
				b.diags[len(b.diags)-1].Related = []diag.Related{old.Declared("the page")}
				continue
			}
			taken[file.Fold(from)] = t
			w.redirects = append(w.redirects, Redirect{From: from, To: t.ID})
		}
	}
}

// Declared is the place where the thing is declared, for related notes.
func (t *Thing) Declared(message string) diag.Related {
	if t.Origin.Text != nil {
		return t.Origin.Related(message, "id")
	}
	return diag.Related{Path: t.Page.Text.Path, Pos: t.Page.Text.Pos(0), Message: message}
}

// cleanAlias gives an old address in the form in which it is published, or
// says why it cannot be.
func cleanAlias(a string) (from, rule, message, hint string) {
	const root = "write it from the root of the site: topics/old-name/"
	if strings.Contains(a, "\\") || strings.Contains(a, "//") || strings.Contains(a, ":") {
		return "", "ID014", "leads out of the site", root
	}
	for _, part := range strings.Split(strings.Trim(a, "/"), "/") {
		if rule, message, hint := file.BadPart(part); rule == "ID014" {
			return "", rule, "leads out of the site", root
		} else if rule != "" {
			return "", rule, message, hint
		}
	}
	return norm.NFC.String(strings.Trim(a, "/")) + "/", "", "", ""
}
