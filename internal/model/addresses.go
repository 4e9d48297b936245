package model

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"entente/internal/diag"
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
	taken := map[string]*Thing{}
	for i := range w.Things {
		t := &w.Things[i]
		t.Path = b.address(t)
		if !t.Kind.HasPage() {
			continue
		}
		b.checkPath(t)
		key := foldPath(t.Path)
		if old, ok := taken[key]; ok {
			rule, msg := "ID010", fmt.Sprintf("address %q is already taken", t.Path)
			if old.Path != t.Path {
				rule, msg = "ID011", fmt.Sprintf("address %q differs from %q only in case or form", t.Path, old.Path)
			}
			d := t.Diag(diag.Error, rule, msg, "give one of the two another slug", "slug")
			o := old.Diag(diag.Error, rule, "", "", "slug")
			d.Related = []diag.Related{{Path: o.Path, Pos: o.Pos, Message: "taken by this one"}}
			b.diags = append(b.diags, d)
			continue
		}
		taken[key] = t
	}
	for _, g := range Generated() {
		if t, ok := taken[g]; ok {
			b.diags = append(b.diags, t.Diag(diag.Error, "ID012", fmt.Sprintf("address %q belongs to a page that entente makes", g), "choose another slug", "slug"))
		}
	}
	b.aliases(taken)
}

func foldPath(p string) string { return strings.ToLower(norm.NFC.String(p)) }

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
	slug := t.Slug
	if field == "slug" {
		slug = t.Page.Header.Slug
	}
	rule, msg, hint := badSegment(slug)
	if rule != "" {
		report(rule, msg, hint)
	}
}

// badSegment says why a path segment cannot be used; "" when it can.
func badSegment(s string) (rule, message, hint string) {
	switch {
	case s == "." || s == ".." || strings.Contains(s, "/") || strings.Contains(s, "\\") || strings.Contains(strings.ToLower(s), "%2e"):
		return "ID014", fmt.Sprintf("slug %q leads out of its folder", s), "a slug is one part of an address: letters, digits and hyphens"
	case len(s) > 200:
		return "ID016", fmt.Sprintf("slug is %d bytes long, the limit is 200", len(s)), "shorten it"
	case strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || strings.ContainsRune(`?#%:*"<>|`, r) }):
		return "ID002", fmt.Sprintf("slug %q has characters that an address cannot hold", s), "use letters, digits and hyphens"
	case strings.HasSuffix(s, ".") || strings.HasSuffix(s, " ") || reservedName(s):
		return "ID015", fmt.Sprintf("slug %q is not usable on Windows", s), "choose another word"
	}
	return "", "", ""
}

// reservedName reports whether Windows keeps a name for a device.
func reservedName(s string) bool {
	base, _, _ := strings.Cut(strings.ToLower(s), ".")
	switch base {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(base) == 4 && (strings.HasPrefix(base, "com") || strings.HasPrefix(base, "lpt")) && base[3] >= '1' && base[3] <= '9'
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
			from, ok := cleanAlias(a)
			if !ok {
				at("ID014", fmt.Sprintf("old address %q leads out of the site", a), "write it from the root of the site: topics/old-name/")
				continue
			}
			if !strings.Contains(strings.TrimSuffix(from, "/"), "/") && t.Kind != Topic {
				from = t.Kind.Folder() + "/" + from
			} else if !strings.Contains(strings.TrimSuffix(from, "/"), "/") && !strings.HasPrefix(a, "/") {
				from = path.Dir(strings.TrimSuffix(t.Path, "/")) + "/" + from
			}
			if old, ok := taken[foldPath(from)]; ok {
				at("ID013", fmt.Sprintf("old address %q is the address of a page", a), "remove the alias or rename the page")
				b.diags[len(b.diags)-1].Related = []diag.Related{old.Declared("the page")}
				continue
			}
			taken[foldPath(from)] = t
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

func cleanAlias(a string) (string, bool) {
	low := strings.ToLower(a)
	if strings.Contains(low, "%2e") || strings.Contains(a, "\\") || strings.Contains(a, "//") || strings.ContainsAny(a, "?#:*\"<>|\x00") {
		return "", false
	}
	for _, part := range strings.Split(strings.Trim(a, "/"), "/") {
		if part == ".." || part == "." || part == "" || reservedName(part) {
			return "", false
		}
	}
	return norm.NFC.String(strings.Trim(a, "/")) + "/", true
}
