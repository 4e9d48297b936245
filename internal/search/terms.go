package search

import (
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
	index, t := names(docs), count(docs)
	lines := make([]line, 0, len(index)+len(t.terms))
	for term, list := range index {
		lines = append(lines, line{term, groups(list, 9)})
	}
	var top float32
	for i := range t.terms {
		for _, p := range t.scored(i) {
			top = max(top, p.score)
		}
	}
	for i, term := range t.terms {
		lines = append(lines, line{term, groups(strongest(t.scored(i)), top)})
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
		for _, n := range slices.Concat(d.Names, d.Codes) {
			add(n, i, 6)
		}
	}
	return index
}

// strongest keeps the maxPostings highest scores of a list in order of
// documents; of equal ones those of the first documents.
func strongest(list []posting) []posting {
	if len(list) <= maxPostings {
		return list
	}
	scores := make([]float32, len(list))
	for i, p := range list {
		scores[i] = p.score
	}
	slices.Sort(scores)
	least := scores[len(scores)-maxPostings]
	above, _ := slices.BinarySearch(scores, math.Nextafter32(least, math.MaxFloat32))
	equal := maxPostings - (len(scores) - above)
	return slices.DeleteFunc(list, func(p posting) bool {
		if p.score == least && equal > 0 {
			equal--
			return false
		}
		return p.score <= least
	})
}

// groups writes documents by impact, strongest first: a tab, the impact, and
// the gaps between their numbers in base 36. The list is in order of documents.
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
