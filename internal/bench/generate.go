package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

var vocabulary = strings.Fields(`the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you
were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could
time these two may then do first any my now such like our over man me even most made after also did many before must through back years where much your way
well down should because each just those people state good very make world still own see men work long get here between both life being under never day
treaty council minister border force general policy defence staff navy army command region partner security agreement exercise support common power`)

// generate writes a site of about n pages: topics of some 600 words with
// links, facts and citations, and records in realistic proportion. The same
// n gives the same site.
func generate(dir string, n int) error {
	r := rand.New(rand.NewPCG(7, uint64(n)))
	states, bodies, terms := max(20, n/20), max(5, n/20), max(10, n/20)
	topics := n - states - bodies
	g := &generator{r: r, states: states, bodies: bodies, terms: terms, topics: topics}
	files := map[string]string{
		"content/site.yaml":              "title: Bench\ntagline: A generated site\nas_of: '2025-10-31'\nbase_url: https://example.org/\n",
		"content/sources/sources.yaml":   "- {id: src, title: A source, publisher: Nobody, year: '2000', kind: book}\n",
		"content/states/states.yaml":     g.stateRecords(),
		"content/organisations/all.yaml": g.bodyRecords(),
		"content/glossary/terms.yaml":    g.termRecords(),
		"content/events/events.yaml":     g.eventRecords(),
	}
	for i := range topics {
		files[fmt.Sprintf("content/topics/topic-%d.md", i)] = g.topic(i)
	}
	for name, text := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

type generator struct {
	r                             *rand.Rand
	states, bodies, terms, topics int
}

func (g *generator) stateRecords() string {
	var b strings.Builder
	for i := range g.states {
		fmt.Fprintf(&b, "- {id: state-%d, name: Stateland %s, codes: {iso2: X%d, iso3: XX%d}, region: r%d, sources: [src]}\n", i, letters(i), i, i, i%7)
	}
	return b.String()
}

// letters names a number in letters, so that names are words.
func letters(i int) string {
	s := ""
	for i++; i > 0; i /= 26 {
		s += string(rune('A' + i%26))
	}
	return s + "ia"
}

func (g *generator) bodyRecords() string {
	var b strings.Builder
	for i := range g.bodies {
		fmt.Fprintf(&b, "- id: body-%d\n  name: Alliance of %s\n  abbr: A%sO\n  type: alliance\n  scope: multilateral\n  summary: A body.\n  founded: '%d'\n  obligations: [{kind: defence}]\n  members_complete: true\n  members:\n",
			i, letters(i), strings.ToUpper(letters(i)), 1900+g.r.IntN(90))
		for j := range 4 + g.r.IntN(16) {
			fmt.Fprintf(&b, "    - {member: state-%d, from: '%d-05-01'}\n", (i*7+j)%g.states, 1990+g.r.IntN(30))
		}
		b.WriteString("  as_of: '2025-10-31'\n  sources: [src]\n")
	}
	return b.String()
}

func (g *generator) termRecords() string {
	var b strings.Builder
	for i := range g.terms {
		fmt.Fprintf(&b, "- {id: term-%d, term: notion of %s, definition: A word that is used., sources: [src]}\n", i, strings.ToLower(letters(i)))
	}
	return b.String()
}

func (g *generator) eventRecords() string {
	var b strings.Builder
	for i := range max(10, g.bodies/2) {
		fmt.Fprintf(&b, "- {id: event-%d, title: Something happened, date: '%d-03-0%d', type: summit, organisations: [body-%d], sources: [src]}\n", i, 1950+i%75, i%9+1, i%g.bodies)
	}
	return b.String()
}

func (g *generator) topic(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Subject %s number %d\nsummary: A page about a subject.\nabout: [body-%d]\nupdated: 2025-01-01\n---\n\n", letters(i), i, i%g.bodies)
	for section := range 5 {
		fmt.Fprintf(&b, "## Section %d\n\n", section)
		for range 2 {
			for w := range 60 {
				b.WriteString(vocabulary[g.r.IntN(len(vocabulary))])
				switch {
				case w%29 == 13:
					fmt.Fprintf(&b, ". Stateland %s", letters(g.r.IntN(g.states)))
				case w == 20:
					fmt.Fprintf(&b, " notion of %s", strings.ToLower(letters(g.r.IntN(g.terms))))
				case w == 40:
					fmt.Fprintf(&b, " [[topic-%d|elsewhere]]", g.r.IntN(g.topics))
				case w == 50:
					fmt.Fprintf(&b, " [[= body-%d.members.count]]", g.r.IntN(g.bodies))
				}
				b.WriteByte(' ')
			}
			b.WriteString("end.[@src]\n\n")
		}
	}
	return b.String()
}
