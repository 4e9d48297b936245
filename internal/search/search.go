// Package search makes the index of a site for its readers: small sharded
// files that the search client loads on demand. Terms are folded, prefix
// coded and carry an impact from 1 to 9, after BM25 over weighted fields.
//
// Folding here and in search.js must agree; a test holds the two together.
// The package knows nothing of pages beyond the entries it is given.
package search

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Entry is one thing that can be found.
type Entry struct {
	URL      string
	Title    string
	Short    string
	Names    []string // other names, former names, codes
	Kind     string
	Family   string // class of obligation; may be empty
	Year     string
	Summary  string
	Headings []string
	Text     string
}

// File is one file of the index, by its path in the site.
type File struct {
	Path  string
	Bytes []byte
}

const (
	chunkSize   = 24   // documents per d file
	shardSize   = 6000 // bytes per t file, about
	maxPostings = 300  // documents per term
)

// Fold lower-cases and drops accents.
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36f {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
}

// Tokens are the words of a text that the index knows: runs of at least two
// letters or digits.
func Tokens(s string) []string {
	words := strings.FieldsFunc(Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(w string) bool { return len(w) < 2 || len(w) > 40 })
}

// rank puts the likeliest kinds first, so that few chunks are loaded.
func rank(kind string) int {
	return slices.Index([]string{"topic", "organisation", "term", "state", "treaty", "exercise", "operation", "event"}, kind)
}

type posting struct {
	doc   int32
	score float32
	whole bool // the term is a whole name of the document
}

// Build makes all files of the index.
func Build(entries []Entry) []File {
	docs := slices.Clone(entries)
	slices.SortStableFunc(docs, func(a, b Entry) int { return cmp.Compare(rank(a.Kind), rank(b.Kind)) })
	terms, index := invert(docs)
	var files []File
	files = append(files, shards(terms, index)...)
	for i := 0; i < len(docs); i += chunkSize {
		files = append(files, File{fmt.Sprintf("search/d%d.json", i/chunkSize), chunk(docs[i:min(len(docs), i+chunkSize)])})
	}
	return files
}

// invert counts weighted terms and turns the counts into impacts.
func invert(docs []Entry) ([]string, map[string][]posting) {
	index := map[string][]posting{}
	lengths := make([]float32, len(docs))
	var average float32
	tf, whole := map[string]float32{}, map[string]bool{}
	for i, d := range docs {
		clear(tf)
		add := func(s string, weight float32) int {
			words := Tokens(s)
			for _, w := range words {
				tf[w] += weight
			}
			return len(words)
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
		// A name of one word is what a reader most likely means by it.
		clear(whole)
		for _, n := range append([]string{d.Title, d.Short}, d.Names...) {
			if words := Tokens(n); len(words) == 1 {
				whole[words[0]] = true
			}
		}
		for t, f := range tf {
			index[t] = append(index[t], posting{int32(i), f, whole[t]})
		}
	}
	terms := make([]string, 0, len(index))
	for t := range index {
		terms = append(terms, t)
	}
	slices.Sort(terms)
	for t, list := range index {
		n := float64(len(docs))
		idf := float32(math.Log(1 + (n-float64(len(list))+.5)/(float64(len(list))+.5)))
		for i := range list {
			f := list[i].score
			list[i].score = idf * f * 2.2 / (f + 1.2*(.4+.6*lengths[list[i].doc]/average))
			if list[i].whole {
				list[i].score *= 2
			}
		}
		slices.SortFunc(list, func(a, b posting) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc)) })
		index[t] = list[:min(len(list), maxPostings)]
	}
	return terms, index
}

// shards writes the terms, front coded, and the file that tells where each
// shard begins.
func shards(terms []string, index map[string][]posting) []File {
	var top float32
	for _, list := range index {
		top = max(top, list[0].score)
	}
	var files []File
	var bounds []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			files = append(files, File{fmt.Sprintf("search/t%d.txt", len(files)), []byte(b.String())})
			b.Reset()
		}
	}
	prev := ""
	for _, t := range terms {
		if b.Len() > shardSize {
			flush()
		}
		if b.Len() == 0 {
			bounds = append(bounds, t)
			prev = ""
		}
		writeTerm(&b, prev, t, index[t], top)
		prev = t
	}
	flush()
	meta, err := json.Marshal(map[string]any{"v": 1, "chunk": chunkSize, "bounds": bounds})
	if err != nil {
		panic("search: " + err.Error())
	}
	return append(files, File{"search/meta.json", meta})
}

// writeTerm writes one line: shared prefix in base 36, rest of the term, and
// groups of documents by impact.
func writeTerm(b *strings.Builder, prev, term string, list []posting, top float32) {
	shared := 0
	for shared < len(term) && shared < len(prev) && term[shared] == prev[shared] && shared < 35 {
		shared++
	}
	for shared > 0 && shared < len(term) && term[shared]&0xC0 == 0x80 {
		shared--
	}
	b.WriteString(strconv.FormatInt(int64(shared), 36) + term[shared:])
	by := [10][]int{}
	for _, p := range list {
		q := max(1, min(9, int(math.Ceil(float64(p.score/top*9)))))
		by[q] = append(by[q], int(p.doc))
	}
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
	b.WriteByte('\n')
}

// chunk writes what the client shows of some documents: title, address,
// kind, summary, family, years, short name; and the other names, for exact
// hits.
func chunk(docs []Entry) []byte {
	rows := make([][]any, 0, len(docs))
	for _, d := range docs {
		sum := d.Summary
		if r := []rune(sum); len(r) > 110 {
			sum = string(r[:108]) + "…"
		}
		var other []string
		for _, n := range d.Names {
			if n != "" && n != d.Title && n != d.Short {
				other = append(other, n)
			}
		}
		row := []any{d.Title, d.URL, d.Kind, sum, d.Family, d.Year, d.Short, strings.Join(other, "|")}
		for len(row) > 4 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		rows = append(rows, row)
	}
	b, err := json.Marshal(rows)
	if err != nil {
		panic("search: " + err.Error())
	}
	return b
}
