// Package search makes the index of a site for its readers: small sharded
// files that the search client loads on demand. Terms are folded, prefix
// coded and carry an impact from 1 to 9, after BM25 over weighted fields.
//
// The files, all under search/:
//
//	meta.json      what follows, and where each shard begins
//	tN.HASH.txt    terms with their documents; "=name" is a whole name
//	nN.HASH.txt    words of names, for slips of the keyboard
//	rN.HASH.txt    the same words written backwards
//	dN.HASH.json   what is shown of 24 documents
//	p.HASH.txt     the periods of each document
//
// A name carries a hash of the content, so that a file may be kept for ever
// and stays when its content does. Folding here and in search.js must agree;
// testdata/fold.txt holds the two together. The package knows nothing of
// pages beyond the entries it is given.
package search

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Entry is one thing that can be found.
type Entry struct {
	URL      string
	Title    string
	Short    string
	Names    []string // other names, former names, codes
	Codes    []string // found whole only: the start of a number is no name
	Kind     string
	Family   string // class of obligation; may be empty
	Year     string // as shown
	From, To int    // first and last year, for periods; both 0: in none
	Summary  string
	Headings []string
	Text     func() []byte // running text; nil when there is none
}

// Options are what the client is told beside the index.
type Options struct {
	Words   map[string]string // its words, by its own keys
	Periods []int             // years in which a period begins, after the first
}

// File is one file of the index, by its path in the site.
type File struct {
	Path  string
	Bytes []byte
}

const (
	chunkSize   = 24   // documents a d file
	shardSize   = 6000 // bytes a t, n or r file, about
	maxPostings = 300  // documents a term
)

// kinds puts the likeliest first, so that few chunks are loaded.
var kinds = []string{"topic", "organisation", "term", "state", "treaty", "exercise", "operation", "section", "event", "page", "help"}

// meta is what the client reads first.
type meta struct {
	Version int               `json:"v"`
	Chunk   int               `json:"chunk"`
	Kinds   map[string][2]int `json:"kinds"`   // kind to its first document and the one after its last
	Terms   []string          `json:"t"`       // "first term:hash" of each shard
	Names   []string          `json:"n"`       // the same for words of names
	Back    []string          `json:"r"`       // and for those written backwards
	Docs    string            `json:"d"`       // hashes of the chunks, each of hashLen letters
	Period  string            `json:"p"`       // hash of the periods
	Periods []int             `json:"periods"` // years in which a period begins, after the first
	Words   map[string]string `json:"words"`
}

// Build makes all files of the index.
func Build(entries []Entry, o Options) []File {
	docs := slices.Clone(entries)
	slices.SortStableFunc(docs, func(a, b Entry) int { return cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)) })
	m := meta{Version: 2, Chunk: chunkSize, Kinds: map[string][2]int{}, Periods: o.Periods, Words: o.Words}
	for i, d := range docs {
		if at, ok := m.Kinds[d.Kind]; ok {
			m.Kinds[d.Kind] = [2]int{at[0], i + 1}
		} else {
			m.Kinds[d.Kind] = [2]int{i, i + 1}
		}
	}
	var files []File
	shard := func(letter string, lines []line) []string {
		list, firsts := shards(letter, lines)
		files = append(files, list...)
		return firsts
	}
	m.Terms = shard("t", termLines(docs))
	m.Names, m.Back = shard("n", nameLines(docs, false)), shard("r", nameLines(docs, true))
	for i := 0; i < len(docs); i += chunkSize {
		b := chunk(docs[i:min(len(docs), i+chunkSize)])
		m.Docs += hash(b)
		files = append(files, File{fmt.Sprintf("search/d%d.%s.json", i/chunkSize, hash(b)), b})
	}
	p := periods(docs, o.Periods)
	m.Period = hash(p)
	files = append(files, File{"search/p." + m.Period + ".txt", p})
	return append(files, File{"search/meta.json", encode(m)})
}

// hashLen letters tell two contents of one file apart well enough: the
// number of the file is in its name too.
const hashLen = 5

func hash(b []byte) string {
	sum := sha256.Sum256(b)
	text := new(big.Int).SetBytes(sum[:8]).Text(36)
	return text[len(text)-hashLen:]
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("search: " + err.Error())
	}
	return b
}

// line is a term with what a shard says of it.
type line struct{ term, rest string }

// shards writes sorted lines into files, front coded: the number of letters
// that a term shares with the one before, in base 36, and the rest of it.
func shards(letter string, lines []line) (files []File, firsts []string) {
	var b strings.Builder
	first, prev := "", ""
	flush := func() {
		if b.Len() > 0 {
			content := []byte(b.String())
			files = append(files, File{fmt.Sprintf("search/%s%d.%s.txt", letter, len(files), hash(content)), content})
			firsts = append(firsts, first+":"+hash(content))
			b.Reset()
		}
	}
	for _, l := range lines {
		if b.Len() > shardSize {
			flush()
		}
		if b.Len() == 0 {
			first, prev = l.term, ""
		}
		n := shared(prev, l.term)
		b.WriteString(base36[n:n+1] + l.term[n:] + l.rest + "\n")
		prev = l.term
	}
	flush()
	return files, firsts
}

const base36 = "0123456789abcdefghijklmnopqrstuvwxyz"

// shared counts the bytes with which both terms begin, at most 35, never
// ending inside a letter. Beyond ASCII the client counts otherwise, so
// nothing is shared there.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] && a[n] < 0x80 && n < 35 {
		n++
	}
	return n
}

// chunk writes what the client shows of some documents: title, address,
// kind, summary, family, year, short name and other names.
func chunk(docs []Entry) []byte {
	rows := make([][]string, 0, len(docs))
	for _, d := range docs {
		sum := d.Summary
		if r := []rune(sum); len(r) > 110 {
			sum = string(r[:108]) + "…"
		}
		var other []string
		for _, n := range d.Names {
			if n != "" && n != d.Title && n != d.Short && !slices.Contains(other, n) {
				other = append(other, n)
			}
		}
		row := []string{d.Title, d.URL, d.Kind, sum, d.Family, d.Year, d.Short, strings.Join(other, "|")}
		for len(row) > 4 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		rows = append(rows, row)
	}
	return encode(rows)
}

// periods gives each document one letter: a bit for each period that its
// years touch, as a digit in base 36.
func periods(docs []Entry, begins []int) []byte {
	out := make([]byte, len(docs))
	for i, d := range docs {
		bits := 0
		for p := 0; p <= len(begins) && d.From|d.To != 0; p++ {
			if (p == 0 || d.To >= begins[p-1]) && (p == len(begins) || d.From < begins[p]) {
				bits |= 1 << p
			}
		}
		out[i] = base36[bits]
	}
	return out
}
