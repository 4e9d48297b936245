package serve

import (
	"fmt"
	"path"
	"strings"

	"entente/internal/diag"
	"entente/internal/model"
)

// note says why a build would leave out what is served at an address; ""
// when it would not.
func (st *state) note(address string, found bool) string {
	if !found {
		return st.absent(address)
	}
	t := st.thing(address)
	switch {
	case t == nil || t.Page == nil || !t.Page.Header.Draft:
		return ""
	case t.Draft:
		return fmt.Sprintf("Draft. A build leaves this page out, because %s says draft: true.", t.Page.Text.Path)
	}
	return fmt.Sprintf("Draft text. A build leaves it out of this page, because %s says draft: true.", t.Page.Text.Path)
}

// thing gives what a page is about; nil when it is about many things or none.
func (st *state) thing(address string) *model.Thing {
	if st.site == nil {
		return nil
	}
	things := st.site.Snapshot.World.Things
	for i := range things {
		if things[i].Path == strings.TrimPrefix(address, "/") {
			return &things[i]
		}
	}
	return nil
}

// source gives the place that an author edits to change the page at an
// address: the text where there is one, else the record.
func (st *state) source(address string) place {
	t := st.thing(address)
	switch {
	case t == nil:
		return place{}
	case t.Page != nil:
		return place{File: t.Page.Text.Path, Line: 1, Col: 1}
	case t.Origin.Text == nil:
		return place{}
	}
	start, _ := t.Origin.Locate()
	return place{File: t.Origin.Text.Path, Line: max(1, start.Line), Col: 1}
}

// absent says why a source does not become the page that its name promises.
func (st *state) absent(address string) string {
	name := "content/" + strings.Trim(address, "/")
	folder, id := path.Split(name)
	for _, d := range st.problems {
		if d.Severity == diag.Error && strings.HasPrefix(d.Path, folder) && path.Ext(d.Path) == ".yaml" && strings.Contains(d.Message, fmt.Sprintf("%q", id)) {
			return fmt.Sprintf("There is no page here: %s, line %d: %s.", d.Path, max(1, d.Pos.Line), d.Message)
		}
	}
	for _, p := range []string{name + ".md", name + "/index.md"} {
		for _, d := range st.problems {
			if d.Path == p && d.Severity == diag.Error {
				return fmt.Sprintf("There is no page here: %s, line %d: %s.", p, max(1, d.Pos.Line), d.Message)
			}
		}
		if st.text(p) != nil {
			return fmt.Sprintf("There is no page here: %s does not become a page of its own.", p)
		}
	}
	return ""
}
