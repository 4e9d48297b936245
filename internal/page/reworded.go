package page

import (
	"html/template"
	"strings"
)

const (
	maxParagraphs = 8   // how many paragraphs of a changed text are shown
	maxPartners   = 24  // with how many new ones each is compared: words against words, so a whole text anew would take seconds
	maxWords      = 600 // how many words of each are compared
	context       = 9   // how many words are shown before and after a change
)

// rewordedHTML shows what became of the paragraphs of a text: in one that was
// reworded the words that went and came, else the whole paragraph.
func rewordedHTML(gone, come []string) template.HTML {
	var b strings.Builder
	kept := make([]bool, len(come))
	shown := 0
	for _, was := range gone {
		if shown++; shown > maxParagraphs {
			break
		}
		old, best, most := strings.Fields(was), -1, 0
		var steps []wordStep
		for i, is := range come[:min(len(come), maxPartners)] {
			if kept[i] {
				continue
			}
			list, same := compareWords(old, strings.Fields(is))
			if same > most && 2*same >= min(len(old), maxWords) {
				best, most, steps = i, same, list
			}
		}
		if best < 0 {
			steps, _ = compareWords(old, nil)
		} else {
			kept[best] = true
		}
		writeSteps(&b, steps)
	}
	for i, is := range come {
		if kept[i] {
			continue
		}
		if shown++; shown > maxParagraphs {
			break
		}
		steps, _ := compareWords(nil, strings.Fields(is))
		writeSteps(&b, steps)
	}
	return template.HTML(b.String())
}

// wordStep is a run of words that both texts have, "", or only one, "del" or "ins".
type wordStep struct {
	element string
	words   []string
}

// compareWords gives the way from one text to another with the fewest words
// changed, and how many stay.
func compareWords(was, is []string) (steps []wordStep, same int) {
	was, is = was[:min(len(was), maxWords)], is[:min(len(is), maxWords)]
	// common[i][j] is how many words was[i:] and is[j:] have in common, in order.
	common := make([][]int, len(was)+1)
	for i := range common {
		common[i] = make([]int, len(is)+1)
	}
	for i := len(was) - 1; i >= 0; i-- {
		for j := len(is) - 1; j >= 0; j-- {
			if was[i] == is[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	add := func(element, word string) {
		if n := len(steps); n == 0 || steps[n-1].element != element {
			steps = append(steps, wordStep{element: element})
		}
		last := &steps[len(steps)-1]
		last.words = append(last.words, word)
	}
	i, j := 0, 0
	for i < len(was) || j < len(is) {
		switch {
		case i < len(was) && j < len(is) && was[i] == is[j]:
			add("", was[i])
			i, j = i+1, j+1
		case j == len(is) || i < len(was) && common[i+1][j] >= common[i][j+1]:
			add("del", was[i])
			i++
		default:
			add("ins", is[j])
			j++
		}
	}
	return steps, common[0][0]
}

// writeSteps writes a paragraph; of long runs that stay it shows the ends.
func writeSteps(b *strings.Builder, steps []wordStep) {
	b.WriteString("<p>")
	for i, s := range steps {
		if i > 0 {
			b.WriteByte(' ')
		}
		if s.element != "" {
			b.WriteString("<" + s.element + ">" + template.HTMLEscapeString(strings.Join(s.words, " ")) + "</" + s.element + ">")
			continue
		}
		before, after := context, context // of the change before the run, and of the one after it
		if i == 0 {
			before = 0
		}
		if i == len(steps)-1 {
			after = 0
		}
		words := s.words
		if len(words) > before+after+2 {
			words = append(append(append([]string(nil), words[:before]...), "…"), words[len(words)-after:]...)
		}
		b.WriteString(template.HTMLEscapeString(strings.Join(words, " ")))
	}
	b.WriteString("</p>")
}
