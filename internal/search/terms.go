package search

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// posting is a document in which a term stands.
type posting struct {
	doc   int32
	score float32
}

// termLines gives every term with its documents: words, and whole names.
func termLines(docs []Entry) []line {
	index := names(docs)
	words(docs, index)
	var top float32
	for term, list := range index {
		if term[0] != '=' {
			top = max(top, list[0].score)
		}
	}
	lines := make([]line, 0, len(index))
	for term, list := range index {
		scale := top
		if term[0] == '=' {
			scale = 9
		}
		lines = append(lines, line{term, groups(list, scale)})
	}
	slices.SortFunc(lines, func(a, b line) int { return strings.Compare(a.term, b.term) })
	return lines
}

// names indexes whole names under "=name": 9 for the title and short name, 6
// for another name.
func names(docs []Entry) map[string][]posting {
	index := map[string][]posting{}
	add := func(name string, doc int, score float32) {
		phrase := Phrase(name)
		if phrase == "" || len(phrase) > 80 {
			return
		}
		list := index["="+phrase]
		if n := len(list); n > 0 && (list[n-1].doc == int32(doc) || n >= maxPostings) {
			return
		}
		index["="+phrase] = append(list, posting{int32(doc), score})
	}
	for i, d := range docs {
		add(d.Title, i, 9)
		add(d.Short, i, 9)
		for _, n := range d.Names {
			add(n, i, 6)
		}
	}
	return index
}

// words counts weighted words and turns the counts into impacts.
func words(docs []Entry, index map[string][]posting) {
	lengths := make([]float32, len(docs))
	var average float32
	tf := map[string]float32{}
	for i, d := range docs {
		clear(tf)
		add := func(s string, weight float32) int {
			list := Tokens(s)
			for _, w := range list {
				tf[w] += weight
			}
			return len(list)
		}
		add(d.Title, 10)
		add(d.Short, 8)
		for _, n := range d.Names {
			add(n, 8)
		}
		add(d.Year, 4)
		for _, h := range d.Headings {
			add(h, 3)
		}
		add(d.Summary, 2)
		lengths[i] = float32(add(d.Text, 1) + 10)
		average += lengths[i] / float32(len(docs))
		for t, f := range tf {
			index[t] = append(index[t], posting{int32(i), f})
		}
	}
	for t, list := range index {
		if t[0] == '=' {
			continue
		}
		n := float64(len(docs))
		idf := float32(math.Log(1 + (n-float64(len(list))+.5)/(float64(len(list))+.5)))
		for i := range list {
			f := list[i].score
			list[i].score = idf * f * 2.2 / (f + 1.2*(.4+.6*lengths[list[i].doc]/average))
		}
		slices.SortFunc(list, func(a, b posting) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc)) })
		index[t] = list[:min(len(list), maxPostings)]
	}
}

// groups writes documents by impact, strongest first: a tab, the impact, and
// the gaps between their numbers in base 36.
func groups(list []posting, top float32) string {
	by := [10][]int{}
	for _, p := range list {
		q := max(1, min(9, int(math.Ceil(float64(p.score/top*9)))))
		by[q] = append(by[q], int(p.doc))
	}
	var b strings.Builder
	for q := 9; q > 0; q-- {
		if len(by[q]) == 0 {
			continue
		}
		slices.Sort(by[q])
		b.WriteString("\t" + strconv.Itoa(q))
		last := -1
		for i, d := range by[q] {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strconv.FormatInt(int64(d-last-1), 36))
			last = d
		}
	}
	return b.String()
}

// nameLines gives the words of all names, backwards if wanted. A word with
// one slip of the keyboard still begins or ends as it should, so the client
// finds what was meant near one of the two.
func nameLines(docs []Entry, backwards bool) []line {
	seen := map[string]bool{}
	for _, d := range docs {
		for _, n := range append([]string{d.Title, d.Short}, d.Names...) {
			for _, w := range Tokens(n) {
				if backwards {
					r := []rune(w)
					slices.Reverse(r)
					w = string(r)
				}
				seen[w] = true
			}
		}
	}
	lines := make([]line, 0, len(seen))
	for w := range seen {
		lines = append(lines, line{term: w})
	}
	slices.SortFunc(lines, func(a, b line) int { return strings.Compare(a.term, b.term) })
	return lines
}
