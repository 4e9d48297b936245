package gen

import (
	"bufio"
	"fmt"
	"strings"
)

func (s *site) source(i int) string {
	if s.Hub == SourceHub && i%2 == 0 {
		return "source-0"
	}
	return fmt.Sprintf("source-%d", i%s.sources)
}

func (s *site) sourceRecord(w *bufio.Writer, i int) {
	fmt.Fprintf(w, "- {id: source-%d, title: Report on %s, publisher: Nobody, year: '%d', kind: book}\n", i, letters(i), 1950+i%70)
}

func (s *site) stateRecord(w *bufio.Writer, i int) {
	fmt.Fprintf(w, "- {id: state-%d, name: %s, codes: {iso2: X%d, iso3: XX%d}, region: region-%d, sources: [%s]}\n", i, stateName(i), i, i, i%7, s.source(i))
}

func (s *site) bodyRecord(w *bufio.Writer, i int) {
	fmt.Fprintf(w, "- id: body-%d\n  name: %s\n  abbr: A%sO\n  type: alliance\n  scope: multilateral\n  summary: A body for common defence.\n", i, bodyName(i), strings.ToUpper(letters(i)))
	fmt.Fprintf(w, "  founded: '%d'\n  obligations: [{kind: %s}]\n  members_complete: true\n  members:\n", 1900+s.r.IntN(90), []string{"defence", "consultation", "neutrality"}[i%3])
	n := 4 + s.r.IntN(16)
	if s.Hub == MembersHub && i == 0 {
		n = s.states
	}
	if s.Hub == MemberHub {
		w.WriteString("    - {member: state-0, from: '1991-05-01'}\n")
	}
	for j := range n {
		member := (i*7 + j) % s.states
		if s.Hub == MemberHub && member == 0 {
			continue
		}
		from := 1990 + s.r.IntN(30)
		fmt.Fprintf(w, "    - {member: state-%d, from: '%d-05-01'", member, from)
		if j%9 == 8 {
			fmt.Fprintf(w, ", until: '%d-01-01'", from+3)
		}
		w.WriteString("}\n")
	}
	fmt.Fprintf(w, "  as_of: '2025-10-31'\n  sources: [%s]\n", s.source(i))
}

func (s *site) treatyRecord(w *bufio.Writer, i int) {
	year := 1900 + i%120
	fmt.Fprintf(w, "- id: treaty-%d\n  name: Treaty of %s Town\n  summary: A treaty between states.\n  signed: '%d-04-0%d'\n  type: defence\n  scope: multilateral\n  parties:\n", i, letters(i), year, i%9+1)
	if s.Hub == TreatyHub {
		w.WriteString("    - {member: state-0}\n")
	}
	for j := range 3 {
		if member := (i*5 + j) % s.states; s.Hub != TreatyHub || member > 0 {
			fmt.Fprintf(w, "    - {member: state-%d}\n", member)
		}
	}
	fmt.Fprintf(w, "  sources: [%s]\n", s.source(i))
}

func (s *site) termRecord(w *bufio.Writer, i int) {
	fmt.Fprintf(w, "- {id: term-%d, term: %s, definition: A word that is used where two promises meet., sources: [%s]}\n", i, termName(i), s.source(i))
}

func (s *site) eventRecord(w *bufio.Writer, i int) {
	body := i % s.bodies
	if s.Hub == EventsHub {
		body = 0
	}
	fmt.Fprintf(w, "- {id: event-%d, title: Something happened, date: '%d-03-0%d', type: summit, organisations: [body-%d], sources: [%s]}\n", i, 1950+i%75, i%9+1, body, s.source(i))
}
