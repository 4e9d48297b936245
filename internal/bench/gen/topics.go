package gen

import (
	"bufio"
	"fmt"
	"strings"
)

// vocabulary holds no numbers, so that no text happens to contradict the data:
// one finding makes its site read a whole file once more.
var vocabulary = strings.Fields(`the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you
were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could
time these far may then do first any my now such like our over man me even most made after also did many before must through back years where much your way
well down should because each just those people state good very make world still own see men work long get here between both life being under never day
treaty council minister border force general policy defence staff navy army command region partner security agreement exercise support common power`)

// topic writes a page of some 600 words: five sections, a list, a table, and
// on every paragraph names, a term, a link, a figure and a citation.
func (s *site) topic(w *bufio.Writer, i int) {
	fmt.Fprintf(w, "---\ntitle: Subject %s number %d\nsummary: A page about a subject.\nabout: [body-%d]\nupdated: 2025-01-01\n---\n\n", letters(i), i, i%s.bodies)
	s.body(w, i)
}

const (
	linkMark = "[[topic-%d|elsewhere]]"
	factMark = "[[= body-%d.members.count]]"
	citeMark = "[@%s]"
)

func (s *site) body(w *bufio.Writer, i int) {
	for section := range 5 {
		fmt.Fprintf(w, "## Section %d\n\n", section)
		for p := range 2 {
			s.paragraph(w)
			fmt.Fprintf(w, "end."+citeMark+"\n\n", s.source(i+section+p))
		}
		switch section {
		case 1:
			w.WriteString("- a *first* reason of state\n- a second reason, with **weight**\n- a third\n\n")
		case 3:
			w.WriteString("| year | what |\n| --- | --- |\n| 1949 | a treaty |\n| 1955 | another |\n\n")
		case 4:
			switch s.Hub {
			case LinkedHub:
				fmt.Fprintf(w, "All of it rests on "+linkMark+".\n\n", 0)
			case TermHub:
				fmt.Fprintf(w, "All of it rests on the %s.\n\n", termName(0))
			}
		}
	}
}

func (s *site) paragraph(w *bufio.Writer) {
	for i := range 60 {
		w.WriteString(vocabulary[s.r.IntN(len(vocabulary))])
		switch {
		case i%29 == 13:
			fmt.Fprintf(w, ". %s", stateName(s.r.IntN(s.states)))
		case i == 20:
			fmt.Fprintf(w, " %s", termName(s.r.IntN(s.terms)))
		case i == 40:
			fmt.Fprintf(w, " "+linkMark, s.r.IntN(s.topics))
		case i == 50:
			fmt.Fprintf(w, " "+factMark, s.r.IntN(s.bodies))
		}
		if i%12 == 11 {
			w.WriteByte('\n')
		} else {
			w.WriteByte(' ')
		}
	}
}
