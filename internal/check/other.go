package check

import (
	"fmt"
	"strings"

	"entente/internal/diag"
	"entente/internal/model"
)

// codes finds a code that two living states share.
func codes(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	seen := map[string]*model.Thing{}
	for i := range w.Of(model.State) {
		t := &w.Of(model.State)[i]
		if !t.State.Exists.Until.IsZero() {
			continue
		}
		for _, c := range []struct{ scheme, value string }{{"iso2", t.State.Codes.ISO2}, {"iso3", t.State.Codes.ISO3}} {
			if c.value == "" {
				continue
			}
			key := c.scheme + c.value
			if old, ok := seen[key]; ok {
				d := t.Diag(diag.Error, "DT034", fmt.Sprintf("code %s is used by %s already", c.value, old.Slug), "a living state has a code of its own", "codes", c.scheme)
				d.Related = append(d.Related, old.Origin.Related("the other state", "codes", c.scheme))
				list = append(list, d)
			}
			seen[key] = t
		}
	}
	return list
}

// contents checks the parts of site.yaml.
func contents(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	var topics []string
	for _, t := range w.Of(model.Topic) {
		topics = append(topics, t.Slug)
	}
	for i, p := range w.Site.Parts {
		for j, slug := range p.Topics {
			if t, ok := w.Lookup(slug); ok && t.Kind == model.Topic {
				continue
			}
			hint := "topics are the pages under content/topics"
			if near := diag.Nearest(slug, topics); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			list = append(list, w.Site.Origin.Diag(diag.Error, "CF010", fmt.Sprintf("no topic %q", slug), hint, "parts", i, "topics", j))
		}
	}
	return list
}

// terms finds glossary terms with one name.
func terms(in Input) []diag.Diagnostic {
	w := in.World
	var list []diag.Diagnostic
	seen := map[string]*model.Thing{}
	for i := range w.Of(model.Term) {
		t := &w.Of(model.Term)[i]
		for _, n := range t.Names {
			key := strings.ToLower(n.Text)
			if old, ok := seen[key]; ok && old != t {
				d := t.Diag(diag.Error, "ID003", fmt.Sprintf("term %q is defined already", n.Text), "merge the two entries, or rename one", "term")
				d.Related = append(d.Related, old.Origin.Related("defined here", "term"))
				list = append(list, d)
				continue
			}
			seen[key] = t
		}
	}
	return list
}
