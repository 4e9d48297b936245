package page

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"entente/internal/edition"
	"entente/internal/worldtest"
)

// Changes read as a person would write them down: each thing once, under it
// what changed, with what belongs together in one line.
func TestChangesAreToldByThing(t *testing.T) {
	w, _ := worldtest.World(t, map[string]string{"content/site.yaml": "title: Test\nas_of: '2025-10-31'\n"})
	s := testSite(w)
	empty := &edition.Edition{Name: "2025-01"}
	p := s.compared(empty, empty, "editions/since/2025-01/")
	nato := func(c edition.Change) edition.Change {
		c.Kind, c.ID, c.Name, c.Path = "organisations", "nato", "NATO", "organisations/nato/"
		return c
	}
	state := func(name string) edition.Change {
		return edition.Change{What: edition.Added, Kind: "states", ID: name, Name: name, Path: "states/" + name + "/"}
	}
	for _, c := range []struct {
		name string
		list []edition.Change
		want string
	}{
		{"members", []edition.Change{
			nato(edition.Change{What: edition.Joined, List: "members", Entry: "Finland", Is: "2023-04-04"}),
			nato(edition.Change{What: edition.Left, List: "members", Entry: "Atlantis", Is: "1950"}),
			nato(edition.Change{What: edition.Joined, List: "members", Entry: "Sweden", Is: "2024-03-07"}),
		}, "- NATO\n  - joined by Finland on 4 April 2023 and Sweden on 7 March 2024\n  - left by Atlantis in 1950\n"},
		{"one field of one entry", []edition.Change{
			nato(edition.Change{What: edition.Changed, List: "members", Entry: "Finland", Field: "from", Was: "2023", Is: "2023-04-04"}),
		}, "- NATO: members Finland: from was 2023, is now 4 April 2023\n"},
		{"entries of a list", []edition.Change{
			nato(edition.Change{What: edition.Gained, List: "seats", Entry: "Brussels"}),
			nato(edition.Change{What: edition.Lost, List: "seats", Entry: "Paris"}),
			nato(edition.Change{What: edition.Changed, List: "members", Entry: "Finland", Field: "from", Was: "2023", Is: "2023-04-04"}),
			nato(edition.Change{What: edition.Changed, List: "members", Entry: "Sweden", Field: "from", Was: "2024", Is: "2024-03-07"}),
			nato(edition.Change{What: edition.Changed, List: "members", Entry: "Sweden", Field: "note", Is: "Last."}),
		}, "- NATO\n  - seats\n    - added Brussels\n    - removed Paris\n  - members\n    - Finland: from was 2023, is now 4 April 2023\n    - Sweden\n      - from was 2024, is now 7 March 2024\n      - note now \"Last.\"\n"},
		{"words of a field", []edition.Change{
			nato(edition.Change{What: edition.Changed, Field: "aliases", Was: "A"}),
			nato(edition.Change{What: edition.Changed, Field: "aliases", Is: "B"}),
			nato(edition.Change{What: edition.Changed, Field: "aliases", Is: "C"}),
		}, "- NATO\n  - other names no longer \"A\"\n  - other names now \"B\" and \"C\"\n"},
		{"records of one kind", []edition.Change{state("A"), state("B")}, "- A\n- B\n"},
		{"records of two kinds", []edition.Change{nato(edition.Change{What: edition.Added}), state("A"), state("B")}, "- Organisations: NATO\n- States: A and B\n"},
		{"many of a kind", []edition.Change{nato(edition.Change{What: edition.Added}), state("A"), state("B"), state("C"), state("D"), state("E"), state("F")},
			"- Organisations: NATO\n- States\n  - A\n  - B\n  - C\n  - D\n  - E\n  - F\n"},
	} {
		var html strings.Builder
		for _, line := range p.lines(c.list) {
			fmt.Fprintf(&html, "<li>%s</li>", line)
		}
		if got := outline(html.String()); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// outline writes nested lists as indented lines.
func outline(html string) string {
	var b strings.Builder
	depth := 0
	for _, part := range regexp.MustCompile(`<[^>]*>|[^<]+`).FindAllString(html, -1) {
		switch part {
		case "<li>":
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(strings.Repeat("  ", depth) + "- ")
		case "<ul>":
			depth++
		case "</ul>":
			depth--
		case "<q>", "</q>":
			b.WriteByte('"')
		default:
			if part[0] != '<' {
				b.WriteString(part)
			}
		}
	}
	return b.String() + "\n"
}
